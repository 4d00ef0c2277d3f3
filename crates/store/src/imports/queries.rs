//! What stands on a record as "queried": it came with a file, was kept as it came, and somebody should look at it.

use sqlx::FromRow;

use crate::{At, Result, Tx, people::Opened, sql};

/// One query: a census rule that a fact breaks, a cell that cannot be right, a record that says otherwise.
#[derive(Debug, Clone, FromRow, serde::Serialize)]
pub struct Query {
    pub id: String,
    /// The number of the census rule, or the sort of oddity.
    pub code: String,
    pub message: String,
    pub value: String,
    pub file_name: String,
    pub line: i64,
    pub noted_at: At,
}

/// The open queries of an opened person, the latest first, each said once.
pub async fn queries(tx: &mut Tx, opened: &Opened) -> Result<Vec<Query>> {
    let mut rows: Vec<Query> = sql!(tx, |c| {
        sqlx::query_as(
            "SELECT id, code, message, value, file_name, line, noted_at FROM import_flag WHERE person_id = $1 AND cleared_at IS NULL
             ORDER BY noted_at DESC, id LIMIT 200",
        )
        .bind(opened.id())
        .fetch_all(c)
    })?;
    let mut said = std::collections::HashSet::new();
    rows.retain(|row| said.insert((row.code.clone(), row.message.clone(), row.value.clone())));
    Ok(rows)
}
