//! Who works here: a worker's standing on a day (roles, teams, line), which every access rule rests on.

mod absences;
mod lines;
mod roles;
mod staff;
mod supervision;

pub use absences::{Absence, absence, absences, change_absence, reason, record_absence, set_reason, workers_in_reach};
pub use lines::{Line, is_above, lines_of, set_supervisor};
pub use roles::{Given, end_role, give_role, roles_of};
pub use staff::{Employment, Listed, NewWorker, Which, add, change, choices, list, set_last_day};
pub use supervision::{
    Action, NewSupervision, OpenedSupervision, Party, Supervised, Supervision, action_done, agree, meetings, open_supervision,
    record_supervision, supervised,
};

use jiff::civil::Date;

use crate::{
    Day, Result, Tx,
    id::{TeamId, WorkerId},
    sql,
};

#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct Worker {
    pub id: WorkerId,
    pub given_name: String,
    pub surname: String,
    pub email: Option<String>,
    pub telephone: Option<String>,
    pub registration_no: Option<String>,
    pub registered_until_on: Option<Day>,
    pub employment: String,
    pub agency_name: Option<String>,
    pub fte_hundredths: i64,
    pub started_on: Option<Day>,
    pub last_day_on: Option<Day>,
    pub newly_qualified_until_on: Option<Day>,
    pub version: i64,
}

impl Worker {
    pub fn name(&self) -> String {
        format!("{} {}", self.given_name, self.surname)
    }
}

#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct RoleHeld {
    pub role: String,
    pub team_id: Option<TeamId>,
    pub team_name: Option<String>,
    pub from_on: Day,
    pub until_on: Option<Day>,
}

/// A worker on a day: who they are and which roles they hold in which teams.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Standing {
    pub worker: Worker,
    pub roles: Vec<RoleHeld>,
}

impl Standing {
    pub fn holds(&self, role: &str) -> bool {
        self.roles.iter().any(|r| r.role == role)
    }
    pub fn teams(&self) -> Vec<&TeamId> {
        self.roles.iter().filter_map(|r| r.team_id.as_ref()).collect()
    }
}

/// One worker by id.
pub async fn worker(tx: &mut Tx, id: &WorkerId) -> Result<Worker> {
    Ok(sql!(tx, |c| {
        sqlx::query_as("SELECT id, given_name, surname, email, telephone, registration_no, registered_until_on, employment, agency_name, fte_hundredths, started_on, last_day_on, newly_qualified_until_on, version FROM worker WHERE id = $1").bind(id).fetch_one(c)
    })?)
}

/// The roles that a worker holds on a day, and in which teams.
pub async fn standing(tx: &mut Tx, id: &WorkerId, on: Date) -> Result<Standing> {
    let worker = worker(tx, id).await?;
    let roles = sql!(tx, |c| sqlx::query_as(
        "SELECT r.role, r.team_id, t.name AS team_name, r.from_on, r.until_on FROM role_held r LEFT JOIN team t ON t.id = r.team_id
        WHERE r.worker_id = $1 AND r.from_on <= $2 AND (r.until_on IS NULL OR r.until_on >= $2) ORDER BY r.from_on, r.id"
    )
    .bind(id)
    .bind(Day(on))
    .fetch_all(c))?;
    Ok(Standing { worker, roles })
}

/// How many people a worker holds today, as the allocated worker.
pub async fn held_today(tx: &mut Tx, worker: &WorkerId) -> Result<i64> {
    let today = Day(tx.today());
    let (n,): (i64,) = sql!(tx, |c| {
        sqlx::query_as(
        "SELECT COUNT(DISTINCT person_id) FROM allocation WHERE worker_id = $1 AND part = 'primary' AND from_on <= $2 AND (until_on IS NULL OR until_on >= $2)"
    )
    .bind(worker)
    .bind(today)
    .fetch_one(c)
    })?;
    Ok(n)
}
