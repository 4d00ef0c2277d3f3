//! Whom a fact is about, and who that is.

use std::fmt;

use jiff::civil::Date;
use serde::Serialize;

use crate::codes::{Coded, Disability, Ethnicity, Sex, UpnUnknown, YesNo};

/// The one whom a record is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    Child(Identity),
    /// A social worker, by the regulator's number.
    Worker(String),
    /// Someone who would adopt, by the council's number.
    Adopter(String),
    /// The council itself.
    Authority,
}

/// By what a child is known.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Identity {
    /// The council's own number, the same in every return.
    LaChildId(String),
    /// The unique pupil number, where there is no other.
    Upn(String),
    /// Neither: a digest of what the return says of the child.
    Unidentified(String),
}

/// One thing that is said of who a person is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonFact {
    Sex(Coded<Sex>),
    BornOn(Date),
    ExpectedOn(Date),
    DiedOn(Date),
    Ethnicity(Coded<Ethnicity>),
    /// Each disability; `NONE` alone where there is none.
    Disabilities(Vec<Coded<Disability>>),
    /// Whether there is any, where no more is asked.
    Disabled(Coded<YesNo>),
    Upn(String),
    FormerUpn(String),
    UpnUnknown(Coded<UpnUnknown>),
    /// A looked-after child who is a mother, or is not.
    Mother(Coded<YesNo>),
    MothersChildBornOn(Date),
    SeeksAsylum(Coded<YesNo>),
    /// Whom siblings or adopters share.
    Family(String),
    /// Team, worker and personal adviser by name, as a list gives them.
    HeldBy {
        team: Option<String>,
        worker: Option<String>,
        personal_adviser: Option<String>,
    },
}

impl Subject {
    pub fn la_child(id: &str) -> Subject {
        Subject::Child(Identity::LaChildId(id.to_owned()))
    }
}

/// As it stands in a key.
impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Subject::Child(Identity::LaChildId(id)) => f.write_str(id),
            Subject::Child(Identity::Upn(upn)) => write!(f, "upn:{upn}"),
            Subject::Child(Identity::Unidentified(digest)) => write!(f, "unidentified:{digest}"),
            Subject::Worker(number) => f.write_str(number),
            Subject::Adopter(id) => write!(f, "adopter:{id}"),
            Subject::Authority => f.write_str("authority"),
        }
    }
}
