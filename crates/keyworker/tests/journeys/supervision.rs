//! A worker's own supervision: the supervisor records it, the worker adds their words, and nobody else opens it.

use store::{Act, testing};

use crate::browser::House;

#[tokio::test]
async fn a_meeting_is_recorded_read_and_done_and_open_to_the_line_only() {
    for (house, small) in House::each().await {
        let mut tx = house.db.write(Act::system(house.now())).await.unwrap();
        let upper = testing::worker(&mut tx, "Hana", "Frost", "director", None).await.unwrap();
        for (worker, supervisor) in [(&small.priya, &small.grace), (&small.grace, &upper)] {
            testing::supervises(&mut tx, supervisor, worker).await.unwrap();
        }
        tx.commit().await.unwrap();
        let own = format!("/supervision/{}", small.priya);
        let mut manager = house.signed_in(&small.grace).await;
        manager.visit("/").await;
        manager.follow("Supervision of workers").await.sees("Priya Nair").sees("None recorded");
        manager.follow("Record supervision of Priya Nair").await;
        manager.press("Record the meeting").await.is(422).sees("Write what you talked about");
        manager.fill("What did you talk about?", "Two hard weeks <b>at court</b>").fill("How are they? (optional)", "Tired");
        manager.fill_date("By when? (action 1) (optional)", "20", "5", "2026");
        manager.press("Record the meeting").await.is(422).sees("Write what is to be done by then").sees("Two hard weeks");
        manager.fill("Action 1 (optional)", "Two days of leave").fill_date("When do you meet next? (optional)", "1", "5", "2026");
        manager.press("Record the meeting").await.is(422).sees("The next date must be after this meeting");
        manager.fill_date("When do you meet next? (optional)", "11", "6", "2026");
        let (action, fields) = manager.form_of("Record the meeting");
        manager.post(&action, &fields).await.sees("Two hard weeks <b>at court</b>").sees("Two days of leave, by 20 May 2026");
        manager.post(&action, &fields).await;
        assert_eq!(testing::text(&house.db, "SELECT CAST(COUNT(*) AS TEXT) FROM personal_supervision").await, "1", "{}", house.name);
        manager.visit("/supervision").await.sees("11 June 2026");
        // The worker reads it, adds their words and ticks off; the supervisor sees both. Both once.
        let mut worker = house.signed_in(&small.priya).await;
        worker.visit("/supervision").await.sees("1 waits for your words");
        worker.follow("Open your supervision").await;
        worker.fill("Your own words to it (optional)", "I slept badly").press("I have read it").await.sees("I slept badly");
        worker.does_not_see("I have read it");
        worker.press("Done : Two days of leave").await.sees("Done 14 May 2026");
        worker.visit(&format!("{own}/new")).await.is(403);
        manager.visit(&own).await.sees("I slept badly").sees("Read by the worker");
        // Further up the line it opens; to others with the highest roles it does not.
        house.signed_in(&upper).await.visit(&own).await.is(200).sees("Tired");
        for other in [&small.tom, &small.ines, &small.sam, &small.flora] {
            house.signed_in(other).await.visit(&own).await.is(403).does_not_see("Tired");
        }
        let mut tx = house.db.write(Act::system(house.now())).await.unwrap();
        let director = testing::worker(&mut tx, "Ida", "Moss", "director", None).await.unwrap();
        tx.commit().await.unwrap();
        house.signed_in(&director).await.visit(&own).await.is(403).does_not_see("Tired");
        // Each opening is in the audit; what was said is not.
        let read = testing::text(&house.db, "SELECT CAST(COUNT(*) AS TEXT) FROM audit_entry WHERE deed = 'supervision.read'").await;
        assert!(read.parse::<i64>().unwrap() >= 6, "{}: {read}", house.name);
    }
}
