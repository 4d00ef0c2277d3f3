//! Dates as they stand in returns, each read once, here.
//!
//! Read: `31/03/2026`, `31-03-2026`, `31.3.2026`, `31 March 2026`, `31-Mar-2026`, `2026-03-31`, `2026/03/31`, any of
//! these with a time or a zone after it (which a day does not need), and a spreadsheet's day number such as `46112`
//! (days since 30 December 1899). Not read: a year of two digits and a date without separators, because they can be
//! understood in two ways; month before day, because the returns write the day first. A message says what is wrong in
//! words: "February 2026 has 28 days".

use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Time};

/// The day in a text, or why there is none, as the end of a sentence.
pub(crate) fn date(text: &str) -> Result<Date, String> {
    let text = text.trim();
    if let Some(serial) = serial(text) {
        return Ok(serial);
    }
    let (day, rest) = split(text);
    if !rest.is_empty() && time(rest).is_none() {
        return Err("there is something else after it".to_owned());
    }
    let parts: Vec<&str> = day.split(['/', '-', '.', ' ']).filter(|part| !part.is_empty()).collect();
    let [first, month, last] = parts[..] else {
        return Err("a day, a month and a year are needed, such as 31/03/2026".to_owned());
    };
    match (first.len(), last.len()) {
        (4, 1..=2) => civil(number(first)?, month_number(month)?, number(last)?),
        (1..=2, 4) => civil(number(last)?, month_number(month)?, number(first)?),
        (_, 2) => Err("the year must have four figures".to_owned()),
        _ => Err("a day, a month and a year are needed, such as 31/03/2026".to_owned()),
    }
}

/// A day with the time after it, midnight where none is given.
pub(crate) fn moment(text: &str) -> Result<DateTime, String> {
    let day = date(text)?;
    Ok(day.to_datetime(time(split(text.trim()).1).unwrap_or_else(Time::midnight)))
}

/// A spreadsheet's number of a day, from 1927 to 2119, so that no plain number is taken for a date by accident.
pub(crate) fn serial(text: &str) -> Option<Date> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    if whole.len() != 5 || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    from_serial(whole.parse().ok()?)
}

pub(crate) fn from_serial(days: i32) -> Option<Date> {
    if !(10_000..80_000).contains(&days) {
        return None;
    }
    Date::constant(1899, 12, 30).checked_add(days.days()).ok()
}

/// The part that is a day and the part after it: at a `T`, a zone, or the first space before a time.
fn split(text: &str) -> (&str, &str) {
    let bytes = text.as_bytes();
    let iso = bytes.len() > 10 && bytes[4] == b'-' && bytes[7] == b'-' && text.is_char_boundary(10);
    if iso {
        return (&text[..10], text[10..].trim_start_matches(['T', 't', ' ']));
    }
    match text.find(':').and_then(|colon| text[..colon].rfind(' ')) {
        Some(space) => (&text[..space], text[space + 1..].trim()),
        None => (text, ""),
    }
}

/// A time of day such as `10:12`, `10:12:28.5Z`, `10:12:28+01:00`; a bare zone is midnight.
fn time(text: &str) -> Option<Time> {
    let clock = text.split(['Z', 'z', '+', '-']).next().unwrap_or("").trim();
    if clock.is_empty() {
        return (!text.is_empty()).then_some(Time::midnight());
    }
    let seconds = clock.split('.').next().unwrap_or("");
    let mut parts = seconds.split(':').map(|part| part.parse::<i8>().ok());
    let (hour, minute) = (parts.next()??, parts.next()??);
    let second = parts.next().unwrap_or(Some(0))?;
    if parts.next().is_some() {
        return None;
    }
    Time::new(hour, minute, second.min(59), 0).ok()
}

fn number(part: &str) -> Result<i16, String> {
    let digits = part.bytes().all(|byte| byte.is_ascii_digit());
    part.parse().ok().filter(|_| digits).ok_or_else(|| format!("{part:?} is not a number"))
}

const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

fn month_number(part: &str) -> Result<i16, String> {
    let named = MONTHS
        .iter()
        .zip(1..)
        .find(|(name, _)| part.eq_ignore_ascii_case(name) || name.get(..3).is_some_and(|short| part.eq_ignore_ascii_case(short)));
    match named {
        Some((_, month)) => Ok(month),
        None => number(part),
    }
}

fn civil(year: i16, month: i16, day: i16) -> Result<Date, String> {
    let month_8 = i8::try_from(month).ok().filter(|month| (1..=12).contains(month));
    let month_8 = month_8.ok_or_else(|| format!("there is no month {month}"))?;
    let first = Date::new(year, month_8, 1).map_err(|_| format!("there is no year {year}"))?;
    let name = MONTHS.get(usize::try_from(month - 1).unwrap_or(0)).unwrap_or(&"");
    let day_8 = i8::try_from(day).ok().filter(|day| (1..=first.days_in_month()).contains(day));
    let day_8 = day_8.ok_or_else(|| format!("{name} {year} has {} days", first.days_in_month()))?;
    Date::new(year, month_8, day_8).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date as on, datetime};

    #[test]
    fn the_usual_ways_to_write_a_day_are_read() {
        let cases = [
            ("31/03/2026", on(2026, 3, 31)),
            (" 1/3/2026 ", on(2026, 3, 1)),
            ("01-03-2026", on(2026, 3, 1)),
            ("1.3.2026", on(2026, 3, 1)),
            ("31 March 2026", on(2026, 3, 31)),
            ("05-Dec-1993", on(1993, 12, 5)),
            ("2026-03-31", on(2026, 3, 31)),
            ("2026/03/31", on(2026, 3, 31)),
            ("2026-03-31T10:12:28Z", on(2026, 3, 31)),
            ("2026-03-31 00:00:00", on(2026, 3, 31)),
            ("2026-03-31Z", on(2026, 3, 31)),
            ("2026-03-31+01:00", on(2026, 3, 31)),
            ("31/03/2026 00:00", on(2026, 3, 31)),
            ("29/02/2024", on(2024, 2, 29)),
            ("46112", on(2026, 3, 31)),
            ("46112.5", on(2026, 3, 31)),
            ("42029", on(2015, 1, 25)),
            ("1066-04-13", on(1066, 4, 13)),
        ];
        for (text, expected) in cases {
            assert_eq!(date(text), Ok(expected), "{text}");
        }
    }

    #[test]
    fn what_is_not_a_day_is_refused_in_words() {
        let cases = [
            ("31/02/2026", "February 2026 has 28 days"),
            ("29/02/2023", "February 2023 has 28 days"),
            ("12/31/2025", "there is no month 31"),
            ("01/04/26", "four figures"),
            ("00/01/2026", "January 2026 has 31 days"),
            ("20260331", "are needed"),
            ("31032026", "are needed"),
            ("99999", "are needed"),
            ("soon", "are needed"),
            ("2026-03-31 maybe", "something else"),
            ("1/2/3/2026", "are needed"),
            ("x/2/2026", "is not a number"),
            ("+1/02/2026", "is not a number"),
            ("2026-00-10", "no month 0"),
            ("10/5/20261", "are needed"),
            ("é/ü/2026", "is not a number"),
            ("٠١/٠٢/2026", "are needed"),
        ];
        for (text, words) in cases {
            let why = date(text).unwrap_err();
            assert!(why.contains(words), "{text}: {why}");
        }
    }

    #[test]
    fn a_moment_keeps_its_time() {
        assert_eq!(moment("2022-07-21T10:12:28Z"), Ok(datetime(2022, 7, 21, 10, 12, 28, 0)));
        assert_eq!(moment("2022-07-21"), Ok(datetime(2022, 7, 21, 0, 0, 0, 0)));
        assert_eq!(moment("21/07/2022 09:05"), Ok(datetime(2022, 7, 21, 9, 5, 0, 0)));
    }
}
