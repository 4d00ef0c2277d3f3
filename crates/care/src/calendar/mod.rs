//! The working calendar of England and Wales: which days count, and how far away a day is in them.
//!
//! A working day is Monday to Friday and not a bank holiday of England and Wales (Banking and Financial Dealings
//! Act 1971, with the royal proclamations of each year). Days on which a council closes by its own choice are
//! working days all the same: a child does not wait for them. Weeks are seven calendar days each; months keep the
//! day number and stop at the month's end.
//!
//! Leaves out: Scotland and Northern Ireland, and half days.

mod holidays;
mod hours;

pub use holidays::{Holiday, KNOWN_UNTIL, published};
pub use hours::{OfficeHours, london};

use jiff::civil::{Date, Weekday, date};

/// The first and the last day that the calendar reaches.
const FIRST: Date = date(1990, 1, 1);
const LAST: Date = date(2079, 12, 31);
const FIRST_SERIAL: i32 = serial(1990, 1, 1);

/// The calendar, with every day's place among the working days reckoned once.
#[derive(Debug, Clone)]
pub struct Calendar {
    holidays: Vec<Holiday>,
    known_until: Date,
    /// For each day from FIRST: how many working days there are up to and including it.
    counted: Vec<u32>,
    /// The working days in order, as days from FIRST.
    working: Vec<u32>,
}

impl Calendar {
    /// The bank holidays that are known today, by rule and by proclamation, until [`KNOWN_UNTIL`].
    pub fn england_and_wales() -> Self {
        Self::with_holidays(published(), KNOWN_UNTIL)
    }

    /// A calendar with holidays that a council has entered since: an extra one that was proclaimed, say.
    pub fn with_holidays(mut holidays: Vec<Holiday>, known_until: Date) -> Self {
        holidays.sort_by_key(|h| h.on);
        holidays.dedup_by_key(|h| h.on);
        let length = days_from_first(LAST) as usize + 1;
        let mut off = vec![false; length];
        for holiday in holidays.iter().filter(|h| h.on >= FIRST && h.on <= LAST) {
            off[days_from_first(holiday.on) as usize] = true;
        }
        let (mut counted, mut working) = (Vec::with_capacity(length), Vec::with_capacity(length));
        // 1 January 1990 was a Monday, so the weekday is the remainder.
        for (day, off) in (0_u32..).zip(&off) {
            if day % 7 < 5 && !off {
                working.push(day);
            }
            counted.push(u32::try_from(working.len()).unwrap_or(u32::MAX));
        }
        Calendar { holidays, known_until, counted, working }
    }

    pub fn is_working_day(&self, day: Date) -> bool {
        match self.place(day) {
            Some(0) => self.counted[0] == 1,
            Some(i) => self.counted[i] > self.counted[i - 1],
            None => !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday),
        }
    }

    /// The day that is this many working days after the start, the start being day 0; before it, when negative.
    /// None, and the start itself, for 0. A day beyond the calendar's reach (2079) is the last that it has.
    pub fn add_working_days(&self, start: Date, days: i32) -> Date {
        let Some(place) = self.place(start) else { return start };
        let index = match days {
            0 => return start,
            d if d > 0 => i64::from(self.counted[place]) + i64::from(d) - 1,
            d => {
                let before = if place == 0 { 0 } else { self.counted[place - 1] };
                i64::from(before) + i64::from(d)
            }
        };
        let index = usize::try_from(index.max(0)).unwrap_or(0).min(self.working.len() - 1);
        from_first(self.working[index])
    }

    /// The working days after `from` up to and including `to`; negative when `to` lies before.
    pub fn working_days_between(&self, from: Date, to: Date) -> i32 {
        let count = |d: Date| self.place(d).map_or(0, |p| i64::from(self.counted[p]));
        i32::try_from(count(to) - count(from)).unwrap_or(0)
    }

    /// The first working day on or after this one.
    pub fn next_working_day(&self, day: Date) -> Date {
        if self.is_working_day(day) { day } else { self.add_working_days(day, 1) }
    }

    /// The last working day on or before this one.
    pub fn previous_working_day(&self, day: Date) -> Date {
        if self.is_working_day(day) { day } else { self.add_working_days(day, -1) }
    }

    /// The holidays after `from` up to and including `to` that fall on a weekday, for the arithmetic in words.
    pub fn holidays_between(&self, from: Date, to: Date) -> impl Iterator<Item = &Holiday> {
        let weekday = |h: &&Holiday| !matches!(h.on.weekday(), Weekday::Saturday | Weekday::Sunday);
        self.holidays.iter().filter(move |h| h.on > from && h.on <= to).filter(weekday)
    }

    pub fn holidays(&self) -> &[Holiday] {
        &self.holidays
    }

    /// The last day up to which all bank holidays have been announced.
    pub fn known_until(&self) -> Date {
        self.known_until
    }

    /// Whether a date was reckoned beyond what has been announced, and may still move.
    pub fn is_beyond_known(&self, day: Date) -> bool {
        day > self.known_until
    }

    fn place(&self, day: Date) -> Option<usize> {
        (day >= FIRST && day <= LAST).then(|| days_from_first(day) as usize)
    }
}

/// This many weeks of seven calendar days later.
pub fn add_weeks(start: Date, weeks: i32) -> Date {
    start.saturating_add(jiff::Span::new().days(i64::from(weeks) * 7))
}

/// The same day number so many months later, or the month's last day where it has fewer.
pub fn add_months(start: Date, months: i32) -> Date {
    start.saturating_add(jiff::Span::new().months(months))
}

/// So many calendar days later.
pub fn add_days(start: Date, days: i32) -> Date {
    start.saturating_add(jiff::Span::new().days(days))
}

/// The calendar days after `from` up to and including `to`.
pub fn calendar_days_between(from: Date, to: Date) -> i32 {
    days_from_first(to) - days_from_first(from)
}

/// Days since FIRST by the arithmetic of the proleptic calendar; quicker than a span, and exact.
fn days_from_first(day: Date) -> i32 {
    serial(i32::from(day.year()), i32::from(day.month()), i32::from(day.day())) - FIRST_SERIAL
}

/// Days since 1 March of year 0: years begin in March, so that the leap day comes last.
const fn serial(y: i32, m: i32, d: i32) -> i32 {
    let (y, m) = if m <= 2 { (y - 1, m + 9) } else { (y, m - 3) };
    365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + d - 1
}

fn from_first(days: u32) -> Date {
    // Back from the serial number: the inverse of `serial`, in the years that the calendar reaches.
    let n = i64::from(days) + i64::from(FIRST_SERIAL);
    let y = (10_000 * n + 14_780) / 3_652_425;
    let rest = |y: i64| n - (365 * y + y / 4 - y / 100 + y / 400);
    let (y, d) = if rest(y) < 0 { (y - 1, rest(y - 1)) } else { (y, rest(y)) };
    let m = (100 * d + 52) / 3060;
    let month = (m + 2) % 12 + 1;
    let year = y + (m + 2) / 12;
    let day = d - (m * 306 + 5) / 10 + 1;
    let small = |n: i64| i8::try_from(n).unwrap_or(1);
    Date::new(i16::try_from(year).unwrap_or(1990), small(month), small(day)).unwrap_or(FIRST)
}

#[cfg(test)]
mod tests;
