//! Whether a status can be recorded with these dates. Refused: an end before the start, dates in the future, a start
//! before the birth. Everything else is kept, and the rule that the census will break is named.

use super::{DatedStatus, StatusKind};
use crate::{
    person::{
        Birth,
        plausible::{self, DateProblem},
        turns,
    },
    words,
};
use jiff::civil::Date;
use std::fmt;

/// What the record knows already. `others` are the person's other statuses, open and ended.
#[derive(Debug, Clone, Copy)]
pub struct StatusFacts<'a> {
    pub birth: Birth,
    pub others: &'a [DatedStatus],
    pub today: Date,
}

pub type StatusProblem = DateProblem;

/// Odd, but kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatusQuery {
    SecondOpen(StatusKind),
    Overlaps(StatusKind),
    SameDay(StatusKind),
    NeedBesidePlan,
    LookedAfterAtEighteen { on: Date },
    TooYoungForLeavingCare,
    PreBirthAfterBirth,
    AdultSupportOfChild,
}

/// What is odd about a status that can be recorded, or why it cannot be.
pub fn check(status: &DatedStatus, facts: &StatusFacts<'_>) -> Result<Vec<StatusQuery>, StatusProblem> {
    plausible::happened("Start date", status.from_on, facts.today)?;
    if let Some(until) = status.until_on {
        plausible::happened("End date", until, facts.today)?;
        plausible::not_before("End date", until, "the start", status.from_on)?;
    }
    if let (Birth::BornOn(born), false) = (facts.birth, status.status.kind() == StatusKind::PreBirth) {
        plausible::not_before("Start date", status.from_on, "the date of birth", born)?;
    }
    Ok([beside_others(status, facts), by_age(status, facts)].concat())
}

fn beside_others(status: &DatedStatus, facts: &StatusFacts<'_>) -> Vec<StatusQuery> {
    use StatusKind::{ChildInNeed, ProtectionPlan, Section47};
    let kind = status.status.kind();
    let single = matches!(kind, ProtectionPlan | ChildInNeed | Section47 | StatusKind::LookedAfter);
    let same = |other: &&DatedStatus| single && other.status.kind() == kind;
    let plan_and_need = |other: &&DatedStatus| {
        matches!((kind, other.status.kind()), (ProtectionPlan, ChildInNeed) | (ChildInNeed, ProtectionPlan))
            && status.until_on.is_none()
            && other.until_on.is_none()
    };
    let both_open = |other: &DatedStatus| status.until_on.is_none() && other.until_on.is_none();
    let mut found = vec![];
    if facts.others.iter().filter(same).any(both_open) {
        found.push(StatusQuery::SecondOpen(kind));
    } else if facts.others.iter().filter(same).any(|other| overlap(status, other)) {
        found.push(StatusQuery::Overlaps(kind));
    }
    if facts.others.iter().any(|other| plan_and_need(&other)) {
        found.push(StatusQuery::NeedBesidePlan);
    }
    if matches!(kind, ProtectionPlan | ChildInNeed) && status.until_on == Some(status.from_on) {
        found.push(StatusQuery::SameDay(kind));
    }
    found
}

fn by_age(status: &DatedStatus, facts: &StatusFacts<'_>) -> Vec<StatusQuery> {
    let born = match facts.birth {
        Birth::BornOn(born) => born,
        _ => return vec![],
    };
    let on_start = |years: i16| turns(born, years).is_some_and(|birthday| status.from_on >= birthday);
    let end = status.until_on.unwrap_or(facts.today);
    match status.status.kind() {
        StatusKind::LookedAfter => match turns(born, 18).filter(|birthday| end > *birthday) {
            Some(on) => vec![StatusQuery::LookedAfterAtEighteen { on }],
            None => vec![],
        },
        StatusKind::CareLeaver if !on_start(16) => vec![StatusQuery::TooYoungForLeavingCare],
        StatusKind::PreBirth if end > born => vec![StatusQuery::PreBirthAfterBirth],
        StatusKind::AdultSupport if !on_start(18) => vec![StatusQuery::AdultSupportOfChild],
        _ => vec![],
    }
}

/// One that ends on the day on which the other begins does not overlap it.
fn overlap(a: &DatedStatus, b: &DatedStatus) -> bool {
    let ends_after = |one: &DatedStatus, start: Date| one.until_on.is_none_or(|until| until > start);
    ends_after(a, b.from_on) && ends_after(b, a.from_on)
}

impl StatusQuery {
    /// The rule of the children in need census that the fact breaks, where there is one.
    pub const fn census_rule(self) -> Option<&'static str> {
        match self {
            StatusQuery::SecondOpen(StatusKind::ProtectionPlan) => Some("8935"),
            StatusQuery::SecondOpen(StatusKind::ChildInNeed) => Some("4004"),
            StatusQuery::SecondOpen(StatusKind::Section47) => Some("8890"),
            StatusQuery::Overlaps(StatusKind::ProtectionPlan) => Some("8940"),
            StatusQuery::Overlaps(StatusKind::ChildInNeed) => Some("4014"),
            StatusQuery::SameDay(StatusKind::ProtectionPlan) => Some("8840"),
            StatusQuery::SameDay(StatusKind::ChildInNeed) => Some("4012Q"),
            StatusQuery::NeedBesidePlan => Some("4001"),
            _ => None,
        }
    }
}

impl fmt::Display for StatusQuery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StatusQuery::SecondOpen(kind) => write!(f, "Another one is open: {}", kind.label().to_lowercase()),
            StatusQuery::Overlaps(kind) => write!(f, "Its dates overlap another one: {}", kind.label().to_lowercase()),
            StatusQuery::SameDay(_) => write!(f, "It starts and ends on the same day"),
            StatusQuery::NeedBesidePlan => write!(f, "A child in need plan and a protection plan are both open"),
            StatusQuery::LookedAfterAtEighteen { on } => {
                write!(f, "The young person turned 18 on {}; nobody is looked after from then on", words::date(*on))
            }
            StatusQuery::TooYoungForLeavingCare => write!(f, "A care leaver is 16 or older"),
            StatusQuery::PreBirthAfterBirth => write!(f, "The child is born; pre-birth work ends with the birth"),
            StatusQuery::AdultSupportOfChild => write!(f, "The person is under 18"),
        }?;
        match self.census_rule() {
            Some(rule) => write!(f, ". The children in need census will refuse or query it (rule {rule})"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Status;
    use super::*;
    use crate::person::Answer;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 23);
    const PLAN: Status = Status::ProtectionPlan { category: Answer::NotAsked };
    const CARE: Status = Status::LookedAfter { legal: Answer::NotAsked, placement: Answer::NotAsked };

    fn dated(status: Status, from_on: Date, until_on: Option<Date>) -> DatedStatus {
        DatedStatus { status, from_on, until_on }
    }

    fn judged(status: DatedStatus, born: Option<Date>, others: &[DatedStatus]) -> Result<Vec<StatusQuery>, String> {
        let birth = born.map_or(Birth::NotKnown, Birth::BornOn);
        check(&status, &StatusFacts { birth, others, today: TODAY }).map_err(|problem| problem.to_string())
    }

    #[test]
    fn refuses_only_the_impossible() {
        let born = Some(date(2019, 5, 1));
        for (status, born, expected) in [
            (dated(PLAN, TODAY, None), born, Ok(vec![])),
            (dated(PLAN, date(2026, 11, 24), None), born, Err("Start date must be today or in the past")),
            (dated(PLAN, date(2026, 1, 1), Some(date(2026, 11, 24))), born, Err("End date must be today or in the past")),
            (dated(PLAN, date(2026, 1, 2), Some(date(2026, 1, 1))), born, Err("End date must be on or after the start, 2 January 2026")),
            (dated(PLAN, date(2019, 4, 30), None), born, Err("Start date must be on or after the date of birth, 1 May 2019")),
            (dated(Status::PreBirth, date(2019, 2, 1), Some(date(2019, 5, 1))), born, Ok(vec![])),
            (dated(PLAN, date(2019, 4, 30), None), None, Ok(vec![])),
        ] {
            assert_eq!(judged(status, born, &[]), expected.map_err(String::from), "{status:?}");
        }
    }

    #[test]
    fn keeps_and_names_what_is_odd() {
        let open = dated(PLAN, date(2026, 1, 1), None);
        let need = dated(Status::ChildInNeed, date(2026, 1, 1), None);
        let ended = dated(PLAN, date(2025, 1, 1), Some(date(2025, 6, 1)));
        for (status, born, others, expected) in [
            (
                dated(PLAN, date(2026, 2, 1), None),
                None,
                vec![open],
                Some((StatusQuery::SecondOpen(StatusKind::ProtectionPlan), Some("8935"))),
            ),
            (dated(PLAN, date(2025, 6, 1), None), None, vec![ended], None),
            (
                dated(PLAN, date(2025, 5, 31), Some(date(2025, 7, 1))),
                None,
                vec![ended],
                Some((StatusQuery::Overlaps(StatusKind::ProtectionPlan), Some("8940"))),
            ),
            (dated(PLAN, date(2026, 2, 1), None), None, vec![need], Some((StatusQuery::NeedBesidePlan, Some("4001")))),
            (dated(PLAN, TODAY, Some(TODAY)), None, vec![], Some((StatusQuery::SameDay(StatusKind::ProtectionPlan), Some("8840")))),
            (
                dated(CARE, date(2020, 1, 1), None),
                Some(date(2008, 11, 22)),
                vec![],
                Some((StatusQuery::LookedAfterAtEighteen { on: date(2026, 11, 22) }, None)),
            ),
            (dated(CARE, date(2020, 1, 1), None), Some(date(2008, 11, 23)), vec![], None),
            (
                dated(Status::CareLeaver { entitlement: Answer::NotAsked }, date(2026, 1, 1), None),
                Some(date(2010, 1, 2)),
                vec![],
                Some((StatusQuery::TooYoungForLeavingCare, None)),
            ),
            (
                dated(Status::PreBirth, date(2026, 1, 1), None),
                Some(date(2026, 6, 1)),
                vec![],
                Some((StatusQuery::PreBirthAfterBirth, None)),
            ),
            (
                dated(Status::AdultSupport, date(2026, 1, 1), None),
                Some(date(2010, 1, 1)),
                vec![],
                Some((StatusQuery::AdultSupportOfChild, None)),
            ),
            (dated(Status::Proceedings, date(2026, 1, 1), None), None, vec![dated(Status::Proceedings, date(2026, 1, 1), None)], None),
        ] {
            let found = judged(status, born, &others).unwrap();
            let found: Vec<_> = found.into_iter().map(|query| (query, query.census_rule())).collect();
            assert_eq!(found, expected.into_iter().collect::<Vec<_>>(), "{status:?}");
        }
        assert_eq!(
            StatusQuery::NeedBesidePlan.to_string(),
            "A child in need plan and a protection plan are both open. The children in need census will refuse or query it (rule 4001)"
        );
    }
}
