//! Conflicts of interest. A worker declares their own, which shuts the record for them; a manager records one that was
//! found, and ends one.

use axum::extract::Path;
use care::access::{ConflictKind, Deed};
use jiff::ToSpan;
use store::{
    conflicts::{self, ConflictRow},
    id::{PersonId, WorkerId},
    people,
};

use crate::web::{
    Context, Outcome,
    form::Form,
    govuk,
    posted::Posted,
    staff::{choices, worker_choices},
};

/// One's own, of all people.
pub async fn own(cx: Context) -> Outcome {
    let mut tx = cx.read().await?;
    let all = conflicts::own(&mut tx).await?;
    let ids: Vec<PersonId> = all.iter().map(|k| k.person_id.clone()).collect();
    let (names, today) = (people::names(&mut tx, &ids).await?, tx.today());
    let rows: Vec<minijinja::Value> = all.iter().map(|k| row(k, names.get(&k.person_id).cloned(), today)).collect();
    cx.page(tx, "Your conflicts of interest", "access/own_conflicts.html", minijinja::context! { rows }).await
}

fn row(k: &ConflictRow, person: Option<String>, today: jiff::civil::Date) -> minijinja::Value {
    minijinja::context! {
        id => k.id.clone(), who => format!("{} {}", k.given_name, k.surname), person, kind => k.kind().label(), words => k.words.clone(),
        from_on => k.from_on.to_string(), until_on => k.until_on.map(|d| d.to_string()), open => k.until_on.is_none_or(|d| d.0 >= today),
    }
}

pub async fn new(cx: Context, Path(id): Path<String>) -> Outcome {
    declare_page(&cx, &id, &Form::default()).await
}

pub async fn declare(cx: Context, Path(id): Path<String>, Posted(mut form): Posted) -> Outcome {
    let Some((kind, words)) = read(&mut form) else { return declare_page(&cx, &id, &form).await };
    let mut tx = cx.write().await?;
    match conflicts::declare(&mut tx, &PersonId::from_text(&id), kind, &words).await {
        Ok(()) => {
            tx.commit().await?;
            cx.go("/account/conflicts", "Your conflict of interest is on record. The record is closed to you.")
        }
        Err(e) => {
            drop(tx);
            form.refused(e)?;
            declare_page(&cx, &id, &form).await
        }
    }
}

async fn declare_page(cx: &Context, id: &str, form: &Form) -> Outcome {
    let mut tx = cx.read().await?;
    let card = people::index_card(&mut tx, &PersonId::from_text(id)).await?;
    let kinds = choices(ConflictKind::ALL, ConflictKind::code, ConflictKind::label);
    let data = minijinja::context! { id, name => card.name, kinds => govuk::value(&kinds) };
    cx.form(tx, "Declare a conflict of interest", "access/conflict.html", form, data).await
}

/// Everyone's with one person, for a manager of the case.
pub async fn of_person(cx: Context, Path(id): Path<String>) -> Outcome {
    person_page(&cx, &id, &Form::default()).await
}

pub async fn record(cx: Context, Path(id): Path<String>, Posted(mut form): Posted) -> Outcome {
    let worker = form.text("worker", 1..=64, "Choose a worker");
    let Some((kind, words)) = read(&mut form) else { return person_page(&cx, &id, &form).await };
    let mut tx = cx.write().await?;
    let opened = people::open(&mut tx, &PersonId::from_text(&id), Deed::RestrictRecord).await?;
    match conflicts::record(&mut tx, &opened, &WorkerId::from_text(worker), kind, &words).await {
        Ok(()) => {
            tx.commit().await?;
            cx.go(&format!("/people/{id}/conflicts"), "The conflict of interest is on record.")
        }
        Err(e) => {
            drop(tx);
            form.refused(e)?;
            person_page(&cx, &id, &form).await
        }
    }
}

/// It ends with yesterday, so that the record opens at once to whoever has a tie.
pub async fn end(cx: Context, Path((id, conflict)): Path<(String, String)>, Posted(_): Posted) -> Outcome {
    let mut tx = cx.write().await?;
    let opened = people::open(&mut tx, &PersonId::from_text(&id), Deed::RestrictRecord).await?;
    let yesterday = tx.today().checked_sub(1.day()).unwrap_or(tx.today());
    conflicts::end(&mut tx, &opened, &conflict, yesterday).await?;
    tx.commit().await?;
    cx.go(&format!("/people/{id}/conflicts"), "The conflict of interest has ended.")
}

async fn person_page(cx: &Context, id: &str, form: &Form) -> Outcome {
    let mut tx = cx.read().await?;
    let opened = people::open(&mut tx, &PersonId::from_text(id), Deed::RestrictRecord).await?;
    let (all, today) = (conflicts::of_person(&mut tx, &opened).await?, tx.today());
    let rows: Vec<minijinja::Value> = all.iter().map(|k| row(k, None, today)).collect();
    let workers = worker_choices(&mut tx, Some(&cx.worker()?.session.worker_id)).await?;
    let kinds = choices(ConflictKind::ALL, ConflictKind::code, ConflictKind::label);
    let data =
        minijinja::context! { id, name => opened.person().name(), rows, workers => govuk::value(&workers), kinds => govuk::value(&kinds) };
    cx.form(tx, "Conflicts of interest", "access/conflicts.html", form, data).await
}

fn read(form: &mut Form) -> Option<(ConflictKind, String)> {
    let kinds: Vec<(&str, ConflictKind)> = ConflictKind::ALL.iter().map(|k| (k.code(), *k)).collect();
    let kind = form.choice("kind", &kinds, "Choose what the interest is");
    let words = form.text("words", 0..=2000, "");
    form.is_good().then_some(())?;
    Some((kind?, words))
}
