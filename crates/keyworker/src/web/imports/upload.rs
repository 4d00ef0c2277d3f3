//! The form with a file: fields first, then the files, each onto the disk as it arrives. What it is is known by what it
//! holds; a file of another kind or encoding, or cut short, is refused beside its field before anything is kept.

use axum::extract::{Multipart, multipart::MultipartRejection};
use care::access::Deed;
use store::{
    forms::{self, Once},
    imports::{self, Kind, Source},
    rights,
};

use super::{
    form_page,
    receive::{Refused, receive},
    unpack::{Limits, check_container, unpack},
};
use crate::web::{Context, Outcome, Problem, form::Form};

/// GET /imports/new
pub async fn show(cx: Context) -> Outcome {
    form_page(&cx, &Form::default()).await
}

/// POST /imports/new
pub async fn submit(cx: Context, multipart: Result<Multipart, MultipartRejection>) -> Outcome {
    // What is not sent as the page sends it carries no token either.
    let multipart = multipart.map_err(|_| Problem::Forged)?;
    let mut tx = cx.read().await?;
    rights::require(&mut tx, Deed::Import).await?;
    tx.finish().await?;
    let (mut form, files) = receive(&cx, multipart).await?;
    let choices: Vec<(&str, Kind)> = Kind::ALL.iter().map(|kind| (kind.code(), *kind)).collect();
    let kind = form.choice("kind", &choices, "Choose what is in the file");
    let files = match files {
        Ok(files) if files.is_empty() => Err("Choose a file".to_owned()),
        Ok(files) => Ok(files),
        Err(Refused(words)) => Err(words),
    };
    let sources = match (kind, files) {
        (_, Err(words)) => {
            form.error("file", words);
            None
        }
        (Some(kind), Ok(files)) => look(&cx, kind, files, &mut form).await?,
        (None, Ok(_)) => {
            form.error("file", "Choose the file again");
            None
        }
    };
    match (kind, sources) {
        (Some(kind), Some(sources)) => keep(&cx, &form, kind, &sources).await,
        _ => form_page(&cx, &form).await,
    }
}

/// Unpacks and reads the files; what is wrong stands at the field.
async fn look(cx: &Context, kind: Kind, files: Vec<Source>, form: &mut Form) -> Result<Option<Vec<Source>>, Problem> {
    let limits = Limits::of(&cx.app.config);
    let unpacked = tokio::task::spawn_blocking(move || contents(kind, files, limits)).await.map_err(|e| Problem::Broken(e.to_string()))?;
    let files = match unpacked {
        Ok(files) => files,
        Err(words) => {
            form.error("file", words);
            return Ok(None);
        }
    };
    match imports::check(kind, files, cx.today()).await {
        Ok(files) => Ok(Some(files)),
        Err(error) => {
            form.refused(error)?;
            Ok(None)
        }
    }
}

fn contents(kind: Kind, mut files: Vec<Source>, limits: Limits) -> Result<Vec<Source>, String> {
    if kind != Kind::Ssda903 && files.len() > 1 {
        return Err(format!("Choose one file: an import of the kind {} is one file", kind.label()));
    }
    let is_zip = |file: &Source| file.bytes.starts_with(b"PK\x03\x04");
    if kind == Kind::Ssda903 && files.len() == 1 && files.iter().any(is_zip) && imports::recognise(&files) != Some(Kind::AnnexA) {
        files = unpack(&files.remove(0).bytes, limits)?;
    } else {
        for file in files.iter().filter(|file| is_zip(file)) {
            check_container(&file.bytes, limits)?;
        }
    }
    Ok(files)
}

/// Keeps the files once, however often the form is sent; the server takes them in by itself.
async fn keep(cx: &Context, form: &Form, kind: Kind, sources: &[Source]) -> Outcome {
    let mut tx = cx.write().await?;
    if let Once::Again(to) = forms::once(&mut tx, &form.token()).await? {
        tx.note(store::audit::Noted::new("form.again", "form", form.token()));
        tx.commit().await?;
        return cx.go(&to, "");
    }
    let id = imports::receive_in(&mut tx, kind, sources).await?;
    let to = format!("/imports/{id}");
    forms::led_to(&mut tx, &form.token(), &to).await?;
    tx.commit().await?;
    cx.go(&to, "The file is kept and is being taken in.")
}
