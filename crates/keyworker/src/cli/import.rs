//! `keyworker import`: files of other systems into the database, each in one transaction and safe to repeat.

use std::process::ExitCode;

use super::{import_people, import_return};
use store::imports::Kind;

#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(clap::Subcommand)]
enum What {
    /// A plain list of people
    People(import_people::Args),
    /// A children in need census
    #[command(after_help = import_return::CIN)]
    Cin(import_return::Args),
    /// A looked-after children return: the folder of its tables
    #[command(after_help = import_return::SSDA903)]
    Ssda903(import_return::Args),
    /// A children's social work workforce census
    #[command(after_help = import_return::WORKFORCE)]
    Workforce(import_return::Args),
    /// The inspection lists of children (Annex A)
    #[command(after_help = import_return::ANNEX_A)]
    AnnexA(import_return::Args),
}

pub fn run(args: Args) -> anyhow::Result<ExitCode> {
    match args.what {
        What::People(args) => import_people::run(args),
        What::Cin(args) => import_return::run(Kind::Cin, args),
        What::Ssda903(args) => import_return::run(Kind::Ssda903, args),
        What::Workforce(args) => import_return::run(Kind::Workforce, args),
        What::AnnexA(args) => import_return::run(Kind::AnnexA, args),
    }
}
