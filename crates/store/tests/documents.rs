//! Documents on both databases: in by parts and out whole, shut until scanned, kept by a backup.
#![allow(clippy::unwrap_used)]

use care::{access::Deed, chronology::EntryKind};
use jiff::SignedDuration;
use store::{
    Act, At, Db, Error,
    documents::{self, Arriving, State, Verdict, Whole},
    id::DocumentId,
    people,
    record::{self, NewEntry},
    testing::{self, Small},
};

/// Puts a file onto the child's record in parts.
async fn put(db: &Db, small: &Small, parts: &[Vec<u8>], state: State) -> DocumentId {
    let mut tx = db.write(Act::new(small.priya.clone(), testing::start())).await.unwrap();
    let opened = people::open(&mut tx, &small.child, Deed::WriteNote).await.unwrap();
    let mut arriving: Arriving = documents::begin(&mut tx, &opened).await.unwrap();
    tx.commit().await.unwrap();
    for part in parts {
        documents::part(db, &mut arriving, part).await.unwrap();
    }
    let mut tx = db.write(Act::new(small.priya.clone(), testing::start())).await.unwrap();
    let opened = people::open(&mut tx, &small.child, Deed::WriteNote).await.unwrap();
    let entry = record::add(&mut tx, &opened, &NewEntry::new(EntryKind::Document, testing::TODAY, "Document", "")).await.unwrap();
    let whole =
        Whole { name: "a.pdf".into(), media_type: "application/pdf", sha256: "00".into(), words: String::new(), dated_on: None, state };
    documents::finish(&mut tx, &opened, &arriving, &whole, &entry).await.unwrap();
    tx.commit().await.unwrap();
    arriving.id().clone()
}

async fn read(db: &Db, small: &Small, id: &DocumentId) -> store::Result<Vec<u8>> {
    let mut tx = db.read(Act::new(small.priya.clone(), testing::start())).await?;
    let opened = people::open(&mut tx, &small.child, Deed::ReadRecord).await?;
    let (_, mut contents) = documents::read(&mut tx, &opened, id).await?;
    tx.finish().await?;
    let mut all = Vec::new();
    while let Some(part) = contents.next(db).await? {
        all.extend(part);
    }
    Ok(all)
}

fn two_parts() -> Vec<Vec<u8>> {
    vec![vec![7; documents::PART], b"the end".to_vec()]
}

#[tokio::test]
async fn a_file_comes_out_as_it_went_in_and_its_reading_is_on_record() {
    for (name, db) in testing::databases().await {
        let small = testing::small(&db).await.unwrap();
        let id = put(&db, &small, &two_parts(), State::Unscanned).await;
        assert_eq!(read(&db, &small, &id).await.unwrap(), two_parts().concat(), "{name}");
        let read = testing::text(&db, "SELECT CAST(COUNT(*) AS TEXT) FROM audit_entry WHERE deed = 'document.read'").await;
        assert_eq!(read, "1", "{name}");
    }
}

#[tokio::test]
async fn what_is_quarantined_opens_only_after_the_scanner_has_said_clean() {
    for (name, db) in testing::databases().await {
        let small = testing::small(&db).await.unwrap();
        let (good, bad) =
            (put(&db, &small, &two_parts(), State::Quarantined).await, put(&db, &small, &two_parts(), State::Quarantined).await);
        assert!(matches!(read(&db, &small, &good).await, Err(Error::NotFound)), "{name}");
        let later = testing::start() + SignedDuration::from_mins(5);
        let mut tx = db.write(Act::system(later)).await.unwrap();
        assert_eq!(documents::waiting(&mut tx, 1).await.unwrap()[0].0, good, "{name}: the first to come is asked about first");
        documents::unanswered(&mut tx, &good).await.unwrap();
        assert_eq!(documents::waiting(&mut tx, 1).await.unwrap()[0].0, bad, "{name}: one without a verdict holds up no other");
        documents::judged(&mut tx, &good, &Verdict::Clean).await.unwrap();
        documents::judged(&mut tx, &bad, &Verdict::Infected("Eicar".into())).await.unwrap();
        assert!(documents::waiting(&mut tx, 9).await.unwrap().is_empty());
        assert_eq!(testing::count(&mut tx, "document_part").await.unwrap(), 2, "{name}: what is infected is gone");
        tx.commit().await.unwrap();
        assert!(read(&db, &small, &good).await.is_ok(), "{name}");
        assert!(matches!(read(&db, &small, &bad).await, Err(Error::NotFound)), "{name}");
    }
}

#[tokio::test]
async fn what_never_became_whole_is_seen_by_nobody_and_cleared() {
    for (name, db) in testing::databases().await {
        let small = testing::small(&db).await.unwrap();
        let mut tx = db.write(Act::new(small.priya.clone(), testing::start())).await.unwrap();
        let opened = people::open(&mut tx, &small.child, Deed::WriteNote).await.unwrap();
        let mut arriving = documents::begin(&mut tx, &opened).await.unwrap();
        tx.commit().await.unwrap();
        documents::part(&db, &mut arriving, b"half of it").await.unwrap();
        let mut tx = db.write(Act::system(testing::start() + SignedDuration::from_hours(25))).await.unwrap();
        let opened = people::open(&mut tx, &small.child, Deed::ReadRecord).await.unwrap();
        assert!(documents::of_person(&mut tx, &opened).await.unwrap().is_empty(), "{name}");
        let before = At::cut(testing::start() + SignedDuration::from_hours(1));
        assert_eq!(documents::unfinished(&mut tx, before).await.unwrap(), 1, "{name}");
        assert_eq!(documents::clear_unfinished(&mut tx, before).await.unwrap(), 1, "{name}");
        assert_eq!(testing::count(&mut tx, "document_part").await.unwrap(), 0, "{name}");
    }
}

#[tokio::test]
async fn a_backup_holds_the_documents_and_notices_a_missing_part() {
    let db = testing::sqlite().await;
    let small = testing::small(&db).await.unwrap();
    let id = put(&db, &small, &two_parts(), State::Clean).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("copy.db");
    store::backup::copy_to(&db, &file).await.unwrap();
    let address = format!("sqlite://{}", file.display());
    assert_eq!(store::backup::check(&address).await.unwrap().documents, 1);
    let copy = Db::open(&address).await.unwrap();
    assert_eq!(read(&copy, &small, &id).await.unwrap(), two_parts().concat());
    testing::behind_its_back(&copy, "DELETE FROM document_part WHERE part = 1").await;
    copy.close().await;
    assert!(store::backup::check(&address).await.unwrap_err().to_string().contains("a part of document"));
}
