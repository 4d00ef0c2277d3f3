//! The weekly looks at those who wait for a worker. Most managers looked within the week; Eastbrook's, above the guideline
//! and with a worker away, did not get round to all.

use care::{
    access::Role,
    calendar::{add_days, calendar_days_between},
    examples::{Borough, Case},
};

use super::{
    TEAM, WORKER, id,
    writer::{Writer, noon},
};
use crate::bulk::Cell;

pub(super) const COLUMNS: &[&str] =
    &["id", "involvement_id", "person_id", "team_id", "reviewed_on", "outcome", "words", "reviewed_by", "reviewed_at"];

const SAID: &[(&str, &str)] = &[
    ("safe_to_wait", "Duty rang the school and the family: nothing new. Safe to wait a week."),
    ("duty_acts", "Duty visits on Thursday; still to be given a worker."),
    ("allocate_now", "Must not wait longer: to be given to the next worker with room."),
];
const EASTBROOK: usize = 10;

impl Writer<'_> {
    pub(super) fn waits(&mut self, borough: &Borough, case: &Case, involvement: &str, person: &str) {
        let today = borough.size.today;
        let waited = calendar_days_between(case.opened_on, today);
        let manager = borough.workers.iter().find(|w| w.team == Some(case.team) && w.role == Role::TeamManager);
        let Some(manager) = manager.filter(|_| waited > 7 && !(case.team == EASTBROOK && waited % 3 != 0)) else { return };
        let mut weeks = (1..=(waited - 1) / 7).peekable();
        while let Some(week) = weeks.next() {
            let (outcome, words) = if weeks.peek().is_none() { SAID[usize::try_from(waited).unwrap_or(0) % SAID.len()] } else { SAID[0] };
            let on = add_days(case.opened_on, week * 7);
            let row = [
                self.other(),
                Cell::text(involvement),
                Cell::text(person),
                Cell::text(id(TEAM, case.team)),
                Cell::On(on),
                Cell::text(outcome),
                Cell::text(words),
                Cell::text(id(WORKER, manager.no)),
                Cell::At(noon(on)),
            ];
            self.looks.push(row);
        }
    }
}
