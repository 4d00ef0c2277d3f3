//! The words of names: how many people have each, and the marks by which near spellings are found.

use std::collections::{BTreeMap, BTreeSet};

use care::matching::{Known, spelling};
use sqlx::AssertSqlSafe;

use super::{list, places};
use crate::{Result, Tx, run, sql};

/// How many people have each word as a given and as a family name.
#[derive(Debug, Default)]
pub(super) struct Counts(pub(super) BTreeMap<String, (i64, i64)>);

impl Counts {
    /// Counts one person: each word once, however many of their names have it.
    pub(super) fn add(&mut self, known: &Known) {
        let given: BTreeSet<&String> = known.names.iter().flat_map(|n| &n.given).collect();
        let family: BTreeSet<&String> = known.names.iter().flat_map(|n| &n.family).collect();
        given.into_iter().for_each(|word| self.0.entry(word.clone()).or_default().0 += 1);
        family.into_iter().for_each(|word| self.0.entry(word.clone()).or_default().1 += 1);
    }
}

/// Adds the words that are new; words that are there keep their counts, so that writers do not wait for each other.
pub(super) async fn add_new(tx: &mut Tx, known: &Known) -> Result<()> {
    let mut counts = Counts::default();
    counts.add(known);
    let words: Vec<&String> = counts.0.keys().collect();
    if words.is_empty() {
        return Ok(());
    }
    let text = format!("SELECT word, as_given, as_family FROM name_word WHERE word IN ({})", list(1, words.len()));
    let there: Vec<(String, i64, i64)> =
        sql!(tx, |c| words.iter().fold(sqlx::query_as(AssertSqlSafe(text)), |query, word| query.bind(*word)).fetch_all(c))?;
    for (word, (as_given, as_family)) in &counts.0 {
        match there.iter().find(|t| t.0 == *word) {
            None => insert(tx, word, *as_given, *as_family).await?,
            // A first use in the other part of a name makes the word findable there.
            Some(t) if (t.1 == 0 && *as_given > 0) || (t.2 == 0 && *as_family > 0) => {
                run!(
                    tx,
                    sqlx::query("UPDATE name_word SET as_given = as_given + $1, as_family = as_family + $2 WHERE word = $3")
                        .bind(as_given)
                        .bind(as_family)
                        .bind(word)
                )?;
            }
            Some(_) => {}
        }
    }
    Ok(())
}

async fn insert(tx: &mut Tx, word: &str, as_given: i64, as_family: i64) -> Result<()> {
    run!(
        tx,
        sqlx::query("INSERT INTO name_word (word, as_given, as_family) VALUES ($1,$2,$3) ON CONFLICT DO NOTHING")
            .bind(word)
            .bind(as_given)
            .bind(as_family)
    )?;
    let marks: Vec<i64> = spelling::marks(word).into_iter().map(u64::cast_signed).collect();
    let text = format!("INSERT INTO name_mark (mark, word) VALUES {} ON CONFLICT DO NOTHING", places(marks.len(), 2));
    run!(tx, marks.iter().fold(sqlx::query(AssertSqlSafe(text.clone())), |query, mark| query.bind(*mark).bind(word)))?;
    Ok(())
}

/// Adds whole counts, as after an import of many people.
pub(super) async fn add_counts(tx: &mut Tx, counts: &Counts, people: usize) -> Result<()> {
    for (word, (as_given, as_family)) in &counts.0 {
        let changed = run!(
            tx,
            sqlx::query("UPDATE name_word SET as_given = as_given + $1, as_family = as_family + $2 WHERE word = $3")
                .bind(as_given)
                .bind(as_family)
                .bind(word)
        )?;
        if changed == 0 {
            insert(tx, word, *as_given, *as_family).await?;
        }
    }
    let people = i64::try_from(people).unwrap_or(i64::MAX);
    run!(tx, sqlx::query("UPDATE search_state SET people = people + $1 WHERE id = 1").bind(people))?;
    Ok(())
}

/// Counts every name again: once a night, because single changes are not counted as they come.
pub async fn recount(tx: &mut Tx) -> Result<()> {
    let (mut counts, mut people, mut after) = (Counts::default(), 0, i64::MIN);
    loop {
        let rows: Vec<(i64, String)> =
            sql!(tx, |c| sqlx::query_as("SELECT person_no, line FROM person_search WHERE person_no > $1 ORDER BY person_no LIMIT 5000")
                .bind(after)
                .fetch_all(c))?;
        let Some((last, _)) = rows.last() else { break };
        after = *last;
        people += rows.len();
        rows.iter().for_each(|(_, line)| counts.add(&Known::read_line(line)));
    }
    run!(tx, sqlx::query("UPDATE name_word SET as_given = 0, as_family = 0"))?;
    run!(tx, sqlx::query("UPDATE search_state SET people = 0 WHERE id = 1"))?;
    add_counts(tx, &counts, people).await
}
