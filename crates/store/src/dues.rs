//! Clocks: what is due for a person, an enquiry or an involvement. Rust reckons each date by `care::timescale`; the row
//! keeps the rule's code and its start, so that any page can show how the date was reckoned.

use care::{
    calendar::london,
    timescale::{Clocks, Due, InDays, Lateness, Stands, Start},
};
use jiff::{Timestamp, civil::Date};

use crate::{
    At, Day, Error, Result, Tx,
    audit::Noted,
    id::{DueId, EntryId, InvolvementId, PersonId, WorkerId},
    policy, run, sql,
};

/// What a clock is about.
#[derive(Debug, Clone)]
pub struct About {
    pub person: Option<PersonId>,
    pub involvement: Option<InvolvementId>,
    pub subject_kind: &'static str,
    pub subject_id: String,
}

impl About {
    pub fn person(id: &PersonId) -> Self {
        About { person: Some(id.clone()), involvement: None, subject_kind: "person", subject_id: id.to_string() }
    }
}

#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct DueRow {
    pub id: DueId,
    pub person_id: Option<PersonId>,
    pub involvement_id: Option<InvolvementId>,
    pub subject_kind: String,
    pub subject_id: String,
    pub code: String,
    pub start_on: Day,
    pub start_at: Option<At>,
    pub due_on: Day,
    pub due_at: Option<At>,
    pub met_on: Option<Day>,
}

/// A clock as a page shows it: the due date, how it stands, and how it was reckoned.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Shown {
    pub id: DueId,
    pub person_id: Option<PersonId>,
    pub code: String,
    pub name: String,
    pub on: Date,
    pub state: &'static str,
    pub text: String,
    pub rule: String,
    pub start: String,
    pub arithmetic: String,
    /// What makes the date less than sure; empty when nothing does.
    pub warning: String,
    pub source: String,
}

/// Starts a clock by the rule of this code; returns when it falls due.
pub async fn open(tx: &mut Tx, about: &About, code: &str, start: Start) -> Result<Due> {
    let rules = policy::rules(tx).await?;
    let due = rules.clocks().due(code, start).map_err(|e| Error::Corrupt(e.to_string()))?;
    open_until(tx, about, code, start, due.on, due.at.map(At::cut)).await?;
    Ok(due)
}

/// Starts a clock whose due date a person has set, such as a first visit by a certain day.
pub async fn open_until(tx: &mut Tx, about: &About, code: &str, start: Start, due_on: Date, due_at: Option<At>) -> Result<DueId> {
    let (id, now) = (DueId::new(), tx.act().at());
    let start_at = if let Start::At(at) = start { Some(At::cut(at)) } else { None };
    run!(
        tx,
        sqlx::query("INSERT INTO due (id, person_id, involvement_id, subject_kind, subject_id, code, start_on, start_at, due_on, due_at, recorded_at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)")
            .bind(&id).bind(&about.person).bind(&about.involvement).bind(about.subject_kind).bind(&about.subject_id)
            .bind(code).bind(Day(start.day())).bind(start_at).bind(Day(due_on)).bind(due_at).bind(now)
    )?;
    tx.note(Noted::new("due.open", "due", &id).because(code));
    Ok(id)
}

/// The clock was met on this day, by this entry.
pub async fn meet(tx: &mut Tx, id: &DueId, on: Date, by: Option<&EntryId>) -> Result<()> {
    run!(
        tx,
        sqlx::query("UPDATE due SET met_on = $1, met_by_entry_id = $2 WHERE id = $3 AND met_on IS NULL AND dropped_on IS NULL")
            .bind(Day(on))
            .bind(by)
            .bind(id)
    )?;
    tx.note(Noted::new("due.meet", "due", id));
    Ok(())
}

/// An entry that had met clocks of this person is gone from their record: each is met by the next visit at which they were
/// seen, or runs again, and what the entry had started then runs no longer.
pub(crate) async fn taken_away(tx: &mut Tx, person: &PersonId, entry: &EntryId, on: Date, recorded_at: At) -> Result<()> {
    let met: Vec<(DueId, Day)> = sql!(tx, |c| {
        sqlx::query_as("SELECT id, start_on FROM due WHERE met_by_entry_id = $1 AND person_id = $2").bind(entry).bind(person).fetch_all(c)
    })?;
    for (due, start) in met {
        let other: Option<(EntryId, Day)> = sql!(tx, |c| {
            sqlx::query_as("SELECT entry_id, visited_on FROM visit WHERE person_id = $1 AND seen = 'seen' AND visited_on >= $2 ORDER BY visited_on, entry_id LIMIT 1")
                .bind(person)
                .bind(start)
                .fetch_optional(c)
        })?;
        let (by, met_on) = other.map_or((None, None), |(id, day)| (Some(id), Some(day)));
        run!(tx, sqlx::query("UPDATE due SET met_on = $1, met_by_entry_id = $2 WHERE id = $3").bind(met_on).bind(&by).bind(&due))?;
        tx.note(Noted::new("due.reopen", "due", &due));
        if by.is_none() {
            let today = Day(tx.today());
            run!(
                tx,
                sqlx::query(
                    "UPDATE due SET dropped_on = $1, why = 'The visit that began it stood on the wrong record' WHERE person_id = $2 AND start_on = $3 AND recorded_at = $4 AND met_on IS NULL AND dropped_on IS NULL"
                )
                .bind(today)
                .bind(person)
                .bind(Day(on))
                .bind(recorded_at)
            )?;
        }
    }
    Ok(())
}

/// The clock no longer runs: what it was for ended otherwise.
pub async fn drop_all(tx: &mut Tx, about: &About, code: &str, why: &str) -> Result<u64> {
    let today = Day(tx.today());
    let n = run!(
        tx,
        sqlx::query(
            "UPDATE due SET dropped_on = $1, why = $2 WHERE subject_id = $3 AND code = $4 AND met_on IS NULL AND dropped_on IS NULL"
        )
        .bind(today)
        .bind(why)
        .bind(&about.subject_id)
        .bind(code)
    )?;
    tx.note(Noted::new("due.drop", about.subject_kind, &about.subject_id).because(code));
    Ok(n)
}

/// Every clock of this code that runs for a subject was met on this day.
pub async fn meet_all(tx: &mut Tx, about: &About, code: &str, on: Date) -> Result<u64> {
    let n = run!(
        tx,
        sqlx::query("UPDATE due SET met_on = $1 WHERE subject_id = $2 AND code = $3 AND met_on IS NULL AND dropped_on IS NULL")
            .bind(Day(on))
            .bind(&about.subject_id)
            .bind(code)
    )?;
    tx.note(Noted::new("due.meet", about.subject_kind, &about.subject_id).because(code));
    Ok(n)
}

/// No clock of a subject runs any longer.
pub async fn drop_subject(tx: &mut Tx, about: &About, why: &str) -> Result<u64> {
    let today = Day(tx.today());
    let n = run!(
        tx,
        sqlx::query("UPDATE due SET dropped_on = $1, why = $2 WHERE subject_id = $3 AND met_on IS NULL AND dropped_on IS NULL")
            .bind(today)
            .bind(why)
            .bind(&about.subject_id)
    )?;
    tx.note(Noted::new("due.drop", about.subject_kind, &about.subject_id));
    Ok(n)
}

/// What is open for one subject, such as an enquiry.
pub async fn open_for_subject(tx: &mut Tx, subject_id: &str) -> Result<Vec<DueRow>> {
    Ok(sql!(tx, |c| sqlx::query_as(
        "SELECT id, person_id, involvement_id, subject_kind, subject_id, code, start_on, start_at, due_on, due_at, met_on FROM due
        WHERE subject_id = $1 AND met_on IS NULL AND dropped_on IS NULL ORDER BY due_on, id"
    )
    .bind(subject_id)
    .fetch_all(c))?)
}

/// What is open for one person, the most pressing first.
pub async fn open_for(tx: &mut Tx, person: &PersonId) -> Result<Vec<DueRow>> {
    Ok(sql!(tx, |c| sqlx::query_as(
        "SELECT id, person_id, involvement_id, subject_kind, subject_id, code, start_on, start_at, due_on, due_at, met_on FROM due
        WHERE person_id = $1 AND met_on IS NULL AND dropped_on IS NULL ORDER BY due_on, id"
    )
    .bind(person)
    .fetch_all(c))?)
}

/// What is open for the people allocated to a worker today, due up to and including a day; the most pressing first.
pub async fn open_for_worker(tx: &mut Tx, worker: &WorkerId, until: Date) -> Result<Vec<DueRow>> {
    let today = Day(tx.today());
    Ok(sql!(tx, |c| {
        sqlx::query_as("SELECT d.id, d.person_id, d.involvement_id, d.subject_kind, d.subject_id, d.code, d.start_on, d.start_at, d.due_on, d.due_at, d.met_on FROM due d
        WHERE d.met_on IS NULL AND d.dropped_on IS NULL AND d.due_on <= $3 AND d.person_id IN (SELECT a.person_id FROM allocation a
        WHERE a.worker_id = $1 AND a.part IN ('primary', 'cover') AND a.from_on <= $2 AND (a.until_on IS NULL OR a.until_on >= $2)) ORDER BY d.due_on, d.id")
        .bind(worker).bind(today).bind(Day(until)).fetch_all(c)
    })?)
}

/// Clocks whose day a person sets stand in no register of rules.
fn by_hand_name(code: &str) -> Option<&'static str> {
    Some(match code {
        "FIRST_VISIT" => "First visit",
        "NEXT_LOOK" => "Manager's next look",
        "DECISION" => "Carry out what was decided",
        _ => return None,
    })
}

/// Open clocks as a page shows them, each with its rule, start, arithmetic and source.
pub async fn shown(tx: &mut Tx, rows: &[DueRow]) -> Result<Vec<Shown>> {
    let rules = policy::rules(tx).await?;
    Ok(shown_by(&rules, rows, tx.act().at().0))
}

/// The same by rules that were read before.
pub fn shown_by(rules: &policy::Rules, rows: &[DueRow], now: Timestamp) -> Vec<Shown> {
    rows.iter().map(|row| one(row, &rules.clocks(), now)).collect()
}

fn one(row: &DueRow, clocks: &Clocks<'_>, now: Timestamp) -> Shown {
    let start = row.start_at.map_or(Start::On(row.start_on.0), |at| Start::At(at.0));
    let reckoned = clocks.due(&row.code, start).ok();
    let by_hand = reckoned.as_ref().is_none_or(|due| due.on != row.due_on.0);
    let stands = match reckoned.clone().filter(|_| !by_hand) {
        Some(due) => due.open(now, clocks),
        None => {
            let in_days = reckoned.as_ref().map_or(InDays::Calendar, Due::in_days);
            let late = Lateness::open(row.due_on.0, london(now).date(), in_days, clocks.calendar);
            Stands { standing: late.standing, words: late.words() }
        }
    };
    let part = |f: fn(&Due) -> &String| reckoned.as_ref().map(f).cloned().unwrap_or_default();
    Shown {
        id: row.id.clone(),
        person_id: row.person_id.clone(),
        code: row.code.clone(),
        name: by_hand_name(&row.code).map_or_else(|| part(|d| &d.name), str::to_owned),
        on: row.due_on.0,
        state: stands.standing.code(),
        text: stands.words,
        rule: part(|d| &d.rule),
        start: part(|d| &d.start),
        arithmetic: if by_hand { "This day was set by hand.".into() } else { part(|d| &d.arithmetic) },
        warning: reckoned.as_ref().filter(|_| !by_hand).and_then(|due| due.warning.clone()).unwrap_or_default(),
        source: part(|d| &d.source),
    }
}
