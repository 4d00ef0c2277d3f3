//! What a list may call people: their names where the record is open to whoever looks, nothing where it is not. The
//! list itself is left in the audit, with those whom it named.

use std::collections::HashMap;

use crate::{
    Result, Tx,
    allocation::choose::names,
    audit::Noted,
    id::{InvolvementId, PersonId},
    sql,
};

use super::wait::ReviewRow;

/// Names for a list: none for whoever's record is closed to the reader. They are counted all the same.
pub async fn called(tx: &mut Tx, list: &'static str, about: &str, people: &[PersonId]) -> Result<HashMap<PersonId, Option<String>>> {
    let all = if people.is_empty() { HashMap::new() } else { names(tx, people).await? };
    let mut shown: Vec<&str> = all.iter().filter(|(_, name)| name.is_some()).map(|(id, _)| id.as_str()).collect();
    shown.sort_unstable();
    tx.note(Noted::new(list, "list", about).because(format!("{} people, {} named", people.len(), shown.len())).words(shown.join(" ")));
    Ok(all)
}

/// The last look at each open case.
pub async fn last_reviews(tx: &mut Tx) -> Result<HashMap<InvolvementId, ReviewRow>> {
    let rows: Vec<ReviewRow> = sql!(tx, |c| {
        sqlx::query_as(
        "SELECT r.involvement_id, r.reviewed_on, r.outcome, r.words, r.reviewed_by, w.given_name, w.surname FROM unallocated_review r
         JOIN involvement i ON i.id = r.involvement_id AND i.closed_on IS NULL LEFT JOIN worker w ON w.id = r.reviewed_by ORDER BY r.reviewed_at, r.id"
    )
    .fetch_all(c)
    })?;
    Ok(rows.into_iter().map(|row| (row.involvement_id.clone(), row)).collect())
}
