//! The people around someone: relationships, homes, and what is not shown of those whose records are shut.

use jiff::civil::date;
use store::testing::{self, Small};

use crate::browser::House;

fn at(small: &Small, end: &str) -> String {
    format!("/people/{}{end}", small.child)
}

#[tokio::test]
async fn a_family_is_shown_as_a_picture_and_in_words() {
    for (house, small) in House::each().await {
        let mut tx = testing::scene(&house.db).await;
        let mother = testing::person(&mut tx, "Dawn", "Marsh", Some(date(1990, 1, 1))).await.unwrap();
        let brother = testing::person(&mut tx, "Kai", "Marsh", Some(date(2018, 1, 1))).await.unwrap();
        testing::relation(&mut tx, &mother, &small.child, "mother").await.unwrap();
        testing::relation(&mut tx, &mother, &brother, "mother").await.unwrap();
        tx.commit().await.unwrap();
        let mut browser = house.signed_in(&small.priya).await;
        browser.visit(&at(&small, "/family")).await.sees("Dawn Marsh is the mother of Ellie Marsh, with parental responsibility");
        browser.sees("Kai Marsh brother or sister, child of Dawn Marsh");
        assert!(browser.body.contains("<svg class=\"kw-genogram\"") && !browser.body.contains("style="), "{}", house.name);
        browser.visit(&at(&small, "")).await.sees("Dawn Marsh").sees("Same home");
        browser.visit(&at(&small, "?whose=family")).await.is(200);
    }
}

#[tokio::test]
async fn relatives_whose_records_are_shut_are_not_given_away() {
    for (house, small) in House::each().await {
        let mut tx = testing::scene(&house.db).await;
        let shut_one = testing::person(&mut tx, "Rowena", "Quill", Some(date(1990, 1, 1))).await.unwrap();
        let hidden = testing::person(&mut tx, "Hester", "Vane", Some(date(1960, 1, 1))).await.unwrap();
        testing::relation(&mut tx, &shut_one, &small.child, "mother").await.unwrap();
        testing::relation(&mut tx, &hidden, &small.child, "grandparent").await.unwrap();
        testing::restrict(&mut tx, &shut_one, &small.ines, "restricted").await.unwrap();
        testing::restrict(&mut tx, &hidden, &small.ines, "hidden").await.unwrap();
        tx.commit().await.unwrap();
        let mut browser = house.signed_in(&small.priya).await;
        for page in ["/family", "", "?whose=family", "/households/new", "/story"] {
            browser.visit(&at(&small, page)).await.is(200);
            for word in ["Rowena", "Quill", "Hester", "Vane", "grandparent", hidden.as_str()] {
                assert!(!browser.body.contains(word), "{}: {word} on {page}", house.name);
            }
        }
        browser.visit(&at(&small, "/family")).await.sees("A person whose record is restricted");
    }
}

#[tokio::test]
async fn somebody_is_found_related_and_ended_with_dates() {
    for (house, small) in House::each().await {
        let mut browser = house.signed_in(&small.priya).await;
        browser.visit("/people/new").await;
        browser.fill("Given names", "Lee").fill("Family name", "Tolland").fill_date("Date of birth", "4", "4", "1988");
        browser.press("Search, then add").await.sees("Person added.");
        browser.visit(&at(&small, "/family/new")).await;
        browser.fill("Who is it?", "Zzyzx Nobody").press("Find them").await.is(422).sees("Nobody of that name was found");
        browser.fill("Who is it?", "lee toland").press("Find them").await.is(200).sees("Lee Tolland , born 4 April 1988 (38 years)");
        browser.press("Add to the family").await.is(422).sees("Choose what they are to this person");
        browser.choose("They are this person’s", "Father").choose("Do they have parental responsibility?", "Not known");
        browser
            .fill_date("Since (optional)", "1", "6", "2027")
            .press("Add to the family")
            .await
            .is(422)
            .sees("The start must be today or in the past");
        browser.fill_date("Since (optional)", "2", "3", "2016");
        let (action, fields) = browser.form_of("Add to the family");
        browser.post(&action, &fields).await.sees("Lee Tolland father 38 years Not known");
        browser.post(&action, &fields).await;
        let mut tx = house.db.read(store::Act::system(house.now())).await.unwrap();
        assert_eq!(testing::count(&mut tx, "relationship").await.unwrap(), 1, "{}: a form sent twice is done once", house.name);
        browser.visit(&at(&small, "/family")).await.follow("End father, Lee Tolland").await;
        browser
            .fill_date("What was the last day?", "1", "1", "2010")
            .press("End the relationship")
            .await
            .is(422)
            .sees("on or after the start");
        browser.fill_date("What was the last day?", "1", "5", "2026").press("End the relationship").await.sees("father (until 1 May 2026)");
    }
}

#[tokio::test]
async fn homes_are_joined_and_left() {
    for (house, small) in House::each().await {
        let mut browser = house.signed_in(&small.priya).await;
        browser.visit(&at(&small, "/households/new")).await;
        browser.press("Add the home").await.is(422).sees("Choose a home");
        browser.choose("Where do they live?", "Another home").fill("What it is called", "3 Mill Lane").fill_date(
            "Since (optional)",
            "1",
            "2",
            "2025",
        );
        browser.press("Add the home").await.sees("3 Mill Lane from 1 February 2025");
        browser.follow("They left 3 Mill Lane").await;
        browser.fill_date("What was their last day there?", "1", "1", "2024").press("They left").await.is(422);
        browser.fill_date("What was their last day there?", "1", "5", "2026").press("They left").await.sees("until 1 May 2026");
    }
}

#[tokio::test]
async fn the_story_of_the_whole_family_is_read_and_printed_together() {
    for (house, small) in House::each().await {
        let mut tx = testing::scene(&house.db).await;
        let kai = testing::person(&mut tx, "Kai", "Marsh", Some(date(2018, 5, 5))).await.unwrap();
        let mother = testing::person(&mut tx, "Dawn", "Marsh", None).await.unwrap();
        for child in [&small.child, &kai] {
            testing::relation(&mut tx, &mother, child, "mother").await.unwrap();
        }
        let case = testing::case(&mut tx, &kai, &small.north, "child_in_need", testing::TODAY).await.unwrap();
        testing::allocation(&mut tx, &case, &kai, &small.priya).await.unwrap();
        tx.commit().await.unwrap();
        let mut browser = house.signed_in(&small.priya).await;
        for (who, words) in [(&small.child, "Ellie read to me"), (&kai, "Kai hid under the table")] {
            browser.visit(&format!("/people/{who}/notes/new")).await.fill("What happened, and what you make of it", words);
            browser.press("Save note").await.is(200);
        }
        browser.visit(&at(&small, "")).await.sees("Ellie read to me").does_not_see("Kai hid");
        browser.follow("The whole family").await.sees("Ellie read to me").sees("Kai hid under the table");
        browser.follow("Read or print what is shown").await.is(200).sees("The story of Ellie Marsh and their family");
        browser.sees("Kai hid under the table").sees("Told together: Ellie Marsh , Kai Marsh .").sees("Printed by Priya Nair");
        assert_eq!(browser.text().matches("Ellie read to me").count(), 1, "{}: each entry stands once", house.name);
        let printed = "SELECT CAST(COUNT(DISTINCT subject_id) AS TEXT) FROM audit_entry WHERE deed = 'person.print'";
        assert_eq!(testing::text(&house.db, printed).await, "2", "{}: each whose story was printed", house.name);
        browser
            .visit(&at(&small, "/story?group=visits&whose=family&from=2026-05-01"))
            .await
            .sees("Only visits, from 1 May 2026")
            .does_not_see("Kai hid");
        // Another's case is not hers to read: the story goes on without it.
        let mut tom = house.signed_in(&small.tom).await;
        tom.visit(&at(&small, "/story?whose=family")).await.is(403);
    }
}
