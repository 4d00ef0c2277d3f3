//! Tells a worker's line when nobody heard that the worker is back from a visit.

use std::time::Duration;

use store::{Act, Db, id::fresh, outbox, safe_return};

use crate::clock::Clock;

const EVERY: Duration = Duration::from_secs(60);

pub async fn run(db: Db, clock: Clock) {
    let me = fresh();
    loop {
        if let Err(e) = once(&db, &clock, &me).await {
            tracing::warn!(problem = %e, "those who watch for a worker could not be told; it is tried again");
        }
        tokio::time::sleep(EVERY).await;
    }
}

/// Looks, and writes only where somebody is late; one server at a time.
pub async fn once(db: &Db, clock: &Clock, holder: &str) -> store::Result<usize> {
    let mut tx = db.read(Act::system(clock.now())).await?;
    let late = safe_return::late(&mut tx).await?.len();
    drop(tx);
    if late == 0 {
        return Ok(0);
    }
    let mut tx = db.write(Act::system(clock.now())).await?;
    if !outbox::take_lease(&mut tx, "safe_return", holder, 60).await? {
        return Ok(0);
    }
    let told = safe_return::alarm(&mut tx).await?;
    tx.commit().await?;
    Ok(told)
}
