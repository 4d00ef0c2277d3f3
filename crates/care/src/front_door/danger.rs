//! The first questions of any enquiry: is anybody in danger now? What is not known counts as possible, because the
//! one who asks cannot see the child.

use crate::{coded, person::Answer};

coded! {
    pub enum DangerQuestion {
        HurtNow = "hurt_now", "Is anybody hurt, or about to be hurt?";
        PersonWhoHarms = "person_who_harms", "Is a person who may harm them with them, or on the way?";
        AloneOrOut = "alone_or_out", "Is a child alone, locked out or missing, or an adult who cannot keep safe?";
        UrgentCare = "urgent_care", "Does anybody need a doctor or an ambulance now?";
        SafeTonight = "not_safe_tonight", "Is there nowhere safe for them tonight?";
    }
}

coded! {
    /// How soon somebody must act. The first three run on the real clock, nights and weekends included.
    pub enum UrgencyBand {
        Immediate = "immediate", "Immediate danger";
        Urgent = "urgent", "Urgent";
        Soon = "soon", "Within a day";
        Routine = "routine", "Routine";
    }
}

/// What the screen says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Screening {
    Danger(Vec<DangerQuestion>),
    /// Somebody could not or would not say.
    Possible(Vec<DangerQuestion>),
    /// These were not asked yet.
    NotFinished(Vec<DangerQuestion>),
    NoDanger,
}

/// What the answers say; a question without an answer was not asked.
pub fn screen(answers: &[(DangerQuestion, Answer<bool>)]) -> Screening {
    let answer = |question: DangerQuestion| {
        let given = answers.iter().rev().find(|(asked, _)| *asked == question);
        given.map_or(Answer::NotAsked, |(_, answer)| *answer)
    };
    let with = |wanted: fn(Answer<bool>) -> bool| -> Vec<DangerQuestion> {
        DangerQuestion::ALL.iter().copied().filter(|question| wanted(answer(*question))).collect()
    };
    let yes = with(|answer| answer == Answer::Known(true));
    let unsaid = with(|answer| matches!(answer, Answer::Unknown | Answer::Refused));
    let unasked = with(|answer| answer == Answer::NotAsked);
    match (yes.is_empty(), unasked.is_empty(), unsaid.is_empty()) {
        (false, _, _) => Screening::Danger(yes),
        (_, false, _) => Screening::NotFinished(unasked),
        (_, _, false) => Screening::Possible(unsaid),
        _ => Screening::NoDanger,
    }
}

impl Screening {
    /// The least urgent band that the screen allows.
    pub const fn band(&self) -> UrgencyBand {
        match self {
            Screening::Danger(_) => UrgencyBand::Immediate,
            Screening::Possible(_) | Screening::NotFinished(_) => UrgencyBand::Urgent,
            Screening::NoDanger => UrgencyBand::Routine,
        }
    }

    pub fn words(&self) -> &'static str {
        match self {
            Screening::Danger(_) => "Immediate danger: telephone 999 now, and stay on the line with the caller",
            Screening::Possible(_) => "Danger cannot be ruled out",
            Screening::NotFinished(_) => "The questions about danger are not finished",
            Screening::NoDanger => "No immediate danger was said",
        }
    }
}

/// The band chosen, raised to what the screen demands; nobody can choose below it.
pub fn at_least(chosen: UrgencyBand, screening: &Screening) -> UrgencyBand {
    chosen.min(screening.band())
}

#[cfg(test)]
mod tests {
    use super::*;
    use DangerQuestion::*;

    fn all(answer: Answer<bool>) -> Vec<(DangerQuestion, Answer<bool>)> {
        DangerQuestion::ALL.iter().map(|question| (*question, answer)).collect()
    }

    #[test]
    fn treats_what_is_not_known_as_possible() {
        let with = |question: DangerQuestion, answer| {
            let mut answers = all(Answer::Known(false));
            answers.push((question, answer));
            answers
        };
        for (answers, expected, band) in [
            (all(Answer::Known(false)), Screening::NoDanger, UrgencyBand::Routine),
            (with(UrgentCare, Answer::Known(true)), Screening::Danger(vec![UrgentCare]), UrgencyBand::Immediate),
            (with(HurtNow, Answer::Unknown), Screening::Possible(vec![HurtNow]), UrgencyBand::Urgent),
            (with(HurtNow, Answer::Refused), Screening::Possible(vec![HurtNow]), UrgencyBand::Urgent),
            (with(HurtNow, Answer::NotAsked), Screening::NotFinished(vec![HurtNow]), UrgencyBand::Urgent),
            (vec![], Screening::NotFinished(DangerQuestion::ALL.to_vec()), UrgencyBand::Urgent),
            (vec![(HurtNow, Answer::Known(true))], Screening::Danger(vec![HurtNow]), UrgencyBand::Immediate),
        ] {
            let screening = screen(&answers);
            assert_eq!((&screening, screening.band()), (&expected, band), "{answers:?}");
        }
    }

    #[test]
    fn the_screen_raises_the_band_and_never_lowers_it() {
        let danger = screen(&[(HurtNow, Answer::Known(true))]);
        assert_eq!(at_least(UrgencyBand::Routine, &danger), UrgencyBand::Immediate);
        assert_eq!(at_least(UrgencyBand::Soon, &screen(&[])), UrgencyBand::Urgent);
        assert_eq!(at_least(UrgencyBand::Urgent, &Screening::NoDanger), UrgencyBand::Urgent);
    }
}
