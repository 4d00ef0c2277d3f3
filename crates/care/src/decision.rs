//! What managers write into a child's or adult's record: a decision with its reason, and case supervision (what was
//! talked about, what was decided, why, by when). What is said of the worker rather than of the case belongs in
//! personal supervision, which only the worker and their line see and which is no part of anybody's record.
//!
//! Corrections append: a correction says what was wrong and what is right, and the first words stay.

use crate::{
    person::plausible::{self, DateProblem},
    typed_date::TypedDateProblem,
};
use jiff::civil::Date;
use std::fmt;

/// A management decision, or the outcome of case supervision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ManagementDecision {
    pub decided_on: Result<Date, TypedDateProblem>,
    pub discussion: Discussion,
    pub decision: String,
    pub why: String,
    /// By when it is to be done; `None` where nothing is to be done.
    pub by_when: Result<Option<Date>, TypedDateProblem>,
}

/// Whether it came out of supervision; supervision needs what was talked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Discussion {
    NotSupervision,
    Supervision(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DecisionProblem {
    Typed(TypedDateProblem),
    Date(DateProblem),
    DiscussionMissing,
    DecisionMissing,
    WhyMissing,
}

/// When it was decided and by when it is to be done, or everything that stands in the way.
pub fn check_decision(typed: &ManagementDecision, today: Date) -> Result<(Date, Option<Date>), Vec<DecisionProblem>> {
    let on = typed.decided_on.clone().map_err(DecisionProblem::Typed);
    let on = on.and_then(|on| plausible::happened("Date of decision", on, today).map_err(DecisionProblem::Date));
    let by = typed.by_when.clone().map_err(DecisionProblem::Typed).and_then(|by| match (by, &on) {
        (Some(by), Ok(on)) => plausible::not_before("By when", by, "the decision", *on).map(Some).map_err(DecisionProblem::Date),
        (by, _) => Ok(by),
    });
    let blank = |text: &str| text.trim().is_empty();
    let texts = [
        (matches!(&typed.discussion, Discussion::Supervision(said) if blank(said)), DecisionProblem::DiscussionMissing),
        (blank(&typed.decision), DecisionProblem::DecisionMissing),
        (blank(&typed.why), DecisionProblem::WhyMissing),
    ];
    let mut problems: Vec<DecisionProblem> = on.as_ref().err().cloned().into_iter().collect();
    problems.extend(texts.into_iter().filter(|(lacking, _)| *lacking).map(|(_, problem)| problem));
    problems.extend(by.as_ref().err().cloned());
    match (on, by) {
        (Ok(on), Ok(by)) if problems.is_empty() => Ok((on, by)),
        _ => Err(problems),
    }
}

/// Why a correction cannot stand as typed. `was` and `right` are what was recorded and what is right.
pub fn check_correction(was: &str, right: &str, why: &str) -> Result<(), &'static str> {
    match () {
        () if right.trim().is_empty() => Err("Write what is right"),
        () if right.trim() == was.trim() => Err("This is what is recorded already"),
        () if why.trim().is_empty() => Err("Say why it is corrected"),
        () => Ok(()),
    }
}

impl fmt::Display for DecisionProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DecisionProblem::Typed(problem) => problem.fmt(f),
            DecisionProblem::Date(problem) => problem.fmt(f),
            DecisionProblem::DiscussionMissing => write!(f, "Write what was talked about"),
            DecisionProblem::DecisionMissing => write!(f, "Write what was decided"),
            DecisionProblem::WhyMissing => write!(f, "Say why it was decided"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 23);

    fn decided() -> ManagementDecision {
        ManagementDecision {
            decided_on: Ok(TODAY),
            discussion: Discussion::NotSupervision,
            decision: "See Kai at school by Friday".into(),
            why: "Not seen alone for five weeks".into(),
            by_when: Ok(Some(date(2026, 11, 27))),
        }
    }

    #[test]
    fn asks_for_the_decision_and_its_reason() {
        let supervision = |said: &str| Discussion::Supervision(said.into());
        for (typed, expected) in [
            (decided(), vec![]),
            (ManagementDecision { by_when: Ok(None), ..decided() }, vec![]),
            (ManagementDecision { discussion: supervision("Worry about the neighbour"), ..decided() }, vec![]),
            (ManagementDecision { discussion: supervision(" "), ..decided() }, vec!["Write what was talked about"]),
            (
                ManagementDecision { decision: String::new(), why: " ".into(), ..decided() },
                vec!["Write what was decided", "Say why it was decided"],
            ),
            (ManagementDecision { decided_on: Ok(date(2026, 11, 24)), ..decided() }, vec!["Date of decision must be today or in the past"]),
            (
                ManagementDecision { by_when: Ok(Some(date(2026, 11, 22))), ..decided() },
                vec!["By when must be on or after the decision, 23 November 2026"],
            ),
        ] {
            let said = check_decision(&typed, TODAY).err().unwrap_or_default();
            assert_eq!(said.iter().map(ToString::to_string).collect::<Vec<_>>(), expected, "{typed:?}");
        }
    }

    #[test]
    fn a_correction_says_what_and_why() {
        for (was, right, why, expected) in [
            ("Seen at home", "Seen at school", "Mixed up two visits", Ok(())),
            ("Seen at home", " ", "x", Err("Write what is right")),
            ("Seen at home", "Seen at home ", "x", Err("This is what is recorded already")),
            ("Seen at home", "Seen at school", "", Err("Say why it is corrected")),
        ] {
            assert_eq!(check_correction(was, right, why), expected);
        }
    }
}
