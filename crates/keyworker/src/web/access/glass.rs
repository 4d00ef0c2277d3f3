//! Breaking the glass in two pages: what it means, then the reason with the second step. The record opens to this worker for
//! a few hours, its manager is told, and somebody else reviews it by the next working day.

use axum::extract::Path;
use care::access::{BreakGlassReason, BreakGlassRequest};
use store::{
    accounts::Account,
    error::IndexCard,
    glass::{self, Offer},
    id::PersonId,
    sessions,
};

use crate::web::{
    Context, Outcome, Problem,
    account::{
        second_step,
        sign_in::{account_of, with_session},
    },
    form::Form,
    govuk,
    posted::Posted,
    staff::choices,
};

/// What it means; without a form, so that nobody presses through it while typing.
pub async fn show(cx: Context, Path(id): Path<String>) -> Outcome {
    let asks_code = asks_code(&cx, &account_of(&cx, &cx.worker()?.session.worker_id).await?);
    let mut tx = cx.read().await?;
    let data = match glass::offer(&mut tx, &PersonId::from_text(&id)).await? {
        Offer::NotNeeded => minijinja::context! { id, state => "not_needed" },
        Offer::Offered(card, hours) => minijinja::context! { id, state => "offered", card => govuk::value(&*card), hours, asks_code },
        Offer::NotOffered(card) => minijinja::context! { id, state => "not_offered", card => govuk::value(&*card) },
    };
    cx.page(tx, "Open a record in an emergency", "access/glass.html", data).await
}

pub async fn reason(cx: Context, Path(id): Path<String>) -> Outcome {
    let mut tx = cx.read().await?;
    let offer = glass::offer(&mut tx, &PersonId::from_text(&id)).await?;
    tx.finish().await?;
    match offer {
        Offer::Offered(card, hours) => page(&cx, &id, &card, hours, &Form::opened([("hours", &hours.to_string())])).await,
        _ => cx.go(&format!("/people/{id}/break-glass"), ""),
    }
}

pub async fn submit(cx: Context, Path(id): Path<String>, Posted(mut form): Posted) -> Outcome {
    let person = PersonId::from_text(&id);
    let mut tx = cx.read().await?;
    let offer = glass::offer(&mut tx, &person).await?;
    tx.finish().await?;
    let Offer::Offered(card, hours) = offer else { return cx.go(&format!("/people/{id}/break-glass"), "") };
    let account = account_of(&cx, &cx.worker()?.session.worker_id).await?;
    let request = read(&mut form, hours);
    let code = form.raw("code");
    form.set("code", "");
    let Some(request) = request else { return page(&cx, &id, &card, hours, &form).await };
    if asks_code(&cx, &account) && second_step::check(&cx, &account, &code).await?.is_none() {
        form.error("code", "This code is not right, or was used before. Wait for the next code in your app and type that");
        return page(&cx, &id, &card, hours, &form).await;
    }
    let session = cx.worker()?.session.clone();
    let mut tx = cx.write().await?;
    let until = match glass::break_glass(&mut tx, &person, &request).await {
        Ok(until) => until,
        Err(e) => {
            drop(tx);
            form.refused(e)?;
            return page(&cx, &id, &card, hours, &form).await;
        }
    };
    let session = sessions::renew(&mut tx, &session, &cx.caller.device, cx.app.limits()).await?;
    tx.commit().await?;
    let ends = care::words::time(care::calendar::london(until.0).datetime());
    let mut response = cx.go(&format!("/people/{id}"), &format!("The record is open to you until {ends}."))?;
    with_session(&cx, &mut response, &session);
    Ok(response)
}

/// Ends one's access before its time.
pub async fn mend(cx: Context, Path(id): Path<String>, Posted(_): Posted) -> Outcome {
    let mut tx = cx.write().await?;
    glass::mend(&mut tx, &PersonId::from_text(&id)).await?;
    tx.commit().await?;
    cx.go("/", "Your emergency access has ended. It is still reviewed.")
}

fn read(form: &mut Form, longest: u8) -> Option<BreakGlassRequest> {
    let reasons: Vec<(&str, BreakGlassReason)> = BreakGlassReason::ALL.iter().map(|r| (r.code(), *r)).collect();
    let reason = form.choice("reason", &reasons, "Choose why you need the record now");
    let described = form.text("described", 1..=2000, "Say why you need this record now");
    let hours = form.whole_number("hours", 1..=i64::from(longest), "for how many hours you need it,");
    form.is_good().then_some(())?;
    Some(BreakGlassRequest { reason: reason?, described, hours: u8::try_from(hours?).ok()? })
}

/// A demonstration's people have no second step.
fn asks_code(cx: &Context, account: &Account) -> bool {
    !cx.app.config.demonstration || account.totp_secret.is_some()
}

async fn page(cx: &Context, id: &str, card: &IndexCard, hours: u8, form: &Form) -> Outcome {
    let account = account_of(cx, &cx.worker()?.session.worker_id).await?;
    if asks_code(cx, &account) && account.totp_secret.is_none() {
        return Err(Problem::BadRequest("Set up your second step under your name first: it is asked for here.".into()));
    }
    let reasons = choices(BreakGlassReason::ALL, BreakGlassReason::code, BreakGlassReason::label);
    let data = minijinja::context! { id, card => govuk::value(card), hours, reasons => govuk::value(&reasons), asks_code => asks_code(cx, &account) };
    cx.form(cx.read().await?, "Why do you need this record now?", "access/glass_reason.html", form, data).await
}
