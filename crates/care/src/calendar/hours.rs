//! Office hours, for work that counts only while the office is open, and the clock in London.

use jiff::{
    Timestamp,
    civil::{Date, DateTime, Time, time},
    tz::TimeZone,
};

use super::{Calendar, add_days};

const A_MINUTE: i64 = 60_000;

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

/// The zone in which people here read the clock.
fn zone() -> TimeZone {
    // Where even the zone rules that are compiled in are missing, UTC is nearest to the truth.
    TimeZone::get("Europe/London").unwrap_or(TimeZone::UTC)
}

/// The instant in London, with its offset of that day.
pub fn london(at: Timestamp) -> jiff::Zoned {
    at.to_zoned(zone())
}

/// The instant at which clocks in London show this. An hour that the spring change leaves out is taken an hour later,
/// one that the autumn change gives twice is taken the first time.
pub fn london_instant(shown: DateTime) -> Timestamp {
    let end = if shown.year() > 0 { Timestamp::MAX } else { Timestamp::MIN };
    shown.to_zoned(zone()).map_or(end, |zoned| zoned.timestamp())
}

impl OfficeHours {
    /// The minutes of an open day.
    pub fn minutes_a_day(&self) -> i64 {
        self.millis_a_day() / A_MINUTE
    }

    /// The instant at which so many open minutes have passed: at closing time rather than at the next opening, where
    /// they end there. An office that never opens leaves the instant as it is.
    pub fn add_minutes(&self, calendar: &Calendar, from: Timestamp, minutes: i64) -> Timestamp {
        let (a_day, left) = (self.millis_a_day(), minutes.clamp(0, 1 << 40) * A_MINUTE);
        if a_day == 0 {
            return from;
        }
        let start = london(from);
        let today = self.open_millis(calendar, start.date(), start.time(), self.closes);
        if today > 0 && left <= today {
            return instant(start.date(), millis(self.closes) - today + left);
        }
        // Whole days first, so that at least a moment is left for the last.
        let rest = left - today;
        let whole = (rest - 1).max(0) / a_day;
        let day = calendar.add_working_days(start.date(), i32::try_from(whole + 1).unwrap_or(i32::MAX));
        instant(day, millis(self.opens) + rest - whole * a_day)
    }

    /// The whole open minutes between two instants; negative when the second lies before.
    pub fn minutes_between(&self, calendar: &Calendar, from: Timestamp, to: Timestamp) -> i64 {
        if to < from {
            return -self.minutes_between(calendar, to, from);
        }
        let (a, b) = (london(from), london(to));
        if a.date() == b.date() {
            return self.open_millis(calendar, a.date(), a.time(), b.time()) / A_MINUTE;
        }
        let whole = i64::from(calendar.working_days_between(a.date(), add_days(b.date(), -1))) * self.millis_a_day();
        let ends = self.open_millis(calendar, a.date(), a.time(), self.closes) + self.open_millis(calendar, b.date(), self.opens, b.time());
        (whole + ends) / A_MINUTE
    }

    fn millis_a_day(&self) -> i64 {
        (millis(self.closes) - millis(self.opens)).max(0)
    }

    /// How long the office is open on a day between two times.
    fn open_millis(&self, calendar: &Calendar, day: Date, from: Time, to: Time) -> i64 {
        if calendar.is_working_day(day) { (millis(to.min(self.closes)) - millis(from.max(self.opens))).max(0) } else { 0 }
    }
}

fn millis(clock: Time) -> i64 {
    let seconds = i64::from(clock.hour()) * 3600 + i64::from(clock.minute()) * 60 + i64::from(clock.second());
    seconds * 1000 + i64::from(clock.millisecond())
}

/// The instant at which clocks in London show so many milliseconds after midnight of a day.
fn instant(day: Date, millis: i64) -> Timestamp {
    let part = |n: i64| i32::try_from(n).unwrap_or(0);
    let (seconds, rest) = (part(millis / 1000), part(millis % 1000));
    let small = |n: i32| i8::try_from(n).unwrap_or(0);
    let shown = Time::new(small(seconds / 3600), small(seconds / 60 % 60), small(seconds % 60), rest * 1_000_000);
    london_instant(day.to_datetime(shown.unwrap_or(Time::MAX)))
}
