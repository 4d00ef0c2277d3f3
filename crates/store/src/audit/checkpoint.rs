//! Signed checkpoints: the chain's length and head, signed, and given to others to keep.
//!
//! A chain alone cannot show that its tail was cut off, or that all of it was written anew; a checkpoint that
//! someone else holds can. Each is one line: `keyworker-audit 1 SEQ HASH TIME SIGNATURE`.

use std::fmt;

use ed25519_dalek::{Signature, Signer as _, SigningKey, Verifier, VerifyingKey};

use super::chain::hex;
use crate::{
    At, Db,
    error::{Error, Result},
};

pub struct Signer {
    key: SigningKey,
}

impl Signer {
    pub fn from_seed(seed: [u8; 32]) -> Self {
        Self { key: SigningKey::from_bytes(&seed) }
    }

    /// A fresh key's seed, for the operator's file.
    pub fn fresh_seed() -> Result<[u8; 32]> {
        let mut seed = [0; 32];
        getrandom::fill(&mut seed).map_err(|_| Error::Corrupt("the machine gives no randomness".into()))?;
        Ok(seed)
    }

    fn sign(&self, body: &str) -> String {
        hex(&self.key.sign(body.as_bytes()).to_bytes())
    }

    pub fn public(&self) -> VerifyingKey {
        self.key.verifying_key()
    }
}

#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Checkpoint {
    pub seq: i64,
    pub hash: String,
    pub at: At,
    pub signature: String,
}

impl Checkpoint {
    fn body(seq: i64, hash: &str, at: At) -> String {
        format!("keyworker-audit 1 {seq} {hash} {at}")
    }

    /// The key of an installation, as its `audit.pub` holds it.
    pub fn key_from_hex(text: &str) -> Option<VerifyingKey> {
        VerifyingKey::from_bytes(&unhex(text.trim())?.try_into().ok()?).ok()
    }

    pub fn is_signed_by(&self, key: &VerifyingKey) -> bool {
        let Some(bytes) = unhex(&self.signature) else { return false };
        let Ok(signature) = Signature::from_slice(&bytes) else { return false };
        key.verify(Self::body(self.seq, &self.hash, self.at).as_bytes(), &signature).is_ok()
    }

    /// Reads a line as [`fmt::Display`] writes it.
    pub fn from_line(line: &str) -> Option<Self> {
        let parts: Vec<&str> = line.split_whitespace().collect();
        let ["keyworker-audit", "1", seq, hash, at, signature] = parts[..] else { return None };
        Some(Self { seq: seq.parse().ok()?, hash: hash.into(), at: At(at.parse().ok()?), signature: signature.into() })
    }
}

impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", Self::body(self.seq, &self.hash, self.at), self.signature)
    }
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.is_ascii() {
        return None;
    }
    (0..text.len()).step_by(2).map(|i| u8::from_str_radix(&text[i..i + 2], 16).ok()).collect()
}

/// Signs the head if it has moved since the last checkpoint; the caller hands the line to whoever keeps it outside.
pub async fn checkpoint(db: &Db, signer: &Signer, now: jiff::Timestamp) -> Result<Option<Checkpoint>> {
    let mut conn = db.pools().begin_write().await?;
    let head =
        "SELECT last_seq, last_hash FROM audit_head WHERE id = 1 AND last_seq > (SELECT COALESCE(MAX(seq), 0) FROM audit_checkpoint)";
    let found: Option<(i64, String)> = match &mut conn {
        crate::Conn::Sqlite(t) => sqlx::query_as(head).fetch_optional(&mut **t).await?,
        crate::Conn::Postgres(t) => sqlx::query_as(head).fetch_optional(&mut **t).await?,
    };
    let Some((seq, hash)) = found else { return Ok(None) };
    let at = At::cut(now);
    let signature = signer.sign(&Checkpoint::body(seq, &hash, at));
    let made = Checkpoint { seq, hash, at, signature };
    let insert = "INSERT INTO audit_checkpoint (seq, hash, at, signature) VALUES ($1,$2,$3,$4) ON CONFLICT DO NOTHING";
    let new = match &mut conn {
        crate::Conn::Sqlite(t) => {
            sqlx::query(insert).bind(made.seq).bind(&made.hash).bind(made.at).bind(&made.signature).execute(&mut **t).await?.rows_affected()
        }
        crate::Conn::Postgres(t) => {
            sqlx::query(insert).bind(made.seq).bind(&made.hash).bind(made.at).bind(&made.signature).execute(&mut **t).await?.rows_affected()
        }
    };
    conn.commit().await?;
    Ok((new == 1).then_some(made))
}

/// How many entries stand behind the last checkpoint.
pub async fn unsigned(db: &Db) -> Result<i64> {
    let mut conn = db.snapshot().await?;
    let text = "SELECT last_seq - (SELECT COALESCE(MAX(seq), 0) FROM audit_checkpoint) FROM audit_head WHERE id = 1";
    let found: Option<(i64,)> = match &mut conn {
        crate::Conn::Sqlite(t) => sqlx::query_as(text).fetch_optional(&mut **t).await?,
        crate::Conn::Postgres(t) => sqlx::query_as(text).fetch_optional(&mut **t).await?,
    };
    Ok(found.map_or(0, |(n,)| n))
}

/// Whether the chain still holds what a checkpoint, kept outside, says of it: false after an older copy was put back.
pub async fn holds(db: &Db, point: &Checkpoint) -> Result<bool> {
    let mut conn = db.snapshot().await?;
    let text = "SELECT hash FROM audit_entry WHERE seq = $1";
    let found: Option<(String,)> = match &mut conn {
        crate::Conn::Sqlite(t) => sqlx::query_as(text).bind(point.seq).fetch_optional(&mut **t).await?,
        crate::Conn::Postgres(t) => sqlx::query_as(text).bind(point.seq).fetch_optional(&mut **t).await?,
    };
    Ok(found.is_some_and(|(hash,)| hash == point.hash))
}

/// All checkpoints in the database, oldest first.
pub(super) async fn all(conn: &mut crate::Conn) -> Result<Vec<Checkpoint>> {
    let text = "SELECT seq, hash, at, signature FROM audit_checkpoint ORDER BY seq";
    Ok(match conn {
        crate::Conn::Sqlite(t) => sqlx::query_as(text).fetch_all(&mut **t).await?,
        crate::Conn::Postgres(t) => sqlx::query_as(text).fetch_all(&mut **t).await?,
    })
}
