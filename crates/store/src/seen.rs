//! Reading the audit: who has seen a record, what one has looked at oneself, and, for information governance and audit
//! with a reason, what another worker looked at. Reading the audit is in the audit.

use care::access::Deed;
use jiff::{SignedDuration, Timestamp};

use crate::{
    At, Error, Result, Tx,
    audit::Noted,
    id::{PersonId, WorkerId, fresh},
    people::Opened,
    rights, run, sql,
};

/// How long an inquiry stays open.
const INQUIRY_LASTS: SignedDuration = SignedDuration::from_hours(8);
/// The shortest reason, in letters.
const SHORTEST_REASON: usize = 10;
/// No export is longer.
pub const MOST_EXPORTED: i64 = 100_000;

/// One entry, for a list. `actor_name` is absent for commands, the product itself and the public.
#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct Looked {
    pub seq: i64,
    pub at: At,
    pub actor: String,
    pub actor_name: Option<String>,
    pub deed: String,
    pub subject_kind: String,
    pub subject_id: String,
    pub because: String,
    pub words: Option<String>,
}

/// How often somebody came to a record.
#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct Visitor {
    pub actor: String,
    pub actor_name: Option<String>,
    pub times: i64,
    pub first_at: At,
    pub last_at: At,
}

/// Who has seen this record, or was refused, the latest first; `before` is the number of the last entry of the page before.
pub async fn of_person(tx: &mut Tx, opened: &Opened, before: i64, at_most: i64) -> Result<Vec<Looked>> {
    for_the_log(opened)?;
    Ok(sql!(tx, |c| {
        sqlx::query_as(
        "SELECT e.seq, e.at, e.actor, w.given_name || ' ' || w.surname AS actor_name, e.deed, e.subject_kind, e.subject_id, e.because, CAST(NULL AS TEXT) AS words
        FROM audit_entry e LEFT JOIN worker w ON w.id = e.actor WHERE e.subject_id = $1 AND e.subject_kind IN ('person', 'refusal') AND e.seq < $2 ORDER BY e.seq DESC LIMIT $3"
    )
    .bind(opened.id())
    .bind(before)
    .bind(at_most)
    .fetch_all(c)
    })?)
}

/// The same by person who looked, the latest first.
pub async fn visitors(tx: &mut Tx, opened: &Opened) -> Result<Vec<Visitor>> {
    for_the_log(opened)?;
    Ok(sql!(tx, |c| sqlx::query_as(
        "SELECT e.actor, w.given_name || ' ' || w.surname AS actor_name, COUNT(*) AS times, MIN(e.at) AS first_at, MAX(e.at) AS last_at
        FROM audit_entry e LEFT JOIN worker w ON w.id = e.actor WHERE e.subject_id = $1 AND e.subject_kind IN ('person', 'refusal')
        GROUP BY e.actor, w.given_name, w.surname ORDER BY MAX(e.seq) DESC"
    )
    .bind(opened.id())
    .fetch_all(c))?)
}

fn for_the_log(opened: &Opened) -> Result<()> {
    if opened.deed() == Deed::ReadAccessLog { Ok(()) } else { Err(Error::RoleLacks) }
}

/// What the asker has looked at and searched for.
pub async fn own(tx: &mut Tx, before: i64, at_most: i64) -> Result<Vec<Looked>> {
    let me = tx.act().worker().clone();
    by_actor(tx, &me, before, at_most).await
}

async fn by_actor(tx: &mut Tx, worker: &WorkerId, before: i64, at_most: i64) -> Result<Vec<Looked>> {
    Ok(sql!(tx, |c| {
        sqlx::query_as("SELECT e.seq, e.at, e.actor, CAST(NULL AS TEXT) AS actor_name, e.deed, e.subject_kind, e.subject_id, e.because,
          CASE WHEN e.deed IN ('search', 'glass.break') THEN d.words ELSE NULL END AS words
        FROM audit_entry e LEFT JOIN audit_detail d ON d.seq = e.seq WHERE e.actor = $1 AND e.seq < $2 AND e.subject_kind IN ('person', 'refusal') ORDER BY e.seq DESC LIMIT $3")
        .bind(worker).bind(before).bind(at_most).fetch_all(c)
    })?)
}

/// An inquiry into what a worker looked at.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Inquiry {
    pub id: String,
    pub worker_id: WorkerId,
    pub given_name: String,
    pub surname: String,
    pub reason: String,
    pub opened_at: At,
    pub ends_at: At,
}

/// Opens an inquiry with a reason. Only its opener reads by it, for eight hours.
pub async fn inquire(tx: &mut Tx, worker: &WorkerId, reason: &str) -> Result<String> {
    rights::require(tx, Deed::ReadWorkersAudit).await?;
    if reason.trim().chars().count() < SHORTEST_REASON {
        return Err(Error::refused("reason", format!("Say why you need to know, in {SHORTEST_REASON} letters or more")));
    }
    let (id, now, me) = (fresh(), tx.act().at(), tx.act().worker().clone());
    let ends = At::cut(now.0 + INQUIRY_LASTS);
    run!(
        tx,
        sqlx::query("INSERT INTO audit_inquiry (id, worker_id, opened_by, reason, opened_at, ends_at) VALUES ($1,$2,$3,$4,$5,$6)")
            .bind(&id)
            .bind(worker)
            .bind(&me)
            .bind(reason.trim())
            .bind(now)
            .bind(ends)
    )?;
    tx.note(Noted::new("audit.inquire", "worker", worker).because(&*id).words(reason.trim()));
    Ok(id)
}

/// One's own inquiry that has not ended.
pub async fn inquiry(tx: &mut Tx, id: &str) -> Result<Inquiry> {
    rights::require(tx, Deed::ReadWorkersAudit).await?;
    let (me, now) = (tx.act().worker().clone(), tx.act().at());
    Ok(sql!(tx, |c| {
        sqlx::query_as("SELECT i.id, i.worker_id, w.given_name, w.surname, i.reason, i.opened_at, i.ends_at FROM audit_inquiry i JOIN worker w ON w.id = i.worker_id
        WHERE i.id = $1 AND i.opened_by = $2 AND i.ends_at > $3").bind(id).bind(&me).bind(now).fetch_one(c)
    })?)
}

/// What the worker of an inquiry looked at and searched for.
pub async fn of_inquiry(tx: &mut Tx, inquiry: &Inquiry, before: i64, at_most: i64) -> Result<Vec<Looked>> {
    tx.note(Noted::new("audit.worker_read", "worker", &inquiry.worker_id).because(&*inquiry.id));
    by_actor(tx, &inquiry.worker_id, before, at_most).await
}

/// Refused sign-ins and requests, the latest first.
pub async fn refusals(tx: &mut Tx, before: i64, at_most: i64) -> Result<Vec<Looked>> {
    rights::require(tx, Deed::ReadRefusals).await?;
    tx.note(Noted::new("audit.refusals_read", "audit", "refusals"));
    Ok(sql!(tx, |c| {
        sqlx::query_as("SELECT e.seq, e.at, e.actor, w.given_name || ' ' || w.surname AS actor_name, e.deed, e.subject_kind, e.subject_id, e.because, CAST(NULL AS TEXT) AS words
        FROM audit_entry e LEFT JOIN worker w ON w.id = e.actor WHERE e.subject_kind = 'refusal' AND e.seq < $1 ORDER BY e.seq DESC LIMIT $2")
        .bind(before).bind(at_most).fetch_all(c)
    })?)
}

/// The entries from one moment to another, with a reason; for a file. More than [`MOST_EXPORTED`] are refused.
pub async fn export(tx: &mut Tx, from: Timestamp, until: Timestamp, reason: &str) -> Result<Vec<Looked>> {
    rights::require(tx, Deed::ReadWorkersAudit).await?;
    if reason.trim().chars().count() < SHORTEST_REASON {
        return Err(Error::refused("reason", format!("Say what the file is for, in {SHORTEST_REASON} letters or more")));
    }
    let (first, last) = (first_since(tx, from).await?, first_since(tx, until).await?);
    let rows: Vec<Looked> = sql!(tx, |c| {
        sqlx::query_as("SELECT e.seq, e.at, e.actor, w.given_name || ' ' || w.surname AS actor_name, e.deed, e.subject_kind, e.subject_id, e.because, CAST(NULL AS TEXT) AS words
        FROM audit_entry e LEFT JOIN worker w ON w.id = e.actor WHERE e.seq >= $1 AND e.seq < $2 ORDER BY e.seq LIMIT $3")
        .bind(first).bind(last).bind(MOST_EXPORTED + 1).fetch_all(c)
    })?;
    if rows.len() as i64 > MOST_EXPORTED {
        return Err(Error::refused("until_on", "There are more than 100,000 entries in these days. Choose fewer days"));
    }
    tx.note(
        Noted::new("audit.export", "audit", "export").because(format!("{from} to {until}, {} entries", rows.len())).words(reason.trim()),
    );
    Ok(rows)
}

/// The signed checkpoint that stands last, to print at the foot of whatever leaves.
pub async fn last_checkpoint(tx: &mut Tx) -> Result<Option<crate::audit::Checkpoint>> {
    Ok(sql!(tx, |c| sqlx::query_as("SELECT seq, hash, at, signature FROM audit_checkpoint ORDER BY seq DESC LIMIT 1").fetch_optional(c))?)
}

/// A worker who opened many records within a day.
#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct Bulk {
    pub worker_id: WorkerId,
    pub given_name: String,
    pub surname: String,
    pub people: i64,
}

/// A worker who opened the record of somebody with their own family name, without being its allocated worker.
#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct Namesake {
    pub worker_id: WorkerId,
    pub given_name: String,
    pub surname: String,
    pub person_id: PersonId,
    pub times: i64,
    /// 1 where the given name is the same as well: perhaps the worker's own record.
    pub own_name: i64,
}

/// Workers who opened at least so many different records since a moment.
pub async fn bulk_readers(tx: &mut Tx, since: Timestamp, at_least: i64) -> Result<Vec<Bulk>> {
    rights::require(tx, Deed::ReadWorkersAudit).await?;
    tx.note(Noted::new("audit.oversight_read", "audit", "oversight"));
    let first = first_since(tx, since).await?;
    Ok(sql!(tx, |c| {
        sqlx::query_as("SELECT w.id AS worker_id, w.given_name, w.surname, COUNT(DISTINCT e.subject_id) AS people FROM audit_entry e JOIN worker w ON w.id = e.actor
        WHERE e.seq >= $1 AND e.subject_kind = 'person' AND e.deed = 'read_record' GROUP BY w.id, w.given_name, w.surname HAVING COUNT(DISTINCT e.subject_id) >= $2 ORDER BY COUNT(DISTINCT e.subject_id) DESC, w.id")
        .bind(first).bind(at_least).fetch_all(c)
    })?)
}

/// Workers who looked at namesakes since a moment.
pub async fn namesakes(tx: &mut Tx, since: Timestamp) -> Result<Vec<Namesake>> {
    rights::require(tx, Deed::ReadWorkersAudit).await?;
    let first = first_since(tx, since).await?;
    Ok(sql!(tx, |c| {
        sqlx::query_as("SELECT w.id AS worker_id, w.given_name, w.surname, p.id AS person_id, COUNT(*) AS times, CAST(MAX(CASE WHEN p.given_name = w.given_name THEN 1 ELSE 0 END) AS BIGINT) AS own_name
        FROM audit_entry e JOIN worker w ON w.id = e.actor JOIN person p ON p.id = e.subject_id AND p.surname = w.surname
        WHERE e.seq >= $1 AND e.subject_kind = 'person' AND e.because <> 'allocated' GROUP BY w.id, w.given_name, w.surname, p.id ORDER BY MAX(e.seq) DESC LIMIT 100")
        .bind(first).fetch_all(c)
    })?)
}

/// The number of the first entry at or after a moment, found by halving: numbers rise with time, and need no index by it.
async fn first_since(tx: &mut Tx, since: Timestamp) -> Result<i64> {
    let (last,): (i64,) = sql!(tx, |c| sqlx::query_as("SELECT last_seq FROM audit_head WHERE id = 1").fetch_one(c))?;
    let (mut low, mut high) = (1, last + 1);
    while low < high {
        let middle = low + (high - low) / 2;
        let found: Option<(At,)> =
            sql!(tx, |c| sqlx::query_as("SELECT at FROM audit_entry WHERE seq = $1").bind(middle).fetch_optional(c))?;
        if found.is_some_and(|(at,)| at.0 < since) { low = middle + 1 } else { high = middle }
    }
    Ok(low)
}
