//! The statutory files taken in on both databases: once, whole or not at all, queried but never lost, and amended with
//! what was said before kept.
#![allow(clippy::unwrap_used)]

use std::path::PathBuf;

use jiff::{Timestamp, civil::date};
use store::{
    Act, Db, Error,
    imports::{self, Kind, Report, Source},
    people, testing,
};

const CIN: &str = include_str!("../../returns/tests/samples/cin_ashmere.xml");
const WORKFORCE: &str = include_str!("../../returns/tests/samples/csww_ashmere.xml");
const LISTS: &[u8] = include_bytes!("../../returns/tests/samples/annex_a_ashmere.xlsx");

fn later(minutes: i64) -> Timestamp {
    testing::start() + jiff::SignedDuration::from_mins(minutes)
}

fn operator(minutes: i64) -> Act {
    Act::command_line("tester", later(minutes))
}

fn source(name: &str, bytes: impl AsRef<[u8]>) -> Source {
    Source { name: name.into(), bytes: bytes.as_ref().to_vec() }
}

async fn take(db: &Db, kind: Kind, sources: Vec<Source>) -> Result<Report, Error> {
    let report = imports::run(db, &operator(0), kind, sources, date(2026, 5, 14), |_| {}).await?;
    assert!(report.reconciles(), "{report:?}");
    Ok(report)
}

async fn cin(db: &Db, text: &str) -> Report {
    take(db, Kind::Cin, vec![source("cin.xml", text)]).await.unwrap()
}

async fn count(db: &Db, from: &str) -> i64 {
    testing::text(db, &format!("SELECT CAST(COUNT(*) AS TEXT) FROM {from}")).await.parse().unwrap()
}

/// read, stored, amended, already there, refused.
fn numbers(report: &Report) -> [u64; 5] {
    let all = &report.total;
    [all.read, all.stored, all.amended, all.already_there, all.refused]
}

/// The one with this council's number.
fn child(number: &str) -> String {
    format!("(SELECT person_id FROM person_identifier WHERE kind = 'la_child_id' AND value = '{number}')")
}

#[tokio::test]
async fn a_census_is_taken_in_once_and_what_is_odd_is_queried() {
    for (name, db) in testing::databases().await {
        let first = cin(&db, CIN).await;
        let [read, stored, amended, there, refused] = numbers(&first);
        assert_eq!((amended, there, read), (0, 0, stored + refused), "{name}");
        assert!(first.new_people > 2 && first.has_findings(), "{name}: {}", first.sentence());
        let people = count(&db, "person").await;
        assert_eq!(first.new_people, people as u64, "{name}");

        let who = child("ASH0001");
        let told = testing::text(
            &db,
            &format!("SELECT sex || born_on || ethnicity || disability || disability_codes FROM person WHERE id = {who}"),
        )
        .await;
        assert_eq!(told, "female2016-02-29MWBCyesLD,AUT", "{name}");
        let plan = testing::text(&db, &format!("SELECT kind || code || from_on FROM person_status WHERE person_id = {who} AND kind = 'protection_plan' AND until_on IS NULL")).await;
        assert_eq!(plan, "protection_planemotional2025-06-20", "{name}");
        let due = testing::text(&db, &format!("SELECT code || start_on || due_on FROM due WHERE person_id = {who}")).await;
        assert_eq!(due, "RCPC_N2026-02-272026-08-27", "{name}");
        let case = testing::text(
            &db,
            &format!("SELECT i.kind || t.name FROM involvement i JOIN team t ON t.id = i.team_id WHERE i.person_id = {who}"),
        )
        .await;
        assert_eq!(case, format!("protection_plan{}", imports::NO_TEAM), "{name}");
        assert_eq!(count(&db, &format!("entry WHERE person_id = {who} AND kind = 'review'")).await, 2, "{name}");
        assert!(count(&db, "import_flag WHERE person_id IS NOT NULL").await > 0, "{name}");

        let tables = ["person", "person_status", "entry", "import_flag", "import_record", "involvement", "due", "person_identifier"];
        let mut before = Vec::new();
        for table in tables {
            before.push(count(&db, table).await);
        }
        let again = cin(&db, CIN).await;
        assert_eq!(numbers(&again), [read, 0, 0, stored, refused], "{name}");
        assert_eq!((again.new_people, again.flags.len()), (0, first.flags.len()), "{name}");
        for (table, number) in tables.into_iter().zip(before) {
            assert_eq!(count(&db, table).await, number, "{name}: {table}");
        }
        assert_eq!(count(&db, "import_run WHERE state = 'done'").await, 2, "{name}");
    }
}

#[tokio::test]
async fn what_a_later_file_amends_follows_and_what_was_said_stays() {
    for (name, db) in testing::databases().await {
        cin(&db, CIN).await;
        let who = child("ASH0001");
        let entries = count(&db, &format!("entry WHERE person_id = {who}")).await;
        let amended = CIN
            .replace("<LatestCategoryOfAbuse>EMO</LatestCategoryOfAbuse>", "<LatestCategoryOfAbuse>NEG</LatestCategoryOfAbuse>")
            .replace("<AssessmentAuthorisationDate>2025-07-14<", "<AssessmentAuthorisationDate>2025-07-15<")
            .replace("<PersonBirthDate>2016-02-29<", "<PersonBirthDate>2016-03-01<");
        let report = cin(&db, &amended).await;
        assert_eq!((report.total.amended, report.total.stored, report.new_people), (3, 0, 0), "{name}");
        let plan =
            testing::text(&db, &format!("SELECT code FROM person_status WHERE person_id = {who} AND kind = 'protection_plan'")).await;
        assert_eq!(plan, "neglect", "{name}");
        let born = testing::text(&db, &format!("SELECT CAST(born_on AS TEXT) FROM person WHERE id = {who}")).await;
        assert_eq!(born, "2016-03-01", "{name}");
        let line = format!("entry WHERE person_id = {who} AND title = 'Assessment authorised' AND happened_on = ");
        assert_eq!(count(&db, &format!("{line}'2025-07-14'")).await + count(&db, &format!("{line}'2025-07-15'")).await, 2, "{name}");
        assert_eq!(
            count(&db, &format!("entry WHERE person_id = {who} AND kind = 'correction' AND corrects_id IS NOT NULL")).await,
            1,
            "{name}"
        );
        assert_eq!(count(&db, &format!("entry WHERE person_id = {who}")).await, entries + 2, "{name}");
        assert_eq!(count(&db, "import_record_before").await, 3, "{name}");
        assert_eq!(count(&db, "audit_detail WHERE words LIKE '%date of birth: was 2016-02-29, is 2016-03-01%'").await, 1, "{name}");
    }
}

#[tokio::test]
async fn an_older_return_does_not_undo_a_newer_one() {
    for (name, db) in testing::databases().await {
        let older = CIN.replace("<ReferenceDate>2026-03-31<", "<ReferenceDate>2025-12-31<").replace("<Year>2026<", "<Year>2025<");
        let older = older.replace("<LatestCategoryOfAbuse>EMO<", "<LatestCategoryOfAbuse>NEG<");
        cin(&db, CIN).await;
        let report = cin(&db, &older).await;
        assert_eq!((report.total.amended, report.new_people), (0, 0), "{name}");
        let code = || async {
            testing::text(
                &db,
                &format!("SELECT code FROM person_status WHERE kind = 'protection_plan' AND person_id = {}", child("ASH0001")),
            )
            .await
        };
        assert_eq!(code().await, "emotional", "{name}");
        let again = cin(&db, &older).await;
        assert_eq!((again.total.stored, again.total.amended), (0, 0), "{name}");
        assert_eq!(code().await, "emotional", "{name}");
    }
}

#[tokio::test]
async fn people_are_known_by_their_numbers_and_the_record_stands() {
    for (name, db) in testing::databases().await {
        let small = testing::small(&db).await.unwrap();
        let mut tx = db.write(operator(0)).await.unwrap();
        let opened = people::open(&mut tx, &small.child, care::access::Deed::ChangePerson).await.unwrap();
        people::identifier(&mut tx, &opened, "upn", "A399000000001", people::Verified::Yes).await.unwrap();
        tx.commit().await.unwrap();
        let before = count(&db, "person").await;
        let report = cin(&db, CIN).await;
        assert_eq!(count(&db, "person").await, before + report.new_people as i64, "{name}");
        let told =
            testing::text(&db, &format!("SELECT given_name || surname || born_on || sex FROM person WHERE id = {}", child("ASH0001")))
                .await;
        assert_eq!(told, "EllieMarsh2016-03-02female", "{name}: the record stands, what was unknown is filled in");
        assert!(
            report.flags.iter().any(|flag| flag.code == "record-says-otherwise" && flag.message.contains("29 February 2016")),
            "{name}"
        );
        assert_eq!(
            count(&db, &format!("import_flag WHERE code = 'record-says-otherwise' AND person_id = '{}'", small.child)).await,
            1,
            "{name}"
        );
        assert_eq!(count(&db, &format!("involvement WHERE person_id = '{}'", small.child)).await, 1, "{name}: the team's case goes on");

        let mut tx = db.read(operator(1)).await.unwrap();
        let opened = people::open(&mut tx, &small.child, care::access::Deed::ReadRecord).await.unwrap();
        let queries = imports::queries(&mut tx, &opened).await.unwrap();
        assert!(queries.iter().any(|query| query.code == "record-says-otherwise" && query.file_name == "cin.xml"), "{name}");
        tx.finish().await.unwrap();
    }
}

#[tokio::test]
async fn a_file_that_cannot_be_taken_in_leaves_nothing_but_itself() {
    for (name, db) in testing::databases().await {
        let cut = &CIN.as_bytes()[..CIN.len() - 300];
        let wide: Vec<u8> = b"\xFF\xFE".iter().copied().chain("\u{1F600}".repeat(9).encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let cases: [(Kind, &str, Vec<u8>, &str); 8] = [
            (Kind::Cin, "cut.xml", cut.to_vec(), "cut.xml:"),
            (Kind::Cin, "staff.xml", WORKFORCE.into(), "Children's social work workforce census"),
            (Kind::Workforce, "cin.xml", CIN.into(), "Children in need census"),
            (Kind::Cin, "people.csv", b"id,given_name,surname\n1,A,B\n".to_vec(), "List of people"),
            (Kind::Cin, "empty.xml", Vec::new(), "empty.xml:1:1"),
            (Kind::AnnexA, "broken.xlsx", LISTS[..1500].to_vec(), "broken.xlsx:1:1"),
            (Kind::Ssda903, "wide.csv", wide, "wide.csv:1:1"),
            (Kind::People, "cin.xml", CIN.into(), "cin.xml:1:1"),
        ];
        for (number, (kind, file, bytes, expected)) in cases.into_iter().enumerate() {
            let refused = take(&db, kind, vec![source(file, &bytes)]).await;
            let Err(Error::Refused { words, .. }) = refused else { panic!("{name}: {file} was {refused:?}") };
            assert!(words.contains(expected) && words.contains("Nothing was taken in"), "{name}: {file}: {words}");
            for table in ["person", "import_record", "person_status", "entry", "involvement", "worker"] {
                assert_eq!(count(&db, table).await, 0, "{name}: {file}: {table}");
            }
            assert_eq!(count(&db, "import_run WHERE state = 'failed' AND failure <> ''").await, number as i64 + 1, "{name}: {file}");
        }
        let mut tx = db.read(operator(1)).await.unwrap();
        let run = imports::runs(&mut tx, 50).await.unwrap().into_iter().find(|run| run.file_name == "cut.xml").unwrap();
        let kept = imports::sources(&mut tx, &run.id).await.unwrap();
        assert_eq!(imports::source(&mut tx, &kept[0].id).await.unwrap().bytes, cut, "{name}: the source is kept as it was given");
        tx.finish().await.unwrap();
    }
}

#[tokio::test]
async fn whoever_has_no_team_is_seen_by_those_who_lead_the_service() {
    for (name, db) in testing::databases().await {
        let mut tx = testing::scene(&db).await;
        let service = testing::team(&mut tx, "Children's services", "group").await.unwrap();
        let hana = testing::worker(&mut tx, "Hana", "Frost", "group_manager", Some(&service)).await.unwrap();
        tx.commit().await.unwrap();
        cin(&db, CIN).await;
        let id = testing::text(&db, &format!("SELECT id FROM person WHERE id = {}", child("ASH0001"))).await;
        let mut tx = db.read(Act::new(hana, later(1))).await.unwrap();
        let opened = people::open(&mut tx, &store::id::PersonId::from_text(id), care::access::Deed::ReadRecord).await;
        assert!(opened.is_ok(), "{name}: {opened:?}");
        tx.finish().await.unwrap();
        let unnamed =
            testing::text(&db, "SELECT CAST(COUNT(*) AS TEXT) FROM unverified_cell WHERE field = 'Name' AND source = 'cin.xml'").await;
        assert_eq!(unnamed, count(&db, "person").await.to_string(), "{name}");
    }
}

#[tokio::test]
async fn only_those_may_import_whose_work_it_is() {
    for (name, db) in testing::databases().await {
        let small = testing::small(&db).await.unwrap();
        let act = Act::new(small.priya, later(0));
        let refused = imports::run(&db, &act, Kind::Cin, vec![source("cin.xml", CIN)], date(2026, 5, 14), |_| {}).await;
        assert!(matches!(refused, Err(Error::RoleLacks)), "{name}: {refused:?}");
        assert_eq!(count(&db, "import_run").await, 0, "{name}");
        let act = Act::new(small.sam, later(0));
        let told = std::sync::Mutex::new(Vec::new());
        let report =
            imports::run(&db, &act, Kind::Cin, vec![source("cin.xml", CIN)], date(2026, 5, 14), |at| told.lock().unwrap().push(at)).await;
        assert!(report.is_ok(), "{name}");
        let last = *told.lock().unwrap().last().unwrap();
        assert!(last.done == last.of && last.of > 0 && last.read == CIN.len() as u64, "{name}: {last:?}");
    }
}

#[tokio::test]
async fn workers_come_without_accounts_and_a_list_with_its_teams() {
    for (name, db) in testing::databases().await {
        let report = take(&db, Kind::Workforce, vec![source("staff.xml", WORKFORCE)]).await.unwrap();
        assert_eq!(report.new_workers as i64, count(&db, "worker").await, "{name}");
        assert!(report.new_workers > 0, "{name}");
        assert_eq!((count(&db, "account").await, count(&db, "role_held").await), (0, 0), "{name}");
        assert_eq!(count(&db, "worker_post").await, count(&db, "import_record WHERE unit = 'worker'").await, "{name}");
        let again = take(&db, Kind::Workforce, vec![source("staff.xml", WORKFORCE)]).await.unwrap();
        assert_eq!((again.total.stored, again.total.amended), (0, 0), "{name}");

        let report = take(&db, Kind::AnnexA, vec![source("lists.xlsx", LISTS)]).await.unwrap();
        assert!(report.new_people > 0, "{name}");
        let again = take(&db, Kind::AnnexA, vec![source("lists.xlsx", LISTS)]).await.unwrap();
        assert_eq!((again.total.stored, again.total.amended), (0, 0), "{name}");
    }
}

#[tokio::test]
async fn a_list_of_people_is_a_run_too() {
    for (name, db) in testing::databases().await {
        let list = "id,given_name,surname,sex,dob,postcode,nhs_no\nA1,Tia,Marlow,F,2015-05-05,ZZ1 4QP,9990000018\n,No,Id,,,,\nA2,Bo,,,2015-02-30,,\n";
        let report = take(&db, Kind::People, vec![source("list.csv", list)]).await.unwrap();
        assert_eq!(numbers(&report), [3, 2, 0, 0, 1], "{name}");
        assert_eq!((report.refused.len(), report.refused[0].line), (1, 3), "{name}");
        let again = take(&db, Kind::People, vec![source("list.csv", list)]).await.unwrap();
        assert_eq!(numbers(&again), [3, 0, 0, 2, 1], "{name}");
        let mut tx = db.read(operator(1)).await.unwrap();
        let runs = imports::runs(&mut tx, 10).await.unwrap();
        let run = imports::one(&mut tx, &runs[0].id).await.unwrap();
        assert_eq!((run.kind(), run.state()), (Some(Kind::People), Some(imports::RunState::Done)), "{name}");
        assert_eq!(run.report().unwrap().unwrap().total.read, 3, "{name}");
        tx.finish().await.unwrap();
    }
}

/// Files that are at hand on some machines and never part of the project.
fn shared(folder: &str, ending: &str) -> Vec<Source> {
    let root = std::env::var_os("KEYWORKER_SHARED").map(PathBuf::from).unwrap_or_else(|| {
        let manifest = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
        manifest.ancestors().skip(2).map(|folder| folder.join("../shared")).find(|folder| folder.exists()).unwrap_or_default()
    });
    let folder = root.join("data/returns-samples").join(folder);
    let Ok(entries) = std::fs::read_dir(&folder) else {
        println!("skipped: {} is not on this machine", folder.display());
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> =
        entries.map(|entry| entry.unwrap().path()).filter(|path| path.to_string_lossy().ends_with(ending)).collect();
    paths.sort();
    paths.iter().map(|path| source(&path.file_name().unwrap().to_string_lossy(), std::fs::read(path).unwrap())).collect()
}

async fn twice(name: &str, db: &Db, kind: Kind, sources: Vec<Source>) -> Report {
    let first = take(db, kind, sources.clone()).await.unwrap();
    assert!(first.total.stored > 0, "{name}: {}", first.sentence());
    let again = take(db, kind, sources).await.unwrap();
    assert_eq!((again.total.stored, again.total.amended, again.new_people), (0, 0, 0), "{name}: {}", again.sentence());
    assert_eq!(again.total.read, first.total.read, "{name}");
    first
}

#[tokio::test]
async fn every_census_sample_is_taken_in_and_again_without_harm() {
    for sample in shared("cin", ".xml") {
        for (name, db) in testing::databases().await {
            let report = twice(&format!("{name} {}", sample.name), &db, Kind::Cin, vec![sample.clone()]).await;
            assert_eq!(report.new_people as i64, count(&db, "person").await, "{name} {}", sample.name);
        }
    }
}

#[tokio::test]
async fn the_looked_after_samples_are_taken_in_and_again_without_harm() {
    let (one, series) = (shared("ssda903", ".csv"), shared("ssda903-series", ".csv"));
    if one.is_empty() {
        return;
    }
    for (name, db) in testing::databases().await {
        let report = twice(name, &db, Kind::Ssda903, shared("ssda903", ".xml")).await;
        assert!(report.new_people > 200, "{name}: {}", report.new_people);
    }
    // These are large: what differs between the databases is tried above.
    let db = testing::sqlite().await;
    let report = twice("all tables", &db, Kind::Ssda903, one).await;
    assert!(report.new_people >= 2675, "{}", report.new_people);
    let alone = count(&db, "person_status WHERE kind = 'looked_after'").await;
    assert!(alone >= 5050 - report.total.refused as i64, "{alone}");
    let report = twice("five years", &testing::sqlite().await, Kind::Ssda903, series).await;
    assert!(report.total.amended > 0, "later years amend earlier ones");
}

#[tokio::test]
async fn the_workforce_and_inspection_samples_are_taken_in() {
    for (kind, folder, ending) in [(Kind::Workforce, "csww", ".xml"), (Kind::AnnexA, "annex-a", ".xlsx")] {
        for sample in shared(folder, ending) {
            for (name, db) in testing::databases().await {
                twice(name, &db, kind, vec![sample.clone()]).await;
            }
        }
    }
}
