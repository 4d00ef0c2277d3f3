//! One cell of a return, read once: a date, a number, a code or words.
//!
//! Whatever stands in the cell, reading goes on. What cannot be understood leaves the slot empty and makes a finding
//! that says why; a code that is not in government's list is kept as it was written. An empty cell is no finding
//! here: whether it may be empty is for the rules of the return. Leaves out: what a value means beside another.

use jiff::civil::{Date, DateTime};

use crate::codes::{CodeSet, Coded};
use crate::day;
use crate::finding::{Kind, Log};
use crate::number::{self, Millionths};
use crate::position::Spot;

/// A cell with its place and the findings it may add to.
pub(crate) struct Cell<'c> {
    text: &'c str,
    spot: Spot,
    field: &'static str,
    log: &'c mut Log,
}

/// Longer than any answer that a return asks for.
const LONGEST: usize = 2_000;

impl<'c> Cell<'c> {
    pub(crate) fn new(text: &'c str, spot: Spot, field: &'static str, log: &'c mut Log) -> Cell<'c> {
        Cell { text: text.trim(), spot, field, log }
    }

    pub(crate) fn text(&mut self, slot: &mut Option<String>) {
        if let Some(text) = self.only(slot.is_some()) {
            *slot = Some(self.cut(text));
        }
    }

    /// Of a value that may come several times, the first.
    pub(crate) fn first_text(&mut self, slot: &mut Option<String>) {
        if slot.is_none() {
            self.text(slot);
        }
    }

    pub(crate) fn date(&mut self, slot: &mut Option<Date>) {
        if let Some(text) = self.only(slot.is_some()) {
            *slot = self.as_date(text);
        }
    }

    pub(crate) fn moment(&mut self, slot: &mut Option<DateTime>) {
        let Some(text) = self.only(slot.is_some()) else { return };
        match day::moment(text) {
            Ok(moment) => *slot = Some(moment),
            Err(why) => self.unreadable(Kind::UnreadableDate, format!("Not a date and time: {why}.")),
        }
    }

    pub(crate) fn whole(&mut self, slot: &mut Option<u32>) {
        let Some(text) = self.only(slot.is_some()) else { return };
        match number::whole(text) {
            Some(count) => *slot = Some(count),
            None => self.unreadable(Kind::UnreadableNumber, "Not a whole number of 0 or more.".to_owned()),
        }
    }

    pub(crate) fn amount(&mut self, slot: &mut Option<Millionths>) {
        let Some(text) = self.only(slot.is_some()) else { return };
        match Millionths::parse(text) {
            Some(amount) => *slot = Some(amount),
            None => self.unreadable(Kind::UnreadableNumber, "Not a number.".to_owned()),
        }
    }

    pub(crate) fn code<T: CodeSet>(&mut self, slot: &mut Option<Coded<T>>) {
        if let Some(text) = self.only(slot.is_some()) {
            *slot = Some(self.as_code(text, T::from_code(text)));
        }
    }

    pub(crate) fn codes<T: CodeSet>(&mut self, slot: &mut Vec<Coded<T>>) {
        if let Some(text) = self.only(false) {
            let coded = self.as_code(text, T::from_code(text));
            slot.push(coded);
        }
    }

    /// A code inside words, as inspection lists have them: `q) 6: Police`, `N1 - Abuse or Neglect`, `Female`. The
    /// lists' own broader words have no code; each of them is told once in a file.
    pub(crate) fn code_in_words<T: CodeSet>(&mut self, slot: &mut Option<Coded<T>>) {
        let Some(text) = self.only(slot.is_some()) else { return };
        let meaning = T::from_words(text);
        if meaning.is_none() {
            let (name, message) = (format!("{} {text}", self.field), not_a_code::<T>());
            self.log.tally(Kind::UnknownCode, &name, self.spot, &message).field(self.field).value(text);
        }
        *slot = Some(Coded { text: self.cut(text), meaning });
    }

    /// The text, unless the cell is blank or the slot was filled before.
    fn only(&mut self, filled: bool) -> Option<&'c str> {
        if self.text.is_empty() {
            return None;
        }
        if filled {
            let message = format!("{} is given more than once; the first is used.", self.field);
            self.log.flag(Kind::RepeatedElement, self.spot, message).field(self.field).value(self.text);
            return None;
        }
        Some(self.text)
    }

    fn as_date(&mut self, text: &str) -> Option<Date> {
        match day::date(text) {
            Ok(date) => {
                self.look_at(date);
                Some(date)
            }
            Err(why) => {
                self.unreadable(Kind::UnreadableDate, format!("Not a date: {why}."));
                None
            }
        }
    }

    fn look_at(&mut self, date: Date) {
        if !(1900..2100).contains(&date.year()) {
            let message = format!("The year {} is unlikely; it is kept as it stands.", date.year());
            self.log.flag(Kind::UnlikelyDate, self.spot, message).field(self.field).value(self.text);
        }
    }

    fn as_code<T: CodeSet>(&mut self, text: &str, meaning: Option<T>) -> Coded<T> {
        if meaning.is_none() {
            self.log.flag(Kind::UnknownCode, self.spot, not_a_code::<T>()).field(self.field).value(text);
        }
        Coded { text: self.cut(text), meaning }
    }

    fn unreadable(&mut self, kind: Kind, message: String) {
        self.log.flag(kind, self.spot, message).field(self.field).value(self.text);
    }

    /// Plain spaces in place of those that may not break, and no longer than an answer can be.
    fn cut(&mut self, text: &str) -> String {
        let end = text.char_indices().nth(LONGEST).map(|(end, _)| end);
        if end.is_some() {
            let message = format!("Longer than {LONGEST} characters; the rest is cut off.");
            self.log.flag(Kind::TooLong, self.spot, message).field(self.field).value(text);
        }
        text[..end.unwrap_or(text.len())].replace('\u{A0}', " ")
    }
}

fn not_a_code<T: CodeSet>() -> String {
    format!("Not a code for {}; it is kept as it stands.", T::NAME)
}
