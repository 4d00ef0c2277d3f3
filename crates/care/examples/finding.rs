//! How well people are found, measured in memory: `cargo run --release -p care --example finding -- PEOPLE.csv
//! ENQUIRIES.csv TRUTH.csv` with the files that `bench/people.py` makes. Prints what share is among the candidates,
//! among the first 20 and first, the same for plain blocking, and which enquiries were missed (with `--missed`).

use care::{
    matching::{
        Born, Known, KnownName, Lexicon, Place, Sought, Spelling, Standing, Wanted, keys_for_query, keys_for_record, score, spelling,
    },
    person::{Birth, Sex},
};
use std::{
    collections::{HashMap, HashSet},
    time::{Duration, Instant},
};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

struct Filed {
    ids: Vec<String>,
    known: Vec<Known>,
    keys: Vec<(i64, u32)>,
    spellings: HashMap<String, (u32, u32)>,
    near: HashMap<u64, Vec<String>>,
    plain: HashMap<String, Vec<u32>>,
}

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [people, enquiries, truth, options @ ..] = arguments.as_slice() else {
        return Err("give PEOPLE.csv ENQUIRIES.csv TRUTH.csv".into());
    };
    let filed = file(people)?;
    println!(
        "{} people, {:.1} keys each, {} name words",
        filed.ids.len(),
        filed.keys.len() as f64 / filed.ids.len() as f64,
        filed.spellings.len()
    );
    let truth: HashMap<String, String> =
        rows(truth)?.into_iter().filter_map(|row| Some((row.get("enquiry")?.clone(), row.get("id")?.clone()))).collect();
    let mut tally = Tally::default();
    for row in rows(enquiries)? {
        let Some(id) = row.get("id").and_then(|e| truth.get(e)) else { continue };
        ask(&filed, &row, id, &mut tally, options.contains(&"--missed".to_owned()));
    }
    tally.print();
    Ok(())
}

fn rows(path: &str) -> Outcome<Vec<HashMap<String, String>>> {
    let text = std::fs::read_to_string(path)?;
    let mut lines = text.lines().map(|l| l.split(',').map(str::to_owned).collect::<Vec<_>>());
    let header = lines.next().unwrap_or_default();
    Ok(lines.map(|cells| header.iter().cloned().zip(cells).collect()).collect())
}

fn file(path: &str) -> Outcome<Filed> {
    let mut filed =
        Filed { ids: vec![], known: vec![], keys: vec![], spellings: HashMap::new(), near: HashMap::new(), plain: HashMap::new() };
    let begun = Instant::now();
    for row in rows(path)? {
        let cell = |name: &str| row.get(name).cloned().unwrap_or_default();
        let known = Known {
            names: vec![KnownName::read(Standing::Present, &cell("given_name"), &cell("surname"))],
            birth: cell("dob").parse().map(Birth::BornOn).unwrap_or_default(),
            sex: sex(&cell("sex")),
            places: Place::read(&cell("postcode")).into_iter().collect(),
            numbers: vec![],
        };
        let number = filed.ids.len() as u32;
        filed.keys.extend(keys_for_record(&known).into_iter().map(|k| (k.0, number)));
        for name in &known.names {
            name.given.iter().for_each(|w| filed.spellings.entry(w.clone()).or_default().0 += 1);
            name.family.iter().for_each(|w| filed.spellings.entry(w.clone()).or_default().1 += 1);
            for block in blocks(&name.given.concat(), &name.family.concat(), &cell("dob"), known.places.first()) {
                filed.plain.entry(block).or_default().push(number);
            }
        }
        filed.ids.push(cell("id"));
        filed.known.push(known);
    }
    for word in filed.spellings.keys() {
        for mark in spelling::marks(word) {
            filed.near.entry(mark).or_default().push(word.clone());
        }
    }
    filed.keys.sort_unstable();
    println!("filed in {:?}", begun.elapsed());
    Ok(filed)
}

fn sex(text: &str) -> Option<Sex> {
    match text {
        "F" => Some(Sex::Female),
        "M" => Some(Sex::Male),
        _ => None,
    }
}

/// Plain blocking: date of birth, postcode, surname with initial, and the same with the names exchanged.
fn blocks(given: &str, family: &str, dob: &str, place: Option<&Place>) -> Vec<String> {
    let mut blocks = vec![];
    if !dob.is_empty() {
        blocks.push(format!("d{dob}"));
    }
    blocks.extend(place.map(|p| format!("p{}", p.as_str())));
    if let Some(initial) = given.chars().next().filter(|_| !family.is_empty()) {
        blocks.push(format!("n{family}{initial}"));
    }
    blocks
}

#[derive(Default)]
struct Tally {
    asked: usize,
    plain: usize,
    candidate: usize,
    fetched: usize,
    first_20: usize,
    first: usize,
    keys: Vec<usize>,
    entries: Vec<usize>,
    judged: Vec<Duration>,
    keyed: Vec<Duration>,
}

const WIDE_LIMIT: usize = 400;
const FETCHED: usize = 150;

fn ask(filed: &Filed, row: &HashMap<String, String>, truth: &str, tally: &mut Tally, say_missed: bool) {
    let cell = |name: &str| row.get(name).cloned().unwrap_or_default();
    let born = cell("dob").parse().map(Born::on).unwrap_or_default();
    let sought = Sought::read(&cell("given_name"), &cell("surname"), born, &cell("postcode")).with_sex(sex(&cell("sex")));
    tally.asked += 1;
    let mut plain = blocks(&sought.given.concat(), &sought.family.concat(), &cell("dob"), sought.place.as_ref());
    plain.extend(sought.given.first().zip(sought.family.first()).map(|(g, f)| format!("n{g}{}", &f[..1])));
    let blocked = plain.iter().filter_map(|b| filed.plain.get(b)).flatten().any(|n| filed.ids[*n as usize] == truth);
    tally.plain += usize::from(blocked);

    let begun = Instant::now();
    let near: HashSet<&String> = sought.marks().iter().filter_map(|m| filed.near.get(m)).flatten().collect();
    let spellings = near.into_iter().map(|word| {
        let (as_given, as_family) = filed.spellings[word];
        Spelling { word: word.clone(), as_given, as_family }
    });
    let lexicon = Lexicon::new(filed.ids.len() as u64, spellings);
    let wanted = keys_for_query(&sought, &lexicon);
    tally.keyed.push(begun.elapsed());
    let (candidates, entries) = candidates(filed, &wanted);
    tally.keys.push(wanted.wide.len() + wanted.narrow.len());
    tally.entries.push(entries);
    tally.candidate += usize::from(candidates.iter().any(|n| filed.ids[*n as usize] == truth));
    let begun = Instant::now();
    let fetched = &candidates[..candidates.len().min(FETCHED)];
    tally.fetched += usize::from(fetched.iter().any(|n| filed.ids[*n as usize] == truth));
    let mut judged: Vec<(f64, u32)> = fetched.iter().map(|n| (score(&sought, &filed.known[*n as usize], &lexicon).points, *n)).collect();
    judged.sort_unstable_by(|a, b| b.0.total_cmp(&a.0));
    tally.judged.push(begun.elapsed());
    let place = judged.iter().take(20).position(|(_, n)| filed.ids[*n as usize] == truth);
    tally.first_20 += usize::from(place.is_some());
    tally.first += usize::from(place == Some(0));
    if say_missed && place != Some(0) {
        let best = judged
            .first()
            .map(|(points, n)| (points, filed.known[*n as usize].line(), score(&sought, &filed.known[*n as usize], &lexicon)));
        let right = filed.ids.iter().position(|id| id == truth).map(|n| &filed.known[n]);
        println!("{place:?} {:?}\n   right {:?}\n   first {best:?}", row, right.map(|k| (k.line(), score(&sought, k, &lexicon))));
    }
}

fn candidates(filed: &Filed, wanted: &Wanted) -> (Vec<u32>, usize) {
    let mut points: HashMap<u32, f64> = HashMap::new();
    let mut entries = 0;
    let keys = wanted.wide.iter().map(|k| (k, WIDE_LIMIT)).chain(wanted.narrow.iter().map(|k| (k, usize::MAX)));
    for (key, limit) in keys {
        let from = filed.keys.partition_point(|(k, _)| *k < key.0);
        for (_, number) in filed.keys[from..].iter().take_while(|(k, _)| *k == key.0).take(limit) {
            *points.entry(*number).or_default() += wanted.worth(*key);
            entries += 1;
        }
    }
    let mut ranked: Vec<(u32, f64)> = points.into_iter().collect();
    ranked.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    (ranked.into_iter().map(|(n, _)| n).collect(), entries)
}

impl Tally {
    fn print(mut self) {
        let share = |n: usize| 100.0 * n as f64 / self.asked as f64;
        println!(
            "{} asked; candidate by plain blocking {:.1} %, by keys {:.1} %, fetched {:.1} %",
            self.asked,
            share(self.plain),
            share(self.candidate),
            share(self.fetched)
        );
        println!("in the first 20 {:.1} %, first {:.1} %", share(self.first_20), share(self.first));
        for (what, numbers) in [("keys", &mut self.keys), ("entries", &mut self.entries)] {
            numbers.sort_unstable();
            println!(
                "{what}: p50 {} p95 {} most {}",
                numbers[numbers.len() / 2],
                numbers[numbers.len() * 95 / 100],
                numbers[numbers.len() - 1]
            );
        }
        for (what, times) in [("making keys", &mut self.keyed), ("judging", &mut self.judged)] {
            times.sort_unstable();
            println!("{what}: p50 {:?} p95 {:?}", times[times.len() / 2], times[times.len() * 95 / 100]);
        }
    }
}
