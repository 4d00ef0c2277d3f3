//! People who need help, and those around them. A record is read or changed only through [`open`], which asks
//! `care::access` and leaves the answer in the audit; what it returns is the key to everything about that person.

mod access;
mod around;
mod banner;
mod details;
mod names;
mod person;
mod searching;
mod story;

pub use access::{Opened, created, index_card, open, ties};
pub use around::{Around, Involved, Known, Member, Related, around, end_relation, involved, relate};
pub use banner::{AlertRow, Banner, Holder, StatusRow, banner};
pub use details::{
    AddressRow, AlertHistory, BornAbout, Details, IdentifierRow, NameRow, NewPerson, StatusHistory, Verified, address, alert,
    case_kind_follows, change, create, details, end_alert, end_status, identifier, name, status,
};
pub use names::names;
pub use person::Person;
pub(crate) use searching::{AT_ONCE, MaySee, Searcher, may};
pub use story::{Only, StoryFilter, StoryRow, story, whole_story};
