//! The first page of information governance and audit: who opened unusually many records, who looked at namesakes, what was
//! refused; the way to an inquiry and to a file.

use axum::extract::Query;
use care::access::Deed;
use jiff::SignedDuration;
use store::{id::PersonId, people, seen};

use super::{
    seen::{Asked, OF_A_PAGE, earlier},
    words,
};
use crate::web::{Context, Outcome, govuk, staff::worker_choices};

/// Opening this many different records in a day is worth a look.
const MANY: i64 = 60;
/// How far back namesakes are looked for, in calendar days.
const NAMESAKE_DAYS: i64 = 30;

pub async fn show(cx: Context) -> Outcome {
    let mut tx = cx.read().await?;
    let day_ago = cx.now - SignedDuration::from_hours(24);
    let bulk = seen::bulk_readers(&mut tx, day_ago, MANY).await?;
    let namesakes = seen::namesakes(&mut tx, cx.now - SignedDuration::from_hours(24 * NAMESAKE_DAYS)).await?;
    let ids: Vec<PersonId> = namesakes.iter().map(|n| n.person_id.clone()).collect();
    let names = people::names(&mut tx, &ids).await?;
    let namesake = |n: &seen::Namesake| {
        minijinja::context! {
            worker_id => n.worker_id.to_string(), who => format!("{} {}", n.given_name, n.surname), times => n.times, own => n.own_name == 1,
            person => names.get(&n.person_id).cloned(),
        }
    };
    let workers = worker_choices(&mut tx, None).await?;
    let checkpoint = seen::last_checkpoint(&mut tx).await?;
    let data = minijinja::context! {
        may_review => cx.has_role(Deed::ReviewBreakGlass.granted_to()),
        bulk => govuk::value(&bulk), many => MANY, namesakes => namesakes.iter().map(namesake).collect::<Vec<_>>(), days => NAMESAKE_DAYS,
        workers => govuk::value(&workers), checkpoint => checkpoint.map(|c| minijinja::context! { seq => c.seq, at => c.at.to_string(), line => c.to_string() }),
    };
    cx.page(tx, "Oversight of access", "access/oversight.html", data).await
}

/// Which worker was chosen; no names stand in the address.
#[derive(serde::Deserialize)]
pub struct Chosen {
    #[serde(default)]
    worker: String,
}

pub async fn choose(cx: Context, Query(chosen): Query<Chosen>) -> Outcome {
    let id: String = chosen.worker.chars().filter(char::is_ascii_alphanumeric).collect();
    cx.go(&if id.is_empty() { "/audit".to_owned() } else { format!("/audit/worker/{id}") }, "")
}

pub async fn refusals(cx: Context, Query(asked): Query<Asked>) -> Outcome {
    let mut tx = cx.read().await?;
    let entries = seen::refusals(&mut tx, asked.before, OF_A_PAGE).await?;
    let data = minijinja::context! { rows => words::refusal_rows(&mut tx, &entries).await?, earlier => earlier(&entries) };
    cx.page(tx, "Refusals", "access/refusals.html", data).await
}
