//! The register as a page of documentation.

use super::Register;

/// `docs/duties.md`: made from the register, never edited by hand.
pub fn register_markdown() -> String {
    let mut text = String::from(
        "# Duties: every timescale that Keyworker knows\n\n<!-- Made from care::timescale by `UPDATE=1 cargo test -p care duties`; do not edit. -->\n\n\
         The start is day 0 unless said otherwise. Working days are Monday to Friday without the bank holidays of England and Wales.\n\
         Local rules are changed by each council, with a date, on the page *Timescales*; the others are not. The last column says how\n\
         sure we are of the wording: check what is not read at its source before relying on it.\n\n\
         | Code | What | Rule | Runs from | Length | Kind | Source | How sure |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n",
    );
    for rule in Register::national().all() {
        let before = if rule.amount < 0 { " before" } else { "" };
        text.push_str(&format!(
            "| {} | {} | {} | {} | {}{before} | {} | {} | {} |\n",
            rule.code,
            rule.name,
            rule.words,
            rule.anchor,
            rule.length(),
            rule.kind,
            rule.source,
            rule.checked
        ));
    }
    text
}
