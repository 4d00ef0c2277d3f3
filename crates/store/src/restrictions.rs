//! Restricted and hidden records: their guardian, and what the guardian is told.

use crate::{
    Error, Result, Tx,
    audit::Noted,
    id::{NoticeId, PersonId, WorkerId},
    run, sql,
};

/// Tells the guardian of a hidden record that someone came upon it. The words name nobody: the notice leads to the audit.
pub async fn alert_guardian(tx: &mut Tx, person: &PersonId) -> Result<()> {
    let found: Option<(WorkerId,)> =
        sql!(tx, |c| sqlx::query_as("SELECT guardian_id FROM restriction WHERE person_id = $1").bind(person).fetch_optional(c))?;
    let Some((guardian,)) = found else { return Err(Error::NotFound) };
    let (now, who) = (tx.act().at(), tx.act().worker().to_string());
    run!(tx, sqlx::query("INSERT INTO notice (id, to_worker_id, kind, person_id, subject_kind, subject_id, words, must_acknowledge, created_at) VALUES ($1,$2,'hidden_record_touched',$3,'worker',$4,$5,$6,$7)")
        .bind(NoticeId::new()).bind(&guardian).bind(person).bind(&who)
        .bind("A hidden record of which you are the guardian matched a search or an address that someone opened. They were shown nothing.").bind(true).bind(now))?;
    tx.note(Noted::new("guardian.alert", "person", person));
    Ok(())
}
