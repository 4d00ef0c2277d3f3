//! One-time links, made by an administrator or a command: they let their holder choose a password, once, for a few
//! minutes. They do not bypass the second step.

use care::access::Deed;
use jiff::SignedDuration;

use crate::{
    At, Error, Result, Tx,
    audit::Noted,
    id::WorkerId,
    rights, run,
    sessions::{digest, secret},
    sql,
};

/// How long a link lasts.
pub const LASTS: SignedDuration = SignedDuration::from_mins(15);

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkPurpose {
    /// The first password of a new account.
    FirstPassword,
    /// A new password in place of a forgotten one.
    NewPassword,
}

impl LinkPurpose {
    pub fn code(self) -> &'static str {
        match self {
            LinkPurpose::FirstPassword => "first_password",
            LinkPurpose::NewPassword => "new_password",
        }
    }
}

/// A link that may still be used.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Link {
    pub worker_id: WorkerId,
    pub username: String,
    pub given_name: String,
    pub surname: String,
    pub ends_at: At,
}

/// Makes a link and ends the worker's earlier ones. Answers with its secret, which is stored nowhere.
pub async fn make_link(tx: &mut Tx, worker: &WorkerId, purpose: LinkPurpose) -> Result<String> {
    let (token, now, by) = (secret()?, tx.act().at(), tx.act().worker().to_string());
    let ends = At::cut(now.0 + LASTS);
    run!(
        tx,
        sqlx::query("UPDATE one_time_link SET ends_at = $1 WHERE worker_id = $2 AND used_at IS NULL AND ends_at > $1")
            .bind(now)
            .bind(worker)
    )?;
    run!(
        tx,
        sqlx::query("INSERT INTO one_time_link (token_hash, worker_id, purpose, made_by, ends_at) VALUES ($1,$2,$3,$4,$5)")
            .bind(digest(&token))
            .bind(worker)
            .bind(purpose.code())
            .bind(by)
            .bind(ends)
    )?;
    tx.note(Noted::new("account.link_made", "worker", worker).because(purpose.code()));
    Ok(token)
}

/// A link that an administrator makes: for a first password where there is none yet.
pub async fn make_link_for(tx: &mut Tx, worker: &WorkerId) -> Result<String> {
    rights::require(tx, Deed::ManageAccounts).await?;
    let account = super::of_worker(tx, worker).await?.ok_or(Error::NotFound)?;
    let purpose = if account.password_hash.is_some() { LinkPurpose::NewPassword } else { LinkPurpose::FirstPassword };
    make_link(tx, worker, purpose).await
}

/// The link of a secret, if it may still be used.
pub async fn link(tx: &mut Tx, token: &str) -> Result<Option<Link>> {
    let now = tx.act().at();
    Ok(sql!(tx, |c| sqlx::query_as(
        "SELECT l.worker_id, a.username, w.given_name, w.surname, l.ends_at FROM one_time_link l
        JOIN account a ON a.worker_id = l.worker_id JOIN worker w ON w.id = l.worker_id
        WHERE l.token_hash = $1 AND l.used_at IS NULL AND l.ends_at > $2 AND a.disabled_at IS NULL"
    )
    .bind(digest(token))
    .bind(now)
    .fetch_optional(c))?)
}

/// Uses a link up. Of two at once, one finds it gone.
pub async fn use_link(tx: &mut Tx, token: &str) -> Result<()> {
    let now = tx.act().at();
    let used = run!(
        tx,
        sqlx::query("UPDATE one_time_link SET used_at = $1 WHERE token_hash = $2 AND used_at IS NULL AND ends_at > $1")
            .bind(now)
            .bind(digest(token))
    )?;
    if used == 0 { Err(Error::NotFound) } else { Ok(()) }
}
