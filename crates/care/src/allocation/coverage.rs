//! Whether a held case has somebody at work on it today. A worker who is away stays allocated; their children read
//! "not covered" until somebody stands in by name: from the first day for children on protection plans, looked after
//! or under an open section 47 enquiry and for any visit that falls due, from day 10 for others (`NOT_COVERED` of the
//! register). A leaver's children are unallocated from the day after the last working day, and are shown four weeks
//! ahead (`LEAVER_NOTICE`).
//!
//! Only dates of availability are known here, never the reason of an absence.

use super::ZeroKind;
use crate::{
    timescale::{Clocks, Start, Unknown},
    words,
};
use jiff::{ToSpan, civil::Date};

/// Days on which a worker is not available, both included; `until` is `None` while no return is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Absence {
    pub from: Date,
    pub until: Option<Date>,
}

/// The worker's own dates.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WorkerDates {
    pub last_working_day: Option<Date>,
    pub absences: Vec<Absence>,
}

/// One case that the worker holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HeldCase {
    pub zero_kind: Option<ZeroKind>,
    /// The earliest visit not yet made.
    pub visit_due_on: Option<Date>,
    /// Days on which somebody stands in by name, both included.
    pub cover: Vec<Absence>,
}

/// How a case stands on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coverage {
    Covered,
    /// Somebody stands in.
    StoodIn,
    NotCovered(WhyNotCovered),
    /// Covered today; the worker leaves within the weeks shown ahead.
    LeavingOn(Date),
    /// The worker's last working day is past.
    UnallocatedSince(Date),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhyNotCovered {
    Kind(ZeroKind),
    VisitDue(Date),
    LongAbsence { away_since: Date, cover_due_on: Date },
}

/// How a case stands on one day.
pub fn coverage(worker: &WorkerDates, case: &HeldCase, clocks: &Clocks<'_>, on: Date) -> Result<Coverage, Unknown> {
    if let Some(last) = worker.last_working_day.filter(|last| *last < on) {
        return Ok(Coverage::UnallocatedSince(last.saturating_add(1.day())));
    }
    let away = worker.absences.iter().filter(|away| away.holds(on)).min_by_key(|away| away.from);
    let why = away.map(|away| why_not_covered(away, case, clocks, on)).transpose()?.flatten();
    if let Some(why) = why {
        let stood_in = case.cover.iter().any(|cover| cover.holds(on));
        return Ok(if stood_in { Coverage::StoodIn } else { Coverage::NotCovered(why) });
    }
    match worker.last_working_day {
        Some(last) if on >= clocks.due("LEAVER_NOTICE", Start::On(last))?.on => Ok(Coverage::LeavingOn(last)),
        _ => Ok(Coverage::Covered),
    }
}

impl Absence {
    /// Whether the worker is away on this day.
    pub fn holds(self, on: Date) -> bool {
        self.from <= on && self.until.is_none_or(|until| on <= until)
    }

    /// "away from 3 March 2027, back on 10 March 2027": dates only.
    pub fn words(self) -> String {
        let from = words::date(self.from);
        match self.until {
            Some(until) => format!("away from {from}, back after {}", words::date(until)),
            None => format!("away from {from}, return not known"),
        }
    }
}

impl Coverage {
    pub const fn is_gap(self) -> bool {
        matches!(self, Coverage::NotCovered(_) | Coverage::UnallocatedSince(_))
    }

    pub fn words(self) -> String {
        match self {
            Coverage::Covered => "covered".into(),
            Coverage::StoodIn => "a named worker is covering".into(),
            Coverage::NotCovered(WhyNotCovered::Kind(kind)) => {
                format!("not covered: {}, and the worker is away", kind.label().to_lowercase())
            }
            Coverage::NotCovered(WhyNotCovered::VisitDue(due)) => {
                format!("not covered: a visit is due by {}, and the worker is away", words::date(due))
            }
            Coverage::NotCovered(WhyNotCovered::LongAbsence { away_since, cover_due_on }) => {
                let (away, due) = (words::date(away_since), words::date(cover_due_on));
                format!("not covered: the worker has been away since {away}, and cover was due from {due}")
            }
            Coverage::LeavingOn(last) => {
                format!("the worker's last working day is {}", words::date(last))
            }
            Coverage::UnallocatedSince(since) => {
                format!("unallocated since {}", words::date(since))
            }
        }
    }
}

/// A visit falls due during the absence if it is due by its last day, or at any time while no return is known.
fn why_not_covered(away: &Absence, case: &HeldCase, clocks: &Clocks<'_>, on: Date) -> Result<Option<WhyNotCovered>, Unknown> {
    if let Some(kind) = case.zero_kind.filter(|kind| kind.uncovered_from_first_day()) {
        return Ok(Some(WhyNotCovered::Kind(kind)));
    }
    if let Some(due) = case.visit_due_on.filter(|due| away.until.is_none_or(|until| *due <= until)) {
        return Ok(Some(WhyNotCovered::VisitDue(due)));
    }
    let cover_due_on = clocks.due("NOT_COVERED", Start::On(away.from))?.on;
    Ok((on >= cover_due_on).then_some(WhyNotCovered::LongAbsence { away_since: away.from, cover_due_on }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timescale::nationally;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 23);

    fn on(case: HeldCase, last: Option<Date>, absences: &[(Date, Option<Date>)]) -> Coverage {
        let absences = absences.iter().map(|(from, until)| Absence { from: *from, until: *until }).collect();
        let worker = WorkerDates { last_working_day: last, absences };
        nationally(|clocks| coverage(&worker, &case, clocks, TODAY)).unwrap()
    }

    fn held(zero_kind: Option<ZeroKind>, visit_due_on: Option<Date>) -> HeldCase {
        HeldCase { zero_kind, visit_due_on, cover: vec![] }
    }

    #[test]
    fn an_absence_uncovers_by_kind_visit_and_day() {
        use WhyNotCovered::*;
        let week = (TODAY, Some(date(2026, 11, 29)));
        let plan = Some(ZeroKind::ProtectionPlan);
        for (case, away, expected) in [
            (held(plan, None), vec![], Coverage::Covered),
            (held(plan, None), vec![week], Coverage::NotCovered(Kind(ZeroKind::ProtectionPlan))),
            (held(Some(ZeroKind::LookedAfter), None), vec![week], Coverage::NotCovered(Kind(ZeroKind::LookedAfter))),
            (held(Some(ZeroKind::Section47), None), vec![week], Coverage::NotCovered(Kind(ZeroKind::Section47))),
            (held(Some(ZeroKind::PrivatelyFostered), None), vec![week], Coverage::Covered),
            (held(None, None), vec![week], Coverage::Covered),
            (held(None, Some(date(2026, 11, 29))), vec![week], Coverage::NotCovered(VisitDue(date(2026, 11, 29)))),
            (held(None, Some(date(2026, 11, 30))), vec![week], Coverage::Covered),
            (held(None, Some(date(2026, 12, 30))), vec![(TODAY, None)], Coverage::NotCovered(VisitDue(date(2026, 12, 30)))),
            (held(None, None), vec![(date(2026, 11, 11), None)], Coverage::Covered),
            (
                held(None, None),
                vec![(date(2026, 11, 10), None)],
                Coverage::NotCovered(LongAbsence { away_since: date(2026, 11, 10), cover_due_on: TODAY }),
            ),
            (held(plan, None), vec![(date(2026, 11, 1), Some(date(2026, 11, 22)))], Coverage::Covered),
            (held(plan, None), vec![(date(2026, 11, 24), None)], Coverage::Covered),
        ] {
            assert_eq!(on(case.clone(), None, &away), expected, "{case:?} {away:?}");
        }
    }

    #[test]
    fn a_named_worker_clears_it() {
        let cover = vec![Absence { from: TODAY, until: Some(TODAY) }];
        let case = HeldCase { cover, ..held(Some(ZeroKind::LookedAfter), None) };
        assert_eq!(on(case.clone(), None, &[(TODAY, None)]), Coverage::StoodIn);
        let yesterday = vec![Absence { from: date(2026, 11, 1), until: Some(date(2026, 11, 22)) }];
        let case = HeldCase { cover: yesterday, ..case };
        assert!(on(case, None, &[(TODAY, None)]).is_gap());
    }

    #[test]
    fn a_leaver_is_shown_ahead_and_leaves_children_unallocated() {
        for (last, expected) in [
            (date(2026, 12, 22), Coverage::Covered),
            (date(2026, 12, 21), Coverage::LeavingOn(date(2026, 12, 21))),
            (TODAY, Coverage::LeavingOn(TODAY)),
            (date(2026, 11, 20), Coverage::UnallocatedSince(date(2026, 11, 21))),
        ] {
            assert_eq!(on(held(None, None), Some(last), &[]), expected, "{last}");
        }
        let gone = on(held(None, None), Some(date(2026, 11, 20)), &[(TODAY, None)]);
        assert_eq!(gone.words(), "unallocated since 21 November 2026");
    }

    #[test]
    fn says_dates_and_never_a_reason() {
        let away = Absence { from: TODAY, until: None };
        assert_eq!(away.words(), "away from 23 November 2026, return not known");
        let gap = on(held(Some(ZeroKind::LookedAfter), None), None, &[(TODAY, None)]);
        assert_eq!(gap.words(), "not covered: looked after, and the worker is away");
    }
}
