//! What is known of somebody who is being looked for; any part may be wrong or missing, and names may have been given
//! in the wrong order.

use super::{born::Born, fold, known, known::Known, place::Place, spelling};
use crate::person::Sex;

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sought {
    /// Folded words of the given names; the first counts most.
    pub given: Vec<String>,
    /// Folded words of the family name.
    pub family: Vec<String>,
    pub born: Born,
    pub place: Option<Place>,
    pub sex: Option<Sex>,
    /// Identifiers and telephone numbers in their bare form.
    pub numbers: Vec<String>,
}

impl Sought {
    /// From the separate boxes of a form or the columns of a file; empty text is "not known".
    pub fn read(given: &str, family: &str, born: Born, postcode: &str) -> Sought {
        Sought { given: fold::words(given), family: fold::words(family), born, place: Place::read(postcode), ..Sought::default() }
    }

    pub fn with_sex(mut self, sex: Option<Sex>) -> Sought {
        self.sex = sex;
        self
    }

    pub fn with_number(mut self, typed: &str) -> Sought {
        self.numbers.extend(known::number(typed));
        self
    }

    /// Someone known, as if they were looked for: by their first name and first address.
    pub fn like(known: &Known) -> Sought {
        let name = known.names.first();
        Sought {
            given: name.map(|n| n.given.clone()).unwrap_or_default(),
            family: name.map(|n| n.family.clone()).unwrap_or_default(),
            born: known.born(),
            place: known.places.first().cloned(),
            sex: known.sex,
            numbers: known.numbers.clone(),
        }
    }

    /// Nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.given.is_empty() && self.family.is_empty() && self.born.is_unknown() && self.place.is_none() && self.numbers.is_empty()
    }

    /// Names, and nothing by which to tell apart those who share them.
    pub fn is_names_only(&self) -> bool {
        self.born.is_unknown() && self.place.is_none() && self.numbers.is_empty() && !self.is_empty()
    }

    /// The one word that was typed, when it is the only one.
    pub fn only_word(&self) -> Option<&str> {
        match (&self.given[..], &self.family[..]) {
            ([word], []) | ([], [word]) => Some(word),
            _ => None,
        }
    }

    /// For each word of three letters or more, the first and last of the words that begin so, in any order of the alphabet that
    /// a database may keep.
    pub fn beginnings(&self) -> Vec<(String, String)> {
        let words = self.family.iter().take(2).chain(self.given.iter().take(1));
        words
            .filter(|word| word.len() >= 3 && word.bytes().all(|b| b.is_ascii_uppercase()))
            .map(|word| (word.clone(), format!("{word}ZZZZZZ")))
            .collect()
    }

    /// The marks of every name word, by which the spellings near to it are found (see [`super::Lexicon`]).
    pub fn marks(&self) -> Vec<u64> {
        let words = self.family.iter().take(3).chain(self.given.iter().take(2));
        let mut marks: Vec<u64> = words.flat_map(|word| spelling::marks(word)).collect();
        marks.sort_unstable();
        marks.dedup();
        marks
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_beginning_is_a_run_of_words() {
        let sought = Sought::read("Jo", "Birtw", Born::default(), "");
        assert_eq!(sought.beginnings(), [("BIRTW".to_owned(), "BIRTWZZZZZZ".to_owned())]);
        assert!(sought.is_names_only() && sought.only_word().is_none());
        let (from, to) = Sought::read("", "Liz", Born::default(), "").beginnings()[0].clone();
        assert!(from.as_str() <= "LIZZIE" && "LIZZIE" < to.as_str() && to.as_str() < "LJ");
        assert_eq!(Sought::read("", "Ellie", Born::default(), "").only_word(), Some("ELLIE"));
        assert!(!Sought::read("", "Ellie", Born::default(), "ZZ1 4QP").is_names_only());
    }
}
