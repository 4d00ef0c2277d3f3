//! The returns among the shared samples, all of them, the odd files too: how much each holds, that every element and
//! row is accounted for, and that a second reading finds everything already there.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod shared;

use std::collections::{BTreeMap, HashMap};

use jiff::civil::date;
use returns::facts::{self, Extract, Happening, ReturnKind, Unit};
use returns::finding::Kind;
use returns::ssda903::Source;

struct Sample {
    name: String,
    bytes: Vec<u8>,
}

/// The files of a folder whose names end so, in order.
fn folder(path: &str, ending: &str) -> Vec<Sample> {
    let Some(path) = shared::shared(path) else { return Vec::new() };
    let entries = std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path());
    let mut paths: Vec<_> = entries.filter(|path| path.to_string_lossy().ends_with(ending)).collect();
    paths.sort();
    let sample = |path: &std::path::PathBuf| Sample {
        name: path.file_name().unwrap().to_string_lossy().into_owned(),
        bytes: std::fs::read(path).unwrap(),
    };
    paths.iter().map(sample).collect()
}

fn read(kind: ReturnKind, samples: &[Sample]) -> Vec<Extract> {
    let sources: Vec<Source<'_>> = samples.iter().map(|sample| Source { name: &sample.name, bytes: &sample.bytes }).collect();
    facts::read(kind, &sources, date(2026, 11, 23))
}

fn count(extract: &Extract, unit: Unit) -> usize {
    extract.counts().iter().find(|(counted, ..)| *counted == unit).map_or(0, |(_, read, _)| *read)
}

fn kinds(extract: &Extract) -> BTreeMap<String, usize> {
    let mut kinds = BTreeMap::new();
    for finding in &extract.findings {
        *kinds.entry(finding.kind.code().into_owned()).or_default() += 1;
    }
    kinds
}

/// What an import would do: new, amended and already there.
fn take_in(known: &mut HashMap<String, String>, extract: &Extract) -> (usize, usize, usize) {
    let (mut new, mut amended, mut there) = (0, 0, 0);
    for record in &extract.records {
        match known.insert(record.key.clone(), record.digest.clone()) {
            None => new += 1,
            Some(digest) if digest == record.digest => there += 1,
            Some(_) => amended += 1,
        }
    }
    assert_eq!(new + amended + there + extract.refused.len(), extract.read());
    (new, amended, there)
}

#[test]
fn every_census_file_is_read_and_its_oddities_are_told() {
    // File, children, records, codes of some findings with how many there are.
    type Case = (&'static str, usize, usize, &'static [(&'static str, usize)]);
    let cases: [Case; 9] = [
        ("CIN2rows.xml", 1, 9, &[("stray-text", 1), ("8940", 1), ("same-record-twice", 2)]),
        ("CIN_Census_2021.xml", 1, 7, &[("stray-text", 1), ("unlikely-date", 1), ("8525Q", 1), ("8875", 1)]),
        ("CIN_Census_2021_no_assessment_factors.xml", 1, 7, &[("stray-text", 1), ("8670Q", 1), ("8867", 1)]),
        ("CIN_Census_2024.xml", 2, 10, &[("stray-text", 1), ("unknown-code", 1), ("1103", 1), ("8608", 1), ("in-future", 1)]),
        ("CIN_Census_2026.xml", 2, 11, &[("stray-text", 1), ("in-future", 2)]),
        ("CIN_header_issues_100.xml", 1, 7, &[("stray-text", 1)]),
        ("CIN_la_issues_2887Q.xml", 1, 7, &[("stray-text", 1)]),
        ("fake_CIN_data.xml", 332, 734, &[("8831", 350), ("8875", 91), ("KW01", 14)]),
        ("liia_BAR_cin_2022.xml", 1, 7, &[("8525Q", 1), ("1104", 2)]),
    ];
    for sample in folder("data/returns-samples/cin", ".xml") {
        let (_, children, records, codes) = cases.iter().find(|(file, ..)| *file == sample.name).unwrap();
        let extract = read(ReturnKind::Cin, std::slice::from_ref(&sample)).remove(0);
        assert_eq!(count(&extract, Unit::Child), *children, "{}", sample.name);
        assert_eq!((extract.records.len(), extract.refused.len()), (*records, 0), "{}", sample.name);
        for (code, expected) in *codes {
            assert_eq!(kinds(&extract).get(*code), Some(expected), "{} {code} {:?}", sample.name, kinds(&extract));
        }
    }
}

#[test]
fn stray_text_is_found_where_it_stands() {
    let Some(bytes) = shared::bytes("data/returns-samples/cin/CIN_Census_2024.xml") else { return };
    let (_, findings) = returns::cin_census::read(&bytes, "x.xml");
    let places: Vec<_> = findings.iter().map(|finding| (&finding.kind, finding.at.spot.line, finding.at.spot.column)).collect();
    assert_eq!(places, [(&Kind::StrayText, 23, 45), (&Kind::UnknownCode, 46, 44)]);
}

#[test]
fn the_looked_after_tables_are_counted_and_reconcile() {
    let samples = folder("data/returns-samples/ssda903", ".csv");
    if samples.is_empty() {
        return;
    }
    let extract = read(ReturnKind::Ssda903, &samples).remove(0);
    let expected = [
        (Unit::Child, 2675),
        (Unit::CareEpisode, 5050),
        (Unit::CareReview, 12582),
        (Unit::AsylumSeeker, 132),
        (Unit::Outcomes, 2675),
        (Unit::CareLeaver, 53),
        (Unit::Adoption, 29),
        (Unit::PlacedForAdoption, 59),
        (Unit::PreviousPermanence, 2675),
        (Unit::MissingEpisode, 43),
        (Unit::SocialWorkerEpisode, 1),
        (Unit::DeprivationOfLiberty, 1),
    ];
    for (unit, number) in expected {
        assert_eq!(count(&extract, unit), number, "{unit:?}");
    }
    let mut known = HashMap::new();
    let (new, amended, there) = take_in(&mut known, &extract);
    assert_eq!((new, amended, there, extract.refused.len()), (25_972, 0, 3, 0));
    let again = read(ReturnKind::Ssda903, &samples).remove(0);
    assert_eq!(take_in(&mut known, &again), (0, 0, 25_975));
    // Every finding beside the future dates, the year and the doubles is an unknown code, and there are 62.
    assert_eq!(kinds(&extract).get("unknown-code"), Some(&62));
}

#[test]
fn the_looked_after_xml_says_the_same_as_its_elements() {
    let samples = folder("data/returns-samples/ssda903", ".xml");
    if samples.is_empty() {
        return;
    }
    let text = String::from_utf8(samples[0].bytes.clone()).unwrap();
    let elements = |name: &str| text.matches(&format!("<{name}>")).count();
    let extract = read(ReturnKind::Ssda903, &samples).remove(0);
    let cases = [
        (Unit::Child, elements("CHILD")),
        (Unit::CareEpisode, elements("EPISODE")),
        (Unit::CareReview, elements("AREVIEW")),
        (Unit::MissingEpisode, elements("AMISSING")),
        (Unit::Outcomes, elements("OC2")),
        (Unit::PreviousPermanence, elements("PERMANENCE")),
        (Unit::PlacedForAdoption, elements("AD_PLACED")),
    ];
    for (unit, expected) in cases {
        assert_eq!(count(&extract, unit), expected, "{unit:?}");
        assert!(expected > 0, "{unit:?}");
    }
}

#[test]
fn five_years_of_one_authority_are_taken_in_one_after_another() {
    let samples = folder("data/returns-samples/ssda903-series", ".csv");
    if samples.is_empty() {
        return;
    }
    let extracts = read(ReturnKind::Ssda903, &samples);
    let years: Vec<i16> = extracts.iter().map(|extract| extract.year.unwrap().ends()).collect();
    assert_eq!(years, [2018, 2019, 2020, 2021, 2022]);
    let children: Vec<usize> = extracts.iter().map(|extract| count(extract, Unit::Child)).collect();
    assert_eq!(children, [819, 572, 362, 226, 144]);
    let mut known = HashMap::new();
    for (number, extract) in extracts.iter().enumerate() {
        let (new, _, there) = take_in(&mut known, extract);
        assert!(number == 0 || there > new, "{number}: most of a later year was there before");
    }
    // Taking the series in again ends where it began.
    let ended = known.clone();
    for extract in &extracts {
        assert_eq!(take_in(&mut known, extract).0, 0);
    }
    assert_eq!(known, ended);
}

#[test]
fn the_workforce_and_inspection_samples_are_read() {
    for sample in folder("data/returns-samples/csww", ".xml") {
        let extract = read(ReturnKind::Workforce, &[sample]).remove(0);
        assert_eq!((count(&extract, Unit::Worker), count(&extract, Unit::Vacancies)), (30, 1));
        assert_eq!((extract.findings.len(), extract.authority.as_deref()), (0, Some("301")));
    }
    for sample in folder("data/returns-samples/annex-a", ".xlsx") {
        let extract = read(ReturnKind::AnnexA, &[sample]).remove(0);
        assert_eq!(extract.counts().iter().map(|(_, read, _)| *read).collect::<Vec<_>>(), [5, 5, 6, 5, 5, 5, 7, 5, 6, 5, 5]);
        assert_eq!((extract.read(), extract.refused.len()), (59, 0));
        assert_eq!(kinds(&extract).get("unreadable-cell"), Some(&1));
        let visits = extract.records.iter().flat_map(|record| &record.facts);
        let visits = visits.filter(|fact| matches!(fact, facts::Fact::Event(event) if matches!(event.what, Happening::Visit { .. })));
        assert_eq!(visits.count(), 12);
    }
}

#[test]
fn lists_of_providers_are_not_taken_for_lists_of_children() {
    for sample in folder("data/returns-samples/ssda903", ".xlsx") {
        let source = Source { name: &sample.name, bytes: &sample.bytes };
        assert_eq!(facts::recognise(&source), None, "{}", sample.name);
        let extract = read(ReturnKind::AnnexA, std::slice::from_ref(&sample)).remove(0);
        assert_eq!(extract.read(), 0, "{}", sample.name);
        assert!(extract.findings.iter().any(|finding| finding.kind == Kind::NotUnderstood), "{}", sample.name);
    }
}
