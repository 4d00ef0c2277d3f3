//! The second step: a secret shared with the worker's authenticator app. It is sealed before it comes here.

use crate::{Error, Result, Tx, audit::Noted, id::WorkerId, run};

/// Keeps a sealed secret that the worker is about to set up; it counts once they have given a code from it.
pub async fn begin_second_step(tx: &mut Tx, worker: &WorkerId, sealed: &str) -> Result<()> {
    run!(tx, sqlx::query("UPDATE account SET totp_pending = $1 WHERE worker_id = $2").bind(sealed).bind(worker))?;
    tx.note(Noted::new("account.second_step_begun", "worker", worker));
    Ok(())
}

/// The worker has given a code from the pending secret: from now on it is asked for.
pub async fn confirm_second_step(tx: &mut Tx, worker: &WorkerId, step: i64) -> Result<()> {
    let now = tx.act().at();
    let changed = run!(tx, sqlx::query("UPDATE account SET totp_secret = totp_pending, totp_pending = NULL, totp_last_step = $1, second_step_set_at = $2, version = version + 1
        WHERE worker_id = $3 AND totp_pending IS NOT NULL").bind(step).bind(now).bind(worker))?;
    if changed == 0 {
        return Err(Error::Stale);
    }
    tx.note(Noted::new("account.second_step_set", "worker", worker));
    Ok(())
}

/// Uses a code's step up: false when it, or a later one, was used already.
pub async fn use_step(tx: &mut Tx, worker: &WorkerId, step: i64) -> Result<bool> {
    let used = run!(
        tx,
        sqlx::query("UPDATE account SET totp_last_step = $1 WHERE worker_id = $2 AND totp_last_step < $1").bind(step).bind(worker)
    )?;
    if used == 1 {
        tx.note(Noted::new("account.code_used", "worker", worker));
    }
    Ok(used == 1)
}

/// Takes the second step away, so that it is set up again at the next sign-in; recovery codes go with it.
pub async fn remove_second_step(tx: &mut Tx, worker: &WorkerId) -> Result<()> {
    run!(tx, sqlx::query("UPDATE account SET totp_secret = NULL, totp_pending = NULL, second_step_set_at = NULL, version = version + 1 WHERE worker_id = $1").bind(worker))?;
    run!(tx, sqlx::query("DELETE FROM recovery_code WHERE worker_id = $1").bind(worker))?;
    tx.note(Noted::new("account.second_step_removed", "worker", worker));
    Ok(())
}
