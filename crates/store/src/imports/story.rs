//! What happened, as lines of the story. The same thing said by two records stands once. What a later file no longer
//! says is corrected by another line, never taken out.

use care::chronology::EntryKind;
use jiff::civil::Date;
use returns::{
    codes::YesNo,
    facts::{Event, Fact, Happening, Record},
};

use super::{
    intake::{Intake, file_name},
    tables::yes_or_no,
};
use crate::{
    Day, Result, Tx,
    bulk::Cell,
    id::{EntryId, PersonId},
    run, sql,
};

impl Intake {
    /// Tells the events of a record that nobody has told yet.
    pub(super) fn tell(&mut self, person: &PersonId, record: &Record) {
        for event in events(record) {
            let line = (person.clone(), event.on, event.title());
            if !self.told.contains(&line) {
                self.entry(person, record, event);
                self.told.insert(line);
            }
        }
    }

    fn entry(&mut self, person: &PersonId, record: &Record, event: &Event) {
        let id = EntryId::new();
        let kind = event.entry_kind();
        let facts = serde_json::to_string(event).unwrap_or_else(|_| "{}".into());
        self.line(&id, person, record, kind, event.on, &event.title(), "", &facts, None);
        if let Some(seen_alone) = seen(&event.what) {
            self.visit(&id, person, event.on, seen_alone);
        }
    }

    #[allow(clippy::too_many_arguments, reason = "one row of the story")]
    fn line(
        &mut self,
        id: &EntryId,
        person: &PersonId,
        record: &Record,
        kind: EntryKind,
        on: Date,
        title: &str,
        words: &str,
        facts: &str,
        corrects: Option<&str>,
    ) {
        self.tables.entries.push([
            Cell::text(id.as_str()),
            Cell::text(person.as_str()),
            Cell::text(kind.code()),
            Cell::On(on),
            Cell::text(title),
            Cell::text(words),
            yes_or_no(kind.is_significant()),
            Cell::text(facts),
            Cell::text_or_null(corrects),
            Cell::text(&self.source),
            Cell::text(&self.me),
            Cell::At(self.at),
            Cell::text(&record.key),
        ]);
    }

    fn visit(&mut self, entry: &EntryId, person: &PersonId, on: Date, seen_alone: &str) {
        self.tables.visits.push([
            Cell::text(entry.as_str()),
            Cell::text(person.as_str()),
            Cell::text(&self.me),
            Cell::On(on),
            Cell::text("seen"),
            Cell::text("seen"),
            Cell::text(seen_alone),
            Cell::text("not_asked"),
            Cell::text(""),
            Cell::text(""),
            Cell::text(""),
            Cell::Number(1),
            Cell::text(""),
        ]);
    }

    /// The record now tells other events: the new ones are told, and beside each that went stands a correction.
    pub(super) async fn amend_story(&mut self, tx: &mut Tx, person: &PersonId, record: &Record) -> Result<()> {
        let there: Vec<(EntryId, Day, String)> = sql!(tx, |c| {
            sqlx::query_as(
                "SELECT e.id, e.happened_on, e.title FROM entry e WHERE e.import_key = $1 AND e.corrects_id IS NULL
                 AND NOT EXISTS (SELECT 1 FROM entry c WHERE c.corrects_id = e.id AND c.import_key = $1) ORDER BY e.id",
            )
            .bind(&record.key)
            .fetch_all(c)
        })?;
        let now: Vec<(Date, String)> = events(record).map(|event| (event.on, event.title())).collect();
        for (id, on, title) in there.iter().filter(|(_, on, title)| !now.iter().any(|(day, said)| day == &on.0 && said == title)) {
            let words = match now.iter().find(|(_, said)| said == title) {
                Some((day, _)) => format!("{} now gives {}.", file_name(record), care::words::date(*day)),
                None => format!("{} no longer says this.", file_name(record)),
            };
            self.line(
                &EntryId::new(),
                person,
                record,
                EntryKind::Correction,
                on.0,
                &format!("Correction of: {title}"),
                &words,
                "{}",
                Some(id.as_str()),
            );
            self.told.remove(&(person.clone(), on.0, title.clone()));
            run!(tx, sqlx::query("DELETE FROM visit WHERE entry_id = $1").bind(id))?;
        }
        self.tell(person, record);
        Ok(())
    }
}

fn events(record: &Record) -> impl Iterator<Item = &Event> {
    record.facts.iter().filter_map(|fact| if let Fact::Event(event) = fact { Some(event) } else { None })
}

/// Whether somebody saw the person, and whether alone.
fn seen(what: &Happening) -> Option<&'static str> {
    match what {
        Happening::Visit { seen_alone: Some(answer) } if answer.is(YesNo::Yes) => Some("yes"),
        Happening::Visit { seen_alone: Some(answer) } if answer.is(YesNo::No) => Some("no"),
        Happening::Visit { .. } | Happening::Seen => Some("not_asked"),
        _ => None,
    }
}
