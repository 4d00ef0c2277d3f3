//! The front door: enquiries, what came before, what is decided and what follows, and who is told.
//!
//! An enquiry is read and worked on through [`open`], which asks who may and leaves the answer in the audit; what it
//! returns is the key to everything about that enquiry. Linking a record opens the history of the person, their
//! household and their brothers and sisters to the front door until the decision and five working days after; restricted
//! records stay shut, and a hidden record that is linked shuts the enquiry for all who are not on its list.

mod alert;
mod board;
mod decide;
mod follow;
mod helped;
mod history;
mod matches;
mod owner;
mod people;
mod public;
mod record;
mod right;
mod row;
mod step;
mod told;
mod unanswered;

pub use alert::{Awaited, awaited};
pub use board::{Filter, Row, Show, board, counts};
pub use decide::{Chosen, Decided, Decision, ToEnquirer, decide, field_of, obstacles, problems, propose, proposed, sign_off};
pub use helped::{Said, answer as answer_helped, ask as ask_helped, is_open as helped_is_open, said as helped_said};
pub use history::{Before, before, kin, said_by};
pub use matches::{Match, matches};
pub use owner::{acted, add_information, colleagues, hand_over, move_on, take};
pub use people::{EnquiryPerson, NewPerson, Part, add as add_person, add_to_records, link, people_of, remove as remove_person, unlink};
pub use public::{Limit, answer_by, may_use, receive, refused};
pub use record::{Enquirer, Reply, Taken, change, record};
pub use right::{Member, Opened, by_reference, membership, open, require_board};
pub use row::{DangerAnswers, Enquiry, danger_answer};
pub(crate) use row::{danger_text, late_after};
pub use step::{Step, steps};
pub use told::{
    Acknowledgement, ByHand, Head, acknowledge, acknowledgement, answer_sent, answer_to_enquirer, answer_to_family, answered_by_hand,
    by_safe_way, family_address, letter_printed, message, messages, not_answered,
};
pub use unanswered::{Unanswered, escalate, unanswered};
