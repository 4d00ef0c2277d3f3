//! The hand-over from one shift to the next. What nobody has read stays on top and red, whatever the day.

use axum::extract::{Path, Query};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::{
    Tx,
    forms::{self, Once},
    front_door::{Member, membership},
    hand_over::{self, Line, NewLine, Urgency, Which},
    id::{EnquiryId, PersonId, TeamId},
    people, teams,
};

use crate::web::{
    Context, Outcome, Problem,
    form::Form,
    govuk::{self, Choice},
    posted::Posted,
    record::dated,
};

#[derive(Serialize)]
struct Row {
    #[serde(flatten)]
    line: Line,
    urgency_words: &'static str,
    person: Option<String>,
    mine: bool,
    /// Whether the reader may open the enquiry: managers of other teams read the line alone.
    opens: bool,
}

/// GET /front-door/hand-over
pub async fn show(cx: Context) -> Outcome {
    lists(&cx, &Form::default(), None).await
}

/// The lists; `about` is the line whose form comes back with what is missing.
async fn lists(cx: &Context, form: &Form, about: Option<&str>) -> Outcome {
    let mut tx = cx.read().await?;
    let unread = rows(cx, &mut tx, Which::Unread).await?;
    let to_do = rows(cx, &mut tx, Which::ToDo).await?;
    if about.is_some_and(|id| !to_do.iter().any(|row| row.line.id == id)) {
        return Err(Problem::NotFound);
    }
    let finished = rows(cx, &mut tx, Which::Finished).await?;
    let data = minijinja::context! { unread => govuk::value(&unread), to_do => govuk::value(&to_do), finished => govuk::value(&finished) };
    cx.form(tx, "Hand-over", "front_door/hand_over.html", form, data).await
}

async fn rows(cx: &Context, tx: &mut Tx, which: Which) -> Result<Vec<Row>, Problem> {
    let me = cx.worker()?.standing.worker.name();
    let opens = membership(tx).await? == Member::OfFrontDoor;
    let mut rows = Vec::new();
    for line in hand_over::list(tx, which).await? {
        let person = match &line.person_id {
            Some(id) => Some(people::index_card(tx, id).await?.name),
            None => None,
        };
        let urgency_words = Urgency::from_code(&line.urgency).map_or("", Urgency::label);
        rows.push(Row { opens, mine: line.writer.as_deref() == Some(&me), urgency_words, person, line });
    }
    Ok(rows)
}

#[derive(Deserialize)]
pub struct About {
    #[serde(default)]
    person: String,
    #[serde(default)]
    enquiry: String,
}

/// GET /front-door/hand-over/new
pub async fn new(cx: Context, Query(about): Query<About>) -> Outcome {
    let mut form = Form::opened([("person", about.person.as_str()), ("enquiry", about.enquiry.as_str())]);
    dated(&mut form, "for_on", cx.today());
    page(&cx, &form).await
}

async fn page(cx: &Context, form: &Form) -> Outcome {
    let mut tx = cx.read().await?;
    let person = match form.raw("person") {
        id if id.is_empty() => None,
        id => Some(people::index_card(&mut tx, &PersonId::from_text(id)).await?.name),
    };
    let mut teams: Vec<_> = teams::all(&mut tx).await?.into_iter().filter(|t| t.kind != "group").collect();
    teams.sort_by_key(|t| !matches!(t.kind.as_str(), "front_door" | "emergency_duty"));
    let choice = |value: &str, text: &str| Choice { value: value.into(), text: text.into(), hint: None };
    let teams: Vec<Choice> = teams.iter().map(|t| choice(t.id.as_str(), &t.name)).collect();
    let urgency: Vec<Choice> = Urgency::ALL.iter().map(|u| choice(u.code(), u.label())).collect();
    let data = minijinja::context! { teams => govuk::value(&teams), urgency => govuk::value(&urgency), person };
    cx.form(tx, "Hand something over", "front_door/hand_over_new.html", form, data).await
}

/// POST /front-door/hand-over/new
pub async fn submit(cx: Context, Posted(mut form): Posted) -> Outcome {
    let Some(new) = read(&cx, &mut form).await? else { return page(&cx, &form).await };
    let mut tx = cx.write().await?;
    if let Once::Again(to) = forms::once(&mut tx, &form.token()).await? {
        return cx.go(&to, "Handed over.");
    }
    if let Err(e) = hand_over::write(&mut tx, &new).await {
        drop(tx);
        form.refused(e)?;
        return page(&cx, &form).await;
    }
    forms::led_to(&mut tx, &form.token(), "/front-door/hand-over").await?;
    tx.commit().await?;
    cx.go("/front-door/hand-over", "Handed over. It stays red until somebody has read it.")
}

async fn read(cx: &Context, form: &mut Form) -> Result<Option<NewLine>, Problem> {
    let what_happened = form.text("what_happened", 1..=20_000, "Say what happened");
    let what_to_do = form.text("what_to_do", 0..=5_000, "");
    let urgencies: Vec<(&str, Urgency)> = Urgency::ALL.iter().map(|u| (u.code(), *u)).collect();
    let urgency = form.choice("urgency", &urgencies, "Choose how soon somebody must act");
    if urgency.is_some_and(|u| u != Urgency::ToKnow) && what_to_do.is_empty() {
        form.error("what_to_do", "Say what is to be done");
    }
    let for_on: Option<Date> = form.required_date("for_on", "the day for which it is meant");
    let to_team = form.text("to_team", 1..=64, "Choose a team");
    let enquiry = enquiry(cx, form).await?;
    let (Some(urgency), Some(for_on), true) = (urgency, for_on, form.is_good()) else { return Ok(None) };
    let person = Some(form.raw("person")).filter(|id| !id.is_empty()).map(PersonId::from_text);
    Ok(Some(NewLine { for_on, to_team: TeamId::from_text(to_team), person, enquiry, urgency, what_happened, what_to_do }))
}

/// The enquiry by the reference that was typed.
async fn enquiry(cx: &Context, form: &mut Form) -> Result<Option<EnquiryId>, Problem> {
    let typed = form.raw("enquiry").to_uppercase();
    if typed.is_empty() {
        return Ok(None);
    }
    let mut tx = cx.read().await?;
    let found = hand_over::enquiry(&mut tx, &typed).await?;
    tx.finish().await?;
    if found.is_none() {
        form.error("enquiry", "There is no enquiry with this reference");
    }
    Ok(found)
}

/// POST /front-door/hand-over/{line}/read
pub async fn mark_read(cx: Context, Path(id): Path<String>, Posted(_): Posted) -> Outcome {
    let mut tx = cx.write().await?;
    hand_over::read(&mut tx, &id).await?;
    tx.commit().await?;
    cx.go("/front-door/hand-over", "Marked as read by you.")
}

/// POST /front-door/hand-over/{line}/done
pub async fn mark_done(cx: Context, Path(id): Path<String>, Posted(mut form): Posted) -> Outcome {
    if form.raw("done_words").trim().is_empty() {
        form.error(&format!("done-{id}"), "Say what was done");
        return lists(&cx, &form, Some(&id)).await;
    }
    let mut tx = cx.write().await?;
    hand_over::done(&mut tx, &id, &form.raw("done_words")).await?;
    tx.commit().await?;
    cx.go("/front-door/hand-over", "Finished.")
}
