//! Breaking the glass: opening a record to which one has no tie, because somebody's safety needs it now. It asks for
//! a reason, lasts a few hours (a dated setting), tells the case's manager at once, and is reviewed by somebody else
//! by the next working day.

use crate::coded;
use jiff::{SignedDuration, Timestamp};
use std::fmt;

coded! {
    pub enum BreakGlassReason {
        ImmediateDanger = "immediate_danger", "A child or adult may be in immediate danger";
        AtTheDoor = "at_the_door", "The person or family is here or on the telephone and their worker cannot be reached";
        UrgentRequest = "urgent_request", "Police, health or a court need an answer now";
        Cover = "cover", "Covering unexpectedly for a colleague";
        Other = "other", "Another reason, described";
    }
}

/// How long a grant lasts at most, and how much must be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BreakGlassPolicy {
    pub longest_hours: u8,
    pub shortest_reason: usize,
    pub source: &'static str,
}

impl Default for BreakGlassPolicy {
    fn default() -> Self {
        BreakGlassPolicy {
            longest_hours: 4,
            shortest_reason: 10,
            source: "Local policy: access without a tie ends after four hours and is reviewed by the next working day",
        }
    }
}

/// What the worker said before the glass broke.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BreakGlassRequest {
    pub reason: BreakGlassReason,
    pub described: String,
    pub hours: u8,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BreakGlassProblem {
    NotDescribed { shortest: usize },
    Hours { longest: u8 },
    ReviewsOwn,
}

impl BreakGlassRequest {
    /// When the grant ends, or why it is not given.
    pub fn check(&self, policy: &BreakGlassPolicy, at: Timestamp) -> Result<Timestamp, BreakGlassProblem> {
        if self.described.trim().chars().count() < policy.shortest_reason {
            return Err(BreakGlassProblem::NotDescribed { shortest: policy.shortest_reason });
        }
        if self.hours == 0 || self.hours > policy.longest_hours {
            return Err(BreakGlassProblem::Hours { longest: policy.longest_hours });
        }
        at.checked_add(SignedDuration::from_hours(i64::from(self.hours)))
            .map_err(|_| BreakGlassProblem::Hours { longest: policy.longest_hours })
    }
}

/// Nobody reviews their own. Both are whatever names a worker in the store.
pub fn may_review<W: PartialEq>(reviewer: &W, who_broke_it: &W) -> Result<(), BreakGlassProblem> {
    if reviewer == who_broke_it { Err(BreakGlassProblem::ReviewsOwn) } else { Ok(()) }
}

impl fmt::Display for BreakGlassProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BreakGlassProblem::NotDescribed { shortest } => {
                write!(f, "Say why you need this record now, in {shortest} letters or more")
            }
            BreakGlassProblem::Hours { longest } => {
                write!(f, "Choose between 1 and {longest} hours")
            }
            BreakGlassProblem::ReviewsOwn => write!(f, "Somebody else must review this, because you opened the record"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn asks_for_a_reason_and_ends() {
        let at: Timestamp = Timestamp::from_second(1_795_400_000).unwrap();
        let ask = |described: &str, hours| {
            let request = BreakGlassRequest { reason: BreakGlassReason::Other, described: described.into(), hours };
            request.check(&BreakGlassPolicy::default(), at)
        };
        assert_eq!(ask("Mother at reception", 4), Ok(at + SignedDuration::from_hours(4)));
        assert_eq!(ask("   because   ", 1), Err(BreakGlassProblem::NotDescribed { shortest: 10 }));
        assert_eq!(ask("Mother at reception", 5), Err(BreakGlassProblem::Hours { longest: 4 }));
        assert_eq!(ask("Mother at reception", 0), Err(BreakGlassProblem::Hours { longest: 4 }));
    }

    #[test]
    fn is_reviewed_by_another() {
        assert_eq!(may_review(&"a", &"b"), Ok(()));
        assert_eq!(may_review(&"a", &"a"), Err(BreakGlassProblem::ReviewsOwn));
    }
}
