//! Conflicts of interest: a worker declares their own, a manager records one that was found. Either shuts the record for
//! that worker from that day on; only a manager ends it.

use care::access::{ConflictKind, Deed};
use jiff::civil::Date;

use crate::{
    At, Day, Error, Result, Tx,
    audit::Noted,
    id::{PersonId, WorkerId, fresh},
    people::{self, Opened},
    run, sql,
};

#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct ConflictRow {
    pub id: String,
    pub worker_id: WorkerId,
    pub given_name: String,
    pub surname: String,
    pub person_id: PersonId,
    pub reason: String,
    pub words: Option<String>,
    pub from_on: Day,
    pub until_on: Option<Day>,
    pub recorded_at: Option<At>,
}

impl ConflictRow {
    pub fn kind(&self) -> ConflictKind {
        ConflictKind::from_code(&self.reason).unwrap_or(ConflictKind::Other)
    }
}

/// Declares one's own conflict with a person whose existence one may know of.
pub async fn declare(tx: &mut Tx, person: &PersonId, kind: ConflictKind, words: &str) -> Result<()> {
    people::open(tx, person, Deed::ReadIndex).await?;
    let me = tx.act().worker().clone();
    insert(tx, &me, person, kind, words).await
}

/// Records another worker's conflict.
pub async fn record(tx: &mut Tx, opened: &Opened, worker: &WorkerId, kind: ConflictKind, words: &str) -> Result<()> {
    for_keeping(opened)?;
    insert(tx, worker, &opened.id().clone(), kind, words).await
}

async fn insert(tx: &mut Tx, worker: &WorkerId, person: &PersonId, kind: ConflictKind, words: &str) -> Result<()> {
    if kind == ConflictKind::Other && words.trim().is_empty() {
        return Err(Error::refused("words", "Describe the interest"));
    }
    let (today, now, by) = (Day(tx.today()), tx.act().at(), tx.act().worker().to_string());
    let (open,): (i64,) = sql!(tx, |c| sqlx::query_as(
        "SELECT COUNT(*) FROM conflict_of_interest WHERE worker_id = $1 AND person_id = $2 AND (until_on IS NULL OR until_on >= $3)"
    )
    .bind(worker)
    .bind(person)
    .bind(today)
    .fetch_one(c))?;
    if open > 0 {
        return Err(Error::refused("kind", "This conflict of interest is on record already"));
    }
    run!(tx, sqlx::query("INSERT INTO conflict_of_interest (id, worker_id, person_id, reason, from_on, words, recorded_by, recorded_at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8)")
        .bind(fresh()).bind(worker).bind(person).bind(kind.code()).bind(today).bind(words.trim()).bind(by).bind(now))?;
    tx.note(Noted::new("conflict.record", "person", person).because(format!("{} {worker}", kind.code())).words(words.trim()));
    Ok(())
}

/// Every conflict with this person, those in force first.
pub async fn of_person(tx: &mut Tx, opened: &Opened) -> Result<Vec<ConflictRow>> {
    for_keeping(opened)?;
    Ok(sql!(tx, |c| {
        sqlx::query_as("SELECT k.id, k.worker_id, w.given_name, w.surname, k.person_id, k.reason, k.words, k.from_on, k.until_on, k.recorded_at
        FROM conflict_of_interest k JOIN worker w ON w.id = k.worker_id WHERE k.person_id = $1 ORDER BY CASE WHEN k.until_on IS NULL THEN 0 ELSE 1 END, k.from_on DESC, k.id")
        .bind(opened.id()).fetch_all(c)
    })?)
}

/// One's own conflicts.
pub async fn own(tx: &mut Tx) -> Result<Vec<ConflictRow>> {
    let me = tx.act().worker().clone();
    Ok(sql!(tx, |c| {
        sqlx::query_as("SELECT k.id, k.worker_id, w.given_name, w.surname, k.person_id, k.reason, k.words, k.from_on, k.until_on, k.recorded_at
        FROM conflict_of_interest k JOIN worker w ON w.id = k.worker_id WHERE k.worker_id = $1 ORDER BY CASE WHEN k.until_on IS NULL THEN 0 ELSE 1 END, k.from_on DESC, k.id")
        .bind(&me).fetch_all(c)
    })?)
}

/// Ends a conflict after a last day: never one's own.
pub async fn end(tx: &mut Tx, opened: &Opened, id: &str, last_day: Date) -> Result<()> {
    for_keeping(opened)?;
    let me = tx.act().worker().clone();
    let ended = run!(
        tx,
        sqlx::query(
            "UPDATE conflict_of_interest SET until_on = $1 WHERE id = $2 AND person_id = $3 AND worker_id <> $4 AND until_on IS NULL"
        )
        .bind(Day(last_day))
        .bind(id)
        .bind(opened.id())
        .bind(&me)
    )?;
    if ended == 0 {
        return Err(Error::NotFound);
    }
    tx.note(Noted::new("conflict.end", "person", opened.id()).because(id));
    Ok(())
}

fn for_keeping(opened: &Opened) -> Result<()> {
    if opened.deed() == Deed::RestrictRecord { Ok(()) } else { Err(Error::RoleLacks) }
}
