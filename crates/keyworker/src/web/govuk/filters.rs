//! How dates, times, numbers and money are written on pages, as the GOV.UK style guide writes them.
//!
//! An absent value is written as nothing. Days and times are told as clocks in London show them.

use jiff::civil::{Date, Time};
use jiff::{Timestamp, Zoned};
use minijinja::{Environment, Error, ErrorKind, Value};

const LONDON: &str = "Europe/London";

/// Adds the filters `date`, `day`, `datetime`, `time`, `number` and `money`, and the function `plural`.
pub fn install(env: &mut Environment<'static>) {
    env.add_filter("date", date);
    env.add_filter("day", day);
    env.add_filter("datetime", datetime);
    env.add_filter("time", time);
    env.add_filter("number", number);
    env.add_filter("money", money);
    env.add_function("plural", plural);
}

/// `14 May 2026`, from a date or an instant.
pub fn date(value: Value) -> Result<String, Error> {
    written(&value, |moment| moment.date.strftime("%-d %B %Y").to_string())
}

/// `Thu 14 May 2026`, where the day of the week helps.
pub fn day(value: Value) -> Result<String, Error> {
    written(&value, |moment| moment.date.strftime("%a %-d %B %Y").to_string())
}

/// `14 May 2026 at 3:42pm`, from an instant.
pub fn datetime(value: Value) -> Result<String, Error> {
    written(&value, |moment| {
        let date = moment.date.strftime("%-d %B %Y");
        moment.time.map_or_else(|| date.to_string(), |time| format!("{date} at {}", clock(time)))
    })
}

/// `3:42pm`, from an instant.
pub fn time(value: Value) -> Result<String, Error> {
    written(&value, |moment| moment.time.map(clock).unwrap_or_default())
}

/// `1,234`. What follows a decimal point is kept as it is.
pub fn number(value: Value) -> String {
    let text = value.to_string();
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |digits| ("-", digits));
    let (whole, rest) = digits.find('.').map_or((digits, ""), |point| digits.split_at(point));
    if value.is_none() || value.is_undefined() {
        return String::new();
    }
    format!("{sign}{}{rest}", with_commas(whole))
}

/// `£1,234.56` from 123456 pence; `£75` when there are no odd pence.
pub fn money(value: Value) -> Result<String, Error> {
    if value.is_none() || value.is_undefined() {
        return Ok(String::new());
    }
    let pence = i64::try_from(value)?;
    let sign = if pence < 0 { "-" } else { "" };
    let (pounds, odd) = (pence.unsigned_abs() / 100, pence.unsigned_abs() % 100);
    let pounds = with_commas(&pounds.to_string());
    Ok(if odd == 0 { format!("{sign}£{pounds}") } else { format!("{sign}£{pounds}.{odd:02}") })
}

/// `1 child`, `3 children`: the number with the word that goes with it.
pub fn plural(count: Value, one: &str, many: &str) -> String {
    let word = if count == Value::from(1) { one } else { many };
    format!("{} {word}", number(count))
}

/// The Ministry's filter of this name, which its timeline calls with a kind such as `date`.
pub fn moj_date(value: Value, kind: Option<&str>) -> Result<String, Error> {
    match kind {
        Some("datetime") => datetime(value),
        Some("time") => time(value),
        Some("shortdate") => written(&value, |moment| moment.date.strftime("%-d %b %Y").to_string()),
        _ => date(value),
    }
}

/// A day, with the time of day when the value was an instant.
struct Moment {
    date: Date,
    time: Option<Time>,
}

fn written(value: &Value, write: impl Fn(&Moment) -> String) -> Result<String, Error> {
    match value.as_str() {
        None if value.is_none() || value.is_undefined() => Ok(String::new()),
        Some("") => Ok(String::new()),
        Some(text) => moment(text).map(|moment| write(&moment)),
        None => Err(not_a_date()),
    }
}

fn moment(text: &str) -> Result<Moment, Error> {
    if let Ok(instant) = text.parse::<Timestamp>() {
        let there: Zoned = instant.in_tz(LONDON).map_err(|_| not_a_date())?;
        return Ok(Moment { date: there.date(), time: Some(there.time()) });
    }
    let date = text.parse::<Date>().map_err(|_| not_a_date())?;
    let time = text.contains('T').then(|| text.parse::<Time>().ok()).flatten();
    Ok(Moment { date, time })
}

fn not_a_date() -> Error {
    Error::new(ErrorKind::InvalidOperation, "a date is written like 2026-05-14 and an instant like 2026-05-14T14:42:00Z")
}

fn clock(time: Time) -> String {
    match (time.hour(), time.minute()) {
        (0, 0) => "midnight".to_owned(),
        (12, 0) => "midday".to_owned(),
        (_, 0) => time.strftime("%-I%P").to_string(),
        _ => time.strftime("%-I:%M%P").to_string(),
    }
}

fn with_commas(digits: &str) -> String {
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_times_are_written_as_people_say_them() {
        let cases = [
            ("2026-05-14", "14 May 2026", "14 May 2026", ""),
            ("2026-05-14T14:42:00Z", "14 May 2026", "14 May 2026 at 3:42pm", "3:42pm"),
            ("2026-12-01T00:00:00Z", "1 December 2026", "1 December 2026 at midnight", "midnight"),
            ("2026-06-30T23:30:00Z", "1 July 2026", "1 July 2026 at 12:30am", "12:30am"),
            ("2026-01-05T12:00:00Z", "5 January 2026", "5 January 2026 at midday", "midday"),
            ("2026-01-05T09:00:00.123Z", "5 January 2026", "5 January 2026 at 9am", "9am"),
            ("", "", "", ""),
        ];
        for (text, on, at, clock) in cases {
            assert_eq!(date(Value::from(text)).unwrap(), on, "{text}");
            assert_eq!(datetime(Value::from(text)).unwrap(), at, "{text}");
            assert_eq!(time(Value::from(text)).unwrap(), clock, "{text}");
        }
        assert_eq!(day(Value::from("2026-05-14")).unwrap(), "Thu 14 May 2026");
        assert_eq!(date(Value::from(())).unwrap(), "");
        assert!(date(Value::from("yesterday")).is_err());
    }

    #[test]
    fn numbers_and_money_have_commas() {
        for (value, expected) in [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (-4321, "-4,321")] {
            assert_eq!(number(Value::from(value)), expected);
        }
        assert_eq!(number(Value::from(1234.5)), "1,234.5");
        for (pence, expected) in [(0, "£0"), (7500, "£75"), (123_456, "£1,234.56"), (-505, "-£5.05")] {
            assert_eq!(money(Value::from(pence)).unwrap(), expected);
        }
        assert_eq!(plural(Value::from(1), "child", "children"), "1 child");
        assert_eq!(plural(Value::from(0), "child", "children"), "0 children");
    }
}
