//! A person's story, page by page, newest first; with the family's beside it where that is asked for.

use care::chronology::{EntryGroup, EntryKind};
use jiff::civil::Date;
use sqlx::AssertSqlSafe;

use crate::{
    At, Day, Result, Tx,
    id::{EntryId, PersonId},
    people::Opened,
    search::list,
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
    pub facts: String,
    pub family_event_id: Option<String>,
    pub corrects_id: Option<EntryId>,
    pub source: String,
    /// Why it should be looked at, where it came with a file.
    pub queried: Option<String>,
    pub recorded_at: At,
    pub recorded_by: Option<String>,
}

/// So many entries make a page.
pub const PAGE: usize = 50;

/// A page of a story. Corrections stand apart, to be shown with what they correct.
#[derive(Debug, Clone, Default)]
pub struct Told {
    pub rows: Vec<StoryRow>,
    /// Of these rows only, the oldest first.
    pub corrections: Vec<StoryRow>,
    /// Whether there are older entries.
    pub more: bool,
}

/// One page of the stories of these people, each of whom was opened, merged newest first.
pub async fn story(tx: &mut Tx, people: &[&Opened], filter: &StoryFilter) -> Result<Told> {
    let mut rows = Vec::new();
    for opened in people {
        rows.extend(of_one(tx, opened, filter, PAGE + 1).await?);
    }
    rows.sort_by(|a, b| (b.happened_on, &b.id).cmp(&(a.happened_on, &a.id)));
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    Ok(Told { corrections: corrections(tx, &rows).await?, rows, more })
}

/// The whole story of these people, each of whom was opened, oldest first, for reading and printing; `more` says that it
/// was cut at so many.
pub async fn whole_story(tx: &mut Tx, people: &[&Opened], filter: &StoryFilter, at_most: usize) -> Result<Told> {
    let mut rows = Vec::new();
    for opened in people {
        rows.extend(of_one(tx, opened, filter, at_most + 1).await?);
    }
    rows.sort_by(|a, b| (b.happened_on, &b.id).cmp(&(a.happened_on, &a.id)));
    let more = rows.len() > at_most;
    rows.truncate(at_most);
    rows.reverse();
    Ok(Told { corrections: corrections(tx, &rows).await?, rows, more })
}

const COLUMNS: &str = "e.id, e.person_id, e.kind, e.happened_on, e.happened_at, e.title, e.words, e.significant, e.facts, e.family_event_id, e.corrects_id, e.source, e.recorded_at,
           w.given_name || ' ' || w.surname AS recorded_by,
           (SELECT MIN(f.message) FROM import_flag f WHERE f.key = e.import_key AND f.cleared_at IS NULL) AS queried FROM entry e LEFT JOIN worker w ON w.id = e.recorded_by";

async fn of_one(tx: &mut Tx, opened: &Opened, filter: &StoryFilter, at_most: usize) -> Result<Vec<StoryRow>> {
    let kinds: String =
        EntryKind::ALL.iter().filter(|k| filter.group.is_none_or(|g| k.group() == g)).map(|k| format!("{},", k.code())).collect();
    let kinds = if filter.group.is_some() { format!(",{kinds}") } else { String::new() };
    let (before_on, before_id) = filter.before.clone().unwrap_or((Date::MAX, "~".into()));
    let text = format!(
        "SELECT {COLUMNS} WHERE e.person_id = $1 AND (e.happened_on, e.id) < ($2, $3) AND e.corrects_id IS NULL
           AND ($4 = '' OR $4 LIKE '%,' || e.kind || ',%') AND (e.significant OR $5 = 0) AND e.happened_on >= $6 AND e.happened_on <= $7
         ORDER BY e.happened_on DESC, e.id DESC LIMIT $8"
    );
    Ok(sql!(tx, |c| sqlx::query_as(AssertSqlSafe(text))
        .bind(opened.id())
        .bind(Day(before_on))
        .bind(&before_id)
        .bind(&kinds)
        .bind(i64::from(filter.only == Only::Significant))
        .bind(Day(filter.from_on.unwrap_or(jiff::civil::date(1900, 1, 1))))
        .bind(Day(filter.until_on.unwrap_or(Date::MAX)))
        .bind(i64::try_from(at_most).unwrap_or(i64::MAX))
        .fetch_all(c))?)
}

/// So many entries are asked for at once.
const ASKED: usize = 100;

async fn corrections(tx: &mut Tx, rows: &[StoryRow]) -> Result<Vec<StoryRow>> {
    let mut all = Vec::new();
    for some in rows.chunks(ASKED) {
        let text = format!("SELECT {COLUMNS} WHERE e.corrects_id IN ({}) ORDER BY e.recorded_at, e.id", list(1, some.len()));
        let found: Vec<StoryRow> =
            sql!(tx, |c| some.iter().fold(sqlx::query_as(AssertSqlSafe(text)), |q, row| q.bind(&row.id)).fetch_all(c))?;
        all.extend(found);
    }
    Ok(all)
}
