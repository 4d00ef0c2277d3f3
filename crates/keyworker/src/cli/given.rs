//! What a command was given: a file or standard input, and whoever runs it.

use crate::clock::Clock;
use std::{
    fs,
    io::{self, Read},
    path::Path,
};

use anyhow::Context as _;
use store::Act;

/// The name and the bytes of a file; `-` is standard input.
pub fn file(path: &Path) -> anyhow::Result<(String, Vec<u8>)> {
    if path.as_os_str() == "-" {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes).context("standard input cannot be read")?;
        return Ok(("standard input".into(), bytes));
    }
    let bytes = fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
    Ok((path.display().to_string(), bytes))
}

/// The act of whoever runs the command, now.
pub fn act() -> Act {
    let user = ["USER", "LOGNAME"].into_iter().find_map(|name| std::env::var(name).ok().filter(|user| !user.is_empty()));
    Act::command_line(user.as_deref().unwrap_or("unknown"), Clock::Real.now())
}
