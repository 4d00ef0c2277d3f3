//! The looked-after children return (SSDA903): every child looked after during a year, their episodes of care,
//! placements, reviews, health, adoption, absences and social workers, and young people who left care.
//!
//! Law: Children Act 1989, section 83; the Department for Education's guide and layouts for each year. Reads the
//! tables of 2017 to 2027 as CSV, whatever the files are called, because they are known by their columns, and the
//! one-file XML form. Every answer is optional here. Leaves out: the lists of providers (a later step), writing.

mod csv;
mod layout;
mod tables;
mod xml;
mod years;

pub use tables::*;
pub use years::{by_year, inferred_year};

use crate::finding::{Finding, Kind, Log};
use crate::position::{FileName, Spot};
use crate::text;

/// A file that was given, by its name.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    pub name: &'a str,
    pub bytes: &'a [u8],
}

/// The tables of one return, in the order of its files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Return {
    pub children: Vec<Child>,
    pub episodes: Vec<Episode>,
    pub reviews: Vec<Review>,
    pub asylum_seekers: Vec<AsylumSeeker>,
    pub outcomes: Vec<Outcomes>,
    pub care_leavers: Vec<CareLeaver>,
    pub adoptions: Vec<Adoption>,
    pub placed_for_adoption: Vec<PlacedForAdoption>,
    pub previous_permanence: Vec<PreviousPermanenceRow>,
    pub missing: Vec<MissingEpisode>,
    pub social_workers: Vec<SocialWorkerEpisode>,
    pub deprivations_of_liberty: Vec<DeprivationOfLiberty>,
    /// Which files held which table.
    pub files: Vec<(FileName, Table)>,
}

/// What the files hold and what was noticed. Files of other kinds are told and passed over; nothing fails.
pub fn read(sources: &[Source<'_>]) -> (Return, Vec<Finding>) {
    let mut tables = Return::default();
    let mut findings = Vec::new();
    for source in sources {
        let mut log = Log::new(&FileName::new(source.name));
        if let Some(text) = text::decode(source.bytes, &mut log) {
            read_file(&text, &mut tables, &mut log);
        }
        findings.append(&mut log.into_findings());
    }
    (tables, findings)
}

fn read_file(text: &str, tables: &mut Return, log: &mut Log) {
    if text.trim().is_empty() {
        log.note(Kind::Empty, Spot::START, "This file is empty and passed over.");
    } else if text.trim_start().starts_with('<') {
        xml::read(text, tables, log);
    } else {
        csv::read(text, tables, log);
    }
}

/// Whether the first line of a file has the columns of one of the tables.
pub(crate) fn known_by_columns(text: &str) -> bool {
    csv::table_of(text).is_some()
}
