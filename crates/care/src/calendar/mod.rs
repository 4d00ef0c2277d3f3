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
pub use hours::{OfficeHours, london, london_instant};

use jiff::civil::{Date, Weekday, date};

/// The first and the last day for which holidays are held. Further away every weekday counts as a working day.
pub const FIRST: Date = date(1990, 1, 1);
pub const LAST: Date = date(2079, 12, 31);
const FIRST_SERIAL: i32 = serial(1990, 1, 1);
const LAST_PLACE: i32 = serial(2079, 12, 31) - FIRST_SERIAL;

/// The calendar, with every day's place among the working days reckoned once.
#[derive(Debug, Clone)]
pub struct Calendar {
    holidays: Vec<Holiday>,
    known_until: Date,
    /// For each day from [`FIRST`] to [`LAST`]: how many working days there are up to and including it.
    counted: Vec<u16>,
    /// The working days in order.
    working: Vec<Date>,
}

impl Calendar {
    /// The bank holidays that are known today, by rule and by proclamation, until [`KNOWN_UNTIL`].
    pub fn england_and_wales() -> Self {
        Self::with_holidays(published(), KNOWN_UNTIL)
    }

    /// A calendar with holidays that a council has entered since: an extra one that was proclaimed, say. The list is
    /// the whole list; a holiday that was moved is left out of it and stands on its new day.
    pub fn with_holidays(mut holidays: Vec<Holiday>, known_until: Date) -> Self {
        holidays.sort_by_key(|h| h.on);
        holidays.dedup_by_key(|h| h.on);
        let mut off = holidays.iter().map(|h| h.on).filter(|on| *on >= FIRST).peekable();
        let (mut counted, mut working) = (Vec::new(), Vec::new());
        let mut day = FIRST;
        for place in 0..=LAST_PLACE {
            let holiday = off.next_if_eq(&day).is_some();
            // The first day was a Monday, so the weekday is the remainder.
            if place % 7 < 5 && !holiday {
                working.push(day);
            }
            counted.push(u16::try_from(working.len()).unwrap_or(u16::MAX));
            day = day.tomorrow().unwrap_or(LAST);
        }
        Calendar { holidays, known_until, counted, working }
    }

    /// Monday to Friday and not a bank holiday.
    pub fn is_working_day(&self, day: Date) -> bool {
        let place = place(day);
        self.counted_until(place) > self.counted_until(place - 1)
    }

    /// The day that is this many working days after the start, the start being day 0, or before it when negative.
    /// The start itself, be it a working day or not, for 0.
    #[inline]
    pub fn add_working_days(&self, start: Date, days: i32) -> Date {
        let place = place(start);
        match days {
            0 => start,
            d if d > 0 => self.working_day(self.counted_until(place) + i64::from(d) - 1),
            d => self.working_day(self.counted_until(place - 1) + i64::from(d)),
        }
    }

    /// The working days after `from` up to and including `to`. When `to` lies before `from` it is the negative of the
    /// same count the other way round.
    #[inline]
    pub fn working_days_between(&self, from: Date, to: Date) -> i32 {
        // Ten thousand years have fewer than three million working days.
        i32::try_from(self.counted_until(place(to)) - self.counted_until(place(from))).unwrap_or(0)
    }

    /// How many working days there are up to and including a place; negative before [`FIRST`].
    #[inline]
    fn counted_until(&self, place: i32) -> i64 {
        match usize::try_from(place).ok().and_then(|p| self.counted.get(p)) {
            Some(counted) => i64::from(*counted),
            None if place < 0 => weekdays_until(i64::from(place)),
            None => self.in_reach() + weekdays_until(i64::from(place)) - weekdays_until(i64::from(LAST_PLACE)),
        }
    }

    /// The working day with so many before it since [`FIRST`].
    #[inline]
    fn working_day(&self, index: i64) -> Date {
        match usize::try_from(index).ok().and_then(|i| self.working.get(i)) {
            Some(day) => *day,
            None if index < 0 => weekday(index),
            None => weekday(index - self.in_reach() + weekdays_until(i64::from(LAST_PLACE))),
        }
    }

    fn in_reach(&self) -> i64 {
        i64::try_from(self.working.len()).unwrap_or(i64::MAX)
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

    /// The warning that a date carries, which was reckoned beyond what has been announced.
    pub fn beyond_known(&self, day: Date) -> Option<BeyondKnown> {
        self.is_beyond_known(day).then_some(BeyondKnown { known_until: self.known_until })
    }
}

/// A date was reckoned beyond the bank holidays that have been announced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BeyondKnown {
    pub known_until: Date,
}

impl std::fmt::Display for BeyondKnown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Bank holidays are known until {}; this date may still move.", crate::words::date(self.known_until))
    }
}

/// This many weeks of seven calendar days later.
pub fn add_weeks(start: Date, weeks: i32) -> Date {
    add_days(start, weeks.saturating_mul(7))
}

/// The same day number so many months later, or the month's last day where it has fewer.
pub fn add_months(start: Date, months: i32) -> Date {
    // A span holds no more than 20,000 years; a date ends long before.
    start.saturating_add(jiff::Span::new().months(months.clamp(-239_976, 239_976)))
}

/// So many calendar days later.
pub fn add_days(start: Date, days: i32) -> Date {
    start.saturating_add(jiff::Span::new().days(days.clamp(-7_304_484, 7_304_484)))
}

/// The calendar days after `from` up to and including `to`; negative when `to` lies before.
pub fn calendar_days_between(from: Date, to: Date) -> i32 {
    place(to) - place(from)
}

/// Days since [`FIRST`] by the arithmetic of the calendar; quicker than a span, and exact.
#[inline]
fn place(day: Date) -> i32 {
    serial(day.year() as i32, day.month() as i32, day.day() as i32) - FIRST_SERIAL
}

/// Days since 1 March of year 0: years begin in March, so that the leap day comes last.
const fn serial(y: i32, m: i32, d: i32) -> i32 {
    let (y, m) = if m <= 2 { (y - 1, m + 9) } else { (y, m - 3) };
    365 * y + y.div_euclid(4) - y.div_euclid(100) + y.div_euclid(400) + (153 * m + 2) / 5 + d - 1
}

/// Mondays to Fridays from [`FIRST`], a Monday, up to and including a place; counted backwards before it.
fn weekdays_until(place: i64) -> i64 {
    (place + 1).div_euclid(7) * 5 + (place + 1).rem_euclid(7).min(5)
}

/// The weekday with so many before it since [`FIRST`].
fn weekday(index: i64) -> Date {
    let place = index.div_euclid(5) * 7 + index.rem_euclid(5);
    add_days(FIRST, i32::try_from(place).unwrap_or(if place < 0 { i32::MIN } else { i32::MAX }))
}

#[cfg(test)]
mod tests;
