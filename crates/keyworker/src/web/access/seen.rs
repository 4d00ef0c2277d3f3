//! Who has seen a record, and what one has looked at oneself.

use axum::extract::{Path, Query};
use care::access::Deed;
use store::{id::PersonId, people, seen};

use super::words;
use crate::web::{Context, Outcome};

/// Entries of a page.
pub const OF_A_PAGE: i64 = 100;

/// The last entry of the page before.
#[derive(serde::Deserialize)]
pub struct Asked {
    #[serde(default = "the_end")]
    pub before: i64,
}

fn the_end() -> i64 {
    i64::MAX
}

pub async fn of_person(cx: Context, Path(id): Path<String>, Query(asked): Query<Asked>) -> Outcome {
    let mut tx = cx.read().await?;
    let opened = people::open(&mut tx, &PersonId::from_text(&id), Deed::ReadAccessLog).await?;
    let visitors = if asked.before == the_end() { seen::visitors(&mut tx, &opened).await? } else { Vec::new() };
    let entries = seen::of_person(&mut tx, &opened, asked.before, OF_A_PAGE).await?;
    let visitor = |v: &seen::Visitor| {
        minijinja::context! {
            who => v.actor_name.clone().unwrap_or_else(|| v.actor.clone()), times => v.times, first_at => v.first_at.to_string(), last_at => v.last_at.to_string(),
        }
    };
    let data = minijinja::context! {
        id, name => opened.person().name(), visitors => visitors.iter().map(visitor).collect::<Vec<_>>(), first => asked.before == the_end(),
        rows => words::rows(&mut tx, &entries).await?, earlier => earlier(&entries),
    };
    cx.page(tx, "Who has seen this record", "access/seen.html", data).await
}

/// Where the next page begins, if there may be one.
pub fn earlier(entries: &[seen::Looked]) -> Option<i64> {
    entries.last().filter(|_| entries.len() as i64 == OF_A_PAGE).map(|e| e.seq)
}

pub async fn own(cx: Context, Query(asked): Query<Asked>) -> Outcome {
    let mut tx = cx.read().await?;
    let entries = seen::own(&mut tx, asked.before, OF_A_PAGE).await?;
    let data = minijinja::context! { rows => words::rows(&mut tx, &entries).await?, earlier => earlier(&entries) };
    cx.page(tx, "What you have looked at", "access/own_seen.html", data).await
}
