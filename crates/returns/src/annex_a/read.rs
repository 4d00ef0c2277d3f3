//! Reading the workbook. The first row of a sheet in which the headings of a list are found is its heading; sheets
//! without one are told and passed over. A place names the sheet after the file, as `lists.xlsx [List 4]`.

use super::AnnexA;
use super::layout::{
    ADOPTERS, ADOPTION, ASSESSMENTS, CARE_LEAVERS, CONTACTS, EARLY_HELP, IN_NEED, LOOKED_AFTER, PROTECTION_PLANS, REFERRALS, SECTION_47,
};
use super::lists::{List, Listed};
use crate::cell::Cell;
use crate::finding::{Finding, Kind, Log};
use crate::layout::{Field, Layout};
use crate::position::{At, FileName, Spot};
use crate::sheet::{self, Row, Sheet};

/// What the workbook holds and what was noticed; never fails.
pub fn read(bytes: &[u8], name: &str) -> (AnnexA, Vec<Finding>) {
    let file = FileName::new(name);
    let mut log = Log::new(&file);
    let mut lists = AnnexA { file, ..AnnexA::default() };
    if let Some(sheets) = sheet::sheets(bytes, &mut log) {
        for sheet in &sheets {
            log.file = sheet.file.clone();
            read_sheet(sheet, &mut lists, &mut log);
        }
        log.file = lists.file.clone();
        if lists.sheets.is_empty() {
            let message = "This workbook holds none of the lists of Annex A.";
            let names: Vec<&str> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
            log.refuse(Kind::NotUnderstood, Spot::START, message).value(&names.join(", "));
        }
    }
    (lists, log.into_findings())
}

/// Rows above the headings in which a title may stand.
const TITLE_ROWS: usize = 10;

fn read_sheet(sheet: &Sheet, lists: &mut AnnexA, log: &mut Log) {
    let found = sheet.rows.iter().take(TITLE_ROWS).enumerate();
    let found = found.filter_map(|(index, row)| recognise(row, &sheet.name).map(|list| (index, list))).next();
    let Some((heading, list)) = found else {
        if !sheet.rows.is_empty() {
            let message = "This sheet is none of the lists of Annex A and is passed over.";
            log.flag(Kind::NotUnderstood, Spot::START, message).value(&sheet.name);
        }
        return;
    };
    lists.sheets.push((sheet.name.clone(), list));
    let rows = &sheet.rows[heading..];
    match list {
        List::Contacts => read_rows(&CONTACTS, rows, &mut lists.contacts, log),
        List::EarlyHelp => read_rows(&EARLY_HELP, rows, &mut lists.early_help, log),
        List::Referrals => read_rows(&REFERRALS, rows, &mut lists.referrals, log),
        List::Assessments => read_rows(&ASSESSMENTS, rows, &mut lists.assessments, log),
        List::Section47 => read_rows(&SECTION_47, rows, &mut lists.enquiries, log),
        List::InNeed => read_rows(&IN_NEED, rows, &mut lists.in_need, log),
        List::ProtectionPlans => read_rows(&PROTECTION_PLANS, rows, &mut lists.protection_plans, log),
        List::LookedAfter => read_rows(&LOOKED_AFTER, rows, &mut lists.looked_after, log),
        List::CareLeavers => read_rows(&CARE_LEAVERS, rows, &mut lists.care_leavers, log),
        List::Adoption => read_rows(&ADOPTION, rows, &mut lists.adoptions, log),
        List::Adopters => read_rows(&ADOPTERS, rows, &mut lists.adopters, log),
    }
}

/// The list most of whose headings are in the row, and at least half of them; of equals, the one the sheet is named
/// for.
fn recognise(row: &Row, sheet: &str) -> Option<List> {
    let names: Vec<&str> = row.cells.iter().map(|(_, name)| name.trim()).collect();
    let matched = [
        (List::Contacts, score(&CONTACTS, &names, sheet)),
        (List::EarlyHelp, score(&EARLY_HELP, &names, sheet)),
        (List::Referrals, score(&REFERRALS, &names, sheet)),
        (List::Assessments, score(&ASSESSMENTS, &names, sheet)),
        (List::Section47, score(&SECTION_47, &names, sheet)),
        (List::InNeed, score(&IN_NEED, &names, sheet)),
        (List::ProtectionPlans, score(&PROTECTION_PLANS, &names, sheet)),
        (List::LookedAfter, score(&LOOKED_AFTER, &names, sheet)),
        (List::CareLeavers, score(&CARE_LEAVERS, &names, sheet)),
        (List::Adoption, score(&ADOPTION, &names, sheet)),
        (List::Adopters, score(&ADOPTERS, &names, sheet)),
    ];
    let best = matched.iter().max_by_key(|(_, score)| *score)?;
    best.1.map(|_| best.0)
}

/// Headings found of a hundred, if half or more, and whether the sheet is named for the list.
fn score<R>(layout: &Layout<R>, names: &[&str], sheet: &str) -> Option<(usize, bool)> {
    let found = layout.matches(names) * 100 / layout.fields.len();
    (found >= 50).then(|| (found, sheet.trim().eq_ignore_ascii_case(layout.table)))
}

fn read_rows<R: Listed>(layout: &Layout<R>, rows: &[Row], into: &mut Vec<R>, log: &mut Log) {
    let Some((headings, rows)) = rows.split_first() else { return };
    log.table = layout.table;
    let columns = columns(layout, headings, log);
    for row in rows {
        log.of = Some(row.spot());
        let mark = log.mark();
        let mut record = R::default();
        *record.place() = At::new(&log.file, row.spot());
        for (column, text) in &row.cells {
            let spot = Spot { line: row.line, column: *column };
            match columns.iter().find(|(number, _)| number == column) {
                Some((_, Some(field))) => (field.read)(&mut record, &mut Cell::new(text, spot, field.name, log)),
                Some((_, None)) => {}
                None => {
                    let message = "There is no heading over this cell; it is passed over.";
                    log.tally(Kind::ExtraCells, layout.table, spot, message).value(text);
                }
            }
        }
        let person = record.about().id.clone();
        log.belongs_to(mark, person.as_deref());
        into.push(record);
    }
    (log.table, log.of) = ("", None);
}

/// Which field each column fills; unknown, repeated and missing headings are told.
fn columns<R>(layout: &Layout<R>, headings: &Row, log: &mut Log) -> Vec<(u32, Option<&'static Field<R>>)> {
    let mut columns: Vec<(u32, Option<&'static Field<R>>)> = Vec::new();
    for (column, name) in &headings.cells {
        let spot = Spot { line: headings.line, column: *column };
        let field = layout.find(name.trim());
        let seen = field.is_some_and(|field| columns.iter().any(|(_, seen)| seen.is_some_and(|it| it.name == field.name)));
        if field.is_none() {
            let message = "This heading is not one of the list and its column is passed over.";
            log.flag(Kind::UnknownColumn, spot, message).value(name.trim());
        } else if seen {
            log.flag(Kind::RepeatedColumn, spot, "This heading comes twice; the first is used.").value(name.trim());
        }
        columns.push((*column, field.filter(|_| !seen)));
    }
    for field in layout.fields {
        if !columns.iter().any(|(_, found)| found.is_some_and(|it| it.name == field.name)) {
            let message = format!("The heading “{}” is missing from this list.", field.name);
            log.flag(Kind::MissingColumn, headings.spot(), message).field(field.name);
        }
    }
    columns
}
