//! Very many rows at once: `COPY` on PostgreSQL, many rows to a statement on SQLite. For imports and for making the
//! demonstration; one row by hand is written with a plain statement.

use jiff::{Timestamp, civil::Date};
use sqlx::{AssertSqlSafe, Sqlite, query::Query, sqlite::SqliteArguments};

use crate::{At, Conn, Day, Db, Result, Tx, db::Pools};

/// One value of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    Text(String),
    Number(i64),
    On(Date),
    At(Timestamp),
    Yes,
    No,
    Null,
}

impl Cell {
    pub fn text(text: impl Into<String>) -> Cell {
        Cell::Text(text.into())
    }
    /// Text, or null when there is none.
    pub fn text_or_null(text: Option<impl Into<String>>) -> Cell {
        text.map_or(Cell::Null, Cell::text)
    }
    /// A day, or null when it is not known.
    pub fn on(day: Option<Date>) -> Cell {
        day.map_or(Cell::Null, Cell::On)
    }
}

/// Rows on their way into one table. What was added is in the database after [`Rows::send`].
pub struct Rows {
    table: &'static str,
    columns: &'static [&'static str],
    waiting: Vec<Cell>,
}

/// How many values wait before they are sent.
const AT_ONCE: usize = 40_000;
/// How many values one statement of SQLite carries.
const IN_ONE_STATEMENT: usize = 800;

impl Rows {
    pub fn into(table: &'static str, columns: &'static [&'static str]) -> Rows {
        Rows { table, columns, waiting: Vec::with_capacity(AT_ONCE) }
    }

    /// Adds one row, with a value for each column, and sends what waits when it is much.
    pub async fn add<const N: usize>(&mut self, tx: &mut Tx, row: [Cell; N]) -> Result<()> {
        self.push(row);
        if self.waiting.len() >= AT_ONCE { self.send(tx).await } else { Ok(()) }
    }

    /// Adds one row that waits until [`Rows::send`]: for tables that point at others, whose rows have to be there first.
    pub fn push<const N: usize>(&mut self, row: [Cell; N]) {
        debug_assert_eq!(N, self.columns.len());
        self.waiting.extend(row);
    }

    /// Sends what waits; more may be added afterwards.
    pub async fn send(&mut self, tx: &mut Tx) -> Result<()> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let cells = std::mem::take(&mut self.waiting);
        match &mut tx.conn {
            Conn::Postgres(t) => {
                let text = format!("COPY {} ({}) FROM STDIN", self.table, self.columns.join(", "));
                let mut copy = t.copy_in_raw(&text).await?;
                copy.send(copy_text(&cells, self.columns.len()).as_bytes()).await?;
                copy.finish().await?;
            }
            Conn::Sqlite(t) => {
                let width = self.columns.len();
                for cells in cells.chunks(IN_ONE_STATEMENT / width * width) {
                    let text =
                        format!("INSERT INTO {} ({}) VALUES {}", self.table, self.columns.join(", "), marks(cells.len() / width, width));
                    cells.iter().fold(sqlx::query(AssertSqlSafe(text)), bind).execute(&mut **t).await?;
                }
            }
        }
        Ok(())
    }
}

/// `(?,?),(?,?)`: SQLite looks numbered places up one after another, which with hundreds of them costs more than the writing.
fn marks(rows: usize, columns: usize) -> String {
    let row = format!("({})", vec!["?"; columns].join(","));
    vec![row; rows].join(",")
}

/// Gives SQLite room to keep the pages that a bulk write comes back to; PostgreSQL needs nothing.
pub async fn make_room(tx: &mut Tx) -> Result<()> {
    cache(tx, "PRAGMA cache_size = -400000").await
}

/// Ends what [`make_room`] began.
pub async fn give_room_back(tx: &mut Tx) -> Result<()> {
    cache(tx, "PRAGMA cache_size = -16000").await
}

async fn cache(tx: &mut Tx, pragma: &'static str) -> Result<()> {
    if let Conn::Sqlite(t) = &mut tx.conn {
        sqlx::query(pragma).execute(&mut **t).await?;
    }
    Ok(())
}

/// After a bulk write is committed: what the databases would otherwise do at some quiet time.
pub async fn settle(db: &Db) -> Result<()> {
    match db.pools() {
        Pools::Sqlite { write, .. } => sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(write).await.map(|_| ())?,
        Pools::Postgres(pool) => sqlx::query("VACUUM (ANALYZE)").execute(pool).await.map(|_| ())?,
    }
    Ok(())
}

fn bind<'q>(query: Query<'q, Sqlite, SqliteArguments>, cell: &'q Cell) -> Query<'q, Sqlite, SqliteArguments> {
    match cell {
        Cell::Text(text) => query.bind(text),
        Cell::Number(number) => query.bind(number),
        Cell::On(day) => query.bind(Day(*day)),
        Cell::At(at) => query.bind(At::cut(*at)),
        Cell::Yes => query.bind(true),
        Cell::No => query.bind(false),
        Cell::Null => query.bind(None::<String>),
    }
}

/// PostgreSQL's text form: a line for each row, tabs between values, `\N` for null.
fn copy_text(cells: &[Cell], width: usize) -> String {
    let mut out = String::with_capacity(cells.len() * 16);
    for (at, cell) in cells.iter().enumerate() {
        match cell {
            Cell::Text(text) => escape(text, &mut out),
            Cell::Number(number) => out.push_str(&number.to_string()),
            Cell::On(day) => out.push_str(&day.to_string()),
            Cell::At(instant) => out.push_str(&At::cut(*instant).to_string()),
            Cell::Yes => out.push('t'),
            Cell::No => out.push('f'),
            Cell::Null => out.push_str("\\N"),
        }
        out.push(if (at + 1) % width == 0 { '\n' } else { '\t' });
    }
    out
}

/// Neither database's text holds the character zero.
fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\0' => {}
            other => out.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_written_as_postgresql_reads_them() {
        let cells = [
            Cell::text("a\tb\\c\nd\0"),
            Cell::Number(-3),
            Cell::Null,
            Cell::Yes,
            Cell::On(jiff::civil::date(2026, 5, 14)),
            Cell::text("\\N"),
        ];
        assert_eq!(copy_text(&cells, 3), "a\\tb\\\\c\\nd\t-3\t\\N\nt\t2026-05-14\t\\\\N\n");
    }
}
