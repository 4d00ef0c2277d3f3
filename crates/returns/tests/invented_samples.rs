//! Small invented files of the borough of Ashmere, one for each return, with most of what goes wrong in real ones.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use jiff::civil::date;
use returns::facts::{self, About, Ends, Extract, Fact, Identity, Observation, PersonFact, ReturnKind, Subject, Unit, WorkerFact};
use returns::ssda903::Source;

macro_rules! sample {
    ($name:literal) => {
        Source { name: $name, bytes: include_bytes!(concat!("samples/", $name)) }
    };
}

const LOOKED_AFTER: [Source<'static>; 7] = [
    sample!("ssda903_ashmere/people.csv"),
    sample!("ssda903_ashmere/moves.csv"),
    sample!("ssda903_ashmere/meetings.txt"),
    sample!("ssda903_ashmere/leavers.csv"),
    sample!("ssda903_ashmere/workers.csv"),
    sample!("ssda903_ashmere/nothing.csv"),
    sample!("ssda903_ashmere/other.csv"),
];

fn read(kind: ReturnKind, sources: &[Source<'_>]) -> Extract {
    let mut extracts = facts::read(kind, sources, date(2026, 11, 23));
    assert_eq!(extracts.len(), 1);
    extracts.remove(0)
}

/// Each finding as `file line:column code value`.
fn findings(extract: &Extract) -> Vec<String> {
    let line = |finding: &returns::finding::Finding| {
        let (spot, code) = (finding.at.spot, finding.kind.code());
        let file = finding.at.file.as_str().rsplit('/').next().unwrap_or_default().to_owned();
        let value = finding.value.as_deref().unwrap_or("");
        format!("{file} {}:{} {code} {value}", spot.line, spot.column).trim_end().to_owned()
    };
    extract.findings.iter().map(line).collect()
}

fn keys(extract: &Extract) -> Vec<&str> {
    extract.records.iter().map(|record| record.key.as_str()).collect()
}

fn facts_of<'a>(extract: &'a Extract, key: &str) -> &'a [Fact] {
    &extract.records.iter().find(|record| record.key == key).unwrap().facts
}

/// The story of one child, oldest first.
fn story(extract: &Extract, child: &str) -> Vec<String> {
    let subject = Subject::la_child(child);
    let facts = extract.records.iter().filter(|record| record.subject == subject).flat_map(|record| &record.facts);
    let mut events: Vec<_> = facts.filter_map(|fact| if let Fact::Event(event) = fact { Some(event) } else { None }).collect();
    events.sort_by_key(|event| event.on);
    events.iter().map(|event| format!("{} {}", event.on, event.title())).collect()
}

#[test]
fn children_in_need_are_read_and_what_is_odd_is_pointed_at() {
    let extract = read(ReturnKind::Cin, &[sample!("cin_ashmere.xml")]);
    let expected = [
        "cin_ashmere.xml 60:5 8525Q",
        "cin_ashmere.xml 63:26 unreadable-date 31/02/2019",
        "cin_ashmere.xml 64:14 unknown-code X",
        "cin_ashmere.xml 65:9 unknown-element Sunny & co",
        "cin_ashmere.xml 68:7 8630",
        "cin_ashmere.xml 68:7 8805",
        "cin_ashmere.xml 73:9 8565",
        "cin_ashmere.xml 73:9 no-date",
        "cin_ashmere.xml 74:9 2885",
        "cin_ashmere.xml 76:32 unreadable-number none",
        "cin_ashmere.xml 77:20 no-date",
        "cin_ashmere.xml 81:5 8500",
        "cin_ashmere.xml 93:5 8500",
        "cin_ashmere.xml 98:7 no-date",
    ];
    assert_eq!(findings(&extract), expected);
    assert_eq!(extract.authority.as_deref(), Some("399"));
    assert_eq!(extract.reference_on, Some(date(2026, 3, 31)));
    let counts = extract.counts();
    assert_eq!(
        counts,
        [
            (Unit::Child, 4, 0),
            (Unit::Referral, 4, 1),
            (Unit::Assessment, 1, 0),
            (Unit::ChildInNeedPlan, 1, 1),
            (Unit::Section47Enquiry, 1, 0),
            (Unit::ProtectionPlan, 2, 0),
            (Unit::ProtectionReview, 3, 1),
        ]
    );
    assert_eq!(extract.read(), counts.iter().map(|(_, read, _)| read).sum::<usize>());
}

#[test]
fn a_child_in_need_has_a_story_and_statuses() {
    let extract = read(ReturnKind::Cin, &[sample!("cin_ashmere.xml")]);
    let expected = [
        "2025-06-02 Referral from a school",
        "2025-06-03 Assessment began",
        "2025-06-03 Section 47 enquiry began",
        "2025-06-20 Initial child protection conference",
        "2025-06-20 Child protection plan began for neglect",
        "2025-07-14 Assessment authorised",
        "2025-09-12 Child protection review conference",
        "2026-02-27 Child protection review conference",
    ];
    assert_eq!(story(&extract, "ASH0001"), expected);
    let Some(Fact::Status(plan)) = facts_of(&extract, "cin/ASH0001/protection-plan/2025-06-20").first() else { panic!() };
    assert_eq!((plan.kind(), plan.code(), plan.ends), ("protection_plan", Some("EMO"), Ends::NotYet));
    assert_eq!(
        serde_json::to_string(&plan.particulars()).unwrap(),
        r#"{"initial_category":"NEG","latest_category":"EMO","previous_plans":1}"#
    );
}

#[test]
fn no_child_is_lost_for_want_of_a_number() {
    let extract = read(ReturnKind::Cin, &[sample!("cin_ashmere.xml")]);
    let children: Vec<&Subject> = extract.records.iter().filter(|it| it.unit == Unit::Child).map(|it| &it.subject).collect();
    assert_eq!(children.len(), 4);
    assert_eq!(children[2], &Subject::Child(Identity::Upn("A399000000003".to_owned())));
    assert!(matches!(children[3], Subject::Child(Identity::Unidentified(_))));
    // A referral that led to nothing is an event and no status.
    let referral = facts_of(&extract, "cin/upn:A399000000003/referral/2026-01-15");
    assert!(matches!(referral, [Fact::Event(event)] if event.title() == "Referral from a health visitor, no further action"));
}

#[test]
fn findings_stand_with_the_record_they_are_about() {
    let extract = read(ReturnKind::Cin, &[sample!("cin_ashmere.xml")]);
    let record = extract.records.iter().find(|record| record.key == "cin/ASH0002/child").unwrap();
    let codes: Vec<String> = record.flags.iter().map(|flag| extract.findings[*flag].kind.code().into_owned()).collect();
    assert_eq!(codes, ["8525Q", "unreadable-date", "unknown-code", "unknown-element"]);
    assert!(record.flags.iter().all(|flag| extract.findings[*flag].child.as_deref() == Some("ASH0002")));
}

#[test]
fn looked_after_tables_are_known_by_their_columns() {
    let extract = read(ReturnKind::Ssda903, &LOOKED_AFTER);
    let expected = [
        "meetings.txt 3:1 same-record-twice",
        "moves.csv 1:95 unknown-column Comment",
        "moves.csv 6:1 no-date",
        "moves.csv 6:9 unreadable-date 31/04/2025",
        "moves.csv 7:1 end-before-start",
        "moves.csv 7:28 unknown-code K9",
        "moves.csv 7:76 extra-cells extra",
        "moves.csv 8:1 no-person",
        "moves.csv 9:1 missing-cells",
        "nothing.csv 1:1 empty",
        "other.csv 1:1 not-understood name,colour",
        "people.csv 1:1 year-inferred",
    ];
    assert_eq!(findings(&extract), expected);
    let expected = [
        "903/ASH0101/child",
        "903/ASH0102/child",
        "903/upn:A399000000103/child",
        "903/ASH0101/episode/2025-05-06",
        "903/ASH0101/episode/2025-09-01",
        "903/ASH0102/episode/2025-06-12",
        "903/ASH0103/episode/2025-07-12",
        "903/ASH0101/review/2025-06-02",
        "903/ASH0101/review/2025-06-02",
        "903/ASH0101/review/2025-09-01",
        "903/ASH0201/care-leaver/2025-26",
        "903/ASH0101/social-worker/2025-05-06",
        "903/ASH0101/social-worker/2025-10-01",
    ];
    assert_eq!(keys(&extract), expected);
    assert_eq!(extract.read(), 15);
}

#[test]
fn a_looked_after_child_has_a_story() {
    let extract = read(ReturnKind::Ssda903, &LOOKED_AFTER);
    let expected = [
        "2025-05-06 Started to be looked after: Interim care order",
        "2025-05-06 Social worker began: SW39900001",
        "2025-06-02 Looked-after review: Came and spoke",
        "2025-06-02 Looked-after review: Came and spoke",
        "2025-09-01 Legal status changed: Full care order",
        "2025-09-01 Placement changed: Foster care with a relative or friend, long-term",
        "2025-09-01 Looked-after review: Did not come, sent views by other means",
        "2025-10-01 Social worker began: SW39900002",
    ];
    assert_eq!(story(&extract, "ASH0101"), expected);
    let Some(Fact::Status(status)) = facts_of(&extract, "903/ASH0101/episode/2025-05-06").first() else { panic!() };
    let About::LookedAfter(care) = &status.about else { panic!() };
    assert_eq!((status.ends, care.placement_postcode.as_deref()), (Ends::On(date(2025, 9, 1)), Some("ZZ2 1AA")));
    let mother = facts_of(&extract, "903/ASH0102/child");
    assert!(mother.contains(&Fact::Person(PersonFact::MothersChildBornOn(date(2026, 1, 17)))));
}

#[test]
fn workers_are_read_and_nobody_is_guessed() {
    let extract = read(ReturnKind::Workforce, &[sample!("csww_ashmere.xml")]);
    assert_eq!(findings(&extract), ["csww_ashmere.xml 14:3 no-person", "csww_ashmere.xml 15:40 unreadable-number one"]);
    assert_eq!(keys(&extract), ["csww/SW0000399001/census/2025", "csww/authority/census/2025"]);
    let facts = facts_of(&extract, "csww/SW0000399001/census/2025");
    let on_day = facts
        .iter()
        .any(|fact| matches!(fact, Fact::Worker(WorkerFact::OnDay { cases: Some(17), fte: Some(fte), .. }) if fte.to_string() == "0.8"));
    let absent = facts
        .iter()
        .any(|fact| matches!(fact, Fact::Worker(WorkerFact::Absent { reason: Some(reason), .. }) if reason.label() == "Sickness"));
    assert!(on_day && absent);
}

#[test]
fn inspection_lists_are_found_under_titles_and_in_words() {
    let extract = read(ReturnKind::AnnexA, &[sample!("annex_a_ashmere.xlsx")]);
    let expected = [
        "annex_a_ashmere.xlsx [Contacts] 3:4 unreadable-date 29/02/2015",
        "annex_a_ashmere.xlsx [Contacts] 3:7 unknown-code Someone",
        "annex_a_ashmere.xlsx [Contacts] 4:2 no-person",
        "annex_a_ashmere.xlsx [List 9] 3:18 unknown-column Shoe size",
        "annex_a_ashmere.xlsx [List 9] 4:9 unreadable-cell #N/A",
        "annex_a_ashmere.xlsx [Notes] 1:1 not-understood Notes",
    ];
    assert_eq!(findings(&extract), expected);
    assert_eq!(
        keys(&extract),
        ["annex-a/9390001/contact/2025-09-01", "annex-a/ASH0302/contact/2025-09-05", "annex-a/ASH0303/care-leaver/undated"]
    );
    assert_eq!(story(&extract, "9390001"), ["2025-09-01 Contact from the police"]);
    let care_leaver = facts_of(&extract, "annex-a/ASH0303/care-leaver/undated");
    let known = |fact: &Fact| matches!(fact, Fact::AsAt(at) if matches!(&at.what, Observation::CareLeaver { suitability: Some(it), .. } if it.label() == "Suitable"));
    assert!(care_leaver.iter().any(known));
    assert!(care_leaver.contains(&Fact::Person(PersonFact::HeldBy {
        team: Some("Care Leavers".to_owned()),
        worker: None,
        personal_adviser: Some("Sam Field".to_owned()),
    })));
}

#[test]
fn each_file_is_recognised_by_its_contents() {
    let cases = [
        (sample!("cin_ashmere.xml"), Some(ReturnKind::Cin)),
        (sample!("csww_ashmere.xml"), Some(ReturnKind::Workforce)),
        (sample!("annex_a_ashmere.xlsx"), Some(ReturnKind::AnnexA)),
        (LOOKED_AFTER[1], Some(ReturnKind::Ssda903)),
        (LOOKED_AFTER[5], None),
        (LOOKED_AFTER[6], None),
        (Source { name: "x.pdf", bytes: b"%PDF-1.7 x" }, None),
    ];
    for (source, expected) in cases {
        assert_eq!(facts::recognise(&source), expected, "{}", source.name);
    }
}

#[test]
fn a_file_of_the_wrong_kind_is_said_to_be_one() {
    let cases = [
        (ReturnKind::Cin, sample!("csww_ashmere.xml"), "its header says the collection is CSWW"),
        (ReturnKind::Cin, LOOKED_AFTER[0], "This is not XML"),
        (ReturnKind::Cin, sample!("annex_a_ashmere.xlsx"), "a workbook"),
        (ReturnKind::Workforce, sample!("cin_ashmere.xml"), "its header says the collection is CIN"),
        (ReturnKind::AnnexA, sample!("cin_ashmere.xml"), "not a workbook"),
        (ReturnKind::Ssda903, sample!("cin_ashmere.xml"), "it begins with <Message>"),
    ];
    for (kind, source, words) in cases {
        let extract = read(kind, &[source]);
        assert_eq!(extract.read(), 0, "{kind:?} {}", source.name);
        assert!(extract.findings.iter().any(|finding| finding.message.contains(words)), "{kind:?} {:?}", extract.findings);
    }
}
