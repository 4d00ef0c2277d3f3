//! A case note: the words, and when. It may concern brothers and sisters of the same home in one go.

use axum::extract::Path;
use care::{access::Deed, chronology::EntryKind};
use store::{
    drafts, forms, id,
    record::{self, NewEntry},
};

use super::{also, bar, chosen, dated, happened, reading, writing};
use crate::web::{Context, Outcome, Problem, drafts as draft, form::Form, govuk, posted::Posted};

pub async fn show(cx: Context, Path(id): Path<String>) -> Outcome {
    let mut first = Form::default();
    dated(&mut first, "happened_on", cx.today());
    page(&cx, &id, None, first).await
}

/// The page, opened afresh or come back with errors.
async fn page(cx: &Context, id: &str, sent: Option<&Form>, first: Form) -> Outcome {
    let (mut tx, opened) = reading(cx, id, Deed::WriteNote).await?;
    let (form, shown) = match sent {
        Some(form) => (form.clone(), draft::again("note", id, form)),
        None => draft::opened(&mut tx, "note", id, first).await?,
    };
    let siblings = record::siblings(&mut tx, &opened).await?;
    let data = minijinja::context! {
        person => govuk::value(&bar::bar(&mut tx, &opened).await?), id, draft => govuk::value(&shown), also => govuk::value(&also(&siblings)),
    };
    cx.form(tx, "Case note", "record/note.html", &form, data).await
}

pub async fn submit(cx: Context, Path(id): Path<String>, Posted(mut form): Posted) -> Outcome {
    if form.wants_draft() {
        return draft::kept(&cx, "note", &id, &form).await;
    }
    let words = form.text("words", 1..=50_000, "Write the note");
    let title = form.text("title", 0..=120, "");
    let on = happened(&mut form, "happened_on", "the date of the note", cx.today());
    let (true, Some(on)) = (form.is_good(), on) else { return page(&cx, &id, Some(&form), Form::default()).await };
    let title = if title.is_empty() { "Case note".to_owned() } else { title };
    let mut new = NewEntry::new(EntryKind::CaseNote, on, title, words);
    if form.has("significant") {
        new = new.significant();
    }
    save(&cx, &id, &form, new).await
}

async fn save(cx: &Context, id: &str, form: &Form, new: NewEntry) -> Result<axum::response::Response, Problem> {
    let (mut tx, opened) = match writing(cx, id, Deed::WriteNote, form).await? {
        Ok(open) => open,
        Err(led_to) => return cx.go(&led_to, "Case note saved."),
    };
    let others = chosen(&mut tx, form, Deed::WriteNote).await?;
    let new = new.of_family((!others.is_empty()).then(id::fresh));
    record::add(&mut tx, &opened, &new).await?;
    for other in &others {
        record::add(&mut tx, other, &new).await?;
    }
    drafts::clear(&mut tx, "note", id, &draft::from(form)).await?;
    let to = format!("/people/{id}");
    forms::led_to(&mut tx, &form.token(), &to).await?;
    tx.commit().await?;
    let news = if others.is_empty() { "Case note saved.".into() } else { format!("Case note saved on {} records.", others.len() + 1) };
    cx.go(&to, &news)
}
