//! The figures of teams and of the service: who holds how many, against the guideline, how evenly, how many are agency.
//! All are made from one board, so that they agree with its lists.

use std::collections::BTreeMap;

use care::{
    allocation::{
        Agency, Band, BandPolicy, Caseload, ZeroKind,
        spread::{Spread, TeamLoad, spread},
    },
    case_kind::CaseKind,
    figure::Tenths,
};

use super::{
    board::{Board, Case},
    practitioner::{Practitioner, band_on},
};
use crate::{
    Result,
    id::{TeamId, WorkerId},
    teams::{Branch, Team},
};

/// One worker's load.
#[derive(Debug, Clone)]
pub struct Load<'a> {
    pub worker: &'a Practitioner,
    pub caseload: Caseload,
    pub band: Band,
    /// Children whom nobody covers, of those the worker holds in any team.
    pub uncovered: usize,
}

/// A team's figures. The average is that of the workers to whom the guideline applies, if there are any.
pub struct TeamFigures<'a> {
    pub team: &'a Team,
    pub loads: Vec<Load<'a>>,
    pub average: Option<Tenths>,
    /// Where the average lies.
    pub band: Band,
    pub spread: Spread,
    /// Agency workers of those who hold cases in the team, as heads.
    pub agency: (i64, i64),
    pub waiting: usize,
    pub not_covered: usize,
    pub leaving: usize,
}

/// The whole service: its spread, average and agency are those of children's social workers, whom the guideline is for.
pub struct Figures<'a> {
    pub teams: Vec<TeamFigures<'a>>,
    pub spread: Spread,
    pub band: BandPolicy,
    pub average: Option<Tenths>,
    pub agency: (i64, i64),
}

impl Load<'_> {
    /// "17 children, 21.3 for each full-time post", or "no capacity, 12 children uncovered".
    pub fn words(&self) -> String {
        let covered = usize::try_from(self.caseload.children).is_ok_and(|children| children != self.uncovered);
        match self.band {
            Band::NoCapacity if covered => {
                let held = care::words::counted(self.caseload.children, "child", "children");
                format!("no capacity, {held}, {} uncovered", self.uncovered)
            }
            _ => self.caseload.words(),
        }
    }
}

impl TeamFigures<'_> {
    /// Those whose loads make the average: the social workers where there are any, otherwise everybody.
    pub fn compared(&self) -> Vec<&Load<'_>> {
        compared(&self.loads)
    }
}

fn compared<'l, 'a>(loads: &'l [Load<'a>]) -> Vec<&'l Load<'a>> {
    let social_workers: Vec<&Load<'a>> = loads.iter().filter(|load| load.worker.is_social_worker()).collect();
    if social_workers.is_empty() { loads.iter().collect() } else { social_workers }
}

impl Board {
    /// The figures of each of these teams and of them together. Each worker counts in the home team.
    pub fn figures<'a>(&'a self, teams: &'a [Team]) -> Result<Figures<'a>> {
        let band = band_on(&self.rules.bands, self.today);
        let mut uncovered: BTreeMap<&WorkerId, usize> = BTreeMap::new();
        for case in self.cases.iter().filter(|case| case.is_not_covered() || case.is_waiting()) {
            if let Some(held) = &case.held {
                *uncovered.entry(&held.worker).or_default() += 1;
            }
        }
        let mut all = Vec::new();
        for team in teams {
            let one = self.team(team, &band, &uncovered)?;
            if !one.loads.is_empty() || one.waiting + one.not_covered > 0 {
                all.push(one);
            }
        }
        let alone = teams.len() == 1;
        let compared: Vec<&TeamFigures<'_>> = all.iter().filter(|one| alone || one.band != Band::Unguided).collect();
        let loads: Vec<TeamLoad<&TeamId>> = compared
            .iter()
            .flat_map(|one| one.compared().into_iter().map(|load| TeamLoad { team: &one.team.id, load: load.caseload }))
            .collect();
        let agency = compared.iter().fold((0, 0), |sum, one| (sum.0 + one.agency.0, sum.1 + one.agency.1));
        let (spread, average) = (spread(&loads, &band), average(loads.iter().map(|one| one.load)));
        Ok(Figures { spread, average, teams: all, band, agency })
    }

    fn team<'a>(&'a self, team: &'a Team, band: &BandPolicy, uncovered: &BTreeMap<&WorkerId, usize>) -> Result<TeamFigures<'a>> {
        let guideline = if team.service == Branch::Adults.code() { BandPolicy::none() } else { band.clone() };
        let mut loads = Vec::new();
        for worker in self.people.values().filter(|one| one.home() == Some(&team.id) && one.counts(self.today)) {
            let caseload = worker.caseload(&self.rules.clocks(), self.today)?;
            let uncovered = uncovered.get(&worker.id).copied().unwrap_or(0);
            loads.push(Load { worker, caseload, band: worker.guideline(&guideline).band(caseload), uncovered });
        }
        loads.sort_by(|a, b| a.worker.in_order().cmp(&b.worker.in_order()));
        let compared = compared(&loads);
        let is_guided = compared.iter().any(|load| !load.worker.guideline(&guideline).is_none());
        let spread_over: Vec<TeamLoad<u8>> = compared.iter().map(|load| TeamLoad { team: 0, load: load.caseload }).collect();
        let agency = compared.iter().filter(|load| matches!(load.worker.agency, Agency::Agency { .. })).count();
        let count = |keep: fn(&Case) -> bool| self.cases.iter().filter(|case| case.team.as_ref() == Some(&team.id) && keep(case)).count();
        Ok(TeamFigures {
            average: average(compared.iter().map(|load| load.caseload)),
            band: if is_guided { guideline.band_of_team(compared.iter().map(|load| load.caseload)) } else { Band::Unguided },
            spread: spread(&spread_over, &guideline),
            agency: (i64::try_from(agency).unwrap_or(0), i64::try_from(compared.len()).unwrap_or(0)),
            waiting: count(Case::is_waiting),
            not_covered: count(Case::is_not_covered),
            leaving: count(|case| case.leaving().is_some()),
            loads,
            team,
        })
    }

    /// How many people of each kind each team works with: the table that is published, each person once in a team, under
    /// the kind that presses most.
    pub fn by_kind(&self, teams: &[Team]) -> (Vec<&'static str>, Vec<(String, Vec<i64>)>) {
        const KINDS: &[(&str, fn(&Case) -> bool)] = &[
            ("On a protection plan", |case| case.kinds.contains(&CaseKind::ProtectionPlan)),
            ("Looked after", |case| case.kinds.contains(&CaseKind::LookedAfter)),
            ("Other", |_| true),
        ];
        let row = |team: &Team| {
            let mut counts = vec![0_i64; KINDS.len()];
            for case in self.cases.iter().filter(|case| case.team.as_ref() == Some(&team.id)) {
                if let Some(place) = KINDS.iter().position(|(_, is)| is(case)) {
                    counts[place] += 1;
                }
            }
            (team.name.clone(), counts)
        };
        let rows: Vec<(String, Vec<i64>)> = teams.iter().map(row).filter(|(_, counts)| counts.iter().sum::<i64>() > 0).collect();
        (KINDS.iter().map(|(name, _)| *name).collect(), rows)
    }

    /// How many people must have a worker and have none or nobody to cover: the sum of the board, each person once.
    pub fn must_be_zero(&self) -> usize {
        let lines = self.zero_board();
        let people: std::collections::BTreeSet<_> =
            lines.iter().flat_map(|line| line.without_worker.iter().chain(&line.not_covered)).collect();
        people.len()
    }

    /// The line of the board for a kind.
    pub fn zero_line(&self, kind: ZeroKind) -> Option<super::board::ZeroLine> {
        self.zero_board().into_iter().find(|line| line.kind == kind)
    }
}

fn average(loads: impl Iterator<Item = Caseload> + Clone) -> Option<Tenths> {
    let children: i64 = loads.clone().map(|load| load.children).sum();
    let fte: i64 = loads.map(|load| load.fte.in_hundredths()).sum();
    Tenths::of(children.saturating_mul(100), fte)
}
