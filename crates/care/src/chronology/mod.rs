//! The story of a person or a family: everything that happened and everything that was recorded, in one line of time,
//! newest first, with what matters most marked. Munro (2011) asks for the story of the family rather than a heap of
//! forms; the one it is about may read it later.
//!
//! Leaves out: what an entry says in full, and who may read it (`access`).

mod entry;
mod merge;
mod work;

pub use entry::{EntryGroup, EntryKind};
pub use merge::{Entry, Filter, Row, Weight, chronology};
pub use work::{CaseRow, DueRow, MyWork, NotSeen, NoticeRow, my_work, not_seen, not_seen_too_long};
