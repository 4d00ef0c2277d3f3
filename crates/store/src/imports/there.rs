//! What is in the database already of what a file says: records by their keys, people and workers by their
//! identifiers, and of those people the statuses, entries and cells that a file may confirm, change or contradict.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use returns::facts::{Extract, Identity, Subject};
use sqlx::AssertSqlSafe;

use super::said::Said;
use crate::{
    Day, Result, Tx,
    id::{DueId, InvolvementId, PersonId, StatusId, WorkerId},
    search::list,
    sql,
};

/// Whom a record is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Whom {
    Person(PersonId),
    Worker(WorkerId),
    /// The council itself, or someone who would adopt: kept with the record alone.
    Nobody,
}

/// A record as an earlier run left it.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    pub(super) digest: String,
    pub(super) whom: Whom,
    /// The day for which it says so.
    pub(super) as_at: Option<Date>,
}

/// A status that stands in the record.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(super) struct Held {
    pub(super) id: StatusId,
    pub(super) person_id: PersonId,
    pub(super) kind: String,
    pub(super) from_on: Day,
    pub(super) until_on: Option<Day>,
    pub(super) import_key: Option<String>,
}

/// What a person's own row says, as far as a return may say it too.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(super) struct Row {
    pub(super) id: PersonId,
    pub(super) born_on: Option<Day>,
    pub(super) expected_on: Option<Day>,
    pub(super) died_on: Option<Day>,
    pub(super) sex: String,
    pub(super) ethnicity: String,
    pub(super) disability: String,
    pub(super) disability_codes: String,
}

/// An open flag of a record.
#[derive(Debug, Clone)]
pub(super) struct OpenFlag {
    pub(super) id: String,
    pub(super) code: String,
    pub(super) message: String,
}

/// How many are asked for together.
pub(super) const AT_ONCE: usize = 500;

/// As a subject stands in `import_subject`; nothing for those who are neither people of the record nor workers.
pub(super) fn subject_key(subject: &Subject) -> Option<String> {
    match subject {
        Subject::Child(_) => Some(subject.to_string()),
        Subject::Worker(number) => Some(format!("worker:{number}")),
        Subject::Adopter(_) | Subject::Authority => None,
    }
}

/// Runs a query for each lot of values; `{}` in it stands for the list of places, which are the first.
macro_rules! by_lots {
    ($tx:expr, $text:literal, $values:expr, |$row:ident: $type:ty| $then:expr) => {{
        let values: Vec<&str> = $values;
        for lot in values.chunks(AT_ONCE) {
            let text = $text.replacen("{}", &list(1, lot.len()), 1);
            let rows: Vec<$type> = sql!($tx, |c| {
                let query = sqlx::query_as(AssertSqlSafe(text));
                lot.iter().fold(query, |query, value| query.bind(*value)).fetch_all(c)
            })?;
            for $row in rows {
                $then
            }
        }
    }};
}

/// The records of an extract that an earlier run took in.
pub(super) async fn records(tx: &mut Tx, extract: &Extract, into: &mut HashMap<String, Kept>) -> Result<()> {
    let keys = extract.records.iter().map(|record| record.key.as_str()).filter(|key| !into.contains_key(*key)).collect();
    by_lots!(tx, "SELECT key, digest, person_id, worker_id, as_at_on FROM import_record WHERE key IN ({})", keys, |row: (
        String,
        String,
        Option<PersonId>,
        Option<WorkerId>,
        Option<Day>
    )| {
        let whom = match (row.2, row.3) {
            (Some(person), _) => Whom::Person(person),
            (None, Some(worker)) => Whom::Worker(worker),
            (None, None) => Whom::Nobody,
        };
        into.insert(row.0, Kept { digest: row.1, whom, as_at: row.4.map(|day| day.0) });
    });
    Ok(())
}

/// What these records said before.
pub(super) async fn facts_before(tx: &mut Tx, keys: Vec<&str>) -> Result<HashMap<String, (String, String)>> {
    let mut facts = HashMap::new();
    by_lots!(tx, "SELECT key, facts, run_id FROM import_record WHERE key IN ({})", keys, |row: (String, String, String)| {
        facts.insert(row.0, (row.1, row.2));
    });
    Ok(facts)
}

/// What these records said before later files amended them.
pub(super) async fn superseded(tx: &mut Tx, keys: Vec<&str>) -> Result<HashSet<(String, String)>> {
    let mut superseded = HashSet::new();
    by_lots!(tx, "SELECT key, digest FROM import_record_before WHERE key IN ({})", keys, |row: (String, String)| {
        superseded.insert(row);
    });
    Ok(superseded)
}

/// Open flags by the key of their record.
pub(super) async fn flags(tx: &mut Tx, keys: Vec<&str>) -> Result<HashMap<String, Vec<OpenFlag>>> {
    let mut flags: HashMap<String, Vec<OpenFlag>> = HashMap::new();
    by_lots!(tx, "SELECT id, key, code, message FROM import_flag WHERE cleared_at IS NULL AND key IN ({})", keys, |row: (
        String,
        String,
        String,
        String
    )| {
        flags.entry(row.1).or_default().push(OpenFlag { id: row.0, code: row.2, message: row.3 });
    });
    Ok(flags)
}

/// Whom the subjects of an extract are: as they were known when they first came, else by their identifiers.
pub(super) async fn subjects(
    tx: &mut Tx,
    extract: &Extract,
    said: &HashMap<String, Said>,
    into: &mut HashMap<String, Whom>,
    kept: &mut HashSet<String>,
) -> Result<()> {
    let mut seen = HashSet::new();
    let new: Vec<(String, &Subject)> = extract
        .records
        .iter()
        .filter_map(|record| Some((subject_key(&record.subject)?, &record.subject)))
        .filter(|(key, _)| !into.contains_key(key) && seen.insert(key.clone()))
        .collect();
    let keys = new.iter().map(|(key, _)| key.as_str()).collect();
    by_lots!(tx, "SELECT subject, person_id, worker_id FROM import_subject WHERE subject IN ({})", keys, |row: (
        String,
        Option<PersonId>,
        Option<WorkerId>
    )| {
        let whom = row.1.map(Whom::Person).or(row.2.map(Whom::Worker)).unwrap_or(Whom::Nobody);
        kept.insert(row.0.clone());
        into.insert(row.0, whom);
    });
    let unknown: Vec<(String, &Subject)> = new.into_iter().filter(|(key, _)| !into.contains_key(key)).collect();
    by_child_number(tx, &unknown, into).await?;
    by_pupil_number(tx, &unknown, said, into).await?;
    by_registration(tx, &unknown, into).await
}

async fn by_child_number(tx: &mut Tx, unknown: &[(String, &Subject)], into: &mut HashMap<String, Whom>) -> Result<()> {
    let numbers = unknown
        .iter()
        .filter_map(|(_, subject)| match subject {
            Subject::Child(Identity::LaChildId(id)) => Some(id.as_str()),
            _ => None,
        })
        .collect();
    by_lots!(
        tx,
        "SELECT value, person_id FROM person_identifier WHERE kind = 'la_child_id' AND value IN ({}) ORDER BY person_id",
        numbers,
        |row: (String, PersonId)| {
            into.entry(row.0).or_insert(Whom::Person(row.1));
        }
    );
    Ok(())
}

/// A pupil number says who a child is where there is no other number: the child's in the file, or the person's here.
async fn by_pupil_number(
    tx: &mut Tx,
    unknown: &[(String, &Subject)],
    said: &HashMap<String, Said>,
    into: &mut HashMap<String, Whom>,
) -> Result<()> {
    let number = |key: &String, subject: &Subject| match subject {
        Subject::Child(Identity::Upn(upn)) => Some(upn.clone()),
        Subject::Child(Identity::LaChildId(_)) => said.get(key).and_then(|said| said.upn.clone()),
        _ => None,
    };
    let sought: Vec<(&String, &Subject, String)> = unknown
        .iter()
        .filter(|(key, _)| !into.contains_key(key))
        .filter_map(|(key, subject)| Some((key, *subject, number(key, subject)?)))
        .collect();
    let mut found: HashMap<String, Vec<(PersonId, i64)>> = HashMap::new();
    by_lots!(
        tx,
        "SELECT i.value, i.person_id, (SELECT COUNT(*) FROM person_identifier o WHERE o.person_id = i.person_id AND o.kind = 'la_child_id')
         FROM person_identifier i WHERE i.kind = 'upn' AND i.value IN ({}) ORDER BY i.person_id",
        sought.iter().map(|(.., number)| number.as_str()).collect(),
        |row: (String, PersonId, i64)| found.entry(row.0).or_default().push((row.1, row.2))
    );
    let mut given = HashSet::new();
    for (key, subject, number) in sought {
        let by_upn_alone = matches!(subject, Subject::Child(Identity::Upn(_)));
        if let Some([(person, numbers)]) = found.get(&number).map(Vec::as_slice)
            && (by_upn_alone || *numbers == 0)
            && given.insert(person.clone())
        {
            into.insert(key.clone(), Whom::Person(person.clone()));
        }
    }
    Ok(())
}

async fn by_registration(tx: &mut Tx, unknown: &[(String, &Subject)], into: &mut HashMap<String, Whom>) -> Result<()> {
    let numbers = unknown
        .iter()
        .filter_map(|(_, subject)| match subject {
            Subject::Worker(number) => Some(number.as_str()),
            _ => None,
        })
        .collect();
    by_lots!(tx, "SELECT registration_no, id FROM worker WHERE registration_no IN ({}) ORDER BY id", numbers, |row: (String, WorkerId)| {
        into.entry(format!("worker:{}", row.0)).or_insert(Whom::Worker(row.1));
    });
    Ok(())
}

/// The rows of these people.
pub(super) async fn rows(tx: &mut Tx, people: &[PersonId]) -> Result<HashMap<PersonId, Row>> {
    let mut rows = HashMap::new();
    by_lots!(
        tx,
        "SELECT id, born_on, expected_on, died_on, sex, ethnicity, disability, disability_codes FROM person WHERE id IN ({})",
        people.iter().map(PersonId::as_str).collect(),
        |row: Row| {
            rows.insert(row.id.clone(), row);
        }
    );
    Ok(rows)
}

/// Their numbers of one kind.
pub(super) async fn numbers(tx: &mut Tx, people: &[PersonId]) -> Result<HashMap<PersonId, Vec<(String, String)>>> {
    let mut numbers: HashMap<PersonId, Vec<(String, String)>> = HashMap::new();
    by_lots!(
        tx,
        "SELECT person_id, kind, value FROM person_identifier WHERE person_id IN ({}) ORDER BY id",
        people.iter().map(PersonId::as_str).collect(),
        |row: (PersonId, String, String)| numbers.entry(row.0).or_default().push((row.1, row.2))
    );
    Ok(numbers)
}

/// Their statuses.
pub(super) async fn statuses(tx: &mut Tx, people: &[PersonId], into: &mut HashMap<PersonId, Vec<Held>>) -> Result<()> {
    by_lots!(
        tx,
        "SELECT id, person_id, kind, from_on, until_on, import_key FROM person_status WHERE person_id IN ({}) ORDER BY id",
        people.iter().map(PersonId::as_str).collect(),
        |row: Held| into.entry(row.person_id.clone()).or_default().push(row)
    );
    Ok(())
}

/// What files have told of them.
pub(super) async fn told(tx: &mut Tx, people: &[PersonId], into: &mut HashSet<(PersonId, Date, String)>) -> Result<()> {
    by_lots!(
        tx,
        "SELECT person_id, happened_on, title FROM entry WHERE import_key IS NOT NULL AND person_id IN ({})",
        people.iter().map(PersonId::as_str).collect(),
        |row: (PersonId, Day, String)| {
            into.insert((row.0, row.1.0, row.2));
        }
    );
    Ok(())
}

/// An open involvement of a team.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(super) struct Open {
    pub(super) id: InvolvementId,
    pub(super) person_id: PersonId,
    pub(super) kind: String,
    pub(super) import_key: Option<String>,
}

pub(super) async fn involvements(tx: &mut Tx, people: &[PersonId]) -> Result<HashMap<PersonId, Vec<Open>>> {
    let mut open: HashMap<PersonId, Vec<Open>> = HashMap::new();
    by_lots!(
        tx,
        "SELECT id, person_id, kind, import_key FROM involvement WHERE closed_on IS NULL AND person_id IN ({}) ORDER BY id",
        people.iter().map(PersonId::as_str).collect(),
        |row: Open| open.entry(row.person_id.clone()).or_default().push(row)
    );
    Ok(open)
}

/// Every review that their stories tell and nobody corrected, by its title.
pub(super) async fn reviews(tx: &mut Tx, people: &[PersonId]) -> Result<HashMap<PersonId, Vec<(String, Date)>>> {
    let mut reviews: HashMap<PersonId, Vec<(String, Date)>> = HashMap::new();
    by_lots!(
        tx,
        "SELECT e.person_id, e.title, e.happened_on FROM entry e WHERE e.kind = 'review' AND e.person_id IN ({})
         AND NOT EXISTS (SELECT 1 FROM entry c WHERE c.corrects_id = e.id)",
        people.iter().map(PersonId::as_str).collect(),
        |row: (PersonId, String, Day)| reviews.entry(row.0).or_default().push((row.1, row.2.0))
    );
    Ok(reviews)
}

/// A clock that runs.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(super) struct Running {
    pub(super) id: DueId,
    pub(super) person_id: PersonId,
    pub(super) code: String,
    pub(super) start_on: Day,
    pub(super) due_on: Day,
    pub(super) why: Option<String>,
}

pub(super) async fn running(tx: &mut Tx, people: &[PersonId]) -> Result<HashMap<PersonId, Vec<Running>>> {
    let mut running: HashMap<PersonId, Vec<Running>> = HashMap::new();
    by_lots!(
        tx,
        "SELECT id, person_id, code, start_on, due_on, why FROM due WHERE met_on IS NULL AND dropped_on IS NULL AND person_id IN ({}) ORDER BY id",
        people.iter().map(PersonId::as_str).collect(),
        |row: Running| running.entry(row.person_id.clone()).or_default().push(row)
    );
    Ok(running)
}

/// Social workers by the regulator's number, with their last day.
pub(super) async fn registered(tx: &mut Tx, numbers: Vec<&str>) -> Result<HashMap<String, (WorkerId, Option<Day>)>> {
    let mut workers = HashMap::new();
    by_lots!(tx, "SELECT registration_no, id, last_day_on FROM worker WHERE registration_no IN ({}) ORDER BY id", numbers, |row: (
        String,
        WorkerId,
        Option<Day>
    )| {
        workers.entry(row.0).or_insert((row.1, row.2));
    });
    Ok(workers)
}

/// Which of these pupil numbers are already somebody's.
pub(super) async fn pupil_numbers(tx: &mut Tx, numbers: Vec<&str>) -> Result<HashMap<String, PersonId>> {
    let mut taken = HashMap::new();
    by_lots!(
        tx,
        "SELECT value, person_id FROM person_identifier WHERE kind = 'upn' AND value IN ({}) ORDER BY person_id",
        numbers,
        |row: (String, PersonId)| {
            taken.insert(row.0, row.1);
        }
    );
    Ok(taken)
}
