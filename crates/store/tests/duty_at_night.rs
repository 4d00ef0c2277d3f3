//! Duty through the night: whose turn still runs after midnight, and who hears that a hidden record was touched.
#![allow(clippy::unwrap_used)]

use care::{
    access::Deed,
    matching::{Born, Sought},
};
use jiff::Timestamp;
use store::{
    Act, Day, Db, Tx,
    id::{TeamId, WorkerId, fresh},
    people, run, search, testing,
};

async fn turn(tx: &mut Tx, team: &TeamId, worker: &WorkerId, day: &str, part: &str, kind: &str) {
    run!(
        tx,
        sqlx::query("INSERT INTO duty_rota (id, team_id, on_day, part_of_day, worker_id, kind) VALUES ($1,$2,$3,$4,$5,$6)")
            .bind(fresh())
            .bind(team)
            .bind(Day(day.parse().unwrap()))
            .bind(part)
            .bind(worker)
            .bind(kind)
    )
    .unwrap();
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

async fn reads(db: &Db, worker: &WorkerId, child: &store::id::PersonId, when: &str) -> bool {
    let mut tx = db.read(Act::new(worker.clone(), at(when))).await.unwrap();
    people::open(&mut tx, child, Deed::ReadRecord).await.is_ok()
}

#[tokio::test]
async fn a_night_turn_runs_past_midnight_until_it_can_be_handed_over() {
    for (name, db) in testing::databases().await {
        let s = testing::small(&db).await.unwrap();
        let mut tx = testing::scene(&db).await;
        turn(&mut tx, &s.north, &s.tom, "2026-05-14", "night", "duty").await;
        tx.commit().await.unwrap();
        // Midday, evening, after midnight and in the morning, summer time; then it is over.
        for (when, expected) in [
            ("2026-05-13T21:00:00Z", false),
            ("2026-05-14T20:00:00Z", true),
            ("2026-05-15T02:00:00Z", true),
            ("2026-05-15T10:59:00Z", true),
            ("2026-05-15T11:01:00Z", false),
        ] {
            assert_eq!(reads(&db, &s.tom, &s.child, when).await, expected, "{name}: {when}");
        }
    }
}

#[tokio::test]
async fn out_of_hours_the_duty_manager_hears_of_a_hidden_record_as_well() {
    for (name, db) in testing::databases().await {
        let s = testing::small(&db).await.unwrap();
        let mut tx = testing::scene(&db).await;
        let day_manager = testing::worker(&mut tx, "Dai", "Rees", "team_manager", Some(&s.south)).await.unwrap();
        turn(&mut tx, &s.north, &s.grace, "2026-05-14", "night", "manager").await;
        turn(&mut tx, &s.south, &day_manager, "2026-05-14", "morning", "duty").await;
        tx.commit().await.unwrap();
        testing::hide(&db, &s.child, &s.ines).await.unwrap();
        let sought = Sought::read("Ellie", "Marsh", Born::read("2016-03-02", 2026).unwrap(), "");
        // (when, messages to the guardian, to the night's manager, to a manager with another turn), one search after another.
        for (when, guardian, night, day) in
            [("2026-05-14T10:00:00Z", 1, 0, 0), ("2026-05-14T20:30:00Z", 2, 1, 0), ("2026-05-15T01:30:00Z", 3, 2, 0)]
        {
            let found = search::search(&db, Act::new(s.tom.clone(), at(when)), &sought, 20).await.unwrap();
            assert!(found.hits.is_empty(), "{name}");
            for (worker, expected) in [(&s.ines, guardian), (&s.grace, night), (&day_manager, day)] {
                assert_eq!(testing::notices(&db, worker).await.unwrap(), expected, "{name}: {when} {worker}");
            }
        }
        // An address that somebody opens tells them too.
        let mut tx = db.write(Act::new(s.tom.clone(), at("2026-05-16T10:00:00Z"))).await.unwrap();
        assert!(matches!(people::open(&mut tx, &s.child, Deed::ReadRecord).await, Err(store::Error::Hidden(_))));
        store::restrictions::alert_guardian(&mut tx, &s.child).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(testing::notices(&db, &s.ines).await.unwrap(), 4, "{name}");
    }
}
