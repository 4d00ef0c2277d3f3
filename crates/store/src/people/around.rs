//! The people around someone: relationships with dates, who lives with whom, and who has worked with them.

use jiff::civil::Date;
use sqlx::AssertSqlSafe;

use crate::{
    Day, Error, Result, Tx,
    audit::Noted,
    id::{HouseholdId, PersonId, RelationshipId},
    people::{AT_ONCE, MaySee, Opened, Searcher},
    run,
    search::list,
    sql,
};

/// `person_id` is to `other_id` what `kind` says.
#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct Related {
    pub id: RelationshipId,
    pub person_id: PersonId,
    pub other_id: PersonId,
    pub kind: String,
    pub parental_responsibility: String,
    pub lives_with: String,
    pub from_on: Option<Day>,
    pub until_on: Option<Day>,
    pub note: Option<String>,
}

/// Somebody's part in a household. `id` is that of the part.
#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct Member {
    pub id: String,
    pub household_id: HouseholdId,
    /// What the home is called; of a confidential one only that it is confidential.
    pub household: String,
    #[serde(skip)]
    confidential: bool,
    pub person_id: PersonId,
    pub from_on: Option<Day>,
    pub until_on: Option<Day>,
}

/// Who somebody around is, as far as the asker may know. Of a restricted record nothing is told but that there is one.
#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct Known {
    pub id: PersonId,
    pub given_name: String,
    pub surname: String,
    pub born_on: Option<Day>,
    pub born_about: bool,
    pub expected_on: Option<Day>,
    pub died_on: Option<Day>,
    pub sex: String,
    #[sqlx(skip)]
    pub shown: Shown,
}

/// How much of somebody around is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    /// The record opens.
    Record,
    /// Name and dates; the record is not this worker's.
    #[default]
    Index,
    /// Only that there is somebody.
    Restricted,
}

#[derive(Debug, Clone, Default, serde::Serialize)]
pub struct Around {
    pub people: Vec<Known>,
    pub relations: Vec<Related>,
    pub members: Vec<Member>,
}

impl Known {
    pub fn name(&self) -> String {
        match self.shown {
            Shown::Restricted => "A person whose record is restricted".into(),
            _ => format!("{} {}", self.given_name, self.surname).trim().to_owned(),
        }
    }
}

/// The person, those related to them, the other children of their parents, and those who live with them.
const NEAR: &str = "WITH parent (id) AS (SELECT person_id FROM relationship WHERE other_id = $1 AND kind IN ('mother', 'father', 'parent', 'adoptive_parent')),
near (id) AS (SELECT CAST($1 AS TEXT) UNION SELECT other_id FROM relationship WHERE person_id = $1 UNION SELECT person_id FROM relationship WHERE other_id = $1
  UNION SELECT r.other_id FROM relationship r JOIN parent ON parent.id = r.person_id WHERE r.kind IN ('mother', 'father', 'parent', 'adoptive_parent')
  UNION SELECT o.person_id FROM household_member m JOIN household_member o ON o.household_id = m.household_id WHERE m.person_id = $1 AND m.until_on IS NULL AND o.until_on IS NULL)";

/// Those near to the person, how they are related to each other, and their households; whoever the asker may not know
/// of is left out, with everything that would give them away.
pub async fn around(tx: &mut Tx, opened: &Opened) -> Result<Around> {
    let text = format!(
        "{NEAR} SELECT id, person_id, other_id, kind, parental_responsibility, lives_with, from_on, until_on, note FROM relationship
         WHERE person_id IN (SELECT id FROM near) AND other_id IN (SELECT id FROM near) ORDER BY kind, id"
    );
    let relations: Vec<Related> = sql!(tx, |c| sqlx::query_as(AssertSqlSafe(text)).bind(opened.id()).fetch_all(c))?;
    let text = format!(
        "{NEAR} SELECT m.id, m.household_id, h.name AS household, h.confidential, m.person_id, m.from_on, m.until_on FROM household_member m JOIN household h ON h.id = m.household_id
         WHERE m.person_id IN (SELECT id FROM near) ORDER BY m.household_id, m.until_on, m.from_on, m.id"
    );
    let members: Vec<Member> = sql!(tx, |c| sqlx::query_as(AssertSqlSafe(text)).bind(opened.id()).fetch_all(c))?;
    let mut ids: Vec<&PersonId> =
        relations.iter().flat_map(|r| [&r.person_id, &r.other_id]).chain(members.iter().map(|m| &m.person_id)).collect();
    ids.push(opened.id());
    ids.sort();
    ids.dedup();
    let people = known(tx, opened.id(), &ids).await?;
    let seen = |id: &PersonId| people.iter().any(|p| p.id == *id);
    Ok(Around {
        relations: relations.into_iter().filter(|r| seen(&r.person_id) && seen(&r.other_id)).collect(),
        members: homes_known(opened, members.into_iter().filter(|m| seen(&m.person_id)).collect()),
        people,
    })
}

/// A confidential home of others is no part of this record; the person's own has a name only for those who go there.
fn homes_known(opened: &Opened, members: Vec<Member>) -> Vec<Member> {
    let own: Vec<HouseholdId> = members.iter().filter(|m| m.person_id == *opened.id()).map(|m| m.household_id.clone()).collect();
    let known = |mut m: Member| {
        if m.confidential && !own.contains(&m.household_id) {
            return None;
        }
        if m.confidential && !opened.learns_confidential_address() {
            m.household = "A confidential address".into();
        }
        Some(m)
    };
    members.into_iter().filter_map(known).collect()
}

/// Those of a list whom the asker may know of.
async fn known(tx: &mut Tx, own: &PersonId, ids: &[&PersonId]) -> Result<Vec<Known>> {
    let searcher = Searcher::of(tx).await?;
    let mut people = Vec::new();
    for part in ids.chunks(AT_ONCE) {
        let may = searcher.may_see(tx, part).await?;
        let text = format!(
            "SELECT id, given_name, surname, born_on, born_about, expected_on, died_on, sex FROM person WHERE id IN ({}) ORDER BY id",
            list(1, part.len())
        );
        let rows: Vec<Known> = sql!(tx, |c| part.iter().fold(sqlx::query_as(AssertSqlSafe(text)), |q, id| q.bind(*id)).fetch_all(c))?;
        for mut row in rows {
            row.shown = match may.get(&row.id) {
                _ if row.id == *own => Shown::Record,
                Some(MaySee::Record) => Shown::Record,
                Some(MaySee::Index(_)) => Shown::Index,
                Some(MaySee::Restricted(_)) => {
                    people.push(shut(row));
                    continue;
                }
                Some(MaySee::Nothing) | None => continue,
            };
            people.push(row);
        }
    }
    Ok(people)
}

/// A restricted record without anything that says whose it is.
fn shut(row: Known) -> Known {
    Known {
        id: row.id,
        given_name: String::new(),
        surname: String::new(),
        born_on: None,
        born_about: false,
        expected_on: None,
        died_on: None,
        sex: "unknown".into(),
        shown: Shown::Restricted,
    }
}

/// Two people are related from now on: `other` is what `kind` says to the opened person.
pub async fn relate(tx: &mut Tx, opened: &Opened, other: &Opened, new: &Related) -> Result<()> {
    if opened.id() == other.id() {
        return Err(Error::refused("other", "A person cannot be related to themselves"));
    }
    let (same,): (i64,) = sql!(tx, |c| sqlx::query_as(
        "SELECT COUNT(*) FROM relationship WHERE person_id = $1 AND other_id = $2 AND kind = $3 AND until_on IS NULL"
    )
    .bind(other.id())
    .bind(opened.id())
    .bind(&new.kind)
    .fetch_one(c))?;
    if same > 0 {
        return Err(Error::refused("kind", "This relationship is recorded already"));
    }
    run!(
        tx,
        sqlx::query("INSERT INTO relationship (id, person_id, other_id, kind, parental_responsibility, lives_with, from_on, until_on, note, source) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,'hand')")
            .bind(&new.id).bind(other.id()).bind(opened.id()).bind(&new.kind).bind(&new.parental_responsibility).bind(&new.lives_with)
            .bind(new.from_on).bind(new.until_on).bind(&new.note)
    )?;
    tx.note(Noted::new("relationship.add", "person", opened.id()).because(format!("{} {}", new.kind, other.id())));
    Ok(())
}

/// The relationship ended on a day, which is its last.
pub async fn end_relation(tx: &mut Tx, opened: &Opened, id: &RelationshipId, on: Date) -> Result<()> {
    let from: Option<(Option<Day>,)> = sql!(tx, |c| sqlx::query_as(
        "SELECT from_on FROM relationship WHERE id = $1 AND (person_id = $2 OR other_id = $2) AND until_on IS NULL"
    )
    .bind(id)
    .bind(opened.id())
    .fetch_optional(c))?;
    let Some((from,)) = from else { return Err(Error::NotFound) };
    if from.is_some_and(|from| on < from.0) {
        return Err(Error::refused("until_on", "The end must be on or after the start of the relationship"));
    }
    run!(tx, sqlx::query("UPDATE relationship SET until_on = $1 WHERE id = $2").bind(Day(on)).bind(id))?;
    tx.note(Noted::new("relationship.end", "person", opened.id()).because(id.to_string()));
    Ok(())
}

/// A team's or a worker's part in the person's life.
#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct Involved {
    pub id: String,
    pub kind: String,
    pub team: String,
    pub opened_on: Day,
    pub closed_on: Option<Day>,
    pub closure_reason: Option<String>,
    pub part: Option<String>,
    pub worker: Option<String>,
    pub from_on: Option<Day>,
    pub until_on: Option<Day>,
    pub end_cause: Option<String>,
}

/// Every team and worker, the latest first.
pub async fn involved(tx: &mut Tx, opened: &Opened) -> Result<Vec<Involved>> {
    Ok(sql!(tx, |c| {
        sqlx::query_as(
        "SELECT i.id, i.kind, t.name AS team, i.opened_on, i.closed_on, i.closure_reason, a.part, w.given_name || ' ' || w.surname AS worker, a.from_on, a.until_on, a.end_cause
         FROM involvement i JOIN team t ON t.id = i.team_id LEFT JOIN allocation a ON a.involvement_id = i.id LEFT JOIN worker w ON w.id = a.worker_id
         WHERE i.person_id = $1 ORDER BY i.opened_on DESC, i.id, a.from_on DESC, a.id"
    )
    .bind(opened.id())
    .fetch_all(c)
    })?)
}
