//! The record from then on: entries of the story, visits, decisions and supervision. Corrections are added, never
//! written over.

mod entries;
mod family;
mod visits;

pub use entries::{Entry, NewEntry, Weight, add, correct, entry, mark, story};
pub use family::{Sibling, siblings};
pub use visits::{NewVisit, VisitRow, last_seen, record_visit};
