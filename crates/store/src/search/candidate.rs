//! From an enquiry to the people it may mean, the likeliest first.

use std::collections::HashMap;

use care::matching::{Known, Lexicon, Reason, Score, Sought, Spelling, keys_for_query, score};

use super::statement::{self, WIDE, WIDE_LIMIT};
use crate::{Result, Tx, audit::Noted, id::PersonId, people, sql};

/// How many candidates are read in full and judged.
const JUDGED: usize = 200;
/// A hidden record matches when it is so probable that it is the one sought.
const MATCHES: f64 = 0.1;

/// Somebody who may be the one sought.
#[derive(Debug, Clone)]
pub struct Hit {
    pub person_id: PersonId,
    pub known: Known,
    pub points: f64,
    /// 0 to 1.
    pub probability: f64,
    pub why: Vec<Reason>,
    pub seen: Seen,
}

/// What the searcher may see of a hit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seen {
    /// The record would open.
    Record,
    /// Name, dates and whom to ask; why no more, in words.
    Index(String),
}

#[derive(Debug, Clone, Default)]
pub struct Found {
    pub hits: Vec<Hit>,
    /// Hidden records that matched: never to be shown, their guardians are to be alerted.
    pub hidden: Vec<PersonId>,
    /// A name, date or postcode is so common that not everybody who has it was looked at.
    pub more_to_be_had: bool,
}

/// Finds at most `limit` people. The search is noted in the audit of this transaction.
pub async fn find(tx: &mut Tx, sought: &Sought, limit: usize) -> Result<Found> {
    let searcher = people::Searcher::of(tx).await?;
    tx.note(Noted::new("search", "person", "").words(in_words(sought)));
    let lexicon = lexicon(tx, sought).await?;
    let (candidates, more_to_be_had) = candidates(tx, sought, &lexicon).await?;
    let judged = judged(tx, sought, &lexicon, &candidates).await?;
    let mut found = Found { more_to_be_had, ..Found::default() };
    let mut rest = judged.into_iter();
    while found.hits.len() < limit {
        let next: Vec<Judged> = rest.by_ref().take(people::AT_ONCE).collect();
        if next.is_empty() {
            break;
        }
        let ids: Vec<&PersonId> = next.iter().map(|j| &j.person_id).collect();
        let mut seen = searcher.may_see(tx, &ids).await?;
        for judged in next {
            match seen.remove(&judged.person_id) {
                Some(people::MaySee::Record) => found.hits.push(judged.hit(Seen::Record)),
                Some(people::MaySee::Index(why)) => found.hits.push(judged.hit(Seen::Index(why))),
                Some(people::MaySee::Nothing) if judged.score.probability >= MATCHES => found.hidden.push(judged.person_id),
                Some(people::MaySee::Nothing) | None => {}
            }
        }
    }
    found.hits.truncate(limit);
    Ok(found)
}

struct Judged {
    person_id: PersonId,
    known: Known,
    score: Score,
}

impl Judged {
    fn hit(self, seen: Seen) -> Hit {
        let Score { points, probability, why } = self.score;
        Hit { person_id: self.person_id, known: self.known, points, probability, why, seen }
    }
}

/// For the erasable part of the audit.
fn in_words(sought: &Sought) -> String {
    let born = sought.born;
    let part = |n: Option<i16>| n.map_or("?".into(), |n| n.to_string());
    let words = [
        sought.given.join(" "),
        sought.family.join(" "),
        if born.is_unknown() {
            String::new()
        } else {
            format!("born {}-{}-{}", part(born.year), part(born.month.map(Into::into)), part(born.day.map(Into::into)))
        },
        sought.place.as_ref().map(|p| p.as_str().to_owned()).unwrap_or_default(),
        sought.numbers.join(" "),
    ];
    words.into_iter().filter(|w| !w.is_empty()).collect::<Vec<_>>().join(", ")
}

/// Values for a list of a size that is in use, filled up with the last.
fn filled(values: &[i64]) -> impl Iterator<Item = i64> {
    let last = values.last().copied().unwrap_or_default();
    values.iter().copied().chain(std::iter::repeat(last)).take(statement::size(values.len()))
}

async fn lexicon(tx: &mut Tx, sought: &Sought) -> Result<Lexicon> {
    let marks: Vec<i64> = sought.marks().into_iter().map(u64::cast_signed).collect();
    let text = statement::near_words(statement::size(marks.len()));
    let rows: Vec<(String, i64, i64)> =
        sql!(tx, |c| filled(&marks).fold(sqlx::query_as(text), |query, mark| query.bind(mark)).fetch_all(c))?;
    let mut people = 0;
    let mut spellings = Vec::with_capacity(rows.len());
    for (word, as_given, as_family) in rows {
        let count = |n: i64| u32::try_from(n).unwrap_or_default();
        match word.as_str() {
            "" => people = as_given.unsigned_abs(),
            _ => spellings.push(Spelling { word, as_given: count(as_given), as_family: count(as_family) }),
        }
    }
    Ok(Lexicon::new(people, spellings))
}

/// The people filed under the keys of this enquiry, the likeliest first, and whether some key held too many.
async fn candidates(tx: &mut Tx, sought: &Sought, lexicon: &Lexicon) -> Result<(Vec<i64>, bool)> {
    let wanted = keys_for_query(sought, lexicon);
    let wide = wanted.wide.iter().map(|k| k.0).chain(std::iter::repeat(0)).take(WIDE);
    let narrow: Vec<i64> = wanted.narrow.iter().map(|k| k.0).collect();
    let text = statement::candidates(statement::size(narrow.len()));
    let values: Vec<i64> = wide.chain(filled(&narrow)).collect();
    let rows: Vec<(i64, i64)> = sql!(tx, |c| values.iter().fold(sqlx::query_as(text), |query, key| query.bind(key)).fetch_all(c))?;
    let mut worth: HashMap<i64, f64> = HashMap::with_capacity(rows.len());
    let mut held: HashMap<i64, usize> = HashMap::new();
    for (key, person) in rows {
        *worth.entry(person).or_default() += wanted.worth(care::matching::Key(key));
        *held.entry(key).or_default() += 1;
    }
    let mut ranked: Vec<(i64, f64)> = worth.into_iter().collect();
    ranked.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    Ok((ranked.into_iter().take(JUDGED).map(|(person, _)| person).collect(), held.values().any(|n| *n >= WIDE_LIMIT)))
}

/// The candidates in the order of their scores; equal ones in the order of their ids, so that the answer is always the same.
async fn judged(tx: &mut Tx, sought: &Sought, lexicon: &Lexicon, candidates: &[i64]) -> Result<Vec<Judged>> {
    if candidates.is_empty() {
        return Ok(Vec::new());
    }
    let text = statement::lines(statement::size(candidates.len()));
    let rows: Vec<(i64, PersonId, String)> =
        sql!(tx, |c| filled(candidates).fold(sqlx::query_as(text), |query, person| query.bind(person)).fetch_all(c))?;
    let mut judged: Vec<Judged> = rows
        .into_iter()
        .map(|(_, person_id, line)| {
            let known = Known::read_line(&line);
            let score = score(sought, &known, lexicon);
            Judged { person_id, known, score }
        })
        .collect();
    judged.sort_unstable_by(|a, b| b.score.points.total_cmp(&a.score.points).then_with(|| a.person_id.cmp(&b.person_id)));
    Ok(judged)
}
