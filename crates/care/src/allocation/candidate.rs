//! A worker who might take a case, with the facts for choosing, in words. The page shows all of them and sorts the
//! likeliest first; it never chooses.

use super::{BandPolicy, Caseload, Concern, Gravity, WorkerDates, concerns};
use crate::{
    access::{Conflict, HoldingPolicy, Role},
    case_kind::CaseKind,
    words,
};
use jiff::civil::Date;
use std::cmp::Ordering;

/// How the worker is engaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Agency {
    Employee,
    Agency { ends_on: Option<Date> },
}

/// What binds a worker to the family already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tie {
    HoldsSibling {
        name: String,
    },
    /// Was this person's own worker.
    HeldBefore {
        until: Date,
    },
    KnewFamily {
        until: Date,
    },
    SpeaksLanguage {
        language: String,
    },
}

/// One worker and what is known for choosing. `worker` is whatever names a worker in the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate<W> {
    pub worker: W,
    pub name: String,
    pub roles: Vec<Role>,
    pub now: Caseload,
    pub agency: Agency,
    pub dates: WorkerDates,
    pub conflict: Conflict,
    pub ties: Vec<Tie>,
}

/// The work to be given: how many children of one family, of what kinds, from when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placing {
    pub children: i64,
    pub kinds: Vec<CaseKind>,
    pub from: Date,
    /// Until when the work is likely to last, where that can be said.
    pub needed_until: Option<Date>,
    pub first_visit_by: Option<Date>,
    /// Who holds the case now, where it is not a transfer.
    pub present_worker: Option<String>,
}

impl<W> Candidate<W> {
    /// The facts for choosing, most telling first; concerns stand apart.
    pub fn reasons(&self) -> Vec<String> {
        let mut ties: Vec<&Tie> = self.ties.iter().collect();
        ties.sort_by_key(|tie| tie.rank());
        let mut reasons: Vec<String> = ties.into_iter().map(Tie::words).collect();
        reasons.push(format!("Holds {}", self.now.words()));
        if self.roles.contains(&Role::NewlyQualifiedSocialWorker) {
            reasons.push("Newly qualified".into());
        }
        match self.agency {
            Agency::Agency { ends_on: Some(ends) } => reasons.push(format!("Agency, until {}", words::date(ends))),
            Agency::Agency { ends_on: None } => reasons.push("Agency".into()),
            Agency::Employee => {}
        }
        reasons
    }

    /// The gravest concern; `None` when there is none.
    pub fn gravest(&self, placing: &Placing, holding: &HoldingPolicy, band: &BandPolicy) -> Option<Gravity> {
        let found: Vec<Concern> = concerns(self, placing, holding, band);
        found.iter().map(|concern| concern.gravity).max()
    }
}

impl Tie {
    pub fn words(&self) -> String {
        match self {
            Tie::HoldsSibling { name } => format!("Holds {name}, a brother or sister"),
            Tie::HeldBefore { until } => {
                format!("Was this person's worker until {}", words::date(*until))
            }
            Tie::KnewFamily { until } => {
                format!("Worked with the family until {}", words::date(*until))
            }
            Tie::SpeaksLanguage { language } => format!("Speaks {language}"),
        }
    }

    const fn rank(&self) -> u8 {
        match self {
            Tie::HoldsSibling { .. } => 0,
            Tie::HeldBefore { .. } => 1,
            Tie::KnewFamily { .. } => 2,
            Tie::SpeaksLanguage { .. } => 3,
        }
    }
}

/// The order of the list: those whom nothing stops, then what must be decided, then the strongest tie, then the
/// lightest caseload for each post, then the name.
pub fn compare<W>(a: &Candidate<W>, b: &Candidate<W>, placing: &Placing, holding: &HoldingPolicy, band: &BandPolicy) -> Ordering {
    let tie = |candidate: &Candidate<W>| candidate.ties.iter().map(Tie::rank).min().unwrap_or(u8::MAX);
    let grave = |candidate: &Candidate<W>| match candidate.gravest(placing, holding, band) {
        Some(Gravity::Know) | None => 0,
        Some(Gravity::Decide) => 1,
        Some(Gravity::Stops) => 2,
    };
    grave(a)
        .cmp(&grave(b))
        .then(tie(a).cmp(&tie(b)))
        .then(a.now.with(placing.children).compare(b.now.with(placing.children)))
        .then(a.name.cmp(&b.name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{access::ConflictKind, allocation::Fte};
    use jiff::civil::date;

    fn worker(name: &str, children: i64, hundredths: u16, ties: Vec<Tie>) -> Candidate<String> {
        Candidate {
            worker: name.to_lowercase(),
            name: name.into(),
            roles: vec![Role::SocialWorker],
            now: Caseload::new(children, Fte::hundredths(hundredths).unwrap()),
            agency: Agency::Employee,
            dates: WorkerDates::default(),
            conflict: Conflict::NoneDeclared,
            ties,
        }
    }

    #[test]
    fn sorts_the_likeliest_first() {
        let placing = Placing {
            children: 1,
            kinds: vec![CaseKind::ChildInNeed],
            from: date(2026, 11, 23),
            needed_until: None,
            first_visit_by: None,
            present_worker: None,
        };
        let knew = || vec![Tie::KnewFamily { until: date(2025, 5, 3) }];
        let sibling = || vec![Tie::HoldsSibling { name: "Kai".into() }];
        let mut list = [
            worker("Zoe", 10, 100, vec![]),
            worker("Away", 0, 0, vec![]),
            worker("Full", 30, 100, sibling()),
            worker("Knew", 20, 100, knew()),
            worker("Part", 6, 50, vec![]),
            worker("Sib", 21, 100, sibling()),
            worker("Adam", 10, 100, vec![]),
            Candidate { conflict: Conflict::Declared(ConflictKind::OwnRecord), ..worker("Cousin", 1, 100, sibling()) },
        ];
        let (holding, band) = (HoldingPolicy::default(), BandPolicy::default());
        list.sort_by(|a, b| compare(a, b, &placing, &holding, &band));
        let names: Vec<&str> = list.iter().map(|candidate| candidate.name.as_str()).collect();
        assert_eq!(names, ["Sib", "Knew", "Adam", "Zoe", "Part", "Full", "Away", "Cousin"]);
    }

    #[test]
    fn says_why() {
        let ties = vec![
            Tie::SpeaksLanguage { language: "Urdu".into() },
            Tie::HeldBefore { until: date(2025, 5, 3) },
            Tie::HoldsSibling { name: "Kai".into() },
        ];
        let priya = Candidate {
            roles: vec![Role::NewlyQualifiedSocialWorker],
            agency: Agency::Agency { ends_on: Some(date(2027, 1, 8)) },
            ..worker("Priya", 16, 80, ties)
        };
        assert_eq!(
            priya.reasons(),
            [
                "Holds Kai, a brother or sister",
                "Was this person's worker until 3 May 2025",
                "Speaks Urdu",
                "Holds 16 children, 20 for each full-time post",
                "Newly qualified",
                "Agency, until 8 January 2027",
            ]
        );
    }
}
