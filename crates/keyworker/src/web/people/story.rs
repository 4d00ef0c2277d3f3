//! A person's record: who they are, what is due, and their story, newest first, alone or with the family's.

use axum::extract::{Path, Query};
use care::{
    access::Deed,
    chronology::{EntryGroup, EntryKind},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::{
    Tx,
    audit::Noted,
    dues,
    id::{EntryId, PersonId},
    people::{self, Only, Opened, StoryFilter, StoryRow},
    record::{self, Weight},
};

use super::{frame, opened};
use crate::web::{Context, Outcome, Problem, govuk, posted::Posted};

/// What the address may say of the story: codes only, no personal words.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    group: Option<String>,
    only: Option<String>,
    whose: Option<String>,
    from: Option<String>,
    until: Option<String>,
    before: Option<String>,
}

impl Asked {
    fn filter(&self) -> StoryFilter {
        let day = |text: &Option<String>| text.as_deref().and_then(|t| t.parse::<Date>().ok());
        StoryFilter {
            group: self.group.as_deref().and_then(EntryGroup::from_code),
            only: if self.only.as_deref() == Some("significant") { Only::Significant } else { Only::All },
            from_on: day(&self.from),
            until_on: day(&self.until),
            before: self.before.as_deref().and_then(|b| b.split_once('.')).and_then(|(on, id)| Some((on.parse().ok()?, id.to_owned()))),
        }
    }

    fn address(&self, id: &str, before: &str) -> String {
        let part = |name: &str, value: &Option<String>| {
            value.as_ref().filter(|v| !v.is_empty()).map(|v| format!("&{name}={v}")).unwrap_or_default()
        };
        let parts = [
            part("group", &self.group),
            part("only", &self.only),
            part("whose", &self.whose),
            part("from", &self.from),
            part("until", &self.until),
        ];
        format!("/people/{id}?before={before}{}#story", parts.concat())
    }
}

#[derive(Serialize)]
struct Line {
    #[serde(flatten)]
    row: StoryRow,
    label: &'static str,
    group: &'static str,
    people: Vec<String>,
    corrections: Vec<StoryRow>,
    correct_href: Option<String>,
}

/// GET /people/{person}
pub async fn show(cx: Context, Path(id): Path<String>, Query(asked): Query<Asked>) -> Outcome {
    let (mut tx, person) = opened(&cx, &id, Deed::ReadRecord).await?;
    let relatives = if asked.whose.as_deref() == Some("family") { relatives(&mut tx, &person).await? } else { Vec::new() };
    let everyone: Vec<&Opened> = std::iter::once(&person).chain(&relatives).collect();
    let (rows, more) = people::story(&mut tx, &everyone, &asked.filter()).await?;
    let older = more.then(|| rows.last().map(|r| asked.address(&id, &format!("{}.{}", r.happened_on, r.id)))).flatten();
    let open = dues::open_for(&mut tx, person.id()).await?;
    let due = dues::shown(&mut tx, &open).await?;
    let data = minijinja::context! {
        frame => govuk::value(&frame(&mut tx, &person, "").await?),
        lines => govuk::value(&lines(rows, &everyone)),
        due => govuk::value(&due), older, because => person.because(),
        groups => govuk::value(&EntryGroup::ALL.iter().map(|g| govuk::Choice { value: g.code().into(), text: g.label().into(), hint: None }).collect::<Vec<_>>()),
        chosen => minijinja::context! { group => asked.group, only => asked.only, whose => asked.whose, from => asked.from, until => asked.until },
    };
    let title = person.person().name();
    cx.page(tx, &title, "people/story.html", data).await
}

/// Those around whose records this worker may read.
async fn relatives(tx: &mut Tx, person: &Opened) -> Result<Vec<Opened>, Problem> {
    let mut all = Vec::new();
    for known in people::around(tx, person).await?.people.into_iter().filter(|k| k.id != *person.id()).take(12) {
        match people::open(tx, &known.id, Deed::ReadRecord).await {
            Ok(opened) => all.push(opened),
            Err(store::Error::IndexOnly(_) | store::Error::Hidden(_) | store::Error::RoleLacks | store::Error::NotFound) => {}
            Err(e) => return Err(e.into()),
        }
    }
    Ok(all)
}

/// One event of a family stands once; a correction stands with what it corrects.
fn lines(rows: Vec<StoryRow>, everyone: &[&Opened]) -> Vec<Line> {
    let name = |id: &PersonId| everyone.iter().find(|o| o.id() == id).map(|o| o.person().name());
    let mut lines: Vec<Line> = Vec::new();
    for row in rows {
        if let Some(corrected) = &row.corrects_id
            && let Some(line) = lines.iter_mut().find(|l| l.row.id == *corrected)
        {
            line.corrections.push(row);
            continue;
        }
        if row.family_event_id.is_some()
            && let Some(line) = lines.iter_mut().find(|l| l.row.family_event_id == row.family_event_id && l.row.kind == row.kind)
        {
            line.people.extend(name(&row.person_id));
            continue;
        }
        let kind = EntryKind::from_code(&row.kind);
        let by_hand = kind.is_some_and(EntryKind::is_written_by_hand);
        lines.push(Line {
            label: kind.map_or("Entry", EntryKind::label),
            group: kind.map_or("", |k| k.group().code()),
            people: if everyone.len() > 1 { name(&row.person_id).into_iter().collect() } else { Vec::new() },
            correct_href: by_hand.then(|| format!("/people/{}/entries/{}/correct", row.person_id, row.id)),
            corrections: Vec::new(),
            row,
        });
    }
    attach(lines)
}

/// A correction is younger than what it corrects and may stand above it; bring the two together.
fn attach(lines: Vec<Line>) -> Vec<Line> {
    let (corrections, mut rest): (Vec<Line>, Vec<Line>) = lines.into_iter().partition(|l| l.row.corrects_id.is_some());
    for correction in corrections {
        match rest.iter_mut().find(|l| Some(&l.row.id) == correction.row.corrects_id.as_ref()) {
            Some(line) => line.corrections.push(correction.row),
            None => rest.push(correction),
        }
    }
    rest.sort_by(|a, b| (b.row.happened_on, &b.row.id).cmp(&(a.row.happened_on, &a.row.id)));
    rest
}

/// POST /people/{person}/entries/{entry}/mark
pub async fn mark(cx: Context, Path((id, entry)): Path<(String, String)>, Posted(form): Posted) -> Outcome {
    let mut tx = cx.write().await?;
    let person = people::open(&mut tx, &PersonId::from_text(id.as_str()), Deed::WriteNote).await?;
    let weight = if form.raw("significant") == "yes" { Weight::Significant } else { Weight::Ordinary };
    record::mark(&mut tx, &person, &EntryId::from_text(entry), weight).await?;
    tx.commit().await?;
    cx.go(
        &format!("/people/{id}"),
        if weight == Weight::Significant { "Marked as significant." } else { "No longer marked as significant." },
    )
}

/// So many entries are read on one page, which is a long life's worth.
const WHOLE: i64 = 5000;

/// GET /people/{person}/story: the whole story on one page, oldest first, to read or print. Printing is on record.
pub async fn whole(cx: Context, Path(id): Path<String>) -> Outcome {
    let (mut tx, person) = opened(&cx, &id, Deed::ReadRecord).await?;
    tx.note(Noted::new("person.print", "person", person.id()));
    let rows = people::whole_story(&mut tx, &person, WHOLE).await?;
    let mut told = lines(rows, &[&person]);
    told.reverse();
    let data = minijinja::context! { frame => govuk::value(&frame(&mut tx, &person, "story").await?), lines => govuk::value(&told) };
    let title = format!("The story of {}", person.person().name());
    cx.page(tx, &title, "people/whole.html", data).await
}

/// GET /people/{person}/involvement
pub async fn involvement(cx: Context, Path(id): Path<String>) -> Outcome {
    let (mut tx, person) = opened(&cx, &id, Deed::ReadRecord).await?;
    let rows = people::involved(&mut tx, &person).await?;
    let data = minijinja::context! { frame => govuk::value(&frame(&mut tx, &person, "/involvement").await?), rows => govuk::value(&rows) };
    cx.page(tx, "Involvement", "people/involvement.html", data).await
}
