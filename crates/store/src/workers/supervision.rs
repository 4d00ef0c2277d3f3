//! A worker's own supervision: what was talked about, how they are, what they want to learn, and what is to be done by
//! when. It is about the worker, so it stands in no child's record, and opens to the worker and to whoever supervises
//! them, directly or through others; to nobody else, whatever their role.

use jiff::civil::Date;

use super::{is_above, worker};
use crate::{
    At, Day, Error, Result, Tx,
    audit::Noted,
    id::{WorkerId, fresh},
    run, sql,
};

/// One meeting.
#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct Supervision {
    pub id: String,
    pub worker_id: WorkerId,
    pub supervisor_id: WorkerId,
    pub supervisor: String,
    pub held_on: Day,
    pub discussed: String,
    pub wellbeing: String,
    pub learning: String,
    pub next_on: Option<Day>,
    /// What the worker added when they read it.
    pub worker_words: String,
    pub agreed_at: Option<At>,
    pub recorded_at: At,
}

#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct Action {
    pub id: String,
    pub supervision_id: String,
    pub words: String,
    pub by_on: Option<Day>,
    pub done_on: Option<Day>,
}

/// A meeting before it is recorded.
#[derive(Debug, Clone)]
pub struct NewSupervision {
    pub held_on: Date,
    pub discussed: String,
    pub wellbeing: String,
    pub learning: String,
    pub next_on: Option<Date>,
    pub actions: Vec<(String, Option<Date>)>,
}

/// Somebody whom one supervises directly, with the last meeting and the next.
#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct Supervised {
    pub id: WorkerId,
    pub given_name: String,
    pub surname: String,
    pub last_on: Option<Day>,
    pub next_on: Option<Day>,
}

/// The right to a worker's own supervision, proved. Only [`open_supervision`] makes one.
#[derive(Debug, Clone)]
pub struct OpenedSupervision {
    worker: WorkerId,
    pub standing: Party,
}

/// Which side of the table one sits on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Party {
    Worker,
    Line,
}

/// Opens a worker's own supervision for the worker and for their line; each opening is in the audit.
pub async fn open_supervision(tx: &mut Tx, of: &WorkerId) -> Result<OpenedSupervision> {
    let (me, today) = (tx.act().worker().clone(), tx.today());
    worker(tx, of).await?;
    let standing = if me == *of {
        Party::Worker
    } else if is_above(tx, &me, of, today).await? {
        Party::Line
    } else {
        return Err(Error::RoleLacks);
    };
    tx.note(Noted::new("supervision.read", "worker", of));
    Ok(OpenedSupervision { worker: of.clone(), standing })
}

/// Those whom whoever acts supervises directly today.
pub async fn supervised(tx: &mut Tx) -> Result<Vec<Supervised>> {
    let (me, today) = (tx.act().worker().clone(), Day(tx.today()));
    Ok(sql!(tx, |c| {
        sqlx::query_as(
        "SELECT w.id, w.given_name, w.surname, (SELECT MAX(p.held_on) FROM personal_supervision p WHERE p.worker_id = w.id) AS last_on,
           (SELECT n.next_on FROM personal_supervision n WHERE n.worker_id = w.id ORDER BY n.held_on DESC, n.id DESC LIMIT 1) AS next_on
         FROM supervision_line s JOIN worker w ON w.id = s.worker_id WHERE s.supervisor_id = $1 AND s.from_on <= $2 AND (s.until_on IS NULL OR s.until_on >= $2)
         AND (w.last_day_on IS NULL OR w.last_day_on >= $2) ORDER BY w.surname, w.given_name, w.id"
    )
    .bind(&me)
    .bind(today)
    .fetch_all(c)
    })?)
}

/// Every meeting, the latest first, with what was to be done.
pub async fn meetings(tx: &mut Tx, opened: &OpenedSupervision) -> Result<Vec<(Supervision, Vec<Action>)>> {
    let rows: Vec<Supervision> = sql!(tx, |c| {
        sqlx::query_as(
        "SELECT p.id, p.worker_id, p.supervisor_id, w.given_name || ' ' || w.surname AS supervisor, p.held_on, p.discussed, p.wellbeing, p.learning, p.next_on,
           p.worker_words, p.agreed_at, p.recorded_at FROM personal_supervision p JOIN worker w ON w.id = p.supervisor_id WHERE p.worker_id = $1 ORDER BY p.held_on DESC, p.id DESC"
    )
    .bind(&opened.worker)
    .fetch_all(c)
    })?;
    let actions: Vec<Action> = sql!(tx, |c| {
        sqlx::query_as(
        "SELECT a.id, a.supervision_id, a.words, a.by_on, a.done_on FROM personal_supervision_action a JOIN personal_supervision p ON p.id = a.supervision_id
         WHERE p.worker_id = $1 ORDER BY a.by_on, a.id"
    )
    .bind(&opened.worker)
    .fetch_all(c)
    })?;
    let of = |id: &str| actions.iter().filter(|action| action.supervision_id == id).cloned().collect();
    Ok(rows.into_iter().map(|row| (row.clone(), of(&row.id))).collect())
}

/// Records a meeting; only the line does.
pub async fn record_supervision(tx: &mut Tx, opened: &OpenedSupervision, new: &NewSupervision) -> Result<String> {
    if opened.standing != Party::Line {
        return Err(Error::RoleLacks);
    }
    if new.held_on > tx.today() {
        return Err(Error::refused("held_on", "The date must be today or in the past"));
    }
    if new.next_on.is_some_and(|next| next <= new.held_on) {
        return Err(Error::refused("next_on", "The next date must be after this meeting"));
    }
    let (id, me, now) = (fresh(), tx.act().worker().clone(), tx.act().at());
    run!(
        tx,
        sqlx::query("INSERT INTO personal_supervision (id, worker_id, supervisor_id, held_on, discussed, wellbeing, learning, next_on, worker_words, recorded_at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,'',$9)")
            .bind(&id).bind(&opened.worker).bind(&me).bind(Day(new.held_on)).bind(&new.discussed).bind(&new.wellbeing).bind(&new.learning)
            .bind(new.next_on.map(Day)).bind(now)
    )?;
    for (words, by) in &new.actions {
        run!(
            tx,
            sqlx::query("INSERT INTO personal_supervision_action (id, supervision_id, words, by_on) VALUES ($1,$2,$3,$4)")
                .bind(fresh())
                .bind(&id)
                .bind(words)
                .bind(by.map(Day))
        )?;
    }
    tx.note(Noted::new("supervision.record", "worker", &opened.worker).because(id.clone()));
    Ok(id)
}

/// The worker has read what was written and agrees, or says in their own words what they see otherwise. It is done once.
pub async fn agree(tx: &mut Tx, opened: &OpenedSupervision, id: &str, words: &str) -> Result<()> {
    if opened.standing != Party::Worker {
        return Err(Error::RoleLacks);
    }
    let now = tx.act().at();
    let n = run!(
        tx,
        sqlx::query(
            "UPDATE personal_supervision SET agreed_at = $1, worker_words = $2 WHERE id = $3 AND worker_id = $4 AND agreed_at IS NULL"
        )
        .bind(now)
        .bind(words.trim())
        .bind(id)
        .bind(&opened.worker)
    )?;
    if n == 0 {
        return Err(Error::NotFound);
    }
    tx.note(Noted::new("supervision.agree", "worker", &opened.worker).because(id.to_owned()));
    Ok(())
}

/// Something that was to be done is done; either side may say so.
pub async fn action_done(tx: &mut Tx, opened: &OpenedSupervision, action: &str) -> Result<()> {
    let today = Day(tx.today());
    let n = run!(
        tx,
        sqlx::query(
            "UPDATE personal_supervision_action SET done_on = COALESCE(done_on, $1) WHERE id = $2
             AND supervision_id IN (SELECT id FROM personal_supervision WHERE worker_id = $3)"
        )
        .bind(today)
        .bind(action)
        .bind(&opened.worker)
    )?;
    if n == 0 {
        return Err(Error::NotFound);
    }
    tx.note(Noted::new("supervision.action_done", "worker", &opened.worker).because(action.to_owned()));
    Ok(())
}
