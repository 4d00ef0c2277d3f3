//! A correction: added beside what was wrong, which stays as it was.

use axum::extract::Path;
use care::access::Deed;
use store::{drafts, forms, id::EntryId, record};

use super::{bar, reading, writing};
use crate::web::{Context, Outcome, drafts as draft, form::Form, govuk, posted::Posted};

pub async fn show(cx: Context, Path((id, entry)): Path<(String, String)>) -> Outcome {
    page(&cx, &id, &entry, None).await
}

async fn page(cx: &Context, id: &str, entry: &str, sent: Option<&Form>) -> Outcome {
    let (mut tx, opened) = reading(cx, id, Deed::WriteNote).await?;
    let wrong = record::entry(&mut tx, &opened, &EntryId::from_text(entry)).await?;
    let subject = format!("{id}.{entry}");
    let (form, shown) = match sent {
        Some(form) => (form.clone(), draft::again("correction", &subject, form)),
        None => draft::opened(&mut tx, "correction", &subject, Form::default()).await?,
    };
    let happened = record::history(&mut tx, &opened, &wrong).await?;
    let data = minijinja::context! {
        happened => govuk::value(&happened), person => govuk::value(&bar::bar(&mut tx, &opened).await?), draft => govuk::value(&shown), wrong => govuk::value(&wrong), id,
    };
    cx.form(tx, "Correction", "record/correction.html", &form, data).await
}

pub async fn submit(cx: Context, Path((id, entry)): Path<(String, String)>, Posted(mut form): Posted) -> Outcome {
    if form.wants_draft() {
        return draft::kept(&cx, "correction", &format!("{id}.{entry}"), &form).await;
    }
    let words = form.text("words", 1..=20_000, "Write what is right");
    if !form.is_good() {
        return page(&cx, &id, &entry, Some(&form)).await;
    }
    let (mut tx, opened) = match writing(&cx, &id, Deed::WriteNote, &form).await? {
        Ok(open) => open,
        Err(led_to) => return cx.go(&led_to, "Correction saved."),
    };
    record::correct(&mut tx, &opened, &EntryId::from_text(entry.as_str()), &words).await?;
    drafts::clear(&mut tx, "correction", &format!("{id}.{entry}"), &draft::from(&form)).await?;
    let to = format!("/people/{id}");
    forms::led_to(&mut tx, &form.token(), &to).await?;
    tx.commit().await?;
    cx.go(&to, "Correction saved. What it corrects stays as it was.")
}
