//! Visits: an entry of the story with what a visit is asked for. Only seeing the person meets a clock.

use care::visit::Seen;
use jiff::civil::Date;

use super::{NewEntry, entries};
use crate::{
    Day, Result, Tx,
    id::{EntryId, PersonId},
    people::Opened,
    run, sql,
};

/// A visit that `care::visit::check` has let through.
#[derive(Debug, Clone)]
pub struct NewVisit {
    pub entry: NewEntry,
    pub seen: Seen,
    pub seen_alone: String,
    pub bedroom_seen: String,
    pub who_was_there: String,
    pub child_words: String,
    pub worker_view: String,
    pub attempts: i64,
    pub reason_not_seen: String,
}

#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct VisitRow {
    pub entry_id: EntryId,
    pub person_id: PersonId,
    pub visited_on: Day,
    pub seen: String,
    pub seen_alone: String,
    pub bedroom_seen: String,
    pub who_was_there: String,
    pub child_words: String,
    pub worker_view: String,
    pub attempts: i64,
    pub reason_not_seen: String,
}

/// Writes the visit and its entry together.
pub async fn record_visit(tx: &mut Tx, opened: &Opened, visit: &NewVisit) -> Result<EntryId> {
    let id = entries::add(tx, opened, &visit.entry).await?;
    let (me, outcome) = (tx.act().worker().clone(), visit.seen.code());
    run!(
        tx,
        sqlx::query(
            "INSERT INTO visit (entry_id, person_id, worker_id, visited_on, outcome, seen, seen_alone, bedroom_seen, who_was_there, child_words, worker_view, attempts, reason_not_seen)
             VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13)"
        )
        .bind(&id)
        .bind(opened.id())
        .bind(&me)
        .bind(Day(visit.entry.happened_on))
        .bind(outcome)
        .bind(outcome)
        .bind(&visit.seen_alone)
        .bind(&visit.bedroom_seen)
        .bind(&visit.who_was_there)
        .bind(&visit.child_words)
        .bind(&visit.worker_view)
        .bind(visit.attempts)
        .bind(&visit.reason_not_seen)
    )?;
    Ok(id)
}

/// The last day on which anybody saw the person, however they were seen.
pub async fn last_seen(tx: &mut Tx, opened: &Opened) -> Result<Option<Date>> {
    let (found,): (Option<Day>,) =
        sql!(tx, |c| sqlx::query_as("SELECT MAX(visited_on) FROM visit WHERE person_id = $1 AND seen = 'seen'")
            .bind(opened.id())
            .fetch_one(c))?;
    Ok(found.map(|d| d.0))
}
