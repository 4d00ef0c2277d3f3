//! "Did this help?" – asked of everyone who is answered, by a link that is known by its digest alone. The answer is
//! counted from the first day; it stands beside the enquiry and changes nothing in it.

use care::front_door::Helped;
use jiff::SignedDuration;

use crate::{
    At, Error, Result, Tx,
    audit::Noted,
    id::{EnquiryId, fresh},
    run,
    sessions::digest,
    sql,
};

/// So many days the question stays open.
const OPEN_DAYS: i64 = 60;

/// Makes the question and returns the token for its link. Asked once for each message that goes out.
pub async fn ask(tx: &mut Tx, enquiry: &EnquiryId) -> Result<String> {
    let (token, now) = (format!("{}{}", &fresh()[12..], &fresh()[12..]), tx.act().at());
    let ends = At::cut(now.0.saturating_add(SignedDuration::from_hours(24 * OPEN_DAYS)).unwrap_or(now.0));
    run!(
        tx,
        sqlx::query("INSERT INTO enquiry_answer (id, enquiry_id, token_hash, asked_at, ends_at, words) VALUES ($1,$2,$3,$4,$5,'')")
            .bind(fresh())
            .bind(enquiry)
            .bind(digest(&token))
            .bind(now)
            .bind(ends)
    )?;
    tx.note(Noted::new("helped.ask", "enquiry", enquiry));
    Ok(token)
}

/// Whether a link can still be answered. The three ways of not being so are one to whoever asks.
pub async fn is_open(tx: &mut Tx, token: &str) -> Result<()> {
    let now = tx.act().at();
    let found: Option<(String,)> =
        sql!(tx, |c| sqlx::query_as("SELECT id FROM enquiry_answer WHERE token_hash = $1 AND ends_at > $2 AND answered_at IS NULL")
            .bind(digest(token))
            .bind(now)
            .fetch_optional(c))?;
    found.map(|_| ()).ok_or(Error::NotFound)
}

/// Keeps the answer; a second one is not taken.
pub async fn answer(tx: &mut Tx, token: &str, helped: Helped, words: &str) -> Result<()> {
    let now = tx.act().at();
    let found: Option<(String, EnquiryId)> =
        sql!(tx, |c| sqlx::query_as("SELECT id, enquiry_id FROM enquiry_answer WHERE token_hash = $1")
            .bind(digest(token))
            .fetch_optional(c))?;
    let Some((id, enquiry)) = found else { return Err(Error::NotFound) };
    let n = run!(
        tx,
        sqlx::query(
            "UPDATE enquiry_answer SET helped = $1, words = $2, answered_at = $3 WHERE id = $4 AND answered_at IS NULL AND ends_at > $3"
        )
        .bind(helped.code())
        .bind(words)
        .bind(now)
        .bind(&id)
    )?;
    if n == 0 {
        return Err(Error::NotFound);
    }
    tx.note(Noted::new("helped.answer", "enquiry", &enquiry).because(helped.code()).words(words));
    Ok(())
}

#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct Said {
    pub helped: String,
    pub words: String,
    pub answered_at: At,
}

/// What was answered, for the enquiry's page.
pub async fn said(tx: &mut Tx, opened: &super::Opened) -> Result<Vec<Said>> {
    Ok(sql!(tx, |c| sqlx::query_as(
        "SELECT helped, words, answered_at FROM enquiry_answer WHERE enquiry_id = $1 AND answered_at IS NOT NULL ORDER BY answered_at, id"
    )
    .bind(opened.id())
    .fetch_all(c))?)
}
