//! A worker's own supervision: their page, their supervisor's page, a meeting recorded by the supervisor, and the worker's
//! words to it. It is about the worker: what is decided for a child is written on that child's record.

use axum::extract::Path;
use store::{
    Tx, drafts, forms,
    id::WorkerId,
    workers::{self, NewSupervision, OpenedSupervision, Party},
};

use super::record::dated;
use crate::web::{Context, Outcome, Problem, drafts as draft, form::Form, govuk, posted::Posted};

/// As many things to be done as the form has room for.
const ACTIONS: usize = 4;
const KIND: &str = "personal_supervision";
/// The draft of the worker’s own words to a meeting.
const WORDS: &str = "supervision_words";

/// GET /supervision: one's own, and those whom one supervises.
pub async fn list(cx: Context) -> Outcome {
    let me = cx.worker()?.standing.worker.id.clone();
    let mut tx = cx.read().await?;
    let today = cx.today();
    let people: Vec<_> = workers::supervised(&mut tx)
        .await?
        .iter()
        .map(|one| {
            minijinja::context! {
                late => one.next_on.is_some_and(|next| next.0 < today), ..govuk::value(one)
            }
        })
        .collect();
    let opened = workers::open_supervision(&mut tx, &me).await?;
    let own = workers::meetings(&mut tx, &opened).await?;
    let data = minijinja::context! {
        people, me => me.as_str(), waiting => own.iter().filter(|(one, _)| one.agreed_at.is_none()).count(), held => own.len(),
        last => own.first().map(|(one, _)| one.held_on.to_string()), next => own.first().and_then(|(one, _)| one.next_on).map(|on| on.to_string()),
    };
    cx.page(tx, "Supervision", "supervision/list.html", data).await
}

/// GET /supervision/{supervised}
pub async fn show(cx: Context, Path(id): Path<String>) -> Outcome {
    meetings(&cx, &id, &Form::default(), "").await
}

/// All meetings; `came_back` is the one whose words came back with an error.
async fn meetings(cx: &Context, id: &str, form: &Form, came_back: &str) -> Outcome {
    let (mut tx, opened) = reading(cx, id).await?;
    let who = workers::worker(&mut tx, &WorkerId::from_text(id)).await?;
    let meetings = workers::meetings(&mut tx, &opened).await?;
    let waiting: Vec<&str> = meetings.iter().filter(|(one, _)| one.agreed_at.is_none()).map(|(one, _)| one.id.as_str()).collect();
    let mut left = draft::on_page(&mut tx, WORDS, id, &waiting).await?;
    if let Some(one) = left.get_mut(came_back) {
        *one = draft::OnPage { shown: draft::again(WORDS, &format!("{id}.{came_back}"), form), typed: form.typed() };
    }
    let meetings: Vec<_> =
        meetings.iter().map(|(one, actions)| minijinja::context! { actions => govuk::value(actions), ..govuk::value(one) }).collect();
    let data = minijinja::context! { id, name => who.name(), mine => opened.standing == Party::Worker, meetings, today => cx.today().to_string(), left => govuk::value(&left) };
    cx.form(tx, "Supervision", "supervision/show.html", form, data).await
}

async fn reading(cx: &Context, id: &str) -> Result<(Tx, OpenedSupervision), Problem> {
    let mut tx = cx.read().await?;
    let opened = workers::open_supervision(&mut tx, &WorkerId::from_text(id)).await?;
    Ok((tx, opened))
}

/// GET /supervision/{supervised}/new
pub async fn new(cx: Context, Path(id): Path<String>) -> Outcome {
    page(&cx, &id, None).await
}

async fn page(cx: &Context, id: &str, sent: Option<&Form>) -> Outcome {
    let (mut tx, opened) = reading(cx, id).await?;
    if opened.standing != Party::Line {
        return Err(Problem::RoleLacks);
    }
    let who = workers::worker(&mut tx, &WorkerId::from_text(id)).await?;
    let (form, shown) = match sent {
        Some(form) => (form.clone(), draft::again(KIND, id, form)),
        None => {
            let mut first = Form::default();
            dated(&mut first, "held_on", cx.today());
            draft::opened(&mut tx, KIND, id, first).await?
        }
    };
    let data = minijinja::context! { id, name => who.name(), draft => govuk::value(&shown), actions => (0..ACTIONS).collect::<Vec<_>>() };
    cx.form(tx, "Record supervision", "supervision/new.html", &form, data).await
}

/// POST /supervision/{supervised}/new
pub async fn submit(cx: Context, Path(id): Path<String>, Posted(mut form): Posted) -> Outcome {
    if form.wants_draft() {
        drop(reading(&cx, &id).await?);
        return draft::kept(&cx, KIND, &id, &form).await;
    }
    let Some(new) = typed(&mut form) else { return page(&cx, &id, Some(&form)).await };
    let to = format!("/supervision/{id}");
    let mut tx = cx.write().await?;
    let opened = workers::open_supervision(&mut tx, &WorkerId::from_text(id.as_str())).await?;
    if let forms::Once::Again(led_to) = forms::once(&mut tx, &form.token()).await? {
        return cx.go(&led_to, "Supervision recorded.");
    }
    match workers::record_supervision(&mut tx, &opened, &new).await {
        Ok(_) => {}
        Err(store::Error::Refused { field, words }) => {
            drop(tx);
            form.date_error(field, words);
            return page(&cx, &id, Some(&form)).await;
        }
        Err(error) => return Err(error.into()),
    }
    drafts::clear(&mut tx, KIND, &id, &draft::from(&form)).await?;
    forms::led_to(&mut tx, &form.token(), &to).await?;
    tx.commit().await?;
    cx.go(&to, "Supervision recorded. The worker reads it and adds their own words.")
}

fn typed(form: &mut Form) -> Option<NewSupervision> {
    let held_on = form.required_date("held_on", "the date of the meeting");
    let discussed = form.text("discussed", 1..=20_000, "Write what you talked about");
    let (wellbeing, learning) = (form.text("wellbeing", 0..=10_000, ""), form.text("learning", 0..=10_000, ""));
    let next_on = form.date("next_on", "the next meeting");
    let mut actions = Vec::new();
    for n in 0..ACTIONS {
        let words = form.text(&format!("action_{n}"), 0..=1_000, "");
        let by = form.date(&format!("by_{n}"), "the date by when");
        if words.is_empty() && by.is_some() {
            form.error(&format!("action_{n}"), "Write what is to be done by then");
        } else if !words.is_empty() {
            actions.push((words, by));
        }
    }
    form.is_good().then_some(NewSupervision { held_on: held_on?, discussed, wellbeing, learning, next_on, actions })
}

/// POST /supervision/{supervised}/{meeting}/agree: the worker's own words to it.
pub async fn agree(cx: Context, Path((id, meeting)): Path<(String, String)>, Posted(mut form): Posted) -> Outcome {
    let words = form.text("worker_words", 0..=10_000, "");
    if !form.is_good() {
        return meetings(&cx, &id, &form, &meeting).await;
    }
    let mut tx = cx.write().await?;
    let opened = workers::open_supervision(&mut tx, &WorkerId::from_text(id.as_str())).await?;
    workers::agree(&mut tx, &opened, &meeting, &words).await?;
    tx.commit().await?;
    cx.go(&format!("/supervision/{id}"), "Read, with your words.")
}

/// POST /supervision/{supervised}/actions/{action}/done
pub async fn done(cx: Context, Path((id, action)): Path<(String, String)>, Posted(_): Posted) -> Outcome {
    let mut tx = cx.write().await?;
    let opened = workers::open_supervision(&mut tx, &WorkerId::from_text(id.as_str())).await?;
    workers::action_done(&mut tx, &opened, &action).await?;
    tx.commit().await?;
    cx.go(&format!("/supervision/{id}"), "Marked as done.")
}
