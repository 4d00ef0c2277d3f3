//! The front door over HTTP: a call is written down while it lasts, stands on the board, and is found on record.

use care::front_door::{Channel, EnquirerKind, UrgencyBand};
use store::{
    Act,
    front_door::{self, Enquirer, NewPerson, Part, Reply, Taken},
    id::{EnquiryId, PersonId},
};

use crate::browser::House;

async fn enquiry(house: &House, by: &store::id::WorkerId, record: Option<&PersonId>, band: UrgencyBand) -> EnquiryId {
    let mut tx = house.db.write(Act::new(by.clone(), house.now())).await.unwrap();
    let taken = Taken {
        channel: Channel::Telephone,
        side: None,
        band,
        received_at: house.now(),
        enquirer: Enquirer { kind: Some(EnquirerKind::School), name: "Ms Hale".into(), ..Enquirer::default() },
        words: "Ellie came without lunch <b>for a week</b>".into(),
        danger: vec![],
        reply: Reply::default(),
        legal_basis: None,
        told: care::front_door::Told::NotAsked,
    };
    let about = NewPerson {
        part: Part::Subject,
        given_name: "Ellie".into(),
        surname: "Marsh".into(),
        born_on: None,
        born_words: "about ten".into(),
        address: String::new(),
        postcode: String::new(),
        relation: String::new(),
        record: record.cloned(),
    };
    let id = front_door::record(&mut tx, &taken, &[about]).await.unwrap();
    tx.commit().await.unwrap();
    id
}

#[tokio::test]
async fn a_call_is_written_down_and_stands_on_the_board() {
    for (house, small) in House::each().await {
        let mut flora = house.signed_in(&small.flora).await;
        flora.visit("/front-door").await.is(200).sees("Nothing waits at the front door.");
        flora.follow("New enquiry").await.is(200).sees("Only this is needed to begin.");
        flora.fill("What is it about?", "Two children alone since the morning");
        flora.choose("Is anybody hurt, or about to be hurt?", "Yes");
        flora.fill("First name (optional)", "Mina");
        flora.fill("Family name (optional)", "Stone");
        flora.fill("Date of birth or age (optional)", "about 4");
        flora.press("Save the enquiry").await.is(200).sees("Enquiry recorded.").sees("Immediate danger").sees("Mina Stone").sees("about 4");
        flora.visit("/front-door").await.sees("Mina Stone").sees("Two children alone").sees("in your hands");
        flora.visit("/front-door?show=immediate").await.sees("Immediate danger: 1");
        flora.visit("/front-door?show=nobody").await.sees("Nobody has it in hand: 0");
        assert!(!flora.visit("/drafts").await.body.contains("New enquiry"), "{}: the draft is cleared", house.name);
    }
}

#[tokio::test]
async fn what_is_missing_or_impossible_is_said_and_everything_typed_is_kept() {
    for (house, small) in House::each().await {
        let mut flora = house.signed_in(&small.flora).await;
        flora.visit("/front-door/enquiries/new").await;
        flora.fill("Name (optional)", "Ms <i>Hale</i>");
        flora.fill("Date of birth or age (optional)", "3 5 2199");
        flora.fill("At", "25:61");
        flora.press("Save the enquiry").await.is(422);
        flora.sees("Write what it is about").sees("The date of birth lies ahead").sees("Enter the time as hours and minutes");
        assert!(flora.body.contains("Ms &lt;i&gt;Hale") && flora.body.contains("3 5 2199"), "kept");
        flora.fill("What is it about?", "A worry");
        flora.press("Save draft").await;
        flora.visit("/drafts").await.sees("New enquiry");
        flora.visit("/front-door/enquiries/new").await.sees("A worry");
        assert!(flora.body.contains("3 5 2199"), "kept in the draft");
    }
}

#[tokio::test]
async fn saying_who_it_is_opens_the_history_and_taking_it_back_shuts_it() {
    for (house, small) in House::each().await {
        let mut tx = store::testing::scene(&house.db).await;
        store::search::file_person(&mut tx, &small.child).await.unwrap();
        tx.commit().await.unwrap();
        let id = enquiry(&house, &small.flora, None, UrgencyBand::Routine).await;
        let mut flora = house.signed_in(&small.flora).await;
        flora.visit(&format!("/people/{}", small.child)).await.is(403);
        flora.visit(&format!("/front-door/enquiries/{id}")).await.is(200).sees("Not found on record yet").sees("Is it one of these?");
        flora.sees("<b>for a week</b>");
        flora.press("This is them").await.is(200).sees("On record").sees("What came before");
        flora.visit(&format!("/people/{}", small.child)).await.is(200);
        flora.visit(&format!("/front-door/enquiries/{id}")).await.press("This is somebody else").await.sees("Not found on record yet");
        flora.visit(&format!("/people/{}", small.child)).await.is(403);
    }
}

#[tokio::test]
async fn the_small_steps_are_on_record_and_a_stale_page_loses_nothing() {
    for (house, small) in House::each().await {
        let id = enquiry(&house, &small.flora, Some(&small.child), UrgencyBand::Urgent).await;
        let at = format!("/front-door/enquiries/{id}");
        let (mut flora, mut other) = (house.signed_in(&small.flora).await, house.signed_in(&small.flora).await);
        other.visit(&at).await;
        flora.visit(&at).await.press("Put it on record").await.is(422).sees("Say what was done");
        flora.fill("What was done, by whom", "Rang the school back");
        flora.press("Put it on record").await.sees("Put on record: somebody acted.").sees("Rang the school back");
        other.fill("What is waited for, from whom", "The health visitor's dates");
        other.press("Wait for it").await.is(409).sees("Somebody changed this enquiry meanwhile").sees("The health visitor");
        other.press("Wait for it").await.is(200).sees("Waiting for information");
    }
}

#[tokio::test]
async fn who_may_not_see_the_front_door_is_told_so() {
    for (house, small) in House::each().await {
        let id = enquiry(&house, &small.flora, None, UrgencyBand::Routine).await;
        let mut sam = house.signed_in(&small.sam).await;
        for at in ["/front-door".to_owned(), "/front-door/enquiries/new".into(), format!("/front-door/enquiries/{id}")] {
            sam.visit(&at).await.is(403);
        }
        let mut priya = house.signed_in(&small.priya).await;
        priya.visit("/front-door").await.is(403);
        priya.visit(&format!("/front-door/enquiries/{id}")).await.is(403);
        // Whoever takes a call may write it down, wherever they work, and reads what they wrote.
        priya.visit("/front-door/enquiries/new").await.is(200);
        priya.fill("What is it about?", "A neighbour stopped me in the street");
        priya.press("Save the enquiry").await.is(200).sees("Nobody has been named yet.");
    }
}
