//! A form sent twice is done once: each page's token is remembered with where its first sending led.

use crate::{Result, Tx, run, sql};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Once {
    /// This is the first sending: do it, and say with [`led_to`] where it led.
    First,
    /// It was done already; this is where it led.
    Again(String),
}

/// Asks whether a form with this token was done already. Two at once wait for each other: the second sees the first's end.
pub async fn once(tx: &mut Tx, token: &str) -> Result<Once> {
    if token.is_empty() {
        return Ok(Once::First);
    }
    let (me, now) = (tx.act().worker().clone(), tx.act().at());
    let new = run!(
        tx,
        sqlx::query("INSERT INTO form_sent (token, worker_id, led_to, sent_at) VALUES ($1,$2,'',$3) ON CONFLICT (token) DO NOTHING")
            .bind(token)
            .bind(&me)
            .bind(now)
    )?;
    if new == 1 {
        return Ok(Once::First);
    }
    let found: Option<(String,)> = sql!(tx, |c| sqlx::query_as("SELECT led_to FROM form_sent WHERE token = $1 AND worker_id = $2")
        .bind(token)
        .bind(&me)
        .fetch_optional(c))?;
    Ok(found.map_or(Once::First, |(led_to,)| Once::Again(led_to)))
}

/// Remembers where the form led, in the same transaction as what it did.
pub async fn led_to(tx: &mut Tx, token: &str, address: &str) -> Result<()> {
    run!(tx, sqlx::query("UPDATE form_sent SET led_to = $1 WHERE token = $2").bind(address).bind(token))?;
    Ok(())
}
