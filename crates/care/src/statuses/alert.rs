//! What must be known before one rings or visits. An alert is reviewed, because an old warning does harm of its own,
//! and the person is told of it unless telling would be dangerous (UK GDPR article 5; case law on violent markers).

use crate::{coded, words};
use jiff::civil::Date;

coded! {
    pub enum AlertKind {
        RiskToWorkers = "risk_to_workers", "Risk to workers";
        VisitInPairs = "visit_in_pairs", "Visit in pairs";
        Dog = "dog", "Dangerous dog";
        Weapon = "weapon", "Weapons known";
        DomesticAbuse = "domestic_abuse", "Domestic abuse";
        Exploitation = "exploitation", "Exploitation";
        SelfHarm = "self_harm", "Self-harm or suicide";
        Health = "health", "Allergy or health condition";
        AddressSecret = "address_secret", "Do not give out the address";
        NoContact = "no_contact", "Somebody must not have contact";
        Communication = "communication", "How to communicate";
        Other = "other", "Other alert";
    }
}

/// An alert as the banner shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert {
    pub kind: AlertKind,
    pub words: String,
    pub from_on: Date,
    pub review_on: Option<Date>,
    pub ended_on: Option<Date>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AlertState {
    Open,
    /// It stands, but nobody has looked at it in time.
    ReviewDue,
    Ended,
}

impl Alert {
    pub fn state(&self, today: Date) -> AlertState {
        match (self.ended_on, self.review_on) {
            (Some(ended), _) if ended <= today => AlertState::Ended,
            (_, Some(review)) if review <= today => AlertState::ReviewDue,
            _ => AlertState::Open,
        }
    }

    /// "Dangerous dog: Alsatian, chained at the back", with "review was due 3 March 2027" where it is.
    pub fn line(&self, today: Date) -> String {
        let said = self.words.trim();
        let head = if said.is_empty() { self.kind.label().into() } else { format!("{}: {said}", self.kind.label()) };
        match (self.state(today), self.review_on) {
            (AlertState::ReviewDue, Some(review)) => format!("{head} (review was due {})", words::date(review)),
            _ => head,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn an_alert_is_reviewed_and_ends() {
        let today = date(2026, 11, 23);
        let alert =
            |review_on, ended_on| Alert { kind: AlertKind::Dog, words: "Alsatian".into(), from_on: date(2026, 1, 1), review_on, ended_on };
        for (review_on, ended_on, state, line) in [
            (None, None, AlertState::Open, "Dangerous dog: Alsatian"),
            (Some(date(2026, 11, 24)), None, AlertState::Open, "Dangerous dog: Alsatian"),
            (Some(today), None, AlertState::ReviewDue, "Dangerous dog: Alsatian (review was due 23 November 2026)"),
            (Some(today), Some(today), AlertState::Ended, "Dangerous dog: Alsatian"),
            (None, Some(date(2026, 11, 24)), AlertState::Open, "Dangerous dog: Alsatian"),
        ] {
            let alert = alert(review_on, ended_on);
            assert_eq!((alert.state(today), alert.line(today).as_str()), (state, line));
        }
    }
}
