//! What every reckoning of a due date needs, in one hand: the rules, the holidays, the office hours.

use super::{Due, Register, Start, Unknown};
use crate::calendar::{Calendar, OfficeHours};

/// The register with the authority's own values, its calendar and its hours.
#[derive(Debug, Clone, Copy)]
pub struct Clocks<'a> {
    pub register: &'a Register,
    pub calendar: &'a Calendar,
    pub hours: &'a OfficeHours,
}

impl Clocks<'_> {
    /// When the rule that was in force at the start falls due.
    pub fn due(&self, code: &str, start: Start) -> Result<Due, Unknown> {
        Ok(self.register.on(code, start.day())?.due(start, self.calendar, self.hours))
    }
}

/// The national register with the calendar of England and Wales, for tests.
#[cfg(test)]
pub(crate) fn nationally<T>(judge: impl FnOnce(&Clocks<'_>) -> T) -> T {
    static NATIONAL: std::sync::LazyLock<(Register, Calendar)> =
        std::sync::LazyLock::new(|| (Register::national(), Calendar::england_and_wales()));
    let (register, calendar) = &*NATIONAL;
    judge(&Clocks { register, calendar, hours: &OfficeHours::default() })
}
