//! Adding a person. Adding always searches first: likely matches are shown with the reason, and somebody is added only
//! after "None of these". Not known, not asked and refused are three different answers.

use care::{
    matching::{self, Born, Sought, read_search},
    person::{NameUse, NumberKind, TypedNumber, plausible, read_name_part},
};
use jiff::civil::Date;
use returns::codes::{CodeSet, Disability, Ethnicity};
use store::{
    Day, Tx, drafts, forms,
    people::{self, BornAbout, NewPerson, Opened, Verified},
};

use super::{choice, find::likely, known_by::typed_address, words};
use crate::web::{
    Context, Outcome, Problem, drafts as draft,
    form::Form,
    govuk::{self, Choice},
    posted::Posted,
};

/// GET /people/new
pub async fn show(cx: Context) -> Outcome {
    page(&cx, None, Form::default(), Vec::new()).await
}

/// POST /people/new/start: from a search, with what was typed there.
pub async fn start(cx: Context, Posted(form): Posted) -> Outcome {
    let q = form.raw("q");
    let sought = read_search(&q, cx.today().year());
    let mut first = Form::default();
    // As they were typed, with their accents, not as they are compared.
    let name = |words: &[String]| {
        let typed = q.split_whitespace().map(|word| word.trim_matches(','));
        let of_part = typed.filter(|word| matching::words(word).first().is_some_and(|first| words.contains(first)));
        of_part.map(care::words::capital).collect::<Vec<_>>().join(" ")
    };
    first.set("given_name", name(&sought.given));
    first.set("surname", name(&sought.family));
    if let (Some(year), Some(month), Some(day)) = (sought.born.year, sought.born.month, sought.born.day) {
        for (part, value) in [("day", i16::from(day)), ("month", i16::from(month)), ("year", year)] {
            first.set(&format!("born_on-{part}"), value.to_string());
        }
    }
    page(&cx, None, first, Vec::new()).await
}

async fn page(cx: &Context, sent: Option<&Form>, first: Form, matches: Vec<super::find::Row>) -> Outcome {
    let mut tx = cx.read().await?;
    let (form, shown) = match sent {
        Some(form) => (form.clone(), draft::again("person", "new", form)),
        None => draft::opened(&mut tx, "person", "new", first).await?,
    };
    let data =
        minijinja::context! { draft => govuk::value(&shown), choices => govuk::value(&Choices::all()), matches => govuk::value(&matches) };
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
    let matches = likely(&cx, &sought(&new, &form)).await?;
    // "None of these" answers the very matches that were shown; new ones since then are shown first.
    let shown = form.raw("shown");
    if matches.iter().any(|row| !shown.split(' ').any(|id| id == row.id.as_str())) {
        return page(&cx, Some(&form), Form::default(), matches).await;
    }
    create(&cx, &form, &new, nhs).await
}

async fn create(cx: &Context, form: &Form, new: &NewPerson, nhs: Option<(String, Verified)>) -> Outcome {
    let mut tx = cx.write().await?;
    if let forms::Once::Again(to) = forms::once(&mut tx, &form.token()).await? {
        return cx.go(&to, "Person added.");
    }
    let id = people::create(&mut tx, new).await?;
    let opened = people::created(&mut tx, &id).await?;
    particulars(&mut tx, &opened, form, nhs).await?;
    drafts::clear(&mut tx, "person", "new", &draft::from(form)).await?;
    let to = format!("/people/{id}");
    forms::led_to(&mut tx, &form.token(), &to).await?;
    tx.commit().await?;
    cx.go(&to, "Person added.")
}

/// The number, the other names and the address that came with a new person.
async fn particulars(tx: &mut Tx, opened: &Opened, form: &Form, nhs: Option<(String, Verified)>) -> Result<(), Problem> {
    if let Some((value, verified)) = nhs {
        people::identifier(tx, opened, NumberKind::Nhs.code(), &value, verified).await?;
    }
    for other in form.raw("other_names").lines().map(str::trim).filter(|name| !name.is_empty()) {
        let (given, family) = other.rsplit_once(' ').unwrap_or((other, ""));
        people::name(tx, opened, NameUse::Alias, given, family, None).await?;
    }
    if form.has("address") || form.has("postcode") {
        people::address(tx, opened, &typed_address(form)).await?;
    }
    Ok(())
}

fn sought(new: &NewPerson, form: &Form) -> Sought {
    let born = new.born_on.map_or(Born::default(), |d| Born::on(d.0));
    Sought::read(&new.given_name, &new.surname, born, &form.raw("postcode")).with_number(&form.raw("nhs_number"))
}

/// Everything that the form asks of who the person is; only the impossible is refused.
fn read(form: &mut Form, today: Date) -> NewPerson {
    let (telephone, email) = read_contact(form);
    let about = read_about(form);
    form.text("address", 0..=500, "");
    form.text("postcode", 0..=12, "");
    form.text("other_names", 0..=1000, "");
    if form.raw("other_names").lines().any(|line| line.chars().count() > 200) {
        form.error("other_names", "Each name must have 200 letters or fewer");
    }
    NewPerson {
        telephone,
        email,
        ethnicity: about.ethnicity,
        first_language: about.first_language,
        interpreter: about.interpreter,
        disability: about.disability,
        disability_codes: about.disability_codes,
        ..read_identity(form, today)
    }
}

/// Names, birth, death, sex and pronouns.
pub fn read_identity(form: &mut Form, today: Date) -> NewPerson {
    let given_name = name_part(form, "given_name", "Given names");
    let surname = name_part(form, "surname", "The family name");
    let known_as = Some(name_part(form, "known_as", "The name")).filter(|t| !t.is_empty());
    let pronouns = optional(form, "pronouns", 60);
    let born = form.date("born_on", "the date of birth");
    let expected = form.date("expected_on", "the expected date of birth");
    let died = form.date("died_on", "the date of death");
    if given_name.is_empty() && surname.is_empty() && expected.is_none() {
        form.error("given_name", "Enter a given name or a family name, or when an unborn child is expected");
    }
    refuse(form, "born_on", born.and_then(|on| plausible::born(on, &[], today).err()));
    // A child may have been expected long ago; only for one who is not born yet must the date be near.
    refuse(form, "expected_on", expected.filter(|_| born.is_none()).and_then(|on| plausible::expected(on, today).err()));
    refuse(form, "died_on", died.and_then(|on| plausible::happened("Date of death", on, today).err()));
    if let (Some(born), Some(died)) = (born, died) {
        refuse(form, "died_on", plausible::not_before("Date of death", died, "the date of birth", born).err());
    }
    NewPerson {
        known_as,
        pronouns,
        born_on: Day::option(born),
        born_about: if form.has("born_about") { BornAbout::About } else { BornAbout::Exactly },
        expected_on: Day::option(expected),
        died_on: Day::option(died),
        sex: answer(form, "sex"),
        given_name,
        surname,
        ..NewPerson::default()
    }
}

/// Telephone and e-mail.
pub fn read_contact(form: &mut Form) -> (Option<String>, Option<String>) {
    let email = optional(form, "email", 200);
    if email.as_deref().is_some_and(|e| !e.contains('@') || e.contains(char::is_whitespace)) {
        form.error("email", "Enter an e-mail address like name@example.com, or leave it empty");
    }
    (optional(form, "telephone", 60), email)
}

/// Ethnicity, language, interpreter and disability.
pub fn read_about(form: &mut Form) -> NewPerson {
    let language = form.text("first_language", 0..=60, "");
    let codes: Vec<String> = form.all("disability_codes").into_iter().filter(|code| Disability::from_code(code).is_some()).collect();
    let mut disability = answer(form, "disability");
    if !codes.is_empty() && disability == "no" {
        form.error("disability_codes", "Choose “Yes” above, or no disability below");
    } else if !codes.is_empty() {
        disability = "yes".into();
    }
    NewPerson {
        ethnicity: answer(form, "ethnicity"),
        first_language: if language.is_empty() { answer(form, "first_language_state") } else { language },
        interpreter: answer(form, "interpreter"),
        disability_codes: if disability == "yes" { codes.join(",") } else { String::new() },
        disability,
        ..NewPerson::default()
    }
}

/// A stored language as the two fields that ask for it.
pub fn language_fields(stored: &str) -> (String, String) {
    let is_state = words::UNANSWERED.iter().any(|state| state.code() == stored);
    if is_state { (String::new(), stored.to_owned()) } else { (stored.to_owned(), String::new()) }
}

/// The stored codes as the boxes that are ticked.
pub fn disability_fields(stored: &str) -> Vec<(String, String)> {
    let codes = stored.split([',', ' ']).filter_map(Disability::from_code);
    codes.map(|code| ("disability_codes".to_owned(), code.code().to_owned())).collect()
}

/// A code as it was chosen; nothing chosen means that nobody has asked.
fn answer(form: &Form, field: &str) -> String {
    if form.has(field) { form.raw(field) } else { "not_asked".to_owned() }
}

fn optional(form: &mut Form, field: &str, most: usize) -> Option<String> {
    Some(form.text(field, 0..=most, "")).filter(|t| !t.is_empty())
}

/// A part of a name, without the unseen characters that turn a page's text around.
fn name_part(form: &mut Form, field: &str, what: &str) -> String {
    match read_name_part(what, &form.raw(field)) {
        Ok(part) => part,
        Err(_) => form.text(field, 0..=200, ""),
    }
}

fn refuse(form: &mut Form, field: &str, problem: Option<impl std::fmt::Display>) {
    if let Some(problem) = problem {
        form.date_error(field, problem.to_string());
    }
}

/// An NHS number whose check digit does not hold is queried once; confirmed, it is kept as not verified.
fn nhs_number(form: &mut Form) -> Option<(String, Verified)> {
    if form.has("nhs_number") { super::known_by::queried(form, "nhs_number", NumberKind::Nhs) } else { None }
}

/// A number against its kind: an odd one is kept when the very same is sent again.
pub fn confirmed(typed: TypedNumber, before: &str) -> Result<(String, Verified), String> {
    match typed {
        TypedNumber::Fits(number) => Ok((number, Verified::Yes)),
        TypedNumber::Queried { typed, .. } if typed == before => Ok((typed, Verified::No)),
        TypedNumber::Queried { why, .. } => Err(why),
    }
}

#[derive(serde::Serialize)]
pub struct Choices {
    sex: Vec<Choice>,
    ethnicity: Vec<Choice>,
    yes_no: Vec<Choice>,
    unanswered: Vec<Choice>,
    disabilities: Vec<Choice>,
}

impl Choices {
    pub fn all() -> Self {
        // Nobody has asked until somebody chooses: that comes first in a list, where the first is what stands.
        let unanswered = || words::UNANSWERED.iter().map(|state| choice(state.code(), state.label()));
        let official = |e: &&Ethnicity| !matches!(e, Ethnicity::Refused | Ethnicity::NotYetObtained);
        let ethnicity = Ethnicity::ALL.iter().filter(official).map(|e| choice(e.code(), e.label()));
        Choices {
            sex: care::person::Sex::ALL.iter().map(|s| choice(s.code(), s.label())).chain(unanswered()).collect(),
            ethnicity: unanswered().chain(ethnicity).collect(),
            yes_no: unanswered().chain([choice("yes", "Yes"), choice("no", "No")]).collect(),
            unanswered: unanswered().collect(),
            disabilities: Disability::ALL.iter().filter(|d| **d != Disability::None).map(|d| choice(d.code(), d.label())).collect(),
        }
    }
}
