//! The register of every timescale: the rule in force, its source, and how sure we are. Local ones change from a day on.

use axum::extract::Path;
use care::{
    access::Deed,
    timescale::{Kind, LocalChange, Timescale, Unit},
};
use jiff::civil::Date;
use serde::Serialize;
use store::policy;

use super::{history, today};
use crate::web::{Context, Outcome, Problem, form::Form, govuk, posted::Posted};

#[derive(Serialize)]
struct Row {
    code: String,
    name: String,
    rule: String,
    length: String,
    anchor: String,
    kind: &'static str,
    source: String,
    checked: &'static str,
    is_local: bool,
    next: Option<String>,
}

pub async fn show(cx: Context) -> Outcome {
    let mut tx = cx.read().await?;
    let register = policy::register(&mut tx).await?;
    let day = cx.today();
    let mut codes: Vec<&str> = Vec::new();
    for rule in register.all() {
        if !codes.contains(&rule.code.as_str()) {
            codes.push(&rule.code);
        }
    }
    let rows = codes
        .into_iter()
        .map(|code| Ok(row(register.on(code, day).map_err(|e| Problem::Broken(e.to_string()))?, register.all(), day)))
        .collect::<Result<Vec<Row>, Problem>>()?;
    let (local, set): (Vec<Row>, Vec<Row>) = rows.into_iter().partition(|row| row.is_local);
    let data = minijinja::context! { local => govuk::value(&local), set => govuk::value(&set), changes => cx.has_role(Deed::ChangePolicy.granted_to()), today => day.to_string() };
    cx.page(tx, "Timescales", "policy/timescales.html", data).await
}

fn row(rule: &Timescale, all: &[Timescale], day: Date) -> Row {
    let next = all
        .iter()
        .find(|one| one.code == rule.code && one.from_on > day)
        .map(|one| format!("{} from {}", one.length(), care::words::date(one.from_on)));
    Row {
        code: rule.code.clone(),
        name: rule.name.clone(),
        rule: rule.words.clone(),
        length: format!("{}{}", rule.length(), if rule.amount < 0 { " before" } else { "" }),
        anchor: rule.anchor.clone(),
        kind: rule.kind.label(),
        source: rule.source.clone(),
        checked: rule.checked.label(),
        is_local: rule.kind == Kind::Local,
        next,
    }
}

pub async fn edit(cx: Context, Path(code): Path<String>) -> Outcome {
    page(&cx, &code, None).await
}

async fn page(cx: &Context, code: &str, sent: Option<&Form>) -> Outcome {
    let mut tx = cx.read().await?;
    let register = policy::register(&mut tx).await?;
    let rule = register.on(code, cx.today()).map_err(|_| Problem::NotFound)?.clone();
    let form = sent.cloned().unwrap_or_else(|| {
        let mut form = today(cx);
        form.set("amount", rule.amount.abs().to_string());
        form.set("unit", rule.unit.code());
        form
    });
    let rows = policy::history(&mut tx, &format!("timescale.{code}")).await?;
    let words = |one: &policy::Setting| {
        serde_json::from_str::<LocalChange>(&one.value)
            .map_or_else(|_| one.value.clone(), |change| format!("{} {}", change.amount.abs(), change.unit.label()))
    };
    let units: Vec<govuk::Choice> =
        Unit::ALL.iter().map(|unit| govuk::Choice { value: unit.code().into(), text: unit.label().into(), hint: None }).collect();
    let data = minijinja::context! {
        code, name => rule.name.clone(), rule => rule.words.clone(), anchor => rule.anchor.clone(), before => rule.amount < 0, is_local => rule.kind == Kind::Local, kind => rule.kind.label(), source => rule.source.clone(),
        units => govuk::value(&units), history => history(&rows, words),
    };
    cx.form(tx, "Change a timescale", "policy/timescale.html", &form, data).await
}

pub async fn change(cx: Context, Path(code): Path<String>, Posted(mut form): Posted) -> Outcome {
    let amount = form.whole_number("amount", 1..=400, "the length");
    let units: Vec<(&str, Unit)> = Unit::ALL.iter().map(|unit| (unit.code(), *unit)).collect();
    let unit = form.choice("unit", &units, "Choose what the number counts");
    let from_on = form.required_date("from_on", "the first day");
    if from_on.is_some_and(|day| day < cx.today()) {
        form.date_error("from_on", "The first day must be today or later: what was due stays as it was");
    }
    let source = form.text("source", 1..=400, "Say who decided this, and where it is written");
    let (true, Some(amount), Some(unit), Some(from_on)) = (form.is_good(), amount, unit, from_on) else {
        return page(&cx, &code, Some(&form)).await;
    };
    let mut tx = cx.write().await?;
    let register = policy::register(&mut tx).await?;
    let sign = if register.on(&code, cx.today()).map_err(|_| Problem::NotFound)?.amount < 0 { -1 } else { 1 };
    let change = LocalChange { code: code.clone(), amount: sign * i32::try_from(amount).unwrap_or(1), unit, from_on, source };
    match policy::set_timescale(&mut tx, &change).await {
        Ok(()) => {
            tx.commit().await?;
            cx.go("/policy/timescales", "The timescale is changed from that day on.")
        }
        Err(store::Error::Refused { field, words }) => {
            drop(tx);
            form.error(field, words);
            page(&cx, &code, Some(&form)).await
        }
        Err(other) => Err(other.into()),
    }
}
