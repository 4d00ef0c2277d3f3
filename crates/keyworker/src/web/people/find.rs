//! Finding a person, from the box on every page: by name however spelt, date of birth, postcode or number. What was
//! sought is posted, never put into an address, and stands in the audit's erasable part.

use care::matching::{Sought, in_words, read_search};
use serde::Serialize;
use store::{
    error::IndexCard,
    id::PersonId,
    people,
    search::{self, Found, Hit, Seen},
};

use crate::web::{Context, Outcome, Problem, govuk, posted::Posted};

/// So many are shown.
const SHOWN: usize = 20;

/// Somebody who may be the one sought, as the page shows them.
#[derive(Debug, Serialize)]
pub struct Row {
    pub id: PersonId,
    pub name: String,
    pub born_on: Option<String>,
    pub why: String,
    pub likely: bool,
    /// None: the record opens. Otherwise why it does not.
    pub closed: Option<String>,
    pub team: Option<String>,
    pub worker: Option<String>,
}

/// POST /people/find
pub async fn find(cx: Context, Posted(form): Posted) -> Outcome {
    let typed = form.raw("q");
    let sought = read_search(&typed, cx.today().year());
    if sought.is_empty() {
        let data = minijinja::context! { q => typed, rows => Vec::<String>::new(), empty => true, more => false };
        return cx.page(cx.read().await?, "Find a person", "people/find.html", data).await;
    }
    let found = search::search(&cx.app.db, cx.act(), &sought, SHOWN).await?;
    let rows = rows(&cx, &found).await?;
    let data = minijinja::context! { q => typed, rows => govuk::value(&rows), empty => false, more => found.more_to_be_had };
    cx.page(cx.read().await?, "Find a person", "people/find.html", data).await
}

/// The likely matches of somebody about to be added.
pub async fn likely(cx: &Context, sought: &Sought) -> Result<Vec<Row>, Problem> {
    let found = search::search(&cx.app.db, cx.act(), sought, 10).await?;
    let all = rows(cx, &found).await?;
    Ok(all.into_iter().filter(|r| r.likely).collect())
}

/// Below this the likeness is chance.
const LIKELY: f64 = 0.2;

async fn rows(cx: &Context, found: &Found) -> Result<Vec<Row>, Problem> {
    let mut tx = cx.read().await?;
    let mut rows = Vec::new();
    for hit in &found.hits {
        let card = people::index_card(&mut tx, &hit.person_id).await?;
        rows.push(row(hit, card));
    }
    tx.finish().await?;
    Ok(rows)
}

fn row(hit: &Hit, card: IndexCard) -> Row {
    Row {
        id: hit.person_id.clone(),
        name: card.name,
        born_on: card.born_on.map(care::words::date),
        why: in_words(&hit.why),
        likely: hit.probability >= LIKELY,
        closed: match &hit.seen {
            Seen::Record => None,
            Seen::Index(why) => Some(why.clone()),
        },
        team: card.team,
        worker: card.worker,
    }
}
