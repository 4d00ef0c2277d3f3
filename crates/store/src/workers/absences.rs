//! Absences. A manager of the worker, or whoever keeps the rota, records the dates and nothing else; the reason stands
//! apart, and only human resources read or write it.

use care::access::Role;
use jiff::civil::Date;

use super::lines::is_above;
use crate::{
    At, Day, Error, Result, Tx,
    audit::Noted,
    id::{AbsenceId, WorkerId},
    rights, run, sql,
};

#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct Absence {
    pub id: AbsenceId,
    pub worker_id: WorkerId,
    pub given_name: String,
    pub surname: String,
    pub from_on: Day,
    pub expected_back_on: Option<Day>,
    pub ended_on: Option<Day>,
    pub recorded_at: At,
    pub version: i64,
}

/// Who may see and keep absences: by role, and then of whom.
const KEEPERS: &[Role] = &[Role::BusinessSupport, Role::TeamManager, Role::GroupManager, Role::Director, Role::HumanResources];

/// The absences that have not ended, and those of the last so many days, of the workers whom the asker may know about.
pub async fn absences(tx: &mut Tx, since: Date) -> Result<Vec<Absence>> {
    let roles = rights::require_any(tx, KEEPERS).await?;
    let (me, everyone, today) = (tx.act().worker().clone(), sees_all(tx, &roles), Day(tx.today()));
    tx.note(Noted::new("absence.list", "absence", "list"));
    Ok(sql!(tx, |c| sqlx::query_as(LIST).bind(&me).bind(everyone).bind(today).bind(Day(since)).fetch_all(c))?)
}

/// The workers whose absences the asker may record, by name.
pub async fn workers_in_reach(tx: &mut Tx) -> Result<Vec<(WorkerId, String)>> {
    let roles = rights::require_any(tx, KEEPERS).await?;
    let (me, everyone, today) = (tx.act().worker().clone(), sees_all(tx, &roles), Day(tx.today()));
    let mut rows: Vec<(WorkerId, String, String)> = sql!(tx, |c| sqlx::query_as(REACH).bind(&me).bind(everyone).bind(today).fetch_all(c))?;
    rows.sort_by_cached_key(|(id, given, surname)| (surname.to_lowercase(), given.to_lowercase(), id.clone()));
    Ok(rows.into_iter().map(|(id, given, surname)| (id, format!("{given} {surname}"))).collect())
}

/// A worker is away from a day on. Two absences of one worker never overlap.
pub async fn record_absence(tx: &mut Tx, worker: &WorkerId, from: Date, expected_back: Option<Date>) -> Result<AbsenceId> {
    in_reach(tx, worker).await?;
    if expected_back.is_some_and(|back| back <= from) {
        return Err(Error::refused("expected_back_on", "The day on which they are expected back must be after the first day away"));
    }
    let (open,): (i64,) =
        sql!(tx, |c| sqlx::query_as("SELECT COUNT(*) FROM absence WHERE worker_id = $1 AND (ended_on IS NULL OR ended_on >= $2)")
            .bind(worker)
            .bind(Day(from))
            .fetch_one(c))?;
    if open > 0 {
        return Err(Error::refused("worker", "They are recorded as away already at that time: change or end that absence"));
    }
    let (id, by, at) = (AbsenceId::new(), tx.act().worker().to_string(), tx.act().at());
    run!(
        tx,
        sqlx::query("INSERT INTO absence (id, worker_id, from_on, expected_back_on, recorded_by, recorded_at) VALUES ($1,$2,$3,$4,$5,$6)")
            .bind(&id)
            .bind(worker)
            .bind(Day(from))
            .bind(Day::option(expected_back))
            .bind(by)
            .bind(at)
    )?;
    tx.note(Noted::new("absence.record", "worker", worker).because(format!("from {from}")));
    Ok(id)
}

/// The absence, for whoever may keep it.
pub async fn absence(tx: &mut Tx, id: &AbsenceId) -> Result<Absence> {
    let found: Absence = sql!(tx, |c| sqlx::query_as(
        "SELECT a.id, a.worker_id, w.given_name, w.surname, a.from_on, a.expected_back_on, a.ended_on, a.recorded_at, a.version
        FROM absence a JOIN worker w ON w.id = a.worker_id WHERE a.id = $1"
    )
    .bind(id)
    .fetch_one(c))?;
    in_reach(tx, &found.worker_id).await?;
    Ok(found)
}

/// Changes when they are expected back, or says on which day the absence ended (its last day).
pub async fn change_absence(tx: &mut Tx, id: &AbsenceId, version: i64, expected_back: Option<Date>, ended: Option<Date>) -> Result<()> {
    let found = absence(tx, id).await?;
    if ended.is_some_and(|last| last < found.from_on.0) {
        return Err(Error::refused("ended_on", "The last day away must not be before the first"));
    }
    if expected_back.is_some_and(|back| back <= found.from_on.0) {
        return Err(Error::refused("expected_back_on", "The day on which they are expected back must be after the first day away"));
    }
    let changed = run!(
        tx,
        sqlx::query("UPDATE absence SET expected_back_on = $1, ended_on = $2, version = version + 1 WHERE id = $3 AND version = $4")
            .bind(Day::option(expected_back))
            .bind(Day::option(ended))
            .bind(id)
            .bind(version)
    )?;
    if changed == 0 {
        return Err(Error::Stale);
    }
    let because = ended.map_or_else(|| "dates changed".to_owned(), |day| format!("ended {day}"));
    tx.note(Noted::new("absence.change", "worker", &found.worker_id).because(because));
    Ok(())
}

/// The reason of an absence: human resources only.
pub async fn reason(tx: &mut Tx, id: &AbsenceId) -> Result<Option<String>> {
    rights::require_any(tx, &[Role::HumanResources]).await?;
    let found: Option<(String,)> =
        sql!(tx, |c| sqlx::query_as("SELECT reason FROM absence_reason WHERE absence_id = $1").bind(id).fetch_optional(c))?;
    tx.note(Noted::new("absence.reason_read", "absence", id));
    Ok(found.map(|(reason,)| reason))
}

pub async fn set_reason(tx: &mut Tx, id: &AbsenceId, reason: &str) -> Result<()> {
    rights::require_any(tx, &[Role::HumanResources]).await?;
    run!(
        tx,
        sqlx::query("INSERT INTO absence_reason (absence_id, reason) VALUES ($1,$2) ON CONFLICT (absence_id) DO UPDATE SET reason = $2")
            .bind(id)
            .bind(reason)
    )?;
    tx.note(Noted::new("absence.reason_set", "absence", id));
    Ok(())
}

/// Human resources, a director, and a group manager of the whole service see everyone's dates.
fn sees_all(tx: &Tx, roles: &[Role]) -> bool {
    tx.act().is_built_in() || roles.iter().any(|r| matches!(r, Role::HumanResources | Role::Director))
}

async fn in_reach(tx: &mut Tx, worker: &WorkerId) -> Result<()> {
    let roles = rights::require_any(tx, KEEPERS).await?;
    if sees_all(tx, &roles) {
        return Ok(());
    }
    let (me, today) = (tx.act().worker().clone(), tx.today());
    let (n,): (i64,) = sql!(tx, |c| sqlx::query_as(IN_REACH).bind(&me).bind(Day(today)).bind(worker).fetch_one(c))?;
    if n > 0 || is_above(tx, &me, worker, today).await? { Ok(()) } else { Err(Error::RoleLacks) }
}

/// The teams in which $1 keeps absences on $2: their own by role, and those below them.
macro_rules! teams_of_keeper {
    ($me:literal, $today:literal) => {
        concat!(
            "WITH RECURSIVE mine AS (
              SELECT r.team_id FROM role_held r WHERE r.worker_id = ", $me, " AND r.role IN ('business_support', 'team_manager', 'group_manager') AND r.from_on <= ", $today, " AND (r.until_on IS NULL OR r.until_on >= ", $today, ")
            ), below AS (
              SELECT t.id FROM team t WHERE t.id IN (SELECT team_id FROM mine WHERE team_id IS NOT NULL) OR EXISTS (SELECT 1 FROM mine WHERE team_id IS NULL)
              UNION SELECT t.id FROM team t JOIN below ON t.parent_id = below.id
            ), reach AS (
              SELECT DISTINCT r.worker_id FROM role_held r JOIN below ON below.id = r.team_id WHERE r.from_on <= ", $today, " AND (r.until_on IS NULL OR r.until_on >= ", $today, ")
            ) "
        )
    };
}

const IN_REACH: &str = concat!(teams_of_keeper!("$1", "$2"), "SELECT COUNT(*) FROM reach WHERE worker_id = $3");
const REACH: &str = concat!(
    teams_of_keeper!("$1", "$3"),
    "SELECT w.id, w.given_name, w.surname FROM worker w WHERE ($2 OR w.id IN (SELECT worker_id FROM reach)) AND (w.last_day_on IS NULL OR w.last_day_on >= $3)"
);
const LIST: &str = concat!(
    teams_of_keeper!("$1", "$3"),
    "SELECT a.id, a.worker_id, w.given_name, w.surname, a.from_on, a.expected_back_on, a.ended_on, a.recorded_at, a.version FROM absence a JOIN worker w ON w.id = a.worker_id
     WHERE ($2 OR a.worker_id IN (SELECT worker_id FROM reach)) AND (a.ended_on IS NULL OR a.ended_on >= $4) AND (a.ended_on IS NULL OR a.ended_on >= a.from_on)
     ORDER BY CASE WHEN a.ended_on IS NULL OR a.ended_on >= $3 THEN 0 ELSE 1 END, a.from_on DESC, a.id"
);
