//! Lines of supervision: who supervises whom, with dates. A line opens the supervised worker's cases to the supervisor.

use care::access::Deed;
use jiff::{ToSpan, civil::Date};

use crate::{
    Day, Error, Result, Tx,
    audit::Noted,
    id::{WorkerId, fresh},
    rights, run, sql,
};

#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct Line {
    pub id: String,
    pub supervisor_id: WorkerId,
    pub given_name: String,
    pub surname: String,
    pub from_on: Day,
    pub until_on: Option<Day>,
}

/// From this day on this worker is supervised by that one, and by nobody else.
pub async fn set_supervisor(tx: &mut Tx, worker: &WorkerId, supervisor: &WorkerId, from: Date) -> Result<()> {
    rights::require(tx, Deed::KeepStaff).await?;
    if worker == supervisor {
        return Err(Error::refused("supervisor", "Nobody supervises themselves"));
    }
    if is_above(tx, worker, supervisor, from).await? {
        return Err(Error::refused("supervisor", "This worker supervises them already, directly or through others"));
    }
    let last = Day(from.checked_sub(1.day()).unwrap_or(from));
    run!(
        tx,
        sqlx::query("UPDATE supervision_line SET until_on = $1 WHERE worker_id = $2 AND (until_on IS NULL OR until_on > $1)")
            .bind(last)
            .bind(worker)
    )?;
    let by = tx.act().worker().to_string();
    run!(
        tx,
        sqlx::query("INSERT INTO supervision_line (id, worker_id, supervisor_id, from_on, set_by) VALUES ($1,$2,$3,$4,$5)")
            .bind(fresh())
            .bind(worker)
            .bind(supervisor)
            .bind(Day(from))
            .bind(by)
    )?;
    tx.note(Noted::new("supervision.set", "worker", worker).because(format!("{supervisor} from {from}")));
    Ok(())
}

/// Every supervisor that a worker had, has or will have, the latest first.
pub async fn lines_of(tx: &mut Tx, worker: &WorkerId) -> Result<Vec<Line>> {
    Ok(sql!(tx, |c| {
        sqlx::query_as("SELECT s.id, s.supervisor_id, w.given_name, w.surname, s.from_on, s.until_on FROM supervision_line s JOIN worker w ON w.id = s.supervisor_id
        WHERE s.worker_id = $1 AND (s.until_on IS NULL OR s.until_on >= s.from_on) ORDER BY s.from_on DESC, s.id").bind(worker).fetch_all(c)
    })?)
}

/// Whether the first supervises the second on a day, directly or through others.
pub async fn is_above(tx: &mut Tx, upper: &WorkerId, lower: &WorkerId, on: Date) -> Result<bool> {
    let (n,): (i64,) = sql!(tx, |c| {
        sqlx::query_as("WITH RECURSIVE above AS (
          SELECT s.supervisor_id FROM supervision_line s WHERE s.worker_id = $1 AND s.from_on <= $3 AND (s.until_on IS NULL OR s.until_on >= $3)
          UNION SELECT s.supervisor_id FROM supervision_line s JOIN above ON above.supervisor_id = s.worker_id WHERE s.from_on <= $3 AND (s.until_on IS NULL OR s.until_on >= $3)
        ) SELECT COUNT(*) FROM above WHERE supervisor_id = $2").bind(lower).bind(upper).bind(Day(on)).fetch_one(c)
    })?;
    Ok(n > 0)
}
