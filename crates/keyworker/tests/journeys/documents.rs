//! Documents: sent in parts, looked at, scanned, handed out as files and never as pages.

use std::{
    io::{Read, Write},
    net::TcpListener,
};

use axum::{body::Body, http::Request};
use keyworker::config::Config;
use store::testing::{self, Small};

use crate::browser::{Browser, House};

fn at(small: &Small, end: &str) -> String {
    format!("/people/{}{end}", small.child)
}

const LINE: &str = "----a-line-between-fields";

/// Sends files as a browser would, with the fields of the page first.
async fn send(browser: &mut Browser, small: &Small, fields: &[(&str, &str)], files: &[(&str, &[u8])]) {
    browser.visit(&at(small, "/documents/new")).await.is(200);
    let (_, own) = browser.form_of("Add the files");
    let mut body = Vec::new();
    let typed = fields.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned()));
    for (name, value) in own.into_iter().filter(|(k, _)| !fields.iter().any(|(f, _)| f == k)).chain(typed) {
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
    post(browser, &at(small, "/documents/new"), body).await;
}

async fn post(browser: &mut Browser, to: &str, body: Vec<u8>) {
    let kind = format!("multipart/form-data; boundary={LINE}");
    browser.send(Request::post(to).header("content-type", kind).body(Body::from(body)).unwrap()).await;
}

fn href(browser: &Browser) -> String {
    browser
        .body
        .split("href=\"")
        .find(|p| p.contains("/documents/") && p.split('"').next().unwrap().len() > 80)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned()
}

fn pdf(length: usize) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    bytes.extend((0..length).map(|n| (n % 251) as u8));
    bytes
}

#[tokio::test]
async fn a_document_goes_in_in_parts_and_comes_out_whole_as_a_file() {
    for (house, small) in House::each().await {
        let mut browser = house.signed_in(&small.priya).await;
        let file = pdf(2_600_000);
        send(
            &mut browser,
            &small,
            &[("words", "Report of the school"), ("dated_on-day", "1"), ("dated_on-month", "5"), ("dated_on-year", "2026")],
            &[("..\\r\u{e9}port <1>.PDF", &file)],
        )
        .await;
        browser.is(200).sees("1 document added.").sees("réport 1.pdf").sees("Report of the school").sees("2.6 MB");
        let href = href(&browser);
        browser.visit(&href).await.is(200);
        assert_eq!(browser.bytes, file, "{}", house.name);
        let header = |name: &str| browser.headers[name].to_str().unwrap().to_owned();
        assert!(header("content-disposition").starts_with("attachment;"));
        assert_eq!((header("content-type"), header("x-content-type-options")), ("application/pdf".into(), "nosniff".into()));
        assert!(header("content-security-policy").starts_with("sandbox"));
        browser.visit(&at(&small, "")).await.sees("Document: réport 1.pdf");
        // No way round the record: another worker, and the same document under another person's address.
        let mut tom = house.signed_in(&small.tom).await;
        tom.visit(&href).await.is(403);
        let id = href.rsplit('/').next().unwrap();
        let mut tx = testing::scene(&house.db).await;
        let other = testing::person(&mut tx, "Omar", "Reid", None).await.unwrap();
        let case = testing::case(&mut tx, &other, &small.north, "child_in_need", testing::TODAY).await.unwrap();
        testing::allocation(&mut tx, &case, &other, &small.priya).await.unwrap();
        tx.commit().await.unwrap();
        browser.visit(&format!("/people/{other}/documents/{id}")).await.is(404);
    }
}

#[tokio::test]
async fn what_is_not_kept_is_said_and_the_rest_is_kept() {
    for (house, small) in House::each().await {
        let mut browser = house.signed_in(&small.priya).await;
        let page = b"<html><script>alert(1)</script>".as_slice();
        let svg = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".as_slice();
        send(
            &mut browser,
            &small,
            &[],
            &[("note.txt", b"Dear all"), ("page.txt", page), ("drawing.svg", svg), ("run.pdf", b"MZ\x90\0\x03\0\0\0")],
        )
        .await;
        browser
            .is(422)
            .sees("page.txt: it is a web page")
            .sees("drawing.svg: it is a web page")
            .sees("run.pdf: it is a program")
            .sees("The other file was added.");
        browser.visit(&at(&small, "/documents")).await.sees("note.txt").does_not_see("page").does_not_see("drawing");
        send(&mut browser, &small, &[], &[]).await;
        browser.is(422).sees("Choose a file");
        let mut tx = house.db.read(store::Act::system(house.now())).await.unwrap();
        assert_eq!(testing::count(&mut tx, "document").await.unwrap(), 1, "{}: nothing of what was refused is left", house.name);
        assert_eq!(testing::count(&mut tx, "document_part").await.unwrap(), 1);
    }
}

#[tokio::test]
async fn pictures_lose_what_a_camera_hid_in_them() {
    for (house, small) in House::each().await {
        let mut browser = house.signed_in(&small.priya).await;
        let mut photo = b"\xFF\xD8\xFF\xE1\x00\x1AExif\0\0 51.5N 0.1W SECRET".to_vec();
        photo.truncate(2 + 2 + 0x1A);
        photo.resize(2 + 2 + 0x1A, b'x');
        photo.extend(b"\xFF\xDA\x00\x04\x01\x02picture\xFF\xD9");
        send(&mut browser, &small, &[], &[("IMG_1.jpg", &photo)]).await;
        let href = href(&browser);
        browser.visit(&href).await.is(200);
        assert!(!browser.bytes.windows(5).any(|w| w == b"51.5N") && browser.bytes.windows(7).any(|w| w == b"picture"), "{}", house.name);
    }
}

#[tokio::test]
async fn too_large_is_said_and_leaves_nothing() {
    for (name, db) in testing::databases().await {
        let small = testing::small(&db).await.unwrap();
        let house = House::with(name, db, Config { demonstration: true, largest_document_megabytes: 1, ..Config::default() });
        let mut browser = house.signed_in(&small.priya).await;
        send(&mut browser, &small, &[], &[("big.pdf", &pdf(1_500_000))]).await;
        browser.is(422).sees("big.pdf: the file is larger than 1 megabytes");
        let mut tx = house.db.read(store::Act::system(house.now())).await.unwrap();
        assert_eq!(
            (testing::count(&mut tx, "document").await.unwrap(), testing::count(&mut tx, "document_part").await.unwrap()),
            (0, 0),
            "{name}"
        );
    }
}

#[tokio::test]
async fn a_sending_without_the_forms_token_or_a_right_is_refused() {
    for (house, small) in House::each().await {
        let mut browser = house.signed_in(&small.priya).await;
        send(&mut browser, &small, &[("csrf", "guessed")], &[("note.txt", b"Dear all")]).await;
        browser.is(403);
        let mut tom = house.signed_in(&small.tom).await;
        tom.visit(&at(&small, "/documents/new")).await.is(403);
        tom.visit("/drafts").await;
        let csrf = tom.body.split("name=\"csrf\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let body = format!(
            "--{LINE}\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{csrf}\r\n--{LINE}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nhello\r\n--{LINE}--\r\n"
        );
        post(&mut tom, &at(&small, "/documents/new"), body.into_bytes()).await;
        tom.is(403);
        let mut tx = house.db.read(store::Act::system(house.now())).await.unwrap();
        assert_eq!(testing::count(&mut tx, "document").await.unwrap(), 0, "{}", house.name);
    }
}

/// Speaks as clamd does: "FOUND" for whatever holds the word EICAR.
fn scanner() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut command = [0; 10];
            stream.read_exact(&mut command).unwrap();
            let mut all = Vec::new();
            loop {
                let mut length = [0; 4];
                stream.read_exact(&mut length).unwrap();
                let length = u32::from_be_bytes(length) as usize;
                if length == 0 {
                    break;
                }
                let mut part = vec![0; length];
                stream.read_exact(&mut part).unwrap();
                all.extend(part);
            }
            let found = all.windows(5).any(|w| w == b"EICAR");
            stream.write_all(if found { b"stream: Eicar-Test-Signature FOUND\0" } else { b"stream: OK\0" }).unwrap();
        }
    });
    address
}

#[tokio::test]
async fn nobody_opens_what_the_scanner_has_not_found_clean() {
    for (name, db) in testing::databases().await {
        let small = testing::small(&db).await.unwrap();
        // Nothing listens on this port: the scanner is down, and the file stays shut.
        let down = House::with(name, db.clone(), Config { demonstration: true, clamd: Some("127.0.0.1:1".into()), ..Config::default() });
        let mut browser = down.signed_in(&small.priya).await;
        send(&mut browser, &small, &[], &[("good.txt", b"Dear all"), ("bad.txt", b"EICAR test")]).await;
        browser.is(200).sees("Waiting to be scanned for viruses");
        let id = browser.body.split("/documents/").find(|p| p.contains("/withdraw")).unwrap()[..32].to_owned();
        browser.visit(&at(&small, &format!("/documents/{id}"))).await.is(404);
        let up = House::with(name, db, Config { demonstration: true, clamd: Some(scanner()), ..Config::default() });
        keyworker::jobs::documents::scan_now(&up.app).await;
        let mut browser = up.signed_in(&small.priya).await;
        browser
            .visit(&at(&small, "/documents"))
            .await
            .sees("Eicar-Test-Signature")
            .sees("Refused: a virus was found")
            .does_not_see("Waiting");
        let mut tx = up.db.read(store::Act::system(up.now())).await.unwrap();
        assert_eq!(testing::count(&mut tx, "document_part").await.unwrap(), 1, "{name}: what is infected is thrown away");
    }
}

#[tokio::test]
async fn a_withdrawn_document_no_longer_opens_and_stays_in_the_list() {
    for (house, small) in House::each().await {
        let mut browser = house.signed_in(&small.priya).await;
        send(&mut browser, &small, &[], &[("wrong.txt", b"of another family")]).await;
        let href = href(&browser);
        browser.follow("Withdraw wrong.txt").await;
        browser.press("Withdraw it").await.is(422).sees("Say why it is withdrawn");
        browser
            .fill("Why is it withdrawn?", "It is about somebody else")
            .press("Withdraw it")
            .await
            .sees("Withdrawn")
            .sees("It is about somebody else");
        browser.visit(&href).await.is(404);
    }
}
