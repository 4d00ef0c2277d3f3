//! Verifying the chain: every altered, missing, swapped or forged entry is named by its number.

use ed25519_dalek::VerifyingKey;

use super::{
    Checkpoint,
    chain::{Link, detail_digest},
    checkpoint,
};
use crate::{At, Db, db::Pools, error::Result};

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
    /// The head row disagrees with the last entry.
    Head { seq: i64 },
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

/// Walks the whole chain. `held` are checkpoints that someone kept outside; the database's own are checked as well.
pub async fn verify(db: &Db, key: Option<&VerifyingKey>, held: &[Checkpoint]) -> Result<Verdict> {
    let mut points = checkpoint::all(db.pools()).await?;
    points.extend_from_slice(held);
    points.sort_by_key(|c| c.seq);
    let mut verdict = Verdict { checkpoints: points.len(), ..Verdict::default() };
    if let Some(key) = key {
        verdict.faults.extend(points.iter().filter(|c| !c.is_signed_by(key)).map(|c| Fault::CheckpointForged { seq: c.seq }));
    }
    let (mut seq, mut previous, mut next_point) = (0_i64, String::new(), 0_usize);
    loop {
        let rows = page(db.pools(), seq).await?;
        if rows.is_empty() || verdict.faults.len() > FAULTS_AT_MOST {
            break;
        }
        for row in rows {
            check(&row, seq, &previous, &mut verdict);
            while points.get(next_point).is_some_and(|p| p.seq < row.seq) {
                verdict.faults.push(Fault::CheckpointUnmet { seq: points[next_point].seq });
                next_point += 1;
            }
            while points.get(next_point).is_some_and(|p| p.seq == row.seq) {
                if points[next_point].hash != row.hash {
                    verdict.faults.push(Fault::CheckpointUnmet { seq: row.seq });
                }
                next_point += 1;
            }
            (seq, previous) = (row.seq, row.hash);
            verdict.entries += 1;
        }
    }
    verdict.faults.extend(points[next_point.min(points.len())..].iter().map(|p| Fault::CheckpointUnmet { seq: p.seq }));
    if head(db.pools()).await? != (seq, previous) {
        verdict.faults.push(Fault::Head { seq });
    }
    Ok(verdict)
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
        _ if row.detail_digest.is_empty() => {}
        (Some(words), Some(salt)) if detail_digest(salt, words) != row.detail_digest => {
            verdict.faults.push(Fault::WordsAltered { seq: row.seq })
        }
        (Some(_), Some(_)) => {}
        _ if row.erased_at.is_some() => {}
        _ => verdict.faults.push(Fault::WordsMissing { seq: row.seq }),
    }
}

async fn page(pools: &Pools, after: i64) -> Result<Vec<Row>> {
    let text = "SELECT e.seq, e.at, e.actor, e.deed, e.subject_kind, e.subject_id, e.because, e.detail_digest, e.hash, d.salt, d.words, d.erased_at
        FROM audit_entry e LEFT JOIN audit_detail d ON d.seq = e.seq WHERE e.seq > $1 ORDER BY e.seq LIMIT $2";
    Ok(match pools {
        Pools::Sqlite { read, .. } => sqlx::query_as(text).bind(after).bind(PAGE).fetch_all(read).await?,
        Pools::Postgres(pool) => sqlx::query_as(text).bind(after).bind(PAGE).fetch_all(pool).await?,
    })
}

async fn head(pools: &Pools) -> Result<(i64, String)> {
    let text = "SELECT last_seq, last_hash FROM audit_head WHERE id = 1";
    Ok(match pools {
        Pools::Sqlite { read, .. } => sqlx::query_as(text).fetch_one(read).await?,
        Pools::Postgres(pool) => sqlx::query_as(text).fetch_one(pool).await?,
    })
}
