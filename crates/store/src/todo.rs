//! What a worker has to do: the counts in the head of every page. Each counts exactly the rows of the list behind it.

use crate::{Result, Tx, sql, workers::Standing};

#[derive(Debug, Clone)]
pub struct Todo {
    pub label: String,
    pub count: i64,
    pub href: String,
    /// Whether a count above nought is shown in red.
    pub urgent: bool,
}

pub async fn counts(tx: &mut Tx, standing: &Standing) -> Result<Vec<Todo>> {
    let worker = &standing.worker.id;
    let (drafts,): (i64,) = sql!(tx, |c| sqlx::query_as("SELECT COUNT(*) FROM draft WHERE worker_id = $1").bind(worker).fetch_one(c))?;
    let (unread,): (i64,) =
        sql!(tx, |c| sqlx::query_as("SELECT COUNT(*) FROM notice WHERE to_worker_id = $1 AND read_at IS NULL").bind(worker).fetch_one(c))?;
    let item = |label: &str, count, href: &str| Todo { label: label.into(), count, href: href.into(), urgent: false };
    Ok(vec![item("Unread", unread, "/notices"), item("Drafts", drafts, "/drafts")])
}
