//! Keeping the list of staff: a worker from the first day to the last, teams, absences, and who may hold which case.

use care::access::Role;
use store::{Act, audit, id::WorkerId, testing, workers};

use crate::{browser::House, signing_in::real};

/// Another worker of the small borough, with one role.
async fn worker(house: &House, given: &str, role: Role, team: Option<&store::id::TeamId>) -> WorkerId {
    let mut tx = testing::scene(&house.db).await;
    let id = testing::worker(&mut tx, given, "Example", role.code(), team).await.unwrap();
    tx.commit().await.unwrap();
    id
}

#[tokio::test]
async fn an_administrator_adds_a_worker_who_then_signs_in() {
    for (house, small, _keys) in real().await {
        let mut sam = house.signed_in(&small.sam).await;
        sam.visit("/staff").await.is(200).sees("Nair, Priya");
        sam.follow("Add a worker").await;
        sam.fill("Family name", "").fill("Full-time equivalent", "eight").press("Save").await;
        sam.is(422).sees("Enter a family name").sees("such as 0.8");
        sam.fill("Given name (optional)", "Nadia")
            .fill("Family name", "Hughes-Obi")
            .fill("Full-time equivalent", "0.8")
            .press("Save")
            .await;
        sam.is(200).sees("Nadia Hughes-Obi").sees("They hold no role");
        sam.follow("Give a role").await;
        sam.choose("Role", "Social worker")
            .choose("Team", "North safeguarding")
            .press("Give the role")
            .await
            .is(200)
            .sees("Social worker, North safeguarding");
        sam.follow("Open one").await;
        sam.press("Open the account").await.is(200).sees("nadia.hughesobi");
        sam.press("Make a one-time link").await.is(200).sees("is not shown again");
        let link = sam.text().split_whitespace().find(|w| w.contains("/link/")).unwrap().to_owned();
        let mut nadia = house.stranger();
        nadia.visit(link.split_once("8080").unwrap().1).await.is(200);
        nadia.fill("New password", "seven wet otters").press("Set password").await.is(200);
        nadia
            .fill("User name", "nadia.hughesobi")
            .fill("Password", "seven wet otters")
            .press("Continue")
            .await
            .sees("Set up your second step");
    }
}

#[tokio::test]
async fn nobody_raises_themselves_and_a_withdrawn_role_is_gone_at_once() {
    for (house, small) in House::each().await {
        let other = worker(&house, "Second", Role::SystemAdministrator, None).await;
        let mut sam = house.signed_in(&small.sam).await;
        sam.visit(&format!("/staff/{}", small.sam)).await.is(200).does_not_see("Give a role");
        sam.visit(&format!("/staff/{}/roles/new", small.sam)).await.is(200);
        sam.choose("Role", "Director").press("Give the role").await.is(422).sees("You cannot change your own roles");

        let mut second = house.signed_in(&other).await;
        second.visit(&format!("/staff/{}", small.sam)).await.is(200);
        second.follow("End the role of System administrator").await;
        second.fill_date("Last day of the role", "13", "5", "2026").press("End the role").await.is(200);
        sam.visit("/staff").await.is(403).sees("Your role does not use this page");
    }
}

#[tokio::test]
async fn human_resources_keep_staff_but_neither_roles_nor_accounts() {
    for (house, small) in House::each().await {
        let hannah = worker(&house, "Hannah", Role::HumanResources, None).await;
        let mut browser = house.signed_in(&hannah).await;
        browser.visit(&format!("/staff/{}", small.priya)).await.is(200).does_not_see("Give a role").does_not_see("Shut the account");
        for path in ["roles/new", "account/new"] {
            browser.visit(&format!("/staff/{}/{path}", small.priya)).await.is(403);
        }
        browser.visit(&format!("/staff/{}/leaving", small.priya)).await.is(200).sees("They hold 1 person today");
        browser.fill_date("Last working day (optional)", "19", "6", "2026").press("Save").await.is(200).sees("Leaves 19 June 2026");
        browser.visit(&format!("/staff/{}/supervision", small.priya)).await;
        browser.choose("Supervisor", "Grace Obi").press("Save").await.is(200).sees("Grace Obi from 14 May 2026");
        browser.visit(&format!("/staff/{}/supervision", small.grace)).await;
        browser.choose("Supervisor", "Priya Nair").press("Save").await.is(422).sees("This worker supervises them already");
    }
}

#[tokio::test]
async fn a_stale_page_saves_nothing_over_another() {
    for (house, small) in House::each().await {
        let (mut one, mut two) = (house.signed_in(&small.sam).await, house.signed_in(&small.sam).await);
        let page = format!("/staff/{}/details", small.priya);
        one.visit(&page).await;
        two.visit(&page).await;
        one.fill("Telephone at work (optional)", "01632 960111").press("Save").await.is(200);
        two.fill("Telephone at work (optional)", "01632 960222").press("Save").await.is(409).sees("Someone else saved this meanwhile");
        one.visit(&format!("/staff/{}", small.priya)).await.sees("01632 960111");
    }
}

#[tokio::test]
async fn teams_are_kept_as_a_tree() {
    for (house, small) in House::each().await {
        let mut sam = house.signed_in(&small.sam).await;
        sam.visit("/staff/teams/new").await.is(200);
        sam.press("Save").await.is(422).sees("Enter the name of the team").sees("Choose the service");
        sam.fill("Name", "Children's social work")
            .choose("What it is for", "Group of teams")
            .choose("Service", "Children's services")
            .press("Save")
            .await
            .is(200);
        sam.visit(&format!("/staff/teams/{}", small.north)).await.is(200);
        sam.choose("Belongs to", "Children's social work").press("Save").await.is(200).sees("– North safeguarding");
        sam.follow("Children's social work").await.is(200);
        sam.choose("Belongs to", "– North safeguarding").press("Save").await.is(422).sees("A team cannot be below itself");
        sam.visit(&format!("/staff/teams/{}", small.north)).await;
        sam.fill_date("Last day (optional)", "30", "6", "2026").press("Save").await.is(422).sees("1 open cases: move them first");
    }
}

#[tokio::test]
async fn managers_record_dates_and_only_human_resources_the_reason() {
    for (house, small) in House::each().await {
        let hannah = worker(&house, "Hannah", Role::HumanResources, None).await;
        let mut grace = house.signed_in(&small.grace).await;
        grace.visit("/absences").await.is(200).sees("Nobody of yours is away");
        grace.follow("Record an absence").await;
        assert!(!grace.body.contains("Tom Bell"), "only her own team");
        grace.choose("Who is away?", "Priya Nair").fill_date("Expected back on (optional)", "14", "5", "2026").press("Record").await;
        grace.is(422).sees("must be after the first day away");
        grace.choose("Who is away?", "Priya Nair").fill_date("Expected back on (optional)", "1", "6", "2026").press("Record").await;
        grace.is(200).sees("Priya Nair Away 14 May 2026 1 June 2026").does_not_see("Reason");

        let mut browser = house.signed_in(&hannah).await;
        browser.visit("/absences").await.is(200);
        browser.follow("Reason").await.is(200);
        browser.fill("Reason", "An operation").press("Save").await.is(200);
        let reason = browser.visit("/absences").await.follow("Reason").await.is(200).path.clone();
        browser.sees("An operation");
        grace.visit(&reason).await.is(403).does_not_see("operation");

        let mut tx = house.db.write(Act::new(small.tom.clone(), house.now())).await.unwrap();
        let refused = workers::record_absence(&mut tx, &small.priya, testing::TODAY, None).await;
        assert!(matches!(refused, Err(store::Error::RoleLacks)), "{}", house.name);
    }
}

#[tokio::test]
async fn who_may_hold_which_case_is_changed_from_a_day_on() {
    for (house, small) in House::each().await {
        let (director, day) = (worker(&house, "Dina", Role::Director, None).await, testing::TODAY);
        let mut browser = house.signed_in(&director).await;
        browser.visit("/policy/holding").await.is(200).sees("Child protection plan");
        browser.follow("Change it from a day on").await;
        browser
            .choose("Role", "Personal adviser")
            .choose("Kind of case", "Child in need")
            .choose("May they hold it?", "May hold it jointly only, with an experienced social worker");
        browser
            .fill_date("First day", "13", "5", "2026")
            .fill("Where this comes from", "Decision of the director, 12 May 2026")
            .press("Set")
            .await;
        browser.is(422).sees("The first day must be today or later");
        browser.fill_date("First day", "1", "6", "2026").press("Set").await.is(200).sees("To come");
        let mut tx = house.db.read(Act::system(house.now())).await.unwrap();
        let policy = store::policy::holding(&mut tx).await.unwrap();
        let may = |on| policy.may_hold(Role::PersonalAdviser, care::case_kind::CaseKind::ChildInNeed, on);
        assert_eq!(may(day), care::access::Holding::Not);
        assert_eq!(may(jiff::civil::date(2026, 6, 1)), care::access::Holding::Jointly);
        tx.finish().await.unwrap();
        let mut priya = house.signed_in(&small.priya).await;
        priya.visit("/policy/holding").await.is(200).does_not_see("Change it from a day on");
        priya.visit("/policy/holding/new").await.is(403);
        assert_eq!(audit::verify(&house.db, None, &[]).await.unwrap().faults, vec![]);
    }
}
