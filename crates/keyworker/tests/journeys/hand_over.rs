//! The hand-over between shifts, the figures of the front door, and what goes out by e-mail or letter.

use keyworker::{
    config::Config,
    jobs::outbox::{Post, send_all},
};
use store::{
    Act,
    outbox::{self, Channel, Message, Which},
};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::TcpListener,
    sync::mpsc,
};

use crate::browser::House;

#[tokio::test]
async fn what_was_handed_over_is_red_until_another_has_read_it() {
    for (house, small) in House::each().await {
        let mut writer = house.signed_in(&small.flora).await;
        writer.visit("/front-door/hand-over").await.is(200).sees("Everything that was handed over has been read.");
        writer.visit(&format!("/front-door/hand-over/new?person={}", small.child)).await.is(200).sees("Ellie Marsh");
        writer.press("Hand over").await.is(422).sees("Say what happened").sees("Choose a team");
        writer.fill("What happened", "Police took <b>her</b> to Nan at 2am").fill("What is to be done", "Ring Nan");
        writer.choose("How soon?", "At the start of the shift").choose("For which team?", "Front door");
        let (action, fields) = writer.form_of("Hand over");
        writer.post(&action, &fields).await.sees("Not read yet: 1").sees("You wrote this");
        writer.post(&action, &fields).await.sees("Not read yet: 1");
        let mut reader = house.signed_in(&small.grace).await;
        reader.visit("/front-door/hand-over").await.sees("Police took <b>her</b> to Nan at 2am").sees("Not read");
        reader.press("I have read this").await.sees("Not read yet: 0").sees("Still to do: 1").sees("read by Grace Obi");
        reader.fill("What was done", "Nan rung, all well").press("It is done").await.sees("Still to do: 0").sees("Nan rung, all well");
    }
}

#[tokio::test]
async fn a_hand_over_in_the_past_or_about_a_hidden_person_is_refused() {
    for (house, small) in House::each().await {
        store::testing::hide(&house.db, &small.child, &small.priya).await.unwrap();
        let mut browser = house.signed_in(&small.flora).await;
        browser.visit(&format!("/front-door/hand-over/new?person={}", small.child)).await.is(404);
        assert_eq!(store::testing::notices(&house.db, &small.priya).await.unwrap(), 1, "{}: the guardian is alerted", house.name);
        browser.visit("/front-door/hand-over/new").await;
        browser.fill("What happened", "x").fill("What is to be done", "y").fill("Reference of the enquiry (optional)", "NO-SUCH");
        browser.choose("How soon?", "Today").choose("For which team?", "Front door");
        browser.fill_date("For which day?", "1", "2", "2020");
        browser.press("Hand over").await.is(422).sees("There is no enquiry with this reference");
        browser.fill("Reference of the enquiry (optional)", "");
        browser.press("Hand over").await.is(422).sees("must be today or later");
        let mut stranger = house.signed_in(&small.tom).await;
        stranger.visit("/front-door/hand-over").await.is(403);
    }
}

#[tokio::test]
async fn figures_of_nothing_say_so() {
    for (house, small) in House::each().await {
        let mut browser = house.signed_in(&small.grace).await;
        browser.visit("/front-door/figures").await.is(200).sees("0 enquiries first received").sees("Nothing was received in this time.");
        browser.visit("/front-door/figures/csv?days=91").await.is(200).sees("Figure").sees("Received");
    }
}

async fn queue(house: &House, way: Channel, to: &str) {
    let mut tx = house.db.write(Act::system(house.now())).await.unwrap();
    let new = Message {
        channel: way,
        to_name: String::new(),
        to_address: to.into(),
        subject: "We have your message: TEST-1234".into(),
        body: "Thank you.\n".into(),
    };
    outbox::queue(&mut tx, &new, "enquiry", "1", None).await.unwrap();
    tx.commit().await.unwrap();
}

/// A mail server that takes everything, or says "try later"; what it took is sent on.
async fn mail_server(later: bool) -> (String, mpsc::UnboundedReceiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("smtp://{}", listener.local_addr().unwrap());
    let (took, taken) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            let took = took.clone();
            tokio::spawn(async move {
                let (read, mut write) = socket.split();
                let mut lines = BufReader::new(read).lines();
                write.write_all(b"220 test\r\n").await.unwrap();
                let (mut in_mail, mut mail) = (false, String::new());
                while let Ok(Some(line)) = lines.next_line().await {
                    let answer = match (in_mail, line.as_str()) {
                        (true, ".") => {
                            in_mail = false;
                            took.send(std::mem::take(&mut mail)).unwrap();
                            "250 taken"
                        }
                        (true, line) => {
                            mail += line;
                            mail += "\n";
                            continue;
                        }
                        (false, "DATA") => {
                            in_mail = true;
                            "354 go on"
                        }
                        (false, line) if later && line.starts_with("MAIL") => "451 try later",
                        _ => "250 well",
                    };
                    write.write_all(format!("{answer}\r\n").as_bytes()).await.unwrap();
                }
            });
        }
    });
    (address, taken)
}

fn post(address: &str) -> Post {
    let config = Config { smtp: Some(address.into()), smtp_from: "social.care@ashmere.example".into(), ..Config::default() };
    Post::from_config(&config).unwrap().unwrap()
}

#[tokio::test]
async fn an_email_goes_out_once_however_many_servers_send() {
    for (house, _) in House::each().await {
        let (address, mut taken) = mail_server(false).await;
        for n in 0..5 {
            queue(&house, Channel::Email, &format!("person{n}@example.com")).await;
        }
        let servers = [post(&address), post(&address)];
        let (one, other) = tokio::join!(send_all(&house.db, house.now(), &servers[0]), send_all(&house.db, house.now(), &servers[1]));
        assert_eq!(one.unwrap() + other.unwrap(), 5, "{}", house.name);
        let mut ids = Vec::new();
        while let Ok(mail) = taken.try_recv() {
            ids.push(mail.lines().find(|l| l.starts_with("Message-ID")).unwrap().to_owned());
        }
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), 5);
        assert_eq!(send_all(&house.db, house.now(), &servers[0]).await.unwrap(), 0);
    }
}

#[tokio::test]
async fn an_email_that_is_not_taken_is_tried_again_and_then_shown_to_a_person() {
    for (house, small) in House::each().await {
        let (address, _taken) = mail_server(true).await;
        queue(&house, Channel::Email, "person@example.com").await;
        queue(&house, Channel::Email, "not an address").await;
        let server = post(&address);
        for minutes in [0, 1, 5, 15, 60, 240, 720, 1440] {
            house.clock.forward(minutes * 60);
            assert_eq!(send_all(&house.db, house.now(), &server).await.unwrap(), 0);
        }
        let mut tx = house.db.read(Act::new(small.flora.clone(), house.now())).await.unwrap();
        let stuck = outbox::list(&mut tx, Which::Stuck).await.unwrap();
        let mut tries: Vec<i64> = stuck.iter().map(|m| m.tries).collect();
        tries.sort_unstable();
        assert_eq!(tries, [1, 8], "{}", house.name);
        drop(tx);
        let mut browser = house.signed_in(&small.flora).await;
        browser.visit("/letters").await.sees("E-mails to look at: 2");
        browser.visit(&format!("/letters/{}", stuck[0].id)).await.is(200);
        browser.press("Print it instead").await.sees("To print: 1").sees("E-mails to look at: 1");
    }
}

#[tokio::test]
async fn a_letter_is_printed_by_whoever_may_read_it() {
    for (house, small) in House::each().await {
        queue(&house, Channel::Letter, "1 Fold Lane, ZZ1 4QP").await;
        let mut browser = house.signed_in(&small.flora).await;
        browser.visit("/letters").await.sees("To print: 1");
        let href = browser.body.split("href=\"/letters/").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let mut other = house.signed_in(&small.tom).await;
        other.visit("/letters").await.sees("To print: 0");
        other.visit(&format!("/letters/{href}")).await.is(403);
        browser.visit(&format!("/letters/{href}")).await.sees("1 Fold Lane, ZZ1 4QP").sees("Thank you.");
        let (action, fields) = browser.form_of("Printed and posted");
        browser.post(&action, &fields).await.sees("To print: 0");
        browser.post(&action, &fields).await.is(409);
    }
}
