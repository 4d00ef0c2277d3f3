//! Recording: notes, visits, decisions and their drafts, as workers do it.

use axum::{body::Body, http::Request};
use care::{access::Deed, timescale::Start};
use jiff::civil::date;
use store::{Act, dues, people, record, testing::Small};

use crate::browser::{Browser, House};

fn at(small: &Small, end: &str) -> String {
    format!("/people/{}/{end}", small.child)
}

async fn due_visit(house: &House, small: &Small) {
    let mut tx = house.db.write(Act::system(house.now())).await.unwrap();
    dues::open(&mut tx, &dues::About::person(&small.child), "CP_VISIT", Start::On(date(2026, 5, 1))).await.unwrap();
    tx.commit().await.unwrap();
}

async fn open_dues(house: &House, small: &Small) -> Vec<(String, String)> {
    let mut tx = house.db.read(Act::system(house.now())).await.unwrap();
    people::open(&mut tx, &small.child, Deed::ReadRecord).await.unwrap();
    dues::open_for(&mut tx, &small.child).await.unwrap().into_iter().map(|d| (d.code, d.due_on.to_string())).collect()
}

#[tokio::test]
async fn a_note_is_saved_in_one_page_and_once() {
    for (house, small) in House::each().await {
        let mut browser = house.signed_in(&small.priya).await;
        browser.visit(&at(&small, "notes/new")).await.is(200);
        browser.press("Save note").await.is(422).sees("Write the note");
        browser.fill("What happened, and what you make of it", "Grandma rang. <script>alert(1)</script> 👩‍👧 مرحبا");
        let (action, fields) = browser.form_of("Save note");
        browser.post(&action, &fields).await.sees("Case note saved.");
        browser.post(&action, &fields).await.sees("Case note saved.");
        let mut tx = house.db.read(Act::system(house.now())).await.unwrap();
        let child = people::open(&mut tx, &small.child, Deed::ReadRecord).await.unwrap();
        let notes = record::story(&mut tx, &child, 10).await.unwrap();
        assert_eq!(notes.len(), 1, "{}: a form sent twice is done once", house.name);
    }
}

#[tokio::test]
async fn seeing_the_child_meets_the_clock_and_starts_the_next() {
    for (house, small) in House::each().await {
        due_visit(&house, &small).await;
        let mut browser = house.signed_in(&small.priya).await;
        browser.visit(&at(&small, "visits/new")).await.sees("due in 1 calendar day");
        browser.fill("What the child said or showed", "I like it when Nan comes.");
        browser.choose("Was the child seen?", "Seen");
        browser.press("Record the visit").await.sees("Visit recorded. The next is due by 28 May 2026.");
        assert_eq!(open_dues(&house, &small).await, [("CP_VISIT".to_owned(), "2026-05-28".to_owned())]);
    }
}

#[tokio::test]
async fn a_visit_without_seeing_the_child_stays_due() {
    for (house, small) in House::each().await {
        due_visit(&house, &small).await;
        let mut browser = house.signed_in(&small.priya).await;
        browser.visit(&at(&small, "visits/new")).await;
        browser.choose("Was the child seen?", "Not seen");
        browser.press("Record the visit").await.is(422).sees("Say why the person was not seen").sees("Say how often you tried");
        browser.fill("How often did you try?", "2").choose("Why was the child not seen?", "Nobody in");
        browser.press("Record the visit").await.sees("The person was not seen, so it stays due.");
        assert_eq!(open_dues(&house, &small).await, [("CP_VISIT".to_owned(), "2026-05-15".to_owned())]);
    }
}

#[tokio::test]
async fn an_impossible_or_future_date_is_said_at_its_place_and_all_is_kept() {
    for (house, small) in House::each().await {
        let mut browser = house.signed_in(&small.priya).await;
        browser.visit(&at(&small, "visits/new")).await;
        browser.fill("What you make of it", "Calm.").choose("Was the child seen?", "Seen");
        browser.fill_date("Date of visit", "31", "2", "2026");
        browser.press("Record the visit").await.is(422);
        assert!(browser.body.contains("Calm.") && browser.body.contains("value=\"31\""), "{}", browser.text());
        browser.fill_date("Date of visit", "1", "6", "2027");
        browser.press("Record the visit").await.is(422).sees("Date of visit must be today or in the past");
    }
}

#[tokio::test]
async fn a_manager_records_why_and_by_when() {
    for (house, small) in House::each().await {
        let mut browser = house.signed_in(&small.grace).await;
        browser.visit(&at(&small, "decisions/new")).await.is(200);
        browser.fill("What was decided", "Hold a strategy discussion").fill("Why", "Bruises, second time");
        browser.fill_date("By when? (optional)", "15", "5", "2026");
        browser.press("Save").await.sees("Management decision saved.");
        assert_eq!(open_dues(&house, &small).await, [("DECISION".to_owned(), "2026-05-15".to_owned())]);
        let mut worker = house.signed_in(&small.priya).await;
        worker.visit(&at(&small, "decisions/new")).await.is(403).sees("Your role does not use this page");
    }
}

async fn type_draft(browser: &mut Browser, small: &Small, words: &str, draft: Option<(&str, &str)>) -> serde_json::Value {
    let csrf = browser.body.split("name=\"csrf\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let (id, version) = draft.unwrap_or(("", "0"));
    let body = format!("csrf={csrf}&words={words}&draft_id={id}&draft_version={version}");
    let page = (browser.body.clone(), browser.path.clone());
    let request =
        Request::post(format!("/drafts/note/{}", small.child)).header("content-type", "application/x-www-form-urlencoded;charset=UTF-8");
    browser.send(request.body(Body::from(body)).unwrap()).await;
    let answer = serde_json::from_str(&browser.body).unwrap_or_default();
    (browser.body, browser.path) = page;
    answer
}

#[tokio::test]
async fn a_draft_comes_back_and_is_gone_once_sent() {
    for (house, small) in House::each().await {
        let mut browser = house.signed_in(&small.priya).await;
        browser.visit(&at(&small, "notes/new")).await;
        let first = type_draft(&mut browser, &small, "Half+a+sentence", None).await;
        assert_eq!(first["version"], 1);
        let (id, version) = (first["id"].as_str().unwrap().to_owned(), first["version"].to_string());
        assert_eq!(type_draft(&mut browser, &small, "Half+a+sentence+more", Some((&id, &version))).await["version"], 2);
        // The server starts again: a new house on the same database.
        let again = House::new(house.name, house.db.clone());
        let mut browser = again.signed_in(&small.priya).await;
        browser.visit("/drafts").await.sees("Case note: Ellie Marsh").sees("Half a sentence more");
        browser.visit(&at(&small, "notes/new")).await.sees("Half a sentence more");
        browser.press("Save note").await.sees("Case note saved.");
        browser.visit("/drafts").await.sees("You have no drafts.");
    }
}

#[tokio::test]
async fn a_second_tab_loses_nothing() {
    for (house, small) in House::each().await {
        let mut browser = house.signed_in(&small.priya).await;
        browser.visit(&at(&small, "notes/new")).await;
        type_draft(&mut browser, &small, "From+the+first+tab", None).await;
        let second = type_draft(&mut browser, &small, "From+the+second+tab", None).await;
        assert_eq!(browser.status.as_u16(), 409);
        browser.visit(second["versions_href"].as_str().unwrap()).await;
        browser.sees("Case note: 2 versions").sees("From the first tab").sees("From the second tab").sees("differs");
        browser.visit(&at(&small, "notes/new")).await.sees("See both versions");
    }
}

#[tokio::test]
async fn save_draft_works_without_a_script() {
    for (house, small) in House::each().await {
        let mut browser = house.signed_in(&small.priya).await;
        browser.visit(&at(&small, "visits/new")).await;
        browser.fill("What you make of it", "Unfinished thought");
        browser.press("Save draft").await.is(200).sees("Draft saved.").sees("Unfinished thought");
    }
}

#[tokio::test]
async fn a_worker_without_a_tie_writes_nothing() {
    for (house, small) in House::each().await {
        let mut browser = house.signed_in(&small.tom).await;
        for page in ["notes/new", "visits/new"] {
            browser.visit(&at(&small, page)).await.is(403).sees("You are not working with this person.");
        }
    }
}
