//! The note that an allocation carries: why this worker, what is to be done, the first visit by when, what is known of
//! risks to worker and child, when the manager looks next. A case is not handed over with a name alone.

use crate::{
    coded,
    person::plausible::{self, DateProblem},
    typed_date::TypedDateProblem,
};
use jiff::civil::Date;
use std::fmt;

/// What was typed. "None known" is an answer about risks; nothing is not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllocationNote {
    pub from: Result<Date, TypedDateProblem>,
    pub why_this_worker: String,
    pub what_to_do: String,
    /// `None` where no visit is needed, as for work that a co-worker visits.
    pub first_visit_by: Result<Option<Date>, TypedDateProblem>,
    pub risks_to_worker: String,
    pub risks_to_child: String,
    pub next_look_on: Result<Date, TypedDateProblem>,
}

/// A note that can be stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CheckedNote {
    pub from: Date,
    pub first_visit_by: Option<Date>,
    pub next_look_on: Date,
}

coded! {
    /// The part of the form to which a problem belongs.
    pub enum NoteField {
        From = "from", "Start date";
        WhyThisWorker = "why_this_worker", "Why this worker";
        WhatToDo = "what_to_do", "What is to be done";
        FirstVisitBy = "first_visit_by", "First visit by";
        RisksToWorker = "risks_to_worker", "Known risks to the worker";
        RisksToChild = "risks_to_child", "Known risks to the child or adult";
        NextLookOn = "next_look_on", "Next management look";
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoteProblem {
    Missing(NoteField),
    Typed(NoteField, TypedDateProblem),
    Date(NoteField, DateProblem),
}

/// The note as it can be stored, or everything that stands in the way, in the order of the page. `not_before` is the
/// day on which the referral was received or the last allocation began: nobody is allocated before it.
pub fn check_note(note: &AllocationNote, not_before: Option<Date>, today: Date) -> Result<CheckedNote, Vec<NoteProblem>> {
    let from = typed(NoteField::From, &note.from)
        .and_then(|on| dated(NoteField::From, plausible::happened(NoteField::From.label(), on, today)))
        .and_then(|on| match not_before {
            Some(earliest) => dated(NoteField::From, plausible::not_before(NoteField::From.label(), on, "the case began", earliest)),
            None => Ok(on),
        });
    let planned = |field: NoteField, on: Date| dated(field, plausible::planned(field.label(), on, today));
    let visit =
        typed(NoteField::FirstVisitBy, &note.first_visit_by).and_then(|on| on.map(|on| planned(NoteField::FirstVisitBy, on)).transpose());
    let look = typed(NoteField::NextLookOn, &note.next_look_on).and_then(|on| planned(NoteField::NextLookOn, on));
    let mut problems = blanks(note);
    problems.extend([from.as_ref().err(), visit.as_ref().err(), look.as_ref().err()].into_iter().flatten().cloned());
    match (from, visit, look) {
        (Ok(from), Ok(first_visit_by), Ok(next_look_on)) if problems.is_empty() => Ok(CheckedNote { from, first_visit_by, next_look_on }),
        _ => {
            problems.sort_by_key(NoteProblem::field);
            Err(problems)
        }
    }
}

impl NoteProblem {
    pub fn field(&self) -> NoteField {
        match self {
            NoteProblem::Missing(field) | NoteProblem::Typed(field, _) | NoteProblem::Date(field, _) => *field,
        }
    }
}

impl fmt::Display for NoteProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NoteProblem::Missing(NoteField::RisksToWorker | NoteField::RisksToChild) => {
                write!(f, "Write what is known of risks, or \"none known\"")
            }
            NoteProblem::Missing(field) => write!(f, "Write: {}", field.label().to_lowercase()),
            NoteProblem::Typed(_, problem) => problem.fmt(f),
            NoteProblem::Date(_, problem) => problem.fmt(f),
        }
    }
}

fn blanks(note: &AllocationNote) -> Vec<NoteProblem> {
    let texts = [
        (NoteField::WhyThisWorker, &note.why_this_worker),
        (NoteField::WhatToDo, &note.what_to_do),
        (NoteField::RisksToWorker, &note.risks_to_worker),
        (NoteField::RisksToChild, &note.risks_to_child),
    ];
    texts.into_iter().filter(|(_, text)| text.trim().is_empty()).map(|(field, _)| NoteProblem::Missing(field)).collect()
}

fn typed<T: Clone>(field: NoteField, read: &Result<T, TypedDateProblem>) -> Result<T, NoteProblem> {
    read.clone().map_err(|problem| NoteProblem::Typed(field, problem))
}

fn dated(field: NoteField, judged: Result<Date, DateProblem>) -> Result<Date, NoteProblem> {
    judged.map_err(|problem| NoteProblem::Date(field, problem))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 23);

    fn note() -> AllocationNote {
        AllocationNote {
            from: Ok(TODAY),
            why_this_worker: "Holds Ava, his sister".into(),
            what_to_do: "Assessment; see Kai at school first".into(),
            first_visit_by: Ok(Some(date(2026, 11, 27))),
            risks_to_worker: "Dog in the yard".into(),
            risks_to_child: "None known".into(),
            next_look_on: Ok(date(2026, 12, 7)),
        }
    }

    #[test]
    fn asks_for_all_of_it() {
        let missing = || TypedDateProblem::Missing { what: "Next management look".into() };
        for (note, expected) in [
            (note(), vec![]),
            (AllocationNote { first_visit_by: Ok(None), ..note() }, vec![]),
            (AllocationNote { why_this_worker: " ".into(), ..note() }, vec!["Write: why this worker"]),
            (
                AllocationNote { risks_to_child: String::new(), next_look_on: Err(missing()), ..note() },
                vec!["Write what is known of risks, or \"none known\"", "Enter next management look"],
            ),
            (AllocationNote { from: Ok(date(2026, 11, 24)), ..note() }, vec!["Start date must be today or in the past"]),
            (
                AllocationNote { from: Ok(date(2026, 10, 31)), ..note() },
                vec!["Start date must be on or after the case began, 1 November 2026"],
            ),
            (
                AllocationNote { first_visit_by: Ok(Some(date(2026, 11, 22))), ..note() },
                vec!["First visit by must be today or in the future"],
            ),
        ] {
            let said = check_note(&note, Some(date(2026, 11, 1)), TODAY).err().unwrap_or_default();
            assert_eq!(said.iter().map(ToString::to_string).collect::<Vec<_>>(), expected, "{note:?}");
        }
        crate::assert_coded!(NoteField);
    }
}
