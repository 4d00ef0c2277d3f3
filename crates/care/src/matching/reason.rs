//! Why somebody was thought to be the one looked for, in words that a worker can check by eye.

use super::{born::BornLikeness, known::Standing, lexicon::Part, likeness::Likeness, place::PlaceLikeness};
use std::fmt;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    SameNumber,
    NumberOneSlip,
    Name {
        part: Part,
        likeness: Likeness,
        standing: Standing,
    },
    /// A part of a double name, or a second given name.
    PartOfName(Part, Likeness),
    NamesSwapped,
    Born(BornLikeness),
    Place(PlaceLikeness),
    /// The same as the others, at an address they had before.
    FormerPlace(PlaceLikeness),
    SexDiffers,
}

impl Reason {
    /// Whether it speaks against.
    pub fn is_against(self) -> bool {
        match self {
            Reason::SexDiffers => true,
            Reason::Name { likeness, .. } => likeness == Likeness::Unlike,
            Reason::Born(born) => matches!(born, BornLikeness::Unlike | BornLikeness::SameYear),
            Reason::Place(place) => place == PlaceLikeness::Unlike,
            _ => false,
        }
    }
}

/// "same date of birth; surname sounds alike; postcode in the same area".
pub fn in_words(reasons: &[Reason]) -> String {
    let words: Vec<String> = reasons.iter().map(Reason::to_string).filter(|w| !w.is_empty()).collect();
    words.join("; ")
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reason::SameNumber => write!(f, "same number"),
            Reason::NumberOneSlip => write!(f, "number one digit out"),
            Reason::NamesSwapped => write!(f, "names the other way round"),
            Reason::SexDiffers => write!(f, "sex differs"),
            Reason::Name { part, likeness, standing } => name(f, *part, *likeness, *standing),
            Reason::PartOfName(Part::Family, likeness) => write!(f, "part of the surname{}", part_words(*likeness)),
            Reason::PartOfName(Part::Given, likeness) => write!(f, "another of the given names{}", part_words(*likeness)),
            Reason::Born(born) => f.write_str(born_words(*born)),
            Reason::Place(place) => f.write_str(place_words(*place)),
            Reason::FormerPlace(place) => write!(f, "{} (a former address)", place_words(*place)),
        }
    }
}

fn name(f: &mut fmt::Formatter<'_>, part: Part, likeness: Likeness, standing: Standing) -> fmt::Result {
    let part = match part {
        Part::Given => "given name",
        Part::Family => "surname",
    };
    match likeness {
        Likeness::Same => write!(f, "same {part}"),
        Likeness::ShortForm => write!(f, "{part} a short form"),
        Likeness::OneSlip => write!(f, "{part} spelt nearly the same"),
        Likeness::SoundsAlike => write!(f, "{part} sounds alike"),
        Likeness::BeginsAlike => write!(f, "{part} begins alike"),
        Likeness::Initial => write!(f, "same initial"),
        Likeness::TwoSlips => write!(f, "{part} spelt somewhat alike"),
        Likeness::Unlike => write!(f, "{part} differs"),
        Likeness::NotKnown => Ok(()),
    }?;
    match (standing, likeness) {
        (_, Likeness::Unlike | Likeness::NotKnown) | (Standing::Present, _) => Ok(()),
        (Standing::Former, _) => write!(f, " (a former name)"),
        (Standing::AlsoKnownAs, _) => write!(f, " (also known as)"),
    }
}

fn part_words(likeness: Likeness) -> &'static str {
    match likeness {
        Likeness::Same => " is the same",
        _ => " is nearly the same",
    }
}

fn born_words(born: BornLikeness) -> &'static str {
    match born {
        BornLikeness::Same => "same date of birth",
        BornLikeness::SameAsFarAsKnown => "same date of birth as far as it is known",
        BornLikeness::DayAndMonthSwapped => "day and month of birth the other way round",
        BornLikeness::OneSlip => "date of birth one digit out",
        BornLikeness::TwoParts => "two parts of the date of birth agree",
        BornLikeness::Near => "dates of birth near each other",
        BornLikeness::SameYear => "born in the same year",
        BornLikeness::Unlike => "date of birth differs",
        BornLikeness::NotKnown => "",
    }
}

fn place_words(place: PlaceLikeness) -> &'static str {
    match place {
        PlaceLikeness::Same => "same postcode",
        PlaceLikeness::OneSlip => "postcode one letter or digit out",
        PlaceLikeness::SameSector => "postcode close by",
        PlaceLikeness::SameDistrict => "postcode in the same district",
        PlaceLikeness::SameArea => "postcode in the same area",
        PlaceLikeness::Unlike => "postcode differs",
        PlaceLikeness::NotKnown => "",
    }
}
