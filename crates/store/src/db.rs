//! The database as a value: SQLite embedded, or PostgreSQL by its address. One text of SQL for both.
//!
//! SQLite has one writer connection and a pool of read-only readers (write-ahead log, every commit
//! synced); PostgreSQL has one pool. A transaction carries its [`Act`] and the audit rows it has earned.

use std::{str::FromStr, sync::Arc, time::Duration};

use care::access::Role;
use sqlx::{
    Postgres, Sqlite, Transaction,
    migrate::Migrator,
    postgres::{PgPool, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous},
};

use crate::{
    At,
    act::Act,
    audit::{self, Noted, Recorder},
    drafts,
    error::{Error, Result},
};

pub(crate) static MIGRATIONS: Migrator = sqlx::migrate!("./migrations");

#[derive(Clone)]
pub struct Db {
    pools: Pools,
    recorder: Arc<Recorder>,
}

#[derive(Clone)]
pub(crate) enum Pools {
    Sqlite { write: SqlitePool, read: SqlitePool },
    Postgres(PgPool),
}

/// Which of the two it is, for words on the operator's pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Sqlite,
    Postgres,
}

impl Db {
    /// `address` is `sqlite:///absolute/path` or `postgres://…`. A missing SQLite file is created.
    pub async fn open(address: &str) -> Result<Self> {
        let pools = if address.starts_with("postgres://") || address.starts_with("postgresql://") {
            let pool = PgPoolOptions::new().max_connections(16).acquire_timeout(Duration::from_secs(5)).connect(address).await?;
            Pools::Postgres(pool)
        } else if address.starts_with("sqlite:") {
            open_sqlite(address).await?
        } else {
            return Err(Error::refused(
                "database",
                format!("\"{address}\" is not a database address: write sqlite:///absolute/path or postgres://user@host/name"),
            ));
        };
        let recorder = Arc::new(Recorder::start(pools.clone()));
        Ok(Self { pools, recorder })
    }

    /// Brings the schema up to this program's; says how many steps it took. Refuses a newer schema.
    pub async fn migrate(&self) -> Result<usize> {
        let before = self.migrations_applied().await.unwrap_or(0);
        let ran = match &self.pools {
            Pools::Sqlite { write, .. } => MIGRATIONS.run(write).await,
            Pools::Postgres(pool) => MIGRATIONS.run(pool).await,
        };
        ran.map_err(|e| match e {
            sqlx::migrate::MigrateError::VersionMissing(v) => Error::refused(
                "database",
                format!(
                    "the database was made by a newer Keyworker (its step {v} is unknown here); install that version or restore a backup"
                ),
            ),
            other => Error::Corrupt(other.to_string()),
        })?;
        Ok(self.migrations_applied().await?.saturating_sub(before))
    }

    /// How many schema steps this program knows that the database does not have yet.
    pub async fn migrations_pending(&self) -> Result<usize> {
        let done = self.migrations_applied().await.unwrap_or(0);
        Ok(MIGRATIONS.iter().count().saturating_sub(done))
    }

    async fn migrations_applied(&self) -> Result<usize> {
        let text = "SELECT COUNT(*) FROM _sqlx_migrations";
        let (n,): (i64,) = match &self.pools {
            Pools::Sqlite { read, .. } => sqlx::query_as(text).fetch_one(read).await?,
            Pools::Postgres(pool) => sqlx::query_as(text).fetch_one(pool).await?,
        };
        Ok(usize::try_from(n).unwrap_or(0))
    }

    pub fn kind(&self) -> Kind {
        match &self.pools {
            Pools::Sqlite { .. } => Kind::Sqlite,
            Pools::Postgres(_) => Kind::Postgres,
        }
    }

    /// The database as it stands at this moment, for reading below the transaction type.
    pub(crate) async fn snapshot(&self) -> Result<Conn> {
        Ok(match &self.pools {
            Pools::Sqlite { read, .. } => Conn::Sqlite(read.begin().await?),
            Pools::Postgres(pool) => Conn::Postgres(pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?),
        })
    }

    /// A transaction that only reads. Call [`Tx::finish`] before showing anything of what it read.
    pub async fn read(&self, act: Act) -> Result<Tx> {
        let conn = self.snapshot().await?;
        Ok(Tx { conn, act, noted: Vec::new(), reads: Some(self.recorder.clone()), glass: None, roles: None, sends: None })
    }

    /// A transaction that writes. SQLite takes its one writer's place at once, so that it cannot fail half-way.
    pub async fn write(&self, act: Act) -> Result<Tx> {
        let conn = self.pools.begin_write().await?;
        Ok(Tx { conn, act, noted: Vec::new(), reads: None, glass: None, roles: None, sends: None })
    }

    /// One statement outside the audit: only for traces of use (a session seen), never for a record.
    pub(crate) async fn quietly(&self, statement: &'static str, at: crate::At, key: &str) -> Result<()> {
        match &self.pools {
            Pools::Sqlite { write, .. } => sqlx::query(statement).bind(at).bind(key).execute(write).await.map(|_| ())?,
            Pools::Postgres(pool) => sqlx::query(statement).bind(at).bind(key).execute(pool).await.map(|_| ())?,
        }
        Ok(())
    }

    /// Waits for what is being written and closes the pools.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite { write, read } => {
                read.close().await;
                write.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }

    pub(crate) fn pools(&self) -> &Pools {
        &self.pools
    }
}

impl Pools {
    pub(crate) async fn begin_write(&self) -> Result<Conn> {
        Ok(match self {
            Pools::Sqlite { write, .. } => Conn::Sqlite(match write.begin_with("BEGIN IMMEDIATE").await {
                // A full disk ends SQLite's transaction by itself, which the connection does not learn: another takes its place.
                Err(sqlx::Error::InvalidSavePointStatement) => {
                    write.acquire().await?.close().await?;
                    write.begin_with("BEGIN IMMEDIATE").await?
                }
                begun => begun?,
            }),
            Pools::Postgres(pool) => Conn::Postgres(pool.begin().await?),
        })
    }
}

async fn open_sqlite(address: &str) -> Result<Pools> {
    let options = SqliteConnectOptions::from_str(address)?
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(5))
        .pragma("cache_size", "-16000")
        .pragma("mmap_size", "268435456")
        .statement_cache_capacity(400);
    let write = SqlitePoolOptions::new().max_connections(1).acquire_timeout(Duration::from_secs(10)).connect_with(options.clone()).await?;
    let read =
        SqlitePoolOptions::new().max_connections(4).acquire_timeout(Duration::from_secs(10)).connect_with(options.read_only(true)).await?;
    Ok(Pools::Sqlite { write, read })
}

/// A typed connection inside a transaction: `sql!` writes one text for both arms.
pub enum Conn {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

impl Conn {
    pub(crate) async fn commit(self) -> Result<()> {
        match self {
            Conn::Sqlite(t) => t.commit().await?,
            Conn::Postgres(t) => t.commit().await?,
        }
        Ok(())
    }
}

/// A transaction of one worker's act. Dropped without [`Tx::commit`] or [`Tx::finish`], it leaves nothing behind.
pub struct Tx {
    pub conn: Conn,
    act: Act,
    noted: Vec<Noted>,
    reads: Option<Arc<Recorder>>,
    glass: Option<At>,
    /// The roles of whoever acts, once they have been asked for: a page opens several records.
    roles: Option<Vec<Role>>,
    /// The draft of the form that this act sends: cleared with it.
    sends: Option<(String, String, drafts::From)>,
}

impl Tx {
    pub fn act(&self) -> &Act {
        &self.act
    }
    pub fn today(&self) -> jiff::civil::Date {
        self.act.today()
    }

    /// This act sends a form that was opened from a draft: the draft goes when it is committed, and not before.
    pub fn sends(&mut self, form: &str, subject: &str, from: &drafts::From) {
        self.sends = Some((form.to_owned(), subject.to_owned(), from.clone()));
    }

    /// Notes what this act read or did; the rows reach the chain when the transaction ends.
    pub fn note(&mut self, noted: Noted) {
        self.noted.push(noted);
    }

    pub(crate) fn only_reads(&self) -> bool {
        self.reads.is_some()
    }
    pub(crate) fn known_roles(&self) -> Option<&[Role]> {
        self.roles.as_deref()
    }
    /// Only in a transaction that reads: one that writes may change them.
    pub(crate) fn know_roles(&mut self, roles: &[Role]) {
        self.roles = Some(roles.to_vec());
    }

    /// A record was opened because the asker had broken the glass, until this moment.
    pub(crate) fn through_the_glass(&mut self, until: At) {
        self.glass = Some(until);
    }

    /// Until when a record that this transaction opened is open by breaking the glass; every page of it says so.
    pub fn glass_until(&self) -> Option<At> {
        self.glass
    }

    /// Ends a writing transaction: its audit rows and what it wrote reach the disk together or not at all.
    pub async fn commit(mut self) -> Result<()> {
        if self.noted.is_empty() {
            return Err(Error::Unaudited);
        }
        if let Some((form, subject, from)) = self.sends.take() {
            drafts::clear(&mut self, &form, &subject, &from).await?;
        }
        audit::chain(&mut self.conn, &[(self.act.clone(), std::mem::take(&mut self.noted))]).await?;
        self.conn.commit().await
    }

    /// Ends a writing transaction that touched no record and did nobody's bidding: a lease kept, a visit counted.
    pub(crate) async fn commit_quietly(self) -> Result<()> {
        if !self.noted.is_empty() {
            return self.commit().await;
        }
        self.conn.commit().await
    }

    /// Ends a reading transaction: returns once its audit rows are on disk. If they cannot be, nothing may be shown.
    pub async fn finish(mut self) -> Result<()> {
        let noted = std::mem::take(&mut self.noted);
        let Some(recorder) = self.reads.take() else { return Err(Error::Unaudited) };
        drop(self.conn);
        if noted.is_empty() { Ok(()) } else { recorder.record(self.act, noted).await }
    }
}

/// Runs one statement on whichever database the transaction is on:
/// `sql!(tx, |c| sqlx::query("…").bind(x).execute(c))`.
#[macro_export]
macro_rules! sql {
    ($tx:expr, |$c:ident| $body:expr) => {
        match &mut $tx.conn {
            $crate::Conn::Sqlite(t) => {
                let $c = &mut **t;
                $body.await
            }
            $crate::Conn::Postgres(t) => {
                let $c = &mut **t;
                $body.await
            }
        }
    };
}

/// The same where only success matters: both arms answer with the number of rows touched.
#[macro_export]
macro_rules! run {
    ($tx:expr, $query:expr) => {
        match &mut $tx.conn {
            $crate::Conn::Sqlite(t) => $query.execute(&mut **t).await.map(|r| r.rows_affected()),
            $crate::Conn::Postgres(t) => $query.execute(&mut **t).await.map(|r| r.rows_affected()),
        }
    };
}
