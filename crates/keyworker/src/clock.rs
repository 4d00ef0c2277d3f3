//! The clock as a value: the real one, or one that a test sets.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use jiff::Timestamp;

#[derive(Clone, Debug, Default)]
pub enum Clock {
    #[default]
    Real,
    /// Stands where it was put, in milliseconds since 1970, until it is moved.
    Set(Arc<AtomicI64>),
}

impl Clock {
    pub fn at(at: Timestamp) -> Self {
        Clock::Set(Arc::new(AtomicI64::new(at.as_millisecond())))
    }

    /// The one place at which the machine's clock is read.
    #[allow(clippy::disallowed_methods)]
    pub fn now(&self) -> Timestamp {
        match self {
            Clock::Real => Timestamp::now(),
            Clock::Set(at) => Timestamp::from_millisecond(at.load(Ordering::Relaxed)).unwrap_or(Timestamp::UNIX_EPOCH),
        }
    }

    /// Moves a set clock on; the real one goes by itself.
    pub fn forward(&self, seconds: i64) {
        if let Clock::Set(at) = self {
            at.fetch_add(seconds * 1000, Ordering::Relaxed);
        }
    }
}
