//! Passwords at rest: Argon2id, with parameters from the configuration, renewed at a sign-in when those have changed.
//! What a password must be stands in `password_rules`.

use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version, password_hash::phc::PasswordHash};
use tokio::sync::Semaphore;

use crate::{config::Config, web::Problem};

/// Each hash takes tens of megabytes and of milliseconds: more at once than this would starve the pages.
static AT_ONCE: Semaphore = Semaphore::const_new(4);

fn hasher(config: &Config) -> anyhow::Result<Argon2<'static>> {
    let params =
        Params::new(config.password_memory_kib, config.password_passes, 1, None).map_err(|e| anyhow::anyhow!("Argon2 parameters: {e}"))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

pub fn hash(config: &Config, password: &str) -> anyhow::Result<String> {
    let made = hasher(config)?.hash_password(password.as_bytes()).map_err(|e| anyhow::anyhow!("the password could not be hashed: {e}"))?;
    Ok(made.to_string())
}

/// Whether the password is the one of this hash. Without a hash the same work is done, so that time tells nothing.
pub fn matches(config: &Config, password: &str, hash: Option<&str>) -> bool {
    let Ok(hasher) = hasher(config) else { return false };
    let Some(hash) = hash else {
        let _ = hasher.hash_password(password.as_bytes());
        return false;
    };
    PasswordHash::new(hash).is_ok_and(|parsed| hasher.verify_password(password.as_bytes(), &parsed).is_ok())
}

/// Whether a hash was made with other parameters than today's.
pub fn is_outdated(config: &Config, hash: &str) -> bool {
    let Ok(parsed) = PasswordHash::new(hash) else { return true };
    let number = |name: &str| parsed.params.get(name).and_then(|v| v.decimal().ok());
    number("m") != Some(config.password_memory_kib)
        || number("t") != Some(config.password_passes)
        || parsed.algorithm.as_str() != "argon2id"
}

/// Hashes away from the pages' own threads.
pub async fn hash_aside(config: &Config, password: &str) -> Result<String, Problem> {
    let (config, password) = (config.clone(), password.to_owned());
    aside(move || hash(&config, &password)).await?.map_err(|e| Problem::Broken(format!("{e:#}")))
}

/// Compares away from the pages' own threads.
pub async fn matches_aside(config: &Config, password: &str, hash: Option<String>) -> Result<bool, Problem> {
    let (config, password) = (config.clone(), password.to_owned());
    aside(move || matches(&config, &password, hash.as_deref())).await
}

async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
    let _place = AT_ONCE.acquire().await.map_err(|e| Problem::Broken(e.to_string()))?;
    tokio::task::spawn_blocking(work).await.map_err(|e| Problem::Broken(e.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quick() -> Config {
        Config { password_memory_kib: 64, password_passes: 1, ..Config::default() }
    }

    #[test]
    fn a_password_matches_its_own_hash_only() {
        let hash = hash(&quick(), "correct horse battery").unwrap();
        assert!(hash.starts_with("$argon2id$"));
        assert!(matches(&quick(), "correct horse battery", Some(&hash)));
        assert!(!matches(&quick(), "correct horse batterz", Some(&hash)));
        assert!(!matches(&quick(), "anything at all", None));
    }

    #[test]
    fn other_parameters_ask_for_a_new_hash() {
        let old = hash(&quick(), "correct horse battery").unwrap();
        let today = Config { password_passes: 2, ..quick() };
        assert!(!is_outdated(&quick(), &old));
        assert!(is_outdated(&today, &old));
        assert!(matches(&today, "correct horse battery", Some(&old)), "the old hash still opens");
        assert!(is_outdated(&today, "nonsense"));
    }
}
