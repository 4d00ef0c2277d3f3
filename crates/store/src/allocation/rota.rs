//! Who is on duty: a rota of each team by day, and each morning the visits that nobody can make.

use care::{access::Deed, coded};
use jiff::{ToSpan, civil::Date};

use super::{
    board::{Board, Scope},
    case::leads,
};
use crate::{
    Day, Error, Result, Tx,
    audit::Noted,
    id::{InvolvementId, PersonId, TeamId, WorkerId, fresh},
    rights, run, sql, workers,
};

coded! {
    pub enum PartOfDay {
        Day = "day", "All day";
        Morning = "morning", "Morning";
        Afternoon = "afternoon", "Afternoon";
        Night = "night", "Evening and night";
    }
}

coded! {
    pub enum DutyKind {
        Duty = "duty", "On duty";
        Second = "second", "Second on duty";
        Manager = "manager", "Duty manager";
    }
}

/// One turn of duty.
#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct Turn {
    pub id: String,
    pub team_id: TeamId,
    pub on_day: Day,
    pub part_of_day: String,
    pub kind: String,
    pub worker_id: WorkerId,
    pub given_name: String,
    pub surname: String,
    /// Whether the worker is away that day: somebody else must be found.
    pub away: bool,
}

/// A visit due today or before, of somebody whose worker cannot make it and whom nobody covers.
#[derive(Debug, Clone, serde::Serialize)]
pub struct NobodyVisits {
    pub person: PersonId,
    pub case: Option<InvolvementId>,
    pub team: Option<TeamId>,
    pub code: String,
    pub due_on: Date,
    pub worker: Option<String>,
    pub why: String,
}

/// The turns of a team from a day for so many days.
pub async fn turns(tx: &mut Tx, team: &TeamId, from: Date, days: i64) -> Result<Vec<Turn>> {
    let until = from.saturating_add(days.days());
    Ok(sql!(tx, |c| {
        sqlx::query_as(
        "SELECT d.id, d.team_id, d.on_day, d.part_of_day, d.kind, d.worker_id, w.given_name, w.surname,
           EXISTS (SELECT 1 FROM absence a WHERE a.worker_id = w.id AND a.from_on <= d.on_day AND (a.ended_on >= d.on_day OR a.ended_on IS NULL AND (a.expected_back_on IS NULL OR a.expected_back_on > d.on_day))) AS away
         FROM duty_rota d JOIN worker w ON w.id = d.worker_id WHERE d.team_id = $1 AND d.on_day >= $2 AND d.on_day < $3 ORDER BY d.on_day, d.part_of_day, d.kind, d.id"
    )
    .bind(team)
    .bind(Day(from))
    .bind(Day(until))
    .fetch_all(c)
    })?)
}

/// Puts a worker on duty. A worker has one turn in a part of a day.
pub async fn put_on(tx: &mut Tx, team: &TeamId, day: Date, part: PartOfDay, kind: DutyKind, worker: &WorkerId) -> Result<()> {
    rights::require(tx, Deed::KeepRota).await?;
    keeps(tx, team).await?;
    if day < tx.today() {
        return Err(Error::refused("on_day", "The day must be today or later"));
    }
    let one = workers::worker(tx, worker).await.map_err(|_| Error::refused("worker", "Choose a worker"))?;
    if one.last_day_on.is_some_and(|last| last.0 < day) {
        return Err(Error::refused("worker", format!("{} will have left by then", one.name())));
    }
    let (there,): (i64,) = sql!(tx, |c| {
        sqlx::query_as(
        "SELECT COUNT(*) FROM duty_rota WHERE worker_id = $1 AND on_day = $2 AND (part_of_day = $3 OR part_of_day = 'day' OR $3 = 'day')"
    )
    .bind(worker)
    .bind(Day(day))
    .bind(part.code())
    .fetch_one(c)
    })?;
    if there > 0 {
        return Err(Error::refused("worker", format!("{} is on duty then already", one.name())));
    }
    run!(
        tx,
        sqlx::query("INSERT INTO duty_rota (id, team_id, on_day, part_of_day, worker_id, kind) VALUES ($1,$2,$3,$4,$5,$6)")
            .bind(fresh())
            .bind(team)
            .bind(Day(day))
            .bind(part.code())
            .bind(worker)
            .bind(kind.code())
    )?;
    tx.note(Noted::new("rota.put_on", "team", team).because(format!("{worker} {day} {}", part.code())));
    Ok(())
}

/// Takes a turn off the rota; one that was served stays.
pub async fn take_off(tx: &mut Tx, team: &TeamId, turn: &str) -> Result<()> {
    rights::require(tx, Deed::KeepRota).await?;
    keeps(tx, team).await?;
    let today = Day(tx.today());
    let n =
        run!(tx, sqlx::query("DELETE FROM duty_rota WHERE id = $1 AND team_id = $2 AND on_day >= $3").bind(turn).bind(team).bind(today))?;
    if n == 0 {
        return Err(Error::NotFound);
    }
    tx.note(Noted::new("rota.take_off", "team", team).because(turn.to_owned()));
    Ok(())
}

/// A rota is kept by those who lead the team, and by its own business support.
async fn keeps(tx: &mut Tx, team: &TeamId) -> Result<()> {
    if leads(tx, team).await? {
        return Ok(());
    }
    let (me, today) = (tx.act().worker().clone(), tx.today());
    let standing = workers::standing(tx, &me, today).await?;
    if standing.teams().contains(&team) { Ok(()) } else { Err(Error::RoleLacks) }
}

/// Today's visits, and earlier ones not made, that nobody can make: the worker is away or gone and nobody stands in.
pub async fn nobody_visits(tx: &mut Tx, scope: &Scope) -> Result<Vec<NobodyVisits>> {
    let today = Day(tx.today());
    let board = Board::read(tx, scope).await?;
    let rows: Vec<(PersonId, String, Day)> = sql!(tx, |c| {
        sqlx::query_as(
        "SELECT person_id, code, due_on FROM due WHERE met_on IS NULL AND dropped_on IS NULL AND due_on <= $1 AND person_id IS NOT NULL AND code LIKE '%VISIT%' ORDER BY due_on, id"
    )
    .bind(today)
    .fetch_all(c)
    })?;
    let mut all = Vec::new();
    for (person, code, due) in rows {
        let mut cases = board.cases.iter().filter(|case| case.person == person).peekable();
        // Somebody else of this person's workers can go.
        if cases.peek().is_none() || cases.clone().any(|case| !case.is_waiting() && !case.is_not_covered()) {
            continue;
        }
        let Some(case) = cases.next() else { continue };
        all.push(NobodyVisits {
            person,
            case: case.involvement.clone(),
            team: case.team.clone(),
            code,
            due_on: due.0,
            worker: case.held.as_ref().and_then(|held| board.practitioner(&held.worker)).map(|one| one.name.clone()),
            why: case.words(),
        });
    }
    Ok(all)
}
