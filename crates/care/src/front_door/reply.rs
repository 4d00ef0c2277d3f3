//! How it is safe to reply. Somebody who asks for help may be watched: every enquiry asks by what way to reply and
//! whether a message may be left, and nothing is sent another way.

use crate::coded;
use std::fmt;

coded! {
    pub enum ReplyBy {
        Email = "email", "E-mail";
        Telephone = "telephone", "Telephone";
        Text = "text", "Text message";
        Letter = "letter", "Letter";
        ThroughAnother = "through_another", "Through somebody else, named";
        DoNotContact = "do_not_contact", "Do not contact me";
    }
}

coded! {
    pub enum MayLeaveMessage {
        Yes = "yes", "A message may be left";
        NumberOnly = "number_only", "Only a number to ring back, without saying who we are";
        No = "no", "No message";
        NotAsked = "not_asked", "Not asked yet";
    }
}

/// What the enquirer said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SafeReply {
    pub by: ReplyBy,
    pub address: String,
    pub message: MayLeaveMessage,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReplyProblem {
    DoNotContact,
    OtherWay(ReplyBy),
    NoAddress(ReplyBy),
    NoMessages,
}

impl SafeReply {
    /// Whether something may be sent this way without a person at the other end: an e-mail, a text, a letter, a
    /// message left. Not asked is no.
    pub fn may_send(&self, way: ReplyBy) -> Result<(), ReplyProblem> {
        match (self.by, way) {
            (ReplyBy::DoNotContact, _) => Err(ReplyProblem::DoNotContact),
            (by, way) if by != way => Err(ReplyProblem::OtherWay(by)),
            (by, _) if self.address.trim().is_empty() => Err(ReplyProblem::NoAddress(by)),
            (ReplyBy::Telephone, _) if self.message != MayLeaveMessage::Yes => Err(ReplyProblem::NoMessages),
            _ => Ok(()),
        }
    }
}

/// The reference that an enquirer is given, made from a number that the store draws: eight characters without vowels
/// or look-alikes, the last of which finds a slip. It says nothing of who or when.
pub fn reference(drawn: u64) -> String {
    const LETTERS: &[u8; 25] = b"23456789BCDFGHJKMNPQRTVWX";
    let mut rest = drawn;
    let mut places = [0_usize; 7];
    for place in &mut places {
        *place = (rest % 25) as usize;
        rest /= 25;
    }
    let check = places.iter().zip([1, 2, 3, 4, 6, 7, 8]).map(|(value, weight)| value * weight).sum::<usize>() % 25;
    let letters: String = places.iter().chain([&check]).map(|value| char::from(LETTERS[*value])).collect();
    format!("{}-{}", &letters[..4], &letters[4..])
}

impl fmt::Display for ReplyProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReplyProblem::DoNotContact => write!(f, "They asked not to be contacted"),
            ReplyProblem::OtherWay(by) => write!(f, "It is safe to reply by {} only", by.label().to_lowercase()),
            ReplyProblem::NoAddress(by) => {
                write!(f, "There is no address for {}", by.label().to_lowercase())
            }
            ReplyProblem::NoMessages => write!(f, "No message may be left on this telephone"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sends_nothing_another_way() {
        let reply = |by, address: &str, message| SafeReply { by, address: address.into(), message };
        for (reply, way, expected) in [
            (reply(ReplyBy::Email, "a@b.example", MayLeaveMessage::NotAsked), ReplyBy::Email, Ok(())),
            (reply(ReplyBy::Email, "a@b.example", MayLeaveMessage::Yes), ReplyBy::Letter, Err(ReplyProblem::OtherWay(ReplyBy::Email))),
            (reply(ReplyBy::Email, " ", MayLeaveMessage::Yes), ReplyBy::Email, Err(ReplyProblem::NoAddress(ReplyBy::Email))),
            (reply(ReplyBy::Telephone, "01632 960001", MayLeaveMessage::NotAsked), ReplyBy::Telephone, Err(ReplyProblem::NoMessages)),
            (reply(ReplyBy::Telephone, "01632 960001", MayLeaveMessage::NumberOnly), ReplyBy::Telephone, Err(ReplyProblem::NoMessages)),
            (reply(ReplyBy::Telephone, "01632 960001", MayLeaveMessage::Yes), ReplyBy::Telephone, Ok(())),
            (reply(ReplyBy::DoNotContact, "a@b.example", MayLeaveMessage::Yes), ReplyBy::Email, Err(ReplyProblem::DoNotContact)),
        ] {
            assert_eq!(reply.may_send(way), expected, "{reply:?}");
        }
    }

    #[test]
    fn makes_references_that_can_be_read_out() {
        let references: std::collections::BTreeSet<String> = (0..10_000).map(|n| reference(n * 611_953)).collect();
        assert_eq!(references.len(), 10_000);
        assert!(references.iter().all(|text| text.len() == 9 && !text.contains(['A', 'E', 'I', 'O', 'U', '0', '1'])));
    }
}
