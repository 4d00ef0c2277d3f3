//! The roles that a worker holds, in one or several teams, with dates. Administrators give and end them, never their own.

use care::access::{Deed, Role};
use jiff::civil::Date;

use crate::{
    Day, Error, Result, Tx,
    audit::Noted,
    id::{TeamId, WorkerId, fresh},
    rights, run, sql,
};

/// A role held, past, present or to come.
#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct Given {
    pub id: String,
    pub worker_id: WorkerId,
    pub role: String,
    pub team_id: Option<TeamId>,
    pub team_name: Option<String>,
    pub from_on: Day,
    pub until_on: Option<Day>,
}

/// Gives a role, in a team or for the whole service.
pub async fn give_role(
    tx: &mut Tx,
    worker: &WorkerId,
    role: Role,
    team: Option<&TeamId>,
    from: Date,
    until: Option<Date>,
) -> Result<String> {
    rights::require(tx, Deed::ManageAccounts).await?;
    not_ones_own(tx, worker)?;
    if until.is_some_and(|until| until < from) {
        return Err(Error::refused("until_on", "The last day must not be before the first"));
    }
    let last = Day(until.unwrap_or(Date::MAX));
    let (same,): (i64,) = sql!(tx, |c| {
        sqlx::query_as("SELECT COUNT(*) FROM role_held WHERE worker_id = $1 AND role = $2 AND COALESCE(team_id, '') = $3 AND from_on <= $4 AND (until_on IS NULL OR until_on >= $5)")
        .bind(worker).bind(role.code()).bind(team.map(TeamId::as_str).unwrap_or_default()).bind(last).bind(Day(from)).fetch_one(c)
    })?;
    if same > 0 {
        return Err(Error::refused("role", "They hold this role in this team already at that time"));
    }
    let (id, by, at) = (fresh(), tx.act().worker().to_string(), tx.act().at());
    run!(tx, sqlx::query("INSERT INTO role_held (id, worker_id, role, team_id, from_on, until_on, granted_by, granted_at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8)")
        .bind(&id).bind(worker).bind(role.code()).bind(team).bind(Day(from)).bind(Day::option(until)).bind(by).bind(at))?;
    let because = format!("{} in {} from {from}", role.code(), team.map_or("the service", TeamId::as_str));
    tx.note(Noted::new("role.give", "worker", worker).because(because));
    Ok(id)
}

/// Ends a role after a last day; a role that has not begun by then never does.
pub async fn end_role(tx: &mut Tx, id: &str, last_day: Date) -> Result<WorkerId> {
    rights::require(tx, Deed::ManageAccounts).await?;
    let (worker, role): (WorkerId, String) =
        sql!(tx, |c| sqlx::query_as("SELECT worker_id, role FROM role_held WHERE id = $1").bind(id).fetch_one(c))?;
    not_ones_own(tx, &worker)?;
    run!(
        tx,
        sqlx::query("UPDATE role_held SET until_on = $1 WHERE id = $2 AND (until_on IS NULL OR until_on > $1)")
            .bind(Day(last_day))
            .bind(id)
    )?;
    tx.note(Noted::new("role.end", "worker", &worker).because(format!("{role} after {last_day}")));
    Ok(worker)
}

/// Every role of a worker, those in force and to come first.
pub async fn roles_of(tx: &mut Tx, worker: &WorkerId) -> Result<Vec<Given>> {
    Ok(sql!(tx, |c| {
        sqlx::query_as("SELECT r.id, r.worker_id, r.role, r.team_id, t.name AS team_name, r.from_on, r.until_on FROM role_held r LEFT JOIN team t ON t.id = r.team_id
        WHERE r.worker_id = $1 ORDER BY CASE WHEN r.until_on IS NULL THEN 0 ELSE 1 END, r.until_on DESC, r.from_on DESC, r.id").bind(worker).fetch_all(c)
    })?)
}

/// Nobody raises themselves.
fn not_ones_own(tx: &Tx, worker: &WorkerId) -> Result<()> {
    if tx.act().worker() == worker {
        return Err(Error::refused("role", "You cannot change your own roles: ask another administrator"));
    }
    Ok(())
}
