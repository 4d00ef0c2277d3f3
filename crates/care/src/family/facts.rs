//! The same facts as the picture shows, as sentences. Whatever is drawn is said here.

use super::relation::{FamilyMember, HouseholdRing, Relation, RelationKind};
use crate::{
    person::{Answer, Birth, Sex, age_in_words},
    words,
};
use jiff::civil::Date;

/// One sentence, and whom it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact<P> {
    pub people: Vec<P>,
    pub words: String,
}

/// "Kai Marlow, male, 7 years".
pub fn member_fact<P: Clone>(member: &FamilyMember<P>, today: Date) -> Fact<P> {
    let sex = match (member.birth, member.sex) {
        (Birth::ExpectedOn(_), _) => None,
        (_, Answer::Known(Sex::Female)) => Some("female"),
        (_, Answer::Known(Sex::Male)) => Some("male"),
        _ => Some("sex not known"),
    };
    let age = age_in_words(member.birth, member.died_on, today);
    let parts: Vec<&str> = [Some(member.name.as_str()), sex, Some(age.as_str())].into_iter().flatten().collect();
    Fact { people: vec![member.person.clone()], words: parts.join(", ") }
}

/// "Ava Marlow is the mother of Kai Marlow, with parental responsibility, since 3 March 2027".
pub fn relation_fact<P: Clone>(relation: &Relation<P>, names: [&str; 2], today: Date) -> Fact<P> {
    let ended = relation.until_on.filter(|until| *until < today);
    let verb = if ended.is_some() { "was" } else { "is" };
    let mut parts = vec![format!("{} {verb} the {} of {}", names[0], relation.kind.label(), names[1])];
    if let Some(responsible) = responsibility(relation) {
        parts.push(responsible.into());
    }
    match (relation.from_on, ended) {
        (Some(from), Some(until)) => parts.push(format!("from {} until {}", words::date(from), words::date(until))),
        (Some(from), None) => parts.push(format!("since {}", words::date(from))),
        (None, Some(until)) => parts.push(format!("until {}", words::date(until))),
        (None, None) => {}
    }
    Fact { people: vec![relation.person.clone(), relation.other.clone()], words: parts.join(", ") }
}

/// "Ava Marlow and Kai Marlow live together at 3 Mill Lane".
pub fn household_fact<P: Clone>(ring: &HouseholdRing<P>, members: &[P], names: &[&str]) -> Fact<P> {
    let who = words::joined(names);
    let sentence = match members.len() {
        1 => format!("{who} lives at {}", ring.name),
        _ => format!("{who} live together at {}", ring.name),
    };
    Fact { people: members.to_vec(), words: sentence }
}

fn responsibility<P>(relation: &Relation<P>) -> Option<&'static str> {
    match relation.parental_responsibility {
        _ if !relation.kind.may_be_responsible() => None,
        Answer::Known(true) => Some("with parental responsibility"),
        Answer::Known(false) => Some("without parental responsibility"),
        _ if matches!(relation.kind, RelationKind::Mother | RelationKind::Father | RelationKind::Parent) => {
            Some("parental responsibility not known")
        }
        _ => None,
    }
}
