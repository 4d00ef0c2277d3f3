//! What practice or policy may change, as it stands today: local timescales, the calendar, office hours.

use care::{
    calendar::{Calendar, Holiday, KNOWN_UNTIL, OfficeHours, published},
    timescale::{LocalChange, Register},
};

use crate::{Day, Error, Result, Tx, sql};

/// The timescales with the council's own values for local rules. A setting is kept under `timescale.CODE`.
pub async fn register(tx: &mut Tx) -> Result<Register> {
    let rows: Vec<(String,)> =
        sql!(tx, |c| sqlx::query_as("SELECT value FROM policy_setting WHERE key LIKE 'timescale.%' ORDER BY from_on, set_at")
            .fetch_all(c))?;
    let changes = rows.iter().map(|(value,)| serde_json::from_str(value)).collect::<std::result::Result<Vec<LocalChange>, _>>()?;
    Register::with_local(&changes).map_err(|e| Error::Corrupt(e.to_string()))
}

/// The working calendar with the holidays that a council has entered since the release.
pub async fn calendar(tx: &mut Tx) -> Result<Calendar> {
    let rows: Vec<(Day, String)> = sql!(tx, |c| sqlx::query_as("SELECT on_day, name FROM bank_holiday ORDER BY on_day").fetch_all(c))?;
    if rows.is_empty() {
        return Ok(Calendar::england_and_wales());
    }
    let mut holidays = published();
    holidays.extend(rows.into_iter().map(|(on, name)| Holiday { on: on.0, name }));
    Ok(Calendar::with_holidays(holidays, KNOWN_UNTIL))
}

/// The hours in which the office is open.
pub async fn office_hours(_tx: &mut Tx) -> Result<OfficeHours> {
    Ok(OfficeHours::default())
}
