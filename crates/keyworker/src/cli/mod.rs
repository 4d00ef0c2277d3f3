//! The command line: each command in its own file.

pub mod account;
pub mod audit;
pub mod backup;
pub mod database;
pub mod demo;
pub mod doctor;
pub mod find;
pub mod given;
pub mod import;
pub mod import_people;
pub mod import_return;
pub mod report;
pub mod schema;
pub mod serve;
pub mod setup;
pub mod workday;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Exit codes as a linter's: 0 clean, 1 findings, 2 could not do the work.
pub const COULD_NOT: u8 = 2;

#[derive(Parser)]
#[command(name = "keyworker", version, about = "Keyworker: a council's social services, from the first enquiry to an allocated worker")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Write a checked copy of the running database
    Backup(backup::BackupArgs),
    /// Bring a copy back
    Restore(backup::RestoreArgs),
    /// Say whether the installation is fit to serve
    Doctor(doctor::Args),
    /// Bring the database's schema up to this program's
    Migrate(doctor::Args),
    /// Make and serve an invented borough to look at
    Demo(demo::Args),
    /// Find the people described in a file
    Find(find::Args),
    /// Take in files of other systems
    Import(import::Args),
    /// Print the tables of the database, with what each holds
    Schema,
    /// Serve the pages
    Serve(serve::Args),
    Setup(setup::Args),
    /// The audit, for whoever runs the machine and whoever checks it
    #[command(subcommand)]
    Audit(audit::Audit),
    /// Accounts, for whoever runs the machine
    #[command(subcommand)]
    Account(account::Account),
    /// Working days of England and Wales
    Workday(workday::Args),
}

pub fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Backup(args) => backup::backup(args),
        Command::Restore(args) => backup::restore(args),
        Command::Doctor(args) => doctor::doctor(args),
        Command::Migrate(args) => doctor::migrate(args),
        Command::Demo(args) => demo::run(args),
        Command::Find(args) => find::run(args),
        Command::Import(args) => import::run(args),
        Command::Schema => schema::run(),
        Command::Serve(args) => serve::run(args),
        Command::Setup(args) => setup::run(args),
        Command::Audit(command) => audit::run(command),
        Command::Account(command) => account::run(command),
        Command::Workday(args) => workday::run(args),
    };
    match outcome {
        Ok(code) => code,
        Err(e) => {
            eprintln!("keyworker: {e:#}");
            ExitCode::from(COULD_NOT)
        }
    }
}

/// Runs asynchronous work on a runtime of its own.
pub fn block_on<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(work)
}

/// Opens and migrates the database that a command works on.
pub async fn open_database(address: &str) -> anyhow::Result<store::Db> {
    let db = store::Db::open(address).await?;
    db.migrate().await?;
    store::search::bring_up_to_date(&db, given::act()).await?;
    Ok(db)
}
