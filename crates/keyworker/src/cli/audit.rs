//! `keyworker audit verify`: walks the audit chain and names every entry that was altered, removed, swapped or forged.

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context as _, bail};
use store::{
    Db,
    audit::{self, Checkpoint, Verdict},
};

use super::database::Database;
use crate::{config::Config, keys::Keys};

/// There are faults.
const FAULTS: u8 = 1;

#[derive(clap::Subcommand)]
pub enum Audit {
    /// Check the chain of the audit; exits 0 when it holds, 1 when it does not, 2 when it could not be checked
    ///
    /// Example: keyworker audit verify --since checkpoints-kept-elsewhere.log
    Verify(Verify),
}

#[derive(clap::Args)]
pub struct Verify {
    /// Checkpoints that were kept outside, a line each: shows that the chain was cut off or that an old copy was put back;
    /// without it, checkpoints.log in the folder of keys
    #[arg(long, value_name = "FILE")]
    since: Option<PathBuf>,
    /// The public key that signed them; without it, `audit.pub` in the folder of keys
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    database: Database,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Format {
    Text,
    Csv,
    Json,
}

pub fn run(command: Audit) -> anyhow::Result<ExitCode> {
    let Audit::Verify(verify) = command;
    let config = verify.database.config()?;
    let held = held(verify.since.as_deref(), &config)?;
    let key = key(verify.key.as_deref(), &config)?;
    if key.is_none() {
        eprintln!("keyworker: no public key was found, so signatures are not checked; give --key FILE");
    }
    let verdict = super::block_on(async {
        let db = open(&config).await?;
        let verdict = audit::verify(&db, key.as_ref(), &held).await?;
        db.close().await;
        Ok(verdict)
    })?;
    print(&verdict, verify.format)?;
    Ok(if verdict.faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(FAULTS) })
}

/// Opens the database as it is: a missing one is not made, an older one not brought up to date.
async fn open(config: &Config) -> anyhow::Result<Db> {
    if let Some(path) = config.database.strip_prefix("sqlite://")
        && !Path::new(path.split('?').next().unwrap_or(path)).exists()
    {
        bail!("there is no database at {path}");
    }
    Ok(Db::open(&config.database).await?)
}

/// The checkpoints that somebody kept; without any, those that this installation wrote down outside the database.
fn held(named: Option<&Path>, config: &Config) -> anyhow::Result<Vec<Checkpoint>> {
    let usual = Keys::new(&config.keys).checkpoints_log();
    match named.or(usual.exists().then_some(usual.as_path())) {
        Some(path) => read_checkpoints(path),
        None => Ok(Vec::new()),
    }
}

fn read_checkpoints(file: &Path) -> anyhow::Result<Vec<Checkpoint>> {
    let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(n, line)| {
            let begin = line.find("keyworker-audit").unwrap_or(0);
            Checkpoint::from_line(&line[begin..])
                .with_context(|| format!("{}, line {}, is not a checkpoint: {line}", file.display(), n + 1))
        })
        .collect()
}

fn key(named: Option<&Path>, config: &Config) -> anyhow::Result<Option<audit::PublicKey>> {
    let usual = config.keys.join("audit.pub");
    let Some(path) = named.or(usual.exists().then_some(usual.as_path())) else { return Ok(None) };
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let key = Checkpoint::key_from_hex(&text)
        .with_context(|| format!("{} is not a public key: 64 hexadecimal digits are expected", path.display()))?;
    Ok(Some(key))
}

fn print(verdict: &Verdict, format: Format) -> anyhow::Result<()> {
    match format {
        Format::Text => {
            for fault in &verdict.faults {
                println!("{fault}");
            }
            let (entries, points) = (verdict.entries, verdict.checkpoints);
            let outcome = if verdict.faults.is_empty() { "the chain holds".to_owned() } else { format!("{} faults", verdict.faults.len()) };
            println!("{entries} entries, {points} checkpoints: {outcome}");
        }
        Format::Csv => {
            println!("entry,fault,words");
            for fault in &verdict.faults {
                println!("{},{},\"{fault}\"", fault.seq(), fault.code());
            }
        }
        Format::Json => {
            let faults: Vec<serde_json::Value> =
                verdict.faults.iter().map(|f| serde_json::json!({"entry": f.seq(), "fault": f.code(), "words": f.to_string()})).collect();
            println!("{}", serde_json::json!({"entries": verdict.entries, "checkpoints": verdict.checkpoints, "faults": faults}));
        }
    }
    Ok(())
}
