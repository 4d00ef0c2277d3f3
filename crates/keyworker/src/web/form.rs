//! Forms: what was typed is kept whatever happens, and every error says where and how to mend it.
//!
//! A handler reads fields one by one (`form.text("given_name", 1..=200, "Enter a given name")`); each error is
//! collected beside its field, and the page is shown again with status 422 and everything that was typed.

use std::{collections::BTreeMap, ops::RangeInclusive};

use jiff::civil::Date;
use minijinja::Value;

use super::govuk::FieldError;

/// Fields that belong to the form itself, not to what it is about.
const OWN: [&str; 7] = ["csrf", "form_token", "draft_id", "draft_version", "version", "save_draft", "call"];

#[derive(Debug, Clone, Default)]
pub struct Form {
    fields: Vec<(String, String)>,
    errors: Vec<FieldError>,
}

impl Form {
    pub fn new(fields: Vec<(String, String)>) -> Self {
        Self { fields, errors: Vec::new() }
    }

    /// A form opened for the first time, with values that are already known.
    pub fn opened<const N: usize>(values: [(&str, &str); N]) -> Self {
        Self::new(values.into_iter().map(|(k, v)| (k.to_owned(), v.to_owned())).collect())
    }

    pub fn set(&mut self, field: &str, value: impl Into<String>) {
        self.fields.retain(|(k, _)| k != field);
        self.fields.push((field.to_owned(), value.into()));
    }

    /// These fields, with the first values of those that are not among them.
    pub fn over(mut self, first: &Form) -> Self {
        let missing: Vec<_> = first.fields.iter().filter(|(k, _)| !self.fields.iter().any(|(own, _)| own == k)).cloned().collect();
        self.fields.extend(missing);
        self
    }

    /// Takes over what belongs to the form itself, such as the version of the row, from the form as it stands now.
    pub fn take_own(&mut self, now: &Form) {
        self.fields.retain(|(k, _)| !OWN.contains(&k.as_str()));
        self.fields.extend(now.fields.iter().filter(|(k, _)| OWN.contains(&k.as_str())).cloned());
    }

    /// What was typed, trimmed, without control characters that no keyboard types; empty where nothing was.
    pub fn raw(&self, field: &str) -> String {
        self.fields.iter().find(|(k, _)| k == field).map(|(_, v)| clean(v)).unwrap_or_default()
    }

    /// Exactly what was typed, spaces and all: for passwords.
    pub fn exactly(&self, field: &str) -> String {
        self.fields.iter().find(|(k, _)| k == field).map(|(_, v)| v.clone()).unwrap_or_default()
    }

    pub fn has(&self, field: &str) -> bool {
        !self.raw(field).is_empty()
    }

    /// All values of a field with several (checkboxes).
    pub fn all(&self, field: &str) -> Vec<String> {
        self.fields.iter().filter(|(k, _)| k == field).map(|(_, v)| clean(v)).filter(|v| !v.is_empty()).collect()
    }

    /// Text of a length in characters; `missing` is said when it is empty and the range starts above 0.
    pub fn text(&mut self, field: &str, length: RangeInclusive<usize>, missing: &str) -> String {
        let value = self.raw(field);
        let n = value.chars().count();
        if value.is_empty() && *length.start() > 0 {
            self.error(field, missing);
        } else if n > *length.end() {
            self.error(field, format!("This is {n} characters long. Use {} or fewer", length.end()));
        }
        value
    }

    /// One of a list of codes; `missing` is said when nothing was chosen.
    pub fn choice<T: Clone>(&mut self, field: &str, choices: &[(&str, T)], missing: &str) -> Option<T> {
        let value = self.raw(field);
        let found = choices.iter().find(|(code, _)| *code == value).map(|(_, t)| t.clone());
        if found.is_none() {
            self.error(field, missing);
        }
        found
    }

    /// A date typed as day, month and year (`field-day`, `field-month`, `field-year`). `None` where all three are empty.
    pub fn date(&mut self, field: &str, what: &str) -> Option<Date> {
        let parts = ["day", "month", "year"].map(|p| self.raw(&format!("{field}-{p}")));
        if parts.iter().all(String::is_empty) {
            return None;
        }
        match read_date(&parts, what) {
            Ok(date) => Some(date),
            Err((part, words)) => {
                self.error(&format!("{field}-{part}"), words);
                None
            }
        }
    }

    /// A date that must be given.
    pub fn required_date(&mut self, field: &str, what: &str) -> Option<Date> {
        let before = self.errors.len();
        let date = self.date(field, what);
        if date.is_none() && self.errors.len() == before {
            self.error(&format!("{field}-day"), format!("Enter {what}"));
        }
        date
    }

    pub fn whole_number(&mut self, field: &str, range: RangeInclusive<i64>, what: &str) -> Option<i64> {
        let value = self.raw(field);
        match value.parse::<i64>() {
            Ok(n) if range.contains(&n) => Some(n),
            _ => {
                self.error(field, format!("Enter {what} as a whole number from {} to {}", range.start(), range.end()));
                None
            }
        }
    }

    /// Says what is wrong with a field, once. A date's field is one of its parts: `born_on-day`.
    pub fn error(&mut self, field: &str, words: impl Into<String>) {
        let href = format!("#{field}");
        if !self.errors.iter().any(|e| e.href == href) {
            self.errors.push(FieldError { href, text: words.into() });
        }
    }

    /// Says what is wrong with a date as a whole, such as one in the future.
    pub fn date_error(&mut self, field: &str, words: impl Into<String>) {
        self.error(&format!("{field}-day"), words);
    }

    /// Puts what the store refused beside its field; anything else is passed on.
    pub fn refused(&mut self, error: store::Error) -> Result<(), super::Problem> {
        let store::Error::Refused { field, words } = error else { return Err(error.into()) };
        let is_date = self.fields.iter().any(|(k, _)| k.strip_suffix("-day") == Some(field));
        self.error(&if is_date { format!("{field}-day") } else { field.to_owned() }, words);
        Ok(())
    }

    pub fn errors(&self) -> &[FieldError] {
        &self.errors
    }
    pub fn is_good(&self) -> bool {
        self.errors.is_empty()
    }

    /// The token that makes a second sending of the same form harmless.
    pub fn token(&self) -> String {
        self.raw("form_token")
    }
    /// The version of the row that the form was opened on.
    pub fn version(&self) -> Option<i64> {
        self.raw("version").parse().ok()
    }
    pub fn wants_draft(&self) -> bool {
        self.fields.iter().any(|(k, _)| k == "save_draft")
    }

    /// The fields that are about the matter itself, for a draft. Codes and passwords are kept nowhere.
    pub fn matter(&self) -> Vec<(String, String)> {
        let kept = |name: &str| !OWN.contains(&name) && name != "code" && !name.contains("password");
        self.fields.iter().filter(|(k, _)| kept(k)).cloned().collect()
    }

    /// What was typed, as a template sees it: field name → text, or a list of texts where a field has several.
    pub fn typed(&self) -> BTreeMap<String, Value> {
        let mut lists: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (k, v) in &self.fields {
            lists.entry(k.clone()).or_default().push(v.clone());
        }
        let value = |mut v: Vec<String>| if v.len() == 1 { Value::from(v.remove(0)) } else { Value::from(v) };
        lists.into_iter().map(|(k, v)| (k, value(v))).collect()
    }
}

/// GOV.UK's wording of date errors: what is missing is named; what is impossible is said.
fn read_date(parts: &[String; 3], what: &str) -> Result<Date, (&'static str, String)> {
    const NAMES: [&str; 3] = ["day", "month", "year"];
    let capital = capitalise(what);
    let missing: Vec<&'static str> = NAMES.into_iter().zip(parts).filter(|(_, v)| v.is_empty()).map(|(n, _)| n).collect();
    if let Some(first) = missing.first() {
        return Err((first, format!("{capital} must include a {}", missing.join(" and "))));
    }
    let number = |t: &str| t.parse::<i16>().ok();
    let month = number(&parts[1]).or_else(|| month_name(&parts[1]));
    let (Some(day), Some(month), Some(year)) = (number(&parts[0]), month, number(&parts[2])) else {
        return Err(("day", format!("{capital} must be a real date, such as 27 3 2026")));
    };
    if parts[2].len() != 4 {
        return Err(("year", format!("{capital} must have a year of 4 digits, such as 2026")));
    }
    Date::new(year, i8::try_from(month).unwrap_or(0), i8::try_from(day).unwrap_or(0))
        .map_err(|_| ("day", format!("{capital} must be a real date: there is no {day}/{month}/{year}")))
}

fn month_name(text: &str) -> Option<i16> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let start: String = text.chars().take(3).collect::<String>().to_lowercase();
    MONTHS.iter().position(|m| *m == start).and_then(|i| i16::try_from(i + 1).ok())
}

pub fn capitalise(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// Line ends as typed by any system become one kind; characters that would break a log or a page are dropped.
fn clean(value: &str) -> String {
    value.replace("\r\n", "\n").chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dated(day: &str, month: &str, year: &str) -> (Option<Date>, Vec<FieldError>) {
        let mut form = Form::opened([("born_on-day", day), ("born_on-month", month), ("born_on-year", year)]);
        (form.date("born_on", "the date of birth"), form.errors)
    }

    #[test]
    fn dates_are_read_as_people_write_them() {
        for (day, month, year, expected) in
            [("7", "3", "2019", "2019-03-07"), ("07", "March", "2019", "2019-03-07"), (" 29 ", "2", "2024", "2024-02-29")]
        {
            assert_eq!(dated(day, month, year).0.map(|d| d.to_string()).as_deref(), Some(expected));
        }
    }

    #[test]
    fn an_impossible_date_says_what_is_wrong() {
        for (day, month, year, words) in [
            ("31", "2", "2024", "The date of birth must be a real date: there is no 31/2/2024"),
            ("", "2", "2024", "The date of birth must include a day"),
            ("", "", "2024", "The date of birth must include a day and month"),
            ("1", "2", "24", "The date of birth must have a year of 4 digits, such as 2026"),
            ("x", "2", "2024", "The date of birth must be a real date, such as 27 3 2026"),
        ] {
            assert_eq!(dated(day, month, year).1[0].text, words);
        }
        assert_eq!(dated("", "", ""), (None, vec![]));
    }

    #[test]
    fn what_was_typed_is_kept_beside_its_error() {
        let mut form = Form::opened([("given_name", "  "), ("note", "قصة 👩‍👧 <b>")]);
        form.text("given_name", 1..=200, "Enter a given name");
        let typed = form.typed();
        assert_eq!(typed["note"].as_str(), Some("قصة 👩‍👧 <b>"));
        assert_eq!(form.errors(), [FieldError { href: "#given_name".into(), text: "Enter a given name".into() }]);
    }
}
