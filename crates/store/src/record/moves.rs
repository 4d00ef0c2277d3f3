//! An entry that was written on the wrong person's record is moved to the right one, with its corrections, its visit and its
//! file. A line without its content stays where it stood, the clocks that it had met run again, and whoever manages that
//! record is told, because somebody else's words stood there. Putting it back is another move.

use care::{access::Deed, chronology::EntryKind, visit::Seen};
use jiff::{Span, civil::Date};

use super::entries::{self, Entry, NewEntry};
use crate::{
    At, Day, Error, Result, Tx,
    audit::Noted,
    dues, glass,
    id::{EntryId, PersonId, fresh},
    people::Opened,
    policy, run, sql,
    work::{self, Ask},
};

/// One move of an entry.
#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct Move {
    pub from_person_id: PersonId,
    pub to_person_id: PersonId,
    pub why: String,
    pub moved_by: String,
    pub by: String,
    pub moved_at: At,
}

/// Something that happened to an entry: it was recorded, corrected or moved.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Happening {
    pub at: At,
    pub by: String,
    pub what: &'static str,
    pub words: String,
}

/// Whether an entry may still be moved, and by whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MayMove {
    /// By whoever asks.
    Yes,
    /// By whoever wrote or moved it, or by a manager of the case.
    NotByThisWorker,
    /// Longer ago than practice allows; a correction says what is right.
    TooLongAgo { days: i64 },
    /// It is no entry of a kind that somebody wrote here: an import or a step of a case is mended where it came from.
    NotThisKind,
}

/// What may be moved: what somebody wrote here themselves.
const fn is_movable(kind: EntryKind) -> bool {
    use EntryKind::{CaseNote, Document, ManagementDecision, Supervision, UnsuccessfulVisit, Visit};
    matches!(kind, CaseNote | Visit | UnsuccessfulVisit | ManagementDecision | Supervision | Document)
}

/// The moves of an entry, the earliest first.
pub async fn moves(tx: &mut Tx, entry: &EntryId) -> Result<Vec<Move>> {
    Ok(sql!(tx, |c| {
        sqlx::query_as(
            "SELECT m.from_person_id, m.to_person_id, m.why, m.moved_by, COALESCE(w.given_name || ' ' || w.surname, m.moved_by) AS by, m.moved_at
             FROM entry_move m LEFT JOIN worker w ON w.id = m.moved_by WHERE m.entry_id = $1 ORDER BY m.moved_at, m.id",
        )
        .bind(entry)
        .fetch_all(c)
    })?)
}

pub async fn may_move(tx: &mut Tx, from: &Opened, entry: &Entry, moves: &[Move]) -> Result<MayMove> {
    if entry.source != "hand" || !EntryKind::from_code(&entry.kind).is_some_and(is_movable) {
        return Ok(MayMove::NotThisKind);
    }
    let days = policy::rules(tx).await?.move_days;
    let since = moves.last().map_or(entry.recorded_at, |last| last.moved_at);
    let last_day = care::calendar::london(since.0).date().saturating_add(Span::new().days(days));
    if tx.today() > last_day {
        return Ok(MayMove::TooLongAgo { days });
    }
    let me = tx.act().worker().to_string();
    if entry.recorded_by == me || moves.last().is_some_and(|last| last.moved_by == me) {
        return Ok(MayMove::Yes);
    }
    Ok(if from.allows(Deed::RecordDecision) { MayMove::Yes } else { MayMove::NotByThisWorker })
}

/// Moves an entry from one opened record to another. Clocks that it meets there are for the caller, who knows the visit.
pub async fn move_entry(tx: &mut Tx, from: &Opened, to: &Opened, id: &EntryId, why: &str) -> Result<Entry> {
    let entry = entries::entry(tx, from, id).await?;
    let earlier = moves(tx, id).await?;
    match may_move(tx, from, &entry, &earlier).await? {
        MayMove::Yes => {}
        MayMove::NotByThisWorker => return Err(Error::refused("who", "Whoever wrote it or a manager of the case can move it")),
        MayMove::TooLongAgo { days } => {
            return Err(Error::refused("who", format!("It can be moved for {days} days. Add a correction that says where it belongs")));
        }
        MayMove::NotThisKind => return Err(Error::refused("who", "This is mended where it came from, and cannot be moved")),
    }
    fits(to, &entry)?;
    carry(tx, to, &entry, &earlier).await?;
    let now = tx.act().at();
    let me = tx.act().worker().to_string();
    run!(
        tx,
        sqlx::query(
            "INSERT INTO entry_move (id, entry_id, from_person_id, to_person_id, why, moved_by, moved_at) VALUES ($1,$2,$3,$4,$5,$6,$7)"
        )
        .bind(fresh())
        .bind(id)
        .bind(from.id())
        .bind(to.id())
        .bind(why)
        .bind(&me)
        .bind(now)
    )?;
    dues::taken_away(tx, from.id(), id, entry.happened_on.0, entry.recorded_at).await?;
    leave_a_trace(tx, from, &entry).await?;
    tx.note(Noted::new("entry.move", "person", from.id()).because(format!("{id} to {}", to.id())));
    tx.note(Noted::new("entry.move", "person", to.id()).because(format!("{id} from {}", from.id())));
    Ok(entry)
}

/// It must be possible that it happened to the person to whom it goes.
fn fits(to: &Opened, entry: &Entry) -> Result<()> {
    let (person, on) = (to.person(), entry.happened_on.0);
    if *to.id() == entry.person_id {
        return Err(Error::refused("other", "This is the record on which it stands"));
    }
    if person.born_on.is_some_and(|born| on < born.0) {
        return Err(Error::refused("other", "This person was not born yet on that day"));
    }
    let is_visit = matches!(EntryKind::from_code(&entry.kind), Some(EntryKind::Visit));
    if is_visit && person.died_on.is_some_and(|died| on > died.0) {
        return Err(Error::refused("other", "This person had died by that day, and cannot have been visited"));
    }
    Ok(())
}

/// The entry, its corrections, its visit and its file go together; on its own record it carries no mark of a move.
async fn carry(tx: &mut Tx, to: &Opened, entry: &Entry, earlier: &[Move]) -> Result<()> {
    let mut facts: serde_json::Value = serde_json::from_str(&entry.facts)?;
    let home = earlier.first().map_or(&entry.person_id, |first| &first.from_person_id);
    if let Some(facts) = facts.as_object_mut() {
        facts.remove("moved_on");
        if home != to.id() {
            facts.insert("moved_on".into(), tx.today().to_string().into());
        }
    }
    let facts = facts.to_string();
    run!(
        tx,
        sqlx::query("UPDATE entry SET person_id = $1, involvement_id = NULL, facts = $2 WHERE id = $3")
            .bind(to.id())
            .bind(&facts)
            .bind(&entry.id)
    )?;
    run!(tx, sqlx::query("UPDATE entry SET person_id = $1, involvement_id = NULL WHERE corrects_id = $2").bind(to.id()).bind(&entry.id))?;
    run!(tx, sqlx::query("UPDATE visit SET person_id = $1 WHERE entry_id = $2").bind(to.id()).bind(&entry.id))?;
    run!(tx, sqlx::query("UPDATE document SET person_id = $1 WHERE entry_id = $2").bind(to.id()).bind(&entry.id))?;
    Ok(())
}

/// That something stood here is not hidden; what it said is no longer here, nor whose it was.
async fn leave_a_trace(tx: &mut Tx, from: &Opened, entry: &Entry) -> Result<()> {
    let kind = EntryKind::from_code(&entry.kind).map_or("Entry", EntryKind::label);
    let (since, until) = (care::words::date(care::calendar::london(entry.recorded_at.0).date()), care::words::date(tx.today()));
    let title = format!("{kind} moved to the record on which it belongs");
    let words = format!("It stood here by mistake from {since} until {until}.");
    entries::add(tx, from, &NewEntry::new(EntryKind::EntryMoved, entry.happened_on.0, title, words)).await?;
    let told = format!(
        "{kind} of {} stood on this record by mistake from {since} until {until}, and was moved to the right one. Decide whether it must be \
         reported as a breach of personal data: \u{201c}Who has seen this record\u{201d} says who looked meanwhile.",
        care::words::date(entry.happened_on.0)
    );
    for manager in glass::managers_of(tx, from.id()).await? {
        work::tell(tx, &manager, "entry_moved", Some(from.id()), &told, Ask::ToAcknowledge).await?;
    }
    Ok(())
}

/// Everything that happened to an entry, the earliest first.
pub async fn history(tx: &mut Tx, opened: &Opened, entry: &Entry) -> Result<Vec<Happening>> {
    let rows: Vec<(EntryId, String, At, String)> = sql!(tx, |c| {
        sqlx::query_as(
            "SELECT e.id, COALESCE(w.given_name || ' ' || w.surname, e.recorded_by), e.recorded_at, e.words FROM entry e
             LEFT JOIN worker w ON w.id = e.recorded_by WHERE e.person_id = $1 AND (e.id = $2 OR e.corrects_id = $2)",
        )
        .bind(opened.id())
        .bind(&entry.id)
        .fetch_all(c)
    })?;
    let mut all: Vec<Happening> = rows
        .into_iter()
        .map(|(id, by, at, words)| match id == entry.id {
            true => Happening { at, by, what: "Recorded", words: String::new() },
            false => Happening { at, by, what: "Corrected", words },
        })
        .collect();
    let moved = |one: Move| Happening { at: one.moved_at, by: one.by, what: "Moved to another record", words: one.why };
    all.extend(moves(tx, &entry.id).await?.into_iter().map(moved));
    all.sort_by_key(|one| one.at);
    Ok(all)
}

/// The visit that an entry stands for: when the person was seen, if they were.
pub async fn seen_on(tx: &mut Tx, entry: &EntryId) -> Result<Option<Date>> {
    let found: Option<(Day,)> = sql!(tx, |c| {
        sqlx::query_as("SELECT visited_on FROM visit WHERE entry_id = $1 AND seen = $2")
            .bind(entry)
            .bind(Seen::Seen.code())
            .fetch_optional(c)
    })?;
    Ok(found.map(|(on,)| on.0))
}
