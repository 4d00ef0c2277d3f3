//! Moving an entry that stands on the wrong person's record, and putting it back: what follows from it is said before.

use axum::extract::Path;
use care::access::Deed;
use store::{
    Error, forms,
    id::{EntryId, PersonId},
    people,
    record::{self, MayMove, Move},
};

use super::{bar, reading, visit, writing};
use crate::web::{Context, Outcome, Problem, drafts as draft, form::Form, govuk, people::find, posted::Posted};

/// GET /people/{person}/entries/{entry}/move
pub async fn show(cx: Context, Path((id, entry)): Path<(String, String)>) -> Outcome {
    let mut tx = cx.read().await?;
    let (form, _) = draft::opened(&mut tx, "entry_move", &format!("{id}.{entry}"), Form::default()).await?;
    tx.finish().await?;
    // Somebody who had been looked for is found again, so that what was chosen has its place.
    let found = if form.has("who") { find::others(&cx, &id, &form.raw("who")).await? } else { Vec::new() };
    page(&cx, &id, &entry, &form, found).await
}

async fn page(cx: &Context, id: &str, entry: &str, form: &Form, found: Vec<find::Row>) -> Outcome {
    let (mut tx, opened) = reading(cx, id, Deed::WriteNote).await?;
    let entry = record::entry(&mut tx, &opened, &EntryId::from_text(entry)).await?;
    let moves = record::moves(&mut tx, &entry.id).await?;
    let may = record::may_move(&mut tx, &opened, &entry, &moves).await?;
    let why_not = match may {
        MayMove::Yes => String::new(),
        MayMove::NotByThisWorker => "Whoever wrote it or a manager of the case can move it.".into(),
        MayMove::TooLongAgo { days } => format!(
            "It was recorded more than {} ago and is part of the record. A correction beside it says where it belongs.",
            care::words::counted(days, "calendar day", "calendar days")
        ),
        MayMove::NotThisKind => "It came from a file or from a step of the case, and is mended where it came from.".into(),
    };
    let happened = record::history(&mut tx, &opened, &entry).await?;
    let data = minijinja::context! {
        person => govuk::value(&bar::bar(&mut tx, &opened).await?), entry => govuk::value(&entry), id, may => may == MayMove::Yes, why_not,
        found => govuk::value(&found), home => came_from(&moves, opened.id()).is_some(),
        happened => govuk::value(&happened),
    };
    cx.form(tx, "Move it to the right record", "record/moving.html", form, data).await
}

/// POST /people/{person}/entries/{entry}/move: first finds the other person, then moves; or puts it back.
pub async fn submit(cx: Context, Path((id, entry)): Path<(String, String)>, Posted(mut form): Posted) -> Outcome {
    if form.has("back") {
        return put_back(&cx, &id, &entry, &form).await;
    }
    let who = form.text("who", 1..=200, "Type the name of the person whose record it is, with a date of birth where it is known");
    let found = if form.is_good() { find::others(&cx, &id, &who).await? } else { Vec::new() };
    if form.is_good() && found.is_empty() {
        form.error("who", "Nobody of that name was found. Try another spelling");
    }
    if !form.is_good() || !found.iter().any(|row| row.id.as_str() == form.raw("other")) && !form.has("why") {
        return page(&cx, &id, &entry, &form, found).await;
    }
    if !found.iter().any(|row| row.id.as_str() == form.raw("other")) {
        form.error("other", "Choose whose record it is");
    }
    let why = form.text("why", 1..=500, "Say how it came to stand here");
    if !form.is_good() {
        return page(&cx, &id, &entry, &form, found).await;
    }
    let to = PersonId::from_text(form.raw("other"));
    match moved(&cx, &id, &entry, &form, to, &why).await? {
        Ok(done) => Ok(done),
        Err((field, words)) => {
            form.error(field, words);
            page(&cx, &id, &entry, &form, found).await
        }
    }
}

/// The record from which an entry came to this one; none where it was first written here.
fn came_from<'a>(moves: &'a [Move], here: &PersonId) -> Option<&'a PersonId> {
    let (first, last) = (moves.first()?, moves.last()?);
    (last.to_person_id == *here && first.from_person_id != *here).then_some(&last.from_person_id)
}

/// Back to where it stood before its last move.
async fn put_back(cx: &Context, id: &str, entry: &str, form: &Form) -> Outcome {
    let mut tx = cx.read().await?;
    let moves = record::moves(&mut tx, &EntryId::from_text(entry)).await?;
    tx.finish().await?;
    let home = came_from(&moves, &PersonId::from_text(id)).ok_or(Problem::NotFound)?.clone();
    match moved(cx, id, entry, form, home, "It was moved by mistake").await? {
        Ok(done) => Ok(done),
        Err((_, words)) => {
            let mut form = form.clone();
            form.error("who", words);
            page(cx, id, entry, &form, Vec::new()).await
        }
    }
}

/// What was refused: the field, and why.
type Refused = (&'static str, String);

async fn moved(
    cx: &Context,
    id: &str,
    entry: &str,
    form: &Form,
    to: PersonId,
    why: &str,
) -> Result<Result<axum::response::Response, Refused>, Problem> {
    const NEWS: &str = "Moved. The manager of the record on which it stood is told.";
    let (mut tx, from) = match writing(cx, id, Deed::WriteNote, form).await? {
        Ok(open) => open,
        Err(led_to) => return Ok(Ok(cx.go(&led_to, NEWS)?)),
    };
    let to = match people::open(&mut tx, &to, Deed::WriteNote).await {
        Ok(opened) => opened,
        Err(Error::IndexOnly(_)) => {
            return Ok(Err(("other", "You do not work with this person. Ask the manager of this case to move it".into())));
        }
        Err(other) => return Err(other.into()),
    };
    let entry = EntryId::from_text(entry);
    if let Err(error) = record::move_entry(&mut tx, &from, &to, &entry, why).await {
        let Error::Refused { field, words } = error else { return Err(error.into()) };
        return Ok(Err((field, words)));
    }
    if let Some(on) = record::seen_on(&mut tx, &entry).await? {
        visit::meet(&mut tx, &to, &entry, on).await?;
    }
    let led_to = format!("/people/{}", from.id());
    forms::led_to(&mut tx, &form.token(), &led_to).await?;
    tx.commit().await?;
    Ok(Ok(cx.go(&led_to, NEWS)?))
}
