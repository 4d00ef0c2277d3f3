//! Access beyond one's own work: the glass and its review, restrictions, conflicts, and who looked at what.

use care::access::{Deed, Role};
use store::{
    Act, audit,
    id::{PersonId, WorkerId},
    people,
    restrictions::{self, Level},
    testing,
};

use crate::{
    browser::House,
    signing_in::{code, real, settled, sign_in},
};

/// Another worker of the small borough, with one role.
pub async fn worker(house: &House, given: &str, surname: &str, role: Role, team: Option<&store::id::TeamId>) -> WorkerId {
    let mut tx = testing::scene(&house.db).await;
    let id = testing::worker(&mut tx, given, surname, role.code(), team).await.unwrap();
    tx.commit().await.unwrap();
    id
}

/// Shuts the child's record for all but these, by a command.
pub async fn shut(house: &House, person: &PersonId, level: Level, guardian: &WorkerId, list: &[WorkerId]) {
    let mut tx = house.db.write(Act::command_line("operator", house.now())).await.unwrap();
    let opened = people::open(&mut tx, person, Deed::RestrictRecord).await.unwrap();
    restrictions::set(&mut tx, &opened, level, guardian, "a relative works here", list).await.unwrap();
    tx.commit().await.unwrap();
}

async fn notices(house: &House, to: &WorkerId) -> i64 {
    let mut tx = house.db.read(Act::system(house.now())).await.unwrap();
    let standing = store::workers::standing(&mut tx, to, testing::TODAY).await.unwrap();
    store::todo::counts(&mut tx, &standing).await.unwrap().into_iter().find(|t| t.label.starts_with("message")).unwrap().count
}

#[tokio::test]
async fn the_glass_breaks_in_two_pages_with_a_reason_and_the_second_step() {
    for (house, small, _keys) in real().await {
        settled(&house, &small.tom, "tom.bell").await;
        let mut tom = sign_in(&house, &small.tom, "tom.bell").await;
        let record = format!("/people/{}/notes/new", small.child);
        tom.visit(&record)
            .await
            .is(403)
            .sees("Ellie Marsh")
            .sees("You are not working with this person")
            .sees("Ask Priya Nair, North safeguarding");
        tom.follow("Open the record in an emergency").await.is(200).sees("open to you for 4 hours at most");
        tom.follow("Continue to the reason").await.is(200);
        let before = tom.cookies["keyworker_session"].clone();
        tom.press("Open the record").await.is(422).sees("Choose why you need the record now").sees("Say why you need this record now");
        tom.choose("What has happened?", "Police, health or a court need an answer now")
            .fill("In your own words", "short")
            .fill("For how many hours?", "9");
        tom.press("Open the record").await.is(422).sees("from 1 to 4");
        house.clock.forward(60);
        tom.choose("What has happened?", "Police, health or a court need an answer now")
            .fill("In your own words", "Police at the family's door")
            .fill("For how many hours?", "2");
        tom.fill("Code from your authenticator app", "000000").press("Open the record").await.is(422).sees("This code is not right");
        tom.choose("What has happened?", "Police, health or a court need an answer now")
            .fill("In your own words", "Police at the family's door")
            .fill("For how many hours?", "2");
        tom.fill("Code from your authenticator app", &code(&house, &small.tom).await).press("Open the record").await;
        assert_ne!(tom.cookies["keyworker_session"], before, "a new id when stepped up");
        tom.visit(&record).await.is(200).sees("Emergency access.").sees("somebody else reviews it");
        assert_eq!(notices(&house, &small.grace).await, 1, "the manager is told");
        assert_eq!(notices(&house, &small.priya).await, 1, "the allocated worker is told");
        for _ in 0..14 {
            house.clock.forward(9 * 60);
            tom.visit("/account").await.is(200);
        }
        tom.visit(&record).await.is(403);
    }
}

#[tokio::test]
async fn another_reviews_it_by_the_next_working_day_and_nobody_their_own() {
    for (house, small) in House::each().await {
        let south = worker(&house, "Maya", "Lund", Role::TeamManager, Some(&small.south)).await;
        let mut maya = house.signed_in(&south).await;
        maya.visit(&format!("/people/{}/break-glass/reason", small.child)).await.is(200);
        maya.choose("What has happened?", "Another reason, described")
            .fill("In your own words", "Mother came to our reception")
            .press("Open the record")
            .await;
        maya.visit("/access/reviews").await.is(200).sees("Nothing waits for a review").sees("0 emergency openings to review");

        let mut grace = house.signed_in(&small.grace).await;
        grace
            .visit("/access/reviews")
            .await
            .is(200)
            .sees("1 emergency opening to review")
            .sees("Maya Lund")
            .sees("Ellie Marsh")
            .sees("Fri 15 May 2026");
        grace.follow("Maya Lund").await.is(200).sees("Mother came to our reception").sees("Maya Lund, South safeguarding");
        let review = grace.path.clone();
        maya.visit(&review).await.is(200).sees("Somebody else must review this");
        let (_, mut fields) = {
            grace.choose("What did you find?", "It was right to open the record");
            grace.form_of("Record the review")
        };
        fields.retain(|(k, _)| k != "csrf");
        maya.visit("/").await;
        let (_, mine) = maya.form_of("Stay signed in");
        fields.extend(mine.into_iter().filter(|(k, _)| k == "csrf"));
        maya.post(&review, &fields).await.is(422).sees("Somebody else must review this");
        grace.choose("What did you find?", "It was not right, and is taken up with the worker").press("Record the review").await;
        grace.is(422).sees("Say what was found and what follows");
        grace
            .choose("What did you find?", "It was not right, and is taken up with the worker")
            .fill("What follows from it", "Spoken to on 14 May")
            .press("Record the review")
            .await;
        grace.is(200).sees("Nothing waits for a review").sees("It was not right");
        grace.visit(&review).await.is(200).sees("Spoken to on 14 May").does_not_see("Record the review");
    }
}

#[tokio::test]
async fn the_glass_is_not_offered_where_it_may_not_break() {
    for (house, small) in House::each().await {
        let glass = format!("/people/{}/break-glass", small.child);
        let mut priya = house.signed_in(&small.priya).await;
        priya.visit(&glass).await.is(200).sees("You may read this record already");
        let auditor = worker(&house, "Alma", "Ruiz", Role::Auditor, None).await;
        let mut alma = house.signed_in(&auditor).await;
        alma.visit(&glass).await.is(200).sees("does not open in an emergency");
        shut(&house, &small.child, Level::Restricted, &small.grace, &[]).await;
        let mut tom = house.signed_in(&small.tom).await;
        tom.visit(&glass).await.is(200).sees("restricted to a list of named workers").does_not_see("Continue to the reason");
        tom.visit(&format!("{glass}/reason")).await.is(200).sees("does not open in an emergency");
        shut(&house, &small.child, Level::Hidden, &small.grace, &[]).await;
        tom.visit(&glass).await.is(404);
    }
}

#[tokio::test]
async fn a_hidden_record_reads_as_an_unknown_page_and_its_guardian_hears_of_it() {
    for (house, small) in House::each().await {
        shut(&house, &small.child, Level::Hidden, &small.grace, &[]).await;
        let mut priya = house.signed_in(&small.priya).await;
        let strip =
            |body: &str| body.lines().map(|l| l.split("name=\"form_token\"").next().unwrap().to_owned()).collect::<Vec<_>>().join("\n");
        let hidden = strip(&priya.visit(&format!("/people/{}/notes/new", small.child)).await.is(404).body);
        let unknown = strip(&priya.visit(&format!("/people/{}/notes/new", PersonId::new())).await.is(404).body);
        assert_eq!(hidden, unknown, "{}", house.name);
        assert_eq!(notices(&house, &small.grace).await, 1);
        let mut grace = house.signed_in(&small.grace).await;
        grace.visit(&format!("/people/{}/notes/new", small.child)).await.is(200);
    }
}

#[tokio::test]
async fn a_manager_shuts_a_record_keeps_its_list_and_lifts_it() {
    for (house, small) in House::each().await {
        let (page, note) = (format!("/people/{}/restriction", small.child), format!("/people/{}/notes/new", small.child));
        let mut grace = house.signed_in(&small.grace).await;
        let mut priya = house.signed_in(&small.priya).await;
        grace.visit(&page).await.is(200);
        grace.press("Save").await.is(422).sees("Choose how tightly the record is shut").sees("Say why the record is shut");
        grace
            .choose("How tightly is it shut?", "Restricted: others see that the person is known, and whom to ask")
            .fill("Why", "An aunt works in the team");
        grace.press("Save").await.is(200).sees("The record is shut for all but the list");
        priya.visit(&note).await.is(403).sees("restricted to a list of named workers");
        grace.visit(&page).await.choose("Workers", "Priya Nair");
        grace.press("Save").await.is(200);
        priya.visit(&note).await.is(200);
        priya.visit(&page).await.is(403);
        grace.visit(&page).await;
        grace.press("Lift the restriction").await;
        let mut tx = house.db.read(Act::new(small.grace.clone(), house.now())).await.unwrap();
        let opened = people::open(&mut tx, &small.child, Deed::RestrictRecord).await.unwrap();
        assert!(restrictions::of(&mut tx, &opened).await.unwrap().is_none());
        tx.finish().await.unwrap();
    }
}

#[tokio::test]
async fn a_declared_conflict_shuts_the_record_until_a_manager_ends_it() {
    for (house, small) in House::each().await {
        let note = format!("/people/{}/notes/new", small.child);
        let mut priya = house.signed_in(&small.priya).await;
        priya.visit(&format!("/people/{}/conflict", small.child)).await.is(200).sees("Ellie Marsh");
        priya
            .choose("What is the interest?", "Another interest, described")
            .press("Declare it")
            .await
            .is(422)
            .sees("Describe the interest");
        priya
            .choose("What is the interest?", "Friend or neighbour")
            .press("Declare it")
            .await
            .is(200)
            .sees("Ellie Marsh Friend or neighbour");
        priya.visit(&note).await.is(403).sees("closed to you because of a conflict of interest");
        let mut grace = house.signed_in(&small.grace).await;
        grace.visit(&format!("/people/{}/conflicts", small.child)).await.is(200).sees("Priya Nair : Friend or neighbour");
        grace.press("End it for Priya Nair").await.is(200);
        priya.visit(&note).await.is(200);
        grace
            .choose("Worker", "Tom Bell")
            .choose("What is the interest?", "Related to the person or family")
            .press("Record")
            .await
            .is(200)
            .sees("Tom Bell : Related");
    }
}

#[tokio::test]
async fn who_has_seen_a_record_is_shown_to_those_who_look_after_it() {
    for (house, small) in House::each().await {
        let mut priya = house.signed_in(&small.priya).await;
        priya.visit(&format!("/people/{}/notes/new", small.child)).await.is(200);
        let mut tom = house.signed_in(&small.tom).await;
        tom.visit(&format!("/people/{}/notes/new", small.child)).await.is(403);
        let seen = format!("/people/{}/seen", small.child);
        let mut grace = house.signed_in(&small.grace).await;
        grace
            .visit(&seen)
            .await
            .is(200)
            .sees("Priya Nair")
            .sees("Allocated worker")
            .sees("Tom Bell Was shown no more than the index Refused");
        let mut ines = house.signed_in(&small.ines).await;
        ines.visit(&seen).await.is(200).sees("Grace Obi");
        priya.visit(&seen).await.is(403);
        priya.visit("/account/seen").await.is(200).sees("Ellie Marsh");
        tom.visit("/account/seen").await.is(200).sees("Refused");
    }
}

#[tokio::test]
async fn what_a_worker_looked_at_opens_with_a_reason_and_is_itself_audited() {
    for (house, small) in House::each().await {
        let mut priya = house.signed_in(&small.priya).await;
        priya.visit(&format!("/people/{}/notes/new", small.child)).await.is(200);
        let ask = format!("/audit/worker/{}", small.priya);
        for outsider in [&small.grace, &small.sam, &small.priya] {
            house.signed_in(outsider).await.visit(&ask).await.is(403);
        }
        let mut ines = house.signed_in(&small.ines).await;
        ines.visit(&ask).await.is(200).sees("What did Priya Nair look at?");
        ines.fill("Why do you need to know?", "curious").press("Continue").await.is(422).sees("10 letters or more");
        ines.fill("Why do you need to know?", "Complaint 44 of 11 May")
            .press("Continue")
            .await
            .is(200)
            .sees("Ellie Marsh")
            .sees("Complaint 44");
        let inquiry = ines.path.clone();
        let auditor = worker(&house, "Alma", "Ruiz", Role::Auditor, None).await;
        house.signed_in(&auditor).await.visit(&inquiry).await.is(404);

        let mut tx = house.db.read(Act::new(small.ines.clone(), house.now())).await.unwrap();
        let own = store::seen::refusals(&mut tx, i64::MAX, 10).await.unwrap();
        assert!(own.iter().any(|e| e.deed == "refused.role_lacks"), "{}", house.name);
        tx.finish().await.unwrap();
        shut(&house, &small.child, Level::Hidden, &small.grace, &[]).await;
        ines.visit(&inquiry).await.is(200).does_not_see("Ellie Marsh").sees("A person whose record is not shown to you");
        house.clock.forward(60 * 8 * 60);
        house.signed_in(&small.ines).await.visit(&inquiry).await.is(404);
    }
}

#[tokio::test]
async fn refusals_hints_and_the_file_are_for_oversight() {
    for (house, small) in House::each().await {
        let namesake = worker(&house, "Olive", "Marsh", Role::SocialWorker, Some(&small.north)).await;
        house.signed_in(&namesake).await.visit(&format!("/people/{}/notes/new", small.child)).await.is(200);
        house.signed_in(&small.sam).await.visit("/audit").await.is(403);
        let mut ines = house.signed_in(&small.ines).await;
        ines.visit("/audit").await.is(200).sees("Olive Marsh Ellie Marsh 1").sees("Nobody opened as many");
        ines.visit("/audit/refusals").await.is(200).sees("Sam Dunn Asked for a page that their role does not use /audit");
        ines.visit("/audit/export").await.is(200);
        ines.fill("What is it for?", "The yearly check of access").press("Download as CSV").await.is(200);
        assert!(ines.headers["content-type"].to_str().unwrap().starts_with("text/csv"));
        assert!(ines.headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
        assert!(ines.body.starts_with("\u{feff}number,time_utc,who,who_id,what,about,about_id,why\r\n"), "{}", ines.body);
        assert!(ines.body.contains("Olive Marsh"));
        assert_eq!(audit::verify(&house.db, None, &[]).await.unwrap().faults, vec![], "{}", house.name);
    }
}
