//! The header of an XML return: which collection, which year, whose, made when and with what.

use jiff::civil::{Date, DateTime};
use serde::Serialize;

use crate::element::{fill, groups};
use crate::finding::{Kind, Log};
use crate::layout::{Layout, field};
use crate::position::At;
use crate::xml::Element;

/// What the file says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Header {
    #[serde(skip)]
    pub at: At,
    /// `CIN` or `CSWW`.
    pub collection: Option<String>,
    pub year: Option<u32>,
    /// The day up to which, or on which, is counted.
    pub reference_on: Option<Date>,
    pub source_level: Option<String>,
    /// The council's three figures.
    pub authority: Option<String>,
    pub software: Option<String>,
    pub release: Option<String>,
    pub serial: Option<String>,
    pub made_at: Option<DateTime>,
}

const COLLECTION: Layout<Header> = Layout {
    table: "Header",
    fields: &[
        field("Collection", |header: &mut Header, cell| cell.text(&mut header.collection)),
        field("Year", |header, cell| cell.whole(&mut header.year)),
        field("ReferenceDate", |header, cell| cell.date(&mut header.reference_on)),
    ],
};

const SOURCE: Layout<Header> = Layout {
    table: "Header",
    fields: &[
        field("SourceLevel", |header: &mut Header, cell| cell.text(&mut header.source_level)),
        field("LEA", |header, cell| cell.text(&mut header.authority)),
        field("SoftwareCode", |header, cell| cell.text(&mut header.software)),
        field("Release", |header, cell| cell.text(&mut header.release)),
        field("SerialNo", |header, cell| cell.text(&mut header.serial)),
        field("DateTime", |header, cell| cell.moment(&mut header.made_at)),
    ],
};

pub(crate) fn read(element: &Element<'_>, log: &mut Log) -> Header {
    log.table = "Header";
    let mut header = Header { at: At::new(&log.file, element.spot), ..Header::default() };
    fill(&Layout { table: "Header", fields: &[] }, &mut header, element, &["CollectionDetails", "Source"], log);
    for details in groups(element, "CollectionDetails") {
        fill(&COLLECTION, &mut header, details, &[], log);
    }
    // A file may name several sources; the first is whose it is.
    if let Some(source) = groups(element, "Source").next() {
        fill(&SOURCE, &mut header, source, &[], log);
    }
    log.table = "";
    header
}

/// Whether the header lets the file be read as `collection`; if it names another, that is said.
pub(crate) fn is_for(header: &Header, collection: &str, what: &str, log: &mut Log) -> Fit {
    match header.collection.as_deref() {
        Some(other) if !other.eq_ignore_ascii_case(collection) => {
            let message = format!("This is not a {what}: its header says the collection is {other}.");
            log.refuse(Kind::NotUnderstood, header.at.spot, message).value(other);
            Fit::Other
        }
        _ => Fit::Same,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fit {
    Same,
    Other,
}
