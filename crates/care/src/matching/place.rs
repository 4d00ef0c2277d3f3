//! Postcodes as people remember and mistype them, and how much alike two are. A postcode that has not the shape of
//! one is still compared letter by letter; part of one ("ZZ1", "ZZ1 4") counts as far as it goes.
//! Leaves out: where places are; two postcodes are near only when they share their first part.

use super::spelling::slips;
use crate::person::Postcode;

/// Letters and digits without a space, as far as they were given.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Place(String);

/// How much alike two postcodes are, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlaceLikeness {
    Same,
    OneSlip,
    /// "ZZ1 4" is the same.
    SameSector,
    /// "ZZ1" is the same.
    SameDistrict,
    /// "ZZ" is the same.
    SameArea,
    Unlike,
    NotKnown,
}

impl Place {
    /// Anything with at least two letters or digits; empty text is no place.
    pub fn read(typed: &str) -> Option<Place> {
        if let Some(postcode) = Postcode::read(typed) {
            return Some(Place(postcode.as_str().replace(' ', "")));
        }
        let text: String = typed.chars().filter(char::is_ascii_alphanumeric).take(10).collect();
        (text.len() >= 2).then(|| Place(text.to_ascii_uppercase()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it has the length of a whole postcode; shorter ones are parts.
    pub fn is_whole(&self) -> bool {
        self.0.len() >= 5
    }

    pub fn compare(&self, other: &Place) -> PlaceLikeness {
        if self.0 == other.0 {
            return PlaceLikeness::Same;
        }
        if !self.is_whole() || !other.is_whole() {
            return self.compare_part(other);
        }
        if slips(&self.0, &other.0, 1).is_some() {
            return PlaceLikeness::OneSlip;
        }
        let (one, two) = (self.split(), other.split());
        match () {
            () if one.0 == two.0 && one.1[..1] == two.1[..1] => PlaceLikeness::SameSector,
            () if one.0 == two.0 => PlaceLikeness::SameDistrict,
            () if area(one.0) == area(two.0) => PlaceLikeness::SameArea,
            () => PlaceLikeness::Unlike,
        }
    }

    fn compare_part(&self, other: &Place) -> PlaceLikeness {
        let (part, whole) = if self.0.len() < other.0.len() { (self, other) } else { (other, self) };
        let (outward, inward) = whole.split();
        match () {
            () if part.0 == outward => PlaceLikeness::SameDistrict,
            () if whole.is_whole() && part.0 == format!("{outward}{}", &inward[..1]) => PlaceLikeness::SameSector,
            () if area(&part.0) == area(outward) => PlaceLikeness::SameArea,
            () => PlaceLikeness::Unlike,
        }
    }

    /// The other postcodes that a mistyped one may have been, likeliest first, itself left out.
    pub fn mistyped(&self) -> Vec<Place> {
        if !self.is_whole() {
            return Vec::new();
        }
        let letters: Vec<u8> = self.0.bytes().collect();
        let mut near = Vec::new();
        for at in 0..letters.len() - 1 {
            let mut swapped = letters.clone();
            swapped.swap(at, at + 1);
            near.push(swapped);
        }
        for at in 0..letters.len() {
            near.extend(others(letters[at], letters.len() - at).map(|other| {
                let mut changed = letters.clone();
                changed[at] = other;
                changed
            }));
        }
        for at in 0..letters.len() {
            near.push(letters.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, b)| *b).collect());
        }
        for digit in b'0'..=b'9' {
            let at = letters.len() - 3;
            near.push([&letters[..at], &[digit], &letters[at..]].concat());
        }
        near.sort_unstable();
        near.dedup();
        near.into_iter().filter(|n| *n != letters).filter_map(|n| String::from_utf8(n).ok()).map(Place).collect()
    }

    /// The first and the last postcode of a district, where no more is given.
    pub fn ends_of_district(&self) -> Option<(Place, Place)> {
        let whole = |inward: &str| Postcode::read(&format!("{}{inward}", self.0)).map(|p| Place(p.as_str().replace(' ', "")));
        whole("0AA").zip(whole("9ZZ")).filter(|_| !self.is_whole())
    }

    fn split(&self) -> (&str, &str) {
        if self.is_whole() { self.0.split_at(self.0.len() - 3) } else { (&self.0, "") }
    }
}

fn area(outward: &str) -> &str {
    outward.split(|c: char| c.is_ascii_digit()).next().unwrap_or(outward)
}

/// What may stand instead of one letter or digit: digits for a digit, and the letters in use for one of the last two.
fn others(letter: u8, from_the_end: usize) -> impl Iterator<Item = u8> {
    const LAST_LETTERS: &[u8] = b"ABDEFGHJLNPQRSTUWXYZ";
    const DIGITS: &[u8] = b"0123456789";
    let instead: &[u8] = match (letter.is_ascii_digit(), from_the_end) {
        (true, _) => DIGITS,
        (false, 1 | 2) => LAST_LETTERS,
        _ => b"",
    };
    instead.iter().copied().filter(move |other| *other != letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compares() {
        use PlaceLikeness::*;
        for (one, other, expected) in [
            ("ZZ1 4QP", "zz14qp", Same),
            ("ZZ1 4QP", "ZZ1 4QR", OneSlip),
            ("ZZ1 4QP", "ZZ4 1QP", OneSlip),
            ("ZZ1 4QP", "ZZ12 4QP", OneSlip),
            ("ZZ1 4QP", "Z1 4QP", OneSlip),
            ("ZZ1 4QP", "ZZ1 4AB", SameSector),
            ("ZZ1 4QP", "ZZ1 8AB", SameDistrict),
            ("ZZ1 4QP", "ZZ9 8AB", SameArea),
            ("ZZ1 4QP", "ZY9 8AB", Unlike),
            ("ZZ1", "ZZ1 4QP", SameDistrict),
            ("ZZ14", "ZZ1 4QP", SameSector),
            ("ZZ", "ZZ1 4QP", SameArea),
            ("ZZ", "ZZ1", SameArea),
            ("ZX2", "ZZ1 4QP", Unlike),
        ] {
            let (Some(a), Some(b)) = (Place::read(one), Place::read(other)) else { panic!("{one} {other}") };
            assert_eq!(a.compare(&b), expected, "{one} {other}");
            assert_eq!(b.compare(&a), expected, "{other} {one}");
        }
        assert_eq!(Place::read("?"), None);
    }

    #[test]
    fn a_mistyped_postcode_is_among_those_to_look_up() {
        let near: Vec<String> = Place::read("ZZ1 4QP").map(|p| p.mistyped()).unwrap_or_default().into_iter().map(|p| p.0).collect();
        for postcode in ["ZZ14PQ", "ZZ14QA", "ZZ19QP", "ZZ24QP", "ZZ124QP", "Z1Z4QP", "ZZ41QP", "ZZ1QP"] {
            assert!(near.iter().any(|n| n == postcode), "{postcode}");
        }
        assert!(near.len() < 100, "{}", near.len());
        assert!(Place::read("ZZ1").is_some_and(|p| p.mistyped().is_empty()));
    }
}
