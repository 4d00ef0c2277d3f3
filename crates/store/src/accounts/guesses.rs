//! Guesses at passwords and codes, to slow the next one down without ever shutting the owner out.
//!
//! Each wrong guess is counted under a key: the name guessed at, the address it came from, or the device if the owner
//! has signed in from it before. After the free ones each next has to wait, twice as long each time up to a limit.

use jiff::{SignedDuration, Timestamp};

use crate::{At, Result, Tx, audit::Noted, id::WorkerId, run, sessions::digest, sql};

/// How many wrong guesses are free, how long the longest wait is, and when a count is forgotten.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    pub free: i64,
    pub longest: SignedDuration,
    pub forgotten_after: SignedDuration,
}

impl Patience {
    /// With a name, from anywhere: at most some 1,400 guesses a day.
    pub const NAME: Self = Self { free: 5, longest: SignedDuration::from_secs(60), forgotten_after: SignedDuration::from_hours(24) };
    /// From one address, which may be a whole council's.
    pub const ADDRESS: Self = Self { free: 50, longest: SignedDuration::from_secs(60), forgotten_after: SignedDuration::from_hours(1) };
    /// From a device that its owner has used before.
    pub const DEVICE: Self = Self { free: 10, longest: SignedDuration::from_secs(60), forgotten_after: SignedDuration::from_hours(1) };
    /// At the second step, by someone who knows the password: at most some 100 guesses a day among a million codes.
    pub const CODE: Self = Self { free: 5, longest: SignedDuration::from_mins(15), forgotten_after: SignedDuration::from_hours(24) };

    /// Seconds still to wait after so many wrong guesses, the last of them then.
    fn wait(self, failures: i64, last: Timestamp, now: Timestamp) -> u64 {
        if failures < self.free || now.duration_since(last) >= self.forgotten_after {
            return 0;
        }
        let doubled = 1_i64.checked_shl(u32::try_from(failures - self.free).unwrap_or(u32::MAX)).filter(|s| *s > 0).unwrap_or(i64::MAX);
        let wait = doubled.min(self.longest.as_secs());
        u64::try_from(wait - now.duration_since(last).as_secs()).unwrap_or(0)
    }
}

/// How many seconds whoever guesses under this key must still wait; 0 when they may guess now.
pub async fn wait_in_seconds(tx: &mut Tx, key: &str, patience: Patience) -> Result<u64> {
    let found: Option<(i64, At)> =
        sql!(tx, |c| sqlx::query_as("SELECT failures, last_at FROM guess WHERE key_hash = $1").bind(digest(key)).fetch_optional(c))?;
    let now = tx.act().at().0;
    Ok(found.map_or(0, |(failures, last)| patience.wait(failures, last.0, now)))
}

/// Counts a wrong guess under each key, and notes it under the account if there is one.
pub async fn guessed_wrong(tx: &mut Tx, keys: &[(String, Patience)], account: Option<&WorkerId>, what: &'static str) -> Result<()> {
    let now = tx.act().at();
    for (key, patience) in keys {
        let fresh_from = At::cut(now.0 - patience.forgotten_after);
        run!(
            tx,
            sqlx::query(
                "INSERT INTO guess (key_hash, failures, last_at) VALUES ($1, 1, $2) ON CONFLICT (key_hash) DO UPDATE
            SET failures = CASE WHEN guess.last_at <= $3 THEN 1 ELSE guess.failures + 1 END, last_at = $2"
            )
            .bind(digest(key))
            .bind(now)
            .bind(fresh_from)
        )?;
    }
    let about = account.map_or_else(|| "unknown name".to_owned(), ToString::to_string);
    tx.note(Noted::new("refused.sign_in", "refusal", about).because(what));
    Ok(())
}

/// Forgets the wrong guesses under a key.
pub async fn guessed_right(tx: &mut Tx, key: &str) -> Result<()> {
    run!(tx, sqlx::query("DELETE FROM guess WHERE key_hash = $1").bind(digest(key)))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_further_guess_waits_twice_as_long_up_to_a_limit() {
        let now = Timestamp::from_second(1_800_000_000).unwrap_or_default();
        let wait = |failures, ago: i64| Patience::NAME.wait(failures, now - SignedDuration::from_secs(ago), now);
        for (failures, ago, seconds) in [
            (0, 0, 0),
            (4, 0, 0),
            (5, 0, 1),
            (6, 0, 2),
            (7, 1, 3),
            (10, 0, 32),
            (11, 0, 60),
            (500, 0, 60),
            (500, 59, 1),
            (500, 60, 0),
            (500, 86_400, 0),
        ] {
            assert_eq!(wait(failures, ago), seconds, "{failures} failures, {ago} s ago");
        }
    }
}
