//! Every team, with the figures that say where to look; and those that a manager leads, for the first page.

use care::access::Role;
use minijinja::Value;
use store::{
    Tx,
    allocation::{Board, Scope, TeamFigures},
    id::TeamId,
    teams::{self, Team},
};

use crate::web::{Context, Outcome, Problem, allocation::unallocated::my_teams};

pub async fn show(cx: Context) -> Outcome {
    let mut tx = cx.read().await?;
    let all = teams::all(&mut tx).await?;
    let board = Board::read(&mut tx, &Scope::Whole).await?;
    let rows = rows(&board, &all, &my_teams(&cx))?;
    cx.page(tx, "Teams", "teams/list.html", minijinja::context! { rows }).await
}

/// What somebody who leads teams sees first: each of them and of those below, with the sums that must be small.
pub async fn led(cx: &Context, tx: &mut Tx) -> Result<Option<Value>, Problem> {
    let leads = |role: &Role| matches!(role, Role::TeamManager | Role::GroupManager | Role::Director);
    if !cx.roles().iter().any(leads) {
        return Ok(None);
    }
    let mut within = Vec::new();
    for team in my_teams(cx) {
        within.extend(teams::with_below(tx, &team).await?);
    }
    let all: Vec<Team> = teams::all(tx).await?.into_iter().filter(|team| within.contains(&team.id)).collect();
    let scope = match my_teams(cx).as_slice() {
        [only] => Scope::Team(only.clone()),
        _ => Scope::Whole,
    };
    let mut board = Board::read(tx, &scope).await?;
    board.cases.retain(|case| case.team.as_ref().is_some_and(|team| within.contains(team)));
    let href = match my_teams(cx).as_slice() {
        [only] => format!("/unallocated?team={only}"),
        _ => "/unallocated?team=all".into(),
    };
    let data = minijinja::context! {
        rows => rows(&board, &all, &[])?, href, must => board.must_be_zero(), waiting => board.waiting().len(),
        not_covered => board.not_covered().len(), leaving => board.leaving().len(),
    };
    Ok(Some(data))
}

fn rows(board: &Board, all: &[Team], mine: &[TeamId]) -> Result<Vec<Value>, Problem> {
    let figures = board.figures(all)?;
    let mut teams: Vec<&TeamFigures<'_>> = figures.teams.iter().collect();
    teams.sort_by_key(|one| (!mine.contains(&one.team.id), one.team.name.to_lowercase()));
    let row = |one: &TeamFigures<'_>| {
        minijinja::context! {
            id => one.team.id.as_str(), name => one.team.name.clone(), mine => mine.contains(&one.team.id), workers => one.loads.len(),
            average => one.average.map(|tenths| tenths.to_string()), band => one.band.label(), band_kind => crate::web::allocation::allocate::band_kind(one.band),
            waiting => one.waiting, not_covered => one.not_covered, leaving => one.leaving,
        }
    };
    Ok(teams.into_iter().map(row).collect())
}
