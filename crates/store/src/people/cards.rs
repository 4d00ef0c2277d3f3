//! The index of people whom a search found, in one statement. The search judged each of them; here is no more than its
//! answer allows: names, dates and whom to ask, and for records that open, where the person lives.

use std::collections::HashMap;

use sqlx::AssertSqlSafe;

use crate::{
    Day, Result, Tx,
    id::PersonId,
    search::{Found, Seen, list},
    sql,
};

/// What a list says of somebody found.
#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct Card {
    pub id: PersonId,
    pub given_name: String,
    pub surname: String,
    pub known_as: Option<String>,
    pub born_on: Option<Day>,
    pub born_about: bool,
    pub expected_on: Option<Day>,
    pub died_on: Option<Day>,
    pub team: Option<String>,
    pub worker: Option<String>,
    /// Only where the record opens, and never a confidential one.
    pub lives_at: Option<String>,
    pub postcode: Option<String>,
}

/// A card for each hit.
pub async fn cards(tx: &mut Tx, found: &Found) -> Result<HashMap<PersonId, Card>> {
    if found.hits.is_empty() {
        return Ok(HashMap::new());
    }
    let text = format!(
        "SELECT p.id, p.given_name, p.surname, p.known_as, p.born_on, p.born_about, p.expected_on, p.died_on, t.name AS team, w.given_name || ' ' || w.surname AS worker,
           ad.lines AS lives_at, ad.postcode
         FROM person p
         LEFT JOIN involvement i ON i.id = (SELECT o.id FROM involvement o WHERE o.person_id = p.id AND o.closed_on IS NULL ORDER BY o.opened_on DESC, o.id LIMIT 1)
         LEFT JOIN team t ON t.id = i.team_id
         LEFT JOIN allocation a ON a.involvement_id = i.id AND a.part = 'primary' AND a.until_on IS NULL
         LEFT JOIN worker w ON w.id = a.worker_id
         LEFT JOIN person_address ad ON ad.id = (SELECT b.id FROM person_address b WHERE b.person_id = p.id AND b.until_on IS NULL AND NOT b.confidential ORDER BY CASE WHEN b.from_on IS NULL THEN 1 ELSE 0 END, b.from_on DESC, b.id LIMIT 1)
         WHERE p.id IN ({})",
        list(1, found.hits.len())
    );
    let rows: Vec<Card> =
        sql!(tx, |c| found.hits.iter().fold(sqlx::query_as(AssertSqlSafe(text)), |q, hit| q.bind(&hit.person_id)).fetch_all(c))?;
    let opens = |id: &PersonId| found.hits.iter().any(|hit| hit.person_id == *id && hit.seen == Seen::Record);
    let told = |card: Card| if opens(&card.id) { card } else { Card { lives_at: None, postcode: None, ..card } };
    Ok(rows.into_iter().map(|card| (card.id.clone(), told(card))).collect())
}
