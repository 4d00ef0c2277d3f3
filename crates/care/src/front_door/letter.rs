//! What enquirers are told, as plain text. The acknowledgement carries no name and no content, because anybody may
//! read it. The answer depends on who asked: a professional learns what they need, the family or the adult the
//! decision with its reason and how to challenge it, a member of the public only that it was received and considered.

use super::{Outcome, ToldAs};
use crate::{allocation::Letter, words};
use jiff::civil::Date;

/// What an answer is made from. `reason` was written for the family to read; nobody else is sent it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerFacts {
    pub council: String,
    pub team: String,
    pub telephone: String,
    pub out_of_hours: String,
    pub reference: String,
    pub received_on: Date,
    pub outcome: Outcome,
    pub reason: String,
    /// Where a complaint goes: an address as people write it.
    pub complaints: String,
    pub on: Date,
}

/// Sent at once: that it came, by when they will hear, whom to ring.
pub fn acknowledgement(facts: &AnswerFacts, answer_by: Date) -> Letter {
    let body = [
        format!("Thank you. We have received your message. Your reference is {}.", facts.reference),
        format!("We will look at it, and reply in the way that you said is safe, by {}.", words::weekday_and_date(answer_by)),
        danger(facts),
        ending(facts),
    ];
    Letter { subject: format!("We have your message: {}", facts.reference), body: body.join("\n\n") + "\n" }
}

/// Sent when it is decided.
pub fn answer(facts: &AnswerFacts, told_as: ToldAs) -> Letter {
    let came = format!("You told us about something on {}. Your reference is {}.", words::date(facts.received_on), facts.reference);
    let middle = match told_as {
        ToldAs::Professional => format!(
            "{}\n\nIf you do not agree, ask for the team's manager: your local safeguarding partners' procedure for \
             settling differences applies.",
            facts.outcome.to_professional()
        ),
        ToldAs::FamilyOrAdult => format!("{}\n\nWhy: {}\n\n{}", facts.outcome.to_family(), facts.reason.trim(), challenge(facts)),
        ToldAs::Public => "We have considered what you told us. We cannot say more, because we keep what we know about \
                           people private. Thank you for telling us; please tell us again if you are still worried."
            .into(),
    };
    let body = [words::date(facts.on), came, middle, danger(facts), ending(facts)];
    Letter { subject: format!("About your message: {}", facts.reference), body: body.join("\n\n") + "\n" }
}

fn challenge(facts: &AnswerFacts) -> String {
    format!(
        "If you do not agree, tell us: ring the team and ask for the manager, or write to {}. You may have somebody to \
         speak for you. If you are not content with our answer, the Local Government and Social Care Ombudsman can look \
         at it without charge.",
        facts.complaints
    )
}

fn danger(facts: &AnswerFacts) -> String {
    format!("If somebody is in danger now, telephone 999. At night and at weekends you can ring {}.", facts.out_of_hours)
}

fn ending(facts: &AnswerFacts) -> String {
    format!("{}\n{}\nTelephone {}", facts.team, facts.council, facts.telephone)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn facts(outcome: Outcome) -> AnswerFacts {
        AnswerFacts {
            council: "Metropolitan Borough of Ashmere".into(),
            team: "Front door".into(),
            telephone: "01632 960100".into(),
            out_of_hours: "01632 960199".into(),
            reference: "4BKT-92QX".into(),
            received_on: date(2026, 11, 23),
            outcome,
            reason: "School saw a mark on Kai Marlow's arm.".into(),
            complaints: "Complaints, Town Hall, ZZ1 1AA".into(),
            on: date(2026, 11, 24),
        }
    }

    #[test]
    fn the_acknowledgement_has_no_name_and_no_content() {
        let first = acknowledgement(&facts(Outcome::NoFurtherAction), date(2026, 11, 24));
        assert!(first.body.contains("by Tuesday 24 November 2026."));
        for word in ["Kai", "Marlow", "mark", "child", "school", "social"] {
            assert!(!(first.subject.clone() + &first.body).to_lowercase().contains(&word.to_lowercase()), "{word}");
        }
        assert_eq!(first, acknowledgement(&facts(Outcome::EmergencyProtection), date(2026, 11, 24)));
    }

    #[test]
    fn the_public_are_told_the_same_whatever_was_decided() {
        let told = answer(&facts(Outcome::NoFurtherAction), ToldAs::Public);
        assert!(told.body.contains("We have considered what you told us."));
        for outcome in Outcome::ALL {
            assert_eq!(answer(&facts(*outcome), ToldAs::Public), told, "{outcome}");
        }
    }

    #[test]
    fn the_reason_goes_to_the_family_alone() {
        for outcome in Outcome::ALL {
            let family = answer(&facts(*outcome), ToldAs::FamilyOrAdult);
            assert!(family.body.contains("Why: School saw a mark") && family.body.contains("Ombudsman"), "{outcome}");
            let professional = answer(&facts(*outcome), ToldAs::Professional);
            assert!(professional.body.contains(outcome.to_professional()), "{outcome}");
            assert!(!professional.body.contains("Kai") && !professional.body.contains("Why:"), "{outcome}");
        }
    }
}
