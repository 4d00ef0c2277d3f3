//! How much alike two name words are, in the words of someone who compares them by eye.

use super::{lexicon::Part, nickname, sound::Sound, spelling};

/// The best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Likeness {
    Same,
    /// One is a short form of the other, or both of one name.
    ShortForm,
    OneSlip,
    SoundsAlike,
    /// One begins as the other, as in a name cut short.
    BeginsAlike,
    Initial,
    TwoSlips,
    Unlike,
    NotKnown,
}

/// Two folded words of one part of a name.
pub fn compare(one: &str, other: &str, part: Part) -> Likeness {
    let lengths = (one.chars().count(), other.chars().count());
    let shorter = lengths.0.min(lengths.1);
    if one == other {
        return Likeness::Same;
    }
    if shorter == 1 {
        return if one.chars().next() == other.chars().next() { Likeness::Initial } else { Likeness::Unlike };
    }
    if part == Part::Given && nickname::alike(one, other) {
        return Likeness::ShortForm;
    }
    let slips = spelling::slips(one, other, 2);
    if slips == Some(1) && shorter >= 3 {
        return Likeness::OneSlip;
    }
    match (Sound::of(one) == Sound::of(other), slips) {
        (true, Some(2)) if shorter >= 4 => return Likeness::OneSlip,
        (true, _) => return Likeness::SoundsAlike,
        (false, _) => {}
    }
    if shorter >= 3 && (one.starts_with(other) || other.starts_with(one)) {
        return Likeness::BeginsAlike;
    }
    let begins_the_same = one.chars().next() == other.chars().next();
    match slips {
        Some(2) if shorter >= 5 || (shorter == 4 && begins_the_same) => Likeness::TwoSlips,
        _ => Likeness::Unlike,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compares_words() {
        use Likeness::*;
        for (one, other, part, expected) in [
            ("SMITH", "SMITH", Part::Family, Same),
            ("SMITH", "SMYTH", Part::Family, OneSlip),
            ("SMITH", "SMYTHE", Part::Family, OneSlip),
            ("HUSSAIN", "HUSEIN", Part::Family, OneSlip),
            ("CHOUDHURY", "CHAUDHRY", Part::Family, OneSlip),
            ("LEIGH", "LEE", Part::Family, SoundsAlike),
            ("BOB", "ROBERT", Part::Given, ShortForm),
            ("BOB", "ROBERT", Part::Family, Unlike),
            ("ALEXANDER", "ALEXAN", Part::Family, BeginsAlike),
            ("JOHNSON", "JOHNSTONE", Part::Family, TwoSlips),
            ("J", "JOHN", Part::Given, Initial),
            ("K", "JOHN", Part::Given, Unlike),
            ("JON", "JAN", Part::Family, OneSlip),
            ("مريم", "مريمة", Part::Given, OneSlip),
            ("TIA", "SAM", Part::Given, Unlike),
        ] {
            assert_eq!(compare(one, other, part), expected, "{one} {other}");
            assert_eq!(compare(other, one, part), expected, "{other} {one}");
        }
    }
}
