//! The script's way of saving: fields in, a few words of JSON out.

use axum::{
    Json,
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde_json::json;
use store::drafts;

use super::{from, kind};
use crate::web::{Context, Problem, posted::Posted};

pub async fn save(cx: Context, Path((code, subject)): Path<(String, String)>, Posted(form): Posted) -> Result<Response, Problem> {
    let kind = kind(&code)?;
    let mut tx = cx.write().await?;
    let kept = drafts::keep(&mut tx, kind.code, &subject, &from(&form), &kind.matter(&form)).await?;
    tx.commit().await?;
    let clock = care::calendar::london(kept.saved_at.0).strftime("%H:%M").to_string();
    let mut answer = json!({ "id": kept.id, "version": kept.version, "saved_at": clock });
    if !kept.beside_another {
        return Ok(Json(answer).into_response());
    }
    answer["versions_href"] = json!(format!("/drafts/{}/{subject}/versions", kind.code));
    Ok((StatusCode::CONFLICT, Json(answer)).into_response())
}
