//! Our own components: each template in `src/web/parts/` is a function on every page, named after its file.
//!
//! `parts/fact-list.html` is `{{ kwFactList(facts) }}`. A part sees its first argument as `it`, its second as `text`, each
//! named argument by its name and all of them together as `rest`; and from the page that called it `page` and `form`.

use super::embedded;
use minijinja::value::{Kwargs, ValueKind};
use minijinja::{Environment, Error, State, Value};

/// Makes every part a function, and `error_for("surname")` the error message of a field.
pub fn install(pages: &mut Environment<'static>) {
    for (template, _) in embedded::PAGES {
        if let Some(name) = function(template) {
            pages.add_function(name, move |state: &State, it: Option<Value>, text: Option<Value>, named: Kwargs| {
                let html = state.env().get_template(template)?.render(context_of(state, it, text, &named)?)?;
                Ok::<Value, Error>(Value::from_safe_string(html.trim().to_owned()))
            });
        }
    }
    pages.add_function("bar_geometry", super::chart::bar_geometry);
    pages.add_function("error_for", error_for);
    pages.add_function("initial", initial);
    pages.add_filter("shorten", shorten);
}

/// `parts/fact-list.html` is `kwFactList`.
fn function(template: &str) -> Option<String> {
    let name = template.strip_prefix("parts/")?.strip_suffix(".html")?;
    let words = name.split('-').map(|word| format!("{}{}", word[..1].to_uppercase(), &word[1..]));
    Some(format!("kw{}", words.collect::<String>()))
}

fn context_of(state: &State, it: Option<Value>, text: Option<Value>, named: &Kwargs) -> Result<Value, Error> {
    let mut rest = Vec::new();
    for name in named.args() {
        rest.push((name.to_owned(), named.get::<Value>(name)?));
    }
    let from_page = |name: &str| state.lookup(name).filter(|value| value.kind() == ValueKind::Map);
    let mut all = vec![
        ("it".to_owned(), it.unwrap_or(Value::UNDEFINED)),
        ("text".to_owned(), text.unwrap_or(Value::UNDEFINED)),
        ("page".to_owned(), from_page("page").unwrap_or_else(empty)),
        ("form".to_owned(), from_page("form").unwrap_or_else(empty)),
    ];
    all.extend(rest.iter().cloned());
    let rest = rest.into_iter().filter(|(name, _)| name != "caller");
    all.push(("rest".to_owned(), Value::from_pairs(rest)));
    Ok(Value::from_pairs(all))
}

fn empty() -> Value {
    Value::from_pairs(Vec::<(String, Value)>::new())
}

/// `{text: …}` of the first error of this field, or of a part of it such as its day, for a component's `errorMessage`.
fn error_for(state: &State, field: &str) -> Result<Value, Error> {
    let Some(errors) = state.lookup("page").and_then(|page| page.get_attr("errors").ok()) else { return Ok(Value::from(())) };
    if errors.is_undefined() || errors.is_none() {
        return Ok(Value::from(()));
    }
    for error in errors.try_iter()? {
        let href = error.get_attr("href")?.to_string();
        let id = href.trim_start_matches('#');
        if id == field || id.strip_prefix(field).is_some_and(|rest| rest.starts_with('-')) {
            return Ok(Value::from_pairs([("text", error.get_attr("text")?)]));
        }
    }
    Ok(Value::from(()))
}

/// The first letters of a name, for the round mark beside it.
fn initial(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let ends = [words.first(), words.last().filter(|_| words.len() > 1)];
    ends.into_iter().flatten().filter_map(|word| word.chars().next()).flat_map(char::to_uppercase).collect()
}

/// At most so many letters, with an ellipsis for the rest.
fn shorten(text: &str, letters: usize) -> String {
    if text.chars().count() <= letters {
        return text.to_owned();
    }
    let kept: String = text.chars().take(letters.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}
