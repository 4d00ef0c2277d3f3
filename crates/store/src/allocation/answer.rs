//! What follows an allocation: the worker acknowledges it, or says "I cannot take this safely"; the manager answers, and
//! where the manager stands by it the group manager answers too. Every step is kept with its reason.

use care::{
    access::{Deed, Role},
    allocation::{AllocationState, EndReason, Step, StepProblem},
    chronology::EntryKind,
};

use super::{
    case::{CaseRow, case_row, leaders, leads, my_roles},
    end::{PART, PartRow, end_row, step_row},
    told::{self, Notice},
};
use crate::{
    At, Error, Result, Tx,
    audit::Noted,
    dues,
    id::{AllocationId, WorkerId},
    people::{self, Opened},
    record::{self, NewEntry},
    run, sql,
};

/// One step that was taken.
#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct StepRow {
    pub step: String,
    pub reason: String,
    pub taken_by: String,
    pub given_name: Option<String>,
    pub surname: Option<String>,
    pub taken_at: At,
}

/// What the manager read when deciding: the sentence of effect, the concerns, and why all the same.
#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct DecisionRow {
    pub effect: String,
    pub concerns: String,
    pub despite: String,
    pub children: i64,
}

/// An allocation with all that stands about it.
pub struct Allocation {
    pub opened: Opened,
    pub case: CaseRow,
    pub part: PartRow,
    pub steps: Vec<StepRow>,
    pub decision: Option<DecisionRow>,
    /// The steps that whoever acts may take now.
    pub mine: Vec<Step>,
}

impl StepRow {
    pub fn by(&self) -> String {
        match (&self.given_name, &self.surname) {
            (Some(given), Some(surname)) => format!("{given} {surname}"),
            _ => self.taken_by.clone(),
        }
    }
    pub fn words(&self) -> &str {
        match Step::from_code(&self.step) {
            Some(step) => step.label(),
            None => &self.step,
        }
    }
}

/// Opens an allocation for the worker whose it is, or for whoever may read the record.
pub async fn allocation(tx: &mut Tx, id: &AllocationId) -> Result<Allocation> {
    let part: PartRow = sql!(tx, |c| sqlx::query_as(sqlx::AssertSqlSafe(format!("{PART} WHERE a.id = $1"))).bind(id).fetch_one(c))?;
    let opened = people::open(tx, &part.person_id, Deed::ReadRecord).await?;
    let case = case_row(tx, &part.involvement_id).await?;
    let steps = sql!(tx, |c| {
        sqlx::query_as(
        "SELECT s.step, s.reason, s.taken_by, w.given_name, w.surname, s.taken_at FROM allocation_step s LEFT JOIN worker w ON w.id = s.taken_by WHERE s.allocation_id = $1 ORDER BY s.taken_at, s.id"
    )
    .bind(id)
    .fetch_all(c)
    })?;
    let decision = match &part.decision_id {
        Some(decision) => {
            sql!(tx, |c| sqlx::query_as("SELECT effect, concerns, despite, children FROM allocation_decision WHERE id = $1")
                .bind(decision)
                .fetch_optional(c))?
        }
        None => None,
    };
    let mine = steps_for_me(tx, &part, &case).await?;
    Ok(Allocation { opened, case, part, steps, decision, mine })
}

async fn steps_for_me(tx: &mut Tx, part: &PartRow, case: &CaseRow) -> Result<Vec<Step>> {
    let (me, roles, leads) = (tx.act().worker().clone(), my_roles(tx).await?, leads(tx, &case.team_id).await?);
    let own = part.worker_id == me;
    let may = |step: &Step| match step {
        Step::Acknowledge | Step::SayCannotTake => own,
        // Nobody answers for themselves.
        _ => leads && !own && roles.iter().any(|role| step.taken_by().contains(role)),
    };
    Ok(part.state()?.steps().into_iter().filter(|step| *step != Step::End).filter(may).collect())
}

/// Takes one step, on the row as it was seen.
pub async fn answer(tx: &mut Tx, id: &AllocationId, step: Step, reason: &str, version: i64) -> Result<AllocationState> {
    let one = allocation(tx, id).await?;
    let next = one.part.state()?.take(step, reason).map_err(|problem| match problem {
        StepProblem::NotFrom(_) => Error::Stale,
        StepProblem::ReasonMissing(_) => Error::refused("reason", problem.to_string()),
    })?;
    if !one.mine.contains(&step) {
        return Err(Error::RoleLacks);
    }
    if next == AllocationState::Ended {
        let (on, reason_code) = (tx.today().max(one.part.from_on.0), EndReason::Unsafe);
        step_row(tx, id, step.code(), reason).await?;
        end_row(tx, id, on, reason_code, reason).await?;
    } else {
        set_state(tx, id, next, version).await?;
        step_row(tx, id, step.code(), reason).await?;
    }
    if step == Step::Acknowledge {
        let about = dues::About { person: None, involvement: None, subject_kind: "allocation", subject_id: id.to_string() };
        meet_acknowledgement(tx, &about, id).await?;
    }
    let mut entry =
        NewEntry::new(EntryKind::ManagementDecision, tx.today(), format!("{}: {}", one.part.worker(), step.label()), reason.to_owned());
    entry.involvement = Some(one.case.id.clone());
    if step != Step::Acknowledge {
        record::add(tx, &one.opened, &entry).await?;
    }
    tell(tx, &one, step).await?;
    tx.note(Noted::new("allocation.step", "allocation", id).because(step.code()).words(reason.to_owned()));
    Ok(next)
}

async fn set_state(tx: &mut Tx, id: &AllocationId, next: AllocationState, version: i64) -> Result<()> {
    let acknowledged = (next == AllocationState::Acknowledged).then(|| tx.act().at());
    let n = run!(
        tx,
        sqlx::query("UPDATE allocation SET state = $1, acknowledged_at = COALESCE($2, acknowledged_at), version = version + 1 WHERE id = $3 AND version = $4")
            .bind(next.code())
            .bind(acknowledged)
            .bind(id)
            .bind(version)
    )?;
    if n == 0 { Err(Error::Stale) } else { Ok(()) }
}

async fn meet_acknowledgement(tx: &mut Tx, about: &dues::About, id: &AllocationId) -> Result<()> {
    let open: Vec<(crate::id::DueId,)> = sql!(tx, |c| sqlx::query_as(
        "SELECT id FROM due WHERE subject_id = $1 AND code = 'ALLOC_ACK' AND met_on IS NULL AND dropped_on IS NULL"
    )
    .bind(&about.subject_id)
    .fetch_all(c))?;
    let today = tx.today();
    for (due,) in open {
        dues::meet(tx, &due, today, None).await?;
    }
    let me = tx.act().worker().clone();
    let at = tx.act().at();
    run!(
        tx,
        sqlx::query("UPDATE notice SET read_at = COALESCE(read_at, $1), acknowledged_at = $1, acknowledged_by = $2 WHERE to_worker_id = $2 AND subject_id = $3 AND acknowledged_at IS NULL")
            .bind(at)
            .bind(&me)
            .bind(id)
    )?;
    Ok(())
}

/// Who answers next is told, and who asked hears the answer.
async fn tell(tx: &mut Tx, one: &Allocation, step: Step) -> Result<()> {
    let id = one.part.id.as_str();
    let team = &one.case.team_id;
    match step {
        Step::SayCannotTake => {
            let mut managers = leaders(tx, team, Role::TeamManager).await?;
            let by = WorkerId::from_text(one.part.allocated_by.clone());
            if !managers.contains(&by) && by.as_str() != "system" && is_worker(tx, &by).await? {
                managers.push(by);
            }
            if managers.is_empty() {
                managers = leaders(tx, team, Role::GroupManager).await?;
            }
            for manager in managers {
                told::notice(
                    tx,
                    &Notice::to(
                        &manager,
                        "cannot_take",
                        "allocation",
                        id,
                        "A worker says that a case cannot be taken safely. Answer with your decision.",
                    )
                    .answered(),
                )
                .await?;
            }
        }
        Step::ManagerStands => {
            for manager in leaders(tx, team, Role::GroupManager).await? {
                told::notice(tx, &Notice::to(&manager, "cannot_take_up", "allocation", id, "A worker says that a case cannot be taken safely, and the manager stands by the allocation. Answer with your decision.").answered()).await?;
            }
        }
        Step::ManagerWithdraws | Step::GroupManagerWithdraws => {
            told::notice(
                tx,
                &Notice::to(
                    &one.part.worker_id,
                    "allocation_withdrawn",
                    "allocation",
                    id,
                    "The case that you could not take safely was taken back.",
                ),
            )
            .await?;
        }
        Step::GroupManagerConfirms => {
            told::notice(
                tx,
                &Notice::to(
                    &one.part.worker_id,
                    "allocation_confirmed",
                    "allocation",
                    id,
                    "The group manager answered what you said about a case. Read the answer, and acknowledge it.",
                )
                .answered(),
            )
            .await?;
        }
        Step::Acknowledge | Step::End => {}
    }
    Ok(())
}

async fn is_worker(tx: &mut Tx, id: &WorkerId) -> Result<bool> {
    let found: Option<(WorkerId,)> = sql!(tx, |c| sqlx::query_as("SELECT id FROM worker WHERE id = $1").bind(id).fetch_optional(c))?;
    Ok(found.is_some())
}
