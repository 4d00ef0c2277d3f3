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

    /// The one place at which the machine's clock is read. Cut to milliseconds, as it is stored: what was received at this
    /// moment does not lie ahead of it.
    #[allow(clippy::disallowed_methods)]
    pub fn now(&self) -> Timestamp {
        match self {
            Clock::Real => milliseconds(Timestamp::now().as_millisecond()),
            Clock::Set(at) => milliseconds(at.load(Ordering::Relaxed)),
        }
    }

    /// Moves a set clock on; the real one goes by itself.
    pub fn forward(&self, seconds: i64) {
        if let Clock::Set(at) = self {
            at.fetch_add(seconds * 1000, Ordering::Relaxed);
        }
    }
}

fn milliseconds(since_1970: i64) -> Timestamp {
    Timestamp::from_millisecond(since_1970).unwrap_or(Timestamp::UNIX_EPOCH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_no_finer_than_what_is_stored() {
        for _ in 0..20 {
            assert_eq!(Clock::Real.now().subsec_nanosecond() % 1_000_000, 0);
        }
    }
}
