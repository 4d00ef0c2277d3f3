//! Policy: read by everybody, changed from a day on by those who change policy, refused where the law decides.

use care::timescale::Start;
use jiff::civil::date;
use store::{Act, policy, testing};

use crate::browser::House;

#[tokio::test]
async fn a_local_timescale_changes_from_a_day_and_the_laws_do_not() {
    for (house, small) in House::each().await {
        let mut tx = testing::scene(&house.db).await;
        let gina = testing::worker(&mut tx, "Gina", "Lead", "group_manager", None).await.unwrap();
        tx.commit().await.unwrap();
        let mut priya = house.signed_in(&small.priya).await;
        priya.visit("/policy/timescales").await.is(200).sees("Child protection visit").does_not_see("Change Child protection visit");
        priya.visit("/policy/timescales/CP_VISIT").await.is(403);
        let mut group = house.signed_in(&gina).await;
        group.visit("/policy/timescales").await.follow("Change Child protection visit").await.is(200);
        group.fill("How many", "0").fill("Who decided this, and where is it written?", "").press("Change it").await.is(422);
        group.sees("Enter the length as a whole number from 1 to 400").sees("Say who decided this");
        group.fill("How many", "10").choose("Of what", "calendar days").fill_date("From which day", "1", "6", "2026");
        group
            .fill("Who decided this, and where is it written?", "Director, 12 May 2026")
            .press("Change it")
            .await
            .is(200)
            .sees("10 calendar days from 1 June 2026");
        group.visit("/policy/timescales/EPO").await.is(200).sees("cannot be changed here");
        let fields = [
            ("csrf".to_owned(), csrf(&group.body)),
            ("amount".into(), "9".into()),
            ("unit".into(), "calendar_days".into()),
            ("from_on-day".into(), "1".into()),
            ("from_on-month".into(), "6".into()),
            ("from_on-year".into(), "2026".into()),
            ("source".into(), "x".into()),
        ];
        group.post("/policy/timescales/EPO", &fields).await.is(422).sees("cannot be changed here");
        let mut tx = house.db.read(Act::system(house.now())).await.unwrap();
        let rules = policy::rules(&mut tx).await.unwrap();
        for (start, due) in [(date(2026, 5, 31), date(2026, 6, 14)), (date(2026, 6, 1), date(2026, 6, 11))] {
            assert_eq!(rules.clocks().due("CP_VISIT", Start::On(start)).unwrap().on, due, "{}: {start}", house.name);
        }
    }
}

fn csrf(body: &str) -> String {
    let (_, rest) = body.split_once("name=\"csrf\" value=\"").unwrap();
    rest.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn the_guideline_office_hours_and_holidays_are_set_with_their_source() {
    for (house, _) in House::each().await {
        let mut tx = testing::scene(&house.db).await;
        let gina = testing::worker(&mut tx, "Gina", "Lead", "group_manager", None).await.unwrap();
        tx.commit().await.unwrap();
        let mut group = house.signed_in(&gina).await;
        group.visit("/policy").await.is(200).sees("18 to 22; above 30 is red");
        group
            .visit("/policy/band")
            .await
            .fill("Lower end of the guideline", "23")
            .fill("Who decided this, and where is it written?", "Cabinet")
            .press("Change it")
            .await
            .is(422);
        group.sees("The three numbers must rise");
        group
            .fill("Lower end of the guideline", "16")
            .fill("Upper end of the guideline", "20")
            .fill("Red above", "28")
            .press("Change it")
            .await
            .is(200);
        group.sees("16 to 20; above 28 is red").sees("Cabinet");
        group
            .visit("/policy/hours")
            .await
            .fill("Opens", "half past")
            .fill("Who decided this, and where is it written?", "Cabinet")
            .press("Change it")
            .await
            .is(422)
            .sees("Enter a time, like 08:45");
        group.fill("Opens", "9.00").press("Change it").await.is(200).sees("09:00 to 17:15");
        group.visit("/policy/holidays").await.is(200).sees("Christmas Day");
        group
            .fill_date("Day", "25", "12", "2026")
            .fill("What is it called?", "Twice")
            .press("Enter the holiday")
            .await
            .is(422)
            .sees("This day is a bank holiday already");
        group
            .fill_date("Day", "15", "6", "2026")
            .fill("What is it called?", "Jubilee <b>")
            .press("Enter the holiday")
            .await
            .is(200)
            .sees("Jubilee <b>");
        let mut tx = house.db.read(Act::system(house.now())).await.unwrap();
        let rules = policy::rules(&mut tx).await.unwrap();
        assert!(!rules.calendar.is_working_day(date(2026, 6, 15)), "{}", house.name);
        drop(tx);
        group.press("Take back Mon 15 June 2026").await.is(200).does_not_see("Jubilee");
    }
}

#[tokio::test]
async fn whether_a_manager_signs_off_is_chosen_from_a_day() {
    for (house, small) in House::each().await {
        let mut tx = testing::scene(&house.db).await;
        let gina = testing::worker(&mut tx, "Gina", "Lead", "group_manager", None).await.unwrap();
        tx.commit().await.unwrap();
        let mut group = house.signed_in(&gina).await;
        group.visit("/policy").await.is(200).sees("Whoever decides, without sign-off");
        group.visit("/policy/sign-off").await.is(200);
        group.choose("Who decides what follows an enquiry?", "A manager signs off each decision");
        group.fill("Who decided this, and where is it written?", "Director, 12 May 2026");
        group.press("Change it").await.is(200);
        group.visit("/policy").await.sees("A manager signs off each decision");
        group.visit("/policy/complaints").await.fill("Where a complaint goes", "Complaints, Town Hall, ZZ1 1AA");
        group.fill("Who decided this, and where is it written?", "Director, 12 May 2026");
        group.press("Change it").await.is(200).sees("Complaints, Town Hall, ZZ1 1AA");
        let mut priya = house.signed_in(&small.priya).await;
        priya.visit("/policy").await.sees("A manager signs off each decision");
        priya.visit("/policy/sign-off").await.is(403);
    }
}
