//! The components of the GOV.UK and Ministry of Justice packages, each as a function of the environment.
//!
//! They live in an environment of their own that is lenient as Nunjucks is; pages live in a stricter one.

use super::{attributes, embedded, escape};
use minijinja::value::{Kwargs, ValueKind};
use minijinja::{Environment, Error, State, UndefinedBehavior, Value, context};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Components that show the crown, which only services on gov.uk may show, or another body's crest.
const NOT_FOR_PAGES: [&str; 3] = ["govukHeader", "govukFooter", "mojHeader"];

/// Makes every component a function on pages: `govukButton({text: "Save"})` or `govukButton(text="Save")`.
pub fn install(pages: &mut Environment<'static>) -> Result<(), Error> {
    let components = Arc::new(environment()?);
    for (function, template) in functions() {
        if NOT_FOR_PAGES.contains(&function.as_str()) {
            continue;
        }
        let components = Arc::clone(&components);
        pages.add_function(function, move |state: &mut State, params: Option<Value>, named: Kwargs| {
            let body = body(state, &named)?;
            render(&components, template, params, &named, body)
        });
    }
    pages.add_function("govukAttributes", attributes::govuk_attributes);
    Ok(())
}

/// The environment in which the components themselves are rendered.
pub(super) fn environment() -> Result<Environment<'static>, Error> {
    let mut env = Environment::new();
    env.set_undefined_behavior(UndefinedBehavior::Chainable);
    env.set_path_join_callback(|name, parent| join(name, parent).into());
    env.set_unknown_method_callback(method);
    escape::install(&mut env);
    env.add_global("undefined", Value::UNDEFINED);
    env.add_global("null", Value::from(()));
    env.add_test("null", |value: Value| value.is_none());
    env.add_test("truthy", |value: Value| value.is_true());
    env.add_filter("length", |value: Value| value.len().unwrap_or(0));
    env.add_filter("items", pairs);
    env.add_filter("string", string);
    env.add_filter("mojDate", super::filters::moj_date);
    env.add_filter("date", |value: Value| super::filters::date(value));
    env.add_function("govukAttributes", attributes::govuk_attributes);
    env.add_function("govukI18nAttributes", attributes::govuk_i18n_attributes);
    for (function, template) in functions() {
        env.add_function(function, move |state: &mut State, params: Option<Value>, named: Kwargs| {
            let body = body(state, &named)?;
            render(state.env(), template, params, &named, body)
        });
    }
    for (name, source) in embedded::COMPONENTS {
        env.add_template(name, source)?;
    }
    Ok(env)
}

/// Each component's function and template: `govukDateInput` and `govuk/components/date-input/template.njk`.
pub(super) fn functions() -> impl Iterator<Item = (String, &'static str)> {
    embedded::COMPONENTS.iter().filter_map(|(template, _)| {
        let (package, rest) = template.split_once("/components/")?;
        let component = rest.strip_suffix("/template.njk")?;
        let words = component.split('-').map(|word| format!("{}{}", word[..1].to_uppercase(), &word[1..]));
        Some((format!("{package}{}", words.collect::<String>()), *template))
    })
}

/// What stands between `call` and `endcall`, written now: the page's own state does not reach into the component's.
fn body(state: &mut State, named: &Kwargs) -> Result<Value, Error> {
    let Some(caller) = named.get::<Option<Value>>("caller")? else { return Ok(Value::UNDEFINED) };
    let written = caller.call(state, &[])?;
    Ok(Value::from_function(move || written.clone()))
}

fn render(env: &Environment, template: &str, params: Option<Value>, named: &Kwargs, caller: Value) -> Result<Value, Error> {
    let names: Vec<&str> = named.args().filter(|name| *name != "caller").collect();
    let params = match (params, names.is_empty()) {
        (params, true) => params.unwrap_or(Value::UNDEFINED),
        (params, false) => merged(params, named, &names)?,
    };
    let html = env.get_template(template)?.render(context! { params, caller })?;
    Ok(Value::from_safe_string(html))
}

fn merged(params: Option<Value>, named: &Kwargs, names: &[&str]) -> Result<Value, Error> {
    let mut all = BTreeMap::new();
    if let Some(params) = params.filter(|params| params.kind() == ValueKind::Map) {
        for key in params.try_iter()? {
            all.insert(key.to_string(), params.get_item(&key)?);
        }
    }
    for name in names {
        all.insert((*name).to_owned(), named.get::<Value>(name)?);
    }
    Ok(Value::from_pairs(all))
}

/// `./template.njk` and `../label/template.njk` are beside the template that includes them.
fn join(name: &str, parent: &str) -> String {
    if !name.starts_with('.') {
        return name.to_owned();
    }
    let mut path: Vec<&str> = parent.split('/').collect();
    path.pop();
    for part in name.split('/') {
        match part {
            "." => {}
            ".." => drop(path.pop()),
            part => path.push(part),
        }
    }
    path.join("/")
}

/// The methods of JavaScript's lists that the packages use, and Python's that MiniJinja's users expect.
fn method(state: &mut State, value: &Value, name: &str, args: &[Value]) -> Result<Value, Error> {
    match (name, args) {
        ("includes", [wanted]) => Ok(Value::from(value.try_iter()?.any(|item| item == *wanted))),
        ("concat", [more]) if more.kind() == ValueKind::Seq => Ok(value.try_iter()?.chain(more.try_iter()?).collect()),
        ("concat", [more]) => Ok(value.try_iter()?.chain([more.clone()]).collect()),
        ("join", [between]) if value.kind() == ValueKind::Seq => {
            let parts: Vec<String> = value.try_iter()?.map(|item| item.to_string()).collect();
            Ok(Value::from(parts.join(&between.to_string())))
        }
        _ => minijinja_contrib::pycompat::unknown_method_callback(state, value, name, args),
    }
}

fn pairs(value: Value) -> Result<Vec<Value>, Error> {
    if value.kind() != ValueKind::Map {
        return Ok(Vec::new());
    }
    value.try_iter()?.map(|key| Ok(Value::from(vec![key.clone(), value.get_item(&key)?]))).collect()
}

fn string(value: Value) -> Value {
    match value.kind() {
        _ if value.is_safe() => value,
        ValueKind::Bool => Value::from(super::escape::escaped(&value)),
        _ => Value::from(value.to_string()),
    }
}

#[cfg(test)]
#[path = "components_tests.rs"]
mod tests;
