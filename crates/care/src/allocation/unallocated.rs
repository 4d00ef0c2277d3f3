//! A child or adult who has no worker yet: how long, when the manager looks again, when the group manager is asked.
//! Days waited are calendar days, the day on which the wait began being day 0; the two limits are `UNALLOC_REVIEW` and
//! `UNALLOC_ESCALATE` of the register.

use super::ZeroKind;
use crate::{
    calendar::calendar_days_between,
    figure,
    timescale::{Clocks, Due, Start, Unknown},
    words,
};
use jiff::civil::Date;

/// What is known of one wait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wait {
    pub since: Date,
    pub zero_kind: Option<ZeroKind>,
    /// The last time that a manager looked and wrote a decision.
    pub last_review_on: Option<Date>,
    pub escalated_on: Option<Date>,
}

/// How a wait stands today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    pub days: i32,
    pub review: Due,
    /// Calendar days by which the review is late; 0 when it is not.
    pub review_late_by: i32,
    pub escalate: Due,
    pub escalation: Escalation,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Escalation {
    NotYet,
    /// The group manager should be asked now.
    Due,
    Done(Date),
}

/// How a wait stands today. A review or an escalation of an earlier wait does not count for this one.
pub fn waiting(wait: &Wait, clocks: &Clocks<'_>, today: Date) -> Result<Waiting, Unknown> {
    let looked = wait.last_review_on.filter(|on| *on >= wait.since).unwrap_or(wait.since);
    let review = clocks.due("UNALLOC_REVIEW", Start::On(looked))?;
    let escalate = clocks.due("UNALLOC_ESCALATE", Start::On(wait.since))?;
    let escalation = match wait.escalated_on.filter(|on| *on >= wait.since) {
        Some(on) => Escalation::Done(on),
        None if today >= escalate.on => Escalation::Due,
        None => Escalation::NotYet,
    };
    let review_late_by = calendar_days_between(review.on, today).max(0);
    Ok(Waiting { days: calendar_days_between(wait.since, today), review, review_late_by, escalate, escalation })
}

impl Waiting {
    /// "waiting 12 days; the weekly review was due on 3 March 2027, 2 days ago (calendar days)".
    pub fn words(&self) -> String {
        let days = |count: i32| words::counted(i64::from(count), "day", "days");
        let wait = if self.days == 0 { "waiting since today".into() } else { format!("waiting {}", days(self.days)) };
        let due = words::date(self.review.on);
        let review = match self.review_late_by {
            0 => format!("next review due by {due}"),
            late => format!("review was due by {due}, {} ago", days(late)),
        };
        let up = match self.escalation {
            Escalation::NotYet => String::new(),
            Escalation::Due => "; the group manager must be asked now".into(),
            Escalation::Done(on) => format!("; the group manager was asked on {}", words::date(on)),
        };
        format!("{wait} (calendar days); {review}{up}")
    }
}

/// The middle and the longest of several waits, in days, for the head of the list.
pub fn middle_and_longest(days: &[i32]) -> Option<(figure::Tenths, i32)> {
    let mut sorted = days.to_vec();
    sorted.sort_unstable();
    let longest = *sorted.last()?;
    let (low, high) = (sorted[(sorted.len() - 1) / 2], sorted[sorted.len() / 2]);
    Some((figure::Tenths::of(i64::from(low) + i64::from(high), 2)?, longest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timescale::nationally;
    use jiff::civil::date;

    #[test]
    fn reckons_reviews_and_escalation() {
        let since = date(2026, 11, 2);
        for (today, reviewed, escalated, days, due, late, escalation) in [
            (date(2026, 11, 2), None, None, 0, date(2026, 11, 9), 0, Escalation::NotYet),
            (date(2026, 11, 9), None, None, 7, date(2026, 11, 9), 0, Escalation::NotYet),
            (date(2026, 11, 10), None, None, 8, date(2026, 11, 9), 1, Escalation::NotYet),
            (date(2026, 11, 10), Some(date(2026, 11, 9)), None, 8, date(2026, 11, 16), 0, Escalation::NotYet),
            // A review of an earlier wait does not count for this one.
            (date(2026, 11, 10), Some(date(2026, 10, 30)), None, 8, date(2026, 11, 9), 1, Escalation::NotYet),
            (date(2026, 11, 29), Some(date(2026, 11, 25)), None, 27, date(2026, 12, 2), 0, Escalation::NotYet),
            (date(2026, 11, 30), Some(date(2026, 11, 25)), None, 28, date(2026, 12, 2), 0, Escalation::Due),
            (
                date(2026, 12, 1),
                Some(date(2026, 11, 30)),
                Some(date(2026, 11, 30)),
                29,
                date(2026, 12, 7),
                0,
                Escalation::Done(date(2026, 11, 30)),
            ),
        ] {
            let wait = Wait { since, zero_kind: None, last_review_on: reviewed, escalated_on: escalated };
            let stands = nationally(|clocks| waiting(&wait, clocks, today)).unwrap();
            assert_eq!((stands.days, stands.review.on, stands.review_late_by, stands.escalation), (days, due, late, escalation), "{today}");
        }
    }

    #[test]
    fn says_how_it_stands() {
        let wait = Wait { since: date(2026, 11, 2), zero_kind: None, last_review_on: None, escalated_on: None };
        let said = |today| nationally(|clocks| waiting(&wait, clocks, today)).unwrap().words();
        assert_eq!(said(date(2026, 11, 2)), "waiting since today (calendar days); next review due by 9 November 2026");
        assert_eq!(
            said(date(2026, 11, 30)),
            "waiting 28 days (calendar days); review was due by 9 November 2026, 21 days ago; the group manager must \
             be asked now"
        );
    }

    #[test]
    fn finds_the_middle_and_longest() {
        assert_eq!(middle_and_longest(&[]), None);
        assert_eq!(middle_and_longest(&[9, 1, 4]), Some((figure::Tenths(40), 9)));
        assert_eq!(middle_and_longest(&[9, 1, 4, 5]), Some((figure::Tenths(45), 9)));
    }
}
