//! Dated statuses: what somebody is in law and practice, from when until when, and what is known of their visits and
//! reviews before those steps exist here. The kind of the open case follows from them.

use super::details::{StatusHistory, statuses};
use crate::{At, Day, Error, Result, Tx, audit::Noted, id::StatusId, people::Opened, run};

/// A status from a day on. `facts` is JSON: `placement` (a code of `care::statuses::PlacementKind`), and the days
/// `last_visit_on`, `next_visit_on`, `last_review_on` and `next_review_on`, where they are known.
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

/// What is known of a status beside its dates: the placement, the last and next visit and review. JSON.
pub async fn status_facts(tx: &mut Tx, opened: &Opened, id: &StatusId, facts: &str) -> Result<()> {
    let n = run!(
        tx,
        sqlx::query("UPDATE person_status SET facts = $1 WHERE id = $2 AND person_id = $3").bind(facts).bind(id).bind(opened.id())
    )?;
    if n == 0 {
        return Err(Error::NotFound);
    }
    tx.note(Noted::new("status.facts", "person", opened.id()).because(id.to_string()));
    Ok(())
}

/// The kind of the open case follows from the statuses that hold: in each service the most pressing of them.
pub async fn case_kind_follows(tx: &mut Tx, opened: &Opened) -> Result<()> {
    use care::statuses::{DatedStatus, Status, StatusKind, case_kinds};
    let read = |s: &StatusHistory| {
        let status = Status::from_codes(StatusKind::from_code(&s.kind)?, &s.code, "");
        Some(DatedStatus { status, from_on: s.from_on.0, until_on: s.until_on.map(|d| d.0) })
    };
    let dated: Vec<DatedStatus> = statuses(tx, opened).await?.iter().filter_map(read).collect();
    let today = tx.today();
    let kinds = case_kinds(&dated, today);
    for (service, kind) in [("children", kinds.iter().find(|k| k.is_childrens())), ("adults", kinds.iter().find(|k| !k.is_childrens()))] {
        match kind {
            Some(kind) => becomes(tx, opened, service, kind.code()).await?,
            None if service == "children" => steps_down(tx, opened).await?,
            None => {}
        }
    }
    Ok(())
}

/// The open cases of a service are of this kind.
async fn becomes(tx: &mut Tx, opened: &Opened, service: &str, kind: &str) -> Result<()> {
    run!(
        tx,
        sqlx::query(
            "UPDATE involvement SET kind = $1, version = version + 1 WHERE person_id = $2 AND closed_on IS NULL AND kind <> $1
             AND team_id IN (SELECT id FROM team WHERE service = $3)"
        )
        .bind(kind)
        .bind(opened.id())
        .bind(service)
    )?;
    Ok(())
}

/// When the last status has ended and the case is still open, the child is a child in need until it is closed.
async fn steps_down(tx: &mut Tx, opened: &Opened) -> Result<()> {
    run!(
        tx,
        sqlx::query(
            "UPDATE involvement SET kind = 'child_in_need', version = version + 1 WHERE person_id = $1 AND closed_on IS NULL
             AND kind IN ('protection_plan', 'looked_after', 'privately_fostered', 'section_47', 'proceedings', 'pre_birth')
             AND team_id IN (SELECT id FROM team WHERE service = 'children')"
        )
        .bind(opened.id())
    )?;
    Ok(())
}
