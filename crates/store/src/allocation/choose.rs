//! The choice of a worker: the child, the brothers and sisters who may be given with it, and beside them every worker of
//! the team with what giving would make of their caseload. The same reckoning runs again inside the transaction that
//! decides, after the team and the worker are locked, so that two managers are never told the same.

use std::collections::{BTreeMap, HashMap, HashSet};

use care::{
    access::{Conflict, ConflictKind},
    allocation::{self, BandPolicy, Candidate, Caseload, Concern, Effect, Gravity, Placing, Tie, ZeroKind, compare, concerns, effect},
    case_kind::CaseKind,
    statuses::StatusKind,
};
use jiff::{ToSpan, civil::Date};
use sqlx::AssertSqlSafe;

use super::{
    case::{CaseRow, case_row},
    practitioner::{Practitioner, band_on, practitioners},
};
use crate::{
    Day, Error, Result, Tx,
    id::{InvolvementId, PersonId, TeamId, WorkerId},
    people::{AT_ONCE, MaySee, Opened, Searcher},
    policy::{self, Rules},
    search::list,
    sql,
};

/// A brother or sister with an open case, who may be given to the same worker in one decision.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Kin {
    pub case: InvolvementId,
    pub person: PersonId,
    pub name: String,
    pub team: String,
    /// The allocated worker, if there is one.
    pub worker: Option<String>,
}

/// One worker as a choice.
#[derive(Debug, Clone)]
pub struct Choice {
    pub worker: Practitioner,
    /// What giving would make of the caseload, in one sentence.
    pub effect: Effect,
    pub concerns: Vec<Concern>,
    /// The caseload as it is now.
    pub now: Caseload,
    /// What binds the worker to the family already, the strongest first.
    pub ties: Vec<String>,
    /// Whether an experienced co-worker must be named.
    pub needs_co_worker: bool,
}

/// Another team, for when nobody here can: its load, and the least loaded of its workers.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Room {
    pub team: TeamId,
    pub name: String,
    pub average: Option<String>,
    pub least: Option<String>,
}

/// Everything that the page of a decision shows.
#[derive(Debug, Clone)]
pub struct Choosing {
    pub team: TeamId,
    pub kinds: Vec<CaseKind>,
    pub zero: Option<ZeroKind>,
    pub kin: Vec<Kin>,
    pub choices: Vec<Choice>,
    pub elsewhere: Vec<Room>,
    pub band: BandPolicy,
}

impl Choice {
    pub fn gravest(&self) -> Option<Gravity> {
        self.concerns.iter().map(|concern| concern.gravity).max()
    }
    pub fn is_stopped(&self) -> bool {
        self.gravest() == Some(Gravity::Stops)
    }
}

/// The page of a decision about a case and those cases of its family that are to be given with it.
pub async fn choosing(tx: &mut Tx, opened: &Opened, case: &CaseRow, with: &[CaseRow]) -> Result<Choosing> {
    let facts = Facts::read(tx, opened, case, with).await?;
    let team = facts.people.values().filter(|worker| worker.teams.contains(&case.team_id) && worker.counts(facts.today));
    let mut all = team.map(|worker| Ok((facts.candidate(worker)?, facts.choice(worker, None)?))).collect::<Result<Vec<_>>>()?;
    all.sort_by(|a, b| {
        let order = compare(&a.0, &b.0, &facts.placing, &facts.rules.holding, &facts.band);
        order.then_with(|| a.0.worker.cmp(&b.0.worker))
    });
    let choices = all.into_iter().map(|(_, choice)| choice).collect();
    let kin = kin(tx, case, &facts).await?;
    let elsewhere = elsewhere(tx, &facts).await?;
    Ok(Choosing {
        team: case.team_id.clone(),
        zero: ZeroKind::of_any(&facts.placing.kinds),
        kinds: facts.placing.kinds.clone(),
        kin,
        choices,
        elsewhere,
        band: facts.band,
    })
}

/// One choice, reckoned now: for the transaction that decides. The co-worker, if one is named, settles what may only be
/// held jointly.
pub(super) async fn choice_now(
    tx: &mut Tx,
    opened: &Opened,
    case: &CaseRow,
    with: &[CaseRow],
    worker: &WorkerId,
    co_worker: Option<&WorkerId>,
) -> Result<Option<Choice>> {
    let facts = Facts::read(tx, opened, case, with).await?;
    let co_worker = co_worker.and_then(|id| facts.people.get(id));
    facts.people.get(worker).map(|worker| facts.choice(worker, co_worker)).transpose()
}

/// What every choice is reckoned from, read at one moment.
struct Facts {
    today: Date,
    rules: Rules,
    band: BandPolicy,
    team: TeamId,
    people: BTreeMap<WorkerId, Practitioner>,
    placing: Placing,
    chosen: Vec<PersonId>,
    family: Family,
    conflicts: HashMap<WorkerId, ConflictKind>,
    /// The workers who hold the chosen cases now, and how many of them.
    present: HashMap<WorkerId, i64>,
}

impl Facts {
    async fn read(tx: &mut Tx, opened: &Opened, case: &CaseRow, with: &[CaseRow]) -> Result<Facts> {
        let (today, rules) = (tx.today(), policy::rules(tx).await?);
        let all: Vec<&CaseRow> = std::iter::once(case).chain(with).collect();
        let mut chosen: Vec<PersonId> = all.iter().map(|one| one.person_id.clone()).collect();
        chosen.sort();
        chosen.dedup();
        let mut kinds: Vec<CaseKind> = all.iter().filter_map(|one| one.case_kind()).collect();
        kinds.extend(status_kinds(tx, &chosen).await?);
        kinds.sort();
        kinds.dedup();
        let mut present = HashMap::new();
        for worker in all.iter().filter_map(|one| one.worker_id.clone()) {
            *present.entry(worker).or_insert(0) += 1;
        }
        let weeks = rules.expected_weeks;
        let adults = kinds.iter().all(|kind| !kind.is_childrens());
        let band = if adults { care::allocation::BandPolicy::none() } else { band_on(&rules.bands, today) };
        let placing = Placing {
            children: i64::try_from(chosen.len()).unwrap_or(i64::MAX),
            kinds,
            from: today,
            needed_until: Some(today.saturating_add(weeks.weeks())),
            first_visit_by: None,
            present_worker: None,
        };
        Ok(Facts {
            band,
            team: case.team_id.clone(),
            people: practitioners(tx).await?,
            family: Family::read(tx, opened, &chosen).await?,
            conflicts: conflicts(tx, &chosen).await?,
            placing,
            chosen,
            present,
            rules,
            today,
        })
    }

    fn choice(&self, worker: &Practitioner, co_worker: Option<&Practitioner>) -> Result<Choice> {
        let candidate = self.candidate(worker)?;
        let band = worker.guideline(&self.band);
        let effect = effect(&worker.name, candidate.now, self.more(worker), &self.others(worker)?, &band);
        let jointly = self.jointly(worker);
        let settled = co_worker
            .is_some_and(|one| one.id != worker.id && !one.has_left(self.today) && jointly.iter().all(|kind| self.alone(one, *kind)));
        let placing = match settled {
            true => Placing {
                kinds: self.placing.kinds.iter().copied().filter(|kind| !jointly.contains(kind)).collect(),
                ..self.placing.clone()
            },
            false => self.placing.clone(),
        };
        let concerns = concerns(&candidate, &placing, &self.rules.holding, &band);
        let mut ties: Vec<&Tie> = candidate.ties.iter().collect();
        ties.sort_by_key(|tie| (!matches!(tie, Tie::HoldsSibling { .. }), !matches!(tie, Tie::HeldBefore { .. })));
        let ties = ties.into_iter().map(Tie::words).collect();
        Ok(Choice { worker: worker.clone(), effect, now: candidate.now, ties, needs_co_worker: !jointly.is_empty() && !settled, concerns })
    }

    fn candidate(&self, worker: &Practitioner) -> Result<Candidate<WorkerId>> {
        let mut dates = worker.dates.clone();
        if matches!(worker.agency, allocation::Agency::Agency { .. }) {
            // The end of an assignment is said once, by its own words.
            dates.last_working_day = None;
        }
        Ok(Candidate {
            worker: worker.id.clone(),
            name: worker.name.clone(),
            roles: worker.roles.clone(),
            now: worker.caseload(&self.rules.clocks(), self.today)?,
            agency: worker.agency,
            dates,
            conflict: self.conflicts.get(&worker.id).map_or(Conflict::NoneDeclared, |kind| Conflict::Declared(*kind)),
            ties: self.family.ties(&worker.id, &self.chosen),
        })
    }

    /// How many children more: those whom the worker holds already in another case are no more.
    fn more(&self, worker: &Practitioner) -> i64 {
        let held = self.family.held_by(&worker.id, &self.chosen);
        self.placing.children - i64::try_from(held).unwrap_or(0)
    }

    /// The rest of the team as it would be: whoever holds the case now would hold it no longer.
    fn others(&self, worker: &Practitioner) -> Result<Vec<Caseload>> {
        let team = self.people.values().filter(|one| one.home() == Some(&self.team) && one.id != worker.id && one.counts(self.today));
        team.map(|one| {
            let given_up = self.present.get(&one.id).copied().unwrap_or(0);
            Ok(one.caseload(&self.rules.clocks(), self.today)?.with(-given_up))
        })
        .collect()
    }

    fn jointly(&self, worker: &Practitioner) -> Vec<CaseKind> {
        let how = |kind: &CaseKind| self.rules.holding.may_any_hold(&worker.roles, *kind, self.today);
        self.placing.kinds.iter().copied().filter(|kind| how(kind) == care::access::Holding::Jointly).collect()
    }

    fn alone(&self, worker: &Practitioner, kind: CaseKind) -> bool {
        self.rules.holding.may_any_hold(&worker.roles, kind, self.today) == care::access::Holding::Alone
    }
}

/// The family's workers, now and before.
struct Family {
    /// Brothers and sisters, without those chosen, and what they may be called here.
    kin: HashMap<PersonId, Option<String>>,
    /// Worker, person, part, last day.
    held: Vec<(WorkerId, PersonId, String, Option<Date>)>,
}

impl Family {
    async fn read(tx: &mut Tx, opened: &Opened, chosen: &[PersonId]) -> Result<Family> {
        let ids = kin_of(tx, opened.id()).await?;
        let others: Vec<PersonId> = ids.into_iter().filter(|id| !chosen.contains(id)).collect();
        let names = names(tx, &others).await?;
        let everyone: Vec<PersonId> = chosen.iter().chain(&others).cloned().collect();
        let text = format!(
            "SELECT worker_id, person_id, part, until_on FROM allocation WHERE person_id IN ({}) ORDER BY until_on, id",
            list(1, everyone.len())
        );
        let rows: Vec<(WorkerId, PersonId, String, Option<Day>)> = sql!(tx, |c| {
            let query = sqlx::query_as(AssertSqlSafe(text));
            everyone.iter().fold(query, |query, id| query.bind(id)).fetch_all(c)
        })?;
        let held = rows.into_iter().map(|(worker, person, part, until)| (worker, person, part, until.map(|day| day.0))).collect();
        Ok(Family { kin: names, held })
    }

    fn ties(&self, worker: &WorkerId, chosen: &[PersonId]) -> Vec<Tie> {
        let mine = || self.held.iter().filter(|(who, ..)| who == worker);
        let mut ties: Vec<Tie> = Vec::new();
        for (_, person, part, until) in mine() {
            if part == "primary" && until.is_none() && !chosen.contains(person) {
                let name = self.kin.get(person).cloned().flatten().unwrap_or_else(|| "somebody".into());
                ties.push(Tie::HoldsSibling { name });
            }
        }
        let last = |own: bool| mine().filter(|(_, person, ..)| chosen.contains(person) == own).filter_map(|(.., until)| *until).max();
        ties.extend(last(true).map(|until| Tie::HeldBefore { until }));
        ties.extend(last(false).map(|until| Tie::KnewFamily { until }));
        ties
    }

    fn held_by(&self, worker: &WorkerId, chosen: &[PersonId]) -> usize {
        let mine = self
            .held
            .iter()
            .filter(|(who, person, part, until)| who == worker && part == "primary" && until.is_none() && chosen.contains(person));
        mine.map(|(_, person, ..)| person).collect::<HashSet<_>>().len()
    }
}

/// Brothers and sisters: said to be, or with a parent in common.
async fn kin_of(tx: &mut Tx, person: &PersonId) -> Result<Vec<PersonId>> {
    let rows: Vec<(PersonId,)> = sql!(tx, |c| {
        sqlx::query_as(
        "SELECT other_id FROM relationship WHERE person_id = $1 AND kind IN ('sibling', 'half_sibling', 'step_sibling')
         UNION SELECT person_id FROM relationship WHERE other_id = $1 AND kind IN ('sibling', 'half_sibling', 'step_sibling')
         UNION SELECT b.other_id FROM relationship a JOIN relationship b ON b.person_id = a.person_id AND b.other_id <> $1
         WHERE a.other_id = $1 AND a.kind IN ('mother', 'father', 'parent', 'adoptive_parent') AND b.kind IN ('mother', 'father', 'parent', 'adoptive_parent')"
    )
    .bind(person)
    .fetch_all(c)
    })?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// What people may be called to whoever asks: nothing for those whose record is not open to them.
pub(super) async fn names(tx: &mut Tx, people: &[PersonId]) -> Result<HashMap<PersonId, Option<String>>> {
    let searcher = match Searcher::of(tx).await {
        Ok(searcher) => searcher,
        // Somebody whose role knows no index of people sees counts only.
        Err(Error::RoleLacks) => return Ok(people.iter().map(|id| (id.clone(), None)).collect()),
        Err(other) => return Err(other),
    };
    let mut all = HashMap::new();
    for some in people.chunks(AT_ONCE) {
        let asked: Vec<&PersonId> = some.iter().collect();
        let may = searcher.may_see(tx, &asked).await?;
        let text = format!("SELECT id, given_name, surname FROM person WHERE id IN ({})", list(1, some.len()));
        let rows: Vec<(PersonId, String, String)> =
            sql!(tx, |c| some.iter().fold(sqlx::query_as(AssertSqlSafe(text)), |query, id| query.bind(id)).fetch_all(c))?;
        for (id, given, surname) in rows {
            let open = may.get(&id) == Some(&MaySee::Record);
            let name = format!("{given} {surname}").trim().to_owned();
            all.insert(id, open.then_some(name));
        }
    }
    Ok(all)
}

async fn kin(tx: &mut Tx, case: &CaseRow, facts: &Facts) -> Result<Vec<Kin>> {
    let mut ids: Vec<PersonId> = kin_of(tx, &case.person_id).await?;
    ids.sort();
    let names = names(tx, &ids).await?;
    let mut all = Vec::new();
    for id in ids {
        let Some(Some(name)) = names.get(&id).cloned() else { continue };
        let cases: Vec<(InvolvementId,)> = sql!(tx, |c| sqlx::query_as(
            "SELECT id FROM involvement WHERE person_id = $1 AND team_id = $2 AND closed_on IS NULL ORDER BY opened_on, id"
        )
        .bind(&id)
        .bind(&facts.team)
        .fetch_all(c))?;
        for (involvement,) in cases.into_iter().take(1) {
            let row = case_row(tx, &involvement).await?;
            all.push(Kin { case: involvement, person: id.clone(), name: name.clone(), worker: row.worker(), team: row.team });
        }
    }
    Ok(all)
}

pub(super) async fn status_kinds(tx: &mut Tx, people: &[PersonId]) -> Result<Vec<CaseKind>> {
    let today = Day(tx.today());
    let text = format!(
        "SELECT DISTINCT kind FROM person_status WHERE from_on <= $1 AND (until_on IS NULL OR until_on > $1) AND person_id IN ({})",
        list(2, people.len())
    );
    let rows: Vec<(String,)> = sql!(tx, |c| {
        let query = sqlx::query_as(AssertSqlSafe(text)).bind(today);
        people.iter().fold(query, |query, id| query.bind(id)).fetch_all(c)
    })?;
    let urgent = |kind: &CaseKind| ZeroKind::of(*kind).is_some() || *kind == CaseKind::PreBirth;
    Ok(rows.iter().filter_map(|(kind,)| StatusKind::from_code(kind)).map(StatusKind::case_kind).filter(urgent).collect())
}

async fn conflicts(tx: &mut Tx, people: &[PersonId]) -> Result<HashMap<WorkerId, ConflictKind>> {
    let today = Day(tx.today());
    let text = format!(
        "SELECT worker_id, reason FROM conflict_of_interest WHERE from_on <= $1 AND (until_on IS NULL OR until_on >= $1) AND person_id IN ({}) ORDER BY id",
        list(2, people.len())
    );
    let rows: Vec<(WorkerId, String)> = sql!(tx, |c| {
        let query = sqlx::query_as(AssertSqlSafe(text)).bind(today);
        people.iter().fold(query, |query, id| query.bind(id)).fetch_all(c)
    })?;
    Ok(rows.into_iter().map(|(worker, reason)| (worker, ConflictKind::from_code(&reason).unwrap_or(ConflictKind::Other))).collect())
}

/// The other teams of the same kind of work, the least loaded first.
async fn elsewhere(tx: &mut Tx, facts: &Facts) -> Result<Vec<Room>> {
    let teams: Vec<(TeamId, String)> = sql!(tx, |c| {
        sqlx::query_as(
        "SELECT o.id, o.name FROM team o JOIN team t ON t.id = $1 WHERE o.id <> t.id AND o.kind = t.kind AND o.service = t.service AND (o.until_on IS NULL OR o.until_on >= $2) ORDER BY o.id"
    )
    .bind(&facts.team)
    .bind(Day(facts.today))
    .fetch_all(c)
    })?;
    let mut all = Vec::new();
    for (team, name) in teams {
        let members: Vec<&Practitioner> =
            facts.people.values().filter(|one| one.home() == Some(&team) && one.counts(facts.today)).collect();
        let loads = members.iter().map(|one| Ok((one, one.caseload(&facts.rules.clocks(), facts.today)?))).collect::<Result<Vec<_>>>()?;
        let children: i64 = loads.iter().map(|(_, load)| load.children).sum();
        let fte: i64 = loads.iter().map(|(_, load)| load.fte.in_hundredths()).sum();
        let average = care::figure::Tenths::of(children * 100, fte);
        let least =
            loads.iter().filter(|(_, load)| load.fte.in_hundredths() > 0).min_by(|a, b| a.1.compare(b.1).then_with(|| a.0.id.cmp(&b.0.id)));
        all.push((
            average,
            Room {
                team,
                name,
                average: average.map(|tenths| tenths.to_string()),
                least: least.map(|(one, load)| format!("{}: {}", one.name, load.words())),
            },
        ));
    }
    all.sort_by(|a, b| a.0.is_none().cmp(&b.0.is_none()).then(a.0.cmp(&b.0)).then_with(|| a.1.team.cmp(&b.1.team)));
    Ok(all.into_iter().map(|(_, room)| room).collect())
}
