//! How evenly work lies on people: within a team, between teams. Each worker's load is children for each full-time
//! post, and counts by their share of a post. Workers without capacity stand apart, because their load is no number.
//!
//! Measures: coefficient of variation (population), Gini, and Theil's T, which alone divides without remainder into
//! what lies between teams and what lies within them (Theil 1967; Cowell, "Measuring Inequality").

use super::{Band, BandPolicy, Caseload, Fte};
use crate::figure;
use std::collections::BTreeMap;

/// One worker's caseload and the team it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TeamLoad<T> {
    pub team: T,
    pub load: Caseload,
}

/// How evenly work lies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Spread {
    /// Fewer than two workers with capacity: there is nothing to compare.
    Undefined,
    /// Nobody holds anything.
    NoLoad,
    Of(Measures),
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measures {
    pub workers: usize,
    /// Children for each full-time post, over all.
    pub mean: f64,
    pub variation: f64,
    pub gini: f64,
    pub theil: f64,
    pub theil_between: f64,
    pub theil_within: f64,
    /// Highest load over lowest; `None` where the lowest is nothing.
    pub highest_over_lowest: Option<f64>,
    pub above_guideline: usize,
    pub red: usize,
    /// Workers with children and no capacity, who are in no measure above.
    pub without_capacity: usize,
}

/// The spread over some workers, in whatever teams they are.
pub fn spread<T: Ord + Copy>(loads: &[TeamLoad<T>], policy: &BandPolicy) -> Spread {
    let counted: Vec<(T, f64, f64)> = loads
        .iter()
        .filter(|one| one.load.fte > Fte::NONE)
        .map(|one| (one.team, weight(one.load), one.load.children as f64 / weight(one.load)))
        .collect();
    if counted.len() < 2 {
        return Spread::Undefined;
    }
    let all: Vec<(f64, f64)> = counted.iter().map(|(_, w, x)| (*w, *x)).collect();
    let mean = mean(&all);
    if mean == 0.0 {
        return Spread::NoLoad;
    }
    let (theil_between, theil_within) = theil_parts(&counted, mean);
    let in_band = |bands: &[Band]| loads.iter().filter(|one| bands.contains(&policy.band(one.load))).count();
    Spread::Of(Measures {
        workers: counted.len(),
        mean,
        variation: variation(&all, mean),
        gini: gini(&all, mean),
        theil: theil(&all, mean),
        theil_between,
        theil_within,
        highest_over_lowest: highest_over_lowest(&all),
        above_guideline: in_band(&[Band::Above, Band::Red]),
        red: in_band(&[Band::Red]),
        without_capacity: in_band(&[Band::NoCapacity]),
    })
}

impl Spread {
    /// For the page, in words: what the difference is made of, and never a nought where there is no measure.
    pub fn words(&self) -> String {
        match self {
            Spread::Undefined => "Too few workers to compare".into(),
            Spread::NoLoad => "No load: nobody holds a child".into(),
            Spread::Of(m) if m.theil < 1e-12 => {
                format!("All {} workers hold the same, {} for each full-time post", m.workers, figure::decimal(m.mean, 1))
            }
            Spread::Of(m) => {
                let within = figure::decimal(100.0 * m.theil_within / m.theil, 0);
                format!(
                    "{} workers hold {} children for each full-time post on average; {within}% of the difference \
                     between them lies within teams",
                    m.workers,
                    figure::decimal(m.mean, 1)
                )
            }
        }
    }
}

fn weight(load: Caseload) -> f64 {
    load.fte.in_hundredths() as f64 / 100.0
}

fn total(loads: &[(f64, f64)]) -> f64 {
    loads.iter().map(|(w, _)| w).sum()
}

fn mean(loads: &[(f64, f64)]) -> f64 {
    loads.iter().map(|(w, x)| w * x).sum::<f64>() / total(loads)
}

fn variation(loads: &[(f64, f64)], mean: f64) -> f64 {
    let variance = loads.iter().map(|(w, x)| w * (x - mean).powi(2)).sum::<f64>() / total(loads);
    variance.sqrt() / mean
}

fn gini(loads: &[(f64, f64)], mean: f64) -> f64 {
    let pairs = loads.iter().flat_map(|(w, x)| loads.iter().map(move |(v, y)| w * v * (x - y).abs()));
    pairs.sum::<f64>() / (2.0 * mean * total(loads).powi(2))
}

/// 0 · ln 0 is 0.
fn theil(loads: &[(f64, f64)], mean: f64) -> f64 {
    let term = |x: f64| {
        if x == 0.0 { 0.0 } else { (x / mean) * (x / mean).ln() }
    };
    loads.iter().map(|(w, x)| w * term(*x)).sum::<f64>() / total(loads)
}

/// Between teams and within them. A team that holds nothing adds nothing to either.
fn theil_parts<T: Ord + Copy>(counted: &[(T, f64, f64)], overall: f64) -> (f64, f64) {
    let mut teams: BTreeMap<T, Vec<(f64, f64)>> = BTreeMap::new();
    for (team, w, x) in counted {
        teams.entry(*team).or_default().push((*w, *x));
    }
    let everyone: f64 = counted.iter().map(|(_, w, _)| w).sum();
    let parts = teams.values().filter(|loads| mean(loads) > 0.0).map(|loads| {
        let team_mean = mean(loads);
        let share = total(loads) * team_mean / (everyone * overall);
        (share * (team_mean / overall).ln(), share * theil(loads, team_mean))
    });
    parts.fold((0.0, 0.0), |(between, within), (b, w)| (between + b, within + w))
}

fn highest_over_lowest(loads: &[(f64, f64)]) -> Option<f64> {
    let highest = loads.iter().map(|(_, x)| *x).fold(f64::MIN, f64::max);
    let lowest = loads.iter().map(|(_, x)| *x).fold(f64::MAX, f64::min);
    (lowest > 0.0).then_some(highest / lowest)
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: [i64; 4] = [18, 20, 22, 19];
    const B: [i64; 4] = [31, 33, 28, 12];

    fn team(team: char, children: &[i64]) -> Vec<TeamLoad<char>> {
        children.iter().map(|n| TeamLoad { team, load: Caseload::new(*n, Fte::FULL) }).collect()
    }

    fn measures(loads: &[TeamLoad<char>]) -> Measures {
        match spread(loads, &BandPolicy::default()) {
            Spread::Of(measures) => measures,
            other => panic!("{other:?}"),
        }
    }

    fn shown(figures: &[f64]) -> Vec<String> {
        figures.iter().map(|figure| figure::decimal(*figure, 4)).collect()
    }

    #[test]
    fn measures_teams() {
        let a = measures(&team('A', &A));
        assert_eq!(shown(&[a.variation, a.gini, a.theil]), ["0.0749", "0.0411", "0.0028"]);
        assert_eq!(shown(&[a.mean, a.theil_between]), ["19.7500", "0.0000"]);
        let b = measures(&team('B', &B));
        assert_eq!(shown(&[b.variation, b.gini, b.theil]), ["0.3183", "0.1587", "0.0588"]);
        assert_eq!((b.above_guideline, b.red), (3, 2));
    }

    #[test]
    fn divides_the_difference_between_and_within() {
        let both = [team('A', &A), team('B', &B)].concat();
        let m = measures(&both);
        assert_eq!(shown(&[m.mean, m.variation, m.gini, m.theil]), ["22.8750", "0.2936", "0.1646", "0.0440"]);
        assert_eq!(shown(&[m.theil_between, m.theil_within]), ["0.0094", "0.0346"]);
        assert!((m.theil - m.theil_between - m.theil_within).abs() < 1e-12);
        assert_eq!(
            spread(&both, &BandPolicy::default()).words(),
            "8 workers hold 22.9 children for each full-time post on average; 79% of the difference between them lies \
             within teams"
        );
    }

    #[test]
    fn weighs_by_share_of_a_post() {
        let loads: Vec<TeamLoad<char>> = [(22, 100), (9, 50), (18, 80)]
            .map(|(n, fte)| TeamLoad { team: 'A', load: Caseload::new(n, Fte::hundredths(fte).unwrap()) })
            .into();
        let m = measures(&loads);
        assert_eq!(shown(&[m.mean, m.gini]), ["21.3043", "0.0373"]);
        assert_eq!(m.highest_over_lowest.map(|ratio| figure::decimal(ratio, 2)).as_deref(), Some("1.25"));
    }

    #[test]
    fn is_undefined_rather_than_nought() {
        let policy = BandPolicy::default();
        assert_eq!(spread(&team('A', &[]), &policy), Spread::Undefined);
        assert_eq!(spread(&team('A', &[20]), &policy), Spread::Undefined);
        assert_eq!(spread(&team('A', &[0, 0]), &policy), Spread::NoLoad);
        let idle = [TeamLoad { team: 'A', load: Caseload::new(12, Fte::NONE) }];
        assert_eq!(spread(&[&idle[..], &team('A', &[20])].concat(), &policy), Spread::Undefined);
        let m = measures(&[&idle[..], &team('A', &[20, 0])].concat());
        assert_eq!((m.workers, m.without_capacity, m.highest_over_lowest), (2, 1, None));
        assert_eq!(shown(&[m.theil]), ["0.6931"]);
        assert_eq!(spread(&team('A', &[7, 7]), &policy).words(), "All 2 workers hold the same, 7.0 for each full-time post");
    }

    #[test]
    fn a_team_that_holds_nothing_is_counted() {
        let m = measures(&[team('A', &[0, 0]), team('B', &[10, 10])].concat());
        assert_eq!(shown(&[m.theil, m.theil_between, m.theil_within]), ["0.6931", "0.6931", "0.0000"]);
    }
}
