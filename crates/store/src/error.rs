//! What can go wrong while remembering.

use std::fmt;

use crate::id::{PersonId, WorkerId};

pub type Result<T> = std::result::Result<T, Error>;

#[derive(Debug)]
pub enum Error {
    /// There is no such row, or the asker may not learn that there is: the two are never told apart.
    NotFound,
    /// The record's existence is hidden from the asker: shown as [`Error::NotFound`], and its guardian is alerted.
    Hidden(PersonId),
    /// The asker may know that the person exists, and whom to ask, but may not read the record.
    IndexOnly(Box<IndexCard>),
    /// No role of the asker does this kind of thing at all.
    RoleLacks,
    /// Someone else changed the same thing since it was read.
    Stale,
    /// A rule of practice refuses it; the words are for the user, the field says where.
    Refused {
        field: &'static str,
        words: String,
    },
    /// A transaction that wrote without saying so in the audit.
    Unaudited,
    /// The disk is full or the database is read-only.
    NoRoom,
    /// The database is busy or out of reach for now.
    Busy,
    Database(sqlx::Error),
    /// Something stored does not read as what it should be.
    Corrupt(String),
}

/// What someone without a right to the record may still see: that it exists, and whom to ask.
#[derive(Debug, Clone, serde::Serialize)]
pub struct IndexCard {
    pub person_id: String,
    pub name: String,
    pub born_on: Option<jiff::civil::Date>,
    pub team: Option<String>,
    pub worker: Option<String>,
    pub worker_id: Option<WorkerId>,
    /// Why the record itself is not shown, in words.
    pub why: String,
    /// Whether the page offers to break the glass.
    pub glass_offered: bool,
}

impl Error {
    pub fn refused(field: &'static str, words: impl Into<String>) -> Self {
        Error::Refused { field, words: words.into() }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::NotFound | Error::Hidden(_) => write!(f, "no such record"),
            Error::IndexOnly(_) => write!(f, "the record may not be read, only its index"),
            Error::RoleLacks => write!(f, "no role of this worker does this"),
            Error::Stale => write!(f, "it was changed by someone else meanwhile"),
            Error::Refused { words, .. } => write!(f, "{words}"),
            Error::Unaudited => write!(f, "a write without an audit entry was refused"),
            Error::NoRoom => write!(f, "the database has no room to write"),
            Error::Busy => write!(f, "the database is busy or out of reach"),
            Error::Database(e) => write!(f, "database: {e}"),
            Error::Corrupt(what) => write!(f, "stored value not understood: {what}"),
        }
    }
}

impl std::error::Error for Error {}

/// SQLite's primary codes for a full disk, a failed write and a read-only file.
const SQLITE_NO_ROOM: [&str; 4] = ["13", "778", "8", "1032"];
/// SQLite's busy and locked codes.
const SQLITE_BUSY: [&str; 4] = ["5", "6", "261", "517"];

impl From<sqlx::Error> for Error {
    fn from(e: sqlx::Error) -> Self {
        match &e {
            sqlx::Error::RowNotFound => Error::NotFound,
            sqlx::Error::PoolTimedOut | sqlx::Error::Io(_) => Error::Busy,
            sqlx::Error::Database(d) => match d.code().as_deref() {
                Some("53100" | "25006") => Error::NoRoom,
                Some("40001" | "40P01" | "57P01" | "57P03" | "53300") => Error::Busy,
                Some(code) if SQLITE_NO_ROOM.contains(&code) => Error::NoRoom,
                Some(code) if SQLITE_BUSY.contains(&code) => Error::Busy,
                _ => Error::Database(e),
            },
            _ => Error::Database(e),
        }
    }
}

impl From<serde_json::Error> for Error {
    fn from(e: serde_json::Error) -> Self {
        Error::Corrupt(e.to_string())
    }
}
