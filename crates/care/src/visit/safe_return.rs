//! A worker who visits alone says when they will be back; somebody rings when they are not.

use jiff::{SignedDuration, Timestamp};

/// What was agreed before setting out, and the return.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CheckIn {
    pub back_by: Timestamp,
    pub back_at: Option<Timestamp>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SafeReturn {
    /// Out, and not expected back yet.
    Out {
        minutes_left: i64,
    },
    /// Expected back, within the minutes of grace.
    Expected,
    /// Ring now; then the manager.
    Overdue {
        minutes: i64,
    },
    Back,
}

/// How a check-in stands. `grace` is a dated setting, 15 minutes unless it says otherwise.
pub fn safe_return(check_in: CheckIn, now: Timestamp, grace: SignedDuration) -> SafeReturn {
    let late = now.as_second() - check_in.back_by.as_second();
    match check_in.back_at {
        Some(_) => SafeReturn::Back,
        None if late < 0 => SafeReturn::Out { minutes_left: -late / 60 },
        None if late <= grace.as_secs() => SafeReturn::Expected,
        None => SafeReturn::Overdue { minutes: late / 60 },
    }
}

/// The minutes of grace unless a setting says otherwise.
pub const GRACE: SignedDuration = SignedDuration::from_mins(15);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rings_when_somebody_is_not_back() {
        let back_by = Timestamp::from_second(1_795_400_000).unwrap();
        for (seconds, back_at, expected) in [
            (-3600, None, SafeReturn::Out { minutes_left: 60 }),
            (0, None, SafeReturn::Expected),
            (900, None, SafeReturn::Expected),
            (901, None, SafeReturn::Overdue { minutes: 15 }),
            (7200, None, SafeReturn::Overdue { minutes: 120 }),
            (7200, Some(back_by), SafeReturn::Back),
        ] {
            let now = back_by + SignedDuration::from_secs(seconds);
            assert_eq!(safe_return(CheckIn { back_by, back_at }, now, GRACE), expected);
        }
    }
}
