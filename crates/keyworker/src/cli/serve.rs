//! `keyworker serve`: the pages, until it is told to stop.

use std::{net::SocketAddr, path::PathBuf, process::ExitCode};

use anyhow::{Context as _, bail};
use store::{Db, demonstration};
use tokio::net::TcpListener;

use crate::{
    clock::Clock,
    config::Config,
    jobs::{self, checkpoints::Checkpoints},
    web::{App, ops, routes},
};

#[derive(clap::Args)]
pub struct Args {
    /// The configuration file
    #[arg(long, env = "KEYWORKER_CONFIG")]
    config: Option<PathBuf>,
}

pub fn run(args: Args) -> anyhow::Result<ExitCode> {
    let config = Config::read(args.config.as_deref())?;
    config.check()?;
    super::block_on(async {
        let db = super::open_database(&config.database).await?;
        serve(db, config).await
    })
}

/// Serves the pages, and the operators' port beside them, until it is told to stop; then ends what is under way.
pub async fn serve(db: Db, config: Config) -> anyhow::Result<ExitCode> {
    logs(config.demonstration);
    if config.demonstration && !demonstration::is_made(&db).await? {
        bail!("a demonstration signs people in by one press of a button, and this database is none: leave `demonstration` out");
    }
    let ops_address = format!("{}:{}", config.ops_listen, config.ops_port);
    let address = format!("{}:{}", config.listen, config.port);
    let listener = TcpListener::bind(&address).await.with_context(|| format!("cannot listen on {address}"))?;
    let app = App::new(db.clone(), Clock::Real, config)?;
    Checkpoints::new(&app.db, &app.clock, &app.keys)?.look_back().await?;
    jobs::start(&app)?;
    match TcpListener::bind(&ops_address).await {
        Ok(ops) => {
            let service = ops::router(app.clone());
            tokio::spawn(async move { axum::serve(ops, service).await });
        }
        Err(e) if app.config.demonstration => {
            tracing::warn!(address = %ops_address, error = %e, "health and metrics are not served: the port is taken");
        }
        Err(e) => return Err(e).with_context(|| format!("cannot listen on {ops_address} for health and metrics: set OPS_PORT")),
    }
    eprintln!("Keyworker is at http://{address}/");
    let service = routes::router(app.clone()).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service).with_graceful_shutdown(told_to_stop()).await?;
    jobs::stop(&app).await?;
    db.close().await;
    Ok(ExitCode::SUCCESS)
}

/// Returns at Ctrl-C or when the service manager asks.
async fn told_to_stop() {
    let interrupt = tokio::signal::ctrl_c();
    let Ok(mut terminate) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) else {
        let _ = interrupt.await;
        return;
    };
    tokio::select! { _ = interrupt => {}, _ = terminate.recv() => {} }
}

/// One JSON object a line, without names or notes; RUST_LOG chooses how much. A demonstration says warnings only.
fn logs(demonstration: bool) {
    let usual = if demonstration { "warn" } else { "info" };
    let filter = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| usual.into());
    // Set already by a test or an earlier call: then it stays.
    let _ = tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(std::io::stderr).try_init();
}
