//! Who lives with whom, from when until when. A household outlives its members' stays: whoever leaves keeps their place
//! in its history.

use jiff::civil::Date;

use crate::{
    Day, Error, Result, Tx,
    audit::Noted,
    id::{HouseholdId, fresh},
    people::Opened,
    run, sql,
};

/// A home as it was typed. Where it is confidential, its name and place are told as a confidential address is.
#[derive(Debug, Clone, Default)]
pub struct NewHome {
    pub name: String,
    pub lines: String,
    pub postcode: String,
    pub confidential: bool,
}

/// Begins a household with this person in it.
pub async fn found(tx: &mut Tx, opened: &Opened, home: &NewHome, from: Option<Date>) -> Result<HouseholdId> {
    let id = HouseholdId::new();
    run!(
        tx,
        sqlx::query("INSERT INTO household (id, name, lines, postcode, confidential) VALUES ($1,$2,$3,$4,$5)")
            .bind(&id)
            .bind(&home.name)
            .bind(&home.lines)
            .bind(&home.postcode)
            .bind(home.confidential)
    )?;
    join(tx, opened, &id, from).await?;
    Ok(id)
}

/// The person lives in the household from a day on.
pub async fn join(tx: &mut Tx, opened: &Opened, household: &HouseholdId, from: Option<Date>) -> Result<()> {
    let (there,): (i64,) = sql!(tx, |c| sqlx::query_as("SELECT COUNT(*) FROM household WHERE id = $1").bind(household).fetch_one(c))?;
    if there == 0 {
        return Err(Error::NotFound);
    }
    let (already,): (i64,) = sql!(tx, |c| sqlx::query_as(
        "SELECT COUNT(*) FROM household_member WHERE household_id = $1 AND person_id = $2 AND until_on IS NULL"
    )
    .bind(household)
    .bind(opened.id())
    .fetch_one(c))?;
    if already > 0 {
        return Err(Error::refused("household", "They live in this household already"));
    }
    run!(
        tx,
        sqlx::query("INSERT INTO household_member (id, household_id, person_id, from_on) VALUES ($1,$2,$3,$4)")
            .bind(fresh())
            .bind(household)
            .bind(opened.id())
            .bind(Day::option(from))
    )?;
    tx.note(Noted::new("household.join", "person", opened.id()).because(household.to_string()));
    Ok(())
}

/// The person lives there no longer; the day is their last there.
pub async fn leave(tx: &mut Tx, opened: &Opened, stay: &str, on: Date) -> Result<()> {
    let found: Option<(Option<Day>,)> =
        sql!(tx, |c| sqlx::query_as("SELECT from_on FROM household_member WHERE id = $1 AND person_id = $2 AND until_on IS NULL")
            .bind(stay)
            .bind(opened.id())
            .fetch_optional(c))?;
    let Some((from,)) = found else { return Err(Error::NotFound) };
    if from.is_some_and(|from| on < from.0) {
        return Err(Error::refused("until_on", "The last day must be on or after the first"));
    }
    run!(tx, sqlx::query("UPDATE household_member SET until_on = $1 WHERE id = $2").bind(Day(on)).bind(stay))?;
    tx.note(Noted::new("household.leave", "person", opened.id()).because(stay.to_owned()));
    Ok(())
}
