//! How likely it is that somebody is the one looked for: each thing that agrees or differs adds or takes away bits of
//! evidence, after Fellegi and Sunter ("A theory for record linkage", Journal of the American Statistical Association,
//! 1969). Agreeing on a rare name counts for more than on a common one; twins, brothers and fathers are told apart by
//! what differs. The weights are judgements for a borough's records and stand in one table.
//! Leaves out: deciding. A likely match is shown to a person, with the reasons; nothing is merged by its score.

use super::{
    born::{Born, BornLikeness},
    known::{Known, KnownName, Standing},
    lexicon::{Lexicon, Part},
    likeness::{Likeness, compare},
    place::PlaceLikeness,
    reason::Reason,
    sought::Sought,
    spelling,
};
use crate::person::{Birth, Sex};
use std::borrow::Cow;

#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    /// Bits of evidence for (above 0) or against.
    pub points: f64,
    /// How probable it is that this is the person, before the other candidates are looked at: 0 to 1.
    pub probability: f64,
    pub why: Vec<Reason>,
}

/// Judges one candidate.
pub fn score(sought: &Sought, known: &Known, lexicon: &Lexicon) -> Score {
    let mut evidence = best_name(sought, known, lexicon);
    evidence.add(number_evidence(sought, known));
    evidence.add(born_evidence(sought.born, known));
    evidence.add(place_evidence(sought, known));
    evidence.add(sex_evidence(sought.sex, known.sex));
    let prior = lexicon.population().log2();
    Score { points: evidence.points, probability: 1.0 / (1.0 + (prior - evidence.points).exp2()), why: evidence.why }
}

#[derive(Debug, Clone, Default)]
struct Evidence {
    points: f64,
    why: Vec<Reason>,
}

impl Evidence {
    fn of(points: f64, reason: Reason) -> Evidence {
        Evidence { points, why: vec![reason] }
    }

    fn add(&mut self, more: Evidence) {
        self.points += more.points;
        self.why.extend(more.why);
    }

    fn minus(mut self, points: f64) -> Evidence {
        self.points -= points;
        self
    }
}

/// The bits that a likeness of names adds. Agreement counts by how rare the known name is; a name that is only near
/// counts less, and less again where what was typed is itself a usual name: who types Wilson seldom means Walson.
fn name_points(likeness: Likeness, part: Part, rarity: f64, typed: Option<f64>) -> f64 {
    let near = |lost: f64, lost_as_typed: f64| (rarity - lost).min(typed.map_or(f64::INFINITY, |typed| typed - lost_as_typed));
    match (likeness, part) {
        (Likeness::Same, _) => rarity - 0.3,
        (Likeness::ShortForm, _) => near(3.5, 5.0),
        (Likeness::OneSlip, _) => near(3.5, 8.0),
        (Likeness::SoundsAlike, _) => near(4.5, 6.0),
        (Likeness::BeginsAlike, _) => near(4.5, 7.0),
        (Likeness::TwoSlips, _) => near(7.0, 11.0).min(3.0),
        (Likeness::Initial, _) => 2.0,
        (Likeness::Unlike, _) => unlike(part),
        (Likeness::NotKnown, _) => 0.0,
    }
}

fn unlike(part: Part) -> f64 {
    match part {
        Part::Given => -5.0,
        Part::Family => -4.5,
    }
}

fn born_points(likeness: BornLikeness) -> f64 {
    match likeness {
        BornLikeness::Same => 14.0,
        BornLikeness::DayAndMonthSwapped => 9.0,
        BornLikeness::OneSlip => 6.5,
        BornLikeness::TwoParts => 3.5,
        BornLikeness::Near => 1.0,
        BornLikeness::SameYear => -1.5,
        BornLikeness::Unlike => -5.5,
        BornLikeness::SameAsFarAsKnown | BornLikeness::NotKnown => 0.0,
    }
}

fn place_points(likeness: PlaceLikeness) -> f64 {
    match likeness {
        PlaceLikeness::Same => 13.0,
        PlaceLikeness::OneSlip => 7.5,
        PlaceLikeness::SameSector => 4.0,
        PlaceLikeness::SameDistrict => 1.5,
        PlaceLikeness::SameArea => -1.5,
        PlaceLikeness::Unlike => -2.0,
        PlaceLikeness::NotKnown => 0.0,
    }
}

/// What changing the names round, a former name or an alias, a part of a name, and a former address cost.
const SWAPPED: f64 = 4.0;
const FORMER: f64 = 1.5;
const PART_OF_NAME: f64 = 1.5;

fn best_name(sought: &Sought, known: &Known, lexicon: &Lexicon) -> Evidence {
    let mut best: Option<Evidence> = None;
    for name in &known.names {
        let lost = if name.standing == Standing::Present { 0.0 } else { FORMER };
        let straight = name_evidence(&sought.given, &sought.family, name, lexicon).minus(lost);
        let differs = straight.why.iter().any(|reason| reason.is_against());
        let evidence = if differs { better(straight, swapped_evidence(sought, name, lexicon).minus(lost)) } else { straight };
        best = Some(match best {
            Some(best) => better(best, evidence),
            None => evidence,
        });
    }
    best.unwrap_or_default()
}

fn better(one: Evidence, other: Evidence) -> Evidence {
    if other.points > one.points { other } else { one }
}

fn swapped_evidence(sought: &Sought, name: &KnownName, lexicon: &Lexicon) -> Evidence {
    let mut swapped = name_evidence(&sought.family, &sought.given, name, lexicon).minus(SWAPPED);
    // One word alone has no order.
    if sought.only_word().is_none() {
        swapped.why.push(Reason::NamesSwapped);
    }
    swapped
}

fn name_evidence(given: &[String], family: &[String], name: &KnownName, lexicon: &Lexicon) -> Evidence {
    let mut evidence = family_evidence(family, name, lexicon);
    evidence.add(given_evidence(given, name, lexicon));
    evidence
}

/// A double name agrees as a whole, or in one of its parts.
fn family_evidence(sought: &[String], name: &KnownName, lexicon: &Lexicon) -> Evidence {
    let known = if name.family.is_empty() && name.given.len() == 1 { &name.given } else { &name.family };
    if sought.is_empty() || known.is_empty() {
        return Evidence::default();
    }
    let mut best = word_evidence(&whole(sought), &whole(known), Part::Family, name.standing, lexicon);
    if sought.len() > 1 || known.len() > 1 {
        for one in sought.iter().filter(|w| w.chars().count() > 2) {
            for other in known.iter().filter(|w| w.chars().count() > 2) {
                let (likeness, points) = compared(one, other, Part::Family, lexicon);
                let points = points - PART_OF_NAME;
                if likeness < Likeness::Initial && points > best.points {
                    best = Evidence::of(points, Reason::PartOfName(Part::Family, likeness));
                }
            }
        }
    }
    best
}

/// The first given name counts; it may be known as the second. Two second names that agree or differ count a little.
fn given_evidence(sought: &[String], name: &KnownName, lexicon: &Lexicon) -> Evidence {
    let (Some(first), Some(known)) = (sought.first(), name.given.first()) else { return Evidence::default() };
    let mut best = word_evidence(first, known, Part::Given, name.standing, lexicon);
    let others = sought.iter().skip(1).map(|s| (s, known)).chain(name.given.iter().skip(1).map(|k| (first, k)));
    for (one, other) in others {
        let (likeness, points) = compared(one, other, Part::Given, lexicon);
        let points = points - PART_OF_NAME;
        if likeness < Likeness::Initial && points > best.points {
            best = Evidence::of(points, Reason::PartOfName(Part::Given, likeness));
        }
    }
    if sought.len() > 1 && name.given.len() > 1 {
        best.points += match compare(&sought[1], &name.given[1], Part::Given) {
            Likeness::Unlike => -1.0,
            _ => 2.0,
        };
    }
    best
}

fn word_evidence(one: &str, other: &str, part: Part, standing: Standing, lexicon: &Lexicon) -> Evidence {
    let (likeness, points) = compared(one, other, part, lexicon);
    Evidence::of(points, Reason::Name { part, likeness, standing })
}

/// How alike what was typed is to what is known, and what that tells; never less than a name that differs.
fn compared(typed: &str, known: &str, part: Part, lexicon: &Lexicon) -> (Likeness, f64) {
    let likeness = compare(typed, known, part);
    if likeness == Likeness::Unlike {
        return (likeness, unlike(part));
    }
    let points = name_points(likeness, part, lexicon.rarity(known, part), lexicon.rarity_if_listed(typed, part));
    (likeness, points.max(unlike(part)))
}

/// The words of a name as one.
fn whole(words: &[String]) -> Cow<'_, str> {
    match words {
        [only] => Cow::Borrowed(only),
        many => Cow::Owned(many.concat()),
    }
}

fn number_evidence(sought: &Sought, known: &Known) -> Evidence {
    let near = |one: &String, other: &String| one.len() >= 8 && spelling::slips(one, other, 1).is_some();
    if sought.numbers.iter().any(|n| known.numbers.contains(n)) {
        return Evidence::of(20.0, Reason::SameNumber);
    }
    if sought.numbers.iter().any(|n| known.numbers.iter().any(|k| near(n, k))) {
        return Evidence::of(10.0, Reason::NumberOneSlip);
    }
    Evidence::default()
}

fn born_evidence(sought: Born, known: &Known) -> Evidence {
    let born = known.born();
    let likeness = sought.compare(born);
    let estimated = !matches!(known.birth, Birth::BornOn(_));
    let points = match likeness {
        BornLikeness::NotKnown => return Evidence::default(),
        BornLikeness::SameAsFarAsKnown => as_far_as_known(sought),
        BornLikeness::Same if born.may_be_a_guess() => 9.0,
        BornLikeness::Near if estimated => 6.0,
        BornLikeness::SameYear if estimated => 3.0,
        other => born_points(other),
    };
    Evidence::of(points, Reason::Born(likeness))
}

/// A year is one in some eighty, a month one in twelve, a day one in thirty.
fn as_far_as_known(sought: Born) -> f64 {
    6.0 + if sought.month.is_some() { 3.5 } else { 0.0 } + if sought.day.is_some() { 4.5 } else { 0.0 }
}

fn place_evidence(sought: &Sought, known: &Known) -> Evidence {
    let Some(place) = &sought.place else { return Evidence::default() };
    let judged = known.places.iter().enumerate().map(|(at, other)| {
        let likeness = place.compare(other);
        let points = place_points(likeness) - if at > 0 && likeness < PlaceLikeness::SameArea { FORMER } else { 0.0 };
        let reason = if at > 0 && likeness < PlaceLikeness::SameArea { Reason::FormerPlace(likeness) } else { Reason::Place(likeness) };
        Evidence::of(points, reason)
    });
    judged.max_by(|a, b| a.points.total_cmp(&b.points)).unwrap_or_default()
}

fn sex_evidence(sought: Option<Sex>, known: Option<Sex>) -> Evidence {
    match (sought, known) {
        (Some(Sex::Female), Some(Sex::Male)) | (Some(Sex::Male), Some(Sex::Female)) => Evidence::of(-3.5, Reason::SexDiffers),
        (Some(one), Some(other)) if one == other => Evidence { points: 0.8, why: Vec::new() },
        _ => Evidence::default(),
    }
}
