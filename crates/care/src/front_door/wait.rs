//! How long is left, and how long people waited. The real clock runs through nights and weekends; working time is said
//! only for routine enquiries. What is open and late is counted as late, by how much.

use crate::{figure, words};
use jiff::Timestamp;

/// What the board shows beside an enquiry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Countdown {
    Left { minutes: i64 },
    LateBy { minutes: i64 },
}

/// What is left until a moment on the real clock, in whole minutes; the last minute is 0 left.
pub fn countdown(due_at: Timestamp, now: Timestamp) -> Countdown {
    let seconds = due_at.as_second() - now.as_second();
    if seconds >= 0 { Countdown::Left { minutes: seconds / 60 } } else { Countdown::LateBy { minutes: -seconds / 60 } }
}

impl Countdown {
    pub const fn is_late(self) -> bool {
        matches!(self, Countdown::LateBy { .. })
    }

    /// "2 hours 5 minutes left", "late by 3 days".
    pub fn words(self) -> String {
        match self {
            Countdown::Left { minutes } => format!("{} left", span(minutes)),
            Countdown::LateBy { minutes } => format!("late by {}", span(minutes)),
        }
    }
}

/// How long people waited for an answer, in minutes of the real clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waits {
    pub answered: usize,
    /// Half waited this long or less.
    pub middle: i64,
    /// Nine in ten waited this long or less.
    pub nine_in_ten: i64,
    pub longest: i64,
    /// Still waiting now, and the longest of them.
    pub still_waiting: usize,
    pub longest_still_waiting: Option<i64>,
}

/// How long people waited; `None` when nobody was answered and nobody waits.
pub fn waits(answered: &[i64], still_waiting: &[i64]) -> Option<Waits> {
    if answered.is_empty() && still_waiting.is_empty() {
        return None;
    }
    let mut sorted = answered.to_vec();
    sorted.sort_unstable();
    // The smallest wait that at least this share of people did not exceed.
    let within = |tenths: usize| sorted.get((sorted.len() * tenths).div_ceil(10).max(1) - 1).copied().unwrap_or(0);
    Some(Waits {
        answered: sorted.len(),
        middle: within(5),
        nine_in_ten: within(9),
        longest: sorted.last().copied().unwrap_or(0),
        still_waiting: still_waiting.len(),
        longest_still_waiting: still_waiting.iter().max().copied(),
    })
}

impl Waits {
    pub fn words(&self) -> String {
        let answered = match self.answered {
            0 => "nobody was answered yet".into(),
            n => format!(
                "{} answered: half within {}, nine in ten within {}, the longest {}",
                n,
                span(self.middle),
                span(self.nine_in_ten),
                span(self.longest)
            ),
        };
        match self.longest_still_waiting {
            Some(longest) => format!("{answered}; {} still waiting, the longest {}", self.still_waiting, span(longest)),
            None => answered,
        }
    }
}

/// Minutes as people say them: the two largest units below a day, whole days from two days on.
fn span(minutes: i64) -> String {
    let unit = |count: i64, one: &str| words::counted(count, one, &format!("{one}s"));
    match minutes {
        ..60 => {
            if minutes == 0 {
                "less than a minute".into()
            } else {
                unit(minutes, "minute")
            }
        }
        60..2880 if minutes % 60 == 0 => unit(minutes / 60, "hour"),
        60..2880 => format!("{} {}", unit(minutes / 60, "hour"), unit(minutes % 60, "minute")),
        _ => unit(figure::half_up(minutes, 1440).unwrap_or(0), "day"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
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
            (-72 * 3600, "late by 3 days"),
        ] {
            assert_eq!(countdown(due, due - SignedDuration::from_secs(seconds)).words(), words);
        }
    }

    #[test]
    fn says_how_long_people_waited() {
        assert_eq!(waits(&[], &[]), None);
        let ten: Vec<i64> = (1..=10).map(|n| n * 60).collect();
        let measured = waits(&ten, &[30]).unwrap();
        assert_eq!((measured.middle, measured.nine_in_ten, measured.longest), (300, 540, 600));
        assert_eq!(
            measured.words(),
            "10 answered: half within 5 hours, nine in ten within 9 hours, the longest 10 hours; 1 still waiting, the \
             longest 30 minutes"
        );
        assert_eq!(waits(&[], &[5]).unwrap().words(), "nobody was answered yet; 1 still waiting, the longest 5 minutes");
        assert_eq!(waits(&[7], &[]).unwrap().middle, 7);
    }
}
