//! A form that was sent after its session had ended: kept for its sender alone until they have signed in again and sent
//! it, or thrown it away. What its address is for is judged when it is sent, not here.

use jiff::SignedDuration;

use crate::{
    At, Error, Result, Tx,
    audit::Noted,
    id::{WorkerId, fresh},
    run,
    sessions::digest,
    sql,
};

/// How long after its end a session still says whose a form is.
const AFTER_THE_END: SignedDuration = SignedDuration::from_hours(24);

#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Held {
    pub id: String,
    pub path: String,
    pub fields: String,
    pub held_at: At,
}

impl Held {
    /// What was typed, field by field, in the order of the form.
    pub fn typed(&self) -> Vec<(String, String)> {
        serde_json::from_str(&self.fields).unwrap_or_default()
    }
}

/// Whose a session was that has ended by itself, and the token of its forms.
pub async fn ended(tx: &mut Tx, session_id: &str) -> Result<Option<(WorkerId, String)>> {
    let since = At::cut(tx.act().at().0 - AFTER_THE_END);
    Ok(sql!(tx, |c| sqlx::query_as(
        "SELECT s.worker_id, s.csrf FROM session s JOIN account a ON a.worker_id = s.worker_id
        WHERE s.id_hash = $1 AND s.stage = 'full' AND s.seen_at > $2 AND a.disabled_at IS NULL"
    )
    .bind(digest(session_id))
    .bind(since)
    .fetch_optional(c))?)
}

/// Keeps a form for its sender and answers with its id.
pub async fn hold(tx: &mut Tx, worker: &WorkerId, path: &str, typed: &[(String, String)]) -> Result<String> {
    let (id, now, fields) = (fresh(), tx.act().at(), serde_json::to_string(typed)?);
    run!(
        tx,
        sqlx::query("INSERT INTO held_form (id, worker_id, path, fields, held_at) VALUES ($1,$2,$3,$4,$5)")
            .bind(&id)
            .bind(worker)
            .bind(path)
            .bind(fields)
            .bind(now)
    )?;
    tx.note(Noted::new("form.held", "worker", worker));
    Ok(id)
}

/// One's own held form.
pub async fn held(tx: &mut Tx, id: &str) -> Result<Held> {
    let me = tx.act().worker().clone();
    Ok(sql!(tx, |c| sqlx::query_as("SELECT id, path, fields, held_at FROM held_form WHERE id = $1 AND worker_id = $2")
        .bind(id)
        .bind(&me)
        .fetch_one(c))?)
}

/// Throws one's own held form away: it was sent, or is not wanted.
pub async fn let_go(tx: &mut Tx, id: &str) -> Result<()> {
    let me = tx.act().worker().clone();
    let n = run!(tx, sqlx::query("DELETE FROM held_form WHERE id = $1 AND worker_id = $2").bind(id).bind(&me))?;
    tx.note(Noted::new("form.let_go", "worker", &me));
    if n == 0 { Err(Error::NotFound) } else { Ok(()) }
}
