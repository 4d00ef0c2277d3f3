//! The people around someone: relationships and households with dates, and who has worked with them.

use jiff::civil::Date;

use crate::{
    Day, Error, Result, Tx,
    audit::Noted,
    id::{HouseholdId, PersonId, RelationshipId},
    people::{MaySee, Opened, Searcher},
    run, sql,
};

/// Somebody around the person, as far as the asker may know of them.
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

#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct Member {
    pub household_id: HouseholdId,
    pub household: String,
    pub person_id: PersonId,
    pub from_on: Option<Day>,
    pub until_on: Option<Day>,
}

/// Who somebody around is.
#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct Known {
    pub id: PersonId,
    pub given_name: String,
    pub surname: String,
    pub born_on: Option<Day>,
    pub expected_on: Option<Day>,
    pub died_on: Option<Day>,
    pub sex: String,
}

#[derive(Debug, Clone, Default, serde::Serialize)]
pub struct Around {
    pub people: Vec<Known>,
    pub relations: Vec<Related>,
    pub members: Vec<Member>,
}

/// The person, their relations and those of their relations, and the households of all; whoever the asker may not know
/// of is left out, with everything that would give them away.
pub async fn around(tx: &mut Tx, opened: &Opened) -> Result<Around> {
    let relations: Vec<Related> = sql!(tx, |c| {
        sqlx::query_as(
        "WITH near AS (SELECT $1 AS id UNION SELECT other_id FROM relationship WHERE person_id = $1 UNION SELECT person_id FROM relationship WHERE other_id = $1)
         SELECT id, person_id, other_id, kind, parental_responsibility, lives_with, from_on, until_on, note FROM relationship
         WHERE person_id IN (SELECT id FROM near) AND other_id IN (SELECT id FROM near) ORDER BY kind, id"
    )
    .bind(opened.id())
    .fetch_all(c)
    })?;
    let members: Vec<Member> = sql!(tx, |c| {
        sqlx::query_as(
        "SELECT m.household_id, h.name AS household, m.person_id, m.from_on, m.until_on FROM household_member m JOIN household h ON h.id = m.household_id
         WHERE m.household_id IN (SELECT household_id FROM household_member WHERE person_id = $1) ORDER BY m.until_on DESC, m.from_on, m.id"
    )
    .bind(opened.id())
    .fetch_all(c)
    })?;
    let mut ids: Vec<PersonId> = relations
        .iter()
        .flat_map(|r| [r.person_id.clone(), r.other_id.clone()])
        .chain(members.iter().map(|m| m.person_id.clone()))
        .collect();
    ids.push(opened.id().clone());
    ids.sort();
    ids.dedup();
    let people = known(tx, opened.id(), &ids).await?;
    let seen = |id: &PersonId| people.iter().any(|p| p.id == *id);
    Ok(Around {
        relations: relations.into_iter().filter(|r| seen(&r.person_id) && seen(&r.other_id)).collect(),
        members: members.into_iter().filter(|m| seen(&m.person_id)).collect(),
        people,
    })
}

async fn known(tx: &mut Tx, own: &PersonId, ids: &[PersonId]) -> Result<Vec<Known>> {
    let searcher = Searcher::of(tx).await?;
    let asked: Vec<&PersonId> = ids.iter().collect();
    let mut people = Vec::new();
    for part in asked.chunks(crate::people::AT_ONCE) {
        let may = searcher.may_see(tx, part).await?;
        for id in part {
            if may.get(*id).is_none_or(|m| *m == MaySee::Nothing) && *id != own {
                continue;
            }
            people.push(sql!(tx, |c| sqlx::query_as(
                "SELECT id, given_name, surname, born_on, expected_on, died_on, sex FROM person WHERE id = $1"
            )
            .bind(*id)
            .fetch_one(c))?);
        }
    }
    Ok(people)
}

/// Two people are related from now on: `other` is what `kind` says to the opened person.
pub async fn relate(tx: &mut Tx, opened: &Opened, other: &Opened, new: &Related) -> Result<()> {
    if opened.id() == other.id() {
        return Err(Error::refused("other", "A person cannot be related to themselves"));
    }
    run!(
        tx,
        sqlx::query("INSERT INTO relationship (id, person_id, other_id, kind, parental_responsibility, lives_with, from_on, note, source) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,'hand')")
            .bind(&new.id).bind(other.id()).bind(opened.id()).bind(&new.kind).bind(&new.parental_responsibility).bind(&new.lives_with).bind(new.from_on).bind(&new.note)
    )?;
    tx.note(Noted::new("relationship.add", "person", opened.id()));
    Ok(())
}

/// The relationship ended on a day.
pub async fn end_relation(tx: &mut Tx, opened: &Opened, id: &RelationshipId, on: Date) -> Result<()> {
    let n = run!(
        tx,
        sqlx::query("UPDATE relationship SET until_on = $1 WHERE id = $2 AND (person_id = $3 OR other_id = $3) AND until_on IS NULL")
            .bind(Day(on))
            .bind(id)
            .bind(opened.id())
    )?;
    if n == 0 {
        return Err(Error::NotFound);
    }
    tx.note(Noted::new("relationship.end", "person", opened.id()));
    Ok(())
}

/// A team's or a worker's part in the person's life.
#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct Involved {
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
        "SELECT i.kind, t.name AS team, i.opened_on, i.closed_on, i.closure_reason, a.part, w.given_name || ' ' || w.surname AS worker, a.from_on, a.until_on, a.end_cause
         FROM involvement i JOIN team t ON t.id = i.team_id LEFT JOIN allocation a ON a.involvement_id = i.id LEFT JOIN worker w ON w.id = a.worker_id
         WHERE i.person_id = $1 ORDER BY i.opened_on DESC, i.id, a.from_on DESC, a.id"
    )
    .bind(opened.id())
    .fetch_all(c)
    })?)
}
