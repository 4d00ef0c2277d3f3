//! Names as people give them: any script, any length up to 200 letters, with what they like to be called.
//! Nothing is put in capitals, split or reordered, because names do not follow one country's rules. Letters that
//! nobody can see, or that turn the direction of what follows, are left out, so that a name cannot disguise another.

use crate::coded;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The longest given or family name that is kept, in characters.
pub const LONGEST: usize = 200;

coded! {
    /// What a name is or was to the person.
    pub enum NameUse {
        Current = "current", "Name now";
        Previous = "previous", "Name before";
        Birth = "birth", "Name at birth";
        Married = "married", "Married name";
        Alias = "alias", "Also known as";
        Preferred = "preferred", "Likes to be called";
    }
}

/// A person's name now. Either part may be empty: a baby may have no given name yet, some people have one name only.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Name {
    pub given: String,
    pub family: String,
    /// What they like to be called, where that differs from `given`.
    pub known_as: Option<String>,
}

/// Why a name was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NameProblem {
    TooLong { what: String, letters: usize },
}

impl Name {
    /// "Oluwaseun Adeyemi", or "Oluwaseun (Seun) Adeyemi" where another name is liked better; "Name not known"
    /// when there is nothing.
    pub fn display(&self) -> String {
        let liked = self.known_as.as_deref().filter(|liked| !liked.is_empty() && *liked != self.given);
        let liked = liked.map(|liked| if self.given.is_empty() { liked.to_owned() } else { format!("({liked})") });
        let parts = [Some(self.given.as_str()), liked.as_deref(), Some(self.family.as_str())];
        let parts: Vec<&str> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
        if parts.is_empty() { "Name not known".into() } else { parts.join(" ") }
    }

    /// Family name first, for lists that are sorted by it: "Adeyemi, Oluwaseun".
    pub fn family_first(&self) -> String {
        match (self.family.as_str(), self.given.as_str()) {
            ("", "") => "Name not known".into(),
            ("", only) | (only, "") => only.to_owned(),
            (family, given) => format!("{family}, {given}"),
        }
    }

    /// What to call them in a sentence: what they like, else the given name, else the family name.
    pub fn spoken(&self) -> &str {
        let choices = [self.known_as.as_deref().unwrap_or(""), &self.given, &self.family];
        choices.into_iter().find(|name| !name.is_empty()).unwrap_or("this person")
    }

    /// The display name cut to at most `letters` characters for a narrow place, with "…" where something is gone.
    pub fn shortened(&self, letters: usize) -> String {
        shortened(&self.display(), letters)
    }
}

/// One part of a name as typed: spaces made single, unseen and direction-turning characters left out.
pub fn read_name_part(what: &str, typed: &str) -> Result<String, NameProblem> {
    let seen: String = typed.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(|c| !unseen(*c)).collect();
    let part = seen.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let letters = part.chars().count();
    if letters > LONGEST {
        return Err(NameProblem::TooLong { what: what.into(), letters });
    }
    Ok(part)
}

impl fmt::Display for NameProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NameProblem::TooLong { what, letters } => {
                write!(f, "{what} must be {LONGEST} letters or fewer; this is {letters}")
            }
        }
    }
}

/// Zero-width joiners stay: emoji and several scripts need them.
fn unseen(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}' | '\u{00AD}')
}

/// Any text cut to at most `letters` characters, with "…" where something is gone; no letter is cut from its marks.
pub fn shortened(text: &str, letters: usize) -> String {
    if text.chars().count() <= letters {
        return text.to_owned();
    }
    let mut kept: Vec<char> = text.chars().take(letters.saturating_sub(1)).collect();
    let next = text.chars().nth(kept.len());
    if next.is_some_and(clings) {
        while kept.pop().is_some_and(clings) {}
    }
    while kept.last().is_some_and(|c| c.is_whitespace() || *c == '\u{200D}') {
        kept.pop();
    }
    kept.into_iter().chain(['…']).collect()
}

/// Marks that belong to the letter before them and must not be cut from it.
fn clings(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036F}' | '\u{064B}'..='\u{065F}' | '\u{200D}' | '\u{FE0E}' | '\u{FE0F}' | '\u{1F3FB}'..='\u{1F3FF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(given: &str, family: &str, known_as: Option<&str>) -> Name {
        Name { given: given.into(), family: family.into(), known_as: known_as.map(Into::into) }
    }

    #[test]
    fn shows_names() {
        for (given, family, liked, display, list, spoken) in [
            ("Tia", "Marlow", None, "Tia Marlow", "Marlow, Tia", "Tia"),
            ("Oluwaseun", "Adeyemi", Some("Seun"), "Oluwaseun (Seun) Adeyemi", "Adeyemi, Oluwaseun", "Seun"),
            ("Tia", "Marlow", Some("Tia"), "Tia Marlow", "Marlow, Tia", "Tia"),
            ("", "Marlow", None, "Marlow", "Marlow", "Marlow"),
            ("", "Marlow", Some("Bump"), "Bump Marlow", "Marlow", "Bump"),
            ("Sukarno", "", None, "Sukarno", "Sukarno", "Sukarno"),
            ("", "", None, "Name not known", "Name not known", "this person"),
            ("مريم", "حداد", None, "مريم حداد", "حداد, مريم", "مريم"),
        ] {
            let name = name(given, family, liked);
            assert_eq!((name.display(), name.family_first(), name.spoken()), (display.into(), list.into(), spoken));
        }
    }

    #[test]
    fn reads_what_was_typed() {
        let long = "x".repeat(200);
        for (typed, read) in [
            ("  Anne\u{a0} Marie\t", "Anne Marie"),
            ("O'Brien-Ó Súilleabháin", "O'Brien-Ó Súilleabháin"),
            ("👩‍👧 Sam", "👩‍👧 Sam"),
            ("Tia\u{202E}worlaM\u{0}", "TiaworlaM"),
            ("<b>Robert'); drop table</b>", "<b>Robert'); drop table</b>"),
            (long.as_str(), long.as_str()),
        ] {
            assert_eq!(read_name_part("Given name", typed), Ok(read.to_owned()));
        }
        let problem = read_name_part("Given name", &"é".repeat(201)).map_err(|p| p.to_string());
        assert_eq!(problem, Err("Given name must be 200 letters or fewer; this is 201".into()));
    }

    #[test]
    fn shortens_without_cutting_a_letter_in_two() {
        assert_eq!(name("Tia", "Marlow", None).shortened(10), "Tia Marlow");
        assert_eq!(name("Tia", "Marlow", None).shortened(5), "Tia…");
        assert_eq!(name("Tia", "Marlow", None).shortened(0), "…");
        assert_eq!(name("Ze\u{301}lie", "", None).shortened(3), "Z…");
        assert_eq!(name("a👩\u{200D}👧b", "", None).shortened(4), "a👩…");
    }
}
