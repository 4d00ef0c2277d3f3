//! Sheets of a workbook (XLSX), cell by cell, as text: a date as 2026-03-31, a whole number without a decimal point.
//!
//! Only cells that are there are held, so a sheet whose last cell is a million rows down costs nothing. A workbook
//! that would unpack to more than any inspection list needs is refused before it is unpacked.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Reader, Xlsx};

use crate::finding::{Kind, Log};
use crate::position::{FileName, Spot};

pub(crate) struct Sheet {
    pub(crate) name: String,
    /// The workbook and the sheet, as `lists.xlsx [List 4]`: rows count from 1 in each.
    pub(crate) file: FileName,
    pub(crate) rows: Vec<Row>,
}

/// A row with its cells in order, each with the number of its column from 1.
pub(crate) struct Row {
    pub(crate) line: u32,
    pub(crate) cells: Vec<(u32, String)>,
}

impl Row {
    pub(crate) fn spot(&self) -> Spot {
        Spot { line: self.line, column: self.cells.first().map_or(1, |(column, _)| *column) }
    }
}

const LARGEST: u64 = 400_000_000;
const MOST_CELLS: usize = 4_000_000;

/// All sheets, or nothing where the bytes are not a workbook.
pub(crate) fn sheets(bytes: &[u8], log: &mut Log) -> Option<Vec<Sheet>> {
    let refusal = match unpacked_size(bytes) {
        None => "This is not a workbook (XLSX), or it is cut short.",
        Some(size) if size > LARGEST => "This workbook would unpack to more than any inspection list needs.",
        Some(_) => match read(bytes, log) {
            Some(sheets) => return Some(sheets),
            None => "This workbook is damaged and cannot be read.",
        },
    };
    log.refuse(Kind::NotUnderstood, Spot::START, refusal);
    None
}

/// A damaged workbook may trip the reader of workbooks itself; that is caught here.
fn read(bytes: &[u8], log: &mut Log) -> Option<Vec<Sheet>> {
    let workbook_file = log.file.clone();
    let sheets = catch_unwind(AssertUnwindSafe(|| {
        let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).ok()?;
        let mut left = MOST_CELLS;
        let names = workbook.sheet_names();
        let read_one = |name: String| {
            log.file = FileName::new(&format!("{workbook_file} [{name}]"));
            let rows = rows(&mut workbook, &name, &mut left, log);
            Sheet { name, file: log.file.clone(), rows }
        };
        Some(names.into_iter().map(read_one).collect())
    }));
    log.file = workbook_file;
    sheets.ok().flatten()
}

fn rows(workbook: &mut Xlsx<Cursor<&[u8]>>, name: &str, left: &mut usize, log: &mut Log) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let Ok(mut cells) = workbook.worksheet_cells_reader(name) else {
        let message = "A sheet of this workbook is damaged and passed over.";
        log.flag(Kind::CutShort, Spot::START, message).value(name);
        return rows;
    };
    loop {
        match cells.next_cell() {
            Ok(None) => return rows,
            Ok(Some(cell)) if *left > 0 => {
                *left -= 1;
                let (row, column) = cell.get_position();
                let spot = Spot { line: row.saturating_add(1), column: column.saturating_add(1) };
                let text = as_text(cell.get_value(), spot, log);
                add(&mut rows, spot, text);
            }
            _ => {
                let message = "A sheet of this workbook is damaged or too long; it is read as far as it goes.";
                log.flag(Kind::CutShort, rows.last().map_or(Spot::START, Row::spot), message).value(name);
                return rows;
            }
        }
    }
}

fn add(rows: &mut Vec<Row>, spot: Spot, text: String) {
    if text.trim().is_empty() {
        return;
    }
    match rows.last_mut().filter(|row| row.line == spot.line) {
        Some(row) => row.cells.push((spot.column, text)),
        None => rows.push(Row { line: spot.line, cells: vec![(spot.column, text)] }),
    }
}

fn as_text(value: &DataRef<'_>, spot: Spot, log: &mut Log) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(truth) => if *truth { "Yes" } else { "No" }.to_owned(),
        DataRef::DateTime(moment) => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(error) => {
            let message = "The workbook could not reckon this cell; it is taken as empty.";
            log.tally(Kind::UnreadableCell, "", spot, message).value(&error.to_string());
            String::new()
        }
        DataRef::Empty => String::new(),
    }
}

/// What the files in a zip archive say they unpack to, from its directory; nothing where there is no directory.
fn unpacked_size(bytes: &[u8]) -> Option<u64> {
    let tail = bytes.len().saturating_sub(66_000);
    let end = tail + bytes.get(tail..)?.windows(4).rposition(|window| window == b"PK\x05\x06")?;
    let count = u16::from_le_bytes(bytes.get(end + 10..end + 12)?.try_into().ok()?);
    let mut at = usize::try_from(number(bytes, end + 16)?).ok()?;
    let mut sum = 0;
    for _ in 0..count {
        (bytes.get(at..at + 4)? == b"PK\x01\x02").then_some(())?;
        sum += u64::from(number(bytes, at + 24)?);
        let lengths = bytes.get(at + 28..at + 34)?;
        let tails = lengths.chunks(2).map(|pair| usize::from(u16::from_le_bytes([pair[0], pair[1]])));
        at = at.checked_add(46 + tails.sum::<usize>())?;
    }
    Some(sum)
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::position::FileName;

    #[test]
    fn what_is_no_workbook_is_refused() {
        for bytes in [&b""[..], b"PK\x03\x04", b"CHILD,DOB\n", b"PK\x05\x06aaaaaaaaaaaaaaaaaaaaaaaaaaaaa"] {
            let mut log = Log::new(&FileName::new("x.xlsx"));
            assert!(sheets(bytes, &mut log).is_none());
            assert_eq!(log.into_findings()[0].kind, Kind::NotUnderstood);
        }
    }
}
