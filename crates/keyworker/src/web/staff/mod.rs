//! Who works here: workers and their accounts, the roles they hold, who supervises whom, who leaves, the teams, and who is
//! away. Human resources and administrators keep the list; administrators alone give roles and accounts; managers record
//! absences, as dates only.

pub mod absences;
pub mod accounts;
pub mod details;
pub mod holding;
pub mod leaving;
pub mod list;
pub mod roles;
pub mod show;
pub mod supervision;
pub mod teams;

use store::{Tx, id::WorkerId, teams as stored, workers};

use super::{Problem, form::Form, govuk::Choice};

/// The choices of a closed list, for radios and selects.
pub fn choices<T: Copy>(all: &[T], code: fn(T) -> &'static str, label: fn(T) -> &'static str) -> Vec<Choice> {
    all.iter().map(|one| Choice { value: code(*one).into(), text: label(*one).into(), hint: None }).collect()
}

/// Every team as a choice, those below others set in under them.
pub async fn team_choices(tx: &mut Tx) -> Result<Vec<Choice>, Problem> {
    let teams = stored::all(tx).await?;
    let rows = teams::tree(&teams);
    Ok(rows
        .into_iter()
        .map(|(depth, team)| Choice { value: team.id.to_string(), text: format!("{}{}", "– ".repeat(depth), team.name), hint: None })
        .collect())
}

/// Every worker as a choice, but one.
pub async fn worker_choices(tx: &mut Tx, but: Option<&WorkerId>) -> Result<Vec<Choice>, Problem> {
    let all = workers::choices(tx).await?;
    Ok(all
        .into_iter()
        .filter(|(id, _)| Some(id) != but)
        .map(|(id, name)| Choice { value: id.to_string(), text: name, hint: None })
        .collect())
}

/// Fills a date's three fields.
pub fn fill_date(form: &mut Form, field: &str, on: Option<jiff::civil::Date>) {
    let Some(on) = on else { return };
    for (part, value) in [("day", on.day().to_string()), ("month", on.month().to_string()), ("year", on.year().to_string())] {
        form.set(&format!("{field}-{part}"), value);
    }
}
