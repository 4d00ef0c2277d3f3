//! What stands above every page of a record: alerts, statuses, the allocated worker and since when, and what is due next.

use crate::{
    Day, Result, Tx,
    id::{AlertId, TeamId, WorkerId},
    people::Opened,
    sql,
};

#[derive(Debug, Clone, serde::Serialize)]
pub struct Banner {
    pub alerts: Vec<AlertRow>,
    pub statuses: Vec<StatusRow>,
    pub holder: Option<Holder>,
    pub restricted: Option<String>,
}

#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct AlertRow {
    pub id: AlertId,
    pub kind: String,
    pub words: String,
    pub review_on: Option<Day>,
}

#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct StatusRow {
    pub kind: String,
    pub code: String,
    pub from_on: Day,
    pub facts: String,
}

/// The open involvement and who holds it, if anybody does.
#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct Holder {
    pub involvement_id: String,
    pub kind: String,
    pub opened_on: Day,
    pub team_id: TeamId,
    pub team: String,
    pub worker_id: Option<WorkerId>,
    pub given_name: Option<String>,
    pub surname: Option<String>,
    pub since_on: Option<Day>,
    pub state: Option<String>,
}

impl Holder {
    pub fn worker(&self) -> Option<String> {
        Some(format!("{} {}", self.given_name.as_deref()?, self.surname.as_deref()?))
    }
}

pub async fn banner(tx: &mut Tx, opened: &Opened) -> Result<Banner> {
    let (id, today) = (opened.id(), Day(tx.today()));
    let alerts = sql!(tx, |c| {
        sqlx::query_as(
        "SELECT id, kind, words, review_on FROM person_alert WHERE person_id = $1 AND from_on <= $2 AND (ended_on IS NULL OR ended_on > $2) ORDER BY from_on DESC, id"
    )
    .bind(id)
    .bind(today)
    .fetch_all(c)
    })?;
    let statuses = sql!(tx, |c| {
        sqlx::query_as(
        "SELECT kind, code, from_on, facts FROM person_status WHERE person_id = $1 AND from_on <= $2 AND (until_on IS NULL OR until_on > $2) ORDER BY from_on, id"
    )
    .bind(id)
    .bind(today)
    .fetch_all(c)
    })?;
    let holder = sql!(tx, |c| {
        sqlx::query_as(
        "SELECT i.id AS involvement_id, i.kind, i.opened_on, i.team_id, t.name AS team, w.id AS worker_id, w.given_name, w.surname, a.from_on AS since_on, a.state
         FROM involvement i JOIN team t ON t.id = i.team_id
         LEFT JOIN allocation a ON a.involvement_id = i.id AND a.part = 'primary' AND (a.until_on IS NULL OR a.until_on >= $2)
         LEFT JOIN worker w ON w.id = a.worker_id
         WHERE i.person_id = $1 AND i.closed_on IS NULL ORDER BY i.opened_on DESC, i.id LIMIT 1"
    )
    .bind(id)
    .bind(today)
    .fetch_optional(c)
    })?;
    let restricted: Option<(String,)> =
        sql!(tx, |c| sqlx::query_as("SELECT level FROM restriction WHERE person_id = $1").bind(id).fetch_optional(c))?;
    Ok(Banner { alerts, statuses, holder, restricted: restricted.map(|(level,)| level) })
}
