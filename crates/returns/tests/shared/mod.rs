//! Files that are at hand on some machines and never part of the project: a test that needs one says so and passes.

use std::path::PathBuf;

/// The path of a file or folder among the shared files, or nothing, with a line that says so.
pub fn shared(path: &str) -> Option<PathBuf> {
    let root = std::env::var_os("KEYWORKER_SHARED").map(PathBuf::from).unwrap_or_else(|| {
        let manifest = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
        manifest.ancestors().skip(2).map(|folder| folder.join("../shared")).find(|folder| folder.exists()).unwrap_or_default()
    });
    let path = root.join(path);
    if path.exists() {
        return Some(path);
    }
    println!("skipped: {} is not on this machine", path.display());
    None
}

#[allow(dead_code, reason = "not every test file needs one file alone")]
pub fn bytes(path: &str) -> Option<Vec<u8>> {
    shared(path).and_then(|path| std::fs::read(path).ok())
}
