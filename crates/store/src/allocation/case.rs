//! One case: an open involvement of a team with a person, and whether whoever acts may decide about it.

use care::{
    access::{Deed, Relationship, Role},
    case_kind::CaseKind,
};

use crate::{
    Day, Error, Result, Tx,
    id::{AllocationId, InvolvementId, PersonId, TeamId, WorkerId},
    people::{self, Opened},
    sql, workers,
};

/// A case as it stands, with its allocated worker if it has one.
#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct CaseRow {
    pub id: InvolvementId,
    pub person_id: PersonId,
    pub team_id: TeamId,
    pub team: String,
    pub kind: String,
    pub opened_on: Day,
    pub closed_on: Option<Day>,
    pub version: i64,
    pub allocation_id: Option<AllocationId>,
    pub allocation_state: Option<String>,
    pub worker_id: Option<WorkerId>,
    pub given_name: Option<String>,
    pub surname: Option<String>,
    pub held_from: Option<Day>,
}

impl CaseRow {
    pub fn case_kind(&self) -> Option<CaseKind> {
        CaseKind::from_code(&self.kind)
    }
    /// The allocated worker's name.
    pub fn worker(&self) -> Option<String> {
        Some(format!("{} {}", self.given_name.as_deref()?, self.surname.as_deref()?))
    }
}

/// Opens the person of a case for a deed, and the case with it. Deciding who holds it is for whoever leads its team (or
/// one above), or for the front door while an enquiry is open.
pub async fn open_case(tx: &mut Tx, id: &InvolvementId, deed: Deed) -> Result<(Opened, CaseRow)> {
    let row = case_row(tx, id).await?;
    let opened = people::open(tx, &row.person_id, deed).await?;
    if deed == Deed::Allocate && !opened.ties().contains(&Relationship::FrontDoorOpen) && !leads(tx, &row.team_id).await? {
        return Err(Error::RoleLacks);
    }
    Ok((opened, row))
}

/// The open cases of an opened person, those without a worker first.
pub async fn cases_of(tx: &mut Tx, opened: &Opened) -> Result<Vec<CaseRow>> {
    let ids: Vec<(InvolvementId,)> = sql!(tx, |c| sqlx::query_as(
        "SELECT i.id FROM involvement i LEFT JOIN allocation a ON a.involvement_id = i.id AND a.part = 'primary' AND a.until_on IS NULL
         WHERE i.person_id = $1 AND i.closed_on IS NULL ORDER BY CASE WHEN a.id IS NULL THEN 0 ELSE 1 END, i.opened_on DESC, i.id"
    )
    .bind(opened.id())
    .fetch_all(c))?;
    let mut all = Vec::with_capacity(ids.len());
    for (id,) in ids {
        all.push(case_row(tx, &id).await?);
    }
    Ok(all)
}

pub(super) async fn case_row(tx: &mut Tx, id: &InvolvementId) -> Result<CaseRow> {
    Ok(sql!(tx, |c| {
        sqlx::query_as(
        "SELECT i.id, i.person_id, i.team_id, t.name AS team, i.kind, i.opened_on, i.closed_on, i.version, a.id AS allocation_id, a.state AS allocation_state,
         a.worker_id, w.given_name, w.surname, a.from_on AS held_from
         FROM involvement i JOIN team t ON t.id = i.team_id LEFT JOIN allocation a ON a.involvement_id = i.id AND a.part = 'primary' AND a.until_on IS NULL
         LEFT JOIN worker w ON w.id = a.worker_id WHERE i.id = $1"
    )
    .bind(id)
    .fetch_one(c)
    })?)
}

/// Whether whoever acts leads a team or one above it; group managers and directors without a team lead them all.
pub async fn leads(tx: &mut Tx, team: &TeamId) -> Result<bool> {
    if tx.act().is_built_in() {
        return Ok(tx.act().worker().as_str() != "public");
    }
    let (me, today) = (tx.act().worker().clone(), Day(tx.today()));
    let (n,): (i64,) = sql!(tx, |c| {
        sqlx::query_as(
        "WITH RECURSIVE above AS (SELECT id, parent_id FROM team WHERE id = $1 UNION SELECT t.id, t.parent_id FROM above JOIN team t ON t.id = above.parent_id)
         SELECT COUNT(*) FROM role_held r WHERE r.worker_id = $2 AND r.from_on <= $3 AND (r.until_on IS NULL OR r.until_on >= $3)
         AND ((r.role IN ('team_manager', 'group_manager', 'director') AND r.team_id IN (SELECT id FROM above)) OR (r.role IN ('group_manager', 'director') AND r.team_id IS NULL))"
    )
    .bind(team)
    .bind(&me)
    .bind(today)
    .fetch_one(c)
    })?;
    Ok(n > 0)
}

/// Those who lead a team by one of these roles: in the team itself or above it, the nearest first.
pub async fn leaders(tx: &mut Tx, team: &TeamId, role: Role) -> Result<Vec<WorkerId>> {
    let today = Day(tx.today());
    let rows: Vec<(WorkerId,)> = sql!(tx, |c| {
        sqlx::query_as(
        "WITH RECURSIVE above AS (SELECT id, parent_id, 0 AS far FROM team WHERE id = $1 UNION SELECT t.id, t.parent_id, above.far + 1 FROM above JOIN team t ON t.id = above.parent_id)
         SELECT r.worker_id FROM role_held r JOIN worker w ON w.id = r.worker_id LEFT JOIN above ON above.id = r.team_id
         WHERE r.role = $2 AND r.from_on <= $3 AND (r.until_on IS NULL OR r.until_on >= $3) AND (w.last_day_on IS NULL OR w.last_day_on >= $3)
         AND (above.id IS NOT NULL OR r.team_id IS NULL) GROUP BY r.worker_id ORDER BY MIN(COALESCE(above.far, 99)), r.worker_id"
    )
    .bind(team)
    .bind(role.code())
    .bind(today)
    .fetch_all(c)
    })?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// The roles that whoever acts holds today.
pub(super) async fn my_roles(tx: &mut Tx) -> Result<Vec<Role>> {
    let (me, today) = (tx.act().worker().clone(), tx.today());
    if tx.act().is_built_in() {
        return Ok(Role::ALL.to_vec());
    }
    let standing = workers::standing(tx, &me, today).await?;
    Ok(standing.roles.iter().filter_map(|held| Role::from_code(&held.role)).collect())
}
