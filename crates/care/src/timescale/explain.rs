//! How a due date was reckoned, in words that a person can follow on a wall calendar or a clock.

use jiff::{Timestamp, civil::Date};

use super::{Due, Roll, Start, StartDay, Timescale, Unit};
use crate::{
    calendar::{self, Calendar, OfficeHours},
    words::{self, weekday_and_date},
};

impl Timescale {
    /// "Friday 20 November 2026: the referral was received", with the time where hours count.
    pub(super) fn start_in_words(&self, start: Start) -> String {
        match (start, self.unit) {
            (Start::At(at), Unit::Hours | Unit::OfficeHours) => {
                let shown = calendar::london(at).datetime();
                format!("{} at {}: {}", weekday_and_date(shown.date()), words::time(shown), self.anchor)
            }
            _ => format!("{}: {}", weekday_and_date(start.day()), self.anchor),
        }
    }

    pub(super) fn arithmetic(&self, start: Start, on: Date, at: Option<Timestamp>, calendar: &Calendar, hours: &OfficeHours) -> String {
        match (at, self.unit) {
            (Some(until), Unit::OfficeHours) => self.in_office_hours(start, until, calendar, hours),
            (Some(until), _) => self.in_hours(start, until),
            (None, _) => self.in_days(start.day(), on, calendar),
        }
    }

    /// "Friday 20 November 2026 is day 0; 45 working days on, not counting weekends or 25 December (…), is …".
    fn in_days(&self, start: Date, on: Date, calendar: &Calendar) -> String {
        let unrolled = self.unrolled(start, calendar);
        let (first, steps) = match self.start_day {
            StartDay::IsDayZero => {
                let towards = if self.amount < 0 { "before" } else { "on" };
                (format!("{} is day 0", weekday_and_date(start)), format!("{} {towards}", self.length_in_days()))
            }
            StartDay::IsDayOne => (self.first_day(start, calendar), format!("the last of {}", self.length_in_days())),
        };
        let skipped = if self.unit == Unit::WorkingDays { skipped(start, unrolled, calendar) } else { self.short_month(start) };
        format!("{first}; {steps}{skipped} is {}{}.", weekday_and_date(unrolled), self.moved(unrolled, on))
    }

    fn first_day(&self, start: Date, calendar: &Calendar) -> String {
        match self.day_one(start, calendar) {
            day if day == start => format!("{} is day 1", weekday_and_date(start)),
            day => format!("{} is no working day, so {} is day 1", weekday_and_date(start), weekday_and_date(day)),
        }
    }

    /// Says why the day number changed.
    fn short_month(&self, start: Date) -> String {
        let months = match self.unit {
            Unit::Months => self.amount,
            Unit::Years => self.amount * 12,
            _ => return String::new(),
        };
        let reached = calendar::add_months(start, months);
        if reached.day() == start.day() {
            return String::new();
        }
        format!(", at the end of {} because it has no day {},", reached.strftime("%B %Y"), start.day())
    }

    fn moved(&self, unrolled: Date, on: Date) -> String {
        match self.roll {
            _ if unrolled == on => String::new(),
            Roll::PreviousWorkingDay => format!(", which moves back to the working day before, {}", weekday_and_date(on)),
            Roll::NextWorkingDay | Roll::Stays => format!(", which moves on to the next working day, {}", weekday_and_date(on)),
        }
    }

    /// "From 6pm on Friday 27 March 2026, 72 hours on the clock, through nights and weekends, end at …".
    fn in_hours(&self, start: Start, until: Timestamp) -> String {
        let (from, to) = (calendar::london(beginning(start)), calendar::london(until));
        let change = if from.offset() == to.offset() { "" } else { ", the clocks having changed between" };
        format!("From {}, {}, through nights, weekends and bank holidays, end at {}{change}.", moment(&from), self.length(), moment(&to))
    }

    fn in_office_hours(&self, start: Start, until: Timestamp, calendar: &Calendar, hours: &OfficeHours) -> String {
        let (from, to) = (calendar::london(beginning(start)), calendar::london(until));
        let clock = |time| words::time(from.date().to_datetime(time));
        let skipped = skipped(from.date(), to.date(), calendar);
        format!(
            "From {}, {}, counted from {} to {}{skipped} end at {}.",
            moment(&from),
            self.length(),
            clock(hours.opens),
            clock(hours.closes),
            moment(&to)
        )
    }
}

impl Due {
    /// "Wednesday 27 January 2027", or "6pm on Monday 30 March 2026" where hours count.
    pub fn when(&self) -> String {
        self.at.map_or_else(|| weekday_and_date(self.on), |at| moment(&calendar::london(at)))
    }
}

fn beginning(start: Start) -> Timestamp {
    match start {
        Start::At(at) => at,
        Start::On(day) => calendar::london_instant(day.to_datetime(jiff::civil::Time::midnight())),
    }
}

fn moment(at: &jiff::Zoned) -> String {
    format!("{} on {}", words::time(at.datetime()), weekday_and_date(at.date()))
}

/// The weekends and holidays between a start and its due date, neither of the two being one that was counted past.
fn skipped(start: Date, due: Date, calendar: &Calendar) -> String {
    let (low, high) = if due < start { (calendar::add_days(due, -1), calendar::add_days(start, -1)) } else { (start, due) };
    let off: Vec<String> = calendar.holidays_between(low, high).map(|h| format!("{} ({})", h.on.strftime("%-d %B"), h.name)).collect();
    match off.as_slice() {
        [] => ", not counting weekends,".into(),
        _ => format!(", not counting weekends or {},", words::joined(&off)),
    }
}
