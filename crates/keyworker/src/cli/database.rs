//! Which database a command works on, and who it acts as.

use std::path::PathBuf;

use store::{Act, Db};

use crate::{clock::Clock, config::Config};

#[derive(clap::Args)]
pub struct Database {
    /// The database, as sqlite:///absolute/path or postgres://user@host/name; without it, that of the configuration
    #[arg(long, env = "DATABASE")]
    database: Option<String>,
    /// The configuration file
    #[arg(long, env = "KEYWORKER_CONFIG")]
    config: Option<PathBuf>,
}

impl Database {
    /// The configuration, with the database that was named.
    pub fn config(&self) -> anyhow::Result<Config> {
        let mut config = Config::read(self.config.as_deref())?;
        if let Some(address) = &self.database {
            config.database.clone_from(address);
        }
        config.check()?;
        Ok(config)
    }
}

/// Opens and migrates the database of a configuration.
pub async fn open(config: &Config) -> anyhow::Result<Db> {
    super::open_database(&config.database).await
}

/// The built-in actor of commands, named after whoever runs the machine.
pub fn act() -> Act {
    let user = std::env::var("USER").or_else(|_| std::env::var("LOGNAME")).unwrap_or_else(|_| "unknown".into());
    Act::command_line(&user, Clock::Real.now())
}
