//! A date of birth as someone types it who may not know all of it: "3/4/12", "2012-04-03", "03042012", "April 2012",
//! "1984", "?/4/2012". A month above 12 with a possible day beside it has been changed round. Impossible days such as
//! 31 February are kept: they are mistakes that a search can see through.

use super::born::Born;

impl Born {
    /// `None` when nothing of a date can be read. `this_year` tells which century two digits mean: the last one that
    /// is not in the future.
    pub fn read(typed: &str, this_year: i16) -> Option<Born> {
        let typed = typed.trim();
        let typed = typed.split_once('T').map_or(typed, |(day, time)| if time.contains(':') { day } else { typed });
        let parts: Vec<&str> = typed.split(|c: char| c.is_whitespace() || "/-.,".contains(c)).filter(|p| !p.is_empty()).collect();
        let born = match parts.as_slice() {
            [whole] if whole.len() == 8 && digits(whole) => eight(whole),
            [year] => Born { year: four(year), ..Born::default() },
            [one, two] => match (four(one), four(two)) {
                (Some(year), _) => Born { year: Some(year), month: month(two), day: None },
                (_, Some(year)) => Born { year: Some(year), month: month(one), day: None },
                _ => Born { year: None, month: Some(month(two)?), day: Some(day(one)?) },
            },
            [year, m, d] if year.len() == 4 && (digits(year) || unknown(year)) => whole(four(year), m, d),
            [d, m, year] => whole(four(year).or_else(|| two_digits(year, this_year)), m, d),
            _ => Born::default(),
        };
        (!born.is_unknown()).then_some(born)
    }
}

/// `2012`, and nothing that is no year of anybody's birth.
fn four(text: &str) -> Option<i16> {
    let year = if text.len() == 4 && digits(text) { text.parse().ok() } else { None };
    year.filter(|year| (1850..=2150).contains(year))
}

fn two_digits(text: &str, this_year: i16) -> Option<i16> {
    let short: i16 = if text.len() == 2 && digits(text) { text.parse().ok()? } else { return None };
    let year = this_year / 100 * 100 + short;
    Some(if year > this_year { year - 100 } else { year })
}

fn eight(text: &str) -> Born {
    match four(&text[..4]) {
        Some(year) => whole(Some(year), &text[4..6], &text[6..]),
        None => whole(four(&text[4..]), &text[2..4], &text[..2]),
    }
}

fn whole(year: Option<i16>, m: &str, d: &str) -> Born {
    match (month(m), day(d)) {
        // 2012-25-12: the month cannot be 25, but the day can.
        (None, Some(other)) if other <= 12 && day(m).is_some() => Born { year, month: Some(other), day: day(m) },
        (month, day) => Born { year, month, day },
    }
}

fn month(text: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let lower = text.to_lowercase();
    let named = MONTHS.iter().position(|name| lower.starts_with(name)).and_then(|at| i8::try_from(at + 1).ok());
    named.or_else(|| text.parse().ok()).filter(|m| (1..=12).contains(m))
}

fn day(text: &str) -> Option<i8> {
    let bare = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    bare.parse().ok().filter(|d| (1..=31).contains(d))
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

fn unknown(text: &str) -> bool {
    text.chars().all(|c| "?xX".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_is_known_of_a_date() {
        let born = |year, month, day| Some(Born { year, month, day });
        for (typed, expected) in [
            ("2012-04-03", born(Some(2012), Some(4), Some(3))),
            ("2012-04-03T00:00:00", born(Some(2012), Some(4), Some(3))),
            ("3/4/2012", born(Some(2012), Some(4), Some(3))),
            ("3.4.12", born(Some(2012), Some(4), Some(3))),
            ("3/4/45", born(Some(1945), Some(4), Some(3))),
            ("3/4/26", born(Some(2026), Some(4), Some(3))),
            ("3/4/27", born(Some(1927), Some(4), Some(3))),
            ("3rd April 2012", born(Some(2012), Some(4), Some(3))),
            ("03 Apr, 2012", born(Some(2012), Some(4), Some(3))),
            ("03042012", born(Some(2012), Some(4), Some(3))),
            ("20120403", born(Some(2012), Some(4), Some(3))),
            ("April 2012", born(Some(2012), Some(4), None)),
            ("2012-04", born(Some(2012), Some(4), None)),
            ("3 April", born(None, Some(4), Some(3))),
            ("1984", born(Some(1984), None, None)),
            ("2012-25-12", born(Some(2012), Some(12), Some(25))),
            ("25/13/2012", born(Some(2012), None, Some(25))),
            ("31/02/2012", born(Some(2012), Some(2), Some(31))),
            ("?/4/2012", born(Some(2012), Some(4), None)),
            ("????-04-03", born(None, Some(4), Some(3))),
            ("0/0/2012", born(Some(2012), None, None)),
            ("9999-99-99", None),
            ("soon", None),
            ("", None),
            ("١٢٣٤", None),
            ("éé/éé/éééé", None),
        ] {
            assert_eq!(Born::read(typed, 2026), expected, "{typed}");
        }
    }
}
