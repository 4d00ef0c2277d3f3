//! Workers as allocation sees them: roles, share of a post, how they are engaged, dates of availability (never the
//! reason of an absence), and how many children they hold as allocated worker over all teams.

use std::collections::BTreeMap;

use care::{
    access::Role,
    allocation::{Absence, Agency, BandPolicy, Caseload, Fte, WorkerDates},
    timescale::{Clocks, Start},
};
use jiff::{ToSpan, civil::Date};

use crate::{
    Day, Error, Result, Tx,
    id::{TeamId, WorkerId},
    sql,
};

/// One worker who holds children, or may be given some.
#[derive(Debug, Clone)]
pub struct Practitioner {
    pub id: WorkerId,
    pub name: String,
    pub roles: Vec<Role>,
    /// Every team in which a role is held today, the longest-held first. The first is the home team: it alone counts
    /// the worker, so that nobody counts twice.
    pub teams: Vec<TeamId>,
    pub contracted: Fte,
    pub agency: Agency,
    pub agency_name: Option<String>,
    pub newly_qualified_until: Option<Date>,
    pub dates: WorkerDates,
    pub children: i64,
    sort_key: String,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: WorkerId,
    given_name: String,
    surname: String,
    employment: String,
    agency_name: Option<String>,
    fte_hundredths: i64,
    last_day_on: Option<Day>,
    newly_qualified_until_on: Option<Day>,
    role: Option<String>,
    team_id: Option<TeamId>,
}

macro_rules! practitioner {
    () => {
        "SELECT w.id, w.given_name, w.surname, w.employment, w.agency_name, w.fte_hundredths, w.last_day_on, w.newly_qualified_until_on, r.role, r.team_id"
    };
}
macro_rules! roles_today {
    () => {
        " LEFT JOIN role_held r ON r.worker_id = w.id AND r.from_on <= $1 AND (r.until_on IS NULL OR r.until_on >= $1)"
    };
}
/// $1 today, $2 a team. CROSS JOIN keeps SQLite from beginning with everybody.
macro_rules! who {
    () => {
        "WITH RECURSIVE below (id) AS (SELECT id FROM team WHERE id = $2 UNION SELECT t.id FROM below b CROSS JOIN team t WHERE t.parent_id = b.id),
         them (id) AS MATERIALIZED (SELECT DISTINCT o.person_id FROM below CROSS JOIN involvement o WHERE o.team_id = below.id AND o.closed_on IS NULL),
         who (id) AS MATERIALIZED (
           SELECT r.worker_id FROM below CROSS JOIN role_held r WHERE r.team_id = below.id AND r.from_on <= $1 AND (r.until_on IS NULL OR r.until_on >= $1)
           UNION SELECT a.worker_id FROM them CROSS JOIN allocation a WHERE a.person_id = them.id AND (a.until_on IS NULL OR a.until_on >= $1)) "
    };
}

/// Everyone who holds a role in a team today, or holds children.
pub async fn practitioners(tx: &mut Tx) -> Result<BTreeMap<WorkerId, Practitioner>> {
    let today = Day(tx.today());
    let rows = sql!(tx, |c| {
        sqlx::query_as(concat!(
            practitioner!(),
            " FROM worker w",
            roles_today!(),
            " WHERE r.team_id IS NOT NULL OR EXISTS (SELECT 1 FROM allocation a WHERE a.worker_id = w.id AND a.until_on IS NULL) ORDER BY w.id, r.from_on, r.id"
        ))
        .bind(today)
        .fetch_all(c)
    })?;
    let mut all = gathered(rows)?;
    let counts = sql!(tx, |c| sqlx::query_as(
        "SELECT a.worker_id, COUNT(DISTINCT a.person_id) FROM allocation a JOIN involvement i ON i.id = a.involvement_id
         WHERE a.part = 'primary' AND a.until_on IS NULL AND i.closed_on IS NULL GROUP BY a.worker_id"
    )
    .fetch_all(c))?;
    add_children(counts, &mut all);
    add_absences(tx, &mut all).await?;
    Ok(all)
}

/// The same of those alone whom the board of a team and the teams below it needs: who holds a role there, and who has a part
/// in the case of anybody known there.
pub(super) async fn practitioners_of(tx: &mut Tx, team: &TeamId) -> Result<BTreeMap<WorkerId, Practitioner>> {
    let today = Day(tx.today());
    let rows = sql!(tx, |c| {
        sqlx::query_as(concat!(
            who!(),
            practitioner!(),
            " FROM who CROSS JOIN worker w",
            roles_today!(),
            " WHERE w.id = who.id ORDER BY w.id, r.from_on, r.id"
        ))
        .bind(today)
        .bind(team)
        .fetch_all(c)
    })?;
    let mut all = gathered(rows)?;
    let counts = sql!(tx, |c| {
        sqlx::query_as(concat!(
            who!(),
            "SELECT a.worker_id, COUNT(DISTINCT a.person_id) FROM who CROSS JOIN allocation a JOIN involvement i ON i.id = a.involvement_id
             WHERE a.worker_id = who.id AND a.part = 'primary' AND a.until_on IS NULL AND i.closed_on IS NULL GROUP BY a.worker_id"
        ))
        .bind(today)
        .bind(team)
        .fetch_all(c)
    })?;
    add_children(counts, &mut all);
    add_absences(tx, &mut all).await?;
    Ok(all)
}

fn gathered(rows: Vec<Row>) -> Result<BTreeMap<WorkerId, Practitioner>> {
    let mut all: BTreeMap<WorkerId, Practitioner> = BTreeMap::new();
    for row in rows {
        let (role, team) = (row.role.as_deref().and_then(Role::from_code), row.team_id.clone());
        let one = match all.get_mut(&row.id) {
            Some(one) => one,
            None => all.entry(row.id.clone()).or_insert(Practitioner::new(row)?),
        };
        one.roles.extend(role.filter(|role| !one.roles.contains(role)));
        one.teams.extend(team.filter(|team| !one.teams.contains(team)));
    }
    Ok(all)
}

fn add_children(counts: Vec<(WorkerId, i64)>, all: &mut BTreeMap<WorkerId, Practitioner>) {
    for (worker, children) in counts {
        if let Some(one) = all.get_mut(&worker) {
            one.children = children;
        }
    }
}

/// An absence counts from its first day until the day before the expected return, or until it was ended.
async fn add_absences(tx: &mut Tx, all: &mut BTreeMap<WorkerId, Practitioner>) -> Result<()> {
    let today = Day(tx.today());
    let rows: Vec<(WorkerId, Day, Option<Day>, Option<Day>)> = sql!(tx, |c| {
        sqlx::query_as(
        "SELECT worker_id, from_on, expected_back_on, ended_on FROM absence
         WHERE (ended_on IS NULL OR ended_on >= $1) AND (expected_back_on IS NULL OR expected_back_on > $1 OR ended_on IS NOT NULL) ORDER BY from_on, id"
    )
    .bind(today)
    .fetch_all(c)
    })?;
    for (worker, from, back, ended) in rows {
        let until = ended.map(|day| day.0).or_else(|| back.map(|day| day.0.saturating_sub(1.day())));
        if let Some(one) = all.get_mut(&worker) {
            one.dates.absences.push(Absence { from: from.0, until });
        }
    }
    Ok(())
}

impl Practitioner {
    fn new(row: Row) -> Result<Self> {
        let share = u16::try_from(row.fte_hundredths).ok().and_then(Fte::hundredths);
        let contracted = share.ok_or_else(|| Error::Corrupt(format!("worker {}: {} hundredths of a post", row.id, row.fte_hundredths)))?;
        let last = row.last_day_on.map(|day| day.0);
        let agency = if row.employment == "agency" { Agency::Agency { ends_on: last } } else { Agency::Employee };
        Ok(Practitioner {
            id: row.id,
            sort_key: format!("{} {}", row.surname, row.given_name).to_lowercase(),
            name: format!("{} {}", row.given_name, row.surname).trim().to_owned(),
            roles: Vec::new(),
            teams: Vec::new(),
            contracted,
            agency,
            agency_name: row.agency_name,
            newly_qualified_until: row.newly_qualified_until_on.map(|day| day.0),
            dates: WorkerDates { last_working_day: last, absences: Vec::new() },
            children: 0,
        })
    }

    pub fn home(&self) -> Option<&TeamId> {
        self.teams.first()
    }

    pub fn has_left(&self, on: Date) -> bool {
        self.dates.last_working_day.is_some_and(|last| last < on)
    }

    /// The absence that holds on a day.
    pub fn away(&self, on: Date) -> Option<Absence> {
        self.dates.absences.iter().copied().filter(|away| away.holds(on)).min_by_key(|away| away.from)
    }

    /// The share of a post that can hold children on a day: none after the last working day, and none in an absence so
    /// long that every child needs cover. A worker away with thirty children is never the freest.
    pub fn capacity(&self, clocks: &Clocks<'_>, on: Date) -> Result<Fte> {
        if self.has_left(on) {
            return Ok(Fte::NONE);
        }
        let Some(away) = self.away(on) else { return Ok(self.contracted) };
        let due = clocks.due("NOT_COVERED", Start::On(away.from)).map_err(|e| Error::Corrupt(e.to_string()))?;
        Ok(if on >= due.on { Fte::NONE } else { self.contracted })
    }

    pub fn caseload(&self, clocks: &Clocks<'_>, on: Date) -> Result<Caseload> {
        Ok(Caseload::new(self.children, self.capacity(clocks, on)?))
    }

    /// Whether the worker's load belongs in the comparison of a team: whoever holds a child, and everyone whose work
    /// it is to hold some. Managers and family support workers without a child would only flatter the average.
    pub fn counts(&self, on: Date) -> bool {
        use Role::*;
        let holds = |role: &Role| {
            matches!(
                role,
                SocialWorker
                    | NewlyQualifiedSocialWorker
                    | LeadChildProtectionPractitioner
                    | SeniorPractitioner
                    | FamilyHelpLeadPractitioner
                    | PersonalAdviser
                    | OccupationalTherapist
            )
        };
        self.children > 0 || (!self.has_left(on) && self.roles.iter().any(holds))
    }

    /// The guideline is one for social workers: nobody else is measured against it.
    pub fn guideline(&self, band: &BandPolicy) -> BandPolicy {
        if self.is_social_worker() { band.clone() } else { BandPolicy::none() }
    }

    pub fn is_social_worker(&self) -> bool {
        self.roles.iter().any(|role| role.is_social_worker())
    }

    /// By name as a list is read, then by id.
    pub fn in_order(&self) -> (&str, &WorkerId) {
        (&self.sort_key, &self.id)
    }

    /// "0.8, agency until 8 January 2027, newly qualified": what a manager sees beside the name.
    pub fn particulars(&self, on: Date) -> Vec<String> {
        let mut all = Vec::new();
        if self.newly_qualified_until.is_some_and(|until| until >= on) || self.roles.contains(&Role::NewlyQualifiedSocialWorker) {
            all.push("Newly qualified".to_owned());
        }
        match (self.agency, self.dates.last_working_day) {
            (Agency::Agency { .. }, Some(last)) => all.push(format!("Agency, until {}", care::words::date(last))),
            (Agency::Agency { .. }, None) => all.push("Agency".into()),
            (Agency::Employee, Some(last)) if last < on => all.push(format!("Left on {}", care::words::date(last))),
            (Agency::Employee, Some(last)) => all.push(format!("Last working day {}", care::words::date(last))),
            (Agency::Employee, None) => {}
        }
        all.extend(self.dates.absences.first().map(|away| care::words::capital(&away.words())));
        all
    }
}

/// The guideline in force on a day.
pub fn band_on(bands: &care::allocation::Bands, on: Date) -> BandPolicy {
    bands.on(on).cloned().unwrap_or_default()
}
