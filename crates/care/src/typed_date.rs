//! A date as someone types it, in three boxes or in one, and what to tell them when it cannot be read. The words
//! follow the pattern that people know from public forms: they say which date and which part.
//! Which dates are plausible for which event is judged in `person::plausible`.

use jiff::civil::Date;
use std::fmt;

/// Why typed text is not a date. `what` names the date as its label does: "Date of birth".
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TypedDateProblem {
    Missing { what: String },
    Incomplete { what: String, lacking: Vec<&'static str> },
    ShortYear { what: String },
    NotReal { what: String },
}

/// What was typed in the three boxes, kept as it is so that a page can show it again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TypedDate<'a> {
    pub day: &'a str,
    pub month: &'a str,
    pub year: &'a str,
}

impl TypedDate<'_> {
    /// The date, `None` when all three boxes are empty.
    pub fn read(&self, what: &str) -> Result<Option<Date>, TypedDateProblem> {
        let boxes = [("day", self.day.trim()), ("month", self.month.trim()), ("year", self.year.trim())];
        let lacking: Vec<_> = boxes.iter().filter(|(_, typed)| typed.is_empty()).map(|(name, _)| *name).collect();
        match lacking.len() {
            0 => one(what, boxes[0].1, boxes[1].1, boxes[2].1).map(Some),
            3 => Ok(None),
            _ => Err(TypedDateProblem::Incomplete { what: what.into(), lacking }),
        }
    }

    /// The date; empty boxes are an error.
    pub fn required(&self, what: &str) -> Result<Date, TypedDateProblem> {
        self.read(what)?.ok_or_else(|| TypedDateProblem::Missing { what: what.into() })
    }
}

/// A date typed in one box: `3/2/2019`, `3.2.2019`, `3 Feb 2019`, `2019-02-03`. Day comes before month.
pub fn read_one_box(what: &str, typed: &str) -> Result<Option<Date>, TypedDateProblem> {
    let parts: Vec<&str> = typed.split(|c: char| c.is_whitespace() || "/.-,".contains(c)).filter(|p| !p.is_empty()).collect();
    match parts.as_slice() {
        [] => Ok(None),
        [year, month, day] if year.len() == 4 && year.chars().all(|c| c.is_ascii_digit()) => one(what, day, month, year).map(Some),
        [day, month, year] => one(what, day, month, year).map(Some),
        _ => Err(TypedDateProblem::NotReal { what: what.into() }),
    }
}

impl fmt::Display for TypedDateProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use TypedDateProblem::*;
        match self {
            Missing { what } => write!(f, "Enter {}", lower_first(what)),
            Incomplete { what, lacking } => {
                write!(f, "{what} must include a {}", lacking.join(" and "))
            }
            ShortYear { what } => write!(f, "{what}: the year must have 4 numbers"),
            NotReal { what } => write!(f, "{what} must be a real date"),
        }
    }
}

fn lower_first(what: &str) -> String {
    let mut letters = what.chars();
    match letters.next() {
        Some(first) => first.to_lowercase().collect::<String>() + letters.as_str(),
        None => String::new(),
    }
}

fn one(what: &str, day: &str, month: &str, year: &str) -> Result<Date, TypedDateProblem> {
    let not_real = || TypedDateProblem::NotReal { what: what.into() };
    let year_number: i16 = year.parse().map_err(|_| not_real())?;
    if year.len() != 4 {
        return Err(TypedDateProblem::ShortYear { what: what.into() });
    }
    let day: i8 = day.parse().map_err(|_| not_real())?;
    let month = month_number(month).ok_or_else(not_real)?;
    Date::new(year_number, month, day).map_err(|_| not_real())
}

fn month_number(typed: &str) -> Option<i8> {
    const MONTHS: [&str; 12] =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
    if let Ok(number) = typed.parse::<i8>() {
        return Some(number);
    }
    let typed = typed.to_lowercase();
    let position = MONTHS.iter().position(|m| typed.len() >= 3 && m.starts_with(&typed));
    position.map(|p| p as i8 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn reads_three_boxes() {
        for (day, month, year, expected) in [
            ("3", "3", "2027", Ok(Some(date(2027, 3, 3)))),
            (" 03", "Mar", "2027 ", Ok(Some(date(2027, 3, 3)))),
            ("29", "february", "2028", Ok(Some(date(2028, 2, 29)))),
            ("", " ", "", Ok(None)),
            ("29", "2", "2027", Err("Date of birth must be a real date")),
            ("3", "13", "2027", Err("Date of birth must be a real date")),
            ("x", "1", "2027", Err("Date of birth must be a real date")),
            ("999", "1", "2027", Err("Date of birth must be a real date")),
            ("1", "ma", "2027", Err("Date of birth must be a real date")),
            ("1", "1", "27", Err("Date of birth: the year must have 4 numbers")),
            ("", "3", "2027", Err("Date of birth must include a day")),
            ("", "", "2027", Err("Date of birth must include a day and month")),
        ] {
            let read = TypedDate { day, month, year }.read("Date of birth").map_err(|e| e.to_string());
            assert_eq!(read, expected.map_err(String::from), "{day}/{month}/{year}");
        }
        let empty = TypedDate::default().required("Date of birth").map_err(|e| e.to_string());
        assert_eq!(empty, Err("Enter date of birth".into()));
    }

    #[test]
    fn reads_one_box() {
        for (typed, expected) in [
            ("3/2/2019", Some(Some(date(2019, 2, 3)))),
            ("3 Feb 2019", Some(Some(date(2019, 2, 3)))),
            ("2019-02-03", Some(Some(date(2019, 2, 3)))),
            ("  ", Some(None)),
            ("31/2/2019", None),
            ("yesterday", None),
        ] {
            assert_eq!(read_one_box("Date", typed).ok(), expected, "{typed}");
        }
    }
}
