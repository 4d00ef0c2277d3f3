//! People who need help, and those around them. A record is read or changed only through [`open`], which asks
//! `care::access` and leaves the answer in the audit; what it returns is the key to everything about that person.

mod access;
mod banner;
mod person;
mod searching;

pub use access::{Opened, index_card, open, ties};
pub use banner::{AlertRow, Banner, Holder, StatusRow, banner};
pub use person::Person;
pub(crate) use searching::{AT_ONCE, MaySee, Searcher};
