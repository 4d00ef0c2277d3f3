//! The numbers by which others know a person. A number that does not fit its kind is queried where it is typed; confirmed,
//! it is kept as it was typed and shown as not verified, because a person is never lost for a slip in a number.
//! Leaves out: numbers of carers and homes.

use super::{ChildNumber, NhsNumber, PupilNumber};
use crate::coded;

coded! {
    pub enum NumberKind {
        Nhs = "nhs_number", "NHS number";
        Pupil = "upn", "Unique pupil number";
        FormerPupil = "former_upn", "Former unique pupil number";
        Child = "la_child_id", "Child number in the returns";
        Imported = "imported_id", "Number in an imported list";
        Other = "other", "Another number";
    }
}

/// A number as it was typed, against what its kind asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TypedNumber {
    /// As its kind writes it.
    Fits(String),
    /// As it was typed, with why it is queried.
    Queried { typed: String, why: String },
}

impl NumberKind {
    pub fn read(self, typed: &str) -> TypedNumber {
        let typed = typed.trim();
        let queried = |why: String| TypedNumber::Queried { typed: typed.to_owned(), why };
        match self {
            NumberKind::Nhs => match NhsNumber::read(typed) {
                Ok(number) => TypedNumber::Fits(number.digits().to_owned()),
                Err(why) => queried(why.to_string()),
            },
            NumberKind::Pupil | NumberKind::FormerPupil => match PupilNumber::read(typed) {
                Ok(number) => TypedNumber::Fits(number.as_str().to_owned()),
                Err(why) => queried(why.to_string()),
            },
            NumberKind::Child => match ChildNumber::read(typed) {
                Ok(number) => TypedNumber::Fits(number.as_str().to_owned()),
                Err(why) => queried(why.to_owned()),
            },
            NumberKind::Imported | NumberKind::Other => TypedNumber::Fits(typed.to_owned()),
        }
    }

    /// The number as it is read out: an NHS number by three, three and four.
    pub fn shown(self, value: &str) -> String {
        match self {
            NumberKind::Nhs => NhsNumber::read(value).map_or_else(|_| value.to_owned(), |number| number.to_string()),
            _ => value.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_fits_its_kind_or_says_why_not() {
        crate::assert_coded!(NumberKind);
        let fits = |text: &str| TypedNumber::Fits(text.into());
        for (kind, typed, expected) in [
            (NumberKind::Nhs, " 943 476 5919 ", fits("9434765919")),
            (NumberKind::Child, "AB1234", fits("AB1234")),
            (NumberKind::Other, "MASH/12-3", fits("MASH/12-3")),
        ] {
            assert_eq!(kind.read(typed), expected);
        }
        for (kind, typed) in [(NumberKind::Nhs, "943 476 5918"), (NumberKind::Pupil, "A1"), (NumberKind::Child, "12345678901")] {
            assert!(matches!(kind.read(typed), TypedNumber::Queried { typed: kept, .. } if kept == typed), "{kind}");
        }
    }

    #[test]
    fn is_shown_as_it_is_read_out() {
        assert_eq!(NumberKind::Nhs.shown("9434765919"), "943 476 5919");
        assert_eq!(NumberKind::Nhs.shown("12"), "12");
    }
}
