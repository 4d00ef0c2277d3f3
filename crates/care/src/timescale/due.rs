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
    /// "Friday 20 November 2026: the referral was received"
    pub start: String,
    pub arithmetic: String,
    pub source: String,
    /// What makes the date less than sure: holidays not yet announced, a start before the rule was in force.
    pub warning: Option<String>,
    pub unit: Unit,
    pub counts_working_days: bool,
}

impl Due {
    /// Everything that the date follows from, a line for each: rule, start, arithmetic, source and warning.
    pub fn explain(&self) -> String {
        let mut text =
            format!("Rule: {}: {}\nStarts: {}\nReckoned: {}\nSource: {}\n", self.name, self.rule, self.start, self.arithmetic, self.source);
        if let Some(warning) = &self.warning {
            text.push_str(&format!("Beware: {warning}\n"));
        }
        text
    }
}

impl Timescale {
    /// When this falls due. A rule in hours needs an instant to run from; given a day, it runs from the day's start.
    pub fn due(&self, start: Start, calendar: &Calendar, hours: &OfficeHours) -> Due {
        let (on, at) = self.reckon(start, calendar, hours);
        Due {
            code: self.code.clone(),
            name: self.name.clone(),
            on,
            at,
            rule: self.words.clone(),
            start: self.start_in_words(start),
            arithmetic: self.arithmetic(start, on, at, calendar, hours),
            source: format!("{} ({}; {})", self.source, self.kind.label().to_lowercase(), self.checked.label()),
            warning: self.warning(start, on, calendar),
            unit: self.unit,
            counts_working_days: matches!(self.unit, Unit::WorkingDays | Unit::OfficeHours),
        }
    }

    /// The bare date (and instant, where hours count).
    pub fn reckon(&self, start: Start, calendar: &Calendar, hours: &OfficeHours) -> (Date, Option<Timestamp>) {
        match self.unit {
            Unit::Hours | Unit::OfficeHours => {
                let at = self.instant(start, calendar, hours);
                (calendar::london(at).date(), Some(at))
            }
            _ => (self.rolled(self.unrolled(start.day(), calendar), calendar), None),
        }
    }

    /// Day 1, where the start counts: for working days the first one on or after the start, or on or before it where
    /// the rule runs backwards.
    pub(super) fn day_one(&self, start: Date, calendar: &Calendar) -> Date {
        match (self.unit, self.amount) {
            (Unit::WorkingDays, ..0) => calendar.previous_working_day(start),
            (Unit::WorkingDays, _) => calendar.next_working_day(start),
            _ => start,
        }
    }

    /// The due day before it is moved off a weekend or holiday.
    pub(super) fn unrolled(&self, start: Date, calendar: &Calendar) -> Date {
        // A start that counts takes one day off the length, in whichever direction the rule runs.
        let (day, one) = match self.start_day {
            StartDay::IsDayZero => (start, 0),
            StartDay::IsDayOne => (self.day_one(start, calendar), self.amount.signum()),
        };
        match self.unit {
            Unit::WorkingDays => calendar.add_working_days(day, self.amount - one),
            Unit::Weeks => calendar::add_days(day, self.amount * 7 - one),
            Unit::Months => calendar::add_days(calendar::add_months(day, self.amount), -one),
            Unit::Years => calendar::add_days(calendar::add_months(day, self.amount * 12), -one),
            Unit::CalendarDays | Unit::Hours | Unit::OfficeHours => calendar::add_days(day, self.amount - one),
        }
    }

    fn instant(&self, start: Start, calendar: &Calendar, hours: &OfficeHours) -> Timestamp {
        let from = match start {
            Start::At(at) => at,
            Start::On(day) => calendar::london_instant(day.to_datetime(jiff::civil::Time::midnight())),
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

    fn warning(&self, start: Start, on: Date, calendar: &Calendar) -> Option<String> {
        let counts_holidays = matches!(self.unit, Unit::WorkingDays | Unit::OfficeHours) || self.roll != Roll::Stays;
        let unsure = calendar.beyond_known(on).filter(|_| counts_holidays).map(|beyond| beyond.to_string());
        let early = (start.day() < self.from_on)
            .then(|| format!("The rule is held here as from {}; this started before.", words::date(self.from_on)));
        match (unsure, early) {
            (Some(a), Some(b)) => Some(format!("{a} {b}")),
            (a, b) => a.or(b),
        }
    }
}
