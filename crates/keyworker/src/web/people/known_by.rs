//! By what a person is known: another name, an address with its dates, a number. A number that does not fit its kind is
//! queried once; confirmed, it is kept as not verified.

use axum::extract::Path;
use care::{
    access::Deed,
    person::{NameUse, NumberKind, read_name_part},
};
use store::{
    Day,
    id::PersonId,
    people::{self, AddressRow, Verified},
};

use super::{Writing, choice, form_page, opened, past, writing, written};
use crate::web::{Context, Outcome, Problem, form::Form, govuk, posted::Posted, record::dated};

fn details(id: &str) -> String {
    format!("/people/{id}/details")
}

/// GET /people/{person}/names/new
pub async fn new_name(cx: Context, Path(id): Path<String>) -> Outcome {
    name_page(&cx, &id, &Form::default()).await
}

async fn name_page(cx: &Context, id: &str, form: &Form) -> Outcome {
    let (tx, person) = opened(cx, id, Deed::ChangePerson).await?;
    let kinds: Vec<_> = NameUse::ALL.iter().filter(|k| **k != NameUse::Current).map(|k| choice(k.code(), k.label())).collect();
    form_page(cx, tx, &person, "Add another name", "people/name_new.html", form, minijinja::context! { kinds => govuk::value(&kinds) })
        .await
}

/// POST /people/{person}/names/new
pub async fn add_name(cx: Context, Path(id): Path<String>, Posted(mut form): Posted) -> Outcome {
    let kind = NameUse::from_code(&form.raw("kind")).filter(|k| *k != NameUse::Current);
    if kind.is_none() {
        form.error("kind", "Choose what the name is or was");
    }
    let part = |form: &mut Form, field: &str| match read_name_part("", &form.raw(field)) {
        Ok(part) => part,
        Err(_) => form.text(field, 0..=200, ""),
    };
    let (given, surname) = (part(&mut form, "given_name"), part(&mut form, "surname"));
    if given.is_empty() && surname.is_empty() {
        form.error("given_name", "Enter a given name or a family name");
    }
    let until = past(&mut form, "until_on", "the last day of the name", cx.today());
    let (Some(kind), true) = (kind, form.is_good()) else { return name_page(&cx, &id, &form).await };
    let Writing::Open(open) = writing(&cx, &id, Deed::ChangePerson, &form).await? else { return cx.go(&details(&id), "Name added.") };
    let (mut tx, person) = *open;
    people::name(&mut tx, &person, kind, &given, &surname, Day::option(until)).await?;
    written(&cx, tx, &form, &details(&id), "Name added.").await
}

/// GET /people/{person}/addresses/new
pub async fn new_address(cx: Context, Path(id): Path<String>) -> Outcome {
    let mut form = Form::default();
    dated(&mut form, "from_on", cx.today());
    address_page(&cx, &id, &form).await
}

async fn address_page(cx: &Context, id: &str, form: &Form) -> Outcome {
    let (tx, person) = opened(cx, id, Deed::ChangePerson).await?;
    form_page(cx, tx, &person, "Add an address", "people/address_new.html", form, minijinja::context! {}).await
}

/// POST /people/{person}/addresses/new
pub async fn add_address(cx: Context, Path(id): Path<String>, Posted(mut form): Posted) -> Outcome {
    form.text("address", 1..=500, "Enter the address");
    form.text("postcode", 0..=12, "");
    let from = past(&mut form, "from_on", "the day since when", cx.today());
    let until = past(&mut form, "until_on", "the last day there", cx.today());
    if let (Some(from), Some(until)) = (from, until)
        && until < from
    {
        form.date_error("until_on", "The last day there must be on or after the first");
    }
    if !form.is_good() {
        return address_page(&cx, &id, &form).await;
    }
    let Writing::Open(open) = writing(&cx, &id, Deed::ChangePerson, &form).await? else { return cx.go(&details(&id), "Address added.") };
    let (mut tx, person) = *open;
    let row = AddressRow { from_on: Day::option(from), until_on: Day::option(until), ..typed_address(&form) };
    people::address(&mut tx, &person, &row).await?;
    written(&cx, tx, &form, &details(&id), "Address added.").await
}

/// The kinds of address that are told apart.
const ADDRESS_KINDS: [&str; 3] = ["home", "placement", "other"];

/// An address as it was typed.
pub fn typed_address(form: &Form) -> AddressRow {
    let kind = form.raw("address_kind");
    AddressRow {
        id: String::new(),
        kind: if ADDRESS_KINDS.contains(&kind.as_str()) { kind } else { "home".into() },
        lines: form.raw("address"),
        postcode: care::person::Postcode::read(&form.raw("postcode"))
            .map_or_else(|| form.raw("postcode").to_uppercase(), |p| p.to_string()),
        from_on: None,
        until_on: None,
        confidential: form.has("confidential"),
        withheld: false,
    }
}

/// GET /people/{person}/addresses/{address}/end
pub async fn ending_address(cx: Context, Path((id, address)): Path<(String, String)>) -> Outcome {
    let mut form = Form::default();
    dated(&mut form, "until_on", cx.today());
    end_page(&cx, &id, &address, &form).await
}

async fn end_page(cx: &Context, id: &str, address: &str, form: &Form) -> Outcome {
    let (mut tx, person) = opened(cx, id, Deed::ChangePerson).await?;
    let all = people::addresses(&mut tx, &person).await?;
    let row = all.into_iter().find(|a| a.id == address && a.until_on.is_none() && !a.withheld).ok_or(Problem::NotFound)?;
    let more = minijinja::context! { address => govuk::value(&row), button => "They no longer live there" };
    form_page(cx, tx, &person, "End an address", "people/address_end.html", form, more).await
}

/// POST /people/{person}/addresses/{address}/end
pub async fn end_address(cx: Context, Path((id, address)): Path<(String, String)>, Posted(mut form): Posted) -> Outcome {
    let on = form.required_date("until_on", "the last day there");
    if on.is_some_and(|on| on > cx.today()) {
        form.date_error("until_on", "The last day there must be today or in the past");
    }
    let (Some(on), true) = (on, form.is_good()) else { return end_page(&cx, &id, &address, &form).await };
    let mut tx = cx.write().await?;
    let person = people::open(&mut tx, &PersonId::from_text(id.as_str()), Deed::ChangePerson).await?;
    if let Err(refused) = people::end_address(&mut tx, &person, &address, Day(on)).await {
        drop(tx);
        form.refused(refused)?;
        return end_page(&cx, &id, &address, &form).await;
    }
    tx.commit().await?;
    cx.go(&details(&id), "Address ended. It stays in the history.")
}

/// GET /people/{person}/numbers/new
pub async fn new_number(cx: Context, Path(id): Path<String>) -> Outcome {
    number_page(&cx, &id, &Form::default()).await
}

async fn number_page(cx: &Context, id: &str, form: &Form) -> Outcome {
    let (tx, person) = opened(cx, id, Deed::ChangePerson).await?;
    let kinds: Vec<_> = NumberKind::ALL.iter().filter(|k| **k != NumberKind::Imported).map(|k| choice(k.code(), k.label())).collect();
    form_page(cx, tx, &person, "Add a number", "people/number_new.html", form, minijinja::context! { kinds => govuk::value(&kinds) }).await
}

/// POST /people/{person}/numbers/new
pub async fn add_number(cx: Context, Path(id): Path<String>, Posted(mut form): Posted) -> Outcome {
    let kind = NumberKind::from_code(&form.raw("kind"));
    if kind.is_none() {
        form.error("kind", "Choose what number it is");
    }
    form.text("number", 1..=60, "Enter the number");
    let number = kind.filter(|_| form.is_good()).and_then(|kind| queried(&mut form, "number", kind));
    let (Some(kind), Some((value, verified)), true) = (kind, number, form.is_good()) else { return number_page(&cx, &id, &form).await };
    let Writing::Open(open) = writing(&cx, &id, Deed::ChangePerson, &form).await? else { return cx.go(&details(&id), "Number added.") };
    let (mut tx, person) = *open;
    people::identifier(&mut tx, &person, kind.code(), &value, verified).await?;
    written(&cx, tx, &form, &details(&id), "Number added.").await
}

/// Queries an odd number once, in the field `FIELD_sure`.
pub fn queried(form: &mut Form, field: &str, kind: NumberKind) -> Option<(String, Verified)> {
    let sure = format!("{field}_sure");
    let typed = form.raw(field);
    match super::new::confirmed(kind.read(&typed), &form.raw(&sure)) {
        Ok(number) => Some(number),
        Err(why) => {
            form.error(field, format!("{why}. If it is written right, send the form again: it is kept as not verified"));
            form.set(&sure, typed);
            None
        }
    }
}

/// POST /people/{person}/numbers/{number}/seen: somebody has seen it on paper.
pub async fn verify(cx: Context, Path((id, number)): Path<(String, String)>, Posted(_): Posted) -> Outcome {
    let mut tx = cx.write().await?;
    let person = people::open(&mut tx, &PersonId::from_text(id.as_str()), Deed::ChangePerson).await?;
    people::verify_identifier(&mut tx, &person, &number).await?;
    tx.commit().await?;
    cx.go(&details(&id), "The number is verified.")
}

/// POST /people/{person}/numbers/{number}/remove: it was never theirs.
pub async fn remove(cx: Context, Path((id, number)): Path<(String, String)>, Posted(_): Posted) -> Outcome {
    let mut tx = cx.write().await?;
    let person = people::open(&mut tx, &PersonId::from_text(id.as_str()), Deed::ChangePerson).await?;
    people::remove_identifier(&mut tx, &person, &number).await?;
    tx.commit().await?;
    cx.go(&details(&id), "The number was taken away. What it was stays in the audit.")
}
