//! What was done with an enquiry, by whom and when. Steps are added, never changed.

use crate::{At, Result, Tx, audit::Noted, id::EnquiryId, id::fresh, run, sql};

#[derive(Debug, Clone, PartialEq, sqlx::FromRow, serde::Serialize)]
pub struct Step {
    pub id: String,
    pub step: String,
    pub words: String,
    pub facts: String,
    pub taken_by: String,
    pub worker: Option<String>,
    pub taken_at: At,
}

/// The whole history of an opened enquiry, newest first.
pub async fn steps(tx: &mut Tx, opened: &super::Opened) -> Result<Vec<Step>> {
    Ok(sql!(tx, |c| sqlx::query_as(
        "SELECT s.id, s.step, s.words, s.facts, s.taken_by, w.given_name || ' ' || w.surname AS worker, s.taken_at
         FROM enquiry_step s LEFT JOIN worker w ON w.id = s.taken_by WHERE s.enquiry_id = $1 ORDER BY s.taken_at DESC, s.id DESC"
    )
    .bind(opened.id())
    .fetch_all(c))?)
}

/// Writes a step into the history and the audit. The words may be personal; facts are JSON.
pub(super) async fn add(tx: &mut Tx, enquiry: &EnquiryId, step: &'static str, words: &str, facts: &str) -> Result<()> {
    let (now, me) = (tx.act().at(), tx.act().worker().clone());
    run!(
        tx,
        sqlx::query("INSERT INTO enquiry_step (id, enquiry_id, step, words, facts, taken_by, taken_at) VALUES ($1,$2,$3,$4,$5,$6,$7)")
            .bind(fresh())
            .bind(enquiry)
            .bind(step)
            .bind(words)
            .bind(facts)
            .bind(me.as_str())
            .bind(now)
    )?;
    tx.note(Noted::new("enquiry.step", "enquiry", enquiry).because(step).words(words));
    Ok(())
}
