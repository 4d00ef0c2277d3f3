//! How well people are found, measured in memory: `cargo run --release -p care --example finding -- PEOPLE.csv
//! ENQUIRIES.csv TRUTH.csv` with the files that `bench/people.py` makes. Prints what share is among the candidates,
//! among the first 20 and first, the same for plain blocking, and which enquiries were missed (with `--missed`).

use care::{
    matching::{
        Born, Found, Known, KnownName, Lexicon, Place, Sought, Spelling, Standing, keys_for_query, keys_for_record, ranked, score, spelling,
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
    pages: Vec<usize>,
    settled: usize,
    judged: Vec<Duration>,
    keyed: Vec<Duration>,
}

const WIDE_LIMIT: usize = 400;
const JUDGED_FIRST: usize = 60;
const JUDGED_IN_ALL: usize = 140;
const SETTLED: f64 = 0.95;
/// Keys on one page of a database, about.
const ON_A_PAGE: usize = 150;

fn ask(filed: &Filed, row: &HashMap<String, String>, truth: &str, tally: &mut Tally, say_missed: bool) {
    let cell = |name: &str| row.get(name).cloned().unwrap_or_default();
    let born = Born::read(&cell("dob"), 2026).unwrap_or_default();
    let sought = Sought::read(&cell("given_name"), &cell("surname"), born, &cell("postcode")).with_sex(sex(&cell("sex")));
    let truth = filed.ids.iter().position(|id| id == truth).unwrap_or_default() as u32;
    tally.asked += 1;
    tally.plain += usize::from(by_plain_blocks(filed, &sought, &cell("dob"), truth));

    let begun = Instant::now();
    let lexicon = lexicon(filed, &sought);
    let wanted = keys_for_query(&sought, &lexicon);
    tally.keyed.push(begun.elapsed());
    let mut pages = HashSet::new();
    let mut found = Found::new();
    let mut entries = 0;
    for (at, run) in wanted.wide.iter().enumerate() {
        let people = under(filed, run.from.0, run.to.0, WIDE_LIMIT, &mut pages);
        entries += people.len();
        wanted.count_wide(at, &people, &mut found);
    }
    let begun = Instant::now();
    let mut judged = judge(filed, &sought, &lexicon, &ranked(&found)[..found.len().min(JUDGED_FIRST)]);
    let settled = judged.first().is_some_and(|best| best.2 >= SETTLED);
    tally.settled += usize::from(settled);
    if !settled {
        for key in &wanted.narrow {
            let people = under(filed, key.0, key.0, usize::MAX, &mut pages);
            entries += people.len();
            people.iter().for_each(|person| wanted.count_narrow(*key, *person, &mut found));
        }
        judged = judge(filed, &sought, &lexicon, &ranked(&found)[..found.len().min(JUDGED_IN_ALL)]);
    }
    tally.judged.push(begun.elapsed());
    tally.keys.push(wanted.wide.len() + if settled { 0 } else { wanted.narrow.len() });
    tally.pages.push(pages.len());
    tally.entries.push(entries);
    tally.candidate += usize::from(found.contains_key(&i64::from(truth)));
    tally.fetched += usize::from(judged.iter().any(|(_, n, _)| *n == truth));
    let place = judged.iter().take(20).position(|(_, n, _)| *n == truth);
    tally.first_20 += usize::from(place.is_some());
    tally.first += usize::from(place == Some(0));
    if say_missed && place != Some(0) {
        let known = |n: u32| (filed.known[n as usize].line(), score(&sought, &filed.known[n as usize], &lexicon));
        println!("{place:?} {row:?}\n   right {:?}\n   first {:?}", known(truth), judged.first().map(|j| known(j.1)));
    }
}

fn by_plain_blocks(filed: &Filed, sought: &Sought, dob: &str, truth: u32) -> bool {
    let mut plain = blocks(&sought.given.concat(), &sought.family.concat(), dob, sought.place.as_ref());
    plain.extend(sought.given.first().zip(sought.family.first()).map(|(g, f)| format!("n{g}{}", &f[..1])));
    plain.iter().filter_map(|b| filed.plain.get(b)).flatten().any(|n| *n == truth)
}

fn lexicon(filed: &Filed, sought: &Sought) -> Lexicon {
    let near: HashSet<&String> = sought.marks().iter().filter_map(|m| filed.near.get(m)).flatten().collect();
    let spellings = near.into_iter().map(|word| {
        let (as_given, as_family) = filed.spellings[word];
        Spelling { word: word.clone(), as_given, as_family }
    });
    Lexicon::new(filed.ids.len() as u64, spellings)
}

fn under(filed: &Filed, from: i64, to: i64, limit: usize, pages: &mut HashSet<usize>) -> Vec<i64> {
    let start = filed.keys.partition_point(|(k, _)| *k < from);
    let people: Vec<i64> = filed.keys[start..].iter().take_while(|(k, _)| *k <= to).take(limit).map(|(_, n)| i64::from(*n)).collect();
    pages.extend(start / ON_A_PAGE..=(start + people.len()) / ON_A_PAGE);
    people
}

fn judge(filed: &Filed, sought: &Sought, lexicon: &Lexicon, people: &[i64]) -> Vec<(f64, u32, f64)> {
    let judged = people.iter().map(|n| {
        let score = score(sought, &filed.known[*n as usize], lexicon);
        (score.points, *n as u32, score.probability)
    });
    let mut judged: Vec<_> = judged.collect();
    judged.sort_unstable_by(|a, b| b.0.total_cmp(&a.0));
    judged
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
        println!(
            "in the first 20 {:.1} %, first {:.1} %; settled at once {:.1} %",
            share(self.first_20),
            share(self.first),
            share(self.settled)
        );
        for (what, numbers) in [("keys", &mut self.keys), ("pages", &mut self.pages), ("entries", &mut self.entries)] {
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
