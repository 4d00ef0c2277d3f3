//! A due date and everything that it follows from.

use jiff::{SignedDuration, Timestamp, civil::Date};
use serde::Serialize;

use super::{Roll, StartDay, Timescale, Unit};
use crate::{
    calendar::{self, Calendar, OfficeHours},
    words,
};

/// From when a clock runs: a day, or an instant where hours count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    On(Date),
    At(Timestamp),
}

impl Start {
    pub fn day(self) -> Date {
        match self {
            Start::On(day) => day,
            Start::At(at) => calendar::london(at).date(),
        }
    }
}

/// When something is due, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Due {
    pub code: String,
    pub name: String,
    pub on: Date,
    /// Where hours count: the instant.
    pub at: Option<Timestamp>,
    /// The rule in words.
    pub rule: String,
    /// "Fri 20 November 2026, when the referral was received"
    pub start: String,
    pub arithmetic: String,
    pub source: String,
    /// A warning when the date lies beyond the holidays that have been announced.
    pub warning: Option<String>,
    pub counts_working_days: bool,
}

impl Timescale {
    /// When this falls due. A rule in hours needs an instant to run from; given a day, it runs from the day's start.
    pub fn due(&self, start: Start, calendar: &Calendar, hours: &OfficeHours) -> Due {
        let (on, at) = self.reckon(start, calendar, hours);
        let warning = (self.unit == Unit::WorkingDays && calendar.is_beyond_known(on))
            .then(|| format!("Bank holidays are known until {}; this date may still move.", words::date(calendar.known_until())));
        Due {
            code: self.code.clone(),
            name: self.name.clone(),
            on,
            at,
            rule: self.words.clone(),
            start: format!("{}: {}", words::weekday_and_date(start.day()), self.anchor),
            arithmetic: self.arithmetic(start, on, at, calendar),
            source: format!("{} ({}; {})", self.source, self.kind.label().to_lowercase(), self.checked.label()),
            warning,
            counts_working_days: matches!(self.unit, Unit::WorkingDays | Unit::OfficeHours),
        }
    }

    /// The bare date (and instant, where hours count).
    pub fn reckon(&self, start: Start, calendar: &Calendar, hours: &OfficeHours) -> (Date, Option<Timestamp>) {
        let day = start.day();
        let ones = i32::from(self.start_day == StartDay::IsDayOne && self.amount > 0);
        let on = match self.unit {
            Unit::WorkingDays => match self.amount - ones {
                // Day 1 itself, when the start counts and is the only day.
                0 if ones == 1 => calendar.next_working_day(day),
                n if ones == 1 && !calendar.is_working_day(day) => calendar.add_working_days(day, n + 1),
                n => calendar.add_working_days(day, n),
            },
            Unit::CalendarDays => calendar::add_days(day, self.amount - ones),
            Unit::Weeks => calendar::add_days(day, self.amount * 7 - ones),
            Unit::Months => calendar::add_days(calendar::add_months(day, self.amount), -ones),
            Unit::Years => calendar::add_days(calendar::add_months(day, self.amount * 12), -ones),
            Unit::Hours | Unit::OfficeHours => {
                let at = self.instant(start, calendar, hours);
                return (calendar::london(at).date(), Some(at));
            }
        };
        (self.rolled(on, calendar), None)
    }

    fn instant(&self, start: Start, calendar: &Calendar, hours: &OfficeHours) -> Timestamp {
        let from = match start {
            Start::At(at) => at,
            Start::On(day) => day
                .to_zoned(jiff::tz::TimeZone::get("Europe/London").unwrap_or(jiff::tz::TimeZone::UTC))
                .map_or(Timestamp::UNIX_EPOCH, |z| z.timestamp()),
        };
        match self.unit {
            Unit::OfficeHours => hours.add_minutes(calendar, from, i64::from(self.amount) * 60),
            _ => from.saturating_add(SignedDuration::from_hours(i64::from(self.amount))).unwrap_or(from),
        }
    }

    fn rolled(&self, on: Date, calendar: &Calendar) -> Date {
        match self.roll {
            Roll::Stays => on,
            Roll::NextWorkingDay => calendar.next_working_day(on),
            Roll::PreviousWorkingDay => calendar.previous_working_day(on),
        }
    }

    /// "Friday 20 November 2026 is day 0; 45 working days on, not counting weekends and 25 December, …, is …".
    fn arithmetic(&self, start: Start, on: Date, at: Option<Timestamp>, calendar: &Calendar) -> String {
        let zero = match self.start_day {
            StartDay::IsDayZero => "day 0",
            StartDay::IsDayOne => "day 1",
        };
        let towards = if self.amount < 0 { "before" } else { "on" };
        let end = at.map_or_else(|| words::weekday_and_date(on), |at| words::date_and_time(calendar::london(at).datetime()));
        let mut text = format!("{} is {zero}; {} {towards}", words::weekday_and_date(start.day()), self.length());
        if matches!(self.unit, Unit::WorkingDays | Unit::OfficeHours) {
            let (low, high) = if self.amount < 0 { (calendar::add_days(on, -1), start.day()) } else { (start.day(), on) };
            let off: Vec<String> =
                calendar.holidays_between(low, high).map(|h| format!("{} ({})", h.on.strftime("%-d %B"), h.name)).collect();
            text.push_str(", not counting weekends");
            if !off.is_empty() {
                text.push_str(&format!(" or {}", words::joined(&off)));
            }
            text.push(',');
        }
        format!("{text} is {end}.")
    }
}
