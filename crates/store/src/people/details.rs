//! What is known of a person beside their story: names, addresses, identifiers, alerts and statuses, with their dates.

use crate::{
    Day, Result, Tx,
    id::{AlertId, StatusId},
    people::Opened,
    sql,
};

#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct NameRow {
    pub id: String,
    pub kind: String,
    pub given_name: String,
    pub surname: String,
    pub from_on: Option<Day>,
    pub until_on: Option<Day>,
}
#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct AddressRow {
    pub id: String,
    pub kind: String,
    pub lines: String,
    pub postcode: String,
    pub from_on: Option<Day>,
    pub until_on: Option<Day>,
    pub confidential: bool,
    /// Confidential, and not for this worker: lines and postcode are empty.
    #[sqlx(skip)]
    pub withheld: bool,
}
#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct IdentifierRow {
    pub id: String,
    pub kind: String,
    pub value: String,
    pub verified: bool,
}
#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct StatusHistory {
    pub id: StatusId,
    pub kind: String,
    pub code: String,
    pub from_on: Day,
    pub until_on: Option<Day>,
    pub end_reason: Option<String>,
    pub facts: String,
    pub source: String,
    /// Why it should be looked at, where it came with a file.
    pub queried: Option<String>,
}
#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct AlertHistory {
    pub id: AlertId,
    pub kind: String,
    pub words: String,
    pub from_on: Day,
    pub review_on: Option<Day>,
    pub told: String,
    pub ended_on: Option<Day>,
}
/// What an import brought and could not verify, as it stood in the file.
#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct UnverifiedCell {
    pub field: String,
    pub typed: String,
    pub why: String,
    pub source: String,
}

#[derive(Debug, Clone, serde::Serialize)]
pub struct Details {
    pub names: Vec<NameRow>,
    pub addresses: Vec<AddressRow>,
    pub identifiers: Vec<IdentifierRow>,
    pub statuses: Vec<StatusHistory>,
    pub alerts: Vec<AlertHistory>,
    pub unverified: Vec<UnverifiedCell>,
}

pub async fn details(tx: &mut Tx, opened: &Opened) -> Result<Details> {
    let id = opened.id();
    Ok(Details {
        names: sql!(tx, |c| sqlx::query_as(
            "SELECT id, kind, given_name, surname, from_on, until_on FROM person_name WHERE person_id = $1 ORDER BY from_on DESC, id"
        )
        .bind(id)
        .fetch_all(c))?,
        addresses: addresses(tx, opened).await?,
        identifiers: sql!(tx, |c| sqlx::query_as(
            "SELECT id, kind, value, verified FROM person_identifier WHERE person_id = $1 ORDER BY kind, id"
        )
        .bind(id)
        .fetch_all(c))?,
        statuses: statuses(tx, opened).await?,
        unverified: sql!(tx, |c| sqlx::query_as(
            "SELECT field, typed, why, source FROM unverified_cell WHERE person_id = $1 ORDER BY noted_at, id"
        )
        .bind(id)
        .fetch_all(c))?,
        alerts: sql!(tx, |c| sqlx::query_as(
            "SELECT id, kind, words, from_on, review_on, told, ended_on FROM person_alert WHERE person_id = $1 ORDER BY from_on DESC, id"
        )
        .bind(id)
        .fetch_all(c))?,
    })
}

/// Where the person lives and lived, the present first. What is confidential is told only to those who go there.
pub async fn addresses(tx: &mut Tx, opened: &Opened) -> Result<Vec<AddressRow>> {
    let mut rows: Vec<AddressRow> = sql!(tx, |c| sqlx::query_as(
        "SELECT id, kind, lines, postcode, from_on, until_on, confidential FROM person_address WHERE person_id = $1
         ORDER BY CASE WHEN until_on IS NULL THEN 0 ELSE 1 END, CASE WHEN from_on IS NULL THEN 1 ELSE 0 END, from_on DESC, id"
    )
    .bind(opened.id())
    .fetch_all(c))?;
    for row in rows.iter_mut().filter(|row| row.confidential && !opened.learns_confidential_address()) {
        (row.lines, row.postcode, row.withheld) = (String::new(), String::new(), true);
    }
    Ok(rows)
}

/// Every status that the person has or had, the latest first.
pub async fn statuses(tx: &mut Tx, opened: &Opened) -> Result<Vec<StatusHistory>> {
    Ok(sql!(tx, |c| {
        sqlx::query_as(
            "SELECT s.id, s.kind, s.code, s.from_on, s.until_on, s.end_reason, s.facts, s.source,
             (SELECT MIN(f.message) FROM import_flag f WHERE f.key = s.import_key AND f.cleared_at IS NULL) AS queried
           FROM person_status s WHERE s.person_id = $1 ORDER BY s.from_on DESC, s.id",
        )
        .bind(opened.id())
        .fetch_all(c)
    })?)
}
