//! By what a person is known and found: names now and before, addresses with their dates, numbers. Every change is filed
//! for the search in the same transaction. A past name or address is ended, never written over.

use care::person::NameUse;

use super::details::AddressRow;
use crate::{
    Day, Error, Result, Tx,
    audit::Noted,
    id::{PersonId, fresh},
    people::{Opened, Person, Renamed},
    run, search, sql,
};

/// Adds another name: an alias, a name at birth.
pub async fn name(tx: &mut Tx, opened: &Opened, kind: NameUse, given: &str, surname: &str, until_on: Option<Day>) -> Result<()> {
    add_name(tx, opened.id(), kind, given, surname, None, until_on).await?;
    search::file_person(tx, opened.id()).await?;
    tx.note(Noted::new("person.name", "person", opened.id()).because(kind.code()));
    Ok(())
}

pub(super) async fn add_name(
    tx: &mut Tx,
    id: &PersonId,
    kind: NameUse,
    given: &str,
    surname: &str,
    from_on: Option<Day>,
    until_on: Option<Day>,
) -> Result<String> {
    let own = fresh();
    run!(
        tx,
        sqlx::query("INSERT INTO person_name (id, person_id, kind, given_name, surname, from_on, until_on) VALUES ($1,$2,$3,$4,$5,$6,$7)")
            .bind(&own)
            .bind(id)
            .bind(kind.code())
            .bind(given)
            .bind(surname)
            .bind(from_on)
            .bind(until_on)
    )?;
    Ok(own)
}

/// The present name is another from today on, or always should have been.
pub(super) async fn rename(tx: &mut Tx, old: &Person, given: &str, surname: &str, renamed: Renamed) -> Result<()> {
    let (id, today) = (&old.id, Day(tx.today()));
    let mended = match renamed {
        Renamed::Mistyped => run!(
            tx,
            sqlx::query("UPDATE person_name SET given_name = $1, surname = $2 WHERE person_id = $3 AND kind = 'current'")
                .bind(given)
                .bind(surname)
                .bind(id)
        )?,
        Renamed::Changed => {
            let ended = run!(
                tx,
                sqlx::query("UPDATE person_name SET kind = 'previous', until_on = $1 WHERE person_id = $2 AND kind = 'current'")
                    .bind(today)
                    .bind(id)
            )?;
            if ended == 0 {
                add_name(tx, id, NameUse::Previous, &old.given_name, &old.surname, None, Some(today)).await?;
            }
            0
        }
    };
    if mended == 0 {
        add_name(tx, id, NameUse::Current, given, surname, Some(today), None).await?;
    }
    Ok(())
}

/// A new address from a day on; the one of the same kind before it ends on that day.
pub async fn address(tx: &mut Tx, opened: &Opened, new: &AddressRow) -> Result<()> {
    let (id, until) = (opened.id(), new.from_on.unwrap_or(Day(tx.today())));
    if new.until_on.is_none() {
        run!(
            tx,
            sqlx::query("UPDATE person_address SET until_on = $1 WHERE person_id = $2 AND kind = $3 AND until_on IS NULL AND (from_on IS NULL OR from_on <= $1)")
                .bind(until)
                .bind(id)
                .bind(&new.kind)
        )?;
    }
    run!(
        tx,
        sqlx::query(
            "INSERT INTO person_address (id, person_id, kind, lines, postcode, from_on, until_on, confidential) VALUES ($1,$2,$3,$4,$5,$6,$7,$8)"
        )
        .bind(fresh())
        .bind(id)
        .bind(&new.kind)
        .bind(&new.lines)
        .bind(&new.postcode)
        .bind(new.from_on)
        .bind(new.until_on)
        .bind(new.confidential)
    )?;
    search::file_person(tx, id).await?;
    tx.note(Noted::new("person.address", "person", id));
    Ok(())
}

/// Nobody lives there any more from this day on.
pub async fn end_address(tx: &mut Tx, opened: &Opened, address: &str, on: Day) -> Result<()> {
    let found: Option<(Option<Day>, bool)> = sql!(tx, |c| sqlx::query_as(
        "SELECT from_on, confidential FROM person_address WHERE id = $1 AND person_id = $2 AND until_on IS NULL"
    )
    .bind(address)
    .bind(opened.id())
    .fetch_optional(c))?;
    let Some((from, confidential)) = found else { return Err(Error::NotFound) };
    if confidential && !opened.learns_confidential_address() {
        return Err(Error::NotFound);
    }
    if from.is_some_and(|from| on < from) {
        return Err(Error::refused("until_on", "The end must be on or after the day on which they moved in"));
    }
    run!(tx, sqlx::query("UPDATE person_address SET until_on = $1 WHERE id = $2").bind(on).bind(address))?;
    search::file_person(tx, opened.id()).await?;
    tx.note(Noted::new("person.address_ended", "person", opened.id()).because(address.to_owned()));
    Ok(())
}

/// A number by which others know the person; `verified` when its check digit holds or a document was seen.
pub async fn identifier(tx: &mut Tx, opened: &Opened, kind: &str, value: &str, verified: Verified) -> Result<()> {
    run!(
        tx,
        sqlx::query("INSERT INTO person_identifier (id, person_id, kind, value, verified) VALUES ($1,$2,$3,$4,$5)")
            .bind(fresh())
            .bind(opened.id())
            .bind(kind)
            .bind(value)
            .bind(verified == Verified::Yes)
    )?;
    search::file_person(tx, opened.id()).await?;
    tx.note(Noted::new("person.identifier", "person", opened.id()).because(kind.to_owned()));
    Ok(())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verified {
    Yes,
    No,
}

/// Somebody has seen the number on paper.
pub async fn verify_identifier(tx: &mut Tx, opened: &Opened, identifier: &str) -> Result<()> {
    let n = run!(
        tx,
        sqlx::query("UPDATE person_identifier SET verified = $1 WHERE id = $2 AND person_id = $3")
            .bind(true)
            .bind(identifier)
            .bind(opened.id())
    )?;
    if n == 0 {
        return Err(Error::NotFound);
    }
    tx.note(Noted::new("person.identifier_seen", "person", opened.id()).because(identifier.to_owned()));
    Ok(())
}

/// The number was never this person's. The audit keeps what it was, in its erasable part.
pub async fn remove_identifier(tx: &mut Tx, opened: &Opened, identifier: &str) -> Result<()> {
    let found: Option<(String, String)> =
        sql!(tx, |c| sqlx::query_as("SELECT kind, value FROM person_identifier WHERE id = $1 AND person_id = $2")
            .bind(identifier)
            .bind(opened.id())
            .fetch_optional(c))?;
    let Some((kind, value)) = found else { return Err(Error::NotFound) };
    run!(tx, sqlx::query("DELETE FROM person_identifier WHERE id = $1").bind(identifier))?;
    search::file_person(tx, opened.id()).await?;
    tx.note(Noted::new("person.identifier_removed", "person", opened.id()).because(kind).words(value));
    Ok(())
}
