//! Who may read and work on an enquiry: the front door and the emergency duty team; whoever took the call or has it in
//! hand; and whoever was sent a message about it. A hidden record that is linked shuts it for all who are not on that
//! record's list; a conflict of interest shuts it for the worker who has one.

use care::access::{Deed, Role};

use super::row::Enquiry;
use crate::{
    Day, Error, Result, Tx,
    audit::Noted,
    enquiry_columns,
    id::{EnquiryId, PersonId},
    people, rights, sql,
};

/// An enquiry that this worker may read and work on. Only [`open`] makes one, so holding it is the proof.
#[derive(Debug, Clone)]
pub struct Opened {
    pub enquiry: Enquiry,
    /// Whether the worker belongs to the front door, or only has this one in hand.
    pub member: Member,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Member {
    OfFrontDoor,
    NotOfFrontDoor,
}

impl Opened {
    pub fn id(&self) -> &EnquiryId {
        &self.enquiry.id
    }
}

/// Opens an enquiry: judged, and noted in the audit, on the records of those whom it concerns as well.
pub async fn open(tx: &mut Tx, id: &EnquiryId) -> Result<Opened> {
    let member = membership(tx).await?;
    let found: Option<Enquiry> = sql!(tx, |c| sqlx::query_as(concat!(
        "SELECT ",
        enquiry_columns!(),
        " FROM enquiry e LEFT JOIN worker w ON w.id = e.owner_id WHERE e.id = $1"
    ))
    .bind(id)
    .fetch_optional(c))?;
    let enquiry = found.ok_or(Error::NotFound)?;
    let because = because(tx, &enquiry, member).await?;
    let linked = veto(tx, id).await?;
    tx.note(Noted::new("enquiry.read", "enquiry", id).because(because));
    for person in linked {
        tx.note(Noted::new("enquiry.read", "person", person).because(because));
    }
    Ok(Opened { enquiry, member })
}

/// An enquiry by the reference that its enquirer was given, however it was typed.
pub async fn by_reference(tx: &mut Tx, typed: &str) -> Result<Option<EnquiryId>> {
    rights::require(tx, Deed::RecordEnquiry).await?;
    let letters: String = typed.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_uppercase();
    let reference = if letters.len() == 8 { format!("{}-{}", &letters[..4], &letters[4..]) } else { letters };
    let found: Option<(EnquiryId,)> =
        sql!(tx, |c| sqlx::query_as("SELECT id FROM enquiry WHERE reference = $1").bind(&reference).fetch_optional(c))?;
    tx.note(Noted::new("enquiry.find", "enquiry", "").words(reference));
    Ok(found.map(|(id,)| id))
}

/// Whether whoever acts belongs to the front door: by role, by a team of that kind, or by leading the whole service.
pub async fn membership(tx: &mut Tx) -> Result<Member> {
    if tx.act().is_built_in() {
        return if tx.act().worker().as_str() == "public" { Err(Error::RoleLacks) } else { Ok(Member::OfFrontDoor) };
    }
    let (me, today) = (tx.act().worker().clone(), Day(tx.today()));
    let (n,): (i64,) = sql!(tx, |c| {
        sqlx::query_as(
        "SELECT COUNT(*) FROM role_held r LEFT JOIN team t ON t.id = r.team_id
         WHERE r.worker_id = $1 AND r.from_on <= $2 AND (r.until_on IS NULL OR r.until_on >= $2)
         AND r.role NOT IN ('system_administrator', 'councillor', 'human_resources')
         AND (r.role IN ('front_door_worker', 'emergency_duty_worker', 'group_manager', 'director') OR t.kind IN ('front_door', 'emergency_duty'))"
    )
    .bind(&me)
    .bind(today)
    .fetch_one(c)
    })?;
    Ok(if n > 0 { Member::OfFrontDoor } else { Member::NotOfFrontDoor })
}

/// The right to work on the front door as a whole: its board and figures.
pub async fn require_board(tx: &mut Tx) -> Result<Member> {
    rights::require(tx, Deed::SeeFrontDoor).await?;
    membership(tx).await
}

/// The roles of whoever acts.
pub(super) async fn my_roles(tx: &mut Tx) -> Result<Vec<Role>> {
    if tx.act().is_built_in() {
        return Ok(Role::ALL.to_vec());
    }
    rights::require_any(tx, Role::ALL).await
}

async fn because(tx: &mut Tx, enquiry: &Enquiry, member: Member) -> Result<&'static str> {
    let me = tx.act().worker().clone();
    if member == Member::OfFrontDoor {
        return Ok("front door");
    }
    if enquiry.recorded_by == me.as_str() || enquiry.owner_id.as_ref() == Some(&me) {
        return Ok("recorded it or has it in hand");
    }
    let (today, tonight) = (Day(tx.today()), tx.act().night_of());
    let (told,): (i64,) = sql!(tx, |c| {
        sqlx::query_as(
        "SELECT COUNT(*) FROM notice n WHERE n.subject_kind = 'enquiry' AND n.subject_id = $1 AND (n.to_worker_id = $2
         OR n.to_team_id IN (SELECT r.team_id FROM role_held r WHERE r.worker_id = $2 AND r.from_on <= $3 AND (r.until_on IS NULL OR r.until_on >= $3))
         OR n.to_team_id IN (SELECT d.team_id FROM duty_rota d WHERE d.worker_id = $2 AND (d.on_day = $3 OR (d.on_day = $4 AND d.part_of_day = 'night'))))"
    )
    .bind(&enquiry.id)
    .bind(&me)
    .bind(today)
    .bind(tonight)
    .fetch_one(c)
    })?;
    if told > 0 { Ok("was sent a message about it") } else { Err(Error::RoleLacks) }
}

/// Those who are linked, unless one of them shuts the enquiry for whoever acts.
async fn veto(tx: &mut Tx, id: &EnquiryId) -> Result<Vec<PersonId>> {
    let (me, today) = (tx.act().worker().clone(), Day(tx.today()));
    let linked: Vec<(PersonId, i64, i64)> = sql!(tx, |c| sqlx::query_as(
        "SELECT DISTINCT p.person_id,
           (SELECT COUNT(*) FROM restriction r WHERE r.person_id = p.person_id AND r.level = 'hidden' AND r.guardian_id <> $2
             AND NOT EXISTS (SELECT 1 FROM restriction_list l WHERE l.person_id = p.person_id AND l.worker_id = $2)) AS hidden,
           (SELECT COUNT(*) FROM conflict_of_interest x WHERE x.person_id = p.person_id AND x.worker_id = $2 AND x.from_on <= $3
             AND (x.until_on IS NULL OR x.until_on >= $3)) AS conflicts
         FROM enquiry_person p WHERE p.enquiry_id = $1 AND p.person_id IS NOT NULL AND p.removed_at IS NULL"
    )
    .bind(id)
    .bind(&me)
    .bind(today)
    .fetch_all(c))?;
    if tx.act().is_built_in() {
        return Ok(linked.into_iter().map(|(person, ..)| person).collect());
    }
    if let Some((person, ..)) = linked.iter().find(|(_, hidden, _)| *hidden > 0) {
        return Err(Error::Hidden(person.clone()));
    }
    if let Some((person, ..)) = linked.iter().find(|(.., conflicts)| *conflicts > 0) {
        // The record itself says why it is shut.
        people::open(tx, person, Deed::ReadRecord).await?;
    }
    Ok(linked.into_iter().map(|(person, ..)| person).collect())
}
