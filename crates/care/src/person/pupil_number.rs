//! Two numbers of a child: the unique pupil number that a school gives (a check letter and twelve characters, the
//! last of which is a letter while it is temporary; Department for Education, "Unique pupil numbers"), and this
//! authority's own number, which the statutory returns carry in at most ten letters and digits.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A unique pupil number whose check letter is right.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PupilNumber(String);

/// This authority's number for a child.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ChildNumber(String);

/// Why a typed number is queried. It may still be kept as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PupilNumberQuery {
    NotThirteen { letters: usize },
    Shape,
    CheckLetter { expected: char },
}

/// Letters in the order of their value; I, O and S are left out because they look like digits.
const LETTERS: &[u8; 23] = b"ABCDEFGHJKLMNPQRTUVWXYZ";

impl PupilNumber {
    pub fn read(typed: &str) -> Result<PupilNumber, PupilNumberQuery> {
        let text: String = typed.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).collect();
        let letters = text.chars().count();
        if letters != 13 {
            return Err(PupilNumberQuery::NotThirteen { letters });
        }
        let bytes = text.as_bytes();
        let values: Option<Vec<usize>> = bytes.iter().skip(1).enumerate().map(|(place, b)| value(*b, place)).collect();
        let (Some(values), true) = (values, letter_value(bytes[0]).is_some()) else {
            return Err(PupilNumberQuery::Shape);
        };
        let sum: usize = values.iter().zip(2..).map(|(value, weight)| value * weight).sum();
        let expected = LETTERS[sum % 23];
        if bytes[0] != expected {
            return Err(PupilNumberQuery::CheckLetter { expected: char::from(expected) });
        }
        Ok(PupilNumber(text))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A number that a school gave for the time being ends in a letter.
    pub fn is_temporary(&self) -> bool {
        self.0.ends_with(|c: char| c.is_ascii_alphabetic())
    }
}

impl ChildNumber {
    /// The number as this authority writes it; the error says why the returns would refuse it.
    pub fn read(typed: &str) -> Result<ChildNumber, &'static str> {
        let text = typed.trim();
        if text.is_empty() {
            return Err("Enter the child's number");
        }
        if text.chars().count() > 10 {
            return Err("The child's number must have 10 letters and digits or fewer");
        }
        if !text.chars().all(|c| c.is_ascii_alphanumeric()) {
            return Err("The child's number must have letters and digits only");
        }
        Ok(ChildNumber(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PupilNumberQuery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PupilNumberQuery::NotThirteen { letters } => {
                write!(f, "A unique pupil number has 13 letters and digits; this has {letters}")
            }
            PupilNumberQuery::Shape => {
                write!(f, "A unique pupil number is a letter followed by 12 digits")
            }
            PupilNumberQuery::CheckLetter { expected } => {
                write!(f, "The first letter of this unique pupil number should be {expected}. Check it for a slip")
            }
        }
    }
}

/// Only the last place may hold a letter.
fn value(byte: u8, place: usize) -> Option<usize> {
    match byte {
        b'0'..=b'9' => Some(usize::from(byte - b'0')),
        _ if place == 11 => letter_value(byte),
        _ => None,
    }
}

fn letter_value(byte: u8) -> Option<usize> {
    LETTERS.iter().position(|letter| *letter == byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 8×2 + 0×3 + 1×4 + 2×5 + 0×6 + 0×7 + 0×8 + 0×9 + 1×10 + 0×11 + 0×12 + 1×13 = 53, which leaves 7: H.
    #[test]
    fn checks_the_first_letter() {
        for (typed, expected) in [
            ("H801200001001", Ok(())),
            ("h801 2000 01001", Ok(())),
            ("A801200001001", Err(PupilNumberQuery::CheckLetter { expected: 'H' })),
            ("H80120000100", Err(PupilNumberQuery::NotThirteen { letters: 12 })),
            ("8801200001001", Err(PupilNumberQuery::Shape)),
            ("H80120000100I", Err(PupilNumberQuery::Shape)),
            ("H8012X0001001", Err(PupilNumberQuery::Shape)),
            ("é801200001001", Err(PupilNumberQuery::Shape)),
        ] {
            assert_eq!(PupilNumber::read(typed).map(|_| ()), expected, "{typed}");
        }
        // The last place weighs 13: B is worth 1 as the digit 1 is, so the check letter stays.
        let temporary = PupilNumber::read("H80120000100B").map(|n| n.is_temporary());
        assert_eq!(temporary, Ok(true));
    }

    #[test]
    fn reads_the_authoritys_own_number() {
        assert_eq!(ChildNumber::read(" 0012345 ").map(|n| n.as_str().to_owned()), Ok("0012345".into()));
        assert!(ChildNumber::read("").is_err());
        assert!(ChildNumber::read("12345678901").is_err());
        assert!(ChildNumber::read("12-34").is_err());
    }
}
