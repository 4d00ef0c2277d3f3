//! After a decision: what was sent, who has to acknowledge it, and telling an enquirer who could not be told by a message
//! at once. What they may learn is `care::front_door`'s, by who they are; the words to say stand on the page.

use axum::extract::Path;
use care::front_door::{EnquirerKind, Helped, Outcome as Follows, ToldAs};
use store::{
    Error, Tx,
    forms::{self, Once},
    front_door::{self, ByHand, Opened},
    id::EnquiryId,
    outbox, workers,
};

use super::decide::letters;
use crate::web::{
    Context, Outcome, Problem,
    form::Form,
    govuk::{self, Choice},
    posted::Posted,
};

/// GET /front-door/enquiries/{enquiry}/answer
pub async fn show(cx: Context, Path(id): Path<String>) -> Outcome {
    page(&cx, &id, &Form::default()).await
}

async fn page(cx: &Context, id: &str, form: &Form) -> Outcome {
    let mut tx = cx.read().await?;
    let opened = front_door::open(&mut tx, &EnquiryId::from_text(id)).await?;
    let enquiry = &opened.enquiry;
    let letter = letter(cx, &mut tx, &opened).await?;
    let by_message = front_door::by_safe_way(&enquiry.safe_reply(), &enquiry.enquirer_name, &letter);
    let by = match &enquiry.decided_by {
        Some(by) => Some(workers::worker(&mut tx, by).await?.name()),
        None => None,
    };
    let sent: Vec<_> = front_door::messages(&mut tx, &opened).await?;
    let awaited = front_door::awaited(&mut tx, &opened).await?;
    let helped = front_door::helped_said(&mut tx, &opened).await?;
    let reply = enquiry.safe_reply();
    let data = minijinja::context! {
        id, enquiry => govuk::value(enquiry), by, outcome => enquiry.outcome().map(Follows::label), follows => enquiry.outcome().map(|o| o.follows().iter().map(|f| f.label()).collect::<Vec<_>>()),
        letter => govuk::value(&(&letter.subject, &letter.body)), told_as => told_as(enquiry.enquirer()), from => enquiry.enquirer().map_or("Not asked yet", EnquirerKind::label),
        message => govuk::value(&by_message), ways => govuk::value(&ways(by_message.as_ref())), helps => govuk::value(&helps()),
        sent => govuk::value(&sent.iter().map(sent_words).collect::<Vec<_>>()), awaited => govuk::value(&awaited), helped => govuk::value(&helped),
        reply => govuk::value(&(reply.by.label(), reply.message.label())), reply_asked => enquiry.reply_by != "not_asked", version => form.version().unwrap_or(enquiry.version),
    };
    let title = if enquiry.decided_at.is_some() { "What follows" } else { "Not decided yet" };
    cx.form(tx, title, "front_door/answer.html", form, data).await
}

/// The answer in the way of whoever enquired.
async fn letter(cx: &Context, tx: &mut Tx, opened: &Opened) -> Result<care::allocation::Letter, Problem> {
    let enquiry = &opened.enquiry;
    let outcome = enquiry.outcome().unwrap_or(Follows::NoFurtherAction);
    let reason = enquiry.family_reason.clone().unwrap_or_default();
    Ok(front_door::answer_to_enquirer(tx, enquiry, outcome, &reason, &letters::head(cx)).await?)
}

fn told_as(kind: Option<EnquirerKind>) -> &'static str {
    match kind.map_or(ToldAs::Public, EnquirerKind::told_as) {
        ToldAs::Professional => "A professional: what they need for their own work, and no more.",
        ToldAs::FamilyOrAdult => "The family or the adult: the decision, the reason and how to challenge it.",
        ToldAs::Public => "A member of the public: only that it was received and considered.",
    }
}

fn sent_words(row: &outbox::Row) -> minijinja::Value {
    let way = outbox::Channel::from_code(&row.channel).map_or("", outbox::Channel::label);
    let state = row.state().map_or("", outbox::State::label);
    minijinja::context! { id => row.id.as_str(), way, state, subject => row.subject.clone(), at => row.created_at.to_string(), done => matches!(row.state.as_str(), "sent" | "printed") }
}

fn choice(value: &str, text: impl Into<String>, hint: Option<&str>) -> Choice {
    Choice { value: value.into(), text: text.into(), hint: hint.map(Into::into) }
}

fn ways(message: Option<&outbox::Message>) -> Vec<Choice> {
    let send = message.map(|m| {
        choice(
            "message",
            format!("Send it by {}", m.channel.label().to_lowercase()),
            Some("The text above goes out as it stands, with a link that asks “Did this help?”."),
        )
    });
    let by_hand = [
        choice("telephone", "They were told by telephone", None),
        choice("in_person", "They were told in person", None),
        choice("through_another", "They were told through the person whom they named", None),
        choice("not_told", "They cannot be told", Some("Say why below. It leaves the board.")),
    ];
    send.into_iter().chain(by_hand).collect()
}

fn helps() -> Vec<Choice> {
    Helped::ALL.iter().map(|h| choice(h.code(), h.label(), None)).collect()
}

/// POST /front-door/enquiries/{enquiry}/answer
pub async fn submit(cx: Context, Path(id): Path<String>, Posted(mut form): Posted) -> Outcome {
    let codes = ["message", "telephone", "in_person", "through_another", "not_told"].map(|code| (code, code));
    let how = form.choice("how", &codes, "Choose how they were told");
    let words = form.text("words", 0..=5_000, "");
    if how == Some("not_told") && words.is_empty() {
        form.error("words", "Say why they cannot be told");
    }
    let (true, Some(how)) = (form.is_good(), how) else { return page(&cx, &id, &form).await };
    let to = format!("/front-door/enquiries/{id}/answer");
    let mut tx = cx.write().await?;
    if let Once::Again(led_to) = forms::once(&mut tx, &form.token()).await? {
        return cx.go(&led_to, "");
    }
    let opened = front_door::open(&mut tx, &EnquiryId::from_text(&id)).await?;
    match tell(&cx, &mut tx, &opened, how, &words, &form).await {
        Ok(()) => {
            forms::led_to(&mut tx, &form.token(), &to).await?;
            tx.commit().await?;
            cx.go(&to, if how == "not_told" { "Noted why they cannot be told." } else { "The answer is on record." })
        }
        Err(Problem::BadRequest(words)) => {
            drop(tx);
            form.error("how", words);
            page(&cx, &id, &form).await
        }
        Err(other) => Err(other),
    }
}

async fn tell(cx: &Context, tx: &mut Tx, opened: &Opened, how: &str, words: &str, form: &Form) -> Result<(), Problem> {
    let version = form.version().unwrap_or(-1);
    let by = match how {
        "message" => {
            let letter = letter(cx, tx, opened).await?;
            let enquiry = &opened.enquiry;
            let safe = front_door::by_safe_way(&enquiry.safe_reply(), &enquiry.enquirer_name, &letter);
            let message = safe.ok_or_else(|| Error::refused("how", "A message is not safe here. Somebody has to tell them"))?;
            let message = letters::with_question(cx, tx, opened, message).await?;
            return Ok(front_door::answer_sent(tx, opened, version, &message).await?);
        }
        "not_told" => return Ok(front_door::not_answered(tx, opened, version, words).await?),
        "telephone" => ByHand::Telephone,
        "in_person" => ByHand::InPerson,
        _ => ByHand::ThroughAnother,
    };
    front_door::answered_by_hand(tx, opened, version, by, words).await?;
    if let Some(helped) = Helped::from_code(&form.raw("helped")) {
        let token = front_door::ask_helped(tx, opened.id()).await?;
        front_door::answer_helped(tx, &token, helped, "").await?;
    }
    Ok(())
}
