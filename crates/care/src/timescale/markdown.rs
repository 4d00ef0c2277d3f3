//! The register as a page of documentation.

use super::{Register, StartDay, Timescale, UNNUMBERED, register::ALWAYS};
use crate::words;

const HEAD: &str = "# Duties: every timescale that Keyworker knows

<!-- Made from care::timescale by `UPDATE=1 cargo test -p care duties`; do not edit. -->

The start is day 0 unless said otherwise. Working days are Monday to Friday without the bank holidays of England and Wales;
weeks are seven calendar days each; months keep the day number and stop at the end of a shorter month. Hours run on the real
clock, through nights, weekends and bank holidays, unless they are working hours. A date stays where it falls, on a weekend too.

Local rules are changed by each council, with a date, on the page *Timescales*; the others are not. The last column says how
sure we are of the wording: check what was not read at its source before relying on it. Where a day is given after the length,
the rule is held as from that day; an earlier start is judged by the earliest version, and its due date says so.

";

/// `docs/duties.md`: made from the register, never edited by hand.
pub fn register_markdown() -> String {
    let mut text = HEAD.to_owned();
    text.push_str(
        "| Code | What | Rule | Runs from | Length | Kind | Source | How sure |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n",
    );
    for rule in Register::national().all() {
        let cells =
            [&rule.code, &rule.name, &rule.words, &rule.anchor, &length(rule), rule.kind.label(), &rule.source, rule.checked.label()];
        text.push_str(&row(&cells.map(str::to_owned)));
    }
    text.push_str("\n## Duties without a number\n\n| What | What stands in its place | Source | How sure |\n| --- | --- | --- | --- |\n");
    for duty in UNNUMBERED {
        text.push_str(&row(&[duty.name, duty.words, duty.source, duty.checked.label()].map(str::to_owned)));
    }
    text
}

/// "45 working days, from 15 April 2013", "2 working days before".
fn length(rule: &Timescale) -> String {
    let before = if rule.amount < 0 { " before" } else { "" };
    let day = match rule.start_day {
        StartDay::IsDayZero => "",
        StartDay::IsDayOne => ", the start being day 1",
    };
    let from = if rule.from_on == ALWAYS { String::new() } else { format!(", from {}", words::date(rule.from_on)) };
    let until = rule.until_on.map_or_else(String::new, |on| format!(" until {}", words::date(on)));
    format!("{}{before}{day}{from}{until}", rule.length())
}

fn row(cells: &[String]) -> String {
    format!("| {} |\n", cells.iter().map(|cell| cell.replace('|', "\\|")).collect::<Vec<_>>().join(" | "))
}
