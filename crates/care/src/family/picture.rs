//! The genogram as plain geometry: symbols, lines, rings, in whole points from the top left corner.

use super::{
    facts::{Fact, household_fact, member_fact, relation_fact},
    generation::{Edge, Generations, generations},
    lines::Line,
    order::places,
    relation::{FamilyMember, HouseholdRing, Place, Relation, Tie},
};
use crate::person::{Answer, Birth, Sex, age_in_words, shortened};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Half the width of a symbol.
pub(super) const HALF: i32 = 22;
const MARGIN: i32 = 80;
const APART: i32 = 150;
const DOWN: i32 = 170;
/// Room below a symbol for the name and the age.
pub(super) const LABEL: i32 = 44;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Point {
    pub x: i32,
    pub y: i32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rect {
    pub left: i32,
    pub top: i32,
    pub right: i32,
    pub bottom: i32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Male.
    Square,
    /// Female.
    Circle,
    /// Not known, or neither.
    Diamond,
    /// Not born yet.
    Triangle,
}

/// One person. A cross is drawn over those who died.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Symbol<P> {
    pub person: P,
    pub shape: Shape,
    pub centre: Point,
    pub half: i32,
    pub died: Option<Date>,
    pub place: Place,
    pub name: String,
    pub age: String,
}

/// A household, as one box for each run of neighbours, so that nobody stands inside who does not live there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ring {
    pub name: String,
    pub boxes: Vec<Rect>,
}

/// The whole picture and the same in words. `contradictions` are sentences for the head of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture<P> {
    pub width: i32,
    pub height: i32,
    pub symbols: Vec<Symbol<P>>,
    pub lines: Vec<Line<P>>,
    pub rings: Vec<Ring>,
    pub facts: Vec<Fact<P>>,
    pub contradictions: Vec<String>,
}

/// Draws whoever is given. Relations to people who are not among them, or to themselves, are left out; a person given
/// twice is drawn once. Relations and households of the future are the caller's to leave out.
pub fn picture<P: Clone + Ord>(
    members: &[FamilyMember<P>],
    relations: &[Relation<P>],
    households: &[HouseholdRing<P>],
    today: Date,
) -> Picture<P> {
    let mut index: BTreeMap<&P, usize> = BTreeMap::new();
    let mut people: Vec<&FamilyMember<P>> = vec![];
    for member in members {
        index.entry(&member.person).or_insert_with(|| {
            people.push(member);
            people.len() - 1
        });
    }
    let edges = edges(relations, &index, today);
    let focus = people.iter().position(|member| member.place == Place::Focus);
    let stand = generations(people.len(), focus, &edges);
    let centres = centres(&people, &stand, &edges);
    let drawing = Drawing { people, index, relations, edges, stand, centres, today };
    Picture {
        width: drawing.centres.iter().map(|c| c.x + MARGIN).max().unwrap_or(0),
        height: drawing.centres.iter().map(|c| c.y + HALF + LABEL + MARGIN / 2).max().unwrap_or(0),
        symbols: drawing.symbols(),
        lines: drawing.lines(),
        rings: drawing.rings(households),
        facts: drawing.facts(households),
        contradictions: drawing.contradictions(),
    }
}

pub(super) struct Drawing<'a, P> {
    pub(super) people: Vec<&'a FamilyMember<P>>,
    index: BTreeMap<&'a P, usize>,
    relations: &'a [Relation<P>],
    pub(super) edges: Vec<Edge>,
    pub(super) stand: Generations,
    pub(super) centres: Vec<Point>,
    today: Date,
}

/// Couples that ended are former couples, whatever kind was recorded.
fn edges<P: Ord>(relations: &[Relation<P>], index: &BTreeMap<&P, usize>, today: Date) -> Vec<Edge> {
    let known = relations.iter().enumerate().filter_map(|(number, relation)| {
        let (a, b) = (*index.get(&relation.person)?, *index.get(&relation.other)?);
        let ended = relation.until_on.is_some_and(|until| until < today);
        let tie = match relation.kind.tie() {
            Tie::Couple if ended => Tie::FormerCouple,
            tie => tie,
        };
        (a != b).then_some(Edge { a, b, tie, relation: number })
    });
    let mut edges: Vec<Edge> = known.collect();
    edges.sort_by_key(|edge| (edge.tie, edge.relation));
    edges
}

fn centres<P: Ord>(people: &[&FamilyMember<P>], stand: &Generations, edges: &[Edge]) -> Vec<Point> {
    let mut eldest_first: Vec<usize> = (0..people.len()).collect();
    let born = |person: &usize| match people[*person].birth {
        Birth::BornOn(on) | Birth::About(on) | Birth::ExpectedOn(on) => Some(on),
        Birth::NotKnown => None,
    };
    eldest_first.sort_by(|a, b| (born(a).is_none(), born(a), &people[*a].person).cmp(&(born(b).is_none(), born(b), &people[*b].person)));
    let places = places(&stand.of, &eldest_first, edges);
    let centre = |(at, depth): (f64, &usize)| Point {
        x: MARGIN + (at * f64::from(APART)).round() as i32,
        y: MARGIN + i32::try_from(*depth).unwrap_or(0) * DOWN,
    };
    places.into_iter().zip(&stand.of).map(centre).collect()
}

impl<P: Clone + Ord> Drawing<'_, P> {
    fn symbols(&self) -> Vec<Symbol<P>> {
        let symbol = |(member, centre): (&&FamilyMember<P>, &Point)| Symbol {
            person: member.person.clone(),
            shape: shape(member),
            centre: *centre,
            half: HALF,
            died: member.died_on,
            place: member.place,
            name: shortened(&member.name, 18),
            age: match member.birth {
                Birth::ExpectedOn(on) => format!("due {}", crate::words::date(on)),
                birth => age_in_words(birth, member.died_on, self.today),
            },
        };
        self.people.iter().zip(&self.centres).map(symbol).collect()
    }

    fn rings(&self, households: &[HouseholdRing<P>]) -> Vec<Ring> {
        households
            .iter()
            .map(|ring| Ring { name: ring.name.clone(), boxes: self.boxes(&self.at_home(ring)) })
            .filter(|ring| !ring.boxes.is_empty())
            .collect()
    }

    fn at_home(&self, ring: &HouseholdRing<P>) -> Vec<usize> {
        let mut home: Vec<usize> = ring.members.iter().filter_map(|person| self.index.get(person).copied()).collect();
        home.sort_unstable();
        home.dedup();
        home
    }

    fn boxes(&self, home: &[usize]) -> Vec<Rect> {
        let mut row: Vec<usize> = (0..self.people.len()).collect();
        row.sort_by_key(|person| (self.centres[*person].y, self.centres[*person].x));
        let mut boxes: Vec<Rect> = vec![];
        let mut last: Option<usize> = None;
        for person in row {
            let Point { x, y } = self.centres[person];
            let same_run = last.is_some_and(|before| home.contains(&before) && self.centres[before].y == y);
            match (home.contains(&person), boxes.last_mut()) {
                (true, Some(open)) if same_run => open.right = x + APART / 2 - 8,
                (true, _) => {
                    boxes.push(Rect { left: x - APART / 2 + 8, top: y - HALF - 10, right: x + APART / 2 - 8, bottom: y + HALF + LABEL })
                }
                _ => {}
            }
            last = Some(person);
        }
        boxes
    }

    fn facts(&self, households: &[HouseholdRing<P>]) -> Vec<Fact<P>> {
        let members = self.people.iter().map(|member| member_fact(*member, self.today));
        let mut told: Vec<&Edge> = self.edges.iter().collect();
        told.sort_by_key(|edge| edge.relation);
        let ties = told.into_iter().map(|edge| {
            let names = [self.people[edge.a].name.as_str(), self.people[edge.b].name.as_str()];
            relation_fact(&self.relations[edge.relation], names, self.today)
        });
        let homes = households.iter().map(|ring| (ring, self.at_home(ring))).filter(|(_, home)| !home.is_empty());
        let homes = homes.map(|(ring, home)| {
            let people: Vec<P> = home.iter().map(|person| self.person(*person)).collect();
            let names: Vec<&str> = home.iter().map(|person| self.people[*person].name.as_str()).collect();
            household_fact(ring, &people, &names)
        });
        members.chain(ties).chain(homes).collect()
    }

    fn contradictions(&self) -> Vec<String> {
        let sentence = |number: &usize| {
            let relation = &self.relations[*number];
            let name = |person: &P| self.index.get(person).map(|at| self.people[*at].name.clone()).unwrap_or_default();
            let (person, other) = (name(&relation.person), name(&relation.other));
            format!("\"{person} is the {} of {other}\" does not agree with the other relationships recorded", relation.kind.label())
        };
        self.stand.contradicting.iter().map(sentence).collect()
    }

    pub(super) fn person(&self, index: usize) -> P {
        self.people[index].person.clone()
    }
}

fn shape<P>(member: &FamilyMember<P>) -> Shape {
    match (member.birth, member.sex) {
        (Birth::ExpectedOn(_), _) => Shape::Triangle,
        (_, Answer::Known(Sex::Male)) => Shape::Square,
        (_, Answer::Known(Sex::Female)) => Shape::Circle,
        _ => Shape::Diamond,
    }
}
