//! What follows once everything is taken in: whoever now has an open status is somebody's work, so that nobody is
//! imported into a gap between teams; and reviews and conferences fall due.
//!
//! A team is found by the name that the file gives; without one the case goes to a team of its own, [`NO_TEAM`], whose
//! children stand on the board of the unallocated until somebody passes them on. A worker is found only by the
//! regulator's number.

use std::collections::HashMap;

use care::{
    case_kind::CaseKind,
    statuses::{DatedStatus, Status, StatusKind, case_kinds},
    timescale::{Clocks, Start},
};
use jiff::civil::Date;

use super::{
    intake::Intake,
    there::{self, AT_ONCE, Held, Open, Running},
};
use crate::{
    Day, Result, Tx,
    audit::Noted,
    bulk::Cell,
    id::{AllocationId, DueId, InvolvementId, PersonId, TeamId, WorkerId},
    policy, run, sql,
};

/// Where a case goes whose team nobody knows.
pub const NO_TEAM: &str = "From files, no team yet";
/// How a clock is marked that an import started.
const FROM_A_FILE: &str = "from a file";
/// How long a gap between two episodes of one time in care may be, in calendar days.
const NEXT_DAY: i64 = 1;

/// A clock as it should run.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Wanted {
    code: &'static str,
    start_on: Date,
    due_on: Date,
}

impl Intake {
    pub(super) async fn follow(&mut self, tx: &mut Tx) -> Result<()> {
        let rules = policy::rules(tx).await?;
        let people: Vec<PersonId> = self.touched.iter().cloned().collect();
        let teams = teams(tx).await?;
        let mut no_team = None;
        let numbers = self.workers.values().map(|(number, _)| number.as_str()).collect();
        let workers = there::registered(tx, numbers).await?;
        for lot in people.chunks(AT_ONCE) {
            let involved = there::involvements(tx, lot).await?;
            let (reviews, running) = (there::reviews(tx, lot).await?, there::running(tx, lot).await?);
            for person in lot {
                let open: Vec<&Open> = involved.get(person).into_iter().flatten().filter(|one| is_childrens(one)).collect();
                self.involve(tx, person, &open, &teams, &mut no_team, &workers).await?;
                let reviews = reviews.get(person).map(Vec::as_slice).unwrap_or_default();
                let wanted = self.wanted(person, reviews, &rules.clocks());
                let running = running.get(person).map(Vec::as_slice).unwrap_or_default();
                self.clocks(tx, person, running, wanted, reviews).await?;
            }
        }
        self.tables.send(tx).await
    }

    async fn involve(
        &mut self,
        tx: &mut Tx,
        person: &PersonId,
        open: &[&Open],
        teams: &HashMap<String, TeamId>,
        no_team: &mut Option<TeamId>,
        workers: &HashMap<String, (WorkerId, Option<Day>)>,
    ) -> Result<()> {
        let held = self.held.get(person).map(Vec::as_slice).unwrap_or_default();
        let dated: Vec<DatedStatus> = held.iter().filter_map(dated).collect();
        let Some(kind) = case_kinds(&dated, self.today).into_iter().next() else {
            return close(tx, open, held, self.today).await;
        };
        for one in open.iter().filter(|one| one.kind != kind.code()) {
            run!(tx, sqlx::query("UPDATE involvement SET kind = $1, version = version + 1 WHERE id = $2").bind(kind.code()).bind(&one.id))?;
        }
        if !open.is_empty() {
            return Ok(());
        }
        let team = match self.teams.get(person).and_then(|name| teams.get(&name.to_lowercase())) {
            Some(team) => team.clone(),
            None => match no_team {
                Some(team) => team.clone(),
                None => no_team.insert(without_team(tx, teams).await?).clone(),
            },
        };
        let opened_on = dated.iter().filter(|status| status.is_open(self.today)).map(|status| status.from_on).min().unwrap_or(self.today);
        let key = held.iter().find_map(|one| one.import_key.clone()).unwrap_or_else(|| self.run.to_string());
        let id = InvolvementId::new();
        self.tables.involvements.push([
            Cell::text(id.as_str()),
            Cell::text(person.as_str()),
            Cell::text(team.as_str()),
            Cell::text(kind.code()),
            Cell::On(opened_on),
            Cell::Null,
            Cell::Null,
            Cell::text(&self.source),
            Cell::Number(1),
            Cell::text(key),
        ]);
        self.allocate(person, &id, workers);
        Ok(())
    }

    /// The social worker whom the return names by number, if still in post.
    fn allocate(&mut self, person: &PersonId, involvement: &InvolvementId, workers: &HashMap<String, (WorkerId, Option<Day>)>) {
        let Some((number, from_on)) = self.workers.get(person) else { return };
        let Some((worker, last_day)) = workers.get(number) else { return };
        if last_day.is_some_and(|last| last.0 < self.today) {
            return;
        }
        self.tables.allocations.push([
            Cell::text(AllocationId::new().as_str()),
            Cell::text(involvement.as_str()),
            Cell::text(person.as_str()),
            Cell::text(worker.as_str()),
            Cell::text("primary"),
            Cell::text("acknowledged"),
            Cell::On(*from_on),
            Cell::text("Held the case in the system from which it came"),
            Cell::text(""),
            Cell::text(""),
            Cell::text(""),
            Cell::text(&self.me),
            Cell::At(self.at),
            Cell::Number(1),
        ]);
    }

    /// Which reviews and conferences are to come.
    fn wanted(&self, person: &PersonId, reviews: &[(String, Date)], clocks: &Clocks<'_>) -> Vec<Wanted> {
        let held = self.held.get(person).map(Vec::as_slice).unwrap_or_default();
        let open = |kind: StatusKind| {
            held.iter().filter(move |one| one.kind == kind.code() && one.until_on.is_none() && one.from_on.0 <= self.today)
        };
        let reckon = |code, start_on| Some(Wanted { code, start_on, due_on: clocks.due(code, Start::On(start_on)).ok()?.on });
        let mut wanted = Vec::new();
        if let Some(enquiry) = open(StatusKind::Section47).max_by_key(|one| one.from_on) {
            let target = self.targets.get(&(person.clone(), enquiry.from_on.0)).copied();
            let reckoned = reckon("ICPC", enquiry.from_on.0);
            wanted.extend(reckoned.map(|due| Wanted { due_on: target.unwrap_or(due.due_on), ..due }));
        }
        if let Some(plan) = open(StatusKind::ProtectionPlan).map(|one| one.from_on.0).min() {
            let held = told(reviews, "Child protection review", plan);
            wanted.extend(match held.last() {
                Some(last) => reckon("RCPC_N", *last),
                None => reckon("RCPC_1", plan),
            });
        }
        if open(StatusKind::LookedAfter).next().is_some() {
            let began = time_in_care(held);
            let held = told(reviews, "Looked-after review", began);
            wanted.extend(match held.as_slice() {
                [] => reckon("LAC_REV_1", began),
                [first] => reckon("LAC_REV_2", *first),
                [.., last] => reckon("LAC_REV_N", *last),
            });
        }
        wanted
    }

    /// Starts the clocks that are wanted; one that an earlier file started is met or dropped where it is not.
    async fn clocks(
        &mut self,
        tx: &mut Tx,
        person: &PersonId,
        running: &[Running],
        wanted: Vec<Wanted>,
        reviews: &[(String, Date)],
    ) -> Result<()> {
        let family = |code: &str| code.split('_').next().unwrap_or_default().to_owned();
        let same = |one: &Running, due: &Wanted| one.code == due.code && one.start_on.0 == due.start_on && one.due_on.0 == due.due_on;
        let ours = |one: &&Running| one.why.as_deref() == Some(FROM_A_FILE);
        for gone in running.iter().filter(ours).filter(|one| !wanted.iter().any(|due| same(one, due))) {
            let title = if gone.code.starts_with("LAC") { "Looked-after review" } else { "Child protection review" };
            let met_on = told(reviews, title, gone.start_on.0).into_iter().find(|day| *day > gone.start_on.0);
            end_clock(tx, &gone.id, met_on).await?;
        }
        for due in wanted {
            let runs_already = |one: &&Running| family(&one.code) == family(due.code) && (!ours(one) || same(one, &due));
            if running.iter().any(|one| runs_already(&one)) {
                continue;
            }
            self.tables.dues.push([
                Cell::text(DueId::new().as_str()),
                Cell::text(person.as_str()),
                Cell::text("person"),
                Cell::text(person.as_str()),
                Cell::text(due.code),
                Cell::On(due.start_on),
                Cell::On(due.due_on),
                Cell::text(FROM_A_FILE),
                Cell::At(self.at),
            ]);
        }
        Ok(())
    }
}

/// What adults' services do for the same person is not the returns' to say.
fn is_childrens(open: &Open) -> bool {
    CaseKind::from_code(&open.kind).is_none_or(CaseKind::is_childrens)
}

fn dated(held: &Held) -> Option<DatedStatus> {
    let status = Status::from_codes(StatusKind::from_code(&held.kind)?, "", "");
    Some(DatedStatus { status, from_on: held.from_on.0, until_on: held.until_on.map(|day| day.0) })
}

/// A case that came from a file ends when no status of the person is open any longer.
async fn close(tx: &mut Tx, open: &[&Open], held: &[Held], today: Date) -> Result<()> {
    let last = held.iter().filter_map(|one| one.until_on).map(|day| day.0).max().unwrap_or(today).min(today);
    for one in open.iter().filter(|one| one.import_key.is_some()) {
        run!(
            tx,
            sqlx::query(
                "UPDATE involvement SET closed_on = $1, closure_reason = 'No status is open any longer in the file', version = version + 1 WHERE id = $2
                 AND NOT EXISTS (SELECT 1 FROM allocation a WHERE a.involvement_id = involvement.id AND a.until_on IS NULL)"
            )
            .bind(Day(last))
            .bind(&one.id)
        )?;
    }
    Ok(())
}

async fn end_clock(tx: &mut Tx, id: &DueId, met_on: Option<Date>) -> Result<()> {
    let today = Day(tx.today());
    match met_on {
        Some(day) => run!(tx, sqlx::query("UPDATE due SET met_on = $1 WHERE id = $2").bind(Day(day)).bind(id))?,
        None => {
            run!(tx, sqlx::query("UPDATE due SET dropped_on = $1, why = 'a later file says otherwise' WHERE id = $2").bind(today).bind(id))?
        }
    };
    Ok(())
}

/// Since when a child who is looked after has been so without a break.
fn time_in_care(held: &[Held]) -> Date {
    let mut episodes: Vec<(Date, Option<Date>)> = held
        .iter()
        .filter(|one| one.kind == StatusKind::LookedAfter.code())
        .map(|one| (one.from_on.0, one.until_on.map(|day| day.0)))
        .collect();
    episodes.sort_unstable();
    let mut began = episodes.last().map(|(from, _)| *from).unwrap_or(Date::MAX);
    for (from, until) in episodes.iter().rev() {
        let joins = until.is_none_or(|until| until.duration_until(began).as_hours() <= NEXT_DAY * 24);
        if joins {
            began = began.min(*from);
        }
    }
    began
}

/// The days of reviews of this sort from a day on, in order.
fn told(reviews: &[(String, Date)], title: &str, from: Date) -> Vec<Date> {
    let mut days: Vec<Date> = reviews.iter().filter(|(said, day)| said.starts_with(title) && *day >= from).map(|(_, day)| *day).collect();
    days.sort_unstable();
    days
}

async fn teams(tx: &mut Tx) -> Result<HashMap<String, TeamId>> {
    let today = Day(tx.today());
    let rows: Vec<(TeamId, String)> = sql!(tx, |c| {
        sqlx::query_as("SELECT id, name FROM team WHERE until_on IS NULL OR until_on >= $1 ORDER BY id DESC").bind(today).fetch_all(c)
    })?;
    Ok(rows.into_iter().map(|(id, name)| (name.trim().to_lowercase(), id)).collect())
}

/// The team of those whose team nobody knows, made when it is first needed. It stands below the children's service, so
/// that whoever leads that sees who is in it; a service that is set up later gets it with the next import.
async fn without_team(tx: &mut Tx, teams: &HashMap<String, TeamId>) -> Result<TeamId> {
    let today = Day(tx.today());
    let above: Option<(TeamId,)> = sql!(tx, |c| {
        sqlx::query_as(
            "SELECT id FROM team WHERE kind = 'group' AND service IN ('children', 'both') AND (until_on IS NULL OR until_on >= $1)
             ORDER BY CASE WHEN parent_id IS NULL THEN 0 ELSE 1 END, CASE service WHEN 'children' THEN 0 ELSE 1 END, id LIMIT 1",
        )
        .bind(today)
        .fetch_optional(c)
    })?;
    let above = above.map(|(id,)| id);
    if let Some(team) = teams.get(&NO_TEAM.to_lowercase()) {
        run!(tx, sqlx::query("UPDATE team SET parent_id = $1 WHERE id = $2 AND parent_id IS NULL").bind(&above).bind(team))?;
        return Ok(team.clone());
    }
    let id = TeamId::new();
    run!(
        tx,
        sqlx::query("INSERT INTO team (id, name, kind, service, parent_id, from_on, version) VALUES ($1,$2,'support','children',$3,$4,1)")
            .bind(&id)
            .bind(NO_TEAM)
            .bind(&above)
            .bind(today)
    )?;
    tx.note(Noted::new("team.create", "team", &id).because("an import needed it"));
    Ok(id)
}
