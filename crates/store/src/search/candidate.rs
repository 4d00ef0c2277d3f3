//! From an enquiry to the people it may mean, the likeliest first.

use std::collections::HashSet;

use care::matching::{
    self, Key, Known, Lexicon, Reason, Run, Score, Sought, Spelling, Wanted, keys_for_beginnings, keys_for_query, ranked, score,
};

use super::{
    file::person_no,
    statement::{self, ONE, PART, WIDE, WIDE_LIMIT},
};
use crate::{Day, Result, Tx, audit::Noted, id::PersonId, people, sql};

/// How many candidates are read in full and judged at first, and how many more when none of them stands out.
const JUDGED_FIRST: usize = 60;
const JUDGED_MORE: usize = 80;
/// Somebody stands out who is so probable.
const STANDS_OUT: f64 = 0.95;
/// The evidence in being worked with by the searcher's own team, in bits.
const OWN: f64 = 20.0;
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
    let wanted = keys_for_query(sought, &lexicon);
    let mut candidates = Candidates::default();
    let more_to_be_had = wide(tx, &wanted, &mut candidates).await?;
    let mut judged = judged(tx, sought, &lexicon, &candidates.next(JUDGED_FIRST)).await?;
    if !judged.iter().any(|j| j.score.probability >= STANDS_OUT) {
        narrow(tx, &wanted, &mut candidates).await?;
        judged.extend(self::judged(tx, sought, &lexicon, &candidates.next(JUDGED_MORE)).await?);
    }
    if sought.is_names_only() {
        let found = judged.len();
        if !judged.iter().any(|j| j.score.why.iter().all(|reason| !reason.is_against())) {
            begun(tx, sought, &mut candidates).await?;
        }
        near_the_searcher(tx, sought, &mut candidates).await?;
        if candidates.found.len() > found {
            judged.extend(self::judged(tx, sought, &lexicon, &candidates.next(JUDGED_MORE)).await?);
        }
    }
    // Equal ones in the order of their ids, so that the answer is always the same.
    judged.sort_unstable_by(|a, b| b.score.points.total_cmp(&a.score.points).then_with(|| a.person_id.cmp(&b.person_id)));
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
                Some(people::MaySee::Index(why) | people::MaySee::Restricted(why)) => found.hits.push(judged.hit(Seen::Index(why))),
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

/// The people found so far, and which of them were already judged.
#[derive(Default)]
struct Candidates {
    found: matching::Found,
    judged: HashSet<i64>,
}

impl Candidates {
    /// The next so many with most evidence.
    fn next(&mut self, most: usize) -> Vec<i64> {
        let next: Vec<i64> = ranked(&self.found).into_iter().filter(|person| !self.judged.contains(person)).take(most).collect();
        self.judged.extend(&next);
        next
    }
}

async fn lexicon(tx: &mut Tx, sought: &Sought) -> Result<Lexicon> {
    let marks: Vec<i64> = sought.marks().into_iter().map(u64::cast_signed).collect();
    let text = statement::near_words(statement::size(marks.len())).of(tx);
    let (words, people): (String, i64) = sql!(tx, |c| {
        let query = sqlx::query_as(text).bind(String::from(ONE));
        filled(&marks).fold(query, |query, mark| query.bind(mark)).fetch_one(c)
    })?;
    let spelling = |entry: &str| {
        let mut parts = entry.rsplitn(3, ' ');
        let mut count = || parts.next().and_then(|n| n.parse::<u32>().ok()).unwrap_or_default();
        let (as_family, as_given) = (count(), count());
        let word = parts.next().filter(|word| !word.is_empty())?;
        Some(Spelling { word: word.to_owned(), as_given, as_family })
    };
    Ok(Lexicon::new(people.unsigned_abs(), words.split(ONE).filter_map(spelling)))
}

/// Whoever has the same date, postcode or names; says whether some of these hold more people than were looked at.
async fn wide(tx: &mut Tx, wanted: &Wanted, candidates: &mut Candidates) -> Result<bool> {
    let none = Run { from: Key(0), to: Key(0) };
    let runs: Vec<Run> = wanted.wide.iter().copied().chain(std::iter::repeat(none)).take(WIDE).collect();
    let text = statement::wide().of(tx);
    let rows: Vec<(i32, String)> =
        sql!(tx, |c| runs.iter().fold(sqlx::query_as(text), |query, run| query.bind(run.from.0).bind(run.to.0)).fetch_all(c))?;
    let mut more = false;
    for (run, people) in rows {
        let people: Vec<i64> = people.split(' ').filter_map(|person| person.parse().ok()).collect();
        more |= people.len() >= WIDE_LIMIT;
        wanted.count_wide(usize::try_from(run).unwrap_or(usize::MAX), &people, &mut candidates.found);
    }
    Ok(more)
}

/// Whoever a single mistake would hide.
async fn narrow(tx: &mut Tx, wanted: &Wanted, candidates: &mut Candidates) -> Result<()> {
    let keys: Vec<i64> = wanted.narrow.iter().map(|key| key.0).collect();
    if keys.is_empty() {
        return Ok(());
    }
    let text = statement::narrow(statement::size(keys.len())).of(tx);
    let (people,): (Option<String>,) = sql!(tx, |c| filled(&keys).fold(sqlx::query_as(text), |query, key| query.bind(key)).fetch_one(c))?;
    for entry in people.iter().flat_map(|people| people.split(' ')) {
        if let Some((Ok(key), Ok(person))) = entry.split_once(':').map(|(key, person)| (key.parse(), person.parse())) {
            wanted.count_narrow(Key(key), person, &mut candidates.found);
        }
    }
    Ok(())
}

/// Whoever has a surname that begins as what was typed, as "birtw" for Birtwell.
async fn begun(tx: &mut Tx, sought: &Sought, candidates: &mut Candidates) -> Result<()> {
    let mut spellings: Vec<Spelling> = Vec::new();
    for (from, to) in sought.beginnings() {
        let rows: Vec<(String, i64, i64)> = sql!(tx, |c| {
            sqlx::query_as("SELECT word, as_given, as_family FROM name_word WHERE word >= $1 AND word < $2 ORDER BY as_given + as_family DESC, word LIMIT 60")
                .bind(&from)
                .bind(&to)
                .fetch_all(c)
        })?;
        let count = |n: i64| u32::try_from(n).unwrap_or(u32::MAX);
        spellings.extend(rows.into_iter().map(|(word, given, family)| Spelling { word, as_given: count(given), as_family: count(family) }));
    }
    let (people,): (i64,) = sql!(tx, |c| sqlx::query_as("SELECT people FROM search_state WHERE id = 1").fetch_one(c))?;
    let wanted = keys_for_beginnings(sought, &Lexicon::new(people.unsigned_abs(), spellings));
    wide(tx, &wanted, candidates).await?;
    Ok(())
}

/// A first name alone finds too many to be of use, but among those with whom the searcher's own teams work it does.
async fn near_the_searcher(tx: &mut Tx, sought: &Sought, candidates: &mut Candidates) -> Result<()> {
    let Some(word) = sought.only_word() else { return Ok(()) };
    let (me, today) = (tx.act().worker().clone(), Day(tx.today()));
    let rows: Vec<(PersonId,)> = sql!(tx, |c| {
        sqlx::query_as(
            "SELECT DISTINCT i.person_id FROM role_held r CROSS JOIN involvement i WHERE r.worker_id = $1 AND r.from_on <= $2
         AND (r.until_on IS NULL OR r.until_on >= $2) AND i.team_id = r.team_id AND i.closed_on IS NULL ORDER BY i.person_id",
        )
        .bind(&me)
        .bind(today)
        .fetch_all(c)
    })?;
    let numbers: Vec<i64> = rows.iter().map(|(id,)| person_no(id)).collect();
    let mut mine = Vec::new();
    for some in numbers.chunks(500) {
        let like = lines(tx, some).await?.into_iter().filter(|(_, known)| known.has_a_name_like(word));
        mine.extend(like.map(|(id, _)| person_no(&id)));
    }
    mine.iter().take(JUDGED_MORE).for_each(|person| *candidates.found.entry(*person).or_default() += OWN);
    Ok(())
}

async fn judged(tx: &mut Tx, sought: &Sought, lexicon: &Lexicon, candidates: &[i64]) -> Result<Vec<Judged>> {
    let judge = |(person_id, known): (PersonId, Known)| {
        let score = score(sought, &known, lexicon);
        Judged { person_id, known, score }
    };
    Ok(lines(tx, candidates).await?.into_iter().map(judge).collect())
}

/// What is known of each of some people.
async fn lines(tx: &mut Tx, people: &[i64]) -> Result<Vec<(PersonId, Known)>> {
    if people.is_empty() {
        return Ok(Vec::new());
    }
    let text = statement::lines(statement::size(people.len())).of(tx);
    let (lines,): (Option<String>,) = sql!(tx, |c| {
        let query = sqlx::query_as(text).bind(String::from(PART)).bind(String::from(ONE));
        filled(people).fold(query, |query, person| query.bind(person)).fetch_one(c)
    })?;
    let one = |line: &str| line.split_once(PART).map(|(id, line)| (PersonId::from_text(id), Known::read_line(line)));
    Ok(lines.iter().flat_map(|lines| lines.split(ONE)).filter_map(one).collect())
}
