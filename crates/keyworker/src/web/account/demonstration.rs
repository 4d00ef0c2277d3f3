//! Signing in to a demonstration: everyone is invented, so a press is enough. It listens on loopback only (`Config::check`),
//! and in any other installation this address does not exist.

use std::collections::BTreeMap;

use care::access::Role;
use serde::Serialize;
use store::{
    Act, Tx, accounts,
    sessions::{self, Stage},
};

use super::sign_in::{safe_return, with_session};
use crate::web::{Context, Outcome, Problem, form::Form, govuk, posted::Posted};

/// How many of each role are offered; anyone else by name.
const OF_EACH: i64 = 3;

/// The invented people of one role.
#[derive(Debug, Serialize)]
pub struct Group {
    role: &'static str,
    people: Vec<Invented>,
}

#[derive(Debug, Serialize)]
struct Invented {
    username: String,
    name: String,
    team: Option<String>,
    words: Option<String>,
}

/// The people offered, in the order of the roles; none outside a demonstration.
pub async fn people(cx: &Context, tx: &mut Tx) -> Result<Vec<Group>, Problem> {
    if !cx.app.config.demonstration {
        return Ok(Vec::new());
    }
    let mut by_role: BTreeMap<Role, Vec<Invented>> = BTreeMap::new();
    for one in accounts::shown_for_demonstration(tx, OF_EACH).await? {
        let Some(role) = Role::from_code(&one.role) else { continue };
        let words = one.words();
        let invented = Invented { name: format!("{} {}", one.given_name, one.surname), username: one.username, team: one.team, words };
        by_role.entry(role).or_default().push(invented);
    }
    Ok(by_role.into_iter().map(|(role, people)| Group { role: role.label(), people }).collect())
}

pub async fn submit(cx: Context, Posted(mut form): Posted) -> Outcome {
    if !cx.app.config.demonstration {
        return Err(Problem::NotFound);
    }
    let username = form.text("username", 1..=200, "Enter a user name");
    let mut tx = cx.read().await?;
    let today = tx.today();
    let account = accounts::by_username(&mut tx, &username).await?.filter(|a| a.is_open(today));
    tx.finish().await?;
    let Some(account) = account else {
        form.error("username", "Nobody in this demonstration has this user name");
        return again(&cx, &form).await;
    };
    let mut tx = cx.app.db.write(Act::new(account.worker_id.clone(), cx.now)).await?;
    let id = sessions::start(&mut tx, &account.worker_id, Stage::Full, &cx.caller.device, cx.app.limits()).await?;
    tx.commit().await?;
    let mut response = cx.go(&safe_return(&form.raw("next")), "")?;
    with_session(&cx, &mut response, &id);
    Ok(response)
}

async fn again(cx: &Context, form: &Form) -> Outcome {
    let mut tx = cx.read().await?;
    let shown = people(cx, &mut tx).await?;
    cx.form(tx, "Sign in", "account/sign_in.html", form, minijinja::context! { shown => govuk::value(&shown), idle => "" }).await
}
