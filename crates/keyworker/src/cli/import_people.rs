//! `keyworker import people FILE.csv`: a plain list of people into the index, in one transaction.

use std::{path::PathBuf, process::ExitCode};

use indicatif::{ProgressBar, ProgressStyle};
use returns::{
    finding::Finding,
    people_list::{self, PeopleList},
};
use store::{
    imports::{self, Progress, Source},
    people_list::Taken,
};

use super::{
    given,
    report::{Format, Report},
};

#[derive(clap::Args)]
#[command(after_help = "Example:
  keyworker import people people.csv --database sqlite:///var/lib/keyworker/keyworker.db

Columns: id, given_name, surname, sex, dob, postcode, nhs_no; others are passed over. A row whose id is already there
is left as it is, so that the same file may be given again.")]
pub struct Args {
    /// The file, or - for standard input
    file: PathBuf,
    /// sqlite:///absolute/path or postgres://user@host/name
    #[arg(long, env = "DATABASE")]
    database: String,
    /// How findings are written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

pub fn run(args: Args) -> anyhow::Result<ExitCode> {
    super::block_on(import(args))
}

async fn import(args: Args) -> anyhow::Result<ExitCode> {
    let act = given::act();
    let (name, bytes) = given::file(&args.file)?;
    let mut report = Report::new(args.format);
    // What is no list of people at all is told before a database is made for it.
    let (text, findings) = people_list::decode(&bytes, &name);
    let readable = match &text {
        Some(text) => PeopleList::open(text, &name, act.today()).0.is_some(),
        None => false,
    };
    if !readable {
        let (_, more) = text.as_deref().map_or((None, Vec::new()), |text| PeopleList::open(text, &name, act.today()));
        report.findings(&findings)?;
        report.findings(&more)?;
        return report.could_not();
    }
    drop(text);

    let db = super::open_database(&args.database).await?;
    let bar = bar();
    let told = bar.clone();
    let show = move |at: Progress| {
        told.set_length(at.of);
        told.set_position(at.done);
    };
    let source = Source { name: name.clone(), bytes };
    let mut seen = |findings: &[Finding]| bar.suspend(|| report.findings(findings)).map_err(std::io::Error::other);
    let taken = imports::list(&db, &act, source, act.today(), show, &mut seen).await;
    bar.finish_and_clear();
    db.close().await;
    let taken = taken?;
    let numbers = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
    let (read, stored, already_there) = (numbers(taken.total.read), numbers(taken.total.stored), numbers(taken.total.already_there));
    let taken = Taken { stored, already_there };
    report.end(&sentence(&name, read, taken), &[("read", read), ("stored", taken.stored), ("already_there", taken.already_there)])
}

fn bar() -> ProgressBar {
    let style = ProgressStyle::with_template("{pos} of about {len} people [{bar:30}] {eta}");
    ProgressBar::new(0).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// Every row read is accounted for.
fn sentence(name: &str, read: usize, taken: Taken) -> String {
    let refused = read - taken.stored - taken.already_there;
    format!("{name}: {read} rows read = {} stored + {} already there + {refused} refused", taken.stored, taken.already_there)
}
