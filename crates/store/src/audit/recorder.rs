//! Reads are audited in groups: the first waits at most a few milliseconds for others, then one commit serves all.

use std::time::Duration;

use tokio::sync::{mpsc, oneshot};

use super::{Noted, chain};
use crate::{
    act::Act,
    db::Pools,
    error::{Error, Result},
};

/// How long the first read of a group waits for company.
const GROUP_FOR: Duration = Duration::from_millis(2);
/// No group is larger, so that no reader waits long behind others.
const GROUP_AT_MOST: usize = 256;

type Waiting = (Act, Vec<Noted>, oneshot::Sender<bool>);

pub struct Recorder {
    queue: mpsc::Sender<Waiting>,
}

impl Recorder {
    pub(crate) fn start(pools: Pools) -> Self {
        let (queue, inbox) = mpsc::channel(4096);
        tokio::spawn(write_groups(pools, inbox));
        Self { queue }
    }

    /// Returns once the entries are on disk; an error means that nothing may be shown.
    pub(crate) async fn record(&self, act: Act, noted: Vec<Noted>) -> Result<()> {
        let (done, answer) = oneshot::channel();
        self.queue.send((act, noted, done)).await.map_err(|_| Error::Busy)?;
        match answer.await {
            Ok(true) => Ok(()),
            _ => Err(Error::NoRoom),
        }
    }
}

async fn write_groups(pools: Pools, mut inbox: mpsc::Receiver<Waiting>) {
    while let Some(first) = inbox.recv().await {
        let mut group = vec![first];
        let until = tokio::time::Instant::now() + GROUP_FOR;
        while group.len() < GROUP_AT_MOST {
            match tokio::time::timeout_at(until, inbox.recv()).await {
                Ok(Some(next)) => group.push(next),
                _ => break,
            }
        }
        let (acts, waiting): (Vec<_>, Vec<_>) = group.into_iter().map(|(a, n, w)| ((a, n), w)).unzip();
        let written = write(&pools, &acts).await;
        if let Err(e) = &written {
            tracing::error!(error = %e, reads = acts.len(), "reads could not be audited and were refused");
        }
        for w in waiting {
            // A reader that went away meanwhile has still been recorded: more audit, never less.
            let _ = w.send(written.is_ok());
        }
    }
}

async fn write(pools: &Pools, acts: &[(Act, Vec<Noted>)]) -> Result<()> {
    let mut conn = pools.begin_write().await?;
    chain(&mut conn, acts).await?;
    conn.commit().await
}
