//! "Did this help?", by a link that works once. Nothing of the enquiry is shown here: whoever has the link may not be
//! whoever wrote.

use axum::extract::Path;
use care::front_door::Helped;
use store::{Act, front_door};

use super::{LIMIT, caller_key};
use crate::web::{
    Context, Outcome, Problem,
    form::Form,
    govuk::{self, Choice},
    posted::Posted,
};

/// GET /enquiry/answer/{token}
pub async fn show(cx: Context, Path(token): Path<String>) -> Outcome {
    page(&cx, &token, &Form::default()).await
}

async fn page(cx: &Context, token: &str, form: &Form) -> Outcome {
    let mut tx = cx.read().await?;
    front_door::helped_is_open(&mut tx, token).await?;
    let choices: Vec<Choice> = Helped::ALL.iter().map(|h| Choice { value: h.code().into(), text: h.label().into(), hint: None }).collect();
    let data = minijinja::context! { token, choices => govuk::value(&choices) };
    cx.form(tx, "Did this help?", "public/helped.html", form, data).await
}

/// POST /enquiry/answer/{token}
pub async fn submit(cx: Context, Path(token): Path<String>, Posted(mut form): Posted) -> Outcome {
    let choices: Vec<(&str, Helped)> = Helped::ALL.iter().map(|h| (h.code(), *h)).collect();
    let helped = form.choice("helped", &choices, "Choose whether it helped");
    let words = form.text("words", 0..=5_000, "");
    let Some(helped) = helped.filter(|_| form.is_good()) else { return page(&cx, &token, &form).await };
    let mut tx = cx.app.db.write(Act::public(cx.now)).await?;
    if let Some(again_in_seconds) = front_door::may_use(&mut tx, &caller_key(&cx)?, LIMIT).await? {
        front_door::refused(tx).await?;
        return Err(Problem::TooMany { again_in_seconds });
    }
    front_door::answer_helped(&mut tx, &token, helped, &words).await?;
    tx.commit().await?;
    cx.page(cx.read().await?, "Thank you", "public/thanks.html", minijinja::context! {}).await
}
