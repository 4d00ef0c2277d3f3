//! A team: who holds how many against the guideline, what is late and due, who is away, what waits for an answer.

use axum::extract::Path;
use care::{
    access::{Deed, Role},
    allocation::{AllocationState, Band, BandPolicy},
    figure,
    timescale::Start,
};
use serde::Serialize;
use store::{
    Tx,
    allocation::{self, Board, Load, Scope, TeamDue, TeamFigures},
    dues::{self, DueRow},
    id::{PersonId, TeamId},
    safe_return, teams,
};

use super::{bars, described, lines, measures};
use crate::web::{
    Context, Outcome, Problem,
    allocation::{Who, transfer, unallocated},
    csv_file, govuk,
};

/// Rows of a list that one page shows; the rest is in the file.
const MOST: usize = 100;

#[derive(Serialize)]
struct WorkerRow {
    name: String,
    post: String,
    children: i64,
    rate: String,
    band: &'static str,
    band_kind: &'static str,
    particulars: Vec<String>,
    late: usize,
    soon: usize,
}

#[derive(Serialize)]
struct DueShown {
    who: Who,
    worker: Option<String>,
    due: minijinja::Value,
}

pub async fn show(cx: Context, Path(id): Path<String>) -> Outcome {
    let mut tx = cx.read().await?;
    let team = team(&mut tx, &id).await?;
    let board = Board::read(&mut tx, &Scope::Team(team.id.clone())).await?;
    let one = std::slice::from_ref(&team);
    let figures = board.figures(one)?;
    let today = cx.today();
    let until = board.rules.clocks().due("TEAM_AHEAD", Start::On(today)).map_err(|e| Problem::Broken(e.to_string()))?.on;
    let open = allocation::due_in_team(&mut tx, &team.id, until).await?;
    let (late, soon): (Vec<TeamDue>, Vec<TeamDue>) = open.into_iter().partition(|row| row.due.due_on.0 < today);
    let people: Vec<PersonId> = late.iter().take(MOST).chain(soon.iter().take(MOST)).filter_map(|row| row.due.person_id.clone()).collect();
    let names = allocation::called(&mut tx, "team.dues", team.id.as_str(), &people).await?;
    let answers = allocation::unanswered_in_team(&mut tx, &team.id).await?;
    let offers = allocation::offered_to(&mut tx, &team.id).await?;
    let questions = allocation::unanswered_questions(&mut tx, &team.id).await?;
    let now = store::At::cut(cx.now);
    let out: Vec<_> = safe_return::out_of_team(&mut tx, &team.id)
        .await?
        .iter()
        .map(|o| minijinja::context! { id => o.id.clone(), worker => o.worker.clone(), back_by => govuk::value(&o.back_by), late => o.is_late(now) })
        .collect();
    let none = Vec::new();
    let (loads, spread) = figures.teams.first().map_or((&none, None), |one| (&one.loads, Some(&one.spread)));
    let unguided = figures.teams.first().is_some_and(|one| one.band == Band::Unguided);
    let guideline = if unguided { BandPolicy::none() } else { figures.band.clone() };
    let workers: Vec<WorkerRow> = loads.iter().map(|load| worker_row(load, &late, &soon, today)).collect();
    let away: Vec<_> = loads.iter().filter_map(|load| Some((load, load.worker.away(today)?))).map(|(load, away)| minijinja::context! { name => load.worker.name.clone(), words => care::words::capital(&away.words()), children => load.caseload.children, uncovered => load.uncovered }).collect();
    let state = |code: &str| AllocationState::from_code(code).map_or("", AllocationState::label);
    let data = minijinja::context! {
        id, name => team.name.clone(), today => today.to_string(), until => until.to_string(), lead => lead(figures.teams.first(), &guideline),
        words => spread.map(|spread| care::words::capital(&spread.words())), measures => spread.map(measures).map(|all| govuk::value(&all)),
        bars => govuk::value(&bars(loads, &guideline)), bands => lines(&guideline), described => described(loads, &guideline), source => guideline.source.clone(),
        workers => govuk::value(&workers), out, away, late_count => late.len(), soon_count => soon.len(),
        late => govuk::value(&due_rows(&mut tx, &late, &names).await?), soon => govuk::value(&due_rows(&mut tx, &soon, &names).await?),
        answers => answers.iter().map(|row| minijinja::context! { id => row.id.as_str(), worker => format!("{} {}", row.given_name, row.surname), state => state(&row.state), at => row.allocated_at.to_string() }).collect::<Vec<_>>(),
        offers => transfer::waiting(&offers), questions => questions.iter().map(|row| minijinja::context! { id => row.id.clone(), on => row.escalated_on.to_string() }).collect::<Vec<_>>(),
        waiting => board.waiting().len(), not_covered => board.not_covered().len(), leaving => board.leaving().len(), may_take_out => cx.has_role(Deed::Export.granted_to()), most => MOST,
        may_answer => cx.has_role(&[Role::GroupManager, Role::Director]) || (cx.has_role(Deed::Allocate.granted_to()) && unallocated::my_teams(&cx).contains(&team.id)),
        may_see_absences => cx.has_role(crate::web::routes::ABSENCE_KEEPERS),
    };
    cx.page(tx, "Team", "teams/show.html", data).await
}

async fn team(tx: &mut Tx, id: &str) -> Result<teams::Team, Problem> {
    teams::all(tx).await?.into_iter().find(|team| team.id == TeamId::from_text(id)).ok_or(Problem::NotFound)
}

/// "6 workers, 5.4 full-time posts today, hold 98 children: 18.1 for each post. 2 of 6 (33%) are agency."
fn lead(figures: Option<&TeamFigures<'_>>, band: &BandPolicy) -> String {
    let Some(one) = figures.filter(|one| !one.loads.is_empty()) else { return "Nobody in this team holds cases.".into() };
    let children: i64 = one.loads.iter().map(|load| load.caseload.children).sum();
    let hundredths: i64 = one.loads.iter().map(|load| load.caseload.fte.in_hundredths()).sum();
    let workers = i64::try_from(one.loads.len()).unwrap_or(i64::MAX);
    let posts = match figure::Tenths::of(hundredths, 100) {
        Some(figure::Tenths(10)) => "1 full-time post".to_owned(),
        Some(posts) => format!("{posts} full-time posts"),
        None => String::new(),
    };
    let average = one.average.map_or_else(|| "no capacity to hold them".to_owned(), |average| format!("{average} for each post"));
    let holds = if workers == 1 { "holds" } else { "hold" };
    let guideline = if band.is_none() { String::new() } else { format!(", against a guideline of {} to {}", band.lower, band.upper) };
    let held = if one.team.service == "adults" { ("person", "people") } else { ("child", "children") };
    format!(
        "{}, {posts} today, {holds} {}: {average}{guideline}. {} agency.",
        care::words::capital(&care::words::counted(workers, "worker", "workers")),
        care::words::counted(children, held.0, held.1),
        figure::share(one.agency.0, one.agency.1)
    )
}

fn worker_row(load: &Load<'_>, late: &[TeamDue], soon: &[TeamDue], today: jiff::civil::Date) -> WorkerRow {
    let mine = |rows: &[TeamDue]| rows.iter().filter(|row| row.worker_id.as_ref() == Some(&load.worker.id)).count();
    WorkerRow {
        name: load.worker.name.clone(),
        post: load.worker.contracted.to_string(),
        children: load.caseload.children,
        rate: load.caseload.per_full_time_post().map_or_else(|| load.words(), |tenths| tenths.to_string()),
        band: load.band.label(),
        band_kind: crate::web::allocation::allocate::band_kind(load.band),
        particulars: load.worker.particulars(today),
        late: mine(late),
        soon: mine(soon),
    }
}

async fn due_rows(
    tx: &mut Tx,
    rows: &[TeamDue],
    names: &std::collections::HashMap<PersonId, Option<String>>,
) -> Result<Vec<DueShown>, Problem> {
    let bare: Vec<DueRow> = rows.iter().take(MOST).map(|row| row.due.clone()).collect();
    let shown = dues::shown(tx, &bare).await?;
    let who = |row: &TeamDue| row.due.person_id.as_ref().map_or_else(|| Who { name: "Nobody".into(), href: None }, |id| Who::of(id, names));
    Ok(rows.iter().zip(shown).map(|(row, due)| DueShown { who: who(row), worker: row.worker(), due: govuk::value(&due) }).collect())
}

/// The workers' loads as a file.
pub async fn file(cx: Context, Path(id): Path<String>) -> Outcome {
    let mut tx = cx.read().await?;
    let team = team(&mut tx, &id).await?;
    let board = Board::read(&mut tx, &Scope::Team(team.id.clone())).await?;
    let rows = {
        let figures = board.figures(std::slice::from_ref(&team))?;
        let line = |load: &Load<'_>| {
            vec![
                load.worker.name.clone(),
                load.worker.contracted.to_string(),
                load.caseload.children.to_string(),
                load.caseload.per_full_time_post().map_or_else(|| load.words(), |tenths| tenths.to_string()),
                load.band.label().to_owned(),
                load.uncovered.to_string(),
                load.worker.particulars(cx.today()).join("; "),
            ]
        };
        figures.teams.iter().flat_map(|one| one.loads.iter().map(line)).collect::<Vec<_>>()
    };
    let head = [
        "Worker",
        "Share of a full-time post",
        "Children",
        "For each full-time post",
        "Against the guideline",
        "Not covered",
        "Particulars",
    ];
    csv_file::answer(tx, "team-caseloads", &head, &rows).await
}
