//! Who somebody is: what was asked and what was answered, sex and gender, birth and age, names, numbers, address.
//! The product keeps what it was told; what looks wrong is queried in words and kept, never silently mended.
//! Leaves out: who is related to whom (`family`), search and matching (`matching`), government codes (`returns`).

mod age;
mod answer;
mod name;
mod nhs_number;
mod number_kind;
pub mod plausible;
mod postcode;
mod pupil_number;

pub use age::{Birth, age_in_words, age_in_years, turns};
pub use answer::{Answer, AnswerState};
pub use name::{Name, NameProblem, NameUse, read_name_part, shortened};
pub use nhs_number::{NhsNumber, NumberQuery};
pub use number_kind::{NumberKind, TypedNumber};
pub use postcode::Postcode;
pub use pupil_number::{ChildNumber, PupilNumber, PupilNumberQuery};

use crate::coded;

coded! {
    /// Sex as it is recorded at birth or on a certificate. Whether it is known at all is an `Answer`.
    pub enum Sex {
        Female = "female", "Female";
        Male = "male", "Male";
        Indeterminate = "indeterminate", "Neither could be said at birth";
    }
}

coded! {
    /// How a person describes their own gender; recorded only where they were asked.
    pub enum Gender {
        Female = "female", "Female";
        Male = "male", "Male";
        NonBinary = "non_binary", "Non-binary";
        Another = "another", "In another way";
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn codes_stand_once() {
        crate::assert_coded!(super::Sex, super::Gender, super::AnswerState, super::NameUse);
    }
}
