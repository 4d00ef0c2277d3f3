//! May this worker do this on this person's record? `care::access` judges; the facts are found here.

use std::sync::OnceLock;

use care::access::{
    self, Ask, Because, Conflict, ConflictKind, Decision, Deed, List, Purpose, Relationship, Restriction, Role, SectionView,
};

use super::person::{Person, person};
use crate::{
    At, Day, Error, Result, Tx,
    audit::Noted,
    error::IndexCard,
    id::{PersonId, WorkerId},
    sql,
};

/// A record that this worker may see or change, with why. Only [`open`] makes one, so holding it is the proof.
#[derive(Debug, Clone)]
pub struct Opened {
    person: Person,
    deed: Deed,
    because: String,
    ties: Vec<Relationship>,
    restriction: Restriction,
    confidential: SectionView,
    also: Vec<Deed>,
}

impl Opened {
    pub fn id(&self) -> &PersonId {
        &self.person.id
    }
    pub fn person(&self) -> &Person {
        &self.person
    }
    pub fn deed(&self) -> Deed {
        self.deed
    }
    /// Why it may be seen, in words for the page.
    pub fn because(&self) -> &str {
        &self.because
    }
    pub fn ties(&self) -> &[Relationship] {
        &self.ties
    }
    /// Whether this worker may do this here as well, so that a page offers nothing that is then refused. No proof: each deed
    /// opens the record anew.
    pub fn allows(&self, deed: Deed) -> bool {
        self.also.contains(&deed)
    }
    /// Whether the record is shut for all but a list, on which this worker then is.
    pub fn restriction(&self) -> Restriction {
        self.restriction
    }
    /// Whether this worker learns where the person lives when that is confidential.
    pub fn learns_confidential_address(&self) -> bool {
        self.confidential == SectionView::Shown
    }
}

/// What the pages of a record offer beside reading it.
const OFFERED: [Deed; 5] = [Deed::WriteNote, Deed::ChangePerson, Deed::RecordDecision, Deed::Allocate, Deed::ReadAccessLog];

/// Opens a person's record for one deed: judged, and noted in the audit of this transaction.
///
/// The answers to someone without a right are three: [`Error::IndexOnly`], [`Error::Hidden`] (shown as no such
/// page, and the guardian is alerted) and [`Error::RoleLacks`].
pub async fn open(tx: &mut Tx, id: &PersonId, deed: Deed) -> Result<Opened> {
    if tx.act().is_built_in() {
        return open_for_command(tx, id, deed).await;
    }
    let me = tx.act().worker().clone();
    let roles = roles(tx, &me).await?;
    if !roles.iter().any(|r| r.grants(deed)) {
        return Err(Error::RoleLacks);
    }
    let person = person(tx, id).await?;
    let ties = ties(tx, &me, id).await?;
    let restriction = restriction(tx, &me, id).await?;
    let conflict = conflict(tx, &me, id).await?;
    let ask = Ask { roles: &roles, relationships: &ties, restriction, conflict, deed, at: tx.act().at().0, today: tx.today() };
    match access::decide(&ask) {
        Decision::Full(why) => {
            if let Because::Relationship(Relationship::BreakGlass { until }) = why {
                tx.through_the_glass(At::cut(until));
            }
            tx.note(Noted::new(deed.code(), "person", id).because(code(why)));
            let confidential = access::confidential_address(restriction, &ties);
            let also = OFFERED.into_iter().filter(|other| access::decide(&Ask { deed: *other, ..ask }).is_full()).collect();
            Ok(Opened { person, deed, because: why.words(), ties, restriction, confidential, also })
        }
        Decision::Index(why) => Err(Error::IndexOnly(Box::new(card(tx, person, why.words(), access::may_break_glass(&roles, why)).await?))),
        Decision::Nothing => Err(Error::Hidden(id.clone())),
        Decision::RoleLacks => Err(Error::RoleLacks),
    }
}

/// The record that this transaction has just made: nobody else has a tie to it yet, and its maker goes on to fill it in.
pub async fn created(tx: &mut Tx, id: &PersonId) -> Result<Opened> {
    let person = person(tx, id).await?;
    if person.recorded_by != tx.act().worker().as_str() || person.recorded_at != tx.act().at() {
        return Err(Error::RoleLacks);
    }
    Ok(Opened {
        person,
        deed: Deed::ChangePerson,
        because: "you have just added this person".into(),
        ties: Vec::new(),
        restriction: Restriction::None,
        confidential: SectionView::Shown,
        also: OFFERED.to_vec(),
    })
}

/// The command line runs with the rights of whoever runs the machine; it is named in the audit as such. The public opens nothing.
async fn open_for_command(tx: &mut Tx, id: &PersonId, deed: Deed) -> Result<Opened> {
    if tx.act().worker().as_str() == "public" {
        return Err(Error::RoleLacks);
    }
    let person = person(tx, id).await?;
    tx.note(Noted::new(deed.code(), "person", id).because("built-in actor"));
    Ok(Opened {
        person,
        deed,
        because: "a command of the people who run Keyworker".into(),
        ties: Vec::new(),
        restriction: Restriction::None,
        confidential: SectionView::Shown,
        also: OFFERED.to_vec(),
    })
}

/// The roles a worker holds today.
pub(crate) async fn roles(tx: &mut Tx, worker: &WorkerId) -> Result<Vec<Role>> {
    let mine = tx.act().worker() == worker;
    if let Some(known) = tx.known_roles().filter(|_| mine) {
        return Ok(known.to_vec());
    }
    let today = Day(tx.today());
    let rows: Vec<(String,)> = sql!(tx, |c| {
        sqlx::query_as("SELECT role FROM role_held WHERE worker_id = $1 AND from_on <= $2 AND (until_on IS NULL OR until_on >= $2) ORDER BY from_on, id")
            .bind(worker)
            .bind(today)
            .fetch_all(c)
    })?;
    let roles: Vec<Role> = rows.iter().filter_map(|(role,)| Role::from_code(role)).collect();
    if mine && tx.only_reads() {
        tx.know_roles(&roles);
    }
    Ok(roles)
}

fn code(why: Because) -> String {
    match why {
        Because::Role => "role".into(),
        Because::Relationship(tie) => serde_json::to_string(&tie).unwrap_or_default().trim_matches('"').to_owned(),
    }
}

#[derive(sqlx::FromRow)]
pub(super) struct TieRow {
    pub(super) person_id: PersonId,
    tie: String,
    last_on: Option<Day>,
    until_at: Option<At>,
    code: Option<String>,
}

/// Every tie between a worker and a person that holds today.
pub async fn ties(tx: &mut Tx, worker: &WorkerId, person: &PersonId) -> Result<Vec<Relationship>> {
    static TEXT: OnceLock<String> = OnceLock::new();
    let text = TEXT.get_or_init(|| ties_of(1)).as_str();
    let (today, now, tonight) = (Day(tx.today()), tx.act().at(), tx.act().night_of());
    let rows: Vec<TieRow> = sql!(tx, |c| sqlx::query_as(text).bind(worker).bind(today).bind(now).bind(tonight).bind(person).fetch_all(c))?;
    Ok(rows.into_iter().filter_map(tie).collect())
}

/// $1 worker, $2 today, $3 now, $4 the day whose night this is, $5 on: so many people. Each arm is one kind of tie.
pub(super) fn ties_of(people: usize) -> String {
    let asked = (5..5 + people).map(|at| format!("(CAST(${at} AS TEXT))")).collect::<Vec<_>>().join(",");
    TIES.replacen("{asked}", &asked, 1)
}

/// CROSS JOIN fixes the order on SQLite, which would otherwise begin with every open case of the borough.
const TIES: &str = "
WITH RECURSIVE asked (id) AS MATERIALIZED (VALUES {asked}), mine AS MATERIALIZED (
  SELECT r.role, r.team_id FROM role_held r WHERE r.worker_id = $1 AND r.from_on <= $2 AND (r.until_on IS NULL OR r.until_on >= $2)
), held AS MATERIALIZED (
  SELECT i.person_id, i.team_id FROM asked CROSS JOIN involvement i WHERE i.person_id = asked.id AND i.closed_on IS NULL
), above AS (
  SELECT held.person_id, t.id, t.parent_id FROM held CROSS JOIN team t WHERE t.id = held.team_id
  UNION SELECT above.person_id, t.id, t.parent_id FROM above CROSS JOIN team t WHERE above.parent_id = t.id
), now_allocated AS MATERIALIZED (
  SELECT a.person_id, a.worker_id, a.part FROM asked CROSS JOIN allocation a WHERE a.person_id = asked.id AND a.from_on <= $2 AND (a.until_on IS NULL OR a.until_on >= $2)
), line AS (
  SELECT a.person_id, s.supervisor_id FROM now_allocated a CROSS JOIN supervision_line s WHERE a.worker_id = s.worker_id AND s.from_on <= $2 AND (s.until_on IS NULL OR s.until_on >= $2)
  UNION SELECT line.person_id, s.supervisor_id FROM line CROSS JOIN supervision_line s WHERE line.supervisor_id = s.worker_id AND s.from_on <= $2 AND (s.until_on IS NULL OR s.until_on >= $2)
)
SELECT a.person_id, a.part AS tie, CAST(NULL AS DATE) AS last_on, CAST(NULL AS TIMESTAMPTZ) AS until_at, CAST(NULL AS TEXT) AS code FROM now_allocated a WHERE a.worker_id = $1
UNION ALL SELECT asked.id, 'own_team', NULL, NULL, NULL FROM asked WHERE EXISTS (SELECT 1 FROM held JOIN mine ON mine.team_id = held.team_id WHERE held.person_id = asked.id)
UNION ALL SELECT asked.id, 'line', NULL, NULL, NULL FROM asked WHERE EXISTS (SELECT 1 FROM line WHERE line.supervisor_id = $1 AND line.person_id = asked.id)
  OR EXISTS (SELECT 1 FROM mine JOIN above ON above.id = mine.team_id WHERE mine.role IN ('team_manager', 'group_manager', 'director', 'principal_social_worker') AND above.person_id = asked.id)
  OR (EXISTS (SELECT 1 FROM mine WHERE mine.role IN ('group_manager', 'director', 'principal_social_worker') AND mine.team_id IS NULL) AND EXISTS (SELECT 1 FROM held WHERE held.person_id = asked.id))
UNION ALL SELECT asked.id, 'duty', NULL, NULL, NULL FROM asked WHERE EXISTS (SELECT 1 FROM duty_rota d JOIN held ON held.team_id = d.team_id WHERE d.worker_id = $1 AND (d.on_day = $2 OR (d.on_day = $4 AND d.part_of_day = 'night')) AND held.person_id = asked.id)
UNION ALL SELECT asked.id, CASE WHEN e.last_day_on IS NULL THEN 'front_door_open' ELSE 'front_door_decided' END, e.last_day_on, NULL, NULL FROM asked CROSS JOIN enquiry_access e
  WHERE e.person_id = asked.id AND (e.last_day_on IS NULL OR e.last_day_on >= $2)
  AND EXISTS (SELECT 1 FROM mine LEFT JOIN team t ON t.id = mine.team_id WHERE t.kind IN ('front_door', 'emergency_duty') OR mine.role IN ('front_door_worker', 'emergency_duty_worker'))
UNION ALL SELECT asked.id, 'emergency_duty', NULL, NULL, NULL FROM asked WHERE EXISTS (SELECT 1 FROM mine WHERE mine.role = 'emergency_duty_worker')
UNION ALL SELECT asked.id, g.kind, CAST(NULL AS DATE), g.until_at, g.reason_code FROM asked CROSS JOIN access_grant g WHERE g.person_id = asked.id AND g.worker_id = $1 AND g.from_at <= $3 AND g.until_at > $3";

pub(super) fn tie(row: TieRow) -> Option<Relationship> {
    Some(match row.tie.as_str() {
        "primary" => Relationship::Allocated,
        "co_worker" => Relationship::CoWorker,
        "cover" => Relationship::Cover,
        "reviewing_officer" => Relationship::ReviewingOfficer,
        "conference_chair" => Relationship::ConferenceChair,
        "own_team" => Relationship::OwnTeam,
        "line" => Relationship::LineOfSupervision,
        "duty" => Relationship::DutyToday,
        "front_door_open" => Relationship::FrontDoorOpen,
        "front_door_decided" => Relationship::FrontDoorDecided { last_day: row.last_on?.0 },
        "emergency_duty" => Relationship::EmergencyDuty,
        "break_glass" => Relationship::BreakGlass { until: row.until_at?.0 },
        "added" => Relationship::Added { until: row.until_at?.0 },
        "granted" => Relationship::Granted { purpose: Purpose::from_code(&row.code?)?, last_day: crate::act::london(row.until_at?.0) },
        _ => return None,
    })
}

/// What shuts the record for all but a list.
pub(crate) async fn restriction(tx: &mut Tx, worker: &WorkerId, person: &PersonId) -> Result<Restriction> {
    let found: Option<(String, i64)> = sql!(tx, |c| {
        sqlx::query_as("SELECT r.level, (SELECT COUNT(*) FROM restriction_list l WHERE l.person_id = r.person_id AND l.worker_id = $2) + CASE WHEN r.guardian_id = $2 THEN 1 ELSE 0 END
        FROM restriction r WHERE r.person_id = $1").bind(person).bind(worker).fetch_optional(c)
    })?;
    let Some((level, on)) = found else { return Ok(Restriction::None) };
    let list = if on > 0 { List::On } else { List::NotOn };
    Ok(if level == "hidden" { Restriction::Hidden(list) } else { Restriction::Restricted(list) })
}

async fn conflict(tx: &mut Tx, worker: &WorkerId, person: &PersonId) -> Result<Conflict> {
    let today = Day(tx.today());
    let found: Option<(String,)> = sql!(tx, |c| {
        sqlx::query_as("SELECT reason FROM conflict_of_interest WHERE person_id = $1 AND worker_id = $2 AND from_on <= $3 AND (until_on IS NULL OR until_on >= $3) LIMIT 1")
        .bind(person).bind(worker).bind(today).fetch_optional(c)
    })?;
    Ok(found
        .map_or(Conflict::NoneDeclared, |(reason,)| Conflict::Declared(ConflictKind::from_code(&reason).unwrap_or(ConflictKind::Other))))
}

/// The index of a person: who they are and whom to ask. Hidden records give [`Error::Hidden`].
pub async fn index_card(tx: &mut Tx, id: &PersonId) -> Result<IndexCard> {
    let opened = open(tx, id, Deed::ReadIndex).await?;
    card(tx, opened.person, String::new(), access::Glass::NotOffered).await
}

async fn card(tx: &mut Tx, person: Person, why: String, glass: access::Glass) -> Result<IndexCard> {
    let holder: Option<(Option<String>, Option<WorkerId>, Option<String>, Option<String>)> = sql!(tx, |c| sqlx::query_as(
        "SELECT t.name, w.id, w.given_name, w.surname FROM involvement i
        JOIN team t ON t.id = i.team_id LEFT JOIN allocation a ON a.involvement_id = i.id AND a.part = 'primary' AND a.until_on IS NULL
        LEFT JOIN worker w ON w.id = a.worker_id WHERE i.person_id = $1 AND i.closed_on IS NULL ORDER BY i.opened_on DESC, i.id LIMIT 1"
    )
    .bind(&person.id)
    .fetch_optional(c))?;
    let (team, worker_id, given, surname) = holder.unwrap_or_default();
    Ok(IndexCard {
        person_id: person.id.to_string(),
        name: person.name(),
        born_on: person.born_on.map(|d| d.0),
        team,
        worker: given.zip(surname).map(|(g, s)| format!("{g} {s}")),
        worker_id,
        why,
        glass_offered: glass == access::Glass::Offered,
    })
}
