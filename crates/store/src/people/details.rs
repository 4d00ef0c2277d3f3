//! What is known of a person beside their story: names, addresses, identifiers, alerts and statuses, with their dates.

use crate::{
    At, Day, Error, Result, Tx,
    audit::Noted,
    id::{AlertId, PersonId, StatusId, fresh},
    people::Opened,
    run, search, sql,
};

#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct NameRow {
    pub id: String,
    pub kind: String,
    pub given_name: String,
    pub surname: String,
    pub from_on: Option<Day>,
    pub until_on: Option<Day>,
}
#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct AddressRow {
    pub id: String,
    pub kind: String,
    pub lines: String,
    pub postcode: String,
    pub from_on: Option<Day>,
    pub until_on: Option<Day>,
    pub confidential: bool,
}
#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct IdentifierRow {
    pub id: String,
    pub kind: String,
    pub value: String,
    pub verified: bool,
}
#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct StatusHistory {
    pub id: StatusId,
    pub kind: String,
    pub code: String,
    pub from_on: Day,
    pub until_on: Option<Day>,
    pub end_reason: Option<String>,
    pub facts: String,
    pub source: String,
}
#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct AlertHistory {
    pub id: AlertId,
    pub kind: String,
    pub words: String,
    pub from_on: Day,
    pub review_on: Option<Day>,
    pub told: String,
    pub ended_on: Option<Day>,
}

#[derive(Debug, Clone, serde::Serialize)]
pub struct Details {
    pub names: Vec<NameRow>,
    pub addresses: Vec<AddressRow>,
    pub identifiers: Vec<IdentifierRow>,
    pub statuses: Vec<StatusHistory>,
    pub alerts: Vec<AlertHistory>,
}

pub async fn details(tx: &mut Tx, opened: &Opened) -> Result<Details> {
    let id = opened.id();
    Ok(Details {
        names: sql!(tx, |c| sqlx::query_as(
            "SELECT id, kind, given_name, surname, from_on, until_on FROM person_name WHERE person_id = $1 ORDER BY from_on DESC, id"
        )
        .bind(id)
        .fetch_all(c))?,
        addresses: sql!(tx, |c| {
            sqlx::query_as("SELECT id, kind, lines, postcode, from_on, until_on, confidential FROM person_address WHERE person_id = $1 ORDER BY until_on DESC, from_on DESC, id").bind(id).fetch_all(c)
        })?,
        identifiers: sql!(tx, |c| sqlx::query_as(
            "SELECT id, kind, value, verified FROM person_identifier WHERE person_id = $1 ORDER BY kind, id"
        )
        .bind(id)
        .fetch_all(c))?,
        statuses: sql!(tx, |c| {
            sqlx::query_as("SELECT id, kind, code, from_on, until_on, end_reason, facts, source FROM person_status WHERE person_id = $1 ORDER BY from_on DESC, id").bind(id).fetch_all(c)
        })?,
        alerts: sql!(tx, |c| sqlx::query_as(
            "SELECT id, kind, words, from_on, review_on, told, ended_on FROM person_alert WHERE person_id = $1 ORDER BY from_on DESC, id"
        )
        .bind(id)
        .fetch_all(c))?,
    })
}

/// Who a person is, as it is typed: coded answers by their codes.
#[derive(Debug, Clone, Default)]
pub struct NewPerson {
    pub given_name: String,
    pub surname: String,
    pub known_as: Option<String>,
    pub born_on: Option<Day>,
    pub born_about: BornAbout,
    pub expected_on: Option<Day>,
    pub died_on: Option<Day>,
    pub sex: String,
    pub pronouns: Option<String>,
    pub ethnicity: String,
    pub first_language: String,
    pub interpreter: String,
    pub disability: String,
    pub disability_codes: String,
    pub telephone: Option<String>,
    pub email: Option<String>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum BornAbout {
    #[default]
    Exactly,
    About,
}

/// For so many hours whoever added a person may fill them in, before a team or an enquiry gives a tie.
const ADDED_HOURS: i64 = 24;

/// Adds a person, with their present name, and files them for searching.
pub async fn create(tx: &mut Tx, new: &NewPerson) -> Result<PersonId> {
    let (id, at, me) = (PersonId::new(), tx.act().at(), tx.act().worker().clone());
    run!(
        tx,
        sqlx::query(
            "INSERT INTO person (id, given_name, surname, sort_name, known_as, born_on, born_about, expected_on, died_on, sex, pronouns, ethnicity, first_language, interpreter, disability,
               disability_codes, telephone, email, source, recorded_at, recorded_by, version) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,'hand',$19,$20,1)"
        )
        .bind(&id).bind(&new.given_name).bind(&new.surname).bind(care::matching::sort_name(&new.given_name, &new.surname)).bind(&new.known_as)
        .bind(new.born_on).bind(new.born_about == BornAbout::About).bind(new.expected_on).bind(new.died_on).bind(&new.sex).bind(&new.pronouns)
        .bind(&new.ethnicity).bind(&new.first_language).bind(&new.interpreter).bind(&new.disability).bind(&new.disability_codes)
        .bind(&new.telephone).bind(&new.email).bind(at).bind(me.as_str())
    )?;
    add_name(tx, &id, "current", &new.given_name, &new.surname, None).await?;
    let until = At::cut(at.0 + jiff::SignedDuration::from_hours(ADDED_HOURS));
    run!(
        tx,
        sqlx::query("INSERT INTO access_grant (id, worker_id, person_id, kind, reason_code, reason, from_at, until_at) VALUES ($1,$2,$3,'added','','Added this person',$4,$5)")
            .bind(fresh()).bind(&me).bind(&id).bind(at).bind(until)
    )?;
    search::file_person(tx, &id).await?;
    tx.note(Noted::new("person.create", "person", &id));
    Ok(id)
}

/// Changes who the person is, unless somebody else did meanwhile. A name given up stays among the names.
pub async fn change(tx: &mut Tx, opened: &Opened, version: i64, new: &NewPerson) -> Result<()> {
    let (id, old) = (opened.id(), opened.person());
    let n = run!(
        tx,
        sqlx::query(
            "UPDATE person SET given_name = $1, surname = $2, sort_name = $3, known_as = $4, born_on = $5, born_about = $6, expected_on = $7, died_on = $8, sex = $9, pronouns = $10, ethnicity = $11,
               first_language = $12, interpreter = $13, disability = $14, disability_codes = $15, telephone = $16, email = $17, version = version + 1 WHERE id = $18 AND version = $19"
        )
        .bind(&new.given_name).bind(&new.surname).bind(care::matching::sort_name(&new.given_name, &new.surname)).bind(&new.known_as)
        .bind(new.born_on).bind(new.born_about == BornAbout::About).bind(new.expected_on).bind(new.died_on).bind(&new.sex).bind(&new.pronouns)
        .bind(&new.ethnicity).bind(&new.first_language).bind(&new.interpreter).bind(&new.disability).bind(&new.disability_codes)
        .bind(&new.telephone).bind(&new.email).bind(id).bind(version)
    )?;
    if n == 0 {
        return Err(Error::Stale);
    }
    if (&old.given_name, &old.surname) != (&new.given_name, &new.surname) {
        let today = Day(tx.today());
        run!(
            tx,
            sqlx::query("UPDATE person_name SET kind = 'previous', until_on = $1 WHERE person_id = $2 AND kind = 'current'")
                .bind(today)
                .bind(id)
        )?;
        add_name(tx, id, "current", &new.given_name, &new.surname, Some(today)).await?;
    }
    search::file_person(tx, id).await?;
    tx.note(Noted::new("person.change", "person", id).words(format!("was {} {}, {:?}", old.given_name, old.surname, old.born_on)));
    Ok(())
}

async fn add_name(tx: &mut Tx, id: &PersonId, kind: &str, given: &str, surname: &str, from_on: Option<Day>) -> Result<()> {
    run!(
        tx,
        sqlx::query("INSERT INTO person_name (id, person_id, kind, given_name, surname, from_on) VALUES ($1,$2,$3,$4,$5,$6)")
            .bind(fresh())
            .bind(id)
            .bind(kind)
            .bind(given)
            .bind(surname)
            .bind(from_on)
    )?;
    Ok(())
}

/// Adds another name: an alias, a name at birth.
pub async fn name(tx: &mut Tx, opened: &Opened, kind: &str, given: &str, surname: &str) -> Result<()> {
    add_name(tx, opened.id(), kind, given, surname, None).await?;
    search::file_person(tx, opened.id()).await?;
    tx.note(Noted::new("person.name", "person", opened.id()).because(kind.to_owned()));
    Ok(())
}

/// A new address from a day on; the one of the same kind before it ends on that day.
pub async fn address(tx: &mut Tx, opened: &Opened, new: &AddressRow) -> Result<()> {
    let (id, until) = (opened.id(), new.from_on.unwrap_or(Day(tx.today())));
    run!(
        tx,
        sqlx::query("UPDATE person_address SET until_on = $1 WHERE person_id = $2 AND kind = $3 AND until_on IS NULL")
            .bind(until)
            .bind(id)
            .bind(&new.kind)
    )?;
    run!(
        tx,
        sqlx::query(
            "INSERT INTO person_address (id, person_id, kind, lines, postcode, from_on, confidential) VALUES ($1,$2,$3,$4,$5,$6,$7)"
        )
        .bind(fresh())
        .bind(id)
        .bind(&new.kind)
        .bind(&new.lines)
        .bind(&new.postcode)
        .bind(new.from_on)
        .bind(new.confidential)
    )?;
    search::file_person(tx, id).await?;
    tx.note(Noted::new("person.address", "person", id));
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

/// What must be known before one goes through the door, until a review, and who was told.
pub async fn alert(
    tx: &mut Tx,
    opened: &Opened,
    kind: &str,
    words: &str,
    from_on: Day,
    review_on: Option<Day>,
    told: &str,
) -> Result<AlertId> {
    let (id, at, me) = (AlertId::new(), tx.act().at(), tx.act().worker().clone());
    run!(
        tx,
        sqlx::query("INSERT INTO person_alert (id, person_id, kind, words, from_on, review_on, told, recorded_by, recorded_at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)")
            .bind(&id).bind(opened.id()).bind(kind).bind(words).bind(from_on).bind(review_on).bind(told).bind(me.as_str()).bind(at)
    )?;
    tx.note(Noted::new("alert.add", "person", opened.id()));
    Ok(id)
}

pub async fn end_alert(tx: &mut Tx, opened: &Opened, id: &AlertId) -> Result<()> {
    let today = Day(tx.today());
    let n = run!(
        tx,
        sqlx::query("UPDATE person_alert SET ended_on = $1 WHERE id = $2 AND person_id = $3 AND ended_on IS NULL")
            .bind(today)
            .bind(id)
            .bind(opened.id())
    )?;
    if n == 0 {
        return Err(Error::NotFound);
    }
    tx.note(Noted::new("alert.end", "person", opened.id()));
    Ok(())
}

/// A status from a day on.
pub async fn status(tx: &mut Tx, opened: &Opened, kind: &str, code: &str, from_on: Day, facts: &str) -> Result<StatusId> {
    let (id, at, me): (StatusId, At, _) = (StatusId::new(), tx.act().at(), tx.act().worker().clone());
    run!(
        tx,
        sqlx::query("INSERT INTO person_status (id, person_id, kind, code, from_on, facts, source, recorded_by, recorded_at) VALUES ($1,$2,$3,$4,$5,$6,'hand',$7,$8)")
            .bind(&id).bind(opened.id()).bind(kind).bind(code).bind(from_on).bind(facts).bind(me.as_str()).bind(at)
    )?;
    tx.note(Noted::new("status.start", "person", opened.id()).because(kind.to_owned()));
    Ok(id)
}

/// A status is over on this day.
pub async fn end_status(tx: &mut Tx, opened: &Opened, id: &StatusId, on: Day, reason: &str) -> Result<()> {
    let n = run!(
        tx,
        sqlx::query("UPDATE person_status SET until_on = $1, end_reason = $2 WHERE id = $3 AND person_id = $4 AND until_on IS NULL")
            .bind(on)
            .bind(reason)
            .bind(id)
            .bind(opened.id())
    )?;
    if n == 0 {
        return Err(Error::Stale);
    }
    tx.note(Noted::new("status.end", "person", opened.id()));
    Ok(())
}

/// The kind of the open case follows from the statuses that hold: the most pressing of them.
pub async fn case_kind_follows(tx: &mut Tx, opened: &Opened) -> Result<()> {
    use care::statuses::{DatedStatus, Status, StatusKind, case_kinds};
    let dated: Vec<DatedStatus> = details(tx, opened)
        .await?
        .statuses
        .iter()
        .filter_map(|s| {
            Some(DatedStatus {
                status: Status::from_codes(StatusKind::from_code(&s.kind)?, &s.code, ""),
                from_on: s.from_on.0,
                until_on: s.until_on.map(|d| d.0),
            })
        })
        .collect();
    let Some(kind) = case_kinds(&dated, tx.today()).into_iter().next() else { return Ok(()) };
    run!(
        tx,
        sqlx::query("UPDATE involvement SET kind = $1, version = version + 1 WHERE person_id = $2 AND closed_on IS NULL AND kind <> $1")
            .bind(kind.code())
            .bind(opened.id())
    )?;
    Ok(())
}
