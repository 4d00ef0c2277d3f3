//! Every team, with the figures that say where to look.

use store::{
    allocation::{Board, Scope},
    teams,
};

use crate::web::{Context, Outcome, allocation::unallocated::my_teams};

pub async fn show(cx: Context) -> Outcome {
    let mut tx = cx.read().await?;
    let all = teams::all(&mut tx).await?;
    let board = Board::read(&mut tx, &Scope::Whole).await?;
    let figures = board.figures(&all)?;
    let mine = my_teams(&cx);
    let mut rows: Vec<_> = figures.teams.iter().collect();
    rows.sort_by_key(|one| (!mine.contains(&one.team.id), one.team.name.to_lowercase()));
    let rows: Vec<_> = rows
        .into_iter()
        .map(|one| {
            minijinja::context! {
                id => one.team.id.as_str(), name => one.team.name.clone(), mine => mine.contains(&one.team.id), workers => one.loads.len(),
                average => one.average.map(|tenths| tenths.to_string()), waiting => one.waiting, not_covered => one.not_covered, leaving => one.leaving,
            }
        })
        .collect();
    let data = minijinja::context! { rows };
    cx.page(tx, "Teams", "teams/list.html", data).await
}
