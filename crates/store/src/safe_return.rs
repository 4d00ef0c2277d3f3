//! Coming back safely from a visit: a worker says where they go and by when they will be back; if nobody hears by then,
//! their supervisor, whoever they named and the managers of their team are told at once, until somebody says that they are
//! safe. Practice: lone-working arrangements that an employer owes under the Health and Safety at Work etc. Act 1974.
//!
//! Leaves out: following where somebody is; nothing but what the worker says is kept.

use jiff::{SignedDuration, Timestamp};

use crate::{
    At, Day, Error, Result, Tx,
    allocation::{Notice, notice},
    audit::Noted,
    id::{PersonId, TeamId, WorkerId, fresh},
    people::Opened,
    run, sql, workers,
};

/// Nobody is on one visit for longer than this.
const LONGEST_HOURS: i64 = 24;

/// Where a worker goes, before they go.
#[derive(Debug, Clone)]
pub struct Going {
    pub place: String,
    /// What whoever looks for them must know; empty where nothing is known.
    pub risks: String,
    pub back_by: Timestamp,
    /// Somebody besides their own line who is told as well.
    pub watcher: Option<WorkerId>,
}

/// One going out. It is open until somebody says that the worker is back.
#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct Out {
    pub id: String,
    pub worker_id: WorkerId,
    pub worker: String,
    pub telephone: String,
    pub person_id: PersonId,
    pub place: String,
    pub risks: String,
    pub watcher_id: Option<WorkerId>,
    pub left_at: At,
    pub back_by: At,
    pub alarmed_at: Option<At>,
    pub back_at: Option<At>,
    pub said: String,
}

impl Out {
    pub fn is_late(&self, now: At) -> bool {
        self.back_at.is_none() && self.back_by < now
    }
}

macro_rules! columns {
    () => {
        "g.id, g.worker_id, w.given_name || ' ' || w.surname AS worker, COALESCE(w.telephone, '') AS telephone, g.person_id, g.place, g.risks, g.watcher_id, g.left_at, g.back_by, g.alarmed_at, g.back_at, g.said \
         FROM going_out g JOIN worker w ON w.id = g.worker_id"
    };
}

/// Says that whoever acts goes out to somebody. Two open ones at once would leave one unwatched, so there is only one.
pub async fn go(tx: &mut Tx, opened: &Opened, going: &Going) -> Result<String> {
    let (me, now) = (tx.act().worker().clone(), tx.act().at());
    if going.place.is_empty() {
        return Err(Error::refused("place", "Enter where you will be"));
    }
    let until = going.back_by.duration_since(now.0);
    if until <= SignedDuration::ZERO {
        return Err(Error::refused("back_by", "The time by which you will be back must lie ahead"));
    }
    if until > SignedDuration::from_hours(LONGEST_HOURS) {
        return Err(Error::refused("back_by", "Enter a time within the next 24 hours"));
    }
    if out(tx, &me).await?.is_some() {
        return Err(Error::refused("place", "You are out already: say on My work that you are back, then go again"));
    }
    let id = fresh();
    run!(
        tx,
        sqlx::query("INSERT INTO going_out (id, worker_id, person_id, place, risks, watcher_id, left_at, back_by, said) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,'')")
            .bind(&id)
            .bind(&me)
            .bind(opened.id())
            .bind(&going.place)
            .bind(&going.risks)
            .bind(&going.watcher)
            .bind(now)
            .bind(At::cut(going.back_by))
    )?;
    tx.note(Noted::new("going_out.begin", "person", opened.id()).because(id.clone()));
    Ok(id)
}

/// Where a worker is out, if they are.
pub async fn out(tx: &mut Tx, worker: &WorkerId) -> Result<Option<Out>> {
    Ok(sql!(tx, |c| sqlx::query_as(concat!("SELECT ", columns!(), " WHERE g.worker_id = $1 AND g.back_at IS NULL ORDER BY g.left_at"))
        .bind(worker)
        .fetch_optional(c))?)
}

/// One going out, for the worker, whoever they named, their line and their team; for everybody else there is none.
pub async fn read(tx: &mut Tx, id: &str) -> Result<Out> {
    let found: Option<Out> = sql!(tx, |c| sqlx::query_as(concat!("SELECT ", columns!(), " WHERE g.id = $1")).bind(id).fetch_optional(c))?;
    let found = found.ok_or(Error::NotFound)?;
    if !may_watch(tx, &found).await? {
        return Err(Error::NotFound);
    }
    tx.note(Noted::new("going_out.read", "worker", &found.worker_id).because(found.id.clone()));
    Ok(found)
}

async fn may_watch(tx: &mut Tx, out: &Out) -> Result<bool> {
    let (me, today) = (tx.act().worker().clone(), tx.today());
    if me == out.worker_id || out.watcher_id.as_ref() == Some(&me) || workers::is_above(tx, &me, &out.worker_id, today).await? {
        return Ok(true);
    }
    let (n,): (i64,) = sql!(tx, |c| sqlx::query_as(
        "SELECT COUNT(*) FROM role_held mine JOIN role_held theirs ON theirs.team_id = mine.team_id
         WHERE mine.worker_id = $1 AND theirs.worker_id = $2 AND mine.from_on <= $3 AND (mine.until_on IS NULL OR mine.until_on >= $3)
         AND theirs.from_on <= $3 AND (theirs.until_on IS NULL OR theirs.until_on >= $3)"
    )
    .bind(&me)
    .bind(&out.worker_id)
    .bind(Day(today))
    .fetch_one(c))?;
    Ok(n > 0)
}

/// The worker is back, or somebody who watches heard that they are safe and says how. The first word counts.
pub async fn back(tx: &mut Tx, out: &Out, said: &str) -> Result<()> {
    let (me, now) = (tx.act().worker().clone(), tx.act().at());
    if me != out.worker_id && said.is_empty() {
        return Err(Error::refused("said", "Say how you know that they are safe"));
    }
    let n = run!(
        tx,
        sqlx::query("UPDATE going_out SET back_at = $1, said_by = $2, said = $3 WHERE id = $4 AND back_at IS NULL")
            .bind(now)
            .bind(me.as_str())
            .bind(said)
            .bind(&out.id)
    )?;
    if n == 1 {
        tx.note(Noted::new("going_out.end", "worker", &out.worker_id).because(out.id.clone()).words(said));
    }
    Ok(())
}

/// Those of the worker's own teams who may be asked to watch as well, by name.
pub async fn colleagues(tx: &mut Tx) -> Result<Vec<(WorkerId, String)>> {
    let (me, today) = (tx.act().worker().clone(), Day(tx.today()));
    let mut rows: Vec<(WorkerId, String)> = sql!(tx, |c| {
        sqlx::query_as(
        "SELECT DISTINCT w.id, w.given_name || ' ' || w.surname FROM role_held mine JOIN role_held r ON r.team_id = mine.team_id JOIN worker w ON w.id = r.worker_id
         WHERE mine.worker_id = $1 AND w.id <> $1 AND mine.from_on <= $2 AND (mine.until_on IS NULL OR mine.until_on >= $2)
         AND r.from_on <= $2 AND (r.until_on IS NULL OR r.until_on >= $2) AND (w.last_day_on IS NULL OR w.last_day_on >= $2)"
    )
    .bind(&me)
    .bind(today)
    .fetch_all(c)
    })?;
    rows.sort_by_cached_key(|(id, name)| (name.to_lowercase(), id.clone()));
    Ok(rows)
}

/// Whoever of a team is out now, the one who should be back first on top.
pub async fn out_of_team(tx: &mut Tx, team: &TeamId) -> Result<Vec<Out>> {
    let today = Day(tx.today());
    Ok(sql!(tx, |c| {
        sqlx::query_as(concat!(
        "SELECT ",
        columns!(),
        " WHERE g.back_at IS NULL AND EXISTS (SELECT 1 FROM role_held r WHERE r.worker_id = g.worker_id AND r.team_id = $1 AND r.from_on <= $2 AND (r.until_on IS NULL OR r.until_on >= $2))
          ORDER BY g.back_by, g.id"
    ))
    .bind(team)
    .bind(today)
    .fetch_all(c)
    })?)
}

/// Those who should be back and have not been asked after yet.
pub async fn late(tx: &mut Tx) -> Result<Vec<Out>> {
    let now = tx.act().at();
    Ok(sql!(tx, |c| sqlx::query_as(concat!(
        "SELECT ",
        columns!(),
        " WHERE g.back_at IS NULL AND g.alarmed_at IS NULL AND g.back_by < $1 ORDER BY g.back_by, g.id"
    ))
    .bind(now)
    .fetch_all(c))?)
}

/// Tells, once, whoever must look for each of those who are late; says how many there were.
pub async fn alarm(tx: &mut Tx) -> Result<usize> {
    let now = tx.act().at();
    let all = late(tx).await?;
    for out in &all {
        let first = run!(
            tx,
            sqlx::query("UPDATE going_out SET alarmed_at = $1 WHERE id = $2 AND alarmed_at IS NULL AND back_at IS NULL")
                .bind(now)
                .bind(&out.id)
        )?;
        if first == 0 {
            continue;
        }
        let words = format!("{} has not said that they are back from a visit. Ring them now: {}.", out.worker, out.telephone);
        for one in watchers(tx, out).await? {
            notice(tx, &Notice::to(&one, "not_back", "going_out", &out.id, &words).answered()).await?;
        }
        tx.note(Noted::new("going_out.alarm", "worker", &out.worker_id).because(out.id.clone()));
    }
    Ok(all.len())
}

/// Whoever was named, the supervisor, and the managers of the worker's teams.
async fn watchers(tx: &mut Tx, out: &Out) -> Result<Vec<WorkerId>> {
    let today = Day(tx.today());
    let rows: Vec<(WorkerId,)> = sql!(tx, |c| {
        sqlx::query_as(
        "SELECT s.supervisor_id FROM supervision_line s WHERE s.worker_id = $1 AND s.from_on <= $2 AND (s.until_on IS NULL OR s.until_on >= $2)
         UNION SELECT m.worker_id FROM role_held m JOIN role_held r ON r.team_id = m.team_id WHERE r.worker_id = $1 AND m.role = 'team_manager'
           AND m.from_on <= $2 AND (m.until_on IS NULL OR m.until_on >= $2) AND r.from_on <= $2 AND (r.until_on IS NULL OR r.until_on >= $2)"
    )
    .bind(&out.worker_id)
    .bind(today)
    .fetch_all(c)
    })?;
    let mut all: Vec<WorkerId> = rows.into_iter().map(|(id,)| id).chain(out.watcher_id.clone()).filter(|id| *id != out.worker_id).collect();
    all.sort();
    all.dedup();
    Ok(all)
}
