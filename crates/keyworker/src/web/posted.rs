//! A form as it arrives: read whole, its token checked, its fields in order.

use axum::{
    body::to_bytes,
    extract::{FromRequest, Request},
    response::{IntoResponse, Response},
};

use super::{Context, Problem, drafts, form::Form};

/// No form of ours is longer; documents arrive by another way.
pub const LARGEST: usize = 2 * 1024 * 1024;

/// A posted form whose `csrf` field (or, from a script, `x-csrf` header) is that of the session.
pub struct Posted(pub Form);

impl<S: Sync> FromRequest<S> for Posted {
    type Rejection = Response;

    /// "Save draft" never reaches what the form is for.
    async fn from_request(request: Request, _: &S) -> Result<Self, Response> {
        let (context, form) = read(request).await.map_err(IntoResponse::into_response)?;
        let of = if context.signed_in.is_some() { drafts::sent_to(context.path(), &form) } else { None };
        if let Some((kind, subject)) = of {
            if form.wants_draft() {
                return Err(drafts::kept(&context, kind.code, &subject, &form).await.into_response());
            }
            context.was_sent_from(kind.code, subject, drafts::from(&form));
        }
        Ok(Posted(form))
    }
}

async fn read(request: Request) -> Result<(Context, Form), Problem> {
    let (parts, body) = request.into_parts();
    let context = parts.extensions.get::<Context>().cloned().ok_or_else(|| Problem::Broken("a route outside the table".into()))?;
    let kind = parts.headers.get("content-type").and_then(|v| v.to_str().ok()).unwrap_or_default();
    if !kind.starts_with("application/x-www-form-urlencoded") {
        return Err(Problem::BadRequest(
            "This is not a form that Keyworker sent out. Go back, open the form again and send it from there.".into(),
        ));
    }
    let bytes = to_bytes(body, LARGEST).await.map_err(|_| {
        Problem::TooLarge("The form is longer than 2 megabytes of text. Shorten it, or upload the text as a document.".into())
    })?;
    let form = Form::new(pairs(&bytes));
    if let Some(signed_in) = context.signed_in.as_ref().or(context.signing_in.as_ref()) {
        let header = parts.headers.get("x-csrf").and_then(|v| v.to_str().ok()).map(str::to_owned);
        let token = header.unwrap_or_else(|| form.raw("csrf"));
        if !same(&token, &signed_in.session.csrf) {
            return Err(Problem::Forged);
        }
    }
    Ok((context, form))
}

/// Compares without stopping at the first difference, so that timing tells nothing.
pub fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |acc, (x, y)| acc | (x ^ y)) == 0
}

/// The fields of a form's body, in its order.
pub fn pairs(bytes: &[u8]) -> Vec<(String, String)> {
    let text = String::from_utf8_lossy(bytes);
    text.split('&')
        .filter(|p| !p.is_empty())
        .map(|pair| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            (unplus(key), unplus(value))
        })
        .collect()
}

fn unplus(text: &str) -> String {
    super::cookies::decode(&text.replace('+', " "))
}
