//! Entries and how they are linked.

use sha2::{Digest, Sha256};

use crate::{act::Act, db::Conn, error::Result, value::At};

/// One thing read or done, before it has its place in the chain.
#[derive(Debug, Clone)]
pub struct Noted {
    pub deed: &'static str,
    pub subject_kind: &'static str,
    pub subject_id: String,
    /// Which rule let it happen ("allocated worker", "break glass until …"); no personal words.
    pub because: String,
    /// Personal words, erasable: what was searched for, what was changed from and to.
    pub words: Option<String>,
}

impl Noted {
    pub fn new(deed: &'static str, subject_kind: &'static str, subject_id: impl ToString) -> Self {
        Self { deed, subject_kind, subject_id: subject_id.to_string(), because: String::new(), words: None }
    }
    pub fn because(mut self, because: impl Into<String>) -> Self {
        self.because = because.into();
        self
    }
    pub fn words(mut self, words: impl Into<String>) -> Self {
        self.words = Some(words.into());
        self
    }
}

/// What is hashed for one entry: each part preceded by its length, so that no two entries share their bytes.
pub(super) struct Link<'a> {
    pub seq: i64,
    pub at: At,
    pub actor: &'a str,
    pub deed: &'a str,
    pub subject_kind: &'a str,
    pub subject_id: &'a str,
    pub because: &'a str,
    pub detail_digest: &'a str,
}

impl Link<'_> {
    pub(super) fn hash(&self, previous: &str) -> String {
        let mut h = Sha256::new();
        h.update([1_u8]);
        h.update(self.seq.to_be_bytes());
        h.update(self.at.as_millisecond().to_be_bytes());
        for part in [self.actor, self.deed, self.subject_kind, self.subject_id, self.because, self.detail_digest, previous] {
            h.update((part.len() as u64).to_be_bytes());
            h.update(part.as_bytes());
        }
        hex(&h.finalize())
    }
}

/// The digest that stands in the chain for words that may later be erased. No words: an empty digest.
pub(super) fn detail_digest(salt: &str, words: &str) -> String {
    let mut h = Sha256::new();
    h.update(salt.as_bytes());
    h.update([0]);
    h.update(words.as_bytes());
    hex(&h.finalize())
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

fn salt() -> String {
    let mut bytes = [0_u8; 16];
    // Without randomness there is no salt and so no secrecy of the digest: better an empty salt than no audit.
    if getrandom::fill(&mut bytes).is_err() { String::new() } else { hex(&bytes) }
}

struct Row {
    seq: i64,
    at: At,
    actor: String,
    noted: Noted,
    detail_digest: String,
    salt: String,
    hash: String,
}

/// Appends entries to the chain inside the transaction that `conn` holds.
pub async fn chain(conn: &mut Conn, acts: &[(Act, Vec<Noted>)]) -> Result<()> {
    let count = acts.iter().map(|(_, n)| n.len()).sum::<usize>() as i64;
    if count == 0 {
        return Ok(());
    }
    let (last_seq, last_hash) = advance(conn, count).await?;
    let rows = link(acts, last_seq - count, last_hash);
    for row in &rows {
        insert(conn, row).await?;
    }
    if let Some(last) = rows.last() {
        set_head(conn, &last.hash).await?;
    }
    Ok(())
}

fn link(acts: &[(Act, Vec<Noted>)], mut seq: i64, mut previous: String) -> Vec<Row> {
    let mut rows = Vec::new();
    for (act, noted) in acts {
        for n in noted {
            seq += 1;
            let salt = if n.words.is_some() { salt() } else { String::new() };
            let detail_digest = n.words.as_deref().map(|w| detail_digest(&salt, w)).unwrap_or_default();
            let actor = act.worker().to_string();
            let hash = Link {
                seq,
                at: act.at(),
                actor: &actor,
                deed: n.deed,
                subject_kind: n.subject_kind,
                subject_id: &n.subject_id,
                because: &n.because,
                detail_digest: &detail_digest,
            }
            .hash(&previous);
            previous.clone_from(&hash);
            rows.push(Row { seq, at: act.at(), actor, noted: n.clone(), detail_digest, salt, hash });
        }
    }
    rows
}

/// `sql!` wants a `conn` field; the audit works below the transaction type.
struct Over<'a> {
    conn: &'a mut Conn,
}

macro_rules! on {
    ($over:expr, |$c:ident| $body:expr) => {
        match &mut *$over.conn {
            Conn::Sqlite(t) => {
                let $c = &mut **t;
                $body.await.map(|_| ())
            }
            Conn::Postgres(t) => {
                let $c = &mut **t;
                $body.await.map(|_| ())
            }
        }
    };
}

async fn advance(conn: &mut Conn, count: i64) -> Result<(i64, String)> {
    let text = "UPDATE audit_head SET last_seq = last_seq + $1 WHERE id = 1 RETURNING last_seq, last_hash";
    Ok(match conn {
        Conn::Sqlite(t) => sqlx::query_as(text).bind(count).fetch_one(&mut **t).await?,
        Conn::Postgres(t) => sqlx::query_as(text).bind(count).fetch_one(&mut **t).await?,
    })
}

async fn set_head(conn: &mut Conn, hash: &str) -> Result<()> {
    on!(Over { conn }, |c| sqlx::query("UPDATE audit_head SET last_hash = $1 WHERE id = 1").bind(hash).execute(c))?;
    Ok(())
}

async fn insert(conn: &mut Conn, row: &Row) -> Result<()> {
    let over = Over { conn };
    on!(over, |c| {
        sqlx::query("INSERT INTO audit_entry (seq, at, actor, deed, subject_kind, subject_id, because, detail_digest, hash) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)")
        .bind(row.seq).bind(row.at).bind(&row.actor).bind(row.noted.deed).bind(row.noted.subject_kind)
        .bind(&row.noted.subject_id).bind(&row.noted.because).bind(&row.detail_digest).bind(&row.hash).execute(c)
    })?;
    if let Some(words) = &row.noted.words {
        on!(over, |c| sqlx::query("INSERT INTO audit_detail (seq, salt, words) VALUES ($1,$2,$3)")
            .bind(row.seq)
            .bind(&row.salt)
            .bind(words)
            .execute(c))?;
    }
    Ok(())
}
