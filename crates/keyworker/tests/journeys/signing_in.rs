//! Signing in: the demonstration's one press; password, second step, recovery codes; guessing is slowed.

use keyworker::{
    config::Config,
    web::account::{password, totp},
};
use store::{Act, accounts, id::WorkerId, testing};

use crate::browser::{Browser, House};

pub const PASSWORD: &str = "seven wet otters";

/// Installations as in use: a password, a second step, keys in a folder of their own.
pub async fn real() -> Vec<(House, testing::Small, tempfile::TempDir)> {
    let mut all = Vec::new();
    for (name, db) in testing::databases().await {
        let small = testing::small(&db).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let config = Config {
            council: "Ashmere".into(),
            keys: folder.path().into(),
            password_memory_kib: 64,
            password_passes: 1,
            ..Config::default()
        };
        all.push((House::with(name, db, config), small, folder));
    }
    all
}

pub async fn give_password(house: &House, worker: &WorkerId) {
    let hash = password::hash(&house.app.config, PASSWORD).unwrap();
    let mut tx = house.db.write(Act::system(house.now())).await.unwrap();
    accounts::set_password(&mut tx, worker, &hash).await.unwrap();
    tx.commit().await.unwrap();
}

/// The secret of a worker's second step, opened with the installation's key.
pub async fn secret(house: &House, worker: &WorkerId) -> Vec<u8> {
    let mut tx = house.db.read(Act::system(house.now())).await.unwrap();
    let account = accounts::of_worker(&mut tx, worker).await.unwrap().unwrap();
    let sealed = account.totp_secret.or(account.totp_pending).unwrap();
    house.app.keys.unseal(worker.as_str(), &sealed).unwrap()
}

pub async fn code(house: &House, worker: &WorkerId) -> String {
    totp::code_at(&secret(house, worker).await, house.now()).unwrap()
}

/// The code of a second step that is being set up in place of another.
pub async fn pending_code(house: &House, worker: &WorkerId) -> String {
    let mut tx = house.db.read(Act::system(house.now())).await.unwrap();
    let sealed = accounts::of_worker(&mut tx, worker).await.unwrap().unwrap().totp_pending.unwrap();
    totp::code_at(&house.app.keys.unseal(worker.as_str(), &sealed).unwrap(), house.now()).unwrap()
}

/// A browser in which somebody settled has signed in, both steps.
pub async fn sign_in(house: &House, worker: &WorkerId, username: &str) -> Browser {
    let mut browser = house.stranger();
    type_password(&mut browser, username, PASSWORD).await;
    browser.fill("Code from your authenticator app", &code(house, worker).await).press("Sign in").await.sees("My work");
    browser
}

async fn type_password(browser: &mut Browser, username: &str, password: &str) {
    browser.visit("/sign-in").await.is(200);
    browser.fill("User name", username).fill("Password", password).press("Continue").await;
}

/// A worker with a password and a second step, and their recovery codes; nobody is signed in afterwards.
pub async fn settled(house: &House, worker: &WorkerId, username: &str) -> Vec<String> {
    give_password(house, worker).await;
    let mut browser = house.stranger();
    type_password(&mut browser, username, PASSWORD).await;
    browser.fill("Code from your authenticator app", &code(house, worker).await).press("Continue").await.is(200);
    let codes = browser.text().split_whitespace().filter(|w| w.len() == 14 && w.matches('-').count() == 2).map(str::to_owned).collect();
    house.clock.forward(60);
    codes
}

#[tokio::test]
async fn a_demonstration_is_entered_with_one_press() {
    for (house, _) in House::each().await {
        let mut browser = house.stranger();
        browser.visit("/sign-in?next=%2F").await.is(200).sees("Social worker").sees("Team manager");
        browser.press("Grace Obi").await.is(200).sees("My work").sees("Grace Obi");
    }
}

#[tokio::test]
async fn one_press_exists_in_a_demonstration_only() {
    for (house, _, _keys) in real().await {
        let mut browser = house.stranger();
        browser.visit("/sign-in").await.does_not_see("Priya Nair");
        browser.post("/sign-in/as", &[("username".into(), "priya.nair".into())]).await.is(404);
        assert!(browser.cookies.is_empty());
    }
}

#[tokio::test]
async fn the_first_sign_in_sets_the_second_step_up_and_the_next_asks_for_it() {
    for (house, small, _keys) in real().await {
        let codes = settled(&house, &small.priya, "priya.nair").await;
        assert_eq!(codes.len(), 10, "{}", house.name);

        let mut browser = house.stranger();
        type_password(&mut browser, "Priya.Nair ", PASSWORD).await;
        browser.is(200).sees("Second step");
        let half = browser.cookies["keyworker_session"].clone();
        browser.visit("/").await.sees("User name");
        browser.visit("/sign-in/code").await.is(200);
        browser.fill("Code from your authenticator app", &code(&house, &small.priya).await).press("Sign in").await;
        browser.is(200).sees("My work");
        assert_ne!(browser.cookies["keyworker_session"], half, "a new id when signed in");
    }
}

#[tokio::test]
async fn a_code_and_a_recovery_code_work_once() {
    for (house, small, _keys) in real().await {
        let codes = settled(&house, &small.priya, "priya.nair").await;
        let now = code(&house, &small.priya).await;
        let mut first = house.stranger();
        type_password(&mut first, "priya.nair", PASSWORD).await;
        first.fill("Code from your authenticator app", &now).press("Sign in").await.sees("My work");
        let mut second = house.stranger();
        type_password(&mut second, "priya.nair", PASSWORD).await;
        second.fill("Code from your authenticator app", &now).press("Sign in").await.is(422).sees("was used before");
        second.fill("One of your recovery codes", &codes[0].to_lowercase().replace('-', " ")).press("Use this recovery code").await;
        second.is(200).sees("My work").sees("You have 9 codes left");
        let mut third = house.stranger();
        type_password(&mut third, "priya.nair", PASSWORD).await;
        third.fill("One of your recovery codes", &codes[0]).press("Use this recovery code").await.is(422).sees("was used before");
    }
}

#[tokio::test]
async fn an_unknown_name_and_a_wrong_password_read_the_same() {
    for (house, small, _keys) in real().await {
        give_password(&house, &small.priya).await;
        let mut pages = Vec::new();
        for (username, password) in [("nobody.here", PASSWORD), ("priya.nair", "not her password"), ("tom.bell", "has none at all")] {
            let mut browser = house.stranger();
            type_password(&mut browser, username, password).await;
            browser.is(422).sees("The user name or the password is not right");
            pages.push(browser.text().replace(username, "NAME"));
        }
        assert!(pages.windows(2).all(|p| p[0] == p[1]), "{}", house.name);
    }
}

#[tokio::test]
async fn guessing_is_slowed_and_the_owner_gets_in() {
    for (house, small, _keys) in real().await {
        give_password(&house, &small.priya).await;
        let mut own = house.stranger();
        type_password(&mut own, "priya.nair", PASSWORD).await;
        own.fill("Code from your authenticator app", &code(&house, &small.priya).await).press("Continue").await.is(200);
        own.follow("I have kept them: continue").await.sees("My work");
        own.press("Sign out").await;
        assert!(own.cookies.contains_key("keyworker_device"), "the device stays known");

        let mut stranger = house.stranger();
        for _ in 0..5 {
            type_password(&mut stranger, "priya.nair", "a wrong guess here").await;
            stranger.is(422);
        }
        type_password(&mut stranger, "priya.nair", "a wrong guess here").await;
        stranger.is(429).sees("Please wait a little");
        assert_eq!(stranger.headers["retry-after"], "1");
        type_password(&mut stranger, "priya.nair", PASSWORD).await;
        stranger.is(429);
        type_password(&mut stranger, "nobody.here", "a wrong guess here").await;
        stranger.is(422);

        house.clock.forward(1);
        type_password(&mut own, "priya.nair", PASSWORD).await;
        own.is(200).sees("Second step");
        type_password(&mut stranger, "priya.nair", "a wrong guess here").await;
        stranger.is(422);
        type_password(&mut stranger, "priya.nair", "a wrong guess here").await;
        stranger.is(429);
        assert_eq!(stranger.headers["retry-after"], "2");
    }
}
