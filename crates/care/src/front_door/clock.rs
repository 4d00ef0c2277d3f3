//! By when an enquiry must be acted on, acknowledged and decided. Every clock runs from the first receipt, not from when
//! the contact is called a referral; waiting for information stops none of them.

use super::{Side, UrgencyBand};
use crate::timescale::{Clocks, Due, Start, Unknown};
use jiff::{Timestamp, civil::Date};

/// What is due of one enquiry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnquiryDue {
    /// Somebody acts: hours of the real clock, or working hours for a routine enquiry.
    pub act: Due,
    /// Whoever made contact is told that it came.
    pub acknowledge: Due,
    /// The next step is decided: for a child by a social worker within one working day.
    pub decide: Due,
}

/// What was done so far, and when.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct EnquiryDone {
    pub acted_at: Option<Timestamp>,
    pub acknowledged_at: Option<Timestamp>,
    pub decided_at: Option<Timestamp>,
}

/// What is due of an enquiry that was first received at this moment.
pub fn enquiry_due(side: Side, band: UrgencyBand, received_at: Timestamp, clocks: &Clocks<'_>) -> Result<EnquiryDue, Unknown> {
    let due = |code| clocks.due(code, Start::At(received_at));
    Ok(EnquiryDue { act: due(band.timescale())?, acknowledge: due("ENQ_ACK")?, decide: due(side.decision_timescale())? })
}

/// Until when the front door may read the history of an enquiry that was decided on this day.
pub fn history_open_until(decided_on: Date, clocks: &Clocks<'_>) -> Result<Date, Unknown> {
    Ok(clocks.due("FD_HISTORY", Start::On(decided_on))?.on)
}

impl EnquiryDue {
    /// What is due next of what is not yet done; `None` when all is done. A decision acts and needs no other act.
    pub fn next(&self, done: &EnquiryDone) -> Option<&Due> {
        let decided = done.decided_at.is_some();
        let open =
            [(&self.act, done.acted_at.is_some() || decided), (&self.acknowledge, done.acknowledged_at.is_some()), (&self.decide, decided)];
        // On one day what has an hour comes before what has the whole day.
        open.into_iter().filter(|(_, met)| !met).map(|(due, _)| due).min_by_key(|due| (due.on, due.at.is_none(), due.at))
    }
}

impl UrgencyBand {
    /// The rule by which somebody must act.
    pub const fn timescale(self) -> &'static str {
        match self {
            UrgencyBand::Immediate => "ENQ_IMMEDIATE",
            UrgencyBand::Urgent => "ENQ_URGENT",
            UrgencyBand::Soon => "ENQ_SOON",
            UrgencyBand::Routine => "ENQ_ROUTINE",
        }
    }
}

impl Side {
    /// The rule by which the next step must be decided.
    pub const fn decision_timescale(self) -> &'static str {
        match self {
            Side::Child => "REF_DEC",
            Side::Adult => "ADULT_DEC",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timescale::nationally;
    use jiff::civil::date;

    fn due(side: Side, band: UrgencyBand, at: &str) -> EnquiryDue {
        nationally(|clocks| enquiry_due(side, band, at.parse().unwrap(), clocks)).unwrap()
    }

    #[test]
    fn runs_from_the_first_receipt() {
        // Friday evening before a bank holiday: urgent hours run on, the rest waits for Tuesday.
        let at = "2026-05-01T20:00:00Z";
        for (side, band, acts_at, decided_on) in [
            (Side::Child, UrgencyBand::Immediate, "2026-05-01T21:00:00Z", date(2026, 5, 5)),
            (Side::Child, UrgencyBand::Urgent, "2026-05-02T00:00:00Z", date(2026, 5, 5)),
            (Side::Child, UrgencyBand::Soon, "2026-05-02T20:00:00Z", date(2026, 5, 5)),
            (Side::Child, UrgencyBand::Routine, "2026-05-05T15:45:00Z", date(2026, 5, 5)),
            (Side::Adult, UrgencyBand::Routine, "2026-05-05T15:45:00Z", date(2026, 5, 6)),
        ] {
            let due = due(side, band, at);
            assert_eq!((due.act.at, due.decide.on), (Some(acts_at.parse().unwrap()), decided_on), "{side} {band}");
        }
    }

    #[test]
    fn says_what_is_due_next() {
        let due = due(Side::Child, UrgencyBand::Urgent, "2026-11-23T09:00:00Z");
        let at: Option<Timestamp> = "2026-11-23T10:00:00Z".parse().ok();
        let next = |done: EnquiryDone| due.next(&done).map(|due| due.code.clone());
        let nothing = EnquiryDone::default();
        for (done, code) in [
            (nothing, Some("ENQ_URGENT")),
            (EnquiryDone { acted_at: at, ..nothing }, Some("ENQ_ACK")),
            (EnquiryDone { acted_at: at, acknowledged_at: at, ..nothing }, Some("REF_DEC")),
            (EnquiryDone { decided_at: at, ..nothing }, Some("ENQ_ACK")),
            (EnquiryDone { decided_at: at, acknowledged_at: at, ..nothing }, None),
        ] {
            assert_eq!(next(done).as_deref(), code, "{done:?}");
        }
    }

    #[test]
    fn history_stays_open_for_five_working_days() {
        let until = nationally(|clocks| history_open_until(date(2026, 12, 21), clocks)).unwrap();
        assert_eq!(until, date(2026, 12, 30));
    }
}
