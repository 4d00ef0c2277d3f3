//! What holds for every page: strangers sign in first, unknown pages say so, headers stand on every answer.

use crate::browser::House;

#[tokio::test]
async fn a_stranger_is_led_to_sign_in_and_back() {
    for (house, _) in House::each().await {
        let mut browser = house.stranger();
        browser.visit("/").await.is(200).sees("Sign in");
        assert_eq!(browser.path, "/sign-in?next=%2F");
    }
}

#[tokio::test]
async fn a_worker_sees_their_work() {
    for (house, small) in House::each().await {
        let mut browser = house.signed_in(&small.priya).await;
        browser.visit("/").await.is(200).sees("My work");
    }
}

#[tokio::test]
async fn an_unknown_page_says_so_with_every_header() {
    for (house, small) in House::each().await {
        let mut browser = house.signed_in(&small.priya).await;
        browser.visit("/no/such/page").await.is(404).sees("There is no such page");
        for header in ["content-security-policy", "x-content-type-options", "referrer-policy", "cache-control"] {
            assert!(browser.headers.contains_key(header), "{header}");
        }
    }
}

#[tokio::test]
async fn a_form_without_its_token_or_from_elsewhere_is_refused() {
    for (house, small) in House::each().await {
        let mut browser = house.signed_in(&small.priya).await;
        browser.post("/sign-out", &[]).await.is(403).sees("The form was not accepted");
        browser.visit("/").await.is(200).sees("My work");
    }
}
