//! A leaver: the last working day. Whom they hold is unallocated from it on; their account is shut by itself after it.

use axum::extract::Path;
use store::{id::WorkerId, workers};

use super::fill_date;
use crate::web::{Context, Outcome, Problem, form::Form, posted::Posted};

pub async fn show(cx: Context, Path(id): Path<String>) -> Outcome {
    let mut tx = cx.read().await?;
    let worker = workers::worker(&mut tx, &WorkerId::from_text(&id)).await?;
    tx.finish().await?;
    let mut form = Form::opened([("version", &worker.version.to_string())]);
    fill_date(&mut form, "last_day_on", worker.last_day_on.map(|d| d.0));
    page(&cx, &id, &form).await
}

pub async fn submit(cx: Context, Path(id): Path<String>, Posted(mut form): Posted) -> Outcome {
    let last_day = form.date("last_day_on", "the last working day");
    if !form.is_good() {
        return page(&cx, &id, &form).await;
    }
    let version = form.version().ok_or(Problem::Stale)?;
    let mut tx = cx.write().await?;
    match workers::set_last_day(&mut tx, &WorkerId::from_text(&id), version, last_day).await {
        Ok(()) => {
            tx.commit().await?;
            let news = if last_day.is_some() { "The last working day is set." } else { "They stay: no last working day is set." };
            cx.go(&format!("/staff/{id}"), news)
        }
        Err(e) => {
            drop(tx);
            form.refused(e)?;
            page(&cx, &id, &form).await
        }
    }
}

async fn page(cx: &Context, id: &str, form: &Form) -> Outcome {
    let mut tx = cx.read().await?;
    let name = workers::worker(&mut tx, &WorkerId::from_text(id)).await?.name();
    let held = workers::held_today(&mut tx, &WorkerId::from_text(id)).await?;
    cx.form(tx, "Leaving", "staff/leaving.html", form, minijinja::context! { id, name, held }).await
}
