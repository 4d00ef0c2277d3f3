//! `keyworker serve`: the pages, until it is told to stop.

use std::{net::SocketAddr, path::PathBuf, process::ExitCode};

use anyhow::Context as _;
use tokio::net::TcpListener;

use crate::{
    clock::Clock,
    config::Config,
    jobs,
    web::{App, routes},
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
    super::block_on(serve(config))
}

async fn serve(config: Config) -> anyhow::Result<ExitCode> {
    let db = super::open_database(&config.database).await?;
    let address = format!("{}:{}", config.listen, config.port);
    let listener = TcpListener::bind(&address).await.with_context(|| format!("cannot listen on {address}"))?;
    let app = App::new(db.clone(), Clock::Real, config)?;
    jobs::start(&app)?;
    eprintln!("Keyworker is at http://{address}/");
    let service = routes::router(app).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service).with_graceful_shutdown(told_to_stop()).await?;
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
