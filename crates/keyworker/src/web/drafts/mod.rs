//! Drafts: what is typed is kept on the server as one types, listed until it is sent, and never lost to a second tab.
//! The script `assets/draft.js` sends it; `docs/pages.md` tells how they talk. A form that is a row of [`kinds::KINDS`] with
//! the address that it is sent to takes part by two words in its template. One that shows more than its own fields, and so
//! has to know the draft before it is drawn, calls [`opened`], [`kept`] and `drafts::clear` itself.

mod kinds;
mod list;
mod save;

pub use kinds::{About, KINDS, Kind, kind, of_page, sent_to};
pub use list::{discard, show, versions};
pub use save::save;

use std::collections::BTreeMap;

use serde::Serialize;
use store::{
    Tx,
    drafts::{self, From},
    id::DraftId,
};

use super::{Context, Outcome, Problem, form::Form};

/// A draft as `kwDraft` takes it.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Shown {
    pub id: String,
    pub version: i64,
    pub saved_at: Option<String>,
    pub url: String,
    pub versions_href: Option<String>,
    /// What the form changes was changed by somebody else since it was typed.
    pub moved: bool,
}

/// A form as it is shown: what was last typed of it, or else these first values. Another tab's words are linked.
pub async fn opened(tx: &mut Tx, code: &'static str, subject: &str, first: Form) -> Result<(Form, Shown), Problem> {
    let all = drafts::of(tx, code, subject).await?;
    let Some(last) = all.first() else { return Ok((first, none_yet(code, subject))) };
    Ok((Form::new(last.typed()).over(&first), found(code, subject, last, all.len())))
}

/// A form that [`of_page`] knows: what was last typed of it takes the place of its first values.
pub async fn opened_by_page(tx: &mut Tx, kind: &'static Kind, subject: &str, first: &Form) -> Result<(Form, Shown), Problem> {
    let all = drafts::of(tx, kind.code, subject).await?;
    let same = |draft: &&drafts::Draft| {
        let typed = Form::new(draft.typed());
        kind.told_apart_by.iter().all(|field| typed.raw(field) == first.raw(field))
    };
    let Some(last) = all.iter().find(same) else { return Ok((first.clone(), none_yet(kind.code, subject))) };
    let mut shown = found(kind.code, subject, last, all.len());
    let mut form = Form::new(last.typed());
    // A draft begun on an earlier state of the row is sent against the row as it stands, after its writer was told.
    shown.moved = form.version().zip(first.version()).is_some_and(|(typed, now)| typed != now);
    form.take_own(first);
    Ok((form, shown))
}

/// The small forms of one page, each by the last part of its subject, as they were left.
pub async fn on_page(tx: &mut Tx, code: &'static str, subject: &str, parts: &[&str]) -> Result<BTreeMap<String, OnPage>, Problem> {
    let mut forms = BTreeMap::new();
    for part in parts {
        let (form, shown) = opened(tx, code, &format!("{subject}.{part}"), Form::default()).await?;
        forms.insert((*part).to_owned(), OnPage { shown, typed: form.typed() });
    }
    Ok(forms)
}

/// One of several forms on a page; nothing is typed where it was never begun.
#[derive(Debug, Clone, Serialize)]
pub struct OnPage {
    pub shown: Shown,
    pub typed: BTreeMap<String, minijinja::Value>,
}

fn none_yet(code: &str, subject: &str) -> Shown {
    Shown { url: format!("/drafts/{code}/{subject}"), ..Shown::default() }
}

fn found(code: &str, subject: &str, draft: &drafts::Draft, all: usize) -> Shown {
    Shown {
        id: draft.id.to_string(),
        version: draft.version,
        saved_at: Some(draft.saved_at.to_string()),
        versions_href: (all > 1).then(|| format!("/drafts/{code}/{subject}/versions")),
        ..none_yet(code, subject)
    }
}

/// The same after a form came back with errors: it goes on with the draft that it was opened from.
pub fn again(code: &'static str, subject: &str, form: &Form) -> Shown {
    let (id, version) = match from(form) {
        From::Draft(id, version) => (id.to_string(), version),
        From::Fresh => (String::new(), 0),
    };
    Shown { id, version, ..none_yet(code, subject) }
}

/// Which draft a sent form was opened from.
pub fn from(form: &Form) -> From {
    let id = form.raw("draft_id");
    let version = form.raw("draft_version").parse().unwrap_or(0);
    if id.is_empty() { From::Fresh } else { From::Draft(DraftId::from_text(id), version) }
}

/// "Save draft" was pressed, without a script: keeps it and shows the form again.
pub async fn kept(cx: &Context, code: &'static str, subject: &str, form: &Form) -> Outcome {
    let mut tx = cx.write().await?;
    let kind = kind(code)?;
    drafts::keep(&mut tx, code, subject, &from(form), &kind.matter(form)).await?;
    tx.commit().await?;
    cx.go(&kind.href(subject), "Draft saved. It is listed under Drafts until you send it.")
}
