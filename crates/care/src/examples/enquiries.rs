//! What came to the invented front door: half a year that was decided, as quickly and as late as such work goes, and
//! what waits today in each band and state. Whom it concerns is chosen by whoever writes it into a database.

use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};

use super::{
    Dice, Size,
    tellings::{Telling, tellings},
};
use crate::{
    calendar::{Calendar, add_days, london},
    front_door::{EnquirerKind, EnquiryState, Helped, Outcome, Side, UrgencyBand},
};

/// So many days of it are kept.
pub const DAYS: i32 = 180;
/// Enquiries on a working day in a borough of 30,000 known people, beside those that became cases.
const EACH_DAY: usize = 18;

#[derive(Debug, Clone)]
pub struct Enquiry {
    pub telling: Telling,
    pub band: UrgencyBand,
    pub state: EnquiryState,
    pub received_at: Timestamp,
    pub acted_at: Option<Timestamp>,
    pub acknowledged_at: Option<Timestamp>,
    pub decided_at: Option<Timestamp>,
    pub answered_at: Option<Timestamp>,
    /// Whether it was asked if it helped, and what was answered.
    pub helped: Option<Option<Helped>>,
    pub whom: Whom,
    /// A number to choose the owner and the person by.
    pub draw: usize,
}

/// Whom it concerns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whom {
    /// Somebody who is known, without an open case.
    Known,
    /// Somebody with an open case.
    OpenCase,
    /// Somebody of the cast, by given name and family name.
    Cast(&'static str, &'static str),
    /// Spoken of, with no record found yet.
    Spoken(&'static str, &'static str),
}

/// What was decided in the last half year, the oldest first.
pub fn decided(size: Size) -> Vec<Enquiry> {
    let (all, calendar) = (tellings(), Calendar::england_and_wales());
    let mut dice = Dice::new(size.seed, 77);
    let mut made = Vec::new();
    for back in (1..=DAYS).rev() {
        let day = add_days(size.today, -back);
        let share = if calendar.is_working_day(day) { 1 } else { 4 };
        let count = (EACH_DAY * size.people).div_ceil(30_000 * share).max(usize::from(share == 1));
        for _ in 0..count {
            let told = all[dice.below(all.len())];
            // Referrals come with the cases that they became.
            if !told.outcome.opens_referral() {
                made.push(one(&mut dice, &calendar, told, day, None));
            }
        }
    }
    made
}

/// The enquiry behind a case that was opened on this day.
pub fn behind_case(dice: &mut Dice, calendar: &Calendar, side: Side, opened_on: Date) -> Enquiry {
    let fits = |t: &&Telling| t.side == side && matches!(t.outcome, Outcome::ChildrensReferral | Outcome::AdultsReferral);
    let all: Vec<Telling> = tellings().iter().filter(fits).copied().collect();
    let told = all[dice.below(all.len())];
    one(dice, calendar, told, opened_on, Some(opened_on))
}

fn one(dice: &mut Dice, calendar: &Calendar, telling: Telling, day: Date, decided_on: Option<Date>) -> Enquiry {
    let late = decided_on.is_none() && dice.in_hundred(9);
    let received_at = at(day, dice.between(8 * 60, if decided_on.is_some() { 12 * 60 } else { 18 * 60 }));
    let decided_at = match (decided_on, late) {
        (Some(on), _) => at(on, dice.between(13 * 60, 17 * 60)),
        (None, true) => at(calendar.add_working_days(day, dice.between(2, 4)), dice.between(9 * 60, 17 * 60)),
        (None, false) if dice.in_hundred(55) && london(received_at).hour() < 14 => at(day, dice.between(14 * 60, 17 * 60 + 30)),
        _ => at(calendar.add_working_days(day, 1), dice.between(9 * 60, 16 * 60)),
    };
    let band = band(telling.outcome, dice);
    let minutes = match band {
        UrgencyBand::Immediate => dice.between(4, 70),
        UrgencyBand::Urgent => dice.between(20, 260),
        _ => dice.between(30, 420),
    };
    let acted_at = after(received_at, minutes).min(decided_at);
    let answered_at = after(decided_at, if dice.in_hundred(82) { dice.between(4, 90) } else { dice.between(600, 2900) });
    let can_be_told = telling.from != EnquirerKind::Anonymous;
    let helped = (can_be_told && dice.in_hundred(60)).then(|| {
        let said = if dice.in_hundred(56) { Helped::Yes } else { *dice.pick(&[Helped::Partly, Helped::Partly, Helped::No]) };
        dice.in_hundred(34).then_some(said)
    });
    Enquiry {
        telling,
        band,
        state: EnquiryState::Decided,
        received_at,
        acted_at: Some(acted_at),
        acknowledged_at: can_be_told.then(|| after(received_at, dice.between(2, 300)).min(decided_at)),
        decided_at: Some(decided_at),
        answered_at: can_be_told.then_some(answered_at),
        helped,
        whom: if telling.outcome == Outcome::NewInformation { Whom::OpenCase } else { Whom::Known },
        draw: dice.below(1_000_000),
    }
}

fn band(outcome: Outcome, dice: &mut Dice) -> UrgencyBand {
    match outcome {
        Outcome::EmergencyProtection | Outcome::StrategyDiscussion => UrgencyBand::Immediate,
        Outcome::AdultSafeguarding => UrgencyBand::Urgent,
        _ => *dice.pick(&[UrgencyBand::Routine, UrgencyBand::Routine, UrgencyBand::Routine, UrgencyBand::Soon, UrgencyBand::Urgent]),
    }
}

/// What waits: the place of the telling, its band, its state, minutes since it came, and whom it concerns.
type Waiting = (usize, UrgencyBand, EnquiryState, i32, Whom);

use EnquiryState::{AwaitingInformation, AwaitingSignOff, Decided, New, UnderWay};
use UrgencyBand::{Immediate, Routine, Soon, Urgent};
use Whom::{Cast, Known, OpenCase, Spoken};

#[rustfmt::skip]
const WAITING: &[Waiting] = &[
    (4, Immediate, UnderWay, 35, Spoken("Baby", "Rowley")),
    (6, Immediate, New, 12, Spoken("", "")),
    (5, Immediate, UnderWay, 140, Known),
    (27, Urgent, New, 55, Spoken("Mr", "Harbottle")),
    (9, Urgent, New, 25, Spoken("Keisha", "")),
    (24, Urgent, UnderWay, 190, Known),
    (2, Urgent, UnderWay, 310, Known),
    (10, Soon, UnderWay, 400, Known),
    (3, Soon, AwaitingInformation, 1_150, Known),
    (14, Soon, New, 95, Spoken("", "")),
    (19, Routine, New, 40, Cast("Ellie", "Marsh")),
    (7, Routine, New, 70, Spoken("Tyler", "Bright")),
    (8, Routine, New, 130, Spoken("Kian", "Doyle")),
    (0, Routine, UnderWay, 220, Cast("Amira", "Haddad")),
    (15, Routine, AwaitingInformation, 1_700, Known),
    (13, Routine, AwaitingInformation, 2_900, Known),
    (1, Routine, AwaitingSignOff, 330, Known),
    (16, Routine, AwaitingSignOff, 1_300, Known),
    (11, Routine, UnderWay, 60, Known),
    (22, Routine, UnderWay, 500, Known),
    (23, Routine, UnderWay, 260, Known),
    (26, Routine, New, 15, Spoken("", "")),
    (29, Routine, UnderWay, 1_500, Known),
    (7, Routine, New, 20, Spoken("Iris", "Nightshade")),
    (12, Routine, Decided, 420, Known),
    (25, Routine, Decided, 1_450, Known),
    (20, Routine, Decided, 2_000, OpenCase),
];

/// What waits at this moment: open, or decided and the enquirer not told.
pub fn waiting(size: Size, now: Timestamp) -> Vec<Enquiry> {
    let all = tellings();
    let mut dice = Dice::new(size.seed, 78);
    WAITING.iter().map(|row| open(&mut dice, all[row.0], row, now)).collect()
}

fn open(dice: &mut Dice, telling: Telling, row: &Waiting, now: Timestamp) -> Enquiry {
    let (_, band, state, minutes, whom) = *row;
    let received_at = after(now, -minutes);
    let taken = state != New;
    let acted = taken && minutes > 30;
    Enquiry {
        telling,
        band,
        state,
        received_at,
        acted_at: acted.then(|| after(received_at, (minutes / 3).min(50))),
        acknowledged_at: (taken && minutes > 150).then(|| after(received_at, (minutes / 2).min(90))),
        decided_at: (state == Decided).then(|| after(now, -minutes / 2)),
        answered_at: None,
        helped: None,
        whom,
        draw: dice.below(1_000_000),
    }
}

fn after(at: Timestamp, minutes: i32) -> Timestamp {
    at.checked_add(SignedDuration::from_mins(i64::from(minutes))).unwrap_or(at)
}

/// A moment of a day in London, by its minute.
fn at(day: Date, minute: i32) -> Timestamp {
    let (hour, minute) = (i8::try_from(minute / 60).unwrap_or(12), i8::try_from(minute % 60).unwrap_or(0));
    let zone = TimeZone::get("Europe/London").unwrap_or(TimeZone::UTC);
    day.at(hour, minute, 0, 0).to_zoned(zone).map_or(Timestamp::UNIX_EPOCH, |z| z.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const SIZE: Size = Size { people: 30_000, years: 3, today: date(2026, 11, 23), seed: 1 };

    #[test]
    fn half_a_year_is_the_same_each_time_and_in_order() {
        let (one, again) = (decided(SIZE), decided(SIZE));
        assert_eq!(format!("{one:?}"), format!("{again:?}"));
        assert!((1_000..4_000).contains(&one.len()), "{}", one.len());
        for e in &one {
            let (acted, decided) = (e.acted_at.unwrap(), e.decided_at.unwrap());
            assert!(e.received_at <= acted && acted <= decided && e.answered_at.is_none_or(|at| at >= decided), "{e:?}");
            assert!(!e.telling.outcome.opens_referral());
        }
    }

    #[test]
    fn something_waits_in_each_band_and_state() {
        let now: Timestamp = "2026-11-23T10:00:00Z".parse().unwrap();
        let all = waiting(SIZE, now);
        for band in UrgencyBand::ALL {
            assert!(all.iter().any(|e| e.band == *band), "{band}");
        }
        for state in [New, UnderWay, AwaitingInformation, AwaitingSignOff, Decided] {
            assert!(all.iter().any(|e| e.state == state), "{state}");
        }
        assert!(all.iter().all(|e| e.received_at < now && e.decided_at.is_none_or(|at| at < now)));
        assert!(all.iter().any(|e| e.whom == Cast("Ellie", "Marsh")));
    }

    #[test]
    fn every_telling_fits_its_side_and_says_why() {
        for t in tellings() {
            assert!(t.outcome.fits(t.side), "{}", t.words);
            assert!(!t.reason.is_empty() && (t.outcome == Outcome::NewInformation || !t.family.is_empty()), "{}", t.words);
        }
    }
}
