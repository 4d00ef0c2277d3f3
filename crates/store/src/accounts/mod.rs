//! Accounts: how a worker proves who they are. Passwords arrive here already hashed, second-step secrets already
//! sealed; what is compared with a guess is a digest.

mod devices;
mod guesses;
mod links;
mod recovery;
mod second_step;
mod shown;

pub use devices::{Device, forget_devices, known_device, remember_device};
pub use guesses::{Patience, guessed_right, guessed_wrong, wait_in_seconds};
pub use links::{Link, LinkPurpose, link, make_link, make_link_for, use_link};
pub use recovery::{codes_left, renew_codes, use_code};
pub use second_step::{begin_second_step, confirm_second_step, remove_second_step, use_step};
pub use shown::{Shown, shown_for_demonstration};

use care::access::Deed;

use crate::{At, Day, Error, Result, Tx, audit::Noted, id::WorkerId, rights, run, sessions, sql};

#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Account {
    pub worker_id: WorkerId,
    pub username: String,
    pub password_hash: Option<String>,
    /// The second step's secret, sealed by the web with the installation's key.
    pub totp_secret: Option<String>,
    /// A secret that is shown to be set up, sealed likewise; it counts only once a code from it was given.
    pub totp_pending: Option<String>,
    pub totp_last_step: i64,
    pub second_step_set_at: Option<At>,
    pub disabled_at: Option<At>,
    pub password_set_at: Option<At>,
    pub last_day_on: Option<Day>,
    pub preferences: String,
    pub version: i64,
}

impl Account {
    /// Whether its worker may sign in on this day: not disabled, and not after their last working day.
    pub fn is_open(&self, today: jiff::civil::Date) -> bool {
        self.disabled_at.is_none() && self.last_day_on.is_none_or(|last| today <= last.0)
    }
}

/// The account of a user name, whatever its case; nothing about the worker is shown by it.
pub async fn by_username(tx: &mut Tx, username: &str) -> Result<Option<Account>> {
    Ok(sql!(tx, |c| {
        sqlx::query_as("SELECT a.worker_id, a.username, a.password_hash, a.totp_secret, a.totp_pending, a.totp_last_step, a.second_step_set_at, a.disabled_at, a.password_set_at, w.last_day_on, a.preferences, a.version
        FROM account a JOIN worker w ON w.id = a.worker_id WHERE a.username = $1")
        .bind(username.trim().to_lowercase()).fetch_optional(c)
    })?)
}

pub async fn of_worker(tx: &mut Tx, worker: &WorkerId) -> Result<Option<Account>> {
    Ok(sql!(tx, |c| {
        sqlx::query_as("SELECT a.worker_id, a.username, a.password_hash, a.totp_secret, a.totp_pending, a.totp_last_step, a.second_step_set_at, a.disabled_at, a.password_set_at, w.last_day_on, a.preferences, a.version
        FROM account a JOIN worker w ON w.id = a.worker_id WHERE a.worker_id = $1")
        .bind(worker).fetch_optional(c)
    })?)
}

/// How many accounts there are: none, on a fresh installation.
pub async fn count(tx: &mut Tx) -> Result<i64> {
    let (n,): (i64,) = sql!(tx, |c| sqlx::query_as("SELECT COUNT(*) FROM account").fetch_one(c))?;
    Ok(n)
}

/// Opens an account for a worker. The password may come later, by a one-time link.
pub async fn open(tx: &mut Tx, worker: &WorkerId, username: &str, password_hash: Option<&str>) -> Result<()> {
    let set_at = password_hash.map(|_| tx.act().at());
    run!(tx, sqlx::query("INSERT INTO account (worker_id, username, password_hash, totp_last_step, password_set_at, preferences, version) VALUES ($1,$2,$3,0,$4,'{}',1)")
        .bind(worker).bind(username.trim().to_lowercase()).bind(password_hash).bind(set_at))?;
    tx.note(Noted::new("account.open", "worker", worker));
    Ok(())
}

/// Sets a new password; the caller ends the sessions.
pub async fn set_password(tx: &mut Tx, worker: &WorkerId, hash: &str) -> Result<()> {
    let now = tx.act().at();
    run!(
        tx,
        sqlx::query("UPDATE account SET password_hash = $1, password_set_at = $2, version = version + 1 WHERE worker_id = $3")
            .bind(hash)
            .bind(now)
            .bind(worker)
    )?;
    tx.note(Noted::new("account.password_set", "worker", worker));
    Ok(())
}

/// Keeps the same password under the parameters of today.
pub async fn rehash(tx: &mut Tx, worker: &WorkerId, hash: &str) -> Result<()> {
    run!(tx, sqlx::query("UPDATE account SET password_hash = $1 WHERE worker_id = $2").bind(hash).bind(worker))?;
    tx.note(Noted::new("account.password_rehashed", "worker", worker));
    Ok(())
}

/// Shuts an account: its sessions end, its links end, and its next request is refused.
pub async fn disable(tx: &mut Tx, worker: &WorkerId) -> Result<()> {
    rights::require(tx, Deed::ManageAccounts).await?;
    if tx.act().worker() == worker {
        return Err(Error::refused("account", "You cannot shut your own account: ask another administrator"));
    }
    let now = tx.act().at();
    run!(
        tx,
        sqlx::query("UPDATE account SET disabled_at = $1, version = version + 1 WHERE worker_id = $2 AND disabled_at IS NULL")
            .bind(now)
            .bind(worker)
    )?;
    sessions::end_all(tx, worker).await?;
    forget_devices(tx, worker).await?;
    tx.note(Noted::new("account.disable", "worker", worker));
    Ok(())
}

/// Opens a shut account again.
pub async fn enable(tx: &mut Tx, worker: &WorkerId) -> Result<()> {
    rights::require(tx, Deed::ManageAccounts).await?;
    run!(tx, sqlx::query("UPDATE account SET disabled_at = NULL, version = version + 1 WHERE worker_id = $1").bind(worker))?;
    tx.note(Noted::new("account.enable", "worker", worker));
    Ok(())
}
