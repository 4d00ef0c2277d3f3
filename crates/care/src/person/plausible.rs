//! Which dates can be true. Only the impossible is refused (an event in the future, an end before its start, a
//! person older than 120, a birth after something that happened to them); the merely odd is kept and queried
//! elsewhere, because a worker who is refused enters a false date or none.

use crate::words;
use jiff::{ToSpan, civil::Date};
use std::fmt;

/// Nobody on record is older than this, in years.
pub const OLDEST: i16 = 120;

/// Why a date cannot be true. `what` names the date as its label does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DateProblem {
    Future { what: String },
    Past { what: String },
    TooLongAgo { what: String },
    TooFarAhead { what: String, latest: Date },
    Before { what: String, other: String, other_on: Date },
    BornAfter { event: String, event_on: Date },
}

/// Something that happened: today or before.
pub fn happened(what: &str, on: Date, today: Date) -> Result<Date, DateProblem> {
    if on > today {
        return Err(DateProblem::Future { what: what.into() });
    }
    not_too_long_ago(what, on, today)
}

/// Something that is planned: today or later.
pub fn planned(what: &str, on: Date, today: Date) -> Result<Date, DateProblem> {
    if on < today { Err(DateProblem::Past { what: what.into() }) } else { Ok(on) }
}

/// A date of birth: not in the future, not more than 120 years ago, not after anything that is recorded of the
/// person. Of several events that come before, the first is named.
pub fn born(on: Date, events: &[(&str, Date)], today: Date) -> Result<Date, DateProblem> {
    happened("Date of birth", on, today)?;
    match events.iter().filter(|(_, event_on)| *event_on < on).min_by_key(|(_, event_on)| *event_on) {
        Some((event, event_on)) => Err(DateProblem::BornAfter { event: (*event).into(), event_on: *event_on }),
        None => Ok(on),
    }
}

/// The expected date of an unborn child: within 44 weeks from now, and no more than 6 weeks past (then the birth or
/// the loss should be recorded).
pub fn expected(on: Date, today: Date) -> Result<Date, DateProblem> {
    let latest = today.saturating_add(44.weeks());
    if on > latest {
        return Err(DateProblem::TooFarAhead { what: "Expected date of birth".into(), latest });
    }
    if on < today.saturating_sub(6.weeks()) {
        return Err(DateProblem::Past { what: "Expected date of birth".into() });
    }
    Ok(on)
}

/// One date that cannot come before another: an end before its start, a visit before the referral.
pub fn not_before(what: &str, on: Date, other: &str, other_on: Date) -> Result<Date, DateProblem> {
    if on < other_on {
        return Err(DateProblem::Before { what: what.into(), other: other.into(), other_on });
    }
    Ok(on)
}

fn not_too_long_ago(what: &str, on: Date, today: Date) -> Result<Date, DateProblem> {
    let earliest = today.saturating_sub((OLDEST + 1).years());
    if on <= earliest { Err(DateProblem::TooLongAgo { what: what.into() }) } else { Ok(on) }
}

impl fmt::Display for DateProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use DateProblem::*;
        match self {
            Future { what } => write!(f, "{what} must be today or in the past"),
            Past { what } => write!(f, "{what} must be today or in the future"),
            TooLongAgo { what } => write!(f, "{what} must be within the last {OLDEST} years"),
            TooFarAhead { what, latest } => {
                write!(f, "{what} must be on or before {}", words::date(*latest))
            }
            Before { what, other, other_on } => {
                write!(f, "{what} must be on or after {other}, {}", words::date(*other_on))
            }
            BornAfter { event, event_on } => {
                write!(f, "Date of birth must be on or before {event}, {}", words::date(*event_on))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 23);

    #[test]
    fn judges_births() {
        let events = [("the referral", date(2024, 5, 1)), ("the first visit", date(2024, 5, 3))];
        for (on, expected) in [
            (date(2026, 11, 24), Some("Date of birth must be today or in the past")),
            // 120 years old, one day short of 121.
            (date(1905, 11, 24), None),
            (date(1905, 11, 23), Some("Date of birth must be within the last 120 years")),
            (date(2024, 5, 1), None),
            (date(2024, 5, 2), Some("Date of birth must be on or before the referral, 1 May 2024")),
            (date(2026, 11, 23), Some("Date of birth must be on or before the referral, 1 May 2024")),
        ] {
            let said = born(on, &events, TODAY).err().map(|p| p.to_string());
            assert_eq!(said.as_deref(), expected, "{on}");
        }
    }

    #[test]
    fn judges_other_dates() {
        let say = |result: Result<Date, DateProblem>| result.map(|_| ()).map_err(|p| p.to_string());
        assert_eq!(say(happened("Date of visit", TODAY, TODAY)), Ok(()));
        assert_eq!(say(happened("Date of visit", date(2026, 11, 24), TODAY)), Err("Date of visit must be today or in the past".into()));
        assert_eq!(say(planned("First visit", TODAY, TODAY)), Ok(()));
        assert_eq!(say(planned("First visit", date(2026, 11, 22), TODAY)), Err("First visit must be today or in the future".into()));
        assert_eq!(say(expected(date(2027, 9, 27), TODAY)), Ok(()));
        assert_eq!(say(expected(date(2027, 9, 28), TODAY)), Err("Expected date of birth must be on or before 27 September 2027".into()));
        assert_eq!(say(expected(date(2026, 10, 12), TODAY)), Ok(()));
        assert!(expected(date(2026, 10, 11), TODAY).is_err());
        assert_eq!(
            say(not_before("End date", date(2026, 1, 1), "the start", date(2026, 1, 2))),
            Err("End date must be on or after the start, 2 January 2026".into())
        );
    }
}
