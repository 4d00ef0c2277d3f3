//! Teams as a tree, added and changed.

use axum::extract::Path;
use store::{
    Tx,
    id::TeamId,
    teams::{self, Branch, NewTeam, Team, TeamKind},
};

use super::{choices, fill_date, team_choices};
use crate::web::{Context, Outcome, Problem, form::Form, govuk, posted::Posted};

pub async fn list(cx: Context) -> Outcome {
    let mut tx = cx.read().await?;
    let teams = teams::all(&mut tx).await?;
    let row = |(depth, team): (usize, &Team)| {
        minijinja::context! {
            depth, id => team.id.to_string(), name => team.name.clone(), kind => TeamKind::from_code(&team.kind).map_or("", TeamKind::label),
            branch => Branch::from_code(&team.service).map_or("", Branch::label), until_on => team.until_on.map(|d| d.to_string()),
        }
    };
    let rows: Vec<minijinja::Value> = tree(&teams).into_iter().map(row).collect();
    cx.page(tx, "Teams", "staff/teams.html", minijinja::context! { rows }).await
}

/// Each team after the one above it, with how deep it stands. A team whose parent is not listed stands at the top.
pub fn tree(teams: &[Team]) -> Vec<(usize, &Team)> {
    let mut rows = Vec::with_capacity(teams.len());
    let is_top = |team: &&Team| team.parent_id.as_ref().is_none_or(|parent| !teams.iter().any(|t| t.id == *parent));
    for team in teams.iter().filter(is_top) {
        below(teams, team, 0, &mut rows);
    }
    rows
}

fn below<'a>(teams: &'a [Team], team: &'a Team, depth: usize, rows: &mut Vec<(usize, &'a Team)>) {
    if rows.len() > teams.len() {
        return;
    }
    rows.push((depth, team));
    for child in teams.iter().filter(|t| t.parent_id.as_ref() == Some(&team.id)) {
        below(teams, child, depth + 1, rows);
    }
}

pub async fn new(cx: Context) -> Outcome {
    let mut form = Form::default();
    fill_date(&mut form, "from_on", Some(cx.today()));
    page(&cx, None, &form).await
}

pub async fn add(cx: Context, Posted(mut form): Posted) -> Outcome {
    let Some(new) = read(&mut form) else { return page(&cx, None, &form).await };
    let mut tx = cx.write().await?;
    let added = teams::add(&mut tx, &new).await.map(|_| ());
    saved(&cx, tx, added, None, form).await
}

pub async fn show(cx: Context, Path(id): Path<String>) -> Outcome {
    let mut tx = cx.read().await?;
    let team = teams::team(&mut tx, &TeamId::from_text(&id)).await?;
    tx.finish().await?;
    let parent = team.parent_id.as_ref().map(ToString::to_string).unwrap_or_default();
    let mut form = Form::opened([
        ("name", team.name.as_str()),
        ("kind", &team.kind),
        ("branch", &team.service),
        ("parent", &parent),
        ("version", &team.version.to_string()),
    ]);
    fill_date(&mut form, "from_on", Some(team.from_on.0));
    fill_date(&mut form, "until_on", team.until_on.map(|d| d.0));
    page(&cx, Some(&id), &form).await
}

pub async fn change(cx: Context, Path(id): Path<String>, Posted(mut form): Posted) -> Outcome {
    let Some(new) = read(&mut form) else { return page(&cx, Some(&id), &form).await };
    let version = form.version().ok_or(Problem::Stale)?;
    let mut tx = cx.write().await?;
    let changed = teams::change(&mut tx, &TeamId::from_text(&id), version, &new).await;
    saved(&cx, tx, changed, Some(&id), form).await
}

async fn saved(cx: &Context, tx: Tx, done: store::Result<()>, id: Option<&str>, mut form: Form) -> Outcome {
    match done {
        Ok(()) => {
            tx.commit().await?;
            cx.go("/staff/teams", "The team is saved.")
        }
        Err(e) => {
            drop(tx);
            form.refused(e)?;
            page(cx, id, &form).await
        }
    }
}

fn read(form: &mut Form) -> Option<NewTeam> {
    let kinds: Vec<(&str, TeamKind)> = TeamKind::ALL.iter().map(|k| (k.code(), *k)).collect();
    let branches: Vec<(&str, Branch)> = Branch::ALL.iter().map(|b| (b.code(), *b)).collect();
    let name = form.text("name", 1..=200, "Enter the name of the team");
    let kind = form.choice("kind", &kinds, "Choose what the team is for");
    let branch = form.choice("branch", &branches, "Choose the service");
    let parent = Some(form.raw("parent")).filter(|p| !p.is_empty()).map(TeamId::from_text);
    let from = form.required_date("from_on", "the first day");
    let until = form.date("until_on", "the last day");
    form.is_good().then_some(())?;
    Some(NewTeam { name, kind: kind?, branch: branch?, parent, from: from?, until })
}

async fn page(cx: &Context, id: Option<&str>, form: &Form) -> Outcome {
    let mut tx = cx.read().await?;
    let parents: Vec<_> = team_choices(&mut tx).await?.into_iter().filter(|c| Some(c.value.as_str()) != id).collect();
    let title = if id.is_some() { "Change a team" } else { "Add a team" };
    let data = minijinja::context! {
        id, title, parents => govuk::value(&parents),
        kinds => govuk::value(&choices(TeamKind::ALL, TeamKind::code, TeamKind::label)),
        branches => govuk::value(&choices(Branch::ALL, Branch::code, Branch::label)),
    };
    cx.form(tx, title, "staff/team.html", form, data).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn team(id: &str, parent: Option<&str>) -> Team {
        let on = jiff::civil::date(2026, 4, 1);
        Team {
            id: TeamId::from_text(id),
            name: id.into(),
            kind: "group".into(),
            service: "both".into(),
            parent_id: parent.map(TeamId::from_text),
            from_on: store::Day(on),
            until_on: None,
            version: 1,
        }
    }

    #[test]
    fn teams_stand_below_the_one_they_belong_to() {
        let teams = [team("a", None), team("b", Some("z")), team("c", Some("a")), team("d", Some("c")), team("e", Some("a"))];
        let rows: Vec<(usize, &str)> = tree(&teams).into_iter().map(|(depth, t)| (depth, t.id.as_str())).collect();
        assert_eq!(rows, [(0, "a"), (1, "c"), (2, "d"), (1, "e"), (0, "b")]);
    }
}
