//! Alerts: what must be known before one rings or goes through the door, until a review, and who was told. An alert is
//! looked at again or ended; its words are never written over.

use super::details::AlertHistory;
use crate::{Day, Error, Result, Tx, audit::Noted, id::AlertId, people::Opened, run, sql};

/// An alert about to be recorded.
#[derive(Debug, Clone)]
pub struct NewAlert {
    pub kind: String,
    pub words: String,
    pub from_on: Day,
    pub review_on: Option<Day>,
    /// Who was told of it, and of whom it was kept back and why.
    pub told: String,
}

pub async fn alert(tx: &mut Tx, opened: &Opened, new: &NewAlert) -> Result<AlertId> {
    let (id, at, me) = (AlertId::new(), tx.act().at(), tx.act().worker().clone());
    run!(
        tx,
        sqlx::query("INSERT INTO person_alert (id, person_id, kind, words, from_on, review_on, told, recorded_by, recorded_at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)")
            .bind(&id).bind(opened.id()).bind(&new.kind).bind(&new.words).bind(new.from_on).bind(new.review_on).bind(&new.told).bind(me.as_str()).bind(at)
    )?;
    tx.note(Noted::new("alert.add", "person", opened.id()).because(new.kind.clone()));
    Ok(id)
}

/// One alert of an opened person, standing or ended.
pub async fn one_alert(tx: &mut Tx, opened: &Opened, id: &AlertId) -> Result<AlertHistory> {
    let found: Option<AlertHistory> = sql!(tx, |c| sqlx::query_as(
        "SELECT id, kind, words, from_on, review_on, told, ended_on FROM person_alert WHERE id = $1 AND person_id = $2"
    )
    .bind(id)
    .bind(opened.id())
    .fetch_optional(c))?;
    found.ok_or(Error::NotFound)
}

/// Somebody looked at it again and it stands, until another review; whoever was told meanwhile is added.
pub async fn review_alert(tx: &mut Tx, opened: &Opened, id: &AlertId, next: Day, told: &str) -> Result<()> {
    let n = run!(
        tx,
        sqlx::query("UPDATE person_alert SET review_on = $1, told = $2 WHERE id = $3 AND person_id = $4 AND ended_on IS NULL")
            .bind(next)
            .bind(told)
            .bind(id)
            .bind(opened.id())
    )?;
    if n == 0 {
        return Err(Error::Stale);
    }
    tx.note(Noted::new("alert.review", "person", opened.id()).because(format!("{id} until {next}")));
    Ok(())
}

pub async fn end_alert(tx: &mut Tx, opened: &Opened, id: &AlertId) -> Result<()> {
    let today = Day(tx.today());
    let n = run!(
        tx,
        sqlx::query("UPDATE person_alert SET ended_on = $1 WHERE id = $2 AND person_id = $3 AND ended_on IS NULL")
            .bind(today)
            .bind(id)
            .bind(opened.id())
    )?;
    if n == 0 {
        return Err(Error::NotFound);
    }
    tx.note(Noted::new("alert.end", "person", opened.id()).because(id.to_string()));
    Ok(())
}
