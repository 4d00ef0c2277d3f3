//! Signing in: the password, then the second step. The same words and the same time for an unknown name and a wrong password.

use axum::{extract::Query, http::header, response::Response};
use care::words;
use jiff::SignedDuration;
use store::{
    Act,
    accounts::{self, Account},
    id::WorkerId,
    sessions::{self, Limits, Session, Stage},
};

use super::{demonstration, guess::Guesser, password, set_up};
use crate::web::{Context, Outcome, Problem, cookies, form::Form, govuk, posted::Posted};

/// Between the password and the second step nobody dawdles longer.
const BETWEEN_STEPS: SignedDuration = SignedDuration::from_mins(10);
/// How long a device is remembered.
const DEVICE_DAYS: u32 = 180;

#[derive(serde::Deserialize)]
pub struct Asked {
    #[serde(default)]
    pub next: String,
}

pub async fn show(cx: Context, Query(asked): Query<Asked>) -> Outcome {
    if cx.signed_in.is_some() {
        return cx.go(&safe_return(&asked.next), "");
    }
    page(&cx, &Form::opened([("next", &asked.next)])).await
}

pub async fn submit(cx: Context, Posted(mut form): Posted) -> Outcome {
    let username = form.text("username", 1..=200, "Enter your user name");
    let given = form.exactly("password");
    form.set("password", "");
    if given.is_empty() {
        form.error("password", "Enter your password");
    }
    if !form.is_good() {
        return page(&cx, &form).await;
    }
    let Some(account) = attempt(&cx, &username, &given).await? else {
        form.error("username", "The user name or the password is not right");
        return page(&cx, &form).await;
    };
    let stage = if account.totp_secret.is_some() { Stage::SecondStep } else { Stage::SetUp };
    let limits = Limits { idle: cx.app.limits().idle, longest: BETWEEN_STEPS };
    let sealed = set_up::fresh_if_needed(&cx, &account)?;
    let mut tx = cx.app.db.write(Act::new(account.worker_id.clone(), cx.now)).await?;
    if let Some(sealed) = sealed {
        accounts::begin_second_step(&mut tx, &account.worker_id, &sealed).await?;
    }
    let id = sessions::start(&mut tx, &account.worker_id, stage, &cx.caller.device, limits).await?;
    tx.commit().await?;
    let to = if stage == Stage::SecondStep { "/sign-in/code" } else { "/sign-in/set-up" };
    let next = safe_return(&form.raw("next"));
    let mut response = cx.go(&format!("{to}?next={}", cookies::encode(&next)), "")?;
    with_session(&cx, &mut response, &id);
    Ok(response)
}

pub async fn sign_out(cx: Context, Posted(_): Posted) -> Outcome {
    let signed_in = cx.worker()?;
    let mut tx = cx.write().await?;
    sessions::end(&mut tx, &signed_in.session.id_hash).await?;
    tx.commit().await?;
    let mut response = cx.go("/sign-in", "You are signed out.")?;
    if let Some(value) = cookies::clear(&cx.app.config, "session") {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    // The mark of a known device stays: without it a stranger who guesses at this name would slow its owner too.
    response.headers_mut().insert("clear-site-data", header::HeaderValue::from_static("\"cache\""));
    Ok(response)
}

/// Signs a worker in fully: a new session in place of the half one, the device remembered, on to where they wanted to go.
pub async fn complete(cx: &Context, half: &Session, next: &str, news: &str, guessers: &[Guesser]) -> Outcome {
    let limits = cx.app.limits();
    let mut tx = cx.app.db.write(Act::new(half.worker_id.clone(), cx.now)).await?;
    let id = sessions::renew(&mut tx, half, &cx.caller.device, limits).await?;
    let device = accounts::remember_device(&mut tx, &half.worker_id, &cx.caller.device, cx.caller.device_token.as_deref()).await?;
    for guesser in guessers {
        guesser.was_right(&mut tx).await?;
    }
    tx.commit().await?;
    let mut response = cx.go(&safe_return(next), news)?;
    with_session(cx, &mut response, &id);
    with_device(cx, &mut response, &device);
    Ok(response)
}

/// The cookie of a session.
pub fn with_session(cx: &Context, response: &mut Response, id: &str) {
    if let Some(value) = cookies::set(&cx.app.config, "session", id) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

/// The mark of a device from which its owner signs in.
pub fn with_device(cx: &Context, response: &mut Response, token: &str) {
    if let Some(value) = cookies::set_for_days(&cx.app.config, "device", token, DEVICE_DAYS) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

/// Only an address of our own: never another site's.
pub fn safe_return(to: &str) -> String {
    let ours = to.starts_with('/') && !to.starts_with("//") && !to.contains('\\') && !to.chars().any(char::is_control);
    if ours && to.parse::<header::HeaderValue>().is_ok() { to.to_owned() } else { "/".to_owned() }
}

/// The half-signed-in worker's session at a stage; whoever has none begins at the password.
pub fn half(cx: &Context, stage: Stage) -> Result<&Session, Problem> {
    let found = cx.signing_in.as_ref().map(|s| &s.session).filter(|s| s.stage == stage);
    found.ok_or(Problem::SignIn { return_to: "/".into() })
}

/// The account of a worker who is between the steps, or changes their own.
pub async fn account_of(cx: &Context, worker: &WorkerId) -> Result<Account, Problem> {
    let mut tx = cx.app.db.read(Act::new(worker.clone(), cx.now)).await?;
    let account = accounts::of_worker(&mut tx, worker).await?.ok_or(Problem::NotFound)?;
    tx.finish().await?;
    Ok(account)
}

async fn page(cx: &Context, form: &Form) -> Outcome {
    let mut tx = cx.read().await?;
    let shown = demonstration::people(cx, &mut tx).await?;
    let idle = words::counted(i64::from(cx.app.config.idle_minutes), "minute", "minutes");
    cx.form(tx, "Sign in", "account/sign_in.html", form, minijinja::context! { shown => govuk::value(&shown), idle }).await
}

/// The account, if the guess was right; a wrong one is counted.
async fn attempt(cx: &Context, username: &str, given: &str) -> Result<Option<Account>, Problem> {
    let mut tx = cx.read().await?;
    let account = accounts::by_username(&mut tx, username).await?;
    let guesser = Guesser::at_password(cx, &mut tx, username, account.as_ref()).await?;
    guesser.must_not_wait(&mut tx).await?;
    let today = tx.today();
    tx.finish().await?;
    let hash = account.as_ref().filter(|a| a.is_open(today)).and_then(|a| a.password_hash.clone());
    let config = &cx.app.config;
    if !password::matches_aside(config, given, hash.clone()).await? {
        guesser.was_wrong(cx, account.as_ref(), "password").await?;
        return Ok(None);
    }
    let renewed = match &hash {
        Some(hash) if password::is_outdated(config, hash) => Some(password::hash_aside(config, given).await?),
        _ => None,
    };
    if let (Some(renewed), Some(account)) = (renewed, &account) {
        let mut tx = cx.app.db.write(Act::new(account.worker_id.clone(), cx.now)).await?;
        accounts::rehash(&mut tx, &account.worker_id, &renewed).await?;
        tx.commit().await?;
    }
    Ok(account)
}

#[cfg(test)]
mod tests {
    #[test]
    fn only_our_own_addresses_are_returned_to() {
        for (to, expected) in [
            ("/people/1", "/people/1"),
            ("/people/1/visits/new#note", "/people/1/visits/new#note"),
            ("//evil.example", "/"),
            ("https://evil.example", "/"),
            ("/\\evil.example", "/"),
            ("/a\r\nset-cookie: x", "/"),
            ("javascript:alert(1)", "/"),
            ("", "/"),
        ] {
            assert_eq!(super::safe_return(to), expected);
        }
    }
}
