//! A manager's decision, and case supervision: what was discussed, what was decided, why, and by when. Both stand on
//! the child's record; a worker's own supervision is kept elsewhere.

use axum::extract::Path;
use care::{access::Deed, chronology::EntryKind, timescale::Start};
use store::{
    drafts, dues, forms,
    record::{self, NewEntry},
};

use super::{bar, dated, happened, reading, writing};
use crate::web::{Context, Outcome, drafts as draft, form::Form, govuk, posted::Posted};

/// Which of the two is written.
#[derive(Clone, Copy)]
pub struct What {
    code: &'static str,
    title: &'static str,
    kind: EntryKind,
    address: &'static str,
}

pub const DECISION: What =
    What { code: "decision", title: "Management decision", kind: EntryKind::ManagementDecision, address: "decisions" };
pub const SUPERVISION: What = What { code: "supervision", title: "Case supervision", kind: EntryKind::Supervision, address: "supervision" };

pub async fn show_decision(cx: Context, Path(id): Path<String>) -> Outcome {
    page(&cx, DECISION, &id, None).await
}
pub async fn submit_decision(cx: Context, Path(id): Path<String>, Posted(form): Posted) -> Outcome {
    submit(cx, DECISION, id, form).await
}
pub async fn show_supervision(cx: Context, Path(id): Path<String>) -> Outcome {
    page(&cx, SUPERVISION, &id, None).await
}
pub async fn submit_supervision(cx: Context, Path(id): Path<String>, Posted(form): Posted) -> Outcome {
    submit(cx, SUPERVISION, id, form).await
}

async fn page(cx: &Context, what: What, id: &str, sent: Option<&Form>) -> Outcome {
    let (mut tx, opened) = reading(cx, id, Deed::RecordDecision).await?;
    let (form, shown) = match sent {
        Some(form) => (form.clone(), draft::again(what.code, id, form)),
        None => {
            let mut first = Form::default();
            dated(&mut first, "happened_on", cx.today());
            draft::opened(&mut tx, what.code, id, first).await?
        }
    };
    let data = minijinja::context! {
        person => govuk::value(&bar::bar(&mut tx, &opened).await?), draft => govuk::value(&shown), what => what.code,
        title => what.title, action => format!("/people/{id}/{}/new", what.address),
    };
    cx.form(tx, what.title, "record/decision.html", &form, data).await
}

async fn submit(cx: Context, what: What, id: String, mut form: Form) -> Outcome {
    if form.wants_draft() {
        return draft::kept(&cx, what.code, &id, &form).await;
    }
    let discussed = form.text("discussed", 0..=20_000, "");
    let decided = form.text("decided", 1..=20_000, "Write what was decided");
    let why = form.text("why", 1..=20_000, "Write why it was decided");
    let on = happened(&mut form, "happened_on", "the date of the decision", cx.today());
    let by = form.date("by_when", "the date by when");
    if by.is_some_and(|by| on.is_some_and(|on| by < on)) {
        form.date_error("by_when", "The date by when must be on or after the date of the decision");
    }
    let (true, Some(on)) = (form.is_good(), on) else { return page(&cx, what, &id, Some(&form)).await };
    let (mut tx, opened) = match writing(&cx, &id, Deed::RecordDecision, &form).await? {
        Ok(open) => open,
        Err(led_to) => return cx.go(&led_to, &format!("{} saved.", what.title)),
    };
    let parts = [("Discussed", &discussed), ("Decided", &decided), ("Why", &why)];
    let words = parts.iter().filter(|(_, t)| !t.is_empty()).map(|(name, t)| format!("{name}: {t}")).collect::<Vec<_>>().join("\n\n");
    let facts = serde_json::json!({ "discussed": discussed, "decided": decided, "why": why, "by_when": by });
    let new = NewEntry::new(what.kind, on, what.title, words).facts(facts.to_string());
    let entry = record::add(&mut tx, &opened, &new).await?;
    if let Some(by) = by {
        let about = dues::About { subject_kind: "entry", subject_id: entry.to_string(), ..dues::About::person(opened.id()) };
        dues::open_until(&mut tx, &about, "DECISION", Start::On(on), by, None).await?;
    }
    drafts::clear(&mut tx, what.code, &id, &draft::from(&form)).await?;
    let to = format!("/people/{id}");
    forms::led_to(&mut tx, &form.token(), &to).await?;
    tx.commit().await?;
    cx.go(&to, &format!("{} saved.", what.title))
}
