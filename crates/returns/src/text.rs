//! From the bytes of a file to its text, whatever system wrote it.
//!
//! Returns come out of case systems, spreadsheets and text editors: UTF-8 with or without a byte order mark, UTF-16
//! from a spreadsheet's "Unicode text", Windows-1252 from anything old. What the file says of itself is less sure
//! than its bytes: what is sound UTF-8 is read as UTF-8; each byte that is not, as Windows-1252, which gives every byte a
//! meaning. A spreadsheet, a PDF or a picture that was given by mistake is named as such. Leaves out: UTF-32, EBCDIC.

use std::borrow::Cow;

use crate::finding::{Kind, Log};
use crate::position::{Locator, Spot};

/// The text of a file, or nothing when it is not text; the findings say which.
pub(crate) fn decode<'a>(bytes: &'a [u8], log: &mut Log) -> Option<Cow<'a, str>> {
    if let Some(what) = other_kind(bytes) {
        log.refuse(Kind::NotUnderstood, Spot::START, format!("This file is {what}, not text."));
        return None;
    }
    if let Some((rest, order)) = utf16(bytes) {
        return Some(Cow::Owned(from_utf16(rest, order, log)));
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if mostly_control(bytes) {
        let message = "This file is not text: it may be compressed, encrypted or of another kind.";
        log.refuse(Kind::NotUnderstood, Spot::START, message);
        return None;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(Cow::Borrowed(text)),
        Err(_) => Some(Cow::Owned(from_mixed(bytes, log))),
    }
}

/// Kinds of file that are given by mistake, known by their first bytes.
pub(crate) fn other_kind(bytes: &[u8]) -> Option<&'static str> {
    const KINDS: [(&[u8], &str); 7] = [
        (b"PK\x03\x04", "a workbook or a compressed folder"),
        (b"\xD0\xCF\x11\xE0", "an old workbook or document (before 2007)"),
        (b"%PDF", "a PDF"),
        (b"\x1F\x8B", "a compressed file"),
        (b"\x89PNG", "a picture"),
        (b"\xFF\xD8\xFF", "a picture"),
        (b"{\\rtf", "a formatted document"),
    ];
    KINDS.iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, what)| *what)
}

#[derive(Clone, Copy)]
enum Order {
    LittleEnd,
    BigEnd,
}

/// UTF-16 by its mark, or by the pattern that plain letters make in it.
fn utf16(bytes: &[u8]) -> Option<(&[u8], Order)> {
    match bytes {
        [0xFF, 0xFE, rest @ ..] => Some((rest, Order::LittleEnd)),
        [0xFE, 0xFF, rest @ ..] => Some((rest, Order::BigEnd)),
        [first, 0, second, 0, ..] if *first != 0 && *second != 0 => Some((bytes, Order::LittleEnd)),
        [0, first, 0, second, ..] if *first != 0 && *second != 0 => Some((bytes, Order::BigEnd)),
        _ => None,
    }
}

fn from_utf16(bytes: &[u8], order: Order, log: &mut Log) -> String {
    let (pairs, odd) = bytes.as_chunks::<2>();
    let units = pairs.iter().map(|pair| match order {
        Order::LittleEnd => u16::from_le_bytes(*pair),
        Order::BigEnd => u16::from_be_bytes(*pair),
    });
    let mut unsound = !odd.is_empty();
    let text = char::decode_utf16(units)
        .map(|letter| {
            letter.unwrap_or_else(|_| {
                unsound = true;
                char::REPLACEMENT_CHARACTER
            })
        })
        .collect();
    if unsound {
        let message = "Some characters of this file (UTF-16) are damaged; \u{FFFD} stands in their place.";
        log.flag(Kind::Encoding, Spot::START, message);
    }
    text
}

/// Sound stretches are kept as they are; each byte that is not UTF-8 is read as Windows-1252.
fn from_mixed(bytes: &[u8], log: &mut Log) -> String {
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 8);
    let mut first_unsound = None;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            first_unsound.get_or_insert(text.len());
            text.extend(chunk.invalid().iter().map(|byte| windows_1252(*byte)));
        }
    }
    let spot = Locator::new(&text).find(first_unsound.unwrap_or(0));
    let message = "This and perhaps other letters are not UTF-8 and are read as Windows-1252: look at accents.";
    log.flag(Kind::Encoding, spot, message);
    text
}

/// Binary files hold many control characters, text next to none.
fn mostly_control(bytes: &[u8]) -> bool {
    let sample = bytes.get(..65_536).unwrap_or(bytes);
    let control = sample.iter().filter(|byte| matches!(byte, 0..=8 | 14..=31)).count();
    control * 50 > sample.len()
}

/// The 27 characters between 0x80 and 0x9F that Windows-1252 has and Latin-1 has not.
fn windows_1252(byte: u8) -> char {
    const UPPER: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}', '\u{90}', '‘', '’', '“', '”', '•',
        '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9F => UPPER[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::position::FileName;

    fn read(bytes: &[u8]) -> (Option<String>, Vec<Kind>) {
        let mut log = Log::new(&FileName::new("x"));
        let text = decode(bytes, &mut log).map(Cow::into_owned);
        (text, log.into_findings().into_iter().map(|finding| finding.kind).collect())
    }

    fn utf16_bytes(text: &str, order: Order) -> Vec<u8> {
        let units = text.encode_utf16();
        units
            .flat_map(|unit| match order {
                Order::LittleEnd => unit.to_le_bytes(),
                Order::BigEnd => unit.to_be_bytes(),
            })
            .collect()
    }

    #[test]
    fn every_usual_encoding_gives_the_same_text() {
        let text = "CHILD,Zoë\r\n";
        let mut marked = vec![0xFF, 0xFE];
        marked.extend(utf16_bytes(text, Order::LittleEnd));
        let mut other_end = vec![0xFE, 0xFF];
        other_end.extend(utf16_bytes(text, Order::BigEnd));
        let cases: [(&[u8], usize); 7] = [
            (text.as_bytes(), 0),
            (b"\xEF\xBB\xBFCHILD,Zo\xC3\xAB\r\n", 0),
            (&marked, 0),
            (&other_end, 0),
            (&utf16_bytes(text, Order::LittleEnd), 0),
            (&utf16_bytes(text, Order::BigEnd), 0),
            (b"CHILD,Zo\xEB\r\n", 1),
        ];
        for (bytes, findings) in cases {
            let (read, kinds) = read(bytes);
            assert_eq!(read.as_deref(), Some(text), "{bytes:?}");
            assert_eq!(kinds.len(), findings, "{bytes:?}");
        }
    }

    #[test]
    fn the_first_unsound_letter_is_pointed_at() {
        let mut log = Log::new(&FileName::new("x"));
        let text = decode(b"a\nbc\x93d\x94", &mut log).unwrap();
        assert_eq!(text, "a\nbc\u{201C}d\u{201D}");
        assert_eq!(log.into_findings()[0].at.spot, Spot { line: 2, column: 3 });
    }

    #[test]
    fn one_old_letter_does_not_spoil_the_others() {
        assert_eq!(read(b"Zo\xC3\xAB and Ren\xE9e").0.as_deref(), Some("Zoë and Renée"));
    }

    #[test]
    fn what_is_not_text_is_named() {
        let cases: [(&[u8], &str); 3] = [(b"PK\x03\x04zzzz", "workbook"), (b"%PDF-1.7", "PDF"), (&[1, 2, 3, 4, 5, 6, 7, 8], "not text")];
        for (bytes, word) in cases {
            let mut log = Log::new(&FileName::new("x"));
            assert!(decode(bytes, &mut log).is_none(), "{word}");
            assert!(log.into_findings()[0].message.contains(word), "{word}");
        }
        assert_eq!(read(b""), (Some(String::new()), vec![]));
    }

    #[test]
    fn half_a_character_at_the_end_is_said() {
        assert_eq!(read(b"\xFF\xFEa\0b"), (Some("a".to_owned()), vec![Kind::Encoding]));
    }
}
