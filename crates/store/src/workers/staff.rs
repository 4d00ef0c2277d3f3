//! The list of workers: who they are, how they are employed, when they leave. Human resources and administrators keep it.

use care::access::Deed;
use jiff::civil::Date;

use super::worker;
use crate::{Day, Error, Result, Tx, audit::Noted, id::WorkerId, rights, run, sql};

care::coded! {
    /// How somebody is employed.
    pub enum Employment {
        Employee = "employee", "Employee";
        Agency = "agency", "Agency worker";
        Seconded = "seconded", "Seconded from elsewhere";
        Student = "student", "Student on placement";
    }
}

/// The most that somebody may work: one and a half full-time posts.
const MOST_HUNDREDTHS: i64 = 150;

/// What is known of a worker, before there is an id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewWorker {
    pub given_name: String,
    pub surname: String,
    pub email: Option<String>,
    pub telephone: Option<String>,
    pub registration_no: Option<String>,
    pub registered_until_on: Option<Date>,
    pub employment: Employment,
    pub agency_name: Option<String>,
    /// Full-time equivalent in hundredths: 80 is four days of five.
    pub fte_hundredths: i64,
    pub started_on: Option<Date>,
    pub newly_qualified_until_on: Option<Date>,
}

impl NewWorker {
    /// A full-time employee without a name yet, who starts on this day.
    pub fn starting(on: Date) -> Self {
        Self {
            given_name: String::new(),
            surname: String::new(),
            email: None,
            telephone: None,
            registration_no: None,
            registered_until_on: None,
            employment: Employment::Employee,
            agency_name: None,
            fte_hundredths: 100,
            started_on: Some(on),
            newly_qualified_until_on: None,
        }
    }

    fn check(&self) -> Result<()> {
        if self.given_name.trim().is_empty() && self.surname.trim().is_empty() {
            return Err(Error::refused("surname", "Enter a name"));
        }
        if !(0..=MOST_HUNDREDTHS).contains(&self.fte_hundredths) {
            return Err(Error::refused("fte", "Enter the full-time equivalent as a number from 0 to 1.5, such as 0.8"));
        }
        if self.employment == Employment::Agency && self.agency_name.as_deref().unwrap_or_default().trim().is_empty() {
            return Err(Error::refused("agency_name", "Enter the name of the agency"));
        }
        Ok(())
    }
}

/// One row of the list of workers.
#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct Listed {
    pub id: WorkerId,
    pub given_name: String,
    pub surname: String,
    pub employment: String,
    pub fte_hundredths: i64,
    pub last_day_on: Option<Day>,
    pub username: Option<String>,
    pub disabled_at: Option<crate::At>,
}

/// Which workers a list holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    Everyone,
    /// Those who hold a role in this team today.
    OfTeam(crate::id::TeamId),
    /// Whose given name, family name or user name begins so.
    Named(String),
}

pub async fn add(tx: &mut Tx, new: &NewWorker) -> Result<WorkerId> {
    rights::require(tx, Deed::KeepStaff).await?;
    new.check()?;
    let id = WorkerId::new();
    run!(tx, sqlx::query("INSERT INTO worker (id, given_name, surname, email, telephone, registration_no, registered_until_on, employment, agency_name, fte_hundredths, started_on, newly_qualified_until_on, version)
        VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,1)")
        .bind(&id).bind(new.given_name.trim()).bind(new.surname.trim()).bind(&new.email).bind(&new.telephone).bind(&new.registration_no)
        .bind(Day::option(new.registered_until_on)).bind(new.employment.code()).bind(&new.agency_name).bind(new.fte_hundredths)
        .bind(Day::option(new.started_on)).bind(Day::option(new.newly_qualified_until_on)))?;
    tx.note(Noted::new("worker.add", "worker", &id).words(new.words()));
    Ok(id)
}

pub async fn change(tx: &mut Tx, id: &WorkerId, version: i64, new: &NewWorker) -> Result<()> {
    rights::require(tx, Deed::KeepStaff).await?;
    new.check()?;
    let changed = run!(tx, sqlx::query("UPDATE worker SET given_name = $1, surname = $2, email = $3, telephone = $4, registration_no = $5, registered_until_on = $6, employment = $7,
        agency_name = $8, fte_hundredths = $9, started_on = $10, newly_qualified_until_on = $11, version = version + 1 WHERE id = $12 AND version = $13")
        .bind(new.given_name.trim()).bind(new.surname.trim()).bind(&new.email).bind(&new.telephone).bind(&new.registration_no)
        .bind(Day::option(new.registered_until_on)).bind(new.employment.code()).bind(&new.agency_name).bind(new.fte_hundredths)
        .bind(Day::option(new.started_on)).bind(Day::option(new.newly_qualified_until_on)).bind(id).bind(version))?;
    if changed == 0 {
        return Err(Error::Stale);
    }
    tx.note(Noted::new("worker.change", "worker", id).words(new.words()));
    Ok(())
}

impl NewWorker {
    /// What was recorded, for the erasable part of the audit.
    fn words(&self) -> String {
        format!("{} {}; {}; {} hundredths", self.given_name, self.surname, self.employment.code(), self.fte_hundredths)
    }
}

/// Sets, moves or withdraws a worker's last working day. After it their account is shut by itself; whom they hold is
/// unallocated from it on.
pub async fn set_last_day(tx: &mut Tx, id: &WorkerId, version: i64, last_day: Option<Date>) -> Result<()> {
    rights::require(tx, Deed::KeepStaff).await?;
    let found = worker(tx, id).await?;
    if let (Some(last), Some(started)) = (last_day, found.started_on)
        && last < started.0
    {
        return Err(Error::refused("last_day_on", "The last working day must not be before the first"));
    }
    let changed = run!(
        tx,
        sqlx::query("UPDATE worker SET last_day_on = $1, version = version + 1 WHERE id = $2 AND version = $3")
            .bind(Day::option(last_day))
            .bind(id)
            .bind(version)
    )?;
    if changed == 0 {
        return Err(Error::Stale);
    }
    let because = last_day.map_or_else(|| "withdrawn".to_owned(), |day| day.to_string());
    tx.note(Noted::new("worker.last_day", "worker", id).because(because));
    Ok(())
}

/// The workers of a list, by family name. There are a few thousand at most.
pub async fn list(tx: &mut Tx, which: &Which) -> Result<Vec<Listed>> {
    rights::require(tx, Deed::KeepStaff).await?;
    let (team, named) = match which {
        Which::Everyone => (None, None),
        Which::OfTeam(team) => (Some(team.clone()), None),
        Which::Named(start) => (None, Some(format!("{}%", escaped(start.trim())))),
    };
    let today = Day(tx.today());
    let mut rows: Vec<Listed> = sql!(tx, |c| sqlx::query_as(LIST).bind(&team).bind(&named).bind(today).fetch_all(c))?;
    rows.sort_by_cached_key(|w| (w.surname.to_lowercase(), w.given_name.to_lowercase(), w.id.clone()));
    tx.note(Noted::new("worker.list", "worker", "list"));
    Ok(rows)
}

const LIST: &str = "SELECT w.id, w.given_name, w.surname, w.employment, w.fte_hundredths, w.last_day_on, a.username, a.disabled_at
    FROM worker w LEFT JOIN account a ON a.worker_id = w.id
    WHERE (CAST($1 AS TEXT) IS NULL OR EXISTS (SELECT 1 FROM role_held r WHERE r.worker_id = w.id AND r.team_id = $1 AND r.from_on <= $3 AND (r.until_on IS NULL OR r.until_on >= $3)))
    AND (CAST($2 AS TEXT) IS NULL OR LOWER(w.surname) LIKE $2 ESCAPE '!' OR LOWER(w.given_name) LIKE $2 ESCAPE '!' OR LOWER(w.given_name || ' ' || w.surname) LIKE $2 ESCAPE '!' OR a.username LIKE $2 ESCAPE '!')";

fn escaped(text: &str) -> String {
    text.to_lowercase().chars().flat_map(|c| if matches!(c, '%' | '_' | '!') { vec!['!', c] } else { vec![c] }).collect()
}

/// Every worker who may still be named in a form: id and name, in order of name.
pub async fn choices(tx: &mut Tx) -> Result<Vec<(WorkerId, String)>> {
    let today = Day(tx.today());
    let mut rows: Vec<(WorkerId, String, String)> =
        sql!(tx, |c| sqlx::query_as("SELECT id, given_name, surname FROM worker WHERE last_day_on IS NULL OR last_day_on >= $1")
            .bind(today)
            .fetch_all(c))?;
    rows.sort_by_cached_key(|(id, given, surname)| (surname.to_lowercase(), given.to_lowercase(), id.clone()));
    Ok(rows.into_iter().map(|(id, given, surname)| (id, format!("{given} {surname}").trim().to_owned())).collect())
}
