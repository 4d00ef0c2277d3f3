//! What is being typed, before it is sent: kept as one types, listed until it is sent, and never lost to a second tab.
//!
//! A draft belongs to one worker, one form and one subject. Two tabs on the same form make two drafts, so that neither
//! overwrites the other; sending the form clears the one it came from.

use crate::{At, Error, Result, Tx, audit::Noted, id::DraftId, run, sql};

#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct Draft {
    pub id: DraftId,
    pub form: String,
    pub subject_id: String,
    pub fields: String,
    pub version: i64,
    pub saved_at: At,
}

impl Draft {
    /// What was typed, field by field, in the order of the form.
    pub fn typed(&self) -> Vec<(String, String)> {
        serde_json::from_str(&self.fields).unwrap_or_default()
    }
}

/// Which draft a form was opened from: none yet, or one at a version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum From {
    Fresh,
    Draft(DraftId, i64),
}

/// A draft as it was kept, and whether another stands beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub id: DraftId,
    pub version: i64,
    pub saved_at: At,
    pub beside_another: bool,
}

/// Keeps what was typed. Another tab's words are never written over: this one's are then kept beside them.
pub async fn keep(tx: &mut Tx, form: &str, subject: &str, from: &From, typed: &[(String, String)]) -> Result<Kept> {
    let (fields, now) = (serde_json::to_string(typed)?, tx.act().at());
    if let From::Draft(id, version) = from {
        let me = tx.act().worker().clone();
        let n = run!(
            tx,
            sqlx::query("UPDATE draft SET fields = $1, version = version + 1, saved_at = $2 WHERE id = $3 AND version = $4 AND worker_id = $5 AND form = $6 AND subject_id = $7")
                .bind(&fields)
                .bind(now)
                .bind(id)
                .bind(version)
                .bind(&me)
                .bind(form)
                .bind(subject)
        )?;
        if n == 1 {
            tx.note(Noted::new("draft.keep", "draft", id));
            return Ok(Kept { id: id.clone(), version: version + 1, saved_at: now, beside_another: false });
        }
    }
    let others = of(tx, form, subject).await?;
    if let Some(same) = others.iter().find(|d| d.fields == fields) {
        tx.note(Noted::new("draft.keep", "draft", &same.id));
        return Ok(Kept { id: same.id.clone(), version: same.version, saved_at: same.saved_at, beside_another: others.len() > 1 });
    }
    insert(tx, form, subject, &fields, !others.is_empty()).await
}

async fn insert(tx: &mut Tx, form: &str, subject: &str, fields: &str, beside_another: bool) -> Result<Kept> {
    let (id, now, me) = (DraftId::new(), tx.act().at(), tx.act().worker().clone());
    run!(
        tx,
        sqlx::query("INSERT INTO draft (id, worker_id, form, subject_id, tab, label, href, fields, version, saved_at) VALUES ($1,$2,$3,$4,$1,'','',$5,1,$6)")
            .bind(&id)
            .bind(&me)
            .bind(form)
            .bind(subject)
            .bind(fields)
            .bind(now)
    )?;
    tx.note(Noted::new("draft.keep", "draft", &id));
    Ok(Kept { id, version: 1, saved_at: now, beside_another })
}

/// The worker's own drafts of one form about one subject, newest first.
pub async fn of(tx: &mut Tx, form: &str, subject: &str) -> Result<Vec<Draft>> {
    let me = tx.act().worker().clone();
    Ok(sql!(tx, |c| {
        sqlx::query_as(
        "SELECT id, form, subject_id, fields, version, saved_at FROM draft WHERE worker_id = $1 AND form = $2 AND subject_id = $3 ORDER BY saved_at DESC, id DESC"
    )
    .bind(&me)
    .bind(form)
    .bind(subject)
    .fetch_all(c)
    })?)
}

/// All of the worker's own drafts, newest first.
pub async fn mine(tx: &mut Tx) -> Result<Vec<Draft>> {
    let me = tx.act().worker().clone();
    Ok(sql!(tx, |c| sqlx::query_as(
        "SELECT id, form, subject_id, fields, version, saved_at FROM draft WHERE worker_id = $1 ORDER BY saved_at DESC, id DESC"
    )
    .bind(&me)
    .fetch_all(c))?)
}

/// One of the worker's own drafts.
pub async fn one(tx: &mut Tx, id: &DraftId) -> Result<Draft> {
    mine(tx).await?.into_iter().find(|d| d.id == *id).ok_or(Error::NotFound)
}

/// The form was sent: its draft has done its work. Another tab's draft stays, because its words were not sent.
pub async fn clear(tx: &mut Tx, form: &str, subject: &str, from: &From) -> Result<()> {
    let From::Draft(id, _) = from else { return Ok(()) };
    let me = tx.act().worker().clone();
    run!(
        tx,
        sqlx::query("DELETE FROM draft WHERE id = $1 AND worker_id = $2 AND form = $3 AND subject_id = $4")
            .bind(id)
            .bind(&me)
            .bind(form)
            .bind(subject)
    )?;
    Ok(())
}

/// Throws a draft away because its owner says so.
pub async fn discard(tx: &mut Tx, id: &DraftId) -> Result<()> {
    let me = tx.act().worker().clone();
    let n = run!(tx, sqlx::query("DELETE FROM draft WHERE id = $1 AND worker_id = $2").bind(id).bind(&me))?;
    if n == 0 {
        return Err(Error::NotFound);
    }
    tx.note(Noted::new("draft.discard", "draft", id));
    Ok(())
}
