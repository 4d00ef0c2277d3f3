//! What did this worker look at? Opens to information governance and audit only, with a reason, for eight hours; the reason
//! and each reading are in the audit themselves.

use axum::extract::{Path, Query};
use store::{id::WorkerId, seen, workers};

use super::{
    seen::{Asked, OF_A_PAGE, earlier},
    words,
};
use crate::web::{Context, Outcome, form::Form, posted::Posted};

pub async fn new(cx: Context, Path(worker): Path<String>) -> Outcome {
    page(&cx, &worker, &Form::default()).await
}

pub async fn open(cx: Context, Path(worker): Path<String>, Posted(mut form): Posted) -> Outcome {
    let reason = form.text("reason", 1..=2000, "Say why you need to know");
    if !form.is_good() {
        return page(&cx, &worker, &form).await;
    }
    let mut tx = cx.write().await?;
    let known = workers::worker(&mut tx, &WorkerId::from_text(&worker)).await?;
    match seen::inquire(&mut tx, &known.id, &reason).await {
        Ok(id) => {
            tx.commit().await?;
            cx.go(&format!("/audit/inquiry/{id}"), "")
        }
        Err(e) => {
            drop(tx);
            form.refused(e)?;
            page(&cx, &worker, &form).await
        }
    }
}

async fn page(cx: &Context, worker: &str, form: &Form) -> Outcome {
    let mut tx = cx.read().await?;
    let name = workers::worker(&mut tx, &WorkerId::from_text(worker)).await?.name();
    cx.form(tx, "What did this worker look at?", "access/inquire.html", form, minijinja::context! { worker, name }).await
}

pub async fn show(cx: Context, Path(id): Path<String>, Query(asked): Query<Asked>) -> Outcome {
    let mut tx = cx.read().await?;
    let inquiry = seen::inquiry(&mut tx, &id).await?;
    let entries = seen::of_inquiry(&mut tx, &inquiry, asked.before, OF_A_PAGE).await?;
    let data = minijinja::context! {
        id, name => format!("{} {}", inquiry.given_name, inquiry.surname), reason => inquiry.reason.clone(), ends_at => inquiry.ends_at.to_string(),
        rows => words::rows(&mut tx, &entries).await?, earlier => earlier(&entries),
    };
    cx.page(tx, "What a worker looked at", "access/inquiry.html", data).await
}
