//! Changing who a person is, one part at a time. Two people who change the same part at once lose nothing: the second is
//! shown both versions, field by field, and saves what is right.

use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect},
};
use care::{access::Deed, coded};
use jiff::civil::Date;
use serde::Serialize;
use store::{
    Day,
    id::PersonId,
    people::{self, BornAbout, NewPerson, Person, Renamed},
};

use super::{form_page, new, opened, words};
use crate::web::{Context, Outcome, Problem, form::Form, govuk, posted::Posted, record::dated};

coded! {
    /// The parts of who somebody is, each of which is a page.
    pub enum Part {
        Identity = "identity", "Name and birth";
        Contact = "contact", "Telephone and e-mail";
        About = "about", "Ethnicity, language and disability";
    }
}

impl Part {
    const fn template(self) -> &'static str {
        match self {
            Part::Identity => "people/edit_identity.html",
            Part::Contact => "people/edit_contact.html",
            Part::About => "people/edit_about.html",
        }
    }
}

fn part(code: &str) -> Result<Part, Problem> {
    Part::from_code(code).ok_or(Problem::NotFound)
}

/// GET /people/{person}/edit: the first part.
pub async fn first(cx: Context, Path(id): Path<String>) -> Outcome {
    let (tx, _) = opened(&cx, &id, Deed::ChangePerson).await?;
    tx.finish().await?;
    Ok(Redirect::to(&format!("/people/{id}/edit/identity")).into_response())
}

/// GET /people/{person}/edit/{part}
pub async fn show(cx: Context, Path((id, code)): Path<(String, String)>) -> Outcome {
    page(&cx, &id, part(&code)?, None, Vec::new()).await
}

async fn page(cx: &Context, id: &str, part: Part, sent: Option<&Form>, both: Vec<Both>) -> Outcome {
    let (tx, person) = opened(cx, id, Deed::ChangePerson).await?;
    let form = sent.cloned().unwrap_or_else(|| {
        let mut form = filled(person.person());
        form.set("version", person.person().version.to_string());
        form
    });
    let more = minijinja::context! {
        version => person.person().version, choices => govuk::value(&new::Choices::all()), both => govuk::value(&both),
        button => if both.is_empty() { "Save details" } else { "Save what stands below" },
    };
    form_page(cx, tx, &person, part.label(), part.template(), &form, more).await
}

/// POST /people/{person}/edit/{part}
pub async fn change(cx: Context, Path((id, code)): Path<(String, String)>, Posted(mut form): Posted) -> Outcome {
    let part = part(&code)?;
    let (tx, person) = opened(&cx, &id, Deed::ChangePerson).await?;
    let stands = person.person().clone();
    tx.finish().await?;
    let wanted = read(part, &mut form, &stands, cx.today());
    let (true, Some(version)) = (form.is_good(), form.version()) else { return page(&cx, &id, part, Some(&form), Vec::new()).await };
    if version != stands.version {
        return stale(&cx, &id, part, &form, &stands, &wanted).await;
    }
    let renamed = if form.raw("renamed") == "mistyped" { Renamed::Mistyped } else { Renamed::Changed };
    let mut tx = cx.write().await?;
    let person = people::open(&mut tx, &PersonId::from_text(id.as_str()), Deed::ChangePerson).await?;
    match people::change(&mut tx, &person, version, &wanted, renamed).await {
        Err(store::Error::Stale) => {
            drop(tx);
            return stale(&cx, &id, part, &form, &stands, &wanted).await;
        }
        other => other?,
    }
    tx.commit().await?;
    cx.go(&format!("/people/{id}/details"), "Details saved.")
}

/// Somebody else saved meanwhile: both versions, where they differ, above the form with what was typed.
async fn stale(cx: &Context, id: &str, part: Part, form: &Form, stands: &Person, wanted: &NewPerson) -> Outcome {
    let both = differences(part, &as_new(stands), wanted);
    let mut response = page(cx, id, part, Some(form), both).await?;
    *response.status_mut() = StatusCode::CONFLICT;
    Ok(response)
}

/// One field in two versions.
#[derive(Debug, Serialize)]
struct Both {
    field: &'static str,
    theirs: String,
    yours: String,
    differs: bool,
}

fn differences(part: Part, theirs: &NewPerson, yours: &NewPerson) -> Vec<Both> {
    let both = |field, say: &dyn Fn(&NewPerson) -> String| {
        let (theirs, yours) = (say(theirs), say(yours));
        Both { field, differs: theirs != yours, theirs, yours }
    };
    let text = |t: &Option<String>| t.clone().unwrap_or_default();
    let day = |d: Option<Day>| d.map(|d| care::words::date(d.0)).unwrap_or_default();
    match part {
        Part::Identity => vec![
            both("Given names", &|p| p.given_name.clone()),
            both("Family name", &|p| p.surname.clone()),
            both("Known as", &|p| text(&p.known_as)),
            both("Pronouns", &|p| text(&p.pronouns)),
            both("Date of birth", &|p| {
                format!("{}{}", day(p.born_on), if p.born_about == BornAbout::About { " (an estimate)" } else { "" })
            }),
            both("Expected on", &|p| day(p.expected_on)),
            both("Died on", &|p| day(p.died_on)),
            both("Sex", &|p| words::sex(&p.sex)),
        ],
        Part::Contact => vec![both("Telephone", &|p| text(&p.telephone)), both("E-mail", &|p| text(&p.email))],
        Part::About => vec![
            both("Ethnicity", &|p| words::ethnicity(&p.ethnicity)),
            both("First language", &|p| words::language(&p.first_language)),
            both("Interpreter needed", &|p| words::yes_no(&p.interpreter)),
            both("Disability", &|p| words::disability(&p.disability, &p.disability_codes)),
        ],
    }
}

/// What the person would be after this part is saved: the rest stays as it stands.
fn read(part: Part, form: &mut Form, stands: &Person, today: Date) -> NewPerson {
    let now = as_new(stands);
    match part {
        Part::Identity => NewPerson {
            ethnicity: now.ethnicity,
            first_language: now.first_language,
            interpreter: now.interpreter,
            disability: now.disability,
            disability_codes: now.disability_codes,
            telephone: now.telephone,
            email: now.email,
            ..new::read_identity(form, today)
        },
        Part::Contact => {
            let (telephone, email) = new::read_contact(form);
            NewPerson { telephone, email, ..now }
        }
        Part::About => {
            let about = new::read_about(form);
            NewPerson {
                ethnicity: about.ethnicity,
                first_language: about.first_language,
                interpreter: about.interpreter,
                disability: about.disability,
                disability_codes: about.disability_codes,
                ..now
            }
        }
    }
}

fn as_new(person: &Person) -> NewPerson {
    NewPerson {
        given_name: person.given_name.clone(),
        surname: person.surname.clone(),
        known_as: person.known_as.clone(),
        born_on: person.born_on,
        born_about: if person.born_about { BornAbout::About } else { BornAbout::Exactly },
        expected_on: person.expected_on,
        died_on: person.died_on,
        sex: person.sex.clone(),
        pronouns: person.pronouns.clone(),
        ethnicity: person.ethnicity.clone(),
        first_language: person.first_language.clone(),
        interpreter: person.interpreter.clone(),
        disability: person.disability.clone(),
        disability_codes: person.disability_codes.clone(),
        telephone: person.telephone.clone(),
        email: person.email.clone(),
    }
}

/// What is stored, as it would be typed.
fn filled(person: &Person) -> Form {
    let text = |v: &Option<String>| v.clone().unwrap_or_default();
    let (language, language_state) = new::language_fields(&person.first_language);
    let mut fields: Vec<(String, String)> = [
        ("given_name", person.given_name.clone()),
        ("surname", person.surname.clone()),
        ("known_as", text(&person.known_as)),
        ("pronouns", text(&person.pronouns)),
        ("sex", person.sex.clone()),
        ("ethnicity", person.ethnicity.clone()),
        ("first_language", language),
        ("first_language_state", language_state),
        ("interpreter", person.interpreter.clone()),
        ("disability", person.disability.clone()),
        ("telephone", text(&person.telephone)),
        ("email", text(&person.email)),
        ("born_about", if person.born_about { "yes".into() } else { String::new() }),
    ]
    .map(|(field, value)| (field.to_owned(), value))
    .into();
    fields.extend(new::disability_fields(&person.disability_codes));
    let mut form = Form::new(fields);
    for (field, day) in [("born_on", person.born_on), ("expected_on", person.expected_on), ("died_on", person.died_on)] {
        if let Some(day) = day {
            dated(&mut form, field, day.0);
        }
    }
    form
}
