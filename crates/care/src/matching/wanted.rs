//! What to look up for somebody who is sought, and how the people found so are put in order before they are judged.
//!
//! First what agrees as a whole: the date, the postcode, both names (as typed, as the full forms of short ones, as the
//! spellings near to them, the other way round). When nobody stands out, then each name with every date and postcode
//! that one mistake would turn into what was typed.

use std::collections::HashMap;

use super::{
    key::{self, Key, Run},
    lexicon::{Lexicon, Part},
    place::Place,
    sought::Sought,
    sound::Sound,
};

/// The keys to look up for an enquiry.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Runs of keys that may hold many people, each to be read up to a limit; the tellingest first.
    pub wide: Vec<Run>,
    /// Keys that hold a person or two, to be read together, for when the others did not do.
    pub narrow: Vec<Key>,
    lost: Vec<f64>,
    worth: HashMap<Key, f64>,
    population: f64,
}

/// Somebody found under some keys, with the evidence that they are.
pub type Found = HashMap<i64, f64>;

/// How many of the surnames that begin as the word typed are looked up.
const BEGINNINGS: usize = 5;
/// How many sounds of a name are looked up in full.
const SOUNDS: usize = 4;
/// How many of them are tried with mistaken dates and postcodes as well.
const SOUNDS_WITH_MISTAKES: usize = 2;
/// How many sounds of the family name are tried as a given name.
const SOUNDS_SWAPPED: usize = 3;

/// The keys to look up for somebody who is sought.
pub fn keys_for_query(sought: &Sought, lexicon: &Lexicon) -> Wanted {
    let mut wanted = Wanted { population: lexicon.population(), ..Wanted::default() };
    let sounds = Sounds::of(sought, lexicon);
    want_wide(&mut wanted, sought, &sounds);
    want_born_with_name(&mut wanted, sought, &sounds);
    want_place_with_name(&mut wanted, sought, &sounds);
    wanted
}

/// The keys to look up for names of which only the beginning was typed: everybody whose surname is one of those that
/// begin so, with the given name where there is one, the other way round too.
pub fn keys_for_beginnings(sought: &Sought, lexicon: &Lexicon) -> Wanted {
    let mut wanted = Wanted { population: lexicon.population(), ..Wanted::default() };
    let sounds =
        |words: &[String], part| -> Vec<Sound> { words.iter().take(2).flat_map(|word| lexicon.begun(word, part, BEGINNINGS)).collect() };
    let given = sounds(&sought.given, Part::Given);
    let mut family = sounds(&sought.family, Part::Family);
    if let Some(only) = sought.only_word() {
        // Whoever has one name only is filed under it as a surname too.
        family.extend(lexicon.begun(only, Part::Given, BEGINNINGS));
    }
    for f in &family {
        given.iter().take(2).for_each(|g| wanted.wide(key::names_key(*g, *f), 0.0));
    }
    if let (Some(g), Some(f)) = (sought.given.first(), sought.family.first()) {
        lexicon
            .begun(g, Part::Family, 2)
            .into_iter()
            .zip(lexicon.begun(f, Part::Given, 2))
            .for_each(|(f, g)| wanted.wide(key::names_key(g, f), 4.0));
    }
    family.iter().for_each(|f| wanted.wide(key::family_run(*f), 2.0));
    wanted
}

impl Wanted {
    /// Counts in the people who were found under one of the wide runs: the fewer they are, the more it tells of each.
    pub fn count_wide(&self, run: usize, people: &[i64], found: &mut Found) {
        let lost = self.lost.get(run).copied().unwrap_or_default();
        let worth = (self.population / people.len().max(1) as f64).log2().max(1.0) - lost;
        people.iter().for_each(|person| *found.entry(*person).or_default() += worth);
    }

    /// Counts in somebody who was found under one of the narrow keys.
    pub fn count_narrow(&self, key: Key, person: i64, found: &mut Found) {
        *found.entry(person).or_default() += self.worth.get(&key).copied().unwrap_or_default();
    }

    fn wide(&mut self, run: impl Into<Run>, lost: f64) {
        let run = run.into();
        if !self.wide.contains(&run) {
            self.wide.push(run);
            self.lost.push(lost);
        }
    }

    fn narrow(&mut self, key: Key, worth: f64) {
        if self.worth.insert(key, worth).is_none() {
            self.narrow.push(key);
        }
    }
}

/// The people found, those with most evidence first.
pub fn ranked(found: &Found) -> Vec<i64> {
    let mut ranked: Vec<(i64, f64)> = found.iter().map(|(person, worth)| (*person, *worth)).collect();
    ranked.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    ranked.into_iter().map(|(person, _)| person).collect()
}

/// The sounds of both names, as given and as they may have been meant.
struct Sounds {
    given: Vec<Sound>,
    family: Vec<Sound>,
    /// Given and family as they would be if they had been changed round.
    swapped: Vec<(Sound, Sound)>,
}

impl Sounds {
    fn of(sought: &Sought, lexicon: &Lexicon) -> Sounds {
        let swapped = sought.given.first().zip(sought.family.first()).map_or(Vec::new(), |(g, f)| {
            lexicon.sounds(f, Part::Given, SOUNDS_SWAPPED).into_iter().map(|as_given| (as_given, Sound::of(g))).collect()
        });
        // One name may be either.
        let given = if sought.given.is_empty() { &sought.family } else { &sought.given };
        let family = if sought.family.is_empty() { &sought.given } else { &sought.family };
        Sounds { given: all_sounds(given, Part::Given, lexicon), family: all_sounds(family, Part::Family, lexicon), swapped }
    }
}

/// The sound of each of the first two words, then those of the names near to them.
fn all_sounds(words: &[String], part: Part, lexicon: &Lexicon) -> Vec<Sound> {
    let words = words.iter().take(2);
    let own = words.clone().flat_map(|word| lexicon.sounds(word, part, 1));
    let mut sounds: Vec<Sound> = Vec::new();
    for sound in own.chain(words.flat_map(|word| lexicon.sounds(word, part, SOUNDS))) {
        if !sounds.contains(&sound) {
            sounds.push(sound);
        }
    }
    sounds
}

/// Whoever has the same number, whole date, postcode or both names; one name alone only where there is no other.
fn want_wide(wanted: &mut Wanted, sought: &Sought, sounds: &Sounds) {
    for number in sought.numbers.iter().take(3) {
        wanted.wide(key::number_key(number), 0.0);
    }
    if let Some(born) = sought.born.whole() {
        wanted.wide(key::born_key(born), 0.0);
    }
    if let Some(place) = sought.place.as_ref().filter(|p| p.is_whole()) {
        wanted.wide(key::place_key(place), 0.0);
    }
    if let Some((year, month, day)) = sought.born.whole().filter(|b| b.2 <= 12 && b.1 != b.2) {
        wanted.wide(key::born_key((year, day, month)), 5.0);
    }
    want_open(wanted, sought, sounds);
    if sought.given.is_empty() || sought.family.is_empty() {
        sounds.family.iter().take(SOUNDS).for_each(|sound| wanted.wide(key::family_run(*sound), 0.0));
        return;
    }
    for (g, given) in sounds.given.iter().enumerate() {
        for (f, family) in sounds.family.iter().enumerate().filter(|(f, _)| g + f < SOUNDS) {
            wanted.wide(key::names_key(*given, *family), 2.5 * (g + f) as f64);
        }
    }
    for (given, family) in &sounds.swapped {
        wanted.wide(key::names_key(*given, *family), 4.0);
    }
}

/// What is known in part only: a year or a month of birth, the first part of a postcode; with each name, or alone.
fn want_open(wanted: &mut Wanted, sought: &Sought, sounds: &Sounds) {
    if let Some((first, last)) = sought.born.open_days() {
        for family in sounds.family.iter().take(SOUNDS_WITH_MISTAKES) {
            wanted.wide(Run { from: key::born_family_key(first, *family), to: key::born_family_key(last, *family) }, 0.0);
        }
        for given in sounds.given.iter().take(SOUNDS_WITH_MISTAKES) {
            wanted.wide(Run { from: key::born_given_key(first, *given), to: key::born_given_key(last, *given) }, 0.0);
        }
        if sounds.family.is_empty() {
            wanted.wide(Run { from: key::born_key(first), to: key::born_key(last) }, 0.0);
        }
    }
    let district = sought.place.as_ref().and_then(|place| place.ends_of_district());
    if let Some((first, last)) = &district {
        for family in sounds.family.iter().take(SOUNDS_WITH_MISTAKES) {
            wanted.wide(Run { from: key::place_family_key(first, *family), to: key::place_family_key(last, *family) }, 0.0);
        }
    }
}

fn want_born_with_name(wanted: &mut Wanted, sought: &Sought, sounds: &Sounds) {
    for (at, born) in sought.born.mistaken().into_iter().enumerate() {
        let (many, worth) = if at == 0 { (SOUNDS, 6.0) } else { (SOUNDS_WITH_MISTAKES, 11.0) };
        for (rank, family) in sounds.family.iter().take(many).enumerate() {
            wanted.narrow(key::born_family_key(born, *family), worth - rank as f64);
        }
        for (rank, given) in sounds.given.iter().take(many).enumerate() {
            wanted.narrow(key::born_given_key(born, *given), worth - 1.0 - rank as f64);
        }
    }
}

fn want_place_with_name(wanted: &mut Wanted, sought: &Sought, sounds: &Sounds) {
    let Some(place) = &sought.place else { return };
    let mistyped: Vec<Place> = place.mistyped();
    for (at, place) in std::iter::once(place).chain(&mistyped).enumerate() {
        let (many, worth) = if at == 0 { (SOUNDS, 6.0) } else { (SOUNDS_WITH_MISTAKES, 10.0) };
        for (rank, family) in sounds.family.iter().take(many).enumerate() {
            wanted.narrow(key::place_family_key(place, *family), worth - rank as f64);
        }
        for (rank, given) in sounds.given.iter().take(SOUNDS_WITH_MISTAKES).enumerate() {
            wanted.narrow(key::place_given_key(place, *given), worth - 1.0 - rank as f64);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::{Born, Known, KnownName, Standing, keys_for_record};
    use crate::person::Birth;
    use jiff::civil::date;

    /// Whatever one mistake there is, the person is filed under a key that is looked up.
    #[test]
    fn a_person_is_reached_in_spite_of_mistakes() {
        let known = Known {
            names: vec![KnownName::read(Standing::Present, "Robert", "Ashworth")],
            birth: Birth::BornOn(date(1984, 3, 12)),
            places: Place::read("ZZ1 4QP").into_iter().collect(),
            ..Known::default()
        };
        let filed = keys_for_record(&known);
        let lexicon = Lexicon::default();
        for (given, family, born, postcode) in [
            ("Xxx", "Yyy", "1984-03-12", ""),
            ("Xxx", "Yyy", "1984-12-03", ""),
            ("Xxx", "Yyy", "", "ZZ1 4QP"),
            ("Bob", "Ashwurth", "", ""),
            ("Ashworth", "Robbie", "", ""),
            ("Xxx", "Ashworth", "1984-03-21", ""),
            ("Xxx", "Ashworth", "1994-03-12", ""),
            ("Rob", "Yyy", "1984-08-12", ""),
            ("Xxx", "Ashworth", "", "ZZ1 4PQ"),
            ("Rob", "Yyy", "", "ZZ12 4QP"),
            ("", "Ashworth", "", ""),
            ("Xxx", "Ashworth", "1984", ""),
            ("", "Rob", "March 1984", ""),
            ("", "", "1984-03", ""),
            ("Xxx", "Ashworth", "", "ZZ1"),
        ] {
            let sought = Sought::read(given, family, Born::read(born, 2026).unwrap_or_default(), postcode);
            let wanted = keys_for_query(&sought, &lexicon);
            let wide = wanted.wide.iter().any(|run| filed.iter().any(|key| run.from <= *key && *key <= run.to));
            let narrow = wanted.narrow.iter().any(|key| filed.contains(key));
            assert!(wide || narrow, "{given} {family} {born} {postcode}");
        }
    }

    #[test]
    fn few_people_under_a_key_tell_more() {
        let sought = Sought::read("Tia", "Marlow", Born::read("2015-05-05", 2026).unwrap_or_default(), "ZZ1 4QP");
        let wanted = keys_for_query(&sought, &Lexicon::default());
        let mut found = Found::new();
        wanted.count_wide(0, &[1, 2], &mut found);
        wanted.count_wide(1, &[1, 3, 4, 5, 6, 7, 8, 9], &mut found);
        wanted.count_narrow(wanted.narrow[0], 10, &mut found);
        assert_eq!(ranked(&found)[..2], [1, 2]);
        assert!(wanted.wide.len() <= 18 && wanted.narrow.len() <= 704);
    }
}
