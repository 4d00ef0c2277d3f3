//! What the server does by itself, beside the pages. However many servers share a database, one holds the lease of a
//! task; nothing that matters is kept in a server's memory.

pub mod checkpoints;
pub mod documents;
pub mod imports;
pub mod outbox;
pub mod safe_return;
pub mod tidy;
pub mod unanswered;

use self::checkpoints::Checkpoints;
use crate::web::App;

/// Starts the tasks; they end with the process. Each may stop at any moment without harm.
pub fn start(app: &App) -> anyhow::Result<()> {
    if let Some(post) = outbox::Post::from_config(&app.config)? {
        tokio::spawn(outbox::run(app.db.clone(), app.clock.clone(), post));
    }
    tokio::spawn(tidy::run(app.db.clone(), app.clock.clone()));
    tokio::spawn(safe_return::run(app.db.clone(), app.clock.clone()));
    tokio::spawn(unanswered::run(app.db.clone(), app.clock.clone()));
    tokio::spawn(Checkpoints::new(&app.db, &app.clock, &app.keys)?.run());
    tokio::spawn(documents::run(app.clone()));
    tokio::spawn(imports::run(app.clone()));
    Ok(())
}

/// The last things before the server stops: the audit's head is signed.
pub async fn stop(app: &App) -> anyhow::Result<()> {
    Checkpoints::new(&app.db, &app.clock, &app.keys)?.sign().await
}
