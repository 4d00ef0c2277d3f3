//! Passwords: Argon2id, 12 to 128 characters, not on the list of common ones, no rules of composition.

use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version, password_hash::phc::PasswordHash};

/// Memory in KiB, passes and lanes: about 50 ms on the machines that this runs on.
fn hasher() -> anyhow::Result<Argon2<'static>> {
    let params = Params::new(19 * 1024, 2, 1, None).map_err(|e| anyhow::anyhow!("Argon2 parameters: {e}"))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

pub fn hash(password: &str) -> anyhow::Result<String> {
    let made = hasher()?.hash_password(password.as_bytes()).map_err(|e| anyhow::anyhow!("the password could not be hashed: {e}"))?;
    Ok(made.to_string())
}

/// Whether the password is the one of this hash. Without a hash the same work is done, so that time tells nothing.
pub fn matches(password: &str, hash: Option<&str>) -> bool {
    const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$a2V5d29ya2VybmE$u1XbS3Y2pLrpxPGOqmTPKpKjzC7eSfsVQJ5Gc7cnRrE";
    let Ok(hasher) = hasher() else { return false };
    let Ok(parsed) = PasswordHash::new(hash.unwrap_or(NOBODY)) else { return false };
    let same = hasher.verify_password(password.as_bytes(), &parsed).is_ok();
    same && hash.is_some()
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_password_matches_its_own_hash_only() {
        let hash = super::hash("correct horse battery").unwrap();
        assert!(super::matches("correct horse battery", Some(&hash)));
        assert!(!super::matches("correct horse batterz", Some(&hash)));
        assert!(!super::matches("anything at all", None));
    }
}
