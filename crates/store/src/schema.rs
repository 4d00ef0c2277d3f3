//! The database's schema in words, for whoever reads it beside the program: reporting, a data protection assessment,
//! another system. It is read back from a database that the migrations have just made, so it cannot differ from them;
//! what a table is for stands in the migrations' comments.
//! Leaves out: what PostgreSQL calls the types. One text makes both databases, and the declared types are its own.

use std::fmt::Write as _;

use sqlx::{AssertSqlSafe, Connection, SqliteConnection};

use crate::{Result, db::MIGRATIONS};

#[derive(sqlx::FromRow)]
struct Column {
    name: String,
    #[sqlx(rename = "type")]
    kind: String,
    notnull: bool,
    pk: i64,
}

#[derive(sqlx::FromRow)]
struct Reference {
    from: String,
    table: String,
}

#[derive(sqlx::FromRow)]
struct Index {
    name: String,
    unique: bool,
    partial: bool,
}

/// Every table with its columns, keys and indexes, as Markdown: what `docs/schema.md` holds.
pub async fn in_markdown() -> Result<String> {
    let mut db = SqliteConnection::connect("sqlite::memory:").await?;
    MIGRATIONS.run(&mut db).await.map_err(|e| crate::Error::Corrupt(e.to_string()))?;
    let tables: Vec<(String,)> = sqlx::query_as(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\\_sqlx%' ESCAPE '\\' ORDER BY name",
    )
    .fetch_all(&mut db)
    .await?;
    let mut text = format!(
        "# The database\n\n<!-- Made from the migrations by `make schema`; do not edit. -->\n\n{} tables, the same on SQLite and PostgreSQL. \
         Dates are days without a time; instants are in UTC. Ids are texts that the program makes and that tell nothing.\n",
        tables.len()
    );
    for (table,) in tables {
        one(&mut db, &table, &mut text).await?;
    }
    Ok(text)
}

async fn one(db: &mut SqliteConnection, table: &str, text: &mut String) -> Result<()> {
    let pragma = |what: &str, of: &str| AssertSqlSafe(format!("PRAGMA {what}({of})"));
    let columns: Vec<Column> = sqlx::query_as(pragma("table_info", table)).fetch_all(&mut *db).await?;
    let references: Vec<Reference> = sqlx::query_as(pragma("foreign_key_list", table)).fetch_all(&mut *db).await?;
    let mut indexes: Vec<Index> = sqlx::query_as(pragma("index_list", table)).fetch_all(&mut *db).await?;
    indexes.retain(|index| !index.name.starts_with("sqlite_autoindex"));
    indexes.sort_by(|a, b| a.name.cmp(&b.name));
    let _ = write!(text, "\n## {table}\n\n");
    if let Some(about) = about(table) {
        let _ = write!(text, "{about}\n\n");
    }
    text.push_str("| Column | Type | |\n| --- | --- | --- |\n");
    for column in &columns {
        let of = references.iter().find(|r| r.from == column.name).map(|r| format!("→ `{}`", r.table));
        let notes: Vec<String> =
            [(column.pk > 0).then(|| "key".to_owned()), (!column.notnull && column.pk == 0).then(|| "may be empty".into()), of]
                .into_iter()
                .flatten()
                .collect();
        let _ = writeln!(text, "| `{}` | {} | {} |", column.name, column.kind, notes.join(", "));
    }
    for index in indexes {
        let parts: Vec<(i64, i64, Option<String>)> = sqlx::query_as(pragma("index_info", &index.name)).fetch_all(&mut *db).await?;
        let names: Vec<String> = parts.into_iter().map(|(.., name)| name.map_or("an expression".into(), |n| format!("`{n}`"))).collect();
        let unique = if index.unique { "Unique" } else { "Index" };
        let partial = if index.partial { ", of some rows" } else { "" };
        let _ = write!(text, "\n{unique} `{}`: {}{partial}.\n", index.name, names.join(", "));
    }
    Ok(())
}

/// The comment right above the statement that makes the table, if there is one.
fn about(table: &str) -> Option<String> {
    let begins = format!("CREATE TABLE {table} ");
    MIGRATIONS.iter().find_map(|migration| {
        let sql = migration.sql.as_str();
        let at = sql.find(&begins)?;
        let mut lines: Vec<&str> = sql[..at].lines().rev().take_while(|line| line.starts_with("--")).collect();
        lines.reverse();
        let words: Vec<&str> = lines.iter().map(|line| line.trim_start_matches('-').trim()).collect();
        (!words.is_empty()).then(|| words.join(" "))
    })
}

#[cfg(test)]
mod tests {
    #[tokio::test]
    async fn the_printed_schema_is_current() -> Result<(), Box<dyn std::error::Error>> {
        let made = super::in_markdown().await?;
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/schema.md");
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(path, &made)?;
        }
        assert!(std::fs::read_to_string(path).unwrap_or_default() == made, "docs/schema.md is not current: run make schema");
        Ok(())
    }
}
