//! `keyworker import`: files of other systems into the database.

use std::process::ExitCode;

use super::import_people;

#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(clap::Subcommand)]
enum What {
    /// A plain list of people
    People(import_people::Args),
}

pub fn run(args: Args) -> anyhow::Result<ExitCode> {
    match args.what {
        What::People(args) => import_people::run(args),
    }
}
