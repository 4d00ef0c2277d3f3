//! The pages about Keyworker itself, with and without an account, and who is offered the box to find a person.

use store::testing;

use crate::browser::House;

#[tokio::test]
async fn anybody_reads_the_guides_and_the_statements() {
    for (house, small) in House::each().await {
        let mut stranger = house.stranger();
        stranger.visit("/help").await.is(200).sees("For the public").sees("Councillors").does_not_see("Your guide");
        stranger.follow("For the public").await.is(200).sees("Ring 999").sees("Exit this page");
        stranger.visit("/accessibility").await.is(200).sees("partly meets").sees("Nobody from outside has audited it");
        stranger.visit("/privacy").await.is(200).sees("Why we may keep it").does_not_see("For workers");
        stranger.visit("/help/no-such-guide").await.is(404);
        let mut priya = house.signed_in(&small.priya).await;
        priya.visit("/help").await.is(200).sees("Your guide").sees("Guides for others");
        priya.follow("Social workers and all who hold cases").await.is(200).sees("Nothing that you type is lost").sees("Find a person");
        priya.visit("/privacy").await.is(200).sees("For workers");
    }
}

#[tokio::test]
async fn the_box_is_shown_to_those_who_may_search() {
    for (house, _) in House::each().await {
        for (role, may) in [
            ("councillor", false),
            ("system_administrator", false),
            ("human_resources", false),
            ("social_worker", true),
            ("information_governance", true),
        ] {
            let mut tx = testing::scene(&house.db).await;
            let worker = testing::worker(&mut tx, &format!("find.{role}"), "Finder", role, None).await.unwrap();
            tx.commit().await.unwrap();
            let mut browser = house.signed_in(&worker).await;
            browser.visit("/").await.is(200);
            assert_eq!(browser.body.contains("/people/find"), may, "{role}");
            browser.visit("/no-such-page").await.is(404);
            assert_eq!(browser.body.contains("in the box above"), may, "{role}");
        }
    }
}
