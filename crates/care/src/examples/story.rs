//! What stands in an invented story: plain sentences, put together by chance (table of data, and how it is used).

use super::{Dice, Event};
use crate::{calendar::add_days, chronology::EntryKind};
use jiff::civil::Date;

const SEEN: &[&str] = &[
    "Seen at home. Showed me the drawings on the fridge and talked about school.",
    "Seen alone in the bedroom. Said the new bed is good and that nights are quieter now.",
    "Played with bricks while we talked. Said mum shouts less.",
    "Quiet today. Answered with nods. Wanted the door left open.",
    "Was making toast when I came. Told me about football and a new friend.",
    "Said: I like it when Nan comes, then we have tea together.",
    "Watched with mother. Turned to her for comfort and settled quickly.",
    "Worried about moving house. Asked twice who would tell the school.",
];
const VIEW: &[&str] = &[
    "Warmer between them than last time; the routine at bedtime holds.",
    "The home is cold again; I will ask about the meter today.",
    "The plan is working slowly. Attendance is what we look at next.",
    "I am more worried than a month ago: three missed appointments.",
    "Nothing new to worry about; keep the present pattern of visits.",
    "They need a second adult who is not us. Grandmother is willing.",
];
const NOTES: &[&str] = &[
    "Call with school: attendance 91 %, friendly with two others, tired on Mondays.",
    "Health visitor rang: weight on its line, injections up to date.",
    "Father left a message about Saturday; rang back, agreed 2pm at the family centre.",
    "Letter from housing: the damp will be seen to this month.",
    "Asked for the record of the last appointment; the surgery will send it.",
    "Text from mother: running late, will be in by four.",
    "Talked through the plan with mother, who asked for it in writing and has it now.",
    "Nursery says drop-off is calmer since the new key person began.",
    "Family support session done: sleep and screens. Next one in two weeks.",
    "Police log read: one call to a neighbour, nothing to do with this family.",
];
const DECISIONS: &[&str] = &[
    "Decided: keep the plan and look again in six weeks. Why: progress, but only since last month.",
    "Decided: ask for a family group meeting. Why: three relatives offer help and nobody has asked them together.",
    "Decided: step up visits to weekly until the review. Why: missed appointments.",
    "Decided: no change. Why: the plan does what it should.",
];

/// One case's story from its first day until its last, oldest first.
pub struct Telling<'a> {
    pub dice: &'a mut Dice,
    pub from: Date,
    pub until: Date,
    /// Days between visits.
    pub every: i32,
    pub worker: usize,
    pub manager: usize,
}

impl Telling<'_> {
    pub fn tell(&mut self, events: &mut Vec<Event>) {
        let mut day = add_days(self.from, self.dice.between(1, 6));
        let mut visits = 0;
        while day <= self.until {
            self.visit(day, events);
            visits += 1;
            for _ in 0..self.dice.between(1, 3) {
                let on = add_days(day, self.dice.between(1, self.every.max(2) - 1));
                if on <= self.until {
                    events.push(Event::new(on, EntryKind::CaseNote, "Case note", *self.dice.pick(NOTES), self.worker));
                }
            }
            if visits % 3 == 0 {
                let on = add_days(day, 1).min(self.until);
                events.push(Event::new(on, EntryKind::Supervision, "Case supervision", *self.dice.pick(DECISIONS), self.manager));
            }
            day = add_days(day, self.every + self.dice.between(-3, 4));
        }
        events.sort_by_key(|e| e.on);
    }

    fn visit(&mut self, day: Date, events: &mut Vec<Event>) {
        if self.dice.in_hundred(8) {
            let words = "Not seen: Nobody in\n\nAttempts: 2";
            events.push(Event::new(day, EntryKind::UnsuccessfulVisit, "Visit: not seen", words, self.worker));
            return;
        }
        let (seen, view) = (*self.dice.pick(SEEN), *self.dice.pick(VIEW));
        let title = if self.dice.in_hundred(70) { "Visit: seen alone" } else { "Visit: seen" };
        events.push(Event::new(
            day,
            EntryKind::Visit,
            title,
            format!("The child's words: {seen}\n\nThe worker's view: {view}"),
            self.worker,
        ));
    }
}
