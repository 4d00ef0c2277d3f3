//! The public page: anybody may tell the authority something, without an account. How often one address may do so is
//! counted in the database, so that several servers agree; the address itself is never kept, only a keyed digest of it.
//! Nothing on these pages ever depends on what is stored about anybody.

use jiff::{SignedDuration, Timestamp};

use super::{
    alert::{self, To},
    people::NewPerson,
    record::{self, Taken},
    told::{self, Head},
};
use crate::{At, Error, Result, Tx, audit::Noted, id::EnquiryId, outbox, run, sql, work::Ask};

/// So many times an hour, and so many a day.
#[derive(Debug, Clone, Copy)]
pub struct Limit {
    pub an_hour: i64,
    pub a_day: i64,
}

/// Whether an address may send once more: `None`, or how many seconds it has to wait. Counts this time if it may.
pub async fn may_use(tx: &mut Tx, key_hash: &str, limit: Limit) -> Result<Option<u64>> {
    let now = tx.act().at();
    let hour = hour_of(now.0, 0);
    let day = hour_of(now.0, 23);
    run!(tx, sqlx::query("DELETE FROM public_use WHERE hour_at < $1").bind(hour_of(now.0, 48)))?;
    // Counting first makes two at once wait for each other.
    run!(
        tx,
        sqlx::query("INSERT INTO public_use (key_hash, hour_at, uses) VALUES ($1,$2,1) ON CONFLICT (key_hash, hour_at) DO UPDATE SET uses = public_use.uses + 1")
            .bind(key_hash)
            .bind(hour)
    )?;
    let (this_hour, today): (i64, i64) = sql!(tx, |c| {
        sqlx::query_as(
        "SELECT CAST(COALESCE(SUM(CASE WHEN hour_at = $2 THEN uses ELSE 0 END), 0) AS BIGINT), CAST(COALESCE(SUM(uses), 0) AS BIGINT) FROM public_use WHERE key_hash = $1 AND hour_at >= $3"
    )
    .bind(key_hash)
    .bind(hour)
    .bind(day)
    .fetch_one(c)
    })?;
    if this_hour <= limit.an_hour && today <= limit.a_day {
        return Ok(None);
    }
    let next = hour.0.saturating_add(SignedDuration::from_hours(1)).unwrap_or(now.0);
    Ok(Some(next.duration_since(now.0).as_secs().max(1).unsigned_abs()))
}

/// A refusal is counted too, but only on the trace of use: nobody can fill the audit from outside.
pub async fn refused(tx: Tx) -> Result<()> {
    tx.commit_quietly().await
}

/// Writes down what somebody told us, queues an acknowledgement where an e-mail is safe, and alerts the duty worker where
/// somebody may be in danger. Returns the reference.
pub async fn receive(tx: &mut Tx, taken: &Taken, people: &[NewPerson], head: &Head) -> Result<(EnquiryId, String)> {
    if tx.act().worker().as_str() != "public" {
        return Err(Error::RoleLacks);
    }
    let id = record::insert(tx, taken, None).await?;
    for person in people.iter().filter(|p| p.record.is_none()) {
        super::people::insert(tx, &id, person).await?;
    }
    let enquiry = record::stored(tx, &id).await?;
    let (letter, _) = told::acknowledgement(tx, &enquiry, head).await?;
    if let Some(message) = told::by_safe_way(&enquiry.safe_reply(), "", &letter)
        && message.channel == outbox::Channel::Email
    {
        outbox::queue(tx, &message, "enquiry", id.as_str(), None).await?;
        super::step::add(tx, &id, "sent", "Receipt by e-mail", "{}").await?;
    }
    if enquiry.band() <= care::front_door::UrgencyBand::Urgent {
        for team in alert::front_door_teams(tx).await? {
            let news = "An urgent enquiry came in from the public page. Nobody has it in hand yet.";
            alert::tell(tx, To::Duty(&team), "urgent_enquiry", &id, None, news, Ask::ToAcknowledge).await?;
        }
    }
    tx.note(Noted::new("enquiry.public", "enquiry", &id));
    Ok((id, enquiry.reference))
}

/// By when somebody who has just sent an enquiry will hear, for the page that thanks them.
pub async fn answer_by(tx: &mut Tx, id: &EnquiryId, head: &Head) -> Result<jiff::civil::Date> {
    let enquiry = record::stored(tx, id).await?;
    Ok(told::acknowledgement(tx, &enquiry, head).await?.1.decide.on)
}

/// The start of the hour, so many hours ago.
fn hour_of(now: Timestamp, hours_ago: i64) -> At {
    let second = now.as_second().div_euclid(3600) * 3600 - hours_ago * 3600;
    At(Timestamp::from_second(second).unwrap_or(Timestamp::UNIX_EPOCH))
}
