//! What a password must be: 12 to 128 characters, none of the common ones, and not one's own name. Nothing else is asked:
//! no capitals, no figures, no change every so often (National Cyber Security Centre, "Password administration for system
//! owners"; OWASP ASVS 5.0, 6.2). Leaves out lists of leaked passwords, which need a look-up outside.

use std::{collections::HashSet, sync::LazyLock};

pub const SHORTEST: usize = 12;
pub const LONGEST: usize = 128;

/// How many common words a password may consist of and still be refused. Three or more make a phrase of one's own.
const FEW_WORDS: usize = 2;
/// Fewer different characters than this are a pattern, not a password.
const FEW_CHARACTERS: usize = 5;

static COMMON: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let lines = include_str!("common_words.txt").lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace).filter(|word| word.len() >= 3).collect()
});

/// Rows that fingers run along.
const RUNS: [&str; 9] = [
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qazwsxedcrfvtgbyhnujmikolp",
    "qwertzuiop",
    "azertyuiop",
    "zaqxswcdevfr",
    "poiuytrewqlkjhgfdsamnbvcxz",
];

/// Why a password is not accepted, in words for its field. `own` are the worker's names, user name and council.
pub fn fault(password: &str, own: &[&str]) -> Option<String> {
    let length = password.chars().count();
    if length < SHORTEST {
        return Some(format!("Use at least {SHORTEST} characters. Three or four words that do not belong together are easy to remember"));
    }
    if length > LONGEST {
        return Some(format!("Use {LONGEST} characters or fewer"));
    }
    if is_common(password, own) {
        return Some("This password is too easy to guess: it is a common one, a pattern, or made from a name. Three or four words that do not belong together are better".into());
    }
    None
}

fn is_common(password: &str, own: &[&str]) -> bool {
    let lower = password.to_lowercase();
    if lower.chars().collect::<HashSet<_>>().len() < FEW_CHARACTERS || is_repeated(&lower) || is_counting(&lower) {
        return true;
    }
    let own: HashSet<String> = own
        .iter()
        .flat_map(|name| name.to_lowercase().split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect::<Vec<_>>())
        .filter(|w| w.len() >= 3)
        .collect();
    [letters(&lower), letters(&plain(&lower))]
        .iter()
        .any(|word| !word.is_empty() && words_needed(word, &own).is_some_and(|n| n <= FEW_WORDS))
}

/// "abcabcabcabc": the same few characters over and over.
fn is_repeated(text: &str) -> bool {
    let all: Vec<char> = text.chars().collect();
    (1..=all.len() / 2).any(|unit| all.iter().enumerate().all(|(i, c)| *c == all[i % unit]))
}

/// "123456789012", "987654321098": figures that only count.
fn is_counting(text: &str) -> bool {
    let digits: Option<Vec<u32>> = text.chars().map(|c| c.to_digit(10)).collect();
    digits.is_some_and(|d| [1, 9].iter().any(|step| d.windows(2).all(|w| (w[0] + step) % 10 == w[1])))
}

/// Letters for the figures and signs that stand in their place, within the word; those before and after it are dropped.
fn plain(text: &str) -> String {
    let within = text.trim_matches(|c: char| !c.is_alphabetic() && c != '@' && c != '$');
    let letter = |c| match c {
        '0' => 'o',
        '1' | '!' | '|' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        '8' => 'b',
        '9' => 'g',
        other => other,
    };
    within.chars().map(letter).collect()
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphabetic()).collect()
}

/// The fewest common words that make up all of it, if any do. Runs of keys count as words.
fn words_needed(text: &str, own: &HashSet<String>) -> Option<usize> {
    let all: Vec<char> = text.chars().collect();
    let mut best: Vec<Option<usize>> = vec![None; all.len() + 1];
    best[0] = Some(0);
    for from in 0..all.len() {
        let Some(so_far) = best[from] else { continue };
        for to in from + 3..=all.len() {
            let word: String = all[from..to].iter().collect();
            let known = COMMON.contains(word.as_str()) || own.contains(&word) || is_run(&word);
            if known && best[to].is_none_or(|n| n > so_far + 1) {
                best[to] = Some(so_far + 1);
            }
        }
    }
    best[all.len()]
}

fn is_run(word: &str) -> bool {
    let backwards: String = word.chars().rev().collect();
    let same = word.chars().all(|c| word.starts_with(c));
    same || word.len() >= 4 && RUNS.iter().any(|run| run.contains(word) || run.contains(&backwards))
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: [&str; 4] = ["Priya", "Nair-Okonkwo", "priya.nair", "Ashmere"];

    #[test]
    fn common_passwords_and_patterns_are_refused() {
        for password in [
            "password1234",
            "P@ssw0rd2026!",
            "!!Passw0rd!!",
            "Welcome12345",
            "Keyworker2026",
            "keyworker-keyworker",
            "manchesterunited",
            "liverpool1892!",
            "qwertyuiop12",
            "1qaz2wsx3edc",
            "abcdefghijkl",
            "zyxwvutsrqpo",
            "aaaaaaaaaaaa",
            "abcabcabcabc",
            "123456789012",
            "098765432109",
            "111122223333",
            "iloveyou-iloveyou",
            "September2026",
            "SocialWorker1!",
            "PriyaNair2026",
            "okonkwo.okonkwo.1",
            "ashmere-council",
            "correcthorsebatterystaple",
        ] {
            assert!(fault(password, &OWN).is_some(), "{password}");
        }
    }

    #[test]
    fn phrases_of_ones_own_are_accepted() {
        for password in [
            "seven wet otters",
            "purple kettle tram",
            "my dog eats left shoes",
            "xK4-vv9-Qm2-ss1",
            "ψυχή και σώμα ok",
            "كتاب على الطاولة",
            "🦔🦔 under the hedge",
            "velvet-crane-ninety",
            "zorbatomblick",
        ] {
            assert_eq!(fault(password, &OWN), None, "{password}");
        }
    }

    #[test]
    fn length_is_counted_in_characters() {
        assert!(fault("wet otters!", &OWN).is_some_and(|w| w.contains("at least 12")), "11");
        assert_eq!(fault("wet otters 4", &OWN), None, "12");
        let long =
            |n: usize| "wet otters go ".chars().cycle().enumerate().map(|(i, c)| if i == 50 { 'Z' } else { c }).take(n).collect::<String>();
        assert_eq!(fault(&long(128), &OWN), None);
        assert!(fault(&long(129), &OWN).is_some_and(|w| w.contains("128")));
    }

    #[test]
    fn the_list_is_a_few_thousand_words() {
        assert!(COMMON.len() > 1500, "{}", COMMON.len());
        assert!(COMMON.iter().all(|w| w.chars().all(|c| c.is_ascii_lowercase())));
    }
}
