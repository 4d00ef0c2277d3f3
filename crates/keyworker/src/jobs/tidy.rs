//! Throws away once an hour what has no use any more: sessions and links that ended, old guesses, forms that nobody sent.

use std::time::Duration;

use store::{Act, Db, tidy};

use crate::clock::Clock;

const EVERY: Duration = Duration::from_secs(3600);

pub async fn run(db: Db, clock: Clock) {
    loop {
        if let Err(e) = once(&db, &clock).await {
            tracing::warn!(problem = %e, "what has ended could not be tidied away; it is tried again");
        }
        tokio::time::sleep(EVERY).await;
    }
}

async fn once(db: &Db, clock: &Clock) -> store::Result<()> {
    let mut tx = db.write(Act::system(clock.now())).await?;
    if tidy::away(&mut tx).await? > 0 {
        tx.commit().await?;
    }
    Ok(())
}
