//! Brothers and sisters in the same home, for a note that concerns them all.

use care::access::Deed;
use jiff::civil::Date;

use crate::{
    Day, Error, Result, Tx,
    id::PersonId,
    people::{self, Opened},
    sql,
};

/// Another child of the household about whom this worker may write as well.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Sibling {
    pub id: PersonId,
    pub name: String,
    pub born_on: Option<Day>,
}

/// Those under 18 who live with the person today and about whom the worker may write. Others are left out without a word.
pub async fn siblings(tx: &mut Tx, opened: &Opened) -> Result<Vec<Sibling>> {
    let today = tx.today();
    let grown = Day(care::calendar::add_months(today, -18 * 12));
    let ids: Vec<(PersonId,)> = sql!(tx, |c| {
        sqlx::query_as(
        "SELECT DISTINCT o.person_id FROM household_member m JOIN household_member o ON o.household_id = m.household_id JOIN person p ON p.id = o.person_id
         WHERE m.person_id = $1 AND o.person_id <> $1 AND m.until_on IS NULL AND o.until_on IS NULL AND p.died_on IS NULL AND (p.born_on > $2 OR p.born_on IS NULL AND p.expected_on IS NOT NULL)
         ORDER BY o.person_id"
    )
    .bind(opened.id())
    .bind(grown)
    .fetch_all(c)
    })?;
    let mut all = Vec::new();
    for (id,) in ids {
        match people::open(tx, &id, Deed::WriteNote).await {
            Ok(other) => all.push(Sibling { id, name: other.person().name(), born_on: other.person().born_on }),
            Err(Error::IndexOnly(_) | Error::Hidden(_) | Error::RoleLacks | Error::NotFound) => {}
            Err(e) => return Err(e),
        }
    }
    all.sort_by_key(|s| (s.born_on.map_or(Date::MAX, |d| d.0), s.id.clone()));
    Ok(all)
}
