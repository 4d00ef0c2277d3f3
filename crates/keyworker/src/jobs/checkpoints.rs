//! Signs the audit's head every minute while entries arrive, or after a thousand of them, and appends the line to
//! `checkpoints.log` in the folder of keys and to the log, for whoever keeps it outside: with such a line anyone can later
//! show that what came before it was neither altered nor cut off.

use std::{
    fs::{self, OpenOptions},
    io::Write as _,
    path::PathBuf,
    time::Duration,
};

use anyhow::Context as _;
use jiff::{SignedDuration, Timestamp};
use store::{
    Db,
    audit::{self, Checkpoint, Signer},
};

use crate::{clock::Clock, keys::Keys};

const LOOK_EVERY: Duration = Duration::from_secs(2);
const AT_LEAST_EVERY: SignedDuration = SignedDuration::from_secs(60);
const ENTRIES_AT_MOST: i64 = 1000;

pub struct Checkpoints {
    db: Db,
    clock: Clock,
    signer: Signer,
    log: PathBuf,
    last: Option<Timestamp>,
    /// Signed, but not yet in the log: its disk was full, or the folder away.
    unwritten: Vec<Checkpoint>,
}

impl Checkpoints {
    pub fn new(db: &Db, clock: &Clock, keys: &Keys) -> anyhow::Result<Self> {
        Ok(Self {
            db: db.clone(),
            clock: clock.clone(),
            signer: keys.audit_signer()?,
            log: keys.checkpoints_log(),
            last: None,
            unwritten: Vec::new(),
        })
    }

    /// Says whether the database still holds what the log says of it; it does not when an older copy was put back.
    pub async fn look_back(&self) -> anyhow::Result<()> {
        let text = fs::read_to_string(&self.log).unwrap_or_default();
        let Some(point) = text.lines().rev().find_map(Checkpoint::from_line) else { return Ok(()) };
        if !audit::holds(&self.db, &point).await? {
            tracing::error!(
                seq = point.seq,
                "the audit is not what was once signed: an older copy of the database was put back, or the chain was altered. Run keyworker audit verify --since with checkpoints.log"
            );
        }
        Ok(())
    }

    /// Looks and signs, for ever.
    pub async fn run(mut self) {
        loop {
            if let Err(e) = self.tick().await {
                tracing::warn!(problem = %format!("{e:#}"), "no checkpoint of the audit could be made; it is tried again");
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// Signs if it is time to.
    pub async fn tick(&mut self) -> anyhow::Result<()> {
        self.write_down()?;
        let now = self.clock.now();
        let waited = self.last.is_none_or(|last| now.duration_since(last) >= AT_LEAST_EVERY);
        let behind = audit::unsigned(&self.db).await?;
        if behind >= ENTRIES_AT_MOST || (behind > 0 && waited) {
            self.sign().await?;
        }
        Ok(())
    }

    /// Signs now what has not been signed: also when the server stops.
    pub async fn sign(&mut self) -> anyhow::Result<()> {
        let now = self.clock.now();
        if let Some(point) = audit::checkpoint(&self.db, &self.signer, now).await? {
            tracing::info!(checkpoint = %point, "checkpoint of the audit");
            self.unwritten.push(point);
        }
        self.last = Some(now);
        self.write_down()
    }

    fn write_down(&mut self) -> anyhow::Result<()> {
        if self.unwritten.is_empty() {
            return Ok(());
        }
        let mut file =
            OpenOptions::new().create(true).append(true).open(&self.log).with_context(|| format!("cannot write {}", self.log.display()))?;
        let lines: String = self.unwritten.iter().map(|p| format!("{p}\n")).collect();
        file.write_all(lines.as_bytes())?;
        file.sync_data()?;
        self.unwritten.clear();
        Ok(())
    }
}
