//! Ending a worker's part in a case, by a reason of the list, and closing the case altogether.

use care::{
    allocation::{AllocationPart, AllocationState, EndReason, ZeroKind},
    chronology::EntryKind,
    words,
};
use jiff::civil::Date;

use super::{
    case::CaseRow,
    told::{self, Notice},
};
use crate::{
    Day, Error, Result, Tx,
    audit::Noted,
    dues,
    id::{AllocationId, fresh},
    people::Opened,
    record::{self, NewEntry},
    run, sql,
};

/// A worker's part in a case, as it stands.
#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct PartRow {
    pub id: AllocationId,
    pub involvement_id: crate::id::InvolvementId,
    pub person_id: crate::id::PersonId,
    pub worker_id: crate::id::WorkerId,
    pub given_name: String,
    pub surname: String,
    pub part: String,
    pub state: String,
    pub from_on: Day,
    pub until_on: Option<Day>,
    pub end_cause: Option<String>,
    pub why_this_worker: String,
    pub what_to_do: String,
    pub first_visit_by_on: Option<Day>,
    pub risks_to_worker: String,
    pub risks_to_child: String,
    pub next_look_on: Option<Day>,
    pub acknowledged_at: Option<crate::At>,
    pub allocated_by: String,
    pub allocated_at: crate::At,
    pub decision_id: Option<String>,
    pub version: i64,
}

pub(super) const PART: &str = "SELECT a.id, a.involvement_id, a.person_id, a.worker_id, w.given_name, w.surname, a.part, a.state, a.from_on, a.until_on, a.end_cause, a.why_this_worker,
    a.what_to_do, a.first_visit_by_on, a.risks_to_worker, a.risks_to_child, a.next_look_on, a.acknowledged_at, a.allocated_by, a.allocated_at, a.decision_id, a.version
    FROM allocation a JOIN worker w ON w.id = a.worker_id";

impl PartRow {
    pub fn worker(&self) -> String {
        format!("{} {}", self.given_name, self.surname).trim().to_owned()
    }
    pub fn state(&self) -> Result<AllocationState> {
        AllocationState::from_code(&self.state).ok_or_else(|| Error::Corrupt(format!("allocation {} is {}", self.id, self.state)))
    }
    pub fn is_open(&self) -> bool {
        self.until_on.is_none()
    }
    pub fn part_words(&self) -> &'static str {
        AllocationPart::from_code(&self.part).map_or("Reviewing officer or chair", AllocationPart::label)
    }
}

/// Every part that workers had in an opened person's cases, the latest first: the history of changes of worker.
pub async fn parts(tx: &mut Tx, opened: &Opened) -> Result<Vec<PartRow>> {
    Ok(sql!(tx, |c| sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "{PART} WHERE a.person_id = $1 ORDER BY a.from_on DESC, a.allocated_at DESC, a.id DESC"
    )))
    .bind(opened.id())
    .fetch_all(c))?)
}

/// One part, of an opened person.
pub async fn part(tx: &mut Tx, opened: &Opened, id: &AllocationId) -> Result<PartRow> {
    parts(tx, opened).await?.into_iter().find(|part| part.id == *id).ok_or(Error::NotFound)
}

/// Ends a worker's part in a case on a day, by a reason. The child is without a worker from the next day on if it was the
/// allocated worker's part.
pub async fn end(tx: &mut Tx, opened: &Opened, case: &CaseRow, id: &AllocationId, on: Date, reason: EndReason, why: &str) -> Result<()> {
    let part = part(tx, opened, id).await?;
    let today = tx.today();
    if !part.is_open() && part.part != AllocationPart::Cover.code() {
        return Err(Error::Stale);
    }
    if on < part.from_on.0 || on > today {
        return Err(Error::refused("on", format!("Last day must be from {} to today", words::date(part.from_on.0))));
    }
    if why.trim().is_empty() {
        return Err(Error::refused("why", "Say why"));
    }
    end_row(tx, id, on, reason, why).await?;
    let title = format!("{} is no longer {}", part.worker(), part.part_words().to_lowercase());
    let mut entry = NewEntry::new(EntryKind::WorkerEnded, on, title, format!("{}. {why}", reason.label()));
    entry.involvement = Some(case.id.clone());
    entry.facts = serde_json::json!({ "allocation": id, "cause": reason.code() }).to_string();
    record::add(tx, opened, &entry).await?;
    told::notice(
        tx,
        &Notice::to(
            &part.worker_id,
            "allocation_ended",
            "allocation",
            id.as_str(),
            "A case of yours was taken back or ended. Its note says why.",
        ),
    )
    .await
}

/// The row alone: what was due of this allocation is dropped with it.
pub(super) async fn end_row(tx: &mut Tx, id: &AllocationId, on: Date, reason: EndReason, why: &str) -> Result<()> {
    let n = run!(
        tx,
        sqlx::query(
            "UPDATE allocation SET until_on = $1, end_cause = $2, state = 'ended', version = version + 1 WHERE id = $3 AND state <> 'ended'"
        )
        .bind(Day(on))
        .bind(reason.code())
        .bind(id)
    )?;
    if n == 0 {
        return Err(Error::Stale);
    }
    step_row(tx, id, "end", why).await?;
    let about = dues::About { person: None, involvement: None, subject_kind: "allocation", subject_id: id.to_string() };
    dues::drop_all(tx, &about, "ALLOC_ACK", "the allocation ended").await?;
    tx.note(Noted::new("allocation.end", "allocation", id).because(reason.code()).words(why.to_owned()));
    Ok(())
}

pub(super) async fn step_row(tx: &mut Tx, id: &AllocationId, step: &str, reason: &str) -> Result<()> {
    let (by, at) = (tx.act().worker().to_string(), tx.act().at());
    run!(
        tx,
        sqlx::query("INSERT INTO allocation_step (id, allocation_id, step, reason, taken_by, taken_at) VALUES ($1,$2,$3,$4,$5,$6)")
            .bind(fresh())
            .bind(id)
            .bind(step)
            .bind(reason)
            .bind(&by)
            .bind(at)
    )?;
    Ok(())
}

/// Closes a case: every part in it ends that day. Refused while a status stands that must never be without a worker.
pub async fn close(tx: &mut Tx, opened: &Opened, case: &CaseRow, on: Date, reason: EndReason, why: &str) -> Result<()> {
    let today = tx.today();
    let earliest = latest_start(tx, case).await?.max(case.opened_on.0);
    if on < earliest || on > today {
        return Err(Error::refused("on", format!("Closing date must be from {} to today", words::date(earliest))));
    }
    if why.trim().is_empty() {
        return Err(Error::refused("why", "Say what was decided and why the case can be closed"));
    }
    let statuses: Vec<(String,)> = sql!(tx, |c| sqlx::query_as(
        "SELECT kind FROM person_status WHERE person_id = $1 AND from_on <= $2 AND (until_on IS NULL OR until_on > $2)"
    )
    .bind(opened.id())
    .bind(Day(today))
    .fetch_all(c))?;
    let others: (i64,) =
        sql!(tx, |c| sqlx::query_as("SELECT COUNT(*) FROM involvement WHERE person_id = $1 AND id <> $2 AND closed_on IS NULL")
            .bind(opened.id())
            .bind(&case.id)
            .fetch_one(c))?;
    let must = statuses.iter().filter_map(|(kind,)| care::case_kind::CaseKind::from_code(kind)).find_map(ZeroKind::of);
    if let (Some(kind), 0) = (must, others.0) {
        return Err(Error::refused(
            "reason",
            format!(
                "This is the only open case, and a status stands: {}. End the status first, or transfer the case",
                kind.label().to_lowercase()
            ),
        ));
    }
    let open: Vec<(AllocationId,)> =
        sql!(tx, |c| sqlx::query_as("SELECT id FROM allocation WHERE involvement_id = $1 AND state <> 'ended' ORDER BY id")
            .bind(&case.id)
            .fetch_all(c))?;
    for (id,) in open {
        end_row(tx, &id, on, reason, why).await?;
    }
    let n = run!(
        tx,
        sqlx::query("UPDATE involvement SET closed_on = $1, closure_reason = $2, version = version + 1 WHERE id = $3 AND closed_on IS NULL AND version = $4")
            .bind(Day(on))
            .bind(reason.code())
            .bind(&case.id)
            .bind(case.version)
    )?;
    if n == 0 {
        return Err(Error::Stale);
    }
    let about = dues::About {
        person: Some(opened.id().clone()),
        involvement: Some(case.id.clone()),
        subject_kind: "involvement",
        subject_id: case.id.to_string(),
    };
    for code in ["FIRST_VISIT", "NEXT_LOOK", "ALLOC"] {
        dues::drop_all(tx, &about, code, "the case was closed").await?;
    }
    let mut entry =
        NewEntry::new(EntryKind::ManagementDecision, on, format!("Case closed: {}", case.team), format!("{}. {why}", reason.label()));
    entry.involvement = Some(case.id.clone());
    record::add(tx, opened, &entry).await?;
    tx.note(Noted::new("case.close", "involvement", &case.id).because(reason.code()));
    Ok(())
}

async fn latest_start(tx: &mut Tx, case: &CaseRow) -> Result<Date> {
    let (day,): (Option<Day>,) =
        sql!(tx, |c| sqlx::query_as("SELECT MAX(from_on) FROM allocation WHERE involvement_id = $1 AND state <> 'ended'")
            .bind(&case.id)
            .fetch_one(c))?;
    Ok(day.map_or(case.opened_on.0, |day| day.0))
}
