//! Access beyond one's own work, and who looks after it: breaking the glass and its review, restricted and hidden records,
//! conflicts of interest, who has seen a record, what a worker looked at, refusals, and the audit as a file.

pub mod conflicts;
pub mod export;
pub mod glass;
pub mod inquiry;
pub mod oversight;
pub mod restriction;
pub mod reviews;
pub mod seen;
pub mod words;
