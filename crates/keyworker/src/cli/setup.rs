//! `keyworker setup`: the first administrator of a fresh installation. There is no account before, and no default one ever.

use std::process::ExitCode;

use anyhow::bail;
use care::access::Role;
use store::{
    accounts::{self, LinkPurpose},
    workers::{self, NewWorker},
};

use super::database::{self, Database};

/// Make the first administrator and print a one-time link to choose a password
///
/// Example: keyworker setup --given-name Sam --surname Dunn --username sam.dunn
#[derive(clap::Args)]
pub struct Args {
    #[arg(long)]
    given_name: String,
    #[arg(long)]
    surname: String,
    /// The name to sign in with
    #[arg(long)]
    username: String,
    #[command(flatten)]
    database: Database,
}

pub fn run(args: Args) -> anyhow::Result<ExitCode> {
    let config = args.database.config()?;
    super::block_on(async {
        let db = database::open(&config).await?;
        let mut tx = db.write(database::act()).await?;
        if accounts::count(&mut tx).await? > 0 {
            bail!(
                "there are accounts already: an administrator adds others on the page \"Staff\"; for a forgotten password run `keyworker account reset USER`"
            );
        }
        let today = tx.today();
        let worker =
            workers::add(&mut tx, &NewWorker { given_name: args.given_name, surname: args.surname, ..NewWorker::starting(today) }).await?;
        accounts::open(&mut tx, &worker, &args.username, None).await?;
        workers::give_role(&mut tx, &worker, Role::SystemAdministrator, None, today, None).await?;
        let token = accounts::make_link(&mut tx, &worker, LinkPurpose::FirstPassword).await?;
        tx.commit().await?;
        config_keys(&config)?;
        println!("{}", super::account::link_words(&config, &token));
        db.close().await;
        Ok(ExitCode::SUCCESS)
    })
}

/// The installation's keys are made now, so that the first start finds them.
fn config_keys(config: &crate::config::Config) -> anyhow::Result<()> {
    crate::keys::Keys::new(&config.keys).audit_signer().map(|_| ())
}
