//! Deciding what follows an enquiry: what was said and what came before stands beside the form; the letters are shown
//! before anything is sent; whoever comes second learns what the first decided and loses nothing that they typed.
//!
//! Practice: Working Together to Safeguard Children, chapter on assessment (a social worker decides within one working
//! day); Care Act 2014 section 9. Sign-off by a manager is a local setting, and nobody signs off their own.

mod beside;
pub(super) mod letters;
mod page;
mod read;

use axum::{extract::Path, http::StatusCode, response::Response};
use care::front_door::{EnquiryStep, SignOff};
use store::{
    Error, Tx, drafts,
    forms::{self, Once},
    front_door::{self, Opened},
    id::EnquiryId,
};

pub(super) use self::{beside::beside, page::said, read::told};
use self::{
    letters::Letters,
    page::{Stands, page},
    read::Typed,
};
use crate::web::{Context, Outcome, Problem, drafts as draft, form::Form, posted::Posted};

pub(super) const KIND: &str = "enquiry_decision";

/// GET /front-door/enquiries/{enquiry}/decide
pub async fn show(cx: Context, Path(id): Path<String>) -> Outcome {
    page(&cx, &id, None, Stands::AsRead).await
}

/// POST /front-door/enquiries/{enquiry}/decide: first to see what would be sent, then, confirmed, to do it.
pub async fn submit(cx: Context, Path(id): Path<String>, Posted(mut form): Posted) -> Outcome {
    if form.wants_draft() {
        return draft::kept(&cx, KIND, &id, &form).await;
    }
    if form.has("send_back") {
        return send_back(&cx, &id, form).await;
    }
    if form.has("change") {
        return page(&cx, &id, Some(&form), Stands::AsRead).await;
    }
    let Some(mut typed) = read::read(&mut form) else { return page(&cx, &id, Some(&form), Stands::AsRead).await };
    match form.raw("confirm").as_str() {
        "decide" | "propose" => act(&cx, &id, form, &mut typed).await,
        _ => check(&cx, &id, form, &mut typed).await,
    }
}

/// What the enquiry allows to whoever asks, after the form was read.
struct Ready {
    opened: Opened,
    letters: Letters,
    proposes: bool,
}

/// Opens the enquiry and says what stands in the way; `Err(Stale)` where it is not as it was read.
async fn ready(cx: &Context, tx: &mut Tx, id: &str, form: &mut Form, typed: &mut Typed) -> Result<Ready, Problem> {
    let opened = front_door::open(tx, &EnquiryId::from_text(id)).await?;
    if !opened.enquiry.state()?.is_open() || form.version() != Some(opened.enquiry.version) {
        return Err(Problem::Stale);
    }
    typed.about_their_cases(tx).await?;
    let proposes = must_propose(cx, front_door::sign_off(tx).await?);
    let waits = opened.enquiry.state == "awaiting_sign_off";
    let asked = if proposes && !waits { SignOff::NotNeeded } else { front_door::sign_off(tx).await? };
    for (field, words) in front_door::obstacles(tx, &opened, &typed.decision, asked).await? {
        form.error(field, words);
    }
    let letters = letters::letters(cx, tx, &opened, typed, form).await?;
    Ok(Ready { opened, letters, proposes })
}

/// Whether whoever asks may only propose: sign-off is asked for, and they are no manager.
fn must_propose(cx: &Context, sign_off: SignOff) -> bool {
    sign_off == SignOff::Manager && !cx.roles().iter().any(|role| role.is_manager())
}

/// The last look: what will happen, and every letter as it would go out.
async fn check(cx: &Context, id: &str, mut form: Form, typed: &mut Typed) -> Outcome {
    let mut tx = cx.read().await?;
    let ready = match ready(cx, &mut tx, id, &mut form, typed).await {
        Err(Problem::Stale) => return page(cx, id, Some(&form), Stands::Moved).await,
        other => other?,
    };
    if !form.is_good() {
        tx.finish().await?;
        return page(cx, id, Some(&form), Stands::AsRead).await;
    }
    page::last_look(cx, tx, id, &form, typed, &ready).await
}

/// Does it, once; what was shown is what goes out.
async fn act(cx: &Context, id: &str, mut form: Form, typed: &mut Typed) -> Outcome {
    let to = format!("/front-door/enquiries/{id}/answer");
    let mut tx = cx.write().await?;
    if let Once::Again(led_to) = forms::once(&mut tx, &form.token()).await? {
        return cx.go(&led_to, "");
    }
    let ready = match ready(cx, &mut tx, id, &mut form, typed).await {
        Err(Problem::Stale) => {
            drop(tx);
            return page(cx, id, Some(&form), Stands::Moved).await;
        }
        other => other?,
    };
    if !form.is_good() || !ready.letters.were_shown(&form) {
        drop(tx);
        return if form.is_good() { check(cx, id, form, typed).await } else { page(cx, id, Some(&form), Stands::AsRead).await };
    }
    let news = match carry_out(cx, &mut tx, &form, typed, ready).await {
        Ok(news) => news,
        Err(error) => {
            drop(tx);
            return refused(cx, id, form, error).await;
        }
    };
    drafts::clear(&mut tx, KIND, id, &draft::from(&form)).await?;
    forms::led_to(&mut tx, &form.token(), &to).await?;
    tx.commit().await?;
    cx.go(&to, news)
}

async fn carry_out(cx: &Context, tx: &mut Tx, form: &Form, typed: &mut Typed, ready: Ready) -> store::Result<&'static str> {
    let version = ready.opened.enquiry.version;
    if form.raw("confirm") == "propose" {
        let kept = serde_json::to_string(&read::kept(form))?;
        front_door::propose(tx, &ready.opened, version, &typed.decision, &kept).await?;
        return Ok("Proposed. A manager has been told that it waits for their sign-off.");
    }
    ready.letters.into_decision(cx, tx, &ready.opened, typed).await?;
    front_door::decide(tx, &ready.opened, version, &typed.decision).await?;
    Ok("Decided. Everybody who has to act has been told.")
}

/// What the store refused, beside its field; a race is told as one.
async fn refused(cx: &Context, id: &str, mut form: Form, error: Error) -> Outcome {
    match error {
        Error::Stale => page(cx, id, Some(&form), Stands::Moved).await,
        Error::IndexOnly(_) => {
            form.error(
                "about",
                "The record of one of them is restricted. Its guardian has been told: decide with them, or take that person off",
            );
            page(cx, id, Some(&form), Stands::AsRead).await
        }
        other => {
            form.refused(other)?;
            page(cx, id, Some(&form), Stands::AsRead).await
        }
    }
}

/// A manager returns what was proposed, with a comment.
async fn send_back(cx: &Context, id: &str, mut form: Form) -> Outcome {
    let words = form.text("comment", 1..=5_000, "Say what is to be done first");
    if !form.is_good() {
        return page(cx, id, Some(&form), Stands::AsRead).await;
    }
    let mut tx = cx.write().await?;
    let opened = front_door::open(&mut tx, &EnquiryId::from_text(id)).await?;
    let version = form.version().unwrap_or(-1);
    match front_door::move_on(&mut tx, &opened, version, EnquiryStep::ReturnDecision, &words).await {
        Ok(()) => {
            tx.commit().await?;
            cx.go(&format!("/front-door/enquiries/{id}/decide"), "Sent back. Whoever proposed it has been told.")
        }
        Err(Error::Stale) => {
            drop(tx);
            page(cx, id, Some(&form), Stands::Moved).await
        }
        Err(Error::Refused { words, .. }) => {
            drop(tx);
            form.error("comment", words);
            page(cx, id, Some(&form), Stands::AsRead).await
        }
        Err(other) => Err(other.into()),
    }
}

/// The same page with the status of something that moved meanwhile.
pub(super) fn conflict(mut response: Response) -> Response {
    *response.status_mut() = StatusCode::CONFLICT;
    response
}
