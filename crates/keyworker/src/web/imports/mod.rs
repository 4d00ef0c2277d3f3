//! Files of other systems, by upload: the list of earlier imports, one import with its report or how far it is, its report
//! and its untouched source to keep. The server takes a file in by itself (`jobs::imports`).
//!
//! For performance analysts, who answer for the returns, and system administrators, who move records from an earlier
//! system; neither gets a right to any person's record by it.

mod receive;
mod report;
mod unpack;
pub mod upload;

use axum::{
    Json,
    body::Body,
    extract::Path,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use store::{
    id::ImportId,
    imports::{self, Kind, Progress, Run, RunState},
};

use super::{Context, Outcome, Problem, cookies, csv_file, form::Form, govuk, posted::Posted};

/// So many runs stand in the list.
const LISTED: i64 = 100;

#[derive(Serialize)]
struct Line {
    href: String,
    file_name: String,
    kind: &'static str,
    begun_at: String,
    by: String,
    state: &'static str,
    tag: &'static str,
}

impl Line {
    fn of(run: Run) -> Line {
        let state = run.state();
        Line {
            href: format!("/imports/{}", run.id),
            kind: run.kind().map_or("", Kind::label),
            begun_at: run.begun_at.to_string(),
            by: run.by_name.clone().unwrap_or_else(|| run.begun_by.clone()),
            state: state.map_or("", RunState::label),
            tag: match state {
                Some(RunState::Done) => "good",
                Some(RunState::Failed) => "late",
                _ => "info",
            },
            file_name: run.file_name,
        }
    }
}

/// GET /imports
pub async fn list(cx: Context) -> Outcome {
    let mut tx = cx.read().await?;
    let lines: Vec<Line> = imports::runs(&mut tx, LISTED).await?.into_iter().map(Line::of).collect();
    cx.page(tx, "Imports", "imports/list.html", minijinja::context! { lines => govuk::value(&lines), listed => LISTED }).await
}

/// GET /imports/{run}: how far it is, or what became of it.
pub async fn show(cx: Context, Path(id): Path<String>) -> Outcome {
    let id = ImportId::from_text(id);
    let mut tx = cx.read().await?;
    let (state, at) = imports::standing(&mut tx, &id).await?;
    let at = cx.app.taking_in.at(&id).unwrap_or(at);
    if matches!(state, RunState::Waiting | RunState::Running) {
        let data = minijinja::context! { id => id.to_string(), state => state.code(), done => at.done, of => at.of };
        return cx.page(tx, "Import under way", "imports/under_way.html", data).await;
    }
    let run = imports::one(&mut tx, &id).await?;
    let sources = imports::sources(&mut tx, &id).await?;
    let report = run.report()?.map(|report| report::View::of(&report));
    let line = Line::of(run.clone());
    let data = minijinja::context! {
        id => id.to_string(), run => govuk::value(&run), line => govuk::value(&line), sources => govuk::value(&sources), report => govuk::value(&report),
    };
    cx.page(tx, "Import", "imports/show.html", data).await
}

#[derive(Serialize)]
struct Far {
    state: &'static str,
    done: u64,
    of: u64,
}

/// GET /imports/{run}/progress: for the script of the page. A run in this process is known here before its row says so.
pub async fn progress(cx: Context, Path(id): Path<String>) -> Outcome {
    let id = ImportId::from_text(id);
    let mut tx = cx.read().await?;
    let (state, at) = imports::standing(&mut tx, &id).await?;
    tx.finish().await?;
    let Progress { done, of, .. } = cx.app.taking_in.at(&id).unwrap_or(at);
    Ok(Json(Far { state: state.code(), done, of }).into_response())
}

/// GET /imports/{run}/report.csv
pub async fn report_file(cx: Context, Path(id): Path<String>) -> Outcome {
    let mut tx = cx.read().await?;
    let run = imports::one(&mut tx, &ImportId::from_text(id)).await?;
    let report = run.report()?.ok_or(Problem::NotFound)?;
    tx.note(store::audit::Noted::new("export", "import", &run.id));
    csv_file::file(tx, &format!("import-{}", run.id), &report::HEAD, &report::rows(&report)).await
}

/// GET /imports/{run}/sources/{source}: the file as it was given, to keep; never shown inside a page.
pub async fn source(cx: Context, Path((id, source)): Path<(String, String)>) -> Outcome {
    let mut tx = cx.read().await?;
    let of_run = imports::sources(&mut tx, &ImportId::from_text(id)).await?;
    if !of_run.iter().any(|row| row.id == source) {
        return Err(Problem::NotFound);
    }
    let kept = imports::source(&mut tx, &source).await?;
    tx.finish().await?;
    let mut response: Response = (StatusCode::OK, Body::from(kept.bytes)).into_response();
    let plain: String = kept.name.chars().map(|c| if c.is_ascii_alphanumeric() || " .-_()".contains(c) { c } else { '_' }).collect();
    let disposition = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{}", cookies::encode(&kept.name));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_str(&disposition).map_err(|e| Problem::Broken(e.to_string()))?);
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(
            "sandbox; default-src 'none'; script-src 'self'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
        ),
    );
    Ok(response)
}

/// POST /imports/{run}/again
pub async fn again(cx: Context, Path(id): Path<String>, Posted(_): Posted) -> Outcome {
    let id = ImportId::from_text(id);
    let mut tx = cx.write().await?;
    imports::again(&mut tx, &id).await?;
    tx.commit().await?;
    cx.go(&format!("/imports/{id}"), "")
}

/// The page with the form.
async fn form_page(cx: &Context, form: &Form) -> Outcome {
    let tx = cx.read().await?;
    let kinds: Vec<_> =
        Kind::ALL.iter().map(|k| minijinja::context! { value => k.code(), text => k.label(), hint => text_of(*k) }).collect();
    let data = minijinja::context! { kinds, most => cx.app.config.largest_import_megabytes, at_once => receive::AT_ONCE };
    cx.form(tx, "Import a file", "imports/new.html", form, data).await
}

fn text_of(kind: Kind) -> &'static str {
    match kind {
        Kind::People => "One CSV file with the columns id, given_name, surname, sex, dob, postcode, nhs_no",
        Kind::Cin => "The XML file of the census",
        Kind::Ssda903 => "The CSV tables, all at once or in one ZIP file, or the XML file",
        Kind::Workforce => "The XML file of the census",
        Kind::AnnexA => "The Excel workbook of the inspection lists",
    }
}
