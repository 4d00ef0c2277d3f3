//! The whole service: the board that must read 0, how evenly work lies, agency by team. Councillors see published figures
//! only, with every small count hidden.

use axum::extract::Path;
use care::{
    access::{Deed, Role},
    allocation::ZeroKind,
    figure, published,
};
use serde::Serialize;
use store::{
    Tx,
    allocation::{self, Board, Scope, ZeroLine},
    id::PersonId,
    teams::{self, Team},
};

use super::{
    Context, Outcome, Problem,
    allocation::Who,
    csv_file, govuk,
    teams::{Bar, lines, measures},
};

#[derive(Serialize)]
struct Line {
    code: &'static str,
    name: &'static str,
    children: usize,
    without: usize,
    not_covered: usize,
    leaving: usize,
}

#[derive(Serialize)]
struct TeamRow {
    id: String,
    name: String,
    workers: usize,
    average: String,
    band: &'static str,
    band_kind: &'static str,
    agency: String,
    above: String,
    spread: String,
    waiting: usize,
    not_covered: usize,
}

/// Those whose only role here is to be told what is published.
fn sees_published_only(cx: &Context) -> bool {
    let roles: Vec<Role> = cx.roles().into_iter().filter(|role| role.grants(Deed::SeeService)).collect();
    !roles.is_empty() && roles.iter().all(|role| *role == Role::Councillor)
}

pub async fn show(cx: Context) -> Outcome {
    let mut tx = cx.read().await?;
    let all = teams::all(&mut tx).await?;
    let board = Board::read(&mut tx, &Scope::Whole).await?;
    if sees_published_only(&cx) {
        return show_published(&cx, tx, &board, &all).await;
    }
    let figures = board.figures(&all)?;
    let rows: Vec<TeamRow> = figures.teams.iter().map(team_row).collect();
    let bars: Vec<Bar> = bars(&figures);
    let zero: Vec<Line> = board.zero_board().iter().map(line).collect();
    let data = minijinja::context! {
        today => cx.today().to_string(), zero => govuk::value(&zero), must => board.must_be_zero(), waiting => board.waiting().len(), not_covered => board.not_covered().len(),
        words => care::words::capital(&figures.spread.words()), measures => govuk::value(&measures(&figures.spread)), teams => govuk::value(&rows), bars => govuk::value(&bars), bands => lines(&figures.band),
        agency => figure::share(figures.agency.0, figures.agency.1), average => figures.average.map(|tenths| tenths.to_string()), source => figures.band.source.clone(),
        practice => cx.has_role(Deed::SeeTeam.granted_to()), may_take_out => cx.has_role(Deed::Export.granted_to()),
    };
    cx.page(tx, "Service", "service/show.html", data).await
}

fn line(line: &ZeroLine) -> Line {
    Line {
        code: line.kind.code(),
        name: line.kind.label(),
        children: line.children,
        without: line.without_worker.len(),
        not_covered: line.not_covered.len(),
        leaving: line.leaving.len(),
    }
}

fn team_row(one: &allocation::TeamFigures<'_>) -> TeamRow {
    use care::allocation::Band;
    let over = one.loads.iter().filter(|load| matches!(load.band, Band::Above | Band::Red | Band::NoCapacity)).count();
    TeamRow {
        id: one.team.id.to_string(),
        name: one.team.name.clone(),
        workers: one.loads.len(),
        average: one.average.map_or_else(|| "no capacity".into(), |tenths| tenths.to_string()),
        band: one.band.label(),
        band_kind: super::allocation::allocate::band_kind(one.band),
        agency: figure::share(one.agency.0, one.agency.1),
        above: if one.band == Band::Unguided { "no guideline".into() } else { format!("{over} of {}", one.compared().len()) },
        spread: highest_and_lowest(one),
        waiting: one.waiting,
        not_covered: one.not_covered,
    }
}

/// "from 9 to 31.3": what lies within the team.
fn highest_and_lowest(one: &allocation::TeamFigures<'_>) -> String {
    let mut rates: Vec<figure::Tenths> = one.compared().iter().filter_map(|load| load.caseload.per_full_time_post()).collect();
    rates.sort();
    match (rates.first(), rates.last()) {
        (Some(low), Some(high)) if low != high => format!("from {low} to {high}"),
        (Some(one), _) => format!("all {one}"),
        _ => "nobody with capacity".into(),
    }
}

fn bars(figures: &allocation::Figures<'_>) -> Vec<Bar> {
    let mut teams: Vec<&allocation::TeamFigures<'_>> =
        figures.teams.iter().filter(|one| !one.loads.is_empty() && one.band != care::allocation::Band::Unguided).collect();
    teams.sort_by(|a, b| b.average.cmp(&a.average).then_with(|| a.team.name.cmp(&b.team.name)));
    teams
        .into_iter()
        .map(|one| {
            let row = team_row(one);
            Bar {
                label: row.name,
                value: one.average.map_or(0.0, |tenths| tenths.0 as f64 / 10.0),
                shown: row.average,
                status: row.band,
                kind: row.band_kind,
            }
        })
        .collect()
}

/// The table that is published: people by team and kind, with small counts hidden and whatever would tell them.
async fn show_published(cx: &Context, tx: Tx, board: &Board, all: &[Team]) -> Outcome {
    let (head, rows) = board.by_kind(all);
    let table = published::publish(&rows.iter().map(|(_, counts)| counts.clone()).collect::<Vec<_>>());
    let names = rows.iter().map(|(name, _)| name.clone()).chain(["All teams".to_owned()]);
    let shown: Vec<_> = names
        .zip(&table.cells)
        .map(|(name, cells)| minijinja::context! { name, cells => cells.iter().map(|cell| published::words(*cell)).collect::<Vec<_>>() })
        .collect();
    let must = published::publish(&[vec![i64::try_from(board.must_be_zero()).unwrap_or(i64::MAX)]]);
    let must = must.cells.first().and_then(|row| row.first()).copied().flatten();
    let data = minijinja::context! {
        today => cx.today().to_string(), head => head.into_iter().chain(["All"]).collect::<Vec<_>>(), rows => if rows.is_empty() { Vec::new() } else { shown },
        must => published::words(must), smallest => published::SMALLEST_SHOWN,
    };
    cx.page(tx, "Service", "service/published.html", data).await
}

/// The children behind the numbers of one line of the board.
pub async fn zero(cx: Context, Path(kind): Path<String>) -> Outcome {
    let kind = ZeroKind::from_code(&kind).ok_or(Problem::NotFound)?;
    let mut tx = cx.read().await?;
    let all = teams::all(&mut tx).await?;
    let board = Board::read(&mut tx, &Scope::Whole).await?;
    let line = board.zero_line(kind).ok_or(Problem::NotFound)?;
    let people: Vec<PersonId> = [&line.without_worker, &line.not_covered, &line.leaving].into_iter().flatten().cloned().collect();
    let names = allocation::called(&mut tx, "zero.list", kind.code(), &people).await?;
    let rows = |ids: &[PersonId]| {
        let row = |id: &PersonId| {
            let cases: Vec<_> = board.cases.iter().filter(|case| case.person == *id).collect();
            let case = cases.first();
            let team = case
                .and_then(|case| case.team.as_ref())
                .and_then(|id| all.iter().find(|team| team.id == *id))
                .map_or("No team", |team| team.name.as_str());
            minijinja::context! { who => govuk::value(&Who::of(id, &names)), case => case.and_then(|case| case.involvement.as_ref()).map(ToString::to_string), team, words => case.map(|case| care::words::capital(&case.words())) }
        };
        ids.iter().map(row).collect::<Vec<_>>()
    };
    let data = minijinja::context! { name => kind.label(), without => rows(&line.without_worker), not_covered => rows(&line.not_covered), leaving => rows(&line.leaving), children => line.children };
    cx.page(tx, "Must have a worker", "service/zero.html", data).await
}

/// The teams' figures as a file.
pub async fn file(cx: Context) -> Outcome {
    let mut tx = cx.read().await?;
    let all = teams::all(&mut tx).await?;
    let board = Board::read(&mut tx, &Scope::Whole).await?;
    let rows = {
        let figures = board.figures(&all)?;
        let line = |one: &allocation::TeamFigures<'_>| {
            let row = team_row(one);
            vec![
                row.name,
                row.workers.to_string(),
                row.average,
                row.band.to_owned(),
                row.spread,
                row.above,
                row.agency,
                row.waiting.to_string(),
                row.not_covered.to_string(),
            ]
        };
        figures.teams.iter().map(line).collect::<Vec<_>>()
    };
    let head = [
        "Team",
        "Workers",
        "Children for each full-time post",
        "Against the guideline",
        "Within the team",
        "Above the guideline",
        "Agency",
        "Waiting",
        "Not covered",
    ];
    csv_file::answer(tx, "service", &head, &rows).await
}
