//! A child or adult who has no worker yet: how long, when the manager looks again, when the group manager is asked.
//! Days are calendar days, the day on which the wait began being day 0.

use super::ZeroKind;
use crate::{figure, words};
use jiff::{ToSpan, civil::Date};

/// How often a wait is looked at, and when it goes up; dated policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitPolicy {
    pub review_every_days: i32,
    pub escalate_after_days: i32,
    pub source: String,
}

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
    pub review_due_on: Date,
    /// Days by which the review is late; 0 when it is not.
    pub review_late_by: i32,
    pub escalate_on: Date,
    pub escalation: Escalation,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Escalation {
    NotYet,
    /// The group manager should be asked now.
    Due,
    Done(Date),
}

/// How a wait stands today.
pub fn waiting(wait: &Wait, policy: &WaitPolicy, today: Date) -> Waiting {
    let after = |on: Date, days: i32| on.saturating_add(days.days());
    let looked = wait.last_review_on.filter(|on| *on >= wait.since).unwrap_or(wait.since);
    let review_due_on = after(looked, policy.review_every_days);
    let escalate_on = after(wait.since, policy.escalate_after_days);
    let escalation = match wait.escalated_on.filter(|on| *on >= wait.since) {
        Some(on) => Escalation::Done(on),
        None if today >= escalate_on => Escalation::Due,
        None => Escalation::NotYet,
    };
    Waiting {
        days: days_between(wait.since, today),
        review_due_on,
        review_late_by: days_between(review_due_on, today).max(0),
        escalate_on,
        escalation,
    }
}

impl Waiting {
    /// "waiting 12 days; the weekly review was due on 3 March 2027, 2 days ago (calendar days)".
    pub fn words(&self) -> String {
        let days = |count: i32| words::counted(i64::from(count), "day", "days");
        let wait = if self.days == 0 { "waiting since today".into() } else { format!("waiting {}", days(self.days)) };
        let due = words::date(self.review_due_on);
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

impl Default for WaitPolicy {
    fn default() -> Self {
        WaitPolicy {
            review_every_days: 7,
            escalate_after_days: 28,
            source: "Local procedure: the team manager reviews every unallocated child weekly and writes a decision; \
                     at four weeks the group manager is asked"
                .into(),
        }
    }
}

fn days_between(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}

#[cfg(test)]
mod tests {
    use super::*;
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
            let stands = waiting(&wait, &WaitPolicy::default(), today);
            assert_eq!(
                (stands.days, stands.review_due_on, stands.review_late_by, stands.escalation),
                (days, due, late, escalation),
                "{today}"
            );
        }
    }

    #[test]
    fn says_how_it_stands() {
        let wait = Wait { since: date(2026, 11, 2), zero_kind: None, last_review_on: None, escalated_on: None };
        let said = |today| waiting(&wait, &WaitPolicy::default(), today).words();
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
