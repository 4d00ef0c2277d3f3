//! Who lives with whom: a person joins a household of those around them, or begins a new one, and leaves it with a date.

use axum::extract::Path;
use care::access::Deed;
use store::{
    id::{HouseholdId, PersonId},
    people::{
        self,
        households::{self, NewHome},
    },
};

use super::{Writing, choice, form_page, opened, past, writing, written};
use crate::web::{Context, Outcome, Problem, form::Form, govuk, posted::Posted, record::dated};

/// GET /people/{person}/households/new
pub async fn new(cx: Context, Path(id): Path<String>) -> Outcome {
    page(&cx, &id, &Form::default()).await
}

async fn page(cx: &Context, id: &str, form: &Form) -> Outcome {
    let (mut tx, person) = opened(cx, id, Deed::ChangePerson).await?;
    let around = people::around(&mut tx, &person).await?;
    let mut homes = Vec::new();
    for m in around.members.iter().filter(|m| m.until_on.is_none() && m.person_id != *person.id()) {
        let with = around.people.iter().find(|k| k.id == m.person_id).map(people::Known::name).unwrap_or_default();
        match homes.iter_mut().find(|(id, _, _): &&mut (HouseholdId, String, Vec<String>)| *id == m.household_id) {
            Some((_, _, all)) => all.push(with),
            None => homes.push((m.household_id.clone(), m.household.clone(), vec![with])),
        }
    }
    let homes = homes.into_iter().map(|(id, name, with)| choice(id.as_str(), &format!("{name}, with {}", care::words::joined(&with))));
    let homes: Vec<_> = homes.chain([choice("new", "Another home")]).collect();
    let more = minijinja::context! { homes => govuk::value(&homes), back => format!("/people/{id}/family"), button => "Add the home" };
    form_page(cx, tx, &person, "Add a home", "people/household_new.html", form, more).await
}

/// POST /people/{person}/households/new
pub async fn add(cx: Context, Path(id): Path<String>, Posted(mut form): Posted) -> Outcome {
    let household = form.raw("household");
    if household.is_empty() {
        form.error("household", "Choose a home, or “Another home”");
    }
    let is_new = household == "new";
    let name = if is_new { form.text("name", 1..=200, "Enter what the home is called, such as 3 Mill Lane") } else { String::new() };
    let lines = form.text("lines", 0..=500, "");
    let from = past(&mut form, "from_on", "the day since when", cx.today());
    if !form.is_good() {
        return page(&cx, &id, &form).await;
    }
    let to = format!("/people/{id}/family");
    let Writing::Open(open) = writing(&cx, &id, Deed::ChangePerson, &form).await? else { return cx.go(&to, "Home added.") };
    let (mut tx, person) = *open;
    let done = if is_new {
        let home = NewHome { name, lines, postcode: form.raw("postcode").to_uppercase(), confidential: form.has("confidential") };
        households::found(&mut tx, &person, &home, from).await.map(|_| ())
    } else {
        known_here(&mut tx, &person, &household).await?;
        households::join(&mut tx, &person, &HouseholdId::from_text(household), from).await
    };
    if let Err(refused) = done {
        drop(tx);
        form.refused(refused)?;
        return page(&cx, &id, &form).await;
    }
    written(&cx, tx, &form, &to, "Home added.").await
}

/// Only a household of somebody around the person, whom the worker may know of, can be joined.
async fn known_here(tx: &mut store::Tx, person: &people::Opened, household: &str) -> Result<(), Problem> {
    let around = people::around(tx, person).await?;
    if around.members.iter().any(|m| m.household_id.as_str() == household) { Ok(()) } else { Err(Problem::NotFound) }
}

/// GET /people/{person}/households/{stay}/leave
pub async fn leaving(cx: Context, Path((id, stay)): Path<(String, String)>) -> Outcome {
    let mut form = Form::default();
    dated(&mut form, "until_on", cx.today());
    leave_page(&cx, &id, &stay, &form).await
}

async fn leave_page(cx: &Context, id: &str, stay: &str, form: &Form) -> Outcome {
    let (mut tx, person) = opened(cx, id, Deed::ChangePerson).await?;
    let around = people::around(&mut tx, &person).await?;
    let home = around.members.iter().find(|m| m.id == stay && m.person_id == *person.id()).ok_or(Problem::NotFound)?.household.clone();
    let more = minijinja::context! { home, back => format!("/people/{id}/family"), button => "They left" };
    form_page(cx, tx, &person, "Leave a home", "people/household_leave.html", form, more).await
}

/// POST /people/{person}/households/{stay}/leave
pub async fn leave(cx: Context, Path((id, stay)): Path<(String, String)>, Posted(mut form): Posted) -> Outcome {
    let until = form.required_date("until_on", "the last day");
    if until.is_some_and(|on| on > cx.today()) {
        form.date_error("until_on", "The last day must be today or in the past");
    }
    let (Some(until), true) = (until, form.is_good()) else { return leave_page(&cx, &id, &stay, &form).await };
    let mut tx = cx.write().await?;
    let person = people::open(&mut tx, &PersonId::from_text(id.as_str()), Deed::ChangePerson).await?;
    if let Err(refused) = households::leave(&mut tx, &person, &stay, until).await {
        drop(tx);
        form.refused(refused)?;
        return leave_page(&cx, &id, &stay, &form).await;
    }
    tx.commit().await?;
    cx.go(&format!("/people/{id}/family"), "Saved. The home stays in the history.")
}
