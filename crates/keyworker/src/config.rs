//! Configuration: a TOML file and the environment, the environment winning. Every key is described in
//! `docs/running.md`; an unknown key is an error, so that a mistyped one is not silently ignored.

use std::{
    env, fs,
    net::IpAddr,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use serde::Deserialize;

#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// `sqlite:///absolute/path` or `postgres://…`. `DATABASE`.
    pub database: String,
    /// Where to listen. `LISTEN`, `PORT`.
    pub listen: String,
    pub port: u16,
    /// Health and metrics on a port of their own, loopback only unless `ops_listen` says otherwise. `OPS_PORT`.
    pub ops_listen: String,
    pub ops_port: u16,
    /// The council's name, on every page.
    pub council: String,
    /// A demonstration: no second step, loopback only, a notice on every page that its people are invented.
    pub demonstration: bool,
    /// The address people use, such as `https://keyworker.example.gov.uk`; needed behind a proxy.
    pub public_address: Option<String>,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// Keys and checkpoints: the audit's signing key, the key that seals second-step secrets. `KEYS`.
    pub keys: PathBuf,
    pub idle_minutes: u32,
    pub longest_hours: u32,
    /// How much memory (KiB) and how many passes Argon2id takes for a password; existing hashes follow at the next sign-in.
    pub password_memory_kib: u32,
    pub password_passes: u32,
    pub smtp: Option<String>,
    pub smtp_from: String,
    /// `host:port` or a socket's path of a clamd that scans documents before anyone sees them.
    pub clamd: Option<String>,
    pub largest_document_megabytes: u32,
    /// The files of one import together.
    pub largest_import_megabytes: u32,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            database: String::new(),
            listen: "127.0.0.1".into(),
            port: 8080,
            ops_listen: "127.0.0.1".into(),
            ops_port: 9080,
            council: "Keyworker".into(),
            demonstration: false,
            public_address: None,
            trusted_proxies: Vec::new(),
            keys: PathBuf::from("keys"),
            idle_minutes: 15,
            longest_hours: 12,
            password_memory_kib: 19 * 1024,
            password_passes: 2,
            smtp: None,
            smtp_from: "keyworker@localhost".into(),
            clamd: None,
            largest_document_megabytes: 50,
            largest_import_megabytes: 200,
        }
    }
}

impl Config {
    /// Reads the file if one is named, then lets the environment override.
    pub fn read(file: Option<&Path>) -> anyhow::Result<Self> {
        let mut config = match file {
            Some(path) => {
                let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
                toml::from_str(&text).with_context(|| format!("{} is not understood", path.display()))?
            }
            None => Config::default(),
        };
        config.environment()?;
        Ok(config)
    }

    fn environment(&mut self) -> anyhow::Result<()> {
        let text = |key: &str, into: &mut String| {
            if let Ok(v) = env::var(key) {
                *into = v
            }
        };
        text("DATABASE", &mut self.database);
        text("LISTEN", &mut self.listen);
        text("OPS_LISTEN", &mut self.ops_listen);
        text("COUNCIL", &mut self.council);
        number("PORT", &mut self.port)?;
        number("OPS_PORT", &mut self.ops_port)?;
        if let Ok(v) = env::var("KEYS") {
            self.keys = v.into()
        }
        if let Ok(v) = env::var("SMTP") {
            self.smtp = Some(v)
        }
        if let Ok(v) = env::var("CLAMD") {
            self.clamd = Some(v)
        }
        if let Ok(v) = env::var("PUBLIC_ADDRESS") {
            self.public_address = Some(v)
        }
        Ok(())
    }

    pub fn is_loopback(&self) -> bool {
        self.listen.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback()) || self.listen == "localhost"
    }

    /// Whether cookies go without `Secure`: only over plain http on loopback, without a proxy in front.
    pub fn is_plain_http(&self) -> bool {
        self.public_address.as_deref().is_none_or(|a| !a.starts_with("https://"))
    }

    /// What must hold before the server may start.
    pub fn check(&self) -> anyhow::Result<()> {
        if self.database.is_empty() {
            bail!(
                "no database is named: set `database` in the file or DATABASE in the environment, as sqlite:///absolute/path or postgres://user@host/name"
            );
        }
        if self.demonstration && !self.is_loopback() {
            bail!("a demonstration signs people in without a second step, so it listens on loopback only: set listen to 127.0.0.1");
        }
        if !self.is_loopback() && (self.is_plain_http() || self.trusted_proxies.is_empty()) {
            bail!(
                "{} is not loopback and the connection is plain http: put a TLS proxy in front, name it in `trusted_proxies` and give `public_address` as https://…",
                self.listen
            );
        }
        Ok(())
    }
}

fn number(key: &str, into: &mut u16) -> anyhow::Result<()> {
    if let Ok(v) = env::var(key) {
        *into = v.parse().with_context(|| format!("{key} is \"{v}\", which is not a port number from 1 to 65535"))?;
    }
    Ok(())
}
