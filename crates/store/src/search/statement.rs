//! Statements with many places for values: one text for each number of places that is in use, the same on both
//! databases but for how a place is written: SQLite looks numbered places up one after another each time it is given a
//! value, which with hundreds of them costs more than the search itself. The texts are built from numbers only.

use std::sync::OnceLock;

use crate::{Conn, Tx};

/// How many keys that may hold many people one search reads, and how many people of each.
pub(super) const WIDE: usize = 18;
pub(super) const WIDE_LIMIT: usize = 400;

/// `($1,$2),($3,$4)`: places for rows of columns.
pub(crate) fn places(rows: usize, columns: usize) -> String {
    let row = |at: usize| {
        let places: Vec<String> = (1..=columns).map(|column| format!("${}", at * columns + column)).collect();
        format!("({})", places.join(","))
    };
    (0..rows).map(row).collect::<Vec<_>>().join(",")
}

/// `$5,$6,$7`: places for a list, from a number on.
pub(crate) fn list(from: usize, count: usize) -> String {
    let places: Vec<String> = (from..from + count).map(|at| format!("${at}")).collect();
    places.join(",")
}

/// The sizes of a list; a shorter list is filled up with its last value.
const SIZES: [usize; 5] = [16, 64, 192, 448, 704];

/// The smallest size that holds so many values; more than the largest are cut.
pub(super) fn size(values: usize) -> usize {
    SIZES.into_iter().find(|size| *size >= values).unwrap_or(SIZES[SIZES.len() - 1])
}

/// A statement whose places stand in the order of their values, as each database likes them.
pub(crate) struct Both {
    numbered: String,
    plain: String,
}

impl Both {
    pub(crate) fn new(numbered: String) -> Both {
        Both { plain: plain(&numbered), numbered }
    }
    pub(crate) fn of(&self, tx: &Tx) -> &str {
        match tx.conn {
            Conn::Sqlite(_) => &self.plain,
            Conn::Postgres(_) => &self.numbered,
        }
    }
}

/// `?` for each `$1`, `$2` …
fn plain(numbered: &str) -> String {
    let mut parts = numbered.split('$');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + "?" + part.trim_start_matches(|c: char| c.is_ascii_digit()))
}

fn for_size(texts: &'static OnceLock<Vec<Both>>, size: usize, make: fn(usize) -> String) -> &'static Both {
    let all = texts.get_or_init(|| SIZES.into_iter().map(make).map(Both::new).collect());
    let at = SIZES.iter().position(|s| *s == size).unwrap_or_default();
    &all[at]
}

/// Who is filed under each of [`WIDE`] runs of keys, each up to [`WIDE_LIMIT`] people: a row for each run that holds
/// somebody, because one long row costs a fraction of many short ones.
pub(super) fn wide() -> &'static Both {
    static TEXT: OnceLock<Both> = OnceLock::new();
    TEXT.get_or_init(|| {
        let run = |at: usize| {
            format!(
                "SELECT {at}, string_agg(CAST(person_no AS TEXT), ' ') FROM (SELECT person_no FROM person_search_key WHERE key BETWEEN ${} AND ${} ORDER BY key, person_no LIMIT {WIDE_LIMIT}) w{at} HAVING COUNT(*) > 0",
                at * 2 + 1,
                at * 2 + 2
            )
        };
        Both::new((0..WIDE).map(run).collect::<Vec<_>>().join(" UNION ALL "))
    })
}

/// Who is filed under a list of keys: one row of `key:person`.
pub(super) fn narrow(keys: usize) -> &'static Both {
    static TEXTS: OnceLock<Vec<Both>> = OnceLock::new();
    for_size(&TEXTS, keys, |keys| {
        format!(
            "SELECT string_agg(CAST(key AS TEXT) || ':' || CAST(person_no AS TEXT), ' ') FROM person_search_key WHERE key IN ({})",
            list(1, keys)
        )
    })
}

/// What is known of each person of a list: one row, of parts that [`PART`] ends and people that [`ONE`] ends.
pub(super) fn lines(people: usize) -> &'static Both {
    static TEXTS: OnceLock<Vec<Both>> = OnceLock::new();
    for_size(&TEXTS, people, |people| {
        format!(
            "SELECT string_agg(person_id || CAST($1 AS TEXT) || line, CAST($2 AS TEXT)) FROM person_search WHERE person_no IN ({})",
            list(3, people)
        )
    })
}

/// Signs that stand in no line.
pub(super) const PART: char = '\u{1C}';
pub(super) const ONE: char = '\u{1A}';

/// The words that share a mark, with how many people have them; the empty word stands for everybody. One row of
/// `word given family`, because no word has a space in it.
pub(super) fn near_words(marks: usize) -> &'static Both {
    static TEXTS: OnceLock<Vec<Both>> = OnceLock::new();
    for_size(&TEXTS, marks, |marks| {
        format!(
            "SELECT string_agg(word || ' ' || CAST(as_given AS TEXT) || ' ' || CAST(as_family AS TEXT), CAST($1 AS TEXT)), MAX(people) FROM (
            SELECT w.word, w.as_given, w.as_family, 0 AS people FROM name_word w WHERE w.word IN (SELECT m.word FROM name_mark m WHERE m.mark IN ({}))
            UNION ALL SELECT '', 0, 0, people FROM search_state) words",
            list(2, marks)
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_numbered_through() {
        assert_eq!(places(2, 3), "($1,$2,$3),($4,$5,$6)");
        assert_eq!(list(5, 3), "$5,$6,$7");
        assert_eq!((size(0), size(16), size(17), size(9999)), (16, 16, 64, 704));
        assert!(narrow(64).numbered.ends_with("$63,$64)") && narrow(64).plain.ends_with("?,?)"));
        assert!(lines(16).numbered.ends_with("$17,$18)"));
        // Each place stands once and in order: only then may its number be left out.
        for both in [wide(), narrow(16), lines(16), near_words(16)] {
            let numbers: Vec<usize> = both
                .numbered
                .split('$')
                .skip(1)
                .map(|p| p.split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default().parse().unwrap_or(0))
                .collect();
            assert_eq!(numbers, (1..=numbers.len()).collect::<Vec<_>>());
            assert_eq!(both.plain.matches('?').count(), numbers.len());
        }
    }
}
