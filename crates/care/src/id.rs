//! The names by which records know each other: opaque text made by the program, never a number that means something
//! outside, each of its own type so that a worker is never taken for a child.

macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident;)+) => { $(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                $name(text.to_owned())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                $name(text)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+ };
}

ids! {
    /// A child or adult who is known to the authority.
    PersonId;
    /// Someone who works here and may sign in.
    WorkerId;
    /// A team; its parent is a team too.
    TeamId;
    /// A contact made to the front door.
    EnquiryId;
    /// A request for a service that was accepted.
    ReferralId;
    /// One worker's involvement with one person.
    InvolvementId;
    /// One thing that happened, as the chronology shows it.
    EntryId;
    /// One event that concerns several children of a family.
    FamilyEventId;
}
