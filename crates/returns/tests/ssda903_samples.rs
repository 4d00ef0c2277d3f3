//! The looked-after returns among the shared samples, in every form.

mod shared;

use returns::finding::{Finding, Kind};
use returns::ssda903::{self, Return, Source};

fn folder(path: &str, wanted: impl Fn(&str) -> bool) -> Option<Vec<(String, Vec<u8>)>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(shared::shared(path)?).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        if wanted(&name) {
            files.push((name, std::fs::read(entry.path()).unwrap()));
        }
    }
    files.sort();
    Some(files)
}

fn read(files: &[(String, Vec<u8>)]) -> (Return, Vec<Finding>) {
    let sources: Vec<Source<'_>> = files.iter().map(|(name, bytes)| Source { name, bytes }).collect();
    ssda903::read(&sources)
}

fn counts(tables: &Return) -> [usize; 12] {
    [
        tables.children.len(),
        tables.episodes.len(),
        tables.reviews.len(),
        tables.asylum_seekers.len(),
        tables.outcomes.len(),
        tables.care_leavers.len(),
        tables.adoptions.len(),
        tables.placed_for_adoption.len(),
        tables.previous_permanence.len(),
        tables.missing.len(),
        tables.social_workers.len(),
        tables.deprivations_of_liberty.len(),
    ]
}

#[test]
fn every_table_is_recognised_and_counted() {
    let Some(files) = folder("data/returns-samples/ssda903", |name| name.ends_with(".csv")) else { return };
    let (tables, findings) = read(&files);
    for f in findings.iter().take(60) {
        println!("{} {:?} {} {:?} {:?}", f.at, f.kind, f.message, f.value, f.child);
    }
    assert_eq!(counts(&tables), [2675, 5050, 12582, 132, 2675, 53, 29, 59, 2675, 43, 1, 1]);
    println!("{:?}", ssda903::inferred_year(&tables));
}

#[test]
fn xml() {
    let Some(files) = folder("data/returns-samples/ssda903", |name| name.ends_with(".xml")) else { return };
    let (tables, findings) = read(&files);
    for f in findings.iter().take(60) {
        println!("{} {:?} {} {:?} {:?}", f.at, f.kind, f.message, f.value, f.child);
    }
    println!("{:?} {:?}", counts(&tables), ssda903::inferred_year(&tables));
}
#[test]
fn series() {
    let Some(files) = folder("data/returns-samples/ssda903-series", |name| name.ends_with(".csv")) else { return };
    let sources: Vec<Source<'_>> = files.iter().map(|(name, bytes)| Source { name, bytes }).collect();
    for set in ssda903::by_year(&sources) {
        let (tables, findings) = ssda903::read(&set);
        for f in findings.iter().take(20) {
            println!("{} {:?} {} {:?} {:?}", f.at, f.kind, f.message, f.value, f.child);
        }
        println!("{} {:?} {:?} {}", set[0].name, counts(&tables), ssda903::inferred_year(&tables), findings.len());
        let _ = Kind::Empty;
    }
}
