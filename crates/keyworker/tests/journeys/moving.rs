//! An entry on the wrong record: moved to the right one with what belongs to it, a trace left, the clocks set right, the
//! manager told, and put back again.

use care::{access::Deed, timescale::Start};
use jiff::civil::date;
use store::{
    Act, dues,
    id::PersonId,
    people, record,
    testing::{self, Small, behind_its_back},
};

use crate::browser::{Browser, House};

/// A second child of Priya's, found by name.
async fn kai(house: &House, small: &Small) -> PersonId {
    let mut browser = house.signed_in(&small.priya).await;
    browser.visit("/people/new").await;
    browser.fill("Given names", "Kai").fill("Family name", "Tolland").fill_date("Date of birth", "4", "4", "2015");
    browser.press("Search, then add").await.is(200).sees("Person added.");
    let id = browser.path.split('/').nth(2).unwrap().to_owned();
    behind_its_back(&house.db, &format!("INSERT INTO involvement (id, person_id, team_id, kind, opened_on, source, version) VALUES ('{}','{id}','{}','child_in_need','2026-02-02','hand',1)", store::id::fresh(), small.north)).await;
    PersonId::from_text(id)
}

async fn open_visits(house: &House, child: &PersonId) -> Vec<String> {
    let mut tx = house.db.read(Act::system(house.now())).await.unwrap();
    dues::open_for(&mut tx, child).await.unwrap().into_iter().filter(|d| d.code == "CP_VISIT").map(|d| d.due_on.to_string()).collect()
}

async fn story(house: &House, child: &PersonId) -> Vec<record::Entry> {
    let mut tx = house.db.read(Act::system(house.now())).await.unwrap();
    let opened = people::open(&mut tx, child, Deed::ReadRecord).await.unwrap();
    record::story(&mut tx, &opened, 20).await.unwrap()
}

async fn choose_kai(browser: &mut Browser, page: &str, kai: &PersonId) {
    browser.visit(page).await.is(200).sees("Move it to the right record").sees("What happened to this entry");
    browser.fill("Whose record is it?", "kai toland").press("Find them").await.is(200).sees("Kai Tolland").sees("Which of these?");
    let (action, mut fields) = browser.form_of("Move it");
    fields.retain(|(name, _)| name != "other" && name != "why");
    fields.push(("other".into(), kai.to_string()));
    fields.push(("why".into(), "Two tabs were open".into()));
    browser.post(&action, &fields).await.is(200).sees("Moved. The manager of the record on which it stood is told.");
}

#[tokio::test]
async fn a_visit_on_the_wrong_record_goes_to_the_right_one_and_the_clocks_with_it() {
    for (house, small) in House::each().await {
        let kai = kai(&house, &small).await;
        let mut tx = house.db.write(Act::system(house.now())).await.unwrap();
        for child in [&small.child, &kai] {
            dues::open(&mut tx, &dues::About::person(child), "CP_VISIT", Start::On(date(2026, 5, 1))).await.unwrap();
        }
        tx.commit().await.unwrap();
        let mut browser = house.signed_in(&small.priya).await;
        browser.visit(&format!("/people/{}/visits/new", small.child)).await;
        browser.fill("What the child said or showed", "I like it when Nan comes.").choose("Was the child seen?", "Seen");
        browser.press("Record the visit").await.sees("The next is due by 28 May 2026.");
        let entry = story(&house, &small.child).await.remove(0);
        browser
            .visit(&format!("/people/{}/entries/{}/correct", small.child, entry.id))
            .await
            .follow("Move it to the right record")
            .await
            .is(200);
        let page = format!("/people/{}/entries/{}/move", small.child, entry.id);
        choose_kai(&mut browser, &page, &kai).await;
        browser.sees("Visit moved to the record on which it belongs").does_not_see("I like it when Nan comes.").does_not_see("Tolland");
        assert_eq!(open_visits(&house, &small.child).await, ["2026-05-15"], "{}: it is due again", house.name);
        assert_eq!(open_visits(&house, &kai).await, ["2026-05-28"], "{}: the right child was seen", house.name);
        browser.visit(&format!("/people/{kai}")).await.sees("I like it when Nan comes.").sees("Moved here 14 May 2026");
        assert_eq!(testing::notices(&house.db, &small.grace).await.unwrap(), 1, "{}", house.name);
        let mut grace = house.signed_in(&small.grace).await;
        grace.visit("/notices").await.sees("stood on this record by mistake").does_not_see("Nan comes");

        browser
            .visit(&format!("/people/{kai}/entries/{}/move", entry.id))
            .await
            .sees("It was moved here by mistake")
            .sees("Two tabs were open");
        browser.press("Put it back where it stood").await.is(200).sees("Moved.");
        assert_eq!(open_visits(&house, &small.child).await, ["2026-05-28"], "{}", house.name);
        assert_eq!(open_visits(&house, &kai).await, ["2026-05-15"], "{}", house.name);
        browser.visit(&format!("/people/{}", small.child)).await.sees("I like it when Nan comes.").does_not_see("Moved here");
        browser.visit(&page).await.is(200).does_not_see("It was moved here by mistake");
    }
}

#[tokio::test]
async fn a_note_goes_with_its_corrections_and_only_by_those_who_may() {
    for (house, small) in House::each().await {
        let kai = kai(&house, &small).await;
        let mut browser = house.signed_in(&small.priya).await;
        browser.visit(&format!("/people/{}/notes/new", small.child)).await;
        browser.fill("What happened, and what you make of it", "Nan rang about Kai.").press("Save note").await.sees("Case note saved.");
        let entry = story(&house, &small.child).await.remove(0);
        browser.visit(&format!("/people/{}/entries/{}/correct", small.child, entry.id)).await;
        browser.fill("What is right", "It was Grandad.").press("Save correction").await.sees("Correction saved.");
        let page = format!("/people/{}/entries/{}/move", small.child, entry.id);
        browser.visit(&page).await.press("Find them").await.is(422).sees("Type the name of the person whose record it is");
        browser.fill("Whose record is it?", "kai toland").press("Find them").await.is(200);
        browser
            .fill("How did it come to stand here?", "Wrong tab")
            .press("Move it")
            .await
            .is(422)
            .sees("Choose whose record it is")
            .sees("Wrong tab");
        let mut stranger = house.signed_in(&small.tom).await;
        stranger.visit(&page).await.is(403);
        // Another worker of the case neither wrote it nor manages the case.
        let colleague = {
            let mut tx = testing::scene(&house.db).await;
            let id = testing::worker(&mut tx, "Omar", "Said", "social_worker", Some(&small.north)).await.unwrap();
            tx.commit().await.unwrap();
            id
        };
        let mut colleague = house.signed_in(&colleague).await;
        colleague.visit(&page).await.is(200).sees("Whoever wrote it or a manager of the case can move it.");
        let mut grace = house.signed_in(&small.grace).await;
        choose_kai(&mut grace, &page, &kai).await;
        browser.visit(&format!("/people/{kai}")).await.sees("Nan rang about Kai.").sees("It was Grandad.");
        browser.visit(&format!("/people/{}", small.child)).await.does_not_see("Nan rang").does_not_see("Grandad");
        browser.visit(&page).await.is(404);
    }
}

#[tokio::test]
async fn what_is_older_than_practice_allows_or_came_from_a_file_stays() {
    for (house, small) in House::each().await {
        let mut browser = house.signed_in(&small.priya).await;
        browser.visit(&format!("/people/{}/notes/new", small.child)).await;
        browser.fill("What happened, and what you make of it", "Nan rang.").press("Save note").await.sees("Case note saved.");
        let entry = story(&house, &small.child).await.remove(0);
        let page = format!("/people/{}/entries/{}/move", small.child, entry.id);
        behind_its_back(&house.db, "UPDATE entry SET recorded_at = '2026-04-13T09:00:00.000Z'").await;
        browser.visit(&page).await.is(200).sees("more than 30 calendar days ago");
        behind_its_back(&house.db, "UPDATE entry SET recorded_at = '2026-04-14T09:00:00.000Z'").await;
        browser.visit(&page).await.is(200).sees("Whose record is it?");
        behind_its_back(&house.db, "UPDATE entry SET source = 'import'").await;
        browser.visit(&page).await.is(200).sees("is mended where it came from");
    }
}
