//! The record from then on: notes, visits, decisions and supervision. Each is one page; the cursor is in the text at
//! once, everything else has a sensible default, and what is typed is kept as it is typed.

pub mod bar;
pub mod correction;
pub mod decision;
pub mod going_out;
pub mod moving;
pub mod note;
pub mod visit;

use care::access::Deed;
use store::{
    Tx,
    forms::{self, Once},
    id::PersonId,
    people::{self, Opened},
    record::Sibling,
};

use super::{Context, Problem, form::Form, govuk::Choice};

/// Opens the person that the address names, in a transaction to read in.
async fn reading(cx: &Context, id: &str, deed: Deed) -> Result<(Tx, Opened), Problem> {
    let mut tx = cx.read().await?;
    let opened = people::open(&mut tx, &PersonId::from_text(id), deed).await?;
    Ok((tx, opened))
}

/// Opens the person in a transaction to write in, unless this very form was done already; then, where it led.
async fn writing(cx: &Context, id: &str, deed: Deed, form: &Form) -> Result<Result<(Tx, Opened), String>, Problem> {
    let mut tx = cx.write().await?;
    let opened = people::open(&mut tx, &PersonId::from_text(id), deed).await?;
    match forms::once(&mut tx, &form.token()).await? {
        Once::First => Ok(Ok((tx, opened))),
        Once::Again(led_to) => Ok(Err(led_to)),
    }
}

/// The other children of the household as boxes to tick.
fn also(siblings: &[Sibling]) -> Vec<Choice> {
    siblings.iter().map(|s| Choice { value: s.id.to_string(), text: s.name.clone(), hint: None }).collect()
}

/// Those who were ticked: opened for the same deed, so that nobody is written about without a right.
async fn chosen(tx: &mut Tx, form: &Form, deed: Deed) -> Result<Vec<Opened>, Problem> {
    let mut all = Vec::new();
    for id in form.all("also") {
        all.push(people::open(tx, &PersonId::from_text(id), deed).await?);
    }
    Ok(all)
}

/// Today as the three boxes of a date.
pub fn dated(form: &mut Form, field: &str, on: jiff::civil::Date) {
    form.set(&format!("{field}-day"), on.day().to_string());
    form.set(&format!("{field}-month"), on.month().to_string());
    form.set(&format!("{field}-year"), on.year().to_string());
}

/// Refuses a day that has not come yet; what happened cannot lie ahead.
fn happened(form: &mut Form, field: &str, what: &str, today: jiff::civil::Date) -> Option<jiff::civil::Date> {
    let on = form.required_date(field, what)?;
    if on > today {
        form.date_error(field, format!("{} must be today or in the past", super::form::capitalise(what)));
        return None;
    }
    Some(on)
}
