//! `keyworker schema`: the database's tables in Markdown, as `docs/schema.md` holds them.

use std::process::ExitCode;

pub fn run() -> anyhow::Result<ExitCode> {
    let text = super::block_on(async { Ok(store::schema::in_markdown().await?) })?;
    print!("{text}");
    Ok(ExitCode::SUCCESS)
}
