//! A one-time link: its holder chooses a password. It does not sign in and does not touch the second step; it ends every
//! session and every remembered device of the account, and remembers the one in which it was opened.

use axum::{extract::Path, http::StatusCode};
use store::{
    Act,
    accounts::{self, Link},
    sessions,
};

use super::{password, password_rules, sign_in::with_device};
use crate::web::{Context, Outcome, Problem, form::Form, posted::Posted};

pub async fn show(cx: Context, Path(token): Path<String>) -> Outcome {
    match find(&cx, &token).await? {
        Some(link) => page(&cx, &link, &Form::default()).await,
        None => ended(&cx).await,
    }
}

pub async fn submit(cx: Context, Path(token): Path<String>, Posted(mut form): Posted) -> Outcome {
    let Some(link) = find(&cx, &token).await? else { return ended(&cx).await };
    let given = form.exactly("new_password");
    form.set("new_password", "");
    if let Some(fault) = password_rules::fault(&given, &own(&cx, &link)) {
        form.error("new_password", fault);
        return page(&cx, &link, &form).await;
    }
    let hash = password::hash_aside(&cx.app.config, &given).await?;
    let mut tx = cx.app.db.write(Act::new(link.worker_id.clone(), cx.now)).await?;
    accounts::use_link(&mut tx, &token).await?;
    accounts::set_password(&mut tx, &link.worker_id, &hash).await?;
    sessions::end_all(&mut tx, &link.worker_id).await?;
    accounts::forget_devices(&mut tx, &link.worker_id).await?;
    let device = accounts::remember_device(&mut tx, &link.worker_id, &cx.caller.device, None).await?;
    tx.commit().await?;
    let mut response = cx.go("/sign-in", "Your password is set. Sign in with it.")?;
    with_device(&cx, &mut response, &device);
    Ok(response)
}

async fn find(cx: &Context, token: &str) -> Result<Option<Link>, Problem> {
    let mut tx = cx.read().await?;
    let link = accounts::link(&mut tx, token).await?;
    tx.finish().await?;
    Ok(link)
}

fn own<'a>(cx: &'a Context, link: &'a Link) -> [&'a str; 4] {
    [&link.given_name, &link.surname, &link.username, &cx.app.config.council]
}

async fn page(cx: &Context, link: &Link, form: &Form) -> Outcome {
    let data = minijinja::context! { username => link.username.clone(), ends_at => link.ends_at.to_string() };
    cx.form(cx.read().await?, "Choose a password", "account/link.html", form, data).await
}

async fn ended(cx: &Context) -> Outcome {
    let mut response = cx.page(cx.read().await?, "This link has ended", "account/link_ended.html", minijinja::context! {}).await?;
    *response.status_mut() = StatusCode::GONE;
    Ok(response)
}
