//! The CSV form. A table is known by its columns; rows without anything are passed over; a row that is shorter or
//! longer than the headings is read as far as it goes.

use super::Return;
use super::layout::{AD1, DOLO, EPISODES, HEADER, MISSING, OC2, OC3, PLACED_ADOPTION, PREV_PERM, REVIEWS, SW_EPISODES, UASC};
use super::tables::{RowPlace, Rowed, Table};
use crate::cell::Cell;
use crate::delimited::{Last, Row, Rows};
use crate::finding::{Kind, Log};
use crate::layout::{Field, Layout, same};
use crate::position::{At, FileName, Spot};

pub(super) fn read(text: &str, tables: &mut Return, log: &mut Log) {
    let mut rows = Rows::new(text);
    let Some(headings) = rows.next(log) else { return };
    let names: Vec<&str> = headings.cells.iter().map(|(name, _)| name.trim()).collect();
    let Some(table) = recognise(&names) else {
        let message = "These are not the columns of any table of the looked-after return.";
        log.refuse(Kind::NotUnderstood, headings.spot, message).value(&names.join(","));
        return;
    };
    tables.files.push((log.file.clone(), table));
    match table {
        Table::Header => read_rows(&HEADER, &headings, rows, &mut tables.children, log),
        Table::Episodes => read_rows(&EPISODES, &headings, rows, &mut tables.episodes, log),
        Table::Reviews => read_rows(&REVIEWS, &headings, rows, &mut tables.reviews, log),
        Table::Uasc => read_rows(&UASC, &headings, rows, &mut tables.asylum_seekers, log),
        Table::Oc2 => read_rows(&OC2, &headings, rows, &mut tables.outcomes, log),
        Table::Oc3 => read_rows(&OC3, &headings, rows, &mut tables.care_leavers, log),
        Table::Ad1 => read_rows(&AD1, &headings, rows, &mut tables.adoptions, log),
        Table::PlacedAdoption => read_rows(&PLACED_ADOPTION, &headings, rows, &mut tables.placed_for_adoption, log),
        Table::PrevPerm => read_rows(&PREV_PERM, &headings, rows, &mut tables.previous_permanence, log),
        Table::Missing => read_rows(&MISSING, &headings, rows, &mut tables.missing, log),
        Table::SwEpisodes => read_rows(&SW_EPISODES, &headings, rows, &mut tables.social_workers, log),
        Table::DoLo => read_rows(&DOLO, &headings, rows, &mut tables.deprivations_of_liberty, log),
        Table::All => {}
    }
}

/// The table whose columns the first line has.
pub(super) fn table_of(text: &str) -> Option<Table> {
    let mut log = Log::new(&FileName::default());
    let headings = Rows::new(text).next(&mut log)?;
    let names: Vec<&str> = headings.cells.iter().map(|(name, _)| name.trim()).collect();
    recognise(&names)
}

/// The table whose own columns are there, most of them first; those that every table has do not count.
fn recognise(names: &[&str]) -> Option<Table> {
    let everywhere = |name: &&str| ["CHILD", "DOB", "SEX"].iter().any(|common| same(common, name));
    let own: Vec<&str> = names.iter().copied().filter(|name| !everywhere(name)).collect();
    let matched = [
        (Table::Header, HEADER.matches(&own)),
        (Table::Episodes, EPISODES.matches(&own)),
        (Table::Reviews, REVIEWS.matches(&own)),
        (Table::Uasc, UASC.matches(&own)),
        (Table::Oc2, OC2.matches(&own)),
        (Table::Oc3, OC3.matches(&own)),
        (Table::Ad1, AD1.matches(&own)),
        (Table::PlacedAdoption, PLACED_ADOPTION.matches(&own)),
        (Table::PrevPerm, PREV_PERM.matches(&own)),
        (Table::Missing, MISSING.matches(&own)),
        (Table::SwEpisodes, SW_EPISODES.matches(&own)),
        (Table::DoLo, DOLO.matches(&own)),
    ];
    let most = matched.iter().map(|(_, count)| *count).max().filter(|most| *most > 0)?;
    matched.iter().find(|(_, count)| *count == most).map(|(table, _)| *table)
}

fn read_rows<R: Rowed>(layout: &Layout<R>, headings: &Row<'_>, rows: Rows<'_>, into: &mut Vec<R>, log: &mut Log) {
    log.table = layout.table;
    let columns = columns(layout, headings, log);
    read_each(&columns, rows, into, log);
    (log.table, log.of) = ("", None);
}

fn read_each<R: Rowed>(columns: &[Option<&'static Field<R>>], mut rows: Rows<'_>, into: &mut Vec<R>, log: &mut Log) {
    while let Some(row) = rows.next(log) {
        log.of = Some(row.spot);
        let mark = log.mark();
        let mut record = R::default();
        *record.place() = RowPlace { at: At::new(&log.file, row.spot), number: row.number.saturating_sub(1) };
        for (column, (text, spot)) in columns.iter().zip(&row.cells) {
            if let Some(field) = column {
                (field.read)(&mut record, &mut Cell::new(text, *spot, field.name, log));
            }
        }
        check_length(columns.len(), &row, log);
        let child = record.child().clone();
        log.belongs_to(mark, child.as_deref());
        into.push(record);
    }
}

/// Which field each column fills; unknown, repeated and missing columns are told.
fn columns<R>(layout: &Layout<R>, headings: &Row<'_>, log: &mut Log) -> Vec<Option<&'static Field<R>>> {
    let mut seen: Vec<&'static str> = Vec::new();
    let columns = headings.cells.iter().map(|(name, spot)| {
        let field = layout.find(name.trim());
        match field {
            Some(field) if seen.contains(&field.name) => {
                let message = format!("The column {} comes twice; the first is used.", field.name);
                log.flag(Kind::RepeatedColumn, *spot, message).field(field.name);
                return None;
            }
            Some(field) => seen.push(field.name),
            None if name.trim().is_empty() => {}
            None => unknown(name, *spot, layout.table, log),
        }
        field
    });
    let columns = columns.collect();
    for field in layout.fields.iter().filter(|field| !seen.contains(&field.name) && !may_be_absent(field.name)) {
        let message = format!("The column {} is missing from this table.", field.name);
        log.flag(Kind::MissingColumn, headings.spot, message).field(field.name);
    }
    columns
}

fn unknown(name: &str, spot: Spot, table: &str, log: &mut Log) {
    let message = format!("The column {} is not one of the table {table} and is passed over.", name.trim());
    log.flag(Kind::UnknownColumn, spot, message).value(name.trim());
}

/// Columns that the layouts of some years have not.
fn may_be_absent(name: &str) -> bool {
    ["UASC", "PL_LA", "PL_LOCATION", "PL_DISTANCE"].contains(&name)
}

fn check_length(columns: usize, row: &Row<'_>, log: &mut Log) {
    let cells = row.cells.len();
    if cells < columns {
        let cut = if row.last == Last::AndCut { " The file may be cut short here." } else { "" };
        let kind = if row.last == Last::AndCut { Kind::CutShort } else { Kind::MissingCells };
        log.flag(kind, row.spot, format!("This row has {cells} cells in place of {columns}.{cut}"));
    } else if let Some((text, spot)) = row.cells[columns..].iter().find(|(text, _)| !text.trim().is_empty()) {
        log.flag(Kind::ExtraCells, *spot, "There is no heading over this cell; it is passed over.").value(text.trim());
    }
}
