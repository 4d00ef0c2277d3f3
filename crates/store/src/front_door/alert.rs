//! Messages about an enquiry: to a worker, to whoever is on duty in a team, to the guardian of a record that is shut.
//! Their words name nobody; they lead to the enquiry.

use super::Opened;
use crate::{
    Day, Result, Tx,
    audit::Noted,
    id::{EnquiryId, NoticeId, PersonId, TeamId, WorkerId},
    restrictions, run, sql,
    work::Ask,
};

/// To whom a message goes.
#[derive(Debug, Clone, Copy)]
pub(super) enum To<'a> {
    Worker(&'a WorkerId),
    Duty(&'a TeamId),
}

/// A message that leads to an enquiry.
pub(super) async fn tell(
    tx: &mut Tx,
    to: To<'_>,
    kind: &str,
    enquiry: &EnquiryId,
    person: Option<&PersonId>,
    words: &str,
    ask: Ask,
) -> Result<()> {
    let (worker, team) = match to {
        To::Worker(worker) => (Some(worker), None),
        To::Duty(team) => (None, Some(team)),
    };
    let (id, now) = (NoticeId::new(), tx.act().at());
    run!(
        tx,
        sqlx::query("INSERT INTO notice (id, to_worker_id, to_team_id, kind, person_id, subject_kind, subject_id, words, must_acknowledge, created_at) VALUES ($1,$2,$3,$4,$5,'enquiry',$6,$7,$8,$9)")
            .bind(&id)
            .bind(worker)
            .bind(team)
            .bind(kind)
            .bind(person)
            .bind(enquiry)
            .bind(words)
            .bind(ask == Ask::ToAcknowledge)
            .bind(now)
    )?;
    tx.note(Noted::new("notice.send", "notice", &id).because(kind.to_owned()));
    Ok(())
}

/// A search from an enquiry came upon a hidden record: the searcher is shown nothing, the record's guardian hears of it
/// at once, and out of office hours whichever manager is on duty. Once for each enquiry.
pub(super) async fn hidden_matched(tx: &mut Tx, enquiry: &EnquiryId, person: &PersonId) -> Result<()> {
    const WORDS: &str = "An enquiry matched a hidden record of which you are the guardian. Whoever took the enquiry was shown nothing. Read the enquiry, link the \
                         record if it is meant, and see that somebody on the record's list decides it.";
    const ON_DUTY: &str = "An enquiry matched a hidden record. Whoever took the enquiry was shown nothing. Its guardian has been told; reach them if it cannot wait.";
    let (told,): (i64,) = sql!(tx, |c| sqlx::query_as(
        "SELECT COUNT(*) FROM notice WHERE kind = 'hidden_record_touched' AND subject_id = $1 AND person_id = $2"
    )
    .bind(enquiry)
    .bind(person)
    .fetch_one(c))?;
    let guardian: Option<(WorkerId,)> =
        sql!(tx, |c| sqlx::query_as("SELECT guardian_id FROM restriction WHERE person_id = $1").bind(person).fetch_optional(c))?;
    let Some((guardian,)) = guardian.filter(|_| told == 0) else { return Ok(()) };
    tell(tx, To::Worker(&guardian), "hidden_record_touched", enquiry, Some(person), WORDS, Ask::ToAcknowledge).await?;
    tx.note(Noted::new("guardian.alert", "person", person).because(format!("enquiry {enquiry}")));
    if restrictions::out_of_hours(tx).await? {
        for manager in restrictions::managers_on_duty(tx).await?.iter().filter(|m| **m != guardian) {
            tell(tx, To::Worker(manager), "hidden_record_on_duty", enquiry, None, ON_DUTY, Ask::ToAcknowledge).await?;
        }
    }
    Ok(())
}

/// A restricted record was linked: its history stays shut, so its guardian is asked to decide or to let somebody in.
pub(super) async fn restricted_linked(tx: &mut Tx, enquiry: &EnquiryId, person: &PersonId) -> Result<()> {
    const WORDS: &str = "An enquiry concerns a restricted record of which you are the guardian. Its history stays shut to the front door: decide the enquiry with \
                         them, or put a decider on the record's list.";
    let me = tx.act().worker().clone();
    let guardian: Option<(WorkerId,)> = sql!(tx, |c| sqlx::query_as(
        "SELECT r.guardian_id FROM restriction r WHERE r.person_id = $1 AND r.guardian_id <> $2
         AND NOT EXISTS (SELECT 1 FROM restriction_list l WHERE l.person_id = $1 AND l.worker_id = $2)"
    )
    .bind(person)
    .bind(&me)
    .fetch_optional(c))?;
    let Some((guardian,)) = guardian else { return Ok(()) };
    tell(tx, To::Worker(&guardian), "restricted_record_linked", enquiry, Some(person), WORDS, Ask::ToAcknowledge).await
}

/// Everybody in the front door's teams who is on duty now hears of it; none is missed for want of a rota.
pub(super) async fn front_door_teams(tx: &mut Tx) -> Result<Vec<TeamId>> {
    let today = Day(tx.today());
    let rows: Vec<(TeamId,)> = sql!(tx, |c| sqlx::query_as(
        "SELECT id FROM team WHERE kind = 'front_door' AND from_on <= $1 AND (until_on IS NULL OR until_on >= $1) ORDER BY id"
    )
    .bind(today)
    .fetch_all(c))?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// How many messages about an enquiry still wait to be acknowledged, by whom, for its page.
#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct Awaited {
    pub kind: String,
    pub to: String,
    pub created_at: crate::At,
    pub acknowledged_at: Option<crate::At>,
    pub acknowledged_by: Option<String>,
}

/// Who was told of an enquiry and has to acknowledge it.
pub async fn awaited(tx: &mut Tx, opened: &Opened) -> Result<Vec<Awaited>> {
    Ok(sql!(tx, |c| {
        sqlx::query_as(
        "SELECT n.kind, COALESCE(w.given_name || ' ' || w.surname, 'Duty, ' || t.name, '') AS \"to\", n.created_at, n.acknowledged_at, b.given_name || ' ' || b.surname AS acknowledged_by
         FROM notice n LEFT JOIN worker w ON w.id = n.to_worker_id LEFT JOIN team t ON t.id = n.to_team_id LEFT JOIN worker b ON b.id = n.acknowledged_by
         WHERE n.subject_kind = 'enquiry' AND n.subject_id = $1 AND n.must_acknowledge AND n.kind IN ('new_information', 'referral_urgent') ORDER BY n.created_at, n.id"
    )
    .bind(opened.id())
    .fetch_all(c)
    })?)
}
