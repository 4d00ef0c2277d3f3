//! What is known of a person: who they are, names now and before, addresses, numbers, alerts and statuses, each with its
//! dates. A fact that a census would refuse is kept, and stands here with the rule that it breaks.

use axum::extract::Path;
use care::{
    access::Deed,
    person::NumberKind,
    statuses::{Alert, AlertKind, AlertState},
};
use serde::Serialize;
use store::people::{self, AlertHistory, Person, StatusHistory};

use super::{frame, opened, statuses, words};
use crate::web::{Context, Outcome, govuk};

/// GET /people/{person}/details
pub async fn show(cx: Context, Path(id): Path<String>) -> Outcome {
    let (mut tx, person) = opened(&cx, &id, Deed::ReadRecord).await?;
    let details = people::details(&mut tx, &person).await?;
    let lines = status_lines(&details.statuses, person.person(), cx.today());
    let alerts: Vec<AlertLine> = details.alerts.iter().map(|a| alert_line(a, cx.today())).collect();
    let numbers: Vec<NumberLine> = details.identifiers.iter().map(number_line).collect();
    let names: Vec<_> =
        details.names.iter().map(|n| minijinja::context! { row => govuk::value(n), kind => words::name_use(&n.kind) }).collect();
    let addresses: Vec<_> =
        details.addresses.iter().map(|a| minijinja::context! { row => govuk::value(a), kind => words::plain(&a.kind) }).collect();
    let data = minijinja::context! {
        frame => govuk::value(&frame(&mut tx, &person, "/details").await?), identity => identity(person.person()), contact => contact(person.person()),
        about => about(person.person()), statuses => govuk::value(&lines), alerts => govuk::value(&alerts), names, addresses,
        numbers => govuk::value(&numbers), unverified => govuk::value(&details.unverified),
        queried => govuk::value(&store::imports::queries(&mut tx, &person).await?),
    };
    cx.page(tx, "Details", "people/details.html", data).await
}

type Facts = Vec<(&'static str, Option<String>)>;

fn identity(p: &Person) -> Facts {
    let born = p.born_on.map(|d| format!("{}{}", care::words::date(d.0), if p.born_about { " (an estimate)" } else { "" }));
    let mut facts = vec![
        ("Given names", Some(p.given_name.clone())),
        ("Family name", Some(p.surname.clone())),
        ("Known as", p.known_as.clone()),
        ("Pronouns", p.pronouns.clone()),
        ("Date of birth", born),
    ];
    if let Some(expected) = p.expected_on {
        facts.push(("Expected on", Some(care::words::date(expected.0))));
    }
    if let Some(died) = p.died_on {
        facts.push(("Died on", Some(care::words::date(died.0))));
    }
    facts.push(("Sex", Some(words::sex(&p.sex))));
    facts
}

fn contact(p: &Person) -> Facts {
    vec![("Telephone", p.telephone.clone()), ("E-mail", p.email.clone())]
}

fn about(p: &Person) -> Facts {
    vec![
        ("Ethnicity", Some(words::ethnicity(&p.ethnicity))),
        ("First language", Some(words::language(&p.first_language))),
        ("Interpreter needed", Some(words::yes_no(&p.interpreter))),
        ("Disability", Some(words::disability(&p.disability, &p.disability_codes))),
    ]
}

#[derive(Serialize)]
struct StatusLine {
    id: String,
    words: String,
    placement: Option<String>,
    open: bool,
    end_reason: Option<String>,
    imported: bool,
    /// What is odd about it, and which rule of a return it breaks.
    queries: Vec<String>,
    dates: Vec<String>,
}

fn status_lines(rows: &[StatusHistory], person: &Person, today: jiff::civil::Date) -> Vec<StatusLine> {
    let line = |row: &StatusHistory| StatusLine {
        id: row.id.to_string(),
        words: statuses::read(row).map_or_else(|| only_in_files(row), |d| d.words()),
        placement: statuses::read(row).and_then(|d| d.placement_words().map(str::to_owned)),
        open: row.until_on.is_none(),
        end_reason: row.end_reason.as_deref().map(statuses::end_words),
        imported: row.source.starts_with("import"),
        queries: row.queried.iter().cloned().chain(statuses::queries(row, rows, person, today)).collect(),
        dates: statuses::Known::of(row).words(),
    };
    rows.iter().map(line).collect()
}

/// A status that only files know: "Assessment, from 3 June 2025 until 14 July 2025".
fn only_in_files(row: &StatusHistory) -> String {
    let (what, from) = (words::plain(&row.kind), care::words::date(row.from_on.0));
    match row.until_on {
        Some(until) => format!("{what}, from {from} until {}", care::words::date(until.0)),
        None => format!("{what}, since {from}"),
    }
}

#[derive(Serialize)]
struct AlertLine {
    id: String,
    kind: &'static str,
    words: String,
    told: String,
    from_on: String,
    review_on: Option<String>,
    ended_on: Option<String>,
    review_due: bool,
}

fn alert_line(row: &AlertHistory, today: jiff::civil::Date) -> AlertLine {
    let kind = AlertKind::from_code(&row.kind).unwrap_or(AlertKind::Other);
    let alert = Alert {
        kind,
        words: row.words.clone(),
        from_on: row.from_on.0,
        review_on: row.review_on.map(|d| d.0),
        ended_on: row.ended_on.map(|d| d.0),
    };
    AlertLine {
        id: row.id.to_string(),
        kind: kind.label(),
        words: row.words.clone(),
        told: row.told.clone(),
        from_on: row.from_on.to_string(),
        review_on: row.review_on.map(|d| d.to_string()),
        ended_on: row.ended_on.map(|d| d.to_string()),
        review_due: alert.state(today) == AlertState::ReviewDue,
    }
}

#[derive(Serialize)]
struct NumberLine {
    id: String,
    kind: &'static str,
    value: String,
    verified: bool,
}

fn number_line(row: &people::IdentifierRow) -> NumberLine {
    let kind = NumberKind::from_code(&row.kind).unwrap_or(NumberKind::Other);
    NumberLine { id: row.id.clone(), kind: kind.label(), value: kind.shown(&row.value), verified: row.verified }
}
