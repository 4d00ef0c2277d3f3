//! `keyworker import cin FILE.xml` and its like: a statutory return into the record.
//!
//! The report stands on standard output, as text, CSV or JSON; in text, what was refused or should be looked at stands
//! on standard error with its file, line and column. Exit codes: 0 clean, 1 something to look at, 2 nothing taken in.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context as _, bail};
use indicatif::{ProgressBar, ProgressStyle};
use store::imports::{self, Flagged, Kind, Progress, Refused, Report, Source, UnitCount};

use super::{given, report::Format};

#[derive(clap::Args)]
pub struct Args {
    /// The file, or - for standard input; for a looked-after return, the folder of its tables
    path: PathBuf,
    /// sqlite:///absolute/path or postgres://user@host/name; a missing SQLite file is made
    #[arg(long, env = "DATABASE")]
    database: String,
    /// How the report is written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

pub const CIN: &str = "Example:
  keyworker import cin census.xml --database sqlite:///var/lib/keyworker/keyworker.db

Each child by the council's number, referrals, assessments, enquiries, plans and reviews. The file is taken in whole or
not at all, and may be given again: what is there already is left as it is. What breaks a rule of the census is kept and
stands on the child's record as queried.";
pub const SSDA903: &str = "Example:
  keyworker import ssda903 returns/2025-26 --database sqlite:///var/lib/keyworker/keyworker.db

Every .csv file of the folder, known by its columns whatever it is called; where there is none, every .xml file. Files of
several years are taken in one after another, by the year in their names.";
pub const WORKFORCE: &str = "Example:
  keyworker import workforce workforce.xml --database sqlite:///var/lib/keyworker/keyworker.db

Social workers by the regulator's number, with their posts. Nobody gets an account or a right by it.";
pub const ANNEX_A: &str = "Example:
  keyworker import annex-a lists.xlsx --database sqlite:///var/lib/keyworker/keyworker.db

Lists are known by their headings. A child goes to the team that the list names, where there is a team of that name.";

pub fn run(kind: Kind, args: Args) -> anyhow::Result<ExitCode> {
    super::block_on(import(kind, args))
}

async fn import(kind: Kind, args: Args) -> anyhow::Result<ExitCode> {
    let act = given::act();
    let sources = sources(kind, &args.path)?;
    let db = super::open_database(&args.database).await?;
    let bar = bar();
    let told = bar.clone();
    let outcome = imports::run(&db, &act, kind, sources, act.today(), move |at| show(&told, at)).await;
    bar.finish_and_clear();
    db.close().await;
    match outcome {
        Ok(report) => {
            write(&report, args.format)?;
            Ok(ExitCode::from(u8::from(report.has_findings())))
        }
        Err(store::Error::Refused { words, .. }) => {
            refused(&words, args.format)?;
            Ok(ExitCode::from(super::COULD_NOT))
        }
        Err(error) => Err(error.into()),
    }
}

/// The file, or the tables of a folder.
fn sources(kind: Kind, path: &Path) -> anyhow::Result<Vec<Source>> {
    if !path.is_dir() {
        let (name, bytes) = given::file(path)?;
        return Ok(vec![Source { name, bytes }]);
    }
    if kind != Kind::Ssda903 {
        bail!("{} is a folder; this command takes one file", path.display());
    }
    let entries = std::fs::read_dir(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let mut files = entries.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<PathBuf>>>()?;
    files.sort();
    let ending = |file: &Path, wanted: &str| file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case(wanted));
    let tables = |file: &&PathBuf| ending(file, "csv") || ending(file, "txt");
    let mut chosen: Vec<&PathBuf> = files.iter().filter(tables).collect();
    if chosen.is_empty() {
        chosen = files.iter().filter(|file| ending(file, "xml")).collect();
    }
    if chosen.is_empty() {
        bail!("{} holds no .csv and no .xml file", path.display());
    }
    for passed_over in files.iter().filter(|file| file.is_file() && !chosen.contains(file)) {
        eprintln!("{}: not a table of this return, passed over", passed_over.display());
    }
    chosen
        .into_iter()
        .map(|file| {
            let (name, bytes) = given::file(file)?;
            Ok(Source { name, bytes })
        })
        .collect()
}

fn bar() -> ProgressBar {
    let style = ProgressStyle::with_template("{pos} of {len} records [{bar:30}] {eta} {msg}");
    ProgressBar::new(0).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar())).with_message("reading")
}

fn show(bar: &ProgressBar, at: Progress) {
    bar.set_length(at.of);
    bar.set_position(at.done);
    bar.set_message("");
}

/// Nothing was taken in; why, with file, line and column.
fn refused(words: &str, format: Format) -> anyhow::Result<()> {
    if format == Format::Json {
        println!("{}", serde_json::json!({ "taken_in": false, "failure": words }));
    }
    eprintln!("{words}");
    Ok(())
}

fn write(report: &Report, format: Format) -> anyhow::Result<()> {
    match format {
        Format::Text => text(report),
        Format::Csv => rows(report),
        Format::Json => {
            let mut document = serde_json::to_value(report)?;
            document["taken_in"] = true.into();
            serde_json::to_writer(io::stdout().lock(), &document)?;
            println!();
            Ok(())
        }
    }
}

/// What to look at on standard error, each with its place; the report itself on standard output.
fn text(report: &Report) -> anyhow::Result<()> {
    let mut err = io::stderr().lock();
    for refusal in &report.refused {
        writeln!(err, "{}: Not taken in ({}): {}", place(&refusal.file, refusal.line, refusal.column), refusal.unit, refusal.reason)?;
    }
    for flag in &report.flags {
        let whose = flag.whose.as_deref().map(|whose| format!("{whose}: ")).unwrap_or_default();
        let value = flag.value.as_deref().filter(|value| !value.is_empty()).map(|value| format!(" ({value:?})")).unwrap_or_default();
        writeln!(err, "{}: {}: {whose}{}{value}", place(&flag.file, flag.line, flag.column), flag.code, flag.message)?;
    }
    let mut out = io::stdout().lock();
    writeln!(out, "{:<42}{:>9}{:>9}{:>9}{:>15}{:>9}", "", "read", "stored", "amended", "already there", "refused")?;
    for line in report.units.iter().chain([&report.total]) {
        let UnitCount { label, read, stored, amended, already_there, refused, .. } = line;
        writeln!(out, "{label:<42}{read:>9}{stored:>9}{amended:>9}{already_there:>15}{refused:>9}")?;
    }
    writeln!(out, "{}", report.sentence())?;
    let queried = report.flags.iter().filter(|flag| flag.weight == "look").count() as u64 + report.flags_not_listed;
    writeln!(out, "New: {} people, {} social workers. To be looked at: {queried}.", report.new_people, report.new_workers)?;
    Ok(())
}

fn place(file: &str, line: u32, column: u32) -> String {
    format!("{file}:{line}:{column}")
}

/// Counts, refusals and flags in one table, told apart by the first column.
fn rows(report: &Report) -> anyhow::Result<()> {
    let mut rows = csv::Writer::from_writer(io::stdout());
    rows.write_record([
        "what",
        "unit",
        "read",
        "stored",
        "amended",
        "already_there",
        "refused",
        "file",
        "line",
        "column",
        "code",
        "whose",
        "value",
        "message",
    ])?;
    for line in report.units.iter().chain([&report.total]) {
        let numbers = [line.read, line.stored, line.amended, line.already_there, line.refused].map(|number| number.to_string());
        let mut row = vec!["count", &line.unit];
        row.extend(numbers.iter().map(String::as_str));
        row.extend([""; 7]);
        rows.write_record(row)?;
    }
    for Refused { file, line, column, unit, whose, reason } in &report.refused {
        let (line, column) = (line.to_string(), column.to_string());
        let whose = whose.as_deref().unwrap_or_default();
        rows.write_record(["refused", unit, "", "", "", "", "", file, &line, &column, "", whose, "", reason])?;
    }
    for Flagged { file, line, column, weight, code, whose, value, message, .. } in &report.flags {
        let (line, column) = (line.to_string(), column.to_string());
        let (whose, value) = (whose.as_deref().unwrap_or_default(), value.as_deref().unwrap_or_default());
        rows.write_record([weight, "", "", "", "", "", "", file, &line, &column, code, whose, value, message])?;
    }
    rows.flush()?;
    Ok(())
}
