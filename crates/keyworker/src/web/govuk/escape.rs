//! How values are written into HTML: everything is escaped unless it was marked safe; nothing is written for what is absent.

use minijinja::value::ValueKind;
use minijinja::{Environment, Error, Output, State, Value};

/// Makes an environment escape every value in every template.
pub fn install(env: &mut Environment<'static>) {
    env.set_auto_escape_callback(super::templates::always_html);
    env.set_formatter(write);
    env.add_filter("escape", |value: Value| Value::from_safe_string(escaped(&value)));
    env.add_filter("e", |value: Value| Value::from_safe_string(escaped(&value)));
}

/// A value as HTML text, safe between tags and within quotes.
pub fn escaped(value: &Value) -> String {
    match value.kind() {
        ValueKind::Undefined | ValueKind::None => String::new(),
        ValueKind::Bool => if value.is_true() { "true" } else { "false" }.to_owned(),
        _ if value.is_safe() => value.to_string(),
        _ => escape_text(&value.to_string()),
    }
}

fn write(out: &mut Output, state: &mut State, value: &Value) -> Result<(), Error> {
    if value.is_undefined() {
        return minijinja::escape_formatter(out, state, value);
    }
    out.write_str(&escaped(value)).map_err(Error::from)
}

fn escape_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '`' => out.push_str("&#96;"),
            '\\' => out.push_str("&#92;"),
            other => out.push(other),
        }
    }
    out
}
