//! Documents of a person: a list, adding several at once, taking one out. A file goes onto the disk part by part as it
//! arrives; it is handed out as a file to keep, never shown inside a page.

use axum::{
    body::Body,
    extract::{Multipart, Path, multipart::Field, multipart::MultipartRejection},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use care::{access::Deed, chronology::EntryKind};
use serde::Serialize;
use store::{
    Day,
    documents::{self, Arriving, Contents, Document, State, Whole},
    drafts,
    forms::{self, Once},
    id::{DocumentId, PersonId},
    outbox, people,
    record::{self, NewEntry},
};

use super::{form_page, frame, opened, past};
use crate::{
    jobs,
    upload::{ACCEPTED, Received, Receiver, Refusal},
    web::{Context, Outcome, Problem, drafts as draft, form::Form, govuk, posted::same},
};

/// So many files can be added at once.
const AT_ONCE: usize = 10;
/// Whoever sends a file waits at most so long for the scanner.
const SCAN_WITHIN: std::time::Duration = std::time::Duration::from_secs(15);
/// Words beside the files are no longer.
const WORDS: usize = 16 * 1024;

/// A document as the list shows it.
#[derive(Serialize)]
struct Line {
    #[serde(flatten)]
    document: Document,
    href: Option<String>,
    withdraw_href: Option<String>,
    length: String,
    standing: &'static str,
    tag: Option<&'static str>,
}

fn line(document: Document, id: &str) -> Line {
    let state = document.state();
    let href = format!("/people/{id}/documents/{}", document.id);
    let open_to_withdraw = matches!(state, State::Clean | State::Unscanned | State::Quarantined);
    Line {
        withdraw_href: open_to_withdraw.then(|| format!("{href}/withdraw")),
        href: state.opens().then_some(href),
        length: length(document.size),
        standing: state.label(),
        tag: match state {
            State::Quarantined => Some("soon"),
            State::Infected => Some("late"),
            State::Withdrawn => Some("plain"),
            _ => None,
        },
        document,
    }
}

/// "412 kB", "1.3 MB": thousands, as people's own computers say it; rounded half up.
fn length(bytes: i64) -> String {
    match bytes {
        0..1_000 => care::words::counted(bytes, "byte", "bytes"),
        1_000..1_000_000 => format!("{} kB", (bytes + 500) / 1_000),
        _ => {
            let tenths = (bytes + 50_000) / 100_000;
            format!("{}.{} MB", tenths / 10, tenths % 10)
        }
    }
}

/// The draft of what is said of documents; the files themselves are not kept before they are sent.
const KIND: &str = "document";

/// GET /people/{person}/documents
pub async fn list(cx: Context, Path(id): Path<String>) -> Outcome {
    let (mut tx, person) = opened(&cx, &id, Deed::ReadRecord).await?;
    let lines: Vec<Line> = documents::of_person(&mut tx, &person).await?.into_iter().map(|d| line(d, &id)).collect();
    let letters: Vec<_> = outbox::of_person(&mut tx, &person).await?.into_iter().map(|m| minijinja::context! {
        state_words => m.state().map_or("", outbox::State::label), waits => m.state() == Some(outbox::State::ToPrint), id => m.id.as_str(), subject => m.subject, to => m.to_name,
        on => m.created_at.to_string(), by_email => m.channel == outbox::Channel::Email.code(),
    }).collect();
    let data = minijinja::context! { frame => govuk::value(&frame(&mut tx, &person, "/documents").await?), lines => govuk::value(&lines), letters };
    cx.page(tx, "Documents", "people/documents.html", data).await
}

/// GET /people/{person}/documents/new
pub async fn new(cx: Context, Path(id): Path<String>) -> Outcome {
    page(&cx, &id, None).await
}

async fn page(cx: &Context, id: &str, sent: Option<&Form>) -> Outcome {
    let (mut tx, person) = opened(cx, id, Deed::WriteNote).await?;
    let (form, shown) = match sent {
        Some(form) => (form.clone(), draft::again(KIND, id, form)),
        None => draft::opened(&mut tx, KIND, id, Form::default()).await?,
    };
    let more = minijinja::context! {
        accepted => ACCEPTED, most => cx.app.config.largest_document_megabytes, at_once => AT_ONCE, scanned => cx.app.config.clamd.is_some(),
        back => format!("/people/{id}/documents"), draft => govuk::value(&shown),
    };
    form_page(cx, tx, &person, "Add documents", "people/document_new.html", &form, more).await
}

/// What has come in of one sending.
#[derive(Default)]
struct Sent {
    form: Form,
    whole: Vec<(Arriving, Received)>,
    /// What was not taken, with the name that it came under.
    refused: Vec<String>,
}

/// POST /people/{person}/documents/new: fields first, then the files, as the page sends them.
pub async fn add(cx: Context, Path(id): Path<String>, multipart: Result<Multipart, MultipartRejection>) -> Outcome {
    // Whether this person may be written of comes before whatever is wrong with the sending.
    let (tx, _) = opened(&cx, &id, Deed::WriteNote).await?;
    tx.finish().await?;
    let unreadable = || {
        Problem::BadRequest(
            "The files did not arrive as the page sends them. Go back, open the page again and send them from there.".into(),
        )
    };
    // What is not sent as the page sends it carries no token either.
    let mut multipart = multipart.map_err(|_| Problem::Forged)?;
    let mut sent = Sent::default();
    let mut allowed = false;
    while let Some(field) = multipart.next_field().await.map_err(|_| cut_short())? {
        match field.name() {
            Some("file") if field.file_name().is_some_and(|name| !name.is_empty()) => {
                if !allowed {
                    may(&cx, &id, &sent.form).await?;
                    allowed = true;
                }
                file(&cx, &id, field, &mut sent).await?;
            }
            Some("file") => {}
            Some(name) => {
                let name = name.to_owned();
                let words = text(field).await?;
                sent.form.set(&name, words);
            }
            None => return Err(unreadable()),
        }
    }
    if !allowed {
        may(&cx, &id, &sent.form).await?;
        if sent.refused.is_empty() {
            sent.form.error("file", "Choose a file");
        }
    }
    keep(&cx, &id, sent).await
}

/// The right to write is judged, and the form's token checked, before the first byte of a file is kept.
async fn may(cx: &Context, id: &str, form: &Form) -> Result<(), Problem> {
    let session = &cx.worker()?.session;
    if !same(&form.raw("csrf"), &session.csrf) {
        return Err(Problem::Forged);
    }
    let (tx, _) = opened(cx, id, Deed::WriteNote).await?;
    Ok(tx.finish().await?)
}

fn cut_short() -> Problem {
    Problem::BadRequest("The connection broke while the file was on its way. Nothing of it was kept: send it again.".into())
}

async fn text(mut field: Field<'_>) -> Result<String, Problem> {
    let mut bytes = Vec::new();
    while let Some(piece) = field.chunk().await.map_err(|_| cut_short())? {
        bytes.extend_from_slice(&piece);
        if bytes.len() > WORDS {
            return Err(Problem::TooLarge("The words beside the file are too long. Write them as a case note.".into()));
        }
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Receives one file. What is refused is read to its end all the same, so that the browser gets its answer.
async fn file(cx: &Context, id: &str, mut field: Field<'_>, sent: &mut Sent) -> Result<(), Problem> {
    let name = field.file_name().unwrap_or_default().to_owned();
    let most = u64::from(cx.app.config.largest_document_megabytes) * 1024 * 1024;
    if sent.whole.len() + sent.refused.len() >= AT_ONCE {
        if sent.refused.len() >= 3 * AT_ONCE {
            return Err(Problem::TooLarge(format!("No more than {AT_ONCE} files can be added at once.")));
        }
        drain(&mut field, most).await?;
        sent.refused.push(format!("{}: no more than {AT_ONCE} files can be added at once", shown(&name)));
        return Ok(());
    }
    let mut arriving = begin(cx, id).await?;
    match pieces(cx, &mut field, &mut arriving, Receiver::new(&name, documents::PART, most)).await {
        Ok(Ok(received)) => sent.whole.push((arriving, received)),
        Ok(Err(refusal)) => {
            abandon(cx, &arriving, "refused").await?;
            drain(&mut field, most).await?;
            sent.refused.push(format!("{}: {refusal}", shown(&name)));
        }
        Err(problem) => {
            abandon(cx, &arriving, "cut short").await?;
            return Err(problem);
        }
    }
    Ok(())
}

async fn begin(cx: &Context, id: &str) -> Result<Arriving, Problem> {
    let mut tx = cx.write().await?;
    let person = people::open(&mut tx, &PersonId::from_text(id), Deed::WriteNote).await?;
    let arriving = documents::begin(&mut tx, &person).await?;
    tx.commit().await?;
    Ok(arriving)
}

async fn abandon(cx: &Context, arriving: &Arriving, why: &str) -> Result<(), Problem> {
    let mut tx = cx.write().await?;
    documents::abandon(&mut tx, arriving, why).await?;
    Ok(tx.commit().await?)
}

async fn pieces(
    cx: &Context,
    field: &mut Field<'_>,
    arriving: &mut Arriving,
    mut receiver: Receiver,
) -> Result<Result<Received, Refusal>, Problem> {
    while let Some(piece) = field.chunk().await.map_err(|_| cut_short())? {
        match receiver.push(&piece) {
            Ok(parts) => store_parts(cx, arriving, &parts).await?,
            Err(refusal) => return Ok(Err(refusal)),
        }
    }
    match receiver.end() {
        Ok((parts, received)) => {
            store_parts(cx, arriving, &parts).await?;
            Ok(Ok(received))
        }
        Err(refusal) => Ok(Err(refusal)),
    }
}

async fn store_parts(cx: &Context, arriving: &mut Arriving, parts: &[Vec<u8>]) -> Result<(), Problem> {
    for part in parts {
        documents::part(&cx.app.db, arriving, part).await?;
    }
    Ok(())
}

/// Reads what is left of a file that is not wanted, up to four times the largest; then the connection may break.
async fn drain(field: &mut Field<'_>, most: u64) -> Result<(), Problem> {
    let mut left = most.saturating_mul(4);
    while let Some(piece) = field.chunk().await.map_err(|_| cut_short())? {
        left = left.saturating_sub(piece.len() as u64);
        if left == 0 {
            return Err(Problem::TooLarge("The file is far too large to be kept here.".into()));
        }
    }
    Ok(())
}

fn shown(name: &str) -> String {
    care::person::shortened(name, 60)
}

/// Puts the files that came whole onto the record, in one go and once; says what was refused.
async fn keep(cx: &Context, id: &str, mut sent: Sent) -> Outcome {
    let words = sent.form.text("words", 0..=500, "");
    let dated_on = past(&mut sent.form, "dated_on", "the date of the document", cx.today());
    if !sent.form.is_good() {
        for (arriving, _) in &sent.whole {
            abandon(cx, arriving, "form with errors").await?;
        }
        return page(cx, id, Some(&sent.form)).await;
    }
    let to = format!("/people/{id}/documents");
    let mut tx = cx.write().await?;
    let person = people::open(&mut tx, &PersonId::from_text(id), Deed::WriteNote).await?;
    if let Once::Again(to) = forms::once(&mut tx, &sent.form.token()).await? {
        for (arriving, _) in &sent.whole {
            documents::abandon(&mut tx, arriving, "sent twice").await?;
        }
        tx.note(store::audit::Noted::new("form.again", "form", sent.form.token()));
        tx.commit().await?;
        return cx.go(&to, "Documents added.");
    }
    let state = if cx.app.config.clamd.is_some() { State::Quarantined } else { State::Unscanned };
    for (arriving, received) in &sent.whole {
        let whole = Whole {
            name: received.name.clone(),
            media_type: received.kind.media_type(),
            sha256: received.sha256.clone(),
            words: words.clone(),
            dated_on: Day::option(dated_on),
            state,
        };
        let entry =
            NewEntry::new(EntryKind::Document, dated_on.unwrap_or(cx.today()), format!("Document: {}", received.name), words.clone())
                .facts(serde_json::json!({ "document": arriving.id() }).to_string());
        let entry = record::add(&mut tx, &person, &entry).await?;
        documents::finish(&mut tx, &person, arriving, &whole, &entry).await?;
    }
    drafts::clear(&mut tx, KIND, id, &draft::from(&sent.form)).await?;
    forms::led_to(&mut tx, &sent.form.token(), &to).await?;
    tx.note(store::audit::Noted::new("document.sending", "person", person.id()).because(format!(
        "{} kept, {} refused",
        sent.whole.len(),
        sent.refused.len()
    )));
    tx.commit().await?;
    if state == State::Quarantined && !sent.whole.is_empty() {
        // A slow scanner keeps nobody waiting: the file stays shut until it has spoken.
        let _ = tokio::time::timeout(SCAN_WITHIN, jobs::documents::scan_now(&cx.app)).await;
    }
    answer(cx, id, sent, &to).await
}

async fn answer(cx: &Context, id: &str, mut sent: Sent, to: &str) -> Outcome {
    let kept = sent.whole.len();
    if sent.refused.is_empty() {
        let count = care::words::counted(i64::try_from(kept).unwrap_or(0), "document", "documents");
        return cx.go(to, &format!("{count} added."));
    }
    let also = match kept {
        0 => String::new(),
        1 => " The other file was added.".into(),
        _ => format!(" The other {kept} files were added."),
    };
    sent.form.error("file", format!("{}.{also}", sent.refused.join("; ")));
    page(cx, id, Some(&sent.form)).await
}

/// GET /people/{person}/documents/{document}: the file itself, to keep; on record before its first byte leaves.
pub async fn download(cx: Context, Path((id, document)): Path<(String, String)>) -> Outcome {
    let (mut tx, person) = opened(&cx, &id, Deed::ReadRecord).await?;
    let (document, contents) = documents::read(&mut tx, &person, &DocumentId::from_text(document)).await?;
    tx.finish().await?;
    file_response(&cx, &document, contents)
}

fn file_response(cx: &Context, document: &Document, contents: Contents) -> Outcome {
    let db = cx.app.db.clone();
    let parts = futures_util::stream::try_unfold((db, contents), |(db, mut contents)| async move {
        let part = contents.next(&db).await.map_err(|e| std::io::Error::other(e.to_string()))?;
        Ok::<_, std::io::Error>(part.map(|part| (part, (db, contents))))
    });
    let mut response: Response = (StatusCode::OK, Body::from_stream(parts)).into_response();
    let headers = response.headers_mut();
    let value = |text: String| HeaderValue::from_str(&text).map_err(|e| Problem::Broken(e.to_string()));
    headers.insert(header::CONTENT_TYPE, value(document.media_type.clone())?);
    headers.insert(header::CONTENT_LENGTH, value(document.size.to_string())?);
    headers.insert(header::CONTENT_DISPOSITION, value(disposition(&document.name))?);
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(
            "sandbox; default-src 'none'; script-src 'self'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
        ),
    );
    Ok(response)
}

/// A file to keep, under its name: plain for old programs, whole for all others.
fn disposition(name: &str) -> String {
    let plain: String = name.chars().map(|c| if c.is_ascii_alphanumeric() || " .-_()".contains(c) { c } else { '_' }).collect();
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{}", crate::web::cookies::encode(name))
}

/// GET /people/{person}/documents/{document}/withdraw
pub async fn withdrawing(cx: Context, Path((id, document)): Path<(String, String)>) -> Outcome {
    withdraw_page(&cx, &id, &document, &Form::default()).await
}

async fn withdraw_page(cx: &Context, id: &str, document: &str, form: &Form) -> Outcome {
    let (mut tx, person) = opened(cx, id, Deed::WriteNote).await?;
    let document = documents::one(&mut tx, &person, &DocumentId::from_text(document)).await?;
    let more =
        minijinja::context! { document => govuk::value(&document), back => format!("/people/{id}/documents"), button => "Withdraw it" };
    form_page(cx, tx, &person, "Withdraw a document", "people/document_withdraw.html", form, more).await
}

/// POST /people/{person}/documents/{document}/withdraw
pub async fn withdraw(
    cx: Context,
    Path((id, document)): Path<(String, String)>,
    crate::web::posted::Posted(mut form): crate::web::posted::Posted,
) -> Outcome {
    let why = form.text("why", 1..=300, "Say why it is withdrawn");
    if !form.is_good() {
        return withdraw_page(&cx, &id, &document, &form).await;
    }
    let mut tx = cx.write().await?;
    let person = people::open(&mut tx, &PersonId::from_text(id.as_str()), Deed::WriteNote).await?;
    documents::withdraw(&mut tx, &person, &DocumentId::from_text(document), &why).await?;
    tx.commit().await?;
    cx.go(&format!("/people/{id}/documents"), "Withdrawn. It no longer opens; that it was here and why it went stays in the list.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_said_as_computers_say_them() {
        for (bytes, words) in
            [(1, "1 byte"), (999, "999 bytes"), (1_499, "1 kB"), (1_500, "2 kB"), (1_250_000, "1.3 MB"), (52_428_800, "52.4 MB")]
        {
            assert_eq!(length(bytes), words);
        }
    }

    #[test]
    fn a_name_cannot_break_out_of_its_header() {
        let said = disposition("réport \"x\"\r\nSet-Cookie: a=b.pdf");
        assert!(HeaderValue::from_str(&said).is_ok() && !said.contains('\n') && said.matches('"').count() == 2, "{said}");
    }
}
