//! Names for lists that came about without opening the record: in the audit, in a review, among conflicts of interest.

use std::collections::HashMap;

use sqlx::AssertSqlSafe;

use super::searching::{AT_ONCE, MaySee, Searcher};
use crate::{Error, Result, Tx, id::PersonId, search::list, sql};

/// The names of those among these people whom the asker may know of; a record hidden from them has none here.
pub async fn names(tx: &mut Tx, people: &[PersonId]) -> Result<HashMap<PersonId, String>> {
    let searcher = match Searcher::of(tx).await {
        Err(Error::RoleLacks) => return Ok(HashMap::new()),
        other => other?,
    };
    let mut all = HashMap::new();
    for some in people.chunks(AT_ONCE) {
        let some: Vec<&PersonId> = some.iter().collect();
        let may = searcher.may_see(tx, &some).await?;
        let shown: Vec<&PersonId> = some.into_iter().filter(|id| may.get(id).is_some_and(|m| *m != MaySee::Nothing)).collect();
        if shown.is_empty() {
            continue;
        }
        let text = format!("SELECT id, given_name, surname FROM person WHERE id IN ({})", list(1, shown.len()));
        let rows: Vec<(PersonId, String, String)> =
            sql!(tx, |c| shown.iter().fold(sqlx::query_as(AssertSqlSafe(text)), |q, id| q.bind(*id)).fetch_all(c))?;
        all.extend(rows.into_iter().map(|(id, given, surname)| (id, format!("{given} {surname}").trim().to_owned())));
    }
    Ok(all)
}
