//! A confidential address: a placement, an adopter's house, a refuge. Those who go there see it; it is in nobody else's
//! page, file, search, letter or audit.

use care::{access::Deed, allocation::Audience};
use store::{
    allocation::{self, Letterhead, Now},
    testing::{self, Small},
};

use crate::browser::{Browser, House};

const PLACE: [&str; 4] = ["Hidden Row", "ZZ5 5XY", "Fern Cottage", "ZZ55XY"];

/// The allocated worker writes down where the child is placed.
async fn placed(house: &House, small: &Small) -> Browser {
    let mut browser = house.signed_in(&small.priya).await;
    let at = format!("/people/{}", small.child);
    browser.visit(&format!("{at}/addresses/new")).await.choose("Kind of address", "Placement").fill("Address", "7 Hidden Row");
    browser.fill("Postcode (optional)", "zz5 5xy").choose("Who may know it?", "It is confidential");
    browser.press("Save").await.is(200).sees("7 Hidden Row ZZ5 5XY").sees("Confidential");
    browser
        .visit(&format!("{at}/households/new"))
        .await
        .choose("Where do they live?", "Another home")
        .fill("What it is called", "Fern Cottage");
    browser.fill("Address (optional)", "7 Hidden Row").fill("Postcode (optional)", "ZZ5 5XY");
    browser.choose("Who may know where it is?", "It is confidential").press("Add the home").await.is(200).sees("Fern Cottage");
    browser
}

fn silent(browser: &Browser, house: &House, what: &str) {
    for word in PLACE {
        assert!(!browser.body.contains(word), "{}: {what} tells {word}", house.name);
    }
}

async fn search(browser: &mut Browser, words: &str) {
    browser.visit("/drafts").await.fill("Find a person", words);
    browser.press("Find").await.is(200);
}

#[tokio::test]
async fn a_confidential_address_is_told_only_to_those_who_go_there() {
    for (house, small) in House::each().await {
        placed(&house, &small).await;
        let mut tx = testing::scene(&house.db).await;
        let bea = testing::worker(&mut tx, "Bea", "Lowe", "business_support", Some(&small.north)).await.unwrap();
        let omar = testing::worker(&mut tx, "Omar", "Reid", "social_worker", Some(&small.north)).await.unwrap();
        let ed = testing::worker(&mut tx, "Ed", "Night", "emergency_duty_worker", None).await.unwrap();
        tx.commit().await.unwrap();
        for who in [&bea, &omar] {
            let mut browser = house.signed_in(who).await;
            let at = format!("/people/{}", small.child);
            browser.visit(&format!("{at}/details")).await.is(200).sees("Withheld from you").sees("Confidential");
            for page in ["", "/details", "/family", "/story", "/involvement", "/documents", "?whose=family", "/notes/new"] {
                browser.visit(&format!("{at}{page}")).await.is(200);
                silent(&browser, &house, page);
            }
            for words in ["zz5 5xy", "Ellie Marsh", "ellie marsh zz5 5xy"] {
                search(&mut browser, words).await;
                silent(&browser, &house, words);
            }
        }
        let id = testing::text(&house.db, "SELECT id FROM person_address").await;
        let mut browser = house.signed_in(&omar).await;
        browser.visit(&format!("/people/{}/addresses/{id}/end", small.child)).await.is(404);
        for who in [&small.priya, &small.grace, &ed] {
            let mut browser = house.signed_in(who).await;
            browser.visit(&format!("/people/{}/details", small.child)).await.sees("7 Hidden Row ZZ5 5XY");
            browser.visit(&format!("/people/{}/family", small.child)).await.sees("Fern Cottage");
        }
    }
}

#[tokio::test]
async fn a_confidential_address_is_in_no_file_letter_or_audit_and_on_no_relatives_record() {
    for (house, small) in House::each().await {
        placed(&house, &small).await;
        let mut tx = testing::scene(&house.db).await;
        let mother = testing::person(&mut tx, "Dawn", "Marsh", None).await.unwrap();
        let case = testing::case(&mut tx, &mother, &small.south, "adult_support", testing::TODAY).await.unwrap();
        testing::allocation(&mut tx, &case, &mother, &small.tom).await.unwrap();
        testing::relation(&mut tx, &mother, &small.child, "mother").await.unwrap();
        testing::address(&mut tx, &small.child, "1 Old Street", "ZZ1 1AA").await.unwrap();
        tx.commit().await.unwrap();
        // The mother's worker reads her record; where the child is placed stands nowhere in it.
        let mut browser = house.signed_in(&small.tom).await;
        for page in ["", "/details", "/family", "/households/new", "?whose=family"] {
            browser.visit(&format!("/people/{mother}{page}")).await.is(200);
            silent(&browser, &house, page);
        }
        let mut grace = house.signed_in(&small.grace).await;
        for file in ["/unallocated.csv".to_owned(), format!("/teams/{}/caseloads.csv", small.north)] {
            grace.visit(&file).await.is(200);
            silent(&grace, &house, &file);
        }
        testing::behind_its_back(&house.db, &format!("UPDATE person SET born_on = '2012-03-02' WHERE id = '{}'", small.child)).await;
        // A new worker is told to the child by a letter where there is an address: not to this one, nor to the old one.
        let mut tx = house.db.write(store::Act::new(small.grace.clone(), house.now())).await.unwrap();
        let (opened, case) = allocation::open_case(&mut tx, &small.involvement, Deed::Allocate).await.unwrap();
        let head = Letterhead { council: "Ashmere".into() };
        let (_, untold) = allocation::letters(&mut tx, &opened, &case, &Now::NoneYet, &head).await.unwrap();
        assert!(untold.contains(&Audience::YoungPerson), "{}: {untold:?}", house.name);
        let family = store::front_door::family_address(&mut tx, &opened).await.unwrap();
        assert!(family.is_none_or(|(_, lines)| !lines.contains("Hidden") && !lines.contains("Old Street")), "{}", house.name);
        tx.commit().await.unwrap();
        for (table, column) in [("outbox", "to_address"), ("audit_detail", "words"), ("entry", "words"), ("person_search", "line")] {
            let text = format!(
                "SELECT CAST(COUNT(*) AS TEXT) FROM {table} WHERE LOWER({column}) LIKE '%hidden row%' OR LOWER({column}) LIKE '%zz55xy%' OR LOWER({column}) LIKE '%old street%' OR LOWER({column}) LIKE '%zz5 5xy%'"
            );
            assert_eq!(testing::text(&house.db, &text).await, "0", "{}: {table}", house.name);
        }
    }
}
