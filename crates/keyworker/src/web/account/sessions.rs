//! One's own sessions: staying signed in, how long is left, where else one is signed in, and ending those.

use axum::{Json, extract::Path, http::HeaderMap, response::IntoResponse};
use store::sessions;

use crate::web::{Context, Outcome, posted::Posted};

/// "Stay signed in": the session is used, which is all that extends it. A script hears how long it now lasts.
pub async fn extend(cx: Context, headers: HeaderMap, Posted(_): Posted) -> Outcome {
    let signed_in = cx.worker()?;
    sessions::touch(&cx.app.db, &signed_in.session, cx.now).await?;
    let to_the_end = signed_in.session.ends_at.0.duration_since(cx.now).as_secs() / 60;
    let minutes = i64::from(cx.app.config.idle_minutes).min(to_the_end);
    if cx.caller.wants_json {
        return Ok(Json(serde_json::json!({ "minutes": minutes })).into_response());
    }
    cx.go(&came_from(&headers), "You stay signed in.")
}

/// How many minutes the session still lasts. Asking is not using.
pub async fn left(cx: Context) -> Outcome {
    let signed_in = cx.worker()?;
    let idle = i64::from(cx.app.config.idle_minutes) - cx.now.duration_since(signed_in.session.seen_at.0).as_secs() / 60;
    let to_the_end = signed_in.session.ends_at.0.duration_since(cx.now).as_secs() / 60;
    Ok(Json(serde_json::json!({ "minutes": idle.min(to_the_end).max(0) })).into_response())
}

pub async fn end(cx: Context, Path(id): Path<String>, Posted(_): Posted) -> Outcome {
    let me = cx.worker()?.session.worker_id.clone();
    let mut tx = cx.write().await?;
    sessions::end_one(&mut tx, &me, &id).await?;
    tx.commit().await?;
    cx.go("/account", "The session is ended.")
}

pub async fn end_others(cx: Context, Posted(_): Posted) -> Outcome {
    let session = cx.worker()?.session.clone();
    let mut tx = cx.write().await?;
    sessions::end_others(&mut tx, &session.worker_id, &session.id_hash).await?;
    tx.commit().await?;
    cx.go("/account", "You are signed out everywhere else.")
}

/// The page that the form stood on, if it is ours.
fn came_from(headers: &HeaderMap) -> String {
    let referer = headers.get("referer").and_then(|v| v.to_str().ok()).unwrap_or_default();
    let path = referer.split_once("://").and_then(|(_, rest)| rest.find('/').map(|i| &rest[i..])).unwrap_or("/");
    super::sign_in::safe_return(path)
}
