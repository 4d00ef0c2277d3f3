//! What is known of a person, by hand, on both databases: names, addresses, numbers, alerts, statuses and homes with their
//! dates; nothing is written over, and what is found follows what was written.
#![allow(clippy::unwrap_used)]

use care::{
    access::Deed,
    matching::{Born, Sought},
    person::{NameUse, NumberKind},
};
use jiff::civil::{Date, date};
use store::{
    Act, Day, Db, Error, Tx,
    people::{self, AddressRow, NewAlert, NewPerson, Opened, Renamed, Verified, households},
    search,
    testing::{self, Small},
};

async fn writing(db: &Db, small: &Small) -> (Tx, Opened) {
    let mut tx = db.write(Act::new(small.priya.clone(), testing::start())).await.unwrap();
    let opened = people::open(&mut tx, &small.child, Deed::ChangePerson).await.unwrap();
    (tx, opened)
}

fn address(kind: &str, lines: &str, postcode: &str, from: Option<Date>) -> AddressRow {
    AddressRow {
        id: String::new(),
        kind: kind.into(),
        lines: lines.into(),
        postcode: postcode.into(),
        from_on: Day::option(from),
        until_on: None,
        confidential: false,
        withheld: false,
    }
}

async fn finds(db: &Db, small: &Small, given: &str, family: &str, postcode: &str, number: &str) -> bool {
    let sought = Sought::read(given, family, Born::default(), postcode).with_number(number);
    let found = search::search(db, Act::new(small.priya.clone(), testing::start()), &sought, 20).await.unwrap();
    found.hits.iter().any(|hit| hit.person_id == small.child)
}

#[tokio::test]
async fn an_address_ends_the_one_before_it_and_both_are_found() {
    for (name, db) in testing::databases().await {
        let small = testing::small(&db).await.unwrap();
        let (mut tx, opened) = writing(&db, &small).await;
        people::address(&mut tx, &opened, &address("home", "1 Mill Lane", "ZZ1 4QP", None)).await.unwrap();
        people::address(&mut tx, &opened, &address("home", "2 Hill Street", "ZZ2 2BB", Some(date(2026, 5, 1)))).await.unwrap();
        people::address(&mut tx, &opened, &address("placement", "3 Fern Road", "ZZ3 3CC", Some(date(2026, 5, 2)))).await.unwrap();
        let rows = people::addresses(&mut tx, &opened).await.unwrap();
        let told: Vec<(&str, Option<Date>)> = rows.iter().map(|r| (r.lines.as_str(), r.until_on.map(|d| d.0))).collect();
        assert_eq!(told, [("3 Fern Road", None), ("2 Hill Street", None), ("1 Mill Lane", Some(date(2026, 5, 1)))], "{name}");
        let early = people::end_address(&mut tx, &opened, &rows[1].id, Day(date(2026, 4, 1))).await;
        assert!(matches!(early, Err(Error::Refused { .. })), "{name}: an end before the start");
        people::end_address(&mut tx, &opened, &rows[1].id, Day(date(2026, 5, 10))).await.unwrap();
        tx.commit().await.unwrap();
        for postcode in ["ZZ1 4QP", "ZZ2 2BB", "ZZ3 3CC"] {
            assert!(finds(&db, &small, "Ellie", "", postcode, "").await, "{name}: {postcode}");
        }
    }
}

#[tokio::test]
async fn names_and_numbers_are_found_and_what_was_never_theirs_is_not() {
    for (name, db) in testing::databases().await {
        let small = testing::small(&db).await.unwrap();
        let (mut tx, opened) = writing(&db, &small).await;
        people::name(&mut tx, &opened, NameUse::Alias, "Nell", "Quarrington", None).await.unwrap();
        people::identifier(&mut tx, &opened, NumberKind::Nhs.code(), "9434765919", Verified::No).await.unwrap();
        tx.commit().await.unwrap();
        assert!(finds(&db, &small, "Nell", "Quarrington", "", "").await, "{name}: by another name");
        assert!(finds(&db, &small, "", "", "", "943 476 5919").await, "{name}: by a number");
        let (mut tx, opened) = writing(&db, &small).await;
        let number = people::details(&mut tx, &opened).await.unwrap().identifiers[0].clone();
        assert!(!number.verified);
        people::verify_identifier(&mut tx, &opened, &number.id).await.unwrap();
        assert!(people::details(&mut tx, &opened).await.unwrap().identifiers[0].verified, "{name}");
        people::remove_identifier(&mut tx, &opened, &number.id).await.unwrap();
        assert!(matches!(people::remove_identifier(&mut tx, &opened, &number.id).await, Err(Error::NotFound)));
        tx.commit().await.unwrap();
        assert!(!finds(&db, &small, "", "", "", "943 476 5919").await, "{name}: a number that was never theirs");
    }
}

#[tokio::test]
async fn a_name_given_up_stays_a_stale_change_is_refused_and_lists_go_by_the_family_name() {
    for (name, db) in testing::databases().await {
        let small = testing::small(&db).await.unwrap();
        let (mut tx, opened) = writing(&db, &small).await;
        let new = NewPerson {
            given_name: "Ellie".into(),
            surname: "Bell".into(),
            sex: "female".into(),
            ethnicity: "not_asked".into(),
            first_language: "not_asked".into(),
            interpreter: "not_asked".into(),
            disability: "not_asked".into(),
            ..NewPerson::default()
        };
        people::change(&mut tx, &opened, 1, &new, Renamed::Changed).await.unwrap();
        assert!(matches!(people::change(&mut tx, &opened, 1, &new, Renamed::Changed).await, Err(Error::Stale)), "{name}");
        tx.commit().await.unwrap();
        assert!(finds(&db, &small, "Ellie", "Marsh", "", "").await, "{name}: by the name before");
        assert_eq!(testing::text(&db, "SELECT sort_name FROM person").await, "bell ellie", "{name}");
    }
}

#[tokio::test]
async fn an_alert_stands_until_it_is_ended_and_remembers_who_was_told() {
    for (name, db) in testing::databases().await {
        let small = testing::small(&db).await.unwrap();
        let (mut tx, opened) = writing(&db, &small).await;
        let new = NewAlert {
            kind: "dog".into(),
            words: "Alsatian in the yard".into(),
            from_on: Day(testing::TODAY),
            review_on: Some(Day(date(2026, 8, 1))),
            told: "Mother".into(),
        };
        let id = people::alert(&mut tx, &opened, &new).await.unwrap();
        people::review_alert(&mut tx, &opened, &id, Day(date(2026, 11, 1)), "Mother and health visitor").await.unwrap();
        let row = people::one_alert(&mut tx, &opened, &id).await.unwrap();
        assert_eq!((row.told.as_str(), row.review_on.map(|d| d.0)), ("Mother and health visitor", Some(date(2026, 11, 1))), "{name}");
        people::end_alert(&mut tx, &opened, &id).await.unwrap();
        assert!(matches!(people::end_alert(&mut tx, &opened, &id).await, Err(Error::NotFound)), "{name}: once");
        assert!(people::banner(&mut tx, &opened).await.unwrap().alerts.is_empty(), "{name}: not above the record any more");
        assert_eq!(people::details(&mut tx, &opened).await.unwrap().alerts.len(), 1, "{name}: but in its history");
    }
}

#[tokio::test]
async fn a_home_is_joined_once_and_left_with_a_date() {
    for (name, db) in testing::databases().await {
        let small = testing::small(&db).await.unwrap();
        let (mut tx, opened) = writing(&db, &small).await;
        let home = households::NewHome { name: "3 Mill Lane".into(), ..households::NewHome::default() };
        let id = households::found(&mut tx, &opened, &home, Some(date(2025, 2, 1))).await.unwrap();
        assert!(matches!(households::join(&mut tx, &opened, &id, None).await, Err(Error::Refused { .. })), "{name}: twice");
        let stay = people::around(&mut tx, &opened).await.unwrap().members[0].clone();
        assert!(matches!(households::leave(&mut tx, &opened, &stay.id, date(2024, 1, 1)).await, Err(Error::Refused { .. })), "{name}");
        households::leave(&mut tx, &opened, &stay.id, date(2026, 5, 1)).await.unwrap();
        assert_eq!(people::around(&mut tx, &opened).await.unwrap().members[0].until_on, Some(Day(date(2026, 5, 1))), "{name}");
    }
}
