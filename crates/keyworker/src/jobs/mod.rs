//! What the server does by itself, beside the pages. However many servers share a database, one holds the lease of a
//! task; nothing that matters is kept in a server's memory.

pub mod outbox;

use crate::web::App;

/// Starts the tasks; they end with the process. Each may stop at any moment without harm.
pub fn start(app: &App) -> anyhow::Result<()> {
    if let Some(post) = outbox::Post::from_config(&app.config)? {
        tokio::spawn(outbox::run(app.db.clone(), app.clock.clone(), post));
    }
    Ok(())
}
