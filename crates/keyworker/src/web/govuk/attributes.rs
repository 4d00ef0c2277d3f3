//! The two macros of the packages that write attributes, as functions: `govukAttributes` and `govukI18nAttributes`.

use super::escape::escaped;
use minijinja::value::ValueKind;
use minijinja::{Error, Value};

/// ` name="value"` for each entry of a mapping; a text is written as it stands. An entry may be
/// `{value: …, optional: true}`: then it is left out when empty, and only its name is written when it is `true`.
pub fn govuk_attributes(attributes: Option<Value>) -> Result<Value, Error> {
    let Some(attributes) = attributes else { return Ok(Value::from_safe_string(String::new())) };
    if let Some(text) = attributes.as_str() {
        return Ok(Value::from_safe_string(text.to_owned()));
    }
    let mut out = String::new();
    if attributes.kind() == ValueKind::Map {
        for name in attributes.try_iter()? {
            out += &attribute(&name, &attributes.get_item(&name)?)?;
        }
    }
    Ok(Value::from_safe_string(out))
}

/// ` data-i18n.key.one="…"` for each plural form, or ` data-i18n.key="…"` for one message.
pub fn govuk_i18n_attributes(params: Value) -> Result<Value, Error> {
    let key = escaped(&params.get_attr("key")?);
    let (messages, message) = (params.get_attr("messages")?, params.get_attr("message")?);
    let mut out = String::new();
    if messages.is_true() {
        for form in messages.try_iter()? {
            out += &format!(" data-i18n.{key}.{}=\"{}\"", escaped(&form), escaped(&messages.get_item(&form)?));
        }
    } else if message.is_true() {
        out = format!(" data-i18n.{key}=\"{}\"", escaped(&message));
    }
    Ok(Value::from_safe_string(out))
}

fn attribute(name: &Value, item: &Value) -> Result<String, Error> {
    let (value, optional) = value_and_whether_optional(item)?;
    let is = |truth: bool| value.kind() == ValueKind::Bool && value.is_true() == truth;
    if optional && is(true) {
        return Ok(format!(" {}", escaped(name)));
    }
    if optional && (value.is_undefined() || value.is_none() || is(false)) {
        return Ok(String::new());
    }
    Ok(format!(" {}=\"{}\"", escaped(name), escaped(&value)))
}

/// A mapping with `val` is how the packages' fixtures write down a text that is already safe.
fn value_and_whether_optional(item: &Value) -> Result<(Value, bool), Error> {
    if item.kind() != ValueKind::Map {
        return Ok((item.clone(), false));
    }
    let (safe, value) = (item.get_attr("val")?, item.get_attr("value")?);
    if value.is_undefined() && !safe.is_undefined() {
        return Ok((Value::from_safe_string(safe.to_string()), false));
    }
    let optional = item.get_attr("optional")?;
    let value = match value.kind() {
        ValueKind::Map => Value::from_safe_string(value.get_attr("val")?.to_string()),
        _ => value,
    };
    Ok((value, optional.kind() == ValueKind::Bool && optional.is_true()))
}
