//! Who asks, when, and from where: no transaction begins without it.

use jiff::{Timestamp, civil::Date, tz::TimeZone};

use crate::{
    id::WorkerId,
    value::{At, Day},
};

/// One worker doing one thing at one moment.
#[derive(Debug, Clone)]
pub struct Act {
    worker: WorkerId,
    at: At,
    today: Date,
    why: Option<String>,
}

impl Act {
    /// `at` comes from the caller's clock; the day is the one in London at that instant.
    pub fn new(worker: WorkerId, at: Timestamp) -> Self {
        Self { worker, at: At::cut(at), today: london(at), why: None }
    }

    /// The product's own background work.
    pub fn system(at: Timestamp) -> Self {
        Self::new(WorkerId::from_text("system"), at)
    }

    /// The built-in actor of commands that need no account.
    pub fn command_line(operating_system_user: &str, at: Timestamp) -> Self {
        Self::new(WorkerId::from_text(format!("command line ({operating_system_user})")), at)
    }

    /// Someone without an account: the public enquiry page.
    pub fn public(at: Timestamp) -> Self {
        Self::new(WorkerId::from_text("public"), at)
    }

    pub fn because(mut self, why: impl Into<String>) -> Self {
        self.why = Some(why.into());
        self
    }

    pub fn worker(&self) -> &WorkerId {
        &self.worker
    }
    pub fn at(&self) -> At {
        self.at
    }
    pub fn today(&self) -> Date {
        self.today
    }
    /// The day whose night turn of duty may still run: until noon it is yesterday's, so that it can be handed over.
    pub fn night_of(&self) -> Day {
        let now = care::calendar::london(self.at.0);
        Day(if now.hour() < 12 { self.today.yesterday().unwrap_or(self.today) } else { self.today })
    }
    pub fn why(&self) -> Option<&str> {
        self.why.as_deref()
    }
    /// Built-in actors are no worker's account; the command line runs with the operator's rights.
    pub fn is_built_in(&self) -> bool {
        matches!(self.worker.as_str(), "system" | "public") || self.worker.as_str().starts_with("command line (")
    }
}

/// The civil day in London at an instant. jiff carries the zone rules where the machine has none.
pub fn london(at: Timestamp) -> Date {
    let zone = TimeZone::get("Europe/London").unwrap_or(TimeZone::UTC);
    at.to_zoned(zone).date()
}
