//! Coming back safely: one press on a telephone, and whoever must look is told once when nobody heard.

use jiff::ToSpan;
use keyworker::{clock::Clock, jobs::safe_return as job};

use crate::browser::House;

#[tokio::test]
async fn a_worker_says_where_they_go_and_that_they_are_back() {
    for (house, small) in House::each().await {
        let mut priya = house.signed_in(&small.priya).await;
        let at = format!("/people/{}/going-out", small.child);
        priya.visit(&at).await.is(200);
        priya.fill("Where will you be?", "").fill("Back by", "25:00");
        priya.press("I am going").await.is(422).sees("Enter where you will be").sees("Enter the time as hours and minutes");
        priya.fill("Where will you be?", "4 Mill Lane <b>Ashmere</b>").fill("Back by", "23:30");
        priya.press("I am going").await.is(200).sees("Go safely").sees("You are out on a visit").sees("4 Mill Lane <b>Ashmere</b>");
        priya.visit(&at).await.sees("You are out already");
        let mut grace = house.signed_in(&small.grace).await;
        grace.visit(&format!("/teams/{}", small.north)).await.sees("Out on a visit now").sees("back by");
        priya.visit("/").await.press("I am back").await.is(200).sees("Record the visit while it is fresh");
        priya.visit("/").await.does_not_see("You are out on a visit");
    }
}

#[tokio::test]
async fn when_nobody_heard_the_line_is_told_once_and_says_how_they_know() {
    for (house, small) in House::each().await {
        let mut priya = house.signed_in(&small.priya).await;
        priya.visit(&format!("/people/{}/going-out", small.child)).await.fill("Where will you be?", "4 Mill Lane").fill("Back by", "23:30");
        priya.press("I am going").await.is(200);
        assert_eq!(job::once(&house.db, &Clock::at(house.now()), "one").await.unwrap(), 0, "{}: not late yet", house.name);
        let later = Clock::at(house.now() + 14.hours());
        assert_eq!(job::once(&house.db, &later, "one").await.unwrap(), 1);
        assert_eq!(job::once(&house.db, &later, "one").await.unwrap(), 0, "told once");
        let mut grace = house.signed_in(&small.grace).await;
        grace.visit("/notices").await.sees("has not said that they are back");
        grace.follow("Open what it is about").await.is(200).sees("4 Mill Lane");
        let at = grace.path.clone();
        grace.press("They are safe").await.is(422).sees("Say how you know");
        grace.fill("How do you know that they are safe?", "Spoke to her");
        grace.press("They are safe").await.is(200);
        house.signed_in(&small.flora).await.visit(&at).await.is(404);
    }
}
