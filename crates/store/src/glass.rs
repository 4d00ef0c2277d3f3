//! Breaking the glass, as it is stored: a grant that ends by itself, the messages that go out at once, and the review by
//! somebody else. What may be broken and for how long is judged by `care::access`.

use care::access::{BreakGlassProblem, BreakGlassReason, BreakGlassRequest, Deed, may_review};

use crate::{
    At, Day, Error, Result, Tx,
    audit::Noted,
    error::IndexCard,
    id::{GrantId, NoticeId, PersonId, WorkerId},
    people, policy, rights, run, sql,
};

care::coded! {
    /// What a reviewer found.
    pub enum ReviewOutcome {
        Justified = "justified", "It was right to open the record";
        FollowUp = "follow_up", "It was right, but something has to change, such as a missing tie or cover";
        NotJustified = "not_justified", "It was not right, and is taken up with the worker";
    }
}

/// What the page before the glass says.
#[derive(Debug, Clone)]
pub enum Offer {
    /// The asker may read the record without.
    NotNeeded,
    /// The glass may be broken, for so many hours at most.
    Offered(Box<IndexCard>, u8),
    /// It may not: restricted, a conflict of interest, or not a role that works with people.
    NotOffered(Box<IndexCard>),
}

/// Whether the asker may break the glass of this record. A hidden record is [`Error::Hidden`], as everywhere.
pub async fn offer(tx: &mut Tx, person: &PersonId) -> Result<Offer> {
    let longest = policy::break_glass(tx).await?.longest_hours;
    match people::open(tx, person, Deed::ReadRecord).await {
        Ok(_) => Ok(Offer::NotNeeded),
        Err(Error::IndexOnly(card)) if card.glass_offered => Ok(Offer::Offered(card, longest)),
        Err(Error::IndexOnly(card)) => Ok(Offer::NotOffered(card)),
        Err(other) => Err(other),
    }
}

/// Breaks the glass: the record is open to the asker until the answered moment, its manager and its worker are told, and a
/// review is due by the next working day.
pub async fn break_glass(tx: &mut Tx, person: &PersonId, request: &BreakGlassRequest) -> Result<At> {
    match offer(tx, person).await? {
        Offer::Offered(..) => {}
        Offer::NotNeeded => return Err(Error::refused("reason", "You may read this record already")),
        Offer::NotOffered(card) => return Err(Error::IndexOnly(card)),
    }
    let (now, me, today) = (tx.act().at(), tx.act().worker().clone(), tx.today());
    let until = At::cut(request.check(&policy::break_glass(tx).await?, now.0).map_err(said)?);
    let review_due = policy::calendar(tx).await?.add_working_days(today, 1);
    let id = GrantId::new();
    run!(
        tx,
        sqlx::query("INSERT INTO access_grant (id, worker_id, person_id, kind, reason_code, reason, from_at, until_at, review_due_on) VALUES ($1,$2,$3,'break_glass',$4,$5,$6,$7,$8)")
            .bind(&id)
            .bind(&me)
            .bind(person)
            .bind(request.reason.code())
            .bind(request.described.trim())
            .bind(now)
            .bind(until)
            .bind(Day(review_due))
    )?;
    for told in told(tx, person).await? {
        tell(tx, &told, person, &id).await?;
    }
    tx.note(
        Noted::new("glass.break", "person", person)
            .because(format!("{} until {until}", request.reason.code()))
            .words(request.described.trim()),
    );
    Ok(until)
}

fn said(problem: BreakGlassProblem) -> Error {
    let field = match problem {
        BreakGlassProblem::NotDescribed { .. } => "described",
        BreakGlassProblem::Hours { .. } => "hours",
        BreakGlassProblem::ReviewsOwn => "outcome",
    };
    Error::refused(field, problem.to_string())
}

/// The allocated worker, and those who manage the case.
async fn told(tx: &mut Tx, person: &PersonId) -> Result<Vec<WorkerId>> {
    let (today, me) = (Day(tx.today()), tx.act().worker().clone());
    let mut told = managers_of(tx, person).await?;
    let holders: Vec<(WorkerId,)> = sql!(tx, |c| {
        sqlx::query_as("SELECT worker_id FROM allocation WHERE person_id = $1 AND part = 'primary' AND from_on <= $2 AND (until_on IS NULL OR until_on >= $2)").bind(person).bind(today).fetch_all(c)
    })?;
    told.extend(holders.into_iter().map(|(id,)| id));
    told.sort();
    told.dedup();
    told.retain(|id| *id != me);
    Ok(told)
}

/// The managers of the team that holds the case: of the nearest team above that has one. Where nobody but whoever acts
/// manages it, information governance.
pub(crate) async fn managers_of(tx: &mut Tx, person: &PersonId) -> Result<Vec<WorkerId>> {
    let (today, me) = (Day(tx.today()), tx.act().worker().clone());
    let managers: Vec<(WorkerId, i64)> = sql!(tx, |c| sqlx::query_as(MANAGERS).bind(person).bind(today).fetch_all(c))?;
    let nearest = managers.iter().map(|(_, far)| *far).min();
    let mut found: Vec<WorkerId> = managers.into_iter().filter(|(_, far)| Some(*far) == nearest).map(|(id, _)| id).collect();
    if found.iter().all(|id| *id == me) {
        let governance: Vec<(WorkerId,)> = sql!(tx, |c| {
            sqlx::query_as("SELECT DISTINCT worker_id FROM role_held WHERE role = 'information_governance' AND from_on <= $1 AND (until_on IS NULL OR until_on >= $1)").bind(today).fetch_all(c)
        })?;
        found.extend(governance.into_iter().map(|(id,)| id));
    }
    found.sort();
    found.dedup();
    found.retain(|id| *id != me);
    Ok(found)
}

const MANAGERS: &str = "WITH RECURSIVE above AS (
      SELECT t.id, t.parent_id, 0 AS far FROM team t JOIN involvement i ON i.team_id = t.id WHERE i.person_id = $1 AND i.closed_on IS NULL
      UNION SELECT t.id, t.parent_id, above.far + 1 FROM team t JOIN above ON above.parent_id = t.id WHERE above.far < 20
    ) SELECT DISTINCT r.worker_id, CAST(above.far AS BIGINT) FROM role_held r JOIN above ON above.id = r.team_id
    WHERE r.role IN ('team_manager', 'group_manager', 'director') AND r.from_on <= $2 AND (r.until_on IS NULL OR r.until_on >= $2)";

async fn tell(tx: &mut Tx, to: &WorkerId, person: &PersonId, grant: &GrantId) -> Result<()> {
    let now = tx.act().at();
    run!(
        tx,
        sqlx::query("INSERT INTO notice (id, to_worker_id, kind, person_id, subject_kind, subject_id, words, must_acknowledge, created_at) VALUES ($1,$2,'glass_broken',$3,'grant',$4,$5,$6,$7)")
            .bind(NoticeId::new())
            .bind(to)
            .bind(person)
            .bind(grant)
            .bind("Somebody without a tie to a person whose case is yours opened the record in an emergency. It will be reviewed.")
            .bind(false)
            .bind(now)
    )?;
    Ok(())
}

/// One breaking of the glass, for its reviewer.
#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct Broken {
    pub id: GrantId,
    pub worker_id: WorkerId,
    pub given_name: String,
    pub surname: String,
    pub person_id: PersonId,
    pub reason_code: String,
    pub reason: String,
    pub from_at: At,
    pub until_at: At,
    pub review_due_on: Option<Day>,
    pub reviewed_by: Option<String>,
    pub reviewed_at: Option<At>,
    pub review_outcome: Option<String>,
    pub review_words: Option<String>,
}

impl Broken {
    pub fn who(&self) -> String {
        format!("{} {}", self.given_name, self.surname).trim().to_owned()
    }
    pub fn reason_label(&self) -> &'static str {
        BreakGlassReason::from_code(&self.reason_code).map_or("", BreakGlassReason::label)
    }
}

/// What waits for a review by the asker: everything unreviewed that others broke, the most overdue first.
pub async fn to_review(tx: &mut Tx) -> Result<Vec<Broken>> {
    rights::require(tx, Deed::ReviewBreakGlass).await?;
    let me = tx.act().worker().clone();
    tx.note(Noted::new("glass.reviews", "grant", "list"));
    Ok(sql!(tx, |c| {
        sqlx::query_as("SELECT g.id, g.worker_id, w.given_name, w.surname, g.person_id, g.reason_code, g.reason, g.from_at, g.until_at, g.review_due_on, g.reviewed_by, g.reviewed_at, g.review_outcome, g.review_words
        FROM access_grant g JOIN worker w ON w.id = g.worker_id WHERE g.kind = 'break_glass' AND g.reviewed_at IS NULL AND g.worker_id <> $1 ORDER BY g.review_due_on, g.from_at, g.id")
        .bind(&me).fetch_all(c)
    })?)
}

/// What was reviewed lately, the latest first.
pub async fn reviewed(tx: &mut Tx, at_most: i64) -> Result<Vec<Broken>> {
    rights::require(tx, Deed::ReviewBreakGlass).await?;
    Ok(sql!(tx, |c| {
        sqlx::query_as("SELECT g.id, g.worker_id, w.given_name, w.surname, g.person_id, g.reason_code, g.reason, g.from_at, g.until_at, g.review_due_on, g.reviewed_by, g.reviewed_at, g.review_outcome, g.review_words
        FROM access_grant g JOIN worker w ON w.id = g.worker_id WHERE g.kind = 'break_glass' AND g.reviewed_at IS NOT NULL ORDER BY g.reviewed_at DESC, g.id LIMIT $1")
        .bind(at_most).fetch_all(c)
    })?)
}

/// One, for whoever may review.
pub async fn broken(tx: &mut Tx, id: &GrantId) -> Result<Broken> {
    rights::require(tx, Deed::ReviewBreakGlass).await?;
    tx.note(Noted::new("glass.review_opened", "grant", id));
    Ok(sql!(tx, |c| {
        sqlx::query_as("SELECT g.id, g.worker_id, w.given_name, w.surname, g.person_id, g.reason_code, g.reason, g.from_at, g.until_at, g.review_due_on, g.reviewed_by, g.reviewed_at, g.review_outcome, g.review_words
        FROM access_grant g JOIN worker w ON w.id = g.worker_id WHERE g.id = $1 AND g.kind = 'break_glass'").bind(id).fetch_one(c)
    })?)
}

/// Records a review. Nobody reviews their own, and nothing is reviewed twice.
pub async fn review(tx: &mut Tx, id: &GrantId, outcome: ReviewOutcome, words: &str) -> Result<()> {
    let found = broken(tx, id).await?;
    may_review(tx.act().worker(), &found.worker_id).map_err(said)?;
    if outcome != ReviewOutcome::Justified && words.trim().is_empty() {
        return Err(Error::refused("words", "Say what was found and what follows"));
    }
    let (now, me) = (tx.act().at(), tx.act().worker().to_string());
    let done = run!(
        tx,
        sqlx::query("UPDATE access_grant SET reviewed_by = $1, reviewed_at = $2, review_outcome = $3, review_words = $4 WHERE id = $5 AND reviewed_at IS NULL")
            .bind(&me)
            .bind(now)
            .bind(outcome.code())
            .bind(words.trim())
            .bind(id)
    )?;
    if done == 0 {
        return Err(Error::Stale);
    }
    tx.note(Noted::new("glass.review", "grant", id).because(outcome.code()));
    Ok(())
}

/// Ends one's own access to a person before its time.
pub async fn mend(tx: &mut Tx, person: &PersonId) -> Result<()> {
    let (now, me) = (tx.act().at(), tx.act().worker().clone());
    let ended = run!(
        tx,
        sqlx::query(
            "UPDATE access_grant SET until_at = $1 WHERE worker_id = $2 AND person_id = $3 AND kind = 'break_glass' AND until_at > $1"
        )
        .bind(now)
        .bind(&me)
        .bind(person)
    )?;
    tx.note(Noted::new("glass.mend", "person", person));
    if ended == 0 { Err(Error::NotFound) } else { Ok(()) }
}
