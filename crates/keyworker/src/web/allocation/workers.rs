//! The workers of a case: every change with its cause, and, for whoever leads the team, naming a co-worker or somebody
//! who covers.

use axum::extract::Path;
use care::{
    access::Deed,
    allocation::{AllocationPart, EndReason},
};
use serde::Serialize;
use store::{
    Tx,
    allocation::{self, Beside, CaseRow, PartRow, TransferRow, leads, practitioners},
    forms,
    forms::Once,
    id::{InvolvementId, PersonId, WorkerId},
    people,
};

use super::{case_words, dated, refuse};
use crate::web::{Context, Outcome, Problem, form::Form, govuk, posted::Posted, record::bar};

#[derive(Serialize)]
struct Part {
    id: String,
    worker: String,
    part: &'static str,
    state: &'static str,
    from: String,
    until: Option<String>,
    cause: Option<&'static str>,
    lies_with: Option<&'static str>,
    is_open: bool,
}

#[derive(Serialize)]
struct Moved {
    id: String,
    on: String,
    from: String,
    to: String,
    state: &'static str,
    why: String,
}

pub async fn show(cx: Context, Path(id): Path<String>) -> Outcome {
    page(&cx, &id, None).await
}

async fn page(cx: &Context, id: &str, sent: Option<&Form>) -> Outcome {
    let mut tx = cx.read().await?;
    let (opened, case) = allocation::open_case(&mut tx, &InvolvementId::from_text(id), Deed::ReadRecord).await?;
    let parts = allocation::parts(&mut tx, &opened).await?;
    let moves = allocation::transfers_of(&mut tx, &opened).await?;
    let may =
        case.closed_on.is_none() && cx.roles().iter().any(|role| role.grants(Deed::Allocate)) && leads(&mut tx, &case.team_id).await?;
    let form = match sent {
        Some(form) => form.clone(),
        None => {
            let mut form = Form::opened([("part", AllocationPart::Cover.code())]);
            dated(&mut form, "from", cx.today());
            form
        }
    };
    let workers = if may { choices(&mut tx, &case, cx).await? } else { Vec::new() };
    let data = minijinja::context! {
        person => govuk::value(&bar::bar(&mut tx, &opened).await?), id, case => case_words(&case), may, closed => case.closed_on.map(|day| day.to_string()),
        parts => govuk::value(&parts.iter().map(|one| part(one, cx.today())).collect::<Result<Vec<_>, _>>()?), moves => govuk::value(&moves.iter().map(moved).collect::<Result<Vec<_>, _>>()?),
        changes => changes(&parts, cx.today()), workers => govuk::value(&workers), team => case.team_id.as_str(), has_worker => case.worker_id.is_some(),
    };
    cx.form(tx, "Workers", "allocation/workers.html", &form, data).await
}

fn part(row: &PartRow, today: jiff::civil::Date) -> Result<Part, Problem> {
    let cause = row.end_cause.as_deref().and_then(EndReason::from_code);
    Ok(Part {
        id: row.id.to_string(),
        worker: row.worker(),
        part: row.part_words(),
        state: row.state()?.label(),
        from: row.from_on.to_string(),
        until: row.until_on.map(|day| day.to_string()),
        cause: cause.map(EndReason::label),
        lies_with: cause.map(|cause| cause.cause().label()),
        is_open: row.until_on.is_none_or(|until| until.0 >= today) && row.state != "ended",
    })
}

fn moved(row: &TransferRow) -> Result<Moved, Problem> {
    Ok(Moved {
        id: row.id.clone(),
        on: care::calendar::london(row.proposed_at.0).date().to_string(),
        from: row.from_team.clone(),
        to: row.to_team.clone(),
        state: row.state()?.label(),
        why: row.why.clone(),
    })
}

/// "3 allocated workers in the last 12 months": what children say that they mind most.
fn changes(parts: &[PartRow], today: jiff::civil::Date) -> String {
    let since = care::calendar::add_months(today, -12);
    let mut workers: Vec<&WorkerId> = parts
        .iter()
        .filter(|part| part.part == AllocationPart::Primary.code() && part.until_on.is_none_or(|until| until.0 >= since))
        .map(|part| &part.worker_id)
        .collect();
    workers.sort();
    workers.dedup();
    let count = i64::try_from(workers.len()).unwrap_or(i64::MAX);
    format!("{} in the last 12 months", care::words::capital(&care::words::counted(count, "allocated worker", "allocated workers")))
}

/// The team's workers who are not away today, and then everybody else's.
async fn choices(tx: &mut Tx, case: &CaseRow, cx: &Context) -> Result<Vec<govuk::Choice>, Problem> {
    let people = practitioners(tx).await?;
    let mut all: Vec<_> = people
        .values()
        .filter(|one| !one.has_left(cx.today()) && !one.teams.is_empty() && case.worker_id.as_ref() != Some(&one.id))
        .collect();
    all.sort_by_key(|one| (!one.teams.contains(&case.team_id), one.in_order()));
    Ok(all
        .into_iter()
        .map(|one| {
            let away = one.away(cx.today()).map(|_| ", away today").unwrap_or_default();
            let other = if one.teams.contains(&case.team_id) { "" } else { ", another team" };
            govuk::Choice { value: one.id.to_string(), text: format!("{}{other}{away}", one.name), hint: None }
        })
        .collect())
}

pub async fn name(cx: Context, Path(id): Path<String>, Posted(mut form): Posted) -> Outcome {
    let part = match form.raw("part").as_str() {
        "co_worker" => AllocationPart::CoWorker,
        "cover" => AllocationPart::Cover,
        _ => {
            form.error("part", "Choose whether they cover or work beside");
            AllocationPart::Cover
        }
    };
    let worker = form.text("worker", 1..=64, "Choose a worker");
    let from = form.required_date("from", "the first day");
    let until = form.date("until", "the last day");
    let why = form.text("why", 1..=4_000, "Say what they are to do");
    let (true, Some(from)) = (form.is_good(), from) else { return page(&cx, &id, Some(&form)).await };
    let mut tx = cx.write().await?;
    let to = format!("/cases/{id}/workers");
    if let Once::Again(led_to) = forms::once(&mut tx, &form.token()).await? {
        return cx.go(&led_to, "Named.");
    }
    let (opened, case) = allocation::open_case(&mut tx, &InvolvementId::from_text(&id), Deed::Allocate).await?;
    let new = Beside { part, worker: WorkerId::from_text(worker), from, until, why: &why };
    match allocation::name_beside(&mut tx, &opened, &case, &new).await {
        Ok(_) => {
            forms::led_to(&mut tx, &form.token(), &to).await?;
            tx.commit().await?;
            cx.go(
                &to,
                if part == AllocationPart::Cover {
                    "Cover named. The worker has been told."
                } else {
                    "Co-worker named. The worker has been told."
                },
            )
        }
        Err(error) => {
            drop(tx);
            refuse(&mut form, error)?;
            page(&cx, &id, Some(&form)).await
        }
    }
}

/// Leads from a person to the workers of the latest open case.
pub async fn of_person(cx: Context, Path(id): Path<String>) -> Outcome {
    let mut tx = cx.read().await?;
    let opened = people::open(&mut tx, &PersonId::from_text(&id), Deed::ReadRecord).await?;
    let cases = allocation::cases_of(&mut tx, &opened).await?;
    tx.finish().await?;
    match cases.first() {
        Some(case) => cx.go(&format!("/cases/{}/workers", case.id), ""),
        None => cx.go(&format!("/people/{id}/involvement"), "No team works with this person now."),
    }
}
