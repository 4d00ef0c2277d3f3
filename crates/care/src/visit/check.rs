//! Whether a visit can be recorded as it was typed, and whether it meets the clock.

use super::{BedroomSeen, NotSeenReason, Seen, SeenAlone};
use crate::{
    coded,
    person::{
        Birth,
        plausible::{self, DateProblem},
    },
    typed_date::TypedDateProblem,
    words,
};
use jiff::civil::Date;
use std::fmt;

/// What was typed. Texts may be empty; what a page did not ask stays `NotAsked`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordVisit {
    pub visited_on: Result<Date, TypedDateProblem>,
    pub seen: Option<Seen>,
    pub seen_alone: SeenAlone,
    pub bedroom_seen: BedroomSeen,
    pub who_was_there: String,
    /// What the child said or showed, in their words.
    pub child_words: String,
    /// What the worker makes of it.
    pub worker_view: String,
    /// How often it was tried, where the person was not seen.
    pub attempts: u8,
    pub reason_not_seen: Option<NotSeenReason>,
    pub reason_described: String,
    /// A risk that the worker flags, and who was told of it; `None` when none is flagged.
    pub risk: Option<RiskFlag>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RiskFlag {
    pub what: String,
    pub told: String,
}

/// What the record knows already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VisitFacts {
    pub today: Date,
    pub birth: Birth,
    pub died_on: Option<Date>,
    /// When the present referral was received.
    pub referral_on: Option<Date>,
    /// When a visit was last due, to say by how much this one is late.
    pub due_on: Option<Date>,
}

/// A visit that can be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedVisit {
    pub visited_on: Date,
    pub seen: Seen,
    pub meets_clock: MeetsClock,
    /// Odd, but kept; each is shown and listed.
    pub queries: Vec<VisitQuery>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MeetsClock {
    Yes,
    /// The person was not seen: the visit stays due.
    No,
}

coded! {
    /// The part of the form to which a problem belongs.
    pub enum Field {
        VisitedOn = "visited_on", "Date of visit";
        Seen = "seen", "Was the person seen?";
        ReasonNotSeen = "reason_not_seen", "Why was the person not seen?";
        Attempts = "attempts", "How often did you try?";
        WorkerView = "worker_view", "What you make of it";
        Risk = "risk", "Risk";
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VisitProblem {
    Typed(TypedDateProblem),
    Date(DateProblem),
    SeenMissing,
    ReasonMissing,
    ReasonNotDescribed,
    AttemptsMissing,
    NothingWritten,
    RiskNotDescribed,
    RiskNobodyTold,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VisitQuery {
    BeforeReferral { referral_on: Date },
    AfterDeath { died_on: Date },
    UnbornSeen,
    AloneNotRecorded,
    BedroomNotRecorded,
    NoWordsOfTheChild,
    Late { days: i32 },
}

/// The visit as it can be stored, or everything that stands in the way, in the order of the page.
pub fn check(visit: &RecordVisit, facts: &VisitFacts) -> Result<CheckedVisit, Vec<VisitProblem>> {
    let visited_on = date(visit, facts);
    let mut problems: Vec<VisitProblem> = visited_on.as_ref().err().cloned().into_iter().collect();
    problems.extend(match visit.seen {
        None => vec![VisitProblem::SeenMissing],
        Some(Seen::NotSeen) => not_seen(visit),
        Some(Seen::Seen) => seen(visit),
    });
    problems.extend(risk(visit));
    match (visited_on, visit.seen) {
        (Ok(visited_on), Some(seen)) if problems.is_empty() => Ok(CheckedVisit {
            visited_on,
            seen,
            meets_clock: if seen == Seen::Seen { MeetsClock::Yes } else { MeetsClock::No },
            queries: queries(visit, facts, visited_on, seen),
        }),
        _ => Err(problems),
    }
}

fn date(visit: &RecordVisit, facts: &VisitFacts) -> Result<Date, VisitProblem> {
    let what = Field::VisitedOn.label();
    let on = visit.visited_on.clone().map_err(VisitProblem::Typed)?;
    plausible::happened(what, on, facts.today).map_err(VisitProblem::Date)?;
    match facts.birth {
        Birth::BornOn(born) if visit.seen == Some(Seen::Seen) => {
            plausible::not_before(what, on, "the date of birth", born).map_err(VisitProblem::Date)
        }
        _ => Ok(on),
    }
}

fn seen(visit: &RecordVisit) -> Vec<VisitProblem> {
    let written = [&visit.child_words, &visit.worker_view].into_iter().any(|text| !text.trim().is_empty());
    if written { vec![] } else { vec![VisitProblem::NothingWritten] }
}

fn not_seen(visit: &RecordVisit) -> Vec<VisitProblem> {
    let described = !visit.reason_described.trim().is_empty();
    let reason = match visit.reason_not_seen {
        None => Some(VisitProblem::ReasonMissing),
        Some(NotSeenReason::Other) if !described => Some(VisitProblem::ReasonNotDescribed),
        Some(_) => None,
    };
    let attempts = (visit.attempts == 0).then_some(VisitProblem::AttemptsMissing);
    reason.into_iter().chain(attempts).collect()
}

fn risk(visit: &RecordVisit) -> Vec<VisitProblem> {
    let Some(flag) = &visit.risk else { return vec![] };
    let what = flag.what.trim().is_empty().then_some(VisitProblem::RiskNotDescribed);
    let told = flag.told.trim().is_empty().then_some(VisitProblem::RiskNobodyTold);
    what.into_iter().chain(told).collect()
}

fn queries(visit: &RecordVisit, facts: &VisitFacts, on: Date, seen: Seen) -> Vec<VisitQuery> {
    let was_seen = seen == Seen::Seen;
    let unborn = matches!(facts.birth, Birth::ExpectedOn(_));
    let before = facts.referral_on.filter(|referral| on < *referral);
    let dead = facts.died_on.filter(|died| was_seen && on > *died);
    let late = facts.due_on.map(|due| (on - due).get_days()).filter(|days| was_seen && *days > 0);
    let asks = [
        (unborn && was_seen, VisitQuery::UnbornSeen),
        (was_seen && !unborn && visit.seen_alone == SeenAlone::NotAsked, VisitQuery::AloneNotRecorded),
        (was_seen && !unborn && visit.bedroom_seen == BedroomSeen::NotAsked, VisitQuery::BedroomNotRecorded),
        (was_seen && !unborn && visit.child_words.trim().is_empty(), VisitQuery::NoWordsOfTheChild),
    ];
    let dates = [
        before.map(|referral_on| VisitQuery::BeforeReferral { referral_on }),
        dead.map(|died_on| VisitQuery::AfterDeath { died_on }),
        late.map(|days| VisitQuery::Late { days }),
    ];
    dates.into_iter().flatten().chain(asks.into_iter().filter(|(holds, _)| *holds).map(|(_, query)| query)).collect()
}

impl VisitProblem {
    /// Where on the page it belongs.
    pub const fn field(&self) -> Field {
        match self {
            VisitProblem::Typed(_) | VisitProblem::Date(_) => Field::VisitedOn,
            VisitProblem::SeenMissing => Field::Seen,
            VisitProblem::ReasonMissing | VisitProblem::ReasonNotDescribed => Field::ReasonNotSeen,
            VisitProblem::AttemptsMissing => Field::Attempts,
            VisitProblem::NothingWritten => Field::WorkerView,
            VisitProblem::RiskNotDescribed | VisitProblem::RiskNobodyTold => Field::Risk,
        }
    }
}

impl fmt::Display for VisitProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            VisitProblem::Typed(problem) => problem.fmt(f),
            VisitProblem::Date(problem) => problem.fmt(f),
            VisitProblem::SeenMissing => write!(f, "Say whether the person was seen"),
            VisitProblem::ReasonMissing => write!(f, "Say why the person was not seen"),
            VisitProblem::ReasonNotDescribed => write!(f, "Describe why the person was not seen"),
            VisitProblem::AttemptsMissing => write!(f, "Say how often you tried"),
            VisitProblem::NothingWritten => {
                write!(f, "Write what the person said or showed, or what you make of it")
            }
            VisitProblem::RiskNotDescribed => write!(f, "Say what the risk is"),
            VisitProblem::RiskNobodyTold => write!(f, "Say who was told of the risk"),
        }
    }
}

impl fmt::Display for VisitQuery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            VisitQuery::BeforeReferral { referral_on } => {
                write!(f, "The visit is dated before the referral of {}", words::date(*referral_on))
            }
            VisitQuery::AfterDeath { died_on } => {
                write!(f, "The person was recorded as having died on {}", words::date(*died_on))
            }
            VisitQuery::UnbornSeen => write!(f, "The child is recorded as not yet born"),
            VisitQuery::AloneNotRecorded => write!(f, "Whether the child was seen alone is not recorded"),
            VisitQuery::BedroomNotRecorded => write!(f, "Whether the bedroom was seen is not recorded"),
            VisitQuery::NoWordsOfTheChild => write!(f, "Nothing is recorded of what the child said or showed"),
            VisitQuery::Late { days } => {
                let days = words::counted(i64::from(*days), "day", "days");
                write!(f, "The visit was {days} late (calendar days)")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 23);

    fn made() -> RecordVisit {
        RecordVisit {
            visited_on: Ok(TODAY),
            seen: Some(Seen::Seen),
            seen_alone: SeenAlone::Yes,
            bedroom_seen: BedroomSeen::Yes,
            who_was_there: "Mother, grandmother".into(),
            child_words: "\"I like it when Nan comes.\"".into(),
            worker_view: "Calmer than last time.".into(),
            attempts: 0,
            reason_not_seen: None,
            reason_described: String::new(),
            risk: None,
        }
    }

    fn missed() -> RecordVisit {
        RecordVisit {
            seen: Some(Seen::NotSeen),
            attempts: 2,
            reason_not_seen: Some(NotSeenReason::NobodyIn),
            child_words: String::new(),
            worker_view: String::new(),
            ..made()
        }
    }

    fn facts() -> VisitFacts {
        VisitFacts {
            today: TODAY,
            birth: Birth::BornOn(date(2019, 5, 1)),
            died_on: None,
            referral_on: Some(date(2026, 9, 1)),
            due_on: Some(date(2026, 11, 30)),
        }
    }

    fn refused(visit: RecordVisit) -> Vec<String> {
        check(&visit, &facts()).err().unwrap_or_default().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn only_seeing_the_person_meets_the_clock() {
        assert_eq!(check(&made(), &facts()).map(|visit| visit.meets_clock), Ok(MeetsClock::Yes));
        assert_eq!(check(&missed(), &facts()).map(|visit| visit.meets_clock), Ok(MeetsClock::No));
    }

    #[test]
    fn refuses_what_cannot_be() {
        let typed = |problem| RecordVisit { visited_on: problem, ..made() };
        let no_date = Err(TypedDateProblem::Missing { what: "Date of visit".into() });
        let risk = |what: &str, told: &str| Some(RiskFlag { what: what.into(), told: told.into() });
        for (visit, expected) in [
            (made(), vec![]),
            (missed(), vec![]),
            (typed(no_date), vec!["Enter date of visit"]),
            (typed(Ok(date(2026, 11, 24))), vec!["Date of visit must be today or in the past"]),
            (typed(Ok(date(2019, 4, 30))), vec!["Date of visit must be on or after the date of birth, 1 May 2019"]),
            (RecordVisit { seen: None, ..made() }, vec!["Say whether the person was seen"]),
            (
                RecordVisit { child_words: " ".into(), worker_view: String::new(), ..made() },
                vec!["Write what the person said or showed, or what you make of it"],
            ),
            (
                RecordVisit { reason_not_seen: None, attempts: 0, ..missed() },
                vec!["Say why the person was not seen", "Say how often you tried"],
            ),
            (RecordVisit { reason_not_seen: Some(NotSeenReason::Other), ..missed() }, vec!["Describe why the person was not seen"]),
            (RecordVisit { risk: risk("", ""), ..made() }, vec!["Say what the risk is", "Say who was told of the risk"]),
            (RecordVisit { risk: risk("Dog loose", "Sam, manager"), ..missed() }, vec![]),
        ] {
            assert_eq!(refused(visit.clone()), expected, "{visit:?}");
        }
    }

    #[test]
    fn queries_what_is_odd_and_keeps_it() {
        let queried = |visit: RecordVisit, facts: VisitFacts| check(&visit, &facts).map(|visit| visit.queries);
        let on = |on| RecordVisit { visited_on: Ok(on), ..made() };
        for (visit, facts, expected) in [
            (made(), facts(), vec![]),
            (on(date(2026, 8, 31)), facts(), vec![VisitQuery::BeforeReferral { referral_on: date(2026, 9, 1) }]),
            (made(), VisitFacts { due_on: Some(date(2026, 11, 20)), ..facts() }, vec![VisitQuery::Late { days: 3 }]),
            (missed(), VisitFacts { due_on: Some(date(2026, 11, 20)), ..facts() }, vec![]),
            (
                made(),
                VisitFacts { died_on: Some(date(2026, 11, 22)), ..facts() },
                vec![VisitQuery::AfterDeath { died_on: date(2026, 11, 22) }],
            ),
            (made(), VisitFacts { birth: Birth::ExpectedOn(date(2027, 3, 3)), ..facts() }, vec![VisitQuery::UnbornSeen]),
            (
                RecordVisit { seen_alone: SeenAlone::NotAsked, bedroom_seen: BedroomSeen::NotAsked, child_words: String::new(), ..made() },
                facts(),
                vec![VisitQuery::AloneNotRecorded, VisitQuery::BedroomNotRecorded, VisitQuery::NoWordsOfTheChild],
            ),
        ] {
            assert_eq!(queried(visit.clone(), facts), Ok(expected), "{visit:?}");
        }
    }
}
