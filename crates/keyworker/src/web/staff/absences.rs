//! Who is away, as dates. The reason stands apart: human resources alone see that there is one, read it and write it.

use axum::extract::Path;
use care::access::Role;
use jiff::ToSpan;
use store::{
    id::{AbsenceId, WorkerId},
    workers,
};

use super::fill_date;
use crate::web::{
    Context, Outcome, Problem,
    form::Form,
    govuk::{self, Choice},
    posted::Posted,
};

/// How far back ended absences are listed.
const BACK_DAYS: i64 = 90;

pub async fn list(cx: Context) -> Outcome {
    let mut tx = cx.read().await?;
    let today = tx.today();
    let since = today.checked_sub(BACK_DAYS.days()).unwrap_or(today);
    let rows: Vec<minijinja::Value> = workers::absences(&mut tx, since)
        .await?
        .iter()
        .map(|a| {
            minijinja::context! {
                id => a.id.to_string(), name => format!("{} {}", a.given_name, a.surname), from_on => a.from_on.to_string(),
                back_on => a.expected_back_on.map(|d| d.to_string()), ended_on => a.ended_on.map(|d| d.to_string()),
                state => if a.ended_on.is_some_and(|d| d.0 < today) { "ended" } else if a.from_on.0 > today { "to_come" } else { "away" },
            }
        })
        .collect();
    let data = minijinja::context! { rows, days => BACK_DAYS, reasons => cx.has_role(&[Role::HumanResources]) };
    cx.page(tx, "Who is away", "staff/absences.html", data).await
}

pub async fn new(cx: Context) -> Outcome {
    let mut form = Form::default();
    fill_date(&mut form, "from_on", Some(cx.today()));
    new_page(&cx, &form).await
}

pub async fn record(cx: Context, Posted(mut form): Posted) -> Outcome {
    let worker = form.text("worker", 1..=64, "Choose a worker");
    let from = form.required_date("from_on", "the first day away");
    let back = form.date("expected_back_on", "the day on which they are expected back");
    let (Some(from), true) = (from, form.is_good()) else { return new_page(&cx, &form).await };
    let mut tx = cx.write().await?;
    match workers::record_absence(&mut tx, &WorkerId::from_text(worker), from, back).await {
        Ok(_) => {
            tx.commit().await?;
            cx.go("/absences", "The absence is recorded. Look who covers the people whom they hold.")
        }
        Err(e) => {
            drop(tx);
            form.refused(e)?;
            new_page(&cx, &form).await
        }
    }
}

async fn new_page(cx: &Context, form: &Form) -> Outcome {
    let mut tx = cx.read().await?;
    let all = workers::workers_in_reach(&mut tx).await?;
    let workers: Vec<Choice> = all.into_iter().map(|(id, name)| Choice { value: id.to_string(), text: name, hint: None }).collect();
    cx.form(tx, "Record an absence", "staff/absence_new.html", form, minijinja::context! { workers => govuk::value(&workers) }).await
}

pub async fn show(cx: Context, Path(id): Path<String>) -> Outcome {
    let mut tx = cx.read().await?;
    let absence = workers::absence(&mut tx, &AbsenceId::from_text(&id)).await?;
    tx.finish().await?;
    let mut form = Form::opened([("version", &absence.version.to_string())]);
    fill_date(&mut form, "expected_back_on", absence.expected_back_on.map(|d| d.0));
    fill_date(&mut form, "ended_on", absence.ended_on.map(|d| d.0));
    page(&cx, &id, &form).await
}

pub async fn change(cx: Context, Path(id): Path<String>, Posted(mut form): Posted) -> Outcome {
    let back = form.date("expected_back_on", "the day on which they are expected back");
    let ended = form.date("ended_on", "the last day away");
    if !form.is_good() {
        return page(&cx, &id, &form).await;
    }
    let version = form.version().ok_or(Problem::Stale)?;
    let mut tx = cx.write().await?;
    match workers::change_absence(&mut tx, &AbsenceId::from_text(&id), version, back, ended).await {
        Ok(()) => {
            tx.commit().await?;
            cx.go("/absences", "The absence is changed.")
        }
        Err(e) => {
            drop(tx);
            form.refused(e)?;
            page(&cx, &id, &form).await
        }
    }
}

async fn page(cx: &Context, id: &str, form: &Form) -> Outcome {
    let mut tx = cx.read().await?;
    let absence = workers::absence(&mut tx, &AbsenceId::from_text(id)).await?;
    let data =
        minijinja::context! { id, name => format!("{} {}", absence.given_name, absence.surname), from_on => absence.from_on.to_string() };
    cx.form(tx, "Change an absence", "staff/absence.html", form, data).await
}

pub async fn reason(cx: Context, Path(id): Path<String>) -> Outcome {
    let mut tx = cx.read().await?;
    let reason = workers::reason(&mut tx, &AbsenceId::from_text(&id)).await?;
    tx.finish().await?;
    reason_page(&cx, &id, &Form::opened([("reason", reason.as_deref().unwrap_or_default())])).await
}

pub async fn set_reason(cx: Context, Path(id): Path<String>, Posted(mut form): Posted) -> Outcome {
    let reason = form.text("reason", 1..=2000, "Enter the reason");
    if !form.is_good() {
        return reason_page(&cx, &id, &form).await;
    }
    let mut tx = cx.write().await?;
    workers::set_reason(&mut tx, &AbsenceId::from_text(&id), &reason).await?;
    tx.commit().await?;
    cx.go("/absences", "The reason is kept. Only human resources can read it.")
}

async fn reason_page(cx: &Context, id: &str, form: &Form) -> Outcome {
    let mut tx = cx.read().await?;
    let absence = workers::absence(&mut tx, &AbsenceId::from_text(id)).await?;
    let data =
        minijinja::context! { id, name => format!("{} {}", absence.given_name, absence.surname), from_on => absence.from_on.to_string() };
    cx.form(tx, "Reason of an absence", "staff/absence_reason.html", form, data).await
}
