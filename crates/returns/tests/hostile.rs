//! Files that are cut short, damaged, of another kind or made to hurt: reading never fails, never takes long, and
//! every element or row that was seen is either handed on or refused.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod shared;

use std::collections::HashSet;
use std::time::{Duration, Instant};

use jiff::civil::date;
use proptest::prelude::*;
use returns::cin_census::{self, Census};
use returns::facts::{self, Extract, ReturnKind};
use returns::finding::Kind;
use returns::ssda903::{self, Return, Source};

const CIN: &[u8] = include_bytes!("samples/cin_ashmere.xml");
const WORKFORCE: &[u8] = include_bytes!("samples/csww_ashmere.xml");
const LISTS: &[u8] = include_bytes!("samples/annex_a_ashmere.xlsx");
const MOVES: &[u8] = include_bytes!("samples/ssda903_ashmere/moves.csv");

/// Reads the bytes as everything that can be read, and asserts what must hold of any file.
fn read_as_everything(bytes: &[u8]) {
    let source = Source { name: "file", bytes };
    let _ = facts::recognise(&source);
    for kind in ReturnKind::ALL {
        for extract in facts::read(kind, &[source], date(2026, 11, 23)) {
            assert_sound(&extract);
        }
    }
    let (census, findings) = cin_census::read(bytes, "file");
    assert_eq!(facts::from_cin(&census, findings, date(2026, 11, 23)).read(), elements(&census));
    let (tables, findings) = ssda903::read(&[source]);
    assert_eq!(facts::from_ssda903(&tables, findings, None, date(2026, 11, 23)).read(), rows(&tables));
}

fn assert_sound(extract: &Extract) {
    let mut seen = HashSet::new();
    for record in &extract.records {
        assert!(seen.insert((&record.key, &record.digest)) || repeated(extract), "{}", record.key);
        assert!(record.flags.iter().all(|flag| *flag < extract.findings.len()));
    }
    let refused = extract.findings.iter().filter(|finding| matches!(finding.kind, Kind::NoPerson | Kind::NoDate)).count();
    assert_eq!(refused, extract.refused.len());
}

fn repeated(extract: &Extract) -> bool {
    extract.findings.iter().any(|finding| finding.kind == Kind::SameRecordTwice)
}

fn elements(census: &Census) -> usize {
    let episodes = census.children.iter().flat_map(|child| &child.episodes);
    let inside = episodes.map(|episode| {
        let reviews: usize = episode.protection_plans.iter().map(|plan| plan.reviews.len()).sum();
        let plans = episode.plans.len() + episode.protection_plans.len() + episode.pre_proceedings.len();
        1 + episode.assessments.len() + episode.enquiries.len() + plans + reviews
    });
    census.children.len() + inside.sum::<usize>()
}

fn rows(tables: &Return) -> usize {
    let people = tables.children.len() + tables.asylum_seekers.len() + tables.outcomes.len() + tables.care_leavers.len();
    let adoption = tables.adoptions.len() + tables.placed_for_adoption.len() + tables.previous_permanence.len();
    let dated = tables.episodes.len() + tables.reviews.len() + tables.missing.len() + tables.social_workers.len();
    people + adoption + dated + tables.deprivations_of_liberty.len()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        read_as_everything(&bytes);
    }

    #[test]
    fn any_text_of_tags_and_cells_is_read(parts in proptest::collection::vec(
        prop::sample::select(vec![
            "<Message>", "</Message>", "<Children>", "<Child>", "</Child>", "<CINdetails>", "</CINdetails>", "<ChildIdentifiers>",
            "<LAchildID>A</LAchildID>", "<CINreferralDate>2025-01-01</CINreferralDate>", "<Section47>", "</Section47>",
            "<ChildProtectionPlans>", "<Reviews><CPPreviewDate>", "</CPPreviewDate>", "<EXPSSDA903>", "<CHILD>", "<HEADER>",
            "<CHILDID>7</CHILDID>", "<EPISODE>", "<DECOM>01/01/2025</DECOM>", "</CHILD>", "<CSWWWorker>", "&amp;", "&x;", "&#1;", "<!-- ",
            "-->", "<![CDATA[", "]]>", "<?x", "?>", "<!DOCTYPE x [", "text", "<", ">", "\"", "CHILD,DECOM,RNE,LS", "\n", "\r\n", ",", "7,31/01/2025",
            "S,C2", "\t", "\u{FEFF}", "é", "\u{0}",
        ]), 0..60)) {
        read_as_everything(parts.concat().as_bytes());
    }

    #[test]
    fn damaged_files_are_read(which in 0..4_usize, damage in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12)) {
        let mut bytes = [CIN, WORKFORCE, LISTS, MOVES][which].to_vec();
        for (place, byte) in damage {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        read_as_everything(&bytes);
    }
}

#[test]
fn our_files_are_read_wherever_they_are_cut() {
    for bytes in [CIN, WORKFORCE, MOVES] {
        for end in (0..bytes.len()).step_by(7) {
            read_as_everything(&bytes[..end]);
        }
    }
    for end in (0..LISTS.len()).step_by(31) {
        let extract = facts::read(ReturnKind::AnnexA, &[Source { name: "file", bytes: &LISTS[..end] }], date(2026, 11, 23)).remove(0);
        assert_eq!(extract.findings[0].kind, Kind::NotUnderstood);
    }
}

#[test]
fn a_census_that_is_cut_short_keeps_what_came_before_and_says_so() {
    let mut most = 0;
    for end in (700..CIN.len() - 12).step_by(50) {
        let (census, findings) = cin_census::read(&CIN[..end], "cut.xml");
        assert!(findings.iter().any(|finding| finding.kind == Kind::CutShort), "{end}");
        let last = census.children.len();
        assert!(last >= most, "{end}");
        most = last;
    }
    assert_eq!(most, 4);
}

/// Every hundredth byte of the small shared samples, and eight places of the large ones.
#[test]
fn shared_files_are_read_wherever_they_are_cut() {
    for folder in ["cin", "csww", "ssda903"] {
        for bytes in files(folder) {
            let step = if bytes.len() < 6_000 { 100 } else { bytes.len() / 8 };
            for end in (0..bytes.len()).step_by(step) {
                read_as_everything(&bytes[..end]);
            }
        }
    }
}

#[test]
#[ignore = "takes minutes: every hundredth byte of every shared file; run it with --release"]
fn shared_files_are_read_cut_at_every_hundredth_byte() {
    for folder in ["cin", "csww", "ssda903"] {
        for bytes in files(folder) {
            for end in (0..bytes.len()).step_by(100) {
                let _ = facts::recognise(&Source { name: "file", bytes: &bytes[..end] });
                for kind in [ReturnKind::Cin, ReturnKind::Ssda903, ReturnKind::Workforce] {
                    facts::read(kind, &[Source { name: "file", bytes: &bytes[..end] }], date(2026, 11, 23)).iter().for_each(assert_sound);
                }
            }
        }
    }
}

fn files(folder: &str) -> Vec<Vec<u8>> {
    let Some(path) = shared::shared(&format!("data/returns-samples/{folder}")) else { return Vec::new() };
    let paths = std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path());
    paths.filter(|path| !path.to_string_lossy().ends_with(".xlsx")).map(|path| std::fs::read(path).unwrap()).collect()
}

#[test]
fn files_made_to_hurt_are_read_in_a_moment() {
    let header = "<Message><Header><CollectionDetails><ReferenceDate>2026-03-31</ReferenceDate></CollectionDetails></Header><Children>";
    let laughs: String = (1..60).map(|n| format!("<!ENTITY a{n} \"&a{0};&a{0};\">", n - 1)).collect();
    let one_child = |inside: &str, times: usize| {
        format!("{header}<Child><ChildIdentifiers><LAchildID>A</LAchildID></ChildIdentifiers><CINdetails>{}", inside.repeat(times))
    };
    let cases = [
        ("entities that grow", format!("<!DOCTYPE Message [{laughs}]>{header}<Child><ChildIdentifiers><LAchildID>&a59;</LAchildID>")),
        ("deep", format!("{header}<Child>{}", "<a>".repeat(300_000))),
        ("many ends", format!("{header}<Child>{}", "</a>".repeat(300_000))),
        ("nested roots", "<Message>".repeat(200_000)),
        (
            "one long line",
            format!("{header}{}", "<Child><ChildIdentifiers><LAchildID>A</LAchildID></ChildIdentifiers></Child>".repeat(3_000)),
        ),
        ("many plans", one_child("<ChildProtectionPlans><CPPstartDate>2025-05-01</CPPstartDate></ChildProtectionPlans>", 4_000)),
        ("many dates", one_child("<Section47><S47ActualStartDate>2025-05-01</S47ActualStartDate></Section47>", 4_000)),
        ("strange elements", format!("{header}{}", (0..20_000).map(|n| format!("<x{n}/>")).collect::<String>())),
        ("open quotes", format!("CHILD,DECOM\n{}", "\"a,\"\"b\n".repeat(40_000))),
        ("one endless cell", format!("CHILD,DECOM\n\"{}", "x,\n".repeat(100_000))),
        ("many columns", format!("CHILD,DECOM,{}\n", "x,".repeat(20_000))),
        ("bad cells", format!("CHILD,DECOM,DEC\n{}", "7,never,soon\n".repeat(20_000))),
    ];
    for (what, text) in cases {
        let started = Instant::now();
        for kind in [ReturnKind::Cin, ReturnKind::Ssda903] {
            facts::read(kind, &[Source { name: "file", bytes: text.as_bytes() }], date(2026, 11, 23)).iter().for_each(assert_sound);
        }
        assert!(started.elapsed() < Duration::from_secs(20), "{what}: {:?}", started.elapsed());
        println!("{what}: {:?}", started.elapsed());
    }
}

#[test]
#[ignore = "a measurement: run it with --release"]
fn ten_thousand_children_are_read_well_under_a_second() {
    let text = String::from_utf8_lossy(CIN);
    let (start, rest) = text.split_once("    <Child>").unwrap();
    let (child, _) = rest.split_once("    </Child>").unwrap();
    let children: String = (0..10_000).map(|n| format!("<Child>{}</Child>", child.replace("ASH0001", &format!("ASH{n:07}")))).collect();
    let file = format!("{start}{children}</Children></Message>");
    let started = Instant::now();
    let (census, findings) = cin_census::read(file.as_bytes(), "large.xml");
    let read = started.elapsed();
    let extract = facts::from_cin(&census, findings, date(2026, 11, 23));
    println!("{} bytes, {} records: read {read:?}, with rules and facts {:?}", file.len(), extract.records.len(), started.elapsed());
    assert_eq!((census.children.len(), extract.refused.len()), (10_000, 0));
    assert!(read < Duration::from_secs(1), "{read:?}");
}
