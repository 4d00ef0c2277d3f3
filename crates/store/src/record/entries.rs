//! Entries of a person's story. Each is written once; what was wrong in it is corrected by another.

use care::chronology::EntryKind;
use jiff::civil::Date;

use crate::{
    At, Day, Error, Result, Tx,
    audit::Noted,
    id::{EntryId, InvolvementId, PersonId},
    people::Opened,
    run, sql,
};

/// What is about to be written into a story.
#[derive(Debug, Clone)]
pub struct NewEntry {
    pub kind: EntryKind,
    pub happened_on: Date,
    pub happened_at: Option<At>,
    pub title: String,
    pub words: String,
    pub weight: Weight,
    /// Facts of the kind, as JSON; `{}` for none.
    pub facts: String,
    pub involvement: Option<InvolvementId>,
    /// The same for every child of a family to whom this happened.
    pub family_event: Option<String>,
    pub source: String,
}

impl NewEntry {
    /// An entry by hand, of today's making.
    pub fn new(kind: EntryKind, happened_on: Date, title: impl Into<String>, words: impl Into<String>) -> Self {
        NewEntry {
            kind,
            happened_on,
            happened_at: None,
            title: title.into(),
            words: words.into(),
            weight: if kind.is_significant() { Weight::Significant } else { Weight::Ordinary },
            facts: "{}".into(),
            involvement: None,
            family_event: None,
            source: "hand".into(),
        }
    }
    pub fn at(mut self, at: Option<At>) -> Self {
        self.happened_at = at;
        self
    }
    pub fn facts(mut self, facts: String) -> Self {
        self.facts = facts;
        self
    }
    pub fn of_family(mut self, event: Option<String>) -> Self {
        self.family_event = event;
        self
    }
    pub fn significant(mut self) -> Self {
        self.weight = Weight::Significant;
        self
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    Ordinary,
    Significant,
}

#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct Entry {
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
    pub recorded_by: String,
    pub recorded_at: At,
}

/// Writes one entry into an opened person's story.
pub async fn add(tx: &mut Tx, opened: &Opened, new: &NewEntry) -> Result<EntryId> {
    insert(tx, opened.id(), new, None).await
}

/// Adds a correction beside an entry, which stays as it was.
pub async fn correct(tx: &mut Tx, opened: &Opened, wrong: &EntryId, words: &str) -> Result<EntryId> {
    let old = entry(tx, opened, wrong).await?;
    let title = format!("Correction of: {}", old.title);
    let new = NewEntry::new(EntryKind::Correction, old.happened_on.0, title, words);
    insert(tx, opened.id(), &new, Some(wrong)).await
}

/// One entry of an opened person.
pub async fn entry(tx: &mut Tx, opened: &Opened, id: &EntryId) -> Result<Entry> {
    let found: Option<Entry> = sql!(tx, |c| {
        sqlx::query_as(
        "SELECT id, person_id, kind, happened_on, happened_at, title, words, significant, facts, family_event_id, corrects_id, source, recorded_by, recorded_at
         FROM entry WHERE id = $1 AND person_id = $2"
    )
    .bind(id)
    .bind(opened.id())
    .fetch_optional(c)
    })?;
    found.ok_or(Error::NotFound)
}

/// The newest entries of an opened person's story.
pub async fn story(tx: &mut Tx, opened: &Opened, at_most: i64) -> Result<Vec<Entry>> {
    Ok(sql!(tx, |c| {
        sqlx::query_as(
        "SELECT id, person_id, kind, happened_on, happened_at, title, words, significant, facts, family_event_id, corrects_id, source, recorded_by, recorded_at
         FROM entry WHERE person_id = $1 ORDER BY happened_on DESC, id DESC LIMIT $2"
    )
    .bind(opened.id())
    .bind(at_most)
    .fetch_all(c)
    })?)
}

/// Marks an entry as significant, or takes the mark away.
pub async fn mark(tx: &mut Tx, opened: &Opened, id: &EntryId, weight: Weight) -> Result<()> {
    let significant = weight == Weight::Significant;
    let n = run!(
        tx,
        sqlx::query("UPDATE entry SET significant = $1 WHERE id = $2 AND person_id = $3").bind(significant).bind(id).bind(opened.id())
    )?;
    if n == 0 {
        return Err(Error::NotFound);
    }
    tx.note(Noted::new("entry.mark", "entry", id).because(if significant { "significant" } else { "ordinary" }));
    Ok(())
}

async fn insert(tx: &mut Tx, person: &PersonId, new: &NewEntry, corrects: Option<&EntryId>) -> Result<EntryId> {
    let (id, now, me) = (EntryId::new(), tx.act().at(), tx.act().worker().clone());
    run!(
        tx,
        sqlx::query(
            "INSERT INTO entry (id, person_id, kind, happened_on, happened_at, title, words, significant, facts, involvement_id, family_event_id, corrects_id, source, recorded_by, recorded_at)
             VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15)"
        )
        .bind(&id)
        .bind(person)
        .bind(new.kind.code())
        .bind(Day(new.happened_on))
        .bind(new.happened_at)
        .bind(&new.title)
        .bind(&new.words)
        .bind(new.weight == Weight::Significant)
        .bind(&new.facts)
        .bind(&new.involvement)
        .bind(&new.family_event)
        .bind(corrects)
        .bind(&new.source)
        .bind(me.as_str())
        .bind(now)
    )?;
    tx.note(Noted::new("entry.add", "person", person).because(format!("{} {id}", new.kind.code())));
    Ok(id)
}
