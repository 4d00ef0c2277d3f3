//! A person's story, page by page, newest first; with the family's beside it where that is asked for.

use care::chronology::{EntryGroup, EntryKind};
use jiff::civil::Date;

use crate::{
    At, Day, Result, Tx,
    id::{EntryId, PersonId},
    people::Opened,
    sql,
};

/// Which entries to show.
#[derive(Debug, Clone, Default)]
pub struct StoryFilter {
    /// None: every group.
    pub group: Option<EntryGroup>,
    pub only: Only,
    pub from_on: Option<Date>,
    pub until_on: Option<Date>,
    /// Entries older than this one.
    pub before: Option<(Date, String)>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Only {
    #[default]
    All,
    Significant,
}

#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct StoryRow {
    pub id: EntryId,
    pub person_id: PersonId,
    pub kind: String,
    pub happened_on: Day,
    pub happened_at: Option<At>,
    pub title: String,
    pub words: String,
    pub significant: bool,
    pub family_event_id: Option<String>,
    pub corrects_id: Option<EntryId>,
    pub source: String,
    pub recorded_at: At,
    pub recorded_by: Option<String>,
}

/// So many entries make a page.
pub const PAGE: i64 = 50;

/// One page of the stories of these people, each of whom was opened, merged newest first; and whether there is more.
pub async fn story(tx: &mut Tx, people: &[&Opened], filter: &StoryFilter) -> Result<(Vec<StoryRow>, bool)> {
    let mut rows = Vec::new();
    for opened in people {
        rows.extend(of_one(tx, opened, filter, PAGE + 1).await?);
    }
    rows.sort_by(|a, b| (b.happened_on, &b.id).cmp(&(a.happened_on, &a.id)));
    let page = usize::try_from(PAGE).unwrap_or(50);
    let more = rows.len() > page;
    rows.truncate(page);
    Ok((rows, more))
}

/// The whole story of one person, oldest first, for reading and printing.
pub async fn whole_story(tx: &mut Tx, opened: &Opened, at_most: i64) -> Result<Vec<StoryRow>> {
    let mut rows = of_one(tx, opened, &StoryFilter::default(), at_most).await?;
    rows.reverse();
    Ok(rows)
}

async fn of_one(tx: &mut Tx, opened: &Opened, filter: &StoryFilter, at_most: i64) -> Result<Vec<StoryRow>> {
    let kinds: String =
        EntryKind::ALL.iter().filter(|k| filter.group.is_none_or(|g| k.group() == g)).map(|k| format!("{},", k.code())).collect();
    let kinds = if filter.group.is_some() { format!(",{kinds}") } else { String::new() };
    let (before_on, before_id) = filter.before.clone().unwrap_or((Date::MAX, "~".into()));
    Ok(sql!(tx, |c| {
        sqlx::query_as(
        "SELECT e.id, e.person_id, e.kind, e.happened_on, e.happened_at, e.title, e.words, e.significant, e.family_event_id, e.corrects_id, e.source, e.recorded_at,
           w.given_name || ' ' || w.surname AS recorded_by
         FROM entry e LEFT JOIN worker w ON w.id = e.recorded_by
         WHERE e.person_id = $1 AND (e.happened_on < $2 OR e.happened_on = $2 AND e.id < $3)
           AND ($4 = '' OR $4 LIKE '%,' || e.kind || ',%') AND (e.significant OR $5 = 0) AND e.happened_on >= $6 AND e.happened_on <= $7
         ORDER BY e.happened_on DESC, e.id DESC LIMIT $8"
    )
    .bind(opened.id())
    .bind(Day(before_on))
    .bind(&before_id)
    .bind(&kinds)
    .bind(i64::from(filter.only == Only::Significant))
    .bind(Day(filter.from_on.unwrap_or(jiff::civil::date(1900, 1, 1))))
    .bind(Day(filter.until_on.unwrap_or(Date::MAX)))
    .bind(at_most)
    .fetch_all(c)
    })?)
}
