//! Rows of a CSV file, each cell with its line and column.
//!
//! Commas, or tabs, semicolons or bars where the first line has more of them; cells in quotation marks with doubled
//! ones and line breaks inside; lines that end as on any system; lines without any cell are passed over. A quotation
//! mark that is never closed is told once and from there on taken as a letter, so that one slip does not swallow the
//! rest of the file.

use std::borrow::Cow;

use crate::finding::{Kind, Log};
use crate::position::{Locator, Spot};

/// A row that has something in it. `number` counts such rows from 0, the first (the headings) included.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Row<'a> {
    pub(crate) number: u32,
    pub(crate) spot: Spot,
    pub(crate) cells: Vec<(Cow<'a, str>, Spot)>,
    /// Whether the file ended without a line break after it.
    pub(crate) last: Last,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Last {
    AndCut,
    No,
}

pub(crate) struct Rows<'a> {
    text: &'a str,
    offset: usize,
    locator: Locator<'a>,
    delimiter: u8,
    quotes: Quotes,
    count: u32,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Quotes {
    Enclose,
    AreLetters,
}

impl<'a> Rows<'a> {
    pub(crate) fn new(text: &'a str) -> Rows<'a> {
        let delimiter = delimiter(text);
        Rows { text, offset: 0, locator: Locator::new(text), delimiter, quotes: Quotes::Enclose, count: 0 }
    }

    /// The next row with anything in it.
    pub(crate) fn next(&mut self, log: &mut Log) -> Option<Row<'a>> {
        while self.offset < self.text.len() {
            let row = self.row(log);
            if row.cells.iter().any(|(cell, _)| !cell.trim().is_empty()) {
                self.count += 1;
                return Some(row);
            }
        }
        None
    }

    fn row(&mut self, log: &mut Log) -> Row<'a> {
        let spot = self.locator.find(self.offset);
        let mut cells = Vec::new();
        loop {
            cells.push(self.cell(log));
            match self.byte() {
                Some(byte) if byte == self.delimiter => self.offset += 1,
                ended => {
                    let last = if ended.is_none() { Last::AndCut } else { Last::No };
                    self.line_break();
                    return Row { number: self.count, spot, cells, last };
                }
            }
        }
    }

    fn cell(&mut self, log: &mut Log) -> (Cow<'a, str>, Spot) {
        let start = self.offset;
        let blanks = self.text[start..].bytes().take_while(|byte| *byte == b' ').count();
        if self.quotes == Quotes::Enclose && self.text.as_bytes().get(start + blanks) == Some(&b'"') {
            let spot = self.locator.find(start + blanks);
            if let Some(cell) = self.quoted(start + blanks + 1) {
                return (cell, spot);
            }
            self.quotes = Quotes::AreLetters;
            let message = "A quotation mark is opened here and never closed; from here on they are read as letters.";
            log.flag(Kind::UnclosedQuote, spot, message);
        }
        let spot = self.locator.find(start);
        self.offset = self.end_of_plain(start);
        (Cow::Borrowed(&self.text[start..self.offset]), spot)
    }

    /// A cell whose opening mark is behind; nothing if the closing one never comes.
    fn quoted(&mut self, start: usize) -> Option<Cow<'a, str>> {
        let mut cell = Cow::Borrowed("");
        let mut from = start;
        loop {
            let close = from + self.text[from..].find('"')?;
            append(&mut cell, &self.text[from..close]);
            if self.text.as_bytes().get(close + 1) == Some(&b'"') {
                append(&mut cell, "\"");
                from = close + 2;
                continue;
            }
            self.offset = self.end_of_plain(close + 1);
            append(&mut cell, self.text[close + 1..self.offset].trim_end());
            return Some(cell);
        }
    }

    fn end_of_plain(&self, start: usize) -> usize {
        let ends = |byte: &u8| *byte == self.delimiter || *byte == b'\n' || *byte == b'\r';
        let rest = &self.text.as_bytes()[start..];
        start + rest.iter().position(ends).unwrap_or(rest.len())
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.offset).copied()
    }

    fn line_break(&mut self) {
        let rest = &self.text.as_bytes()[self.offset..];
        self.offset += match rest {
            [b'\r', b'\n', ..] => 2,
            [_, ..] => 1,
            [] => 0,
        };
    }
}

fn append<'a>(cell: &mut Cow<'a, str>, part: &'a str) {
    if cell.is_empty() {
        *cell = Cow::Borrowed(part);
    } else if !part.is_empty() {
        cell.to_mut().push_str(part);
    }
}

/// What stands between the cells, from the first line with anything in it.
fn delimiter(text: &str) -> u8 {
    let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or("");
    let count = |delimiter: u8| line.bytes().filter(|byte| *byte == delimiter).count();
    let mut best = b',';
    for candidate in [b'\t', b';', b'|'] {
        if count(candidate) > count(best) {
            best = candidate;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::position::FileName;

    fn rows(text: &str) -> (Vec<Vec<String>>, Vec<(u32, u32)>, usize) {
        let mut log = Log::new(&FileName::new("x.csv"));
        let mut reader = Rows::new(text);
        let (mut rows, mut spots) = (Vec::new(), Vec::new());
        while let Some(row) = reader.next(&mut log) {
            spots.push((row.spot.line, row.cells[row.cells.len() - 1].1.column));
            rows.push(row.cells.into_iter().map(|(cell, _)| cell.into_owned()).collect());
        }
        (rows, spots, log.into_findings().len())
    }

    #[test]
    fn rows_are_read_as_they_come() {
        let cases: [(&str, &[&[&str]]); 9] = [
            ("a,b\nc,d\n", &[&["a", "b"], &["c", "d"]]),
            ("a,b\r\nc,d", &[&["a", "b"], &["c", "d"]]),
            ("a,b\rc,d\r", &[&["a", "b"], &["c", "d"]]),
            ("\n\na,\n,,\n,b", &[&["a", ""], &["", "b"]]),
            ("\"a,1\",\"b\"\"q\"\n", &[&["a,1", "b\"q"]]),
            ("\"a\nb\",c\n", &[&["a\nb", "c"]]),
            ("a\tb\tc,d\n", &[&["a", "b", "c,d"]]),
            (" \"a\" ,b\n", &[&["a", "b"]]),
            ("", &[]),
        ];
        for (text, expected) in cases {
            let (read, _, findings) = rows(text);
            assert_eq!(read, expected, "{text:?}");
            assert_eq!(findings, 0, "{text:?}");
        }
    }

    #[test]
    fn a_cell_knows_its_line_and_column() {
        let (_, spots, _) = rows("CHILD,DOB\n\"1\n2\",\"x\"\né,ü\n");
        assert_eq!(spots, [(1, 7), (2, 4), (4, 3)]);
    }

    #[test]
    fn an_unclosed_mark_does_not_swallow_the_file() {
        let (read, _, findings) = rows("a,b\n\"c,d\ne,\"f\n");
        // The mark before c is closed by the one before f: what lies between is one cell.
        assert_eq!(read, [vec!["a", "b"], vec!["c,d\ne,f"]]);
        assert_eq!(findings, 0);
        let (read, _, findings) = rows("a,b\n\"c,d\ne,f\n");
        assert_eq!(read, [vec!["a", "b"], vec!["\"c", "d"], vec!["e", "f"]]);
        assert_eq!(findings, 1);
    }
}
