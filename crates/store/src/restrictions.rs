//! Restricted and hidden records: their guardian, and what the guardian is told.

use care::{access::Deed, calendar::london};

use crate::{
    At, Day, Error, Result, Tx,
    audit::Noted,
    id::{NoticeId, PersonId, WorkerId},
    people::{self, Opened},
    policy, run, sql, workers,
};

care::coded! {
    /// How tightly a record is shut.
    pub enum Level {
        Restricted = "restricted", "Restricted: others see that the person is known, and whom to ask";
        Hidden = "hidden", "Hidden: others are not told that the person is known, and a search that matches alerts the guardian";
    }
}

/// A restriction with its guardian and its list.
#[derive(Debug, Clone)]
pub struct InForce {
    pub level: Level,
    pub guardian: WorkerId,
    pub reason: String,
    pub set_at: At,
    pub list: Vec<WorkerId>,
}

/// What shuts this record, for whoever may keep its list.
pub async fn of(tx: &mut Tx, opened: &Opened) -> Result<Option<InForce>> {
    for_keeping(opened)?;
    let found: Option<(String, WorkerId, String, At)> =
        sql!(tx, |c| sqlx::query_as("SELECT level, guardian_id, reason, set_at FROM restriction WHERE person_id = $1")
            .bind(opened.id())
            .fetch_optional(c))?;
    let Some((level, guardian, reason, set_at)) = found else { return Ok(None) };
    let level = Level::from_code(&level).ok_or_else(|| Error::Corrupt(format!("restriction level {level}")))?;
    let list: Vec<(WorkerId,)> =
        sql!(tx, |c| sqlx::query_as("SELECT worker_id FROM restriction_list WHERE person_id = $1 ORDER BY worker_id")
            .bind(opened.id())
            .fetch_all(c))?;
    Ok(Some(InForce { level, guardian, reason, set_at, list: list.into_iter().map(|(id,)| id).collect() }))
}

/// Shuts the record for all but a list, or changes how. The guardian is on the list by being the guardian.
pub async fn set(tx: &mut Tx, opened: &Opened, level: Level, guardian: &WorkerId, reason: &str, list: &[WorkerId]) -> Result<()> {
    for_keeping(opened)?;
    if reason.trim().is_empty() {
        return Err(Error::refused("reason", "Say why the record is shut"));
    }
    let today = tx.today();
    if workers::worker(tx, guardian).await?.last_day_on.is_some_and(|last| last.0 < today) {
        return Err(Error::refused("guardian", "The guardian has left: choose somebody who works here"));
    }
    if !people::roles(tx, guardian).await?.iter().any(|role| role.grants(Deed::RecordEnquiry)) {
        return Err(Error::refused(
            "guardian",
            "They could not open an enquiry that touches the record: choose a practitioner or a manager",
        ));
    }
    let (by, at, person) = (tx.act().worker().to_string(), tx.act().at(), opened.id().clone());
    run!(
        tx,
        sqlx::query(
            "INSERT INTO restriction (person_id, level, guardian_id, reason, set_by, set_at) VALUES ($1,$2,$3,$4,$5,$6)
        ON CONFLICT (person_id) DO UPDATE SET level = $2, guardian_id = $3, reason = $4, set_by = $5, set_at = $6"
        )
        .bind(&person)
        .bind(level.code())
        .bind(guardian)
        .bind(reason.trim())
        .bind(&by)
        .bind(at)
    )?;
    run!(tx, sqlx::query("DELETE FROM restriction_list WHERE person_id = $1").bind(&person))?;
    for worker in list {
        run!(
            tx,
            sqlx::query(
                "INSERT INTO restriction_list (person_id, worker_id, added_by, added_at) VALUES ($1,$2,$3,$4) ON CONFLICT DO NOTHING"
            )
            .bind(&person)
            .bind(worker)
            .bind(&by)
            .bind(at)
        )?;
    }
    let who: Vec<&str> = list.iter().map(WorkerId::as_str).collect();
    tx.note(
        Noted::new("restriction.set", "person", &person)
            .because(format!("{}; guardian {guardian}; list {}", level.code(), who.join(" ")))
            .words(reason.trim()),
    );
    Ok(())
}

/// Opens the record again to everyone who has a tie.
pub async fn lift(tx: &mut Tx, opened: &Opened) -> Result<()> {
    for_keeping(opened)?;
    run!(tx, sqlx::query("DELETE FROM restriction_list WHERE person_id = $1").bind(opened.id()))?;
    let lifted = run!(tx, sqlx::query("DELETE FROM restriction WHERE person_id = $1").bind(opened.id()))?;
    if lifted == 0 {
        return Err(Error::Stale);
    }
    tx.note(Noted::new("restriction.lift", "person", opened.id()));
    Ok(())
}

fn for_keeping(opened: &Opened) -> Result<()> {
    if opened.deed() == Deed::RestrictRecord { Ok(()) } else { Err(Error::RoleLacks) }
}

/// Tells the guardian of a hidden record that someone came upon it. The words name nobody: the notice leads to the audit.
pub async fn alert_guardian(tx: &mut Tx, person: &PersonId) -> Result<()> {
    let found: Option<(WorkerId,)> =
        sql!(tx, |c| sqlx::query_as("SELECT guardian_id FROM restriction WHERE person_id = $1").bind(person).fetch_optional(c))?;
    let Some((guardian,)) = found else { return Err(Error::NotFound) };
    const WORDS: &str =
        "A hidden record of which you are the guardian matched a search or an address that someone opened. They were shown nothing.";
    const ON_DUTY: &str = "A hidden record matched a search or an address that someone opened. They were shown nothing. Its guardian has been told; reach them if it cannot wait.";
    tell(tx, &guardian, "hidden_record_touched", Some(person), WORDS).await?;
    if out_of_hours(tx).await? {
        for manager in managers_on_duty(tx).await?.iter().filter(|m| **m != guardian) {
            tell(tx, manager, "hidden_record_on_duty", None, ON_DUTY).await?;
        }
    }
    tx.note(Noted::new("guardian.alert", "person", person));
    Ok(())
}

/// A message about who touched the record, to be acknowledged.
async fn tell(tx: &mut Tx, to: &WorkerId, kind: &str, person: Option<&PersonId>, words: &str) -> Result<()> {
    let (now, who) = (tx.act().at(), tx.act().worker().to_string());
    run!(tx, sqlx::query("INSERT INTO notice (id, to_worker_id, kind, person_id, subject_kind, subject_id, words, must_acknowledge, created_at) VALUES ($1,$2,$3,$4,'worker',$5,$6,$7,$8)")
        .bind(NoticeId::new()).bind(to).bind(kind).bind(person).bind(&who).bind(words).bind(true).bind(now))?;
    Ok(())
}

pub(crate) async fn out_of_hours(tx: &mut Tx) -> Result<bool> {
    let (calendar, hours) = (policy::calendar(tx).await?, policy::office_hours(tx).await?);
    let now = london(tx.act().at().0);
    Ok(!calendar.is_working_day(now.date()) || now.time() < hours.opens || now.time() >= hours.closes)
}

/// The duty managers of this moment; where the rota names none, the managers who are on duty at all.
pub(crate) async fn managers_on_duty(tx: &mut Tx) -> Result<Vec<WorkerId>> {
    let (today, tonight) = (Day(tx.today()), tx.act().night_of());
    let rows: Vec<(WorkerId, String)> = sql!(tx, |c| {
        sqlx::query_as(
        "SELECT d.worker_id, MAX(CASE WHEN d.kind = 'manager' THEN 'manager' ELSE '' END) FROM duty_rota d
         WHERE (d.on_day = $1 AND (d.part_of_day <> 'night' OR $1 = $2) OR (d.on_day = $2 AND d.part_of_day = 'night'))
         AND (d.kind = 'manager' OR EXISTS (SELECT 1 FROM role_held r WHERE r.worker_id = d.worker_id AND r.role IN ('team_manager', 'group_manager', 'director')
           AND r.from_on <= $1 AND (r.until_on IS NULL OR r.until_on >= $1)))
         GROUP BY d.worker_id ORDER BY d.worker_id"
    )
    .bind(today)
    .bind(tonight)
    .fetch_all(c)
    })?;
    let named = rows.iter().any(|(_, kind)| kind == "manager");
    Ok(rows.into_iter().filter(|(_, kind)| !named || kind == "manager").map(|(id, _)| id).collect())
}
