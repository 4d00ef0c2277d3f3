//! What sort of file it is.

use returns::facts::{self, ReturnKind};
use serde::{Deserialize, Serialize};

/// The sorts of files that can be taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    People,
    Cin,
    Ssda903,
    Workforce,
    AnnexA,
}

/// One file as it was given: its name, which may tell its folder, and its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// What these files are, by their contents; a list of people is known by its header. Nothing where nobody can say.
pub fn recognise(sources: &[Source]) -> Option<Kind> {
    let first = sources.first()?;
    let of_return = facts::recognise(&first.borrowed()).map(|kind| match kind {
        ReturnKind::Cin => Kind::Cin,
        ReturnKind::Ssda903 => Kind::Ssda903,
        ReturnKind::Workforce => Kind::Workforce,
        ReturnKind::AnnexA => Kind::AnnexA,
    });
    of_return.or_else(|| is_people(first).then_some(Kind::People))
}

/// Its first line names an id and something that a list of people holds.
fn is_people(source: &Source) -> bool {
    let start: String = String::from_utf8_lossy(source.bytes.get(..4_000).unwrap_or(&source.bytes)).to_lowercase();
    let header: Vec<&str> = start.lines().next().unwrap_or_default().split([',', ';', '\t', '|']).map(tidy).collect();
    header.contains(&"id") && ["given_name", "surname", "dob", "nhs_no", "postcode"].iter().any(|column| header.contains(column))
}

fn tidy(cell: &str) -> &str {
    cell.trim_matches(|letter: char| letter.is_whitespace() || letter == '"' || letter == '\u{feff}')
}

impl Source {
    pub(super) fn borrowed(&self) -> returns::ssda903::Source<'_> {
        returns::ssda903::Source { name: &self.name, bytes: &self.bytes }
    }
}

impl Kind {
    pub const ALL: [Kind; 5] = [Kind::People, Kind::Cin, Kind::Ssda903, Kind::Workforce, Kind::AnnexA];

    /// As it is stored and written on the command line.
    pub fn code(self) -> &'static str {
        self.of_return().map_or("people", ReturnKind::code)
    }

    pub fn from_code(code: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.code() == code)
    }

    pub fn label(self) -> &'static str {
        self.of_return().map_or("List of people", ReturnKind::label)
    }

    /// Nothing for a list of people, which is no return.
    pub fn of_return(self) -> Option<ReturnKind> {
        match self {
            Kind::People => None,
            Kind::Cin => Some(ReturnKind::Cin),
            Kind::Ssda903 => Some(ReturnKind::Ssda903),
            Kind::Workforce => Some(ReturnKind::Workforce),
            Kind::AnnexA => Some(ReturnKind::AnnexA),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_found_by_their_codes_and_files_by_their_contents() {
        for kind in Kind::ALL {
            assert_eq!(Kind::from_code(kind.code()), Some(kind));
            assert_eq!(serde_json::to_string(&kind).unwrap(), format!("\"{}\"", kind.code()));
        }
        let cases: [(&str, Option<Kind>); 5] = [
            ("\u{feff}\"ID\",given_name,surname\n1,A,B\n", Some(Kind::People)),
            ("id,colour\n1,red\n", None),
            ("<Message><Header><CollectionDetails><Collection>CIN</Collection>", Some(Kind::Cin)),
            ("CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n1,1,01/01/2010,WBRI,,,\n", Some(Kind::Ssda903)),
            ("", None),
        ];
        for (text, expected) in cases {
            let source = Source { name: "x".into(), bytes: text.as_bytes().to_vec() };
            assert_eq!(recognise(&[source]), expected, "{text}");
        }
    }
}
