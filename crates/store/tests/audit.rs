//! Whoever has the database can alter it, but not unseen: every kind of change is reported with the entry's number.
#![allow(clippy::unwrap_used)]

use care::access::Deed;
use store::{
    Act, Db,
    audit::{self, Checkpoint, Fault, Signer},
    people, testing,
};

/// A small borough in which records were read, written and searched; every third entry carries erasable words.
async fn used(db: &Db) -> testing::Small {
    let small = testing::small(db).await.unwrap();
    for n in 0..12 {
        let mut tx = db.read(Act::new(small.priya.clone(), testing::start())).await.unwrap();
        people::open(&mut tx, &small.child, Deed::ReadRecord).await.unwrap();
        if n % 3 == 0 {
            tx.note(audit::Noted::new("search", "person", "").words("Marsh, é, O'Hara"));
        }
        tx.finish().await.unwrap();
    }
    small
}

async fn faults(db: &Db, held: &[Checkpoint]) -> Vec<Fault> {
    audit::verify(db, None, held).await.unwrap().faults
}

async fn last(db: &Db) -> i64 {
    testing::text(db, "SELECT CAST(last_seq AS TEXT) FROM audit_head WHERE id = 1").await.parse().unwrap()
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// The text with the lowest bit of one character's last byte flipped; none where that is no text any more.
fn flipped(text: &str, at: usize) -> Option<String> {
    let mut bytes = text.as_bytes().to_vec();
    bytes[at] ^= 1;
    String::from_utf8(bytes).ok().filter(|t| !t.contains('\0'))
}

#[tokio::test]
async fn any_altered_byte_is_reported_with_its_number() {
    for (name, db) in testing::databases().await {
        used(&db).await;
        assert_eq!(faults(&db, &[]).await, vec![], "{name}");
        let mut flips = 0;
        for seq in [1, 7, 9] {
            for column in ["actor", "deed", "subject_kind", "subject_id", "because", "detail_digest", "hash"] {
                let was = testing::text(&db, &format!("SELECT {column} FROM audit_entry WHERE seq = {seq}")).await;
                for altered in (0..was.len()).filter_map(|at| flipped(&was, at)) {
                    testing::behind_its_back(&db, &format!("UPDATE audit_entry SET {column} = {} WHERE seq = {seq}", quoted(&altered)))
                        .await;
                    let found = faults(&db, &[]).await;
                    assert!(found.iter().any(|f| f.seq() == seq), "{name}: {column} of {seq}: {was} to {altered}: {found:?}");
                    assert!(found.iter().all(|f| f.seq() == seq || f.seq() == seq + 1), "{name}: only there: {found:?}");
                    flips += 1;
                }
                testing::behind_its_back(&db, &format!("UPDATE audit_entry SET {column} = {} WHERE seq = {seq}", quoted(&was))).await;
            }
        }
        assert!(flips > 300, "{name}: {flips}");
        assert_eq!(faults(&db, &[]).await, vec![], "{name}: as it was");
    }
}

#[tokio::test]
async fn an_altered_time_is_reported() {
    for (name, db) in testing::databases().await {
        used(&db).await;
        let was = testing::text(&db, "SELECT CAST(at AS TEXT) FROM audit_entry WHERE seq = 5").await;
        for altered in (0..was.len()).filter_map(|at| flipped(&was, at)) {
            if name == "PostgreSQL" {
                break;
            }
            testing::behind_its_back(&db, &format!("UPDATE audit_entry SET at = {} WHERE seq = 5", quoted(&altered))).await;
            let found = faults(&db, &[]).await;
            assert!(found.iter().any(|f| f.seq() == 5), "{name}: {was} to {altered}: {found:?}");
        }
        testing::behind_its_back(&db, "UPDATE audit_entry SET at = '2026-05-14T09:00:00.001Z' WHERE seq = 5").await;
        assert_eq!(faults(&db, &[]).await, vec![Fault::Broken { seq: 5 }], "{name}");
    }
}

#[tokio::test]
async fn altered_and_vanished_words_are_reported_and_erased_ones_are_not() {
    for (name, db) in testing::databases().await {
        used(&db).await;
        let seq: i64 = testing::text(&db, "SELECT CAST(MAX(seq) AS TEXT) FROM audit_detail").await.parse().unwrap();
        let was = testing::text(&db, &format!("SELECT words FROM audit_detail WHERE seq = {seq}")).await;
        for altered in (0..was.len()).filter_map(|at| flipped(&was, at)) {
            testing::behind_its_back(&db, &format!("UPDATE audit_detail SET words = {} WHERE seq = {seq}", quoted(&altered))).await;
            assert_eq!(faults(&db, &[]).await, vec![Fault::WordsAltered { seq }], "{name}: {altered}");
        }
        testing::behind_its_back(&db, &format!("UPDATE audit_detail SET words = NULL WHERE seq = {seq}")).await;
        assert_eq!(faults(&db, &[]).await, vec![Fault::WordsMissing { seq }], "{name}");
        testing::behind_its_back(&db, &format!("UPDATE audit_detail SET erased_at = '2026-05-14T09:00:00.000Z' WHERE seq = {seq}")).await;
        assert_eq!(faults(&db, &[]).await, vec![], "{name}: erased");
        testing::behind_its_back(&db, "INSERT INTO audit_detail (seq, salt, words) VALUES (2, '', 'words that nobody wrote')").await;
        assert_eq!(faults(&db, &[]).await, vec![Fault::WordsAltered { seq: 2 }], "{name}: added");
    }
}

#[tokio::test]
async fn a_deleted_row_is_reported_wherever_it_stood() {
    for (name, db) in testing::databases().await {
        used(&db).await;
        let end = last(&db).await;
        for seq in [1, 4, end] {
            testing::behind_its_back(&db, "CREATE TABLE kept AS SELECT * FROM audit_entry").await;
            testing::behind_its_back(&db, &format!("DELETE FROM audit_detail WHERE seq = {seq}")).await;
            testing::behind_its_back(&db, &format!("DELETE FROM audit_entry WHERE seq = {seq}")).await;
            let found = faults(&db, &[]).await;
            let expected = if seq == end { Fault::Head { seq: end - 1 } } else { Fault::Missing { seq } };
            assert!(found.contains(&expected), "{name}: {seq}: {found:?}");
            testing::behind_its_back(&db, &format!("INSERT INTO audit_entry SELECT * FROM kept WHERE seq = {seq}")).await;
            testing::behind_its_back(&db, "DROP TABLE kept").await;
        }
    }
}

#[tokio::test]
async fn two_swapped_rows_are_reported() {
    for (name, db) in testing::databases().await {
        used(&db).await;
        testing::behind_its_back(&db, "DELETE FROM audit_detail WHERE seq IN (3, 4)").await;
        for (from, to) in [(3, -3), (4, 3), (-3, 4)] {
            testing::behind_its_back(&db, &format!("UPDATE audit_entry SET seq = {to} WHERE seq = {from}")).await;
        }
        let found = faults(&db, &[]).await;
        assert!(found.contains(&Fault::Broken { seq: 3 }) && found.contains(&Fault::Broken { seq: 4 }), "{name}: {found:?}");
    }
}

/// Cuts the chain off after an entry so that it holds in itself, as an older copy of the database would.
async fn cut_off(db: &Db, after: i64) {
    let hash = testing::text(db, &format!("SELECT hash FROM audit_entry WHERE seq = {after}")).await;
    testing::behind_its_back(db, &format!("DELETE FROM audit_detail WHERE seq > {after}")).await;
    testing::behind_its_back(db, &format!("DELETE FROM audit_entry WHERE seq > {after}")).await;
    testing::behind_its_back(db, &format!("DELETE FROM audit_checkpoint WHERE seq > {after}")).await;
    testing::behind_its_back(db, &format!("UPDATE audit_head SET last_seq = {after}, last_hash = {} WHERE id = 1", quoted(&hash))).await;
}

#[tokio::test]
async fn a_tail_cut_off_an_old_copy_and_a_fork_are_shown_by_a_checkpoint_kept_outside() {
    for (name, db) in testing::databases().await {
        let small = used(&db).await;
        let signer = Signer::from_seed([7; 32]);
        let point = audit::checkpoint(&db, &signer, testing::start()).await.unwrap().unwrap();
        let held = std::slice::from_ref(&point);
        assert_eq!(audit::verify(&db, Some(&signer.public()), held).await.unwrap().faults, vec![], "{name}");
        assert!(audit::holds(&db, &point).await.unwrap());

        cut_off(&db, point.seq - 4).await;
        assert_eq!(faults(&db, &[]).await, vec![], "{name}: an old copy holds in itself");
        assert_eq!(faults(&db, held).await, vec![Fault::CheckpointUnmet { seq: point.seq }], "{name}: cut off");
        assert!(!audit::holds(&db, &point).await.unwrap());

        for _ in 0..6 {
            let mut tx = db.read(Act::new(small.grace.clone(), testing::start())).await.unwrap();
            people::open(&mut tx, &small.child, Deed::ReadRecord).await.unwrap();
            tx.finish().await.unwrap();
        }
        assert!(last(&db).await > point.seq);
        assert_eq!(faults(&db, held).await, vec![Fault::CheckpointUnmet { seq: point.seq }], "{name}: a fork");
    }
}

#[tokio::test]
async fn a_checkpoint_with_another_key_is_reported() {
    for (name, db) in testing::databases().await {
        used(&db).await;
        let (ours, theirs) = (Signer::from_seed([7; 32]), Signer::from_seed([8; 32]));
        let point = audit::checkpoint(&db, &theirs, testing::start()).await.unwrap().unwrap();
        let found = audit::verify(&db, Some(&ours.public()), &[]).await.unwrap().faults;
        assert_eq!(found, vec![Fault::CheckpointForged { seq: point.seq }], "{name}");
    }
}

#[tokio::test]
async fn an_altered_or_missing_head_is_reported() {
    for (name, db) in testing::databases().await {
        used(&db).await;
        let end = last(&db).await;
        testing::behind_its_back(&db, "UPDATE audit_head SET last_hash = '00' WHERE id = 1").await;
        assert_eq!(faults(&db, &[]).await, vec![Fault::Head { seq: end }], "{name}");
        testing::behind_its_back(&db, "DELETE FROM audit_head").await;
        assert_eq!(faults(&db, &[]).await, vec![Fault::Head { seq: end }], "{name}");
    }
}

#[tokio::test]
async fn what_cannot_be_audited_is_neither_done_nor_shown() {
    for (name, db) in testing::databases().await {
        let small = used(&db).await;
        testing::behind_its_back(&db, "ALTER TABLE audit_entry RENAME TO taken_away").await;
        let mut tx = db.read(Act::new(small.priya.clone(), testing::start())).await.unwrap();
        people::open(&mut tx, &small.child, Deed::ReadRecord).await.unwrap();
        assert!(tx.finish().await.is_err(), "{name}: a reading is not answered");

        let mut tx = db.write(Act::command_line("operator", testing::start())).await.unwrap();
        store::accounts::disable(&mut tx, &small.tom).await.unwrap();
        assert!(tx.commit().await.is_err(), "{name}: a write fails");
        testing::behind_its_back(&db, "ALTER TABLE taken_away RENAME TO audit_entry").await;
        let mut tx = db.read(Act::system(testing::start())).await.unwrap();
        let account = store::accounts::of_worker(&mut tx, &small.tom).await.unwrap().unwrap();
        assert!(account.disabled_at.is_none(), "{name}: and leaves nothing behind");
        assert_eq!(faults(&db, &[]).await, vec![], "{name}");
    }
}
