//! How far two spellings lie apart, and the marks by which near spellings are found without comparing with every
//! name there is: two words that one slip of the keyboard separates share a form with one letter left out.

use super::hash::Hasher;

/// Letters beyond these are not compared: no real slip depends on them.
const LONGEST: usize = 40;

/// The least number of slips (a letter more, less, other, or two neighbours changed round) between two words, as
/// long as it is at most `limit`.
pub fn slips(one: &str, other: &str, limit: usize) -> Option<usize> {
    if one == other {
        return Some(0);
    }
    let one: Vec<char> = one.chars().take(LONGEST).collect();
    let other: Vec<char> = other.chars().take(LONGEST).collect();
    if one.len().abs_diff(other.len()) > limit {
        return None;
    }
    let found = table(&one, &other, limit)?;
    (found <= limit).then_some(found)
}

/// The marks of a word: its own, and that of each form with one letter left out. Two words share one when at most
/// one letter on each side has to go.
pub fn marks(word: &str) -> Vec<u64> {
    let letters: Vec<char> = word.chars().take(LONGEST).collect();
    let mut marks = vec![mark(letters.iter())];
    if letters.len() > 2 {
        for gone in 0..letters.len() {
            let left = letters.iter().enumerate().filter(|(at, _)| *at != gone);
            marks.push(mark(left.map(|(_, letter)| letter)));
        }
    }
    marks.sort_unstable();
    marks.dedup();
    marks
}

fn mark<'a>(letters: impl Iterator<Item = &'a char>) -> u64 {
    Hasher::new().text(&letters.collect::<String>()).finish()
}

/// Optimal string alignment over three rows, given up as soon as every way is beyond the limit.
fn table(one: &[char], other: &[char], limit: usize) -> Option<usize> {
    let mut before: [u8; LONGEST + 1] = [0; LONGEST + 1];
    let mut last: [u8; LONGEST + 1] = std::array::from_fn(|at| at as u8);
    for (row, a) in one.iter().enumerate() {
        let mut now: [u8; LONGEST + 1] = [0; LONGEST + 1];
        now[0] = row as u8 + 1;
        let mut least = now[0];
        for (column, b) in other.iter().enumerate() {
            let mut cost = (last[column] + u8::from(a != b)).min(last[column + 1] + 1).min(now[column] + 1);
            if row > 0 && column > 0 && *a == other[column - 1] && one[row - 1] == *b {
                cost = cost.min(before[column - 1] + 1);
            }
            now[column + 1] = cost;
            least = least.min(cost);
        }
        if usize::from(least) > limit {
            return None;
        }
        (before, last) = (last, now);
    }
    Some(usize::from(last[other.len()]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_slips() {
        for (one, other, expected) in [
            ("SMITH", "SMITH", Some(0)),
            ("SMITH", "SMTIH", Some(1)),
            ("SMITH", "SMIT", Some(1)),
            ("SMITH", "SSMITH", Some(1)),
            ("SMITH", "SMYTH", Some(1)),
            ("SMITH", "MSIHT", Some(2)),
            ("SMITH", "JONES", None),
            ("", "A", Some(1)),
            ("", "ABC", None),
            ("ZOË", "ZOE", Some(1)),
        ] {
            assert_eq!(slips(one, other, 2), expected, "{one} {other}");
            assert_eq!(slips(other, one, 2), expected, "{other} {one}");
        }
        assert_eq!(slips(&"A".repeat(200), &"A".repeat(190), 2), None.or(Some(0)));
    }

    #[test]
    fn near_spellings_share_a_mark() {
        let share = |one: &str, other: &str| marks(one).iter().any(|m| marks(other).contains(m));
        for other in ["SMITH", "SMTIH", "SMIT", "SMITHH", "SMYTH", "SXITH", "ASMITH"] {
            assert!(share("SMITH", other), "{other}");
        }
        for other in ["SMYTHE2", "JONES", "SMART"] {
            assert!(!share("SMITH", other), "{other}");
        }
        assert_eq!(marks("AL").len(), 1);
    }
}
