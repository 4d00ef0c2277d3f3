//! Emergency access that waits to be reviewed by somebody else, by the next working day.

use axum::extract::Path;
use store::{
    Tx,
    glass::{self, Broken, ReviewOutcome},
    id::{GrantId, PersonId},
    people, workers,
};

use crate::web::{Context, Outcome, Problem, form::Form, govuk, posted::Posted, staff::choices};

/// How many past reviews are listed.
const PAST: i64 = 50;

pub async fn list(cx: Context) -> Outcome {
    let mut tx = cx.read().await?;
    let waiting = glass::to_review(&mut tx).await?;
    let past = glass::reviewed(&mut tx, PAST).await?;
    let (waiting, past) = (rows(&mut tx, &waiting).await?, rows(&mut tx, &past).await?);
    cx.page(tx, "Emergency access to review", "access/reviews.html", minijinja::context! { waiting, past }).await
}

async fn rows(tx: &mut Tx, all: &[Broken]) -> Result<Vec<minijinja::Value>, Problem> {
    let ids: Vec<PersonId> = all.iter().map(|b| b.person_id.clone()).collect();
    let (names, today) = (people::names(tx, &ids).await?, tx.today());
    let row = |b: &Broken| {
        minijinja::context! {
            id => b.id.to_string(), who => b.who(), person => names.get(&b.person_id).cloned(), reason => b.reason_label(), described => b.reason.clone(),
            from_at => b.from_at.to_string(), until_at => b.until_at.to_string(), due_on => b.review_due_on.map(|d| d.to_string()),
            late => b.reviewed_at.is_none() && b.review_due_on.is_some_and(|d| d.0 < today),
            outcome => b.review_outcome.as_deref().and_then(ReviewOutcome::from_code).map(ReviewOutcome::label), reviewed_at => b.reviewed_at.map(|t| t.to_string()),
            words => b.review_words.clone(),
        }
    };
    Ok(all.iter().map(row).collect())
}

pub async fn show(cx: Context, Path(id): Path<String>) -> Outcome {
    page(&cx, &id, &Form::default()).await
}

pub async fn submit(cx: Context, Path(id): Path<String>, Posted(mut form): Posted) -> Outcome {
    let outcomes: Vec<(&str, ReviewOutcome)> = ReviewOutcome::ALL.iter().map(|o| (o.code(), *o)).collect();
    let outcome = form.choice("outcome", &outcomes, "Choose what you found");
    let words = form.text("words", 0..=2000, "");
    let (Some(outcome), true) = (outcome, form.is_good()) else { return page(&cx, &id, &form).await };
    let mut tx = cx.write().await?;
    match glass::review(&mut tx, &GrantId::from_text(&id), outcome, &words).await {
        Ok(()) => {
            tx.commit().await?;
            cx.go("/access/reviews", "The review is recorded.")
        }
        Err(e) => {
            drop(tx);
            form.refused(e)?;
            page(&cx, &id, &form).await
        }
    }
}

async fn page(cx: &Context, id: &str, form: &Form) -> Outcome {
    let mut tx = cx.read().await?;
    let broken = glass::broken(&mut tx, &GrantId::from_text(id)).await?;
    let rows = rows(&mut tx, std::slice::from_ref(&broken)).await?;
    let own = broken.worker_id == cx.worker()?.session.worker_id;
    let today = tx.today();
    let roles = workers::standing(&mut tx, &broken.worker_id, today).await?;
    let outcomes = choices(ReviewOutcome::ALL, ReviewOutcome::code, ReviewOutcome::label);
    let data = minijinja::context! {
        id, own, one => rows.first().cloned(), outcomes => govuk::value(&outcomes), reviewed => broken.reviewed_at.is_some(),
        teams => roles.roles.iter().filter_map(|r| r.team_name.clone()).collect::<Vec<_>>().join(", "),
    };
    cx.form(tx, "Review emergency access", "access/review.html", form, data).await
}
