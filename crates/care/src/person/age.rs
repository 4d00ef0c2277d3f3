//! Birth and age. Someone reaches an age at the beginning of the day of their birthday (Family Law Reform Act 1969,
//! section 9); who was born on 29 February reaches it on 1 March in other years. A child not yet born has an
//! expected date; a birth that nobody can prove may be an estimate, and is called one.

use crate::words;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What is known of a person's birth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Birth {
    BornOn(Date),
    /// The year, or the day, is an estimate.
    About(Date),
    ExpectedOn(Date),
    #[default]
    NotKnown,
}

impl Birth {
    /// The day of birth, exact or estimated, of someone who was born.
    pub fn date(self) -> Option<Date> {
        match self {
            Birth::BornOn(on) | Birth::About(on) => Some(on),
            Birth::ExpectedOn(_) | Birth::NotKnown => None,
        }
    }
}

/// Whole years of age on a date; `None` where the birth is not known, expected, or after that date.
pub fn age_in_years(birth: Birth, on: Date) -> Option<u16> {
    let born = birth.date().filter(|born| *born <= on)?;
    u16::try_from(months(born, on) / 12).ok()
}

/// The day on which someone reaches an age in years.
pub fn turns(born: Date, years: i16) -> Option<Date> {
    let year = born.year().checked_add(years)?;
    Date::new(year, born.month(), born.day()).or_else(|_| Date::new(year, 3, 1)).ok()
}

/// Age as people say it: "3 days", "5 weeks", "4 months", "7 years", "about 16 years",
/// "unborn, expected 3 March 2027", "died aged 81 years", "age not known".
pub fn age_in_words(birth: Birth, died_on: Option<Date>, on: Date) -> String {
    let died = died_on.filter(|died| *died <= on);
    let at = died.unwrap_or(on);
    let age = match birth {
        Birth::NotKnown if died.is_some() => return "died, age not known".into(),
        Birth::NotKnown => return "age not known".into(),
        Birth::ExpectedOn(expected) if expected < on => {
            return format!("was expected {}", words::date(expected));
        }
        Birth::ExpectedOn(expected) => {
            return format!("unborn, expected {}", words::date(expected));
        }
        Birth::BornOn(born) | Birth::About(born) if born > at => {
            return format!("born {}, after this date", words::date(born));
        }
        Birth::BornOn(born) => span(born, at),
        Birth::About(born) => format!("about {}", span(born, at)),
    };
    if died.is_some() { format!("died aged {age}") } else { age }
}

/// Days below two weeks, weeks below twelve, months below two years, years from then on.
fn span(born: Date, on: Date) -> String {
    let days = (on - born).get_days();
    let months = months(born, on);
    let (count, unit) = match (days, months) {
        (0, _) => return "born today".into(),
        (1..=13, _) => (days, "day"),
        (14..=83, _) => (days / 7, "week"),
        (_, ..=23) => (months, "month"),
        _ => (months / 12, "year"),
    };
    words::counted(i64::from(count), unit, &format!("{unit}s"))
}

fn months(born: Date, on: Date) -> i32 {
    let months = (i32::from(on.year()) - i32::from(born.year())) * 12 + i32::from(on.month()) - i32::from(born.month());
    months - i32::from(on.day() < born.day())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn says_ages() {
        let today = date(2026, 11, 23);
        for (birth, died, expected) in [
            (Birth::BornOn(date(2026, 11, 23)), None, "born today"),
            (Birth::BornOn(date(2026, 11, 22)), None, "1 day"),
            (Birth::BornOn(date(2026, 11, 10)), None, "13 days"),
            (Birth::BornOn(date(2026, 11, 9)), None, "2 weeks"),
            (Birth::BornOn(date(2026, 9, 1)), None, "11 weeks"),
            (Birth::BornOn(date(2026, 7, 23)), None, "4 months"),
            (Birth::BornOn(date(2026, 7, 24)), None, "3 months"),
            (Birth::BornOn(date(2024, 11, 24)), None, "23 months"),
            (Birth::BornOn(date(2024, 11, 23)), None, "2 years"),
            (Birth::BornOn(date(2019, 11, 24)), None, "6 years"),
            (Birth::BornOn(date(2019, 11, 23)), None, "7 years"),
            (Birth::About(date(2010, 1, 1)), None, "about 16 years"),
            (Birth::ExpectedOn(date(2027, 3, 3)), None, "unborn, expected 3 March 2027"),
            (Birth::ExpectedOn(date(2026, 11, 1)), None, "was expected 1 November 2026"),
            (Birth::NotKnown, None, "age not known"),
            (Birth::BornOn(date(1940, 1, 1)), Some(date(2021, 6, 1)), "died aged 81 years"),
            (Birth::BornOn(date(1940, 1, 1)), Some(date(2027, 6, 1)), "86 years"),
            (Birth::NotKnown, Some(date(2021, 6, 1)), "died, age not known"),
            (Birth::BornOn(date(2027, 1, 1)), None, "born 1 January 2027, after this date"),
        ] {
            assert_eq!(age_in_words(birth, died, today), expected, "{birth:?}");
        }
    }

    #[test]
    fn reckons_birthdays() {
        let leap = Birth::BornOn(date(2012, 2, 29));
        assert_eq!(age_in_years(leap, date(2026, 2, 28)), Some(13));
        assert_eq!(age_in_years(leap, date(2026, 3, 1)), Some(14));
        assert_eq!(turns(date(2012, 2, 29), 14), Some(date(2026, 3, 1)));
        assert_eq!(turns(date(2012, 2, 29), 16), Some(date(2028, 2, 29)));
        assert_eq!(turns(date(2012, 2, 28), i16::MAX), None);
        assert_eq!(age_in_years(Birth::BornOn(date(2027, 1, 1)), date(2026, 1, 1)), None);
        assert_eq!(age_in_years(Birth::ExpectedOn(date(2026, 1, 1)), date(2026, 1, 1)), None);
    }
}
