//! What a page can answer instead of itself: each a designed page with the right status, never a bare line.

use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use store::{error::IndexCard, id::PersonId};

#[derive(Debug, Clone)]
pub enum Problem {
    /// No such address, or nothing that the asker may learn of: the page is the same byte for byte.
    NotFound,
    /// The same page to the byte; the record's guardian is alerted before it is sent.
    Hidden(PersonId),
    /// The person is known to exist; the record is not this worker's to read.
    IndexOnly(Box<IndexCard>),
    /// No role of this worker uses this page.
    RoleLacks,
    /// Sign in first, then come back to `return_to`.
    SignIn {
        return_to: String,
    },
    /// The form's token is missing or another site sent it.
    Forged,
    /// Someone else saved the same thing meanwhile.
    Stale,
    /// The form cannot be read at all: not a form, too large, a field that the form does not have.
    BadRequest(String),
    TooLarge(String),
    TooMany {
        again_in_seconds: u64,
    },
    /// The disk is full: nothing was saved, what was typed is in the browser.
    NoRoom,
    Busy,
    Broken(String),
}

impl Problem {
    pub fn status(&self) -> StatusCode {
        match self {
            Problem::NotFound | Problem::Hidden(_) => StatusCode::NOT_FOUND,
            Problem::IndexOnly(_) | Problem::RoleLacks | Problem::Forged => StatusCode::FORBIDDEN,
            Problem::SignIn { .. } => StatusCode::SEE_OTHER,
            Problem::Stale => StatusCode::CONFLICT,
            Problem::BadRequest(_) => StatusCode::BAD_REQUEST,
            Problem::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Problem::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Problem::NoRoom => StatusCode::INSUFFICIENT_STORAGE,
            Problem::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Problem::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl From<store::Error> for Problem {
    fn from(e: store::Error) -> Self {
        match e {
            store::Error::NotFound => Problem::NotFound,
            store::Error::Hidden(person) => Problem::Hidden(person),
            store::Error::IndexOnly(card) => Problem::IndexOnly(card),
            store::Error::RoleLacks => Problem::RoleLacks,
            store::Error::Stale => Problem::Stale,
            store::Error::Refused { words, .. } => Problem::BadRequest(words),
            store::Error::NoRoom => Problem::NoRoom,
            store::Error::Busy => Problem::Busy,
            other => Problem::Broken(other.to_string()),
        }
    }
}

impl From<super::govuk::Error> for Problem {
    fn from(e: super::govuk::Error) -> Self {
        Problem::Broken(format!("{e:#}"))
    }
}

impl IntoResponse for Problem {
    /// Only the status and the problem itself: `session::answer` turns it into a page, because a page needs the templates.
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        if let Problem::SignIn { return_to } = &self {
            let to = format!("/sign-in?next={}", super::cookies::encode(return_to));
            if let Ok(value) = to.parse() {
                response.headers_mut().insert(header::LOCATION, value);
            }
        }
        response.extensions_mut().insert(self);
        response
    }
}
