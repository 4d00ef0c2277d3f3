//! Adding a person, and changing who they are. Adding always searches first: likely matches are shown with the reason,
//! and somebody is added only after "None of these". Not known, not asked and refused are three different answers.

use axum::extract::Path;
use care::{
    access::Deed,
    matching::{Born, Sought, read_search},
    person::{NhsNumber, plausible},
};
use jiff::civil::Date;
use returns::codes::CodeSet;
use store::{
    Day, drafts, forms,
    id::PersonId,
    people::{self, BornAbout, NewPerson, Verified},
};

use super::{find::likely, frame, opened};
use crate::web::{
    Context, Outcome, Problem, drafts as draft,
    form::Form,
    govuk::{self, Choice},
    posted::Posted,
};

/// The answers that are not an answer.
const UNANSWERED: &[(&str, &str)] = &[("unknown", "Not known"), ("not_asked", "Not asked"), ("refused", "Did not want to say")];

/// GET /people/new
pub async fn show(cx: Context) -> Outcome {
    page(&cx, None, Form::default(), Vec::new()).await
}

/// POST /people/new/start: from a search, with what was typed there.
pub async fn start(cx: Context, Posted(form): Posted) -> Outcome {
    let typed = form.raw("q");
    let sought = read_search(&typed, cx.today().year());
    let mut first = Form::default();
    first.set("given_name", care::words::capital(&sought.given.join(" ")));
    first.set("surname", care::words::capital(&sought.family.join(" ")));
    page(&cx, None, first, Vec::new()).await
}

async fn page(cx: &Context, sent: Option<&Form>, first: Form, matches: Vec<super::find::Row>) -> Outcome {
    let mut tx = cx.read().await?;
    let (form, shown) = match sent {
        Some(form) => (form.clone(), draft::again("person", "new", form)),
        None => draft::opened(&mut tx, "person", "new", first).await?,
    };
    let data = minijinja::context! {
        draft => govuk::value(&shown), choices => govuk::value(&Choices::all()), matches => govuk::value(&matches), action => "/people/new", frame => false,
    };
    cx.form(tx, "Add a person", "people/new.html", &form, data).await
}

/// POST /people/new
pub async fn submit(cx: Context, Posted(mut form): Posted) -> Outcome {
    if form.wants_draft() {
        return draft::kept(&cx, "person", "new", &form).await;
    }
    let new = read(&mut form, cx.today());
    let nhs = nhs_number(&mut form);
    if !form.is_good() {
        return page(&cx, Some(&form), Form::default(), Vec::new()).await;
    }
    if form.raw("none_of_these") != "yes" {
        let matches = likely(&cx, &sought(&new, &form)).await?;
        if !matches.is_empty() {
            return page(&cx, Some(&form), Form::default(), matches).await;
        }
    }
    create(&cx, &form, &new, nhs).await
}

async fn create(cx: &Context, form: &Form, new: &NewPerson, nhs: Option<(String, Verified)>) -> Result<axum::response::Response, Problem> {
    let mut tx = cx.write().await?;
    if let forms::Once::Again(to) = forms::once(&mut tx, &form.token()).await? {
        return cx.go(&to, "Person added.");
    }
    let id = people::create(&mut tx, new).await?;
    let opened = people::created(&mut tx, &id).await?;
    if let Some((value, verified)) = nhs {
        people::identifier(&mut tx, &opened, "nhs", &value, verified).await?;
    }
    if form.has("address") || form.has("postcode") {
        people::address(&mut tx, &opened, &super::details::typed_address(form)).await?;
    }
    drafts::clear(&mut tx, "person", "new", &draft::from(form)).await?;
    let to = format!("/people/{id}");
    forms::led_to(&mut tx, &form.token(), &to).await?;
    tx.commit().await?;
    cx.go(&to, "Person added.")
}

fn sought(new: &NewPerson, form: &Form) -> Sought {
    let born = new.born_on.map_or(Born::default(), |d| Born::on(d.0));
    Sought::read(&new.given_name, &new.surname, born, &form.raw("postcode")).with_number(&form.raw("nhs_number"))
}

/// GET /people/{person}/edit
pub async fn edit(cx: Context, Path(id): Path<String>) -> Outcome {
    edit_page(&cx, &id, None).await
}

async fn edit_page(cx: &Context, id: &str, sent: Option<&Form>) -> Outcome {
    let (mut tx, person) = opened(cx, id, Deed::ChangePerson).await?;
    let form = sent.cloned().unwrap_or_else(|| filled(person.person()));
    let data = minijinja::context! {
        frame => govuk::value(&frame(&mut tx, &person, "/details").await?), draft => false, choices => govuk::value(&Choices::all()),
        matches => Vec::<String>::new(), action => format!("/people/{id}/edit"), version => person.person().version,
    };
    cx.form(tx, "Change details", "people/new.html", &form, data).await
}

/// POST /people/{person}/edit
pub async fn change(cx: Context, Path(id): Path<String>, Posted(mut form): Posted) -> Outcome {
    let new = read(&mut form, cx.today());
    let version = form.version();
    let (true, Some(version)) = (form.is_good(), version) else { return edit_page(&cx, &id, Some(&form)).await };
    let mut tx = cx.write().await?;
    let person = people::open(&mut tx, &PersonId::from_text(id.as_str()), Deed::ChangePerson).await?;
    people::change(&mut tx, &person, version, &new).await?;
    tx.commit().await?;
    cx.go(&format!("/people/{id}/details"), "Details saved.")
}

/// What is stored, as it would be typed.
fn filled(person: &people::Person) -> Form {
    let text = |v: &Option<String>| v.clone().unwrap_or_default();
    let mut form = Form::default();
    for (field, value) in [
        ("given_name", person.given_name.clone()),
        ("surname", person.surname.clone()),
        ("known_as", text(&person.known_as)),
        ("pronouns", text(&person.pronouns)),
        ("sex", person.sex.clone()),
        ("ethnicity", person.ethnicity.clone()),
        ("first_language", person.first_language.clone()),
        ("interpreter", person.interpreter.clone()),
        ("disability", person.disability.clone()),
        ("disability_codes", person.disability_codes.clone()),
        ("telephone", text(&person.telephone)),
        ("email", text(&person.email)),
        ("born_about", if person.born_about { "yes".into() } else { String::new() }),
    ] {
        form.set(field, value);
    }
    for (field, day) in [("born_on", person.born_on), ("expected_on", person.expected_on), ("died_on", person.died_on)] {
        if let Some(day) = day {
            crate::web::record::dated(&mut form, field, day.0);
        }
    }
    form
}

/// Reads who the person is; only the impossible is refused.
fn read(form: &mut Form, today: Date) -> NewPerson {
    let given_name = form.text("given_name", 0..=200, "");
    let surname = form.text("surname", 0..=200, "");
    if given_name.is_empty() && surname.is_empty() && !form.has("expected_on-day") {
        form.error("given_name", "Enter a given name or a family name");
    }
    let born = form.date("born_on", "the date of birth");
    let expected = form.date("expected_on", "the expected date of birth");
    let died = form.date("died_on", "the date of death");
    refuse(form, "born_on", born.and_then(|on| plausible::born(on, &[], today).err()));
    refuse(form, "expected_on", expected.and_then(|on| plausible::expected(on, today).err()));
    refuse(form, "died_on", died.and_then(|on| plausible::happened("Date of death", on, today).err()));
    if let (Some(born), Some(died)) = (born, died) {
        refuse(form, "died_on", plausible::not_before("Date of death", died, "the date of birth", born).err());
    }
    let answer = |form: &Form, field: &str| if form.has(field) { form.raw(field) } else { "not_asked".to_owned() };
    let optional = |form: &mut Form, field: &str, most: usize| Some(form.text(field, 0..=most, "")).filter(|t| !t.is_empty());
    NewPerson {
        known_as: optional(form, "known_as", 200),
        pronouns: optional(form, "pronouns", 60),
        telephone: optional(form, "telephone", 60),
        email: optional(form, "email", 200),
        born_on: Day::option(born),
        born_about: if form.has("born_about") { BornAbout::About } else { BornAbout::Exactly },
        expected_on: Day::option(expected),
        died_on: Day::option(died),
        sex: answer(form, "sex"),
        ethnicity: answer(form, "ethnicity"),
        first_language: answer(form, "first_language"),
        interpreter: answer(form, "interpreter"),
        disability: answer(form, "disability"),
        disability_codes: form.text("disability_codes", 0..=200, ""),
        given_name,
        surname,
    }
}

fn refuse(form: &mut Form, field: &str, problem: Option<impl std::fmt::Display>) {
    if let Some(problem) = problem {
        form.date_error(field, problem.to_string());
    }
}

/// An NHS number whose check digit does not hold is queried once; confirmed, it is kept as not verified.
fn nhs_number(form: &mut Form) -> Option<(String, Verified)> {
    let typed = form.raw("nhs_number");
    if typed.is_empty() {
        return None;
    }
    match NhsNumber::read(&typed) {
        Ok(number) => Some((number.digits().to_owned(), Verified::Yes)),
        Err(_) if form.raw("nhs_number_sure") == typed => Some((typed, Verified::No)),
        Err(problem) => {
            form.error("nhs_number", format!("{problem}. Check it, or send the form again to keep it as not verified"));
            form.set("nhs_number_sure", typed);
            None
        }
    }
}

#[derive(serde::Serialize)]
struct Choices {
    sex: Vec<Choice>,
    ethnicity: Vec<Choice>,
    interpreter: Vec<Choice>,
    disability: Vec<Choice>,
}

impl Choices {
    fn all() -> Self {
        let choice = |(value, text): (&str, &str)| Choice { value: value.into(), text: text.into(), hint: None };
        let unanswered = || UNANSWERED.iter().copied().map(choice);
        let with = |first: Vec<(&str, &str)>| first.into_iter().map(choice).chain(unanswered()).collect::<Vec<_>>();
        let sexes = care::person::Sex::ALL.iter().map(|s| (s.code(), s.label())).collect();
        let ethnicity = returns::codes::Ethnicity::ALL.iter().map(|e| (e.code(), e.label())).collect();
        Choices {
            sex: with(sexes),
            ethnicity: with(ethnicity),
            interpreter: with(vec![("yes", "Yes"), ("no", "No")]),
            disability: with(vec![("yes", "Yes"), ("no", "No")]),
        }
    }
}
