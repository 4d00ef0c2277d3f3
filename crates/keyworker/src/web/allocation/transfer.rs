//! Offering a case to another team, and the other team's answer.

use axum::extract::{Path, Query};
use care::{access::Deed, allocation::TransferState};
use serde::Deserialize;
use store::{
    allocation::{self, TransferRow, leads},
    forms,
    forms::Once,
    id::{InvolvementId, TeamId},
    teams,
};

use super::{case_words, reading, refuse};
use crate::web::{Context, Outcome, form::Form, govuk, posted::Posted, record::bar};

#[derive(Deserialize, Default)]
pub struct To {
    #[serde(default)]
    to: String,
}

pub async fn show(cx: Context, Path(id): Path<String>, Query(asked): Query<To>) -> Outcome {
    page(&cx, &id, &Form::opened([("to", asked.to.as_str())])).await
}

async fn page(cx: &Context, id: &str, form: &Form) -> Outcome {
    let (mut tx, opened, case) = reading(cx, id, Deed::Allocate).await?;
    let teams = teams::all(&mut tx).await?;
    let choices: Vec<govuk::Choice> = teams
        .iter()
        .filter(|team| team.id != case.team_id && team.kind != "group")
        .map(|team| govuk::Choice { value: team.id.to_string(), text: team.name.clone(), hint: None })
        .collect();
    let data = minijinja::context! { person => govuk::value(&bar::bar(&mut tx, &opened).await?), id, case => case_words(&case), teams => govuk::value(&choices) };
    cx.form(tx, "Offer to another team", "allocation/transfer.html", form, data).await
}

pub async fn submit(cx: Context, Path(id): Path<String>, Posted(mut form): Posted) -> Outcome {
    let to = form.text("to", 1..=64, "Choose a team");
    let why = form.text("why", 1..=4_000, "Say why the case should move");
    let what_next = form.text("what_next", 1..=4_000, "Say what is to be done next, and by when");
    if !form.is_good() {
        return page(&cx, &id, &form).await;
    }
    let mut tx = cx.write().await?;
    if let Once::Again(led_to) = forms::once(&mut tx, &form.token()).await? {
        return cx.go(&led_to, "Offered.");
    }
    let (opened, case) = allocation::open_case(&mut tx, &InvolvementId::from_text(&id), Deed::Allocate).await?;
    match allocation::propose(&mut tx, &opened, &case, &TeamId::from_text(to), &why, &what_next).await {
        Ok(_) => {
            let to = format!("/cases/{id}/workers");
            forms::led_to(&mut tx, &form.token(), &to).await?;
            tx.commit().await?;
            cx.go(&to, "Offered. The case stays with your team until the other accepts it.")
        }
        Err(error) => {
            drop(tx);
            refuse(&mut form, error)?;
            page(&cx, &id, &form).await
        }
    }
}

pub async fn show_offer(cx: Context, Path(id): Path<String>) -> Outcome {
    offer(&cx, &id, &Form::default()).await
}

async fn offer(cx: &Context, id: &str, form: &Form) -> Outcome {
    let mut tx = cx.read().await?;
    let (opened, case, row) = allocation::transfer(&mut tx, id).await?;
    let open = row.state()? == TransferState::Proposed;
    let (accepts, withdraws) = (open && leads(&mut tx, &row.to_team_id).await?, open && leads(&mut tx, &row.from_team_id).await?);
    let data = minijinja::context! {
        person => govuk::value(&bar::bar(&mut tx, &opened).await?), id, case => case_words(&case), row => govuk::value(&row), by => row.by(), state => row.state()?.label(),
        choices => govuk::value(&answers(accepts, withdraws)), worker => case.worker(),
    };
    cx.form(tx, "Case offered", "allocation/offer.html", form, data).await
}

fn answers(accepts: bool, withdraws: bool) -> Vec<govuk::Choice> {
    let choice = |state: TransferState, text: &str| govuk::Choice { value: state.code().into(), text: text.into(), hint: None };
    let mut all = Vec::new();
    if accepts {
        all.push(choice(TransferState::Accepted, "Accept: the case is ours from today"));
        all.push(choice(TransferState::Declined, "Decline, and say why"));
    }
    if withdraws {
        all.push(choice(TransferState::Withdrawn, "Withdraw the offer, and say why"));
    }
    all
}

pub async fn answer(cx: Context, Path(id): Path<String>, Posted(mut form): Posted) -> Outcome {
    let answer = TransferState::from_code(&form.raw("answer")).filter(|state| *state != TransferState::Proposed);
    if answer.is_none() {
        form.error("answer", "Choose your answer");
    }
    let reason = form.text("reason", 0..=4_000, "");
    let (true, Some(answer)) = (form.is_good(), answer) else { return offer(&cx, &id, &form).await };
    let mut tx = cx.write().await?;
    match allocation::answer_transfer(&mut tx, &id, answer, &reason).await {
        Ok(case) => {
            tx.commit().await?;
            led(&cx, answer, &case)
        }
        Err(error) => {
            drop(tx);
            refuse(&mut form, error)?;
            offer(&cx, &id, &form).await
        }
    }
}

/// An accepted case is given a worker at once.
fn led(cx: &Context, answer: TransferState, case: &InvolvementId) -> Outcome {
    match answer {
        TransferState::Accepted => {
            cx.go(&format!("/cases/{case}/allocate"), "Accepted. The former worker holds the case until you name one: do it now.")
        }
        TransferState::Declined => cx.go("/unallocated", "Declined. The other team has been told why."),
        _ => cx.go(&format!("/cases/{case}/workers"), "Withdrawn."),
    }
}

/// Offers that wait for a team's answer, for its page.
pub fn waiting(rows: &[TransferRow]) -> Vec<minijinja::Value> {
    rows.iter().map(|row| minijinja::context! { id => row.id.clone(), from => row.from_team.clone(), by => row.by(), at => row.proposed_at.to_string() }).collect()
}
