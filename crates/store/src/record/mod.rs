//! The record from then on: entries of the story, visits, decisions and supervision. Corrections are added, never
//! written over.

mod entries;
mod family;
mod moves;
mod visits;

pub use entries::{Entry, NewEntry, Weight, add, correct, entry, mark, story};
pub use family::{Sibling, siblings};
pub use moves::{Happening, MayMove, Move, history, may_move, move_entry, moves, seen_on};
pub use visits::{NewVisit, VisitRow, last_seen, record_visit};
