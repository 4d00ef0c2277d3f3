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
        for page in [
            "/details",
            "/family",
            "/family/new",
            "/households/new",
            "/documents",
            "/documents/new",
            "/involvement",
            "/story",
            "/edit",
            "/edit/contact",
            "/edit/about",
            "/names/new",
            "/addresses/new",
            "/numbers/new",
            "/alerts/new",
            "/statuses/new",
        ] {
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
        // "None of these" answers those who were shown, and nobody else.
        let (action, mut fields) = browser.form_of("None of these: add");
        fields.retain(|(name, _)| name != "shown");
        browser.post(&action, &fields).await.sees("Is it one of these?");
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
        browser.press("Search, then add").await.is(422).sees("it is kept as not verified");
        browser.press("Search, then add").await.sees("Person added.");
        browser.follow("Details").await.sees("Not verified");
        browser.press("I have seen it on paper NHS number 943 476 5918").await.sees("The number is verified.").does_not_see("Not verified");
        browser.press("It is not theirs NHS number 943 476 5918").await.sees("No number is recorded.");
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
        two.sees("Known as differs Els Lee");
        one.visit(&at(&small, "/details")).await.sees("Els");
        two.press("Save what stands below").await.sees("Details saved.").sees("Lee");
    }
}

#[tokio::test]
async fn a_status_starts_its_clocks_and_ends_them() {
    for (house, small) in House::each().await {
        let mut browser = house.signed_in(&small.priya).await;
        browser.visit(&at(&small, "/statuses/new")).await;
        browser.choose("Status", "On a child protection plan").fill_date("Since when?", "11", "5", "2026");
        browser.choose("Category", "Neglect");
        browser.press("Add the status").await.sees("On a child protection plan, neglect, since 11 May 2026");
        browser.visit(&at(&small, "")).await.sees("Child protection visit").sees("First review conference");
        browser.visit(&at(&small, "/details")).await;
        let end = browser.body.split("/statuses/").find(|p| p.contains("/end")).unwrap().split('/').next().unwrap().to_owned();
        browser.visit(&at(&small, &format!("/statuses/{end}/end"))).await;
        browser.fill_date("When did it end?", "1", "5", "2026").choose("Why?", "No longer needed");
        browser.press("End the status").await.is(422).sees("End date must be on or after the start, 11 May 2026");
        browser.fill_date("When did it end?", "14", "5", "2026").press("End the status").await.sees("Status ended.");
        browser.visit(&at(&small, "")).await.sees("No clock is running.").sees("Ended: On a child protection plan");
    }
}

#[tokio::test]
async fn what_is_typed_is_shown_as_typed() {
    for (house, small) in House::each().await {
        let evil = "<script>alert(1)</script>'\"><img src=x onerror=alert(2)>; DROP TABLE person; --";
        let mut browser = house.signed_in(&small.priya).await;
        browser.visit(&at(&small, "/edit")).await;
        browser.fill("Known as (optional)", evil).press("Save details").await.is(200).sees(evil);
        for page in ["", "/story", "/family", "/edit", "/documents"] {
            browser.visit(&at(&small, page)).await.is(200);
            assert!(!browser.body.contains("<script>alert") && !browser.body.contains("<img src=x"), "{page}");
        }
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

/// Words that would do harm wherever they are not shown as words.
const EVIL: &str = "<script>alert(1)</script>\"'><svg onload=alert(2)>{{ 7*7 }}${x} =1+1 مرحبا\u{202E} 👩‍👧";

#[tokio::test]
async fn nothing_typed_in_any_field_becomes_part_of_a_page() {
    for (house, small) in House::each().await {
        let mut browser = house.signed_in(&small.priya).await;
        browser.visit(&at(&small, "/names/new")).await;
        browser.choose("What is or was it?", "Also known as").fill("Given names (optional)", EVIL).fill("Family name (optional)", EVIL);
        browser.press("Save").await.sees("Name added.");
        browser.visit(&at(&small, "/addresses/new")).await;
        browser.fill("Address", EVIL).fill("Postcode (optional)", "<b>");
        browser.press("Save").await.sees("Address added.");
        browser.visit(&at(&small, "/numbers/new")).await;
        browser.choose("What number is it?", "Another number").fill("Number", &EVIL[..40]);
        browser.press("Save").await.sees("Number added.");
        browser.visit(&at(&small, "/alerts/new")).await;
        browser
            .choose("What kind of alert?", "Dangerous dog")
            .fill("What must be known", EVIL)
            .fill("Who was told of it? (optional)", EVIL);
        browser.press("Add the alert").await.sees("Alert added.");
        browser.visit(&at(&small, "/households/new")).await;
        browser.choose("Where do they live?", "Another home").fill("What it is called", EVIL).fill("Address (optional)", EVIL);
        browser.press("Add the home").await.sees("Home added.");
        browser.visit(&at(&small, "/edit/contact")).await;
        browser.fill("Telephone (optional)", &EVIL[..40]).press("Save details").await.sees("Details saved.");
        browser.visit(&at(&small, "/edit/about")).await;
        browser.fill("First language (optional)", &EVIL[..40]).press("Save details").await.sees("Details saved.");
        find(&mut browser, EVIL).await;
        for page in ["", "/details", "/family", "/story", "/households/new", "/edit/about", "/notes/new"] {
            browser.visit(&at(&small, page)).await.is(200);
            assert!(!browser.body.contains("<script>alert") && !browser.body.contains("<svg onload"), "{}: {page}", house.name);
        }
        browser.visit(&at(&small, "/details")).await.sees("{{ 7*7 }}");
    }
}

#[tokio::test]
async fn unknown_not_asked_and_refused_are_three_answers() {
    for (house, small) in House::each().await {
        let mut browser = house.signed_in(&small.priya).await;
        browser.visit(&at(&small, "/details")).await.sees("Ethnicity Not asked yet").sees("Interpreter needed Not asked yet");
        browser.visit(&at(&small, "/edit/about")).await;
        browser.choose("Ethnicity", "Mixed: White and Asian").choose("If none is written", "Not known");
        browser.choose("Interpreter needed?", "Would rather not say");
        browser.choose("In what?", "Autism").choose("In what?", "Sight").choose("Disability?", "Yes");
        browser.press("Save details").await.sees("Details saved.");
        browser
            .sees("Mixed: White and Asian (MWAS, NHS F)")
            .sees("First language Not known")
            .sees("Interpreter needed Would rather not say");
        browser.sees("Yes: Autism, Sight");
        browser.visit(&at(&small, "/edit/about")).await.choose("Disability?", "No").press("Save details").await.is(422);
    }
}

#[tokio::test]
async fn a_name_given_up_stays_and_a_slip_does_not() {
    for (house, small) in House::each().await {
        let mut browser = house.signed_in(&small.priya).await;
        browser.visit(&at(&small, "/edit")).await;
        browser.fill("Family name", "Marsh-Bell").press("Save details").await.sees("Ellie Marsh Name before, until 14 May 2026");
        browser.visit(&at(&small, "/edit")).await;
        browser.fill("Given names", "Elli").choose("If the name is another than before", "The old one was typed wrongly");
        browser.press("Save details").await.sees("Elli Marsh-Bell Name now").does_not_see("Ellie Marsh-Bell");
        find(&mut browser, "ellie marsh").await;
        browser.sees("Elli Marsh-Bell");
    }
}

#[tokio::test]
async fn dates_that_cannot_be_are_refused_where_they_stand() {
    for (house, small) in House::each().await {
        let mut browser = house.signed_in(&small.priya).await;
        browser.visit(&at(&small, "/statuses/new")).await;
        browser.choose("Status", "Child in need").fill_date("Since when?", "1", "3", "2016");
        browser.press("Add the status").await.is(422).sees("Start date must be on or after the date of birth, 2 March 2016");
        browser
            .fill_date("Since when?", "1", "6", "2027")
            .press("Add the status")
            .await
            .is(422)
            .sees("Start date must be today or in the past");
        browser.fill_date("Since when?", "1", "5", "2026").fill_date("When did it end? (optional)", "1", "4", "2026");
        browser.press("Add the status").await.is(422).sees("Choose why it ended");
        browser
            .choose("Why?", "No longer needed")
            .press("Add the status")
            .await
            .is(422)
            .sees("End date must be on or after the start, 1 May 2026");
        browser.visit(&at(&small, "/edit")).await;
        browser.fill_date("Died on (optional)", "1", "1", "2016");
        browser.press("Save details").await.is(422).sees("Date of death must be on or after the date of birth, 2 March 2016");
        browser.visit(&at(&small, "/alerts/new")).await;
        browser.choose("What kind of alert?", "Dangerous dog").fill("What must be known", "Alsatian").fill_date(
            "When is it looked at again?",
            "1",
            "1",
            "2020",
        );
        browser.press("Add the alert").await.is(422).sees("The day of review must be after today");
    }
}

#[tokio::test]
async fn what_a_census_would_refuse_is_kept_and_said() {
    for (house, small) in House::each().await {
        let mut browser = house.signed_in(&small.priya).await;
        for (day, news) in [("1", "Status added."), ("8", "Status added, and kept with a query")] {
            browser.visit(&at(&small, "/statuses/new")).await;
            browser
                .choose("Status", "On a child protection plan")
                .fill_date("Since when?", day, "5", "2026")
                .press("Add the status")
                .await
                .sees(news);
        }
        browser.visit(&at(&small, "/details")).await.sees("Another one is open: on a child protection plan").sees("rule 8935");
    }
}

#[tokio::test]
async fn known_visits_and_reviews_move_the_clocks_on() {
    for (house, small) in House::each().await {
        let mut browser = house.signed_in(&small.priya).await;
        browser.visit(&at(&small, "/statuses/new")).await;
        browser.choose("Status", "On a child protection plan").fill_date("Since when?", "2", "2", "2026");
        browser.fill_date("Last visit (optional)", "8", "5", "2026").fill_date("Last review or conference (optional)", "1", "5", "2026");
        browser.press("Add the status").await.sees("Last visit 8 May 2026").sees("Last review or conference 1 May 2026");
        browser.visit(&at(&small, "")).await.sees("Fri 22 May 2026").sees("Next review conference").sees("Sun 1 November 2026");
        browser.visit(&at(&small, "/details")).await;
        browser.follow("Visits and reviews On a child protection plan, since 2 February 2026").await;
        browser.fill_date("Next visit, if it is set (optional)", "18", "5", "2026").press("Save").await.sees("next set for 18 May 2026");
        browser.visit(&at(&small, "")).await.sees("Mon 18 May 2026").does_not_see("Fri 22 May 2026").sees("Sun 1 November 2026");
    }
}

#[tokio::test]
async fn an_alert_is_reviewed_ended_and_remembered() {
    for (house, small) in House::each().await {
        let mut browser = house.signed_in(&small.priya).await;
        browser.visit(&at(&small, "/alerts/new")).await;
        browser
            .choose("What kind of alert?", "Visit in pairs")
            .fill("What must be known", "Threats by a neighbour")
            .fill("Who was told of it? (optional)", "Mother");
        let (action, fields) = browser.form_of("Add the alert");
        browser.post(&action, &fields).await.sees("Visit in pairs: Threats by a neighbour").sees("told: Mother");
        browser.post(&action, &fields).await;
        browser.visit(&at(&small, "/details")).await;
        assert_eq!(browser.text().matches("review 14 November 2026").count(), 1, "{}: a form sent twice is done once", house.name);
        browser.follow("Review or end the alert: Visit in pairs").await;
        browser.fill_date("When is it looked at next?", "1", "3", "2027").press("It still stands").await.sees("review 1 March 2027");
        browser.follow("Review or end the alert: Visit in pairs").await;
        browser.press("It no longer holds: end it").await.sees("14 May 2026 to 14 May 2026");
        browser.visit(&at(&small, "")).await.sees("Alert ended: Visit in pairs");
    }
}

#[tokio::test]
async fn a_story_is_filtered_marked_and_printed() {
    for (house, small) in House::each().await {
        let mut browser = house.signed_in(&small.priya).await;
        for words in ["First note", "Second note"] {
            browser.visit(&at(&small, "/notes/new")).await;
            browser.fill("What happened, and what you make of it", words).press("Save note").await;
        }
        browser.visit(&at(&small, "")).await;
        let mark = browser.body.split("/entries/").nth(1).unwrap().split('/').next().unwrap().to_owned();
        let csrf = browser.body.split("name=\"csrf\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let fields = [
            ("csrf".to_owned(), csrf),
            ("significant".into(), "yes".into()),
            ("back".into(), format!("/people/{}?group=notes", small.child)),
        ];
        browser.post(&at(&small, &format!("/entries/{mark}/mark")), &fields).await.is(200).sees("Marked as significant.");
        assert!(browser.path.contains("?group=notes"));
        browser.follow("Significant only").await.sees("Second note").does_not_see("First note");
        browser.visit(&at(&small, "?group=visits")).await.sees("No entry is as you asked");
        browser.visit(&at(&small, "?from=nonsense")).await.sees("A date was not understood");
        browser.visit(&at(&small, "/story?only=significant")).await.sees("Printed by Priya Nair").does_not_see("First note");
        let printed = testing::text(&house.db, "SELECT CAST(COUNT(*) AS TEXT) FROM audit_entry WHERE deed = 'person.print'").await;
        assert_eq!(printed, "1", "{}", house.name);
    }
}

#[tokio::test]
async fn another_persons_parts_are_no_parts_of_this_one() {
    for (house, small) in House::each().await {
        let mut tx = testing::scene(&house.db).await;
        let other = testing::person(&mut tx, "Omar", "Reid", None).await.unwrap();
        tx.commit().await.unwrap();
        let mut browser = house.signed_in(&small.priya).await;
        browser.visit(&at(&small, "/alerts/new")).await;
        browser.choose("What kind of alert?", "Dangerous dog").fill("What must be known", "Dog").press("Add the alert").await;
        let alert = browser.body.split("/alerts/").find(|p| p.len() > 32 && p.as_bytes()[32] == b'"').unwrap()[..32].to_owned();
        browser.visit(&at(&small, &format!("/alerts/{alert}"))).await.is(200);
        browser.visit(&format!("/people/{other}/alerts/{alert}")).await.is(403);
        for part in [
            "alerts/x",
            "statuses/x/end",
            "statuses/x/dates",
            "addresses/x/end",
            "family/x/end",
            "households/x/leave",
            "documents/x",
            "edit/x",
        ] {
            browser.visit(&at(&small, &format!("/{part}"))).await.is(404);
        }
    }
}

#[tokio::test]
async fn what_a_file_said_oddly_stands_on_the_record_as_a_query() {
    const CENSUS: &str = include_str!("../../../returns/tests/samples/cin_ashmere.xml");
    for (house, small) in House::each().await {
        let known =
            "INSERT INTO person_identifier (id, person_id, kind, value, verified) VALUES ('number', '{}', 'la_child_id', 'ASH0002', true)";
        testing::behind_its_back(&house.db, &known.replace("{}", small.child.as_str())).await;
        let act = store::Act::command_line("tester", testing::start());
        let source = store::imports::Source { name: "census.xml".into(), bytes: CENSUS.into() };
        store::imports::run(&house.db, &act, store::imports::Kind::Cin, vec![source], testing::TODAY, |_| {}).await.unwrap();
        let mut browser = house.signed_in(&small.priya).await;
        browser
            .visit(&at(&small, "/details"))
            .await
            .is(200)
            .sees("Queried when it came in a file")
            .sees("census.xml, line")
            .sees("31/02/2019");
        browser.visit(&at(&small, "")).await.is(200).sees("From a file").sees("Query").sees("Ellie Marsh");
    }
}
