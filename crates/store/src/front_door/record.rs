//! Writing an enquiry down while the caller is still speaking, and adding to it later. Nothing but some word of what it
//! is about is needed to begin; what is missing is asked for when it is decided.

use care::{
    access::Deed,
    front_door::{Channel, EnquirerKind, LegalBasis, MayLeaveMessage, ReplyBy, Side, Told, UrgencyBand, at_least, reference, screen},
    timescale::{Due, Start},
};
use jiff::Timestamp;

use super::{
    Opened,
    people::NewPerson,
    row::{DangerAnswers, Enquiry, danger_text, late_after},
    step,
};
use crate::{
    At, Day, Error, Result, Tx,
    audit::Noted,
    dues::{self, About},
    enquiry_columns,
    id::{EnquiryId, fresh},
    policy, rights, run, sql,
};

/// What somebody said, and what is known of who they are. A `None` was not asked yet.
#[derive(Debug, Clone)]
pub struct Taken {
    pub channel: Channel,
    pub side: Option<Side>,
    pub band: UrgencyBand,
    pub received_at: Timestamp,
    pub enquirer: Enquirer,
    pub words: String,
    pub danger: DangerAnswers,
    pub reply: Reply,
    pub legal_basis: Option<LegalBasis>,
    pub told: Told,
}

#[derive(Debug, Clone, Default)]
pub struct Enquirer {
    pub kind: Option<EnquirerKind>,
    pub name: String,
    pub organisation: String,
    pub telephone: String,
    pub relation: String,
}

#[derive(Debug, Clone, Default)]
pub struct Reply {
    pub by: Option<ReplyBy>,
    pub address: String,
    pub message: Option<MayLeaveMessage>,
    pub words: String,
}

/// Writes a new enquiry with those whom it concerns, starts its clocks, and takes it in hand for whoever wrote it down.
pub async fn record(tx: &mut Tx, taken: &Taken, people: &[NewPerson]) -> Result<EnquiryId> {
    rights::require(tx, Deed::RecordEnquiry).await?;
    let owner = match super::right::membership(tx).await? {
        super::Member::OfFrontDoor if !tx.act().is_built_in() => Some(tx.act().worker().clone()),
        _ => None,
    };
    let id = insert(tx, taken, owner.as_ref().map(crate::id::WorkerId::as_str)).await?;
    for person in people {
        super::people::insert(tx, &id, person).await?;
    }
    Ok(id)
}

/// The same for the public page, which has no worker behind it.
pub(super) async fn insert(tx: &mut Tx, taken: &Taken, owner: Option<&str>) -> Result<EnquiryId> {
    let now = tx.act().at();
    if taken.received_at > now.0 {
        return Err(Error::refused("received_on", "The day and time of receipt must not lie ahead"));
    }
    let (id, reference, me) = (EnquiryId::new(), free_reference(tx).await?, tx.act().worker().clone());
    let band = at_least(taken.band, &screen(&taken.danger));
    let state = if owner.is_some() { "under_way" } else { "new" };
    let (told, told_on, told_why, told_words) = told_parts(&taken.told);
    run!(
        tx,
        sqlx::query("INSERT INTO enquiry (id, reference, channel, side, state, band, owner_id, received_at, recorded_by, recorded_at, enquirer_kind, enquirer_name, enquirer_organisation,
          enquirer_telephone, enquirer_relation, words, danger, reply_by, reply_address, may_leave_message, reply_words, legal_basis, told, told_on, told_why, told_words, version)
          VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22,$23,$24,$25,$26,1)")
            .bind(&id).bind(&reference).bind(taken.channel.code()).bind(side_code(taken.side)).bind(state).bind(band.code()).bind(owner)
            .bind(At::cut(taken.received_at)).bind(me.as_str()).bind(now)
            .bind(kind_code(&taken.enquirer)).bind(&taken.enquirer.name).bind(&taken.enquirer.organisation).bind(&taken.enquirer.telephone).bind(&taken.enquirer.relation)
            .bind(&taken.words).bind(danger_text(&taken.danger))
            .bind(reply_code(&taken.reply)).bind(&taken.reply.address).bind(message_code(&taken.reply)).bind(&taken.reply.words)
            .bind(taken.legal_basis.map(LegalBasis::code)).bind(told).bind(told_on).bind(told_why).bind(told_words)
    )?;
    step::add(tx, &id, "received", taken.channel.label(), "{}").await?;
    tx.note(Noted::new("enquiry.record", "enquiry", &id).because(band.code()));
    start_clocks(tx, &id).await?;
    Ok(id)
}

/// Changes what was written down. Somebody else's saving in between is never overwritten: [`Error::Stale`].
pub async fn change(tx: &mut Tx, opened: &Opened, version: i64, taken: &Taken) -> Result<()> {
    let old = &opened.enquiry;
    if !old.state()?.is_open() {
        return Err(Error::Stale);
    }
    let band = at_least(taken.band, &screen(&taken.danger));
    let (told, told_on, told_why, told_words) = told_parts(&taken.told);
    let n = run!(
        tx,
        sqlx::query("UPDATE enquiry SET channel = $1, side = $2, band = $3, received_at = $4, enquirer_kind = $5, enquirer_name = $6, enquirer_organisation = $7, enquirer_telephone = $8,
          enquirer_relation = $9, words = $10, danger = $11, reply_by = $12, reply_address = $13, may_leave_message = $14, reply_words = $15, legal_basis = $16, told = $17, told_on = $18,
          told_why = $19, told_words = $20, version = version + 1 WHERE id = $21 AND version = $22")
            .bind(taken.channel.code()).bind(side_code(taken.side)).bind(band.code()).bind(At::cut(taken.received_at))
            .bind(kind_code(&taken.enquirer)).bind(&taken.enquirer.name).bind(&taken.enquirer.organisation).bind(&taken.enquirer.telephone).bind(&taken.enquirer.relation)
            .bind(&taken.words).bind(danger_text(&taken.danger))
            .bind(reply_code(&taken.reply)).bind(&taken.reply.address).bind(message_code(&taken.reply)).bind(&taken.reply.words)
            .bind(taken.legal_basis.map(LegalBasis::code)).bind(told).bind(told_on).bind(told_why).bind(told_words)
            .bind(opened.id()).bind(version)
    )?;
    if n == 0 {
        return Err(Error::Stale);
    }
    step::add(tx, opened.id(), "changed", &what_changed(old, taken, band), "{}").await?;
    let moved = old.side() != taken.side.unwrap_or(Side::Child) || old.band() != band || old.received_at != At::cut(taken.received_at);
    if moved { start_clocks(tx, opened.id()).await } else { Ok(()) }
}

/// The words as they stood, so that nothing said is lost when they are rewritten.
fn what_changed(old: &Enquiry, taken: &Taken, band: UrgencyBand) -> String {
    let mut parts = Vec::new();
    if old.band() != band {
        parts.push(format!("Urgency: {} → {}", old.band(), band));
    }
    if old.words.trim() != taken.words.trim() && !old.words.trim().is_empty() {
        parts.push(format!("Before, it read: {}", old.words.trim()));
    }
    if parts.is_empty() { "Details".into() } else { parts.join("\n") }
}

/// Drops the clocks that run and starts those that the side, the band and the first receipt ask for.
pub(super) async fn start_clocks(tx: &mut Tx, id: &EnquiryId) -> Result<()> {
    let rules = policy::rules(tx).await?;
    let enquiry = stored(tx, id).await?;
    let due = enquiry.due(&rules.clocks())?;
    let about = about(id);
    dues::drop_subject(tx, &about, "Reckoned anew").await?;
    let done = enquiry.done();
    let open = [
        (&due.act, done.acted_at.is_none() && done.decided_at.is_none()),
        (&due.acknowledge, done.acknowledged_at.is_none()),
        (&due.decide, done.decided_at.is_none()),
    ];
    for (due, _) in open.into_iter().filter(|(_, open)| *open) {
        start(tx, &about, due, enquiry.clock_start()).await?;
    }
    set_next(tx, id).await
}

async fn start(tx: &mut Tx, about: &About, due: &Due, from: At) -> Result<()> {
    dues::open_until(tx, about, &due.code, Start::At(from.0), due.on, due.at.map(At::cut)).await?;
    Ok(())
}

/// Brings what the board sorts by up to date with what is still to be done.
pub(super) async fn set_next(tx: &mut Tx, id: &EnquiryId) -> Result<()> {
    let rules = policy::rules(tx).await?;
    let enquiry = stored(tx, id).await?;
    let due = enquiry.due(&rules.clocks())?;
    let next = due.next(&enquiry.done()).filter(|_| enquiry.is_waiting());
    run!(
        tx,
        sqlx::query("UPDATE enquiry SET due_at = $1, due_code = $2 WHERE id = $3")
            .bind(next.map(late_after))
            .bind(next.map(|d| d.code.clone()))
            .bind(id)
    )?;
    Ok(())
}

/// What the clocks of an enquiry are about.
pub(super) fn about(id: &EnquiryId) -> About {
    About { person: None, involvement: None, subject_kind: "enquiry", subject_id: id.to_string() }
}

/// The row as it now stands, inside a transaction that opened or made it.
pub(super) async fn stored(tx: &mut Tx, id: &EnquiryId) -> Result<Enquiry> {
    Ok(sql!(tx, |c| sqlx::query_as(concat!(
        "SELECT ",
        enquiry_columns!(),
        " FROM enquiry e LEFT JOIN worker w ON w.id = e.owner_id WHERE e.id = $1"
    ))
    .bind(id)
    .fetch_one(c))?)
}

async fn free_reference(tx: &mut Tx) -> Result<String> {
    for _ in 0..20 {
        // The last part of a fresh id is drawn at random.
        let drawn = fresh().get(16..).and_then(|hex| u64::from_str_radix(hex, 16).ok()).unwrap_or_default();
        let made = reference(drawn);
        let taken: Option<(String,)> =
            sql!(tx, |c| sqlx::query_as("SELECT id FROM enquiry WHERE reference = $1").bind(&made).fetch_optional(c))?;
        if taken.is_none() {
            return Ok(made);
        }
    }
    Err(Error::Busy)
}

fn side_code(side: Option<Side>) -> &'static str {
    side.map_or("not_known", Side::code)
}
fn kind_code(enquirer: &Enquirer) -> &'static str {
    enquirer.kind.map_or("not_asked", EnquirerKind::code)
}
fn reply_code(reply: &Reply) -> &'static str {
    reply.by.map_or("not_asked", ReplyBy::code)
}
fn message_code(reply: &Reply) -> &'static str {
    reply.message.unwrap_or(MayLeaveMessage::NotAsked).code()
}

pub(super) fn told_parts(told: &Told) -> (&'static str, Option<Day>, Option<&'static str>, String) {
    match told {
        Told::Yes { on } => ("yes", Some(Day(*on)), None, String::new()),
        Told::WillBe { by } => ("will_be", Some(Day(*by)), None, String::new()),
        Told::No { why, described } => ("no", None, Some(why.code()), described.clone()),
        Told::NotAsked => ("not_asked", None, None, String::new()),
    }
}
