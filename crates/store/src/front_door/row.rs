//! An enquiry as it is stored, and its words read back as `care` knows them.

use care::{
    front_door::{
        Channel, DangerQuestion, EnquirerKind, EnquiryDone, EnquiryDue, EnquiryState, LegalBasis, MayLeaveMessage, Outcome, ReplyBy,
        SafeReply, Screening, Side, Told, UrgencyBand, WhyNotTold, enquiry_due, screen,
    },
    person::Answer,
    timescale::{Clocks, Due},
};
use jiff::Timestamp;

use crate::{
    At, Day, Error, Result,
    id::{EnquiryId, WorkerId},
};

/// The columns of [`Enquiry`], of `enquiry e` with its owner `w`.
#[macro_export]
#[doc(hidden)]
macro_rules! enquiry_columns {
    () => {
        "e.id, e.reference, e.channel, e.side, e.state, e.band, e.owner_id, w.given_name || ' ' || w.surname AS owner, e.received_at, e.recorded_by, e.recorded_at, \
         e.enquirer_kind, e.enquirer_name, e.enquirer_organisation, e.enquirer_telephone, e.enquirer_relation, e.words, e.danger, e.reply_by, e.reply_address, \
         e.may_leave_message, e.reply_words, e.legal_basis, e.told, e.told_on, e.told_why, e.told_words, e.due_at, e.due_code, e.acted_at, e.acknowledged_at, \
         e.acknowledged_by, e.acknowledged_how, e.answered_at, e.answered_how, e.outcome, e.reason, e.family_reason, e.proposed_by, e.proposed_at, e.decided_by, \
         e.decided_at, e.reopened_at, e.family_event_id, e.version"
    };
}

#[derive(Debug, Clone, PartialEq, sqlx::FromRow, serde::Serialize)]
pub struct Enquiry {
    pub id: EnquiryId,
    pub reference: String,
    pub channel: String,
    /// A code of `Side`, or `not_known`.
    pub side: String,
    pub state: String,
    pub band: String,
    pub owner_id: Option<WorkerId>,
    pub owner: Option<String>,
    pub received_at: At,
    pub recorded_by: String,
    pub recorded_at: At,
    pub enquirer_kind: String,
    pub enquirer_name: String,
    pub enquirer_organisation: String,
    pub enquirer_telephone: String,
    pub enquirer_relation: String,
    pub words: String,
    pub danger: String,
    pub reply_by: String,
    pub reply_address: String,
    pub may_leave_message: String,
    pub reply_words: String,
    pub legal_basis: Option<String>,
    pub told: String,
    pub told_on: Option<Day>,
    pub told_why: Option<String>,
    pub told_words: String,
    pub due_at: Option<At>,
    pub due_code: Option<String>,
    pub acted_at: Option<At>,
    pub acknowledged_at: Option<At>,
    pub acknowledged_by: Option<String>,
    pub acknowledged_how: Option<String>,
    pub answered_at: Option<At>,
    pub answered_how: Option<String>,
    pub outcome: Option<String>,
    pub reason: Option<String>,
    pub family_reason: Option<String>,
    pub proposed_by: Option<WorkerId>,
    pub proposed_at: Option<At>,
    pub decided_by: Option<WorkerId>,
    pub decided_at: Option<At>,
    pub reopened_at: Option<At>,
    pub family_event_id: Option<String>,
    pub version: i64,
}

/// The answers to the questions about danger, as JSON keeps them: question → `yes`, `no`, `unknown` or `refused`.
pub type DangerAnswers = Vec<(DangerQuestion, Answer<bool>)>;

pub fn danger_text(answers: &DangerAnswers) -> String {
    let code = |answer: &Answer<bool>| match answer {
        Answer::Known(true) => Some("yes"),
        Answer::Known(false) => Some("no"),
        Answer::Unknown => Some("unknown"),
        Answer::Refused => Some("refused"),
        Answer::NotAsked => None,
    };
    let map: std::collections::BTreeMap<&str, &str> = answers.iter().filter_map(|(q, a)| Some((q.code(), code(a)?))).collect();
    serde_json::to_string(&map).unwrap_or_default()
}

pub fn danger_answer(code: &str) -> Answer<bool> {
    match code {
        "yes" => Answer::Known(true),
        "no" => Answer::Known(false),
        "unknown" => Answer::Unknown,
        "refused" => Answer::Refused,
        _ => Answer::NotAsked,
    }
}

impl Enquiry {
    pub fn state(&self) -> Result<EnquiryState> {
        EnquiryState::from_code(&self.state).ok_or_else(|| Error::Corrupt(format!("enquiry state {}", self.state)))
    }
    pub fn channel(&self) -> Option<Channel> {
        Channel::from_code(&self.channel)
    }
    /// Until it is known whom it concerns, the shorter clock, a child's, runs.
    pub fn side(&self) -> Side {
        Side::from_code(&self.side).unwrap_or(Side::Child)
    }
    pub fn band(&self) -> UrgencyBand {
        UrgencyBand::from_code(&self.band).unwrap_or(UrgencyBand::Urgent)
    }
    pub fn enquirer(&self) -> Option<EnquirerKind> {
        EnquirerKind::from_code(&self.enquirer_kind)
    }
    pub fn outcome(&self) -> Option<Outcome> {
        self.outcome.as_deref().and_then(Outcome::from_code)
    }
    pub fn legal_basis(&self) -> Option<LegalBasis> {
        self.legal_basis.as_deref().and_then(LegalBasis::from_code)
    }

    pub fn danger(&self) -> DangerAnswers {
        let map: std::collections::BTreeMap<String, String> = serde_json::from_str(&self.danger).unwrap_or_default();
        DangerQuestion::ALL.iter().filter_map(|q| Some((*q, danger_answer(map.get(q.code())?)))).collect()
    }
    pub fn screening(&self) -> Screening {
        screen(&self.danger())
    }

    /// How it is safe to reply; not asked is not safe.
    pub fn safe_reply(&self) -> SafeReply {
        SafeReply {
            by: ReplyBy::from_code(&self.reply_by).unwrap_or(ReplyBy::DoNotContact),
            address: self.reply_address.clone(),
            message: MayLeaveMessage::from_code(&self.may_leave_message).unwrap_or(MayLeaveMessage::NotAsked),
        }
    }

    pub fn told(&self) -> Told {
        match (self.told.as_str(), self.told_on, self.told_why.as_deref().and_then(WhyNotTold::from_code)) {
            ("yes", Some(on), _) => Told::Yes { on: on.0 },
            ("will_be", Some(by), _) => Told::WillBe { by: by.0 },
            ("no", _, Some(why)) => Told::No { why, described: self.told_words.clone() },
            _ => Told::NotAsked,
        }
    }

    /// Every clock runs from the first receipt; of an enquiry that was opened again, from then.
    pub fn clock_start(&self) -> At {
        self.reopened_at.unwrap_or(self.received_at)
    }

    pub fn due(&self, clocks: &Clocks<'_>) -> Result<EnquiryDue> {
        enquiry_due(self.side(), self.band(), self.clock_start().0, clocks).map_err(|e| Error::Corrupt(e.to_string()))
    }

    pub fn done(&self) -> EnquiryDone {
        let at = |at: Option<At>| at.map(|a| a.0);
        // Nobody waits for an acknowledgement that cannot be given.
        let never = !self.can_be_answered() || self.answered_how.as_deref() == Some("not_told");
        let cannot = never.then_some(self.received_at.0);
        EnquiryDone { acted_at: at(self.acted_at), acknowledged_at: at(self.acknowledged_at).or(cannot), decided_at: at(self.decided_at) }
    }

    /// Whether the enquirer can be told anything: they said who they are, and that contact is safe.
    pub fn can_be_answered(&self) -> bool {
        self.enquirer().is_none_or(EnquirerKind::can_be_answered) && self.reply_by != ReplyBy::DoNotContact.code()
    }

    /// What the front door still has to do with it.
    pub fn is_waiting(&self) -> bool {
        self.state().is_ok_and(EnquiryState::is_open) || (self.state == EnquiryState::Decided.code() && self.answered_how.is_none())
    }
}

/// The instant after which it is late: the hour itself, or the end of the day in London.
pub fn late_after(due: &Due) -> At {
    due.at.map_or_else(|| end_of(due.on), At::cut)
}

fn end_of(day: jiff::civil::Date) -> At {
    let next = care::calendar::add_days(day, 1);
    let zone = jiff::tz::TimeZone::get("Europe/London").unwrap_or(jiff::tz::TimeZone::UTC);
    At(next.to_zoned(zone).map_or(Timestamp::UNIX_EPOCH, |z| z.timestamp()))
}

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn answers_about_danger_come_back_as_they_were() {
        let answers = vec![(DangerQuestion::HurtNow, Answer::Known(false)), (DangerQuestion::AloneOrOut, Answer::Unknown)];
        assert_eq!(danger_text(&answers), r#"{"alone_or_out":"unknown","hurt_now":"no"}"#);
        assert_eq!(danger_text(&vec![(DangerQuestion::HurtNow, Answer::NotAsked)]), "{}");
    }
}
