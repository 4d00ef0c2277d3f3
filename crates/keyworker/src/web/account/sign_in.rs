//! Signing in: the password, then the second step. The same words and the same time for an unknown name and a wrong password.

use axum::{http::header, response::Response};
use jiff::Timestamp;
use store::{
    Tx,
    accounts::{self, Account},
    sessions::{self, Stage},
};

use super::password;
use crate::web::{Context, Outcome, Problem, cookies, form::Form, posted::Posted};

/// After this many wrong guesses in a row each further one has to wait; the owner is never locked out for good.
const FREE_GUESSES: i64 = 5;
/// The longest wait between guesses, in seconds.
const LONGEST_WAIT: i64 = 60;

pub async fn show(cx: Context) -> Outcome {
    let tx = cx.read().await?;
    cx.form(tx, "Sign in", "account/sign_in.html", &Form::default(), minijinja::context! {}).await
}

pub async fn submit(cx: Context, Posted(mut form): Posted) -> Outcome {
    let username = form.text("username", 1..=200, "Enter your user name");
    let password = form.text("password", 1..=128, "Enter your password");
    if !form.is_good() {
        return again(&cx, &form).await;
    }
    let account = attempt(&cx, &username, &password).await?;
    let Some(account) = account else {
        form.error("username", "The user name or the password is not right");
        form.set("password", "");
        return again(&cx, &form).await;
    };
    let stage = if cx.app.config.demonstration {
        Stage::Full
    } else if account.totp_secret.is_some() {
        Stage::SecondStep
    } else {
        Stage::SetUp
    };
    let return_to = safe_return(&form.raw("next"));
    let mut tx = cx.app.db.write(store::Act::new(account.worker_id.clone(), cx.now)).await?;
    accounts::guessed_right(&mut tx, &username).await?;
    let id = sessions::start(&mut tx, &account.worker_id, stage, "browser", cx.app.limits()).await?;
    tx.commit().await?;
    let mut response = cx.go(&return_to, "")?;
    with_cookie(&cx, &mut response, &id);
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
    response.headers_mut().insert("clear-site-data", "\"cache\", \"cookies\"".parse().map_err(|_| Problem::Broken("header".into()))?);
    Ok(response)
}

async fn again(cx: &Context, form: &Form) -> Outcome {
    let tx = cx.read().await?;
    cx.form(tx, "Sign in", "account/sign_in.html", form, minijinja::context! {}).await
}

/// The account, if the guess was right. A wrong one is counted against the name.
async fn attempt(cx: &Context, username: &str, given: &str) -> Result<Option<Account>, Problem> {
    let mut tx = cx.read().await?;
    wait_between_guesses(&mut tx, username, cx.now).await?;
    let account = accounts::by_username(&mut tx, username).await?;
    tx.finish().await?;
    let usable = account.filter(|a| a.disabled_at.is_none());
    let (hash, given) = (usable.as_ref().and_then(|a| a.password_hash.clone()), given.to_owned());
    let right = tokio::task::spawn_blocking(move || password::matches(&given, hash.as_deref()))
        .await
        .map_err(|e| Problem::Broken(e.to_string()))?;
    if right {
        return Ok(usable);
    }
    let mut tx = cx.write().await?;
    accounts::guessed_wrong(&mut tx, username).await?;
    tx.commit().await?;
    Ok(None)
}

async fn wait_between_guesses(tx: &mut Tx, key: &str, now: Timestamp) -> Result<(), Problem> {
    let (failures, last) = accounts::guesses(tx, key).await?;
    let Some(last) = last.filter(|_| failures >= FREE_GUESSES) else { return Ok(()) };
    let wait = (1_i64 << (failures - FREE_GUESSES).min(6)).min(LONGEST_WAIT);
    let left = wait - now.duration_since(last).as_secs();
    if left > 0 { Err(Problem::TooMany { again_in_seconds: left.unsigned_abs() }) } else { Ok(()) }
}

fn with_cookie(cx: &Context, response: &mut Response, id: &str) {
    if let Some(value) = cookies::set(&cx.app.config, "session", id) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

/// Only an address of our own: never another site's.
pub fn safe_return(to: &str) -> String {
    let ours = to.starts_with('/') && !to.starts_with("//") && !to.contains('\\') && !to.chars().any(char::is_control);
    if ours { to.to_owned() } else { "/".to_owned() }
}

#[cfg(test)]
mod tests {
    #[test]
    fn only_our_own_addresses_are_returned_to() {
        for (to, expected) in [
            ("/people/1", "/people/1"),
            ("//evil.example", "/"),
            ("https://evil.example", "/"),
            ("/\\evil.example", "/"),
            ("", "/"),
            ("/a\r\nb", "/"),
        ] {
            assert_eq!(super::safe_return(to), expected);
        }
    }
}
