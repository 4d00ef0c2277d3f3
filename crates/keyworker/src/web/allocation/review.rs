//! The manager's weekly look at somebody who waits, asking the group manager, and the group manager's answer.

use axum::extract::Path;
use care::{
    access::Deed,
    allocation::{Escalation, Wait, ZeroKind, waiting},
};
use serde::Serialize;
use store::{
    allocation::{self, CaseRow, EscalationRow, Letterhead, Now, ReviewOutcome, ReviewRow},
    drafts, forms,
    forms::Once,
    id::InvolvementId,
    policy,
};

use super::{case_words, reading, refuse};
use crate::web::{Context, Outcome, Problem, drafts as draft, form::Form, govuk, posted::Posted, record::bar};

const KIND: &str = "unallocated_review";
const QUESTION: &str = "escalation";

#[derive(Serialize)]
struct Look {
    on: String,
    by: String,
    outcome: String,
    words: String,
}

#[derive(Serialize)]
struct Asked {
    id: String,
    on: String,
    words: String,
    answer: Option<String>,
}

pub async fn show(cx: Context, Path(id): Path<String>) -> Outcome {
    page(&cx, &id, None).await
}

async fn page(cx: &Context, id: &str, sent: Option<&Form>) -> Outcome {
    let (mut tx, opened, case) = reading(cx, id, Deed::RecordDecision).await?;
    let (form, shown) = match sent {
        Some(form) => (form.clone(), draft::again(KIND, id, form)),
        None => draft::opened(&mut tx, KIND, id, Form::default()).await?,
    };
    let (form, question) = question_left(&mut tx, id, form, sent.is_some()).await?;
    let reviews = allocation::reviews(&mut tx, &opened, &case).await?;
    let asked = allocation::escalations(&mut tx, &opened, &case).await?;
    let since = allocation::waiting_since(&mut tx, &case).await?;
    let rules = policy::rules(&mut tx).await?;
    let stands = match since {
        Some(since) => {
            let wait = Wait {
                since,
                zero_kind: case.case_kind().and_then(ZeroKind::of),
                last_review_on: reviews.first().map(|review| review.reviewed_on.0),
                escalated_on: asked.first().map(|one| one.escalated_on.0),
            };
            Some(waiting(&wait, &rules.clocks(), cx.today()).map_err(|e| Problem::Broken(e.to_string()))?)
        }
        None => None,
    };
    let told = match since {
        Some(since) => allocation::was_told_of_none(&mut tx, &case, since).await?,
        None => true,
    };
    let outcomes: Vec<govuk::Choice> =
        ReviewOutcome::ALL.iter().map(|one| govuk::Choice { value: one.code().into(), text: one.label().into(), hint: None }).collect();
    let data = minijinja::context! {
        person => govuk::value(&bar::bar(&mut tx, &opened).await?), id, draft => govuk::value(&shown), question => govuk::value(&question), case => case_words(&case), team => case.team_id.as_str(),
        stands => stands.as_ref().map(|one| care::words::capital(&one.words())), may_ask => stands.as_ref().is_some_and(|one| !matches!(one.escalation, Escalation::Done(_))),
        must_ask => stands.as_ref().is_some_and(|one| one.escalation == Escalation::Due), told, outcomes => govuk::value(&outcomes),
        looks => govuk::value(&reviews.iter().map(look).collect::<Vec<_>>()), asked => govuk::value(&asked.iter().map(self::asked).collect::<Vec<_>>()),
    };
    cx.form(tx, "Weekly look", "allocation/review.html", &form, data).await
}

/// The second form of the page: the question to the group manager, as it was left or as it came back.
async fn question_left(tx: &mut store::Tx, id: &str, form: Form, came_back: bool) -> Result<(Form, draft::Shown), Problem> {
    if came_back && form.has("ask_words") {
        let shown = draft::again(QUESTION, id, &form);
        return Ok((form, shown));
    }
    let (left, shown) = draft::opened(tx, QUESTION, id, Form::default()).await?;
    let mut form = form;
    form.set("ask_words", left.raw("ask_words"));
    Ok((form, shown))
}

fn look(row: &ReviewRow) -> Look {
    Look { on: row.reviewed_on.to_string(), by: row.by(), outcome: row.outcome_words().to_owned(), words: row.words.clone() }
}

fn asked(row: &EscalationRow) -> Asked {
    Asked { id: row.id.clone(), on: row.escalated_on.to_string(), words: row.words.clone(), answer: row.answer.clone() }
}

/// The look, and with it, when ticked, the letters that say that there is no worker yet.
pub async fn submit(cx: Context, Path(id): Path<String>, Posted(mut form): Posted) -> Outcome {
    if form.wants_draft() {
        return draft::kept(&cx, KIND, &id, &form).await;
    }
    let codes: Vec<(&str, ReviewOutcome)> = ReviewOutcome::ALL.iter().map(|one| (one.code(), *one)).collect();
    let outcome = form.choice("outcome", &codes, "Choose what you decided");
    let words = form.text("words", 1..=10_000, "Write what you looked at, what you decided and why it is safe");
    let (true, Some(outcome)) = (form.is_good(), outcome) else { return page(&cx, &id, Some(&form)).await };
    let mut tx = cx.write().await?;
    if let Once::Again(led_to) = forms::once(&mut tx, &form.token()).await? {
        return cx.go(&led_to, "Weekly look recorded.");
    }
    let (opened, case) = allocation::open_case(&mut tx, &InvolvementId::from_text(&id), Deed::RecordDecision).await?;
    allocation::review(&mut tx, &opened, &case, outcome, &words).await?;
    if form.has("tell") {
        tell(&cx, &mut tx, &opened, &case).await?;
    }
    drafts::clear(&mut tx, KIND, &id, &draft::from(&form)).await?;
    let to = format!("/unallocated?team={}", case.team_id);
    forms::led_to(&mut tx, &form.token(), &to).await?;
    tx.commit().await?;
    cx.go(&to, "Weekly look recorded.")
}

async fn tell(cx: &Context, tx: &mut store::Tx, opened: &store::people::Opened, case: &CaseRow) -> Result<(), Problem> {
    let head = Letterhead { council: cx.app.config.council.clone() };
    allocation::letters(tx, opened, case, &Now::NoneYet, &head).await?;
    Ok(())
}

/// Asks the group manager.
pub async fn ask(cx: Context, Path(id): Path<String>, Posted(mut form): Posted) -> Outcome {
    let words = form.text("ask_words", 1..=10_000, "Write what you ask the group manager to decide");
    if !form.is_good() {
        return page(&cx, &id, Some(&form)).await;
    }
    let mut tx = cx.write().await?;
    if let Once::Again(led_to) = forms::once(&mut tx, &form.token()).await? {
        return cx.go(&led_to, "The group manager was asked.");
    }
    let (opened, case) = allocation::open_case(&mut tx, &InvolvementId::from_text(&id), Deed::RecordDecision).await?;
    let Some(since) = allocation::waiting_since(&mut tx, &case).await? else {
        form.error("ask_words", "This case has a worker now");
        drop(tx);
        return page(&cx, &id, Some(&form)).await;
    };
    match allocation::escalate(&mut tx, &opened, &case, since, &words).await {
        Ok(told) => {
            let to = format!("/unallocated?team={}", case.team_id);
            forms::led_to(&mut tx, &form.token(), &to).await?;
            tx.commit().await?;
            cx.go(
                &to,
                if told == 0 {
                    "Asked. No group manager has an account for this team: speak to the director."
                } else {
                    "The group manager was asked."
                },
            )
        }
        Err(store::Error::Refused { words, .. }) => {
            form.error("ask_words", words);
            drop(tx);
            page(&cx, &id, Some(&form)).await
        }
        Err(other) => Err(other.into()),
    }
}

pub async fn show_question(cx: Context, Path(id): Path<String>) -> Outcome {
    question(&cx, &id, &Form::default()).await
}

async fn question(cx: &Context, id: &str, form: &Form) -> Outcome {
    let mut tx = cx.read().await?;
    let (opened, case, row) = allocation::escalation(&mut tx, id).await?;
    let data = minijinja::context! {
        person => govuk::value(&bar::bar(&mut tx, &opened).await?), id, case => case_words(&case), case_id => case.id.as_str(),
        asked => govuk::value(&asked(&row)), since => row.since_on.to_string(),
    };
    cx.form(tx, "Asked of the group manager", "allocation/question.html", form, data).await
}

pub async fn answer_question(cx: Context, Path(id): Path<String>, Posted(mut form): Posted) -> Outcome {
    let answer = form.text("answer", 1..=10_000, "Write what you decide, and why");
    if form.is_good() {
        let mut tx = cx.write().await?;
        match allocation::answer_escalation(&mut tx, &id, &answer).await {
            Ok(()) => {
                tx.commit().await?;
                return cx.go("/unallocated", "Your answer is on the record, and the manager was told.");
            }
            Err(error) => {
                drop(tx);
                refuse(&mut form, error)?;
            }
        }
    }
    question(&cx, &id, &form).await
}
