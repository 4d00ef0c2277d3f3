//! One enquiry: what was said, whom it concerns and who they may be on record, what came before, what was done, and the
//! small steps until it is decided. Saying that somebody is this record opens the history of the person, their household
//! and their brothers and sisters until the decision and five working days after.

use std::{
    collections::BTreeMap,
    hash::{DefaultHasher, Hash, Hasher},
};

use axum::{extract::Path, response::Response};
use care::{
    access::Deed,
    front_door::{EnquiryState, EnquiryStep, Screening},
};
use serde::Serialize;
use store::{
    Error, Tx,
    forms::{self, Once},
    front_door::{self, Acknowledgement, ByHand, Enquiry, EnquiryPerson, Head, Match, Opened},
    id::{EnquiryId, PersonId, WorkerId},
};

use super::{
    board::band_kind,
    decide::{beside, conflict, said},
    taking,
};
use crate::web::{
    Context, Outcome, Problem,
    drafts::{self, OnPage},
    form::Form,
    govuk::{self, Choice},
    posted::Posted,
};

/// The kind of draft that each small form of the page keeps.
const STEP: &str = "enquiry_step";
const STEPS: &[&str] =
    &["information", "acted", "hand_over", "information_came", "ask_for_information", "withdraw", "reopen", "add_person"];

/// Somebody in the enquiry, with the records that may be theirs.
#[derive(Serialize)]
struct One {
    id: String,
    name: String,
    part: &'static str,
    age: String,
    lives_at: String,
    relation: String,
    person_id: Option<PersonId>,
    matches: Vec<Match>,
    /// Nobody is added to the records without a name.
    named: bool,
}

/// GET /front-door/enquiries/{enquiry}
pub async fn show(cx: Context, Path(id): Path<String>) -> Outcome {
    page(&cx, &id, &Form::default()).await
}

async fn page(cx: &Context, id: &str, form: &Form) -> Outcome {
    let mut tx = cx.read().await?;
    let opened = front_door::open(&mut tx, &EnquiryId::from_text(id)).await?;
    let people = front_door::people_of(&mut tx, &opened).await?;
    tx.finish().await?;
    let state = opened.enquiry.state()?;
    let mut all = Vec::with_capacity(people.len());
    for person in people {
        // What is come upon may have to be told to a guardian at once, so the search has a transaction of its own.
        let matches = match (&person.person_id, state.is_open()) {
            (None, true) => front_door::matches(&cx.app.db, &cx.act(), opened.id(), &person).await?,
            _ => Vec::new(),
        };
        all.push(one(person, matches));
    }
    let mut tx = cx.read().await?;
    let (form, left) = left(&mut tx, id, form).await?;
    let around = beside(&mut tx, &opened, Deed::ReadRecord).await?;
    let data = minijinja::context! {
        id, version => opened.enquiry.version, state => state.label(), open => state.is_open(), band_kind => band_kind(opened.enquiry.band()),
        decided => state == EnquiryState::Decided, waits => state == EnquiryState::AwaitingSignOff, awaits => state == EnquiryState::AwaitingInformation,
        mine => opened.enquiry.owner_id.as_ref() == Some(&cx.worker()?.standing.worker.id), all => govuk::value(&all),
        may_decide => cx.has_role(Deed::DecideEnquiry.granted_to()), manages => cx.roles().iter().any(|role| role.is_manager()),
        may_work => cx.has_role(Deed::RecordEnquiry.granted_to()), may_add => cx.has_role(Deed::ChangePerson.granted_to()),
        left => govuk::value(&left), sees_board => cx.has_role(Deed::SeeFrontDoor.granted_to()), alarm => alarm(&opened.enquiry),
        ..more(cx, &mut tx, &opened).await?
    };
    let data = minijinja::context! { ..data, ..said(&mut tx, &opened, &around).await? };
    cx.form(tx, "Enquiry", "front_door/enquiry.html", &form, data).await
}

/// What was typed of each step: as it came back with an error, or as it was left. The fields of a step that has more than
/// words are the page's own, so they are put back into its form.
async fn left(tx: &mut Tx, id: &str, form: &Form) -> Result<(Form, BTreeMap<String, OnPage>), Problem> {
    let mut left = drafts::on_page(tx, STEP, id, STEPS).await?;
    let step = form.raw("step");
    if !step.is_empty() {
        left.insert(step.clone(), OnPage { shown: drafts::again(STEP, &format!("{id}.{step}"), form), typed: form.typed() });
    }
    let mut form = form.clone();
    for (field, words) in ["add_person", "hand_over"].iter().filter_map(|step| left.get(*step)).flat_map(|one| &one.typed) {
        if !matches!(field.as_str(), "step" | "words" | "version") && !form.has(field) {
            form.set(field, words.to_string());
        }
    }
    Ok((form, left))
}

/// What the questions about danger say, until somebody acted on it.
fn alarm(enquiry: &Enquiry) -> Option<&'static str> {
    let screening = enquiry.screening();
    let silent = enquiry.acted_at.is_some() || enquiry.decided_at.is_some() || matches!(screening, Screening::NoDanger);
    (!silent).then(|| screening.words())
}

async fn more(cx: &Context, tx: &mut Tx, opened: &Opened) -> Result<minijinja::Value, Problem> {
    let steps: Vec<_> = front_door::steps(tx, opened).await?.into_iter().map(step_words).collect();
    let messages = front_door::messages(tx, opened).await?;
    let colleagues: Vec<Choice> = front_door::colleagues(tx, opened)
        .await?
        .into_iter()
        .map(|(id, name)| Choice { value: id.to_string(), text: name, hint: None })
        .collect();
    let (letter, _) = front_door::acknowledgement(tx, &opened.enquiry, &head(cx)).await?;
    let message = front_door::by_safe_way(&opened.enquiry.safe_reply(), &opened.enquiry.enquirer_name, &letter);
    let parts: Vec<Choice> =
        front_door::Part::ALL.iter().map(|part| Choice { value: part.code().into(), text: part.label().into(), hint: None }).collect();
    Ok(minijinja::context! {
        steps, colleagues => govuk::value(&colleagues), parts => govuk::value(&parts), letter => govuk::value(&(&letter.subject, &letter.body)), message => govuk::value(&message),
        messages => messages.iter().map(|m| minijinja::context! { id => m.id.to_string(), subject => m.subject.clone(), channel => m.channel.clone(), state => m.state.clone() }).collect::<Vec<_>>(),
        can_be_answered => opened.enquiry.can_be_answered(),
    })
}

fn head(cx: &Context) -> Head {
    super::decide::letters::head(cx)
}

fn one(person: EnquiryPerson, matches: Vec<Match>) -> One {
    let age = person.born_on.map_or_else(|| person.born_words.clone(), |on| format!("born {}", care::words::date(on.0)));
    let lives_at = [person.address.as_str(), person.postcode.as_str()].into_iter().filter(|part| !part.is_empty());
    One {
        name: person.name(),
        part: front_door::Part::from_code(&person.part).map_or("", front_door::Part::label),
        lives_at: lives_at.collect::<Vec<_>>().join(", "),
        relation: person.relation.clone(),
        named: !person.given_name.is_empty() || !person.surname.is_empty(),
        id: person.id,
        person_id: person.person_id,
        age,
        matches,
    }
}

fn step_words(step: front_door::Step) -> minijinja::Value {
    let label = EnquiryStep::from_code(&step.step).map_or_else(
        || match step.step.as_str() {
            "received" => "Received".to_owned(),
            "acted" => "Acted on".into(),
            "linked" => "Somebody was found on record".into(),
            "unlinked" => "It was somebody else: the link was taken back".into(),
            "removed_person" => "Named by mistake".into(),
            "not_told" => "The enquirer cannot be told".into(),
            "handed_over" => "Handed over".into(),
            "taken" => "Taken in hand".into(),
            other => care::words::capital(&other.replace('_', " ")),
        },
        |step| step.label().to_owned(),
    );
    let words = if step.step == "acknowledged" { by_what_way(&step.words) } else { step.words };
    minijinja::context! { label, words, who => step.worker, at => govuk::value(&step.taken_at) }
}

/// The way by which somebody heard, as the history keeps it.
fn by_what_way(code: &str) -> String {
    let words = match code {
        "email" => "By e-mail",
        "letter" => "By letter",
        "telephone" => "On the telephone",
        "in_person" => "In person",
        "through_another" => "Through somebody whom they named",
        other => other,
    };
    words.to_owned()
}

/// POST /front-door/enquiries/{enquiry}: one step, named by the button that was pressed.
pub async fn step(cx: Context, Path(id): Path<String>, Posted(mut form): Posted) -> Outcome {
    let version = form.version().unwrap_or(-1);
    let words = form.text("words", 0..=5_000, "");
    let wanted = form.raw("step");
    if !form.is_good() {
        return page(&cx, &id, &form).await;
    }
    let (token, to) = (step_token(&id, &form), format!("/front-door/enquiries/{id}"));
    let mut tx = cx.write().await?;
    let opened = front_door::open(&mut tx, &EnquiryId::from_text(&id)).await?;
    if let Once::Again(led_to) = forms::once(&mut tx, &token).await? {
        return cx.go(&led_to, "");
    }
    let (done, news) = match wanted.as_str() {
        "take" => (front_door::take(&mut tx, &opened, version).await, "It is in your hands."),
        "acted" => (front_door::acted(&mut tx, &opened, version, &words).await, "Put on record: somebody acted."),
        "information" => (front_door::add_information(&mut tx, &opened, &words).await, "Added."),
        "hand_over" => (hand_over(&mut tx, &opened, version, &form.raw("to"), &words).await, "Handed over. They have been told."),
        "acknowledge" => (acknowledge(&cx, &mut tx, &opened, version, &form.raw("how")).await, "Acknowledged."),
        "add_person" => (add_person(&cx, &mut tx, &opened, &mut form).await, "Added. See whether they are on record."),
        "link" => (
            front_door::link(&mut tx, &opened, &form.raw("row"), &PersonId::from_text(form.raw("record"))).await,
            "Found. The history is open to you until the decision and 5 working days after.",
        ),
        "add_record" => (
            front_door::add_to_records(&mut tx, &opened, &form.raw("row")).await,
            "Added to the records, as the caller spoke of them. Fill in the rest on their record when you know it.",
        ),
        "unlink" => (front_door::unlink(&mut tx, &opened, &form.raw("row")).await, "Taken back, and with it what it had opened."),
        "remove" => (front_door::remove_person(&mut tx, &opened, &form.raw("row")).await, "Removed."),
        other => match EnquiryStep::from_code(other).filter(|step| *step != EnquiryStep::Decide) {
            Some(step) => (front_door::move_on(&mut tx, &opened, version, step, &words).await, "Done."),
            None => return Err(Problem::NotFound),
        },
    };
    match done {
        Ok(()) if form.is_good() => {
            forms::led_to(&mut tx, &token, &to).await?;
            tx.commit().await?;
            cx.go(&to, news)
        }
        Ok(()) => {
            drop(tx);
            page(&cx, &id, &form).await
        }
        Err(problem) => {
            drop(tx);
            refused(&cx, &id, form, problem).await
        }
    }
}

/// What makes a second sending of the same step harmless. The page has many forms and one token, and going back to it
/// must not swallow another step: what is asked for is part of the token, as a number that tells none of its words.
fn step_token(id: &str, form: &Form) -> String {
    let token = form.token();
    if token.is_empty() {
        return token;
    }
    let mut hasher = DefaultHasher::new();
    (id, form.matter()).hash(&mut hasher);
    format!("{token}-{:016x}", hasher.finish())
}

/// What could not be done is said at its place, with everything typed kept.
async fn refused(cx: &Context, id: &str, mut form: Form, problem: Error) -> Outcome {
    if matches!(problem, Error::Stale) {
        form.error("history", "Somebody changed this enquiry meanwhile. Nothing you typed is lost: read what changed, then do it again");
        let response: Response = page(cx, id, &form).await?;
        return Ok(conflict(response));
    }
    let Error::Refused { field, words } = problem else { return Err(problem.into()) };
    let field = if field == "words" { format!("words-{}", form.raw("step")) } else { field.to_owned() };
    form.error(&field, words);
    page(cx, id, &form).await
}

async fn hand_over(tx: &mut Tx, opened: &Opened, version: i64, to: &str, words: &str) -> store::Result<()> {
    if !front_door::colleagues(tx, opened).await?.iter().any(|(id, _)| id.as_str() == to) {
        return Err(Error::refused("to", "Choose who takes it over"));
    }
    front_door::hand_over(tx, opened, version, &WorkerId::from_text(to), words).await
}

async fn acknowledge(cx: &Context, tx: &mut Tx, opened: &Opened, version: i64, how: &str) -> store::Result<()> {
    let how = match how {
        "message" => {
            let (letter, _) = front_door::acknowledgement(tx, &opened.enquiry, &head(cx)).await?;
            let message = front_door::by_safe_way(&opened.enquiry.safe_reply(), &opened.enquiry.enquirer_name, &letter);
            Acknowledgement::Sent(message.ok_or_else(|| Error::refused("how", "A message is not safe here. Somebody has to tell them"))?)
        }
        "telephone" => Acknowledgement::Said(ByHand::Telephone),
        "in_person" => Acknowledgement::Said(ByHand::InPerson),
        "through_another" => Acknowledgement::Said(ByHand::ThroughAnother),
        _ => return Err(Error::refused("how", "Choose how they heard that it was received")),
    };
    front_door::acknowledge(tx, opened, version, &how).await
}

async fn add_person(cx: &Context, tx: &mut Tx, opened: &Opened, form: &mut Form) -> store::Result<()> {
    match taking::person(form, "", cx.today()) {
        Some(person) if form.is_good() => front_door::add_person(tx, opened, &person).await.map(|_| ()),
        Some(_) => Ok(()),
        None => Err(Error::refused("given", "Enter a name, an age or an address")),
    }
}
