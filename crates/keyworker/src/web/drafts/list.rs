//! The worker's drafts, and both versions of a form that was open in two tabs.

use axum::extract::Path;
use care::access::Deed;
use serde::Serialize;
use store::{
    At, Tx, drafts,
    id::{DraftId, PersonId},
    people,
};

use super::{About, kind};
use crate::web::{Context, Outcome, Problem, form::capitalise, govuk, posted::Posted};

#[derive(Serialize)]
struct Row {
    id: DraftId,
    label: &'static str,
    about: Option<String>,
    href: String,
    saved_at: At,
    words: String,
}

/// GET /drafts
pub async fn show(cx: Context) -> Outcome {
    let mut tx = cx.read().await?;
    let mut rows = Vec::new();
    for draft in drafts::mine(&mut tx).await? {
        let Ok(kind) = kind(&draft.form) else { continue };
        let about = if kind.about == About::Person { name(&mut tx, &draft.subject_id).await? } else { None };
        let words = draft
            .typed()
            .into_iter()
            .map(|(_, v)| v)
            .filter(|v| v.chars().count() > 12 && v.contains(char::is_whitespace))
            .collect::<Vec<_>>()
            .join(" ");
        rows.push(Row { href: kind.href(&draft.subject_id), id: draft.id, label: kind.label, about, saved_at: draft.saved_at, words });
    }
    cx.page(tx, "Drafts", "drafts/list.html", minijinja::context! { rows => govuk::value(&rows) }).await
}

/// The person's name, if the worker may still know it.
async fn name(tx: &mut Tx, subject: &str) -> Result<Option<String>, Problem> {
    let person = subject.split('.').next().unwrap_or_default();
    match people::open(tx, &PersonId::from_text(person), Deed::ReadIndex).await {
        Ok(opened) => Ok(Some(opened.person().name())),
        Err(store::Error::NotFound | store::Error::Hidden(_) | store::Error::RoleLacks | store::Error::IndexOnly(_)) => Ok(None),
        Err(e) => Err(e.into()),
    }
}

#[derive(Serialize)]
struct Version {
    id: DraftId,
    saved_at: At,
    fields: Vec<Field>,
}

#[derive(Serialize)]
struct Field {
    name: String,
    words: String,
    differs: bool,
}

/// GET /drafts/{form}/{subject}/versions
pub async fn versions(cx: Context, Path((code, subject)): Path<(String, String)>) -> Outcome {
    let kind = kind(&code)?;
    let mut tx = cx.read().await?;
    let all = drafts::of(&mut tx, kind.code, &subject).await?;
    let typed: Vec<Vec<(String, String)>> = all.iter().map(drafts::Draft::typed).collect();
    let differs = |name: &str, words: &str| typed.iter().any(|v| !v.iter().any(|(n, w)| n == name && w == words));
    let versions: Vec<Version> = all
        .iter()
        .zip(&typed)
        .map(|(draft, fields)| {
            let said = fields.iter().filter(|(_, words)| !words.is_empty());
            let fields =
                said.map(|(n, w)| Field { name: capitalise(&n.replace(['_', '-'], " ")), differs: differs(n, w), words: w.clone() });
            Version { id: draft.id.clone(), saved_at: draft.saved_at, fields: fields.collect() }
        })
        .collect();
    let data = minijinja::context! { label => kind.label, href => kind.href(&subject), versions => govuk::value(&versions) };
    cx.page(tx, "Versions of a draft", "drafts/versions.html", data).await
}

/// POST /draft/{draft}/discard
pub async fn discard(cx: Context, Path(id): Path<String>, Posted(form): Posted) -> Outcome {
    let mut tx = cx.write().await?;
    drafts::discard(&mut tx, &DraftId::from_text(id)).await?;
    tx.commit().await?;
    cx.go(&crate::web::account::sign_in::safe_return(&form.raw("next")), "Draft thrown away.")
}
