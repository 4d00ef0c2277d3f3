//! The NHS number: ten digits whose last is a check digit, reckoned modulo 11 (NHS Data Dictionary, "NHS number").
//! At entry a number that fails is queried, and may be kept unverified; an import keeps it and flags it.
//! Leaves out: tracing a number with the NHS.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Ten digits with a right check digit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct NhsNumber(String);

/// Why a typed number is kept as typed and marked unverified.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NumberQuery {
    NotTenDigits { digits: usize },
    OtherCharacters,
    CheckDigit,
}

impl NhsNumber {
    /// The number, with or without spaces and hyphens.
    pub fn read(typed: &str) -> Result<NhsNumber, NumberQuery> {
        let digits: String = typed.chars().filter(|c| !c.is_whitespace() && !"-–".contains(*c)).collect();
        if !digits.chars().all(|c| c.is_ascii_digit()) {
            return Err(NumberQuery::OtherCharacters);
        }
        if digits.len() != 10 {
            return Err(NumberQuery::NotTenDigits { digits: digits.len() });
        }
        if check_digit(&digits) { Ok(NhsNumber(digits)) } else { Err(NumberQuery::CheckDigit) }
    }

    /// The ten digits without spaces.
    pub fn digits(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for NhsNumber {
    /// Three, three and four, as it is printed and read out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", &self.0[..3], &self.0[3..6], &self.0[6..])
    }
}

impl fmt::Display for NumberQuery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NumberQuery::NotTenDigits { digits } => {
                write!(f, "An NHS number has 10 digits; this has {digits}")
            }
            NumberQuery::OtherCharacters => write!(f, "An NHS number has digits only"),
            NumberQuery::CheckDigit => {
                write!(f, "This cannot be an NHS number: its last digit does not fit the others. Check it for a slip")
            }
        }
    }
}

/// Weights ten down to two; eleven less the remainder, where eleven stands for nought and ten is never issued.
/// Ten equal digits pass the sum but are never a person's.
fn check_digit(digits: &str) -> bool {
    let values: Vec<u32> = digits.bytes().map(|b| u32::from(b - b'0')).collect();
    let sum: u32 = values.iter().zip((2..=10).rev()).map(|(value, weight)| value * weight).sum();
    let check = (11 - sum % 11) % 11;
    check != 10 && values.last() == Some(&check) && values.iter().any(|value| *value != values[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers from 999 000 0000 on are kept for tests and never issued.
    #[test]
    fn checks_the_last_digit() {
        for (typed, expected) in [
            ("999 000 0018", Ok("999 000 0018")),
            ("9990000026", Ok("999 000 0026")),
            ("999-000-0034", Ok("999 000 0034")),
            ("999 000 0019", Err(NumberQuery::CheckDigit)),
            ("999 000 0081", Err(NumberQuery::CheckDigit)),
            ("0000000000", Err(NumberQuery::CheckDigit)),
            ("1111111111", Err(NumberQuery::CheckDigit)),
            ("999 000 001", Err(NumberQuery::NotTenDigits { digits: 9 })),
            ("", Err(NumberQuery::NotTenDigits { digits: 0 })),
            ("999 OOO 0018", Err(NumberQuery::OtherCharacters)),
            ("٩٩٩ ٠٠٠ ٠٠١٨", Err(NumberQuery::OtherCharacters)),
        ] {
            assert_eq!(NhsNumber::read(typed).map(|n| n.to_string()), expected.map(String::from), "{typed}");
        }
    }

    /// A single wrong digit is always found, as the reckoning promises.
    #[test]
    fn finds_every_single_slip() {
        for place in 0..10 {
            for digit in b'0'..=b'9' {
                let mut slip = *b"9990000018";
                if slip[place] == digit {
                    continue;
                }
                slip[place] = digit;
                let typed = String::from_utf8_lossy(&slip).into_owned();
                assert_eq!(NhsNumber::read(&typed), Err(NumberQuery::CheckDigit), "{typed}");
            }
        }
    }
}
