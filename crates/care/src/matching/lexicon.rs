//! The names that the records hold, as far as one search needs them: how common each is, so that agreeing on a rare
//! name counts for more than agreeing on a common one, and which of them are near to what was typed, so that a
//! misspelt name is looked up as the names it may have been.

use super::{nickname, sound::Sound, spelling};
use std::collections::HashMap;

/// One name word with how many people have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spelling {
    pub word: String,
    pub as_given: u32,
    pub as_family: u32,
}

/// In which part of a name a word stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    Given,
    Family,
}

#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    population: f64,
    words: HashMap<String, (u32, u32)>,
}

/// A name that the lexicon lacks counts as one that so many in a million have.
const UNLISTED_GIVEN: f64 = 1500.0;
const UNLISTED_FAMILY: f64 = 300.0;

impl Lexicon {
    pub fn new(population: u64, spellings: impl IntoIterator<Item = Spelling>) -> Lexicon {
        let words = spellings.into_iter().map(|s| (s.word, (s.as_given, s.as_family))).collect();
        Lexicon { population: population as f64, words }
    }

    /// How many people there are to be found, never less than 1,000 so that a small file does not make rash claims.
    pub fn population(&self) -> f64 {
        self.population.max(1000.0)
    }

    /// How much it tells to agree on this word, in bits: 10 when one in 1,024 has it.
    pub fn rarity(&self, word: &str, part: Part) -> f64 {
        let unlisted = match part {
            Part::Given => UNLISTED_GIVEN,
            Part::Family => UNLISTED_FAMILY,
        } / 1e6;
        self.rarity_if_listed(word, part).unwrap_or_else(|| -unlisted.log2())
    }

    /// The same for a word that somebody has; `None` for one that nobody has.
    pub fn rarity_if_listed(&self, word: &str, part: Part) -> Option<f64> {
        let (given, family) = self.words.get(word)?;
        let people = if part == Part::Given { *given } else { *family };
        let share = (f64::from(people) + 2.0) / self.population();
        (people > 0).then(|| -share.clamp(0.000_02, 0.2).log2())
    }

    /// The sounds of the commonest words of that part that begin so, the whole word first; at most `most`.
    pub fn begun(&self, beginning: &str, part: Part, most: usize) -> Vec<Sound> {
        let people = |(given, family): &(u32, u32)| if part == Part::Given { *given } else { *family };
        let begins =
            |(word, _): &(&String, &(u32, u32))| word.starts_with(beginning) || part == Part::Given && nickname::alike(word, beginning);
        let mut words: Vec<(&String, u32)> =
            self.words.iter().filter(begins).map(|(word, counts)| (word, people(counts))).filter(|(_, n)| *n > 0).collect();
        words.sort_unstable_by(|a, b| (a.0 != beginning, b.1, a.0).cmp(&(b.0 != beginning, a.1, b.0)));
        let mut sounds: Vec<Sound> = Vec::new();
        for sound in words.into_iter().flat_map(|(word, _)| own_sounds(word, part)) {
            if !sounds.contains(&sound) {
                sounds.push(sound);
            }
        }
        sounds.truncate(most);
        sounds
    }

    /// The sounds to look a word up by, itself first, then the nearest and commonest words of that part; at most `most`.
    pub fn sounds(&self, word: &str, part: Part, most: usize) -> Vec<Sound> {
        let mut sounds = own_sounds(word, part);
        let mut near: Vec<(usize, u32, &str)> = self
            .words
            .iter()
            .map(|(near, (given, family))| (near, if part == Part::Given { *given } else { *family }))
            .filter(|(near, people)| *people > 0 && *near != word)
            .filter_map(|(near, people)| Some((spelling::slips(word, near, 2)?, people, near.as_str())))
            .collect();
        near.sort_unstable_by(|a, b| (a.0, b.1, a.2).cmp(&(b.0, a.1, b.2)));
        for (_, _, word) in near {
            for sound in own_sounds(word, part) {
                if !sounds.contains(&sound) {
                    sounds.push(sound);
                }
            }
        }
        sounds.truncate(most);
        sounds
    }
}

/// The sound of a word and, for a given name, of the full forms that it may stand for.
fn own_sounds(word: &str, part: Part) -> Vec<Sound> {
    let forms = match part {
        Part::Given => nickname::formal(word),
        Part::Family => vec![word],
    };
    let mut sounds: Vec<Sound> = Vec::with_capacity(forms.len());
    for sound in forms.iter().map(|form| Sound::of(form)) {
        if !sounds.contains(&sound) {
            sounds.push(sound);
        }
    }
    sounds
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lexicon() -> Lexicon {
        let spelling = |word: &str, as_given, as_family| Spelling { word: word.into(), as_given, as_family };
        Lexicon::new(
            1_000_000,
            [spelling("SMITH", 3, 10_000), spelling("SMART", 0, 900), spelling("SMIRTH", 0, 4), spelling("ROBERT", 9_000, 50)],
        )
    }

    #[test]
    fn rare_names_tell_more() {
        let lexicon = lexicon();
        let smith = lexicon.rarity("SMITH", Part::Family);
        assert!((6.0..7.0).contains(&smith), "{smith}");
        assert!(lexicon.rarity("SMART", Part::Family) > smith);
        assert!(lexicon.rarity("SMITH", Part::Given) > 14.0);
        assert!((11.0..12.0).contains(&lexicon.rarity("MARLOW", Part::Family)));
    }

    #[test]
    fn a_misspelt_name_is_looked_up_as_those_it_may_have_been() {
        let lexicon = lexicon();
        for (typed, part, expected) in [
            ("SNITH", Part::Family, vec!["SNITH", "SMITH", "SMIRTH"]),
            ("SMITH", Part::Family, vec!["SMITH", "SMIRTH"]),
            ("BOB", Part::Given, vec!["BOB", "ROBERT"]),
            ("ROBEST", Part::Given, vec!["ROBEST", "ROBERT"]),
        ] {
            let sounds = lexicon.sounds(typed, part, 3);
            let expected: Vec<Sound> = expected.into_iter().map(Sound::of).collect();
            assert_eq!(sounds, expected, "{typed}");
        }
        assert_eq!(lexicon.sounds("SNITH", Part::Family, 1).len(), 1);
    }

    #[test]
    fn a_beginning_stands_for_the_names_that_begin_so() {
        let lexicon = lexicon();
        let sounds = |words: &[&str]| -> Vec<Sound> { words.iter().map(|word| Sound::of(word)).collect() };
        assert_eq!(lexicon.begun("SM", Part::Family, 3), sounds(&["SMITH", "SMART"]));
        assert_eq!(lexicon.begun("SMIRTH", Part::Family, 3), sounds(&["SMIRTH"]));
        assert_eq!(lexicon.begun("BOB", Part::Given, 3), sounds(&["ROBERT"]));
        assert_eq!(lexicon.begun("SMA", Part::Given, 3), []);
    }
}
