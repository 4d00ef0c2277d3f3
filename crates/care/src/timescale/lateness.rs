//! How something stands against its due date, in words that say which days they count.

use jiff::{Timestamp, civil::Date};
use serde::Serialize;

use super::{Clocks, Countdown, Due, Start, Unit, countdown, countdown_open};
use crate::{
    calendar::{Calendar, calendar_days_between, london},
    coded, words,
};

coded! {
    pub enum Standing {
        Met = "met", "Done on time";
        MetLate = "met_late", "Done late";
        Late = "late", "Open and late";
        Today = "today", "Due today";
        Soon = "soon", "Due soon";
        Ahead = "ahead", "Not due yet";
    }
}

/// How many days make "soon".
const SOON: i32 = 7;

/// A standing with its distance, counted in working or in calendar days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Lateness {
    pub standing: Standing,
    pub days: i32,
    pub in_working_days: bool,
}

impl Lateness {
    /// What is open today.
    pub fn open(due_on: Date, today: Date, in_working_days: InDays, calendar: &Calendar) -> Self {
        let days = in_working_days.count(due_on, today, calendar);
        let standing = match () {
            () if today > due_on => Standing::Late,
            () if today == due_on => Standing::Today,
            () if calendar_days_between(today, due_on) <= SOON => Standing::Soon,
            () => Standing::Ahead,
        };
        Lateness { standing, days: days.abs(), in_working_days: in_working_days == InDays::Working }
    }

    /// What was done, on this day.
    pub fn met(due_on: Date, done_on: Date, in_working_days: InDays, calendar: &Calendar) -> Self {
        let days = in_working_days.count(due_on, done_on, calendar);
        let standing = if done_on <= due_on { Standing::Met } else { Standing::MetLate };
        Lateness { standing, days: days.abs(), in_working_days: in_working_days == InDays::Working }
    }

    /// "late by 3 working days", "due today", "due in 12 calendar days", "done 2 working days late".
    pub fn words(&self) -> String {
        let unit = if self.in_working_days { "working" } else { "calendar" };
        let days = words::counted(i64::from(self.days), &format!("{unit} day"), &format!("{unit} days"));
        match self.standing {
            // Due on a Friday, looked at on the Saturday: late, though no working day has passed.
            Standing::Late if self.days == 0 => format!("late, by less than 1 {unit} day"),
            Standing::Late => format!("late by {days}"),
            Standing::Today => "due today".into(),
            Standing::Soon | Standing::Ahead if self.days == 0 => format!("due before the next {unit} day"),
            Standing::Soon | Standing::Ahead => format!("due in {days}"),
            Standing::Met => "done on time".into(),
            Standing::MetLate if self.days == 0 => "done late".into(),
            Standing::MetLate => format!("done {days} late"),
        }
    }
}

/// How a clock stands, as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stands {
    pub standing: Standing,
    pub words: String,
}

impl Due {
    /// How it stands while it is open: by the minute where hours count, otherwise by the day.
    pub fn open(&self, now: Timestamp, clocks: &Clocks<'_>) -> Stands {
        let today = london(now).date();
        let by_day = Lateness::open(self.on, today, self.in_days(), clocks.calendar);
        let Some(due_at) = self.at else { return Stands { standing: by_day.standing, words: by_day.words() } };
        let left = self.countdown(due_at, now, clocks);
        let standing = if left.is_late() { Standing::Late } else { by_day.standing };
        Stands { standing, words: left.words() }
    }

    /// How it stands when it was done then. Where only the day is known it was on time if the day was.
    pub fn done(&self, done: Start, clocks: &Clocks<'_>) -> Stands {
        match (self.at, done) {
            (Some(due_at), Start::At(done_at)) if done_at > due_at => {
                let Countdown::LateBy { minutes, counting } = self.countdown(due_at, done_at, clocks) else {
                    return Stands { standing: Standing::MetLate, words: "done late".into() };
                };
                Stands { standing: Standing::MetLate, words: format!("done {} late", counting.span(minutes)) }
            }
            (Some(_), Start::At(_)) => Stands { standing: Standing::Met, words: "done on time".into() },
            _ => {
                let met = Lateness::met(self.on, done.day(), self.in_days(), clocks.calendar);
                Stands { standing: met.standing, words: met.words() }
            }
        }
    }

    /// In which days a distance from it is counted.
    pub fn in_days(&self) -> InDays {
        if self.counts_working_days { InDays::Working } else { InDays::Calendar }
    }

    fn countdown(&self, due_at: Timestamp, now: Timestamp, clocks: &Clocks<'_>) -> Countdown {
        match self.unit {
            Unit::OfficeHours => countdown_open(due_at, now, clocks),
            _ => countdown(due_at, now),
        }
    }
}

/// In which days a distance is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InDays {
    Working,
    Calendar,
}

impl InDays {
    fn count(self, from: Date, to: Date, calendar: &Calendar) -> i32 {
        match self {
            InDays::Working => calendar.working_days_between(from, to),
            InDays::Calendar => calendar_days_between(from, to),
        }
    }
}
