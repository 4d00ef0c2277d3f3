//! Dated statuses by hand: the impossible is refused at its field; what a census would refuse is kept and said. A status
//! starts the clocks that follow from it, and ends them when it ends.

use axum::extract::Path;
use care::{
    access::Deed,
    chronology::EntryKind,
    statuses::{DatedStatus, LeavingCare, LegalStatus, PlacementKind, PlanCategory, Status, StatusEnd, StatusFacts, StatusKind, check},
    timescale::Start,
};
use store::{
    Day, Tx, dues, forms,
    id::{PersonId, StatusId},
    people::{self, Opened, StatusHistory},
    record::{self, NewEntry},
};

use super::{frame, opened};
use crate::web::{
    Context, Outcome, Problem,
    form::Form,
    govuk::{self, Choice},
    posted::Posted,
    record::dated,
};

/// The clocks that a status starts on its first day.
const CLOCKS: &[(StatusKind, &[&str])] = &[
    (StatusKind::ChildInNeed, &["CIN_VISIT"]),
    (StatusKind::ProtectionPlan, &["CP_VISIT", "CORE_1", "RCPC_1"]),
    (StatusKind::Section47, &["ICPC"]),
    (StatusKind::LookedAfter, &["LAC_VISIT_FIRST", "CARE_PLAN", "LAC_REV_1", "HEALTH_1", "PEP_1"]),
    (StatusKind::PrivatelyFostered, &["PF_VISIT_1"]),
    (StatusKind::CareLeaver, &["PA_VISIT", "PATHWAY_NEEDS"]),
    (StatusKind::Proceedings, &["PROCEEDINGS"]),
    (StatusKind::AdultSupport, &["ADULT_REVIEW_1"]),
];

/// GET /people/{person}/statuses/new
pub async fn new(cx: Context, Path(id): Path<String>) -> Outcome {
    let mut form = Form::default();
    dated(&mut form, "from_on", cx.today());
    page(&cx, &id, &form).await
}

async fn page(cx: &Context, id: &str, form: &Form) -> Outcome {
    let (mut tx, person) = opened(cx, id, Deed::ChangePerson).await?;
    let choice = |code: &str, label: &str| Choice { value: code.into(), text: label.into(), hint: None };
    let data = minijinja::context! {
        frame => govuk::value(&frame(&mut tx, &person, "/details").await?),
        kinds => govuk::value(&StatusKind::ALL.iter().map(|k| choice(k.code(), k.label())).collect::<Vec<_>>()),
        categories => govuk::value(&PlanCategory::ALL.iter().map(|k| choice(k.code(), k.label())).collect::<Vec<_>>()),
        legal => govuk::value(&LegalStatus::ALL.iter().map(|k| choice(k.code(), k.label())).collect::<Vec<_>>()),
        placements => govuk::value(&PlacementKind::ALL.iter().map(|k| choice(k.code(), k.label())).collect::<Vec<_>>()),
        leaving => govuk::value(&LeavingCare::ALL.iter().map(|k| choice(k.code(), k.label())).collect::<Vec<_>>()),
    };
    cx.form(tx, "Add a status", "people/status_new.html", form, data).await
}

/// POST /people/{person}/statuses/new
pub async fn add(cx: Context, Path(id): Path<String>, Posted(mut form): Posted) -> Outcome {
    let kind = StatusKind::from_code(&form.raw("kind"));
    if kind.is_none() {
        form.error("kind", "Choose a status");
    }
    let from_on = form.required_date("from_on", "the start date");
    let (Some(kind), Some(from_on), true) = (kind, from_on, form.is_good()) else { return page(&cx, &id, &form).await };
    let detail = match kind {
        StatusKind::ProtectionPlan => form.raw("category"),
        StatusKind::LookedAfter => form.raw("legal"),
        StatusKind::CareLeaver => form.raw("leaving"),
        _ => String::new(),
    };
    let placement = if kind == StatusKind::LookedAfter { form.raw("placement") } else { String::new() };
    let status = DatedStatus { status: Status::from_codes(kind, &detail, &placement), from_on, until_on: None };
    let mut tx = cx.write().await?;
    let person = people::open(&mut tx, &PersonId::from_text(id.as_str()), Deed::ChangePerson).await?;
    let others: Vec<DatedStatus> = people::details(&mut tx, &person).await?.statuses.iter().filter_map(read).collect();
    let queries = match check(&status, &StatusFacts { birth: person.person().birth(), others: &others, today: cx.today() }) {
        Ok(queries) => queries,
        Err(problem) => {
            drop(tx);
            form.date_error("from_on", problem.to_string());
            return page(&cx, &id, &form).await;
        }
    };
    if let forms::Once::Again(to) = forms::once(&mut tx, &form.token()).await? {
        return cx.go(&to, "Status added.");
    }
    let facts = serde_json::json!({ "placement": placement });
    people::status(&mut tx, &person, kind.code(), &detail, Day(from_on), &facts.to_string()).await?;
    begin(&mut tx, &person, kind, &status).await?;
    let to = format!("/people/{id}/details");
    forms::led_to(&mut tx, &form.token(), &to).await?;
    tx.commit().await?;
    let said: Vec<String> =
        queries.iter().map(|q| q.census_rule().map_or_else(|| q.to_string(), |rule| format!("{q} (census rule {rule})"))).collect();
    let news = if said.is_empty() { "Status added.".into() } else { format!("Status added, and kept with a query: {}.", said.join("; ")) };
    cx.go(&to, &news)
}

async fn begin(tx: &mut Tx, person: &Opened, kind: StatusKind, status: &DatedStatus) -> Result<(), Problem> {
    record::add(tx, person, &NewEntry::new(EntryKind::StatusStarted, status.from_on, kind.label(), status.words())).await?;
    for code in CLOCKS.iter().find(|(k, _)| *k == kind).map(|(_, codes)| *codes).unwrap_or_default() {
        dues::open(tx, &dues::About::person(person.id()), code, Start::On(status.from_on)).await?;
    }
    people::case_kind_follows(tx, person).await?;
    Ok(())
}

fn read(row: &StatusHistory) -> Option<DatedStatus> {
    let facts: serde_json::Value = serde_json::from_str(&row.facts).unwrap_or_default();
    let placement = facts["placement"].as_str().unwrap_or_default();
    let status = Status::from_codes(StatusKind::from_code(&row.kind)?, &row.code, placement);
    Some(DatedStatus { status, from_on: row.from_on.0, until_on: row.until_on.map(|d| d.0) })
}

/// GET /people/{person}/statuses/{status}/end
pub async fn ending(cx: Context, Path((id, status)): Path<(String, String)>) -> Outcome {
    let mut form = Form::default();
    dated(&mut form, "until_on", cx.today());
    end_page(&cx, &id, &status, &form).await
}

async fn end_page(cx: &Context, id: &str, status: &str, form: &Form) -> Outcome {
    let (mut tx, person) = opened(cx, id, Deed::ChangePerson).await?;
    let row = one(&mut tx, &person, status).await?;
    let reasons: Vec<Choice> =
        StatusEnd::ALL.iter().map(|r| Choice { value: r.code().into(), text: r.label().into(), hint: None }).collect();
    let words = read(&row).map_or_else(|| row.kind.clone(), |s| s.words());
    let data = minijinja::context! { frame => govuk::value(&frame(&mut tx, &person, "/details").await?), words, reasons => govuk::value(&reasons), status };
    cx.form(tx, "End a status", "people/status_end.html", form, data).await
}

async fn one(tx: &mut Tx, person: &Opened, status: &str) -> Result<StatusHistory, Problem> {
    let all = people::details(tx, person).await?.statuses;
    all.into_iter().find(|s| s.id.as_str() == status).ok_or(Problem::NotFound)
}

/// POST /people/{person}/statuses/{status}/end
pub async fn end(cx: Context, Path((id, status)): Path<(String, String)>, Posted(mut form): Posted) -> Outcome {
    let reason = StatusEnd::from_code(&form.raw("reason"));
    if reason.is_none() {
        form.error("reason", "Choose why it ended");
    }
    let until_on = form.required_date("until_on", "the end date");
    let (Some(reason), Some(until_on), true) = (reason, until_on, form.is_good()) else { return end_page(&cx, &id, &status, &form).await };
    let mut tx = cx.write().await?;
    let person = people::open(&mut tx, &PersonId::from_text(id.as_str()), Deed::ChangePerson).await?;
    let row = one(&mut tx, &person, &status).await?;
    let ended = read(&row).map(|s| DatedStatus { until_on: Some(until_on), ..s });
    if let Some(ended) = &ended
        && let Err(problem) = check(ended, &StatusFacts { birth: person.person().birth(), others: &[], today: cx.today() })
    {
        drop(tx);
        form.date_error("until_on", problem.to_string());
        return end_page(&cx, &id, &status, &form).await;
    }
    people::end_status(&mut tx, &person, &StatusId::from_text(status.as_str()), Day(until_on), reason.code()).await?;
    finish(&mut tx, &person, &row, until_on, reason.label()).await?;
    tx.commit().await?;
    cx.go(&format!("/people/{id}/details"), "Status ended.")
}

async fn finish(tx: &mut Tx, person: &Opened, row: &StatusHistory, on: jiff::civil::Date, reason: &str) -> Result<(), Problem> {
    let Some(kind) = StatusKind::from_code(&row.kind) else { return Ok(()) };
    record::add(tx, person, &NewEntry::new(EntryKind::StatusEnded, on, format!("Ended: {}", kind.label()), reason)).await?;
    let codes = CLOCKS.iter().find(|(k, _)| *k == kind).map(|(_, codes)| *codes).unwrap_or_default();
    for code in codes {
        let mut code = Some(*code);
        // A clock that visits moved on from the first ends with it.
        while let Some(this) = code {
            dues::drop_all(tx, &dues::About::person(person.id()), this, "The status ended").await?;
            code = care::timescale::after_visit(this).filter(|next| *next != this);
        }
    }
    people::case_kind_follows(tx, person).await?;
    Ok(())
}
