//! The second step of signing in: a code from the authenticator app, or one of the recovery codes.

use axum::extract::Query;
use care::words;
use store::{
    Act,
    accounts::{self, Account},
    sessions::Stage,
};

use super::{
    guess::Guesser,
    sign_in::{Asked, account_of, complete, half},
    totp,
};
use crate::web::{Context, Outcome, Problem, form::Form, posted::Posted};

pub async fn show(cx: Context, Query(asked): Query<Asked>) -> Outcome {
    half(&cx, Stage::SecondStep)?;
    page(&cx, &Form::opened([("next", &asked.next)])).await
}

pub async fn submit(cx: Context, Posted(mut form): Posted) -> Outcome {
    let session = half(&cx, Stage::SecondStep)?.clone();
    let account = account_of(&cx, &session.worker_id).await?;
    let typed = form.raw("code");
    form.set("code", "");
    match check(&cx, &account, &typed).await? {
        Some(guesser) => complete(&cx, &session, &form.raw("next"), "", &[guesser]).await,
        None => {
            form.error("code", "This code is not right, or was used before. Wait for the next code in your app and type that");
            page(&cx, &form).await
        }
    }
}

/// By one of the recovery codes, when the app is out of reach.
pub async fn submit_recovery(cx: Context, Posted(mut form): Posted) -> Outcome {
    let session = half(&cx, Stage::SecondStep)?.clone();
    let account = account_of(&cx, &session.worker_id).await?;
    let guesser = guesser(&cx, &account).await?;
    let mut tx = cx.app.db.write(Act::new(session.worker_id.clone(), cx.now)).await?;
    let right = accounts::use_code(&mut tx, &session.worker_id, &form.raw("recovery_code")).await?;
    let left = accounts::codes_left(&mut tx, &session.worker_id).await?;
    if !right {
        drop(tx);
        guesser.was_wrong(&cx, Some(&account), "recovery code").await?;
        form.set("recovery_code", "");
        form.error("recovery_code", "This code is not right, or was used before. Each recovery code works once");
        return page(&cx, &form).await;
    }
    tx.commit().await?;
    let news = format!("You used a recovery code. You have {} left; make new ones under your name.", words::counted(left, "code", "codes"));
    complete(&cx, &session, &form.raw("next"), &news, &[guesser]).await
}

/// Whether the code is right now and unused; it is used up by asking. A wrong one is counted.
pub async fn check(cx: &Context, account: &Account, typed: &str) -> Result<Option<Guesser>, Problem> {
    let guesser = guesser(cx, account).await?;
    let sealed = account.totp_secret.as_deref().ok_or(Problem::NotFound)?;
    let secret = cx.app.keys.unseal(account.worker_id.as_str(), sealed).map_err(|e| Problem::Broken(format!("{e:#}")))?;
    if let Some(step) = totp::step_of(&secret, typed, cx.now) {
        let mut tx = cx.app.db.write(Act::new(account.worker_id.clone(), cx.now)).await?;
        if accounts::use_step(&mut tx, &account.worker_id, step).await? {
            tx.commit().await?;
            return Ok(Some(guesser));
        }
    }
    guesser.was_wrong(cx, Some(account), "code").await?;
    Ok(None)
}

async fn guesser(cx: &Context, account: &Account) -> Result<Guesser, Problem> {
    let mut tx = cx.read().await?;
    let guesser = Guesser::at_code(cx, &mut tx, account).await?;
    guesser.must_not_wait(&mut tx).await?;
    tx.finish().await?;
    Ok(guesser)
}

async fn page(cx: &Context, form: &Form) -> Outcome {
    cx.form(cx.read().await?, "Second step", "account/second_step.html", form, minijinja::context! {}).await
}
