//! What goes out by e-mail or letter. A page writes it down in the transaction of what it tells of; nothing is sent
//! inside a request. One server at a time holds the lease and sends; a message that was being sent when its server
//! stopped is not sent a second time by itself, because it may have arrived: it waits for a person's look.

use care::access::Deed;
use jiff::SignedDuration;

use crate::{
    At, Error, Result, Tx,
    audit::Noted,
    id::{OutboxId, PersonId},
    people, rights, run, sql,
};

care::coded! {
    /// How it goes out.
    pub enum Channel {
        Email = "email", "E-mail";
        Letter = "letter", "Letter";
    }
}

care::coded! {
    pub enum State {
        ToSend = "to_send", "Waiting to be sent";
        Sending = "sending", "Being sent";
        Sent = "sent", "Sent";
        Failed = "failed", "Could not be sent";
        Unsure = "unsure", "May have been sent";
        ToPrint = "to_print", "To print";
        Printed = "printed", "Printed";
    }
}

/// Minutes to wait before the next try; after the last it is a person's to look at.
const AGAIN_AFTER: [i64; 7] = [1, 5, 15, 60, 240, 720, 1440];

/// A message about to be written down, as it was shown.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Message {
    pub channel: Channel,
    pub to_name: String,
    pub to_address: String,
    pub subject: String,
    pub body: String,
}

#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct Row {
    pub id: OutboxId,
    pub channel: String,
    pub to_name: String,
    pub to_address: String,
    pub subject: String,
    pub body: String,
    pub person_id: Option<PersonId>,
    pub about_kind: String,
    pub about_id: String,
    pub state: String,
    pub tries: i64,
    pub sent_at: Option<At>,
    pub problem: Option<String>,
    pub created_by: String,
    pub created_at: At,
}

impl Row {
    pub fn state(&self) -> Option<State> {
        State::from_code(&self.state)
    }
}

/// Writes a message down: an e-mail to be sent as soon as may be, a letter to be printed.
pub async fn queue(tx: &mut Tx, message: &Message, about_kind: &str, about_id: &str, person: Option<&PersonId>) -> Result<OutboxId> {
    let (id, by, at) = (OutboxId::new(), tx.act().worker().to_string(), tx.act().at());
    let state = if message.channel == Channel::Email { State::ToSend } else { State::ToPrint };
    run!(
        tx,
        sqlx::query("INSERT INTO outbox (id, channel, to_name, to_address, subject, body, person_id, about_kind, about_id, state, tries, next_try_at, created_by, created_at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,0,$12,$11,$12)")
            .bind(&id).bind(message.channel.code()).bind(&message.to_name).bind(&message.to_address).bind(&message.subject).bind(&message.body)
            .bind(person).bind(about_kind).bind(about_id).bind(state.code()).bind(&by).bind(at)
    )?;
    tx.note(Noted::new("outbox.queue", "outbox", &id).because(format!("{} about {about_kind} {about_id}", message.channel.code())));
    Ok(id)
}

/// What was written about one thing, newest first; whoever may read that may read this.
pub async fn about(tx: &mut Tx, about_kind: &str, about_id: &str) -> Result<Vec<Row>> {
    Ok(sql!(tx, |c| {
        sqlx::query_as(
            "SELECT id, channel, to_name, to_address, subject, body, person_id, about_kind, about_id, state, tries, sent_at, problem, created_by, created_at FROM outbox
             WHERE about_kind = $1 AND about_id = $2 ORDER BY created_at DESC, id DESC",
        )
        .bind(about_kind).bind(about_id).fetch_all(c)
    })?)
}

/// The letters and e-mails about a person's workers and record, the latest first; the front door's answers to enquirers stay
/// with the enquiry.
pub async fn of_person(tx: &mut Tx, opened: &people::Opened) -> Result<Vec<Row>> {
    Ok(sql!(tx, |c| {
        sqlx::query_as(
            "SELECT id, channel, to_name, to_address, subject, body, person_id, about_kind, about_id, state, tries, sent_at, problem, created_by, created_at FROM outbox
             WHERE (about_kind IN ('allocation', 'no_worker_yet')
               AND about_id IN (SELECT a.id FROM allocation a WHERE a.person_id = $1 UNION SELECT i.id FROM involvement i WHERE i.person_id = $1))
             OR (person_id = $1 AND about_kind NOT IN ('allocation', 'no_worker_yet', 'enquiry')) ORDER BY created_at DESC, id DESC",
        )
        .bind(opened.id()).fetch_all(c)
    })?)
}

/// A letter was printed and put into an envelope.
pub async fn printed(tx: &mut Tx, id: &OutboxId) -> Result<()> {
    let message = row(tx, id).await?;
    settle(tx, &message, State::Printed).await
}

/// Takes the lease of a background task for so many seconds, or keeps it; false while another server holds it.
pub async fn take_lease(tx: &mut Tx, name: &str, holder: &str, seconds: i64) -> Result<bool> {
    let now = tx.act().at();
    let until = At::cut(now.0 + SignedDuration::from_secs(seconds));
    let n = run!(
        tx,
        sqlx::query("INSERT INTO lease (name, holder, until_at) VALUES ($1,$2,$3) ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until_at = excluded.until_at WHERE lease.until_at <= $4 OR lease.holder = $2")
            .bind(name).bind(holder).bind(until).bind(now)
    )?;
    tx.note(Noted::new("lease.take", "lease", name).because(if n == 1 { "held" } else { "held by another" }));
    Ok(n == 1)
}

/// How many e-mails wait to be sent now, so that an idle server writes nothing.
pub async fn waiting(tx: &mut Tx) -> Result<i64> {
    let now = tx.act().at();
    let (n,): (i64,) = sql!(tx, |c| {
        sqlx::query_as("SELECT COUNT(*) FROM outbox WHERE channel = 'email' AND (state = 'to_send' AND next_try_at <= $1 OR state = 'sending' AND held_until <= $1)")
            .bind(now).fetch_one(c)
    })?;
    Ok(n)
}

/// The next e-mail, taken by this holder for so many seconds. Those that another left behind half-sent are marked unsure.
pub async fn take_next(tx: &mut Tx, holder: &str, seconds: i64) -> Result<Option<Row>> {
    let now = tx.act().at();
    let left = run!(
        tx,
        sqlx::query("UPDATE outbox SET state = 'unsure', held_by = NULL, problem = $2 WHERE state = 'sending' AND held_until <= $1")
            .bind(now)
            .bind("The server stopped while this was being sent. It may have arrived: ask, before it is sent again.")
    )?;
    if left > 0 {
        tx.note(Noted::new("outbox.unsure", "outbox", left));
    }
    let found: Option<(OutboxId,)> = sql!(tx, |c| {
        sqlx::query_as(
            "SELECT id FROM outbox WHERE channel = 'email' AND state = 'to_send' AND next_try_at <= $1 ORDER BY next_try_at, id LIMIT 1",
        )
        .bind(now)
        .fetch_optional(c)
    })?;
    let Some((id,)) = found else { return Ok(None) };
    let until = At::cut(now.0 + SignedDuration::from_secs(seconds));
    let taken = run!(
        tx,
        sqlx::query(
            "UPDATE outbox SET state = 'sending', tries = tries + 1, held_by = $2, held_until = $3 WHERE id = $1 AND state = 'to_send'"
        )
        .bind(&id)
        .bind(holder)
        .bind(until)
    )?;
    if taken == 0 {
        return Ok(None);
    }
    tx.note(Noted::new("outbox.take", "outbox", &id));
    Ok(Some(row(tx, &id).await?))
}

/// It left this machine.
pub async fn sent(tx: &mut Tx, id: &OutboxId, holder: &str) -> Result<()> {
    let now = tx.act().at();
    run!(
        tx,
        sqlx::query("UPDATE outbox SET state = 'sent', sent_at = $2, problem = NULL, held_by = NULL WHERE id = $1 AND held_by = $3")
            .bind(id)
            .bind(now)
            .bind(holder)
    )?;
    tx.note(Noted::new("outbox.sent", "outbox", id));
    Ok(())
}

/// Whether trying again can help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    ForNow,
    ForGood,
}

/// It was not sent, and why: tried again later, or given to a person.
pub async fn not_sent(tx: &mut Tx, message: &Row, holder: &str, refusal: Refusal, problem: &str) -> Result<()> {
    let next = usize::try_from(message.tries - 1).ok().and_then(|tried| AGAIN_AFTER.get(tried));
    let again = next.filter(|_| refusal == Refusal::ForNow);
    let state = if again.is_some() { State::ToSend } else { State::Failed };
    let next = again.map(|minutes| At::cut(tx.act().at().0 + SignedDuration::from_mins(*minutes)));
    run!(
        tx,
        sqlx::query("UPDATE outbox SET state = $2, next_try_at = $3, problem = $4, held_by = NULL WHERE id = $1 AND held_by = $5")
            .bind(&message.id)
            .bind(state.code())
            .bind(next)
            .bind(problem)
            .bind(holder)
    )?;
    tx.note(Noted::new("outbox.not_sent", "outbox", &message.id).because(state.code()));
    Ok(())
}

/// Which messages are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    ToPrint,
    /// Those that a person must look at.
    Stuck,
}

/// What this worker wrote, and what the front door wrote for those who work there; the oldest first.
pub async fn list(tx: &mut Tx, which: Which) -> Result<Vec<Row>> {
    let me = tx.act().worker().to_string();
    let front_door = match rights::require(tx, Deed::SeeFrontDoor).await {
        Ok(_) => "enquiry",
        Err(Error::RoleLacks) => "",
        Err(e) => return Err(e),
    };
    let (one, other) = if which == Which::ToPrint { ("to_print", "to_print") } else { ("failed", "unsure") };
    tx.note(Noted::new("outbox.list", "outbox", one));
    Ok(sql!(tx, |c| {
        sqlx::query_as(
            "SELECT id, channel, to_name, to_address, subject, body, person_id, about_kind, about_id, state, tries, sent_at, problem, created_by, created_at FROM outbox
             WHERE state IN ($1, $2) AND (created_by = $3 OR about_kind = $4) ORDER BY created_at, id LIMIT 500",
        )
        .bind(one).bind(other).bind(&me).bind(front_door).fetch_all(c)
    })?)
}

/// One message, for whoever may read what it is about.
pub async fn open(tx: &mut Tx, id: &OutboxId) -> Result<Row> {
    let message = row(tx, id).await?;
    if message.created_by != tx.act().worker().as_str() {
        match (message.about_kind.as_str(), &message.person_id) {
            ("enquiry", _) => drop(rights::require(tx, Deed::SeeFrontDoor).await?),
            ("allocation" | "no_worker_yet", _) => {
                let person = concerns(tx, &message).await?;
                people::open(tx, &person, Deed::ReadRecord).await?;
            }
            (_, Some(person)) => drop(people::open(tx, person, Deed::ReadRecord).await?),
            _ => return Err(Error::NotFound),
        }
    }
    tx.note(Noted::new("outbox.read", "outbox", id));
    Ok(message)
}

/// A letter was printed, or a stuck e-mail is to be sent again because a person says so.
pub async fn settle(tx: &mut Tx, message: &Row, to: State) -> Result<()> {
    let fits = matches!(
        (message.state(), to),
        (Some(State::ToPrint), State::Printed) | (Some(State::Failed | State::Unsure), State::ToSend | State::ToPrint)
    );
    if !fits {
        return Err(Error::Stale);
    }
    let now = tx.act().at();
    let sent = (to == State::Printed).then_some(now);
    let channel = if to == State::ToPrint { Channel::Letter.code() } else { &message.channel };
    let n = run!(
        tx,
        sqlx::query("UPDATE outbox SET state = $2, next_try_at = $3, sent_at = $4, tries = 0, channel = $6 WHERE id = $1 AND state = $5")
            .bind(&message.id)
            .bind(to.code())
            .bind(now)
            .bind(sent)
            .bind(&message.state)
            .bind(channel)
    )?;
    if n == 0 {
        return Err(Error::Stale);
    }
    tx.note(Noted::new("outbox.settle", "outbox", &message.id).because(to.code()));
    Ok(())
}

async fn concerns(tx: &mut Tx, message: &Row) -> Result<PersonId> {
    let found: Option<(PersonId,)> = sql!(tx, |c| {
        sqlx::query_as("SELECT person_id FROM allocation WHERE id = $1 UNION SELECT person_id FROM involvement WHERE id = $1")
            .bind(&message.about_id)
            .fetch_optional(c)
    })?;
    found.map(|(id,)| id).ok_or(Error::NotFound)
}

async fn row(tx: &mut Tx, id: &OutboxId) -> Result<Row> {
    Ok(sql!(tx, |c| {
        sqlx::query_as(
            "SELECT id, channel, to_name, to_address, subject, body, person_id, about_kind, about_id, state, tries, sent_at, problem, created_by, created_at FROM outbox WHERE id = $1",
        )
        .bind(id)
        .fetch_one(c)
    })?)
}
