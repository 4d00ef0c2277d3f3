//! A plain list of people as CSV: from any other system, to be taken into the index, or to be looked for in it.
//!
//! Columns are known by their usual names (`given_name` or `forename`, `dob` or `date_of_birth`); others are told and
//! passed over. A row without an id, or with one that an earlier row has, is refused; any other cell that is not
//! right is kept as typed, and a finding says why. No government return: the one list that every system can write.
//! Leaves out: addresses beyond a postcode, relationships, addresses and names of before.

mod reader;

pub use reader::{PeopleList, decode};

use care::person::{NhsNumber, Postcode, Sex};
use jiff::civil::Date;

use crate::position::At;

/// One row as it was understood, and what was typed where it was not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listed {
    pub at: At,
    /// The id in the system from which the list comes, as it stands there.
    pub id: String,
    pub given_name: String,
    pub surname: String,
    pub sex: Option<Sex>,
    pub born_on: Option<Date>,
    /// The date of birth as typed.
    pub dob: String,
    /// In the usual form where it has the shape of a postcode, else as typed.
    pub postcode: String,
    /// Ten figures where the check digit is right, else as typed.
    pub nhs_no: String,
    /// Cells that are kept as typed because they could not be verified: which, what, and why.
    pub unverified: Vec<Unverified>,
}

/// A cell that is kept although something is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unverified {
    pub field: &'static str,
    pub typed: String,
    pub why: String,
}

impl Listed {
    /// Whether the number has a right check digit.
    pub fn nhs_number(&self) -> Option<NhsNumber> {
        NhsNumber::read(&self.nhs_no).ok()
    }

    /// The postcode, if it has the shape of one.
    pub fn whole_postcode(&self) -> Option<Postcode> {
        Postcode::read(&self.postcode)
    }
}
