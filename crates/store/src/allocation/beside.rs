//! Workers beside the allocated one: a co-worker, and a cover worker who stands in by name while the allocated worker is
//! away. The allocated worker stays allocated; an absence is never a change of worker.

use care::{
    access::{Conflict, ConflictKind, Deed, Holding},
    allocation::{AllocationPart, ZeroKind},
    chronology::EntryKind,
    words,
};
use jiff::civil::Date;

use super::{
    case::{CaseRow, leads},
    choose::status_kinds,
    decide::{NewPart, insert_part},
    practitioner::{Practitioner, practitioners},
    told::{self, Notice},
};
use crate::{
    Day, Error, Result, Tx,
    audit::Noted,
    id::{AllocationId, WorkerId},
    people::Opened,
    policy,
    record::{self, NewEntry},
    sql,
};

/// A part beside the allocated worker's, as it was asked for.
#[derive(Debug, Clone)]
pub struct Beside<'a> {
    pub part: AllocationPart,
    pub worker: WorkerId,
    pub from: Date,
    /// The last day, for cover; a co-worker stays until ended.
    pub until: Option<Date>,
    pub why: &'a str,
}

/// Names a co-worker or a cover worker.
pub async fn name_beside(tx: &mut Tx, opened: &Opened, case: &CaseRow, new: &Beside<'_>) -> Result<AllocationId> {
    if opened.deed() != Deed::Allocate || opened.id() != &case.person_id || !leads(tx, &case.team_id).await? {
        return Err(Error::RoleLacks);
    }
    let people = practitioners(tx).await?;
    let worker = people.get(&new.worker).ok_or_else(|| Error::refused("worker", "Choose a worker"))?;
    judged(tx, case, new, worker).await?;
    let part = NewPart {
        part: new.part,
        worker: &new.worker,
        from_on: new.from,
        until_on: new.until,
        first_visit_by: None,
        next_look_on: None,
        decision_id: None,
        words: [new.why, "", "", ""],
    };
    let id = insert_part(tx, case, &part).await?;
    let title = format!("{} is {}", worker.name, if new.part == AllocationPart::Cover { "covering" } else { "co-worker" });
    let until = new.until.map(|day| format!(", until {}", words::date(day))).unwrap_or_default();
    let mut entry = NewEntry::new(
        EntryKind::Allocation,
        new.from.min(tx.today()),
        title,
        format!("From {}{until}. {}", words::date(new.from), new.why),
    );
    entry.involvement = Some(case.id.clone());
    record::add(tx, opened, &entry).await?;
    told::notice(
        tx,
        &Notice::to(
            &new.worker,
            "allocated",
            "allocation",
            id.as_str(),
            "You were named beside a case's worker. Read its note, and acknowledge it.",
        )
        .answered(),
    )
    .await?;
    tx.note(Noted::new("allocation.beside", "allocation", &id).because(format!("{} {}", new.part.code(), new.worker)));
    Ok(id)
}

async fn judged(tx: &mut Tx, case: &CaseRow, new: &Beside<'_>, worker: &Practitioner) -> Result<()> {
    let (today, last) = (tx.today(), new.until.unwrap_or(new.from));
    if new.part == AllocationPart::Primary {
        return Err(Error::refused("part", "The allocated worker is named on the page of allocation"));
    }
    if new.from < today {
        return Err(Error::refused("from", "First day must be today or later"));
    }
    match (new.part, new.until) {
        (AllocationPart::Cover, None) => return Err(Error::refused("until", "Say until when the cover lasts")),
        (_, Some(until)) if until < new.from => return Err(Error::refused("until", "Last day must be on or after the first")),
        _ => {}
    }
    if new.why.trim().is_empty() {
        return Err(Error::refused("why", "Say what they are to do"));
    }
    if case.worker_id.as_ref() == Some(&new.worker) {
        return Err(Error::refused("worker", format!("{} is the allocated worker", worker.name)));
    }
    if worker.has_left(last) {
        return Err(Error::refused("worker", format!("{} leaves before the last day of this", worker.name)));
    }
    if let Some(away) = worker.dates.absences.iter().find(|away| away.from <= last && away.until.is_none_or(|until| until >= new.from)) {
        return Err(Error::refused("worker", format!("{} is {}", worker.name, away.words())));
    }
    if let Conflict::Declared(kind) = conflict(tx, case, &new.worker).await? {
        return Err(Error::refused("worker", format!("Conflict of interest: {}", kind.label().to_lowercase())));
    }
    let holding = policy::rules(tx).await?.holding;
    if new.part != AllocationPart::Cover {
        return Ok(());
    }
    let kinds = status_kinds(tx, std::slice::from_ref(&case.person_id)).await?.into_iter().chain(case.case_kind());
    let not =
        kinds.filter(|kind| ZeroKind::of(*kind).is_some()).find(|kind| holding.may_any_hold(&worker.roles, *kind, today) == Holding::Not);
    if let Some(kind) = not {
        return Err(Error::refused("worker", format!("{}: this worker's role may not hold this", kind.label())));
    }
    Ok(())
}

async fn conflict(tx: &mut Tx, case: &CaseRow, worker: &WorkerId) -> Result<Conflict> {
    let today = Day(tx.today());
    let found: Option<(String,)> = sql!(tx, |c| {
        sqlx::query_as(
        "SELECT reason FROM conflict_of_interest WHERE person_id = $1 AND worker_id = $2 AND from_on <= $3 AND (until_on IS NULL OR until_on >= $3) ORDER BY id LIMIT 1"
    )
    .bind(&case.person_id)
    .bind(worker)
    .bind(today)
    .fetch_optional(c)
    })?;
    Ok(found
        .map_or(Conflict::NoneDeclared, |(reason,)| Conflict::Declared(ConflictKind::from_code(&reason).unwrap_or(ConflictKind::Other))))
}
