//! Telling the authority something without an account.

use store::{Act, front_door, id::EnquiryId, outbox};

use crate::browser::{Browser, House};

fn filled(browser: &mut Browser) {
    browser.choose("Is any of this happening now?", "None of these");
    browser.fill("What are you worried about, or what help is needed?", "Shouting at night. <script>alert(1)</script> قصة 👩‍👧");
    browser.choose("Is it about a child or an adult?", "A child or young person, or a baby not born yet");
    browser.fill("Name of person 1", "Ellie Marsh").fill("Where person 1 lives", "4 Fold Lane ZZ1 4QP");
    browser.choose("Who are you?", "I am a friend, a neighbour or somebody else").choose("How is it safe to reply to you?", "By e-mail");
    browser.fill("The e-mail address, telephone number or address for our reply", "nan@example.com");
}

async fn enquiries(house: &House) -> Vec<EnquiryId> {
    let mut tx = house.db.read(Act::system(house.now())).await.unwrap();
    front_door::board(&mut tx).await.unwrap().into_iter().map(|row| row.enquiry.id).collect()
}

#[tokio::test]
async fn a_stranger_tells_us_and_hears_what_happens_next() {
    for (house, _) in House::each().await {
        let mut browser = house.stranger();
        browser.visit("/enquiry").await.is(200).sees("Exit this page").sees("ring 999");
        browser.press("Send").await.is(422).sees("Choose what is happening now").sees("Tell us what you are worried about");
        filled(&mut browser);
        let (action, fields) = browser.form_of("Send");
        browser.post(&action, &fields).await.is(200).sees("Your reference is").sees("We decide what to do by Friday 15 May 2026");
        let first = browser.text();
        browser.post(&action, &fields).await.is(200);
        assert_eq!(first, browser.text(), "{}: sent twice is kept once, and answered alike", house.name);
        let all = enquiries(&house).await;
        assert_eq!(all.len(), 1);
        let mut tx = house.db.read(Act::system(house.now())).await.unwrap();
        let sent = outbox::about(&mut tx, "enquiry", all[0].as_str()).await.unwrap();
        let [message] = sent.as_slice() else { panic!("one acknowledgement, not {}", sent.len()) };
        assert_eq!((message.to_name.as_str(), message.to_address.as_str()), ("", "nan@example.com"));
        for word in ["Ellie", "Marsh", "Shouting", "child"] {
            assert!(!format!("{}{}", message.subject, message.body).contains(word), "{word} stands in the acknowledgement");
        }
        assert_eq!(outbox::waiting(&mut tx).await.unwrap(), 1);
    }
}

#[tokio::test]
async fn danger_is_said_at_once_and_reaches_duty() {
    for (house, _) in House::each().await {
        let mut browser = house.stranger();
        browser.visit("/enquiry").await;
        filled(&mut browser);
        browser.choose("Is any of this happening now?", "Somebody is hurt, or about to be hurt");
        browser.press("Send").await.is(422).sees("not both");
        let mut browser = house.stranger();
        browser.visit("/enquiry").await;
        filled(&mut browser);
        let (action, mut fields) = browser.form_of("Send");
        fields.retain(|(k, _)| k != "danger");
        fields.push(("danger".into(), "hurt_now".into()));
        browser.post(&action, &fields).await.is(200).sees("Somebody who is on duty now was told");
    }
}

#[tokio::test]
async fn a_robot_and_a_flood_are_turned_away() {
    for (house, _) in House::each().await {
        let mut robot = house.stranger();
        robot.visit("/enquiry").await;
        filled(&mut robot);
        let (action, mut fields) = robot.form_of("Send");
        fields.retain(|(k, _)| k != "website");
        fields.push(("website".into(), "http://example.com".into()));
        robot.post(&action, &fields).await.is(422);
        for n in 0..21 {
            let mut browser = house.stranger();
            browser.visit("/enquiry").await;
            filled(&mut browser);
            browser.press("Send").await.is(if n < 20 { 200 } else { 429 });
        }
        assert_eq!(enquiries(&house).await.len(), 20, "{}", house.name);
        house.clock.forward(3600);
        let mut browser = house.stranger();
        browser.visit("/enquiry").await;
        filled(&mut browser);
        browser.press("Send").await.is(200);
    }
}

#[tokio::test]
async fn whether_it_helped_is_answered_once() {
    for (house, small) in House::each().await {
        let mut browser = house.stranger();
        browser.visit("/enquiry").await;
        filled(&mut browser);
        browser.press("Send").await.is(200);
        let mut tx = house.db.write(Act::new(small.flora.clone(), house.now())).await.unwrap();
        let board = front_door::board(&mut tx).await.unwrap();
        let token = front_door::ask_helped(&mut tx, &board[0].enquiry.id).await.unwrap();
        tx.commit().await.unwrap();
        browser.visit("/enquiry/answer/no-such-token").await.is(404);
        browser.visit(&format!("/enquiry/answer/{token}")).await.is(200).sees("Did this help?");
        browser.press("Send").await.is(422).sees("Choose whether it helped");
        browser.choose("Did it help?", "In part");
        let (action, fields) = browser.form_of("Send");
        browser.post(&action, &fields).await.is(200).sees("Your answer was kept");
        browser.post(&action, &fields).await.is(404);
        let mut grace = house.signed_in(&small.grace).await;
        grace.visit("/front-door/figures").await.sees("1 enquiry first received").sees("1 person was asked; 1 answered");
    }
}
