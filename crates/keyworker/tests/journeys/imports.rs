//! Files by upload: taken in once and whole, with a report that adds up; of the wrong kind, wrong encoding or cut short
//! refused at the field; taken up again when the server that held it was killed.

use axum::{body::Body, http::Request};
use keyworker::jobs::imports::take_next;
use store::testing::{self, Small, behind_its_back};

use crate::browser::{Browser, House};

const LINE: &str = "----a-line-between-fields";
const CIN: &str = include_str!("../../../returns/tests/samples/cin_ashmere.xml");
const PEOPLE: &str = "id,given_name,surname,sex,dob,postcode,nhs_no\n1,Ellie,Marsh,F,2016-02-29,ZZ1 4QP,\n2,=cmd,\u{202b}<b>سلمى</b>,F,2017-01-01,,9434765918\n,No,Id,,,,\n";

/// Chooses a kind and files on the page and sends them as a browser would.
async fn send(browser: &mut Browser, kind: &str, files: &[(&str, &[u8])]) {
    browser.visit("/imports/new").await.is(200);
    let (_, mut fields) = browser.form_of("Import");
    fields.push(("kind".into(), kind.into()));
    browser.send(multipart(&fields, files)).await;
}

fn multipart(fields: &[(String, String)], files: &[(&str, &[u8])]) -> Request<Body> {
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend(format!("--{LINE}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
    }
    for (name, bytes) in files {
        let head =
            format!("--{LINE}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: text/html\r\n\r\n");
        body.extend(head.bytes());
        body.extend(*bytes);
        body.extend(b"\r\n");
    }
    body.extend(format!("--{LINE}--\r\n").bytes());
    let kind = format!("multipart/form-data; boundary={LINE}");
    Request::post("/imports/new").header("content-type", kind).body(Body::from(body)).unwrap()
}

async fn analyst(house: &House, small: &Small) -> Browser {
    house.signed_in(&small.sam).await
}

#[tokio::test]
async fn a_file_is_taken_in_and_its_report_adds_up() {
    for (house, small) in House::each().await {
        let mut browser = analyst(&house, &small).await;
        send(&mut browser, "people", &[("people.csv", PEOPLE.as_bytes())]).await;
        browser.is(200).sees("The file is kept and waits for its turn");
        let run = browser.path.clone();
        browser.visit(&format!("{run}/progress")).await.is(200);
        assert!(browser.body.contains("\"state\":\"waiting\""), "{}", browser.body);
        assert!(take_next(&house.app).await.unwrap());
        assert!(!take_next(&house.app).await.unwrap());
        browser
            .visit(&run)
            .await
            .is(200)
            .sees("3 read = 2 stored + 0 amended + 0 already there + 1 refused")
            .sees("Refused: could not stand");

        browser.visit(&format!("{run}/report.csv")).await.is(200);
        assert!(browser.headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
        assert!(browser.body.contains("count,all,3,2,0,0,1"), "{}", browser.body);
        browser.visit(&run).await;
        browser.follow("people.csv").await.is(200);
        assert_eq!(browser.bytes, PEOPLE.as_bytes());
        assert!(browser.headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
        assert_eq!(browser.headers["x-content-type-options"], "nosniff");
        browser.visit("/imports").await.is(200).sees("people.csv").sees("Done");
        let opened = testing::text(&house.db, "SELECT CAST(COUNT(*) AS TEXT) FROM audit_entry WHERE deed = 'import.source'").await;
        assert_eq!(opened, "1", "{}", house.name);

        send(&mut browser, "people", &[("people.csv", PEOPLE.as_bytes())]).await;
        let again = browser.path.clone();
        take_next(&house.app).await.unwrap();
        browser.visit(&again).await.sees("3 read = 0 stored + 0 amended + 2 already there + 1 refused");
    }
}

#[tokio::test]
async fn what_is_no_such_file_is_refused_at_its_field_and_nothing_is_kept() {
    for (house, small) in House::each().await {
        let mut browser = analyst(&house, &small).await;
        let cases: [(&str, &str, &[u8], &str); 6] = [
            ("workforce", "cin.xml", CIN.as_bytes(), "another sort of file"),
            ("cin", "cin.xml", &CIN.as_bytes()[..CIN.len() * 2 / 3], "Nothing was taken in"),
            ("cin", "photo.jpg", b"\xff\xd8\xff\xe0 a picture", "Nothing was taken in"),
            ("people", "colours.csv", b"colour,size\nred,1\n", "Nothing was taken in"),
            ("ssda903", "x.zip", b"PK\x03\x04 not all there", "damaged or was cut short"),
            ("annex-a", "x.xlsx", b"PK\x03\x04 not all there", "damaged or was cut short"),
        ];
        for (kind, name, bytes, words) in cases {
            send(&mut browser, kind, &[(name, bytes)]).await;
            browser.is(422).sees("There is a problem").sees(words);
        }
        send(&mut browser, "cin", &[]).await;
        browser.is(422).sees("Choose a file");
        send(&mut browser, "cin", &[("empty.xml", b"")]).await;
        browser.is(422).sees("is empty");
        send(&mut browser, "cin", &[("a.xml", CIN.as_bytes()), ("b.xml", CIN.as_bytes())]).await;
        browser.is(422).sees("Choose one file");
        assert_eq!(testing::text(&house.db, "SELECT CAST(COUNT(*) AS TEXT) FROM import_run").await, "0", "{}", house.name);
    }
}

#[tokio::test]
async fn a_form_without_its_token_is_refused_and_one_sent_twice_is_done_once() {
    for (house, small) in House::each().await {
        let mut browser = analyst(&house, &small).await;
        browser.visit("/imports/new").await.is(200);
        let (_, mut fields) = browser.form_of("Import");
        fields.push(("kind".into(), "people".into()));
        let file: [(&str, &[u8]); 1] = [("people.csv", PEOPLE.as_bytes())];
        let forged: Vec<_> = fields.iter().filter(|(name, _)| name != "csrf").cloned().collect();
        browser.send(multipart(&forged, &file)).await.is(403);
        browser.send(multipart(&fields, &file)).await.is(200);
        let first = browser.path.clone();
        browser.send(multipart(&fields, &file)).await.is(200);
        assert_eq!(browser.path, first, "{}", house.name);
        let mut worker = house.signed_in(&small.priya).await;
        worker.visit(&first).await.is(403);
    }
}

#[tokio::test]
async fn a_run_that_a_killed_server_left_is_taken_up_and_one_that_kills_it_is_given_up() {
    for (house, small) in House::each().await {
        let mut browser = analyst(&house, &small).await;
        send(&mut browser, "cin", &[("cin.xml", CIN.as_bytes())]).await;
        let run = browser.path.clone();
        let held = "UPDATE import_run SET state = 'running', holder = 'another', tries = 1, held_until = ";
        behind_its_back(&house.db, &format!("{held}'2099-01-01T00:00:00.000Z'")).await;
        assert!(!take_next(&house.app).await.unwrap(), "{}: held by another", house.name);
        behind_its_back(&house.db, &format!("{held}'2020-01-01T00:00:00.000Z'")).await;
        assert!(take_next(&house.app).await.unwrap(), "{}: the other is gone", house.name);
        browser.visit(&run).await.is(200).sees("Done").sees("0 already there");

        let change = CIN.replace("ASH0001", "ASH9991");
        send(&mut browser, "cin", &[("cin.xml", change.as_bytes())]).await;
        let run = browser.path.clone();
        let worn = "UPDATE import_run SET state = 'running', holder = 'gone', tries = 3, held_until = '2020-01-01T00:00:00.000Z' WHERE state = 'waiting'";
        behind_its_back(&house.db, worn).await;
        assert!(take_next(&house.app).await.unwrap());
        browser.visit(&run).await.is(200).sees("never came to its end");
        browser.press("Try this file again").await;
        assert!(take_next(&house.app).await.unwrap());
        browser.visit(&run).await.sees("Done");
    }
}
