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
        flora.fill("What is it about?", "Two children alone");
        flora.press("Save draft").await.sees("Draft saved");
        flora.fill("What is it about?", "Two children alone since the morning");
        flora.choose("Is anybody hurt, or about to be hurt?", "Yes");
        flora.choose("The rest", "No to all the rest: I asked each of them");
        flora.fill("First name (optional)", "Mina");
        flora.fill("Family name (optional)", "Stone");
        flora.fill("Date of birth or age (optional)", "about 4");
        let (action, fields) = flora.form_of("Save the enquiry");
        flora.post(&action, &fields).await.is(200).sees("Enquiry recorded.").sees("telephone 999 now").sees("Mina Stone").sees("about 4");
        let first = flora.path.clone();
        flora.post(&action, &fields).await.is(200);
        assert_eq!(flora.path, first, "{}: sent twice is one enquiry", house.name);
        flora.visit("/front-door").await.sees("Mina Stone").sees("Two children alone").sees("in your hands");
        flora.visit("/front-door?show=immediate").await.sees("Immediate danger: 1");
        flora.visit("/front-door?show=nobody").await.sees("Nobody has it in hand: 0");
        flora.visit("/front-door?owner=nobody").await.sees("Nothing in this list is like that.");
        flora
            .visit(&format!("/front-door?owner={}&band=immediate&side=not_known&state=under_way", small.flora))
            .await
            .sees("Everything that waits: 1");
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
        flora.visit("/front-door/enquiries/new").await.sees("You have 1 call not saved yet");
        assert!(!flora.body.contains("3 5 2199"), "a second call begins with an empty page");
        flora.follow("A worry").await;
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

#[tokio::test]
async fn of_two_who_change_what_was_said_the_second_sees_both() {
    for (house, small) in House::each().await {
        let id = enquiry(&house, &small.flora, None, UrgencyBand::Routine).await;
        let at = format!("/front-door/enquiries/{id}/change");
        let (mut flora, mut other) = (house.signed_in(&small.flora).await, house.signed_in(&small.flora).await);
        other.visit(&at).await.is(200);
        flora.visit(&at).await.fill("What is it about?", "No lunch, and no coat");
        flora.press("Save").await.is(200).sees("Changed.").sees("No lunch, and no coat").sees("Before, it read: Ellie came without lunch");
        other.fill("What is it about?", "Her aunt rang too");
        other.press("Save").await.is(409).sees("Somebody changed this enquiry meanwhile");
        other.sees("What differs").sees("No lunch, and no coat").sees("Her aunt rang too");
        other.press("Save").await.is(200).sees("Her aunt rang too").sees("Before, it read: No lunch, and no coat");
    }
}

#[tokio::test]
async fn a_step_sent_twice_is_one_and_another_from_the_same_page_is_another() {
    for (house, small) in House::each().await {
        let id = enquiry(&house, &small.flora, None, UrgencyBand::Routine).await;
        let mut flora = house.signed_in(&small.flora).await;
        flora.visit(&format!("/front-door/enquiries/{id}")).await.fill("What was learned meanwhile", "The aunt has her");
        let (action, mut fields) = flora.form_of("Add it");
        flora.post(&action, &fields).await.sees("The aunt has her");
        flora.post(&action, &fields).await.is(200);
        assert_eq!(flora.body.matches("The aunt has her").count(), 1, "{}", house.name);
        fields.iter_mut().find(|(name, _)| name == "words").unwrap().1 = "The aunt rang".into();
        flora.post(&action, &fields).await.sees("The aunt rang").sees("The aunt has her");
        flora
            .press("Add them to the records")
            .await
            .is(200)
            .sees("Added to the records")
            .sees("On record")
            .does_not_see("Not found on record yet");
    }
}

#[tokio::test]
async fn a_hidden_record_shows_nothing_before_and_after_it_is_linked() {
    for (house, small) in House::each().await {
        let linked = enquiry(&house, &small.flora, Some(&small.child), UrgencyBand::Routine).await;
        let spoken_of = enquiry(&house, &small.flora, None, UrgencyBand::Routine).await;
        let mut tx = store::testing::scene(&house.db).await;
        store::search::file_person(&mut tx, &small.child).await.unwrap();
        tx.commit().await.unwrap();
        store::testing::hide(&house.db, &small.child, &small.priya).await.unwrap();
        let mut flora = house.signed_in(&small.flora).await;
        flora.visit(&format!("/front-door/enquiries/{spoken_of}")).await.is(200).sees("Nobody on record is like them.");
        assert!(!flora.body.contains(small.child.as_str()), "{}", house.name);
        assert_eq!(store::testing::notices(&house.db, &small.priya).await.unwrap(), 1, "{}: the guardian is alerted", house.name);
        flora.visit(&format!("/front-door/enquiries/{linked}")).await.is(404).does_not_see("Ellie");
        flora.visit("/front-door").await.sees("Everything that waits: 1");
        assert!(!flora.body.contains(linked.as_str()), "{}", house.name);
        let (action, mut fields) = flora.visit(&format!("/front-door/enquiries/{spoken_of}")).await.form_of("Add it");
        fields.retain(|(name, _)| name != "step" && name != "words");
        let people: Vec<(String, String)> = flora.form_of("Named by mistake").1.into_iter().filter(|(name, _)| name == "row").collect();
        fields.extend(people);
        fields.extend([("record".into(), small.child.to_string()), ("step".into(), "link".into())]);
        flora.post(&action, &fields).await.is(404).does_not_see("Ellie");
    }
}

#[tokio::test]
async fn an_enquiry_handed_over_is_told_with_its_link_and_goes_to_the_next_shift_by_its_reference() {
    for (house, small) in House::each().await {
        let id = enquiry(&house, &small.flora, None, UrgencyBand::Soon).await;
        let mut flora = house.signed_in(&small.flora).await;
        flora.visit(&format!("/front-door/enquiries/{id}")).await;
        flora.fill("What they must know (optional)", "The aunt rings at four");
        flora.press("Hand over").await.is(422).sees("Choose who takes it over").sees("The aunt rings at four");
        flora.visit(&format!("/front-door/enquiries/{id}")).await.follow("Hand over to the next shift").await.is(200);
        flora.fill("What happened", "A call at five").fill("What is to be done", "Ring the school");
        flora.choose("How soon?", "Today").choose("For which team?", "Front door");
        flora.press("Hand over").await.is(200).sees("A call at five");
        assert!(flora.body.contains(&format!("/front-door/enquiries/{id}")), "{}: the line links to it", house.name);
    }
}
