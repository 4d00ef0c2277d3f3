//! Those who wait for a worker, those whom nobody covers, and those whose worker leaves: of one team, or of all.

use std::collections::HashMap;

use axum::extract::Query;
use care::{
    access::Deed,
    allocation::{Escalation, middle_and_longest},
};
use serde::{Deserialize, Serialize};
use store::{
    Tx,
    allocation::{self, Board, Case, ReviewRow, Scope},
    id::{InvolvementId, PersonId, TeamId},
    teams,
};

use super::Who;
use crate::web::{Context, Outcome, Problem, csv_file, govuk};

#[derive(Deserialize, Default)]
pub struct Asked {
    #[serde(default)]
    team: String,
}

/// A row of any of the three lists.
#[derive(Debug, Serialize)]
pub struct Row {
    pub case: Option<String>,
    pub who: Who,
    pub team: String,
    pub kinds: Vec<&'static str>,
    pub zero: bool,
    pub words: String,
    pub days: i32,
    pub worker: Option<String>,
    pub review_on: Option<String>,
    pub review_words: Option<String>,
    pub due_on: Option<String>,
    pub late_by: i32,
    pub escalate: &'static str,
    pub escalate_on: Option<String>,
    pub leaves_on: Option<String>,
}

/// The lists as a page and as a file show them.
pub struct Lists {
    pub waiting: Vec<Row>,
    pub not_covered: Vec<Row>,
    pub leaving: Vec<Row>,
    pub summary: String,
}

/// How many rows of a list one page shows before it says so.
const MOST: usize = 200;

pub async fn show(cx: Context, Query(asked): Query<Asked>) -> Outcome {
    let mut tx = cx.read().await?;
    let all = teams::all(&mut tx).await?;
    let scope = scope(&cx, &asked, &all);
    let lists = lists(&mut tx, &scope, &all).await?;
    let team = match &scope {
        Scope::Team(id) => all.iter().find(|team| team.id == *id).map(|team| team.name.clone()),
        Scope::Whole => None,
    };
    let tabs = tabs(&cx, &scope, &all);
    let is_of_several = match &scope {
        Scope::Team(id) => teams::with_below(&mut tx, id).await?.len() > 1,
        Scope::Whole => true,
    };
    let late = lists.waiting.iter().filter(|row| row.late_by > 0).count();
    let up = lists.waiting.iter().filter(|row| row.escalate == "due").count();
    let must = lists.waiting.iter().filter(|row| row.zero).count();
    let csv = format!(
        "/unallocated.csv?team={}",
        match &scope {
            Scope::Team(id) => id.as_str(),
            Scope::Whole => "all",
        }
    );
    let cut = |rows: &[Row]| rows.len().saturating_sub(MOST);
    let data = minijinja::context! {
        team, tabs => govuk::value(&tabs), summary => lists.summary, must, late, up, csv, may_take_out => cx.has_role(Deed::Export.granted_to()),
        may_allocate => cx.has_role(Deed::Allocate.granted_to()), may_decide => cx.has_role(Deed::RecordDecision.granted_to()),
        counts => minijinja::context! { waiting => lists.waiting.len(), not_covered => lists.not_covered.len(), leaving => lists.leaving.len() },
        cut => minijinja::context! { waiting => cut(&lists.waiting), not_covered => cut(&lists.not_covered), leaving => cut(&lists.leaving) },
        waiting => govuk::value(&&lists.waiting[..lists.waiting.len().min(MOST)]), not_covered => govuk::value(&&lists.not_covered[..lists.not_covered.len().min(MOST)]),
        leaving => govuk::value(&&lists.leaving[..lists.leaving.len().min(MOST)]), many => is_of_several,
    };
    cx.page(tx, "Waiting for a worker", "allocation/unallocated.html", data).await
}

/// One team of the asker's own, unless another or all were asked for; whoever leads several teams begins with all.
fn scope(cx: &Context, asked: &Asked, all: &[teams::Team]) -> Scope {
    if let Some(team) = all.iter().find(|team| team.id.as_str() == asked.team) {
        return Scope::Team(team.id.clone());
    }
    match my_teams(cx).as_slice() {
        [only] if asked.team.is_empty() && !all.iter().any(|team| team.parent_id.as_ref() == Some(only)) => Scope::Team(only.clone()),
        _ => Scope::Whole,
    }
}

pub fn my_teams(cx: &Context) -> Vec<TeamId> {
    let mut teams: Vec<TeamId> = cx.signed_in.iter().flat_map(|one| one.standing.teams()).cloned().collect();
    teams.dedup();
    teams
}

fn tabs(cx: &Context, scope: &Scope, all: &[teams::Team]) -> Vec<minijinja::Value> {
    let mine = my_teams(cx);
    let mut shown: Vec<&teams::Team> =
        all.iter().filter(|team| mine.contains(&team.id) || *scope == Scope::Team(team.id.clone())).collect();
    shown.truncate(12);
    let tab = |text: &str, id: &str, active: bool| minijinja::context! { text, href => format!("/unallocated?team={id}"), active };
    let mut tabs: Vec<minijinja::Value> =
        shown.iter().map(|team| tab(&team.name, team.id.as_str(), *scope == Scope::Team(team.id.clone()))).collect();
    tabs.push(tab("Whole service", "all", *scope == Scope::Whole));
    tabs
}

/// Reads the board and gives every row its name, where it may have one.
pub async fn lists(tx: &mut Tx, scope: &Scope, all: &[teams::Team]) -> Result<Lists, Problem> {
    let board = Board::read(tx, scope).await?;
    let (waiting, not_covered, leaving) = (board.waiting(), board.not_covered(), board.leaving());
    let people: Vec<PersonId> = waiting
        .iter()
        .take(MOST)
        .chain(not_covered.iter().take(MOST))
        .chain(leaving.iter().take(MOST))
        .map(|case| case.person.clone())
        .collect();
    let about = match scope {
        Scope::Team(id) => id.to_string(),
        Scope::Whole => "all".into(),
    };
    let names = allocation::called(tx, "unallocated.list", &about, &people).await?;
    let reviews = allocation::last_reviews(tx).await?;
    let teams: HashMap<&TeamId, &str> = all.iter().map(|team| (&team.id, team.name.as_str())).collect();
    let rows = |cases: &[&Case]| cases.iter().map(|case| row(case, &board, &names, &reviews, &teams)).collect::<Vec<_>>();
    let days: Vec<i32> = waiting.iter().filter_map(|case| case.waiting()).map(|one| one.days).collect();
    Ok(Lists { summary: summary(&days), waiting: rows(&waiting), not_covered: rows(&not_covered), leaving: rows(&leaving) })
}

fn summary(days: &[i32]) -> String {
    let count = i64::try_from(days.len()).unwrap_or(i64::MAX);
    match middle_and_longest(days) {
        Some((middle, longest)) => {
            format!(
                "{} waiting: the middle wait is {middle} days, the longest {longest} (calendar days).",
                care::words::capital(&care::words::counted(count, "case", "cases"))
            )
        }
        None => "Every case has a worker.".into(),
    }
}

fn row(
    case: &Case,
    board: &Board,
    names: &HashMap<PersonId, Option<String>>,
    reviews: &HashMap<InvolvementId, ReviewRow>,
    teams: &HashMap<&TeamId, &str>,
) -> Row {
    let review = case.involvement.as_ref().and_then(|id| reviews.get(id));
    let who = Who::of(&case.person, names);
    let waiting = case.waiting();
    Row {
        case: case.involvement.as_ref().map(ToString::to_string),
        team: case.team.as_ref().and_then(|id| teams.get(id)).map_or_else(|| "No team".into(), |name| (*name).to_owned()),
        kinds: case.kinds.iter().map(|kind| kind.label()).collect(),
        zero: case.zero.is_some(),
        words: care::words::capital(&case.words()),
        days: waiting.map_or(0, |one| one.days),
        worker: case.held.as_ref().and_then(|held| board.practitioner(&held.worker)).map(|one| one.name.clone()),
        review_on: review.map(|one| one.reviewed_on.to_string()),
        review_words: review.filter(|_| who.href.is_some()).map(|one| one.outcome_words().to_owned()),
        due_on: waiting.map(|one| one.review.on.to_string()),
        late_by: waiting.map_or(0, |one| one.review_late_by),
        escalate: match waiting.map(|one| one.escalation) {
            Some(Escalation::Due) => "due",
            Some(Escalation::Done(_)) => "done",
            _ => "",
        },
        escalate_on: waiting.map(|one| match one.escalation {
            Escalation::Done(on) => on.to_string(),
            _ => one.escalate.on.to_string(),
        }),
        leaves_on: case.leaving().map(|day| day.to_string()),
        who,
    }
}

pub async fn file(cx: Context, Query(asked): Query<Asked>) -> Outcome {
    let mut tx = cx.read().await?;
    let all = teams::all(&mut tx).await?;
    let scope = scope(&cx, &asked, &all);
    let lists = lists(&mut tx, &scope, &all).await?;
    let line = |list: &str, row: &Row| {
        vec![
            list.to_owned(),
            row.who.name.clone(),
            row.team.clone(),
            row.kinds.join(", "),
            row.words.clone(),
            row.days.to_string(),
            row.worker.clone().unwrap_or_default(),
            row.review_on.clone().unwrap_or_default(),
            row.due_on.clone().unwrap_or_default(),
            row.leaves_on.clone().unwrap_or_default(),
        ]
    };
    let rows: Vec<Vec<String>> = [("Waiting", &lists.waiting), ("Not covered", &lists.not_covered), ("Worker leaves", &lists.leaving)]
        .into_iter()
        .flat_map(|(list, rows)| rows.iter().map(move |row| (list, row)))
        .map(|(list, row)| line(list, row))
        .collect();
    let head = [
        "List",
        "Name",
        "Team",
        "What",
        "How it stands",
        "Calendar days waiting",
        "Worker",
        "Last weekly look",
        "Next look due",
        "Worker's last day",
    ];
    csv_file::answer(tx, "waiting-for-a-worker", &head, &rows).await
}
