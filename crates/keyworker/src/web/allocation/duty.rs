//! Duty: who is on this week, and each morning the visits that nobody can make.

use axum::extract::{Path, Query};
use care::access::Deed;
use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};
use store::{
    Tx,
    allocation::{self, DutyKind, NobodyVisits, PartOfDay, Scope, Turn, practitioners},
    id::{PersonId, TeamId, WorkerId},
    teams,
};

use super::{Who, refuse, unallocated::my_teams};
use crate::web::{Context, Outcome, Problem, form::Form, govuk, posted::Posted};

#[derive(Deserialize, Default)]
pub struct Week {
    #[serde(default)]
    from: String,
}

#[derive(Serialize)]
struct Shown {
    id: String,
    who: String,
    part: &'static str,
    kind: &'static str,
    away: bool,
}

#[derive(Serialize)]
struct DayShown {
    on: String,
    turns: Vec<Shown>,
}

#[derive(Serialize)]
struct Unmade {
    who: Who,
    case: Option<String>,
    team: String,
    what: String,
    due: String,
    worker: Option<String>,
    why: String,
}

/// The morning: who is on in each of my teams, and the visits that nobody can make.
pub async fn show(cx: Context) -> Outcome {
    let mut tx = cx.read().await?;
    let all = teams::all(&mut tx).await?;
    let mine = my_teams(&cx);
    let shown: Vec<&teams::Team> =
        if mine.is_empty() { all.iter().collect() } else { all.iter().filter(|team| mine.contains(&team.id)).collect() };
    let mut on_duty = Vec::new();
    for team in &shown {
        let turns = allocation::turns(&mut tx, &team.id, cx.today(), 1).await?;
        on_duty.push(minijinja::context! { team => team.name.clone(), id => team.id.as_str(), turns => govuk::value(&turns.iter().map(turn).collect::<Vec<_>>()) });
    }
    let mut rows = allocation::nobody_visits(&mut tx, &Scope::Whole).await?;
    rows.retain(|row| mine.is_empty() || row.team.as_ref().is_none_or(|team| mine.contains(team)));
    let unmade = unmade(&mut tx, &rows, &all).await?;
    let data = minijinja::context! { today => cx.today().to_string(), on_duty, unmade => govuk::value(&unmade) };
    cx.page(tx, "Duty today", "allocation/duty.html", data).await
}

async fn unmade(tx: &mut Tx, rows: &[NobodyVisits], all: &[teams::Team]) -> Result<Vec<Unmade>, Problem> {
    let people: Vec<PersonId> = rows.iter().map(|row| row.person.clone()).collect();
    let names = allocation::called(tx, "duty.visits", "today", &people).await?;
    let register = store::policy::register(tx).await?;
    let today = tx.today();
    let team = |id: &Option<TeamId>| {
        all.iter().find(|team| Some(&team.id) == id.as_ref()).map_or_else(|| "No team".to_owned(), |team| team.name.clone())
    };
    let what = |code: &str| register.on(code, today).map_or_else(|_| code.to_owned(), |rule| rule.name.clone());
    Ok(rows
        .iter()
        .map(|row| Unmade {
            who: Who::of(&row.person, &names),
            case: row.case.as_ref().map(ToString::to_string),
            team: team(&row.team),
            what: what(&row.code),
            due: row.due_on.to_string(),
            worker: row.worker.clone(),
            why: care::words::capital(&row.why),
        })
        .collect())
}

fn turn(row: &Turn) -> Shown {
    Shown {
        id: row.id.clone(),
        who: format!("{} {}", row.given_name, row.surname),
        part: PartOfDay::from_code(&row.part_of_day).map_or("", PartOfDay::label),
        kind: DutyKind::from_code(&row.kind).map_or("", DutyKind::label),
        away: row.away,
    }
}

/// A team's week, Monday to Sunday.
pub async fn week(cx: Context, Path(id): Path<String>, Query(asked): Query<Week>) -> Outcome {
    let from = asked.from.parse::<Date>().unwrap_or(cx.today());
    page(&cx, &id, from, &Form::default()).await
}

async fn page(cx: &Context, id: &str, within: Date, form: &Form) -> Outcome {
    let mut tx = cx.read().await?;
    let team = TeamId::from_text(id);
    let name = teams::all(&mut tx).await?.into_iter().find(|one| one.id == team).ok_or(Problem::NotFound)?.name;
    let monday = within.saturating_sub(i64::from(within.weekday().to_monday_zero_offset()).days());
    let turns = allocation::turns(&mut tx, &team, monday, 7).await?;
    let days: Vec<DayShown> = (0..7)
        .map(|n| {
            let on = monday.saturating_add(i64::from(n).days());
            DayShown { on: on.to_string(), turns: turns.iter().filter(|row| row.on_day.0 == on).map(turn).collect() }
        })
        .collect();
    let keeps = cx.has_role(Deed::KeepRota.granted_to());
    let workers = if keeps { workers(&mut tx, &team, cx.today()).await? } else { Vec::new() };
    let choices: Vec<govuk::Choice> = (0..7)
        .map(|n| monday.saturating_add(i64::from(n).days()))
        .filter(|on| *on >= cx.today())
        .map(|on| govuk::Choice { value: on.to_string(), text: care::words::weekday_and_date(on), hint: None })
        .collect();
    let data = minijinja::context! {
        id, name, keeps, monday => monday.to_string(), before => monday.saturating_sub(7.days()).to_string(), after => monday.saturating_add(7.days()).to_string(),
        days => govuk::value(&days), workers => govuk::value(&workers), day_choices => govuk::value(&choices), today => cx.today().to_string(),
        parts => govuk::value(&coded(PartOfDay::ALL.iter().map(|one| (one.code(), one.label())))), kinds => govuk::value(&coded(DutyKind::ALL.iter().map(|one| (one.code(), one.label())))),
    };
    cx.form(tx, "Duty rota", "allocation/rota.html", form, data).await
}

fn coded<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<govuk::Choice> {
    pairs.map(|(code, label)| govuk::Choice { value: code.into(), text: label.into(), hint: None }).collect()
}

async fn workers(tx: &mut Tx, team: &TeamId, today: Date) -> Result<Vec<govuk::Choice>, Problem> {
    let people = practitioners(tx).await?;
    let mut all: Vec<_> = people.values().filter(|one| one.teams.contains(team) && !one.has_left(today)).collect();
    all.sort_by(|a, b| a.in_order().cmp(&b.in_order()));
    Ok(all.into_iter().map(|one| govuk::Choice { value: one.id.to_string(), text: one.name.clone(), hint: None }).collect())
}

pub async fn put_on(cx: Context, Path(id): Path<String>, Posted(mut form): Posted) -> Outcome {
    let day = form.raw("on_day").parse::<Date>().ok();
    if day.is_none() {
        form.error("on_day", "Choose a day");
    }
    let part = PartOfDay::from_code(&form.raw("part")).unwrap_or(PartOfDay::Day);
    let kind = DutyKind::from_code(&form.raw("kind")).unwrap_or(DutyKind::Duty);
    let worker = form.text("worker", 1..=64, "Choose a worker");
    if let (true, Some(day)) = (form.is_good(), day) {
        let mut tx = cx.write().await?;
        match allocation::put_on(&mut tx, &TeamId::from_text(&id), day, part, kind, &WorkerId::from_text(worker)).await {
            Ok(()) => {
                tx.commit().await?;
                return cx.go(&format!("/teams/{id}/duty?from={day}"), "On the rota.");
            }
            Err(error) => {
                drop(tx);
                refuse(&mut form, error)?;
            }
        }
    }
    page(&cx, &id, day.unwrap_or(cx.today()), &form).await
}

pub async fn take_off(cx: Context, Path((id, turn)): Path<(String, String)>, Posted(_): Posted) -> Outcome {
    let mut tx = cx.write().await?;
    allocation::take_off(&mut tx, &TeamId::from_text(&id), &turn).await?;
    tx.commit().await?;
    cx.go(&format!("/teams/{id}/duty"), "Taken off the rota.")
}
