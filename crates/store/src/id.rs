//! Names for rows: made by the program, never by the database, so that both databases agree.
//! Each is a UUID of version 7 (its first part is the time, so new rows lie together), 32 hexadecimal digits.

use std::fmt;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, sqlx::Type, serde::Serialize, serde::Deserialize)]
        #[sqlx(transparent)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            pub fn new() -> Self { Self(fresh()) }
            /// An id read from an address or a form: any text, since only the database knows which exist.
            pub fn from_text(text: impl Into<String>) -> Self { Self(text.into()) }
            pub fn as_str(&self) -> &str { &self.0 }
        }
        impl Default for $name { fn default() -> Self { Self::new() } }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(&self.0) }
        }
    )+ };
}

ids! {
    PersonId, WorkerId, TeamId, InvolvementId, AllocationId, EntryId, DueId, NoticeId, DraftId, DocumentId,
    EnquiryId, ReferralId, StatusId, AlertId, RelationshipId, HouseholdId, GrantId, AbsenceId, OutboxId, ImportId,
}

/// A fresh id for a row that needs no type of its own.
pub fn fresh() -> String {
    uuid::Uuid::now_v7().simple().to_string()
}

/// The same name in `care`'s words.
macro_rules! as_care {
    ($($name:ident),+) => { $( impl From<&$name> for care::id::$name { fn from(id: &$name) -> Self { id.as_str().into() } } )+ };
}
as_care!(PersonId, WorkerId, TeamId, EnquiryId, ReferralId, InvolvementId, EntryId);
