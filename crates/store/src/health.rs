//! Whether the database is well, for the people who run Keyworker. Nothing here reads anybody's record.

use crate::{Act, Db, Result, run, sql};

/// Answers, and can be written to: a row is written and taken back.
pub async fn check(db: &Db, act: Act) -> Result<()> {
    let mut tx = db.write(act).await?;
    let at = tx.act().at();
    run!(
        tx,
        sqlx::query(
            "INSERT INTO lease (name, holder, until_at) VALUES ('health', 'health', $1) ON CONFLICT (name) DO UPDATE SET until_at = $1"
        )
        .bind(at)
    )?;
    Ok(())
}

/// Figures of the database that an operator watches: what waits to be sent, how long the audit is.
pub async fn sizes(db: &Db) -> Result<Vec<(&'static str, i64)>> {
    let mut tx = db.read(Act::system(jiff::Timestamp::UNIX_EPOCH)).await?;
    let (waiting, failed, audit, sessions): (i64, i64, i64, i64) = sql!(tx, |c| {
        sqlx::query_as(
        "SELECT (SELECT COUNT(*) FROM outbox WHERE state = 'queued'), (SELECT COUNT(*) FROM outbox WHERE state = 'failed'), (SELECT last_seq FROM audit_head WHERE id = 1), (SELECT COUNT(*) FROM session)"
    )
    .fetch_one(c)
    })?;
    Ok(vec![("outbox_waiting", waiting), ("outbox_failed", failed), ("audit_entries", audit), ("sessions", sessions)])
}
