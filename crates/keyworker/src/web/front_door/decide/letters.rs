//! The letters of a decision: made before it, shown, and queued with it exactly as they were shown. What each may learn
//! is `care::front_door`'s; nothing goes by another way than the one that was said to be safe.

use care::{
    access::Deed,
    front_door::{Follow, Told, ToldAs},
};
use store::{
    Tx,
    front_door::{self, Head, Opened, ToEnquirer},
    outbox::{Channel, Message},
    people,
};

use super::read::{Typed, Way};
use crate::web::{Context, Problem, form::Form};

#[derive(Debug, Default)]
pub struct Letters {
    pub enquirer: Option<Message>,
    pub family: Option<Message>,
}

/// What would go out; what makes a letter impossible is said beside its field.
pub async fn letters(cx: &Context, tx: &mut Tx, opened: &Opened, typed: &Typed, form: &mut Form) -> Result<Letters, Problem> {
    check(opened, typed, form);
    let (enquiry, decision, head) = (&opened.enquiry, &typed.decision, head(cx));
    let mut made = Letters::default();
    if typed.to_enquirer == Way::Letter {
        let letter = front_door::answer_to_enquirer(tx, enquiry, decision.outcome, &decision.family_reason, &head).await?;
        made.enquirer = front_door::by_safe_way(&enquiry.safe_reply(), &enquiry.enquirer_name, &letter);
        if made.enquirer.is_none() {
            form.error("to_enquirer", "A message is not safe here. Somebody has to tell them");
        }
    }
    if typed.to_family == Way::Letter && !is_family(opened) {
        made.family = family(tx, opened, typed, &head).await?;
        if made.family.is_none() {
            form.error("to_family", "There is no address to which a letter could go. Choose that somebody tells them");
        }
    }
    Ok(made)
}

/// What the choices about telling lack, before any letter is made.
fn check(opened: &Opened, typed: &Typed, form: &mut Form) {
    let (decision, family) = (&typed.decision, is_family(opened));
    if matches!(decision.to_enquirer, ToEnquirer::Nobody) && opened.enquiry.can_be_answered() {
        form.error("to_enquirer", "They can be told: choose how");
    }
    let withheld = matches!(decision.told, Told::No { .. });
    let must_hear = decision.outcome.follows().contains(&Follow::TellFamily) && !withheld && !family;
    if must_hear && typed.to_family == Way::NotSaid {
        form.error("to_family", "Choose how the family or adult hears of it");
    }
    if withheld && typed.to_family == Way::Letter {
        form.error("to_family", "They are not to be told, so no letter can go to them");
    }
    let letter = if family { typed.to_enquirer } else { typed.to_family };
    if letter == Way::Letter && decision.family_reason.is_empty() {
        form.error("family_reason", "Write why, for the family to read: it stands in their letter");
    }
}

async fn family(tx: &mut Tx, opened: &Opened, typed: &Typed, head: &Head) -> Result<Option<Message>, Problem> {
    let Some(first) = typed.decision.people.first() else { return Ok(None) };
    let person = match people::open(tx, &first.person, Deed::DecideEnquiry).await {
        Err(store::Error::IndexOnly(_)) => return Ok(None),
        other => other?,
    };
    let Some((to_name, to_address)) = front_door::family_address(tx, &person).await? else { return Ok(None) };
    let letter = front_door::answer_to_family(tx, &opened.enquiry, typed.decision.outcome, &typed.decision.family_reason, head).await?;
    Ok(Some(Message { channel: Channel::Letter, to_name, to_address, subject: letter.subject, body: letter.body }))
}

/// Whether the enquirer is the family or the adult, so that their answer is the family's letter.
pub fn is_family(opened: &Opened) -> bool {
    opened.enquiry.enquirer().is_some_and(|kind| kind.told_as() == ToldAs::FamilyOrAdult)
}

pub fn head(cx: &Context) -> Head {
    Head { council: cx.app.config.council.clone() }
}

impl Letters {
    /// Whether these are the letters that were shown, word for word.
    pub fn were_shown(&self, form: &Form) -> bool {
        let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let same = |field: &str, letter: &Option<Message>| {
            plain(&form.raw(field)) == letter.as_ref().map(|m| plain(&format!("{} {}", m.to_address, m.body))).unwrap_or_default()
        };
        same("shown_enquirer", &self.enquirer) && same("shown_family", &self.family)
    }

    /// Puts the letters into the decision; the enquirer's ends with the question whether it helped.
    pub async fn into_decision(self, cx: &Context, tx: &mut Tx, opened: &Opened, typed: &mut Typed) -> store::Result<()> {
        if let Some(message) = self.enquirer {
            typed.decision.to_enquirer = ToEnquirer::Message(with_question(cx, tx, opened, message).await?);
        }
        typed.decision.to_family = self.family;
        Ok(())
    }
}

/// Ends a message with a link to "did this help?". The link says nothing of whom or what it is about.
pub async fn with_question(cx: &Context, tx: &mut Tx, opened: &Opened, mut message: Message) -> store::Result<Message> {
    let token = front_door::ask_helped(tx, opened.id()).await?;
    let config = &cx.app.config;
    let base = config.public_address.clone().unwrap_or_else(|| format!("http://{}:{}", config.listen, config.port));
    message.body += &format!("\nDid this help? Tell us here, without a name: {}/enquiry/answer/{token}\n", base.trim_end_matches('/'));
    Ok(message)
}
