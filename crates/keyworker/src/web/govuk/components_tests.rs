use super::*;
use minijinja::value::Serde;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use std::fs;
use std::path::{Path, PathBuf};

/// The packages' own examples: each must come out as the packages' authors rendered it, but for whitespace.
#[test]
fn every_fixture_of_govuk_frontend_renders_the_same() {
    let env = environment().unwrap();
    let (mut same, mut different) = (0, Vec::new());
    for (component, fixtures) in fixtures() {
        for fixture in fixtures.get_attr("fixtures").unwrap().try_iter().unwrap() {
            let expected = fixture.get_attr("html").unwrap().to_string();
            let template = format!("govuk/components/{component}/template.njk");
            let rendered = env.get_template(&template).unwrap().render(context! { params => fixture.get_attr("options").unwrap() });
            match rendered {
                Ok(html) if plain(&html) == plain(&expected) => same += 1,
                Ok(html) => different.push(format!(
                    "{component}: {}\n  {}\n  {}",
                    fixture.get_attr("name").unwrap(),
                    plain(&html),
                    plain(&expected)
                )),
                Err(error) => different.push(format!("{component}: {error}")),
            }
        }
    }
    assert!(different.is_empty(), "{same} the same; {} differ:\n{}", different.len(), different.join("\n"));
    assert!(same >= 725, "only {same} fixtures were found");
}

/// The Ministry ships no rendered examples: each of its components renders, with what its name promises.
#[test]
fn the_ministrys_components_render() {
    let env = environment().unwrap();
    let known: Vec<_> = functions().filter(|(name, _)| name.starts_with("moj")).collect();
    let params = Value::from(Serde(serde_json::json!({
        "text": "7", "title": "Words", "heading": "Words", "label": {"text": "Words"}, "id": "words", "name": "words",
        "items": [{"text": "Words", "href": "#", "label": {"text": "Words"}, "datetime": {"timestamp": "2026-05-14T14:42:00Z", "type": "datetime"},
                   "timestamp": "2026-05-14T14:42:00Z"}],
        "primaryAction": {"text": "Go", "href": "#"}
    })));
    let mut failed = Vec::new();
    for (name, template) in &known {
        let caller = Value::from_function(|| Value::from("Words"));
        let html = env.get_template(template).and_then(|it| it.render(context! { params => params.clone(), caller }));
        match html {
            Ok(html) if html.contains(class_of(template)) => {}
            other => failed.push(format!("{name} ({template}): {other:?}")),
        }
    }
    assert!(failed.is_empty(), "{} of {} fail:\n{}", failed.len(), known.len(), failed.join("\n"));
    assert_eq!(known.len(), 26);
}

#[test]
fn named_arguments_and_a_dictionary_are_the_same() {
    let mut pages = Environment::new();
    install(&mut pages).unwrap();
    let html = |source: &str| pages.render_str(source, ()).unwrap();
    assert_eq!(html(r#"{{ govukTag(text="Late", classes="x") }}"#), html(r#"{{ govukTag({"text": "Late", "classes": "x"}) }}"#));
    assert!(html(r#"{{ govukTag({"text": "Late"}, text="Due") }}"#).contains("Due"));
    assert!(html(r#"{{ govukTag(text="<b>") }}"#).contains("&lt;b&gt;"));
}

#[test]
fn the_crown_is_not_to_be_had_on_pages() {
    let mut pages = Environment::new();
    install(&mut pages).unwrap();
    assert!(pages.render_str("{{ govukHeader({}) }}", ()).is_err());
}

fn class_of(template: &str) -> &'static str {
    match template.split('/').nth(2) {
        Some("currency-input") => "moj-input__currency",
        _ => "moj-",
    }
}

fn fixtures() -> Vec<(String, Value)> {
    let components = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../node_modules/govuk-frontend/dist/govuk/components");
    let mut folders: Vec<PathBuf> = fs::read_dir(components).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    let read = |folder: PathBuf| {
        let text = fs::read_to_string(folder.join("fixtures.json")).ok()?;
        let fixtures: InOrder = serde_json::from_str(&text).unwrap();
        Some((folder.file_name()?.to_str()?.to_owned(), fixtures.0))
    };
    folders.into_iter().filter_map(read).collect()
}

/// Without whitespace around tags, and any other whitespace as one space.
fn plain(html: &str) -> String {
    let words = html.split_whitespace().collect::<Vec<_>>().join(" ");
    regex::Regex::new(r"\s*([<>])\s*").unwrap().replace_all(&words, "$1").into_owned()
}

/// A JSON value whose keys stay in the order of the file, as the order of attributes depends on it.
struct InOrder(Value);

impl<'de> Deserialize<'de> for InOrder {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<InOrder, D::Error> {
        deserializer.deserialize_any(Reader).map(InOrder)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Value;

    fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str("JSON")
    }
    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::from(()))
    }
    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::from(value))
    }
    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::from(value))
    }
    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::from(value))
    }
    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Value::from(value))
    }
    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::from(value))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(InOrder(item)) = seq.next_element()? {
            items.push(item);
        }
        Ok(Value::from(items))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut pairs = Vec::new();
        while let Some((key, InOrder(item))) = map.next_entry::<String, InOrder>()? {
            pairs.push((key, item));
        }
        Ok(Value::from_pairs(pairs))
    }
}
