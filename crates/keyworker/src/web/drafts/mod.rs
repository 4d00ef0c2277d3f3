//! Drafts: what is typed is kept on the server as one types, listed until it is sent, and never lost to a second tab.
//! The script `assets/draft.js` sends it; `docs/pages.md` tells how they talk. Any form takes part with three lines:
//! [`opened`] when it is shown, [`kept`] when "Save draft" was pressed, and `drafts::clear` when it was sent.

mod list;
mod save;

pub use list::{discard, show, versions};
pub use save::save;

use serde::Serialize;
use store::{
    Tx,
    drafts::{self, From},
    id::DraftId,
};

use super::{Context, Outcome, Problem, form::Form};

/// One kind of form that keeps drafts: its code, its name in the list, and where it is opened (`{}` is the subject).
pub struct Kind {
    pub code: &'static str,
    pub label: &'static str,
    pub address: &'static str,
    pub about: About,
}

/// What a draft is about, which decides what the list may say of it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum About {
    Person,
    Other,
}

/// Every form that keeps drafts.
pub const KINDS: &[Kind] = &[
    Kind { code: "note", label: "Case note", address: "/people/{}/notes/new", about: About::Person },
    Kind { code: "visit", label: "Visit", address: "/people/{}/visits/new", about: About::Person },
    Kind { code: "decision", label: "Management decision", address: "/people/{}/decisions/new", about: About::Person },
    Kind { code: "supervision", label: "Case supervision", address: "/people/{}/supervision/new", about: About::Person },
    Kind { code: "correction", label: "Correction", address: "/people/{}/entries/{}/correct", about: About::Other },
    Kind { code: "person", label: "New person", address: "/people/new", about: About::Other },
    Kind { code: "allocation", label: "Allocation", address: "/cases/{}/allocate", about: About::Other },
    Kind { code: "unallocated_review", label: "Weekly look", address: "/cases/{}/review", about: About::Other },
    Kind { code: "enquiry", label: "New enquiry", address: "/front-door/enquiries/new?call={}", about: About::Other },
    Kind { code: "enquiry_decision", label: "Decision on an enquiry", address: "/front-door/enquiries/{}/decide", about: About::Other },
    Kind { code: "personal_supervision", label: "Supervision of a worker", address: "/supervision/{}/new", about: About::Other },
];

pub fn kind(code: &str) -> Result<&'static Kind, Problem> {
    KINDS.iter().find(|k| k.code == code).ok_or(Problem::NotFound)
}

impl Kind {
    /// Where the form is opened. A subject of two parts, as `PERSON.ENTRY`, fills two places.
    pub fn href(&self, subject: &str) -> String {
        subject.split('.').fold(self.address.to_owned(), |address, part| address.replacen("{}", part, 1))
    }
}

/// A draft as `kwDraft` takes it.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Shown {
    pub id: String,
    pub version: i64,
    pub saved_at: Option<String>,
    pub url: String,
    pub versions_href: Option<String>,
}

/// A form as it is shown: what was last typed of it, or else these first values. Another tab's words are linked.
pub async fn opened(tx: &mut Tx, code: &'static str, subject: &str, first: Form) -> Result<(Form, Shown), Problem> {
    let all = drafts::of(tx, code, subject).await?;
    let mut shown = Shown { url: format!("/drafts/{code}/{subject}"), ..Shown::default() };
    if all.len() > 1 {
        shown.versions_href = Some(format!("/drafts/{code}/{subject}/versions"));
    }
    let Some(last) = all.first() else { return Ok((first, shown)) };
    shown.id = last.id.to_string();
    shown.version = last.version;
    shown.saved_at = Some(last.saved_at.to_string());
    Ok((Form::new(last.typed()).over(&first), shown))
}

/// The same after a form came back with errors: it goes on with the draft that it was opened from.
pub fn again(code: &'static str, subject: &str, form: &Form) -> Shown {
    let (id, version) = match from(form) {
        From::Draft(id, version) => (id.to_string(), version),
        From::Fresh => (String::new(), 0),
    };
    Shown { id, version, saved_at: None, url: format!("/drafts/{code}/{subject}"), versions_href: None }
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
    drafts::keep(&mut tx, code, subject, &from(form), &form.matter()).await?;
    tx.commit().await?;
    cx.go(&kind(code)?.href(subject), "Draft saved. It is listed under Drafts until you send it.")
}
