//! `keyworker import` as whoever runs the machine uses it: exit codes, what stands on which output, and that the
//! same file may be given again.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::{
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde_json::Value;
use tempfile::TempDir;

const CIN: &str = include_str!("../../returns/tests/samples/cin_ashmere.xml");
/// A census in which nothing is odd.
const CLEAN: &str = r#"<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>2026</Year><ReferenceDate>2026-03-31</ReferenceDate></CollectionDetails>
<Source><SourceLevel>L</SourceLevel><LEA>399</LEA><SoftwareCode>Keyworker</SoftwareCode><SerialNo>001</SerialNo><DateTime>2026-05-12T09:30:00</DateTime></Source></Header>
<Children><Child><ChildIdentifiers><LAchildID>ASH0900</LAchildID><UPNunknown>UN1</UPNunknown><PersonBirthDate>2023-01-10</PersonBirthDate><Sex>F</Sex></ChildIdentifiers>
<ChildCharacteristics><Ethnicity>WBRI</Ethnicity></ChildCharacteristics>
<CINdetails><CINreferralDate>2026-03-02</CINreferralDate><ReferralSource>6</ReferralSource><ReferralNFA>1</ReferralNFA></CINdetails></Child></Children></Message>"#;

struct Place {
    folder: TempDir,
}

impl Place {
    fn new() -> Place {
        Place { folder: TempDir::new().unwrap() }
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        path
    }

    fn import(&self, what: &str, path: &Path, more: &[&str]) -> Output {
        let database = format!("sqlite://{}", self.folder.path().join("keyworker.db").display());
        Command::new(env!("CARGO_BIN_EXE_keyworker"))
            .args(["import", what])
            .arg(path)
            .args(["--database", &database])
            .args(more)
            .output()
            .unwrap()
    }
}

fn said(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{e}: {} {}", said(&output.stdout), said(&output.stderr)))
}

#[test]
fn a_census_makes_the_database_and_may_be_given_again() {
    let place = Place::new();
    let file = place.file("census.xml", CIN);
    let first = place.import("cin", &file, &["--format", "json"]);
    assert_eq!(first.status.code(), Some(1), "{}", said(&first.stderr));
    let (report, total) = (json(&first), json(&first)["total"].clone());
    let number = |name: &str| total[name].as_u64().unwrap();
    assert_eq!(number("read"), number("stored") + number("amended") + number("already_there") + number("refused"));
    assert!(report["new_people"].as_u64() > Some(0) && report["taken_in"] == true);
    assert!(report["refused"].as_array().unwrap().iter().all(|one| one["line"].as_u64() > Some(1) && one["reason"].is_string()));
    let again = json(&place.import("cin", &file, &["--format", "json"]));
    assert_eq!((again["total"]["stored"].as_u64(), again["total"]["already_there"].as_u64()), (Some(0), Some(number("stored"))));
}

#[test]
fn text_tells_counts_on_one_output_and_places_on_the_other() {
    let place = Place::new();
    let output = place.import("cin", &place.file("census.xml", CIN), &[]);
    assert_eq!(output.status.code(), Some(1));
    let (out, err) = (said(&output.stdout), said(&output.stderr));
    assert!(out.contains("read = ") && out.contains("already there") && out.contains("referrals"), "{out}");
    assert!(err.lines().any(|line| line.contains("census.xml:") && line.contains("Not taken in")), "{err}");
    let output = place.import("cin", &place.file("clean.xml", CLEAN), &[]);
    assert_eq!((output.status.code(), said(&output.stderr).as_str()), (Some(0), ""), "{}", said(&output.stdout));
}

#[test]
fn csv_has_a_row_for_each_count_refusal_and_flag() {
    let place = Place::new();
    let output = place.import("cin", &place.file("census.xml", CIN), &["--format", "csv"]);
    let text = said(&output.stdout);
    let mut rows = csv::Reader::from_reader(text.as_bytes());
    let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
    for what in ["count", "refused", "look"] {
        assert!(rows.iter().any(|row| &row[0] == what), "{what}: {text}");
    }
}

#[test]
fn what_cannot_be_taken_in_is_told_with_its_place_and_changes_nothing() {
    let place = Place::new();
    let cases: [(&str, &str, Vec<u8>, &str); 4] = [
        ("cin", "cut.xml", CIN.as_bytes()[..CIN.len() - 200].to_vec(), "cut.xml:"),
        ("workforce", "census.xml", CIN.into(), "Children in need census"),
        ("annex-a", "list.xlsx", b"PK\x03\x04 and no more".to_vec(), "list.xlsx:1:1"),
        ("people", "census.xml", CIN.into(), "census.xml:1:1"),
    ];
    for (what, name, bytes, expected) in cases {
        let output = place.import(what, &place.file(name, bytes), &[]);
        let err = said(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{what} {name}: {err}");
        assert!(err.contains(expected), "{what} {name}: {err}");
    }
    let output = place.import("cin", &place.folder.path().join("nowhere.xml"), &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output.stderr).contains("nowhere.xml cannot be read"));
    let report = json(&place.import("cin", &place.file("clean.xml", CLEAN), &["--format", "json"]));
    assert_eq!((report["new_people"].as_u64(), report["total"]["stored"].as_u64()), (Some(1), Some(2)));
}

#[test]
fn a_folder_of_tables_is_one_return() {
    let place = Place::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../returns/tests/samples/ssda903_ashmere");
    let output = place.import("ssda903", &folder, &["--format", "json"]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output.stderr));
    let report = json(&output);
    assert!(report["units"].as_array().unwrap().iter().any(|line| line["unit"] == "care_review"), "{report}");
    let output = place.import("cin", &folder, &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output.stderr).contains("is a folder"));
}

#[test]
fn each_has_an_example() {
    for what in ["people", "cin", "ssda903", "workforce", "annex-a"] {
        let output = Command::new(env!("CARGO_BIN_EXE_keyworker")).args(["import", what, "--help"]).output().unwrap();
        assert!(said(&output.stdout).contains(&format!("keyworker import {what} ")), "{what}");
    }
}
