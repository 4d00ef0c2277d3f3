//! How much is left of a clock that runs in hours, or by how much it is late. The real clock runs through nights and
//! weekends; working hours are said only where a rule counts them.

use jiff::Timestamp;

use super::Clocks;
use crate::{figure, words};

/// What the board shows beside an enquiry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Countdown {
    Left { minutes: i64, counting: Counting },
    LateBy { minutes: i64, counting: Counting },
}

/// Which hours pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counting {
    /// Every hour, by day and night.
    RealHours,
    /// Those in which the office is open.
    WorkingHours,
}

/// What is left until a moment on the real clock, in whole minutes; the last minute is 0 left.
pub fn countdown(due_at: Timestamp, now: Timestamp) -> Countdown {
    // Compared with its parts of a second: a moment late is late.
    let (seconds, counting) = (due_at.duration_since(now).as_secs(), Counting::RealHours);
    if now <= due_at { Countdown::Left { minutes: seconds / 60, counting } } else { Countdown::LateBy { minutes: -seconds / 60, counting } }
}

/// What is left until a moment in open minutes.
pub fn countdown_open(due_at: Timestamp, now: Timestamp, clocks: &Clocks<'_>) -> Countdown {
    let (minutes, counting) = (clocks.hours.minutes_between(clocks.calendar, now, due_at), Counting::WorkingHours);
    if now <= due_at { Countdown::Left { minutes, counting } } else { Countdown::LateBy { minutes: -minutes, counting } }
}

impl Countdown {
    pub const fn is_late(self) -> bool {
        matches!(self, Countdown::LateBy { .. })
    }

    /// "2 hours 5 minutes left", "late by 3 calendar days", "late by 2 working hours".
    pub fn words(self) -> String {
        match self {
            Countdown::Left { minutes, counting } => format!("{} left", counting.span(minutes)),
            Countdown::LateBy { minutes, counting } => format!("late by {}", counting.span(minutes)),
        }
    }
}

impl Counting {
    pub(super) fn span(self, minutes: i64) -> String {
        match self {
            Counting::RealHours => span(minutes),
            Counting::WorkingHours if minutes < 60 => parts(minutes, "working minute", "hour"),
            Counting::WorkingHours => parts(minutes, "minute", "working hour"),
        }
    }
}

/// Minutes of the real clock as people say them: hours and minutes, whole calendar days from two days on.
pub fn span(minutes: i64) -> String {
    match minutes {
        ..2880 => parts(minutes, "minute", "hour"),
        _ => unit(figure::half_up(minutes, 1440).unwrap_or(0), "calendar day"),
    }
}

fn parts(minutes: i64, minute: &str, hour: &str) -> String {
    match minutes {
        ..1 => format!("less than a {minute}"),
        1..60 => unit(minutes, minute),
        _ if minutes % 60 == 0 => unit(minutes / 60, hour),
        _ => format!("{} {}", unit(minutes / 60, hour), unit(minutes % 60, minute)),
    }
}

fn unit(count: i64, one: &str) -> String {
    words::counted(count, one, &format!("{one}s"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timescale::nationally;
    use jiff::SignedDuration;

    #[test]
    fn counts_down_on_the_real_clock() {
        let due = Timestamp::from_second(1_795_400_000).unwrap();
        for (seconds, words) in [
            (4 * 3600, "4 hours left"),
            (2 * 3600 + 5 * 60 + 59, "2 hours 5 minutes left"),
            (61, "1 minute left"),
            (0, "less than a minute left"),
            (-1, "late by less than a minute"),
            (-3600, "late by 1 hour"),
            (-36 * 3600, "late by 36 hours"),
            (-72 * 3600, "late by 3 calendar days"),
        ] {
            assert_eq!(countdown(due, due - SignedDuration::from_secs(seconds)).words(), words);
        }
        assert!(countdown(due, due + SignedDuration::from_millis(1)).is_late());
    }

    #[test]
    fn counts_working_hours_while_the_office_is_open() {
        // Due on a Tuesday at 10am, after a bank holiday.
        let due: Timestamp = "2026-05-05T09:00:00Z".parse().unwrap();
        for (now, words) in [
            ("2026-05-01T15:15:00Z", "2 working hours 15 minutes left"),
            ("2026-05-03T12:00:00Z", "1 working hour 15 minutes left"),
            ("2026-05-05T08:50:00Z", "10 working minutes left"),
            ("2026-05-05T09:00:00Z", "less than a working minute left"),
            ("2026-05-05T09:00:01Z", "late by less than a working minute"),
            ("2026-05-06T09:00:00Z", "late by 8 working hours 30 minutes"),
        ] {
            assert_eq!(nationally(|clocks| countdown_open(due, now.parse().unwrap(), clocks)).words(), words, "{now}");
        }
    }
}
