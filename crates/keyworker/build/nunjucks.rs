//! Rewrites a Nunjucks template, as the front-end packages ship them, into one that MiniJinja reads.
//!
//! The two languages are nearly the same. What differs in these packages, and is rewritten here: `===`, `elseif`,
//! dictionary keys without quotes, `for k, v in map`, `+` between texts, `.length`, and a variable that a loop adds up.
//! Imports are dropped, because every component is a function of the environment (see `src/web/govuk/components.rs`).

use regex::{Captures, Regex};

type Outcome<T> = Result<T, regex::Error>;

/// Variables that a `for` loop sets for the text after it; Jinja needs a namespace for that.
const SET_IN_A_LOOP: [&str; 2] = ["anyRowHasActions", "anyItemHasError"];

/// One template of the packages.
pub fn to_minijinja(source: &str) -> Outcome<String> {
    let source = without_comments(source)?;
    let source = without_imports(&source)?;
    let source = with_namespaces(&source);
    // An empty mapping is true in JavaScript.
    let source = source.replace("if params.meta %}", "if params.meta is defined %}");
    in_tags(&source, rewrite_tag)
}

/// One page of our own: `{text: "Save"}` may be written without quotes around `text`, as the Design System's examples are.
pub fn quote_keys(source: &str) -> Outcome<String> {
    let source = without_comments(source)?;
    in_tags(&source, |tag| outside_strings(tag, quote_bare_keys))
}

fn rewrite_tag(tag: &str) -> Outcome<String> {
    let tag = outside_strings(tag, rewrite_code)?;
    concatenate_texts(&tag)
}

fn rewrite_code(code: &str) -> Outcome<String> {
    let code = code.replace("!==", "!=").replace("===", "==");
    let code = Regex::new(r"^(\{%-?\s*)elseif\b")?.replace(&code, "${1}elif").into_owned();
    let code = Regex::new(r"\bfor (\w+), (\w+) in ([\w.]+)")?.replace(&code, "for $1, $2 in $3|items").into_owned();
    let code = Regex::new(r"\b([\w.]+)\.length\b")?.replace_all(&code, "($1|length)").into_owned();
    quote_bare_keys(&code)
}

fn quote_bare_keys(code: &str) -> Outcome<String> {
    Ok(Regex::new(r"([{,]\s*)([A-Za-z_]\w*)\s*:")?.replace_all(code, "$1\"$2\":").into_owned())
}

/// `+` joins texts unless a number follows it.
fn concatenate_texts(tag: &str) -> Outcome<String> {
    let plus = Regex::new(r#"'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|\+(\s*\d)?"#)?;
    let joined = plus.replace_all(tag, |found: &Captures| match &found[0] {
        "+" => "~".to_owned(),
        other => other.to_owned(),
    });
    Ok(joined.into_owned())
}

/// Comments go, but the whitespace that they trim stays trimmed.
fn without_comments(source: &str) -> Outcome<String> {
    let comment = Regex::new(r"(?s)\{#(-?).*?(-?)#\}")?;
    Ok(comment.replace_all(source, "{#$1 $2#}").into_owned())
}

fn without_imports(source: &str) -> Outcome<String> {
    let import = Regex::new(r#"\{%-?\s*from "[^"]*(macro|attributes|i18n)\.njk" import \w+\s*-?%\}"#)?;
    Ok(import.replace_all(source, "").into_owned())
}

fn with_namespaces(source: &str) -> String {
    let mut source = source.to_owned();
    for name in SET_IN_A_LOOP {
        let first = format!("set {name} = false");
        if let Some(at) = source.find(&first) {
            let rest = source.split_off(at);
            let (_, after) = rest.split_at(first.len());
            source += &format!("set loop_{name} = namespace(value=false)");
            source += &after.replace(name, &format!("loop_{name}.value"));
        }
    }
    source
}

/// Rewrites each `{% … %}` and `{{ … }}`, and leaves the text between them alone.
fn in_tags(source: &str, rewrite: impl Fn(&str) -> Outcome<String>) -> Outcome<String> {
    let start = Regex::new(r"\{[%{]")?;
    let (mut out, mut at) = (String::new(), 0);
    while let Some(found) = start.find_at(source, at) {
        out += &source[at..found.start()];
        at = end_of_tag(source, found.start());
        out += &rewrite(&source[found.start()..at])?;
    }
    Ok(out + &source[at..])
}

/// Where a tag ends: closing braces within a string or a dictionary do not count.
fn end_of_tag(source: &str, start: usize) -> usize {
    let bytes = source.as_bytes();
    let (mut at, mut depth, mut quote) = (start + 2, 0_usize, None);
    while at < bytes.len() {
        match (quote, bytes[at]) {
            (Some(_), b'\\') => at += 1,
            (Some(open), byte) if open == byte => quote = None,
            (Some(_), _) => {}
            (None, byte @ (b'"' | b'\'')) => quote = Some(byte),
            (None, b'{') => depth += 1,
            (None, b'}') if depth > 0 => depth -= 1,
            (None, b'}' | b'%') if depth == 0 && bytes.get(at + 1) == Some(&b'}') => return at + 2,
            _ => {}
        }
        at += 1;
    }
    source.len()
}

fn outside_strings(tag: &str, rewrite: impl Fn(&str) -> Outcome<String>) -> Outcome<String> {
    let string = Regex::new(r#"'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*""#)?;
    pieces(&string, tag, rewrite, |string| Ok(string.to_owned()))
}

/// Passes what matches through one function and what lies between through the other.
fn pieces(
    pattern: &Regex,
    source: &str,
    between: impl Fn(&str) -> Outcome<String>,
    matched: impl Fn(&str) -> Outcome<String>,
) -> Outcome<String> {
    let (mut out, mut at) = (String::new(), 0);
    for found in pattern.find_iter(source) {
        out += &between(&source[at..found.start()])?;
        out += &matched(found.as_str())?;
        at = found.end();
    }
    Ok(out + &between(&source[at..])?)
}
