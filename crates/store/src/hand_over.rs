//! What one shift leaves for the next: the emergency duty team by night and at weekends, the front door by day. Each line
//! is read by a named worker, and stays red until then; what was to be done with it is written down when it is done.

use care::{access::Deed, coded};
use jiff::civil::Date;

use crate::{
    At, Day, Error, Result, Tx,
    audit::Noted,
    id::{EnquiryId, PersonId, TeamId, fresh},
    people, rights, run, sql,
};

coded! {
    /// How soon the next shift must act.
    pub enum Urgency {
        AtOnce = "at_once", "At the start of the shift";
        Today = "today", "Today";
        ToKnow = "to_know", "To know, nothing to do";
    }
}

/// A line about to be written.
#[derive(Debug, Clone)]
pub struct NewLine {
    pub for_on: Date,
    pub to_team: TeamId,
    pub person: Option<PersonId>,
    pub enquiry: Option<EnquiryId>,
    pub urgency: Urgency,
    pub what_happened: String,
    pub what_to_do: String,
}

#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct Line {
    pub id: String,
    pub for_on: Day,
    pub to_team: String,
    pub person_id: Option<PersonId>,
    pub enquiry_id: Option<EnquiryId>,
    pub reference: Option<String>,
    pub urgency: String,
    pub what_happened: String,
    pub what_to_do: String,
    pub writer: Option<String>,
    pub written_at: At,
    pub reader: Option<String>,
    pub read_at: Option<At>,
    pub doer: Option<String>,
    pub done_at: Option<At>,
    pub done_words: Option<String>,
}

/// Writes a line. The person it concerns must be one whom the writer may know of.
pub async fn write(tx: &mut Tx, new: &NewLine) -> Result<String> {
    rights::require(tx, Deed::SeeFrontDoor).await?;
    if new.for_on < tx.today() {
        return Err(Error::refused("for_on", "The day for which it is meant must be today or later"));
    }
    if let Some(person) = &new.person {
        people::open(tx, person, Deed::ReadIndex).await?;
    }
    let (id, me, now) = (fresh(), tx.act().worker().to_string(), tx.act().at());
    run!(
        tx,
        sqlx::query("INSERT INTO hand_over (id, for_on, to_team_id, person_id, enquiry_id, urgency, what_happened, what_to_do, written_by, written_at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)")
            .bind(&id).bind(Day(new.for_on)).bind(&new.to_team).bind(&new.person).bind(&new.enquiry).bind(new.urgency.code())
            .bind(&new.what_happened).bind(&new.what_to_do).bind(&me).bind(now)
    )?;
    tx.note(Noted::new("hand_over.write", "hand_over", &id).because(new.urgency.code()));
    Ok(id)
}

/// The enquiry that has this reference.
pub async fn enquiry(tx: &mut Tx, reference: &str) -> Result<Option<EnquiryId>> {
    rights::require(tx, Deed::SeeFrontDoor).await?;
    let found: Option<(EnquiryId,)> =
        sql!(tx, |c| sqlx::query_as("SELECT id FROM enquiry WHERE reference = $1").bind(reference).fetch_optional(c))?;
    tx.note(Noted::new("enquiry.find", "enquiry", "").words(reference));
    Ok(found.map(|(id,)| id))
}

/// Which lines are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    Unread,
    /// Read, and something is still to be done.
    ToDo,
    /// Finished in the last seven calendar days.
    Finished,
}

/// The lines; those to act on first, then the oldest. A line about somebody whom the reader may not know of is left out:
/// its team has others who may.
pub async fn list(tx: &mut Tx, which: Which) -> Result<Vec<Line>> {
    rights::require(tx, Deed::SeeFrontDoor).await?;
    let since = At::cut(tx.act().at().0 - jiff::SignedDuration::from_hours(7 * 24));
    let (from, part) = match which {
        Which::Unread => (0, "unread"),
        Which::ToDo => (1, "to_do"),
        Which::Finished => (2, "finished"),
    };
    let rows: Vec<Line> = sql!(tx, |c| {
        sqlx::query_as(
            "SELECT h.id, h.for_on, t.name AS to_team, h.person_id, h.enquiry_id, e.reference, h.urgency, h.what_happened, h.what_to_do,
               w.given_name || ' ' || w.surname AS writer, h.written_at, r.given_name || ' ' || r.surname AS reader, h.read_at,
               d.given_name || ' ' || d.surname AS doer, h.done_at, h.done_words
             FROM hand_over h JOIN team t ON t.id = h.to_team_id LEFT JOIN enquiry e ON e.id = h.enquiry_id LEFT JOIN worker w ON w.id = h.written_by
               LEFT JOIN worker r ON r.id = h.read_by LEFT JOIN worker d ON d.id = h.done_by
             WHERE ($1 = 0 AND h.read_at IS NULL) OR ($1 = 1 AND h.read_at IS NOT NULL AND h.done_at IS NULL AND h.urgency <> 'to_know')
               OR ($1 = 2 AND h.read_at IS NOT NULL AND (h.done_at IS NOT NULL OR h.urgency = 'to_know') AND h.written_at >= $2)
             ORDER BY CASE h.urgency WHEN 'at_once' THEN 0 WHEN 'today' THEN 1 ELSE 2 END, h.written_at, h.id LIMIT 500",
        )
        .bind(from)
        .bind(since)
        .fetch_all(c)
    })?;
    tx.note(Noted::new("hand_over.list", "hand_over", part));
    let mut seen = Vec::new();
    for row in rows {
        if may_know(tx, row.person_id.as_ref()).await? {
            seen.push(row);
        }
    }
    Ok(seen)
}

async fn may_know(tx: &mut Tx, person: Option<&PersonId>) -> Result<bool> {
    let Some(person) = person else { return Ok(true) };
    match people::open(tx, person, Deed::ReadIndex).await {
        Ok(_) => Ok(true),
        Err(Error::Hidden(_) | Error::NotFound) => Ok(false),
        Err(e) => Err(e),
    }
}

/// Somebody of the next shift has read it.
pub async fn read(tx: &mut Tx, id: &str) -> Result<()> {
    rights::require(tx, Deed::SeeFrontDoor).await?;
    let (me, now) = (tx.act().worker().to_string(), tx.act().at());
    let n = run!(
        tx,
        sqlx::query("UPDATE hand_over SET read_by = $1, read_at = $2 WHERE id = $3 AND read_at IS NULL AND written_by <> $1")
            .bind(&me)
            .bind(now)
            .bind(id)
    )?;
    if n == 0 {
        return Err(Error::refused("read", "It was read already, or you wrote it: somebody of the next shift reads it"));
    }
    tx.note(Noted::new("hand_over.read", "hand_over", id));
    Ok(())
}

/// What was to be done is done.
pub async fn done(tx: &mut Tx, id: &str, words: &str) -> Result<()> {
    rights::require(tx, Deed::SeeFrontDoor).await?;
    if words.trim().is_empty() {
        return Err(Error::refused("done_words", "Say what was done"));
    }
    let (me, now) = (tx.act().worker().to_string(), tx.act().at());
    let n = run!(
        tx,
        sqlx::query("UPDATE hand_over SET done_by = $1, done_at = $2, done_words = $3, read_by = COALESCE(read_by, $1), read_at = COALESCE(read_at, $2) WHERE id = $4 AND done_at IS NULL")
            .bind(&me).bind(now).bind(words).bind(id)
    )?;
    if n == 0 {
        return Err(Error::Stale);
    }
    tx.note(Noted::new("hand_over.done", "hand_over", id));
    Ok(())
}
