//! Bank holidays that were proclaimed since the release, and until when all of them are known to have been announced.

use std::sync::{Arc, LazyLock};

use care::{
    access::Deed,
    calendar::{Calendar, Holiday, KNOWN_UNTIL, published},
};
use jiff::civil::Date;

use super::{Key, NewSetting, Setting, settings};
use crate::{Day, Error, Result, Tx, audit::Noted, rights, run, sql};

/// A bank holiday, and whether it came with the program or was entered here.
#[derive(Debug, Clone, serde::Serialize)]
pub struct HolidayRow {
    pub on: Date,
    pub name: String,
    pub entered_here: bool,
}

/// The bank holidays from one day to another.
pub async fn holidays(tx: &mut Tx, from: Date, until: Date) -> Result<Vec<HolidayRow>> {
    let own: Vec<(Day, String)> = sql!(tx, |c| sqlx::query_as("SELECT on_day, name FROM bank_holiday ORDER BY on_day").fetch_all(c))?;
    let mut rows: Vec<HolidayRow> = published().into_iter().map(|h| HolidayRow { on: h.on, name: h.name, entered_here: false }).collect();
    rows.extend(own.into_iter().map(|(on, name)| HolidayRow { on: on.0, name, entered_here: true }));
    rows.retain(|row| row.on >= from && row.on <= until);
    rows.sort_by_key(|row| (row.on, row.entered_here));
    rows.dedup_by_key(|row| row.on);
    Ok(rows)
}

/// The calendar of the program with the holidays entered here.
pub(super) async fn with_own(tx: &mut Tx, settings: &[Setting]) -> Result<Arc<Calendar>> {
    static PUBLISHED: LazyLock<Arc<Calendar>> = LazyLock::new(|| Arc::new(Calendar::england_and_wales()));
    let rows: Vec<(Day, String)> = sql!(tx, |c| sqlx::query_as("SELECT on_day, name FROM bank_holiday ORDER BY on_day").fetch_all(c))?;
    let confirmed = settings::text(settings, Key::KnownUntil, tx.today());
    let known_until = confirmed.parse::<Date>().map_or(KNOWN_UNTIL, |day| day.max(KNOWN_UNTIL));
    if rows.is_empty() && known_until == PUBLISHED.known_until() {
        return Ok(PUBLISHED.clone());
    }
    let mut all = published();
    all.extend(rows.into_iter().map(|(on, name)| Holiday { on: on.0, name }));
    Ok(Arc::new(Calendar::with_holidays(all, known_until)))
}

/// Enters a bank holiday that was proclaimed.
pub async fn add_holiday(tx: &mut Tx, on: Date, name: &str) -> Result<()> {
    rights::require(tx, Deed::ChangePolicy).await?;
    if name.trim().is_empty() {
        return Err(Error::refused("name", "Enter what the holiday is called"));
    }
    if published().iter().any(|h| h.on == on) {
        return Err(Error::refused("on", "This day is a bank holiday already"));
    }
    let (by, at) = (tx.act().worker().to_string(), tx.act().at());
    let added = run!(
        tx,
        sqlx::query("INSERT INTO bank_holiday (on_day, name, set_by, set_at) VALUES ($1,$2,$3,$4) ON CONFLICT (on_day) DO NOTHING")
            .bind(Day(on))
            .bind(name.trim())
            .bind(&by)
            .bind(at)
    )?;
    if added == 0 {
        return Err(Error::refused("on", "This day is a bank holiday already"));
    }
    tx.note(Noted::new("policy.holiday", "policy", on).because(name.trim()));
    Ok(())
}

/// Takes back a holiday that was entered here; those of the program stay.
pub async fn remove_holiday(tx: &mut Tx, on: Date) -> Result<()> {
    rights::require(tx, Deed::ChangePolicy).await?;
    let removed = run!(tx, sqlx::query("DELETE FROM bank_holiday WHERE on_day = $1").bind(Day(on)))?;
    if removed == 0 {
        return Err(Error::NotFound);
    }
    tx.note(Noted::new("policy.holiday_removed", "policy", on));
    Ok(())
}

/// Says that all bank holidays up to a day have been announced and entered.
pub async fn confirm_known_until(tx: &mut Tx, day: Date, source: &str) -> Result<()> {
    let from_on = tx.today();
    let new = NewSetting { key: Key::KnownUntil.code().into(), value: day.to_string(), from_on, source: source.into() };
    settings::set(tx, &new).await
}
