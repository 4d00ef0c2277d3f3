//! Finding people on both databases: by mistaken names, dates and postcodes, and never someone who is hidden.
#![allow(clippy::unwrap_used)]

use care::{
    access::Deed,
    matching::{Born, Sought, in_words},
};
use jiff::civil::date;
use store::{
    Act, Day, Db, Tx,
    id::{PersonId, WorkerId, fresh},
    people, run,
    search::{self, Seen},
    sql, testing,
};

async fn someone(tx: &mut Tx, given: &str, surname: &str, born: Option<&str>, postcode: &str) -> PersonId {
    let id = testing::person(tx, given, surname, born.map(|b| b.parse().unwrap())).await.unwrap();
    address(tx, &id, postcode, false).await;
    search::file_person(tx, &id).await.unwrap();
    id
}

async fn address(tx: &mut Tx, id: &PersonId, postcode: &str, confidential: bool) {
    run!(
        tx,
        sqlx::query("INSERT INTO person_address (id, person_id, kind, lines, postcode, confidential) VALUES ($1,$2,'home','',$3,$4)")
            .bind(fresh())
            .bind(id)
            .bind(postcode)
            .bind(confidential)
    )
    .unwrap();
}

async fn find(db: &Db, worker: &WorkerId, given: &str, family: &str, born: &str, postcode: &str) -> search::Found {
    let born = born.parse().map(Born::on).unwrap_or_default();
    let sought = Sought::read(given, family, born, postcode);
    search::search(db, Act::new(worker.clone(), testing::start()), &sought, 20).await.unwrap()
}

#[tokio::test]
async fn people_are_found_whatever_was_mistaken() {
    for (name, db) in testing::databases().await {
        let s = testing::small(&db).await.unwrap();
        let mut tx = testing::scene(&db).await;
        let robert = someone(&mut tx, "Robert", "Ashworth", Some("1984-03-12"), "ZZ1 4QP").await;
        let son = someone(&mut tx, "Robert", "Ashworth", Some("2012-07-01"), "ZZ1 4QP").await;
        let siobhan = someone(&mut tx, "Siobhán", "O'Súilleabháin-Marsh", Some("1990-12-25"), "ZZ9 1AA").await;
        let maryam = someone(&mut tx, "مريم", "حداد", Some("2001-01-31"), "ZZ7 7BB").await;
        let one = someone(&mut tx, "Sukarno", "", None, "ZZ3 3CC").await;
        let unicorn = someone(&mut tx, "🦄", "", Some("2015-05-05"), "").await;
        let nobody = someone(&mut tx, "", "", None, "").await;
        tx.commit().await.unwrap();
        for (given, family, born, postcode, expected) in [
            ("Robert", "Ashworth", "1984-03-12", "ZZ1 4QP", &robert),
            ("bob", "ashwroth", "1984-12-03", "", &robert),
            ("Ashworth", "Robbie", "", "zz14pq", &robert),
            ("Robert", "", "2012-07-10", "", &son),
            ("R", "Ashworth", "2012-07-01", "ZZ2 2ZZ", &son),
            ("Shivaun", "OSullivan", "1990-12-25", "", &siobhan),
            ("Siobhan", "Marsh", "", "ZZ9 1AA", &siobhan),
            ("مَرْيَم", "", "2001-01-31", "", &maryam),
            ("", "حداد", "", "", &maryam),
            ("", "sukarno", "", "", &one),
            ("Sukarno", "", "", "", &one),
            ("🦄", "", "", "", &unicorn),
            ("", "ashw", "", "", &robert),
            ("Rob", "ashw", "", "", &robert),
            ("Robert", "As", "1984-03-12", "", &robert),
            ("", "Suk", "", "", &one),
        ] {
            let found = find(&db, &s.flora, given, family, born, postcode).await;
            let first = found.hits.first().map(|h| (&h.person_id, in_words(&h.why)));
            assert_eq!(first.as_ref().map(|f| f.0), Some(expected), "{name}: {given} {family} {born} {postcode}: {first:?}");
        }
        for (given, family) in [("", ""), ("Xqzzz", "Wvkkk")] {
            let found = find(&db, &s.flora, given, family, "", "").await;
            assert!(found.hits.iter().all(|h| h.person_id != nobody && h.points < 0.0), "{name}: {given}");
        }
    }
}

#[tokio::test]
async fn a_first_name_alone_finds_those_of_ones_own_team() {
    for (name, db) in testing::databases().await {
        let s = testing::small(&db).await.unwrap();
        let mut tx = testing::scene(&db).await;
        search::file_person(&mut tx, &s.child).await.unwrap();
        for surname in ["Ashworth", "Birtwell", "Crossley"] {
            someone(&mut tx, "Ellie", surname, Some("2014-01-01"), "ZZ1 4QP").await;
        }
        tx.commit().await.unwrap();
        for typed in ["ellie", "Elli", "eleanor"] {
            let found = find(&db, &s.priya, "", typed, "", "").await;
            let first = found.hits.first().map(|h| (&h.person_id, in_words(&h.why)));
            assert_eq!(first.as_ref().map(|f| f.0), Some(&s.child), "{name}: {typed}: {first:?}");
            assert!(find(&db, &s.tom, "", typed, "", "").await.hits.iter().all(|h| h.person_id != s.child), "{name}: {typed}");
        }
    }
}

#[tokio::test]
async fn a_change_moves_a_person_to_other_keys() {
    for (name, db) in testing::databases().await {
        let s = testing::small(&db).await.unwrap();
        let mut tx = testing::scene(&db).await;
        let id = someone(&mut tx, "Tia", "Marlow", Some("2015-05-05"), "ZZ1 1AA").await;
        run!(tx, sqlx::query("UPDATE person SET surname = 'Denholm', born_on = $1 WHERE id = $2").bind(Day(date(2014, 4, 4))).bind(&id))
            .unwrap();
        run!(tx, sqlx::query("UPDATE person_address SET confidential = $1 WHERE person_id = $2").bind(true).bind(&id)).unwrap();
        search::file_person(&mut tx, &id).await.unwrap();
        search::recount(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(find(&db, &s.flora, "Tia", "Denholm", "2014-04-04", "").await.hits[0].person_id, id, "{name}");
        for (born, postcode) in [("2015-05-05", ""), ("", "ZZ1 1AA")] {
            let found = find(&db, &s.flora, "", "", born, postcode).await;
            assert!(found.hits.is_empty(), "{name}: {born} {postcode}");
        }
        let mut tx = db.read(Act::system(testing::start())).await.unwrap();
        let words: Vec<(String, i64)> =
            sql!(tx, |c| sqlx::query_as("SELECT word, as_family FROM name_word WHERE as_family > 0 ORDER BY word").fetch_all(c)).unwrap();
        assert_eq!(words, [("DENHOLM".to_owned(), 1)], "{name}");
    }
}

#[tokio::test]
async fn the_searcher_sees_what_they_may() {
    for (name, db) in testing::databases().await {
        let s = testing::small(&db).await.unwrap();
        let mut tx = testing::scene(&db).await;
        search::file_person(&mut tx, &s.child).await.unwrap();
        let hidden = someone(&mut tx, "Ellie", "Marsh", Some("2016-03-02"), "ZZ1 1AA").await;
        let now = tx.act().at();
        run!(
            tx,
            sqlx::query(
                "INSERT INTO restriction (person_id, level, guardian_id, reason, set_by, set_at) VALUES ($1,'hidden',$2,'test','test',$3)"
            )
            .bind(&hidden)
            .bind(&s.grace)
            .bind(now)
        )
        .unwrap();
        tx.commit().await.unwrap();
        for (worker, record, hidden_shown) in
            [(&s.priya, true, false), (&s.tom, false, false), (&s.flora, false, false), (&s.grace, true, true)]
        {
            let found = find(&db, worker, "Ellie", "Marsh", "2016-03-02", "").await;
            let child = found.hits.iter().find(|h| h.person_id == s.child).unwrap();
            assert_eq!(child.seen == Seen::Record, record, "{name}: {worker}");
            assert_eq!(found.hits.iter().any(|h| h.person_id == hidden), hidden_shown, "{name}: {worker}");
            assert_eq!(found.hidden == [hidden.clone()], !hidden_shown, "{name}: {worker}");
            let mut tx = db.read(Act::new(worker.clone(), testing::start())).await.unwrap();
            assert_eq!(people::open(&mut tx, &s.child, Deed::ReadRecord).await.is_ok(), record, "{name}: the search and the record agree");
        }
        let mut tx = db.read(Act::system(testing::start())).await.unwrap();
        let (alerts,): (i64,) =
            sql!(tx, |c| sqlx::query_as("SELECT COUNT(*) FROM notice WHERE kind = 'hidden_record_touched' AND to_worker_id = $1")
                .bind(&s.grace)
                .fetch_one(c))
            .unwrap();
        assert_eq!(alerts, 3, "{name}");
        let (noted,): (i64,) =
            sql!(tx, |c| sqlx::query_as("SELECT COUNT(*) FROM audit_entry e JOIN audit_detail d ON d.seq = e.seq WHERE e.deed = 'search' AND d.words LIKE '%MARSH%' AND e.because NOT LIKE '%MARSH%'").fetch_one(c)).unwrap();
        assert_eq!(noted, 4, "{name}");
        let refused = search::search(&db, Act::new(s.sam.clone(), testing::start()), &Sought::default(), 20).await;
        assert!(matches!(refused, Err(store::Error::RoleLacks)), "{name}");
        let public = search::search(&db, Act::public(testing::start()), &Sought::default(), 20).await;
        assert!(matches!(public, Err(store::Error::RoleLacks)), "{name}");
    }
}

#[tokio::test]
async fn everybody_is_filed_again_when_keys_are_made_otherwise() {
    for (name, db) in testing::databases().await {
        let s = testing::small(&db).await.unwrap();
        let mut tx = testing::scene(&db).await;
        let id = someone(&mut tx, "Tia", "Marlow", Some("2015-05-05"), "ZZ1 1AA").await;
        for text in ["DELETE FROM person_search_key", "UPDATE search_state SET generation = 0"] {
            run!(tx, sqlx::query(text)).unwrap();
        }
        tx.commit().await.unwrap();
        assert!(find(&db, &s.flora, "Tia", "Marlow", "", "").await.hits.is_empty(), "{name}");
        let operator = Act::command_line("tester", testing::start());
        assert_eq!(search::bring_up_to_date(&db, operator.clone()).await.unwrap(), 2, "{name}");
        assert_eq!(search::bring_up_to_date(&db, operator).await.unwrap(), 0, "{name}");
        assert_eq!(find(&db, &s.flora, "Tia", "Marlow", "", "").await.hits[0].person_id, id, "{name}");
    }
}
