//! What is due in a team: late, and in the days ahead, with whose it is.

use jiff::civil::Date;

use crate::{
    Day, Result, Tx,
    dues::DueRow,
    id::{TeamId, WorkerId},
    sql,
};

/// Something due for a person whom the team works with, and who holds the case.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct TeamDue {
    #[sqlx(flatten)]
    pub due: DueRow,
    pub worker_id: Option<WorkerId>,
    pub given_name: Option<String>,
    pub surname: Option<String>,
}

impl TeamDue {
    pub fn worker(&self) -> Option<String> {
        Some(format!("{} {}", self.given_name.as_deref()?, self.surname.as_deref()?))
    }
}

/// What is open in a team up to and including a day, the most pressing first.
pub async fn due_in_team(tx: &mut Tx, team: &TeamId, until: Date) -> Result<Vec<TeamDue>> {
    Ok(sql!(tx, |c| {
        sqlx::query_as(
        "SELECT d.id, d.person_id, d.involvement_id, d.subject_kind, d.subject_id, d.code, d.start_on, d.start_at, d.due_on, d.due_at, d.met_on, w.id AS worker_id, w.given_name, w.surname
         FROM due d JOIN (SELECT person_id, MIN(id) AS case_id FROM involvement WHERE team_id = $1 AND closed_on IS NULL GROUP BY person_id) i ON i.person_id = d.person_id
         LEFT JOIN allocation a ON a.involvement_id = i.case_id AND a.part = 'primary' AND a.until_on IS NULL LEFT JOIN worker w ON w.id = a.worker_id
         WHERE d.met_on IS NULL AND d.dropped_on IS NULL AND d.due_on <= $2 ORDER BY d.due_on, d.id"
    )
    .bind(team)
    .bind(Day(until))
    .fetch_all(c)
    })?)
}

/// The allocations of a team that wait for somebody's answer.
#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct Unanswered {
    pub id: crate::id::AllocationId,
    pub person_id: crate::id::PersonId,
    pub state: String,
    pub given_name: String,
    pub surname: String,
    pub allocated_at: crate::At,
}

/// "I cannot take this safely" first, then what a worker has not acknowledged.
pub async fn unanswered_in_team(tx: &mut Tx, team: &TeamId) -> Result<Vec<Unanswered>> {
    Ok(sql!(tx, |c| {
        sqlx::query_as(
        "SELECT a.id, a.person_id, a.state, w.given_name, w.surname, a.allocated_at FROM allocation a JOIN involvement i ON i.id = a.involvement_id JOIN worker w ON w.id = a.worker_id
         WHERE i.team_id = $1 AND i.closed_on IS NULL AND a.state IN ('offered', 'cannot_take', 'manager_stands', 'confirmed')
         ORDER BY CASE a.state WHEN 'cannot_take' THEN 0 WHEN 'manager_stands' THEN 1 ELSE 2 END, a.allocated_at, a.id"
    )
    .bind(team)
    .fetch_all(c)
    })?)
}

/// Questions to the group manager about a team's waits that have no answer yet.
pub async fn unanswered_questions(tx: &mut Tx, team: &TeamId) -> Result<Vec<super::wait::EscalationRow>> {
    Ok(sql!(tx, |c| {
        sqlx::query_as(
        "SELECT e.id, e.involvement_id, e.person_id, e.team_id, e.since_on, e.escalated_on, e.words, e.escalated_by, e.answer, e.answered_by, e.answered_at FROM unallocated_escalation e
         JOIN involvement i ON i.id = e.involvement_id AND i.closed_on IS NULL WHERE e.team_id = $1 AND e.answer IS NULL ORDER BY e.escalated_on, e.id"
    )
    .bind(team)
    .fetch_all(c)
    })?)
}
