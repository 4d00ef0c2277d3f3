//! What a worker has to do: the counts in the head of every page. Each counts exactly the rows of the list behind it.

use care::access::{Deed, Role};

use crate::{Day, Result, Tx, sql, work, workers::Standing};

#[derive(Debug, Clone)]
pub struct Todo {
    pub label: String,
    pub count: i64,
    pub href: String,
    /// Whether a count above nought is shown in red.
    pub urgent: bool,
}

/// $1 worker, $2 today, $3 the end of the week. What is due counts for those whom the worker holds or covers.
const COUNTS: &str = "
WITH mine AS (SELECT a.person_id, a.state FROM allocation a WHERE a.worker_id = $1 AND a.part IN ('primary', 'cover') AND a.from_on <= $2 AND (a.until_on IS NULL OR a.until_on >= $2)),
open_due AS (SELECT d.due_on FROM due d WHERE d.met_on IS NULL AND d.dropped_on IS NULL AND d.due_on <= $3 AND d.person_id IN (SELECT person_id FROM mine))
SELECT (SELECT COUNT(*) FROM open_due WHERE due_on < $2) AS late, (SELECT COUNT(*) FROM open_due WHERE due_on = $2) AS due_today,
  (SELECT COUNT(*) FROM open_due WHERE due_on > $2) AS this_week, (SELECT COUNT(*) FROM mine WHERE state IN ('offered', 'confirmed')) AS new_to_me,
  (SELECT COUNT(*) FROM draft WHERE worker_id = $1) AS drafts,
  (SELECT COUNT(*) FROM access_grant WHERE kind = 'break_glass' AND reviewed_at IS NULL AND worker_id <> $1) AS to_review";

#[derive(sqlx::FromRow)]
struct Counts {
    late: i64,
    due_today: i64,
    this_week: i64,
    new_to_me: i64,
    drafts: i64,
    to_review: i64,
}

pub async fn counts(tx: &mut Tx, standing: &Standing) -> Result<Vec<Todo>> {
    let (worker, today) = (&standing.worker.id, tx.today());
    let roles: Vec<Role> = standing.roles.iter().filter_map(|r| Role::from_code(&r.role)).collect();
    let may = |deed: Deed| roles.iter().any(|r| r.grants(deed));
    let found: Counts = sql!(tx, |c| sqlx::query_as(COUNTS).bind(worker).bind(Day(today)).bind(Day(work::week_ends(today))).fetch_one(c))?;
    let messages = i64::try_from(work::notices(tx, worker, work::Which::Waiting).await?.len()).unwrap_or(0);
    let item = |label: &str, count, href: &str, urgent| Todo {
        label: if count == 1 { one(label) } else { label }.into(),
        count,
        href: href.into(),
        urgent,
    };
    let mut all = Vec::new();
    if may(Deed::TakeAllocation) {
        all.push(item("late", found.late, "/work/late", true));
        all.push(item("due today", found.due_today, "/work/today", false));
        all.push(item("due this week", found.this_week, "/work/week", false));
        all.push(item("new to me", found.new_to_me, "/work/new", true));
    }
    if let Some((late, immediate)) = crate::front_door::counts(tx, standing).await? {
        all.push(item("enquiries late", late, "/front-door?show=late", true));
        all.push(item("in immediate danger", immediate, "/front-door?show=immediate", true));
    }
    all.push(item("messages", messages, "/notices", false));
    all.push(item("drafts", found.drafts, "/drafts", false));
    if may(Deed::ReviewBreakGlass) {
        all.push(item("emergency openings to review", found.to_review, "/access/reviews", true));
    }
    Ok(all)
}

/// The label of a single thing.
fn one(label: &str) -> &str {
    match label {
        "enquiries late" => "enquiry late",
        "messages" => "message",
        "drafts" => "draft",
        "emergency openings to review" => "emergency opening to review",
        same => same,
    }
}
