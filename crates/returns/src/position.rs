//! Where in a file something stands, so that a person can go and look: the file, the line and the column, each
//! counted from 1. In a workbook the line is the row and the column is the number of the column (A is 1). A column is
//! counted in characters, not in bytes.

use std::fmt;
use std::sync::Arc;

use serde::{Serialize, Serializer};

/// The name of a file as the person who gave it knows it. Cheap to copy.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileName(Arc<str>);

/// A place in a file, without the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Spot {
    pub line: u32,
    pub column: u32,
}

/// A place in a named file.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct At {
    pub file: FileName,
    #[serde(flatten)]
    pub spot: Spot,
}

impl FileName {
    pub fn new(name: &str) -> FileName {
        FileName(Arc::from(name))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Spot {
    /// The first character of a file.
    pub const START: Spot = Spot { line: 1, column: 1 };
}

impl At {
    pub fn new(file: &FileName, spot: Spot) -> At {
        At { file: file.clone(), spot }
    }
}

impl Default for FileName {
    fn default() -> FileName {
        FileName::new("")
    }
}

impl Default for Spot {
    fn default() -> Spot {
        Spot::START
    }
}

impl Default for At {
    fn default() -> At {
        At::new(&FileName::default(), Spot::START)
    }
}

impl fmt::Display for FileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.spot.line, self.spot.column)
    }
}

impl Serialize for FileName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// Turns byte offsets that only ever grow into lines and columns, looking at each byte once.
pub(crate) struct Locator<'a> {
    text: &'a str,
    offset: usize,
    spot: Spot,
}

impl<'a> Locator<'a> {
    pub(crate) fn new(text: &'a str) -> Locator<'a> {
        Locator { text, offset: 0, spot: Spot::START }
    }

    /// The place of the byte at `offset`. An offset before the last one asked for gives the last one's place.
    pub(crate) fn find(&mut self, offset: usize) -> Spot {
        let end = offset.min(self.text.len());
        let bytes = self.text.as_bytes();
        while self.offset < end {
            match bytes[self.offset] {
                b'\n' => self.next_line(),
                b'\r' if bytes.get(self.offset + 1) != Some(&b'\n') => self.next_line(),
                byte if byte & 0xC0 != 0x80 => self.spot.column = self.spot.column.saturating_add(1),
                _ => {}
            }
            self.offset += 1;
        }
        self.spot
    }

    fn next_line(&mut self) {
        self.spot = Spot { line: self.spot.line.saturating_add(1), column: 1 };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_in_characters_from_one() {
        let text = "ab\ncé\u{1F600}x\r\ny\rz";
        let cases = [("a", 1, 1), ("b", 1, 2), ("c", 2, 1), ("é", 2, 2), ("x", 2, 4), ("y", 3, 1), ("z", 4, 1)];
        let mut locator = Locator::new(text);
        for (sought, line, column) in cases {
            let offset = text.find(sought).unwrap();
            assert_eq!(locator.find(offset), Spot { line, column }, "{sought}");
        }
        assert_eq!(locator.find(9999).line, 4);
    }
}
