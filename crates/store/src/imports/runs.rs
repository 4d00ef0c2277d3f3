//! The runs: receiving files, taking them in, and what became of each.

use std::sync::atomic::{AtomicU64, Ordering};

use care::access::Deed;
use jiff::civil::Date;
use sha2::{Digest, Sha256};

use super::{Kind, Progress, Report, Source, carry_out, held::Holder};
use crate::{
    Act, At, Db, Error, Result, Tx,
    audit::Noted,
    db::Pools,
    id::{ImportId, fresh},
    people, run as execute, sql,
};

care::coded! {
    /// How a run stands.
    pub enum RunState {
        Waiting = "waiting", "Waiting";
        Running = "running", "Being taken in";
        Done = "done", "Done";
        Failed = "failed", "Could not be taken in";
    }
}

/// One run, as `import_run` has it.
#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct Run {
    pub id: ImportId,
    pub kind: String,
    /// The file's name; for several files, the first and how many more.
    pub file_name: String,
    pub size_bytes: i64,
    /// Of the file; for several, of their digests one after another.
    pub sha256: String,
    pub begun_at: At,
    pub ended_at: Option<At>,
    pub begun_by: String,
    /// Nothing for the command line.
    pub by_name: Option<String>,
    pub state: String,
    pub done: i64,
    pub of: i64,
    report: Option<String>,
    pub failure: Option<String>,
}

impl Run {
    pub fn kind(&self) -> Option<Kind> {
        Kind::from_code(&self.kind)
    }
    pub fn state(&self) -> Option<RunState> {
        RunState::from_code(&self.state)
    }
    /// The report of a run that is done.
    pub fn report(&self) -> Result<Option<Report>> {
        Ok(self.report.as_deref().map(serde_json::from_str).transpose()?)
    }
}

/// One file of a run.
#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct SourceRow {
    pub id: String,
    pub file_name: String,
    pub size_bytes: i64,
    pub sha256: String,
}

/// Receives files and takes them in. `today` is the day as at which dates are judged; `progress` is told now and then.
pub async fn run(
    db: &Db,
    act: &Act,
    kind: Kind,
    sources: Vec<Source>,
    today: Date,
    progress: impl Fn(Progress) + Send + Sync,
) -> Result<Report> {
    let id = receive(db, act, kind, &sources).await?;
    carry_out(db, act, &id, today, progress).await
}

/// Keeps the files and makes the run, which waits to be carried out. Only for those who may import.
pub async fn receive(db: &Db, act: &Act, kind: Kind, sources: &[Source]) -> Result<ImportId> {
    let mut tx = db.write(act.clone()).await?;
    let id = receive_in(&mut tx, kind, sources).await?;
    tx.commit().await?;
    Ok(id)
}

/// The same within a transaction, for a form that is sent once.
pub async fn receive_in(tx: &mut Tx, kind: Kind, sources: &[Source]) -> Result<ImportId> {
    if !people::may(tx, Deed::Import).await? {
        return Err(Error::RoleLacks);
    }
    let first = sources.first().ok_or_else(|| Error::refused("file", "There is no file"))?;
    let name = match sources.len() {
        1 => first.name.clone(),
        files => format!("{} and {} more", first.name, files - 1),
    };
    let digests: Vec<String> = sources.iter().map(|source| digest(&source.bytes)).collect();
    let whole = if let [one] = digests.as_slice() { one.clone() } else { digest(digests.concat().as_bytes()) };
    let size: usize = sources.iter().map(|source| source.bytes.len()).sum();
    let (id, at, me) = (ImportId::new(), tx.act().at(), tx.act().worker().clone());
    execute!(
        tx,
        sqlx::query("INSERT INTO import_run (id, kind, file_name, size_bytes, sha256, begun_at, begun_by, state, done, of) VALUES ($1,$2,$3,$4,$5,$6,$7,'waiting',0,0)")
            .bind(&id).bind(kind.code()).bind(&name).bind(number(size)).bind(&whole).bind(at).bind(&me)
    )?;
    for (source, sha256) in sources.iter().zip(&digests) {
        keep(tx, &id, source, sha256).await?;
    }
    tx.note(Noted::new("import.receive", "import", &id).because(kind.code()).words(name));
    Ok(id)
}

/// The latest runs, the newest first. Only for those who may import.
pub async fn runs(tx: &mut Tx, at_most: i64) -> Result<Vec<Run>> {
    if !people::may(tx, Deed::Import).await? {
        return Err(Error::RoleLacks);
    }
    Ok(sql!(tx, |c| {
        sqlx::query_as(
            "SELECT id, kind, file_name, size_bytes, sha256, begun_at, ended_at, begun_by, state, done, of, NULL AS report, failure,
             (SELECT w.given_name || ' ' || w.surname FROM worker w WHERE w.id = import_run.begun_by) AS by_name FROM import_run
             ORDER BY begun_at DESC, id DESC LIMIT $1",
        )
        .bind(at_most)
        .fetch_all(c)
    })?)
}

/// One run with its report. Only for those who may import.
pub async fn one(tx: &mut Tx, id: &ImportId) -> Result<Run> {
    if !people::may(tx, Deed::Import).await? {
        return Err(Error::RoleLacks);
    }
    tx.note(Noted::new("import.read", "import", id));
    read(tx, id).await
}

/// The files of a run. Only for those who may import.
pub async fn sources(tx: &mut Tx, id: &ImportId) -> Result<Vec<SourceRow>> {
    if !people::may(tx, Deed::Import).await? {
        return Err(Error::RoleLacks);
    }
    Ok(sql!(tx, |c| sqlx::query_as("SELECT id, file_name, size_bytes, sha256 FROM import_source WHERE run_id = $1 ORDER BY id")
        .bind(id)
        .fetch_all(c))?)
}

/// One file as it was given, byte for byte. Only for those who may import.
pub async fn source(tx: &mut Tx, id: &str) -> Result<Source> {
    if !people::may(tx, Deed::Import).await? {
        return Err(Error::RoleLacks);
    }
    tx.note(Noted::new("import.source", "import_source", id));
    let (name, sha256): (String, String) =
        sql!(tx, |c| sqlx::query_as("SELECT file_name, sha256 FROM import_source WHERE id = $1").bind(id).fetch_one(c))?;
    let bytes = parts(tx, id).await?;
    if digest(&bytes) != sha256 {
        return Err(Error::Corrupt(format!("the kept source {id} is not what was given")));
    }
    Ok(Source { name, bytes })
}

pub(super) async fn read(tx: &mut Tx, id: &ImportId) -> Result<Run> {
    let found: Option<Run> = sql!(tx, |c| {
        sqlx::query_as(
            "SELECT id, kind, file_name, size_bytes, sha256, begun_at, ended_at, begun_by, state, done, of, report, failure,
             (SELECT w.given_name || ' ' || w.surname FROM worker w WHERE w.id = import_run.begun_by) AS by_name FROM import_run WHERE id = $1",
        )
        .bind(id)
        .fetch_optional(c)
    })?;
    found.ok_or(Error::NotFound)
}

/// Nothing of it was taken in; why, in words.
pub(super) async fn fail_row(db: &Db, act: &Act, id: &ImportId, holder: &Holder, why: &str) -> Result<()> {
    let mut tx = db.write(act.clone()).await?;
    let at = tx.act().at();
    let failed = execute!(
        tx,
        sqlx::query(
            "UPDATE import_run SET state = 'failed', ended_at = $1, failure = $2 WHERE id = $3 AND holder = $4 AND state = 'running'"
        )
        .bind(at)
        .bind(why)
        .bind(id)
        .bind(holder.as_str())
    )?;
    if failed == 0 {
        return Ok(());
    }
    tx.note(Noted::new("import.fail", "import", id).words(why.to_owned()));
    tx.commit().await
}

/// The files of a run, in the order in which they were given.
pub(super) async fn kept_sources(db: &Db, act: &Act, id: &ImportId) -> Result<Vec<Source>> {
    let mut tx = db.read(act.clone()).await?;
    let rows: Vec<(String, String)> =
        sql!(tx, |c| sqlx::query_as("SELECT id, file_name FROM import_source WHERE run_id = $1 ORDER BY id").bind(id).fetch_all(c))?;
    let mut sources = Vec::with_capacity(rows.len());
    for (source, name) in rows {
        sources.push(Source { name, bytes: parts(&mut tx, &source).await? });
    }
    tx.finish().await?;
    Ok(sources)
}

/// Telling how far a run is: to whoever asked for it and, on PostgreSQL, in the run's row.
pub(super) struct Telling<'a> {
    db: &'a Db,
    id: &'a ImportId,
    holder: &'a Holder,
    to: &'a (dyn Fn(Progress) + Send + Sync),
    read: AtomicU64,
    of: AtomicU64,
}

impl<'a> Telling<'a> {
    pub(super) fn new(db: &'a Db, id: &'a ImportId, holder: &'a Holder, to: &'a (dyn Fn(Progress) + Send + Sync)) -> Telling<'a> {
        Telling { db, id, holder, to, read: AtomicU64::new(0), of: AtomicU64::new(0) }
    }

    /// So many bytes were read, and hold so many records.
    pub(super) fn read(&self, bytes: usize, records: usize) {
        self.read.store(bytes as u64, Ordering::Relaxed);
        self.of.store(records as u64, Ordering::Relaxed);
        (self.to)(self.at(0));
    }

    pub(super) fn holder(&self) -> &Holder {
        self.holder
    }

    pub(super) async fn tell(&self, done: u64) {
        let at = self.at(done);
        (self.to)(at);
        if let Pools::Postgres(pool) = self.db.pools() {
            let (done, of) = (i64::try_from(at.done).unwrap_or(i64::MAX), i64::try_from(at.of).unwrap_or(i64::MAX));
            let told =
                sqlx::query("UPDATE import_run SET done = $1, of = $2 WHERE id = $3").bind(done).bind(of).bind(self.id).execute(pool);
            if let Err(error) = told.await {
                tracing::warn!(%error, "how far an import is could not be told");
            }
        }
    }

    pub(super) fn done(&self) {
        (self.to)(self.at(self.of.load(Ordering::Relaxed)));
    }

    fn at(&self, done: u64) -> Progress {
        Progress { read: self.read.load(Ordering::Relaxed), done, of: self.of.load(Ordering::Relaxed) }
    }
}

/// So many bytes stand in one row.
const PART: usize = 1 << 20;

async fn keep(tx: &mut Tx, run: &ImportId, source: &Source, sha256: &str) -> Result<()> {
    let id = fresh();
    execute!(
        tx,
        sqlx::query("INSERT INTO import_source (id, run_id, file_name, size_bytes, sha256) VALUES ($1,$2,$3,$4,$5)")
            .bind(&id)
            .bind(run)
            .bind(&source.name)
            .bind(number(source.bytes.len()))
            .bind(sha256)
    )?;
    for (part, bytes) in source.bytes.chunks(PART).enumerate() {
        execute!(
            tx,
            sqlx::query("INSERT INTO import_source_part (source_id, part, bytes) VALUES ($1,$2,$3)")
                .bind(&id)
                .bind(number(part))
                .bind(bytes)
        )?;
    }
    Ok(())
}

async fn parts(tx: &mut Tx, id: &str) -> Result<Vec<u8>> {
    let rows: Vec<(Vec<u8>,)> =
        sql!(tx, |c| sqlx::query_as("SELECT bytes FROM import_source_part WHERE source_id = $1 ORDER BY part").bind(id).fetch_all(c))?;
    Ok(rows.into_iter().flat_map(|(bytes,)| bytes).collect())
}

fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn number(size: usize) -> i64 {
    i64::try_from(size).unwrap_or(i64::MAX)
}
