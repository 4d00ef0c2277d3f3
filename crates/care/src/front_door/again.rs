//! What came before: a referral within twelve months of another is a re-referral (children in need census guidance),
//! a contact within 28 days of another is a repeat, which often says that the first answer did not help.
//! Both reach back to the day that the register says (`RE_REFERRAL`, `REPEAT_CONTACT`), that day included.

use super::Outcome;
use crate::timescale::{Clocks, Start, Unknown};
use jiff::civil::Date;

/// An earlier enquiry about the same person. The one being judged is not among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EarlierContact {
    pub received_on: Date,
    /// `None` while it is open.
    pub outcome: Option<Outcome>,
}

/// What came before one contact.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Earlier {
    /// How many contacts in the twelve months before.
    pub in_twelve_months: usize,
    /// The last referral in the twelve months before.
    pub last_referral_on: Option<Date>,
    /// The last contact in the 28 days before.
    pub repeat_of: Option<Date>,
    /// Contacts in the twelve months before that ended with no further action or advice.
    pub closed_without_help: usize,
}

/// What came before a contact received on this day.
pub fn earlier(contacts: &[EarlierContact], received_on: Date, clocks: &Clocks<'_>) -> Result<Earlier, Unknown> {
    let year_ago = clocks.due("RE_REFERRAL", Start::On(received_on))?.on;
    let month_ago = clocks.due("REPEAT_CONTACT", Start::On(received_on))?.on;
    let before = |from: Date| contacts.iter().filter(move |c| c.received_on >= from && c.received_on <= received_on);
    let referral = |c: &&EarlierContact| c.outcome.is_some_and(Outcome::opens_referral);
    let without_help = |c: &&EarlierContact| matches!(c.outcome, Some(Outcome::NoFurtherAction | Outcome::Advice));
    Ok(Earlier {
        in_twelve_months: before(year_ago).count(),
        last_referral_on: before(year_ago).filter(referral).map(|c| c.received_on).max(),
        repeat_of: before(month_ago).map(|c| c.received_on).max(),
        closed_without_help: before(year_ago).filter(without_help).count(),
    })
}

impl Earlier {
    /// For the head of the enquiry; nothing where nothing came before.
    pub fn words(&self) -> Option<String> {
        use crate::words::{counted, date};
        if self.in_twelve_months == 0 {
            return None;
        }
        let count = counted(self.in_twelve_months as i64, "contact", "contacts");
        let mut parts = vec![format!("{count} in the twelve months before")];
        if let Some(on) = self.last_referral_on {
            parts.push(format!("a re-referral: the last was on {}", date(on)));
        }
        if let Some(on) = self.repeat_of {
            parts.push(format!("a repeat within 28 calendar days of {}", date(on)));
        }
        if self.closed_without_help > 1 {
            parts.push(format!("{} of them ended in advice or no further action", self.closed_without_help));
        }
        Some(parts.join("; "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timescale::nationally;
    use jiff::civil::date;

    fn before(contacts: &[EarlierContact], received_on: Date) -> Earlier {
        nationally(|clocks| earlier(contacts, received_on, clocks)).unwrap()
    }

    #[test]
    fn reaches_back_to_the_day() {
        let on = date(2026, 11, 23);
        let contact = |received_on, outcome| EarlierContact { received_on, outcome };
        let referral = Some(Outcome::ChildrensReferral);
        let nothing = Some(Outcome::NoFurtherAction);
        for (contacts, count, last, repeat) in [
            (vec![], 0, None, None),
            (vec![contact(date(2025, 11, 23), referral)], 1, Some(date(2025, 11, 23)), None),
            (vec![contact(date(2025, 11, 22), referral)], 0, None, None),
            (vec![contact(date(2026, 10, 26), nothing)], 1, None, Some(date(2026, 10, 26))),
            (vec![contact(date(2026, 10, 25), nothing)], 1, None, None),
            (vec![contact(on, None)], 1, None, Some(on)),
            (vec![contact(date(2026, 11, 24), referral)], 0, None, None),
        ] {
            let found = before(&contacts, on);
            assert_eq!((found.in_twelve_months, found.last_referral_on, found.repeat_of), (count, last, repeat));
        }
        // A year before 29 February 2028 is 28 February 2027.
        for (received_on, last) in [(date(2027, 2, 28), Some(date(2027, 2, 28))), (date(2027, 2, 27), None)] {
            assert_eq!(before(&[contact(received_on, referral)], date(2028, 2, 29)).last_referral_on, last);
        }
    }

    #[test]
    fn says_what_came_before() {
        let nothing = Some(Outcome::NoFurtherAction);
        let contacts = [(date(2026, 11, 2), nothing), (date(2026, 6, 1), nothing), (date(2026, 2, 1), Some(Outcome::ChildrensReferral))]
            .map(|(received_on, outcome)| EarlierContact { received_on, outcome });
        assert_eq!(
            before(&contacts, date(2026, 11, 23)).words().as_deref(),
            Some(
                "3 contacts in the twelve months before; a re-referral: the last was on 1 February 2026; a repeat within \
                 28 calendar days of 2 November 2026; 2 of them ended in advice or no further action"
            )
        );
        assert_eq!(before(&[], date(2026, 11, 23)).words(), None);
    }
}
