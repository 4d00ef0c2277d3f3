//! Search keys: numbers under which a person is filed, so that whoever fits an enquiry is found by looking a few up.
//! A key has two halves: what must agree (a name by its sound, or nothing), and in what order the rest stands (a day, a
//! postcode). People whose dates or postcodes are near therefore lie side by side in the table, a mistaken digit costs
//! no more than a look at the same page, and part of a date or postcode is a run of keys.
//!
//! Keys are stored: changing how one is made needs [`GENERATION`] raised, which makes the store file everybody again.

use super::{
    hash::Hasher,
    known::{Known, KnownName},
    nickname,
    place::Place,
    sound::Sound,
};

/// Raised whenever the same person would be filed under other keys.
pub const GENERATION: i64 = 1;

/// One search key, as stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(pub i64);

/// A run of keys, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Run {
    pub from: Key,
    pub to: Key,
}

impl From<Key> for Run {
    fn from(key: Key) -> Run {
        Run { from: key, to: key }
    }
}

pub(super) type Day = (i16, i8, i8);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Born = 1,
    Place = 2,
    Names = 3,
    BornGiven = 4,
    BornFamily = 5,
    PlaceGiven = 6,
    PlaceFamily = 7,
    Number = 8,
}

/// The keys under which a person is filed: birth, postcodes and numbers by themselves, both names together, and each
/// name with the birth and with each postcode.
pub fn keys_for_record(known: &Known) -> Vec<Key> {
    let mut keys = Vec::with_capacity(12);
    let born = known.born().whole();
    keys.extend(born.map(born_key));
    keys.extend(known.places.iter().filter(|p| p.is_whole()).map(place_key));
    keys.extend(known.numbers.iter().map(|n| number_key(n)));
    for name in &known.names {
        let (given, family) = filed_sounds(name);
        for f in &family {
            keys.extend(given.iter().map(|g| names_key(*g, *f)));
            if given.is_empty() {
                keys.push(names_key(*f, *f));
            }
            keys.extend(born.map(|b| born_family_key(b, *f)));
            keys.extend(known.places.iter().map(|p| place_family_key(p, *f)));
        }
        for g in &given {
            keys.extend(born.map(|b| born_given_key(b, *g)));
            keys.extend(known.places.iter().map(|p| place_given_key(p, *g)));
        }
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The sounds of a name's words as filed: short forms under the full ones too; an only name counts as both parts.
fn filed_sounds(name: &KnownName) -> (Vec<Sound>, Vec<Sound>) {
    let given = name.given.iter().take(3);
    let forms = given.flat_map(|word| nickname::formal(word)).map(Sound::of);
    let mut given: Vec<Sound> = forms.collect();
    let mut family: Vec<Sound> = name.family.iter().take(3).map(|word| Sound::of(word)).collect();
    if family.is_empty() {
        family.clone_from(&given);
    }
    for sounds in [&mut given, &mut family] {
        sounds.sort_unstable();
        sounds.dedup();
    }
    (given, family)
}

pub(super) fn born_key(born: Day) -> Key {
    key(Kind::Born, &[], day_place(born))
}

pub(super) fn place_key(place: &Place) -> Key {
    key(Kind::Place, &[], postcode_place(place))
}

pub(super) fn number_key(number: &str) -> Key {
    let hash = Hasher::new().text(number).finish();
    key(Kind::Number, &[hash >> 32], low(hash))
}

pub(super) fn names_key(given: Sound, family: Sound) -> Key {
    key(Kind::Names, &[family.number()], low(Hasher::new().number(given.number()).finish()))
}

/// Everybody of one family name, whatever the given one.
pub(super) fn family_run(family: Sound) -> Run {
    Run { from: key(Kind::Names, &[family.number()], 0), to: key(Kind::Names, &[family.number()], u32::MAX) }
}

pub(super) fn born_given_key(born: Day, given: Sound) -> Key {
    key(Kind::BornGiven, &[given.number()], day_place(born))
}

pub(super) fn born_family_key(born: Day, family: Sound) -> Key {
    key(Kind::BornFamily, &[family.number()], day_place(born))
}

pub(super) fn place_given_key(place: &Place, given: Sound) -> Key {
    key(Kind::PlaceGiven, &[given.number()], postcode_place(place))
}

pub(super) fn place_family_key(place: &Place, family: Sound) -> Key {
    key(Kind::PlaceFamily, &[family.number()], postcode_place(place))
}

/// The first half is a digest of what must agree; two names that share one by chance are told apart when judged.
fn key(kind: Kind, agrees: &[u64], place: u32) -> Key {
    let hash = agrees.iter().fold(Hasher::new().number(kind as u64), |hash, number| hash.number(*number)).finish();
    Key(((hash & 0xFFFF_FFFF_0000_0000) | u64::from(place)).cast_signed())
}

/// A day's place among all days.
fn day_place((year, month, day): Day) -> u32 {
    (u32::from(year.unsigned_abs()) * 13 + u32::from(month.unsigned_abs())) * 32 + u32::from(day.unsigned_abs())
}

/// A postcode's place among all postcodes: area, district, sector, unit. What has another shape is put anywhere.
fn postcode_place(place: &Place) -> u32 {
    ordered(place.as_str().as_bytes()).unwrap_or_else(|| low(Hasher::new().text(place.as_str()).finish()))
}

fn ordered(postcode: &[u8]) -> Option<u32> {
    let (outward, inward) = postcode.split_at_checked(postcode.len().checked_sub(3)?)?;
    let letters = outward.iter().take_while(|b| b.is_ascii_uppercase()).count();
    let (area, district) = outward.split_at(letters);
    if !(1..=2).contains(&letters) || !(1..=2).contains(&district.len()) {
        return None;
    }
    let letter = |b: &u8| b.is_ascii_uppercase().then(|| u32::from(b - b'A'));
    let digit = |b: &u8| b.is_ascii_digit().then(|| u32::from(b - b'0'));
    let area = letter(&area[0])? * 27 + area.get(1).map_or(Some(0), |b| letter(b).map(|l| l + 1))?;
    let second = district.get(1).map_or(Some(0), |b| digit(b).map(|d| d + 1).or_else(|| letter(b).map(|l| l + 11)))?;
    let outward = (area * 10 + digit(&district[0])?) * 37 + second;
    Some(((outward * 10 + digit(&inward[0])?) * 26 + letter(&inward[1])?) * 26 + letter(&inward[2])?)
}

fn low(hash: u64) -> u32 {
    (hash & 0xFFFF_FFFF) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(text: &str) -> u32 {
        Place::read(text).map(|p| postcode_place(&p)).unwrap_or_default()
    }

    #[test]
    fn near_postcodes_lie_together() {
        let all = ["A1 1AA", "Z9 9ZZ", "ZZ1 1AA", "ZZ1 1AB", "ZZ1 2AA", "ZZ1A 1AA", "ZZ2 1AA", "ZZ21 0AA", "ZZ9 9ZZ"];
        let places: Vec<u32> = all.iter().map(|p| place(p)).collect();
        let mut sorted = places.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(sorted.len(), all.len());
        assert!(place("ZZ1 1AB") - place("ZZ1 1AA") == 1 && place("ZZ1 2AA") - place("ZZ1 1AA") == 676);
        assert_eq!(place("ZZ21"), low(Hasher::new().text("ZZ21").finish()));
    }

    #[test]
    fn keys_of_one_name_lie_together_in_the_order_of_days() {
        let (smith, jones) = (Sound::of("SMITH"), Sound::of("JONES"));
        let key = |day, name| born_family_key(day, name).0;
        assert!(key((2012, 4, 3), smith) < key((2012, 4, 30), smith) && key((2012, 4, 30), smith) < key((2013, 1, 1), smith));
        assert!((key((2012, 4, 3), smith) - key((1912, 4, 3), smith)) < 1 << 32);
        assert!((key((2012, 4, 3), smith) - key((2012, 4, 3), jones)).abs() > 1 << 32);
        let (run, anna) = (family_run(smith), names_key(Sound::of("ANNA"), smith));
        assert!(run.from <= anna && anna <= run.to && names_key(smith, jones) != anna);
    }
}
