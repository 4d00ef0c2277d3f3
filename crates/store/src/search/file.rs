//! Filing one person under their keys. Called by every write of a name, a birth, an address, a telephone number or an
//! identifier, in the same transaction.

use care::{
    matching::{GENERATION, Known, KnownName, Place, Standing, keys_for_record, number},
    person::{Birth, NameUse, Sex},
};
use sqlx::AssertSqlSafe;

use super::{list, places, words};
use crate::{Act, Day, Db, Result, Tx, id::PersonId, run, sql};

/// The number by which the keys know a person: made from the id, so that nothing has to be looked up.
pub(super) fn person_no(id: &PersonId) -> i64 {
    care::matching::stable_number(&id.to_string())
}

/// Files a person as they now stand; takes away the keys that no longer fit.
pub async fn file_person(tx: &mut Tx, id: &PersonId) -> Result<()> {
    let known = known(tx, id).await?;
    let (no, line) = (person_no(id), known.line());
    let before: Option<(String,)> =
        sql!(tx, |c| sqlx::query_as("SELECT line FROM person_search WHERE person_no = $1").bind(no).fetch_optional(c))?;
    let old = match &before {
        Some((old,)) if *old == line => return Ok(()),
        Some((old,)) => keys_for_record(&Known::read_line(old)),
        None => Vec::new(),
    };
    let new = keys_for_record(&known);
    let gone: Vec<i64> = old.iter().filter(|k| !new.contains(k)).map(|k| k.0).collect();
    let come: Vec<i64> = new.iter().filter(|k| !old.contains(k)).map(|k| k.0).collect();
    change_keys(tx, no, &gone, &come).await?;
    run!(tx, sqlx::query("INSERT INTO person_search (person_no, person_id, line) VALUES ($1,$2,$3) ON CONFLICT (person_no) DO UPDATE SET line = excluded.line").bind(no).bind(id).bind(&line))?;
    words::add_new(tx, &known).await
}

async fn change_keys(tx: &mut Tx, no: i64, gone: &[i64], come: &[i64]) -> Result<()> {
    for keys in gone.chunks(64) {
        let text = format!("DELETE FROM person_search_key WHERE person_no = $1 AND key IN ({})", list(2, keys.len()));
        run!(tx, keys.iter().fold(sqlx::query(AssertSqlSafe(text.clone())).bind(no), |query, key| query.bind(*key)))?;
    }
    for keys in come.chunks(64) {
        let text = format!("INSERT INTO person_search_key (key, person_no) VALUES {} ON CONFLICT DO NOTHING", places(keys.len(), 2));
        run!(tx, keys.iter().fold(sqlx::query(AssertSqlSafe(text.clone())), |query, key| query.bind(*key).bind(no)))?;
    }
    Ok(())
}

#[derive(sqlx::FromRow)]
struct PersonRow {
    given_name: String,
    surname: String,
    known_as: Option<String>,
    born_on: Option<Day>,
    born_about: bool,
    expected_on: Option<Day>,
    sex: String,
    telephone: Option<String>,
}

/// What the records say of a person, as the search sees it; confidential addresses are left out.
async fn known(tx: &mut Tx, id: &PersonId) -> Result<Known> {
    let row: PersonRow = sql!(tx, |c| sqlx::query_as(
        "SELECT given_name, surname, known_as, born_on, born_about, expected_on, sex, telephone FROM person WHERE id = $1"
    )
    .bind(id)
    .fetch_one(c))?;
    let names: Vec<(String, String, String)> =
        sql!(tx, |c| sqlx::query_as("SELECT kind, given_name, surname FROM person_name WHERE person_id = $1 ORDER BY id")
            .bind(id)
            .fetch_all(c))?;
    let postcodes: Vec<(String,)> = sql!(tx, |c| {
        sqlx::query_as("SELECT postcode FROM person_address WHERE person_id = $1 AND NOT confidential ORDER BY CASE WHEN until_on IS NULL THEN 0 ELSE 1 END, from_on DESC, id").bind(id).fetch_all(c)
    })?;
    let identifiers: Vec<(String,)> =
        sql!(tx, |c| sqlx::query_as("SELECT value FROM person_identifier WHERE person_id = $1 ORDER BY id").bind(id).fetch_all(c))?;
    let mut known = Known {
        names: vec![KnownName::read(Standing::Present, &row.given_name, &row.surname)],
        birth: birth(&row),
        sex: Sex::from_code(&row.sex),
        places: Vec::new(),
        numbers: Vec::new(),
    };
    let liked = row.known_as.iter().map(|liked| KnownName::read(Standing::AlsoKnownAs, liked, &row.surname));
    let others = names.iter().map(|(kind, given, family)| {
        KnownName::read(NameUse::from_code(kind).map_or(Standing::AlsoKnownAs, Standing::from), given, family)
    });
    for name in liked.chain(others) {
        if !known.names.iter().any(|n| n.given == name.given && n.family == name.family) {
            known.names.push(name);
        }
    }
    for place in postcodes.iter().filter_map(|(postcode,)| Place::read(postcode)) {
        if !known.places.contains(&place) {
            known.places.push(place);
        }
    }
    known.numbers.extend(identifiers.iter().filter_map(|(value,)| number(value)).chain(row.telephone.as_deref().and_then(number)));
    Ok(known)
}

fn birth(row: &PersonRow) -> Birth {
    match (row.born_on, row.expected_on) {
        (Some(born), _) if row.born_about => Birth::About(born.0),
        (Some(born), _) => Birth::BornOn(born.0),
        (None, Some(expected)) => Birth::ExpectedOn(expected.0),
        (None, None) => Birth::NotKnown,
    }
}

/// After a change of schema: files everybody again if the keys are made otherwise than they were. Says how many people
/// that was.
pub async fn bring_up_to_date(db: &Db, act: Act) -> Result<usize> {
    let mut tx = db.read(act.clone()).await?;
    let (generation,): (i64,) = sql!(tx, |c| sqlx::query_as("SELECT generation FROM search_state WHERE id = 1").fetch_one(c))?;
    tx.finish().await?;
    if generation == GENERATION {
        return Ok(0);
    }
    let mut tx = db.write(act).await?;
    let people = refile_all(&mut tx).await?;
    tx.commit().await?;
    Ok(people)
}

/// Takes everybody out and files them again.
pub async fn refile_all(tx: &mut Tx) -> Result<usize> {
    for text in ["DELETE FROM person_search_key", "DELETE FROM person_search", "DELETE FROM name_mark", "DELETE FROM name_word"] {
        run!(tx, sqlx::query(text))?;
    }
    let (mut people, mut after) = (0, String::new());
    loop {
        let ids: Vec<(PersonId,)> =
            sql!(tx, |c| sqlx::query_as("SELECT id FROM person WHERE id > $1 ORDER BY id LIMIT 1000").bind(&after).fetch_all(c))?;
        let Some((last,)) = ids.last() else { break };
        after = last.to_string();
        people += ids.len();
        for (id,) in &ids {
            file_person(tx, id).await?;
        }
    }
    words::recount(tx).await?;
    run!(tx, sqlx::query("UPDATE search_state SET generation = $1 WHERE id = 1").bind(GENERATION))?;
    tx.note(crate::audit::Noted::new("search.refile", "search", GENERATION));
    Ok(people)
}
