//! Letters to print, and e-mails that a person must look at. Nothing is marked as sent but by whoever sent it.

use axum::extract::Path;
use serde::Serialize;
use store::{
    id::OutboxId,
    outbox::{self, Row, State, Which},
};

use super::{Context, Outcome, Problem, govuk, posted::Posted};

#[derive(Serialize)]
struct Shown {
    #[serde(flatten)]
    message: Row,
    state_words: &'static str,
}

fn shown(message: Row) -> Shown {
    Shown { state_words: message.state().map_or("", State::label), message }
}

/// GET /letters
pub async fn list(cx: Context) -> Outcome {
    let mut tx = cx.read().await?;
    let to_print: Vec<Shown> = outbox::list(&mut tx, Which::ToPrint).await?.into_iter().map(shown).collect();
    let stuck: Vec<Shown> = outbox::list(&mut tx, Which::Stuck).await?.into_iter().map(shown).collect();
    let data = minijinja::context! { to_print => govuk::value(&to_print), stuck => govuk::value(&stuck) };
    cx.page(tx, "Letters", "letters/list.html", data).await
}

/// GET /letters/{letter}
pub async fn show(cx: Context, Path(id): Path<String>) -> Outcome {
    let mut tx = cx.read().await?;
    let message = outbox::open(&mut tx, &OutboxId::from_text(id)).await?;
    let on = care::words::date(care::calendar::london(message.created_at.0).date());
    let data = minijinja::context! { letter => govuk::value(&shown(message)), council => cx.app.config.council.clone(), on };
    cx.page(tx, "Letter", "letters/show.html", data).await
}

/// POST /letters/{letter}
pub async fn settle(cx: Context, Path(id): Path<String>, Posted(form): Posted) -> Outcome {
    let to = match form.raw("to").as_str() {
        "printed" => State::Printed,
        "to_send" => State::ToSend,
        "to_print" => State::ToPrint,
        _ => return Err(Problem::BadRequest("Choose what is to be done with this letter.".into())),
    };
    let mut tx = cx.write().await?;
    let message = outbox::open(&mut tx, &OutboxId::from_text(id)).await?;
    outbox::settle(&mut tx, &message, to).await?;
    tx.commit().await?;
    cx.go("/letters", if to == State::Printed { "Marked as printed and posted." } else { "It is sent again." })
}
