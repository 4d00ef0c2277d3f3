//! Recovery codes: ten, for the day on which the telephone is lost. Each works once; only digests are kept, which is
//! enough because a code is random and long.

use crate::{Error, Result, Tx, audit::Noted, id::WorkerId, run, sessions::digest, sql};

/// How many are made at a time.
pub const HOW_MANY: usize = 10;
/// No 0, O, 1, I or L, which people misread.
const LETTERS: &[u8; 31] = b"23456789ABCDEFGHJKMNPQRSTUVWXYZ";
/// Letters of a code: 59 bits.
const LONG: usize = 12;

/// Makes ten new codes in place of the old ones. They are shown once and stored nowhere.
pub async fn renew_codes(tx: &mut Tx, worker: &WorkerId) -> Result<Vec<String>> {
    run!(tx, sqlx::query("DELETE FROM recovery_code WHERE worker_id = $1").bind(worker))?;
    let mut codes = Vec::with_capacity(HOW_MANY);
    for _ in 0..HOW_MANY {
        let code = fresh()?;
        run!(tx, sqlx::query("INSERT INTO recovery_code (worker_id, code_hash) VALUES ($1,$2)").bind(worker).bind(hash(worker, &code)))?;
        codes.push(code);
    }
    tx.note(Noted::new("account.recovery_codes_made", "worker", worker));
    Ok(codes)
}

/// Uses a code up, however it was spaced or cased. False when there is no such unused code.
pub async fn use_code(tx: &mut Tx, worker: &WorkerId, typed: &str) -> Result<bool> {
    let now = tx.act().at();
    let used = run!(
        tx,
        sqlx::query("UPDATE recovery_code SET used_at = $1 WHERE worker_id = $2 AND code_hash = $3 AND used_at IS NULL")
            .bind(now)
            .bind(worker)
            .bind(hash(worker, typed))
    )?;
    if used == 1 {
        tx.note(Noted::new("account.recovery_code_used", "worker", worker));
    }
    Ok(used == 1)
}

pub async fn codes_left(tx: &mut Tx, worker: &WorkerId) -> Result<i64> {
    let (n,): (i64,) = sql!(tx, |c| sqlx::query_as("SELECT COUNT(*) FROM recovery_code WHERE worker_id = $1 AND used_at IS NULL")
        .bind(worker)
        .fetch_one(c))?;
    Ok(n)
}

fn hash(worker: &WorkerId, typed: &str) -> String {
    let plain: String = typed.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect();
    digest(&format!("recovery {worker} {plain}"))
}

/// `ABCD-EFGH-JKMN`: each letter equally likely.
fn fresh() -> Result<String> {
    let mut code = String::with_capacity(LONG + 2);
    let mut letters = 0;
    while letters < LONG {
        let mut byte = [0_u8; 1];
        getrandom::fill(&mut byte).map_err(|_| Error::Corrupt("the machine gives no randomness".into()))?;
        // 248 is the largest multiple of 31 that fits a byte: what lies above would favour the first letters.
        if byte[0] >= 248 {
            continue;
        }
        if letters > 0 && letters % 4 == 0 {
            code.push('-');
        }
        code.push(char::from(LETTERS[usize::from(byte[0]) % LETTERS.len()]));
        letters += 1;
    }
    Ok(code)
}
