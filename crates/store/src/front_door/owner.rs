//! Working on an enquiry: taking it, handing it over, acting on it, waiting for information, taking it back as a mistake.

use care::{
    access::Role,
    front_door::{EnquiryState, EnquiryStep},
};

use super::{Opened, alert, alert::To, people, record, step};
use crate::{Error, Result, Tx, dues, id::WorkerId, run, work::Ask, workers};

/// Takes it in hand. Two who take it at once: the second hears that it was taken.
pub async fn take(tx: &mut Tx, opened: &Opened, version: i64) -> Result<()> {
    let state = opened.enquiry.state()?;
    if !state.is_open() {
        return Err(Error::Stale);
    }
    let (me, next) = (tx.act().worker().clone(), state.take(EnquiryStep::TakeUp).unwrap_or(state));
    own(tx, opened, version, Some(&me), next).await?;
    step::add(tx, opened.id(), "taken", "", "{}").await
}

/// Hands it over to somebody else of the front door, who is told.
pub async fn hand_over(tx: &mut Tx, opened: &Opened, version: i64, to: &WorkerId, words: &str) -> Result<()> {
    let state = opened.enquiry.state()?;
    if !state.is_open() {
        return Err(Error::Stale);
    }
    let name = workers::worker(tx, to).await?.name();
    own(tx, opened, version, Some(to), state).await?;
    let said = if words.is_empty() { format!("To {name}") } else { format!("To {name}: {words}") };
    step::add(tx, opened.id(), "handed_over", &said, "{}").await?;
    if tx.act().worker() != to {
        let news = "An enquiry at the front door was handed over to you.";
        alert::tell(tx, To::Worker(to), "enquiry_handed_over", opened.id(), None, news, Ask::ToRead).await?;
    }
    Ok(())
}

/// Somebody acted on it: rang back, sent somebody, spoke to the police. Meets the clock of its urgency.
pub async fn acted(tx: &mut Tx, opened: &Opened, version: i64, words: &str) -> Result<()> {
    if !opened.enquiry.state()?.is_open() {
        return Err(Error::Stale);
    }
    if words.is_empty() {
        return Err(Error::refused("words", "Say what was done"));
    }
    let (now, today) = (tx.act().at(), tx.today());
    let n = run!(
        tx,
        sqlx::query("UPDATE enquiry SET acted_at = COALESCE(acted_at, $1), version = version + 1 WHERE id = $2 AND version = $3")
            .bind(now)
            .bind(opened.id())
            .bind(version)
    )?;
    once(n)?;
    dues::meet_all(tx, &record::about(opened.id()), opened.enquiry.band().timescale(), today).await?;
    step::add(tx, opened.id(), "acted", words, "{}").await?;
    record::set_next(tx, opened.id()).await
}

/// A step that changes the state alone, with the words that say why.
pub async fn move_on(tx: &mut Tx, opened: &Opened, version: i64, taken: EnquiryStep, words: &str) -> Result<()> {
    let next = opened.enquiry.state()?.take(taken).map_err(|_| Error::Stale)?;
    let needs_words =
        matches!(taken, EnquiryStep::AskForInformation | EnquiryStep::Withdraw | EnquiryStep::ReturnDecision | EnquiryStep::Reopen);
    if needs_words && words.is_empty() {
        return Err(Error::refused("words", "Say what, or why"));
    }
    may_return(tx, taken).await?;
    set_state(tx, opened, version, next).await?;
    step::add(tx, opened.id(), taken.code(), words, "{}").await?;
    match taken {
        EnquiryStep::Withdraw => withdrawn(tx, opened).await?,
        EnquiryStep::Reopen => reopened(tx, opened).await?,
        EnquiryStep::ReturnDecision => returned(tx, opened).await?,
        _ => {}
    }
    record::set_next(tx, opened.id()).await
}

/// Only a manager returns a proposed decision or opens a decided enquiry again.
async fn may_return(tx: &mut Tx, taken: EnquiryStep) -> Result<()> {
    let manager = super::right::my_roles(tx).await?.iter().any(|role: &Role| role.is_manager());
    let needs = matches!(taken, EnquiryStep::ReturnDecision | EnquiryStep::Reopen);
    if needs && !manager { Err(Error::refused("words", "A manager does this")) } else { Ok(()) }
}

async fn withdrawn(tx: &mut Tx, opened: &Opened) -> Result<()> {
    dues::drop_subject(tx, &record::about(opened.id()), "Recorded by mistake").await?;
    people::close_history(tx, opened.id()).await
}

/// New facts: what was met stays met; it is decided again, by a clock that runs from now.
async fn reopened(tx: &mut Tx, opened: &Opened) -> Result<()> {
    let now = tx.act().at();
    run!(
        tx,
        sqlx::query("UPDATE enquiry SET decided_at = NULL, decided_by = NULL, reopened_at = $1 WHERE id = $2").bind(now).bind(opened.id())
    )?;
    people::history_until(tx, opened.id(), None).await?;
    record::start_clocks(tx, opened.id()).await
}

async fn returned(tx: &mut Tx, opened: &Opened) -> Result<()> {
    let news = "A manager returned the decision that you proposed, with a comment.";
    if let Some(by) = &opened.enquiry.proposed_by {
        alert::tell(tx, To::Worker(by), "decision_returned", opened.id(), None, news, Ask::ToRead).await?;
    }
    Ok(())
}

/// Anything learned meanwhile, written into the history.
pub async fn add_information(tx: &mut Tx, opened: &Opened, words: &str) -> Result<()> {
    if words.is_empty() {
        return Err(Error::refused("words", "Write what was learned"));
    }
    step::add(tx, opened.id(), "information", words, "{}").await
}

async fn own(tx: &mut Tx, opened: &Opened, version: i64, owner: Option<&WorkerId>, state: EnquiryState) -> Result<()> {
    let n = run!(
        tx,
        sqlx::query("UPDATE enquiry SET owner_id = $1, state = $2, version = version + 1 WHERE id = $3 AND version = $4")
            .bind(owner)
            .bind(state.code())
            .bind(opened.id())
            .bind(version)
    )?;
    once(n)
}

async fn set_state(tx: &mut Tx, opened: &Opened, version: i64, state: EnquiryState) -> Result<()> {
    let n = run!(
        tx,
        sqlx::query("UPDATE enquiry SET state = $1, version = version + 1 WHERE id = $2 AND version = $3")
            .bind(state.code())
            .bind(opened.id())
            .bind(version)
    )?;
    once(n)
}

fn once(changed: u64) -> Result<()> {
    if changed == 0 { Err(Error::Stale) } else { Ok(()) }
}

/// Those to whom an enquiry may be handed over: the front door's and the emergency duty team's workers, by name.
pub async fn colleagues(tx: &mut Tx, _: &Opened) -> Result<Vec<(WorkerId, String)>> {
    let today = crate::Day(tx.today());
    let mut rows: Vec<(WorkerId, String)> = crate::sql!(tx, |c| {
        sqlx::query_as(
        "SELECT DISTINCT w.id, w.given_name || ' ' || w.surname FROM worker w JOIN role_held r ON r.worker_id = w.id LEFT JOIN team t ON t.id = r.team_id
         WHERE r.from_on <= $1 AND (r.until_on IS NULL OR r.until_on >= $1) AND (w.last_day_on IS NULL OR w.last_day_on >= $1)
         AND (r.role IN ('front_door_worker', 'emergency_duty_worker') OR t.kind IN ('front_door', 'emergency_duty'))"
    )
    .bind(today)
    .fetch_all(c)
    })?;
    rows.sort_by_cached_key(|(id, name)| (name.to_lowercase(), id.clone()));
    Ok(rows)
}
