//! What was noticed while a return was read or checked, in words that a person who keeps the record can act on.
//!
//! Reading never fails on a bad cell. A cell that cannot be understood is left empty and a finding says which file,
//! line and column, whose, what was there and why it was not understood. Three weights: a *refused* record is not
//! among what was understood; a *flagged* one is, and somebody should look; a *note* is for information.

use std::borrow::Cow;

use serde::Serialize;

use crate::position::{At, FileName, Spot};

/// One thing noticed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    pub severity: Severity,
    pub kind: Kind,
    #[serde(flatten)]
    pub at: At,
    /// The table, module or list: `Episodes`, `CINdetails`, `List 8`. Empty for the file as a whole.
    pub table: &'static str,
    /// The columns or elements, as the specification spells them.
    pub fields: Vec<&'static str>,
    /// The child or worker, as the return knows them.
    pub child: Option<String>,
    pub message: String,
    /// What stood there, cut to 200 characters.
    pub value: Option<String>,
    /// Where the row or element begins to which this belongs.
    #[serde(skip)]
    pub of: Option<Spot>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    Note,
    Flagged,
    Refused,
}

/// What sort of thing was noticed. A rule of a return carries its official number.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The file is not what it was said to be, or cannot be read at all.
    NotUnderstood,
    Empty,
    Encoding,
    CutShort,
    IllFormed,
    StrayText,
    UnknownElement,
    RepeatedElement,
    TooDeep,
    EntityNotExpanded,
    UnknownColumn,
    MissingColumn,
    RepeatedColumn,
    ExtraCells,
    MissingCells,
    UnclosedQuote,
    UnreadableDate,
    UnlikelyDate,
    UnreadableNumber,
    UnreadableCell,
    TooLong,
    Blank,
    NotAPostcode,
    /// A number whose length or check digit is wrong.
    NotANumber,
    UnknownCode,
    AnotherSpelling,
    /// A record that cannot stand without its person, or without the day on which it began.
    NoPerson,
    NoDate,
    EndBeforeStart,
    InFuture,
    SameRecordTwice,
    YearInferred,
    NotListed,
    /// A rule of the return, by its official number, such as 8875 or 8670Q; our own begin with `KW`.
    Rule(&'static str),
}

impl Kind {
    /// The number of the rule, or the kind in kebab case.
    pub fn code(&self) -> Cow<'static, str> {
        match self {
            Kind::Rule(code) => Cow::Borrowed(code),
            kind => Cow::Owned(kebab(&format!("{kind:?}"))),
        }
    }
}

impl Severity {
    pub fn label(self) -> &'static str {
        match self {
            Severity::Note => "Note",
            Severity::Flagged => "Look at this",
            Severity::Refused => "Not taken in",
        }
    }
}

fn kebab(name: &str) -> String {
    let mut words = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !words.is_empty() {
            words.push('-');
        }
        words.extend(letter.to_lowercase());
    }
    words
}

/// The findings of one file as it is read, with where the reader now is.
#[derive(Debug)]
pub(crate) struct Log {
    pub(crate) file: FileName,
    pub(crate) table: &'static str,
    pub(crate) of: Option<Spot>,
    findings: Vec<Finding>,
    unlisted: usize,
    /// Where a finding goes that is counted and not listed.
    spare: Option<Finding>,
    /// What is told once and counted: its kind, its name, which finding it is and how many there were.
    tallies: Vec<(Kind, String, usize, u32)>,
}

/// A hostile file must not make more findings than a person or a machine can hold; refusals are always listed.
const LISTED: usize = 20_000;
const VALUE_CHARACTERS: usize = 200;
/// How many kinds of oddity are counted apart in one file.
const TALLIES: usize = 60;

impl Log {
    pub(crate) fn new(file: &FileName) -> Log {
        Log { file: file.clone(), table: "", of: None, findings: Vec::new(), unlisted: 0, spare: None, tallies: Vec::new() }
    }

    pub(crate) fn refuse(&mut self, kind: Kind, spot: Spot, message: impl Into<String>) -> &mut Finding {
        self.say(Severity::Refused, kind, spot, message.into())
    }

    pub(crate) fn flag(&mut self, kind: Kind, spot: Spot, message: impl Into<String>) -> &mut Finding {
        self.say(Severity::Flagged, kind, spot, message.into())
    }

    pub(crate) fn note(&mut self, kind: Kind, spot: Spot, message: impl Into<String>) -> &mut Finding {
        self.say(Severity::Note, kind, spot, message.into())
    }

    /// Tells what may come often in one file once, and how often it came.
    pub(crate) fn tally(&mut self, kind: Kind, name: &str, spot: Spot, message: &str) -> &mut Finding {
        let known = self.tallies.iter_mut().find(|(a_kind, a_name, ..)| *a_kind == kind && a_name == name);
        if let Some((.., count)) = known {
            *count += 1;
            let finding = self.finding(Severity::Flagged, kind, spot, String::new());
            return self.spare.insert(finding);
        }
        if self.tallies.len() < TALLIES {
            self.tallies.push((kind.clone(), name.to_owned(), self.findings.len(), 1));
        }
        self.flag(kind, spot, message)
    }

    /// A place to come back to with `belongs_to`.
    pub(crate) fn mark(&self) -> usize {
        self.findings.len()
    }

    /// Says whose the findings since `mark` are, once that is known.
    pub(crate) fn belongs_to(&mut self, mark: usize, person: Option<&str>) {
        for finding in self.findings.iter_mut().skip(mark) {
            if finding.child.is_none() {
                finding.child = person.map(str::to_owned);
            }
        }
    }

    pub(crate) fn into_findings(mut self) -> Vec<Finding> {
        for (_, _, index, count) in self.tallies.drain(..).filter(|(.., count)| *count > 1) {
            if let Some(finding) = self.findings.get_mut(index) {
                finding.message.push_str(&format!(" ({count} times in this file; this is the first.)"));
            }
        }
        if self.unlisted > 0 {
            (self.table, self.of) = ("", None);
            let message = format!("{} more findings of this file are not listed.", self.unlisted);
            let finding = self.finding(Severity::Flagged, Kind::NotListed, Spot::START, message);
            self.findings.push(finding);
        }
        self.findings
    }

    fn say(&mut self, severity: Severity, kind: Kind, spot: Spot, message: String) -> &mut Finding {
        let finding = self.finding(severity, kind, spot, message);
        if severity != Severity::Refused && self.findings.len() >= LISTED {
            self.unlisted += 1;
            return self.spare.insert(finding);
        }
        self.findings.push(finding);
        let last = self.findings.len() - 1;
        &mut self.findings[last]
    }

    fn finding(&self, severity: Severity, kind: Kind, spot: Spot, message: String) -> Finding {
        Finding {
            severity,
            kind,
            at: At::new(&self.file, spot),
            table: self.table,
            fields: Vec::new(),
            child: None,
            message,
            value: None,
            of: self.of,
        }
    }
}

impl Finding {
    pub(crate) fn value(&mut self, value: &str) -> &mut Finding {
        self.value = Some(value.chars().take(VALUE_CHARACTERS).collect());
        self
    }

    pub(crate) fn field(&mut self, field: &'static str) -> &mut Finding {
        self.fields.push(field);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_named_in_kebab_case_and_a_rule_by_its_number() {
        assert_eq!(Kind::UnreadableDate.code(), "unreadable-date");
        assert_eq!(Kind::Rule("8670Q").code(), "8670Q");
    }

    #[test]
    fn a_hostile_file_is_cut_off_but_its_refusals_are_all_there() {
        let mut log = Log::new(&FileName::new("x.csv"));
        for _ in 0..LISTED + 5 {
            log.flag(Kind::UnknownCode, Spot::START, "bad").value("v");
        }
        log.refuse(Kind::NoPerson, Spot::START, "whose?");
        let findings = log.into_findings();
        assert_eq!(findings.len(), LISTED + 2);
        assert_eq!(findings[LISTED].kind, Kind::NoPerson);
        assert!(findings[LISTED + 1].message.starts_with("5 more"));
    }

    #[test]
    fn findings_learn_whose_they_are_once_it_is_known() {
        let mut log = Log::new(&FileName::new("x.csv"));
        log.note(Kind::Encoding, Spot::START, "earlier");
        let mark = log.mark();
        log.note(Kind::UnknownCode, Spot::START, "his");
        log.belongs_to(mark, Some("C1"));
        let children: Vec<_> = log.into_findings().into_iter().map(|finding| finding.child).collect();
        assert_eq!(children, [None, Some("C1".to_owned())]);
    }
}
