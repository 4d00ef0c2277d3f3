//! Bank holidays of England and Wales as dated facts: the yearly ones by rule, the others by proclamation.

use jiff::civil::{Date, Weekday, date};
use serde::{Deserialize, Serialize};

/// Up to this day the government has announced all bank holidays; beyond it a further one may still be proclaimed.
pub const KNOWN_UNTIL: Date = date(2028, 12, 31);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holiday {
    pub on: Date,
    pub name: String,
}

/// Days that were holidays once only.
const ONCE: &[(Date, &str)] = &[
    (date(1999, 12, 31), "Millennium holiday"),
    (date(2002, 6, 3), "Golden Jubilee"),
    (date(2011, 4, 29), "Royal wedding"),
    (date(2012, 6, 5), "Diamond Jubilee"),
    (date(2022, 6, 3), "Platinum Jubilee"),
    (date(2022, 9, 19), "State funeral of Queen Elizabeth II"),
    (date(2023, 5, 8), "Coronation of King Charles III"),
];

/// Yearly holidays that were moved: the day they would have been, and the day they were.
const MOVED: &[(Date, Date)] = &[
    (date(1995, 5, 1), date(1995, 5, 8)),
    (date(2002, 5, 27), date(2002, 6, 4)),
    (date(2012, 5, 28), date(2012, 6, 4)),
    (date(2020, 5, 4), date(2020, 5, 8)),
    (date(2022, 5, 30), date(2022, 6, 2)),
];

/// Every bank holiday from 1990 to 2079, those beyond [`KNOWN_UNTIL`] by rule alone.
pub fn published() -> Vec<Holiday> {
    let mut all: Vec<Holiday> = (1990..=2079).flat_map(year).collect();
    all.extend(ONCE.iter().map(|(on, name)| Holiday { on: *on, name: (*name).into() }));
    all.sort_by_key(|h| h.on);
    all
}

fn year(year: i16) -> [Holiday; 8] {
    let (easter, new_year, christmas) = (easter(year), date(year, 1, 1), date(year, 12, 25));
    let fixed = |on: Date, name: &str| Holiday { on: moved(on), name: name.into() };
    let instead = |of: Date, on: Date, name: &str| {
        let name = if on == of { name.into() } else { format!("{name}, substitute day") };
        Holiday { on, name }
    };
    [
        instead(new_year, substitute(new_year), "New Year's Day"),
        fixed(shift(easter, -2), "Good Friday"),
        fixed(shift(easter, 1), "Easter Monday"),
        fixed(first_monday(year, 5), "Early May bank holiday"),
        fixed(last_monday(year, 5), "Spring bank holiday"),
        fixed(last_monday(year, 8), "Summer bank holiday"),
        instead(christmas, christmas_day(christmas), "Christmas Day"),
        instead(shift(christmas, 1), boxing_day(christmas), "Boxing Day"),
    ]
}

fn moved(on: Date) -> Date {
    MOVED.iter().find(|(from, _)| *from == on).map_or(on, |(_, to)| *to)
}

fn shift(day: Date, days: i32) -> Date {
    super::add_days(day, days)
}

/// The Monday after, for a day that falls on a weekend.
fn substitute(day: Date) -> Date {
    match day.weekday() {
        Weekday::Saturday => shift(day, 2),
        Weekday::Sunday => shift(day, 1),
        _ => day,
    }
}

/// On a weekend, Christmas is kept on the Monday or, when Boxing Day is the Monday, on the Tuesday.
fn christmas_day(day: Date) -> Date {
    if matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) { shift(day, 2) } else { day }
}

/// Boxing Day gives way to a Christmas that was moved to the Monday.
fn boxing_day(christmas: Date) -> Date {
    match christmas.weekday() {
        Weekday::Friday | Weekday::Saturday => shift(christmas, 3),
        _ => shift(christmas, 1),
    }
}

fn first_monday(year: i16, month: i8) -> Date {
    let first = date(year, month, 1);
    shift(first, (7 - i32::from(first.weekday().to_monday_zero_offset())) % 7)
}

fn last_monday(year: i16, month: i8) -> Date {
    let last = date(year, month, 31);
    shift(last, -i32::from(last.weekday().to_monday_zero_offset()))
}

/// Easter Sunday by the Gregorian reckoning of the moon (the method published anonymously in 1876).
fn easter(year: i16) -> Date {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - b / 4 - g + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let day = (h + l - 7 * m + 33 * month + 19) % 32;
    let small = |n: i32| i8::try_from(n).unwrap_or(1);
    date(year, small(month), small(day))
}
