//! The record from then on: entries of the story, visits, decisions and supervision. Corrections are added, never
//! written over.

mod entries;
mod visits;

pub use entries::{Entry, NewEntry, Weight, add, correct, entry, mark};
pub use visits::{NewVisit, VisitRow, last_seen, record_visit};
