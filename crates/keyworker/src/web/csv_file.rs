//! A list as a file: comma-separated, for a spreadsheet. A cell that a spreadsheet would take for a formula is kept from
//! it by an apostrophe, and that somebody took the file out is on record before it leaves.

use axum::{http::header, response::IntoResponse};
use care::access::Deed;
use store::{Tx, audit::Noted, rights};

use super::{Outcome, Problem};

/// The rows as `NAME.csv`. Asks for the right to take lists out, and leaves the export in the audit.
pub async fn answer(mut tx: Tx, name: &str, head: &[&str], rows: &[Vec<String>]) -> Outcome {
    rights::require(&mut tx, Deed::Export).await?;
    tx.note(Noted::new("export", "list", name).because(format!("{} rows", rows.len())));
    file(tx, name, head, rows).await
}

/// The same, where the caller has asked for the right and noted the export.
pub async fn file(tx: Tx, name: &str, head: &[&str], rows: &[Vec<String>]) -> Outcome {
    let file = write(head, rows).map_err(|e| Problem::Broken(e.to_string()))?;
    tx.finish().await?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.csv\"")),
    ];
    Ok((headers, file).into_response())
}

fn write(head: &[&str], rows: &[Vec<String>]) -> csv::Result<Vec<u8>> {
    // Spreadsheets take a file for Latin-1 unless it begins with this mark.
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(head)?;
    for row in rows {
        writer.write_record(row.iter().map(|cell| plain(cell)))?;
    }
    writer.into_inner().map_err(|e| e.into_error().into())
}

/// The cell as text that no spreadsheet reckons with, whatever spaces or wide signs it begins with; numbers stay numbers.
fn plain(cell: &str) -> String {
    let first = cell.trim_start_matches([' ', '\u{a0}', '\u{feff}']).chars().next();
    let dangerous = matches!(first, Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠'));
    if dangerous && cell.parse::<f64>().is_err() { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        let cells = ["=1+1", "+44 1632", "-3", "-3.5", "@home", "\tx", "plain", "a,b", "He said \"no\""];
        let row = cells.iter().map(|cell| (*cell).to_owned()).collect();
        let text = String::from_utf8(write(&["Cell"; 9], &[row]).unwrap()).unwrap();
        assert_eq!(text.lines().nth(1).unwrap(), "'=1+1,'+44 1632,-3,-3.5,'@home,'\tx,plain,\"a,b\",\"He said \"\"no\"\"\"");
        assert!(text.starts_with('\u{feff}'));
    }

    #[test]
    fn what_would_run_is_made_plain() {
        for (cell, expected) in [
            ("=HYPERLINK(\"http://evil.example\")", "'=HYPERLINK(\"http://evil.example\")"),
            ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
            ("-1+1", "'-1+1"),
            ("\r=1", "'\r=1"),
            ("  =1", "'  =1"),
            ("＝1", "'＝1"),
            ("Anne-Marie", "Anne-Marie"),
            ("", ""),
        ] {
            assert_eq!(plain(cell), expected, "{cell:?}");
        }
    }
}
