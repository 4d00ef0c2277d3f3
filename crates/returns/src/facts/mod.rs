//! The common language in which every return is handed to the record: records with a key that never changes, each
//! with facts about one person, so that a file can be taken in within one transaction, be taken in again without
//! harm, and be reconciled: what was read = what was stored + what was already there + what was refused.
//!
//! - A [`Record`] is one element or row of the source. Its `key` is the same whenever the same thing is returned
//!   (`cin/4711/referral/2025-03-04`); its `digest` changes when what is said about it changes. Key and digest known:
//!   already there. Key known with another digest: an amendment. Neither: new.
//! - A [`Refusal`] is an element or row that cannot stand: nobody can say whose it is, or when it began.
//! - A [`Fact`] is one thing that is said: who a person is, a status from a day to a day, an event, how things stood
//!   on a day. A fact that breaks a rule of the return is here all the same, and flagged.
//!
//! Children are never lost for want of an identifier: without the council's number a child is known by the pupil
//! number, and without that by what the return says of them.

mod as_at;
mod build;
mod event;
mod from_annex_a;
mod from_cin;
mod from_ssda903;
mod from_workforce;
mod person;
mod read;
mod status;
mod worker;

pub use as_at::{AsAt, Observation};
pub use event::{Event, Happening};
pub use from_annex_a::from_annex_a;
pub use from_cin::from_cin;
pub use from_ssda903::from_ssda903;
pub use from_workforce::from_workforce;
pub use person::{Identity, PersonFact, Subject};
pub use read::{read, recognise};
pub use status::{About, CareEpisode, Ends, Status};
pub use worker::{Post, WorkerFact};

use jiff::civil::Date;
use serde::Serialize;

use crate::finding::Finding;
use crate::position::At;
use crate::workforce_census::Vacancies;
use crate::year::ReturnYear;

/// The returns that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ReturnKind {
    Cin,
    Ssda903,
    Workforce,
    AnnexA,
}

/// Everything that a file, or the files of one return, say.
#[derive(Debug, Clone)]
pub struct Extract {
    pub kind: ReturnKind,
    /// The collection year, as far as the files let it be known.
    pub year: Option<ReturnYear>,
    /// The council's three figures, where the file gives them.
    pub authority: Option<String>,
    /// The day up to which the return counts.
    pub reference_on: Option<Date>,
    pub records: Vec<Record>,
    pub refused: Vec<Refusal>,
    pub findings: Vec<Finding>,
}

/// One element or row and the facts in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    pub unit: Unit,
    pub key: String,
    /// 32 hexadecimal figures over the facts.
    pub digest: String,
    pub at: At,
    pub subject: Subject,
    pub facts: Vec<Fact>,
    /// Which of the extract's findings are about this record.
    pub flags: Vec<usize>,
}

/// An element or row that cannot stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub unit: Unit,
    pub at: At,
    /// Whose it is, where that is known.
    pub subject: Option<Subject>,
    pub why: String,
}

/// One thing that a return says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    Person(PersonFact),
    Status(Status),
    Event(Event),
    AsAt(AsAt),
    Worker(WorkerFact),
    Vacancies(Vacancies),
}

/// What sort of element or row was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    Child,
    Contact,
    EarlyHelpAssessment,
    Referral,
    Assessment,
    ChildInNeed,
    ChildInNeedPlan,
    Section47Enquiry,
    ProtectionPlan,
    ProtectionReview,
    PreProceedings,
    CareEpisode,
    CareReview,
    LookedAfter,
    AsylumSeeker,
    Outcomes,
    CareLeaver,
    Adoption,
    PlacedForAdoption,
    PreviousPermanence,
    MissingEpisode,
    SocialWorkerEpisode,
    DeprivationOfLiberty,
    Adopter,
    Worker,
    Vacancies,
}

impl Extract {
    /// Elements and rows that were read, taken or refused.
    pub fn read(&self) -> usize {
        self.records.len() + self.refused.len()
    }

    /// How many of each sort were read and how many of them refused, in the order of [`Unit`].
    pub fn counts(&self) -> Vec<(Unit, usize, usize)> {
        let mut counts = std::collections::BTreeMap::<Unit, (usize, usize)>::new();
        for record in &self.records {
            counts.entry(record.unit).or_default().0 += 1;
        }
        for refusal in &self.refused {
            let count = counts.entry(refusal.unit).or_default();
            *count = (count.0 + 1, count.1 + 1);
        }
        counts.into_iter().map(|(unit, (read, refused))| (unit, read, refused)).collect()
    }
}

impl ReturnKind {
    pub const ALL: [ReturnKind; 4] = [ReturnKind::Cin, ReturnKind::Ssda903, ReturnKind::Workforce, ReturnKind::AnnexA];

    /// As it is written on the command line and in keys.
    pub fn code(self) -> &'static str {
        match self {
            ReturnKind::Cin => "cin",
            ReturnKind::Ssda903 => "ssda903",
            ReturnKind::Workforce => "workforce",
            ReturnKind::AnnexA => "annex-a",
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            ReturnKind::Cin => "Children in need census",
            ReturnKind::Ssda903 => "Looked-after children return (SSDA903)",
            ReturnKind::Workforce => "Children's social work workforce census",
            ReturnKind::AnnexA => "Inspection lists (Annex A)",
        }
    }
}

impl Unit {
    /// Several of it, for a report.
    pub fn label(self) -> &'static str {
        match self {
            Unit::Child => "children",
            Unit::Contact => "contacts",
            Unit::EarlyHelpAssessment => "early help assessments",
            Unit::Referral => "referrals",
            Unit::Assessment => "assessments",
            Unit::ChildInNeed => "children in need",
            Unit::ChildInNeedPlan => "child in need plans",
            Unit::Section47Enquiry => "section 47 enquiries",
            Unit::ProtectionPlan => "child protection plans",
            Unit::ProtectionReview => "child protection reviews",
            Unit::PreProceedings => "pre-proceedings",
            Unit::CareEpisode => "episodes of care",
            Unit::CareReview => "reviews of care",
            Unit::LookedAfter => "looked-after children",
            Unit::AsylumSeeker => "unaccompanied asylum-seeking children",
            Unit::Outcomes => "health outcomes",
            Unit::CareLeaver => "care leavers",
            Unit::Adoption => "adoptions",
            Unit::PlacedForAdoption => "decisions to place for adoption",
            Unit::PreviousPermanence => "earlier permanence",
            Unit::MissingEpisode => "missing episodes",
            Unit::SocialWorkerEpisode => "times with a social worker",
            Unit::DeprivationOfLiberty => "deprivation of liberty orders",
            Unit::Adopter => "adopters",
            Unit::Worker => "workers",
            Unit::Vacancies => "counts of vacancies",
        }
    }
}
