//! Who is told what, and by what way it is safe. The texts are `care::front_door`'s; they are shown before anything is
//! queued, and what was shown is what goes out.

use care::{
    allocation::Letter,
    front_door::{self, AnswerFacts, EnquiryDue, Outcome, ReplyBy, SafeReply, Side, ToldAs},
};

use super::{Opened, record, row::Enquiry, step};
use crate::{
    Error, Result, Tx, dues,
    outbox::{self, Channel, Message},
    policy, run, sql,
};

/// What a page knows that the letters need: the council, and where the link "did this help?" leads.
#[derive(Debug, Clone)]
pub struct Head {
    pub council: String,
}

/// How somebody was told without a message: by a person, or not at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ByHand {
    Telephone,
    InPerson,
    ThroughAnother,
}

impl ByHand {
    pub const fn code(self) -> &'static str {
        match self {
            ByHand::Telephone => "telephone",
            ByHand::InPerson => "in_person",
            ByHand::ThroughAnother => "through_another",
        }
    }
}

/// An acknowledgement: a message as it was shown, or that a person said it.
#[derive(Debug, Clone)]
pub enum Acknowledgement {
    Sent(Message),
    Said(ByHand),
}

/// What the letters about an enquiry are made from.
pub async fn facts(tx: &mut Tx, enquiry: &Enquiry, outcome: Outcome, reason: &str, head: &Head) -> Result<AnswerFacts> {
    let rules = policy::rules(tx).await?;
    let or = |text: String, other: &str| if text.is_empty() { other.to_owned() } else { text };
    Ok(AnswerFacts {
        council: head.council.clone(),
        team: "Front door".into(),
        telephone: or(rules.telephone, "as on our website"),
        out_of_hours: or(rules.out_of_hours, "the number on our website"),
        reference: enquiry.reference.clone(),
        received_on: care::calendar::london(enquiry.received_at.0).date(),
        outcome,
        reason: reason.to_owned(),
        complaints: or(rules.complaints, "the council's complaints team"),
        on: tx.today(),
    })
}

/// The acknowledgement as it would go out: by when they will hear, with no name and no content.
pub async fn acknowledgement(tx: &mut Tx, enquiry: &Enquiry, head: &Head) -> Result<(Letter, EnquiryDue)> {
    let rules = policy::rules(tx).await?;
    let due = enquiry.due(&rules.clocks())?;
    let facts = facts(tx, enquiry, Outcome::NoFurtherAction, "", head).await?;
    Ok((front_door::acknowledgement(&facts, due.decide.on), due))
}

/// A letter as a message by the way that is safe; `None` where only a person may speak to them, or nobody.
pub fn by_safe_way(reply: &SafeReply, name: &str, letter: &Letter) -> Option<Message> {
    let channel = match reply.by {
        ReplyBy::Email => Channel::Email,
        ReplyBy::Letter => Channel::Letter,
        _ => return None,
    };
    reply.may_send(reply.by).ok()?;
    // The address alone on an e-mail: a name in its head is content.
    let to_name = if channel == Channel::Email { String::new() } else { name.to_owned() };
    Some(Message { channel, to_name, to_address: reply.address.clone(), subject: letter.subject.clone(), body: letter.body.clone() })
}

/// Acknowledges the enquirer: for a child a social worker does it. Meets the clock of acknowledgement.
pub async fn acknowledge(tx: &mut Tx, opened: &Opened, version: i64, how: &Acknowledgement) -> Result<()> {
    let enquiry = &opened.enquiry;
    if enquiry.acknowledged_at.is_some() {
        return Err(Error::Stale);
    }
    let roles = super::right::my_roles(tx).await?;
    if enquiry.side() == Side::Child && !roles.iter().any(|r| r.is_social_worker()) {
        return Err(Error::refused("how", "For a child, a social worker acknowledges the referrer"));
    }
    let code = match how {
        Acknowledgement::Sent(message) => {
            must_be_safe(enquiry, message)?;
            outbox::queue(tx, message, "enquiry", enquiry.id.as_str(), None).await?;
            message.channel.code()
        }
        Acknowledgement::Said(by) => by.code(),
    };
    mark_acknowledged(tx, opened, version, code).await?;
    step::add(tx, opened.id(), "acknowledged", code, "{}").await?;
    record::set_next(tx, opened.id()).await
}

/// Nothing goes by another way than the one that was said to be safe.
pub(super) fn must_be_safe(enquiry: &Enquiry, message: &Message) -> Result<()> {
    let way = match message.channel {
        Channel::Email => ReplyBy::Email,
        Channel::Letter => ReplyBy::Letter,
    };
    let reply = enquiry.safe_reply();
    reply.may_send(way).map_err(|problem| Error::refused("how", problem.to_string()))?;
    if message.to_address.trim() != reply.address.trim() {
        return Err(Error::refused("how", "This is not the address that was said to be safe"));
    }
    Ok(())
}

async fn mark_acknowledged(tx: &mut Tx, opened: &Opened, version: i64, how: &str) -> Result<()> {
    let (now, me, today) = (tx.act().at(), tx.act().worker().clone(), tx.today());
    let n = run!(
        tx,
        sqlx::query("UPDATE enquiry SET acknowledged_at = $1, acknowledged_by = $2, acknowledged_how = $3, version = version + 1 WHERE id = $4 AND version = $5")
            .bind(now)
            .bind(me.as_str())
            .bind(how)
            .bind(opened.id())
            .bind(version)
    )?;
    if n == 0 {
        return Err(Error::Stale);
    }
    dues::meet_all(tx, &record::about(opened.id()), "ENQ_ACK", today).await?;
    Ok(())
}

/// The answer goes out as it was shown, after it was decided.
pub async fn answer_sent(tx: &mut Tx, opened: &Opened, version: i64, message: &Message) -> Result<()> {
    if opened.enquiry.decided_at.is_none() || opened.enquiry.answered_how.is_some() {
        return Err(Error::Stale);
    }
    must_be_safe(&opened.enquiry, message)?;
    outbox::queue(tx, message, "enquiry", opened.id().as_str(), None).await?;
    close_answer(tx, opened, version, message.channel.code(), "").await
}

/// A person told the enquirer the answer, after it was decided.
pub async fn answered_by_hand(tx: &mut Tx, opened: &Opened, version: i64, by: ByHand, words: &str) -> Result<()> {
    if opened.enquiry.decided_at.is_none() || opened.enquiry.answered_how.is_some() {
        return Err(Error::Stale);
    }
    close_answer(tx, opened, version, by.code(), words).await
}

/// The enquirer cannot be told safely, or at all; the reason stands in the history.
pub async fn not_answered(tx: &mut Tx, opened: &Opened, version: i64, words: &str) -> Result<()> {
    if opened.enquiry.decided_at.is_none() || opened.enquiry.answered_how.is_some() {
        return Err(Error::Stale);
    }
    if words.is_empty() {
        return Err(Error::refused("words", "Say why they cannot be told"));
    }
    close_answer(tx, opened, version, "not_told", words).await
}

async fn close_answer(tx: &mut Tx, opened: &Opened, version: i64, how: &'static str, words: &str) -> Result<()> {
    let (now, today) = (tx.act().at(), tx.today());
    let told = (how != "not_told").then_some(now);
    let n = run!(
        tx,
        sqlx::query("UPDATE enquiry SET answered_at = $1, answered_how = $2, acknowledged_at = COALESCE(acknowledged_at, $1), version = version + 1 WHERE id = $3 AND version = $4")
            .bind(told)
            .bind(how)
            .bind(opened.id())
            .bind(version)
    )?;
    if n == 0 {
        return Err(Error::Stale);
    }
    let about = record::about(opened.id());
    if told.is_some() {
        dues::meet_all(tx, &about, "ENQ_ACK", today).await?;
    } else {
        dues::drop_all(tx, &about, "ENQ_ACK", "The enquirer cannot be told").await?;
    }
    step::add(tx, opened.id(), if told.is_some() { "told" } else { "not_told" }, words, "{}").await?;
    record::set_next(tx, opened.id()).await
}

/// The answer as it would go to whoever enquired, in the way of their kind.
pub async fn answer_to_enquirer(tx: &mut Tx, enquiry: &Enquiry, outcome: Outcome, family_reason: &str, head: &Head) -> Result<Letter> {
    let told_as = enquiry.enquirer().map_or(ToldAs::Public, |kind| kind.told_as());
    let facts = facts(tx, enquiry, outcome, family_reason, head).await?;
    Ok(front_door::answer(&facts, told_as))
}

/// The answer as it would go to the family or the adult: decision, reason, and how to challenge it.
pub async fn answer_to_family(tx: &mut Tx, enquiry: &Enquiry, outcome: Outcome, family_reason: &str, head: &Head) -> Result<Letter> {
    let mut facts = facts(tx, enquiry, outcome, family_reason, head).await?;
    // The family did not tell us; they are told of it.
    facts.reference.clone_from(&enquiry.reference);
    let letter = front_door::answer(&facts, ToldAs::FamilyOrAdult);
    let came = letter.body.replacen("You told us about something on", "We were told something about you or your family on", 1);
    Ok(Letter { subject: format!("About your family: {}", enquiry.reference), body: came })
}

/// What was sent or is to be sent about an opened enquiry.
pub async fn messages(tx: &mut Tx, opened: &Opened) -> Result<Vec<outbox::Row>> {
    outbox::about(tx, "enquiry", opened.id().as_str()).await
}

/// One letter of an opened enquiry, to print.
pub async fn message(tx: &mut Tx, opened: &Opened, id: &str) -> Result<outbox::Row> {
    messages(tx, opened).await?.into_iter().find(|m| m.id.as_str() == id).ok_or(Error::NotFound)
}

/// The letter was printed and is on its way.
pub async fn letter_printed(tx: &mut Tx, opened: &Opened, id: &str) -> Result<()> {
    let row = message(tx, opened, id).await?;
    outbox::printed(tx, &row.id).await?;
    step::add(tx, opened.id(), "sent", "Letter printed", "{}").await
}

/// Given name, surname, what they are to the person, address, postcode.
type AddressRow = (String, String, String, Option<String>, Option<String>);

/// Where the family's letter would go: parents with parental responsibility who live with the person, or the adult.
pub async fn family_address(tx: &mut Tx, person: &crate::people::Opened) -> Result<Option<(String, String)>> {
    let today = crate::Day(tx.today());
    let rows: Vec<AddressRow> = sql!(tx, |c| {
        sqlx::query_as(
        "SELECT x.given_name, x.surname, x.kind,
           (SELECT CASE WHEN a.confidential THEN NULL ELSE a.lines END FROM person_address a WHERE a.person_id = x.id AND (a.until_on IS NULL OR a.until_on >= $2)
             ORDER BY CASE WHEN a.confidential THEN 0 ELSE 1 END, CASE WHEN a.from_on IS NULL THEN 1 ELSE 0 END, a.from_on DESC, a.id DESC LIMIT 1) AS lines,
           (SELECT CASE WHEN a.confidential THEN NULL ELSE a.postcode END FROM person_address a WHERE a.person_id = x.id AND (a.until_on IS NULL OR a.until_on >= $2)
             ORDER BY CASE WHEN a.confidential THEN 0 ELSE 1 END, CASE WHEN a.from_on IS NULL THEN 1 ELSE 0 END, a.from_on DESC, a.id DESC LIMIT 1) AS postcode
         FROM (SELECT p.id, p.given_name, p.surname, r.kind, p.sort_name FROM relationship r JOIN person p ON p.id = r.person_id
             WHERE r.other_id = $1 AND r.kind IN ('mother', 'father', 'parent', 'adoptive_parent', 'guardian') AND (r.parental_responsibility = 'yes' OR r.lives_with = 'yes')
             AND p.died_on IS NULL AND (r.until_on IS NULL OR r.until_on >= $2)
             AND NOT EXISTS (SELECT 1 FROM person_alert l WHERE l.person_id IN ($1, p.id) AND l.kind = 'no_contact' AND (l.ended_on IS NULL OR l.ended_on > $2))
           UNION ALL SELECT p.id, p.given_name, p.surname, 'self', p.sort_name FROM person p WHERE p.id = $1) x ORDER BY CASE x.kind WHEN 'self' THEN 1 ELSE 0 END, x.sort_name, x.id"
    )
    .bind(person.id())
    .bind(today)
    .fetch_all(c)
    })?;
    let child = care::person::age_in_years(person.person().birth(), today.0).is_none_or(|years| years < 18);
    let wanted = rows.into_iter().filter(|(_, _, kind, ..)| (kind == "self") != child);
    Ok(wanted
        .filter_map(|(given, surname, _, lines, postcode)| Some((format!("{given} {surname}"), format!("{}\n{}", lines?, postcode?))))
        .next())
}
