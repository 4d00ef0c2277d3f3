//! The person's own row.

use care::person::Birth;

use crate::{At, Day, Result, Tx, id::PersonId, sql};

#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct Person {
    pub id: PersonId,
    pub given_name: String,
    pub surname: String,
    pub known_as: Option<String>,
    pub born_on: Option<Day>,
    pub born_about: bool,
    pub expected_on: Option<Day>,
    pub died_on: Option<Day>,
    pub sex: String,
    pub pronouns: Option<String>,
    pub ethnicity: String,
    pub first_language: String,
    pub interpreter: String,
    pub disability: String,
    pub disability_codes: String,
    pub telephone: Option<String>,
    pub email: Option<String>,
    pub source: String,
    pub recorded_at: At,
    pub recorded_by: String,
    pub version: i64,
}

impl Person {
    /// Born, about then, expected, or not known.
    pub fn birth(&self) -> Birth {
        match (self.born_on, self.expected_on) {
            (Some(born), _) if self.born_about => Birth::About(born.0),
            (Some(born), _) => Birth::BornOn(born.0),
            (None, Some(expected)) => Birth::ExpectedOn(expected.0),
            (None, None) => Birth::NotKnown,
        }
    }

    pub fn name(&self) -> String {
        format!("{} {}", self.given_name, self.surname).trim().to_owned()
    }
}

/// The row, without asking who may see it: only for the store's own use, after or as part of an access judgement.
pub(crate) async fn person(tx: &mut Tx, id: &PersonId) -> Result<Person> {
    Ok(sql!(tx, |c| {
        sqlx::query_as("SELECT id, given_name, surname, known_as, born_on, born_about, expected_on, died_on, sex, pronouns, ethnicity, first_language, interpreter,
        disability, disability_codes, telephone, email, source, recorded_at, recorded_by, version FROM person WHERE id = $1").bind(id).fetch_one(c)
    })?)
}
