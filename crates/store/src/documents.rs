//! Documents of a person: letters, reports, pictures. A file arrives in parts of a megabyte, each written by itself, so that
//! a slow line holds up nobody; nobody sees it before it is whole and, where a scanner is configured, found clean.
//!
//! What a file is and what is taken out of it is for `keyworker::upload` to say. Leaves out: full-text search in files.

use crate::{
    At, Day, Db, Error, Result, Tx,
    audit::Noted,
    id::{DocumentId, EntryId},
    people::Opened,
    run, sql,
};
use care::coded;

/// A part is this long, except for the last.
pub const PART: usize = 1024 * 1024;
/// So many documents stand on one record; more are a mistake or an attack.
pub const MOST: i64 = 2000;

coded! {
    pub enum State {
        Receiving = "receiving", "Being received";
        Quarantined = "quarantined", "Waiting to be scanned for viruses";
        Clean = "clean", "Scanned, no virus found";
        Unscanned = "unscanned", "Not scanned: this Keyworker has no scanner";
        Infected = "infected", "Refused: a virus was found";
        Withdrawn = "withdrawn", "Withdrawn";
    }
}

impl State {
    /// Whether the contents may be had.
    pub const fn opens(self) -> bool {
        matches!(self, State::Clean | State::Unscanned)
    }
}

#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct Document {
    pub id: DocumentId,
    pub name: String,
    pub media_type: String,
    pub size: i64,
    pub sha256: String,
    pub state: String,
    pub words: String,
    pub dated_on: Option<Day>,
    pub uploaded_at: At,
    pub uploaded_by: Option<String>,
    pub finding: Option<String>,
    pub withdrawn_why: Option<String>,
}

impl Document {
    pub fn state(&self) -> State {
        State::from_code(&self.state).unwrap_or(State::Quarantined)
    }
}

/// A file on its way in. Only [`begin`] makes one, after the right to write to the record was judged.
#[derive(Debug)]
pub struct Arriving {
    id: DocumentId,
    parts: i64,
    size: i64,
}

impl Arriving {
    pub fn id(&self) -> &DocumentId {
        &self.id
    }
    pub fn size(&self) -> i64 {
        self.size
    }
}

/// What a file turned out to be, once it was whole.
#[derive(Debug, Clone)]
pub struct Whole {
    pub name: String,
    pub media_type: &'static str,
    pub sha256: String,
    pub words: String,
    pub dated_on: Option<Day>,
    /// Quarantined where there is a scanner, otherwise unscanned.
    pub state: State,
}

/// Begins to receive a file for an opened record.
pub async fn begin(tx: &mut Tx, opened: &Opened) -> Result<Arriving> {
    let (n,): (i64,) = sql!(tx, |c| sqlx::query_as("SELECT COUNT(*) FROM document WHERE person_id = $1").bind(opened.id()).fetch_one(c))?;
    if n >= MOST {
        return Err(Error::refused("file", format!("This record holds {MOST} documents already, which is as many as it can")));
    }
    let (id, me, at) = (DocumentId::new(), tx.act().worker().clone(), tx.act().at());
    run!(
        tx,
        sqlx::query("INSERT INTO document (id, person_id, name, media_type, size, sha256, state, words, uploaded_by, uploaded_at) VALUES ($1,$2,'','',0,'','receiving','',$3,$4)")
            .bind(&id).bind(opened.id()).bind(&me).bind(at)
    )?;
    tx.note(Noted::new("document.begin", "document", &id));
    Ok(Arriving { id, parts: 0, size: 0 })
}

/// One more part, on disk by itself. It is no act of its own: its beginning and its end are in the audit.
pub async fn part(db: &Db, arriving: &mut Arriving, bytes: &[u8]) -> Result<()> {
    let mut conn = db.pools().begin_write().await?;
    let text = "INSERT INTO document_part (document_id, part, bytes) VALUES ($1,$2,$3)";
    let part = arriving.parts;
    match &mut conn {
        crate::Conn::Sqlite(t) => sqlx::query(text).bind(&arriving.id).bind(part).bind(bytes).execute(&mut **t).await.map(|_| ())?,
        crate::Conn::Postgres(t) => sqlx::query(text).bind(&arriving.id).bind(part).bind(bytes).execute(&mut **t).await.map(|_| ())?,
    }
    conn.commit().await?;
    arriving.parts += 1;
    arriving.size += i64::try_from(bytes.len()).unwrap_or(0);
    Ok(())
}

/// The file is whole: it stands on the record, with the entry of the story that tells of it.
pub async fn finish(tx: &mut Tx, opened: &Opened, arriving: &Arriving, whole: &Whole, entry: &EntryId) -> Result<()> {
    let at = tx.act().at();
    let n = run!(
        tx,
        sqlx::query("UPDATE document SET name = $1, media_type = $2, size = $3, sha256 = $4, words = $5, dated_on = $6, state = $7, entry_id = $8, uploaded_at = $9
             WHERE id = $10 AND person_id = $11 AND state = 'receiving'")
            .bind(&whole.name).bind(whole.media_type).bind(arriving.size).bind(&whole.sha256).bind(&whole.words).bind(whole.dated_on)
            .bind(whole.state.code()).bind(entry).bind(at).bind(&arriving.id).bind(opened.id())
    )?;
    if n == 0 {
        return Err(Error::Stale);
    }
    tx.note(Noted::new("document.add", "person", opened.id()).because(arriving.id.to_string()).words(whole.name.clone()));
    Ok(())
}

/// The file is not wanted after all: refused, or cut short.
pub async fn abandon(tx: &mut Tx, arriving: &Arriving, why: &str) -> Result<()> {
    forget(tx, &arriving.id).await?;
    run!(tx, sqlx::query("DELETE FROM document WHERE id = $1 AND state = 'receiving'").bind(&arriving.id))?;
    tx.note(Noted::new("document.abandon", "document", &arriving.id).because(why.to_owned()));
    Ok(())
}

async fn forget(tx: &mut Tx, id: &DocumentId) -> Result<()> {
    run!(tx, sqlx::query("DELETE FROM document_part WHERE document_id = $1").bind(id))?;
    Ok(())
}

const COLUMNS: &str = "d.id, d.name, d.media_type, d.size, d.sha256, d.state, d.words, d.dated_on, d.uploaded_at, w.given_name || ' ' || w.surname AS uploaded_by, d.finding, d.withdrawn_why
    FROM document d LEFT JOIN worker w ON w.id = d.uploaded_by";

/// Everything on an opened record, the latest first; what is still arriving is not there yet.
pub async fn of_person(tx: &mut Tx, opened: &Opened) -> Result<Vec<Document>> {
    let text = format!("SELECT {COLUMNS} WHERE d.person_id = $1 AND d.state <> 'receiving' ORDER BY d.uploaded_at DESC, d.id DESC");
    Ok(sql!(tx, |c| sqlx::query_as(sqlx::AssertSqlSafe(text)).bind(opened.id()).fetch_all(c))?)
}

/// One document of an opened record; another record's is none.
pub async fn one(tx: &mut Tx, opened: &Opened, id: &DocumentId) -> Result<Document> {
    let text = format!("SELECT {COLUMNS} WHERE d.id = $1 AND d.person_id = $2 AND d.state <> 'receiving'");
    let found: Option<Document> = sql!(tx, |c| sqlx::query_as(sqlx::AssertSqlSafe(text)).bind(id).bind(opened.id()).fetch_optional(c))?;
    found.ok_or(Error::NotFound)
}

/// Says in the audit that the contents were had, and gives the key to them.
pub async fn read(tx: &mut Tx, opened: &Opened, id: &DocumentId) -> Result<(Document, Contents)> {
    let document = one(tx, opened, id).await?;
    if !document.state().opens() {
        return Err(Error::NotFound);
    }
    tx.note(Noted::new("document.read", "person", opened.id()).because(id.to_string()).words(document.name.clone()));
    let parts = (document.size + PART as i64 - 1) / PART as i64;
    Ok((document, Contents { id: id.clone(), parts, next: 0 }))
}

/// The contents of one document, part by part. Only [`read`] and the scanner's [`waiting`] make one.
#[derive(Debug)]
pub struct Contents {
    id: DocumentId,
    parts: i64,
    next: i64,
}

impl Contents {
    /// The next part; `None` after the last.
    pub async fn next(&mut self, db: &Db) -> Result<Option<Vec<u8>>> {
        if self.next >= self.parts {
            return Ok(None);
        }
        let text = "SELECT bytes FROM document_part WHERE document_id = $1 AND part = $2";
        let found: Option<(Vec<u8>,)> = match db.pools() {
            crate::db::Pools::Sqlite { read, .. } => sqlx::query_as(text).bind(&self.id).bind(self.next).fetch_optional(read).await?,
            crate::db::Pools::Postgres(pool) => sqlx::query_as(text).bind(&self.id).bind(self.next).fetch_optional(pool).await?,
        };
        self.next += 1;
        let (bytes,) = found.ok_or_else(|| Error::Corrupt(format!("document {} lacks a part", self.id)))?;
        Ok(Some(bytes))
    }
}

/// What waits for the scanner, the longest unasked first. For the product's own work only.
pub async fn waiting(tx: &mut Tx, at_most: i64) -> Result<Vec<(DocumentId, Contents)>> {
    if !tx.act().is_built_in() {
        return Err(Error::RoleLacks);
    }
    let rows: Vec<(DocumentId, i64)> = sql!(tx, |c| sqlx::query_as(
        "SELECT id, size FROM document WHERE state = 'quarantined' ORDER BY COALESCE(scanned_at, uploaded_at), id LIMIT $1"
    )
    .bind(at_most)
    .fetch_all(c))?;
    let parts = |size: i64| (size + PART as i64 - 1) / PART as i64;
    Ok(rows.into_iter().map(|(id, size)| (id.clone(), Contents { id, parts: parts(size), next: 0 })).collect())
}

/// What a scanner said of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    Clean,
    /// With the name of what was found.
    Infected(String),
}

/// The scanner was asked and gave no verdict: the file stays shut, and others are asked about before it.
pub async fn unanswered(tx: &mut Tx, id: &DocumentId) -> Result<()> {
    let at = tx.act().at();
    run!(tx, sqlx::query("UPDATE document SET scanned_at = $1 WHERE id = $2 AND state = 'quarantined'").bind(at).bind(id))?;
    tx.note(Noted::new("document.scan", "document", id).because("no verdict"));
    Ok(())
}

/// The scanner has spoken. What is infected is thrown away at once; whoever sent it is told.
pub async fn judged(tx: &mut Tx, id: &DocumentId, verdict: &Verdict) -> Result<()> {
    let (state, finding) = match verdict {
        Verdict::Clean => (State::Clean, None),
        Verdict::Infected(name) => (State::Infected, Some(name.chars().take(200).collect::<String>())),
    };
    let at = tx.act().at();
    run!(
        tx,
        sqlx::query("UPDATE document SET state = $1, finding = $2, scanned_at = $3 WHERE id = $4 AND state = 'quarantined'")
            .bind(state.code())
            .bind(&finding)
            .bind(at)
            .bind(id)
    )?;
    if state == State::Infected {
        forget(tx, id).await?;
    }
    tx.note(Noted::new("document.scan", "document", id).because(state.code()));
    Ok(())
}

/// Put on the wrong record, or not to be kept here: it no longer opens. What it was and why stay in the list.
pub async fn withdraw(tx: &mut Tx, opened: &Opened, id: &DocumentId, why: &str) -> Result<()> {
    let (me, at) = (tx.act().worker().clone(), tx.act().at());
    let n = run!(
        tx,
        sqlx::query(
            "UPDATE document SET state = 'withdrawn', withdrawn_by = $1, withdrawn_at = $2, withdrawn_why = $3
             WHERE id = $4 AND person_id = $5 AND state IN ('clean', 'unscanned', 'quarantined')"
        )
        .bind(&me)
        .bind(at)
        .bind(why)
        .bind(id)
        .bind(opened.id())
    )?;
    if n == 0 {
        return Err(Error::NotFound);
    }
    tx.note(Noted::new("document.withdraw", "person", opened.id()).because(id.to_string()).words(why.to_owned()));
    Ok(())
}

/// How many began to arrive before a moment and never became whole.
pub async fn unfinished(tx: &mut Tx, before: At) -> Result<i64> {
    let (n,): (i64,) = sql!(tx, |c| sqlx::query_as("SELECT COUNT(*) FROM document WHERE state = 'receiving' AND uploaded_at < $1")
        .bind(before)
        .fetch_one(c))?;
    Ok(n)
}

/// Throws away what began to arrive before a moment and never became whole. Says how many.
pub async fn clear_unfinished(tx: &mut Tx, before: At) -> Result<u64> {
    run!(
        tx,
        sqlx::query(
            "DELETE FROM document_part WHERE document_id IN (SELECT id FROM document WHERE state = 'receiving' AND uploaded_at < $1)"
        )
        .bind(before)
    )?;
    let n = run!(tx, sqlx::query("DELETE FROM document WHERE state = 'receiving' AND uploaded_at < $1").bind(before))?;
    tx.note(Noted::new("document.clear", "document", format!("{n} unfinished")));
    Ok(n)
}
