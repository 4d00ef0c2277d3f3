//! Documents that wait for the virus scanner, and those that never arrived whole. A scanner that was down when a file came
//! is asked again every minute; until it has said "clean", nobody can open the file.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use store::{
    Act, At, Db,
    documents::{self, Contents},
    id::DocumentId,
};

use crate::{upload::Scanner, web::App};

const BETWEEN: Duration = Duration::from_secs(60);
/// So many are scanned in one go.
const AT_ONCE: i64 = 20;
/// What has not become whole by then never will.
const UNFINISHED_AFTER: SignedDuration = SignedDuration::from_hours(24);

/// Looks after documents, for ever. Two servers that scan the same file come to the same end.
pub async fn run(app: App) {
    loop {
        tokio::time::sleep(BETWEEN).await;
        scan_now(&app).await;
        if let Err(e) = clear(&app.db, app.clock.now()).await {
            tracing::warn!(problem = %e, "unfinished documents could not be cleared; it is tried again");
        }
    }
}

/// Scans what is waiting. A scanner that does not answer leaves it waiting, and says so in the log.
pub async fn scan_now(app: &App) {
    let Some(address) = &app.config.clamd else { return };
    if let Err(e) = scan_all(&app.db, &Scanner::new(address), app.clock.now()).await {
        tracing::warn!(problem = %e, "documents wait for the virus scanner; it is asked again");
    }
}

async fn scan_all(db: &Db, scanner: &Scanner, now: Timestamp) -> anyhow::Result<()> {
    let mut tx = db.read(Act::system(now)).await?;
    let waiting: Vec<(DocumentId, Contents)> = documents::waiting(&mut tx, AT_ONCE).await?;
    tx.finish().await?;
    for (id, contents) in waiting {
        let verdict = scanner.scan(db, contents).await;
        let mut tx = db.write(Act::system(now)).await?;
        match verdict {
            Ok(verdict) => documents::judged(&mut tx, &id, &verdict).await?,
            // One file that gets no verdict holds up no other: it goes to the end of the queue.
            Err(problem) => {
                documents::unanswered(&mut tx, &id).await?;
                tx.commit().await?;
                if !scanner.answers().await {
                    return Err(problem);
                }
                tracing::warn!(document = %id, %problem, "the scanner gave no verdict; it is asked again");
                continue;
            }
        }
        tx.commit().await?;
    }
    Ok(())
}

async fn clear(db: &Db, now: Timestamp) -> anyhow::Result<()> {
    let before = At::cut(now - UNFINISHED_AFTER);
    let mut tx = db.read(Act::system(now)).await?;
    let unfinished = documents::unfinished(&mut tx, before).await?;
    tx.finish().await?;
    if unfinished > 0 {
        let mut tx = db.write(Act::system(now)).await?;
        documents::clear_unfinished(&mut tx, before).await?;
        tx.commit().await?;
    }
    Ok(())
}
