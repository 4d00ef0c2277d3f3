//! Whose every child is, at this moment: each open case with its worker, or how long it has waited; which children
//! nobody covers; and the board that must read 0. Every count on every page is the length of one of these lists, so a
//! number and the rows behind it cannot differ.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use care::{
    access::Holding,
    allocation::{Absence, AllocationState, Coverage, HeldCase, Wait, Waiting, ZeroKind, coverage, most_urgent_first, waiting},
    calendar::calendar_days_between,
    case_kind::CaseKind,
};
use jiff::civil::Date;
use sqlx::AssertSqlSafe;

use super::practitioner::{Practitioner, practitioners, practitioners_of};
use crate::{
    Day, Error, Result, Tx,
    id::{AllocationId, InvolvementId, PersonId, TeamId, WorkerId},
    policy::{self, Rules},
    search::list,
    sql, teams,
};

/// What a board is drawn of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// A team and whatever teams are below it.
    Team(TeamId),
    /// Every team.
    Whole,
}

/// One team's open work with one person.
#[derive(Debug, Clone)]
pub struct Case {
    /// None for somebody with a status that must never be without a worker, and no team at all.
    pub involvement: Option<InvolvementId>,
    pub person: PersonId,
    pub team: Option<TeamId>,
    /// What the work is: the team's own, then what the person's statuses make it.
    pub kinds: Vec<CaseKind>,
    pub opened_on: Date,
    pub zero: Option<ZeroKind>,
    pub held: Option<Held>,
    pub standing: Standing,
}

/// The allocated worker of a case.
#[derive(Debug, Clone)]
pub struct Held {
    pub allocation: AllocationId,
    pub worker: WorkerId,
    pub state: AllocationState,
    pub from_on: Date,
}

/// How a case stands today.
#[derive(Debug, Clone)]
pub enum Standing {
    /// Nobody holds it, or only somebody who has left.
    Waiting(Box<Waiting>),
    /// Somebody holds it whose role may not.
    Unsuitable(String),
    Held(Coverage),
}

/// Everything that the pages of allocation show, read at once.
pub struct Board {
    pub today: Date,
    pub rules: Rules,
    pub people: BTreeMap<WorkerId, Practitioner>,
    pub cases: Vec<Case>,
}

/// One line of the board that must read 0, with the children behind each number.
#[derive(Debug, Clone)]
pub struct ZeroLine {
    pub kind: ZeroKind,
    pub children: usize,
    pub without_worker: Vec<PersonId>,
    pub not_covered: Vec<PersonId>,
    /// Theirs is covered today, and the worker leaves within the weeks shown ahead.
    pub leaving: Vec<PersonId>,
}

impl Case {
    pub fn is_waiting(&self) -> bool {
        matches!(self.standing, Standing::Waiting(_))
    }
    pub fn is_not_covered(&self) -> bool {
        match &self.standing {
            Standing::Unsuitable(_) => true,
            Standing::Held(coverage) => coverage.is_gap(),
            Standing::Waiting(_) => false,
        }
    }
    pub fn waiting(&self) -> Option<&Waiting> {
        match &self.standing {
            Standing::Waiting(waiting) => Some(waiting),
            _ => None,
        }
    }
    pub fn leaving(&self) -> Option<Date> {
        match self.standing {
            Standing::Held(Coverage::LeavingOn(last)) => Some(last),
            _ => None,
        }
    }
    fn is_good(&self) -> bool {
        !self.is_waiting() && !self.is_not_covered()
    }
    /// In words: what the case waits for, or how it is covered.
    pub fn words(&self) -> String {
        match &self.standing {
            Standing::Waiting(waiting) => waiting.words(),
            Standing::Unsuitable(why) => why.clone(),
            Standing::Held(coverage) => coverage.words(),
        }
    }
}

impl Board {
    /// Reads the board of a team or of the whole service. It shows no name: what may be shown is asked for each child.
    pub async fn read(tx: &mut Tx, scope: &Scope) -> Result<Board> {
        let (today, rules) = (tx.today(), policy::rules(tx).await?);
        let people = match scope {
            Scope::Team(team) => practitioners_of(tx, team).await?,
            Scope::Whole => practitioners(tx).await?,
        };
        let gathered = Gathered::read(tx, scope).await?;
        let mut cases = Vec::with_capacity(gathered.rows.len());
        for row in &gathered.rows {
            cases.push(gathered.case(row, &people, &rules, today)?);
        }
        let mut board = Board { today, rules, people, cases };
        board.ease_the_held();
        if *scope == Scope::Whole {
            board.add_the_teamless(&gathered)?;
        }
        if let Scope::Team(team) = scope {
            let within = teams::with_below(tx, team).await?;
            board.cases.retain(|case| case.team.as_ref().is_some_and(|one| within.contains(one)));
        }
        Ok(board)
    }

    /// Those who wait, the most urgent and the longest first.
    pub fn waiting(&self) -> Vec<&Case> {
        let mut all: Vec<&Case> = self.cases.iter().filter(|case| case.is_waiting()).collect();
        let days = |case: &Case| case.waiting().map_or(0, |waiting| waiting.days);
        all.sort_by(|a, b| most_urgent_first((a.zero, days(a)), (b.zero, days(b))).then_with(|| a.involvement.cmp(&b.involvement)));
        all
    }

    /// Those whose worker is away, has no role for it, or has left, and for whom nobody stands in.
    pub fn not_covered(&self) -> Vec<&Case> {
        let mut all: Vec<&Case> = self.cases.iter().filter(|case| case.is_not_covered()).collect();
        all.sort_by_key(|case| (case.zero.map_or(u8::MAX, |kind| kind as u8), case.involvement.clone()));
        all
    }

    /// Those whose worker leaves within the weeks shown ahead, the soonest first.
    pub fn leaving(&self) -> Vec<&Case> {
        let mut all: Vec<&Case> = self.cases.iter().filter(|case| case.leaving().is_some()).collect();
        all.sort_by_key(|case| (case.leaving(), case.involvement.clone()));
        all
    }

    /// The board that must read 0. A person with several cases is covered when one of them is.
    pub fn zero_board(&self) -> Vec<ZeroLine> {
        let mut people: BTreeMap<&PersonId, Vec<&Case>> = BTreeMap::new();
        for case in self.cases.iter().filter(|case| case.zero.is_some()) {
            people.entry(&case.person).or_default().push(case);
        }
        ZeroKind::ALL.iter().map(|kind| line(*kind, &people)).collect()
    }

    pub fn practitioner(&self, id: &WorkerId) -> Option<&Practitioner> {
        self.people.get(id)
    }

    /// A case whose person has another worker who may hold it is no longer one that must never wait.
    fn ease_the_held(&mut self) {
        let good: HashSet<PersonId> =
            self.cases.iter().filter(|case| case.zero.is_some() && case.is_good()).map(|case| case.person.clone()).collect();
        for case in self.cases.iter_mut().filter(|case| case.is_waiting() && good.contains(&case.person)) {
            case.zero = case.kinds.first().copied().and_then(ZeroKind::of);
        }
    }

    /// Somebody with such a status whom no team has at all is the worst off, and stands on the board as well.
    fn add_the_teamless(&mut self, gathered: &Gathered) -> Result<()> {
        let known: HashSet<&PersonId> = self.cases.iter().map(|case| &case.person).collect();
        let mut found = Vec::new();
        for (person, statuses) in &gathered.statuses {
            if known.contains(person) {
                continue;
            }
            let kinds: Vec<CaseKind> = statuses.iter().map(|(kind, _)| *kind).collect();
            let since = statuses.iter().map(|(_, from)| *from).min().unwrap_or(self.today);
            let wait = Wait { since, zero_kind: ZeroKind::of_any(&kinds), last_review_on: None, escalated_on: None };
            let stands = waiting(&wait, &self.rules.clocks(), self.today).map_err(|e| Error::Corrupt(e.to_string()))?;
            found.push(Case {
                involvement: None,
                person: person.clone(),
                team: None,
                zero: wait.zero_kind,
                kinds,
                opened_on: since,
                held: None,
                standing: Standing::Waiting(Box::new(stands)),
            });
        }
        self.cases.extend(found);
        Ok(())
    }
}

fn line(kind: ZeroKind, people: &BTreeMap<&PersonId, Vec<&Case>>) -> ZeroLine {
    let mut line = ZeroLine { kind, children: 0, without_worker: Vec::new(), not_covered: Vec::new(), leaving: Vec::new() };
    for (person, cases) in people {
        let all: BTreeSet<ZeroKind> = cases.iter().flat_map(|case| case.kinds.iter().filter_map(|one| ZeroKind::of(*one))).collect();
        if !all.contains(&kind) {
            continue;
        }
        line.children += 1;
        let into = match () {
            () if cases.iter().any(|case| case.is_good() && case.leaving().is_none()) => continue,
            () if cases.iter().any(|case| case.is_good()) => &mut line.leaving,
            () if cases.iter().all(|case| case.is_waiting()) => &mut line.without_worker,
            () => &mut line.not_covered,
        };
        into.push((*person).clone());
    }
    line
}

#[derive(sqlx::FromRow)]
struct Row {
    id: InvolvementId,
    person_id: PersonId,
    team_id: TeamId,
    kind: String,
    opened_on: Day,
    allocation_id: Option<AllocationId>,
    worker_id: Option<WorkerId>,
    state: Option<String>,
    held_from: Option<Day>,
}

/// What was read, before it is judged.
struct Gathered {
    rows: Vec<Row>,
    statuses: BTreeMap<PersonId, Vec<(CaseKind, Date)>>,
    last_held: HashMap<InvolvementId, Date>,
    reviewed: HashMap<InvolvementId, Date>,
    escalated: HashMap<InvolvementId, Date>,
    visits: HashMap<PersonId, Date>,
    others: HashMap<InvolvementId, Vec<Other>>,
}

/// A co-worker or a cover worker of a case.
struct Other {
    part: String,
    worker: WorkerId,
    days: Absence,
}

macro_rules! open_cases {
    ($from:literal, $where:literal) => {
        concat!(
            "SELECT i.id, i.person_id, i.team_id, i.kind, i.opened_on, a.id AS allocation_id, a.worker_id, a.state, a.from_on AS held_from FROM ",
            $from,
            " LEFT JOIN allocation a ON a.involvement_id = i.id AND a.part = 'primary' AND a.until_on IS NULL WHERE ",
            $where,
            "i.closed_on IS NULL"
        )
    };
}
const OF_ALL: &str = open_cases!("involvement i", "");
/// $1 a team: everybody with an open case there or below.
macro_rules! them {
    () => {
        "WITH RECURSIVE below (id) AS (SELECT id FROM team WHERE id = $1 UNION SELECT t.id FROM below b CROSS JOIN team t WHERE t.parent_id = b.id),
         them (id) AS MATERIALIZED (SELECT DISTINCT o.person_id FROM below CROSS JOIN involvement o WHERE o.team_id = below.id AND o.closed_on IS NULL) "
    };
}
macro_rules! must_never_wait {
    ($from:literal, $today:literal, $where:literal) => {
        concat!(
            "SELECT s.person_id, s.kind, s.from_on FROM ",
            $from,
            " JOIN person p ON p.id = s.person_id WHERE ",
            $where,
            "s.kind IN ('protection_plan', 'looked_after', 'privately_fostered', 'section_47', 'proceedings') AND (s.until_on IS NULL OR s.until_on > ",
            $today,
            ") AND s.from_on <= ",
            $today,
            " AND p.died_on IS NULL ORDER BY s.person_id, s.kind, s.from_on"
        )
    };
}
const STATUSES_OF_ALL: &str = must_never_wait!("person_status s", "$1", "");
const STATUSES_OF_TEAM: &str = concat!(them!(), must_never_wait!("them CROSS JOIN person_status s", "$2", "s.person_id = them.id AND "));

/// The cases of a team and those below it, and the other cases of the same people.
const OF_TEAM: &str = concat!(them!(), open_cases!("them CROSS JOIN involvement i", "i.person_id = them.id AND "));

impl Gathered {
    async fn read(tx: &mut Tx, scope: &Scope) -> Result<Gathered> {
        let mut rows: Vec<Row> = match scope {
            Scope::Team(team) => sql!(tx, |c| sqlx::query_as(OF_TEAM).bind(team).fetch_all(c))?,
            Scope::Whole => sql!(tx, |c| sqlx::query_as(OF_ALL).fetch_all(c))?,
        };
        // Sorted here: asked for in order, SQLite reads every case there ever was.
        rows.sort_unstable_by(|a, b| a.id.cmp(&b.id));
        Ok(Gathered {
            statuses: statuses(tx, scope).await?,
            last_held: last_held(tx, &rows).await?,
            reviewed: latest(tx, "SELECT involvement_id, MAX(reviewed_on) FROM unallocated_review GROUP BY involvement_id").await?,
            escalated: latest(tx, "SELECT involvement_id, MAX(escalated_on) FROM unallocated_escalation GROUP BY involvement_id").await?,
            visits: visits(tx).await?,
            others: others(tx).await?,
            rows,
        })
    }

    fn case(&self, row: &Row, people: &BTreeMap<WorkerId, Practitioner>, rules: &Rules, today: Date) -> Result<Case> {
        let mut kinds: Vec<CaseKind> = CaseKind::from_code(&row.kind).into_iter().collect();
        for (kind, _) in self.statuses.get(&row.person_id).into_iter().flatten() {
            if !kinds.contains(kind) {
                kinds.push(*kind);
            }
        }
        let zero = ZeroKind::of_any(&kinds);
        let held = held(row)?;
        let standing = match held.as_ref().and_then(|held| people.get(&held.worker).map(|worker| (held, worker))) {
            Some((held, worker)) => self.standing(row, worker, held, &kinds, zero, people, rules, today)?,
            None => self.wait(row, self.last_held.get(&row.id).map(|last| next_day(*last)), zero, rules, today)?,
        };
        Ok(Case {
            involvement: Some(row.id.clone()),
            person: row.person_id.clone(),
            team: Some(row.team_id.clone()),
            kinds,
            opened_on: row.opened_on.0,
            zero,
            held,
            standing,
        })
    }

    #[allow(clippy::too_many_arguments)]
    fn standing(
        &self,
        row: &Row,
        worker: &Practitioner,
        held: &Held,
        kinds: &[CaseKind],
        zero: Option<ZeroKind>,
        people: &BTreeMap<WorkerId, Practitioner>,
        rules: &Rules,
        today: Date,
    ) -> Result<Standing> {
        let others = self.others.get(&row.id).map(Vec::as_slice).unwrap_or_default();
        let at_work = |other: &&Other| people.get(&other.worker).is_some_and(|one| one.away(today).is_none() && !one.has_left(today));
        let cover = others.iter().filter(|other| other.part == "cover").filter(at_work).map(|other| other.days).collect();
        let case = HeldCase { zero_kind: zero, visit_due_on: self.visits.get(&row.person_id).copied(), cover };
        let found = coverage(&worker.dates, &case, &rules.clocks(), today).map_err(|e| Error::Corrupt(e.to_string()))?;
        if let Coverage::UnallocatedSince(since) = found {
            return self.wait(row, Some(since.max(held.from_on)), zero, rules, today);
        }
        let alone = |one: &Practitioner, kind: CaseKind| rules.holding.may_any_hold(&one.roles, kind, today);
        for kind in kinds.iter().filter(|kind| ZeroKind::of(**kind).is_some()) {
            let joined = || {
                others.iter().filter(at_work).any(|other| people.get(&other.worker).is_some_and(|one| alone(one, *kind) == Holding::Alone))
            };
            let label = kind.label().to_lowercase();
            match alone(worker, *kind) {
                Holding::Alone => {}
                Holding::Jointly if joined() => {}
                Holding::Jointly => {
                    return Ok(Standing::Unsuitable(format!(
                        "not covered: {label} is held by a newly qualified worker without a co-worker"
                    )));
                }
                Holding::Not => {
                    return Ok(Standing::Unsuitable(format!("not covered: {label} is held by a worker whose role may not hold it")));
                }
            }
        }
        Ok(Standing::Held(found))
    }

    fn wait(&self, row: &Row, since: Option<Date>, zero: Option<ZeroKind>, rules: &Rules, today: Date) -> Result<Standing> {
        let since = since.unwrap_or(row.opened_on.0).max(row.opened_on.0).min(today);
        let wait = Wait {
            since,
            zero_kind: zero,
            last_review_on: self.reviewed.get(&row.id).copied(),
            escalated_on: self.escalated.get(&row.id).copied(),
        };
        let stands = waiting(&wait, &rules.clocks(), today).map_err(|e| Error::Corrupt(e.to_string()))?;
        debug_assert_eq!(stands.days, calendar_days_between(since, today));
        Ok(Standing::Waiting(Box::new(stands)))
    }
}

fn held(row: &Row) -> Result<Option<Held>> {
    let (Some(allocation), Some(worker), Some(from_on)) = (row.allocation_id.clone(), row.worker_id.clone(), row.held_from) else {
        return Ok(None);
    };
    let code = row.state.as_deref().unwrap_or_default();
    let state = AllocationState::from_code(code).ok_or_else(|| Error::Corrupt(format!("allocation {allocation} is {code}")))?;
    Ok(Some(Held { allocation, worker, state, from_on: from_on.0 }))
}

pub(super) fn next_day(day: Date) -> Date {
    day.tomorrow().unwrap_or(day)
}

/// Open statuses that must never be without a worker. On its last day a status is over.
async fn statuses(tx: &mut Tx, scope: &Scope) -> Result<BTreeMap<PersonId, Vec<(CaseKind, Date)>>> {
    let today = Day(tx.today());
    let rows: Vec<(PersonId, String, Day)> = match scope {
        Scope::Team(team) => sql!(tx, |c| sqlx::query_as(STATUSES_OF_TEAM).bind(team).bind(today).fetch_all(c))?,
        Scope::Whole => sql!(tx, |c| sqlx::query_as(STATUSES_OF_ALL).bind(today).fetch_all(c))?,
    };
    let mut all: BTreeMap<PersonId, Vec<(CaseKind, Date)>> = BTreeMap::new();
    for (person, kind, from) in rows {
        if let Some(kind) = CaseKind::from_code(&kind) {
            all.entry(person).or_default().push((kind, from.0));
        }
    }
    Ok(all)
}

async fn latest(tx: &mut Tx, text: &'static str) -> Result<HashMap<InvolvementId, Date>> {
    let rows: Vec<(InvolvementId, Day)> = sql!(tx, |c| sqlx::query_as(text).fetch_all(c))?;
    Ok(rows.into_iter().map(|(id, day)| (id, day.0)).collect())
}

/// The last day of the last allocated worker of each case that has none now.
async fn last_held(tx: &mut Tx, rows: &[Row]) -> Result<HashMap<InvolvementId, Date>> {
    let without: Vec<&InvolvementId> = rows.iter().filter(|row| row.worker_id.is_none()).map(|row| &row.id).collect();
    let mut all = HashMap::new();
    for some in without.chunks(500) {
        let text = format!(
            "SELECT involvement_id, MAX(until_on) FROM allocation WHERE involvement_id IN ({}) AND part = 'primary' AND until_on IS NOT NULL GROUP BY involvement_id",
            list(1, some.len())
        );
        let found: Vec<(InvolvementId, Day)> =
            sql!(tx, |c| some.iter().fold(sqlx::query_as(AssertSqlSafe(text)), |query, id| query.bind(*id)).fetch_all(c))?;
        all.extend(found.into_iter().map(|(id, day)| (id, day.0)));
    }
    Ok(all)
}

/// The earliest visit not yet made, for people whose allocated worker is away today.
async fn visits(tx: &mut Tx) -> Result<HashMap<PersonId, Date>> {
    let today = Day(tx.today());
    let rows: Vec<(PersonId, Day)> = sql!(tx, |c| {
        sqlx::query_as(
        "SELECT d.person_id, MIN(d.due_on) FROM absence b CROSS JOIN allocation a CROSS JOIN due d
         WHERE a.worker_id = b.worker_id AND a.part = 'primary' AND a.until_on IS NULL
         AND d.person_id = a.person_id AND d.met_on IS NULL AND d.dropped_on IS NULL AND b.from_on <= $1 AND (b.ended_on IS NULL OR b.ended_on >= $1) AND d.code LIKE '%VISIT%' GROUP BY d.person_id"
    )
    .bind(today)
    .fetch_all(c)
    })?;
    Ok(rows.into_iter().map(|(id, day)| (id, day.0)).collect())
}

async fn others(tx: &mut Tx) -> Result<HashMap<InvolvementId, Vec<Other>>> {
    let today = Day(tx.today());
    let mut rows: Vec<(AllocationId, InvolvementId, String, WorkerId, Day, Option<Day>)> = sql!(tx, |c| {
        sqlx::query_as(
        "SELECT a.id, a.involvement_id, a.part, a.worker_id, a.from_on, a.until_on FROM allocation a JOIN involvement i ON i.id = a.involvement_id
         WHERE a.part IN ('cover', 'co_worker') AND i.closed_on IS NULL AND a.from_on <= $1 AND (a.until_on IS NULL OR a.until_on >= $1) AND a.state <> 'ended'"
    )
    .bind(today)
    .fetch_all(c)
    })?;
    let mut all: HashMap<InvolvementId, Vec<Other>> = HashMap::new();
    // Sorted here: asked for in order, SQLite reads every allocation there ever was.
    rows.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    for (_, involvement, part, worker, from, until) in rows {
        all.entry(involvement).or_default().push(Other { part, worker, days: Absence { from: from.0, until: until.map(|day| day.0) } });
    }
    Ok(all)
}
