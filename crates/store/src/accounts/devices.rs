//! Devices from which a worker has signed in before, both steps. A guess from such a device is counted by the device
//! and not by the account's name, so that whoever guesses from elsewhere cannot keep the owner out.

use crate::{At, Result, Tx, id::WorkerId, run, sessions::digest, sql};

#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct Device {
    pub token_hash: String,
    pub worker_id: WorkerId,
    pub name: String,
    pub first_at: At,
    pub last_at: At,
}

/// The device of a cookie, if this worker has signed in from it.
pub async fn known_device(tx: &mut Tx, token: &str, worker: &WorkerId) -> Result<Option<Device>> {
    Ok(sql!(tx, |c| sqlx::query_as(
        "SELECT token_hash, worker_id, name, first_at, last_at FROM known_device WHERE token_hash = $1 AND worker_id = $2"
    )
    .bind(digest(token))
    .bind(worker)
    .fetch_optional(c))?)
}

/// Remembers the device of a full sign-in; answers with a fresh token for its cookie.
pub async fn remember_device(tx: &mut Tx, worker: &WorkerId, name: &str, old_token: Option<&str>) -> Result<String> {
    let (token, now) = (crate::sessions::secret()?, tx.act().at());
    if let Some(old) = old_token {
        run!(tx, sqlx::query("DELETE FROM known_device WHERE token_hash = $1 AND worker_id = $2").bind(digest(old)).bind(worker))?;
    }
    run!(
        tx,
        sqlx::query("INSERT INTO known_device (token_hash, worker_id, name, first_at, last_at) VALUES ($1,$2,$3,$4,$4)")
            .bind(digest(&token))
            .bind(worker)
            .bind(name)
            .bind(now)
    )?;
    Ok(token)
}

/// Forgets every device of a worker: after a change of password or second step.
pub async fn forget_devices(tx: &mut Tx, worker: &WorkerId) -> Result<u64> {
    Ok(run!(tx, sqlx::query("DELETE FROM known_device WHERE worker_id = $1").bind(worker))?)
}
