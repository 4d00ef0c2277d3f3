//! A list of people taken in on both databases: everybody once, bad cells kept, findable at once.
#![allow(clippy::unwrap_used)]

use care::matching::{Born, Sought};
use returns::people_list::PeopleList;
use store::{
    Act, Db, Error,
    people_list::{Intake, Taken, imported_ids},
    search, sql, testing,
};

const LIST: &str = "id,given_name,surname,sex,dob,postcode,nhs_no\n\
    A1,Tia,Marlow,F,2015-05-05,ZZ1 4QP,9990000018\n\
    A2,Tïa,O'Marlow,,2015-02-30,ZZ1,9990000019\n\
    \"A\t3\",\"Ro\\bert\"\"); DROP TABLE person; --\",🦄,M,,,\n\
    ,No,Id,,,,\n\
    A1,Second,Row,,,,\n";

async fn take_in(db: &Db, act: Act) -> Result<(Taken, usize), Error> {
    let (list, _) = PeopleList::open(LIST, "list.csv", testing::TODAY);
    let batch = list.unwrap().next(100);
    let mut tx = db.write(act).await?;
    let mut intake = Intake::begin(&mut tx, "list.csv").await?;
    for listed in &batch.people {
        intake.take(&mut tx, listed).await?;
    }
    let taken = intake.end(&mut tx).await?;
    tx.commit().await?;
    Ok((taken, batch.findings.len()))
}

fn operator() -> Act {
    Act::command_line("tester", testing::start())
}

async fn first(db: &Db, sought: Sought) -> Option<String> {
    let mut tx = db.read(operator()).await.unwrap();
    let found = search::find(&mut tx, &sought, 20).await.unwrap();
    let id = found.hits.first()?.person_id.clone();
    let ids = imported_ids(&mut tx, std::slice::from_ref(&id)).await.unwrap();
    tx.finish().await.unwrap();
    ids.get(&id).cloned()
}

#[tokio::test]
async fn a_list_is_taken_in_once() {
    for (name, db) in testing::databases().await {
        let (taken, findings) = take_in(&db, operator()).await.unwrap();
        assert_eq!((taken, findings), (Taken { stored: 3, already_there: 0 }, 5), "{name}");
        let (again, _) = take_in(&db, operator()).await.unwrap();
        assert_eq!(again, Taken { stored: 0, already_there: 3 }, "{name}");
        for (given, family, born, place, number, expected) in [
            ("Tia", "Marlow", "2015-05-05", "", "", "A1"),
            ("", "", "", "", "999 000 0018", "A1"),
            ("", "", "", "", "9990000019", "A2"),
            ("Tia", "OMarlow", "", "ZZ1", "", "A2"),
            ("", "🦄", "", "", "", "A\t3"),
            ("", "", "", "", "A2", "A2"),
        ] {
            let sought = Sought::read(given, family, Born::read(born, 2026).unwrap_or_default(), place).with_number(number);
            assert_eq!(first(&db, sought).await.as_deref(), Some(expected), "{name}: {given} {family} {born} {place} {number}");
        }
        let mut tx = db.read(operator()).await.unwrap();
        let kept: Vec<(String, String)> =
            sql!(tx, |c| sqlx::query_as("SELECT field, typed FROM unverified_cell ORDER BY field").fetch_all(c)).unwrap();
        let expected = [("dob", "2015-02-30"), ("nhs_no", "9990000019"), ("postcode", "ZZ1")];
        assert_eq!(kept, expected.map(|(f, t)| (f.to_owned(), t.to_owned())), "{name}");
        let (odd,): (String,) = sql!(tx, |c| sqlx::query_as("SELECT given_name FROM person WHERE surname = '🦄'").fetch_one(c)).unwrap();
        assert_eq!(odd, "Ro\\bert\"); DROP TABLE person; --", "{name}");
    }
}

/// What an import files under is what the record would be filed under: filing again changes nothing.
#[tokio::test]
async fn filing_again_changes_no_key() {
    for (name, db) in testing::databases().await {
        take_in(&db, operator()).await.unwrap();
        let mut tx = testing::scene(&db).await;
        let text = "SELECT person_id, line FROM person_search ORDER BY person_id";
        let before: Vec<(store::id::PersonId, String)> = sql!(tx, |c| sqlx::query_as(text).fetch_all(c)).unwrap();
        for (id, _) in &before {
            search::file_person(&mut tx, id).await.unwrap();
        }
        let after: Vec<(store::id::PersonId, String)> = sql!(tx, |c| sqlx::query_as(text).fetch_all(c)).unwrap();
        assert_eq!(before, after, "{name}");
        assert_eq!(before.len(), 3, "{name}");
    }
}

#[tokio::test]
async fn only_those_who_may_import_do() {
    for (name, db) in testing::databases().await {
        let s = testing::small(&db).await.unwrap();
        for (worker, expected) in [(&s.sam, true), (&s.priya, false)] {
            let taken = take_in(&db, Act::new(worker.clone(), testing::start())).await;
            assert_eq!(taken.is_ok(), expected, "{name}: {worker}");
        }
        assert!(matches!(take_in(&db, Act::public(testing::start())).await, Err(Error::RoleLacks)), "{name}");
    }
}
