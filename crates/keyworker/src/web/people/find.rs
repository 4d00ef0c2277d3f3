//! Finding a person, from the box on every page: by name however spelt, date of birth, postcode or number. What was
//! sought is posted, never put into an address, and stands in the audit's erasable part.

use care::{
    matching::{LIKELY, Sought, in_words, read_search},
    person::{Birth, age_in_words},
};
use jiff::civil::Date;
use serde::Serialize;
use store::{
    id::PersonId,
    people::{self, Card},
    search::{self, Found, Hit, Seen},
};

use crate::web::{Context, Outcome, Problem, govuk, posted::Posted};

/// So many are shown.
const SHOWN: usize = 20;
/// Nobody types more; a whole letter pasted into the box is not a name.
const LONGEST: usize = 500;

/// Somebody who may be the one sought, as the page shows them.
#[derive(Debug, Serialize)]
pub struct Row {
    pub id: PersonId,
    pub name: String,
    pub known_as: Option<String>,
    /// "born 3 May 2018 (8 years)".
    pub born: Option<String>,
    pub why: String,
    pub likely: bool,
    /// None: the record opens. Otherwise why it does not.
    pub closed: Option<String>,
    pub team: Option<String>,
    pub worker: Option<String>,
    pub lives_at: Option<String>,
}

/// POST /people/find
pub async fn find(cx: Context, Posted(form): Posted) -> Outcome {
    let typed: String = form.raw("q").chars().take(LONGEST).collect();
    let sought = read_search(&typed, cx.today().year());
    if sought.is_empty() {
        let data = minijinja::context! { q => typed, rows => Vec::<String>::new(), empty => true, more => false, full => false };
        return cx.page(cx.read().await?, "Find a person", "people/find.html", data).await;
    }
    let found = search::search(&cx.app.db, cx.act(), &sought, SHOWN).await?;
    let mut tx = cx.read().await?;
    let rows = rows(&mut tx, &found, cx.today()).await?;
    let full = rows.len() == SHOWN;
    let data = minijinja::context! { q => typed, rows => govuk::value(&rows), empty => false, more => found.more_to_be_had, full };
    cx.page(tx, "Find a person", "people/find.html", data).await
}

/// Everybody who may be meant.
pub async fn rows_for(cx: &Context, sought: &Sought) -> Result<Vec<Row>, Problem> {
    let found = search::search(&cx.app.db, cx.act(), sought, 10).await?;
    let mut tx = cx.read().await?;
    let all = rows(&mut tx, &found, cx.today()).await?;
    tx.finish().await?;
    Ok(all)
}

/// Those who are meant by these words, but for the person on whose record they were typed.
pub async fn others(cx: &Context, id: &str, who: &str) -> Result<Vec<Row>, Problem> {
    let found = rows_for(cx, &read_search(who, cx.today().year())).await?;
    Ok(found.into_iter().filter(|row| row.id.as_str() != id).collect())
}

/// The likely matches of somebody about to be added.
pub async fn likely(cx: &Context, sought: &Sought) -> Result<Vec<Row>, Problem> {
    Ok(rows_for(cx, sought).await?.into_iter().filter(|r| r.likely).collect())
}

async fn rows(tx: &mut store::Tx, found: &Found, today: Date) -> Result<Vec<Row>, Problem> {
    let mut cards = people::cards(tx, found).await?;
    Ok(found.hits.iter().filter_map(|hit| Some(row(hit, cards.remove(&hit.person_id)?, today))).collect())
}

fn row(hit: &Hit, card: Card, today: Date) -> Row {
    let lives_at = [card.lives_at.as_deref(), card.postcode.as_deref()];
    let lives_at: Vec<&str> = lives_at.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    Row {
        id: hit.person_id.clone(),
        name: format!("{} {}", card.given_name, card.surname).trim().to_owned(),
        born: born(&card, today),
        known_as: card.known_as,
        why: care::words::capital(&in_words(&hit.why)),
        likely: hit.probability >= LIKELY,
        closed: match &hit.seen {
            Seen::Record => None,
            Seen::Index(why) => Some(why.clone()),
        },
        team: card.team,
        worker: card.worker,
        lives_at: (!lives_at.is_empty()).then(|| lives_at.join(", ").replace('\n', ", ")),
    }
}

fn born(card: &Card, today: Date) -> Option<String> {
    let died = card.died_on.map(|d| d.0);
    match (card.born_on, card.expected_on) {
        (Some(on), _) => {
            let birth = if card.born_about { Birth::About(on.0) } else { Birth::BornOn(on.0) };
            let about = if card.born_about { "about " } else { "" };
            Some(format!("born {about}{} ({})", care::words::date(on.0), age_in_words(birth, died, today)))
        }
        (None, Some(on)) => Some(format!("unborn, expected {}", care::words::date(on.0))),
        (None, None) => None,
    }
}
