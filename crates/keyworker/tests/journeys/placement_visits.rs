//! How often a looked-after child is visited follows from the placement, and the visit that was made.
#![allow(clippy::unwrap_used)]

use store::testing::Small;

use crate::browser::{Browser, House};

fn at(small: &Small, page: &str) -> String {
    format!("/people/{}/{page}", small.child).trim_end_matches('/').to_owned()
}

/// Looked after since a day of 2025, in a placement of a kind.
async fn looked_after(browser: &mut Browser, small: &Small, month: &str, regime: &str) {
    browser.visit(&at(small, "statuses/new")).await;
    browser.choose("Status", "Looked after").choose("How often is the child visited?", regime);
    browser.fill_date("Since when?", "2", month, "2025").press("Add the status").await;
}

async fn visited(browser: &mut Browser, small: &Small) {
    browser.visit(&at(small, "visits/new")).await;
    browser.fill("What the child said or showed", "I like the garden.").choose("Was the child seen?", "Seen");
    browser.press("Record the visit").await;
}

#[tokio::test]
async fn the_next_visit_is_due_as_the_placement_says() {
    for (regime, month, next) in [
        ("Ordinary placement. Within a week, then at least every 6 weeks", "4", "25 June 2026"),
        ("Connected person with temporary approval. Every week until the first review, then at least every 4 weeks", "4", "21 May 2026"),
        (
            "Placement meant to last until 18. Within a week, every 6 weeks in the first year, then at least every 3 months",
            "9",
            "25 June 2026",
        ),
        (
            "Placement meant to last until 18. Within a week, every 6 weeks in the first year, then at least every 3 months",
            "4",
            "14 August 2026",
        ),
        (
            "Long-term foster placement of over a year, the child agreeing to fewer visits. Within a week, every 6 weeks in the first year, then at least every 6 months",
            "4",
            "14 November 2026",
        ),
    ] {
        for (house, small) in House::each().await {
            let mut browser = house.signed_in(&small.grace).await;
            looked_after(&mut browser, &small, month, regime).await;
            browser.sees("Status added.");
            visited(&mut browser, &small).await;
            browser.sees(&format!("The next is due by {next}."));
        }
    }
}

#[tokio::test]
async fn the_first_visit_is_due_within_a_week_of_any_placement() {
    for (house, small) in House::each().await {
        let mut browser = house.signed_in(&small.priya).await;
        looked_after(&mut browser, &small, "4", "Ordinary placement. Within a week, then at least every 6 weeks").await;
        visited(&mut browser, &small).await;
        browser.visit(&at(&small, "details")).await;
        browser.follow("Visits and reviews Looked after, since 2 April 2025").await;
        browser
            .fill_date("Placed there since (optional)", "16", "5", "2026")
            .press("Save")
            .await
            .is(422)
            .sees("must be today or in the past");
        browser.fill_date("Placed there since (optional)", "1", "4", "2025").press("Save").await.is(422);
        browser.sees("The placement cannot have begun before the child was looked after");
        browser.fill_date("Placed there since (optional)", "12", "5", "2026").press("Save").await.sees("Placed since 12 May 2026");
        // The visit of the 14th was to the new placement: six weeks run from it. One placed today has a week.
        browser.visit(&at(&small, "")).await.sees("Thu 25 June 2026");
    }
}

#[tokio::test]
async fn fewer_visits_are_for_a_manager_to_decide() {
    for (house, small) in House::each().await {
        let fewer = "Placement meant to last until 18. Within a week, every 6 weeks in the first year, then at least every 3 months";
        let mut worker = house.signed_in(&small.priya).await;
        looked_after(&mut worker, &small, "4", fewer).await;
        worker.is(422).sees("Fewer visits are a manager’s decision");
        worker
            .choose("How often is the child visited?", "Ordinary placement. Within a week, then at least every 6 weeks")
            .press("Add the status")
            .await;
        visited(&mut worker, &small).await;
        let mut manager = house.signed_in(&small.grace).await;
        manager.visit(&at(&small, "details")).await;
        manager.follow("Visits and reviews Looked after, since 2 April 2025").await;
        manager.choose("How often is the child visited?", fewer).press("Save").await.sees("then at least every 3 months");
        manager.visit(&at(&small, "")).await.sees("Fri 14 August 2026").sees("How often the child is visited");
    }
}
