//! The front door: somebody tells the authority about a child, an adult or a family, and is answered.
//!
//! Practice: immediate danger is asked about first; what follows is decided with the history before one's eyes; a
//! social worker acknowledges the referrer and decides the next step for a child within one working day of the first
//! receipt (Working Together to Safeguard Children, chapter on assessment), whenever the contact is called a referral.
//! Law: Children Act 1989 sections 17 and 47; Care Act 2014 sections 4, 9, 10 and 42. Consent is not needed to
//! safeguard; the parent or adult is told unless telling would do harm, and the reason is written down.
//!
//! Leaves out: who may read whose history meanwhile (`access`), the steps that follow a referral.

mod again;
mod basis;
mod clock;
mod danger;
mod decide;
mod enquiry;
mod fan_out;
mod letter;
mod outcome;
mod reply;
mod wait;

pub use again::{Earlier, EarlierContact, earlier};
pub use basis::{LegalBasis, SharingBasis, TellProblem, Told, WhyNotTold, check_told};
pub use clock::{EnquiryDone, EnquiryDue, enquiry_due, history_open_until};
pub use danger::{DangerQuestion, Screening, UrgencyBand, at_least, screen};
pub use decide::{DecisionFacts, DecisionProblem, SignOff, may_decide};
pub use enquiry::{Channel, EnquirerKind, EnquiryState, EnquiryStep, Helped, Side, ToldAs};
pub use fan_out::{FanOut, Household, Member, Sibling, Suggestion, fan_out};
pub use letter::{AnswerFacts, acknowledgement, answer};
pub use outcome::{Follow, Outcome};
pub use reply::{MayLeaveMessage, ReplyBy, ReplyProblem, SafeReply, reference};
pub use wait::{Waits, waits};

pub use crate::timescale::{Countdown, countdown, countdown_open};

#[cfg(test)]
mod tests {
    #[test]
    fn codes_stand_once() {
        use super::*;
        crate::assert_coded!(Channel, EnquirerKind, EnquiryState, EnquiryStep, Helped, Side, Outcome, Follow);
        crate::assert_coded!(LegalBasis, SharingBasis, WhyNotTold, DangerQuestion, UrgencyBand, MayLeaveMessage, ReplyBy);
    }
}
