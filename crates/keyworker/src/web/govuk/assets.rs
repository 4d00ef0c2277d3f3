//! Styles, scripts and pictures, served below `/assets/` from within the program.

use super::embedded;
use std::time::Duration;

/// No script, style or picture from elsewhere, none within a page, and no other site may frame a page.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
     connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// A year: an address with the version in it never changes what it gives.
const FOREVER: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// One file, and what to say of it in the answer's headers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asset {
    pub bytes: &'static [u8],
    pub mime: &'static str,
    /// The quoted `ETag`.
    pub etag: &'static str,
    /// Zero when the address did not name the version: the browser then asks again each time.
    pub keep_for: Duration,
}

impl Asset {
    /// The `Cache-Control` header.
    pub fn cache_control(&self) -> &'static str {
        if self.keep_for.is_zero() { "public, no-cache" } else { "public, max-age=31536000, immutable" }
    }
}

/// The file at a path below `/assets/`: `VERSION/keyworker.css`, or `keyworker.css` for whatever is newest.
pub fn asset(path: &str) -> Option<Asset> {
    let versioned = path.strip_prefix(embedded::ASSETS_VERSION).and_then(|rest| rest.strip_prefix('/'));
    let (name, keep_for) = versioned.map_or((path, Duration::ZERO), |name| (name, FOREVER));
    let (name, bytes) = embedded::ASSETS.iter().find(|(known, _)| *known == name)?;
    Some(Asset { bytes, mime: mime(name), etag: embedded::ASSETS_ETAG, keep_for })
}

/// The address of a file, with the version in it: `/assets/VERSION/keyworker.css`.
pub fn asset_address(name: &str) -> String {
    format!("/assets/{}/{name}", embedded::ASSETS_VERSION)
}

fn mime(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("txt") => "text/plain; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        _ => "application/octet-stream",
    }
}
