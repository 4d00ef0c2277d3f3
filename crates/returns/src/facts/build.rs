//! Putting an extract together: keys that tell repeated things apart, digests, and which finding is about which
//! record.

use std::collections::HashMap;
use std::fmt::Write;

use jiff::civil::Date;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::{Event, Extract, Fact, Identity, Record, Refusal, ReturnKind, Status, Subject, Unit};
use crate::finding::{Finding, Kind, Severity};
use crate::position::At;
use crate::year::ReturnYear;

pub(super) struct Builder {
    kind: ReturnKind,
    today: Date,
    records: Vec<Record>,
    refused: Vec<Refusal>,
    findings: Vec<Finding>,
    /// For each key: how many records of different contents have it.
    keys: HashMap<String, u32>,
    /// For each key with a digest: its number among them.
    contents: HashMap<(String, String), u32>,
}

impl Builder {
    pub(super) fn new(kind: ReturnKind, findings: Vec<Finding>, today: Date) -> Builder {
        Builder { kind, today, records: Vec::new(), refused: Vec::new(), findings, keys: HashMap::new(), contents: HashMap::new() }
    }

    /// Takes in a record under `cin/<subject>/<tail>`.
    pub(super) fn add(&mut self, unit: Unit, at: &At, subject: &Subject, tail: &str, facts: Vec<Fact>) {
        let digest = digest(&facts);
        let base = format!("{}/{subject}/{tail}", self.prefix());
        let key = self.numbered(base, &digest, at, subject);
        self.look_at_dates(&facts, at, subject);
        let (at, subject, flags) = (at.clone(), subject.clone(), Vec::new());
        self.records.push(Record { unit, key, digest, at, subject, facts, flags });
    }

    pub(super) fn refuse(&mut self, unit: Unit, at: &At, subject: Option<&Subject>, kind: Kind, why: &str) {
        self.say(Severity::Refused, kind, at, subject, why.to_owned());
        self.refused.push(Refusal { unit, at: at.clone(), subject: subject.cloned(), why: why.to_owned() });
    }

    pub(super) fn note(&mut self, kind: Kind, at: &At, message: String) {
        self.say(Severity::Note, kind, at, None, message);
    }

    pub(super) fn finish(mut self, year: Option<ReturnYear>, authority: Option<String>) -> Extract {
        self.findings.sort_by(|one, other| one.at.cmp(&other.at));
        let mut places: HashMap<At, Vec<usize>> = HashMap::new();
        for (index, finding) in self.findings.iter().enumerate() {
            if let Some(of) = finding.of {
                places.entry(At::new(&finding.at.file, of)).or_default().push(index);
            }
        }
        for record in &mut self.records {
            record.flags.extend(places.get(&record.at).into_iter().flatten());
        }
        Extract {
            kind: self.kind,
            year,
            authority,
            reference_on: year.map(ReturnYear::last_day),
            records: self.records,
            refused: self.refused,
            findings: self.findings,
        }
    }

    fn prefix(&self) -> &'static str {
        match self.kind {
            ReturnKind::Cin => "cin",
            ReturnKind::Ssda903 => "903",
            ReturnKind::Workforce => "csww",
            ReturnKind::AnnexA => "annex-a",
        }
    }

    /// The same key for the same contents; a number after it for others that would have it too.
    fn numbered(&mut self, base: String, digest: &str, at: &At, subject: &Subject) -> String {
        let contents = (base.clone(), digest.to_owned());
        let number = match self.contents.get(&contents) {
            Some(number) => {
                let number = *number;
                let message = "The file says this more than once, word for word; it is taken in once.";
                self.say(Severity::Note, Kind::SameRecordTwice, at, Some(subject), message.to_owned());
                number
            }
            None => {
                let count = self.keys.entry(base.clone()).or_default();
                *count += 1;
                let number = *count;
                self.contents.insert(contents, number);
                number
            }
        };
        if number == 1 { base } else { format!("{base}#{number}") }
    }

    fn look_at_dates(&mut self, facts: &[Fact], at: &At, subject: &Subject) {
        let mut later = None;
        for fact in facts {
            let day = match fact {
                Fact::Status(status) => Some(status.from_on),
                Fact::Event(event) => Some(event.on),
                _ => None,
            };
            if let Fact::Status(status) = fact {
                self.look_backwards(status, at, subject);
            }
            later = later.max(day.filter(|day| *day > self.today));
        }
        if let Some(day) = later {
            let message = format!("{day} has not come yet; it is kept as it stands.");
            self.say(Severity::Flagged, Kind::InFuture, at, Some(subject), message);
        }
    }

    fn look_backwards(&mut self, status: &Status, at: &At, subject: &Subject) {
        let Some(ended_on) = status.ends.on().filter(|ended_on| *ended_on < status.from_on) else { return };
        // The census has rules of its own for this.
        if self.kind == ReturnKind::Cin {
            return;
        }
        let message = format!("It ends on {ended_on}, before it begins on {}; it is kept as it stands.", status.from_on);
        self.say(Severity::Flagged, Kind::EndBeforeStart, at, Some(subject), message);
    }

    fn say(&mut self, severity: Severity, kind: Kind, at: &At, subject: Option<&Subject>, message: String) {
        self.findings.push(Finding {
            severity,
            kind,
            at: at.clone(),
            table: "",
            fields: Vec::new(),
            child: subject.map(Subject::to_string),
            message,
            value: None,
            of: Some(at.spot),
        });
    }
}

/// The child of a row or element: by the council's number, else the pupil number, else by what is said.
pub(super) fn child<T: Serialize>(id: Option<&str>, upn: Option<&str>, said: &T) -> Subject {
    let identity = match (id, upn) {
        (Some(id), _) => Identity::LaChildId(id.to_owned()),
        (None, Some(upn)) => Identity::Upn(upn.to_owned()),
        (None, None) => Identity::Unidentified(digest(said)),
    };
    Subject::Child(identity)
}

pub(super) fn event(on: Option<Date>, what: super::Happening) -> Option<Fact> {
    on.map(|on| Fact::Event(Event { on, what }))
}

/// 32 hexadecimal figures over what is said.
pub(super) fn digest<T: Serialize + ?Sized>(said: &T) -> String {
    let written = serde_json::to_vec(said).unwrap_or_default();
    let mut figures = String::with_capacity(32);
    for byte in &Sha256::digest(&written)[..16] {
        // Writing to a string cannot fail.
        let _ = write!(figures, "{byte:02x}");
    }
    figures
}
