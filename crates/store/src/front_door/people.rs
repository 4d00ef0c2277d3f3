//! Whom an enquiry is about: as the caller said it, and the record that a worker found them to be. Linking a record opens
//! the history of that person, their household and their brothers and sisters to the front door (restricted records stay
//! shut), until the decision and five working days after.

use care::{access::Deed, coded};
use jiff::civil::Date;

use super::{Opened, step};
use crate::{
    Day, Error, Result, Tx,
    audit::Noted,
    id::{EnquiryId, PersonId, fresh},
    people, rights, run, sql,
};

coded! {
    /// What somebody is in an enquiry.
    pub enum Part {
        Subject = "subject", "The child or adult it is about";
        Parent = "parent", "Parent";
        Carer = "carer", "Carer or other adult at home";
        Other = "other", "Somebody else";
    }
}

/// Somebody as the caller spoke of them, or a record that was chosen at once.
#[derive(Debug, Clone)]
pub struct NewPerson {
    pub part: Part,
    pub given_name: String,
    pub surname: String,
    pub born_on: Option<Date>,
    /// What was said of the age where no date is known: "about six".
    pub born_words: String,
    pub address: String,
    pub postcode: String,
    pub relation: String,
    pub record: Option<PersonId>,
}

#[derive(Debug, Clone, PartialEq, sqlx::FromRow, serde::Serialize)]
pub struct EnquiryPerson {
    pub id: String,
    pub person_id: Option<PersonId>,
    pub part: String,
    pub given_name: String,
    pub surname: String,
    pub born_on: Option<Day>,
    pub born_words: String,
    pub address: String,
    pub postcode: String,
    pub relation: String,
}

impl EnquiryPerson {
    pub fn name(&self) -> String {
        let name = format!("{} {}", self.given_name, self.surname).trim().to_owned();
        if name.is_empty() { "Name not known".into() } else { name }
    }
}

/// Those whom an opened enquiry is about, its subjects first.
pub async fn people_of(tx: &mut Tx, opened: &Opened) -> Result<Vec<EnquiryPerson>> {
    all(tx, opened.id()).await
}

pub(super) async fn all(tx: &mut Tx, id: &EnquiryId) -> Result<Vec<EnquiryPerson>> {
    Ok(sql!(tx, |c| {
        sqlx::query_as(
        "SELECT id, person_id, part, given_name, surname, born_on, born_words, address, postcode, relation FROM enquiry_person
         WHERE enquiry_id = $1 AND removed_at IS NULL ORDER BY CASE part WHEN 'subject' THEN 0 WHEN 'parent' THEN 1 WHEN 'carer' THEN 2 ELSE 3 END, id"
    )
    .bind(id)
    .fetch_all(c)
    })?)
}

/// Adds somebody to an open enquiry.
pub async fn add(tx: &mut Tx, opened: &Opened, person: &NewPerson) -> Result<String> {
    must_be_open(opened)?;
    let id = insert(tx, opened.id(), person).await?;
    touch(tx, opened.id()).await?;
    Ok(id)
}

pub(super) async fn insert(tx: &mut Tx, enquiry: &EnquiryId, person: &NewPerson) -> Result<String> {
    let id = fresh();
    run!(
        tx,
        sqlx::query("INSERT INTO enquiry_person (id, enquiry_id, part, given_name, surname, born_on, born_words, address, postcode, relation) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)")
            .bind(&id)
            .bind(enquiry)
            .bind(person.part.code())
            .bind(&person.given_name)
            .bind(&person.surname)
            .bind(Day::option(person.born_on))
            .bind(&person.born_words)
            .bind(&person.address)
            .bind(&person.postcode)
            .bind(&person.relation)
    )?;
    tx.note(Noted::new("enquiry.person", "enquiry", enquiry).because(person.part.code()));
    if let Some(record) = &person.record {
        link_row(tx, enquiry, &id, record).await?;
    }
    Ok(id)
}

/// Says that somebody in the enquiry is this record, and opens the history.
pub async fn link(tx: &mut Tx, opened: &Opened, row: &str, record: &PersonId) -> Result<()> {
    must_be_open(opened)?;
    link_row(tx, opened.id(), row, record).await?;
    touch(tx, opened.id()).await
}

/// Nobody on record is this person: adds them to the records as they were spoken of, and links them.
pub async fn add_to_records(tx: &mut Tx, opened: &Opened, row: &str) -> Result<()> {
    rights::require(tx, Deed::ChangePerson).await?;
    must_be_open(opened)?;
    let found = all(tx, opened.id()).await?.into_iter().find(|p| p.id == row).ok_or(Error::NotFound)?;
    if found.person_id.is_some() {
        return Err(Error::Stale);
    }
    if found.given_name.is_empty() && found.surname.is_empty() {
        return Err(Error::refused("row", "Nobody is added to the records without a name"));
    }
    let record = people::create(tx, &as_spoken_of(&found)).await?;
    if !found.address.is_empty() || !found.postcode.is_empty() {
        let person = people::created(tx, &record).await?;
        people::address(tx, &person, &address_of(&found)).await?;
    }
    link(tx, opened, row, &record).await
}

fn as_spoken_of(found: &EnquiryPerson) -> people::NewPerson {
    let not_asked = || "not_asked".to_owned();
    people::NewPerson {
        given_name: found.given_name.clone(),
        surname: found.surname.clone(),
        known_as: None,
        born_on: found.born_on,
        born_about: people::BornAbout::Exactly,
        expected_on: None,
        died_on: None,
        sex: not_asked(),
        pronouns: None,
        ethnicity: not_asked(),
        first_language: not_asked(),
        interpreter: not_asked(),
        disability: not_asked(),
        disability_codes: String::new(),
        telephone: None,
        email: None,
    }
}

fn address_of(found: &EnquiryPerson) -> people::AddressRow {
    let postcode = care::person::Postcode::read(&found.postcode).map_or_else(|| found.postcode.to_uppercase(), |p| p.to_string());
    people::AddressRow {
        id: String::new(),
        kind: "home".into(),
        lines: found.address.clone(),
        postcode,
        from_on: None,
        until_on: None,
        confidential: false,
        withheld: false,
    }
}

/// It was somebody else: the link goes, and with it what it opened.
pub async fn unlink(tx: &mut Tx, opened: &Opened, row: &str) -> Result<()> {
    must_be_open(opened)?;
    let found = all(tx, opened.id()).await?.into_iter().find(|p| p.id == row).ok_or(Error::NotFound)?;
    let Some(record) = found.person_id else { return Err(Error::Stale) };
    run!(tx, sqlx::query("UPDATE enquiry_person SET person_id = NULL, linked_by = NULL, linked_at = NULL WHERE id = $1").bind(row))?;
    step::add(tx, opened.id(), "unlinked", "", &format!("{{\"person\":\"{record}\"}}")).await?;
    close_history(tx, opened.id()).await?;
    for person in all(tx, opened.id()).await?.iter().filter_map(|p| p.person_id.clone()) {
        open_history(tx, opened.id(), &person).await?;
    }
    touch(tx, opened.id()).await
}

/// Somebody was named by mistake.
pub async fn remove(tx: &mut Tx, opened: &Opened, row: &str) -> Result<()> {
    let found = all(tx, opened.id()).await?.into_iter().find(|p| p.id == row).ok_or(Error::NotFound)?;
    if found.person_id.is_some() {
        unlink(tx, opened, row).await?;
    }
    must_be_open(opened)?;
    let now = tx.act().at();
    run!(tx, sqlx::query("UPDATE enquiry_person SET removed_at = $1 WHERE id = $2").bind(now).bind(row))?;
    step::add(tx, opened.id(), "removed_person", &found.name(), "{}").await?;
    touch(tx, opened.id()).await
}

async fn link_row(tx: &mut Tx, enquiry: &EnquiryId, row: &str, record: &PersonId) -> Result<()> {
    // The index is enough to say who it is; a hidden record is no such record, and its guardian hears of it.
    let known = people::open(tx, record, Deed::ReadIndex).await?;
    let (now, me) = (tx.act().at(), tx.act().worker().clone());
    let same: Vec<_> = all(tx, enquiry).await?.into_iter().filter(|p| p.person_id.as_ref() == Some(known.id())).collect();
    if same.iter().any(|p| p.id != row) {
        return Err(Error::refused("person", "This person is in the enquiry already"));
    }
    let n = run!(
        tx,
        sqlx::query("UPDATE enquiry_person SET person_id = $1, linked_by = $2, linked_at = $3 WHERE id = $4 AND enquiry_id = $5 AND person_id IS NULL AND removed_at IS NULL")
            .bind(known.id())
            .bind(me.as_str())
            .bind(now)
            .bind(row)
            .bind(enquiry)
    )?;
    if n == 0 {
        return Err(Error::Stale);
    }
    step::add(tx, enquiry, "linked", "", &format!("{{\"person\":\"{record}\"}}")).await?;
    super::alert::restricted_linked(tx, enquiry, record).await?;
    open_history(tx, enquiry, record).await
}

/// Opens the person, those who live with them now, and their brothers and sisters wherever they live.
async fn open_history(tx: &mut Tx, enquiry: &EnquiryId, person: &PersonId) -> Result<()> {
    let today = Day(tx.today());
    let family: Vec<(PersonId,)> = sql!(tx, |c| {
        sqlx::query_as(
        "SELECT $1 AS id UNION
         SELECT o.person_id FROM household_member m JOIN household_member o ON o.household_id = m.household_id
           WHERE m.person_id = $1 AND (m.until_on IS NULL OR m.until_on >= $2) AND (o.until_on IS NULL OR o.until_on >= $2)
         UNION SELECT s.other_id FROM relationship c JOIN relationship s ON s.person_id = c.person_id
           WHERE c.other_id = $1 AND c.kind IN ('mother', 'father', 'parent', 'adoptive_parent') AND s.kind IN ('mother', 'father', 'parent', 'adoptive_parent')
         UNION SELECT CASE WHEN r.person_id = $1 THEN r.other_id ELSE r.person_id END FROM relationship r
           WHERE (r.person_id = $1 OR r.other_id = $1) AND r.kind IN ('sibling', 'half_sibling', 'step_sibling')"
    )
    .bind(person)
    .bind(today)
    .fetch_all(c)
    })?;
    for (member,) in family {
        let new = run!(
            tx,
            sqlx::query("INSERT INTO enquiry_access (enquiry_id, person_id) VALUES ($1,$2) ON CONFLICT (enquiry_id, person_id) DO NOTHING")
                .bind(enquiry)
                .bind(&member)
        )?;
        if new > 0 {
            tx.note(Noted::new("enquiry_access.open", "person", &member).because(format!("enquiry {enquiry}")));
        }
    }
    Ok(())
}

/// Shuts at once whatever the enquiry had opened.
pub(super) async fn close_history(tx: &mut Tx, enquiry: &EnquiryId) -> Result<()> {
    run!(tx, sqlx::query("DELETE FROM enquiry_access WHERE enquiry_id = $1").bind(enquiry))?;
    tx.note(Noted::new("enquiry_access.close", "enquiry", enquiry));
    Ok(())
}

/// The decision is made: reading stays open up to and including this day; `None` opens it again.
pub(super) async fn history_until(tx: &mut Tx, enquiry: &EnquiryId, last_day: Option<Date>) -> Result<()> {
    run!(tx, sqlx::query("UPDATE enquiry_access SET last_day_on = $1 WHERE enquiry_id = $2").bind(Day::option(last_day)).bind(enquiry))?;
    let until = last_day.map_or_else(|| "open again".into(), |day| format!("until {day}"));
    tx.note(Noted::new("enquiry_access.until", "enquiry", enquiry).because(until));
    Ok(())
}

fn must_be_open(opened: &Opened) -> Result<()> {
    if opened.enquiry.state()?.is_open() { Ok(()) } else { Err(Error::Stale) }
}

async fn touch(tx: &mut Tx, id: &EnquiryId) -> Result<()> {
    run!(tx, sqlx::query("UPDATE enquiry SET version = version + 1 WHERE id = $1").bind(id))?;
    Ok(())
}
