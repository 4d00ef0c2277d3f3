//! Whether a held case has somebody at work on it today. A worker who is away stays allocated; their children read
//! "not covered" until somebody stands in by name: from the first day for children on protection plans, looked after
//! or under an open section 47 enquiry and for any visit that falls due, from day 10 (a setting) for others. A leaver's
//! children are unallocated from the last working day on, and are shown four weeks ahead.
//!
//! Only dates of availability are known here, never the reason of an absence. Absence days are calendar days, the
//! first day away being day 1.

use super::ZeroKind;
use crate::words;
use jiff::{ToSpan, civil::Date};

/// Dated policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoverPolicy {
    /// The day of absence from which every other case reads "not covered".
    pub other_from_day: i32,
    /// How long before a leaver's last working day their children are shown.
    pub leavers_shown_days: i32,
    pub source: String,
}

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
    DayOfAbsence(i32),
}

/// How a case stands on one day.
pub fn coverage(worker: &WorkerDates, case: &HeldCase, policy: &CoverPolicy, on: Date) -> Coverage {
    if let Some(last) = worker.last_working_day.filter(|last| *last < on) {
        return Coverage::UnallocatedSince(last.saturating_add(1.day()));
    }
    let away = worker.absences.iter().filter(|away| away.holds(on)).min_by_key(|away| away.from);
    if let Some(why) = away.and_then(|away| why_not_covered(away, case, policy, on)) {
        let stood_in = case.cover.iter().any(|cover| cover.holds(on));
        return if stood_in { Coverage::StoodIn } else { Coverage::NotCovered(why) };
    }
    match worker.last_working_day {
        Some(last) if on >= last.saturating_sub(policy.leavers_shown_days.days()) => Coverage::LeavingOn(last),
        _ => Coverage::Covered,
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
            Coverage::NotCovered(WhyNotCovered::DayOfAbsence(day)) => {
                format!("not covered: day {day} of the worker's absence (calendar days)")
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

impl Default for CoverPolicy {
    fn default() -> Self {
        CoverPolicy {
            other_from_day: 10,
            leavers_shown_days: 28,
            source: "Local policy: children are covered from the first day for plans, looked after, open section 47 \
                     enquiries and visits due, from day 10 for others; leavers are shown four weeks ahead"
                .into(),
        }
    }
}

/// A visit falls due during the absence if it is due by its last day, or at any time while no return is known.
fn why_not_covered(away: &Absence, case: &HeldCase, policy: &CoverPolicy, on: Date) -> Option<WhyNotCovered> {
    if let Some(kind) = case.zero_kind.filter(|kind| kind.uncovered_from_first_day()) {
        return Some(WhyNotCovered::Kind(kind));
    }
    if let Some(due) = case.visit_due_on.filter(|due| away.until.is_none_or(|until| *due <= until)) {
        return Some(WhyNotCovered::VisitDue(due));
    }
    let day = (on - away.from).get_days() + 1;
    (day >= policy.other_from_day).then_some(WhyNotCovered::DayOfAbsence(day))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 23);

    fn on(case: HeldCase, last: Option<Date>, absences: &[(Date, Option<Date>)]) -> Coverage {
        let absences = absences.iter().map(|(from, until)| Absence { from: *from, until: *until }).collect();
        coverage(&WorkerDates { last_working_day: last, absences }, &case, &CoverPolicy::default(), TODAY)
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
            (held(None, None), vec![(date(2026, 11, 15), None)], Coverage::Covered),
            (held(None, None), vec![(date(2026, 11, 14), None)], Coverage::NotCovered(DayOfAbsence(10))),
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
