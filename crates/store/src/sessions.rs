//! Sessions: known by the digest of their id, ended when idle, when too old, and everywhere at once.

use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};

use crate::{At, Error, Result, Tx, audit::Noted, id::WorkerId, run, sql};

/// How far through signing in a session is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The password was right; the second step is still to come.
    SecondStep,
    /// The password was right, but a second step has to be set up (or the password changed) before anything else.
    SetUp,
    /// Signed in.
    Full,
}

impl Stage {
    pub fn code(self) -> &'static str {
        match self {
            Stage::SecondStep => "second_step",
            Stage::SetUp => "set_up",
            Stage::Full => "full",
        }
    }
    fn from_code(code: &str) -> Result<Self> {
        match code {
            "second_step" => Ok(Stage::SecondStep),
            "set_up" => Ok(Stage::SetUp),
            "full" => Ok(Stage::Full),
            other => Err(Error::Corrupt(format!("session stage {other}"))),
        }
    }
}

/// How long a session may rest and last: a dated setting of the installation.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    pub idle: SignedDuration,
    pub longest: SignedDuration,
}

#[derive(Debug, Clone)]
pub struct Session {
    pub id_hash: String,
    pub worker_id: WorkerId,
    pub stage: Stage,
    pub csrf: String,
    pub started_at: At,
    pub seen_at: At,
    pub stepped_up_at: Option<At>,
    pub ends_at: At,
    pub device: String,
}

#[derive(sqlx::FromRow)]
struct Row {
    id_hash: String,
    worker_id: WorkerId,
    stage: String,
    csrf: String,
    started_at: At,
    seen_at: At,
    stepped_up_at: Option<At>,
    ends_at: At,
    device: String,
}

impl Row {
    fn session(self) -> Result<Session> {
        Ok(Session {
            stage: Stage::from_code(&self.stage)?,
            id_hash: self.id_hash,
            worker_id: self.worker_id,
            csrf: self.csrf,
            started_at: self.started_at,
            seen_at: self.seen_at,
            stepped_up_at: self.stepped_up_at,
            ends_at: self.ends_at,
            device: self.device,
        })
    }
}

/// The digest under which a secret is stored: sessions, one-time links.
pub fn digest(secret: &str) -> String {
    Sha256::digest(secret.as_bytes()).iter().map(|b| format!("{b:02x}")).collect()
}

/// 256 random bits as text.
pub fn secret() -> Result<String> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(|_| Error::Corrupt("the machine gives no randomness".into()))?;
    Ok(bytes.iter().map(|b| format!("{b:02x}")).collect())
}

/// Starts a session and returns its secret id, which is stored nowhere.
pub async fn start(tx: &mut Tx, worker: &WorkerId, stage: Stage, device: &str, limits: Limits) -> Result<String> {
    let (id, csrf, now) = (secret()?, secret()?, tx.act().at());
    let ends = At::cut(now.0 + limits.longest);
    run!(tx, sqlx::query("INSERT INTO session (id_hash, worker_id, stage, csrf, started_at, seen_at, stepped_up_at, ends_at, device) VALUES ($1,$2,$3,$4,$5,$5,$6,$7,$8)")
        .bind(digest(&id)).bind(worker).bind(stage.code()).bind(&csrf).bind(now).bind((stage == Stage::Full).then_some(now)).bind(ends).bind(device))?;
    tx.note(Noted::new("session.start", "worker", worker).because(stage.code()));
    Ok(id)
}

/// The session of a secret id, unless it ended, rested too long, or its account was disabled.
pub async fn find(tx: &mut Tx, id: &str, limits: Limits) -> Result<Option<Session>> {
    let today = crate::Day(tx.today());
    let row: Option<Row> = sql!(tx, |c| sqlx::query_as(
        "SELECT s.id_hash, s.worker_id, s.stage, s.csrf, s.started_at, s.seen_at, s.stepped_up_at, s.ends_at, s.device
        FROM session s JOIN account a ON a.worker_id = s.worker_id JOIN worker w ON w.id = s.worker_id
        WHERE s.id_hash = $1 AND a.disabled_at IS NULL AND (w.last_day_on IS NULL OR w.last_day_on >= $2)"
    )
    .bind(digest(id))
    .bind(today)
    .fetch_optional(c))?;
    let Some(session) = row.map(Row::session).transpose()? else { return Ok(None) };
    let now = tx.act().at().0;
    let live = now < session.ends_at.0 && now < session.seen_at.0 + limits.idle;
    Ok(live.then_some(session))
}

/// Notes that a session is in use. Not audited: what is done in it is.
pub async fn touch(db: &crate::Db, session: &Session, now: Timestamp) -> Result<()> {
    db.quietly("UPDATE session SET seen_at = $1 WHERE id_hash = $2", At::cut(now), &session.id_hash).await
}

/// Ends one session.
pub async fn end(tx: &mut Tx, id_hash: &str) -> Result<()> {
    run!(tx, sqlx::query("DELETE FROM session WHERE id_hash = $1").bind(id_hash))?;
    let who = tx.act().worker().clone();
    tx.note(Noted::new("session.end", "worker", who));
    Ok(())
}

/// Ends every session of a worker: after a change of password or second step, or when an account is disabled.
pub async fn end_all(tx: &mut Tx, worker: &WorkerId) -> Result<u64> {
    let n = run!(tx, sqlx::query("DELETE FROM session WHERE worker_id = $1").bind(worker))?;
    tx.note(Noted::new("session.end_all", "worker", worker));
    Ok(n)
}

/// The sessions of a worker that have not ended, the latest first.
pub async fn of_worker(tx: &mut Tx, worker: &WorkerId, limits: Limits) -> Result<Vec<Session>> {
    let (now, used_since) = (tx.act().at(), At::cut(tx.act().at().0 - limits.idle));
    let rows: Vec<Row> = sql!(tx, |c| sqlx::query_as(
        "SELECT id_hash, worker_id, stage, csrf, started_at, seen_at, stepped_up_at, ends_at, device FROM session
        WHERE worker_id = $1 AND ends_at > $2 AND seen_at > $3 ORDER BY seen_at DESC, id_hash"
    )
    .bind(worker)
    .bind(now)
    .bind(used_since)
    .fetch_all(c))?;
    rows.into_iter().map(Row::session).collect()
}

/// Ends every session of a worker but one: after a change of their own password.
pub async fn end_others(tx: &mut Tx, worker: &WorkerId, kept: &str) -> Result<u64> {
    let n = run!(tx, sqlx::query("DELETE FROM session WHERE worker_id = $1 AND id_hash <> $2").bind(worker).bind(kept))?;
    tx.note(Noted::new("session.end_others", "worker", worker));
    Ok(n)
}

/// Ends one session of a worker, wherever it is; `Error::NotFound` if it is not theirs.
pub async fn end_one(tx: &mut Tx, worker: &WorkerId, id_hash: &str) -> Result<()> {
    let n = run!(tx, sqlx::query("DELETE FROM session WHERE worker_id = $1 AND id_hash = $2").bind(worker).bind(id_hash))?;
    tx.note(Noted::new("session.end", "worker", worker));
    if n == 0 { Err(Error::NotFound) } else { Ok(()) }
}

/// In place of a session another with a new id: after the second step, or when it was asked for again.
pub async fn renew(tx: &mut Tx, old: &Session, device: &str, limits: Limits) -> Result<String> {
    run!(tx, sqlx::query("DELETE FROM session WHERE id_hash = $1").bind(&old.id_hash))?;
    let ends_at = (old.stage == Stage::Full).then_some(old.ends_at);
    let id = start(tx, &old.worker_id, Stage::Full, device, limits).await?;
    if let Some(ends_at) = ends_at {
        run!(
            tx,
            sqlx::query("UPDATE session SET ends_at = $1, started_at = $2 WHERE id_hash = $3")
                .bind(ends_at)
                .bind(old.started_at)
                .bind(digest(&id))
        )?;
    }
    Ok(id)
}
