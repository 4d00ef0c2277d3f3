//! Styles and scripts, from within the program.

use axum::{
    extract::Path,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};

use super::govuk;

pub async fn show(Path(path): Path<String>, headers: HeaderMap) -> Response {
    let Some(asset) = govuk::asset(&path) else { return StatusCode::NOT_FOUND.into_response() };
    let known = headers.get(header::IF_NONE_MATCH).and_then(|v| v.to_str().ok()) == Some(asset.etag);
    let about = [(header::CONTENT_TYPE, asset.mime), (header::ETAG, asset.etag), (header::CACHE_CONTROL, asset.cache_control())];
    // The mark tells the outer layer that this answer may be kept by the browser; it is taken off there.
    let mark = [("x-keyworker-asset", "1")];
    if known { (StatusCode::NOT_MODIFIED, mark, about).into_response() } else { (mark, about, asset.bytes).into_response() }
}
