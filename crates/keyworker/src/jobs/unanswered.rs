//! Tells a team's manager when nobody of the team acknowledged in time what came from the front door.

use std::time::Duration;

use store::{Act, Db, front_door, id::fresh, outbox};

use crate::clock::Clock;

const EVERY: Duration = Duration::from_secs(300);

pub async fn run(db: Db, clock: Clock) {
    let me = fresh();
    loop {
        if let Err(e) = once(&db, &clock, &me).await {
            tracing::warn!(problem = %e, "what nobody acknowledged could not be told to a manager; it is tried again");
        }
        tokio::time::sleep(EVERY).await;
    }
}

/// Looks, and writes only where there is something to tell; one server at a time.
pub async fn once(db: &Db, clock: &Clock, holder: &str) -> store::Result<usize> {
    let mut tx = db.read(Act::system(clock.now())).await?;
    let waiting = front_door::unanswered(&mut tx).await?.len();
    drop(tx);
    if waiting == 0 {
        return Ok(0);
    }
    let mut tx = db.write(Act::system(clock.now())).await?;
    if !outbox::take_lease(&mut tx, "unanswered", holder, 60).await? {
        return Ok(0);
    }
    let told = front_door::escalate(&mut tx).await?;
    tx.commit().await?;
    Ok(told)
}
