//! Taking in the files of other systems: a list of people, the statutory returns, the inspection lists.
//!
//! One run takes in one file, or the files of one return, in one transaction: all or nothing. Whatever was read is
//! accounted for: read = stored + amended + already there + refused. A second run of the same file stores nothing. A
//! fact that breaks a rule of a census is stored and flagged. People are known by their identifiers alone and are never
//! merged. The untouched source is kept in the database, so that a backup holds it.
//!
//! - [`run`] does all of it. A page that receives a file and takes it in afterwards uses its two halves: [`receive`]
//!   keeps the files and makes the run, `waiting`; [`carry_out`] takes them in, and tells how far it is.
//! - A run is held by one process at a time; the server takes up those of workers: [`next`]. [`check`] reads before anything
//!   is kept.
//! - A run is a row of `import_run` ([`Run`], [`runs`], [`one`]); its report is a [`Report`].
//! - While [`carry_out`] runs on SQLite, which has one writer, the row says `running` and how far it is only through
//!   the callback; on PostgreSQL the row is kept up as well.
//! - A run that cannot be done (wrong kind, wrong encoding, cut short) is an [`Error::Refused`](crate::Error) in words
//!   for whoever gave the file; the row then says `failed` with the same words, the source stays, and nothing else does.
//! - What was kept and should be looked at stands on the person's record: [`queries`].
//!
//! Leaves out: reading the files (`returns`).

mod after;
mod carry_out;
mod compare;
mod from_list;
mod held;
mod intake;
mod kind;
mod meet;
mod our_words;
mod queries;
mod report;
mod runs;
mod said;
mod statuses;
mod story;
mod tables;
mod there;

pub use after::NO_TEAM;
pub use carry_out::{carry_out, check};
pub use from_list::list;
pub use held::{again, next, refuse, standing};
pub use kind::{Kind, Source, recognise};
pub use queries::{Query, queries};
pub use report::{Flagged, Refused, Report, UnitCount};
pub use runs::{Run, RunState, SourceRow, one, receive, receive_in, run, runs, source, sources};

/// How far a run is. `read` counts what was read of the file so far (bytes or rows, for a first bar), `done` of `of` the
/// records that were taken in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Progress {
    pub read: u64,
    pub done: u64,
    pub of: u64,
}
