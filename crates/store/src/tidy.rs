//! What has ended and has no use any more. Nothing of a record is ever thrown away here.

use jiff::SignedDuration;

use crate::{At, Result, Tx, audit::Noted, run};

/// Throws it away; says how many rows went.
pub async fn away(tx: &mut Tx) -> Result<u64> {
    let now = tx.act().at();
    let ago = |hours: i64| At::cut(now.0 - SignedDuration::from_hours(hours));
    let (a_day, a_week) = (ago(24), ago(24 * 7));
    let mut gone = run!(tx, sqlx::query("DELETE FROM session WHERE ends_at < $1").bind(a_day))?;
    gone += run!(tx, sqlx::query("DELETE FROM one_time_link WHERE ends_at < $1").bind(a_week))?;
    gone += run!(tx, sqlx::query("DELETE FROM guess WHERE last_at < $1").bind(ago(48)))?;
    gone += run!(tx, sqlx::query("DELETE FROM held_form WHERE held_at < $1").bind(a_week))?;
    gone += run!(tx, sqlx::query("DELETE FROM form_sent WHERE sent_at < $1").bind(a_week))?;
    gone += run!(tx, sqlx::query("DELETE FROM known_device WHERE last_at < $1").bind(ago(24 * 180)))?;
    tx.note(Noted::new("tidy", "session", gone));
    Ok(gone)
}
