//! An allocation, for the worker whose it is and for those who answer: its note, what the manager was told, every step.

use axum::extract::Path;
use care::allocation::{AllocationPart, Step};
use serde::Serialize;
use store::{
    allocation::{self, Allocation, StepRow},
    forms,
    forms::Once,
    id::AllocationId,
};

use super::{case_words, refuse};
use crate::web::{Context, Outcome, form::Form, govuk, posted::Posted, record::bar};

#[derive(Serialize)]
struct Note {
    worker: String,
    part: &'static str,
    state: &'static str,
    awaits: Option<&'static str>,
    from: String,
    until: Option<String>,
    why: String,
    what: String,
    visit: Option<String>,
    risks_to_worker: String,
    risks_to_child: String,
    look: Option<String>,
    version: i64,
    is_primary: bool,
}

#[derive(Serialize)]
struct Taken {
    at: String,
    by: String,
    words: String,
    reason: String,
}

pub async fn show(cx: Context, Path(id): Path<String>) -> Outcome {
    page(&cx, &id, &Form::default()).await
}

async fn page(cx: &Context, id: &str, form: &Form) -> Outcome {
    let mut tx = cx.read().await?;
    let one = allocation::allocation(&mut tx, &AllocationId::from_text(id)).await?;
    let decision = one.decision.clone();
    let data = minijinja::context! {
        person => govuk::value(&bar::bar(&mut tx, &one.opened).await?), id, case => case_words(&one.case), case_id => one.case.id.as_str(), note => govuk::value(&note(&one)?),
        steps => govuk::value(&one.steps.iter().map(taken).collect::<Vec<_>>()), decision => govuk::value(&decision),
        may_acknowledge => one.mine.contains(&Step::Acknowledge), others => govuk::value(&others(&one.mine)),
    };
    cx.form(tx, "Allocation", "allocation/answer.html", form, data).await
}

fn note(one: &Allocation) -> Result<Note, crate::web::Problem> {
    let (part, state) = (&one.part, one.part.state()?);
    Ok(Note {
        worker: part.worker(),
        part: part.part_words(),
        state: state.label(),
        awaits: state.awaits(),
        from: part.from_on.to_string(),
        until: part.until_on.map(|day| day.to_string()),
        why: part.why_this_worker.clone(),
        what: part.what_to_do.clone(),
        visit: part.first_visit_by_on.map(|day| day.to_string()),
        risks_to_worker: part.risks_to_worker.clone(),
        risks_to_child: part.risks_to_child.clone(),
        look: part.next_look_on.map(|day| day.to_string()),
        version: part.version,
        is_primary: part.part == AllocationPart::Primary.code(),
    })
}

fn taken(row: &StepRow) -> Taken {
    Taken { at: row.taken_at.to_string(), by: row.by(), words: row.words().to_owned(), reason: row.reason.clone() }
}

fn others(mine: &[Step]) -> Vec<govuk::Choice> {
    let needs_words = mine.iter().filter(|step| **step != Step::Acknowledge);
    needs_words.map(|step| govuk::Choice { value: step.code().into(), text: step.label().into(), hint: None }).collect()
}

pub async fn submit(cx: Context, Path(id): Path<String>, Posted(mut form): Posted) -> Outcome {
    let Some(step) = Step::from_code(&form.raw("step")) else {
        form.error("step", "Choose what you decide");
        return page(&cx, &id, &form).await;
    };
    let reason = form.text("reason", 0..=10_000, "");
    if !form.is_good() {
        return page(&cx, &id, &form).await;
    }
    let mut tx = cx.write().await?;
    let to = format!("/allocations/{id}");
    if let Once::Again(led_to) = forms::once(&mut tx, &form.token()).await? {
        return cx.go(&led_to, "Recorded.");
    }
    match allocation::answer(&mut tx, &AllocationId::from_text(&id), step, &reason, form.version().unwrap_or(0)).await {
        Ok(_) => {
            forms::led_to(&mut tx, &form.token(), &to).await?;
            tx.commit().await?;
            cx.go(&to, news(step))
        }
        Err(error) => {
            drop(tx);
            refuse(&mut form, error)?;
            page(&cx, &id, &form).await
        }
    }
}

fn news(step: Step) -> &'static str {
    match step {
        Step::Acknowledge => "Acknowledged. The case is yours.",
        Step::SayCannotTake => {
            "Your manager has been told and must answer. The case stays with you until then; say at once if somebody is in danger."
        }
        Step::ManagerStands => "The group manager has been asked.",
        Step::GroupManagerConfirms => "Confirmed. The worker has been told.",
        Step::ManagerWithdraws | Step::GroupManagerWithdraws | Step::End => "Taken back. The case waits for a worker again.",
    }
}
