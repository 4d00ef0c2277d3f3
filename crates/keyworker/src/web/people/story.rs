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
    id::{EntryId, PersonId},
    people::{self, Only, Opened, Shown, StoryFilter, StoryRow, Told},
    record::{self, Weight},
};

use super::{family, frame, opened};
use crate::web::{Context, Outcome, Problem, govuk, posted::Posted};

/// What the address may say of the story: codes and days only, no personal words.
#[derive(Debug, Clone, Default, Deserialize)]
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
        let day = |text: &Option<String>| text.as_deref().and_then(|t| t.trim().parse::<Date>().ok());
        StoryFilter {
            group: self.group.as_deref().and_then(EntryGroup::from_code),
            only: if self.only.as_deref() == Some("significant") { Only::Significant } else { Only::All },
            from_on: day(&self.from),
            until_on: day(&self.until),
            before: self.before.as_deref().and_then(|b| b.split_once('.')).and_then(|(on, id)| Some((on.parse().ok()?, id.to_owned()))),
        }
    }

    /// A day that cannot be read is said, not silently left out.
    fn is_unread(&self) -> bool {
        let unread = |text: &Option<String>| text.as_deref().is_some_and(|t| !t.trim().is_empty() && t.trim().parse::<Date>().is_err());
        unread(&self.from) || unread(&self.until)
    }

    fn is_filtered(&self) -> bool {
        [&self.group, &self.only, &self.whose, &self.from, &self.until].into_iter().any(|v| v.as_deref().is_some_and(|v| !v.is_empty()))
    }

    /// The address of the story with these parts.
    fn address(&self, id: &str) -> String {
        self.at(&format!("/people/{id}"))
    }

    /// An address with these parts, each of which is written only where it is a code or a day.
    fn at(&self, path: &str) -> String {
        let part = |name: &str, value: &Option<String>| {
            let plain = |v: &&String| !v.is_empty() && v.chars().all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c));
            value.as_ref().filter(plain).map(|v| format!("{name}={v}"))
        };
        let parts = [
            part("group", &self.group),
            part("only", &self.only),
            part("whose", &self.whose),
            part("from", &self.from),
            part("until", &self.until),
            part("before", &self.before),
        ];
        let asked: Vec<String> = parts.into_iter().flatten().collect();
        if asked.is_empty() { path.to_owned() } else { format!("{path}?{}", asked.join("&")) }
    }

    /// What was left out, for the head of what is printed.
    fn words(&self) -> Option<String> {
        let filter = self.filter();
        let parts = [
            filter.group.map(|g| g.label().to_lowercase()),
            (filter.only == Only::Significant).then(|| "significant entries".to_owned()),
            filter.from_on.map(|on| format!("from {}", care::words::date(on))),
            filter.until_on.map(|on| format!("until {}", care::words::date(on))),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| format!("Only {}", parts.join(", ")))
    }

    fn with(&self, change: impl FnOnce(&mut Asked)) -> Asked {
        let mut other = Asked { before: None, ..self.clone() };
        change(&mut other);
        other
    }
}

/// One press of the filter.
#[derive(Serialize)]
struct Chip {
    text: &'static str,
    href: String,
    on: bool,
}

fn chips(asked: &Asked, id: &str) -> [Vec<Chip>; 3] {
    let group = |code: Option<&str>, text| Chip {
        text,
        href: asked.with(|a| a.group = code.map(str::to_owned)).address(id),
        on: asked.group.as_deref().filter(|g| !g.is_empty()) == code,
    };
    let groups = std::iter::once(group(None, "Everything")).chain(EntryGroup::ALL.iter().map(|g| group(Some(g.code()), g.label())));
    let whose = [(None, "This person"), (Some("family"), "The whole family")].map(|(code, text)| Chip {
        text,
        href: asked.with(|a| a.whose = code.map(str::to_owned)).address(id),
        on: asked.whose.as_deref().filter(|w| !w.is_empty()) == code,
    });
    let only = [(None, "All entries"), (Some("significant"), "Significant only")].map(|(code, text)| Chip {
        text,
        href: asked.with(|a| a.only = code.map(str::to_owned)).address(id),
        on: asked.only.as_deref().filter(|w| !w.is_empty()) == code,
    });
    [groups.collect(), whose.into(), only.into()]
}

/// The entries of a month.
#[derive(Serialize)]
struct Month {
    name: String,
    lines: Vec<Line>,
}

#[derive(Serialize)]
struct Line {
    id: EntryId,
    person_id: PersonId,
    title: String,
    kind: String,
    on: String,
    day: String,
    happened_at: Option<String>,
    /// The kind in words, where the title does not say it.
    label: Option<&'static str>,
    group: &'static str,
    by: Option<String>,
    recorded_on: Option<String>,
    imported: bool,
    queried: Option<String>,
    significant: bool,
    /// Long words are folded after so many.
    head: String,
    rest: String,
    people: Vec<String>,
    corrections: Vec<StoryRow>,
    /// It stood on another record first, and came here on this day.
    moved_on: Option<String>,
    correct_href: Option<String>,
    document_href: Option<String>,
}

/// GET /people/{person}
pub async fn show(cx: Context, Path(id): Path<String>, Query(asked): Query<Asked>) -> Outcome {
    let (mut tx, person) = opened(&cx, &id, Deed::ReadRecord).await?;
    let around = people::around(&mut tx, &person).await?;
    let relatives = if asked.whose.as_deref() == Some("family") { relatives(&mut tx, &around, person.id()).await? } else { Vec::new() };
    let everyone: Vec<&Opened> = std::iter::once(&person).chain(&relatives).collect();
    let told = people::story(&mut tx, &everyone, &asked.filter()).await?;
    let last = told.rows.last().map(|r| format!("{}.{}", r.happened_on, r.id));
    let older = last.filter(|_| told.more).map(|before| format!("{}#story", Asked { before: Some(before), ..asked.clone() }.address(&id)));
    let newest = asked.before.is_some().then(|| asked.with(|_| {}).address(&id));
    let [groups, whose, only] = chips(&asked, &id);
    let data = minijinja::context! {
        frame => govuk::value(&frame(&mut tx, &person, "").await?),
        months => govuk::value(&months(lines(told, &everyone))),
        older, newest, because => person.because(), back => asked.address(&id), whole => asked.with(|_| {}).at(&format!("/people/{id}/story")),
        groups => govuk::value(&groups), whose => govuk::value(&whose), only => govuk::value(&only),
        filtered => asked.is_filtered(), unread => asked.is_unread(), everything => format!("/people/{id}"),
        near => govuk::value(&family::near(&around, person.id(), cx.today())),
        chosen => minijinja::context! { group => asked.group, only => asked.only, whose => asked.whose, from => asked.from, until => asked.until },
    };
    let title = person.person().name();
    cx.page(tx, &title, "people/story.html", data).await
}

/// At most so many relatives' stories are told together.
const RELATIVES: usize = 12;

/// Those around whose records this worker may read; that each was read is on record.
async fn relatives(tx: &mut Tx, around: &people::Around, own: &PersonId) -> Result<Vec<Opened>, Problem> {
    let mut all = Vec::new();
    for known in around.people.iter().filter(|k| k.shown == Shown::Record && k.id != *own).take(RELATIVES) {
        match people::open(tx, &known.id, Deed::ReadRecord).await {
            Ok(opened) => all.push(opened),
            Err(store::Error::IndexOnly(_) | store::Error::Hidden(_) | store::Error::RoleLacks | store::Error::NotFound) => {}
            Err(e) => return Err(e.into()),
        }
    }
    Ok(all)
}

/// One event of a family stands once and names everyone; a correction stands with what it corrects.
fn lines(told: Told, everyone: &[&Opened]) -> Vec<Line> {
    let name = |id: &PersonId| everyone.iter().find(|o| o.id() == id).map(|o| o.person().name());
    let mut lines: Vec<(Option<String>, Line)> = Vec::new();
    for row in told.rows {
        let event = row.family_event_id.clone();
        let same = |(other, line): &&mut (Option<String>, Line)| event.is_some() && *other == event && line.kind == row.kind;
        if let Some((_, line)) = lines.iter_mut().find(same) {
            line.people.extend(name(&row.person_id));
            continue;
        }
        let people = if everyone.len() > 1 { name(&row.person_id).into_iter().collect() } else { Vec::new() };
        let corrections = told.corrections.iter().filter(|c| c.corrects_id.as_ref() == Some(&row.id)).cloned().collect();
        lines.push((event, line(row, people, corrections)));
    }
    lines.into_iter().map(|(_, line)| line).collect()
}

fn line(row: StoryRow, people: Vec<String>, corrections: Vec<StoryRow>) -> Line {
    let kind = EntryKind::from_code(&row.kind);
    let label = kind.map_or("Entry", EntryKind::label);
    let (head, rest) = folded(&row.words);
    let recorded = care::calendar::london(row.recorded_at.0).date();
    let facts: serde_json::Value = serde_json::from_str(&row.facts).unwrap_or_default();
    let document = facts["document"].as_str().filter(|d| d.chars().all(|c| c.is_ascii_alphanumeric()));
    Line {
        label: (!row.title.to_lowercase().starts_with(&label.to_lowercase())).then_some(label),
        group: kind.map_or("", |k| k.group().code()),
        correct_href: kind
            .is_some_and(EntryKind::is_written_by_hand)
            .then(|| format!("/people/{}/entries/{}/correct", row.person_id, row.id)),
        moved_on: facts["moved_on"].as_str().map(str::to_owned),
        document_href: document.map(|document| format!("/people/{}/documents/{document}", row.person_id)),
        on: row.happened_on.to_string(),
        day: row.happened_on.strftime("%a %-d").to_string(),
        happened_at: row.happened_at.map(|at| at.to_string()),
        recorded_on: (recorded != row.happened_on.0).then(|| recorded.to_string()),
        imported: row.source.starts_with("import"),
        queried: row.queried,
        head: head.to_owned(),
        rest: rest.to_owned(),
        id: row.id,
        person_id: row.person_id,
        title: row.title,
        kind: row.kind,
        by: row.recorded_by,
        significant: row.significant,
        people,
        corrections,
    }
}

/// Longer words are folded at the end of a line or a word near here.
const FOLDED: usize = 1200;

fn folded(words: &str) -> (&str, &str) {
    if words.chars().count() <= FOLDED + FOLDED / 4 {
        return (words, "");
    }
    let end = words.char_indices().nth(FOLDED).map_or(words.len(), |(at, _)| at);
    let at = words[..end].rfind('\n').filter(|at| *at > end / 2).or_else(|| words[..end].rfind(' ')).unwrap_or(end);
    words.split_at(at)
}

fn months(lines: Vec<Line>) -> Vec<Month> {
    let mut months: Vec<Month> = Vec::new();
    for line in lines {
        let name = line.on.parse::<Date>().map_or_else(|_| line.on.clone(), |on| on.strftime("%B %Y").to_string());
        match months.last_mut().filter(|m| m.name == name) {
            Some(month) => month.lines.push(line),
            None => months.push(Month { name, lines: vec![line] }),
        }
    }
    months
}

/// POST /people/{person}/entries/{entry}/mark
pub async fn mark(cx: Context, Path((id, entry)): Path<(String, String)>, Posted(form): Posted) -> Outcome {
    let mut tx = cx.write().await?;
    let person = people::open(&mut tx, &PersonId::from_text(id.as_str()), Deed::WriteNote).await?;
    let weight = if form.raw("significant") == "yes" { Weight::Significant } else { Weight::Ordinary };
    record::mark(&mut tx, &person, &EntryId::from_text(entry.as_str()), weight).await?;
    tx.commit().await?;
    let back = form.raw("back");
    let back = if back.starts_with("/people/") { back } else { format!("/people/{id}") };
    let news = if weight == Weight::Significant { "Marked as significant." } else { "No longer marked as significant." };
    cx.go(&format!("{back}#entry-{entry}"), news)
}

/// So many entries are read on one page, which is a long life's worth.
const WHOLE: usize = 5000;

/// GET /people/{person}/story: the whole story on one page, oldest first, to read or print. Printing is on record.
pub async fn whole(cx: Context, Path(id): Path<String>, Query(asked): Query<Asked>) -> Outcome {
    let (mut tx, person) = opened(&cx, &id, Deed::ReadRecord).await?;
    let is_family = asked.whose.as_deref() == Some("family");
    let around = if is_family { people::around(&mut tx, &person).await? } else { people::Around::default() };
    let relatives = relatives(&mut tx, &around, person.id()).await?;
    let everyone: Vec<&Opened> = std::iter::once(&person).chain(&relatives).collect();
    for one in &everyone {
        tx.note(Noted::new("person.print", "person", one.id()));
    }
    let told = people::whole_story(&mut tx, &everyone, &asked.filter(), WHOLE).await?;
    let more = told.more;
    let at = format!("/people/{id}/story");
    let [_, _, only] = chips(&asked, &id);
    let data = minijinja::context! {
        frame => govuk::value(&frame(&mut tx, &person, "story").await?), months => govuk::value(&months(lines(told, &everyone))),
        more, printed_at => cx.act().at().to_string(), is_family, filtered => asked.is_filtered(), everything => at.clone(), back => asked.address(&id),
        significant => only[1].on, significant_href => asked.with(|a| a.only = Some("significant".into())).at(&at),
        family_href => asked.with(|a| a.whose = Some("family".into())).at(&at), between => asked.words(),
        names => everyone.iter().map(|o| o.person().name()).collect::<Vec<_>>(),
    };
    let whose = if is_family { " and their family" } else { "" };
    let title = format!("The story of {}{whose}", person.person().name());
    cx.page(tx, &title, "people/whole.html", data).await
}

/// GET /people/{person}/involvement
pub async fn involvement(cx: Context, Path(id): Path<String>) -> Outcome {
    let (mut tx, person) = opened(&cx, &id, Deed::ReadRecord).await?;
    let rows = people::involved(&mut tx, &person).await?;
    let data =
        minijinja::context! { frame => govuk::value(&frame(&mut tx, &person, "/involvement").await?), cases => govuk::value(&cases(rows)) };
    cx.page(tx, "Involvement", "people/involvement.html", data).await
}

/// A team's part in the person's life, with those who held it.
#[derive(Serialize)]
struct Case {
    team: String,
    kind: String,
    opened_on: String,
    closed_on: Option<String>,
    why: Option<String>,
    workers: Vec<Part>,
}
#[derive(Serialize)]
struct Part {
    name: String,
    part: String,
    from_on: Option<String>,
    until_on: Option<String>,
    why: Option<String>,
}

fn cases(rows: Vec<people::Involved>) -> Vec<Case> {
    let mut cases: Vec<(String, Case)> = Vec::new();
    for row in rows {
        if cases.last().is_none_or(|(id, _)| *id != row.id) {
            let case = Case {
                kind: care::case_kind::CaseKind::from_code(&row.kind)
                    .map_or_else(|| super::words::plain(&row.kind), |k| k.label().to_owned()),
                opened_on: row.opened_on.to_string(),
                closed_on: row.closed_on.map(|d| d.to_string()),
                why: row.closure_reason.as_deref().map(super::words::plain),
                team: row.team,
                workers: Vec::new(),
            };
            cases.push((row.id, case));
        }
        let (Some((_, case)), Some(name)) = (cases.last_mut(), row.worker) else { continue };
        let part = row.part.as_deref().filter(|p| *p != "primary").map_or("Allocated worker".into(), super::words::plain);
        case.workers.push(Part {
            name,
            part,
            from_on: row.from_on.map(|d| d.to_string()),
            until_on: row.until_on.map(|d| d.to_string()),
            why: row.end_cause.as_deref().map(super::words::plain),
        });
    }
    cases.into_iter().map(|(_, case)| case).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_words_are_folded_between_words() {
        let short = "a short note";
        assert_eq!(folded(short), (short, ""));
        let long = "word ".repeat(600);
        let (head, rest) = folded(&long);
        assert!(head.ends_with("word") && rest.starts_with(' ') && head.len() <= FOLDED && format!("{head}{rest}") == long);
        let script = "م".repeat(4000);
        assert_eq!(folded(&script).0.chars().count(), FOLDED);
    }

    #[test]
    fn an_address_carries_codes_and_no_words() {
        let asked =
            Asked { group: Some("visits".into()), whose: Some("Ellie Marsh".into()), from: Some("2026-01-01".into()), ..Asked::default() };
        assert_eq!(asked.address("1"), "/people/1?group=visits&from=2026-01-01");
        assert_eq!(asked.with(|a| a.group = None).address("1"), "/people/1?from=2026-01-01");
        assert!(Asked { from: Some("yesterday".into()), ..Asked::default() }.is_unread());
    }
}
