//! A form that was sent after its session had ended is not lost: it is kept, its sender signs in again, and sends it with
//! one press. Nothing of it is done before that, and only the worker whose session it was ever sees it.

use axum::{
    body::to_bytes,
    extract::{Path, Request},
    http::{HeaderValue, StatusCode, header},
    response::IntoResponse,
};
use store::{Act, held};

use crate::web::{Context, Outcome, Problem, cookies, form::Form, posted};

/// Fields that belong to the page as it was when it was opened, not to what was typed.
const OF_THE_PAGE: [&str; 1] = ["csrf"];

/// Keeps the form of this request if it came from a page of a session that has ended by itself; answers with where it
/// can be sent from.
pub async fn keep(cx: &Context, request: Request) -> Result<Option<String>, Problem> {
    let Some(id) = cookies::read(request.headers(), &cx.app.config, "session") else { return Ok(None) };
    let path = request.uri().path().to_owned();
    let Some(typed) = read(request).await else { return Ok(None) };
    let mut tx = cx.app.db.read(Act::system(cx.now)).await?;
    let Some((worker, csrf)) = held::ended(&mut tx, &id).await? else { return Ok(None) };
    tx.finish().await?;
    let form = Form::new(typed.clone());
    if !posted::same(&form.raw("csrf"), &csrf) {
        return Ok(None);
    }
    let mut tx = cx.app.db.write(Act::new(worker.clone(), cx.now)).await?;
    let held = held::hold(&mut tx, &worker, &path, &typed).await?;
    tx.commit().await?;
    Ok(Some(format!("/held/{held}")))
}

async fn read(request: Request) -> Option<Vec<(String, String)>> {
    let kind = request.headers().get(header::CONTENT_TYPE)?.to_str().ok()?;
    if !kind.starts_with("application/x-www-form-urlencoded") {
        return None;
    }
    let bytes = to_bytes(request.into_body(), posted::LARGEST).await.ok()?;
    Some(posted::pairs(&bytes))
}

pub async fn show(cx: Context, Path(id): Path<String>) -> Outcome {
    let mut tx = cx.read().await?;
    let held = held::held(&mut tx, &id).await?;
    let fields: Vec<(String, String)> = held.typed().into_iter().filter(|(name, _)| !OF_THE_PAGE.contains(&name.as_str())).collect();
    let data = minijinja::context! { id, fields, held_at => held.held_at.to_string() };
    cx.page(tx, "Your form was kept", "account/held.html", data).await
}

/// Lets the kept form go and sends what the browser has to where it was meant for.
pub async fn send(cx: Context, Path(id): Path<String>, posted::Posted(_): posted::Posted) -> Outcome {
    let mut tx = cx.write().await?;
    let held = held::held(&mut tx, &id).await?;
    held::let_go(&mut tx, &id).await?;
    tx.commit().await?;
    let to = HeaderValue::from_str(&held.path).map_err(|e| Problem::Broken(e.to_string()))?;
    // 307: the same form goes on to the address, as it is.
    Ok((StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, to)]).into_response())
}

pub async fn discard(cx: Context, Path(id): Path<String>, posted::Posted(_): posted::Posted) -> Outcome {
    let mut tx = cx.write().await?;
    held::let_go(&mut tx, &id).await?;
    tx.commit().await?;
    cx.go("/", "The form was thrown away.")
}
