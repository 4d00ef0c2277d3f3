//! `keyworker demo`: an invented borough to look at. Made once, then served from its folder; everyone in it is fictional.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
    time::{Duration, Instant},
};

use anyhow::Context as _;
use care::{access::Role, examples::Size};
use indicatif::{ProgressBar, ProgressStyle};
use store::{Act, Db, accounts, demonstration};

use crate::{clock::Clock, config::Config};

#[derive(clap::Args)]
#[command(after_help = "Example:\n  keyworker demo --folder demo --serve")]
pub struct Args {
    /// Where the demonstration lives
    #[arg(long, default_value = "demo")]
    folder: PathBuf,
    /// How many people are known to the borough
    #[arg(long, default_value_t = 30_000)]
    people: usize,
    /// How many years its records go back
    #[arg(long, default_value_t = 3)]
    years: i32,
    /// Another seed makes another borough
    #[arg(long, default_value_t = 1)]
    seed: u64,
    #[arg(long, default_value_t = 8080, env = "PORT")]
    port: u16,
    /// Another database than the one in the folder
    #[arg(long, env = "DATABASE")]
    database: Option<String>,
    /// Serve it on 127.0.0.1 until stopped
    #[arg(long)]
    serve: bool,
}

pub fn run(args: Args) -> anyhow::Result<ExitCode> {
    super::block_on(async {
        let config = config(&args)?;
        let db = super::open_database(&config.database).await?;
        make(&db, &args).await?;
        greet(&db, &config).await?;
        if !args.serve {
            db.close().await;
            return Ok(ExitCode::SUCCESS);
        }
        super::serve::serve(db, config).await
    })
}

/// Loopback, without a second step, and saying on every page that its people are invented.
fn config(args: &Args) -> anyhow::Result<Config> {
    std::fs::create_dir_all(&args.folder).with_context(|| format!("cannot make the folder {}", args.folder.display()))?;
    let folder = args.folder.canonicalize()?;
    let database = args.database.clone().unwrap_or_else(|| format!("sqlite://{}", folder.join("keyworker.db").display()));
    let mut config = Config::read(None)?;
    config.database = database;
    config.port = args.port;
    config.listen = "127.0.0.1".into();
    config.council = "Metropolitan Borough of Ashmere".into();
    config.demonstration = true;
    config.keys = folder.join("keys");
    config.check()?;
    Ok(config)
}

async fn make(db: &Db, args: &Args) -> anyhow::Result<()> {
    if demonstration::is_made(db).await? {
        return Ok(());
    }
    let now = Clock::Real.now();
    put_aside(&args.folder.join("keys").join("checkpoints.log"), now)?;
    let size = Size { people: args.people, years: args.years, today: Act::system(now).today(), seed: args.seed };
    let bar = ProgressBar::new(args.people as u64).with_style(ProgressStyle::with_template("{msg} {wide_bar} {pos} of {len} people")?);
    bar.set_message("Making the borough of Ashmere");
    let began = Instant::now();
    let mut said = Duration::ZERO;
    let made = demonstration::make(db, size, now, |p| {
        bar.set_position(p.people as u64);
        if bar.is_hidden() && began.elapsed() > said + Duration::from_secs(5) {
            said = began.elapsed();
            eprintln!("Making the borough of Ashmere: {} people, {} entries", p.people, p.entries);
        }
    })
    .await?;
    bar.finish_and_clear();
    eprintln!("Made {} people with {} entries in {:.1} seconds.", made.people, made.entries, began.elapsed().as_secs_f64());
    Ok(())
}

/// Checkpoints of a borough that was thrown away say nothing of the new one; nobody throws them away unasked.
fn put_aside(log: &Path, now: jiff::Timestamp) -> anyhow::Result<()> {
    if log.exists() {
        std::fs::rename(log, log.with_file_name(format!("checkpoints-until-{}.log", now.as_second())))?;
    }
    Ok(())
}

/// Where it is, and who there is to sign in as.
async fn greet(db: &Db, config: &Config) -> anyhow::Result<()> {
    let mut tx = db.read(Act::system(Clock::Real.now())).await?;
    let people = accounts::shown_for_demonstration(&mut tx, 1).await?;
    tx.finish().await?;
    println!("\nThe borough of Ashmere and everybody in it are invented.");
    println!("It is at http://127.0.0.1:{}/ – press a name there to sign in, such as:", config.port);
    for one in people {
        let role = Role::from_code(&one.role).map_or("", |r| r.label());
        println!("  {:<28} {role}", format!("{} {}", one.given_name, one.surname));
    }
    println!("Press Ctrl-C to stop.");
    Ok(())
}
