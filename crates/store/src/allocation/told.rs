//! Who is told: workers and managers by a notice inside the service; the family, a young person of eleven or more and
//! the professionals by letters made from the record. A letter waits to be printed and looked at by a person: nothing
//! goes out by itself. It never carries the child's address, and is made only for somebody whose own is known.

use care::{
    access::Role,
    allocation::{Audience, NewWorker, WorkerLetter, who_must_be_told},
    case_kind::CaseKind,
    person::age_in_years,
};
use jiff::civil::Date;

use super::case::CaseRow;
use crate::{
    Day, Result, Tx,
    audit::Noted,
    id::{NoticeId, OutboxId, PersonId, WorkerId},
    people::Opened,
    policy, run, sql,
};

/// What stands at the head of a letter.
#[derive(Debug, Clone)]
pub struct Letterhead {
    pub council: String,
}

/// What the letter says.
pub enum Now<'a> {
    /// A worker was named; `id` is the allocation.
    Worker {
        name: &'a str,
        role: Role,
        from: Date,
        id: &'a str,
    },
    NoneYet,
}

/// A message to one worker. Its words name nobody; it leads to what it is about.
#[derive(Debug, Clone, Copy)]
pub struct Notice<'a> {
    to: &'a WorkerId,
    kind: &'static str,
    subject_kind: &'static str,
    subject_id: &'a str,
    words: &'a str,
    must_answer: bool,
}

impl<'a> Notice<'a> {
    pub fn to(to: &'a WorkerId, kind: &'static str, subject_kind: &'static str, subject_id: &'a str, words: &'a str) -> Self {
        Notice { to, kind, subject_kind, subject_id, words, must_answer: false }
    }
    /// It stays until it is acknowledged.
    pub fn answered(self) -> Self {
        Notice { must_answer: true, ..self }
    }
}

/// Leaves a message for a worker; none for oneself.
pub async fn notice(tx: &mut Tx, notice: &Notice<'_>) -> Result<()> {
    let now = tx.act().at();
    if tx.act().worker() == notice.to {
        return Ok(());
    }
    run!(
        tx,
        sqlx::query("INSERT INTO notice (id, to_worker_id, kind, subject_kind, subject_id, words, must_acknowledge, created_at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8)")
            .bind(NoticeId::new())
            .bind(notice.to)
            .bind(notice.kind)
            .bind(notice.subject_kind)
            .bind(notice.subject_id)
            .bind(notice.words)
            .bind(notice.must_answer)
            .bind(now)
    )?;
    Ok(())
}

struct Reader {
    audience: Audience,
    name: String,
    address: String,
    person: PersonId,
}

/// Writes the letters that a change of worker, or the lack of one, asks for; says how many, and who is to be told by
/// other means because no address is known.
pub async fn letters(tx: &mut Tx, opened: &Opened, case: &CaseRow, now: &Now<'_>, head: &Letterhead) -> Result<(usize, Vec<Audience>)> {
    let today = tx.today();
    let kind = case.case_kind().unwrap_or(CaseKind::ChildInNeed);
    let person = opened.person();
    let age = age_in_years(person.birth(), today);
    let (mut written, mut untold) = (0, Vec::new());
    let telephone = telephone(tx, case).await?;
    for audience in who_must_be_told(kind, age) {
        let readers = readers(tx, opened, audience).await?;
        if readers.is_empty() {
            untold.push(audience);
        }
        for reader in readers {
            let worker = match now {
                Now::Worker { name, role, from, .. } => NewWorker::Named { name: (*name).into(), role: role.label().into(), from: *from },
                Now::NoneYet => NewWorker::NoneYet,
            };
            let letter = WorkerLetter {
                council: head.council.clone(),
                team: case.team.clone(),
                telephone: telephone.clone(),
                to: reader.name.clone(),
                person: person.known_as.clone().unwrap_or_else(|| person.given_name.clone()),
                worker,
                on: today,
            };
            let (about_kind, about_id) = match now {
                Now::Worker { id, .. } => ("allocation", *id),
                Now::NoneYet => ("no_worker_yet", case.id.as_str()),
            };
            post(tx, &reader, letter.write(reader.audience), about_kind, about_id).await?;
            written += 1;
        }
    }
    Ok((written, untold))
}

/// Whether the family was told since a day that there is no worker yet.
pub async fn was_told_of_none(tx: &mut Tx, case: &CaseRow, since: Date) -> Result<bool> {
    let begin = crate::At::cut(since.to_zoned(jiff::tz::TimeZone::UTC).map(|z| z.timestamp()).unwrap_or_default());
    let (n,): (i64,) = sql!(tx, |c| sqlx::query_as(
        "SELECT COUNT(*) FROM outbox WHERE about_kind = 'no_worker_yet' AND about_id = $1 AND created_at >= $2"
    )
    .bind(&case.id)
    .bind(begin)
    .fetch_one(c))?;
    Ok(n > 0)
}

async fn post(tx: &mut Tx, reader: &Reader, letter: care::allocation::Letter, about_kind: &str, about_id: &str) -> Result<()> {
    let (id, by, at) = (OutboxId::new(), tx.act().worker().to_string(), tx.act().at());
    run!(
        tx,
        sqlx::query("INSERT INTO outbox (id, channel, to_name, to_address, subject, body, person_id, about_kind, about_id, state, tries, created_by, created_at) VALUES ($1,'letter',$2,$3,$4,$5,$6,$7,$8,'to_print',0,$9,$10)")
            .bind(&id)
            .bind(&reader.name)
            .bind(&reader.address)
            .bind(&letter.subject)
            .bind(letter.body.replace("\nTelephone \n", "\n"))
            .bind(&reader.person)
            .bind(about_kind)
            .bind(about_id)
            .bind(&by)
            .bind(at)
    )?;
    tx.note(Noted::new("letter.make", "outbox", &id).because(reader.audience.code()));
    Ok(())
}

async fn telephone(tx: &mut Tx, case: &CaseRow) -> Result<String> {
    let own: Option<(Option<String>,)> = match &case.worker_id {
        Some(worker) => sql!(tx, |c| sqlx::query_as("SELECT telephone FROM worker WHERE id = $1").bind(worker).fetch_optional(c))?,
        None => None,
    };
    match own.and_then(|(telephone,)| telephone).filter(|telephone| !telephone.is_empty()) {
        Some(telephone) => Ok(telephone),
        None => Ok(policy::rules(tx).await?.telephone),
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    id: PersonId,
    given_name: String,
    surname: String,
    kind: String,
    lines: Option<String>,
    postcode: Option<String>,
}

/// Who reads a letter of this kind, with their own address. Parents without parental responsibility who do not live with
/// the child are left to the worker; so is everyone on whom an alert says "no contact".
async fn readers(tx: &mut Tx, opened: &Opened, audience: Audience) -> Result<Vec<Reader>> {
    let today = Day(tx.today());
    let rows: Vec<Row> = match audience {
        // One text for all of them, addressed by hand: who they are stands in the record, not in a list.
        Audience::Professional => {
            return Ok(vec![Reader { audience, name: "colleague".into(), address: String::new(), person: opened.id().clone() }]);
        }
        Audience::YoungPerson | Audience::Adult => sql!(tx, |c| sqlx::query_as(sqlx::AssertSqlSafe(format!(
            "SELECT p.id, p.given_name, p.surname, 'self' AS kind, {ADDRESS} FROM person p WHERE p.id = $1"
        )))
        .bind(opened.id())
        .bind(today)
        .fetch_all(c))?,
        Audience::Family => sql!(tx, |c| {
            sqlx::query_as(sqlx::AssertSqlSafe(format!(
            "SELECT p.id, p.given_name, p.surname, r.kind, {ADDRESS} FROM relationship r JOIN person p ON p.id = r.person_id
             WHERE r.other_id = $1 AND r.kind IN ('mother', 'father', 'parent', 'adoptive_parent', 'guardian') AND (r.parental_responsibility = 'yes' OR r.lives_with = 'yes')
             AND p.died_on IS NULL AND (r.until_on IS NULL OR r.until_on >= $2)
             AND NOT EXISTS (SELECT 1 FROM person_alert l WHERE l.person_id IN ($1, p.id) AND l.kind = 'no_contact' AND (l.ended_on IS NULL OR l.ended_on > $2))
             ORDER BY p.sort_name, p.id"
        )))
        .bind(opened.id())
        .bind(today)
        .fetch_all(c)
        })?,
    };
    let reader = |row: Row| {
        let address = format!("{}\n{}", row.lines?, row.postcode?);
        let name = match row.kind.as_str() {
            "self" => row.given_name,
            _ => format!("{} {}", row.given_name, row.surname).trim().to_owned(),
        };
        Some(Reader { audience, name, address, person: row.id })
    };
    Ok(rows.into_iter().filter_map(reader).collect())
}

/// The person's present address; none when one is confidential, for a letter passes through many hands, and another
/// address may by now be the home of those who must not know.
const ADDRESS: &str = "(SELECT CASE WHEN a.confidential THEN NULL ELSE a.lines END FROM person_address a WHERE a.person_id = p.id AND (a.until_on IS NULL OR a.until_on >= $2)
      ORDER BY CASE WHEN a.confidential THEN 0 ELSE 1 END, CASE WHEN a.from_on IS NULL THEN 1 ELSE 0 END, a.from_on DESC, a.id DESC LIMIT 1) AS lines,
    (SELECT CASE WHEN a.confidential THEN NULL ELSE a.postcode END FROM person_address a WHERE a.person_id = p.id AND (a.until_on IS NULL OR a.until_on >= $2)
      ORDER BY CASE WHEN a.confidential THEN 0 ELSE 1 END, CASE WHEN a.from_on IS NULL THEN 1 ELSE 0 END, a.from_on DESC, a.id DESC LIMIT 1) AS postcode";
