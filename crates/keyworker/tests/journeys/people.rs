//! Finding, adding and reading people, as workers do it.

use store::testing::{self, Small};

use crate::browser::{Browser, House};

fn at(small: &Small, end: &str) -> String {
    format!("/people/{}{end}", small.child)
}

#[tokio::test]
async fn a_record_shows_who_and_what_and_why_one_may_look() {
    for (house, small) in House::each().await {
        let mut browser = house.signed_in(&small.priya).await;
        browser
            .visit(&at(&small, ""))
            .await
            .is(200)
            .sees("Ellie Marsh")
            .sees("10 years")
            .sees("Priya Nair")
            .sees("because you are the allocated worker");
        for page in ["/details", "/family", "/involvement", "/story", "/edit", "/statuses/new"] {
            browser.visit(&at(&small, page)).await.is(200);
        }
    }
}

#[tokio::test]
async fn a_worker_without_a_tie_is_told_whom_to_ask() {
    for (house, small) in House::each().await {
        let mut browser = house.signed_in(&small.tom).await;
        browser
            .visit(&at(&small, ""))
            .await
            .is(403)
            .sees("Ellie Marsh")
            .sees("Ask Priya Nair, North safeguarding")
            .does_not_see("10 years");
    }
}

async fn find(browser: &mut Browser, typed: &str) {
    browser.visit("/drafts").await;
    browser.fill("Find a person", typed);
    browser.press("Find").await.is(200);
}

#[tokio::test]
async fn adding_searches_first_and_finding_forgives() {
    for (house, small) in House::each().await {
        let mut browser = house.signed_in(&small.priya).await;
        browser.visit("/people/new").await;
        browser.fill("Given names", "Zoë-Anne").fill("Family name", "O'Connor");
        browser.fill_date("Date of birth", "3", "5", "2018");
        browser.press("Search, then add").await.sees("Person added.");
        find(&mut browser, "zoe oconnor 3/5/2018").await;
        browser.sees("Zoë-Anne O'Connor").sees("same date of birth");
        find(&mut browser, "o connor zoe").await;
        browser.sees("Zoë-Anne O'Connor");
        // The same child again: the match is shown, and nothing is added until somebody says so.
        browser.visit("/people/new").await;
        browser.fill("Given names", "Zoe").fill("Family name", "O Connor");
        browser.fill_date("Date of birth", "3", "5", "2018");
        browser.press("Search, then add").await.sees("Is it one of these?").does_not_see("Person added.");
        browser.press("None of these: add").await.sees("Person added.");
    }
}

#[tokio::test]
async fn impossible_births_are_refused_at_their_place_with_everything_kept() {
    for (house, small) in House::each().await {
        let mut browser = house.signed_in(&small.priya).await;
        browser.visit("/people/new").await;
        let long = "Wolfeschlegel".repeat(15);
        browser.fill("Given names", "مريم 👶").fill("Family name", &long);
        browser.fill_date("Date of birth", "1", "1", "2027");
        browser.press("Search, then add").await.is(422).sees("There is a problem");
        assert!(browser.body.contains(&long) && browser.body.contains("مريم 👶") && browser.body.contains("2027"));
        browser.fill("Family name", &"x".repeat(201));
        browser.press("Search, then add").await.is(422).sees("Use 200 or fewer");
    }
}

#[tokio::test]
async fn a_wrong_nhs_number_is_queried_and_may_be_kept() {
    for (house, small) in House::each().await {
        let mut browser = house.signed_in(&small.priya).await;
        browser.visit("/people/new").await;
        browser.fill("Given names", "Ada").fill("Family name", "Quill").fill("NHS number (optional)", "943 476 5918");
        browser.press("Search, then add").await.is(422).sees("keep it as not verified");
        browser.press("Search, then add").await.sees("Person added.");
        browser.follow("Details").await.sees("Not verified");
    }
}

#[tokio::test]
async fn two_tabs_do_not_write_over_each_other() {
    for (house, small) in House::each().await {
        let (mut one, mut two) = (house.signed_in(&small.priya).await, house.signed_in(&small.grace).await);
        one.visit(&at(&small, "/edit")).await;
        two.visit(&at(&small, "/edit")).await;
        one.fill("Known as (optional)", "Els").press("Save details").await.sees("Details saved.");
        two.fill("Known as (optional)", "Lee").press("Save details").await.is(409).sees("Someone else saved this meanwhile");
        one.visit(&at(&small, "/details")).await.sees("Els");
    }
}

#[tokio::test]
async fn a_status_starts_its_clocks_and_ends_them() {
    for (house, small) in House::each().await {
        let mut browser = house.signed_in(&small.priya).await;
        browser.visit(&at(&small, "/statuses/new")).await;
        browser.choose("Status", "On a child protection plan").fill_date("Since when?", "11", "5", "2026");
        browser.choose("If on a protection plan: category", "Neglect");
        browser.press("Add the status").await.sees("On a child protection plan, neglect, since 11 May 2026");
        browser.visit(&at(&small, "")).await.sees("Child protection visit").sees("First review conference");
        browser.visit(&at(&small, "/details")).await;
        let end = browser.body.split("/statuses/").find(|p| p.contains("/end")).unwrap().split('/').next().unwrap().to_owned();
        browser.visit(&at(&small, &format!("/statuses/{end}/end"))).await;
        browser.fill_date("When did it end?", "1", "5", "2026").choose("Why?", "No longer needed");
        browser.press("End the status").await.is(422);
    }
}

#[tokio::test]
async fn what_is_typed_is_shown_as_typed() {
    for (house, small) in House::each().await {
        let evil = "<script>alert(1)</script>'\"><img src=x onerror=alert(2)>; DROP TABLE person; --";
        let mut browser = house.signed_in(&small.priya).await;
        browser.visit(&at(&small, "/edit")).await;
        browser.fill("Known as (optional)", evil).press("Save details").await.is(200).sees(evil);
        assert!(!browser.body.contains("<script>alert") && !browser.body.contains("<img src=x"));
    }
}

#[tokio::test]
async fn a_hidden_record_is_no_page_and_alerts_its_guardian() {
    for (house, small) in House::each().await {
        testing::hide(&house.db, &small.child, &small.ines).await.unwrap();
        let mut browser = house.signed_in(&small.tom).await;
        browser.visit(&at(&small, "")).await.is(404);
        let hidden = browser.text();
        browser.visit("/people/0123456789abcdef0123456789abcdef").await.is(404);
        assert_eq!(hidden, browser.text());
        find(&mut browser, "Ellie Marsh 2/3/2016").await;
        browser.does_not_see("born 2 March 2016");
        assert_eq!(testing::notices(&house.db, &small.ines).await.unwrap(), 2, "{}", house.name);
    }
}
