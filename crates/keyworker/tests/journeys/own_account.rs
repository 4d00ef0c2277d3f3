//! One's own account, one-time links and sessions: what ends them, and that nothing typed is lost when they end.

use axum::{body::Body, http::Request};
use store::{Act, accounts, accounts::LinkPurpose, id::WorkerId};

use crate::{
    browser::House,
    signing_in::{PASSWORD, code, real, settled, sign_in},
};

async fn link(house: &House, worker: &WorkerId) -> String {
    let mut tx = house.db.write(Act::command_line("operator", house.now())).await.unwrap();
    let token = accounts::make_link(&mut tx, worker, LinkPurpose::NewPassword).await.unwrap();
    tx.commit().await.unwrap();
    format!("/link/{token}")
}

#[tokio::test]
async fn a_link_sets_a_password_once_and_the_second_step_is_still_asked() {
    for (house, small, _keys) in real().await {
        settled(&house, &small.priya, "priya.nair").await;
        let mut elsewhere = sign_in(&house, &small.priya, "priya.nair").await;
        let to = link(&house, &small.priya).await;
        let mut browser = house.stranger();
        browser.visit(&to).await.is(200).sees("priya.nair");
        browser.fill("New password", "password1234").press("Set password").await.is(422).sees("too easy to guess");
        browser.fill("New password", "Priya Nair 2026").press("Set password").await.is(422).sees("too easy to guess");
        browser.fill("New password", "four calm grey herons").press("Set password").await.is(200).sees("Your password is set");
        browser.fill("User name", "priya.nair").fill("Password", "four calm grey herons").press("Continue").await.sees("Second step");
        browser.visit(&to).await.is(410).sees("This link has ended");
        elsewhere.visit("/").await.sees("User name");
    }
}

#[tokio::test]
async fn a_link_ends_after_a_quarter_of_an_hour_and_when_another_is_made() {
    for (house, small, _keys) in real().await {
        let (first, second) = (link(&house, &small.priya).await, link(&house, &small.priya).await);
        let mut browser = house.stranger();
        browser.visit(&first).await.is(410);
        house.clock.forward(15 * 60 - 1);
        browser.visit(&second).await.is(200);
        house.clock.forward(1);
        browser.visit(&second).await.is(410);
        browser.visit("/link/0000").await.is(410);
    }
}

#[tokio::test]
async fn a_changed_password_ends_every_other_session() {
    for (house, small, _keys) in real().await {
        settled(&house, &small.priya, "priya.nair").await;
        let mut here = sign_in(&house, &small.priya, "priya.nair").await;
        house.clock.forward(60);
        let mut there = sign_in(&house, &small.priya, "priya.nair").await;
        let before = here.cookies["keyworker_session"].clone();
        here.visit("/account/password").await.is(200);
        here.fill("Present password", "not this one").fill("New password", "four calm grey herons").press("Change password").await;
        here.is(422).sees("This is not your present password");
        here.fill("Present password", PASSWORD).fill("New password", "four calm grey herons").press("Change password").await;
        here.is(200).sees("Your password is changed");
        assert_ne!(here.cookies["keyworker_session"], before, "a new id");
        there.visit("/").await.sees("User name");
        here.visit("/").await.sees("My work");
    }
}

#[tokio::test]
async fn a_changed_second_step_ends_every_other_session_and_the_old_codes() {
    for (house, small, _keys) in real().await {
        let codes = settled(&house, &small.priya, "priya.nair").await;
        let mut here = sign_in(&house, &small.priya, "priya.nair").await;
        house.clock.forward(60);
        let mut there = sign_in(&house, &small.priya, "priya.nair").await;
        let old = code(&house, &small.priya).await;
        here.visit("/account/second-step").await.is(200);
        here.fill("Your password", PASSWORD).press("Continue").await.is(200).sees("Set up your second step");
        here.fill("Code from your authenticator app", &old).press("Continue").await.is(422).sees("This code is not right");
        let new = crate::signing_in::pending_code(&house, &small.priya).await;
        here.fill("Code from your authenticator app", &new).press("Continue").await.is(200).sees("Keep your recovery codes");
        there.visit("/").await.sees("User name");
        house.clock.forward(60);
        let mut again = house.stranger();
        again.visit("/sign-in").await;
        again.fill("User name", "priya.nair").fill("Password", PASSWORD).press("Continue").await;
        again.fill("One of your recovery codes", &codes[1]).press("Use this recovery code").await.is(422);
    }
}

#[tokio::test]
async fn one_sees_and_ends_ones_sessions() {
    for (house, small, _keys) in real().await {
        settled(&house, &small.priya, "priya.nair").await;
        let mut here = sign_in(&house, &small.priya, "priya.nair").await;
        house.clock.forward(60);
        let mut there = sign_in(&house, &small.priya, "priya.nair").await;
        here.visit("/account").await.is(200).sees("Where you are signed in").sees("10 recovery codes left");
        here.press("Sign out there : Another program").await.is(200).sees("The session is ended");
        there.visit("/").await.sees("User name");
        // The session of the setting up is still there.
        here.press("Sign out there : Another program").await;
        here.visit("/account").await.is(200).does_not_see("Sign out there");
    }
}

#[tokio::test]
async fn sessions_end_when_idle_and_at_their_end_however_busy() {
    for (house, small) in House::each().await {
        let mut browser = house.signed_in(&small.priya).await;
        house.clock.forward(14 * 60);
        browser.visit("/session/left").await.is(200);
        assert_eq!(browser.body, "{\"minutes\":1}");
        browser.visit("/").await.sees("My work");
        house.clock.forward(15 * 60 - 1);
        browser.visit("/session/left").await.is(200);
        house.clock.forward(1);
        browser.visit("/session/left").await.sees("Sign in");

        let mut busy = house.signed_in(&small.priya).await;
        for _ in 0..71 {
            house.clock.forward(10 * 60);
            busy.visit("/account").await.is(200).sees("Your account");
        }
        house.clock.forward(10 * 60);
        busy.visit("/account").await.does_not_see("Your account");
    }
}

#[tokio::test]
async fn staying_signed_in_puts_the_end_off() {
    for (house, small) in House::each().await {
        let mut browser = house.signed_in(&small.priya).await;
        browser.visit("/").await;
        let (_, fields) = browser.form_of("Stay signed in");
        house.clock.forward(14 * 60);
        browser.post("/session/extend", &fields).await.is(200).sees("You stay signed in");
        house.clock.forward(14 * 60);
        browser.visit("/").await.sees("My work");
    }
}

#[tokio::test]
async fn a_script_hears_that_the_session_has_ended() {
    for (house, _) in House::each().await {
        let mut browser = house.stranger();
        let request = Request::post("/session/extend").header("accept", "application/json").body(Body::empty()).unwrap();
        browser.send(request).await.is(401);
    }
}

#[tokio::test]
async fn a_disabled_account_and_a_leaver_are_refused_at_the_next_request() {
    for (house, small) in House::each().await {
        let mut browser = house.signed_in(&small.priya).await;
        browser.visit("/").await.sees("My work");
        let mut tx = house.db.write(Act::command_line("operator", house.now())).await.unwrap();
        accounts::disable(&mut tx, &small.priya).await.unwrap();
        tx.commit().await.unwrap();
        browser.visit("/").await.does_not_see("My work");

        let mut leaver = house.signed_in(&small.tom).await;
        let mut tx = house.db.write(Act::command_line("operator", house.now())).await.unwrap();
        store::workers::set_last_day(&mut tx, &small.tom, 1, Some(store::testing::TODAY)).await.unwrap();
        tx.commit().await.unwrap();
        leaver.visit("/").await.sees("My work");
        house.clock.forward(10 * 60);
        for _ in 0..6 * 15 {
            leaver.visit("/").await;
            house.clock.forward(10 * 60);
        }
        leaver.visit("/").await.does_not_see("My work");
    }
}

#[tokio::test]
async fn a_form_sent_after_the_session_ended_is_kept_for_its_sender() {
    for (house, small) in House::each().await {
        let mut browser = house.signed_in(&small.priya).await;
        browser.visit("/").await;
        let (_, mut fields) = browser.form_of("Stay signed in");
        fields.push(("note".into(), "<b>what was typed</b>".into()));
        house.clock.forward(20 * 60);
        browser.post("/account/sessions/end-others", &fields).await.is(200);
        assert!(browser.path.starts_with("/sign-in?next=%2Fheld%2F"), "{}", browser.path);

        let mut other = house.signed_in(&small.tom).await;
        let held = browser.path.replace("/sign-in?next=%2Fheld%2F", "/held/");
        other.visit(&held).await.is(404);

        browser.press("Priya Nair").await.is(200).sees("Your form was kept");
        let (action, fields) = browser.form_of("Send it now");
        assert!(fields.contains(&("note".into(), "<b>what was typed</b>".into())), "{fields:?}");
        browser.post(&action, &fields).await.is(307);
        assert_eq!(browser.headers["location"], "/account/sessions/end-others");
        browser.post("/account/sessions/end-others", &fields).await.is(200).sees("You are signed out everywhere else");
        browser.visit(&held).await.is(404);
    }
}

#[tokio::test]
async fn a_forged_form_is_not_kept() {
    for (house, small) in House::each().await {
        let mut browser = house.signed_in(&small.priya).await;
        house.clock.forward(20 * 60);
        browser.post("/account/sessions/end-others", &[("csrf".into(), "guessed".into())]).await.is(200);
        assert_eq!(browser.path, "/sign-in?next=%2F");
    }
}
