//! The report of an import as the page and the file show it: counts that add up, what was refused and where, and what
//! should be looked at by rule.

use std::collections::BTreeMap;

use serde::Serialize;
use store::imports::{Flagged, Refused, Report, UnitCount};

/// So many refusals and flags stand on the page; the file has all that are kept.
const SHOWN: usize = 200;

#[derive(Serialize)]
pub struct View {
    sentence: String,
    year: Option<String>,
    authority: Option<String>,
    units: Vec<UnitCount>,
    total: UnitCount,
    new_people: u64,
    new_workers: u64,
    refused: Vec<Refused>,
    refused_not_shown: usize,
    rules: Vec<Rule>,
    flags: Vec<Flagged>,
    flags_not_shown: u64,
}

/// One rule or oddity, and how often it was met.
#[derive(Serialize)]
struct Rule {
    code: String,
    message: String,
    count: usize,
}

impl View {
    pub fn of(report: &Report) -> View {
        let mut rules: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for flag in &report.flags {
            *rules.entry((&flag.code, &flag.message)).or_default() += 1;
        }
        let mut rules: Vec<Rule> =
            rules.into_iter().map(|((code, message), count)| Rule { code: code.into(), message: message.into(), count }).collect();
        rules.sort_by_key(|rule| std::cmp::Reverse(rule.count));
        rules.truncate(SHOWN);
        View {
            sentence: report.sentence(),
            year: report.year.clone(),
            authority: report.authority.clone(),
            units: report.units.clone(),
            total: report.total.clone(),
            new_people: report.new_people,
            new_workers: report.new_workers,
            refused: report.refused.iter().take(SHOWN).cloned().collect(),
            refused_not_shown: report.refused.len().saturating_sub(SHOWN),
            rules,
            flags: report.flags.iter().take(SHOWN).cloned().collect(),
            flags_not_shown: report.flags.len().saturating_sub(SHOWN) as u64 + report.flags_not_listed,
        }
    }
}

/// The columns of the file: counts, refusals and flags in one table, told apart by the first.
pub const HEAD: [&str; 14] = [
    "what",
    "unit",
    "read",
    "stored",
    "amended",
    "already_there",
    "refused",
    "file",
    "line",
    "column",
    "code",
    "whose",
    "value",
    "message",
];

pub fn rows(report: &Report) -> Vec<Vec<String>> {
    let counts = report.units.iter().chain([&report.total]).map(|line| {
        let numbers = [line.read, line.stored, line.amended, line.already_there, line.refused].map(|number| number.to_string());
        let blank = std::iter::repeat_n(String::new(), 7);
        ["count".to_owned(), line.unit.clone()].into_iter().chain(numbers).chain(blank).collect()
    });
    let refused = report
        .refused
        .iter()
        .map(|r| placed("refused", &r.unit, (&r.file, r.line, r.column), ["", r.whose.as_deref().unwrap_or_default(), "", &r.reason]));
    let flags = report.flags.iter().map(|f| {
        let (whose, value) = (f.whose.as_deref().unwrap_or_default(), f.value.as_deref().unwrap_or_default());
        placed(&f.weight, "", (&f.file, f.line, f.column), [&f.code, whose, value, &f.message])
    });
    counts.chain(refused).chain(flags).collect()
}

fn placed(what: &str, unit: &str, (file, line, column): (&str, u32, u32), rest: [&str; 4]) -> Vec<String> {
    let mut row = vec![what.to_owned(), unit.to_owned()];
    row.extend(std::iter::repeat_n(String::new(), 5));
    row.extend([file.to_owned(), line.to_string(), column.to_string()]);
    row.extend(rest.map(str::to_owned));
    row
}
