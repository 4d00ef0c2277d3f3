//! Moving a case to another team: offered with a reason, and accepted or declined by whoever leads the other team. It
//! stays with the first team until then. On acceptance the first team's case closes and the second team's opens on the
//! same day; the worker stays the allocated one until the second team names its own, so that the child is never
//! without.

use care::{
    access::{Deed, Purpose, Role},
    allocation::{AllocationPart, EndReason, TransferState},
    chronology::EntryKind,
    timescale::Start,
};
use jiff::SignedDuration;

use super::{
    case::{CaseRow, case_row, leaders, leads},
    decide::{NewPart, insert_part},
    end::end_row,
    told::{self, Notice},
};
use crate::{
    At, Day, Error, Result, Tx,
    audit::Noted,
    dues,
    id::{InvolvementId, PersonId, TeamId, WorkerId, fresh},
    people::{self, Opened},
    record::{self, NewEntry},
    run, sql,
};

#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct TransferRow {
    pub id: String,
    pub involvement_id: InvolvementId,
    pub person_id: PersonId,
    pub from_team_id: TeamId,
    pub from_team: String,
    pub to_team_id: TeamId,
    pub to_team: String,
    pub state: String,
    pub why: String,
    pub what_next: String,
    pub proposed_by: String,
    pub given_name: Option<String>,
    pub surname: Option<String>,
    pub proposed_at: At,
    pub answer: Option<String>,
    pub answered_at: Option<At>,
}

const TRANSFER: &str = "SELECT x.id, x.involvement_id, x.person_id, x.from_team_id, f.name AS from_team, x.to_team_id, t.name AS to_team, x.state, x.why, x.what_next, x.proposed_by,
    w.given_name, w.surname, x.proposed_at, x.answer, x.answered_at
    FROM transfer x JOIN team f ON f.id = x.from_team_id JOIN team t ON t.id = x.to_team_id LEFT JOIN worker w ON w.id = x.proposed_by";

/// How long whoever is asked may read the record before answering.
const READING: SignedDuration = SignedDuration::from_hours(14 * 24);

impl TransferRow {
    pub fn by(&self) -> String {
        match (&self.given_name, &self.surname) {
            (Some(given), Some(surname)) => format!("{given} {surname}"),
            _ => self.proposed_by.clone(),
        }
    }
    pub fn state(&self) -> Result<TransferState> {
        TransferState::from_code(&self.state).ok_or_else(|| Error::Corrupt(format!("transfer {} is {}", self.id, self.state)))
    }
}

/// Offers a case to another team; whoever leads it may read the record until the answer.
pub async fn propose(tx: &mut Tx, opened: &Opened, case: &CaseRow, to: &TeamId, why: &str, what_next: &str) -> Result<String> {
    if opened.deed() != Deed::Allocate || opened.id() != &case.person_id || !leads(tx, &case.team_id).await? {
        return Err(Error::RoleLacks);
    }
    if *to == case.team_id {
        return Err(Error::refused("to", "Choose another team"));
    }
    if why.trim().is_empty() {
        return Err(Error::refused("why", "Say why the case should move"));
    }
    if what_next.trim().is_empty() {
        return Err(Error::refused("what_next", "Say what is to be done next, and by when"));
    }
    let (id, by, at, today) = (fresh(), tx.act().worker().to_string(), tx.act().at(), tx.today());
    let (exists,): (i64,) =
        sql!(tx, |c| sqlx::query_as("SELECT COUNT(*) FROM team WHERE id = $1 AND (until_on IS NULL OR until_on >= $2)")
            .bind(to)
            .bind(Day(today))
            .fetch_one(c))?;
    if exists == 0 {
        return Err(Error::refused("to", "Choose a team"));
    }
    let added = run!(
        tx,
        sqlx::query("INSERT INTO transfer (id, involvement_id, person_id, from_team_id, to_team_id, state, why, what_next, proposed_by, proposed_at) VALUES ($1,$2,$3,$4,$5,'proposed',$6,$7,$8,$9) ON CONFLICT DO NOTHING")
            .bind(&id)
            .bind(&case.id)
            .bind(&case.person_id)
            .bind(&case.team_id)
            .bind(to)
            .bind(why)
            .bind(what_next)
            .bind(&by)
            .bind(at)
    )?;
    if added == 0 {
        return Err(Error::refused("to", "This case is offered to a team already; withdraw that first"));
    }
    let mut asked = leaders(tx, to, Role::TeamManager).await?;
    if asked.is_empty() {
        asked = leaders(tx, to, Role::GroupManager).await?;
    }
    for manager in &asked {
        grant(tx, manager, &case.person_id, &id).await?;
        told::notice(
            tx,
            &Notice::to(manager, "transfer_offered", "transfer", &id, "Another team offers you a case. Read the record and answer.")
                .answered(),
        )
        .await?;
    }
    let mut entry = NewEntry::new(EntryKind::Transfer, today, "Offered to another team", format!("{why}\n\nNext: {what_next}"));
    entry.involvement = Some(case.id.clone());
    record::add(tx, opened, &entry).await?;
    tx.note(Noted::new("transfer.propose", "transfer", &id).because(format!("{} to {to}", case.id)));
    Ok(id)
}

async fn grant(tx: &mut Tx, to: &WorkerId, person: &PersonId, transfer: &str) -> Result<()> {
    let at = tx.act().at();
    let until = At::cut(at.0.saturating_add(READING).unwrap_or(at.0));
    run!(
        tx,
        sqlx::query("INSERT INTO access_grant (id, worker_id, person_id, kind, reason_code, reason, from_at, until_at, subject_id) VALUES ($1,$2,$3,'granted',$4,'a case offered to the team',$5,$6,$7)")
            .bind(fresh())
            .bind(to)
            .bind(person)
            .bind(Purpose::Casework.code())
            .bind(at)
            .bind(until)
            .bind(transfer)
    )?;
    Ok(())
}

/// A transfer, for whoever leads one of its teams.
pub async fn transfer(tx: &mut Tx, id: &str) -> Result<(Opened, CaseRow, TransferRow)> {
    let row: TransferRow = sql!(tx, |c| sqlx::query_as(sqlx::AssertSqlSafe(format!("{TRANSFER} WHERE x.id = $1"))).bind(id).fetch_one(c))?;
    if !leads(tx, &row.from_team_id).await? && !leads(tx, &row.to_team_id).await? {
        return Err(Error::RoleLacks);
    }
    let opened = people::open(tx, &row.person_id, Deed::ReadRecord).await?;
    let case = case_row(tx, &row.involvement_id).await?;
    Ok((opened, case, row))
}

/// The transfers that wait for an answer from a team.
pub async fn offered_to(tx: &mut Tx, team: &TeamId) -> Result<Vec<TransferRow>> {
    Ok(sql!(tx, |c| sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "{TRANSFER} WHERE x.to_team_id = $1 AND x.state = 'proposed' ORDER BY x.proposed_at, x.id"
    )))
    .bind(team)
    .fetch_all(c))?)
}

/// The transfers of an opened person, the latest first.
pub async fn transfers_of(tx: &mut Tx, opened: &Opened) -> Result<Vec<TransferRow>> {
    Ok(sql!(tx, |c| sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "{TRANSFER} WHERE x.person_id = $1 ORDER BY x.proposed_at DESC, x.id DESC"
    )))
    .bind(opened.id())
    .fetch_all(c))?)
}

/// Answers an offer: the other team accepts or declines, the first withdraws. Returns the case as it is afterwards.
pub async fn answer_transfer(tx: &mut Tx, id: &str, answer: TransferState, reason: &str) -> Result<InvolvementId> {
    run!(tx, sqlx::query("UPDATE transfer SET state = state WHERE id = $1").bind(id))?;
    let (opened, case, row) = transfer(tx, id).await?;
    let next = row.state()?.answer(answer, reason).map_err(|words| Error::refused("reason", words))?;
    let team = if next == TransferState::Withdrawn { &row.from_team_id } else { &row.to_team_id };
    if !leads(tx, team).await? {
        return Err(Error::RoleLacks);
    }
    let me = tx.act().worker().to_string();
    if next == TransferState::Accepted && row.proposed_by == me {
        return Err(Error::refused("reason", "Somebody else accepts what you have offered"));
    }
    set_answer(tx, id, next, reason).await?;
    let mut entry = NewEntry::new(
        EntryKind::Transfer,
        tx.today(),
        format!("{}: {} to {}", next.label(), row.from_team, row.to_team),
        reason.to_owned(),
    );
    let moved = if next == TransferState::Accepted { accept(tx, &case, &row).await? } else { case.id.clone() };
    entry.involvement = Some(moved.clone());
    record::add(tx, &opened, &entry).await?;
    let asked = WorkerId::from_text(row.proposed_by.clone());
    told::notice(tx, &Notice::to(&asked, "transfer_answered", "transfer", id, "The team to which you offered a case has answered."))
        .await?;
    tx.note(Noted::new("transfer.answer", "transfer", id).because(next.code()).words(reason.to_owned()));
    Ok(moved)
}

async fn set_answer(tx: &mut Tx, id: &str, next: TransferState, reason: &str) -> Result<()> {
    let (by, at) = (tx.act().worker().to_string(), tx.act().at());
    let n = run!(
        tx,
        sqlx::query("UPDATE transfer SET state = $1, answer = $2, answered_by = $3, answered_at = $4 WHERE id = $5 AND state = 'proposed'")
            .bind(next.code())
            .bind(reason)
            .bind(&by)
            .bind(at)
            .bind(id)
    )?;
    if n == 0 {
        return Err(Error::Stale);
    }
    run!(tx, sqlx::query("UPDATE access_grant SET until_at = $1 WHERE subject_id = $2 AND until_at > $1").bind(at).bind(id))?;
    Ok(())
}

/// Closes the first team's case and opens the second's, with the same worker until another is named.
async fn accept(tx: &mut Tx, case: &CaseRow, row: &TransferRow) -> Result<InvolvementId> {
    if case.closed_on.is_some() {
        return Err(Error::refused("reason", "This case was closed meanwhile"));
    }
    let (new, today) = (InvolvementId::new(), tx.today());
    run!(
        tx,
        sqlx::query("INSERT INTO involvement (id, person_id, team_id, kind, referral_id, opened_on, source, version) SELECT $1, person_id, $2, kind, referral_id, $3, 'hand', 1 FROM involvement WHERE id = $4")
            .bind(&new)
            .bind(&row.to_team_id)
            .bind(Day(today))
            .bind(&case.id)
    )?;
    let moved = case_row(tx, &new).await?;
    let open: Vec<(crate::id::AllocationId, WorkerId, String, Day)> = sql!(tx, |c| sqlx::query_as(
        "SELECT id, worker_id, part, from_on FROM allocation WHERE involvement_id = $1 AND state <> 'ended' ORDER BY id"
    )
    .bind(&case.id)
    .fetch_all(c))?;
    for (allocation, worker, part, from) in open {
        end_row(tx, &allocation, today.max(from.0), EndReason::TransferToTeam, "the case moved to another team").await?;
        if part == AllocationPart::Primary.code() {
            hold_over(tx, &moved, &worker).await?;
        }
    }
    run!(
        tx,
        sqlx::query("UPDATE involvement SET closed_on = $1, closure_reason = $2, version = version + 1 WHERE id = $3")
            .bind(Day(today))
            .bind(EndReason::TransferToTeam.code())
            .bind(&case.id)
    )?;
    run!(
        tx,
        sqlx::query("UPDATE due SET involvement_id = $1, subject_id = CASE WHEN subject_id = $2 THEN $1 ELSE subject_id END WHERE involvement_id = $2 AND met_on IS NULL AND dropped_on IS NULL")
            .bind(&new)
            .bind(&case.id)
    )?;
    let about = dues::About {
        person: Some(case.person_id.clone()),
        involvement: Some(new.clone()),
        subject_kind: "involvement",
        subject_id: new.to_string(),
    };
    dues::open(tx, &about, "ALLOC", Start::On(today)).await?;
    tx.note(Noted::new("case.open", "involvement", &new).because(format!("transfer {}", row.id)));
    Ok(new)
}

async fn hold_over(tx: &mut Tx, case: &CaseRow, worker: &WorkerId) -> Result<()> {
    let part = NewPart {
        part: AllocationPart::Primary,
        worker,
        from_on: tx.today(),
        until_on: None,
        first_visit_by: None,
        next_look_on: None,
        decision_id: None,
        words: ["Holds the case until the team that accepted it names a worker", "", "", ""],
    };
    let id = insert_part(tx, case, &part).await?;
    run!(tx, sqlx::query("UPDATE allocation SET state = 'acknowledged' WHERE id = $1").bind(&id))?;
    Ok(())
}
