//! Accounts: how a worker proves who they are. Passwords arrive here already hashed.

use jiff::Timestamp;

use crate::{At, Result, Tx, audit::Noted, id::WorkerId, run, sessions::digest, sql};

#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Account {
    pub worker_id: WorkerId,
    pub username: String,
    pub password_hash: Option<String>,
    /// The second step's secret, sealed by the web with the installation's key.
    pub totp_secret: Option<String>,
    pub totp_last_step: i64,
    pub disabled_at: Option<At>,
    pub password_set_at: Option<At>,
    pub preferences: String,
    pub version: i64,
}

/// The account of a user name, whatever its case; nothing about the worker is shown by it.
pub async fn by_username(tx: &mut Tx, username: &str) -> Result<Option<Account>> {
    Ok(sql!(tx, |c| {
        sqlx::query_as("SELECT worker_id, username, password_hash, totp_secret, totp_last_step, disabled_at, password_set_at, preferences, version FROM account WHERE username = $1")
        .bind(username.trim().to_lowercase()).fetch_optional(c)
    })?)
}

pub async fn of_worker(tx: &mut Tx, worker: &WorkerId) -> Result<Option<Account>> {
    Ok(sql!(tx, |c| {
        sqlx::query_as("SELECT worker_id, username, password_hash, totp_secret, totp_last_step, disabled_at, password_set_at, preferences, version FROM account WHERE worker_id = $1")
        .bind(worker).fetch_optional(c)
    })?)
}

/// Opens an account for a worker. The password may come later, by a one-time link.
pub async fn open(tx: &mut Tx, worker: &WorkerId, username: &str, password_hash: Option<&str>) -> Result<()> {
    let set_at = password_hash.map(|_| tx.act().at());
    run!(tx, sqlx::query("INSERT INTO account (worker_id, username, password_hash, totp_last_step, password_set_at, preferences, version) VALUES ($1,$2,$3,0,$4,'{}',1)")
        .bind(worker).bind(username.trim().to_lowercase()).bind(password_hash).bind(set_at))?;
    tx.note(Noted::new("account.open", "worker", worker));
    Ok(())
}

/// How often in a row a key (an account's name, an address) guessed wrong, and when last.
pub async fn guesses(tx: &mut Tx, key: &str) -> Result<(i64, Option<Timestamp>)> {
    let found: Option<(i64, At)> =
        sql!(tx, |c| sqlx::query_as("SELECT failures, last_at FROM guess WHERE key_hash = $1").bind(digest(key)).fetch_optional(c))?;
    Ok(found.map_or((0, None), |(n, at)| (n, Some(at.0))))
}

pub async fn guessed_wrong(tx: &mut Tx, key: &str) -> Result<()> {
    let now = tx.act().at();
    run!(tx, sqlx::query("INSERT INTO guess (key_hash, failures, last_at) VALUES ($1, 1, $2) ON CONFLICT (key_hash) DO UPDATE SET failures = guess.failures + 1, last_at = $2")
        .bind(digest(key)).bind(now))?;
    tx.note(Noted::new("sign_in.refused", "account", digest(key)));
    Ok(())
}

pub async fn guessed_right(tx: &mut Tx, key: &str) -> Result<()> {
    run!(tx, sqlx::query("DELETE FROM guess WHERE key_hash = $1").bind(digest(key)))?;
    Ok(())
}
