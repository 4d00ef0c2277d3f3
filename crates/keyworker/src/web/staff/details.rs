//! A worker's details: added by hand, changed later.

use axum::extract::Path;
use store::{
    id::WorkerId,
    workers::{self, Employment, NewWorker, Worker},
};

use super::{choices, fill_date, list::fte};
use crate::web::{Context, Outcome, Problem, form::Form, govuk, posted::Posted};

pub async fn new(cx: Context) -> Outcome {
    let mut form = Form::opened([("employment", "employee"), ("fte", "1")]);
    fill_date(&mut form, "started_on", Some(cx.today()));
    page(&cx, None, &form).await
}

pub async fn add(cx: Context, Posted(mut form): Posted) -> Outcome {
    let new = read(&mut form);
    if !form.is_good() {
        return page(&cx, None, &form).await;
    }
    let mut tx = cx.write().await?;
    match workers::add(&mut tx, &new).await {
        Ok(id) => {
            tx.commit().await?;
            cx.go(&format!("/staff/{id}"), "The worker is added. Give them a role and an account next.")
        }
        Err(e) => {
            drop(tx);
            form.refused(e)?;
            page(&cx, None, &form).await
        }
    }
}

pub async fn show(cx: Context, Path(id): Path<String>) -> Outcome {
    let mut tx = cx.read().await?;
    let worker = workers::worker(&mut tx, &WorkerId::from_text(&id)).await?;
    tx.finish().await?;
    page(&cx, Some(&id), &filled(&worker)).await
}

pub async fn change(cx: Context, Path(id): Path<String>, Posted(mut form): Posted) -> Outcome {
    let new = read(&mut form);
    if !form.is_good() {
        return page(&cx, Some(&id), &form).await;
    }
    let version = form.version().ok_or(Problem::Stale)?;
    let mut tx = cx.write().await?;
    match workers::change(&mut tx, &WorkerId::from_text(&id), version, &new).await {
        Ok(()) => {
            tx.commit().await?;
            cx.go(&format!("/staff/{id}"), "The details are changed.")
        }
        Err(e) => {
            drop(tx);
            form.refused(e)?;
            page(&cx, Some(&id), &form).await
        }
    }
}

async fn page(cx: &Context, id: Option<&str>, form: &Form) -> Outcome {
    let employment = choices(Employment::ALL, Employment::code, Employment::label);
    let title = if id.is_some() { "Change a worker's details" } else { "Add a worker" };
    let data = minijinja::context! { id, title, employment => govuk::value(&employment) };
    cx.form(cx.read().await?, title, "staff/details.html", form, data).await
}

fn read(form: &mut Form) -> NewWorker {
    let optional = |text: String| (!text.is_empty()).then_some(text);
    let employments: Vec<(&str, Employment)> = Employment::ALL.iter().map(|e| (e.code(), *e)).collect();
    NewWorker {
        given_name: form.text("given_name", 0..=200, ""),
        surname: form.text("surname", 1..=200, "Enter a family name"),
        email: optional(form.text("email", 0..=200, "")),
        telephone: optional(form.text("telephone", 0..=50, "")),
        registration_no: optional(form.text("registration_no", 0..=50, "")),
        registered_until_on: form.date("registered_until_on", "the last day of the registration"),
        employment: form.choice("employment", &employments, "Choose how they are employed").unwrap_or(Employment::Employee),
        agency_name: optional(form.text("agency_name", 0..=200, "")),
        fte_hundredths: hundredths(form),
        started_on: form.date("started_on", "the first day of work"),
        newly_qualified_until_on: form.date("newly_qualified_until_on", "the last day as newly qualified"),
    }
}

/// "0.8" as 80; two places at most.
fn hundredths(form: &mut Form) -> i64 {
    let typed = form.raw("fte");
    let (whole, part) = typed.split_once('.').unwrap_or((&typed, ""));
    let read = whole
        .parse::<i64>()
        .ok()
        .filter(|w| (0..10).contains(w))
        .zip(format!("{part:0<2}").parse::<i64>().ok().filter(|_| part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit())));
    if let Some((whole, part)) = read {
        return whole * 100 + part;
    }
    form.error("fte", "Enter the full-time equivalent as a number from 0 to 1.5, such as 0.8");
    0
}

fn filled(worker: &Worker) -> Form {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let mut form = Form::opened([
        ("given_name", worker.given_name.as_str()),
        ("surname", &worker.surname),
        ("email", &text(&worker.email)),
        ("telephone", &text(&worker.telephone)),
        ("registration_no", &text(&worker.registration_no)),
        ("employment", &worker.employment),
        ("agency_name", &text(&worker.agency_name)),
        ("fte", &fte(worker.fte_hundredths)),
        ("version", &worker.version.to_string()),
    ]);
    fill_date(&mut form, "registered_until_on", worker.registered_until_on.map(|d| d.0));
    fill_date(&mut form, "started_on", worker.started_on.map(|d| d.0));
    fill_date(&mut form, "newly_qualified_until_on", worker.newly_qualified_until_on.map(|d| d.0));
    form
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_time_equivalents_are_read_in_hundredths() {
        for (typed, expected) in [
            ("1", Some(100)),
            ("0.8", Some(80)),
            ("0.75", Some(75)),
            ("1.5", Some(150)),
            ("0", Some(0)),
            ("", None),
            ("0.123", None),
            ("four", None),
            ("-1", None),
            ("1.-5", None),
        ] {
            let mut form = Form::opened([("fte", typed)]);
            let read = hundredths(&mut form);
            assert_eq!(form.is_good().then_some(read), expected, "{typed}");
        }
    }
}
