//! What every request shares: the database, the templates, the clock and the configuration. Nothing that matters lives here.

use std::sync::Arc;

use jiff::SignedDuration;
use store::{Db, sessions::Limits};

use super::{govuk::Templates, ops::Figures};
use crate::{clock::Clock, config::Config, jobs::imports::TakingIn, keys::Keys};

#[derive(Clone)]
pub struct App(Arc<Shared>);

pub struct Shared {
    pub db: Db,
    pub templates: Templates,
    pub clock: Clock,
    pub config: Config,
    pub keys: Keys,
    pub figures: Figures,
    pub taking_in: TakingIn,
}

impl App {
    pub fn new(db: Db, clock: Clock, config: Config) -> anyhow::Result<Self> {
        let templates = Templates::new()?;
        let keys = Keys::new(&config.keys);
        Ok(Self(Arc::new(Shared { db, templates, clock, config, keys, figures: Figures::default(), taking_in: TakingIn::default() })))
    }

    pub fn limits(&self) -> Limits {
        Limits {
            idle: SignedDuration::from_mins(i64::from(self.config.idle_minutes)),
            longest: SignedDuration::from_hours(i64::from(self.config.longest_hours)),
        }
    }
}

impl std::ops::Deref for App {
    type Target = Shared;
    fn deref(&self) -> &Shared {
        &self.0
    }
}
