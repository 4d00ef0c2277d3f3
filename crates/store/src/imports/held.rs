//! Which process takes a run in: one at a time. It holds the run by a lease and puts its end off while it works. A process
//! that was killed lets the lease lapse, and another begins the run anew: one file is one transaction, so nothing of the
//! first attempt is there.

use std::time::{Duration, Instant};

use care::access::Deed;
use jiff::SignedDuration;

use super::{Kind, Progress, RunState, runs};
use crate::{
    Act, At, Db, Error, Result, Tx,
    audit::Noted,
    db::Pools,
    id::{ImportId, WorkerId, fresh},
    people, run as execute, sql,
};

/// A run is held for so long after its holder last said so.
const HELD: SignedDuration = SignedDuration::from_secs(60);
const SAID_EVERY: Duration = Duration::from_secs(15);
/// A file at which the server stopped so often stops it again.
const TRIES: i64 = 3;

/// The right of this process to end a run.
#[derive(Debug, Clone)]
pub(super) struct Holder(String);

impl Holder {
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// The next run of a worker that waits, or whose holder is gone, the oldest first, and who gave it. Runs of the command
/// line belong to their own process.
pub async fn next(tx: &mut Tx) -> Result<Option<(ImportId, WorkerId)>> {
    let now = tx.act().at();
    Ok(sql!(tx, |c| {
        sqlx::query_as(
            "SELECT r.id, r.begun_by FROM import_run r WHERE EXISTS (SELECT 1 FROM worker w WHERE w.id = r.begun_by)
             AND (r.state = 'waiting' OR r.state = 'running' AND (r.held_until IS NULL OR r.held_until < $1)) ORDER BY r.begun_at, r.id LIMIT 1",
        )
        .bind(now)
        .fetch_optional(c)
    })?)
}

/// How a run stands and how far it is as its row knows, without its report and without a trace: no person stands in it.
pub async fn standing(tx: &mut Tx, id: &ImportId) -> Result<(RunState, Progress)> {
    if !people::may(tx, Deed::Import).await? {
        return Err(Error::RoleLacks);
    }
    let found: Option<(String, i64, i64)> =
        sql!(tx, |c| sqlx::query_as("SELECT state, done, of FROM import_run WHERE id = $1").bind(id).fetch_optional(c))?;
    let (state, done, of) = found.ok_or(Error::NotFound)?;
    let state = RunState::from_code(&state).ok_or_else(|| Error::Corrupt(format!("import in the state {state}")))?;
    Ok((state, Progress { read: 0, done: done.unsigned_abs(), of: of.unsigned_abs() }))
}

/// Lets a run that failed wait once more.
pub async fn again(tx: &mut Tx, id: &ImportId) -> Result<()> {
    standing(tx, id).await?;
    let done = execute!(
        tx,
        sqlx::query("UPDATE import_run SET state = 'waiting', done = 0, of = 0, tries = 0, failure = NULL, ended_at = NULL, holder = NULL, held_until = NULL WHERE id = $1 AND state = 'failed'")
            .bind(id)
    )?;
    if done == 0 {
        return Err(Error::Stale);
    }
    tx.note(Noted::new("import.again", "import", id));
    Ok(())
}

/// A run that cannot even be begun, such as that of somebody whose right was withdrawn meanwhile.
pub async fn refuse(tx: &mut Tx, id: &ImportId, why: &str) -> Result<()> {
    let at = tx.act().at();
    execute!(
        tx,
        sqlx::query("UPDATE import_run SET state = 'failed', ended_at = $1, failure = $2, holder = NULL, held_until = NULL WHERE id = $3 AND (state = 'waiting' OR state = 'running' AND (held_until IS NULL OR held_until < $1))")
            .bind(at).bind(why).bind(id)
    )?;
    tx.note(Noted::new("import.fail", "import", id).words(why.to_owned()));
    Ok(())
}

/// Takes a run for this process alone: its kind and name.
pub(super) async fn begin(db: &Db, act: &Act, id: &ImportId) -> Result<(Kind, String, Holder)> {
    let mut tx = db.write(act.clone()).await?;
    if !people::may(&mut tx, Deed::Import).await? {
        return Err(Error::RoleLacks);
    }
    let run = runs::read(&mut tx, id).await?;
    let (now, holder) = (tx.act().at(), Holder(fresh()));
    let until = At::cut(now.0 + HELD);
    let taken = execute!(
        tx,
        sqlx::query(
            "UPDATE import_run SET state = 'running', done = 0, failure = NULL, ended_at = NULL, holder = $1, held_until = $2, tries = tries + 1
             WHERE id = $3 AND (state IN ('waiting', 'failed') OR state = 'running' AND (held_until IS NULL OR held_until < $4)) AND tries < $5"
        )
        .bind(holder.as_str())
        .bind(until)
        .bind(id)
        .bind(now)
        .bind(TRIES)
    )?;
    if taken == 0 {
        return Err(worn_out(&mut tx, id).await?);
    }
    let kind = run.kind().ok_or_else(|| Error::Corrupt(format!("import of the kind {}", run.kind)))?;
    tx.note(Noted::new("import.begin", "import", id));
    tx.commit().await?;
    Ok((kind, run.file_name, holder))
}

/// Why a run was not to be had.
async fn worn_out(tx: &mut Tx, id: &ImportId) -> Result<Error> {
    let (tries,): (i64,) = sql!(tx, |c| sqlx::query_as("SELECT tries FROM import_run WHERE id = $1").bind(id).fetch_one(c))?;
    let words = format!("It was begun {TRIES} times and never came to its end. Nothing was taken in. Tell whoever runs Keyworker.");
    Ok(if tries < TRIES { Error::Stale } else { Error::refused("file", words) })
}

/// Says every few seconds that the run is still held, until it is dropped. SQLite has one writer, which is the run itself:
/// nobody else can take it meanwhile.
pub(super) struct Heart(Option<tokio::task::JoinHandle<()>>);

impl Heart {
    pub(super) fn begin(db: &Db, act: &Act, id: &ImportId, holder: &Holder) -> Heart {
        let Pools::Postgres(pool) = db.pools() else { return Heart(None) };
        let (pool, at, id, holder, begun) = (pool.clone(), act.at(), id.clone(), holder.clone(), Instant::now());
        Heart(Some(tokio::spawn(async move {
            loop {
                tokio::time::sleep(SAID_EVERY).await;
                let gone = SignedDuration::try_from(begun.elapsed()).unwrap_or(HELD);
                let until = At::cut(at.0 + gone + HELD);
                let text = "UPDATE import_run SET held_until = $1 WHERE id = $2 AND holder = $3 AND state = 'running'";
                let said = sqlx::query(text).bind(until).bind(&id).bind(holder.as_str()).execute(&pool).await;
                if let Err(error) = said {
                    tracing::warn!(%error, "that an import is still under way could not be said");
                }
            }
        })))
    }
}

impl Drop for Heart {
    fn drop(&mut self) {
        if let Some(beat) = &self.0 {
            beat.abort();
        }
    }
}
