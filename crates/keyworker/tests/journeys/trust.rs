//! What a stranger could check from outside: cookies, headers on every status, redirects, methods, and that nothing is shown
//! or done that cannot be audited.

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode},
};
use keyworker::{config::Config, web::routes};
use store::testing::{self, behind_its_back};
use tower::ServiceExt;

use crate::{
    browser::House,
    signing_in::{give_password, real},
};

async fn raw(router: &Router, request: Request<Body>) -> (StatusCode, HeaderMap, String) {
    let response = router.clone().oneshot(request).await.unwrap();
    let (status, headers) = (response.status(), response.headers().clone());
    let body = String::from_utf8_lossy(&to_bytes(response.into_body(), usize::MAX).await.unwrap()).into_owned();
    (status, headers, body)
}

fn form(path: &str, body: &str) -> Request<Body> {
    Request::post(path)
        .header("host", "localhost")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(body.to_owned()))
        .unwrap()
}

#[tokio::test]
async fn over_https_cookies_are_bound_to_this_host_and_hsts_is_sent() {
    for (name, db) in testing::databases().await {
        testing::small(&db).await.unwrap();
        let keys = tempfile::tempdir().unwrap();
        let config = Config {
            public_address: Some("https://keyworker.ashmere.example".into()),
            keys: keys.path().into(),
            password_memory_kib: 64,
            password_passes: 1,
            ..Config::default()
        };
        let house = House::with(name, db, config);
        give_password(&house, &testing::worker_named(&house.db, "priya.nair").await).await;
        let router = routes::router(house.app.clone());
        let (status, headers, _) =
            raw(&router, form("/sign-in", "username=priya.nair&password=seven+wet+otters&next=%2F%2Fevil.example")).await;
        assert_eq!(status, StatusCode::SEE_OTHER);
        assert_eq!(headers["location"], "/sign-in/set-up?next=%2F", "never to another site");
        assert_eq!(headers["strict-transport-security"], "max-age=31536000");
        let cookie = headers["set-cookie"].to_str().unwrap();
        assert!(cookie.starts_with("__Host-keyworker_session="), "{cookie}");
        for part in ["; Path=/", "; HttpOnly", "; SameSite=Lax", "; Secure"] {
            assert!(cookie.contains(part), "{cookie}");
        }
        let id = cookie.split(['=', ';']).nth(1).unwrap();
        assert_eq!(id.len(), 64, "256 bits");
        let stored = testing::text(&house.db, "SELECT id_hash FROM session").await;
        assert_ne!(stored, id, "stored as a digest only");
    }
}

#[tokio::test]
async fn every_status_is_a_page_with_every_header() {
    for (house, _, _keys) in real().await {
        let router = routes::router(house.app.clone());
        let get = |path: &str| Request::get(path).header("host", "localhost").body(Body::empty()).unwrap();
        let mut cases: Vec<(u16, Request<Body>)> = vec![
            (200, get("/sign-in")),
            (303, get("/")),
            (400, Request::post("/sign-in").header("content-type", "text/plain").body(Body::empty()).unwrap()),
            (403, Request::post("/sign-in").header("sec-fetch-site", "cross-site").body(Body::empty()).unwrap()),
            (404, get("/no/such/page")),
            (404, get("/%00")),
            (303, get("/sign-out")),
            (303, Request::builder().method("TRACE").uri("/").body(Body::empty()).unwrap()),
            (404, Request::delete("/sign-in").body(Body::empty()).unwrap()),
            (404, Request::builder().method("TRACE").uri("/link/none").body(Body::empty()).unwrap()),
            (410, get("/link/none")),
            (413, form("/sign-in", &"x".repeat(3 * 1024 * 1024))),
            (422, form("/sign-in", "username=")),
        ];
        for _ in 0..6 {
            cases.push((
                if cases.iter().filter(|(s, _)| *s == 422).count() < 6 { 422 } else { 429 },
                form("/sign-in", "username=priya.nair&password=wrong"),
            ));
        }
        for (expected, request) in cases {
            let what = format!("{} {}", request.method(), request.uri());
            let (status, headers, body) = raw(&router, request).await;
            assert_eq!(status.as_u16(), expected, "{what}");
            for name in [
                "content-security-policy",
                "x-content-type-options",
                "referrer-policy",
                "cross-origin-opener-policy",
                "cross-origin-resource-policy",
                "permissions-policy",
            ] {
                assert!(headers.contains_key(name), "{what}: {name}");
            }
            assert_eq!(headers["cache-control"], "no-store", "{what}");
            assert!(status == StatusCode::SEE_OTHER || body.contains("<h1"), "{what}: a designed page");
            assert!(!body.contains("style=\"") && !body.contains("<script>"), "{what}: nothing inline");
        }
    }
}

#[tokio::test]
async fn signing_out_leaves_nothing_behind() {
    for (house, small) in House::each().await {
        let mut browser = house.signed_in(&small.priya).await;
        browser.visit("/").await;
        let (action, fields) = browser.form_of("Sign out");
        let cookie = format!("keyworker_session={}", browser.cookies["keyworker_session"]);
        let body = fields.iter().map(|(k, v)| format!("{k}={v}")).collect::<Vec<_>>().join("&");
        let mut request = form(&action, &body);
        request.headers_mut().insert("cookie", cookie.parse().unwrap());
        let (status, headers, _) = raw(&routes::router(house.app.clone()), request).await;
        assert_eq!(status, StatusCode::SEE_OTHER);
        assert_eq!(headers["clear-site-data"], "\"cache\"");
        browser.visit("/").await.does_not_see("My work");
    }
}

#[tokio::test]
async fn what_cannot_be_audited_is_neither_shown_nor_done() {
    for (house, small) in House::each().await {
        let mut priya = house.signed_in(&small.priya).await;
        let mut sam = house.signed_in(&small.sam).await;
        let note = format!("/people/{}/notes/new", small.child);
        priya.visit(&note).await.is(200).sees("Ellie Marsh");
        sam.visit(&format!("/staff/{}", small.tom)).await.is(200);
        behind_its_back(&house.db, "ALTER TABLE audit_entry RENAME TO taken_away").await;
        priya.visit(&note).await.does_not_see("Ellie Marsh");
        assert!(priya.status.is_server_error(), "{}: {}", house.name, priya.status);
        sam.press("Shut the account").await;
        assert!(sam.status.is_server_error(), "{}: {}", house.name, sam.status);
        behind_its_back(&house.db, "ALTER TABLE taken_away RENAME TO audit_entry").await;
        house.signed_in(&small.tom).await.visit("/").await.is(200).sees("My work");
        priya.visit(&note).await.is(200).sees("Ellie Marsh");
    }
}

#[tokio::test]
async fn html_in_every_field_is_shown_as_it_was_typed() {
    let evil = "\"><script>alert(1)</script><img src=x onerror=alert(1)>'{{7*7}}";
    for (house, small) in House::each().await {
        let mut sam = house.signed_in(&small.sam).await;
        sam.visit("/staff/new").await.is(200);
        sam.fill("Given name (optional)", evil)
            .fill("Family name", evil)
            .fill("E-mail at work (optional)", evil)
            .fill("Telephone at work (optional)", "=1+1")
            .press("Save")
            .await;
        sam.is(200).sees(evil);
        assert!(!sam.body.contains("<script>alert") && !sam.body.contains("<img src=x"), "{}", house.name);
        sam.visit("/staff").await.is(200).sees("alert(1)");
        assert!(!sam.body.contains("<img src=x"), "{}", house.name);
        sam.visit("/staff/teams/new").await;
        sam.fill("Name", evil).press("Save").await.is(422);
        assert!(sam.body.contains("&lt;script&gt;") || sam.body.contains("&#x3c;script"), "kept as typed");
        assert!(!sam.body.contains("<script>alert"), "{}", house.name);
    }
}
