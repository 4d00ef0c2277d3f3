//! The years to which a return, a rule or a code belongs. A return's year is named by the calendar year in which it
//! ends: 2026 is 1 April 2025 to 31 March 2026, written 2025-26. (The workforce census counts at 30 September of it.)

use jiff::civil::Date;
use serde::Serialize;

/// One collection year, 1 April to 31 March.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct ReturnYear(i16);

/// From a year on, until a year, both included; an open side is always.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Years {
    pub from: Option<i16>,
    pub until: Option<i16>,
}

impl ReturnYear {
    /// The year that ends on 31 March of `ends`; from 1901 to 2199.
    pub fn ending(ends: i16) -> Option<ReturnYear> {
        (1901..2200).contains(&ends).then_some(ReturnYear(ends))
    }

    /// The year in which a day falls.
    pub fn of(day: Date) -> Option<ReturnYear> {
        let ends = if day.month() >= 4 { day.year().checked_add(1)? } else { day.year() };
        ReturnYear::ending(ends)
    }

    /// From `2025-26`, `2025_26`, `2025/26` or `2025-2026`.
    pub fn parse(text: &str) -> Option<ReturnYear> {
        let (first, second) = text.trim().split_once(['-', '_', '/'])?;
        let starts: i16 = first.parse().ok().filter(|_| first.len() == 4)?;
        let ends = starts.checked_add(1)?;
        let written = format!("{ends}");
        (second == written || written.get(2..) == Some(second)).then_some(())?;
        ReturnYear::ending(ends)
    }

    pub fn ends(self) -> i16 {
        self.0
    }

    pub fn first_day(self) -> Date {
        Date::constant(self.0 - 1, 4, 1)
    }

    pub fn last_day(self) -> Date {
        Date::constant(self.0, 3, 31)
    }

    /// As it is written, such as `2025-26`.
    pub fn label(self) -> String {
        format!("{}-{:02}", self.0 - 1, self.0 % 100)
    }
}

impl Years {
    pub const ALL: Years = Years { from: None, until: None };

    pub const fn from(year: i16) -> Years {
        Years { from: Some(year), until: None }
    }

    pub const fn until(year: i16) -> Years {
        Years { from: None, until: Some(year) }
    }

    pub fn include(self, year: ReturnYear) -> bool {
        self.from.is_none_or(|from| from <= year.0) && self.until.is_none_or(|until| year.0 <= until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_year_is_read_and_written() {
        let cases = [
            ("2025-26", Some("2025-26")),
            ("2025_26", Some("2025-26")),
            ("2025/2026", Some("2025-26")),
            ("1999-00", Some("1999-00")),
            ("2025-27", None),
            ("25-26", None),
            ("2025", None),
            ("", None),
            ("32767-68", None),
        ];
        for (text, expected) in cases {
            assert_eq!(ReturnYear::parse(text).map(ReturnYear::label).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_day_falls_in_the_year_that_ends_in_march() {
        let cases = [(date(2026, 3, 31), 2026), (date(2026, 4, 1), 2027), (date(2025, 12, 31), 2026)];
        for (day, ends) in cases {
            let year = ReturnYear::of(day).unwrap();
            assert_eq!(year.ends(), ends, "{day}");
            assert!(year.first_day() <= day && day <= year.last_day(), "{day}");
        }
        assert_eq!(ReturnYear::of(date(1066, 4, 13)), None);
        assert_eq!(ReturnYear::of(date(9999, 12, 31)), None);
    }

    #[test]
    fn years_include_both_ends() {
        let year = ReturnYear::ending(2025).unwrap();
        let cases = [
            (Years::ALL, true),
            (Years::from(2025), true),
            (Years::from(2026), false),
            (Years::until(2025), true),
            (Years::until(2024), false),
        ];
        for (years, expected) in cases {
            assert_eq!(years.include(year), expected, "{years:?}");
        }
    }
}
