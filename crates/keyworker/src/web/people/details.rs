//! What is known of a person: names now and before, addresses, numbers, alerts and statuses, each with its dates.

use axum::extract::Path;
use care::{
    access::Deed,
    statuses::{AlertKind, DatedStatus, Status, StatusKind},
};
use serde::Serialize;
use store::{
    Day,
    id::{AlertId, PersonId},
    people::{self, AddressRow, StatusHistory, Verified},
};

use super::{frame, opened};
use crate::web::{
    Context, Outcome,
    form::Form,
    govuk::{self, Choice},
    posted::Posted,
};

#[derive(Serialize)]
struct StatusLine {
    id: String,
    words: String,
    open: bool,
    end_reason: Option<String>,
    source: String,
}

fn status_line(row: &StatusHistory) -> StatusLine {
    let dated = StatusKind::from_code(&row.kind).map(|kind| {
        let facts: serde_json::Value = serde_json::from_str(&row.facts).unwrap_or_default();
        let placement = facts["placement"].as_str().unwrap_or_default();
        DatedStatus { status: Status::from_codes(kind, &row.code, placement), from_on: row.from_on.0, until_on: row.until_on.map(|d| d.0) }
    });
    StatusLine {
        id: row.id.to_string(),
        words: dated.map_or_else(|| row.kind.replace('_', " "), |d| d.words()),
        open: row.until_on.is_none(),
        end_reason: row.end_reason.clone(),
        source: row.source.clone(),
    }
}

/// GET /people/{person}/details
pub async fn show(cx: Context, Path(id): Path<String>) -> Outcome {
    page(&cx, &id, &Form::default()).await
}

async fn page(cx: &Context, id: &str, form: &Form) -> Outcome {
    let (mut tx, person) = opened(cx, id, Deed::ReadRecord).await?;
    let details = people::details(&mut tx, &person).await?;
    let statuses: Vec<StatusLine> = details.statuses.iter().map(status_line).collect();
    let kinds: Vec<Choice> = AlertKind::ALL.iter().map(|k| Choice { value: k.code().into(), text: k.label().into(), hint: None }).collect();
    let data = minijinja::context! {
        frame => govuk::value(&frame(&mut tx, &person, "/details").await?), person => govuk::value(person.person()), details => govuk::value(&details),
        statuses => govuk::value(&statuses), alert_kinds => govuk::value(&kinds),
    };
    cx.form(tx, "Details", "people/details.html", form, data).await
}

/// An address as it was typed.
pub fn typed_address(form: &Form) -> AddressRow {
    AddressRow {
        id: String::new(),
        kind: if form.has("address_kind") { form.raw("address_kind") } else { "home".into() },
        lines: form.raw("address"),
        postcode: form.raw("postcode").to_uppercase(),
        from_on: None,
        until_on: None,
        confidential: form.has("confidential"),
    }
}

/// POST /people/{person}/details: adds a name, an address, a number or an alert, as the button says.
pub async fn add(cx: Context, Path(id): Path<String>, Posted(mut form): Posted) -> Outcome {
    let what = form.raw("add");
    let today = cx.today();
    let (mut review, mut address_from) = (None, None);
    match what.as_str() {
        "name" => {
            form.text("name_given", 0..=200, "");
            form.text("name_surname", 1..=200, "Enter the other name");
        }
        "address" => {
            form.text("address", 1..=500, "Enter the address");
            form.text("postcode", 0..=12, "");
            address_from = form.date("address_from", "the date from when");
        }
        "identifier" => {
            form.text("identifier", 1..=60, "Enter the number");
        }
        "alert" => {
            form.text("alert_words", 1..=500, "Say what must be known");
            review = form.required_date("alert_review", "the date of review");
            if review.is_some_and(|on| on < today) {
                form.date_error("alert_review", "The date of review must be today or later");
            }
        }
        _ => form.error("add", "Choose what to add"),
    }
    if !form.is_good() {
        return page(&cx, &id, &form).await;
    }
    let mut tx = cx.write().await?;
    let person = people::open(&mut tx, &PersonId::from_text(id.as_str()), Deed::ChangePerson).await?;
    match what.as_str() {
        "name" => people::name(&mut tx, &person, "alias", &form.raw("name_given"), &form.raw("name_surname")).await?,
        "address" => people::address(&mut tx, &person, &AddressRow { from_on: Day::option(address_from), ..typed_address(&form) }).await?,
        "identifier" => {
            let (kind, value) = (form.raw("identifier_kind"), form.raw("identifier"));
            let verified = if kind == "nhs" && care::person::NhsNumber::read(&value).is_err() { Verified::No } else { Verified::Yes };
            people::identifier(&mut tx, &person, &kind, &value, verified).await?;
        }
        _ => {
            people::alert(
                &mut tx,
                &person,
                &form.raw("alert_kind"),
                &form.raw("alert_words"),
                Day(today),
                Day::option(review),
                &form.raw("alert_told"),
            )
            .await?;
        }
    }
    tx.commit().await?;
    cx.go(&format!("/people/{id}/details"), "Added.")
}

/// POST /people/{person}/alerts/{alert}/end
pub async fn end_alert(cx: Context, Path((id, alert)): Path<(String, String)>, Posted(_): Posted) -> Outcome {
    let mut tx = cx.write().await?;
    let person = people::open(&mut tx, &PersonId::from_text(id.as_str()), Deed::ChangePerson).await?;
    people::end_alert(&mut tx, &person, &AlertId::from_text(alert)).await?;
    tx.commit().await?;
    cx.go(&format!("/people/{id}/details"), "Alert ended. It stays in the history.")
}
