//! People who need help, and those around them. A record is read or changed only through [`open`], which asks
//! `care::access` and leaves the answer in the audit; what it returns is the key to everything about that person.

mod access;
mod alerts;
mod around;
mod banner;
mod cards;
mod change;
mod details;
pub mod households;
mod known_by;
mod names;
mod person;
mod searching;
mod statuses;
mod story;

pub(crate) use access::roles;
pub use access::{Opened, created, index_card, open, ties};
pub use alerts::{NewAlert, alert, end_alert, one_alert, review_alert};
pub use around::{Around, Involved, Known, Member, Related, Shown, around, end_relation, involved, relate};
pub use banner::{AlertRow, Banner, Holder, StatusRow, banner};
pub use cards::{Card, cards};
pub use change::{BornAbout, NewPerson, Renamed, change, create};
pub use details::{AddressRow, AlertHistory, Details, IdentifierRow, NameRow, StatusHistory, UnverifiedCell, addresses, details, statuses};
pub use known_by::{Verified, address, end_address, identifier, name, remove_identifier, verify_identifier};
pub use names::names;
pub use person::Person;
pub(crate) use searching::{AT_ONCE, MaySee, Searcher, may};
pub use statuses::{case_kind_follows, end_status, status, status_facts};
pub use story::{Only, StoryFilter, StoryRow, Told, story, whole_story};
