//! Alerts: what must be known before one rings or visits, with the day of its review and who was told. An old warning
//! does harm of its own, so each is looked at again by a day, or ended.

use axum::extract::Path;
use care::{access::Deed, chronology::EntryKind, statuses::AlertKind};
use jiff::{ToSpan, civil::Date};
use store::{
    Day,
    id::{AlertId, PersonId},
    people::{self, NewAlert},
    record::{self, NewEntry},
};

use super::{Writing, choice, form_page, opened, writing, written};
use crate::web::{Context, Outcome, Problem, form::Form, govuk, posted::Posted, record::dated};

/// An alert is looked at again within so many months, unless another day is chosen.
const REVIEW_MONTHS: i32 = 6;

/// GET /people/{person}/alerts/new
pub async fn new(cx: Context, Path(id): Path<String>) -> Outcome {
    let mut form = Form::default();
    dated(&mut form, "review_on", cx.today().saturating_add(REVIEW_MONTHS.months()));
    page(&cx, &id, &form).await
}

async fn page(cx: &Context, id: &str, form: &Form) -> Outcome {
    let (tx, person) = opened(cx, id, Deed::ChangePerson).await?;
    let kinds: Vec<_> = AlertKind::ALL.iter().map(|k| choice(k.code(), k.label())).collect();
    let more = minijinja::context! { kinds => govuk::value(&kinds), button => "Add the alert" };
    form_page(cx, tx, &person, "Add an alert", "people/alert_new.html", form, more).await
}

/// POST /people/{person}/alerts/new
pub async fn add(cx: Context, Path(id): Path<String>, Posted(mut form): Posted) -> Outcome {
    let kind = AlertKind::from_code(&form.raw("kind"));
    if kind.is_none() {
        form.error("kind", "Choose what kind of alert it is");
    }
    let words = form.text("words", 1..=500, "Say what must be known");
    let told = form.text("told", 0..=300, "");
    let review = review_day(&mut form, cx.today());
    let (Some(kind), Some(review), true) = (kind, review, form.is_good()) else { return page(&cx, &id, &form).await };
    let to = format!("/people/{id}/details#alerts");
    let Writing::Open(open) = writing(&cx, &id, Deed::ChangePerson, &form).await? else { return cx.go(&to, "Alert added.") };
    let (mut tx, person) = *open;
    let new = NewAlert { kind: kind.code().into(), words, from_on: Day(cx.today()), review_on: Some(Day(review)), told };
    people::alert(&mut tx, &person, &new).await?;
    let entry = NewEntry::new(EntryKind::Alert, cx.today(), format!("Alert: {}", kind.label()), new.words.clone());
    record::add(&mut tx, &person, &entry).await?;
    written(&cx, tx, &form, &to, "Alert added. It stands above every page of the record.").await
}

fn review_day(form: &mut Form, today: Date) -> Option<Date> {
    let on = form.required_date("review_on", "the day of review")?;
    let latest = today.saturating_add(2.years());
    if on <= today || on > latest {
        form.date_error("review_on", format!("The day of review must be after today and by {}", care::words::date(latest)));
    }
    Some(on)
}

/// GET /people/{person}/alerts/{alert}
pub async fn show(cx: Context, Path((id, alert)): Path<(String, String)>) -> Outcome {
    let mut form = Form::default();
    dated(&mut form, "review_on", cx.today().saturating_add(REVIEW_MONTHS.months()));
    review_page(&cx, &id, &alert, form).await
}

async fn review_page(cx: &Context, id: &str, alert: &str, mut form: Form) -> Outcome {
    let (mut tx, person) = opened(cx, id, Deed::ChangePerson).await?;
    let row = people::one_alert(&mut tx, &person, &AlertId::from_text(alert)).await?;
    if row.ended_on.is_some() {
        return Err(Problem::NotFound);
    }
    if form.raw("told").is_empty() {
        form.set("told", row.told.clone());
    }
    let kind = AlertKind::from_code(&row.kind).map_or("Alert", AlertKind::label);
    let more = minijinja::context! { alert => govuk::value(&row), kind, button => "It still stands" };
    form_page(cx, tx, &person, "Review an alert", "people/alert_review.html", &form, more).await
}

/// POST /people/{person}/alerts/{alert}: it still stands, until another review.
pub async fn review(cx: Context, Path((id, alert)): Path<(String, String)>, Posted(mut form): Posted) -> Outcome {
    let told = form.text("told", 0..=300, "");
    let next = review_day(&mut form, cx.today());
    let (Some(next), true) = (next, form.is_good()) else { return review_page(&cx, &id, &alert, form).await };
    let mut tx = cx.write().await?;
    let person = people::open(&mut tx, &PersonId::from_text(id.as_str()), Deed::ChangePerson).await?;
    people::review_alert(&mut tx, &person, &AlertId::from_text(alert), Day(next), &told).await?;
    tx.commit().await?;
    cx.go(&format!("/people/{id}/details#alerts"), "Reviewed: the alert stands.")
}

/// POST /people/{person}/alerts/{alert}/end
pub async fn end(cx: Context, Path((id, alert)): Path<(String, String)>, Posted(_): Posted) -> Outcome {
    let mut tx = cx.write().await?;
    let person = people::open(&mut tx, &PersonId::from_text(id.as_str()), Deed::ChangePerson).await?;
    let row = people::one_alert(&mut tx, &person, &AlertId::from_text(alert.as_str())).await?;
    people::end_alert(&mut tx, &person, &AlertId::from_text(alert)).await?;
    let kind = AlertKind::from_code(&row.kind).map_or("Alert", AlertKind::label);
    record::add(&mut tx, &person, &NewEntry::new(EntryKind::Alert, cx.today(), format!("Alert ended: {kind}"), row.words)).await?;
    tx.commit().await?;
    cx.go(&format!("/people/{id}/details#alerts"), "Alert ended. It stays in the history.")
}
