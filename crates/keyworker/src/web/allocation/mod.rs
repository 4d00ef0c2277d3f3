//! Giving children to workers: who waits, the choice of a worker with its effect, the worker's answer, cover, transfers,
//! the duty rota. `store::allocation` decides; here is what is shown and what was typed.

pub mod allocate;
pub mod answer;
pub mod duty;
pub mod end;
pub mod review;
pub mod transfer;
pub mod unallocated;
pub mod workers;

use axum::{
    extract::Path,
    http::{HeaderMap, StatusCode, header},
    response::IntoResponse,
};
use care::access::Deed;
use serde::Serialize;
use store::{
    Tx,
    allocation::{self, CaseRow},
    id::{InvolvementId, PersonId},
    people::{self, Opened},
};

use super::{Context, Outcome, Problem, form::Form};

/// A person in a list: the name where the record is open to whoever looks.
#[derive(Debug, Clone, Serialize)]
pub struct Who {
    pub name: String,
    pub href: Option<String>,
}

impl Who {
    pub fn of(id: &PersonId, names: &std::collections::HashMap<PersonId, Option<String>>) -> Who {
        match names.get(id).cloned().flatten() {
            Some(name) => Who { name, href: Some(format!("/people/{id}")) },
            None => Who { name: "Name withheld".into(), href: None },
        }
    }
}

/// Opens a case for a deed in a transaction to read in.
async fn reading(cx: &Context, id: &str, deed: Deed) -> Result<(Tx, Opened, CaseRow), Problem> {
    let mut tx = cx.read().await?;
    let (opened, case) = allocation::open_case(&mut tx, &InvolvementId::from_text(id), deed).await?;
    Ok((tx, opened, case))
}

/// What the case is, in words: "Child protection plan, since 3 March 2026, North safeguarding".
pub fn case_words(case: &CaseRow) -> String {
    let kind = case.case_kind().map_or(case.kind.as_str(), |kind| kind.label());
    format!("{kind}, since {}, {}", care::words::date(case.opened_on.0), case.team)
}

/// Puts what the store refused beside its field; everything else is a problem of the whole page.
fn refuse(form: &mut Form, error: store::Error) -> Result<(), Problem> {
    match error {
        store::Error::Refused { field, words } if ["on", "from", "until"].contains(&field) => form.date_error(field, words),
        store::Error::Refused { field, words } => form.error(field, words),
        other => return Err(other.into()),
    }
    Ok(())
}

/// The day as the three boxes of a date.
fn dated(form: &mut Form, field: &str, on: jiff::civil::Date) {
    form.set(&format!("{field}-day"), on.day().to_string());
    form.set(&format!("{field}-month"), on.month().to_string());
    form.set(&format!("{field}-year"), on.year().to_string());
}

/// Leads on from a person to the case that needs a worker, or else to the latest.
pub async fn of_person(cx: Context, Path(id): Path<String>) -> Outcome {
    let mut tx = cx.read().await?;
    let opened = people::open(&mut tx, &PersonId::from_text(&id), Deed::Allocate).await?;
    let cases = allocation::cases_of(&mut tx, &opened).await?;
    tx.finish().await?;
    let to = match cases.first() {
        Some(case) => format!("/cases/{}/allocate", case.id),
        None => format!("/people/{id}"),
    };
    let mut headers = HeaderMap::new();
    headers.insert(header::LOCATION, to.parse().map_err(|_| Problem::NotFound)?);
    Ok((StatusCode::SEE_OTHER, headers).into_response())
}
