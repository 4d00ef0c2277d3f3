//! Accounts, kept by administrators: opened, given a one-time link, shut, opened again. Nobody but their owner ever knows a
//! password or a second step.

use axum::extract::Path;
use care::access::Deed;
use store::{accounts, id::WorkerId, rights, sessions, workers};

use crate::web::{Context, Outcome, form::Form, posted::Posted};

pub async fn new(cx: Context, Path(id): Path<String>) -> Outcome {
    let mut tx = cx.read().await?;
    let worker = workers::worker(&mut tx, &WorkerId::from_text(&id)).await?;
    tx.finish().await?;
    let plain = |text: &str| text.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect::<String>();
    let proposed = format!("{}.{}", plain(&worker.given_name), plain(&worker.surname));
    page(&cx, &id, &Form::opened([("username", proposed.trim_matches('.'))])).await
}

pub async fn open(cx: Context, Path(id): Path<String>, Posted(mut form): Posted) -> Outcome {
    let username = form.text("username", 3..=100, "Enter a user name");
    if !username.chars().all(|c| c.is_ascii_alphanumeric() || ".-_@".contains(c)) {
        form.error("username", "Use letters, figures, full stops and hyphens only");
    }
    if !form.is_good() {
        return page(&cx, &id, &form).await;
    }
    let mut tx = cx.write().await?;
    rights::require(&mut tx, Deed::ManageAccounts).await?;
    if accounts::by_username(&mut tx, &username).await?.is_some() {
        drop(tx);
        form.error("username", "Somebody else has this user name. Choose another");
        return page(&cx, &id, &form).await;
    }
    accounts::open(&mut tx, &WorkerId::from_text(&id), &username, None).await?;
    tx.commit().await?;
    cx.go(&format!("/staff/{id}"), "The account is open. Make a one-time link, and give it to them in person.")
}

/// The link is shown here, once, and stored nowhere.
pub async fn link(cx: Context, Path(id): Path<String>, Posted(_): Posted) -> Outcome {
    let (mut tx, worker) = (cx.write().await?, WorkerId::from_text(&id));
    let token = accounts::make_link_for(&mut tx, &worker).await?;
    tx.commit().await?;
    let base = cx.app.config.public_address.clone().unwrap_or_else(|| format!("http://{}:{}", cx.app.config.listen, cx.app.config.port));
    let data = minijinja::context! { id, link => format!("{}/link/{token}", base.trim_end_matches('/')) };
    cx.page(cx.read().await?, "One-time link", "staff/link.html", data).await
}

pub async fn disable(cx: Context, Path(id): Path<String>, Posted(_): Posted) -> Outcome {
    let mut tx = cx.write().await?;
    accounts::disable(&mut tx, &WorkerId::from_text(&id)).await?;
    tx.commit().await?;
    cx.go(&format!("/staff/{id}"), "The account is shut, and they are signed out everywhere.")
}

pub async fn enable(cx: Context, Path(id): Path<String>, Posted(_): Posted) -> Outcome {
    let mut tx = cx.write().await?;
    accounts::enable(&mut tx, &WorkerId::from_text(&id)).await?;
    tx.commit().await?;
    cx.go(&format!("/staff/{id}"), "The account is open again.")
}

pub async fn remove_second_step(cx: Context, Path(id): Path<String>, Posted(_): Posted) -> Outcome {
    let (mut tx, worker) = (cx.write().await?, WorkerId::from_text(&id));
    rights::require(&mut tx, Deed::ManageAccounts).await?;
    accounts::remove_second_step(&mut tx, &worker).await?;
    sessions::end_all(&mut tx, &worker).await?;
    accounts::forget_devices(&mut tx, &worker).await?;
    tx.commit().await?;
    cx.go(&format!("/staff/{id}"), "The second step is taken away. They set it up when they next sign in.")
}

pub async fn end_session(cx: Context, Path((id, session)): Path<(String, String)>, Posted(_): Posted) -> Outcome {
    let mut tx = cx.write().await?;
    rights::require(&mut tx, Deed::ManageAccounts).await?;
    sessions::end_one(&mut tx, &WorkerId::from_text(&id), &session).await?;
    tx.commit().await?;
    cx.go(&format!("/staff/{id}"), "They are signed out there.")
}

async fn page(cx: &Context, id: &str, form: &Form) -> Outcome {
    let mut tx = cx.read().await?;
    let name = workers::worker(&mut tx, &WorkerId::from_text(id)).await?.name();
    cx.form(tx, "Open an account", "staff/account.html", form, minijinja::context! { id, name }).await
}
