//! Search keys: numbers under which a person is filed, so that whoever fits an enquiry is found by looking a few up.
//! A person is filed under a handful of keys; an enquiry looks up those it would have and, where a key holds only a
//! person or two, also those it would have if a digit of the date or the postcode were wrong. Keys are stored:
//! changing how one is made needs [`GENERATION`] raised, which makes the store file everybody again.

use super::{
    hash::Hasher,
    known::{Known, KnownName},
    lexicon::{Lexicon, Part},
    nickname,
    place::Place,
    sought::Sought,
    sound::Sound,
};
use std::collections::{HashMap, hash_map::Entry};

/// Raised whenever the same person would be filed under other keys.
pub const GENERATION: i64 = 1;

/// One search key, as stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(pub i64);

/// What a key is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeyKind {
    Born,
    Place,
    /// Both names by sound.
    Names,
    BornGiven,
    BornFamily,
    PlaceGiven,
    PlaceFamily,
    /// A family name alone, or the only name of someone who has one.
    Family,
    /// An identifier or telephone number.
    Number,
}

/// The keys to look up for an enquiry, the tellingest first in each list.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Keys that may hold many people: each is read on its own, up to a limit.
    pub wide: Vec<Key>,
    /// Keys that hold few people each: read together.
    pub narrow: Vec<Key>,
    worth: HashMap<Key, f64>,
}

impl Wanted {
    /// How much it tells, in bits, that somebody is filed under this key.
    pub fn worth(&self, key: Key) -> f64 {
        self.worth.get(&key).copied().unwrap_or_default()
    }

    fn wide(&mut self, key: Key, worth: f64) {
        if self.worth.insert(key, worth).is_none() {
            self.wide.push(key);
        }
    }

    fn narrow(&mut self, key: Key, worth: f64) {
        if let Entry::Vacant(place) = self.worth.entry(key) {
            place.insert(worth);
            self.narrow.push(key);
        }
    }
}

/// The keys under which a person is filed.
pub fn keys_for_record(known: &Known) -> Vec<Key> {
    let mut keys = Vec::with_capacity(12);
    let born = known.born().whole();
    keys.extend(born.map(born_key));
    keys.extend(known.places.iter().filter(|p| p.is_whole()).map(place_key));
    keys.extend(known.numbers.iter().map(|n| number_key(n)));
    for name in &known.names {
        let (given, family) = filed_sounds(name);
        for f in &family {
            keys.push(key(KeyKind::Family, |h| h.number(f.number())));
            keys.extend(given.iter().map(|g| names_key(*g, *f)));
            keys.extend(born.map(|b| born_name_key(KeyKind::BornFamily, b, *f)));
            keys.extend(known.places.iter().map(|p| place_name_key(KeyKind::PlaceFamily, p, *f)));
        }
        for g in &given {
            keys.extend(born.map(|b| born_name_key(KeyKind::BornGiven, b, *g)));
            keys.extend(known.places.iter().map(|p| place_name_key(KeyKind::PlaceGiven, p, *g)));
        }
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The keys to look up for somebody who is sought.
pub fn keys_for_query(sought: &Sought, lexicon: &Lexicon) -> Wanted {
    let mut wanted = Wanted::default();
    let sounds = Sounds::of(sought, lexicon);
    for number in &sought.numbers {
        wanted.narrow(number_key(number), 20.0);
    }
    want_wide(&mut wanted, sought, &sounds);
    want_born_with_name(&mut wanted, sought, &sounds);
    want_place_with_name(&mut wanted, sought, &sounds);
    wanted
}

/// The sounds of both names, as given and as they may have been meant.
struct Sounds {
    given: Vec<Sound>,
    family: Vec<Sound>,
    /// Given and family as they would be if they had been changed round.
    swapped: Vec<(Sound, Sound)>,
}

/// How many sounds of a name are looked up in full.
const SOUNDS: usize = 4;
/// How many of them are tried with mistaken dates and postcodes as well.
const SOUNDS_WITH_MISTAKES: usize = 2;
/// How many sounds of the family name are tried as a given name.
const SOUNDS_SWAPPED: usize = 3;

impl Sounds {
    fn of(sought: &Sought, lexicon: &Lexicon) -> Sounds {
        let all = |words: &[String], part| {
            let words = words.iter().take(2);
            let own = words.clone().flat_map(|word| lexicon.sounds(word, part, 1));
            let mut sounds: Vec<Sound> = Vec::new();
            for sound in own.chain(words.clone().flat_map(|word| lexicon.sounds(word, part, SOUNDS))) {
                if !sounds.contains(&sound) {
                    sounds.push(sound);
                }
            }
            sounds
        };
        let swapped = sought.given.first().zip(sought.family.first()).map_or(Vec::new(), |(g, f)| {
            lexicon.sounds(f, Part::Given, SOUNDS_SWAPPED).into_iter().map(|as_given| (as_given, Sound::of(g))).collect()
        });
        // One name may be either.
        let given = if sought.given.is_empty() { &sought.family } else { &sought.given };
        let family = if sought.family.is_empty() { &sought.given } else { &sought.family };
        Sounds { given: all(given, Part::Given), family: all(family, Part::Family), swapped }
    }
}

/// Whoever has the same whole date, the same postcode, or both names; one name alone only where there is no other.
fn want_wide(wanted: &mut Wanted, sought: &Sought, sounds: &Sounds) {
    let place = sought.place.as_ref().filter(|p| p.is_whole());
    if let Some(born) = sought.born.whole() {
        wanted.wide(born_key(born), 11.0);
    }
    if let Some(place) = place {
        wanted.wide(place_key(place), 10.0);
    }
    if let Some((year, month, day)) = sought.born.whole().filter(|b| b.2 <= 12) {
        wanted.wide(born_key((year, day, month)), 7.0);
    }
    if sought.given.is_empty() || sought.family.is_empty() {
        let only = sounds.family.iter().take(SOUNDS);
        only.for_each(|sound| wanted.wide(key(KeyKind::Family, |h| h.number(sound.number())), 5.0));
        return;
    }
    for (g, given) in sounds.given.iter().enumerate() {
        for (f, family) in sounds.family.iter().enumerate().filter(|(f, _)| g + f < SOUNDS) {
            wanted.wide(names_key(*given, *family), 9.0 - (g + f) as f64);
        }
    }
    for (given, family) in &sounds.swapped {
        wanted.wide(names_key(*given, *family), 8.0);
    }
}

fn want_born_with_name(wanted: &mut Wanted, sought: &Sought, sounds: &Sounds) {
    for (at, born) in sought.born.mistaken().into_iter().enumerate() {
        let many = if at == 0 { SOUNDS } else { SOUNDS_WITH_MISTAKES };
        for family in sounds.family.iter().take(many) {
            wanted.narrow(born_name_key(KeyKind::BornFamily, born, *family), 9.0);
        }
        for given in sounds.given.iter().take(many) {
            wanted.narrow(born_name_key(KeyKind::BornGiven, born, *given), 8.0);
        }
    }
}

fn want_place_with_name(wanted: &mut Wanted, sought: &Sought, sounds: &Sounds) {
    let Some(place) = &sought.place else { return };
    for (at, place) in std::iter::once(place.clone()).chain(place.mistyped()).enumerate() {
        let many = if at == 0 { SOUNDS } else { SOUNDS_WITH_MISTAKES };
        for family in sounds.family.iter().take(many) {
            wanted.narrow(place_name_key(KeyKind::PlaceFamily, &place, *family), 8.0);
        }
        for given in sounds.given.iter().take(many.min(SOUNDS_WITH_MISTAKES)) {
            wanted.narrow(place_name_key(KeyKind::PlaceGiven, &place, *given), 7.0);
        }
    }
}

/// The sounds of a name's words as filed: short forms under the full ones too; an only name counts as both parts.
fn filed_sounds(name: &KnownName) -> (Vec<Sound>, Vec<Sound>) {
    let given: Vec<&String> = name.given.iter().take(3).collect();
    let family: Vec<&String> = name.family.iter().take(3).collect();
    let forms = given.iter().flat_map(|word| nickname::formal(word)).map(Sound::of);
    let mut given_sounds: Vec<Sound> = forms.collect();
    let mut family_sounds: Vec<Sound> = family.iter().map(|word| Sound::of(word)).collect();
    if family_sounds.is_empty() {
        family_sounds.clone_from(&given_sounds);
    }
    for sounds in [&mut given_sounds, &mut family_sounds] {
        sounds.sort_unstable();
        sounds.dedup();
    }
    (given_sounds, family_sounds)
}

fn key(kind: KeyKind, parts: impl FnOnce(Hasher) -> Hasher) -> Key {
    let hash = parts(Hasher::new().number(kind as u64)).finish();
    Key(i64::from_le_bytes(hash.to_le_bytes()))
}

type Day = (i16, i8, i8);

fn with_day(hasher: Hasher, (year, month, day): Day) -> Hasher {
    hasher.number(year.unsigned_abs().into()).number(u64::from(month.unsigned_abs()) * 100 + u64::from(day.unsigned_abs()))
}

fn born_key(born: Day) -> Key {
    key(KeyKind::Born, |h| with_day(h, born))
}

fn place_key(place: &Place) -> Key {
    key(KeyKind::Place, |h| h.text(place.as_str()))
}

fn number_key(number: &str) -> Key {
    key(KeyKind::Number, |h| h.text(number))
}

fn names_key(given: Sound, family: Sound) -> Key {
    key(KeyKind::Names, |h| h.number(given.number()).number(family.number()))
}

fn born_name_key(kind: KeyKind, born: Day, name: Sound) -> Key {
    key(kind, |h| with_day(h, born).number(name.number()))
}

fn place_name_key(kind: KeyKind, place: &Place, name: Sound) -> Key {
    key(kind, |h| h.text(place.as_str()).number(name.number()))
}
