//! The installation's keys, in a folder of their own outside the database, so that whoever has the database alone can
//! neither read second-step secrets nor sign a forged audit. Several servers on one database share the folder.
//!
//! Secrets are sealed with XChaCha20-Poly1305: its nonce is long enough to be drawn at random for each, it needs no
//! special processor to be fast and safe from timing, and a sealed text that was altered, or moved to another account,
//! does not open.

use std::{
    fs,
    io::Write as _,
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, anyhow, bail};
use chacha20poly1305::{
    KeyInit as _, XChaCha20Poly1305, XNonce,
    aead::{Aead as _, Payload},
};
use store::audit::Signer;

#[derive(Debug, Clone)]
pub struct Keys {
    folder: PathBuf,
}

impl Keys {
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Seals a secret so that it opens only for the same owner.
    pub fn seal(&self, owner: &str, secret: &[u8]) -> anyhow::Result<String> {
        let mut nonce = [0_u8; 24];
        getrandom::fill(&mut nonce).map_err(|_| anyhow!("the machine gives no randomness"))?;
        let payload = Payload { msg: secret, aad: owner.as_bytes() };
        let sealed = self.cipher()?.encrypt(&XNonce::from(nonce), payload).map_err(|_| anyhow!("a secret could not be sealed"))?;
        Ok(format!("1:{}:{}", hex(&nonce), hex(&sealed)))
    }

    /// Opens what was sealed for this owner.
    pub fn unseal(&self, owner: &str, sealed: &str) -> anyhow::Result<Vec<u8>> {
        let parts: Vec<&str> = sealed.split(':').collect();
        let ["1", nonce, text] = parts[..] else { bail!("a sealed secret is not understood") };
        let nonce: [u8; 24] = unhex(nonce).and_then(|n| n.try_into().ok()).ok_or_else(|| anyhow!("a sealed secret is not understood"))?;
        let text = unhex(text).ok_or_else(|| anyhow!("a sealed secret is not understood"))?;
        let payload = Payload { msg: &text, aad: owner.as_bytes() };
        self.cipher()?.decrypt(&XNonce::from(nonce), payload).map_err(|_| {
            anyhow!("a sealed secret does not open with the key in {}: is it the folder that sealed it?", self.folder.display())
        })
    }

    /// The key that signs checkpoints of the audit; its public half is written beside it for whoever verifies elsewhere.
    pub fn audit_signer(&self) -> anyhow::Result<Signer> {
        let signer = Signer::from_seed(self.read_or_make("audit.key")?);
        let public = self.folder.join("audit.pub");
        if !public.exists() {
            fs::write(&public, format!("{}\n", hex(signer.public().as_bytes())))
                .with_context(|| format!("cannot write {}", public.display()))?;
        }
        Ok(signer)
    }

    /// A caller's address as a digest that only this installation can make: for counting, and nothing else.
    pub fn caller(&self, address: &str) -> anyhow::Result<String> {
        use sha2::{Digest, Sha256};
        let mut hash = Sha256::new();
        hash.update(self.read_or_make("callers.key")?);
        hash.update(address);
        Ok(hex(&hash.finalize()))
    }

    /// Where the signed checkpoints are appended, a line each.
    pub fn checkpoints_log(&self) -> PathBuf {
        self.folder.join("checkpoints.log")
    }

    fn cipher(&self) -> anyhow::Result<XChaCha20Poly1305> {
        Ok(XChaCha20Poly1305::new(&self.read_or_make("second-step.key")?.into()))
    }

    /// 32 bytes as hexadecimal digits in a file that only its owner reads. Of two servers that make it at once, one wins.
    fn read_or_make(&self, name: &str) -> anyhow::Result<[u8; 32]> {
        let path = self.folder.join(name);
        if !path.exists() {
            self.make(name)?;
        }
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read the key {}", path.display()))?;
        unhex(text.trim())
            .and_then(|k| k.try_into().ok())
            .ok_or_else(|| anyhow!("{} is not a key: 64 hexadecimal digits are expected", path.display()))
    }

    fn make(&self, name: &str) -> anyhow::Result<()> {
        fs::create_dir_all(&self.folder).with_context(|| format!("cannot make the folder of keys {}", self.folder.display()))?;
        let mut key = [0_u8; 32];
        getrandom::fill(&mut key).map_err(|_| anyhow!("the machine gives no randomness"))?;
        let fresh = self.folder.join(format!("{name}.{}", store::id::fresh()));
        let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&fresh)?;
        writeln!(file, "{}", hex(&key))?;
        file.sync_all()?;
        // A link fails where the name is taken: the key that was there first stays.
        let linked = fs::hard_link(&fresh, self.folder.join(name));
        fs::remove_file(&fresh)?;
        match linked {
            Err(e) if e.kind() != std::io::ErrorKind::AlreadyExists => Err(e).with_context(|| format!("cannot write the key {name}")),
            _ => Ok(()),
        }
    }
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

pub fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.is_ascii() {
        return None;
    }
    (0..text.len()).step_by(2).map(|i| u8::from_str_radix(&text[i..i + 2], 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_secret_opens_for_its_owner_only() {
        let folder = tempfile::tempdir().unwrap();
        let keys = Keys::new(folder.path().join("keys"));
        let sealed = keys.seal("priya", b"a secret").unwrap();
        assert_eq!(keys.unseal("priya", &sealed).unwrap(), b"a secret");
        assert!(keys.unseal("tom", &sealed).is_err(), "moved to another account");
        let altered = sealed.replace(&sealed[sealed.len() - 2..], if sealed.ends_with("00") { "01" } else { "00" });
        assert!(keys.unseal("priya", &altered).is_err(), "altered");
        assert_ne!(keys.seal("priya", b"a secret").unwrap(), sealed, "never twice the same");
        let other = Keys::new(folder.path().join("other"));
        assert!(other.unseal("priya", &sealed).is_err(), "another installation's key");
    }

    #[test]
    fn keys_are_for_their_owner_and_stay() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let keys = Keys::new(folder.path());
        let public = keys.audit_signer().unwrap().public();
        assert_eq!(keys.audit_signer().unwrap().public(), public);
        assert_eq!(fs::metadata(folder.path().join("audit.key")).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
