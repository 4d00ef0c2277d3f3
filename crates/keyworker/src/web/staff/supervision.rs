//! Who supervises a worker, from a day on.

use axum::extract::Path;
use store::{id::WorkerId, workers};

use super::{fill_date, worker_choices};
use crate::web::{Context, Outcome, form::Form, govuk, posted::Posted};

pub async fn show(cx: Context, Path(id): Path<String>) -> Outcome {
    let mut form = Form::default();
    fill_date(&mut form, "from_on", Some(cx.today()));
    page(&cx, &id, &form).await
}

pub async fn submit(cx: Context, Path(id): Path<String>, Posted(mut form): Posted) -> Outcome {
    let supervisor = form.text("supervisor", 1..=64, "Choose a supervisor");
    let from = form.required_date("from_on", "the first day");
    let (Some(from), true) = (from, form.is_good()) else { return page(&cx, &id, &form).await };
    let mut tx = cx.write().await?;
    match workers::set_supervisor(&mut tx, &WorkerId::from_text(&id), &WorkerId::from_text(supervisor), from).await {
        Ok(()) => {
            tx.commit().await?;
            cx.go(&format!("/staff/{id}"), "The supervisor is set.")
        }
        Err(e) => {
            drop(tx);
            form.refused(e)?;
            page(&cx, &id, &form).await
        }
    }
}

async fn page(cx: &Context, id: &str, form: &Form) -> Outcome {
    let (mut tx, worker) = (cx.read().await?, WorkerId::from_text(id));
    let name = workers::worker(&mut tx, &worker).await?.name();
    let others = worker_choices(&mut tx, Some(&worker)).await?;
    let data = minijinja::context! { id, name, others => govuk::value(&others) };
    cx.form(tx, "Supervision", "staff/supervision.html", form, data).await
}
