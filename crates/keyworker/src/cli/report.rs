//! What a command tells of a file: findings as text on standard error, or as CSV or JSON on standard output, and an
//! exit code as a linter's.

use std::{
    io::{self, Write},
    process::ExitCode,
};

use returns::finding::{Finding, Severity};
use serde_json::{Map, Value, json};

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// One line for each finding on standard error, the outcome on standard output
    Text,
    /// A row for each finding on standard output
    Csv,
    /// One document on standard output
    Json,
}

pub struct Report {
    format: Format,
    rows: csv::Writer<io::Stdout>,
    document: Vec<Value>,
    told: usize,
    headed: bool,
}

impl Report {
    pub fn new(format: Format) -> Report {
        Report { format, rows: csv::Writer::from_writer(io::stdout()), document: Vec::new(), told: 0, headed: false }
    }

    /// Tells findings as they come. Notes are told, but are no reason to look again.
    pub fn findings(&mut self, findings: &[Finding]) -> anyhow::Result<()> {
        self.told += findings.iter().filter(|f| f.severity > Severity::Note).count();
        match self.format {
            Format::Text => {
                let mut out = io::stderr().lock();
                findings.iter().try_for_each(|f| writeln!(out, "{}", line(f)))?;
            }
            Format::Csv => findings.iter().try_for_each(|f| self.row(f))?,
            Format::Json => self.document.extend(findings.iter().map(|f| serde_json::to_value(f).unwrap_or_default())),
        }
        Ok(())
    }

    /// The file was read through: the outcome in words and in numbers.
    pub fn end(mut self, words: &str, numbers: &[(&str, usize)]) -> anyhow::Result<ExitCode> {
        match self.format {
            Format::Text => println!("{words}"),
            Format::Csv => {
                self.rows.flush()?;
                eprintln!("{words}");
            }
            Format::Json => self.print(numbers)?,
        }
        Ok(ExitCode::from(u8::from(self.told > 0)))
    }

    /// The file is not what it should be.
    pub fn could_not(mut self) -> anyhow::Result<ExitCode> {
        self.rows.flush()?;
        if self.format == Format::Json {
            self.print(&[])?;
        }
        Ok(ExitCode::from(super::COULD_NOT))
    }

    fn print(&mut self, numbers: &[(&str, usize)]) -> anyhow::Result<()> {
        let mut document: Map<String, Value> = numbers.iter().map(|(name, number)| ((*name).to_owned(), json!(number))).collect();
        document.insert("findings".into(), Value::Array(std::mem::take(&mut self.document)));
        serde_json::to_writer(io::stdout().lock(), &document)?;
        println!();
        Ok(())
    }

    fn row(&mut self, f: &Finding) -> anyhow::Result<()> {
        if !std::mem::replace(&mut self.headed, true) {
            self.rows.write_record(["file", "line", "column", "severity", "kind", "fields", "id", "value", "message"])?;
        }
        let (line, column) = (f.at.spot.line.to_string(), f.at.spot.column.to_string());
        let (child, value) = (f.child.as_deref().unwrap_or_default(), f.value.as_deref().unwrap_or_default());
        let fields = f.fields.join(" ");
        self.rows.write_record([
            f.at.file.as_str(),
            &line,
            &column,
            f.severity.label(),
            &f.kind.code(),
            &fields,
            child,
            value,
            &f.message,
        ])?;
        Ok(())
    }
}

/// `people.csv:12:7: The date of birth cannot be read … ("31/02/2012")`.
fn line(f: &Finding) -> String {
    let value = f.value.as_deref().filter(|v| !v.is_empty()).map(|v| format!(" ({v:?})")).unwrap_or_default();
    let fields = if f.fields.is_empty() { String::new() } else { format!("{}: ", f.fields.join(", ")) };
    format!("{}: {fields}{}{value}", f.at, f.message)
}
