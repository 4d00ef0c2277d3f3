//! `keyworker import people FILE.csv`: a plain list of people into the index, in one transaction.

use std::{path::PathBuf, process::ExitCode};

use indicatif::{ProgressBar, ProgressStyle};
use returns::people_list::{self, PeopleList};
use store::people_list::{Intake, Taken};

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

/// How many rows are read before they are written.
const AT_ONCE: usize = 2000;

pub fn run(args: Args) -> anyhow::Result<ExitCode> {
    super::block_on(import(args))
}

async fn import(args: Args) -> anyhow::Result<ExitCode> {
    let act = given::act();
    let (name, bytes) = given::file(&args.file)?;
    let mut report = Report::new(args.format);
    let (text, findings) = people_list::decode(&bytes, &name);
    report.findings(&findings)?;
    let Some(text) = text else { return report.could_not() };
    let (list, findings) = PeopleList::open(&text, &name, act.today());
    report.findings(&findings)?;
    let Some(mut list) = list else { return report.could_not() };

    let db = super::open_database(&args.database).await?;
    let bar = bar(text.lines().count().saturating_sub(1));
    let mut tx = db.write(act).await?;
    let mut intake = Intake::begin(&mut tx, &name).await?;
    let mut read = 0;
    loop {
        let batch = list.next(AT_ONCE);
        if batch.read == 0 {
            break;
        }
        for listed in &batch.people {
            intake.take(&mut tx, listed).await?;
        }
        read += batch.read;
        bar.inc(batch.read as u64);
        bar.suspend(|| report.findings(&batch.findings))?;
    }
    bar.set_message("filing everybody for the search");
    let taken = intake.end(&mut tx).await?;
    tx.commit().await?;
    bar.finish_and_clear();
    store::bulk::settle(&db).await?;
    db.close().await;
    report.end(&sentence(&name, read, taken), &[("read", read), ("stored", taken.stored), ("already_there", taken.already_there)])
}

fn bar(rows: usize) -> ProgressBar {
    let style = ProgressStyle::with_template("{pos} of about {len} people [{bar:30}] {eta} {msg}");
    ProgressBar::new(rows as u64).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// Every row read is accounted for.
fn sentence(name: &str, read: usize, taken: Taken) -> String {
    let refused = read - taken.stored - taken.already_there;
    format!("{name}: {read} rows read = {} stored + {} already there + {refused} refused", taken.stored, taken.already_there)
}
