//! Office hours, for work that counts only while the office is open, and the clock in London.

use jiff::{
    Timestamp, Unit, Zoned,
    civil::{Date, Time, time},
    tz::TimeZone,
};

use super::Calendar;

/// Monday to Friday, bank holidays apart, from opening to closing: a dated local setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OfficeHours {
    pub opens: Time,
    pub closes: Time,
}

impl Default for OfficeHours {
    fn default() -> Self {
        OfficeHours { opens: time(8, 45, 0, 0), closes: time(17, 15, 0, 0) }
    }
}

/// The instant in London, with its offset of that day.
pub fn london(at: Timestamp) -> Zoned {
    // Where even the zone rules that are compiled in are missing, UTC is nearest to the truth.
    at.to_zoned(TimeZone::get("Europe/London").unwrap_or(TimeZone::UTC))
}

impl OfficeHours {
    /// The minutes of an open day.
    pub fn minutes_a_day(&self) -> i64 {
        minutes(self.opens, self.closes)
    }

    /// The instant at which so many open minutes have passed.
    pub fn add_minutes(&self, calendar: &Calendar, from: Timestamp, mut left: i64) -> Timestamp {
        let start = london(from);
        let (mut day, mut clock) = (start.date(), start.time());
        loop {
            if calendar.is_working_day(day) {
                let begin = clock.max(self.opens);
                let open = minutes(begin, self.closes).max(0);
                if open > 0 && left <= open {
                    return instant(day, begin, left).unwrap_or(from);
                }
                left -= open;
            }
            (day, clock) = (super::add_days(day, 1), Time::midnight());
        }
    }

    /// The open minutes between two instants; negative when the second lies before.
    pub fn minutes_between(&self, calendar: &Calendar, from: Timestamp, to: Timestamp) -> i64 {
        if to < from {
            return -self.minutes_between(calendar, to, from);
        }
        let (a, b) = (london(from), london(to));
        let within = |day: Date, from: Time, to: Time| {
            if calendar.is_working_day(day) { minutes(from.max(self.opens), to.min(self.closes)).max(0) } else { 0 }
        };
        if a.date() == b.date() {
            return within(a.date(), a.time(), b.time());
        }
        let whole = i64::from(calendar.working_days_between(a.date(), super::add_days(b.date(), -1))) * self.minutes_a_day();
        within(a.date(), a.time(), Time::MAX) + whole + within(b.date(), Time::midnight(), b.time())
    }
}

fn minutes(from: Time, to: Time) -> i64 {
    let seconds = |t: Time| i64::from(t.hour()) * 3600 + i64::from(t.minute()) * 60 + i64::from(t.second());
    (seconds(to) - seconds(from)).div_euclid(60)
}

fn instant(day: Date, clock: Time, minutes: i64) -> Option<Timestamp> {
    let zoned = day.to_datetime(clock).to_zoned(TimeZone::get("Europe/London").unwrap_or(TimeZone::UTC)).ok()?;
    let later = zoned.checked_add(jiff::Span::new().minutes(minutes)).ok()?;
    later.round(Unit::Millisecond).ok().map(|z| z.timestamp())
}
