//! Allocation as managers and workers do it: who waits, the choice with its effect, the worker's answer.

use care::{access::Deed, timescale::Start};
use jiff::civil::date;
use store::{
    Act, allocation, dues,
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
        priya.visit("/work/new").await.follow("Kai Marsh").await.is(200).sees("Holds his sister").sees("A dog <b>");
        priya.sees("Priya Nair, full time, would hold 2");
        priya
            .press("I have read this and will take it")
            .await
            .is(200)
            .sees("Acknowledged. The case is yours.")
            .sees("I have read this and will take it");
        priya.visit("/work/new").await.sees("Nobody new waits for your answer.");

        let mut tx = house.db.read(Act::system(house.now())).await.unwrap();
        let opened = people::open(&mut tx, &kai, Deed::ReadRecord).await.unwrap();
        assert_eq!(allocation::parts(&mut tx, &opened).await.unwrap().len(), 1, "{}: once", house.name);
        let letters = testing::count(&mut tx, "outbox").await.unwrap();
        assert_eq!(letters, 1, "{}: the professionals' letter; nobody's address is known", house.name);
        tx.finish().await.unwrap();
        // The new worker finds the letter on the child's record, reads it and says that it was posted.
        priya.visit(&format!("/people/{kai}/documents")).await.sees("Letters and e-mails").sees("To print");
        let letter = priya.body.split("href=\"/letters/").nth(1).unwrap().split('"').next().unwrap().to_owned();
        priya.visit(&format!("/letters/{letter}")).await.is(200).sees("Priya Nair");
        house.signed_in(&small.tom).await.visit(&format!("/letters/{letter}")).await.is(403);
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

#[tokio::test]
async fn brothers_and_sisters_go_together_in_one_decision() {
    for (house, small) in House::each().await {
        let (_, kai, _) = waiting(&house, &small).await;
        let mut grace = house.signed_in(&small.grace).await;
        grace.visit("/unallocated").await.follow("Allocate Kai Marsh").await;
        grace.choose("Brothers and sisters to go to the same worker", "Ellie Marsh (with Priya Nair now)");
        grace.press("Count again").await.is(200).sees("count 2 children").sees("Omar Said, full time, would hold 2");
        grace.choose("Brothers and sisters to go to the same worker", "Ellie Marsh (with Priya Nair now)");
        grace.choose("Which worker?", "Omar Said").fill("Why this worker", "Both together").fill("What is to be done", "Assess");
        grace.fill("Known risks to the worker", "None known").fill("Known risks to the child or adult", "None known");
        grace.press("Allocate").await.is(422).sees("Say why the worker changes");
        grace.choose("Why does the worker change?", "To bring brothers and sisters to one worker");
        grace.press("Allocate").await.is(200).sees("2 children allocated.");
        for child in [&kai, &small.child] {
            grace.visit(&format!("/people/{child}/workers")).await.is(200).sees("Omar Said");
        }
        grace.sees("To bring brothers and sisters to one worker").sees("2 allocated workers in the last 12 months");
    }
}

#[tokio::test]
async fn a_worker_who_cannot_take_a_case_safely_is_answered() {
    for (house, small) in House::each().await {
        let (_, _, omar) = waiting(&house, &small).await;
        let mut grace = house.signed_in(&small.grace).await;
        grace.visit("/unallocated").await.follow("Allocate Kai Marsh").await;
        grace.choose("Which worker?", "Omar Said").fill("Why this worker", "Has room").fill("What is to be done", "Assess");
        grace
            .fill("Known risks to the worker", "None known")
            .fill("Known risks to the child or adult", "None known")
            .press("Allocate")
            .await
            .is(200);
        let mut worker = house.signed_in(&omar).await;
        worker.visit("/work/new").await.is(200);
        worker.follow("Kai Marsh").await.is(200).sees("Not acknowledged yet");
        worker.press("Send").await.is(422).sees("Say why you cannot take this safely");
        worker.fill("Why", "I know the father").press("Send").await.is(200).sees("Your manager has been told");
        grace.visit(&format!("/teams/{}", small.north)).await.is(200).sees("Cannot take this safely: the manager must answer");
        grace.follow("Omar Said").await;
        grace.choose("What do you decide?", "The manager takes it back and allocates again").fill("Why", "He is right");
        grace.press("Send").await.is(200).sees("Taken back. The case waits for a worker again.");
        grace.visit("/unallocated").await.sees("Kai Marsh");
    }
}

#[tokio::test]
async fn a_weekly_look_and_the_question_to_the_group_manager_are_on_record() {
    for (house, small) in House::each().await {
        let (case, _, _) = waiting(&house, &small).await;
        let mut tx = testing::scene(&house.db).await;
        let gina = testing::worker(&mut tx, "Gina", "Lead", "group_manager", None).await.unwrap();
        tx.commit().await.unwrap();
        let mut grace = house.signed_in(&small.grace).await;
        grace.visit("/unallocated").await.sees("None yet").sees("Late by 27 calendar days");
        grace.follow("Weekly look at Kai Marsh").await.is(200);
        grace.press("Record the look").await.is(422).sees("Choose what you decided");
        grace
            .choose("What did you decide?", "Safe to wait another week; duty keeps in touch")
            .fill("What you looked at, and why it is safe", "School sees him daily");
        grace.choose("Letters", "Write to the family, the young person and the professionals that there is no named worker yet");
        grace.press("Record the look").await.is(200).sees("Weekly look recorded.").sees("Safe to wait another week");
        grace.visit(&format!("/cases/{case}/review")).await.fill("What should the group manager decide?", "Which team has room?");
        grace.press("Ask the group manager").await.is(200).sees("The group manager was asked.").sees("Asked 14 May 2026");
        let mut group = house.signed_in(&gina).await;
        group.visit("/notices").await.follow("Open what it is about").await.is(200).sees("Which team has room?");
        group.fill("What do you decide, and why?", "South takes him").press("Answer").await.is(200).sees("Your answer is on the record");
        grace.visit(&format!("/cases/{case}/review")).await.sees("Answer: South takes him").sees("School sees him daily");
    }
}

#[tokio::test]
async fn a_hidden_child_is_counted_and_not_named() {
    for (house, small) in House::each().await {
        let (_, kai, _) = waiting(&house, &small).await;
        testing::hide(&house.db, &kai, &small.ines).await.unwrap();
        let mut grace = house.signed_in(&small.grace).await;
        grace.visit("/unallocated").await.is(200).sees("1 case waiting").sees("Name withheld").does_not_see("Kai");
        grace.visit("/unallocated.csv").await.is(200);
        assert!(grace.body.contains("Name withheld") && !grace.body.contains("Kai"), "{}", grace.body);
    }
}

#[tokio::test]
async fn a_managers_monday_is_one_page_and_the_board_reads_what_its_rows_say() {
    for (house, small) in House::each().await {
        let (_, kai, _) = waiting(&house, &small).await;
        let mut tx = testing::scene(&house.db).await;
        testing::status(&mut tx, &kai, "protection_plan", date(2026, 4, 20)).await.unwrap();
        testing::away(&mut tx, &small.priya, date(2026, 4, 20), None).await.unwrap();
        let hari = testing::worker(&mut tx, "Hari", "Dir", "director", None).await.unwrap();
        let cora = testing::worker(&mut tx, "Cora", "Ward", "councillor", None).await.unwrap();
        let hr = testing::worker(&mut tx, "Hela", "Res", "human_resources", None).await.unwrap();
        tx.commit().await.unwrap();
        let mut grace = house.signed_in(&small.grace).await;
        grace.visit(&format!("/teams/{}", small.north)).await.is(200);
        grace
            .sees("2 workers, 1 full-time post today, hold 1 child")
            .sees("no capacity, 1 child uncovered")
            .sees("Priya Nair : Away from 20 April 2026, return not known");
        grace.sees("0 of 2 workers are above the guideline of 22; 0 are above 30. 1 holds children without capacity.");
        grace.visit(&format!("/teams/{}/caseloads.csv", small.north)).await.is(200);
        let mut director = house.signed_in(&hari).await;
        director.visit("/service").await.is(200).sees("1 without a worker or cover");
        director.follow("On a protection plan").await.is(200).sees("No worker: 1").sees("Kai Marsh");
        director.visit("/service.csv").await.is(200);
        let mut councillor = house.signed_in(&cora).await;
        councillor.visit("/service").await.is(200).sees("hidden").does_not_see("Kai").does_not_see("Priya");
        councillor.visit("/service/zero/protection_plan").await.is(403);
        let mut people = house.signed_in(&hr).await;
        people.visit("/service").await.is(200).sees("1 without a worker or cover").does_not_see("Kai");
    }
}

#[tokio::test]
async fn the_morning_of_duty_shows_visits_that_nobody_can_make_until_cover_is_named() {
    for (house, small) in House::each().await {
        let (_, _, _) = waiting(&house, &small).await;
        let mut tx = testing::scene(&house.db).await;
        testing::away(&mut tx, &small.priya, testing::TODAY, Some(date(2026, 5, 20))).await.unwrap();
        dues::open_until(&mut tx, &dues::About::person(&small.child), "CIN_VISIT", Start::On(date(2026, 5, 1)), date(2026, 5, 13), None)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let mut grace = house.signed_in(&small.grace).await;
        grace.visit("/duty").await.is(200).sees("1 visit is due today or earlier");
        grace.follow("Name cover for Ellie Marsh").await.is(200);
        grace
            .choose("Worker", "Omar Said")
            .fill_date("Last day (optional)", "19", "5", "2026")
            .fill("What are they to do?", "Visit tomorrow");
        grace.press("Name this worker").await.is(200).sees("Cover named.").sees("Covering while the allocated worker is away");
        grace.visit("/duty").await.sees("Somebody can make every visit that is due.");
        grace.visit(&format!("/teams/{}/duty", small.north)).await.is(200);
        grace.choose("Worker", "Omar Said").choose("Day", "Friday 15 May 2026");
        grace.press("Put on the rota").await.is(200).sees("Omar Said , on duty, all day");
        grace.press("Take off Omar Said, Fri 15 May 2026").await.is(200).sees("Taken off the rota.");
    }
}

#[tokio::test]
async fn a_case_moves_between_teams_by_consent_and_is_ended_by_reason() {
    for (house, small) in House::each().await {
        let mut tx = testing::scene(&house.db).await;
        let hugo = testing::worker(&mut tx, "Hugo", "South", "team_manager", Some(&small.south)).await.unwrap();
        tx.commit().await.unwrap();
        let mut grace = house.signed_in(&small.grace).await;
        grace.visit(&format!("/people/{}/workers", small.child)).await.follow("Offer the case to another team").await.is(200);
        grace.press("Offer the case").await.is(422).sees("Choose a team").sees("Say why the case should move");
        grace
            .choose("Team", "South safeguarding")
            .fill("Why should it move?", "Moved")
            .fill("What is to be done next, and by when?", "Core group");
        grace.press("Offer the case").await.is(200).sees("Offered. The case stays with your team until the other accepts it.");
        let mut south = house.signed_in(&hugo).await;
        south
            .visit(&format!("/teams/{}", small.south))
            .await
            .follow("A case offered by North safeguarding")
            .await
            .is(200)
            .sees("Core group");
        south
            .choose("Your answer", "Accept: the case is ours from today")
            .press("Answer")
            .await
            .is(200)
            .sees("Accepted. The former worker holds the case until you name one");
        south.sees("With Priya Nair now");
        grace.visit(&format!("/people/{}", small.child)).await.is(403);
        south.visit(&format!("/people/{}/workers", small.child)).await.follow("End a worker's part, or close the case").await;
        south
            .choose("What ends?", "Close the whole case")
            .choose("Reason", "Case closed")
            .fill("Why", "Needs met")
            .press("End it")
            .await
            .is(200)
            .sees("The case is closed.");
    }
}
