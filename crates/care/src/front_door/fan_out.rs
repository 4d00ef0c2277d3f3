//! One family event, one record for each child: which brothers, sisters and other children of the household an enquiry
//! may concern. The worker chooses; figures count children, not families.

use crate::person::{Birth, age_in_years};
use jiff::civil::Date;

/// Somebody connected with the person whom the enquiry names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member<P> {
    pub person: P,
    pub birth: Birth,
    pub died_on: Option<Date>,
    /// Lives in the household of the person whom the enquiry names.
    pub same_household: Household,
    /// A brother or sister, full or half, wherever they live.
    pub sibling: Sibling,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Household {
    Same,
    Other,
    NotKnown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sibling {
    Yes,
    No,
}

/// What is suggested for one child, and why, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FanOut<P> {
    pub person: P,
    pub suggestion: Suggestion,
    pub why: &'static str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Suggestion {
    Include,
    Consider,
}

/// The children whom an enquiry about a child may concern as well, those to include first. Adults, the dead and
/// children who are neither brothers or sisters nor in the household are left out.
pub fn fan_out<P: Clone>(members: &[Member<P>], on: Date) -> Vec<FanOut<P>> {
    let mut found: Vec<FanOut<P>> = members.iter().filter_map(|member| suggest(member, on)).collect();
    found.sort_by_key(|one| one.suggestion);
    found
}

fn suggest<P: Clone>(member: &Member<P>, on: Date) -> Option<FanOut<P>> {
    let child = match member.birth {
        Birth::ExpectedOn(_) => true,
        Birth::NotKnown => member.sibling == Sibling::Yes,
        birth => age_in_years(birth, on).is_some_and(|years| years < 18),
    };
    if !child || member.died_on.is_some_and(|died| died <= on) {
        return None;
    }
    let unborn = matches!(member.birth, Birth::ExpectedOn(_));
    let (suggestion, why) = match (member.same_household, member.sibling) {
        (Household::Same, _) if unborn => (Suggestion::Include, "An unborn child of the household"),
        (Household::Same, Sibling::Yes) => (Suggestion::Include, "A brother or sister in the same household"),
        (Household::Same, Sibling::No) => (Suggestion::Include, "A child in the same household"),
        (Household::Other, Sibling::Yes) => (Suggestion::Consider, "A brother or sister who lives elsewhere"),
        (Household::NotKnown, Sibling::Yes) => (Suggestion::Consider, "A brother or sister; it is not known where they live"),
        (_, Sibling::No) => return None,
    };
    Some(FanOut { person: member.person.clone(), suggestion, why })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn suggests_children() {
        let on = date(2026, 11, 23);
        let member = |person, birth, same_household, sibling| Member { person, birth, died_on: None, same_household, sibling };
        let child = Birth::BornOn(date(2015, 1, 1));
        let members = [
            member("elsewhere", child, Household::Other, Sibling::Yes),
            member("same", child, Household::Same, Sibling::Yes),
            member("lodger's child", child, Household::Same, Sibling::No),
            member("friend", child, Household::Other, Sibling::No),
            member("lost touch", Birth::NotKnown, Household::NotKnown, Sibling::Yes),
            member("bump", Birth::ExpectedOn(date(2027, 3, 3)), Household::Same, Sibling::Yes),
            member("grown up", Birth::BornOn(date(2008, 11, 23)), Household::Same, Sibling::Yes),
            member("nearly", Birth::BornOn(date(2008, 11, 24)), Household::Same, Sibling::Yes),
            Member { died_on: Some(date(2020, 1, 1)), ..member("died", child, Household::Same, Sibling::Yes) },
        ];
        let found: Vec<(&str, Suggestion)> = fan_out(&members, on).into_iter().map(|f| (f.person, f.suggestion)).collect();
        assert_eq!(
            found,
            [
                ("same", Suggestion::Include),
                ("lodger's child", Suggestion::Include),
                ("bump", Suggestion::Include),
                ("nearly", Suggestion::Include),
                ("elsewhere", Suggestion::Consider),
                ("lost touch", Suggestion::Consider),
            ]
        );
    }
}
