//! A worker's first page: what they have to do. Every number is a link to exactly the rows that it counts.

pub mod notices;

use axum::extract::Path;
use care::{access::Deed, case_kind::CaseKind, person::age_in_words, words};
use jiff::civil::Date;
use serde::Serialize;
use store::{
    Tx, dues,
    id::{AllocationId, PersonId, WorkerId},
    safe_return, todo,
    work::{self, Held},
};

use super::{Context, Outcome, Problem, govuk, teams};

#[derive(Serialize)]
struct Line {
    person_id: PersonId,
    allocation_id: AllocationId,
    name: String,
    age: String,
    kind: String,
    part: &'static str,
    since: Date,
    new: bool,
    not_seen: Option<String>,
    last_seen: Option<Date>,
    next: Option<dues::Shown>,
    late: usize,
    alerts: i64,
}

/// GET /
pub async fn show(cx: Context) -> Outcome {
    let me = cx.worker()?.standing.clone();
    let mut tx = cx.read().await?;
    let counts = todo::counts(&mut tx, &me).await?;
    let caseload = caseload(&mut tx, &me.worker.id).await?;
    let out = safe_return::out(&mut tx, &me.worker.id).await?;
    let out = out.map(|o| minijinja::context! { late => o.is_late(store::At::cut(cx.now)), ..govuk::value(&o) });
    let led = teams::list::led(&cx, &mut tx).await?;
    let holds = !caseload.is_empty() || cx.has_role(Deed::TakeAllocation.granted_to());
    let tiles: Vec<_> = counts.iter().map(|t| minijinja::context! { count => t.count, label => t.label.clone(), href => t.href.clone(), kind => if t.urgent { "late" } else { "" } }).collect();
    let data = minijinja::context! { tiles, caseload => govuk::value(&caseload), led, holds, out, may_enquire => cx.has_role(Deed::RecordEnquiry.granted_to()), elsewhere => ways(&cx) };
    cx.page(tx, "My work", "work/home.html", data).await
}

/// What the pages of the navigation are for, in the words of those who hold no cases and begin with these.
fn ways(cx: &Context) -> Vec<minijinja::Value> {
    let words = |href: &str| match href {
        "/unallocated" => "who waits for a worker, who is not covered, whose worker leaves",
        "/teams" => "who holds how many, what is late, who is away",
        "/service" => "the number that must read 0, and how evenly the work lies",
        "/duty" => "visits that nobody can make today, and the rota",
        "/policy" => "every time limit and guideline, with its source",
        "/staff" => "workers, teams, roles and accounts",
        "/absences" => "from when until when somebody is away",
        "/audit" => "who looked at what, refusals, the audit as a file",
        "/imports" => "files of other systems, and what became of each",
        "/help" => "a guide to what your role does here",
        "/letters" => "letters to print, and e-mails that did not go",
        _ if href.starts_with("/front-door") => "enquiries, the hand-over between shifts, how long people wait",
        _ => "",
    };
    let way = |text: &str, href: &str| minijinja::context! { text, href, words => words(href) };
    let areas = super::routes::navigation(&cx.roles(), cx.path());
    let mut all: Vec<_> = areas.iter().filter(|area| area.href != "/").map(|area| way(&area.text, &area.href)).collect();
    if cx.has_role(Deed::SeeFrontDoor.granted_to()) || cx.has_role(Deed::RecordEnquiry.granted_to()) {
        all.push(way("Letters", "/letters"));
    }
    all.push(way("Help", "/help"));
    all
}

/// Those whom the worker holds, each with what is due next and how long nobody has seen them.
async fn caseload(tx: &mut Tx, worker: &WorkerId) -> Result<Vec<Line>, Problem> {
    let held = work::held(tx, worker).await?;
    let unseen = work::not_seen_words(tx, &held).await?;
    let open = dues::open_for_worker(tx, worker, Date::MAX).await?;
    let shown = dues::shown(tx, &open).await?;
    let today = tx.today();
    let line = |(h, not_seen): (Held, Option<String>)| {
        let mut due = shown.iter().filter(|d| d.person_id.as_ref() == Some(&h.person_id));
        let late = shown.iter().filter(|d| d.person_id.as_ref() == Some(&h.person_id) && d.on < today).count();
        let birth = match (h.born_on, h.expected_on) {
            (Some(born), _) => care::person::Birth::BornOn(born.0),
            (None, Some(expected)) => care::person::Birth::ExpectedOn(expected.0),
            (None, None) => care::person::Birth::NotKnown,
        };
        Line {
            name: format!("{} {}", h.given_name, h.surname).trim().to_owned(),
            age: age_in_words(birth, None, today),
            kind: CaseKind::from_code(&h.kind).map_or_else(|| words::capital(&h.kind.replace('_', " ")), |k| k.label().to_owned()),
            part: match h.part.as_str() {
                "primary" => "",
                "cover" => "Covering",
                "co_worker" => "Co-worker",
                "reviewing_officer" => "Reviewing officer",
                _ => "Chair",
            },
            since: h.since_on.0,
            new: matches!(h.state.as_str(), "offered" | "confirmed"),
            last_seen: h.last_seen_on.map(|d| d.0),
            next: due.next().cloned(),
            person_id: h.person_id,
            allocation_id: h.allocation_id,
            alerts: h.alerts,
            not_seen,
            late,
        }
    };
    Ok(held.into_iter().zip(unseen).map(line).collect())
}

/// GET /work/{list}: the rows behind one number.
pub async fn list(cx: Context, Path(list): Path<String>) -> Outcome {
    let me = cx.worker()?.standing.worker.id.clone();
    let mut tx = cx.read().await?;
    let today = cx.today();
    if list == "new" {
        let rows: Vec<Line> = caseload(&mut tx, &me).await?.into_iter().filter(|l| l.new && matches!(l.part, "" | "Covering")).collect();
        return cx.page(tx, "New to me", "work/new.html", minijinja::context! { rows => govuk::value(&rows) }).await;
    }
    let (title, keep): (&str, fn(Date, Date) -> bool) = match list.as_str() {
        "late" => ("Late", |on, today| on < today),
        "today" => ("Due today", |on, today| on == today),
        "week" => ("Due this week", |on, today| on > today),
        _ => return Err(Problem::NotFound),
    };
    let open: Vec<_> =
        dues::open_for_worker(&mut tx, &me, work::week_ends(today)).await?.into_iter().filter(|d| keep(d.due_on.0, today)).collect();
    let shown = dues::shown(&mut tx, &open).await?;
    let names: Vec<(PersonId, String)> =
        work::held(&mut tx, &me).await?.into_iter().map(|h| (h.person_id, format!("{} {}", h.given_name, h.surname))).collect();
    let rows: Vec<_> = shown
        .iter()
        .map(|d| {
            let name = names.iter().find(|(id, _)| Some(id) == d.person_id.as_ref()).map(|(_, n)| n.trim().to_owned());
            minijinja::context! { person_id => govuk::value(&d.person_id), name, due => govuk::value(d) }
        })
        .collect();
    cx.page(tx, title, "work/list.html", minijinja::context! { title, rows, list }).await
}
