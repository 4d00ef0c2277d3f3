//! Shutting a record for all but a list: how tightly, who guards it, who may read it.

use axum::extract::Path;
use care::access::Deed;
use store::{
    id::{PersonId, WorkerId},
    people,
    restrictions::{self, Level},
};

use crate::web::{
    Context, Outcome,
    form::Form,
    govuk,
    posted::Posted,
    staff::{choices, worker_choices},
};

pub async fn show(cx: Context, Path(id): Path<String>) -> Outcome {
    let mut tx = cx.read().await?;
    let opened = people::open(&mut tx, &PersonId::from_text(&id), Deed::RestrictRecord).await?;
    let found = restrictions::of(&mut tx, &opened).await?;
    tx.finish().await?;
    let form = match &found {
        Some(r) => {
            let mut fields = vec![
                ("level".into(), r.level.code().into()),
                ("guardian".into(), r.guardian.to_string()),
                ("reason".into(), r.reason.clone()),
            ];
            fields.extend(r.list.iter().map(|w| ("list".to_owned(), w.to_string())));
            Form::new(fields)
        }
        None => Form::opened([("guardian", cx.worker()?.session.worker_id.as_str())]),
    };
    page(&cx, &id, &form).await
}

pub async fn submit(cx: Context, Path(id): Path<String>, Posted(mut form): Posted) -> Outcome {
    let levels: Vec<(&str, Level)> = Level::ALL.iter().map(|l| (l.code(), *l)).collect();
    let level = form.choice("level", &levels, "Choose how tightly the record is shut");
    let guardian = WorkerId::from_text(form.text("guardian", 1..=64, "Choose a guardian"));
    let reason = form.text("reason", 1..=2000, "Say why the record is shut");
    let list: Vec<WorkerId> = form.all("list").into_iter().chain(form.all("more")).map(WorkerId::from_text).collect();
    let (Some(level), true) = (level, form.is_good()) else { return page(&cx, &id, &form).await };
    let mut tx = cx.write().await?;
    let opened = people::open(&mut tx, &PersonId::from_text(&id), Deed::RestrictRecord).await?;
    match restrictions::set(&mut tx, &opened, level, &guardian, &reason, &list).await {
        Ok(()) => {
            tx.commit().await?;
            let me = &cx.worker()?.session.worker_id;
            let still = *me == guardian || list.contains(me);
            let to = if still { format!("/people/{id}/restriction") } else { "/".into() };
            cx.go(
                &to,
                if still {
                    "The record is shut for all but the list."
                } else {
                    "The record is shut for all but the list. You are not on it."
                },
            )
        }
        Err(e) => {
            drop(tx);
            form.refused(e)?;
            page(&cx, &id, &form).await
        }
    }
}

pub async fn lift(cx: Context, Path(id): Path<String>, Posted(_): Posted) -> Outcome {
    let mut tx = cx.write().await?;
    let opened = people::open(&mut tx, &PersonId::from_text(&id), Deed::RestrictRecord).await?;
    restrictions::lift(&mut tx, &opened).await?;
    tx.commit().await?;
    cx.go(&format!("/people/{id}"), "The restriction is lifted.")
}

async fn page(cx: &Context, id: &str, form: &Form) -> Outcome {
    let mut tx = cx.read().await?;
    let opened = people::open(&mut tx, &PersonId::from_text(id), Deed::RestrictRecord).await?;
    let found = restrictions::of(&mut tx, &opened).await?;
    let workers = worker_choices(&mut tx, None).await?;
    let stored: Vec<String> = found.iter().flat_map(|r| &r.list).map(ToString::to_string).collect();
    let (on, off): (Vec<_>, Vec<_>) = workers.iter().cloned().partition(|w| stored.contains(&w.value));
    let data = minijinja::context! {
        id, name => opened.person().name(), is_set => found.is_some(), set_at => found.map(|r| r.set_at.to_string()),
        levels => govuk::value(&choices(Level::ALL, Level::code, Level::label)),
        workers => govuk::value(&workers), on => govuk::value(&on), off => govuk::value(&off),
    };
    cx.form(tx, "Who may read this record", "access/restriction.html", form, data).await
}
