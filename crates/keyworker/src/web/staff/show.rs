//! One worker: details, roles, supervision, leaving, account and sessions.

use axum::extract::Path;
use care::access::{Deed, Role};
use store::{
    accounts,
    id::WorkerId,
    rights, sessions,
    workers::{self, Employment, Given},
};

use super::list::fte;
use crate::web::{Context, Outcome, govuk};

pub async fn show(cx: Context, Path(id): Path<String>) -> Outcome {
    let (mut tx, id) = (cx.read().await?, WorkerId::from_text(id));
    rights::require(&mut tx, Deed::KeepStaff).await?;
    let worker = workers::worker(&mut tx, &id).await?;
    let roles = workers::roles_of(&mut tx, &id).await?;
    let lines = workers::lines_of(&mut tx, &id).await?;
    let account = accounts::of_worker(&mut tx, &id).await?;
    let sessions = sessions::of_worker(&mut tx, &id, cx.app.limits()).await?;
    let (today, manages) = (tx.today(), cx.has_role(&[Role::SystemAdministrator]));
    tx.note(store::audit::Noted::new("worker.show", "worker", &id));
    let role = |given: &Given| {
        minijinja::context! {
            id => given.id.clone(), role => Role::from_code(&given.role).map_or("", Role::label), team => given.team_name.clone(),
            from_on => given.from_on.to_string(), until_on => given.until_on.map(|d| d.to_string()),
            state => if given.until_on.is_some_and(|d| d.0 < today) { "past" } else if given.from_on.0 > today { "to_come" } else { "now" },
        }
    };
    let data = minijinja::context! {
        worker => govuk::value(&worker), name => worker.name(), fte => fte(worker.fte_hundredths),
        employment => Employment::from_code(&worker.employment).map_or("", Employment::label),
        roles => roles.iter().map(role).collect::<Vec<_>>(), lines => govuk::value(&lines), manages,
        is_me => cx.worker()?.session.worker_id == id,
        account => account.map(|a| minijinja::context! { username => a.username, password_set_at => a.password_set_at.map(|t| t.to_string()), second_step_set_at => a.second_step_set_at.map(|t| t.to_string()), disabled_at => a.disabled_at.map(|t| t.to_string()) }),
        sessions => sessions.iter().map(|s| minijinja::context! { id => s.id_hash.clone(), device => s.device.clone(), seen_at => s.seen_at.to_string() }).collect::<Vec<_>>(),
    };
    cx.page(tx, "Worker", "staff/show.html", data).await
}
