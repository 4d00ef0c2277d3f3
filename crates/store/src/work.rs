//! A worker's own work: the children they hold, and the messages to them. Every count on a page is the length of a list
//! that these statements give.

use care::chronology::NotSeen;
use care::{
    allocation::AllocationState,
    case_kind::CaseKind,
    chronology::{CaseRow, not_seen, not_seen_too_long},
};
use jiff::civil::Date;

use crate::{
    At, Day, Error, Result, Tx,
    audit::Noted,
    id::{AllocationId, NoticeId, PersonId, TeamId, WorkerId},
    policy, run, sql,
};

/// One child or adult whom the worker holds, covers or co-works.
#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct Held {
    pub allocation_id: AllocationId,
    pub person_id: PersonId,
    pub given_name: String,
    pub surname: String,
    pub born_on: Option<Day>,
    pub expected_on: Option<Day>,
    pub kind: String,
    pub team: String,
    pub part: String,
    pub state: String,
    pub since_on: Day,
    pub last_seen_on: Option<Day>,
    pub next_due_on: Option<Day>,
    pub alerts: i64,
}

/// The worker's caseload today, whoever is due first on top. Reading it is noted once; each record is opened by itself.
pub async fn held(tx: &mut Tx, worker: &WorkerId) -> Result<Vec<Held>> {
    let today = Day(tx.today());
    tx.note(Noted::new("caseload.read", "worker", worker));
    Ok(sql!(tx, |c| {
        sqlx::query_as(
        "SELECT a.id AS allocation_id, p.id AS person_id, p.given_name, p.surname, p.born_on, p.expected_on, i.kind, t.name AS team, a.part, a.state, a.from_on AS since_on,
           (SELECT MAX(v.visited_on) FROM visit v WHERE v.person_id = p.id AND v.seen = 'seen') AS last_seen_on,
           (SELECT MIN(d.due_on) FROM due d WHERE d.person_id = p.id AND d.met_on IS NULL AND d.dropped_on IS NULL) AS next_due_on,
           (SELECT COUNT(*) FROM person_alert x WHERE x.person_id = p.id AND x.ended_on IS NULL) AS alerts
         FROM allocation a JOIN person p ON p.id = a.person_id JOIN involvement i ON i.id = a.involvement_id JOIN team t ON t.id = i.team_id
         WHERE a.worker_id = $1 AND a.from_on <= $2 AND (a.until_on IS NULL OR a.until_on >= $2) AND i.closed_on IS NULL
         ORDER BY next_due_on, p.sort_name, p.id"
    )
    .bind(worker)
    .bind(today)
    .fetch_all(c)
    })?)
}

/// How long nobody has seen somebody, where it is too long by the register.
pub async fn not_seen_words(tx: &mut Tx, held: &[Held]) -> Result<Vec<Option<String>>> {
    let (rules, today) = (policy::rules(tx).await?, tx.today());
    let one = |h: &Held| -> Result<Option<String>> {
        let row = CaseRow {
            id: (),
            kind: CaseKind::from_code(&h.kind).unwrap_or(CaseKind::ChildInNeed),
            state: AllocationState::from_code(&h.state).unwrap_or(AllocationState::Acknowledged),
            given_on: h.since_on.0,
            last_seen_on: h.last_seen_on.map(|d| d.0),
        };
        let long = not_seen_too_long(&row, &rules.clocks(), today).map_err(|e| Error::Corrupt(e.to_string()))?;
        let words: NotSeen = not_seen(row.last_seen_on, row.given_on, today);
        Ok(long.then(|| words.words()))
    };
    held.iter().map(one).collect()
}

#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct Notice {
    pub id: NoticeId,
    pub kind: String,
    pub person_id: Option<PersonId>,
    pub subject_kind: String,
    pub subject_id: String,
    pub words: String,
    pub must_acknowledge: bool,
    pub created_at: At,
    pub read_at: Option<At>,
    pub acknowledged_at: Option<At>,
    pub to_team: Option<String>,
}

const NOTICES: &str = "SELECT n.id, n.kind, n.person_id, n.subject_kind, n.subject_id, n.words, n.must_acknowledge, n.created_at, n.read_at, n.acknowledged_at, t.name AS to_team
  FROM notice n LEFT JOIN team t ON t.id = n.to_team_id WHERE (n.to_worker_id = $1
    OR (n.to_team_id IN (SELECT d.team_id FROM duty_rota d WHERE d.worker_id = $1 AND (d.on_day = $2 OR (d.on_day = $4 AND d.part_of_day = 'night'))) AND n.acknowledged_at IS NULL))
  AND ($3 = 0 OR (n.must_acknowledge AND n.acknowledged_at IS NULL) OR (NOT n.must_acknowledge AND n.read_at IS NULL)) ORDER BY n.created_at DESC, n.id DESC LIMIT 200";

/// Which messages to list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// Not read, or not acknowledged where that is asked.
    Waiting,
    All,
}

/// The messages to the worker, and to the teams for which they are on duty today.
pub async fn notices(tx: &mut Tx, worker: &WorkerId, which: Which) -> Result<Vec<Notice>> {
    let (today, waiting, tonight) = (Day(tx.today()), i64::from(which == Which::Waiting), tx.act().night_of());
    Ok(sql!(tx, |c| sqlx::query_as(NOTICES).bind(worker).bind(today).bind(waiting).bind(tonight).fetch_all(c))?)
}

/// The worker has read, and where it is asked acknowledges, a message to them or to a team for which they are on duty.
pub async fn acknowledge(tx: &mut Tx, id: &NoticeId) -> Result<()> {
    let (me, now) = (tx.act().worker().clone(), tx.act().at());
    let mine = notices(tx, &me, Which::All).await?;
    if !mine.iter().any(|n| n.id == *id) {
        return Err(Error::NotFound);
    }
    run!(
        tx,
        sqlx::query("UPDATE notice SET read_at = COALESCE(read_at, $1), acknowledged_at = COALESCE(acknowledged_at, $1), acknowledged_by = COALESCE(acknowledged_by, $2) WHERE id = $3")
            .bind(now)
            .bind(me.as_str())
            .bind(id)
    )?;
    tx.note(Noted::new("notice.acknowledge", "notice", id));
    Ok(())
}

/// A message to one worker.
pub async fn tell(
    tx: &mut Tx,
    to: &WorkerId,
    kind: &str,
    person: Option<&PersonId>,
    words: &str,
    must_acknowledge: Ask,
) -> Result<NoticeId> {
    send(tx, Some(to), None, kind, person, words, must_acknowledge).await
}

/// A message to whoever is on duty in a team.
pub async fn tell_team(
    tx: &mut Tx,
    to: &TeamId,
    kind: &str,
    person: Option<&PersonId>,
    words: &str,
    must_acknowledge: Ask,
) -> Result<NoticeId> {
    send(tx, None, Some(to), kind, person, words, must_acknowledge).await
}

/// Whether reading is enough or it has to be acknowledged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    ToRead,
    ToAcknowledge,
}

async fn send(
    tx: &mut Tx,
    worker: Option<&WorkerId>,
    team: Option<&TeamId>,
    kind: &str,
    person: Option<&PersonId>,
    words: &str,
    ask: Ask,
) -> Result<NoticeId> {
    let (id, now, me) = (NoticeId::new(), tx.act().at(), tx.act().worker().clone());
    run!(
        tx,
        sqlx::query("INSERT INTO notice (id, to_worker_id, to_team_id, kind, person_id, subject_kind, subject_id, words, must_acknowledge, created_at) VALUES ($1,$2,$3,$4,$5,'worker',$6,$7,$8,$9)")
            .bind(&id)
            .bind(worker)
            .bind(team)
            .bind(kind)
            .bind(person)
            .bind(me.as_str())
            .bind(words)
            .bind(ask == Ask::ToAcknowledge)
            .bind(now)
    )?;
    tx.note(Noted::new("notice.send", "notice", &id).because(kind.to_owned()));
    Ok(id)
}

/// The last day of the list "due this week".
pub fn week_ends(today: Date) -> Date {
    care::calendar::add_days(today, 7)
}
