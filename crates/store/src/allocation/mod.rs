//! Giving children to workers, and knowing at any moment whose every child is. The judgements are `care::allocation`'s;
//! here are the facts they need, read at one moment, and the writes that follow from a manager's decision.
//!
//! A case is an open involvement of a team with one person. It has an allocated worker when exactly one open allocation
//! with the part `primary` stands (`until_on IS NULL`; a unique index holds it), and that worker is in post.

mod answer;
mod beside;
mod board;
mod case;
mod choose;
mod decide;
mod end;
mod figures;
mod list;
mod practitioner;
mod rota;
mod team_dues;
mod told;
mod transfer;
mod wait;

pub use answer::{Allocation, DecisionRow, StepRow, allocation, answer};
pub use beside::{Beside, name_beside};
pub use board::{Board, Case, Held, Scope, Standing, ZeroLine};
pub use case::{CaseRow, cases_of, leaders, leads, open_case};
pub use choose::{Choice, Choosing, Kin, Room, choosing};
pub use decide::{Decided, Decision, Given, allocate, primaries};
pub use end::{PartRow, close, end, part, parts};
pub use figures::{Figures, Load, TeamFigures};
pub use list::{called, last_reviews};
pub use practitioner::{Practitioner, band_on, practitioners};
pub use rota::{DutyKind, NobodyVisits, PartOfDay, Turn, nobody_visits, put_on, take_off, turns};
pub use team_dues::{TeamDue, Unanswered, due_in_team, unanswered_in_team, unanswered_questions};
pub use told::{Letterhead, Notice, Now, letters, notice, was_told_of_none};
pub use transfer::{TransferRow, answer_transfer, offered_to, propose, transfer, transfers_of};
pub use wait::{
    EscalationRow, ReviewOutcome, ReviewRow, answer_escalation, escalate, escalation, escalations, review, reviews, waiting_since,
};
