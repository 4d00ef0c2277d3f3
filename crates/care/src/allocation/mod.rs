//! Giving a child to a worker, and knowing at any moment whose every child is.
//!
//! A child is allocated when exactly one named, suitable worker in post holds the case as its primary worker; a team
//! is not a worker. Children on protection plans, looked after and privately fostered are never without one. Others
//! wait only when no team has room: their team manager looks at them every week and writes a decision, and at four
//! weeks the group manager is asked (one authority's published procedure, kept as dated policy). A worker who is away
//! stays allocated, and the child reads "not covered" until somebody stands in by name.
//!
//! Leaves out: proposing a whole set of allocations at once (a search, built with the matching of workloads); weights
//! of cases. The counts here are of children, not families: three brothers are three.

mod candidate;
mod caseload;
mod check;
mod coverage;
mod effect;
mod note;
mod reason;
pub mod spread;
mod state;
mod told;
mod unallocated;
mod urgency;

pub use candidate::{Agency, Candidate, Placing, Tie, compare};
pub use caseload::{Band, BandPolicy, Bands, Caseload, Fte, FteProblem};
pub use check::{Concern, Gravity, concerns};
pub use coverage::{Absence, Coverage, HeldCase, WhyNotCovered, WorkerDates, coverage};
pub use effect::{Effect, effect};
pub use note::{AllocationNote, CheckedNote, NoteField, NoteProblem, check_note};
pub use reason::{ChangeCause, EndReason};
pub use state::{AllocationPart, AllocationState, Step, StepProblem, TransferState};
pub use told::{Audience, Letter, NewWorker, WorkerLetter, who_must_be_told};
pub use unallocated::{Escalation, Wait, Waiting, middle_and_longest, waiting};
pub use urgency::{ZeroKind, most_urgent_first};
