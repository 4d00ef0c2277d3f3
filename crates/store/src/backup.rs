//! Online backups of the embedded database: a whole, consistent copy while the service goes on, checked before it counts.
//! PostgreSQL has its own tool (`pg_dump`), which the command line calls.

use std::path::Path;

use crate::{
    Db, Error, Result, audit,
    db::{Kind, Pools},
};

/// What a copy was found to be.
#[derive(Debug, Clone)]
pub struct Checked {
    pub audit_entries: i64,
    pub people: i64,
    pub documents: i64,
}

/// Writes a copy beside the running database. Readers and writers go on meanwhile.
pub async fn copy_to(db: &Db, file: &Path) -> Result<()> {
    let Pools::Sqlite { read, .. } = db.pools() else {
        return Err(Error::refused("database", "PostgreSQL is backed up with pg_dump"));
    };
    if file.exists() {
        return Err(Error::refused("file", format!("{} is there already; a backup never writes over another", file.display())));
    }
    sqlx::query("VACUUM INTO $1").bind(file.display().to_string()).execute(read).await?;
    Ok(())
}

/// Opens a copy and goes over it: the file's own structure, every reference, and the whole audit chain.
pub async fn check(address: &str) -> Result<Checked> {
    let db = Db::open(address).await?;
    if db.kind() == Kind::Sqlite {
        whole(&db).await?;
    }
    if db.migrations_pending().await? > 0 {
        return Err(Error::Corrupt("it was made by an older Keyworker and has to be migrated: start the service on it once".into()));
    }
    let verdict = audit::verify(&db, None, &[]).await?;
    if let Some(fault) = verdict.faults.first() {
        return Err(Error::Corrupt(format!("its audit chain does not hold: {fault:?}")));
    }
    if let Some(document) = text(&db, CUT_SHORT).await? {
        return Err(Error::Corrupt(format!("a part of document {document} is missing")));
    }
    let people = number(&db, "SELECT COUNT(*) FROM person").await?;
    let documents = number(&db, "SELECT COUNT(*) FROM document WHERE state NOT IN ('receiving', 'infected')").await?;
    db.close().await;
    Ok(Checked { audit_entries: verdict.entries, people, documents })
}

/// A document whose parts are not as long as the whole. Those still arriving are not there yet, infected ones are gone.
const CUT_SHORT: &str = "SELECT d.id FROM document d WHERE d.state NOT IN ('receiving', 'infected')
    AND d.size <> (SELECT COALESCE(SUM(LENGTH(p.bytes)), 0) FROM document_part p WHERE p.document_id = d.id) LIMIT 1";

async fn number(db: &Db, asked: &'static str) -> Result<i64> {
    let (n,): (i64,) = match db.pools() {
        Pools::Sqlite { read, .. } => sqlx::query_as(asked).fetch_one(read).await?,
        Pools::Postgres(pool) => sqlx::query_as(asked).fetch_one(pool).await?,
    };
    Ok(n)
}

async fn text(db: &Db, asked: &'static str) -> Result<Option<String>> {
    let found: Option<(String,)> = match db.pools() {
        Pools::Sqlite { read, .. } => sqlx::query_as(asked).fetch_optional(read).await?,
        Pools::Postgres(pool) => sqlx::query_as(asked).fetch_optional(pool).await?,
    };
    Ok(found.map(|(text,)| text))
}

async fn whole(db: &Db) -> Result<()> {
    let Pools::Sqlite { read, .. } = db.pools() else { return Ok(()) };
    let (said,): (String,) = sqlx::query_as("PRAGMA integrity_check(1)").fetch_one(read).await?;
    if said != "ok" {
        return Err(Error::Corrupt(format!("the file is damaged: {said}")));
    }
    let broken: Option<(String,)> = sqlx::query_as("SELECT \"table\" FROM pragma_foreign_key_check LIMIT 1").fetch_optional(read).await?;
    match broken {
        Some((table,)) => Err(Error::Corrupt(format!("a row of {table} points at one that is not there"))),
        None => Ok(()),
    }
}
