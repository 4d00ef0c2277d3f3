//! A manager's decision to give one or several children of a family to a worker: judged again inside the transaction
//! on figures that nobody else can change meanwhile, and refused when they are not those that the manager read.

use care::{
    access::{Deed, Role},
    allocation::{AllocationPart, AllocationState, CheckedNote, EndReason, Gravity},
    chronology::EntryKind,
    timescale::Start,
    words,
};
use jiff::civil::Date;

use super::{
    case::{CaseRow, leaders},
    choose::{Choice, choice_now},
    end::end_row,
    told::{self, Letterhead, Notice},
};
use crate::{
    Day, Error, Result, Tx,
    audit::Noted,
    dues,
    id::{AllocationId, InvolvementId, WorkerId, fresh},
    people::Opened,
    record::{self, NewEntry},
    run, sql,
};

/// One child of the decision, opened for allocating, with its case as it stands now.
pub struct Given {
    pub opened: Opened,
    pub case: CaseRow,
    /// The allocation that the manager saw as the present one.
    pub seen: Option<AllocationId>,
}

/// The decision as it was sent.
pub struct Decision<'a> {
    pub worker: WorkerId,
    pub co_worker: Option<WorkerId>,
    pub note: CheckedNote,
    pub why_this_worker: &'a str,
    pub what_to_do: &'a str,
    pub risks_to_worker: &'a str,
    pub risks_to_child: &'a str,
    /// The sentence of effect that the manager read.
    pub read: &'a str,
    /// Why all the same, where a concern must be decided.
    pub despite: &'a str,
    /// Why the worker changes, where somebody holds a case already.
    pub change: Option<EndReason>,
    pub letterhead: &'a Letterhead,
}

/// What came of it.
#[derive(Debug)]
pub enum Decided {
    Allocated(Vec<AllocationId>),
    /// The figures changed since the manager read them: nothing was done, and this is what giving would mean now.
    Changed(Box<Choice>),
}

/// Gives the children to the worker, or says what changed. The team and the worker are locked first, so that decisions
/// about either wait for each other.
pub async fn allocate(tx: &mut Tx, given: &[Given], decision: &Decision<'_>) -> Result<Decided> {
    let Some(first) = given.first() else { return Err(Error::NotFound) };
    for one in given {
        if one.opened.deed() != Deed::Allocate || one.opened.id() != &one.case.person_id {
            return Err(Error::RoleLacks);
        }
    }
    lock(tx, given, decision).await?;
    let mut fresh_rows = Vec::with_capacity(given.len());
    for one in given {
        fresh_rows.push(still_as_seen(tx, one).await?);
    }
    let (case, with) = fresh_rows.split_first().ok_or(Error::NotFound)?;
    let Some(choice) = choice_now(tx, &first.opened, case, with, &decision.worker, decision.co_worker.as_ref()).await? else {
        return Err(Error::refused("worker", "This worker is in no team any more. Choose another"));
    };
    if choice.effect.to_string() != decision.read {
        return Ok(Decided::Changed(Box::new(choice)));
    }
    judged(&choice, decision, &fresh_rows)?;
    let decision_id = write_decision(tx, case, &choice, given.len(), decision).await?;
    let mut made = Vec::with_capacity(given.len());
    for (one, row) in given.iter().zip(&fresh_rows) {
        made.push(give(tx, one, row, &choice, decision, &decision_id).await?);
    }
    tell(tx, case, &choice, decision, &made).await?;
    Ok(Decided::Allocated(made))
}

/// Locks in one order: the team, then the workers by id, then the cases by id.
async fn lock(tx: &mut Tx, given: &[Given], decision: &Decision<'_>) -> Result<()> {
    let mut teams: Vec<_> = given.iter().map(|one| &one.case.team_id).collect();
    teams.sort();
    teams.dedup();
    for team in teams {
        run!(tx, sqlx::query("UPDATE team SET version = version WHERE id = $1").bind(team))?;
    }
    let mut workers: Vec<&WorkerId> = given.iter().filter_map(|one| one.case.worker_id.as_ref()).chain([&decision.worker]).collect();
    workers.sort();
    workers.dedup();
    for worker in workers {
        run!(tx, sqlx::query("UPDATE worker SET version = version WHERE id = $1").bind(worker))?;
    }
    let mut cases: Vec<&InvolvementId> = given.iter().map(|one| &one.case.id).collect();
    cases.sort();
    for case in cases {
        run!(tx, sqlx::query("UPDATE involvement SET version = version + 1 WHERE id = $1").bind(case))?;
    }
    Ok(())
}

/// The case as it stands now, refused when its worker is not whom the manager saw.
async fn still_as_seen(tx: &mut Tx, one: &Given) -> Result<CaseRow> {
    let row = super::case::case_row(tx, &one.case.id).await?;
    if row.closed_on.is_some() {
        return Err(Error::refused("worker", "This case was closed meanwhile"));
    }
    if row.allocation_id != one.seen {
        let words = match row.worker() {
            Some(name) => format!(
                "{name} was given this case meanwhile, from {}. Open it again to see how it stands",
                row.held_from.map(|day| words::date(day.0)).unwrap_or_default()
            ),
            None => "This case lost its worker meanwhile. Open it again to see how it stands".into(),
        };
        return Err(Error::refused("worker", words));
    }
    Ok(row)
}

fn judged(choice: &Choice, decision: &Decision<'_>, rows: &[CaseRow]) -> Result<()> {
    if rows.iter().any(|row| row.worker_id.as_ref() == Some(&decision.worker)) {
        return Err(Error::refused("worker", format!("{} holds this case already", choice.worker.name)));
    }
    if rows.iter().any(|row| row.allocation_id.is_some()) && decision.change.is_none() {
        return Err(Error::refused("change", "Say why the worker changes"));
    }
    if let Some(stop) = choice.concerns.iter().find(|concern| concern.gravity == Gravity::Stops) {
        return Err(Error::refused("worker", stop.words.clone()));
    }
    if decision.co_worker.as_ref() == Some(&decision.worker) {
        return Err(Error::refused("co_worker", "Name somebody other than the allocated worker"));
    }
    if choice.needs_co_worker {
        return Err(Error::refused("co_worker", "Name an experienced co-worker: this worker may hold the case only jointly"));
    }
    let decide: Vec<&str> =
        choice.concerns.iter().filter(|concern| concern.gravity == Gravity::Decide).map(|concern| concern.words.as_str()).collect();
    if !decide.is_empty() && decision.despite.trim().is_empty() {
        return Err(Error::refused("despite", format!("Say why you decide for this worker all the same. {}", decide.join(". "))));
    }
    if let Some(earliest) =
        rows.iter().map(|row| row.held_from.map_or(row.opened_on.0, |day| day.0)).max().filter(|earliest| decision.note.from < *earliest)
    {
        return Err(Error::refused(
            "from",
            format!("Start date must be on or after {}, when the case or its last allocation began", words::date(earliest)),
        ));
    }
    Ok(())
}

async fn write_decision(tx: &mut Tx, case: &CaseRow, choice: &Choice, children: usize, decision: &Decision<'_>) -> Result<String> {
    let (id, by, at) = (fresh(), tx.act().worker().to_string(), tx.act().at());
    let concerns: Vec<&str> = choice.concerns.iter().map(|concern| concern.words.as_str()).collect();
    run!(
        tx,
        sqlx::query("INSERT INTO allocation_decision (id, team_id, worker_id, children, effect, concerns, despite, decided_by, decided_at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)")
            .bind(&id)
            .bind(&case.team_id)
            .bind(&decision.worker)
            .bind(i64::try_from(children).unwrap_or(i64::MAX))
            .bind(choice.effect.to_string())
            .bind(concerns.join("\n"))
            .bind(decision.despite)
            .bind(&by)
            .bind(at)
    )?;
    Ok(id)
}

async fn give(
    tx: &mut Tx,
    one: &Given,
    row: &CaseRow,
    choice: &Choice,
    decision: &Decision<'_>,
    decision_id: &str,
) -> Result<AllocationId> {
    if let (Some(old), Some(reason)) = (&row.allocation_id, decision.change) {
        end_row(tx, old, before(decision.note.from, row.held_from.map(|day| day.0)), reason, "a new worker was named").await?;
    }
    let new = NewPart {
        part: AllocationPart::Primary,
        worker: &decision.worker,
        from_on: decision.note.from,
        until_on: None,
        first_visit_by: decision.note.first_visit_by,
        next_look_on: Some(decision.note.next_look_on),
        decision_id: Some(decision_id),
        words: [decision.why_this_worker, decision.what_to_do, decision.risks_to_worker, decision.risks_to_child],
    };
    let id = insert_part(tx, row, &new).await?;
    if let Some(co_worker) = &decision.co_worker {
        let part = NewPart { part: AllocationPart::CoWorker, worker: co_worker, first_visit_by: None, next_look_on: None, ..new };
        insert_part(tx, row, &part).await?;
    }
    clocks(tx, one, row, &id, decision).await?;
    let (kind, title) = match &row.allocation_id {
        Some(_) => {
            (EntryKind::WorkerChange, format!("{} is the worker now, after {}", choice.worker.name, row.worker().unwrap_or_default()))
        }
        None => (EntryKind::Allocation, format!("{} is the worker", choice.worker.name)),
    };
    let facts = serde_json::json!({ "allocation": id, "decision": decision_id, "cause": decision.change.map(EndReason::code) });
    let mut entry = NewEntry::new(kind, decision.note.from, title, story(decision)).facts(facts.to_string());
    entry.involvement = Some(row.id.clone());
    record::add(tx, &one.opened, &entry).await?;
    tx.note(
        Noted::new("allocation.make", "allocation", &id)
            .because(format!("{} {}", row.id, decision.worker))
            .words(choice.effect.to_string()),
    );
    told::letters(
        tx,
        &one.opened,
        row,
        &told::Now::Worker {
            name: &choice.worker.name,
            role: choice.worker.roles.first().copied().unwrap_or(Role::SocialWorker),
            from: decision.note.from,
            id: id.as_str(),
        },
        decision.letterhead,
    )
    .await?;
    Ok(id)
}

/// The note as it stands in the story.
fn story(decision: &Decision<'_>) -> String {
    let mut parts = vec![
        format!("Why this worker: {}", decision.why_this_worker),
        format!("What is to be done: {}", decision.what_to_do),
        format!("Known risks to the worker: {}", decision.risks_to_worker),
        format!("Known risks to the child or adult: {}", decision.risks_to_child),
    ];
    parts.extend(decision.note.first_visit_by.map(|day| format!("First visit by {}", words::date(day))));
    parts.push(format!("The manager looks again by {}", words::date(decision.note.next_look_on)));
    if let Some(reason) = decision.change {
        parts.push(format!("Why the worker changed: {}", reason.label()));
    }
    parts.join("\n\n")
}

/// The day before the new worker starts, but never before the old one began.
fn before(from: Date, held_from: Option<Date>) -> Date {
    let day = from.yesterday().unwrap_or(from);
    held_from.map_or(day, |began| day.max(began))
}

/// A part in a case, about to be written.
pub(super) struct NewPart<'a> {
    pub part: AllocationPart,
    pub worker: &'a WorkerId,
    pub from_on: Date,
    pub until_on: Option<Date>,
    pub first_visit_by: Option<Date>,
    pub next_look_on: Option<Date>,
    pub decision_id: Option<&'a str>,
    /// Why this worker, what to do, risks to the worker, risks to the child.
    pub words: [&'a str; 4],
}

pub(super) async fn insert_part(tx: &mut Tx, case: &CaseRow, new: &NewPart<'_>) -> Result<AllocationId> {
    let (id, by, at) = (AllocationId::new(), tx.act().worker().to_string(), tx.act().at());
    let written = run!(
        tx,
        sqlx::query(
            "INSERT INTO allocation (id, involvement_id, person_id, worker_id, part, state, from_on, until_on, why_this_worker, what_to_do, first_visit_by_on, risks_to_worker, risks_to_child, next_look_on, allocated_by, allocated_at, decision_id, version)
             VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,1)"
        )
        .bind(&id)
        .bind(&case.id)
        .bind(&case.person_id)
        .bind(new.worker)
        .bind(new.part.code())
        .bind(AllocationState::Offered.code())
        .bind(Day(new.from_on))
        .bind(Day::option(new.until_on))
        .bind(new.words[0])
        .bind(new.words[1])
        .bind(Day::option(new.first_visit_by))
        .bind(new.words[2])
        .bind(new.words[3])
        .bind(Day::option(new.next_look_on))
        .bind(&by)
        .bind(at)
        .bind(new.decision_id)
    );
    match written {
        Ok(_) => Ok(id),
        // The index against a second allocated worker: whoever was first holds the case.
        Err(sqlx::Error::Database(e)) if e.is_unique_violation() => Err(Error::Stale),
        Err(e) => Err(e.into()),
    }
}

/// The first visit and the next look fall due; the wait for a worker is over, and so is what was due from the last one.
async fn clocks(tx: &mut Tx, one: &Given, row: &CaseRow, id: &AllocationId, decision: &Decision<'_>) -> Result<()> {
    let (today, person) = (tx.today(), one.opened.id());
    let case = dues::About {
        person: Some(person.clone()),
        involvement: Some(row.id.clone()),
        subject_kind: "involvement",
        subject_id: row.id.to_string(),
    };
    for code in ["FIRST_VISIT", "NEXT_LOOK"] {
        dues::drop_all(tx, &case, code, "a new worker was named").await?;
    }
    for due in dues::open_for(tx, person).await?.into_iter().filter(|due| due.code == "ALLOC") {
        dues::meet(tx, &due.id, today, None).await?;
    }
    if let Some(by) = decision.note.first_visit_by {
        dues::open_until(tx, &case, "FIRST_VISIT", Start::On(decision.note.from), by, None).await?;
    }
    dues::open_until(tx, &case, "NEXT_LOOK", Start::On(decision.note.from), decision.note.next_look_on, None).await?;
    let about = dues::About { subject_kind: "allocation", subject_id: id.to_string(), ..case };
    dues::open(tx, &about, "ALLOC_ACK", Start::On(today)).await?;
    Ok(())
}

/// The worker is told, the co-worker too; the group manager, when the caseload is red or the worker has no room.
async fn tell(tx: &mut Tx, case: &CaseRow, choice: &Choice, decision: &Decision<'_>, made: &[AllocationId]) -> Result<()> {
    for id in made {
        told::notice(
            tx,
            &Notice::to(
                &decision.worker,
                "allocated",
                "allocation",
                id.as_str(),
                "You have been given a case. Read its note, and acknowledge it or say that you cannot take it safely.",
            )
            .answered(),
        )
        .await?;
    }
    if let (Some(co_worker), Some(id)) = (&decision.co_worker, made.first()) {
        told::notice(tx, &Notice::to(co_worker, "allocated", "allocation", id.as_str(), "You were named as co-worker of a case.")).await?;
    }
    if !matches!(choice.effect.band, care::allocation::Band::Red | care::allocation::Band::NoCapacity) {
        return Ok(());
    }
    let Some(id) = made.first() else { return Ok(()) };
    let text = format!("A case was given to somebody above the guideline. {}.", choice.effect);
    for manager in leaders(tx, &case.team_id, Role::GroupManager).await? {
        told::notice(tx, &Notice::to(&manager, "allocated_in_red", "allocation", id.as_str(), &text)).await?;
    }
    Ok(())
}

/// How many open allocations with the part of allocated worker a case has: never more than one.
pub async fn primaries(tx: &mut Tx, case: &InvolvementId) -> Result<i64> {
    let (n,): (i64,) = sql!(tx, |c| sqlx::query_as(
        "SELECT COUNT(*) FROM allocation WHERE involvement_id = $1 AND part = 'primary' AND until_on IS NULL"
    )
    .bind(case)
    .fetch_one(c))?;
    Ok(n)
}
