//! What stands above every page of a record: alerts, statuses, and who holds the person's case and since when.

use care::allocation::{Absence, WorkerDates};
use jiff::ToSpan;

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
    /// The open cases, those with a worker first, the latest first.
    pub holders: Vec<Holder>,
}

#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct AlertRow {
    pub id: AlertId,
    pub kind: String,
    pub words: String,
    pub from_on: Day,
    pub review_on: Option<Day>,
}

#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct StatusRow {
    pub kind: String,
    pub code: String,
    pub from_on: Day,
    pub facts: String,
}

/// An open involvement and who holds it, if anybody does.
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
    pub last_day_on: Option<Day>,
    pub away_from: Option<Day>,
    pub away_back_on: Option<Day>,
    /// Who stands in today.
    pub cover: Option<String>,
}

impl Holder {
    pub fn worker(&self) -> Option<String> {
        Some(format!("{} {}", self.given_name.as_deref()?, self.surname.as_deref()?))
    }

    /// The worker's dates of availability, as far as they matter today.
    pub fn dates(&self) -> WorkerDates {
        let until = self.away_back_on.map(|back| back.0.saturating_sub(1.day()));
        let away = self.away_from.map(|from| Absence { from: from.0, until });
        WorkerDates { last_working_day: self.last_day_on.map(|d| d.0), absences: away.into_iter().collect() }
    }
}

pub async fn banner(tx: &mut Tx, opened: &Opened) -> Result<Banner> {
    let (id, today) = (opened.id(), Day(tx.today()));
    let alerts = sql!(tx, |c| {
        sqlx::query_as(
        "SELECT id, kind, words, from_on, review_on FROM person_alert WHERE person_id = $1 AND from_on <= $2 AND (ended_on IS NULL OR ended_on > $2) ORDER BY from_on DESC, id"
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
    let holders = sql!(tx, |c| {
        sqlx::query_as(
        "SELECT i.id AS involvement_id, i.kind, i.opened_on, i.team_id, t.name AS team, w.id AS worker_id, w.given_name, w.surname, a.from_on AS since_on, a.state, w.last_day_on,
           away.from_on AS away_from, away.expected_back_on AS away_back_on,
           (SELECT MIN(cw.given_name || ' ' || cw.surname) FROM allocation c JOIN worker cw ON cw.id = c.worker_id
            WHERE c.involvement_id = i.id AND c.part = 'cover' AND c.from_on <= $2 AND (c.until_on IS NULL OR c.until_on >= $2)) AS cover
         FROM involvement i JOIN team t ON t.id = i.team_id
         LEFT JOIN allocation a ON a.involvement_id = i.id AND a.part = 'primary' AND (a.until_on IS NULL OR a.until_on >= $2)
         LEFT JOIN worker w ON w.id = a.worker_id
         LEFT JOIN absence away ON away.id = (SELECT b.id FROM absence b WHERE b.worker_id = w.id AND b.from_on <= $2 AND b.ended_on IS NULL
           AND (b.expected_back_on IS NULL OR b.expected_back_on > $2) ORDER BY b.from_on, b.id LIMIT 1)
         WHERE i.person_id = $1 AND i.closed_on IS NULL ORDER BY CASE WHEN w.id IS NULL THEN 1 ELSE 0 END, i.opened_on DESC, i.id"
    )
    .bind(id)
    .bind(today)
    .fetch_all(c)
    })?;
    Ok(Banner { alerts, statuses, holders })
}
