//! What practice or policy may change, as it stands: local timescales, the calendar, office hours, the band of
//! caseloads, who may hold which kind of case, how long access lasts. Each value has the day from which it holds and
//! its source; none is ever overwritten, so that what was in force on a past day can still be said.
//!
//! Other parts ask here and nowhere else: [`rules`] for everything at once (one statement), or one of [`register`],
//! [`calendar`], [`office_hours`], [`bands`], [`holding`], [`break_glass`]. All give the whole history; the types of
//! `care` pick the value of a day (`bands.on(day)`, `register.on(code, day)`, `holding.may_hold(role, kind, day)`).
//! Values change by [`set`] and [`set_timescale`], which ask for the right to.

mod holidays;
mod settings;

use std::sync::Arc;

use care::{
    access::{BreakGlassPolicy, HoldingPolicy},
    allocation::Bands,
    calendar::{Calendar, OfficeHours},
    front_door::SignOff,
    timescale::{Clocks, LocalChange, Register},
};
use jiff::civil::Date;

pub use holidays::{HolidayRow, add_holiday, confirm_known_until, holidays, remove_holiday};
pub use settings::{Key, NewSetting, Setting, history, set, set_timescale};

use crate::{Error, Result, Tx};

/// Everything that practice has set, read at once.
#[derive(Debug, Clone)]
pub struct Rules {
    pub register: Register,
    pub calendar: Arc<Calendar>,
    pub hours: OfficeHours,
    pub bands: Bands,
    pub holding: HoldingPolicy,
    pub break_glass: BreakGlassPolicy,
    /// How long work on a case is expected to last, in weeks: whoever leaves sooner is a question to decide.
    pub expected_weeks: i64,
    /// How many days an entry that stands on the wrong record may be moved.
    pub move_days: i64,
    /// Whether a manager signs off what is decided at the front door.
    pub sign_off: SignOff,
    /// Where a complaint goes, and the number for nights and weekends; empty when none was set.
    pub complaints: String,
    pub out_of_hours: String,
    /// The telephone number that letters give where the worker has none; empty when none was set.
    pub telephone: String,
}

impl Rules {
    /// What `care` needs for reckoning a due date.
    pub fn clocks(&self) -> Clocks<'_> {
        Clocks { register: &self.register, calendar: &self.calendar, hours: &self.hours }
    }
}

/// Everything at once, as it stands on the day of this transaction.
pub async fn rules(tx: &mut Tx) -> Result<Rules> {
    let today = tx.today();
    let settings = settings::all(tx).await?;
    let register = local(&settings)?;
    Ok(Rules {
        register,
        calendar: holidays::with_own(tx, &settings).await?,
        hours: settings::hours(&settings, today)?,
        bands: settings::bands(&settings)?,
        holding: settings::holding(&settings)?,
        break_glass: settings::break_glass(&settings, today)?,
        expected_weeks: settings::number(&settings, Key::ExpectedWeeks, today, 12),
        move_days: settings::number(&settings, Key::MoveDays, today, 30),
        telephone: settings::text(&settings, Key::LetterTelephone, today),
        complaints: settings::text(&settings, Key::Complaints, today),
        out_of_hours: settings::text(&settings, Key::OutOfHours, today),
        sign_off: match settings::text(&settings, Key::SignOff, today).as_str() {
            "manager" => SignOff::Manager,
            _ => SignOff::NotNeeded,
        },
    })
}

/// The timescales with the council's own values for local rules. A setting is kept under `timescale.CODE`.
pub async fn register(tx: &mut Tx) -> Result<Register> {
    let settings = settings::all(tx).await?;
    local(&settings)
}

/// The working calendar with the holidays that a council has entered since the release, known until the day that it
/// has confirmed.
pub async fn calendar(tx: &mut Tx) -> Result<Arc<Calendar>> {
    let settings = settings::all(tx).await?;
    holidays::with_own(tx, &settings).await
}

/// The hours in which the office is open today.
pub async fn office_hours(tx: &mut Tx) -> Result<OfficeHours> {
    let today = tx.today();
    settings::hours(&settings::all(tx).await?, today)
}

/// The guideline of children for each full-time post, as it was and is.
pub async fn bands(tx: &mut Tx) -> Result<Bands> {
    settings::bands(&settings::all(tx).await?)
}

/// Who may hold which kind of case, as it was and is.
pub async fn holding(tx: &mut Tx) -> Result<HoldingPolicy> {
    settings::holding(&settings::all(tx).await?)
}

/// How long access by breaking the glass lasts today.
pub async fn break_glass(tx: &mut Tx) -> Result<BreakGlassPolicy> {
    let today = tx.today();
    settings::break_glass(&settings::all(tx).await?, today)
}

fn local(settings: &[Setting]) -> Result<Register> {
    let changes = settings.iter().filter(|s| s.key.starts_with("timescale."));
    let changes = changes.map(|s| serde_json::from_str(&s.value)).collect::<std::result::Result<Vec<LocalChange>, _>>()?;
    Register::with_local(&changes).map_err(|e| Error::Corrupt(e.to_string()))
}

/// The value in force on a day: the latest that began by then, and of one day's the last that was set.
fn on<'a>(settings: &'a [Setting], key: &str, day: Date) -> Option<&'a Setting> {
    settings.iter().rfind(|s| s.key == key && s.from_on.0 <= day)
}
