//! Under what law the authority acts and shares, and whether the parent or the adult was told. Nobody's consent is
//! needed to safeguard a child or an adult; not telling them needs a reason, which is written down.

use crate::coded;
use jiff::civil::Date;
use std::fmt;

coded! {
    /// What the authority acts under.
    pub enum LegalBasis {
        Section17 = "s17", "Child in need: Children Act 1989 section 17";
        Section47 = "s47", "Child who may be suffering significant harm: Children Act 1989 section 47";
        PoliceProtection = "s46", "Police protection: Children Act 1989 section 46";
        EmergencyProtection = "s44", "Emergency protection: Children Act 1989 section 44";
        Section20 = "s20", "Accommodation: Children Act 1989 section 20";
        Section27 = "s27", "Request by another authority: Children Act 1989 section 27";
        CourtDirection = "s37", "Court direction or report: Children Act 1989 sections 7 and 37";
        PrivateFostering = "s67", "Private fostering: Children Act 1989 section 67";
        LeavingCare = "s23", "Leaving care: Children Act 1989 sections 23A to 24D";
        FamilyAdvice = "schedule_2", "Information and help for families: Children Act 1989 schedule 2";
        CareActAdvice = "care_act_4", "Information and advice: Care Act 2014 section 4";
        CareActAssessment = "care_act_9", "Needs of an adult: Care Act 2014 section 9";
        CareActCarer = "care_act_10", "Needs of a carer: Care Act 2014 section 10";
        CareActDischarge = "care_act_schedule_3", "Hospital discharge: Care Act 2014 schedule 3";
        CareActSafeguarding = "care_act_42", "Safeguarding an adult: Care Act 2014 section 42";
        MentalHealth = "mental_health_13", "Mental Health Act 1983 section 13";
        MentalCapacity = "mental_capacity", "Mental Capacity Act 2005";
    }
}

coded! {
    /// Under what the information is used (UK GDPR article 6).
    pub enum SharingBasis {
        PublicTask = "public_task", "A public task laid down in law";
        LegalObligation = "legal_obligation", "A legal obligation";
        VitalInterests = "vital_interests", "To protect somebody's life";
        Consent = "consent", "Consent, for help that is a free choice";
    }
}

coded! {
    /// Why the parent or adult was not told.
    pub enum WhyNotTold {
        RiskToPerson = "risk_to_person", "It would put the child or adult at risk";
        RiskToOther = "risk_to_other", "It would put somebody else at risk";
        CriminalEnquiry = "criminal_enquiry", "The police asked, because of their enquiries";
        NotReached = "not_reached", "They could not be reached in time";
        NotKnown = "not_known", "It is not known who they are";
        NoParent = "no_parent", "The child has no parent or carer here";
        LacksCapacity = "lacks_capacity", "The adult cannot understand it, and nobody speaks for them yet";
        AdviceOnly = "advice_only", "Nobody was named: advice only";
        Other = "other", "Another reason, described";
    }
}

/// Whether the parent or the adult was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    Yes { on: Date },
    WillBe { by: Date },
    No { why: WhyNotTold, described: String },
    NotAsked,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TellProblem {
    NotAnswered,
    Describe,
    Future,
    Past,
}

/// Whether the answer will do.
pub fn check_told(told: &Told, today: Date) -> Result<(), TellProblem> {
    match told {
        Told::NotAsked => Err(TellProblem::NotAnswered),
        Told::Yes { on } if *on > today => Err(TellProblem::Future),
        Told::WillBe { by } if *by < today => Err(TellProblem::Past),
        Told::No { why: WhyNotTold::Other, described } if described.trim().is_empty() => Err(TellProblem::Describe),
        _ => Ok(()),
    }
}

impl fmt::Display for TellProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            TellProblem::NotAnswered => "Say whether the parent or adult was told, and if not why",
            TellProblem::Describe => "Describe why they were not told",
            TellProblem::Future => "The date on which they were told must be today or in the past",
            TellProblem::Past => "The date by which they will be told must be today or in the future",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn needs_a_reason_for_not_telling() {
        let today = date(2026, 11, 23);
        let no = |why, described: &str| Told::No { why, described: described.into() };
        for (told, expected) in [
            (Told::NotAsked, Err(TellProblem::NotAnswered)),
            (Told::Yes { on: today }, Ok(())),
            (Told::Yes { on: date(2026, 11, 24) }, Err(TellProblem::Future)),
            (Told::WillBe { by: today }, Ok(())),
            (Told::WillBe { by: date(2026, 11, 22) }, Err(TellProblem::Past)),
            (no(WhyNotTold::RiskToPerson, ""), Ok(())),
            (no(WhyNotTold::Other, " "), Err(TellProblem::Describe)),
            (no(WhyNotTold::Other, "Mother is in labour"), Ok(())),
        ] {
            assert_eq!(check_told(&told, today), expected, "{told:?}");
        }
    }
}
