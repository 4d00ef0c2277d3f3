//! Teams, in a tree: a team belongs to a group, a group to the service. Whoever leads one leads what is below it.

use care::access::Deed;
use jiff::civil::Date;

use crate::{Day, Error, Result, Tx, audit::Noted, id::TeamId, rights, run, sql};

care::coded! {
    /// What a team is for. The front door and the emergency duty team read more than others by what they are.
    pub enum TeamKind {
        FrontDoor = "front_door", "Front door";
        EmergencyDuty = "emergency_duty", "Emergency duty";
        FamilyHelp = "family_help", "Family help";
        Assessment = "assessment", "Assessment";
        Safeguarding = "safeguarding", "Safeguarding and support";
        LookedAfter = "looked_after", "Children looked after";
        LeavingCare = "leaving_care", "Leaving care";
        Disability = "disability", "Disabled children and young people";
        Fostering = "fostering", "Fostering and adoption";
        Reviewing = "reviewing", "Reviewing and conferences";
        Adults = "adults", "Adults";
        OccupationalTherapy = "occupational_therapy", "Occupational therapy";
        Hospital = "hospital", "Hospital";
        Group = "group", "Group of teams";
        Support = "support", "Support";
    }
}

care::coded! {
    /// Which service a team belongs to.
    pub enum Branch {
        Children = "children", "Children's services";
        Adults = "adults", "Adult services";
        Both = "both", "Both";
    }
}

#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct Team {
    pub id: TeamId,
    pub name: String,
    pub kind: String,
    pub service: String,
    pub parent_id: Option<TeamId>,
    pub from_on: Day,
    pub until_on: Option<Day>,
    pub version: i64,
}

/// What is known of a team, before there is an id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTeam {
    pub name: String,
    pub kind: TeamKind,
    pub branch: Branch,
    pub parent: Option<TeamId>,
    pub from: Date,
    pub until: Option<Date>,
}

/// Every team that exists on this day or will, in order of name.
pub async fn all(tx: &mut Tx) -> Result<Vec<Team>> {
    let today = Day(tx.today());
    let mut teams: Vec<Team> = sql!(tx, |c| sqlx::query_as(
        "SELECT id, name, kind, service, parent_id, from_on, until_on, version FROM team WHERE until_on IS NULL OR until_on >= $1"
    )
    .bind(today)
    .fetch_all(c))?;
    teams.sort_by_cached_key(|t| (t.name.to_lowercase(), t.id.clone()));
    Ok(teams)
}

/// A team and every team below it in the tree.
pub async fn with_below(tx: &mut Tx, id: &TeamId) -> Result<Vec<TeamId>> {
    let rows: Vec<(TeamId,)> = sql!(tx, |c| {
        sqlx::query_as(
        "WITH RECURSIVE below (id) AS (SELECT id FROM team WHERE id = $1 UNION SELECT t.id FROM team t JOIN below b ON t.parent_id = b.id)
         SELECT id FROM below ORDER BY id"
    )
    .bind(id)
    .fetch_all(c)
    })?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

pub async fn team(tx: &mut Tx, id: &TeamId) -> Result<Team> {
    Ok(sql!(tx, |c| sqlx::query_as("SELECT id, name, kind, service, parent_id, from_on, until_on, version FROM team WHERE id = $1")
        .bind(id)
        .fetch_one(c))?)
}

pub async fn add(tx: &mut Tx, new: &NewTeam) -> Result<TeamId> {
    rights::require(tx, Deed::KeepStaff).await?;
    check(new)?;
    let id = TeamId::new();
    run!(
        tx,
        sqlx::query("INSERT INTO team (id, name, kind, service, parent_id, from_on, until_on, version) VALUES ($1,$2,$3,$4,$5,$6,$7,1)")
            .bind(&id)
            .bind(new.name.trim())
            .bind(new.kind.code())
            .bind(new.branch.code())
            .bind(&new.parent)
            .bind(Day(new.from))
            .bind(Day::option(new.until))
    )?;
    tx.note(Noted::new("team.add", "team", &id).words(&new.name));
    Ok(id)
}

/// Changes a team. It cannot be put below itself, and cannot end while anyone holds a role in it beyond that day.
pub async fn change(tx: &mut Tx, id: &TeamId, version: i64, new: &NewTeam) -> Result<()> {
    rights::require(tx, Deed::KeepStaff).await?;
    check(new)?;
    if let Some(parent) = &new.parent
        && is_below(tx, parent, id).await?
    {
        return Err(Error::refused("parent", "A team cannot be below itself"));
    }
    if let Some(until) = new.until {
        nobody_left(tx, id, until).await?;
    }
    let changed = run!(tx, sqlx::query("UPDATE team SET name = $1, kind = $2, service = $3, parent_id = $4, from_on = $5, until_on = $6, version = version + 1 WHERE id = $7 AND version = $8")
        .bind(new.name.trim()).bind(new.kind.code()).bind(new.branch.code()).bind(&new.parent).bind(Day(new.from)).bind(Day::option(new.until)).bind(id).bind(version))?;
    if changed == 0 {
        return Err(Error::Stale);
    }
    tx.note(Noted::new("team.change", "team", id).words(&new.name));
    Ok(())
}

fn check(new: &NewTeam) -> Result<()> {
    if new.name.trim().is_empty() {
        return Err(Error::refused("name", "Enter the name of the team"));
    }
    if new.until.is_some_and(|until| until < new.from) {
        return Err(Error::refused("until_on", "The last day must not be before the first"));
    }
    Ok(())
}

/// Whether the first is the second or stands anywhere below it.
async fn is_below(tx: &mut Tx, lower: &TeamId, upper: &TeamId) -> Result<bool> {
    Ok(with_below(tx, upper).await?.contains(lower))
}

async fn nobody_left(tx: &mut Tx, id: &TeamId, until: Date) -> Result<()> {
    let (roles,): (i64,) =
        sql!(tx, |c| sqlx::query_as("SELECT COUNT(*) FROM role_held WHERE team_id = $1 AND (until_on IS NULL OR until_on > $2)")
            .bind(id)
            .bind(Day(until))
            .fetch_one(c))?;
    let (cases,): (i64,) =
        sql!(tx, |c| sqlx::query_as("SELECT COUNT(*) FROM involvement WHERE team_id = $1 AND closed_on IS NULL").bind(id).fetch_one(c))?;
    if roles + cases > 0 {
        return Err(Error::refused(
            "until_on",
            format!("This team still has {roles} roles beyond that day and {cases} open cases: move them first"),
        ));
    }
    Ok(())
}
