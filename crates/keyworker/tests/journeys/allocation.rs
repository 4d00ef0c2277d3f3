//! Allocation as managers and workers do it: who waits, the choice with its effect, the worker's answer.

use care::access::Deed;
use jiff::civil::date;
use store::{
    Act, allocation,
    id::{InvolvementId, PersonId, WorkerId},
    people, testing,
    testing::Small,
};

use crate::browser::House;

/// A brother of Ellie's who waits for a worker, and a second worker in the team.
async fn waiting(house: &House, small: &Small) -> (InvolvementId, PersonId, WorkerId) {
    let mut tx = testing::scene(&house.db).await;
    let kai = testing::person(&mut tx, "Kai", "Marsh", Some(date(2013, 1, 5))).await.unwrap();
    let case = testing::case(&mut tx, &kai, &small.north, "child_in_need", date(2026, 4, 10)).await.unwrap();
    testing::relation(&mut tx, &kai, &small.child, "sibling").await.unwrap();
    let omar = testing::worker(&mut tx, "Omar", "Said", "social_worker", Some(&small.north)).await.unwrap();
    tx.commit().await.unwrap();
    (case, kai, omar)
}

#[tokio::test]
async fn a_manager_gives_a_waiting_child_a_worker_who_acknowledges() {
    for (house, small) in House::each().await {
        let (_, kai, _) = waiting(&house, &small).await;
        let mut grace = house.signed_in(&small.grace).await;
        grace
            .visit("/unallocated")
            .await
            .is(200)
            .sees("1 case waiting: the middle wait is 34 days, the longest 34 (calendar days).")
            .sees("Kai Marsh")
            .sees("Ask now");
        grace.follow("Allocate Kai Marsh").await.is(200);
        grace.sees("Priya Nair, full time, would hold 2, within the guideline of 22 and the highest in the team, whose average is 1.");
        grace.sees("Holds Ellie Marsh, a brother or sister");
        grace.press("Allocate").await.is(422).sees("Choose a worker").sees("Write: why this worker").sees("Write what is known of risks");
        grace.choose("Which worker?", "Priya Nair").fill("Why this worker", "Holds his sister").fill("What is to be done", "Assess");
        grace.fill("Known risks to the worker", "None known").fill("Known risks to the child or adult", "A dog <b>");
        let (action, fields) = grace.form_of("Allocate");
        grace.post(&action, &fields).await.is(200).sees("Allocated. The worker has been told").sees("Every case has a worker.");
        grace.post(&action, &fields).await.is(200).sees("Allocated.");

        let mut priya = house.signed_in(&small.priya).await;
        priya.visit("/allocations").await.follow("Kai Marsh").await.is(200).sees("Holds his sister").sees("A dog <b>");
        priya.sees("Priya Nair, full time, would hold 2");
        priya
            .press("I have read this and will take it")
            .await
            .is(200)
            .sees("Acknowledged. The case is yours.")
            .sees("I have read this and will take it");
        priya.visit("/allocations").await.sees("Nothing waits for your answer.");

        let mut tx = house.db.read(Act::system(house.now())).await.unwrap();
        let opened = people::open(&mut tx, &kai, Deed::ReadRecord).await.unwrap();
        assert_eq!(allocation::parts(&mut tx, &opened).await.unwrap().len(), 1, "{}: once", house.name);
        let letters = testing::count(&mut tx, "outbox").await.unwrap();
        assert_eq!(letters, 1, "{}: the professionals' letter; nobody's address is known", house.name);
    }
}

#[tokio::test]
async fn a_decision_on_old_figures_is_asked_again_with_everything_kept() {
    for (house, small) in House::each().await {
        let (_, _, omar) = waiting(&house, &small).await;
        let mut grace = house.signed_in(&small.grace).await;
        grace.visit("/unallocated").await.follow("Allocate Kai Marsh").await;
        // Meanwhile another manager gives Omar three children.
        let mut tx = testing::scene(&house.db).await;
        for n in 0..3 {
            let child = testing::person(&mut tx, &format!("Other {n}"), "Marlow", None).await.unwrap();
            let case = testing::case(&mut tx, &child, &small.north, "child_in_need", date(2026, 5, 1)).await.unwrap();
            testing::allocation(&mut tx, &case, &child, &omar).await.unwrap();
        }
        tx.commit().await.unwrap();
        grace.choose("Which worker?", "Omar Said").fill("Why this worker", "Has room").fill("What is to be done", "Assess <i>");
        grace.fill("Known risks to the worker", "None known").fill("Known risks to the child or adult", "None known");
        grace.press("Allocate").await.is(422).sees("The figures have changed since you read them. Now: Omar Said, full time, would hold 4");
        assert!(grace.body.contains("Has room") && grace.body.contains("Assess &lt;i&gt;"), "{}", grace.body);
        grace.press("Allocate").await.is(200).sees("Allocated.");
    }
}
