//! What the search knows of one person: every name they have or had, birth, addresses, numbers. It is made from the
//! record whenever that changes, and is kept beside it in one line of text, so that a candidate costs one read.
//! Confidential addresses are left out by whoever makes it: "same postcode" would give them away.

use super::{born::Born, fold, nickname, place::Place};
use crate::person::{Birth, NameUse, Sex};
use jiff::civil::Date;

/// A person as the search sees them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Known {
    pub names: Vec<KnownName>,
    pub birth: Birth,
    pub sex: Option<Sex>,
    /// Where they live and lived, the present address first.
    pub places: Vec<Place>,
    /// Identifiers and telephone numbers in their bare form.
    pub numbers: Vec<String>,
}

/// One name in the folded form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownName {
    pub standing: Standing,
    pub given: Vec<String>,
    pub family: Vec<String>,
}

/// Whether a name is the present one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standing {
    Present,
    Former,
    AlsoKnownAs,
}

impl From<NameUse> for Standing {
    fn from(of: NameUse) -> Standing {
        match of {
            NameUse::Current => Standing::Present,
            NameUse::Previous | NameUse::Birth => Standing::Former,
            NameUse::Married | NameUse::Alias | NameUse::Preferred => Standing::AlsoKnownAs,
        }
    }
}

impl KnownName {
    pub fn read(standing: Standing, given: &str, family: &str) -> KnownName {
        KnownName { standing, given: fold::words(given), family: fold::words(family) }
    }
}

/// A number as it is compared: letters and digits only, capitals; a British telephone number begins with 0.
pub fn number(typed: &str) -> Option<String> {
    let mut bare: String = typed.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_uppercase();
    let trimmed = typed.trim_start();
    if trimmed.starts_with("+44") || (bare.starts_with("0044") && bare.len() >= 13) {
        let country = if trimmed.starts_with('+') { 2 } else { 4 };
        bare = format!("0{}", bare[country..].trim_start_matches('0'));
    }
    (bare.len() >= 2).then_some(bare)
}

const FIELD: char = '\u{1F}';
const ITEM: char = '\u{1E}';
const PART: char = '\u{1D}';

impl Known {
    /// The part of the birth that can be compared.
    pub fn born(&self) -> Born {
        match self.birth {
            Birth::BornOn(on) | Birth::About(on) | Birth::ExpectedOn(on) => Born::on(on),
            Birth::NotKnown => Born::default(),
        }
    }

    /// Whether some name of theirs is this word, begins with it, or is a short form of it.
    pub fn has_a_name_like(&self, word: &str) -> bool {
        self.names.iter().any(|name| {
            let begins = |other: &String| other.starts_with(word);
            name.family.iter().any(begins) || name.given.iter().any(|given| begins(given) || nickname::alike(given, word))
        })
    }

    /// One line that [`Known::read_line`] reads again.
    pub fn line(&self) -> String {
        let names: Vec<String> = self.names.iter().map(name_line).collect();
        let places: Vec<&str> = self.places.iter().map(Place::as_str).collect();
        let item = String::from(ITEM);
        let fields = [
            birth_line(self.birth),
            self.sex.map(|s| s.code()).unwrap_or_default().to_owned(),
            names.join(&item),
            places.join(&item),
            self.numbers.join(&item),
        ];
        fields.join(&String::from(FIELD))
    }

    /// What a line says; parts that are not understood are left out.
    pub fn read_line(line: &str) -> Known {
        let mut fields = line.split(FIELD);
        let mut next = || fields.next().unwrap_or_default();
        let (birth, sex, names, places, numbers) = (next(), next(), next(), next(), next());
        Known {
            birth: read_birth(birth),
            sex: Sex::from_code(sex),
            names: names.split(ITEM).filter_map(read_name).collect(),
            places: places.split(ITEM).filter_map(Place::read).collect(),
            numbers: numbers.split(ITEM).filter(|n| !n.is_empty()).map(str::to_owned).collect(),
        }
    }
}

fn birth_line(birth: Birth) -> String {
    match birth {
        Birth::BornOn(on) => format!("b{on}"),
        Birth::About(on) => format!("a{on}"),
        Birth::ExpectedOn(on) => format!("e{on}"),
        Birth::NotKnown => String::new(),
    }
}

fn read_birth(text: &str) -> Birth {
    let Some((kind, Ok(on))) = text.split_at_checked(1).map(|(kind, on)| (kind, on.parse::<Date>())) else {
        return Birth::NotKnown;
    };
    match kind {
        "a" => Birth::About(on),
        "e" => Birth::ExpectedOn(on),
        _ => Birth::BornOn(on),
    }
}

fn name_line(name: &KnownName) -> String {
    let standing = match name.standing {
        Standing::Present => "p",
        Standing::Former => "f",
        Standing::AlsoKnownAs => "k",
    };
    format!("{standing}{}{PART}{}", name.given.join(" "), name.family.join(" "))
}

fn read_name(text: &str) -> Option<KnownName> {
    let (standing, parts) = text.split_at_checked(1)?;
    let (given, family) = parts.split_once(PART)?;
    let words = |part: &str| part.split(' ').filter(|w| !w.is_empty()).map(str::to_owned).collect();
    let standing = match standing {
        "p" => Standing::Present,
        "f" => Standing::Former,
        _ => Standing::AlsoKnownAs,
    };
    Some(KnownName { standing, given: words(given), family: words(family) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_line_is_read_again_as_it_was() {
        let mut known = Known {
            names: vec![
                KnownName::read(Standing::Present, "Mary Ann", "O'Brien-Smith"),
                KnownName::read(Standing::Former, "", "Marlow"),
                KnownName::read(Standing::AlsoKnownAs, "مريم", ""),
            ],
            birth: Birth::BornOn(date(2012, 4, 3)),
            sex: Some(Sex::Female),
            places: ["ZZ1 4QP", "ZZ2"].iter().filter_map(|p| Place::read(p)).collect(),
            numbers: vec!["9990000018".into()],
        };
        for birth in [known.birth, Birth::About(date(1950, 1, 1)), Birth::ExpectedOn(date(2027, 3, 3)), Birth::NotKnown] {
            known.birth = birth;
            assert_eq!(Known::read_line(&known.line()), known);
        }
        assert_eq!(Known::read_line(&Known::default().line()), Known::default());
        assert_eq!(Known::read_line("nonsense"), Known::default());
    }

    #[test]
    fn numbers_are_bare() {
        for (typed, expected) in [
            ("999 000 0018", Some("9990000018")),
            ("+44 7700 900123", Some("07700900123")),
            ("+44 (0)1632 960123", Some("01632960123")),
            ("0044 7700 900123", Some("07700900123")),
            ("h801-2000 01001", Some("H801200001001")),
            (" ", None),
        ] {
            assert_eq!(number(typed).as_deref(), expected, "{typed}");
        }
    }
}
