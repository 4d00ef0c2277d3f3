//! Statements with many places for values: one text for each number of places that is in use, the same on both
//! databases. The texts are built from numbers only.

use std::fmt::Write;
use std::sync::OnceLock;

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

fn for_size(texts: &'static OnceLock<Vec<String>>, size: usize, make: fn(usize) -> String) -> &'static str {
    let all = texts.get_or_init(|| SIZES.into_iter().map(make).collect());
    let at = SIZES.iter().position(|s| *s == size).unwrap_or_default();
    &all[at]
}

/// Who is filed under each of [`WIDE`] keys, each up to [`WIDE_LIMIT`] people, and under a list of narrow keys.
pub(super) fn candidates(narrow: usize) -> &'static str {
    static TEXTS: OnceLock<Vec<String>> = OnceLock::new();
    for_size(&TEXTS, narrow, |narrow| {
        let mut text = String::new();
        for at in 1..=WIDE {
            let _ = write!(
                text,
                "SELECT key, person_no FROM (SELECT key, person_no FROM person_search_key WHERE key = ${at} ORDER BY key, person_no LIMIT {WIDE_LIMIT}) w{at} UNION ALL "
            );
        }
        let _ = write!(text, "SELECT key, person_no FROM person_search_key WHERE key IN ({})", list(WIDE + 1, narrow));
        text
    })
}

/// What is known of each person of a list.
pub(super) fn lines(people: usize) -> &'static str {
    static TEXTS: OnceLock<Vec<String>> = OnceLock::new();
    for_size(&TEXTS, people, |people| {
        format!("SELECT person_no, person_id, line FROM person_search WHERE person_no IN ({})", list(1, people))
    })
}

/// The words that share a mark, with how many people have them; the empty word stands for everybody.
pub(super) fn near_words(marks: usize) -> &'static str {
    static TEXTS: OnceLock<Vec<String>> = OnceLock::new();
    for_size(&TEXTS, marks, |marks| {
        format!(
            "SELECT w.word, w.as_given, w.as_family FROM name_word w WHERE w.word IN (SELECT m.word FROM name_mark m WHERE m.mark IN ({}))
            UNION ALL SELECT '', people, people FROM search_state",
            list(1, marks)
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
        assert!(candidates(64).ends_with("$80,$81,$82)"));
    }
}
