//! A postcode in the one form in which it is stored and compared: capitals, one space before the last three
//! characters. O and I typed for 0 and 1 are mended only where a digit must stand.
//! Leaves out: whether the postcode exists, and where it is.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A postcode of the right shape, "ZZ1 4QP".
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Postcode(String);

impl Postcode {
    /// `None` when it has not the shape of a postcode; the caller keeps what was typed and marks it unverified.
    pub fn read(typed: &str) -> Option<Postcode> {
        let text: String = typed.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_uppercase();
        if !(5..=7).contains(&text.len()) {
            return None;
        }
        let (outward, inward) = text.split_at(text.len() - 3);
        let inward = digit(inward.chars().next()?).to_string() + &inward[1..];
        let outward = mended(outward)?;
        inward_fits(&inward).then(|| Postcode(format!("{outward} {inward}")))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part before the space: "ZZ1".
    pub fn district(&self) -> &str {
        self.0.split(' ').next().unwrap_or(&self.0)
    }

    /// The district with the next digit: "ZZ1 4".
    pub fn sector(&self) -> &str {
        &self.0[..self.0.len() - 2]
    }
}

impl fmt::Display for Postcode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The outward part as it is, or with O and I read as digits in the place after the area's letters.
fn mended(outward: &str) -> Option<String> {
    let letters: Vec<char> = outward.chars().collect();
    (1..letters.len())
        .flat_map(|from| {
            let mended = letters.iter().enumerate().map(|(i, c)| if i >= from { digit(*c) } else { *c }).collect();
            let first_only = letters.iter().enumerate().map(|(i, c)| if i == from { digit(*c) } else { *c }).collect();
            [letters.iter().collect::<String>(), first_only, mended]
        })
        .find(|candidate| outward_fits(candidate))
}

fn digit(c: char) -> char {
    match c {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    }
}

/// A9, A99, AA9, AA99, A9A, AA9A.
fn outward_fits(outward: &str) -> bool {
    let shape: String = outward.chars().map(|c| if c.is_ascii_digit() { '9' } else { 'A' }).collect();
    matches!(shape.as_str(), "A9" | "A99" | "AA9" | "AA99" | "A9A" | "AA9A") || outward == "GIR"
}

fn inward_fits(inward: &str) -> bool {
    let mut characters = inward.chars();
    characters.next().is_some_and(|c| c.is_ascii_digit()) && characters.all(|c| c.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_postcodes() {
        for (typed, expected) in [
            ("zz14qp", Some("ZZ1 4QP")),
            (" ZZ1  4QP. ", Some("ZZ1 4QP")),
            ("ZZ124QP", Some("ZZ12 4QP")),
            ("z1 4qp", Some("Z1 4QP")),
            ("Z1A 4QP", Some("Z1A 4QP")),
            ("ZZ1A 4QP", Some("ZZ1A 4QP")),
            ("ZZl OQP", Some("ZZ1 0QP")),
            ("ZZIO 4QP", Some("ZZ10 4QP")),
            ("GIR 0AA", Some("GIR 0AA")),
            ("ZZ1 QPP", None),
            ("1Z1 4QP", None),
            ("ZZ1", None),
            ("", None),
            ("ZZ12345 6AB", None),
            ("éé1 4QP", None),
        ] {
            assert_eq!(Postcode::read(typed).map(|p| p.to_string()).as_deref(), expected, "{typed}");
        }
        let parts = Postcode::read("ZZ12 4QP").map(|p| (p.district().to_owned(), p.sector().to_owned()));
        assert_eq!(parts, Some(("ZZ12".into(), "ZZ12 4".into())));
    }
}
