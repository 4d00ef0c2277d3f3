//! Takes in the files that were uploaded, one after another, as the worker who gave each. A run is held by one server; one
//! that a killed server left is begun anew by the next that looks.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use store::{
    Act, Error,
    id::{ImportId, WorkerId},
    imports::{self, Progress},
};

use crate::web::App;

const BETWEEN: Duration = Duration::from_secs(1);

/// How far the imports of this process are: only for the bar, nothing rests on it.
#[derive(Clone, Default)]
pub struct TakingIn(Arc<Mutex<HashMap<ImportId, Progress>>>);

impl TakingIn {
    pub fn at(&self, id: &ImportId) -> Option<Progress> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(id).copied()
    }

    fn tell(&self, id: &ImportId, at: Progress) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(id.clone(), at);
    }

    fn ended(&self, id: &ImportId) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(id);
    }
}

/// Looks for files to take in, for ever.
pub async fn run(app: App) {
    loop {
        match take_next(&app).await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(e) => tracing::warn!(problem = %e, "no import could be begun or ended; it is tried again"),
        }
        tokio::time::sleep(BETWEEN).await;
    }
}

/// Takes in the next file that waits; says whether there was one.
pub async fn take_next(app: &App) -> store::Result<bool> {
    let mut tx = app.db.read(Act::system(app.clock.now())).await?;
    let next = imports::next(&mut tx).await?;
    tx.finish().await?;
    let Some((id, worker)) = next else { return Ok(false) };
    let outcome = take_in(app, &id, worker).await;
    app.taking_in.ended(&id);
    match outcome {
        Ok(()) => {}
        // Another server was quicker.
        Err(Error::Stale) => return Ok(false),
        Err(Error::Refused { words, .. }) => give_up(app, &id, &words).await?,
        Err(Error::RoleLacks) => give_up(app, &id, "Whoever gave this file may no longer take files in. Nothing was taken in.").await?,
        Err(error) => return Err(error),
    }
    Ok(true)
}

async fn take_in(app: &App, id: &ImportId, worker: WorkerId) -> store::Result<()> {
    let act = Act::new(worker, app.clock.now());
    let (told, of) = (app.taking_in.clone(), id.clone());
    let report = imports::carry_out(&app.db, &act, id, act.today(), move |at| told.tell(&of, at)).await?;
    tracing::info!(import = %id, read = report.total.read, stored = report.total.stored, "a file was taken in");
    Ok(())
}

/// A run that could not be begun still waits: it must not be tried for ever. One that failed says so already.
async fn give_up(app: &App, id: &ImportId, why: &str) -> store::Result<()> {
    let mut tx = app.db.write(Act::system(app.clock.now())).await?;
    imports::refuse(&mut tx, id, why).await?;
    tx.commit().await
}
