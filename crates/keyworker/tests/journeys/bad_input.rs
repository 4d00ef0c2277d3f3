//! Bad input, each with a clear message and nothing lost. What is tried elsewhere: impossible dates and births in `people`
//! and `record`, a stale decision in `allocation`, a session that ended meanwhile in `own_account`, files of the wrong kind
//! in `imports`, HTML in every field of a record in `people` and `trust`.

use care::access::Deed;
use store::{
    Act, people, record,
    testing::{self, Small, behind_its_back},
};

use crate::browser::House;

fn at(small: &Small, end: &str) -> String {
    format!("/people/{}/{end}", small.child)
}

async fn notes(house: &House, small: &Small) -> usize {
    let mut tx = house.db.read(Act::system(house.now())).await.unwrap();
    let child = people::open(&mut tx, &small.child, Deed::ReadRecord).await.unwrap();
    record::story(&mut tx, &child, 100).await.unwrap().len()
}

#[tokio::test]
async fn a_full_disk_is_said_nothing_half_is_kept_and_the_same_form_goes_in_when_there_is_room() {
    let db = testing::sqlite().await;
    let small = testing::small(&db).await.unwrap();
    let house = House::new("SQLite", db);
    let mut browser = house.signed_in(&small.priya).await;
    browser.visit(&at(&small, "notes/new")).await.is(200);
    browser.fill("What happened, and what you make of it", &"Long words. ".repeat(4_000));
    let (action, fields) = browser.form_of("Save note");
    let pages = testing::text(&house.db, "SELECT CAST(page_count AS TEXT) FROM pragma_page_count()").await;
    behind_its_back(&house.db, &format!("PRAGMA max_page_count = {pages}")).await;
    browser.post(&action, &fields).await.is(507).sees("Nothing could be saved just now").sees("The disk of the server is full");
    house.stranger().visit("/sign-in").await.is(200);
    behind_its_back(&house.db, "PRAGMA max_page_count = 1073741823").await;
    assert_eq!(notes(&house, &small).await, 0);
    browser.post(&action, &fields).await.is(200).sees("Case note saved.");
    assert_eq!(notes(&house, &small).await, 1);
    let whole = testing::text(&house.db, "PRAGMA integrity_check").await;
    assert_eq!(whole, "ok");
}

#[tokio::test]
async fn no_search_becomes_a_statement_or_breaks_a_page() {
    for (house, small) in House::each().await {
        let mut browser = house.signed_in(&small.priya).await;
        for typed in [
            "' OR 1=1 --",
            "Marsh'; DROP TABLE person; --",
            "%",
            "_",
            "\\",
            "\" UNION SELECT * FROM worker --",
            "<script>alert(1)</script>",
            "{{ 7 * 7 }}",
            "\u{202e}Marsh",
            "👩‍👧",
            "\u{0}Marsh",
            &"Marsh ".repeat(400),
        ] {
            browser.visit("/").await.is(200);
            let csrf = browser.form_of("Sign out").1;
            let fields: Vec<_> = csrf.into_iter().filter(|(k, _)| k == "csrf").chain([("q".to_owned(), typed.to_owned())]).collect();
            browser.post("/people/find", &fields).await;
            assert!(matches!(browser.status.as_u16(), 200 | 422), "{}: {typed:?}: {}", house.name, browser.status);
            assert!(!browser.body.contains("<script>alert") && !browser.text().contains("\"49\""), "{typed:?}");
        }
        browser.visit(&at(&small, "details")).await.is(200).sees("Ellie");
    }
}

#[tokio::test]
async fn two_primary_workers_at_once_and_a_worker_who_left_are_refused() {
    for (house, small) in House::each().await {
        let mut tx = testing::scene(&house.db).await;
        let kai = testing::person(&mut tx, "Kai", "Marsh", None).await.unwrap();
        testing::case(&mut tx, &kai, &small.north, "child_in_need", house.now().to_zoned(jiff::tz::TimeZone::UTC).date()).await.unwrap();
        let omar = testing::worker(&mut tx, "Omar", "Said", "social_worker", Some(&small.north)).await.unwrap();
        tx.commit().await.unwrap();
        let mut grace = house.signed_in(&small.grace).await;
        let mut other_tab = house.signed_in(&small.grace).await;
        for tab in [&mut grace, &mut other_tab] {
            tab.visit("/unallocated").await.follow("Allocate Kai Marsh").await.is(200);
            tab.fill("Why this worker", "Has room").fill("What is to be done", "Assess");
            tab.fill("Known risks to the worker", "None known").fill("Known risks to the child or adult", "None known");
        }
        grace.choose("Which worker?", "Priya Nair");
        other_tab.choose("Which worker?", "Omar Said");
        let mut gone = grace.form_of("Allocate");
        for (name, value) in &mut gone.1 {
            if *value == small.priya.to_string() {
                assert_ne!(name, "csrf");
                "nobody-here".clone_into(value);
            }
        }
        grace.post(&gone.0, &gone.1).await.is(422).sees("There is a problem");
        grace.visit("/unallocated").await.follow("Allocate Kai Marsh").await.is(200);
        grace.fill("Why this worker", "Has room").fill("What is to be done", "Assess");
        grace.fill("Known risks to the worker", "None known").fill("Known risks to the child or adult", "None known");
        grace.choose("Which worker?", "Priya Nair").press("Allocate").await.is(200).sees("Allocated.");
        other_tab.press("Allocate").await;
        assert!(matches!(other_tab.status.as_u16(), 409 | 422), "{}: {}", house.name, other_tab.text());
        let held =
            format!("SELECT CAST(COUNT(*) AS TEXT) FROM allocation WHERE person_id = '{kai}' AND part = 'primary' AND until_on IS NULL");
        assert_eq!(testing::text(&house.db, &held).await, "1", "{}", house.name);
        let none = format!("SELECT CAST(COUNT(*) AS TEXT) FROM allocation WHERE worker_id = '{omar}'");
        assert_eq!(testing::text(&house.db, &none).await, "0", "{}", house.name);
    }
}
