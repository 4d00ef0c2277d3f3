//! A visit, saved in one page. Seeing the person meets the clocks that wait for a visit and starts the next; a visit at
//! which the person was not seen is recorded with attempts and reason, and stays due.

use axum::extract::Path;
use care::{
    access::Deed,
    chronology::EntryKind,
    timescale::{self, Start},
    typed_date::TypedDate,
    visit::{BedroomSeen, CheckedVisit, Field, MeetsClock, NotSeenReason, RecordVisit, RiskFlag, Seen, SeenAlone, VisitFacts, check},
    words,
};
use jiff::civil::Date;
use store::{
    Tx, drafts, dues, forms,
    id::{self, EntryId},
    people::Opened,
    record::{self, NewEntry, NewVisit},
};

use super::{also, bar, chosen, dated, reading, writing};
use crate::web::{
    Context, Outcome, Problem, drafts as draft,
    form::Form,
    govuk::{self, Choice},
    people::clocks,
    posted::Posted,
};

pub async fn show(cx: Context, Path(id): Path<String>) -> Outcome {
    page(&cx, &id, None).await
}

async fn page(cx: &Context, id: &str, sent: Option<&Form>) -> Outcome {
    let (mut tx, opened) = reading(cx, id, Deed::WriteNote).await?;
    let (form, shown) = match sent {
        Some(form) => (form.clone(), draft::again("visit", id, form)),
        None => {
            let mut first = Form::default();
            dated(&mut first, "visited_on", cx.today());
            draft::opened(&mut tx, "visit", id, first).await?
        }
    };
    let siblings = record::siblings(&mut tx, &opened).await?;
    let due = waiting(&mut tx, &opened).await?;
    let due = dues::shown(&mut tx, &due).await?;
    let data = minijinja::context! {
        person => govuk::value(&bar::bar(&mut tx, &opened).await?), id, draft => govuk::value(&shown), due => govuk::value(&due),
        also => govuk::value(&also(&siblings)), choices => govuk::value(&Choices::all()),
    };
    cx.form(tx, "Visit", "record/visit.html", &form, data).await
}

#[derive(serde::Serialize)]
struct Choices {
    seen: Vec<Choice>,
    seen_alone: Vec<Choice>,
    bedroom_seen: Vec<Choice>,
    reason: Vec<Choice>,
}

impl Choices {
    fn all() -> Self {
        let choice = |code: &str, label: &str| Choice { value: code.into(), text: label.into(), hint: None };
        Choices {
            seen: Seen::ALL.iter().map(|c| choice(c.code(), c.label())).collect(),
            seen_alone: SeenAlone::ALL.iter().filter(|c| **c != SeenAlone::NotAsked).map(|c| choice(c.code(), c.label())).collect(),
            bedroom_seen: BedroomSeen::ALL.iter().filter(|c| **c != BedroomSeen::NotAsked).map(|c| choice(c.code(), c.label())).collect(),
            reason: NotSeenReason::ALL.iter().map(|c| choice(c.code(), c.label())).collect(),
        }
    }
}

/// The open clocks that a visit meets.
async fn waiting(tx: &mut Tx, opened: &Opened) -> Result<Vec<dues::DueRow>, Problem> {
    Ok(dues::open_for(tx, opened.id()).await?.into_iter().filter(|d| timescale::is_visit(&d.code)).collect())
}

pub async fn submit(cx: Context, Path(id): Path<String>, Posted(mut form): Posted) -> Outcome {
    if form.wants_draft() {
        return draft::kept(&cx, "visit", &id, &form).await;
    }
    let visit = typed(&form);
    for field in ["who_was_there", "child_words", "worker_view", "reason_described", "risk_what", "risk_told"] {
        form.text(field, 0..=20_000, "");
    }
    let (mut tx, opened) = match writing(&cx, &id, Deed::WriteNote, &form).await? {
        Ok(open) => open,
        Err(led_to) => return cx.go(&led_to, "Visit recorded."),
    };
    let facts = facts(&mut tx, &opened, cx.today()).await?;
    let checked = match check(&visit, &facts) {
        Ok(checked) if form.is_good() => checked,
        other => {
            drop(tx);
            for problem in other.err().unwrap_or_default() {
                let field = if problem.field() == Field::VisitedOn { "visited_on-day" } else { problem.field().code() };
                form.error(field, problem.to_string());
            }
            return page(&cx, &id, Some(&form)).await;
        }
    };
    let news = save(&mut tx, &opened, &form, &visit, &checked).await?;
    drafts::clear(&mut tx, "visit", &id, &draft::from(&form)).await?;
    let to = format!("/people/{id}");
    forms::led_to(&mut tx, &form.token(), &to).await?;
    tx.commit().await?;
    cx.go(&to, &news)
}

/// What was typed, before it is judged.
fn typed(form: &Form) -> RecordVisit {
    let (day, month, year) = (form.raw("visited_on-day"), form.raw("visited_on-month"), form.raw("visited_on-year"));
    let risk = form.has("risk").then(|| RiskFlag { what: form.raw("risk_what"), told: form.raw("risk_told") });
    RecordVisit {
        visited_on: TypedDate { day: &day, month: &month, year: &year }.required(Field::VisitedOn.label()),
        seen: Seen::from_code(&form.raw("seen")),
        seen_alone: SeenAlone::from_code(&form.raw("seen_alone")).unwrap_or(SeenAlone::NotAsked),
        bedroom_seen: BedroomSeen::from_code(&form.raw("bedroom_seen")).unwrap_or(BedroomSeen::NotAsked),
        who_was_there: form.raw("who_was_there"),
        child_words: form.raw("child_words"),
        worker_view: form.raw("worker_view"),
        attempts: form.raw("attempts").parse().unwrap_or(0),
        reason_not_seen: NotSeenReason::from_code(&form.raw("reason_not_seen")),
        reason_described: form.raw("reason_described"),
        risk,
    }
}

async fn facts(tx: &mut Tx, opened: &Opened, today: Date) -> Result<VisitFacts, Problem> {
    let person = opened.person();
    let due_on = waiting(tx, opened).await?.first().map(|d| d.due_on.0);
    Ok(VisitFacts { today, birth: person.birth(), died_on: person.died_on.map(|d| d.0), referral_on: None, due_on })
}

/// Writes the visit on this record and on those of the brothers and sisters who were seen too; says what is next.
async fn save(tx: &mut Tx, opened: &Opened, form: &Form, visit: &RecordVisit, checked: &CheckedVisit) -> Result<String, Problem> {
    let others = chosen(tx, form, Deed::WriteNote).await?;
    let family = (!others.is_empty()).then(id::fresh);
    let new = new_visit(visit, checked, family);
    let mut next = write_one(tx, opened, &new, checked).await?;
    for other in &others {
        // The child's own words stand on that child's record only.
        let mut new = new.clone();
        new.child_words = String::new();
        new.entry.words = story(visit, "");
        next = next.min(write_one(tx, other, &new, checked).await?);
    }
    Ok(match (checked.meets_clock, next) {
        (MeetsClock::No, _) => "Visit recorded. The person was not seen, so it stays due.".into(),
        (MeetsClock::Yes, Some(on)) => format!("Visit recorded. The next is due by {}.", words::date(on)),
        (MeetsClock::Yes, None) => "Visit recorded.".into(),
    })
}

async fn write_one(tx: &mut Tx, opened: &Opened, new: &NewVisit, checked: &CheckedVisit) -> Result<Option<Date>, Problem> {
    let entry = record::record_visit(tx, opened, new).await?;
    if checked.meets_clock == MeetsClock::No { Ok(None) } else { meet(tx, opened, &entry, checked.visited_on).await }
}

/// A visit at which the person was seen meets the clocks that wait for one, and starts those that follow; says when the
/// next is due.
pub(super) async fn meet(tx: &mut Tx, opened: &Opened, entry: &EntryId, on: Date) -> Result<Option<Date>, Problem> {
    let mut next = None;
    for due in waiting(tx, opened).await? {
        dues::meet(tx, &due.id, on, Some(entry)).await?;
        if let Some(code) = clocks::after(tx, opened, &due.code, on).await? {
            let about = dues::About { involvement: due.involvement_id.clone(), ..dues::About::person(opened.id()) };
            let on = dues::open(tx, &about, code, Start::On(on)).await?.on;
            next = Some(next.map_or(on, |n: Date| n.min(on)));
        }
    }
    Ok(next)
}

fn new_visit(visit: &RecordVisit, checked: &CheckedVisit, family: Option<String>) -> NewVisit {
    let (kind, title) = match checked.seen {
        Seen::Seen => (EntryKind::Visit, visit.seen_alone),
        Seen::NotSeen => (EntryKind::UnsuccessfulVisit, SeenAlone::NotAsked),
    };
    let title = match (checked.seen, title) {
        (Seen::NotSeen, _) => "Visit: not seen".to_owned(),
        (_, SeenAlone::Yes) => "Visit: seen alone".to_owned(),
        _ => "Visit: seen".to_owned(),
    };
    let queries: Vec<String> = checked.queries.iter().map(ToString::to_string).collect();
    let facts = serde_json::json!({ "queries": queries, "risk": visit.risk.as_ref().map(|r| [&r.what, &r.told]) });
    let mut entry =
        NewEntry::new(kind, checked.visited_on, title, story(visit, &visit.child_words)).facts(facts.to_string()).of_family(family);
    if visit.risk.is_some() {
        entry = entry.significant();
    }
    NewVisit {
        entry,
        seen: checked.seen,
        seen_alone: visit.seen_alone.code().into(),
        bedroom_seen: visit.bedroom_seen.code().into(),
        who_was_there: visit.who_was_there.clone(),
        child_words: visit.child_words.clone(),
        worker_view: visit.worker_view.clone(),
        attempts: i64::from(visit.attempts),
        reason_not_seen: visit.reason_not_seen.map(|r| r.code().to_owned()).unwrap_or_default(),
    }
}

/// The visit as the story tells it.
fn story(visit: &RecordVisit, child_words: &str) -> String {
    let mut parts = Vec::new();
    let mut say = |name: &str, words: &str| {
        if !words.trim().is_empty() {
            parts.push(format!("{name}: {words}"))
        }
    };
    if visit.seen == Some(Seen::NotSeen) {
        say("Not seen", &visit.reason_not_seen.map(|r| r.label().to_owned()).unwrap_or_default());
        say("Described", &visit.reason_described);
        say("Attempts", &visit.attempts.to_string());
    }
    say("The child's words", child_words);
    say("The worker's view", &visit.worker_view);
    say("Who was there", &visit.who_was_there);
    if visit.bedroom_seen != BedroomSeen::NotAsked {
        say("Bedroom", visit.bedroom_seen.label());
    }
    if let Some(risk) = &visit.risk {
        say("Risk", &format!("{} (told: {})", risk.what, risk.told));
    }
    parts.join("\n\n")
}
