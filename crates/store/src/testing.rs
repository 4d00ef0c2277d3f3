//! For tests only: an empty, migrated database of each kind, and a few people to begin with.
//!
//! PostgreSQL takes part when `TEST_POSTGRES` gives the address of a server on which databases may be made;
//! otherwise the test says on standard error that it ran on SQLite alone.

use jiff::{
    Timestamp,
    civil::{Date, date},
};
use sqlx::{AssertSqlSafe, Connection, postgres::PgConnection};

use crate::{
    Act, Day, Db, Result, Tx, accounts,
    audit::Noted,
    id::{AllocationId, InvolvementId, PersonId, TeamId, WorkerId, fresh},
    run,
};

/// A Thursday morning on which all tests begin unless they move the clock.
pub fn start() -> Timestamp {
    "2026-05-14T09:00:00Z".parse().unwrap_or(Timestamp::UNIX_EPOCH)
}
pub const TODAY: Date = date(2026, 5, 14);

/// One fresh database of each kind that is at hand. Run the same body on each.
pub async fn databases() -> Vec<(&'static str, Db)> {
    let mut all = vec![("SQLite", sqlite().await)];
    match std::env::var("TEST_POSTGRES") {
        Ok(server) => all.push(("PostgreSQL", postgres(&server).await)),
        Err(_) => eprintln!("skipped on PostgreSQL: TEST_POSTGRES is not set"),
    }
    all
}

/// A fresh SQLite database in a folder of its own below the system's temporary folder.
#[allow(clippy::unwrap_used)]
pub async fn sqlite() -> Db {
    let folder = std::env::temp_dir().join("keyworker-tests");
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join(format!("{}.db", fresh()));
    let db = Db::open(&format!("sqlite://{}", file.display())).await.unwrap();
    db.migrate().await.unwrap();
    db
}

#[allow(clippy::unwrap_used)]
async fn postgres(server: &str) -> Db {
    let name = format!("test_{}", fresh());
    let mut conn = PgConnection::connect(server).await.unwrap();
    sqlx::query(AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&mut conn).await.unwrap();
    let (base, _) = server.rsplit_once('/').unwrap();
    let db = Db::open(&format!("{base}/{name}")).await.unwrap();
    db.migrate().await.unwrap();
    db
}

/// Runs a statement behind the product's back, as whoever has the database could.
#[allow(clippy::unwrap_used)]
pub async fn behind_its_back(db: &Db, statement: &str) -> u64 {
    let text = AssertSqlSafe(statement.to_owned());
    match db.pools() {
        crate::db::Pools::Sqlite { write, .. } => sqlx::query(text).execute(write).await.unwrap().rows_affected(),
        crate::db::Pools::Postgres(pool) => sqlx::query(text).execute(pool).await.unwrap().rows_affected(),
    }
}

/// One text that a statement finds.
#[allow(clippy::unwrap_used)]
pub async fn text(db: &Db, statement: &str) -> String {
    let query = AssertSqlSafe(statement.to_owned());
    let (found,): (String,) = match db.pools() {
        crate::db::Pools::Sqlite { write, .. } => sqlx::query_as(query).fetch_one(write).await.unwrap(),
        crate::db::Pools::Postgres(pool) => sqlx::query_as(query).fetch_one(pool).await.unwrap(),
    };
    found
}

/// The worker of a user name.
#[allow(clippy::unwrap_used)]
pub async fn worker_named(db: &Db, username: &str) -> WorkerId {
    let mut tx = db.read(Act::system(start())).await.unwrap();
    let account = accounts::by_username(&mut tx, username).await.unwrap().unwrap();
    tx.finish().await.unwrap();
    account.worker_id
}

/// A transaction by the product itself, to set a scene.
#[allow(clippy::unwrap_used)]
pub async fn scene(db: &Db) -> Tx {
    let mut tx = db.write(Act::system(start())).await.unwrap();
    tx.note(Noted::new("scene", "test", "1"));
    tx
}

/// Two teams, their people, and one child: enough for most tests of access.
pub struct Small {
    pub north: TeamId,
    pub south: TeamId,
    pub front_door: TeamId,
    /// Social worker in north, allocated to the child.
    pub priya: WorkerId,
    /// Social worker in south, without any tie to the child.
    pub tom: WorkerId,
    /// Team manager of north.
    pub grace: WorkerId,
    /// Front-door worker.
    pub flora: WorkerId,
    /// System administrator.
    pub sam: WorkerId,
    /// Information governance.
    pub ines: WorkerId,
    pub child: PersonId,
    pub involvement: InvolvementId,
}

pub async fn small(db: &Db) -> Result<Small> {
    let mut tx = scene(db).await;
    let (north, south, front_door) = (
        team(&mut tx, "North safeguarding", "safeguarding").await?,
        team(&mut tx, "South safeguarding", "safeguarding").await?,
        team(&mut tx, "Front door", "front_door").await?,
    );
    let made = Small {
        priya: worker(&mut tx, "Priya", "Nair", "social_worker", Some(&north)).await?,
        tom: worker(&mut tx, "Tom", "Bell", "social_worker", Some(&south)).await?,
        grace: worker(&mut tx, "Grace", "Obi", "team_manager", Some(&north)).await?,
        flora: worker(&mut tx, "Flora", "Reed", "front_door_worker", Some(&front_door)).await?,
        sam: worker(&mut tx, "Sam", "Dunn", "system_administrator", None).await?,
        ines: worker(&mut tx, "Ines", "Vale", "information_governance", None).await?,
        child: person(&mut tx, "Ellie", "Marsh", Some(date(2016, 3, 2))).await?,
        involvement: InvolvementId::new(),
        north,
        south,
        front_door,
    };
    run!(tx, sqlx::query("INSERT INTO involvement (id, person_id, team_id, kind, opened_on, source, version) VALUES ($1,$2,$3,'child_in_need',$4,'hand',1)")
        .bind(&made.involvement).bind(&made.child).bind(&made.north).bind(Day(date(2026, 2, 2))))?;
    allocation(&mut tx, &made.involvement, &made.child, &made.priya).await?;
    tx.commit().await?;
    Ok(made)
}

pub async fn team(tx: &mut Tx, name: &str, kind: &str) -> Result<TeamId> {
    let id = TeamId::new();
    run!(
        tx,
        sqlx::query("INSERT INTO team (id, name, kind, service, from_on, version) VALUES ($1,$2,$3,'children',$4,1)")
            .bind(&id)
            .bind(name)
            .bind(kind)
            .bind(Day(date(2020, 1, 1)))
    )?;
    Ok(id)
}

/// A worker with an account named after them (`priya.nair`) without a password.
pub async fn worker(tx: &mut Tx, given: &str, surname: &str, role: &str, team: Option<&TeamId>) -> Result<WorkerId> {
    let id = WorkerId::new();
    run!(
        tx,
        sqlx::query("INSERT INTO worker (id, given_name, surname, employment, fte_hundredths, version) VALUES ($1,$2,$3,'employee',100,1)")
            .bind(&id)
            .bind(given)
            .bind(surname)
    )?;
    let at = tx.act().at();
    run!(
        tx,
        sqlx::query(
            "INSERT INTO role_held (id, worker_id, role, team_id, from_on, granted_by, granted_at) VALUES ($1,$2,$3,$4,$5,'system',$6)"
        )
        .bind(fresh())
        .bind(&id)
        .bind(role)
        .bind(team)
        .bind(Day(date(2020, 1, 1)))
        .bind(at)
    )?;
    accounts::open(tx, &id, &format!("{given}.{surname}"), None).await?;
    Ok(id)
}

pub async fn person(tx: &mut Tx, given: &str, surname: &str, born_on: Option<Date>) -> Result<PersonId> {
    let (id, at) = (PersonId::new(), tx.act().at());
    run!(tx, sqlx::query("INSERT INTO person (id, given_name, surname, sort_name, born_on, born_about, sex, ethnicity, first_language, interpreter, disability, disability_codes, source, recorded_at, recorded_by, version)
        VALUES ($1,$2,$3,$4,$5,$6,'unknown','not_asked','not_asked','not_asked','not_asked','','hand',$7,'system',1)")
        .bind(&id).bind(given).bind(surname).bind(format!("{surname} {given}").to_lowercase()).bind(Day::option(born_on)).bind(false).bind(at))?;
    Ok(id)
}

pub async fn allocation(tx: &mut Tx, involvement: &InvolvementId, person: &PersonId, worker: &WorkerId) -> Result<AllocationId> {
    let (id, at) = (AllocationId::new(), tx.act().at());
    run!(tx, sqlx::query("INSERT INTO allocation (id, involvement_id, person_id, worker_id, part, state, from_on, why_this_worker, what_to_do, risks_to_worker, risks_to_child, allocated_by, allocated_at, version)
        VALUES ($1,$2,$3,$4,'primary','acknowledged',$5,'','','','','system',$6,1)").bind(&id).bind(involvement).bind(person).bind(worker).bind(Day(date(2026, 2, 2))).bind(at))?;
    Ok(id)
}

/// One worker supervises another, since the beginning of the year.
pub async fn supervises(tx: &mut Tx, supervisor: &WorkerId, worker: &WorkerId) -> Result<()> {
    run!(
        tx,
        sqlx::query("INSERT INTO supervision_line (id, worker_id, supervisor_id, from_on) VALUES ($1,$2,$3,$4)")
            .bind(fresh())
            .bind(worker)
            .bind(supervisor)
            .bind(Day(date(2026, 1, 1)))
    )?;
    Ok(())
}

/// Hides a person's record from all but its guardian.
pub async fn hide(db: &Db, person: &PersonId, guardian: &WorkerId) -> Result<()> {
    let mut tx = scene(db).await;
    restrict(&mut tx, person, guardian, "hidden").await?;
    tx.commit().await
}

/// Shuts a person's record: `restricted` (known to exist) or `hidden`.
pub async fn restrict(tx: &mut Tx, person: &PersonId, guardian: &WorkerId, level: &'static str) -> Result<()> {
    let at = tx.act().at();
    run!(
        tx,
        sqlx::query("INSERT INTO restriction (person_id, level, guardian_id, reason, set_by, set_at) VALUES ($1,$2,$3,'test','system',$4)")
            .bind(person)
            .bind(level)
            .bind(guardian)
            .bind(at)
    )?;
    crate::search::file_person(tx, person).await
}

/// How many messages a worker has.
pub async fn notices(db: &Db, worker: &WorkerId) -> Result<i64> {
    let mut tx = db.read(Act::system(start())).await?;
    let (n,): (i64,) =
        crate::sql!(tx, |c| sqlx::query_as("SELECT COUNT(*) FROM notice WHERE to_worker_id = $1").bind(worker).fetch_one(c))?;
    Ok(n)
}

/// An open case of a team with a person, without a worker.
pub async fn case(tx: &mut Tx, person: &PersonId, team: &TeamId, kind: &str, opened: Date) -> Result<InvolvementId> {
    let id = InvolvementId::new();
    run!(
        tx,
        sqlx::query("INSERT INTO involvement (id, person_id, team_id, kind, opened_on, source, version) VALUES ($1,$2,$3,$4,$5,'hand',1)")
            .bind(&id)
            .bind(person)
            .bind(team)
            .bind(kind)
            .bind(Day(opened))
    )?;
    Ok(id)
}

/// An open status, such as a protection plan.
pub async fn status(tx: &mut Tx, person: &PersonId, kind: &str, from: Date) -> Result<()> {
    let at = tx.act().at();
    run!(
        tx,
        sqlx::query("INSERT INTO person_status (id, person_id, kind, code, from_on, facts, source, recorded_by, recorded_at) VALUES ($1,$2,$3,'',$4,'{}','hand','system',$5)")
            .bind(fresh())
            .bind(person)
            .bind(kind)
            .bind(Day(from))
            .bind(at)
    )?;
    Ok(())
}

/// One person is to another what `kind` says; they live together.
pub async fn relation(tx: &mut Tx, person: &PersonId, other: &PersonId, kind: &str) -> Result<()> {
    run!(
        tx,
        sqlx::query("INSERT INTO relationship (id, person_id, other_id, kind, parental_responsibility, lives_with, source) VALUES ($1,$2,$3,$4,'yes','yes','hand')")
            .bind(fresh())
            .bind(person)
            .bind(other)
            .bind(kind)
    )?;
    Ok(())
}

/// Where a person lives now.
pub async fn address(tx: &mut Tx, person: &PersonId, lines: &str, postcode: &str) -> Result<()> {
    run!(
        tx,
        sqlx::query(
            "INSERT INTO person_address (id, person_id, kind, lines, postcode, from_on, confidential) VALUES ($1,$2,'home',$3,$4,$5,$6)"
        )
        .bind(fresh())
        .bind(person)
        .bind(lines)
        .bind(postcode)
        .bind(Day(date(2025, 1, 1)))
        .bind(false)
    )?;
    Ok(())
}

/// A worker is away from a day until the day before the return.
pub async fn away(tx: &mut Tx, worker: &WorkerId, from: Date, back: Option<Date>) -> Result<()> {
    let at = tx.act().at();
    run!(
        tx,
        sqlx::query(
            "INSERT INTO absence (id, worker_id, from_on, expected_back_on, recorded_by, recorded_at) VALUES ($1,$2,$3,$4,'system',$5)"
        )
        .bind(fresh())
        .bind(worker)
        .bind(Day(from))
        .bind(Day::option(back))
        .bind(at)
    )?;
    Ok(())
}

/// A worker's share of a post in hundredths, and the last working day if there is one.
pub async fn post(tx: &mut Tx, worker: &WorkerId, hundredths: i64, last_day: Option<Date>) -> Result<()> {
    run!(
        tx,
        sqlx::query("UPDATE worker SET fte_hundredths = $1, last_day_on = $2 WHERE id = $3")
            .bind(hundredths)
            .bind(Day::option(last_day))
            .bind(worker)
    )?;
    Ok(())
}

/// How many rows a table has; for counting what a form made.
pub async fn count(tx: &mut Tx, table: &'static str) -> Result<i64> {
    let (n,): (i64,) = crate::sql!(tx, |c| sqlx::query_as(AssertSqlSafe(format!("SELECT COUNT(*) FROM {table}"))).fetch_one(c))?;
    Ok(n)
}
