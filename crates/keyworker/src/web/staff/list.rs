//! The list of workers, of a team or by name. A name that is looked for is posted, so that it stands in no address.

use axum::extract::Query;
use care::access::Role;
use serde::Serialize;
use store::{
    id::TeamId,
    workers::{self, Employment, Listed, Which},
};

use super::team_choices;
use crate::web::{Context, Outcome, form::Form, govuk, posted::Posted};

/// Rows of a page.
const OF_A_PAGE: usize = 50;

#[derive(serde::Deserialize)]
pub struct Asked {
    #[serde(default)]
    team: String,
    #[serde(default)]
    page: usize,
}

pub async fn show(cx: Context, Query(asked): Query<Asked>) -> Outcome {
    let which = if asked.team.is_empty() { Which::Everyone } else { Which::OfTeam(TeamId::from_text(&asked.team)) };
    page(&cx, &which, asked.page.max(1), &Form::opened([("team", &asked.team)])).await
}

pub async fn find(cx: Context, Posted(form): Posted) -> Outcome {
    page(&cx, &Which::Named(form.raw("name")), 1, &form).await
}

/// Where one is in the list, for the pager.
#[derive(Serialize)]
struct Place {
    page: usize,
    pages: usize,
    from: usize,
    to: usize,
    total: usize,
}

async fn page(cx: &Context, which: &Which, page: usize, form: &Form) -> Outcome {
    let mut tx = cx.read().await?;
    let all = workers::list(&mut tx, which).await?;
    let teams = team_choices(&mut tx).await?;
    let whole = if matches!(which, Which::Named(_)) { all.len().max(1) } else { OF_A_PAGE };
    let pages = all.len().div_ceil(whole).max(1);
    let page = page.min(pages);
    let (from, to) = ((page - 1) * whole, (page * whole).min(all.len()));
    let rows: Vec<minijinja::Value> = all[from..to].iter().map(row).collect();
    let place = Place { page, pages, from: from + 1, to, total: all.len() };
    let may_add = cx.has_role(&[Role::SystemAdministrator, Role::HumanResources]);
    let data =
        minijinja::context! { rows, place => govuk::value(&place), teams => govuk::value(&teams), may_add, team => form.raw("team") };
    cx.form(tx, "Staff", "staff/list.html", form, data).await
}

fn row(worker: &Listed) -> minijinja::Value {
    let employment = Employment::from_code(&worker.employment).map_or("", Employment::label);
    minijinja::context! {
        id => worker.id.to_string(), name => format!("{}, {}", worker.surname, worker.given_name), employment, fte => fte(worker.fte_hundredths),
        username => worker.username.clone(), last_day_on => worker.last_day_on.map(|d| d.to_string()), shut => worker.disabled_at.is_some(),
    }
}

/// "0.8", from hundredths.
pub fn fte(hundredths: i64) -> String {
    let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    #[test]
    fn hundredths_read_as_people_write_them() {
        for (hundredths, expected) in [(100, "1"), (80, "0.8"), (75, "0.75"), (5, "0.05"), (0, "0"), (150, "1.5")] {
            assert_eq!(super::fte(hundredths), expected);
        }
    }
}
