//! What somebody is in law and practice, with dates: a child in need, on a protection plan, looked after; and what must
//! be known before one goes through the door (alerts). Statuses come by hand or from a file before their full steps
//! exist here. Only the impossible is refused; what a census would refuse is kept and named.
//!
//! Law: Children Act 1989 sections 17, 20, 22, 23A to 24D, 31, 38, 44, 46, 47 and 66; Adoption and Children Act 2002
//! section 21; Care Act 2014 sections 18 to 20.
//! Leaves out: government codes (`returns`), the steps that make a status begin and end.

mod alert;
mod check;
mod detail;
mod status;

pub use alert::{Alert, AlertKind, AlertState};
pub use check::{StatusFacts, StatusProblem, StatusQuery, check};
pub use detail::{LeavingCare, LegalStatus, PlacementKind, PlanCategory, StatusEnd};
pub use status::{DatedStatus, Status, StatusKind, banner, case_kinds, most_pressing};
