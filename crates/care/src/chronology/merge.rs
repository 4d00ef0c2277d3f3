//! Entries put together as a story: one event of a family stands once and names everyone whom it concerns; a
//! correction stands with what it corrects and never in its place; filters leave out, and never reorder.

use super::{EntryGroup, EntryKind};
use jiff::{Timestamp, civil::Date};
use std::collections::BTreeMap;

/// One entry of one person's record. `I` names an entry, `P` a person, `F` an event of a family.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry<I, P, F> {
    pub id: I,
    pub person: P,
    pub kind: EntryKind,
    pub on: Date,
    pub at: Option<Timestamp>,
    pub marked: Weight,
    pub family_event: Option<F>,
    pub corrects: Option<I>,
}

/// Whether a worker marked the entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Weight {
    #[default]
    Ordinary,
    Significant,
}

/// One line of the story: the entry that stands for it, everyone whom it concerns, its corrections, oldest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row<'a, I, P, F> {
    pub entry: &'a Entry<I, P, F>,
    pub people: Vec<&'a P>,
    pub corrections: Vec<&'a Entry<I, P, F>>,
    pub weight: Weight,
}

/// What to show; the default shows everything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter<P> {
    /// Empty means every group.
    pub groups: Vec<EntryGroup>,
    /// Empty means everyone.
    pub people: Vec<P>,
    pub least: Weight,
    pub from: Option<Date>,
    pub until: Option<Date>,
}

impl<P> Default for Filter<P> {
    fn default() -> Self {
        Filter { groups: vec![], people: vec![], least: Weight::Ordinary, from: None, until: None }
    }
}

/// The story, newest first: by day, then time of day (those without a time last), then id.
pub fn chronology<'a, I: Ord, P: Ord, F: Ord>(entries: &'a [Entry<I, P, F>], filter: &Filter<P>) -> Vec<Row<'a, I, P, F>> {
    let by_id: BTreeMap<&I, &Entry<I, P, F>> = entries.iter().map(|entry| (&entry.id, entry)).collect();
    let mut corrections: BTreeMap<&I, Vec<&Entry<I, P, F>>> = BTreeMap::new();
    let mut standing: Vec<&Entry<I, P, F>> = vec![];
    for entry in entries {
        match root(entry, &by_id) {
            Some(original) => corrections.entry(&original.id).or_default().push(entry),
            None => standing.push(entry),
        }
    }
    standing.sort_by(|a, b| (b.on, b.at, &b.id).cmp(&(a.on, a.at, &a.id)));
    let mut rows = merged(standing, &mut corrections);
    rows.retain(|row| filter.shows(row));
    rows
}

/// Events of a family are merged when they are of one kind on one day.
fn merged<'a, I: Ord, P: Ord, F: Ord>(
    standing: Vec<&'a Entry<I, P, F>>,
    corrections: &mut BTreeMap<&'a I, Vec<&'a Entry<I, P, F>>>,
) -> Vec<Row<'a, I, P, F>> {
    let mut rows: Vec<Row<'a, I, P, F>> = vec![];
    let mut events: BTreeMap<(&F, EntryKind, Date), usize> = BTreeMap::new();
    for entry in standing {
        let key = entry.family_event.as_ref().map(|event| (event, entry.kind, entry.on));
        let index = *key.as_ref().and_then(|key| events.get(key)).unwrap_or(&rows.len());
        if index == rows.len() {
            rows.push(Row { entry, people: vec![], corrections: vec![], weight: Weight::Ordinary });
            events.extend(key.map(|key| (key, index)));
        }
        let row = &mut rows[index];
        row.people.push(&entry.person);
        row.corrections.extend(corrections.remove(&entry.id).unwrap_or_default());
        if entry.kind.is_significant() || entry.marked == Weight::Significant {
            row.weight = Weight::Significant;
        }
    }
    for row in &mut rows {
        row.people.sort();
        row.people.dedup();
        row.corrections.sort_by(|a, b| (a.on, a.at, &a.id).cmp(&(b.on, b.at, &b.id)));
    }
    rows
}

/// The entry that a correction, or a correction of a correction, goes back to. One whose original is not here, or that
/// goes round in a ring, stands by itself.
fn root<'a, I: Ord, P, F>(entry: &Entry<I, P, F>, by_id: &BTreeMap<&'a I, &'a Entry<I, P, F>>) -> Option<&'a Entry<I, P, F>> {
    let mut original = *by_id.get(entry.corrects.as_ref()?)?;
    for _ in 0..by_id.len() {
        match original.corrects.as_ref().and_then(|id| by_id.get(id)) {
            Some(earlier) => original = earlier,
            None => return Some(original),
        }
    }
    None
}

impl<P: PartialEq> Filter<P> {
    fn shows<I, F>(&self, row: &Row<'_, I, P, F>) -> bool {
        let entry = row.entry;
        let corrected = |group: &EntryGroup| *group == EntryGroup::Notes && !row.corrections.is_empty();
        (self.groups.is_empty() || self.groups.iter().any(|group| *group == entry.kind.group() || corrected(group)))
            && (self.people.is_empty() || row.people.iter().any(|person| self.people.contains(person)))
            && (self.least == Weight::Ordinary || row.weight == Weight::Significant)
            && self.from.is_none_or(|from| entry.on >= from)
            && self.until.is_none_or(|until| entry.on <= until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    type Plain = Entry<u32, &'static str, u32>;

    fn entry(id: u32, person: &'static str, kind: EntryKind, on: Date) -> Plain {
        Entry { id, person, kind, on, at: None, marked: Weight::Ordinary, family_event: None, corrects: None }
    }

    fn ids(rows: &[Row<'_, u32, &'static str, u32>]) -> Vec<u32> {
        rows.iter().map(|row| row.entry.id).collect()
    }

    #[test]
    fn tells_one_event_of_a_family_once() {
        let (monday, tuesday) = (date(2026, 11, 23), date(2026, 11, 24));
        let at = |second| Some(Timestamp::from_second(second).unwrap());
        let entries = [
            Entry { family_event: Some(7), ..entry(1, "kai", EntryKind::Conference, monday) },
            Entry { family_event: Some(7), ..entry(2, "ava", EntryKind::Conference, monday) },
            // The same event, but something else.
            Entry { family_event: Some(7), ..entry(3, "ava", EntryKind::StatusStarted, monday) },
            entry(4, "kai", EntryKind::CaseNote, tuesday),
            Entry { at: at(60), ..entry(5, "kai", EntryKind::Visit, monday) },
            Entry { at: at(30), ..entry(6, "kai", EntryKind::CaseNote, monday) },
        ];
        let rows = chronology(&entries, &Filter::default());
        assert_eq!(ids(&rows), [4, 5, 6, 3, 2]);
        assert_eq!(rows[4].people, [&"ava", &"kai"]);
        assert_eq!((rows[4].weight, rows[0].weight), (Weight::Significant, Weight::Ordinary));
    }

    #[test]
    fn corrections_stand_with_what_they_correct() {
        let on = date(2026, 11, 23);
        let correction = |id, corrects| Entry { corrects: Some(corrects), ..entry(id, "kai", EntryKind::Correction, on) };
        let entries = [
            entry(1, "kai", EntryKind::Visit, date(2026, 11, 2)),
            correction(2, 1),
            correction(3, 2),
            correction(4, 99),
            // A ring, which no page can make but a file might.
            correction(5, 6),
            correction(6, 5),
        ];
        let rows = chronology(&entries, &Filter::default());
        assert_eq!(ids(&rows), [6, 5, 4, 1]);
        let attached: Vec<u32> = rows[3].corrections.iter().map(|correction| correction.id).collect();
        assert_eq!(attached, [2, 3]);
    }

    #[test]
    fn filters_leave_out() {
        let entries = [
            entry(1, "kai", EntryKind::CaseNote, date(2026, 1, 1)),
            Entry { marked: Weight::Significant, ..entry(2, "kai", EntryKind::CaseNote, date(2026, 2, 1)) },
            entry(3, "ava", EntryKind::Referral, date(2026, 3, 1)),
            entry(4, "ava", EntryKind::Visit, date(2026, 4, 1)),
            Entry { corrects: Some(4), ..entry(5, "ava", EntryKind::Correction, date(2026, 4, 2)) },
        ];
        let shown = |filter: Filter<&'static str>| ids(&chronology(&entries, &filter));
        let all = || Filter::default();
        assert_eq!(shown(all()), [4, 3, 2, 1]);
        assert_eq!(shown(Filter { groups: vec![EntryGroup::Contacts], ..all() }), [3]);
        assert_eq!(shown(Filter { groups: vec![EntryGroup::Notes], ..all() }), [4, 2, 1], "a corrected visit too");
        assert_eq!(shown(Filter { people: vec!["kai"], ..all() }), [2, 1]);
        assert_eq!(shown(Filter { least: Weight::Significant, ..all() }), [3, 2]);
        assert_eq!(shown(Filter { from: Some(date(2026, 2, 1)), until: Some(date(2026, 3, 1)), ..all() }), [3, 2]);
    }
}
