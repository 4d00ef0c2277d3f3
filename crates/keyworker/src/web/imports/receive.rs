//! Files on their way in: onto the disk piece by piece, in a file without a name that is gone with its process.

use std::io::SeekFrom;

use axum::extract::{Multipart, multipart::Field};
use store::imports::Source;
use tokio::io::{AsyncReadExt, AsyncSeekExt, AsyncWriteExt};

use crate::{
    upload::clean_name,
    web::{Context, Problem, form::Form, posted::same},
};

/// So many files can be sent at once.
pub const AT_ONCE: usize = 60;
/// Words beside the files are no longer.
const WORDS: usize = 4 * 1024;
/// What is not wanted is read to its end, so that the browser gets its answer; up to so many times the largest.
const DRAINED: u64 = 4;

/// Why the files were not taken, in words.
pub struct Refused(pub String);

/// The fields, and the files or why they were not taken. The token is checked before the first byte of a file is kept.
pub async fn receive(cx: &Context, mut multipart: Multipart) -> Result<(Form, Result<Vec<Source>, Refused>), Problem> {
    let mut form = Form::default();
    let mut room = Room::new(u64::from(cx.app.config.largest_import_megabytes) * 1024 * 1024);
    let mut files: Result<Vec<Source>, Refused> = Ok(Vec::new());
    while let Some(field) = multipart.next_field().await.map_err(|_| cut_short())? {
        let name = field.name().unwrap_or_default().to_owned();
        if name != "file" {
            let words = text(field).await?;
            form.set(&name, words);
            continue;
        }
        if field.file_name().is_none_or(str::is_empty) {
            continue;
        }
        token(cx, &form)?;
        let arrived = file(field, &mut room).await?;
        match (&mut files, arrived) {
            (Ok(all), Ok(_)) if all.len() >= AT_ONCE => files = Err(Refused(format!("Choose no more than {AT_ONCE} files at once"))),
            (Ok(all), Ok(source)) => all.push(source),
            (Ok(_), Err(refused)) => files = Err(refused),
            (Err(_), _) => {}
        }
    }
    token(cx, &form)?;
    Ok((form, files))
}

fn token(cx: &Context, form: &Form) -> Result<(), Problem> {
    if same(&form.raw("csrf"), &cx.worker()?.session.csrf) { Ok(()) } else { Err(Problem::Forged) }
}

fn cut_short() -> Problem {
    Problem::BadRequest("The connection broke while the file was on its way. Nothing of it was kept: send it again.".into())
}

async fn text(mut field: Field<'_>) -> Result<String, Problem> {
    let mut bytes = Vec::new();
    while let Some(piece) = field.chunk().await.map_err(|_| cut_short())? {
        bytes.extend_from_slice(&piece);
        if bytes.len() > WORDS {
            return Err(Problem::TooLarge("The words beside the file are too long.".into()));
        }
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// How much may still come, of what is wanted and of all.
struct Room {
    most: u64,
    left: u64,
    drained: u64,
}

impl Room {
    fn new(most: u64) -> Room {
        Room { most, left: most, drained: most.saturating_mul(DRAINED) }
    }
}

async fn file(mut field: Field<'_>, room: &mut Room) -> Result<Result<Source, Refused>, Problem> {
    let given = field.file_name().unwrap_or_default().to_owned();
    let disk =
        |e: std::io::Error| if e.kind() == std::io::ErrorKind::StorageFull { Problem::NoRoom } else { Problem::Broken(e.to_string()) };
    let mut kept = tokio::fs::File::from_std(tempfile::tempfile().map_err(disk)?);
    let mut size = 0_u64;
    let mut too_large = false;
    while let Some(piece) = field.chunk().await.map_err(|_| cut_short())? {
        let length = piece.len() as u64;
        room.drained = room.drained.checked_sub(length).ok_or_else(far_too_large)?;
        match room.left.checked_sub(length) {
            Some(left) if !too_large => {
                room.left = left;
                size += length;
                kept.write_all(&piece).await.map_err(disk)?;
            }
            _ => too_large = true,
        }
    }
    if too_large {
        let megabytes = room.most / (1024 * 1024);
        return Ok(Err(Refused(format!("The files must be no larger than {megabytes} megabytes together"))));
    }
    let name = named(&given);
    if size == 0 {
        return Ok(Err(Refused(format!("{name} is empty"))));
    }
    kept.flush().await.map_err(disk)?;
    kept.seek(SeekFrom::Start(0)).await.map_err(disk)?;
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
    kept.read_to_end(&mut bytes).await.map_err(disk)?;
    Ok(Ok(Source { name, bytes }))
}

fn far_too_large() -> Problem {
    Problem::TooLarge("The file is far too large to be taken in here. Use keyworker import on the server.".into())
}

/// The file's name without a path and without signs that a page or a system would stumble over.
pub fn named(given: &str) -> String {
    let ending: String =
        given.rsplit_once('.').map(|(_, end)| end).unwrap_or_default().chars().filter(char::is_ascii_alphanumeric).take(5).collect();
    clean_name(given, if ending.is_empty() { "txt" } else { &ending })
}
