//! The XML form: one element for each child, with its header, reviews, outcomes and the rest inside, and its episodes.

use super::Return;
use super::layout::{AD1, EPISODES, HEADER, MISSING, OC2, OC3, PLACED_ADOPTION, PREV_PERM, REVIEWS, UASC};
use super::tables::{Child, RowPlace, Rowed, Table};
use crate::codes::YesNo;
use crate::element::{Picked, fill, groups, pick};
use crate::finding::{Kind, Log};
use crate::layout::Layout;
use crate::position::{At, Spot};
use crate::xml::{Element, Shape, Units};

static SHAPE: Shape = Shape { what: "looked-after children return", root: "EXPSSDA903", containers: &[], units: &["CHILD"] };

pub(super) fn read(text: &str, tables: &mut Return, log: &mut Log) {
    let mut units = Units::new(text, &SHAPE);
    let before = tables.children.len();
    loop {
        let mark = log.mark();
        let Some(unit) = units.next(log) else { break };
        let child = read_child(&unit, tables, log);
        log.belongs_to(mark, child.as_deref());
    }
    (log.table, log.of) = ("", None);
    if tables.children.len() > before {
        tables.files.push((log.file.clone(), Table::All));
    } else if units.rooted() {
        log.flag(Kind::Empty, Spot::START, "There is no child in this file.");
    }
}

/// Inside a header: elements that are tables by themselves.
const TABLES: [&str; 5] = ["AMISSING", "AREVIEW", "PERMANENCE", "OC2", "AD_PLACED"];
/// Inside a header: elements of tables that are not kept apart there.
const LOOSE: [&str; 10] =
    ["DUC", "DATE_INT", "DATE_MATCH", "FOSTER_CARE", "NB_ADOPTR", "SEX_ADOPTR", "LS_ADOPTR", "IN_TOUCH", "ACTIV", "ACCOM"];

fn read_child(unit: &Element<'_>, tables: &mut Return, log: &mut Log) -> Option<String> {
    log.table = HEADER.table;
    let mut child: Child = start(unit, tables.children.len(), log);
    fill(&Layout { table: "Header", fields: &[] }, &mut child, unit, &["HEADER", "EPISODE"], log);
    for header in groups(unit, "HEADER") {
        let elsewhere: Vec<&str> = TABLES.into_iter().chain(LOOSE).collect();
        fill(&HEADER, &mut child, header, &elsewhere, log);
    }
    for header in groups(unit, "HEADER") {
        read_header_tables(header, &child, tables, log);
    }
    read_group(&EPISODES, unit, "EPISODE", &child, &mut tables.episodes, log);
    let name = child.child.clone();
    tables.children.push(child);
    name
}

fn read_header_tables(header: &Element<'_>, child: &Child, tables: &mut Return, log: &mut Log) {
    read_group(&REVIEWS, header, "AREVIEW", child, &mut tables.reviews, log);
    read_group(&MISSING, header, "AMISSING", child, &mut tables.missing, log);
    read_group(&PREV_PERM, header, "PERMANENCE", child, &mut tables.previous_permanence, log);
    read_group(&OC2, header, "OC2", child, &mut tables.outcomes, log);
    read_group(&PLACED_ADOPTION, header, "AD_PLACED", child, &mut tables.placed_for_adoption, log);
    read_loose(&AD1, &LOOSE[1..7], header, child, &mut tables.adoptions, log);
    read_loose(&OC3, &LOOSE[7..], header, child, &mut tables.care_leavers, log);
    let seeks_asylum = child.asylum_seeker.as_ref().is_some_and(|answer| answer.is(YesNo::Yes));
    let found = tables.asylum_seekers.len();
    read_loose(&UASC, &LOOSE[..1], header, child, &mut tables.asylum_seekers, log);
    if seeks_asylum && tables.asylum_seekers.len() == found {
        tables.asylum_seekers.push(belonging_to(child, start(header, found, log)));
    }
}

fn read_group<R: Rowed>(layout: &Layout<R>, parent: &Element<'_>, name: &'static str, child: &Child, into: &mut Vec<R>, log: &mut Log) {
    for element in groups(parent, name) {
        (log.table, log.of) = (layout.table, Some(element.spot));
        let mut record = start(element, into.len(), log);
        fill(layout, &mut record, element, &[], log);
        into.push(belonging_to(child, record));
    }
}

/// A row whose elements lie loose in the header, if any of them says something.
fn read_loose<R: Rowed>(layout: &Layout<R>, names: &[&str], header: &Element<'_>, child: &Child, into: &mut Vec<R>, log: &mut Log) {
    (log.table, log.of) = (layout.table, Some(header.spot));
    let mut record = start(header, into.len(), log);
    if pick(layout, names, &mut record, header, log) == Picked::Something {
        into.push(belonging_to(child, record));
    }
}

fn start<R: Rowed>(element: &Element<'_>, number: usize, log: &mut Log) -> R {
    log.of = Some(element.spot);
    let mut record = R::default();
    let number = u32::try_from(number).unwrap_or(u32::MAX);
    *record.place() = RowPlace { at: At::new(&log.file, element.spot), number };
    record
}

fn belonging_to<R: Rowed>(child: &Child, mut record: R) -> R {
    *record.child() = child.child.clone();
    *record.born_on() = child.born_on;
    record
}
