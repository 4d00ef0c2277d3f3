//! A worker's own account: their roles, password, second step, recovery codes, and where they are signed in.

use care::access::Role;
use serde::Serialize;
use store::{
    accounts::{self, Account},
    sessions,
    workers::{RoleHeld, Standing},
};

use super::{guess::Guesser, password, password_rules, second_step, set_up, sign_in::account_of};
use crate::web::{Context, Outcome, Problem, form::Form, govuk, posted::Posted};

pub async fn show(cx: Context) -> Outcome {
    let signed_in = cx.worker()?;
    let (mut tx, me) = (cx.read().await?, &signed_in.session.worker_id);
    let account = accounts::of_worker(&mut tx, me).await?.ok_or(Problem::NotFound)?;
    let codes_left = accounts::codes_left(&mut tx, me).await?;
    let sessions = sessions::of_worker(&mut tx, me, cx.app.limits()).await?;
    let sessions: Vec<minijinja::Value> = sessions
        .iter()
        .map(|s| minijinja::context! { id => s.id_hash.clone(), device => s.device.clone(), started_at => s.started_at.to_string(), seen_at => s.seen_at.to_string(), this => s.id_hash == signed_in.session.id_hash })
        .collect();
    let data = minijinja::context! {
        username => account.username.clone(), sessions, codes_left,
        password_set_at => account.password_set_at.map(|at| at.to_string()),
        second_step_set_at => account.second_step_set_at.map(|at| at.to_string()),
        standing => govuk::value(&signed_in.standing), roles_held => govuk::value(&roles_held(&signed_in.standing)),
    };
    cx.page(tx, "Your account", "account/mine.html", data).await
}

pub async fn password(cx: Context) -> Outcome {
    password_page(&cx, &Form::default()).await
}

pub async fn set_password(cx: Context, Posted(mut form): Posted) -> Outcome {
    let account = own(&cx).await?;
    let (old, new) = (form.exactly("old_password"), form.exactly("new_password"));
    form.set("old_password", "");
    form.set("new_password", "");
    let worker = &cx.worker()?.standing.worker;
    if let Some(fault) = password_rules::fault(&new, &[&worker.given_name, &worker.surname, &account.username, &cx.app.config.council]) {
        form.error("new_password", fault);
    }
    check_password(&cx, &account, &old, &mut form).await?;
    if !form.is_good() {
        return password_page(&cx, &form).await;
    }
    let hash = password::hash_aside(&cx.app.config, &new).await?;
    let session = cx.worker()?.session.clone();
    let mut tx = cx.write().await?;
    accounts::set_password(&mut tx, &account.worker_id, &hash).await?;
    let response = renewed(&cx, tx, &session, "/account", "Your password is changed. You are signed out everywhere else.").await?;
    Ok(response)
}

pub async fn second_step(cx: Context) -> Outcome {
    second_step_page(&cx, &Form::default()).await
}

/// After the password was asked again: a fresh secret, shown on the next page.
pub async fn begin_second_step(cx: Context, Posted(mut form): Posted) -> Outcome {
    let account = own(&cx).await?;
    let given = form.exactly("old_password");
    form.set("old_password", "");
    check_password(&cx, &account, &given, &mut form).await?;
    if !form.is_good() {
        return second_step_page(&cx, &form).await;
    }
    let sealed = set_up::fresh(&cx, &account)?;
    let mut tx = cx.write().await?;
    accounts::begin_second_step(&mut tx, &account.worker_id, &sealed).await?;
    tx.commit().await?;
    cx.go("/account/second-step/new", "")
}

pub async fn new_second_step(cx: Context) -> Outcome {
    let account = own(&cx).await?;
    if account.totp_pending.is_none() {
        return cx.go("/account/second-step", "");
    }
    set_up::page(&cx, &account, &Form::opened([("next", "/account")]), "/account/second-step/new").await
}

pub async fn confirm_second_step(cx: Context, Posted(mut form): Posted) -> Outcome {
    let account = own(&cx).await?;
    if account.totp_pending.is_none() {
        return cx.go("/account/second-step", "");
    }
    let Some(codes) = set_up::confirm(&cx, &account, &mut form).await? else {
        return set_up::page(&cx, &account, &form, "/account/second-step/new").await;
    };
    let session = cx.worker()?.session.clone();
    let signed_in = renewed(&cx, cx.write().await?, &session, "/account", "").await?;
    set_up::show_codes(&cx, &codes, "/account", set_up::cookies_of(&signed_in)).await
}

/// Ten new recovery codes in place of the old, against a code from the app.
pub async fn renew_codes(cx: Context, Posted(mut form): Posted) -> Outcome {
    let account = own(&cx).await?;
    let typed = form.raw("code");
    form.set("code", "");
    if account.totp_secret.is_none() || second_step::check(&cx, &account, &typed).await?.is_none() {
        form.error("code", "This code is not right, or was used before. Wait for the next code in your app and type that");
        return second_step_page(&cx, &form).await;
    }
    let mut tx = cx.write().await?;
    let codes = accounts::renew_codes(&mut tx, &account.worker_id).await?;
    tx.commit().await?;
    set_up::show_codes(&cx, &codes, "/account", Vec::new()).await
}

/// A role as a worker reads it.
#[derive(Serialize)]
struct Held {
    role: &'static str,
    team: Option<String>,
    from_on: String,
    until_on: Option<String>,
}

fn roles_held(standing: &Standing) -> Vec<Held> {
    let held = |r: &RoleHeld| {
        Some(Held {
            role: Role::from_code(&r.role)?.label(),
            team: r.team_name.clone(),
            from_on: r.from_on.to_string(),
            until_on: r.until_on.map(|d| d.to_string()),
        })
    };
    standing.roles.iter().filter_map(held).collect()
}

async fn own(cx: &Context) -> Result<Account, Problem> {
    account_of(cx, &cx.worker()?.session.worker_id).await
}

/// Asks the password again; a wrong one is an error of its field, and is counted.
async fn check_password(cx: &Context, account: &Account, given: &str, form: &mut Form) -> Result<(), Problem> {
    let mut tx = cx.read().await?;
    let guesser = Guesser::at_password(cx, &mut tx, &account.username, Some(account)).await?;
    guesser.must_not_wait(&mut tx).await?;
    tx.finish().await?;
    if !password::matches_aside(&cx.app.config, given, account.password_hash.clone()).await? {
        guesser.was_wrong(cx, Some(account), "password asked again").await?;
        form.error("old_password", "This is not your present password");
    }
    Ok(())
}

/// Ends every other session and device of this worker, and gives this one a new id.
async fn renewed(cx: &Context, mut tx: store::Tx, session: &sessions::Session, to: &str, news: &str) -> Outcome {
    sessions::end_others(&mut tx, &session.worker_id, &session.id_hash).await?;
    accounts::forget_devices(&mut tx, &session.worker_id).await?;
    let id = sessions::renew(&mut tx, session, &cx.caller.device, cx.app.limits()).await?;
    let device = accounts::remember_device(&mut tx, &session.worker_id, &cx.caller.device, None).await?;
    tx.commit().await?;
    let mut response = cx.go(to, news)?;
    super::sign_in::with_session(cx, &mut response, &id);
    super::sign_in::with_device(cx, &mut response, &device);
    Ok(response)
}

async fn password_page(cx: &Context, form: &Form) -> Outcome {
    cx.form(cx.read().await?, "Change your password", "account/password.html", form, minijinja::context! {}).await
}

async fn second_step_page(cx: &Context, form: &Form) -> Outcome {
    let account = own(cx).await?;
    let data = minijinja::context! { is_set => account.totp_secret.is_some() };
    cx.form(cx.read().await?, "Your second step", "account/own_second_step.html", form, data).await
}
