//! `keyworker doctor`: whether an installation is fit to serve, point by point, with what to do about each that is not.
//! `keyworker migrate`: brings the schema up to this program's.

use std::process::ExitCode;

use store::{Db, audit, db::Kind, health};

use super::database::{Database, act, open};
use crate::config::Config;

#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    database: Database,
}

pub fn migrate(args: Args) -> anyhow::Result<ExitCode> {
    let config = args.database.config()?;
    super::block_on(async {
        let db = Db::open(&config.database).await?;
        let steps = db.migrate().await?;
        println!("{}", if steps == 0 { "the schema is current".to_owned() } else { format!("the schema is current after {steps} steps") });
        Ok(ExitCode::SUCCESS)
    })
}

pub fn doctor(args: Args) -> anyhow::Result<ExitCode> {
    let config = args.database.config()?;
    super::block_on(async {
        let mut sick = 0;
        let mut say = |point: &str, found: Result<String, String>| match found {
            Ok(words) => println!("ok    {point}: {words}"),
            Err(words) => {
                sick += 1;
                println!("FAIL  {point}: {words}");
            }
        };
        say(
            "configuration",
            Ok(format!("listens on {}:{}, operators' port {}:{}", config.listen, config.port, config.ops_listen, config.ops_port)),
        );
        let db = open(&config).await?;
        say("database", Ok(if db.kind() == Kind::Sqlite { "SQLite".into() } else { "PostgreSQL".into() }));
        say("writing", health::check(&db, act()).await.map(|()| "possible".into()).map_err(|e| e.to_string()));
        say("schema", schema(&db).await);
        say("audit", chain(&db).await);
        say("keys", keys(&config));
        say("virus scan", scan(&config));
        say("e-mail", Ok(config.smtp.clone().map_or_else(|| "off: messages wait in the outbox".into(), |s| format!("by {s}"))));
        say("clock", clock());
        Ok(ExitCode::from(u8::from(sick > 0)))
    })
}

async fn schema(db: &Db) -> Result<String, String> {
    match db.migrations_pending().await {
        Ok(0) => Ok("current".into()),
        Ok(n) => Err(format!("{n} steps behind: run keyworker migrate")),
        Err(e) => Err(e.to_string()),
    }
}

async fn chain(db: &Db) -> Result<String, String> {
    let verdict = audit::verify(db, None, &[]).await.map_err(|e| e.to_string())?;
    match verdict.faults.first() {
        None => Ok(format!("{} entries and {} checkpoints hold together", verdict.entries, verdict.checkpoints)),
        Some(fault) => {
            Err(format!("{} faults, the first: {fault}. Run keyworker audit verify, and tell information governance", verdict.faults.len()))
        }
    }
}

fn keys(config: &Config) -> Result<String, String> {
    if config.keys.is_dir() {
        Ok(config.keys.display().to_string())
    } else {
        Err(format!("the folder {} is not there; the first start makes it", config.keys.display()))
    }
}

fn scan(config: &Config) -> Result<String, String> {
    match &config.clamd {
        Some(address) => Ok(format!("clamd at {address}")),
        None => Ok("off: documents are not scanned. Set clamd to scan them before anyone opens them".into()),
    }
}

/// Second steps and time limits rest on the clock; a machine that lost its time says so by its year.
fn clock() -> Result<String, String> {
    let now = crate::clock::Clock::Real.now();
    let year = care::calendar::london(now).year();
    if year >= 2026 { Ok(now.to_string()) } else { Err(format!("it says {now}: set the machine's clock")) }
}
