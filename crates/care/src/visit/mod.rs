//! A visit: who was seen, whether alone, whether the bedroom was seen, who was there; what the child said or showed, in
//! their own words; what the worker makes of it. A visit at which the person was not seen does not meet the clock: it
//! is recorded with the attempts and the reason, and the visit stays due.
//!
//! Law: Children Act 1989 section 47(4) (steps to see the child); Care Planning, Placement and Case Review (England)
//! Regulations 2010, regulations 28 and 29 (visits, speaking to the child alone). What is odd is queried and kept; only
//! the impossible is refused.
//! Leaves out: when the next one is due (`timescale`).

mod check;
mod safe_return;

pub use check::{CheckedVisit, Field, MeetsClock, RecordVisit, RiskFlag, VisitFacts, VisitProblem, VisitQuery, check};
pub use safe_return::{CheckIn, GRACE, SafeReturn, safe_return};

use crate::coded;

coded! {
    pub enum Seen {
        Seen = "seen", "Seen";
        NotSeen = "not_seen", "Not seen";
    }
}

coded! {
    pub enum SeenAlone {
        Yes = "yes", "Seen alone";
        No = "no", "Not seen alone";
        ChildDeclined = "child_declined", "The child did not want to be seen alone";
        TooYoung = "too_young", "Too young to be seen alone; watched with their carer";
        NotAsked = "not_asked", "Not recorded";
    }
}

coded! {
    pub enum BedroomSeen {
        Yes = "yes", "Bedroom seen";
        No = "no", "Bedroom not seen";
        Refused = "refused", "Refused";
        NotAtHome = "not_at_home", "The visit was not at home";
        NotAsked = "not_asked", "Not recorded";
    }
}

coded! {
    /// Why the person was not seen.
    pub enum NotSeenReason {
        NobodyIn = "nobody_in", "Nobody in";
        EntryRefused = "entry_refused", "Entry refused";
        PersonNotThere = "person_not_there", "Others were in, the person was not";
        PersonRefused = "person_refused", "The person would not be seen";
        Unwell = "unwell", "Unwell or asleep";
        CancelledByFamily = "cancelled_by_family", "Cancelled by the family";
        CancelledByUs = "cancelled_by_us", "Cancelled by us";
        WrongAddress = "wrong_address", "They do not live there now";
        NotSafe = "not_safe", "It was not safe to stay";
        Other = "other", "Another reason, described";
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn codes_stand_once() {
        crate::assert_coded!(super::Seen, super::SeenAlone, super::BedroomSeen, super::NotSeenReason, super::Field);
    }
}
