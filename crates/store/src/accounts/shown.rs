//! The invented people whom a demonstration offers on its sign-in page. Nothing asks for this list otherwise.

use crate::{Day, Result, Tx, id::WorkerId, sql};

/// One of them. An account whose preferences hold `shown_as` comes first, with those words.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Shown {
    pub worker_id: WorkerId,
    pub username: String,
    pub given_name: String,
    pub surname: String,
    pub role: String,
    pub team: Option<String>,
    pub preferences: String,
}

impl Shown {
    /// What the demonstration says about them.
    pub fn words(&self) -> Option<String> {
        let preferences: serde_json::Value = serde_json::from_str(&self.preferences).ok()?;
        preferences.get("shown_as")?.as_str().map(str::to_owned)
    }
}

/// A few for each role, those with a story first.
pub async fn shown_for_demonstration(tx: &mut Tx, each: i64) -> Result<Vec<Shown>> {
    let today = Day(tx.today());
    Ok(sql!(tx, |c| {
        sqlx::query_as("SELECT worker_id, username, given_name, surname, role, team, preferences FROM (
          SELECT a.worker_id, a.username, w.given_name, w.surname, r.role, t.name AS team, a.preferences,
            ROW_NUMBER() OVER (PARTITION BY r.role ORDER BY CASE WHEN a.preferences LIKE '%\"shown_as\"%' THEN 0 ELSE 1 END, a.worker_id, r.from_on) AS place
          FROM account a JOIN worker w ON w.id = a.worker_id JOIN role_held r ON r.worker_id = a.worker_id LEFT JOIN team t ON t.id = r.team_id
          WHERE a.disabled_at IS NULL AND (w.last_day_on IS NULL OR w.last_day_on >= $1) AND r.from_on <= $1 AND (r.until_on IS NULL OR r.until_on >= $1)
        ) AS ranked WHERE place <= $2 ORDER BY role, place")
        .bind(today).bind(each).fetch_all(c)
    })?)
}
