//! What became of a file: counted by unit, so that read = stored + amended + already there + refused holds in each line
//! and in all of them together, with every refusal and every flag and where it stands.

use std::collections::HashSet;

use returns::{
    facts::Extract,
    finding::{Finding, Severity},
};
use serde::{Deserialize, Serialize};

use super::Kind;

/// The report of one run, as it is kept in `import_run.report`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    pub run_id: String,
    pub kind: Kind,
    pub file_name: String,
    /// The council's three figures, where the file gives them.
    pub authority: Option<String>,
    /// "2025-26", where the file lets it be known.
    pub year: Option<String>,
    /// By sort of element or row, in the order of the return.
    pub units: Vec<UnitCount>,
    /// All units together.
    pub total: UnitCount,
    /// People and workers who were not known before.
    pub new_people: u64,
    pub new_workers: u64,
    /// Elements and rows that could not stand, each with where and why.
    pub refused: Vec<Refused>,
    /// What was kept and should be looked at, and notes about the file. The report of the run itself has all of them; the
    /// one that is kept has the first [`LISTED`].
    pub flags: Vec<Flagged>,
    /// How many flags are not in `flags`; they stand on the records.
    pub flags_not_listed: u64,
}

/// One line of the report. `read` is the sum of the other four.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitCount {
    /// `care_episode`; "all" for the total.
    pub unit: String,
    /// Several of it, in words: "episodes of care".
    pub label: String,
    pub read: u64,
    pub stored: u64,
    pub amended: u64,
    pub already_there: u64,
    pub refused: u64,
}

/// An element or row that could not stand. Lines and columns count from 1; in a workbook the line is the row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    pub file: String,
    pub line: u32,
    pub column: u32,
    /// Several of it, in words.
    pub unit: String,
    /// Whose it is, as the file knows them, where that is known.
    pub whose: Option<String>,
    pub reason: String,
}

/// Something to be looked at, or only noted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flagged {
    pub file: String,
    pub line: u32,
    pub column: u32,
    /// `look` or `note`.
    pub weight: String,
    /// The number of the census rule, or the sort of oddity: `8675Q`, `unreadable-date`.
    pub code: String,
    pub fields: String,
    pub whose: Option<String>,
    pub value: Option<String>,
    pub message: String,
}

/// How many flags a report lists when it is kept.
pub const LISTED: usize = 5_000;

impl Report {
    pub(super) fn new(run_id: &str, kind: Kind, file_name: &str) -> Report {
        Report {
            run_id: run_id.into(),
            kind,
            file_name: file_name.into(),
            authority: None,
            year: None,
            units: Vec::new(),
            total: UnitCount { unit: "all".into(), label: "all".into(), ..UnitCount::default() },
            new_people: 0,
            new_workers: 0,
            refused: Vec::new(),
            flags: Vec::new(),
            flags_not_listed: 0,
        }
    }

    /// Whether somebody should look at something: a refusal, or a flag that is no mere note.
    pub fn has_findings(&self) -> bool {
        !self.refused.is_empty() || self.flags_not_listed > 0 || self.flags.iter().any(|flag| flag.weight == "look")
    }

    /// Whether every line adds up, and the total.
    pub fn reconciles(&self) -> bool {
        let lines = self.units.iter().chain([&self.total]);
        lines.clone().all(UnitCount::adds_up) && self.units.iter().map(|unit| unit.read).sum::<u64>() == self.total.read
    }

    /// "cin.xml: 734 read = 700 stored + 10 amended + 20 already there + 4 refused".
    pub fn sentence(&self) -> String {
        let UnitCount { read, stored, amended, already_there, refused, .. } = &self.total;
        let name = &self.file_name;
        format!("{name}: {read} read = {stored} stored + {amended} amended + {already_there} already there + {refused} refused")
    }

    /// What an extract says of itself.
    pub(super) fn about(&mut self, extract: &Extract) {
        self.authority = self.authority.take().or_else(|| extract.authority.clone());
        self.year = extract.year.map(|year| year.label()).or(self.year.take());
        for refusal in &extract.refused {
            self.refused.push(Refused {
                file: refusal.at.file.as_str().into(),
                line: refusal.at.spot.line,
                column: refusal.at.spot.column,
                unit: refusal.unit.label().into(),
                whose: refusal.subject.as_ref().map(ToString::to_string),
                reason: refusal.why.clone(),
            });
        }
        let listed: HashSet<_> = extract.refused.iter().map(|refusal| (&refusal.at, refusal.why.as_str())).collect();
        let rest = extract.findings.iter().filter(|finding| !listed.contains(&(&finding.at, finding.message.as_str())));
        self.flags.extend(rest.map(Flagged::from));
    }

    /// As it is kept: with the first flags only.
    pub(super) fn shortened(&self) -> Report {
        let mut short = self.clone();
        let rest = short.flags.split_off(short.flags.len().min(LISTED));
        short.flags_not_listed += rest.iter().filter(|flag| flag.weight == "look").count() as u64;
        short
    }

    /// The line of a unit, made where there is none yet.
    pub(super) fn line(&mut self, unit: &str, label: &str) -> &mut UnitCount {
        let place = self.units.iter().position(|line| line.unit == unit).unwrap_or_else(|| {
            self.units.push(UnitCount { unit: unit.into(), label: label.into(), ..UnitCount::default() });
            self.units.len() - 1
        });
        &mut self.units[place]
    }

    /// Adds the lines up into the total.
    pub(super) fn add_up(&mut self) {
        let mut total = UnitCount { unit: "all".into(), label: "all".into(), ..UnitCount::default() };
        for line in &self.units {
            total.read += line.read;
            total.stored += line.stored;
            total.amended += line.amended;
            total.already_there += line.already_there;
            total.refused += line.refused;
        }
        self.total = total;
    }
}

impl UnitCount {
    fn adds_up(&self) -> bool {
        self.read == self.stored + self.amended + self.already_there + self.refused
    }
}

impl From<&Finding> for Flagged {
    fn from(finding: &Finding) -> Flagged {
        Flagged {
            file: finding.at.file.as_str().into(),
            line: finding.at.spot.line,
            column: finding.at.spot.column,
            weight: if finding.severity == Severity::Note { "note" } else { "look" }.into(),
            code: finding.kind.code().into_owned(),
            fields: finding.fields.join(" "),
            whose: finding.child.clone(),
            value: finding.value.clone(),
            message: finding.message.clone(),
        }
    }
}
