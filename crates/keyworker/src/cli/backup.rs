//! `keyworker backup` and `keyworker restore`: an online copy that is checked before it counts, and its way back.

use std::{
    io::Read as _,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

use anyhow::{Context as _, bail};
use sha2::{Digest as _, Sha256};
use store::backup;

use super::database::{Database, open};

#[derive(clap::Args)]
#[command(after_help = "Example:\n  keyworker backup --database sqlite:///var/lib/keyworker/keyworker.db /backup/2026-11-23.db")]
pub struct BackupArgs {
    #[command(flatten)]
    database: Database,
    /// Where the copy goes; it must not be there yet
    file: PathBuf,
}

#[derive(clap::Args)]
#[command(after_help = "Example:\n  keyworker restore /backup/2026-11-23.db --database sqlite:///var/lib/keyworker/new.db")]
pub struct RestoreArgs {
    /// The copy
    file: PathBuf,
    #[command(flatten)]
    database: Database,
}

pub fn backup(args: BackupArgs) -> anyhow::Result<ExitCode> {
    let config = args.database.config()?;
    if config.database.starts_with("postgres") {
        return dump(&config.database, &args.file);
    }
    super::block_on(async {
        let db = open(&config).await?;
        backup::copy_to(&db, &args.file).await?;
        db.close().await;
        let found = backup::check(&address(&args.file)?)
            .await
            .with_context(|| format!("{} was written, but must not be relied on", args.file.display()))?;
        std::fs::write(digest_file(&args.file), digest(&args.file)?)?;
        println!(
            "{}: {} people, {} documents, {} audit entries, checked",
            args.file.display(),
            found.people,
            found.documents,
            found.audit_entries
        );
        Ok(ExitCode::SUCCESS)
    })
}

pub fn restore(args: RestoreArgs) -> anyhow::Result<ExitCode> {
    let config = args.database.config()?;
    if config.database.starts_with("postgres") {
        return undump(&args.file, &config.database);
    }
    let to = PathBuf::from(config.database.trim_start_matches("sqlite://"));
    if to.exists() {
        bail!("{} is there already. Stop the service, move the old database away, then restore", to.display());
    }
    same_as_made(&args.file)?;
    super::block_on(async {
        let found = backup::check(&address(&args.file)?).await.with_context(|| format!("{} was not restored", args.file.display()))?;
        std::fs::copy(&args.file, &to).with_context(|| format!("cannot write {}", to.display()))?;
        println!(
            "{}: {} people, {} documents, {} audit entries, restored and checked",
            to.display(),
            found.people,
            found.documents,
            found.audit_entries
        );
        Ok(ExitCode::SUCCESS)
    })
}

/// Beside each copy stands its digest, so that a single changed byte is noticed.
fn digest_file(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".sha256");
    name.into()
}

fn digest(file: &Path) -> anyhow::Result<String> {
    let (mut input, mut hash, mut part) = (std::fs::File::open(file)?, Sha256::new(), vec![0; 1 << 20]);
    loop {
        let n = input.read(&mut part)?;
        if n == 0 {
            return Ok(hash.finalize().iter().map(|b| format!("{b:02x}")).collect());
        }
        hash.update(&part[..n]);
    }
}

fn same_as_made(file: &Path) -> anyhow::Result<()> {
    let Ok(made) = std::fs::read_to_string(digest_file(file)) else {
        eprintln!("{} is not there: whether the copy is as it was made cannot be said", digest_file(file).display());
        return Ok(());
    };
    if digest(file)? != made.trim() {
        bail!("{} was changed since it was made: its digest differs. Nothing was restored", file.display());
    }
    Ok(())
}

fn address(file: &Path) -> anyhow::Result<String> {
    let file = file.canonicalize().with_context(|| format!("cannot find {}", file.display()))?;
    Ok(format!("sqlite://{}", file.display()))
}

fn dump(from: &str, file: &Path) -> anyhow::Result<ExitCode> {
    if file.exists() {
        bail!("{} is there already; a backup never writes over another", file.display());
    }
    call(Command::new("pg_dump").args(["--format=custom", "--file"]).arg(file).arg(from))?;
    call(Command::new("pg_restore").arg("--list").arg(file).stdout(std::process::Stdio::null()))?;
    println!("{}: dumped, and its list of contents reads", file.display());
    Ok(ExitCode::SUCCESS)
}

fn undump(file: &Path, to: &str) -> anyhow::Result<ExitCode> {
    call(Command::new("pg_restore").args(["--single-transaction", "--no-owner", "--dbname"]).arg(to).arg(file))?;
    super::block_on(async {
        let found = backup::check(to).await?;
        println!("restored: {} people, {} documents, {} audit entries, checked", found.people, found.documents, found.audit_entries);
        Ok(ExitCode::SUCCESS)
    })
}

fn call(command: &mut Command) -> anyhow::Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let status = command.status().with_context(|| format!("{name} is missing: install PostgreSQL's client programs"))?;
    if status.success() { Ok(()) } else { bail!("{name} ended with {status}") }
}
