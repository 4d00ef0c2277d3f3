//! Giving a role, in a team or for the whole service, and ending one.

use axum::extract::Path;
use care::access::Role;
use store::{
    id::{TeamId, WorkerId},
    workers,
};

use super::{choices, fill_date, team_choices};
use crate::web::{Context, Outcome, Problem, form::Form, govuk, posted::Posted};

pub async fn new(cx: Context, Path(id): Path<String>) -> Outcome {
    let mut form = Form::default();
    fill_date(&mut form, "from_on", Some(cx.today()));
    page(&cx, &id, &form).await
}

pub async fn give(cx: Context, Path(id): Path<String>, Posted(mut form): Posted) -> Outcome {
    let roles: Vec<(&str, Role)> = Role::ALL.iter().map(|r| (r.code(), *r)).collect();
    let role = form.choice("role", &roles, "Choose a role");
    let team = Some(form.raw("team")).filter(|t| !t.is_empty()).map(TeamId::from_text);
    let from = form.required_date("from_on", "the first day");
    let until = form.date("until_on", "the last day");
    let (Some(role), Some(from), true) = (role, from, form.is_good()) else { return page(&cx, &id, &form).await };
    let mut tx = cx.write().await?;
    match workers::give_role(&mut tx, &WorkerId::from_text(&id), role, team.as_ref(), from, until).await {
        Ok(_) => {
            tx.commit().await?;
            cx.go(&format!("/staff/{id}"), "The role is given.")
        }
        Err(e) => {
            drop(tx);
            form.refused(e)?;
            page(&cx, &id, &form).await
        }
    }
}

async fn page(cx: &Context, id: &str, form: &Form) -> Outcome {
    let mut tx = cx.read().await?;
    let worker = workers::worker(&mut tx, &WorkerId::from_text(id)).await?;
    let teams = team_choices(&mut tx).await?;
    let roles = choices(Role::ALL, Role::code, Role::label);
    let data = minijinja::context! { id, name => worker.name(), teams => govuk::value(&teams), roles => govuk::value(&roles) };
    cx.form(tx, "Give a role", "staff/role.html", form, data).await
}

pub async fn ask_to_end(cx: Context, Path((id, role)): Path<(String, String)>) -> Outcome {
    let mut form = Form::default();
    fill_date(&mut form, "last_day", Some(cx.today()));
    end_page(&cx, &id, &role, &form).await
}

pub async fn end(cx: Context, Path((id, role)): Path<(String, String)>, Posted(mut form): Posted) -> Outcome {
    let Some(last_day) = form.required_date("last_day", "the last day") else { return end_page(&cx, &id, &role, &form).await };
    let mut tx = cx.write().await?;
    match workers::end_role(&mut tx, &role, last_day).await {
        Ok(worker) if worker.as_str() == id => {
            tx.commit().await?;
            cx.go(&format!("/staff/{id}"), "The role ends after that day.")
        }
        Ok(_) => Err(Problem::NotFound),
        Err(e) => {
            drop(tx);
            form.refused(e)?;
            end_page(&cx, &id, &role, &form).await
        }
    }
}

async fn end_page(cx: &Context, id: &str, role: &str, form: &Form) -> Outcome {
    let mut tx = cx.read().await?;
    let worker = WorkerId::from_text(id);
    let name = workers::worker(&mut tx, &worker).await?.name();
    let held = workers::roles_of(&mut tx, &worker).await?.into_iter().find(|r| r.id == role).ok_or(Problem::NotFound)?;
    let label = Role::from_code(&held.role).map_or("", Role::label);
    let data = minijinja::context! { id, name, role_id => role, label, team => held.team_name };
    cx.form(tx, "End a role", "staff/role_end.html", form, data).await
}
