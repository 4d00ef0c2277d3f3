//! Those who wait for a worker: the manager's weekly look with its decision, asking the group manager at four weeks, and
//! the group manager's answer.

use care::{
    access::{Deed, Role},
    chronology::EntryKind,
    coded,
};
use jiff::civil::Date;

use super::{
    case::{CaseRow, leaders, leads, open_case},
    told::{self, Notice},
};
use crate::{
    At, Day, Error, Result, Tx,
    audit::Noted,
    id::{InvolvementId, PersonId, TeamId, fresh},
    people::Opened,
    record::{self, NewEntry},
    run, sql,
};

coded! {
    /// What the manager decided at the weekly look.
    pub enum ReviewOutcome {
        SafeToWait = "safe_to_wait", "Safe to wait another week; duty keeps in touch";
        AllocateNow = "allocate_now", "Must be allocated now";
        DutyActs = "duty_acts", "Duty acts this week; still waiting for a worker";
        OtherTeam = "other_team", "To be offered to another team";
        Close = "close", "No longer needed: to be closed";
    }
}

/// One weekly look.
#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct ReviewRow {
    pub involvement_id: InvolvementId,
    pub reviewed_on: Day,
    pub outcome: String,
    pub words: String,
    pub reviewed_by: String,
    pub given_name: Option<String>,
    pub surname: Option<String>,
}

/// A question to the group manager, and the answer.
#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct EscalationRow {
    pub id: String,
    pub involvement_id: InvolvementId,
    pub person_id: PersonId,
    pub team_id: TeamId,
    pub since_on: Day,
    pub escalated_on: Day,
    pub words: String,
    pub escalated_by: String,
    pub answer: Option<String>,
    pub answered_by: Option<String>,
    pub answered_at: Option<At>,
}

impl ReviewRow {
    pub fn by(&self) -> String {
        match (&self.given_name, &self.surname) {
            (Some(given), Some(surname)) => format!("{given} {surname}"),
            _ => self.reviewed_by.clone(),
        }
    }
    pub fn outcome_words(&self) -> &str {
        match ReviewOutcome::from_code(&self.outcome) {
            Some(outcome) => outcome.label(),
            None => &self.outcome,
        }
    }
}

/// Records the manager's look at somebody who waits; it stands in the story as a management decision.
pub async fn review(tx: &mut Tx, opened: &Opened, case: &CaseRow, outcome: ReviewOutcome, text: &str) -> Result<()> {
    if opened.deed() != Deed::RecordDecision || opened.id() != &case.person_id || !leads(tx, &case.team_id).await? {
        return Err(Error::RoleLacks);
    }
    if text.trim().is_empty() {
        return Err(Error::refused("words", "Write what you looked at, what you decided and why it is safe"));
    }
    let (id, by, at, today) = (fresh(), tx.act().worker().to_string(), tx.act().at(), tx.today());
    run!(
        tx,
        sqlx::query("INSERT INTO unallocated_review (id, involvement_id, person_id, team_id, reviewed_on, outcome, words, reviewed_by, reviewed_at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)")
            .bind(&id)
            .bind(&case.id)
            .bind(&case.person_id)
            .bind(&case.team_id)
            .bind(Day(today))
            .bind(outcome.code())
            .bind(text)
            .bind(&by)
            .bind(at)
    )?;
    let mut entry = NewEntry::new(
        EntryKind::ManagementDecision,
        today,
        "Weekly look while waiting for a worker",
        format!("{}. {text}", outcome.label()),
    );
    entry.involvement = Some(case.id.clone());
    record::add(tx, opened, &entry).await?;
    tx.note(Noted::new("unallocated.review", "involvement", &case.id).because(outcome.code()).words(text.to_owned()));
    Ok(())
}

/// Since when a case has been without a worker in post; None while it has one.
pub async fn waiting_since(tx: &mut Tx, case: &CaseRow) -> Result<Option<Date>> {
    let today = tx.today();
    if let Some(worker) = &case.worker_id {
        let last = crate::workers::worker(tx, worker).await?.last_day_on.map(|day| day.0).filter(|last| *last < today);
        let held_from = case.held_from.map_or(case.opened_on.0, |day| day.0);
        return Ok(last.map(|last| super::board::next_day(last).max(held_from)));
    }
    let (last,): (Option<Day>,) =
        sql!(tx, |c| sqlx::query_as("SELECT MAX(until_on) FROM allocation WHERE involvement_id = $1 AND part = 'primary'")
            .bind(&case.id)
            .fetch_one(c))?;
    Ok(Some(last.map_or(case.opened_on.0, |last| super::board::next_day(last.0)).max(case.opened_on.0).min(today)))
}

/// The looks at one case, the latest first.
pub async fn reviews(tx: &mut Tx, opened: &Opened, case: &CaseRow) -> Result<Vec<ReviewRow>> {
    if opened.id() != &case.person_id {
        return Err(Error::NotFound);
    }
    Ok(sql!(tx, |c| {
        sqlx::query_as(
        "SELECT r.involvement_id, r.reviewed_on, r.outcome, r.words, r.reviewed_by, w.given_name, w.surname FROM unallocated_review r LEFT JOIN worker w ON w.id = r.reviewed_by
         WHERE r.involvement_id = $1 ORDER BY r.reviewed_at DESC, r.id DESC"
    )
    .bind(&case.id)
    .fetch_all(c)
    })?)
}

/// Asks the group manager about a wait, once for each wait; says how many were told.
pub async fn escalate(tx: &mut Tx, opened: &Opened, case: &CaseRow, since: Date, text: &str) -> Result<usize> {
    if opened.deed() != Deed::RecordDecision || opened.id() != &case.person_id || !leads(tx, &case.team_id).await? {
        return Err(Error::RoleLacks);
    }
    if text.trim().is_empty() {
        return Err(Error::refused("words", "Write what you ask the group manager to decide"));
    }
    let (id, by, today) = (fresh(), tx.act().worker().to_string(), tx.today());
    let added = run!(
        tx,
        sqlx::query("INSERT INTO unallocated_escalation (id, involvement_id, person_id, team_id, since_on, escalated_on, words, escalated_by) VALUES ($1,$2,$3,$4,$5,$6,$7,$8) ON CONFLICT (involvement_id, since_on) DO NOTHING")
            .bind(&id)
            .bind(&case.id)
            .bind(&case.person_id)
            .bind(&case.team_id)
            .bind(Day(since))
            .bind(Day(today))
            .bind(text)
            .bind(&by)
    )?;
    if added == 0 {
        return Err(Error::refused("words", "The group manager was asked already"));
    }
    let mut entry =
        NewEntry::new(EntryKind::ManagementDecision, today, "The group manager was asked about the wait for a worker", text.to_owned());
    entry.involvement = Some(case.id.clone());
    record::add(tx, opened, &entry).await?;
    let managers = leaders(tx, &case.team_id, Role::GroupManager).await?;
    for manager in &managers {
        told::notice(
            tx,
            &Notice::to(
                manager,
                "unallocated_four_weeks",
                "escalation",
                &id,
                "Somebody has waited too long for a worker. The team manager asks you to decide.",
            )
            .answered(),
        )
        .await?;
    }
    tx.note(Noted::new("unallocated.escalate", "involvement", &case.id).words(text.to_owned()));
    Ok(managers.len())
}

/// A question and its person, opened for whoever answers.
pub async fn escalation(tx: &mut Tx, id: &str) -> Result<(Opened, CaseRow, EscalationRow)> {
    let row: EscalationRow = sql!(tx, |c| {
        sqlx::query_as(
        "SELECT id, involvement_id, person_id, team_id, since_on, escalated_on, words, escalated_by, answer, answered_by, answered_at FROM unallocated_escalation WHERE id = $1"
    )
    .bind(id)
    .fetch_one(c)
    })?;
    let (opened, case) = open_case(tx, &row.involvement_id, Deed::Allocate).await?;
    Ok((opened, case, row))
}

/// The questions about a case, the latest first.
pub async fn escalations(tx: &mut Tx, opened: &Opened, case: &CaseRow) -> Result<Vec<EscalationRow>> {
    if opened.id() != &case.person_id {
        return Err(Error::NotFound);
    }
    Ok(sql!(tx, |c| {
        sqlx::query_as(
        "SELECT id, involvement_id, person_id, team_id, since_on, escalated_on, words, escalated_by, answer, answered_by, answered_at FROM unallocated_escalation
         WHERE involvement_id = $1 ORDER BY escalated_on DESC, id DESC"
    )
    .bind(&case.id)
    .fetch_all(c)
    })?)
}

/// The group manager's answer. Whoever asked does not answer.
pub async fn answer_escalation(tx: &mut Tx, id: &str, answer: &str) -> Result<()> {
    let (opened, case, row) = escalation(tx, id).await?;
    let roles = super::case::my_roles(tx).await?;
    let (by, at, today) = (tx.act().worker().to_string(), tx.act().at(), tx.today());
    if !roles.iter().any(|role| matches!(role, Role::GroupManager | Role::Director)) || by == row.escalated_by {
        return Err(Error::refused("answer", "A group manager answers, and not the one who asked"));
    }
    if answer.trim().is_empty() {
        return Err(Error::refused("answer", "Write what you decide, and why"));
    }
    let n = run!(
        tx,
        sqlx::query("UPDATE unallocated_escalation SET answer = $1, answered_by = $2, answered_at = $3 WHERE id = $4 AND answer IS NULL")
            .bind(answer)
            .bind(&by)
            .bind(at)
            .bind(id)
    )?;
    if n == 0 {
        return Err(Error::Stale);
    }
    let mut entry =
        NewEntry::new(EntryKind::ManagementDecision, today, "The group manager decided about the wait for a worker", answer.to_owned());
    entry.involvement = Some(case.id.clone());
    record::add(tx, &opened, &entry).await?;
    let asked = crate::id::WorkerId::from_text(row.escalated_by);
    told::notice(
        tx,
        &Notice::to(
            &asked,
            "escalation_answered",
            "escalation",
            id,
            "The group manager has answered what you asked about somebody who waits for a worker.",
        ),
    )
    .await?;
    tx.note(Noted::new("unallocated.answer", "involvement", &case.id).words(answer.to_owned()));
    Ok(())
}
