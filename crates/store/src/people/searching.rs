//! What a worker may see of each of a list of people that a search found. The same judgement as [`super::open`], over
//! many people with three statements; nothing is opened by it.

use std::{collections::HashMap, sync::OnceLock};

use care::access::{self, Ask, Conflict, ConflictKind, Decision, Deed, List, Relationship, Restriction, Role, WhyIndex};
use sqlx::AssertSqlSafe;

use super::access::{TieRow, roles, tie, ties_of};
use crate::{
    Day, Error, Result, Tx,
    id::{PersonId, WorkerId},
    search::list,
    sql,
};

/// How many people are judged in one go.
pub(crate) const AT_ONCE: usize = 20;

/// Who searches, with the roles they hold.
pub(crate) enum Searcher {
    /// A command of the people who run the machine.
    Operator,
    Worker(WorkerId, Vec<Role>),
}

/// What may be shown of somebody found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum MaySee {
    Record,
    Index(String),
    /// Shut for all but a list: that the person is known may be said, beside whom to ask.
    Restricted(String),
    Nothing,
}

impl Searcher {
    /// Whoever acts in this transaction; refused when no role of theirs may see that people are known.
    pub(crate) async fn of(tx: &mut Tx) -> Result<Searcher> {
        let me = tx.act().worker().clone();
        if tx.act().is_built_in() {
            return if me.as_str() == "public" { Err(Error::RoleLacks) } else { Ok(Searcher::Operator) };
        }
        let roles = roles(tx, &me).await?;
        let may_search = roles.iter().any(|role| role.grants(Deed::ReadIndex));
        if may_search { Ok(Searcher::Worker(me, roles)) } else { Err(Error::RoleLacks) }
    }

    /// At most [`AT_ONCE`] people.
    pub(crate) async fn may_see(&self, tx: &mut Tx, people: &[&PersonId]) -> Result<HashMap<PersonId, MaySee>> {
        let Searcher::Worker(me, roles) = self else {
            return Ok(people.iter().map(|id| ((*id).clone(), MaySee::Record)).collect());
        };
        let Some(last) = people.last() else { return Ok(HashMap::new()) };
        let filled: Vec<&PersonId> = people.iter().copied().chain(std::iter::repeat(*last)).take(AT_ONCE).collect();
        let ties = ties_to(tx, me, &filled).await?;
        let restrictions = restrictions(tx, me, &filled).await?;
        let conflicts = conflicts(tx, me, &filled).await?;
        let (at, today) = (tx.act().at().0, tx.today());
        let judge = |id: &PersonId| {
            let restriction = restrictions.get(id).copied().unwrap_or_default();
            let conflict = conflicts.get(id).copied().unwrap_or_default();
            let relationships = ties.get(id).map(Vec::as_slice).unwrap_or_default();
            let ask = |deed| access::decide(&Ask { roles, relationships, restriction, conflict, deed, at, today });
            match (ask(Deed::ReadIndex), ask(Deed::ReadRecord)) {
                (Decision::Nothing | Decision::RoleLacks, _) => MaySee::Nothing,
                (_, Decision::Full(_)) => MaySee::Record,
                (_, Decision::Index(why @ WhyIndex::Restricted)) => MaySee::Restricted(why.words()),
                (_, Decision::Index(why)) => MaySee::Index(why.words()),
                _ => MaySee::Index("Your role does not read records.".into()),
            }
        };
        Ok(people.iter().map(|id| ((*id).clone(), judge(id))).collect())
    }
}

/// Whether some role of whoever acts here grants a deed that concerns the service and nobody in particular.
pub(crate) async fn may(tx: &mut Tx, deed: Deed) -> Result<bool> {
    let me = tx.act().worker().clone();
    if tx.act().is_built_in() {
        return Ok(me.as_str() != "public");
    }
    Ok(roles(tx, &me).await?.iter().any(|role| role.grants(deed)))
}

async fn ties_to(tx: &mut Tx, me: &WorkerId, people: &[&PersonId]) -> Result<HashMap<PersonId, Vec<Relationship>>> {
    static TEXT: OnceLock<String> = OnceLock::new();
    let text = TEXT.get_or_init(|| ties_of(AT_ONCE)).as_str();
    let (today, now, tonight) = (Day(tx.today()), tx.act().at(), tx.act().night_of());
    let rows: Vec<TieRow> = sql!(tx, |c| {
        let query = sqlx::query_as(text).bind(me).bind(today).bind(now).bind(tonight);
        people.iter().fold(query, |query, person| query.bind(*person)).fetch_all(c)
    })?;
    let mut ties: HashMap<PersonId, Vec<Relationship>> = HashMap::new();
    for row in rows {
        let person = row.person_id.clone();
        ties.entry(person).or_default().extend(tie(row));
    }
    Ok(ties)
}

async fn restrictions(tx: &mut Tx, me: &WorkerId, people: &[&PersonId]) -> Result<HashMap<PersonId, Restriction>> {
    let text = format!(
        "SELECT r.person_id, r.level, (SELECT COUNT(*) FROM restriction_list l WHERE l.person_id = r.person_id AND l.worker_id = $1)
        + CASE WHEN r.guardian_id = $1 THEN 1 ELSE 0 END FROM restriction r WHERE r.person_id IN ({})",
        list(2, people.len())
    );
    let rows: Vec<(PersonId, String, i64)> = sql!(tx, |c| {
        let query = sqlx::query_as(AssertSqlSafe(text)).bind(me);
        people.iter().fold(query, |query, person| query.bind(*person)).fetch_all(c)
    })?;
    Ok(rows.into_iter().map(|(person, level, on)| (person, restriction(&level, on))).collect())
}

fn restriction(level: &str, on: i64) -> Restriction {
    let list = if on > 0 { List::On } else { List::NotOn };
    if level == "hidden" { Restriction::Hidden(list) } else { Restriction::Restricted(list) }
}

async fn conflicts(tx: &mut Tx, me: &WorkerId, people: &[&PersonId]) -> Result<HashMap<PersonId, Conflict>> {
    let today = Day(tx.today());
    let text = format!(
        "SELECT person_id, reason FROM conflict_of_interest WHERE worker_id = $1 AND from_on <= $2 AND (until_on IS NULL OR until_on >= $2) AND person_id IN ({})",
        list(3, people.len())
    );
    let rows: Vec<(PersonId, String)> = sql!(tx, |c| {
        let query = sqlx::query_as(AssertSqlSafe(text)).bind(me).bind(today);
        people.iter().fold(query, |query, person| query.bind(*person)).fetch_all(c)
    })?;
    let conflict = |reason: &str| Conflict::Declared(ConflictKind::from_code(reason).unwrap_or(ConflictKind::Other));
    Ok(rows.into_iter().map(|(person, reason)| (person, conflict(&reason))).collect())
}
