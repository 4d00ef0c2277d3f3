//! Dates, lists and counts as people write them. One place, so that every page and letter says them alike.

use jiff::civil::{Date, DateTime};

/// "3 March 2027".
pub fn date(on: Date) -> String {
    on.strftime("%-d %B %Y").to_string()
}

/// "Wednesday 3 March 2027".
pub fn weekday_and_date(on: Date) -> String {
    on.strftime("%A %-d %B %Y").to_string()
}

/// "3 March 2027 at 2:05pm"; noon and midnight are said in words.
pub fn date_and_time(at: DateTime) -> String {
    format!("{} at {}", date(at.date()), time(at))
}

/// "2:05pm", "9am", "midday", "midnight".
pub fn time(at: DateTime) -> String {
    let (hour, minute) = (at.hour(), at.minute());
    let half = if hour < 12 { "am" } else { "pm" };
    let clock = if hour % 12 == 0 { 12 } else { hour % 12 };
    match (hour, minute) {
        (0, 0) => "midnight".into(),
        (12, 0) => "midday".into(),
        (_, 0) => format!("{clock}{half}"),
        _ => format!("{clock}:{minute:02}{half}"),
    }
}

/// "1 child", "12 children", "no children".
pub fn counted(count: i64, one: &str, many: &str) -> String {
    match count {
        0 => format!("no {many}"),
        1 => format!("1 {one}"),
        n => format!("{n} {many}"),
    }
}

/// "a", "a and b", "a, b and c".
pub fn joined<S: AsRef<str>>(parts: &[S]) -> String {
    match parts {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [most @ .., last] => {
            let most: Vec<&str> = most.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", most.join(", "), last.as_ref())
        }
    }
}

/// The same text with its first letter as a capital.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().collect::<String>() + letters.as_str(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date as on;

    #[test]
    fn says_dates_and_times() {
        assert_eq!(date(on(2027, 3, 3)), "3 March 2027");
        assert_eq!(weekday_and_date(on(2027, 3, 3)), "Wednesday 3 March 2027");
        for (hour, minute, expected) in
            [(0, 0, "midnight"), (12, 0, "midday"), (9, 0, "9am"), (0, 5, "12:05am"), (12, 30, "12:30pm"), (14, 5, "2:05pm")]
        {
            assert_eq!(time(on(2027, 3, 3).at(hour, minute, 0, 0)), expected);
        }
        assert_eq!(date_and_time(on(2027, 3, 3).at(14, 5, 9, 0)), "3 March 2027 at 2:05pm");
    }

    #[test]
    fn says_lists_and_counts() {
        assert_eq!(joined::<&str>(&[]), "");
        assert_eq!(joined(&["a"]), "a");
        assert_eq!(joined(&["a", "b", "c"]), "a, b and c");
        assert_eq!(counted(0, "child", "children"), "no children");
        assert_eq!(counted(1, "child", "children"), "1 child");
        assert_eq!(counted(12, "child", "children"), "12 children");
        assert_eq!(capital("éclair"), "Éclair");
        assert_eq!(capital(""), "");
    }
}
