//! Verifying the chain: every altered, missing, swapped or forged entry is named by its number.

use std::fmt;

use ed25519_dalek::VerifyingKey;

use super::{
    Checkpoint,
    chain::{Link, detail_digest},
    checkpoint,
};
use crate::{At, Conn, Db, error::Result};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// An entry does not follow from the one before it: it or its neighbour was altered, swapped or forged.
    Broken { seq: i64 },
    /// Entries are missing from this number on.
    Missing { seq: i64 },
    /// The erasable words of an entry were altered (erasing them is allowed, changing them is not).
    WordsAltered { seq: i64 },
    /// Words that the chain promises are gone without a mark of erasure.
    WordsMissing { seq: i64 },
    /// The chain is shorter than, or differs from, what was once signed.
    CheckpointUnmet { seq: i64 },
    /// A checkpoint carries a signature that is not this installation's.
    CheckpointForged { seq: i64 },
    /// The head row disagrees with the last entry, or is gone.
    Head { seq: i64 },
    /// An entry's bytes are no text, number or time any more.
    Unreadable { seq: i64 },
}

impl Fault {
    /// The number of the entry that the fault is about.
    pub fn seq(&self) -> i64 {
        match *self {
            Fault::Broken { seq }
            | Fault::Missing { seq }
            | Fault::WordsAltered { seq }
            | Fault::WordsMissing { seq }
            | Fault::CheckpointUnmet { seq }
            | Fault::CheckpointForged { seq }
            | Fault::Head { seq }
            | Fault::Unreadable { seq } => seq,
        }
    }

    /// A short name, for files.
    pub fn code(&self) -> &'static str {
        match self {
            Fault::Broken { .. } => "broken",
            Fault::Missing { .. } => "missing",
            Fault::WordsAltered { .. } => "words_altered",
            Fault::WordsMissing { .. } => "words_missing",
            Fault::CheckpointUnmet { .. } => "checkpoint_unmet",
            Fault::CheckpointForged { .. } => "checkpoint_forged",
            Fault::Head { .. } => "head",
            Fault::Unreadable { .. } => "unreadable",
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seq = self.seq();
        match self {
            Fault::Broken { .. } => {
                write!(f, "entry {seq}: does not follow from the one before it; it or that one was altered, swapped or forged")
            }
            Fault::Missing { .. } => write!(f, "entry {seq}: is missing"),
            Fault::WordsAltered { .. } => write!(f, "entry {seq}: its erasable words were altered"),
            Fault::WordsMissing { .. } => write!(f, "entry {seq}: its words are gone without having been erased"),
            Fault::CheckpointUnmet { .. } => {
                write!(f, "entry {seq}: is not what was once signed; the chain was cut off, written anew, or an old copy was put back")
            }
            Fault::CheckpointForged { .. } => write!(f, "checkpoint at entry {seq}: its signature is not this installation's"),
            Fault::Head { .. } => {
                write!(f, "entry {seq}: is the last, but the head says otherwise; entries after it were cut off, or the head was altered")
            }
            Fault::Unreadable { .. } => write!(f, "entry {seq}: cannot be read any more"),
        }
    }
}

#[derive(Debug, Clone, Default)]
pub struct Verdict {
    pub entries: i64,
    pub checkpoints: usize,
    pub faults: Vec<Fault>,
}

#[derive(sqlx::FromRow)]
struct Row {
    seq: i64,
    at: At,
    actor: String,
    deed: String,
    subject_kind: String,
    subject_id: String,
    because: String,
    detail_digest: String,
    hash: String,
    salt: Option<String>,
    words: Option<String>,
    erased_at: Option<At>,
}

const PAGE: i64 = 5000;
/// Past this many faults the rest say nothing new.
const FAULTS_AT_MOST: usize = 1000;

/// Walks the whole chain, as it stands at one moment. `held` are checkpoints that someone kept outside; the database's
/// own are checked as well.
pub async fn verify(db: &Db, key: Option<&VerifyingKey>, held: &[Checkpoint]) -> Result<Verdict> {
    let mut conn = db.snapshot().await?;
    let mut points = checkpoint::all(&mut conn).await?;
    points.extend_from_slice(held);
    points.sort_by_key(|c| c.seq);
    let mut verdict = Verdict { checkpoints: points.len(), ..Verdict::default() };
    if let Some(key) = key {
        verdict.faults.extend(points.iter().filter(|c| !c.is_signed_by(key)).map(|c| Fault::CheckpointForged { seq: c.seq }));
    }
    let mut walk = Walk { seq: 0, previous: String::new(), points, next_point: 0 };
    while verdict.faults.len() <= FAULTS_AT_MOST {
        let Some(read) = page(&mut conn, walk.seq).await? else { break };
        for found in read {
            walk.step(found, &mut verdict);
        }
    }
    let (last, previous) = (walk.seq, walk.previous.clone());
    walk.points_before(i64::MAX, &mut verdict);
    if head(&mut conn).await? != Some((last, previous)) {
        verdict.faults.push(Fault::Head { seq: last });
    }
    verdict.faults.extend(odd_times(&mut conn).await?.into_iter().map(|seq| Fault::Broken { seq }));
    verdict.faults.sort_by_key(|f| (f.seq(), format!("{f:?}")));
    verdict.faults.dedup();
    Ok(verdict)
}

/// Where the walk along the chain has come to.
struct Walk {
    seq: i64,
    previous: String,
    points: Vec<Checkpoint>,
    next_point: usize,
}

impl Walk {
    fn step(&mut self, found: Read, verdict: &mut Verdict) {
        let (seq, hash) = (found.seq(), found.hash());
        match &found {
            Read::Row(row) => check(row, self.seq, &self.previous, verdict),
            Read::Unreadable { seq, .. } => verdict.faults.push(Fault::Unreadable { seq: *seq }),
        }
        self.points_before(seq, verdict);
        while self.points.get(self.next_point).is_some_and(|p| p.seq == seq) {
            if self.points[self.next_point].hash != hash {
                verdict.faults.push(Fault::CheckpointUnmet { seq });
            }
            self.next_point += 1;
        }
        (self.seq, self.previous) = (seq, hash);
        verdict.entries += 1;
    }

    /// Checkpoints of entries that are not there.
    fn points_before(&mut self, seq: i64, verdict: &mut Verdict) {
        while let Some(point) = self.points.get(self.next_point).filter(|p| p.seq < seq) {
            verdict.faults.push(Fault::CheckpointUnmet { seq: point.seq });
            self.next_point += 1;
        }
    }
}

/// An entry as it was found: one whose bytes are no text or no time any more cannot be read.
enum Read {
    Row(Box<Row>),
    Unreadable { seq: i64, hash: String },
}

impl Read {
    fn seq(&self) -> i64 {
        match self {
            Read::Row(row) => row.seq,
            Read::Unreadable { seq, .. } => *seq,
        }
    }
    fn hash(&self) -> String {
        match self {
            Read::Row(row) => row.hash.clone(),
            Read::Unreadable { hash, .. } => hash.clone(),
        }
    }
}

fn check(row: &Row, last_seq: i64, previous: &str, verdict: &mut Verdict) {
    if row.seq != last_seq + 1 {
        verdict.faults.push(Fault::Missing { seq: last_seq + 1 });
    }
    let link = Link {
        seq: row.seq,
        at: row.at,
        actor: &row.actor,
        deed: &row.deed,
        subject_kind: &row.subject_kind,
        subject_id: &row.subject_id,
        because: &row.because,
        detail_digest: &row.detail_digest,
    };
    if link.hash(previous) != row.hash {
        verdict.faults.push(Fault::Broken { seq: row.seq });
    }
    match (&row.words, &row.salt) {
        (None, _) if row.detail_digest.is_empty() => {}
        (Some(_), _) if row.detail_digest.is_empty() => verdict.faults.push(Fault::WordsAltered { seq: row.seq }),
        (Some(words), Some(salt)) if detail_digest(salt, words) == row.detail_digest => {}
        (Some(_), _) => verdict.faults.push(Fault::WordsAltered { seq: row.seq }),
        _ if row.erased_at.is_some() => {}
        _ => verdict.faults.push(Fault::WordsMissing { seq: row.seq }),
    }
}

const ROWS: &str =
    "SELECT e.seq, e.at, e.actor, e.deed, e.subject_kind, e.subject_id, e.because, e.detail_digest, e.hash, d.salt, d.words, d.erased_at
    FROM audit_entry e LEFT JOIN audit_detail d ON d.seq = e.seq WHERE e.seq > $1 ORDER BY e.seq LIMIT $2";

macro_rules! on {
    ($conn:expr, |$c:ident| $body:expr) => {
        match &mut *$conn {
            Conn::Sqlite(t) => {
                let $c = &mut **t;
                $body.await
            }
            Conn::Postgres(t) => {
                let $c = &mut **t;
                $body.await
            }
        }
    };
}

/// The next entries; none at the end. Where one of them cannot be read, they are read one by one.
async fn page(conn: &mut Conn, after: i64) -> Result<Option<Vec<Read>>> {
    let read: std::result::Result<Vec<Row>, sqlx::Error> = on!(conn, |c| sqlx::query_as(ROWS).bind(after).bind(PAGE).fetch_all(c));
    let rows = match read {
        Ok(rows) => rows.into_iter().map(|row| Read::Row(Box::new(row))).collect(),
        Err(sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_)) => one_by_one(conn, after).await?,
        Err(e) => return Err(e.into()),
    };
    Ok(Some(rows).filter(|rows: &Vec<Read>| !rows.is_empty()))
}

async fn one_by_one(conn: &mut Conn, after: i64) -> Result<Vec<Read>> {
    let seqs: Vec<(i64,)> = on!(conn, |c| sqlx::query_as("SELECT seq FROM audit_entry WHERE seq > $1 ORDER BY seq LIMIT $2")
        .bind(after)
        .bind(PAGE)
        .fetch_all(c))?;
    let mut all = Vec::with_capacity(seqs.len());
    for (seq,) in seqs {
        let read: std::result::Result<Row, sqlx::Error> = on!(conn, |c| sqlx::query_as(ROWS).bind(seq - 1).bind(1_i64).fetch_one(c));
        all.push(match read {
            Ok(row) => Read::Row(Box::new(row)),
            Err(_) => {
                let hash: std::result::Result<(String,), sqlx::Error> =
                    on!(conn, |c| sqlx::query_as("SELECT hash FROM audit_entry WHERE seq = $1").bind(seq).fetch_one(c));
                Read::Unreadable { seq, hash: hash.map(|(h,)| h).unwrap_or_default() }
            }
        });
    }
    Ok(all)
}

/// The head row; none when it is gone.
async fn head(conn: &mut Conn) -> Result<Option<(i64, String)>> {
    Ok(on!(conn, |c| sqlx::query_as("SELECT last_seq, last_hash FROM audit_head WHERE id = 1").fetch_optional(c))?)
}

/// SQLite keeps instants as text: one that reads as the same instant but is written otherwise was altered all the same.
async fn odd_times(conn: &mut Conn) -> Result<Vec<i64>> {
    let text = "SELECT seq FROM audit_entry WHERE at NOT GLOB '????-??-??T??:??:??.???Z' ORDER BY seq LIMIT 1000";
    let Conn::Sqlite(t) = conn else { return Ok(Vec::new()) };
    let rows: Vec<(i64,)> = sqlx::query_as(text).fetch_all(&mut **t).await?;
    Ok(rows.into_iter().map(|(seq,)| seq).collect())
}
