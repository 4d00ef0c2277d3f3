//! Setting up the second step, at the first sign-in or anew: the picture for the app, a code to show that it worked, and
//! ten recovery codes, which are shown once.

use axum::{
    extract::Query,
    http::{HeaderValue, header},
    response::Response,
};
use store::{
    Act,
    accounts::{self, Account},
    sessions::{self, Stage},
};

use super::{
    sign_in::{Asked, account_of, complete, half, safe_return},
    totp,
};
use crate::web::{Context, Outcome, Problem, cookies, form::Form, posted::Posted};

/// A sealed fresh secret for an account that has no second step and none under way.
pub fn fresh_if_needed(cx: &Context, account: &Account) -> Result<Option<String>, Problem> {
    if account.totp_secret.is_some() || account.totp_pending.is_some() {
        return Ok(None);
    }
    Ok(Some(fresh(cx, account)?))
}

/// A sealed fresh secret.
pub fn fresh(cx: &Context, account: &Account) -> Result<String, Problem> {
    let sealed = totp::fresh().and_then(|secret| cx.app.keys.seal(account.worker_id.as_str(), &secret));
    sealed.map_err(|e| Problem::Broken(format!("{e:#}")))
}

pub async fn show(cx: Context, Query(asked): Query<Asked>) -> Outcome {
    let session = half(&cx, Stage::SetUp)?;
    let account = account_of(&cx, &session.worker_id).await?;
    page(&cx, &account, &Form::opened([("next", &asked.next)]), "/sign-in/set-up").await
}

pub async fn submit(cx: Context, Posted(mut form): Posted) -> Outcome {
    let session = half(&cx, Stage::SetUp)?.clone();
    let account = account_of(&cx, &session.worker_id).await?;
    let Some(codes) = confirm(&cx, &account, &mut form).await? else {
        return page(&cx, &account, &form, "/sign-in/set-up").await;
    };
    let next = safe_return(&form.raw("next"));
    let signed_in = complete(&cx, &session, &next, "", &[]).await?;
    show_codes(&cx, &codes, &next, cookies_of(&signed_in)).await
}

/// Confirms the pending secret with a code; answers with the recovery codes, or `None` with the error in the form.
pub async fn confirm(cx: &Context, account: &Account, form: &mut Form) -> Result<Option<Vec<String>>, Problem> {
    let typed = form.raw("code");
    form.set("code", "");
    let secret = pending(cx, account)?;
    let Some(step) = totp::step_of(&secret, &typed, cx.now) else {
        form.error("code", "This code is not right. Check that the app and this computer agree on the time, and type the next code");
        return Ok(None);
    };
    let mut tx = cx.app.db.write(Act::new(account.worker_id.clone(), cx.now)).await?;
    accounts::confirm_second_step(&mut tx, &account.worker_id, step).await?;
    let codes = accounts::renew_codes(&mut tx, &account.worker_id).await?;
    tx.commit().await?;
    Ok(Some(codes))
}

/// The page with the picture; `action` is where its form goes.
pub async fn page(cx: &Context, account: &Account, form: &Form, action: &str) -> Outcome {
    let secret = pending(cx, account)?;
    let address = totp::address(&secret, &cx.app.config.council, &account.username);
    let picture = totp::picture(&address).map_err(|e| Problem::Broken(format!("{e:#}")))?;
    let data = minijinja::context! { picture, typed => totp::typed(&secret), username => account.username.clone(), action };
    cx.form(cx.read().await?, "Set up your second step", "account/set_up.html", form, data).await
}

/// The recovery codes, this once; with the cookies of a sign-in that has just been completed.
pub async fn show_codes(cx: &Context, codes: &[String], next: &str, cookies: Vec<HeaderValue>) -> Outcome {
    let data = minijinja::context! { codes => codes.to_vec(), next };
    let mut response = cx.page(cx.read().await?, "Keep your recovery codes", "account/recovery_codes.html", data).await?;
    for cookie in cookies {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// The cookies that an answer sets, for another answer in its place.
pub fn cookies_of(response: &Response) -> Vec<HeaderValue> {
    response.headers().get_all(header::SET_COOKIE).iter().cloned().collect()
}

/// Gives the half sign-in up and begins again.
pub async fn start_again(cx: Context, Posted(_): Posted) -> Outcome {
    if let Some(half) = &cx.signing_in {
        let mut tx = cx.app.db.write(Act::new(half.session.worker_id.clone(), cx.now)).await?;
        sessions::end(&mut tx, &half.session.id_hash).await?;
        tx.commit().await?;
    }
    let mut response = cx.go("/sign-in", "")?;
    if let Some(value) = cookies::clear(&cx.app.config, "session") {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    Ok(response)
}

fn pending(cx: &Context, account: &Account) -> Result<Vec<u8>, Problem> {
    let sealed = account.totp_pending.as_deref().ok_or(Problem::SignIn { return_to: "/".into() })?;
    cx.app.keys.unseal(account.worker_id.as_str(), sealed).map_err(|e| Problem::Broken(format!("{e:#}")))
}
