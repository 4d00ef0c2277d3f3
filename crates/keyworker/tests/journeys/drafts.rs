//! Drafts of the forms that the pages keep by themselves: what was typed is there again, the list names it, sending clears
//! it, and a change by somebody else meanwhile is said.

use store::testing::{self, Small};

use crate::browser::{Browser, House};

/// The kind of a draft that a form keeps, what is typed into it, and the button that sends it.
struct Kept<'a> {
    page: String,
    field: &'a str,
    words: &'a str,
    label: &'a str,
}

async fn leaves_a_draft(browser: &mut Browser, house: &House, kept: &Kept<'_>) {
    let what = format!("{}: {}", house.name, kept.page);
    browser.visit(&kept.page).await.is(200);
    browser.fill(kept.field, kept.words);
    browser.press("Save draft").await.is(200).sees("Draft saved.");
    browser.visit(&kept.page).await.is(200);
    assert!(browser.body.contains(kept.words), "{what}: what was typed is there again");
    browser.visit("/drafts").await.is(200).sees(kept.label);
    assert!(browser.body.contains(&format!("href=\"{}", kept.page)), "{what}: the list leads to the form");
}

#[tokio::test]
async fn forms_of_a_record_keep_what_was_typed() {
    for (house, small) in House::each().await {
        let mut browser = house.signed_in(&small.priya).await;
        let page = |end: &str| format!("/people/{}/{end}", small.child);
        for kept in [
            Kept { page: page("alerts/new"), field: "What must be known", words: "Dog bites strangers", label: "Alert: Ellie Marsh" },
            Kept { page: page("names/new"), field: "Family name (optional)", words: "Marsh-Okonkwo", label: "Another name: Ellie Marsh" },
            Kept { page: page("addresses/new"), field: "Address", words: "3 Mill Lane by the weir", label: "Address: Ellie Marsh" },
            Kept {
                page: page("going-out"),
                field: "Where will you be?",
                words: "At Nan’s above the shop",
                label: "Going on a visit: Ellie Marsh",
            },
            Kept {
                page: page("edit/contact"),
                field: "Telephone (optional)",
                words: "07700 900123",
                label: "Change of details: Ellie Marsh",
            },
            Kept {
                page: page("conflict"),
                field: "Say more, if it helps (optional)",
                words: "Her aunt is my neighbour",
                label: "Conflict of interest",
            },
        ] {
            leaves_a_draft(&mut browser, &house, &kept).await;
        }
    }
}

#[tokio::test]
async fn sending_clears_the_draft_and_only_then() {
    for (house, small) in House::each().await {
        let mut browser = house.signed_in(&small.priya).await;
        let page = format!("/people/{}/going-out", small.child);
        browser.visit(&page).await;
        browser.fill("Where will you be?", "At Nan’s above the shop").press("Save draft").await.sees("Draft saved.");
        browser.fill("Back by", "soon").press("I am going").await.is(422).sees("Enter the time as hours and minutes");
        browser.visit("/drafts").await.sees("Going on a visit");
        browser.visit(&page).await;
        assert!(browser.body.contains("At Nan’s above the shop"), "{}", house.name);
        browser.fill("Back by", "16:30").press("I am going").await.is(200).sees("Go safely.");
        browser.visit("/drafts").await.sees("You have no drafts.");
    }
}

#[tokio::test]
async fn a_change_by_somebody_else_is_said_before_an_old_draft_is_sent() {
    for (house, small) in House::each().await {
        let mut priya = house.signed_in(&small.priya).await;
        let page = format!("/people/{}/edit/contact", small.child);
        priya.visit(&page).await.is(200);
        priya
            .fill("Telephone (optional)", "07700 900123")
            .press("Save draft")
            .await
            .sees("Draft saved.")
            .does_not_see("Somebody changed this");
        assert!(priya.body.contains("07700 900123"));
        let mut grace = house.signed_in(&small.grace).await;
        grace.visit(&page).await;
        assert!(!grace.body.contains("07700 900123"), "a draft is its writer's alone");
        grace.fill("Telephone (optional)", "07700 900999").press("Save details").await.is(200);
        priya.visit(&page).await.is(200).sees("Somebody changed this since you began to type.");
        assert!(priya.body.contains("07700 900123"), "{}", house.name);
        priya.press("Save details").await.is(200).sees("07700 900123");
    }
}

#[tokio::test]
async fn each_step_of_an_enquiry_keeps_its_own_words() {
    for (house, small) in House::each().await {
        let mut browser = house.signed_in(&small.flora).await;
        let enquiry = enquiry(&mut browser, &small).await;
        for (field, words) in [("What was learned meanwhile", "The school rang too"), ("What was done, by whom", "Spoke to the police")] {
            browser.visit(&enquiry).await.is(200);
            browser.fill(field, words);
            let (action, mut fields) = browser.form_of(if words.starts_with("The") { "Add it" } else { "Put it on record" });
            fields.push(("save_draft".into(), "yes".into()));
            browser.post(&action, &fields).await.is(200).sees("Draft saved.");
        }
        browser.visit(&enquiry).await.sees("The school rang too").sees("Spoke to the police");
        browser.press("Add it").await.is(200).sees("Added.");
        browser.visit("/drafts").await.sees("Spoke to the police").does_not_see("The school rang too");
        browser.visit(&format!("{enquiry}/change")).await.is(200);
        browser.fill("What is it about?", "A neighbour says the baby cries all night long");
        browser.press("Save draft").await.is(200).sees("cries all night long");
        browser.visit(&format!("{enquiry}/change")).await.is(200).sees("cries all night long");
    }
}

async fn enquiry(browser: &mut Browser, _: &Small) -> String {
    browser.visit("/front-door/enquiries/new").await.is(200);
    browser.fill("What is it about?", "A neighbour says the baby cries");
    browser.press("Save the enquiry").await.is(200).sees("Enquiry recorded.");
    browser.path.clone()
}

#[tokio::test]
async fn a_hand_over_of_another_enquiry_is_another_draft() {
    for (house, small) in House::each().await {
        let mut browser = house.signed_in(&small.flora).await;
        let of_child = format!("/front-door/hand-over/new?person={}", small.child);
        browser.visit(&of_child).await.is(200);
        browser.fill("What happened", "Taken to Nan at two").press("Save draft").await.is(200);
        browser.visit("/front-door/hand-over/new").await.does_not_see("Taken to Nan at two");
        browser.visit(&of_child).await.sees("Taken to Nan at two").sees("Ellie Marsh");
    }
}

#[tokio::test]
async fn somebody_looked_for_is_found_again() {
    for (house, small) in House::each().await {
        let mut browser = house.signed_in(&small.priya).await;
        browser.visit("/people/new").await;
        browser.fill("Given names", "Dawn").fill("Family name", "Marsh").fill_date("Date of birth", "4", "4", "1988");
        browser.press("Search, then add").await.sees("Person added.");
        let page = format!("/people/{}/family/new", small.child);
        browser.visit(&page).await;
        browser.fill("Who is it?", "Dawn Marsh").press("Find them").await.is(200).sees("Which of these?");
        browser.press("Save draft").await.is(200).sees("Which of these?");
        browser.visit(&page).await.sees("Which of these?").sees("Dawn Marsh");
    }
}

/// A code of the second step is typed for this minute only: no draft holds it, nor any password.
#[tokio::test]
async fn no_draft_holds_a_code_or_a_password() {
    for (house, small) in House::each().await {
        let mut browser = house.signed_in(&small.priya).await;
        browser.visit("/").await;
        let csrf = browser.form_of("Sign out").1.into_iter().find(|(name, _)| name == "csrf").unwrap();
        let fields = [
            csrf,
            ("described".into(), "She rang at night".into()),
            ("code".into(), "424242".into()),
            ("new_password".into(), "hunter22".into()),
        ];
        browser.post(&format!("/drafts/glass/{}", small.child), &fields).await.is(200);
        let kept = testing::text(&house.db, "SELECT fields FROM draft").await;
        assert!(kept.contains("She rang at night") && !kept.contains("424242") && !kept.contains("hunter22"), "{kept}");
    }
}
