//! Access and audit on both databases: who may open a record, and a chain that shows every change.
#![allow(clippy::unwrap_used)]

use care::access::Deed;
use store::{Act, Db, Error, audit, people, testing};

#[tokio::test]
async fn a_record_opens_by_a_tie_and_not_without() {
    for (name, db) in testing::databases().await {
        let s = testing::small(&db).await.unwrap();
        for (worker, deed, expected) in [
            (&s.priya, Deed::ReadRecord, "open"),
            (&s.priya, Deed::WriteNote, "open"),
            (&s.tom, Deed::ReadRecord, "index"),
            (&s.grace, Deed::ReadRecord, "open"),
            (&s.grace, Deed::Allocate, "open"),
            (&s.flora, Deed::ReadRecord, "index"),
            (&s.flora, Deed::ReadIndex, "open"),
            (&s.sam, Deed::ReadIndex, "role"),
        ] {
            let mut tx = db.read(Act::new(worker.clone(), testing::start())).await.unwrap();
            let got = match people::open(&mut tx, &s.child, deed).await {
                Ok(_) => "open",
                Err(Error::IndexOnly(_)) => "index",
                Err(Error::RoleLacks) => "role",
                Err(e) => panic!("{e}"),
            };
            assert_eq!(got, expected, "{name}: {worker} {deed}");
            tx.finish().await.unwrap();
        }
    }
}

#[tokio::test]
async fn a_write_without_an_audit_entry_is_refused() {
    for (name, db) in testing::databases().await {
        let tx = db.write(Act::system(testing::start())).await.unwrap();
        assert!(matches!(tx.commit().await, Err(Error::Unaudited)), "{name}");
    }
}

async fn reads(db: &Db, s: &testing::Small, n: usize) {
    for _ in 0..n {
        let mut tx = db.read(Act::new(s.priya.clone(), testing::start())).await.unwrap();
        people::open(&mut tx, &s.child, Deed::ReadRecord).await.unwrap();
        tx.finish().await.unwrap();
    }
}

#[tokio::test]
async fn the_chain_holds_over_many_writers_at_once() {
    for (name, db) in testing::databases().await {
        let s = testing::small(&db).await.unwrap();
        let before = audit::verify(&db, None, &[]).await.unwrap().entries;
        let mut all = tokio::task::JoinSet::new();
        for _ in 0..8 {
            let (db, priya, child) = (db.clone(), s.priya.clone(), s.child.clone());
            all.spawn(async move {
                for _ in 0..10 {
                    let mut tx = db.read(Act::new(priya.clone(), testing::start())).await.unwrap();
                    people::open(&mut tx, &child, Deed::ReadRecord).await.unwrap();
                    tx.finish().await.unwrap();
                }
            });
        }
        while let Some(done) = all.join_next().await {
            done.unwrap();
        }
        let verdict = audit::verify(&db, None, &[]).await.unwrap();
        assert_eq!(verdict.faults, vec![], "{name}");
        assert_eq!(verdict.entries, before + 80, "{name}");
    }
}

#[tokio::test]
async fn checkpoints_show_a_tail_cut_off() {
    for (name, db) in testing::databases().await {
        let s = testing::small(&db).await.unwrap();
        let signer = audit::Signer::from_seed([7; 32]);
        reads(&db, &s, 3).await;
        let point = audit::checkpoint(&db, &signer, testing::start()).await.unwrap().unwrap();
        assert_eq!(audit::Checkpoint::from_line(&point.to_string()), Some(point.clone()));
        let good = audit::verify(&db, Some(&signer.public()), std::slice::from_ref(&point)).await.unwrap();
        assert_eq!(good.faults, vec![], "{name}");
        let ahead = audit::Checkpoint { seq: point.seq + 5, ..point };
        let cut = audit::verify(&db, None, std::slice::from_ref(&ahead)).await.unwrap();
        assert_eq!(cut.faults, vec![audit::Fault::CheckpointUnmet { seq: ahead.seq }], "{name}");
    }
}
