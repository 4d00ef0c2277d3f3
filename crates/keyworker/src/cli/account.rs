//! `keyworker account reset USER`: a one-time link for whoever cannot reach an administrator, or is the last one.

use std::process::ExitCode;

use anyhow::Context as _;
use store::accounts::{self, LinkPurpose};

use super::database::{self, Database};
use crate::config::Config;

#[derive(clap::Subcommand)]
pub enum Account {
    /// Print a one-time link to choose a new password; the second step stays as it is
    ///
    /// Example: keyworker account reset sam.dunn
    Reset {
        username: String,
        #[command(flatten)]
        database: Database,
    },
    /// Take an account's second step away, for a lost telephone and lost recovery codes; it is set up anew at the next sign-in
    ///
    /// Example: keyworker account remove-second-step sam.dunn
    RemoveSecondStep {
        username: String,
        #[command(flatten)]
        database: Database,
    },
}

pub fn run(account: Account) -> anyhow::Result<ExitCode> {
    match account {
        Account::Reset { username, database } => reset(&username, &database),
        Account::RemoveSecondStep { username, database } => remove_second_step(&username, &database),
    }
}

fn reset(username: &str, on: &Database) -> anyhow::Result<ExitCode> {
    let config = on.config()?;
    super::block_on(async {
        let db = database::open(&config).await?;
        let mut tx = db.write(database::act()).await?;
        let account = accounts::by_username(&mut tx, username).await?.with_context(|| format!("nobody has the user name {username}"))?;
        let token = accounts::make_link(&mut tx, &account.worker_id, LinkPurpose::NewPassword).await?;
        tx.commit().await?;
        println!("{}", link_words(&config, &token));
        db.close().await;
        Ok(ExitCode::SUCCESS)
    })
}

fn remove_second_step(username: &str, on: &Database) -> anyhow::Result<ExitCode> {
    let config = on.config()?;
    super::block_on(async {
        let db = database::open(&config).await?;
        let mut tx = db.write(database::act()).await?;
        let account = accounts::by_username(&mut tx, username).await?.with_context(|| format!("nobody has the user name {username}"))?;
        accounts::remove_second_step(&mut tx, &account.worker_id).await?;
        store::sessions::end_all(&mut tx, &account.worker_id).await?;
        tx.commit().await?;
        println!("The second step of {username} is taken away, and they are signed out everywhere. They set it up when they next sign in.");
        db.close().await;
        Ok(ExitCode::SUCCESS)
    })
}

/// A one-time link, and what to know about it.
pub fn link_words(config: &Config, token: &str) -> String {
    let base = config.public_address.clone().unwrap_or_else(|| format!("http://{}:{}", config.listen, config.port));
    format!(
        "{}/link/{token}\n\nOpen it within 15 minutes to choose a password. It works once and is not shown again.",
        base.trim_end_matches('/')
    )
}
