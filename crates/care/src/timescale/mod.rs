//! Every time limit that the law, guidance or a council's own practice sets, in one register, and how a due date
//! follows from it. A due date carries its rule, its start, its arithmetic and its source, so that any page that shows
//! it can say how it was reckoned.
//!
//! The start day is day 0 unless a rule says otherwise. Hours run on the real clock, through nights and weekends.
//! Something is on time when it was done on or before its due date; what is open and late is counted as such. A start
//! before the earliest version of a rule is judged by that version, and the due date says so.
//!
//! Leaves out: which clock starts when (the steps themselves do that), and reminders.

mod clocks;
mod countdown;
mod due;
mod explain;
mod lateness;
mod markdown;
mod next;
mod register;
mod unnumbered;

pub use clocks::Clocks;
#[cfg(test)]
pub(crate) use clocks::nationally;
pub use countdown::{Countdown, Counting, countdown, countdown_open, span};
pub use due::{Due, Start};
pub use lateness::{InDays, Lateness, Standing, Stands};
pub use markdown::register_markdown;
pub use next::{
    LOOKED_AFTER_VISITS, Placement, PlacementDates, ProtectionStep, VisitRegime, after_private_fostering_visit, after_visit, core_group,
    is_visit, looked_after_review, looked_after_visit, next_conference, next_core_group, next_looked_after_review, protection_review,
};
pub use register::{LocalChange, Register, Unknown};
pub use unnumbered::{UNNUMBERED, Unnumbered};

use crate::coded;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

coded! {
    /// What an amount counts.
    pub enum Unit {
        WorkingDays = "working_days", "working days";
        CalendarDays = "calendar_days", "calendar days";
        Weeks = "weeks", "weeks";
        Months = "months", "months";
        Years = "years", "years";
        Hours = "hours", "hours on the clock";
        OfficeHours = "office_hours", "working hours";
    }
}

coded! {
    /// Where a rule has its force from. Only local ones may be changed by a council.
    pub enum Kind {
        Statute = "statute", "Law";
        Guidance = "guidance", "Statutory guidance";
        Local = "local", "Local practice";
    }
}

coded! {
    /// Whether the start counts as the first day.
    pub enum StartDay {
        IsDayZero = "day_0", "the start is day 0";
        IsDayOne = "day_1", "the start is day 1";
    }
}

coded! {
    /// What becomes of a due date that falls on a weekend or bank holiday.
    pub enum Roll {
        Stays = "stays", "stays";
        NextWorkingDay = "next", "moves to the next working day";
        PreviousWorkingDay = "previous", "moves to the working day before";
    }
}

coded! {
    /// How sure the project is of a rule's wording.
    pub enum Checked {
        AtSource = "at_source", "read at the source named";
        Reported = "reported", "as a secondary source reports it";
        GeneralKnowledge = "general", "general knowledge: check it before relying on it";
        Proposed = "proposed", "proposed here: decide locally";
    }
}

/// One rule, as it stands from one day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timescale {
    pub code: String,
    /// What is to be done, as a heading: "Child and family assessment".
    pub name: String,
    /// The rule in words.
    pub words: String,
    /// The event from which it runs.
    pub anchor: String,
    pub amount: i32,
    pub unit: Unit,
    pub start_day: StartDay,
    pub roll: Roll,
    pub kind: Kind,
    pub source: String,
    pub checked: Checked,
    pub from_on: Date,
    pub until_on: Option<Date>,
}

impl Timescale {
    /// "45 working days", "1 week", "72 hours on the clock"; without saying that it runs backwards, where it does.
    pub fn length(&self) -> String {
        let (label, amount) = (self.unit.label(), self.amount.abs());
        let (units, rest) = label.split_once(" on ").map_or((label, String::new()), |(u, r)| (u, format!(" on {r}")));
        format!("{amount} {}{rest}", if amount == 1 { units.trim_end_matches('s') } else { units })
    }

    /// The same, with the calendar days that weeks make: "6 weeks (42 calendar days)".
    pub fn length_in_days(&self) -> String {
        match self.unit {
            Unit::Weeks => format!("{} ({} calendar days)", self.length(), self.amount.abs() * 7),
            _ => self.length(),
        }
    }

    pub fn is_in_force(&self, on: Date) -> bool {
        self.from_on <= on && self.until_on.is_none_or(|until| on <= until)
    }
}

#[cfg(test)]
mod tests;
