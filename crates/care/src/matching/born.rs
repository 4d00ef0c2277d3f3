//! A date of birth as far as it is known (a year, a month and a year, or the whole day), the ways in which such dates
//! are mistaken, and how much alike two of them are. Mistakes met in practice: day and month changed round, one digit
//! wrong or two changed round, the right day in a wrong month or year, 1 January where only the year was known.
//! Leaves out: whether a date is plausible (`person::plausible`).

use jiff::civil::Date;

/// Known parts only. A day without a month is possible, as when someone remembers no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Born {
    pub year: Option<i16>,
    pub month: Option<i8>,
    pub day: Option<i8>,
}

/// How much alike two dates of birth are, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BornLikeness {
    Same,
    /// The same as far as the less complete one goes; the year agrees.
    SameAsFarAsKnown,
    DayAndMonthSwapped,
    /// One digit other, or two digits of one part changed round.
    OneSlip,
    /// Two of the three parts agree.
    TwoParts,
    /// Estimated or expected dates within a few weeks, or the years one apart with nothing more known.
    Near,
    SameYear,
    Unlike,
    NotKnown,
}

impl Born {
    pub fn on(date: Date) -> Born {
        Born { year: Some(date.year()), month: Some(date.month()), day: Some(date.day()) }
    }

    pub fn whole(self) -> Option<(i16, i8, i8)> {
        Some((self.year?, self.month?, self.day?))
    }

    pub fn is_unknown(self) -> bool {
        self == Born::default()
    }

    /// 1 January stands in many records for "some time in that year".
    pub fn may_be_a_guess(self) -> bool {
        self.month == Some(1) && self.day == Some(1)
    }

    pub fn compare(self, other: Born) -> BornLikeness {
        if self.is_unknown() || other.is_unknown() {
            return BornLikeness::NotKnown;
        }
        match (self.whole(), other.whole()) {
            (Some(one), Some(two)) => compare_whole(one, two),
            _ => compare_parts(self, other),
        }
    }

    /// The other dates that a mistaken whole date may have been, likeliest first, itself first of all. Not every one
    /// is a day of the calendar: they are only looked up.
    pub fn mistaken(self) -> Vec<(i16, i8, i8)> {
        let Some((year, month, day)) = self.whole() else { return Vec::new() };
        let mut dates = vec![(year, month, day), (year, day, month)];
        dates.extend(digits(day, 31).into_iter().map(|d| (year, month, d)));
        dates.extend(digits(month, 12).into_iter().map(|m| (year, m, day)));
        dates.extend(years(year).into_iter().map(|y| (y, month, day)));
        dates.extend((1..=31).map(|d| (year, month, d)));
        dates.extend((1..=12).map(|m| (year, m, day)));
        let mut seen = std::collections::HashSet::new();
        dates.retain(|date| date.1 <= 12 && seen.insert(*date));
        dates
    }

    /// The first and the last day that a date leaves open of which the year is known and the day is not.
    pub fn open_days(self) -> Option<(Parts, Parts)> {
        let year = self.year.filter(|_| self.day.is_none())?;
        Some(((year, self.month.unwrap_or(1), 1), (year, self.month.unwrap_or(12), 31)))
    }
}

/// Year, month and day.
pub type Parts = (i16, i8, i8);

fn compare_whole(one: (i16, i8, i8), two: (i16, i8, i8)) -> BornLikeness {
    let same = [one.0 == two.0, one.1 == two.1, one.2 == two.2];
    match same.iter().filter(|s| **s).count() {
        3 => BornLikeness::Same,
        2 if one_slip(one, two) => BornLikeness::OneSlip,
        2 => BornLikeness::TwoParts,
        _ if same[0] && one.1 == two.2 && one.2 == two.1 => BornLikeness::DayAndMonthSwapped,
        _ if days_apart(one, two) <= 31 => BornLikeness::Near,
        _ if same[0] => BornLikeness::SameYear,
        _ => BornLikeness::Unlike,
    }
}

fn compare_parts(one: Born, two: Born) -> BornLikeness {
    let agrees = |a: Option<i8>, b: Option<i8>| a.is_none() || b.is_none() || a == b;
    let rest = agrees(one.month, two.month) && agrees(one.day, two.day);
    match (one.year, two.year) {
        (Some(a), Some(b)) if a == b && rest => BornLikeness::SameAsFarAsKnown,
        (Some(a), Some(b)) if a == b => BornLikeness::SameYear,
        (Some(a), Some(b)) if a.abs_diff(b) == 1 => BornLikeness::Near,
        (Some(_), Some(_)) => BornLikeness::Unlike,
        _ if one.month.is_some() && one.month == two.month && rest => BornLikeness::TwoParts,
        _ => BornLikeness::NotKnown,
    }
}

/// Of dates that differ in one part only: that part differs in one digit, or has two neighbouring digits exchanged.
fn one_slip(one: (i16, i8, i8), two: (i16, i8, i8)) -> bool {
    let part = match () {
        () if one.0 != two.0 => (one.0, two.0),
        () if one.1 != two.1 => (one.1.into(), two.1.into()),
        () => (one.2.into(), two.2.into()),
    };
    let digits = |n: i16| [n / 1000 % 10, n / 100 % 10, n / 10 % 10, n % 10];
    let (a, b) = (digits(part.0), digits(part.1));
    let other: Vec<usize> = (0..4).filter(|at| a[*at] != b[*at]).collect();
    match other.as_slice() {
        [_] => true,
        [first, second] => second - first == 1 && a[*first] == b[*second] && a[*second] == b[*first],
        _ => false,
    }
}

fn days_apart(one: (i16, i8, i8), two: (i16, i8, i8)) -> i32 {
    match (Date::new(one.0, one.1, one.2), Date::new(two.0, two.1, two.2)) {
        (Ok(a), Ok(b)) => (a - b).get_days().abs(),
        _ => i32::MAX,
    }
}

/// Numbers up to `most` that one digit or an exchange separates from a number of two digits.
fn digits(number: i8, most: i8) -> Vec<i8> {
    let (ten, one) = (number / 10, number % 10);
    let mut near = vec![one * 10 + ten];
    near.extend((0..=9).map(|o| ten * 10 + o));
    near.extend((0..=3).map(|t| t * 10 + one));
    near.retain(|n| (1..=most).contains(n) && *n != number);
    near
}

/// Years next to a year, then those that one digit of the last two, their exchange, or the century separates.
fn years(year: i16) -> Vec<i16> {
    let (century, ten, one) = (year / 100 * 100, year / 10 % 10, year % 10);
    let mut near = vec![year - 1, year + 1, century + one * 10 + ten];
    near.extend((0..=9).map(|o| century + ten * 10 + o));
    near.extend((0..=9).map(|t| century + t * 10 + one));
    near.extend([year - 100, year + 100]);
    near.retain(|y| *y != year);
    near
}

#[cfg(test)]
mod tests {
    use super::*;

    fn born(text: &str) -> Born {
        let part = |at: usize| text.split('-').nth(at).and_then(|p| p.parse::<i16>().ok());
        Born { year: part(0), month: part(1).map(|m| m as i8), day: part(2).map(|d| d as i8) }
    }

    #[test]
    fn compares() {
        use BornLikeness::*;
        for (one, other, expected) in [
            ("2012-04-03", "2012-04-03", Same),
            ("2012-04-03", "2012-03-04", DayAndMonthSwapped),
            ("2012-04-13", "2012-04-31", OneSlip),
            ("2012-04-03", "2012-04-08", OneSlip),
            ("2012-04-03", "2021-04-03", OneSlip),
            ("2012-04-03", "2002-04-03", OneSlip),
            ("2012-04-03", "2012-04-28", TwoParts),
            ("2012-04-03", "1987-04-03", TwoParts),
            ("2012-04-30", "2012-05-02", Near),
            ("2012-12-30", "2013-01-02", Near),
            ("2012-04-03", "2012-11-28", SameYear),
            ("2012-04-03", "1987-11-28", Unlike),
            ("2012", "2012-04-03", SameAsFarAsKnown),
            ("2012-04", "2012-04-03", SameAsFarAsKnown),
            ("2012-05", "2012-04-03", SameYear),
            ("2013", "2012-04-03", Near),
            ("2016", "2012-04-03", Unlike),
            ("x-04-03", "2012-04-03", TwoParts),
            ("x", "2012-04-03", NotKnown),
        ] {
            assert_eq!(born(one).compare(born(other)), expected, "{one} {other}");
            assert_eq!(born(other).compare(born(one)), expected, "{other} {one}");
        }
    }

    #[test]
    fn a_mistaken_date_is_among_the_dates_to_look_up() {
        let near = born("2012-04-03").mistaken();
        assert_eq!(near[0], (2012, 4, 3));
        for date in [(2012, 3, 4), (2012, 4, 30), (2012, 4, 17), (2012, 9, 3), (2021, 4, 3), (2013, 4, 3), (2002, 4, 3), (1912, 4, 3)] {
            assert!(near.contains(&date), "{date:?}");
        }
        assert!(near.len() < 80, "{}", near.len());
        assert!(near.iter().all(|d| d.1 <= 12));
        assert_eq!(born("2012-04").mistaken(), []);
        assert_eq!(born("2012-04").open_days(), Some(((2012, 4, 1), (2012, 4, 31))));
        assert_eq!(born("2012").open_days(), Some(((2012, 1, 1), (2012, 12, 31))));
        assert_eq!(born("2012-04-03").open_days(), None);
        assert_eq!(born("x-04-03").mistaken(), []);
    }
}
