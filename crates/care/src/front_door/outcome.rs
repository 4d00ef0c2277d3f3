//! What an enquiry may come to, what follows from each, and how each is said to those who may be told.

use super::Side;
use crate::{case_kind::CaseKind, coded};

coded! {
    pub enum Outcome {
        NewInformation = "new_information", "New information on an open case";
        Advice = "advice", "Information and advice";
        FamilyHelp = "family_help", "Family help";
        ChildrensReferral = "childrens_referral", "Referral to children's social care";
        AdultsReferral = "adults_referral", "Referral to adult social care";
        StrategyDiscussion = "strategy_discussion", "Immediate strategy discussion";
        EmergencyProtection = "emergency_protection", "Emergency protection";
        AdultSafeguarding = "adult_safeguarding", "Adult safeguarding concern";
        Carer = "carer", "Carer";
        HospitalDischarge = "hospital_discharge", "Hospital discharge";
        OtherAuthority = "other_authority", "Sent to another authority";
        NoFurtherAction = "no_further_action", "No further action";
    }
}

coded! {
    /// What must be done next.
    pub enum Follow {
        TellWorkerAndDuty = "tell_worker_and_duty", "Tell the allocated worker and duty; one of them must acknowledge it";
        GiveAdvice = "give_advice", "Give the advice, and record what was said";
        PassToFamilyHelp = "pass_to_family_help", "Pass it to family help, and see that they have it";
        OpenReferral = "open_referral", "Open a referral and name a team";
        Allocate = "allocate", "Name a worker";
        AllocateToday = "allocate_today", "Name a worker today";
        HoldStrategyDiscussion = "hold_strategy_discussion", "Hold the strategy discussion with police and health at once";
        SeekProtection = "seek_protection", "Act at once with police and legal advice to protect the child";
        DecideSafeguarding = "decide_safeguarding", "Decide whether section 42 enquiries must be made, with what the adult wants";
        OfferCarersAssessment = "offer_carers_assessment", "Offer a carer's assessment";
        AnswerHospital = "answer_hospital", "Answer the hospital's notice and name a worker";
        SendToAuthority = "send_to_authority", "Send it to the other authority, and see that they have it";
        TellEnquirer = "tell_enquirer", "Tell the enquirer what they may be told";
        TellFamily = "tell_family", "Tell the family or adult the decision, the reason and how to challenge it";
    }
}

impl Outcome {
    /// What follows, in order. Telling the family stands apart from telling the enquirer; a reason for not telling
    /// them (`front_door::Told`) takes it off the list.
    pub const fn follows(self) -> &'static [Follow] {
        use Follow::*;
        match self {
            Outcome::NewInformation => &[TellWorkerAndDuty, TellEnquirer],
            Outcome::Advice => &[GiveAdvice, TellEnquirer],
            Outcome::FamilyHelp => &[PassToFamilyHelp, TellEnquirer, TellFamily],
            Outcome::ChildrensReferral | Outcome::AdultsReferral => &[OpenReferral, Allocate, TellEnquirer, TellFamily],
            Outcome::StrategyDiscussion => &[HoldStrategyDiscussion, OpenReferral, AllocateToday, TellEnquirer, TellFamily],
            Outcome::EmergencyProtection => &[SeekProtection, OpenReferral, AllocateToday, TellEnquirer, TellFamily],
            Outcome::AdultSafeguarding => &[DecideSafeguarding, OpenReferral, AllocateToday, TellEnquirer, TellFamily],
            Outcome::Carer => &[OfferCarersAssessment, OpenReferral, Allocate, TellEnquirer, TellFamily],
            Outcome::HospitalDischarge => &[AnswerHospital, OpenReferral, Allocate, TellEnquirer, TellFamily],
            Outcome::OtherAuthority => &[SendToAuthority, TellEnquirer, TellFamily],
            Outcome::NoFurtherAction => &[TellEnquirer, TellFamily],
        }
    }

    /// Whether the enquiry becomes a referral, which is counted and given to a worker.
    pub fn opens_referral(self) -> bool {
        self.follows().contains(&Follow::OpenReferral)
    }

    /// What kind of case the referral is until its first step says more.
    pub const fn case_kind(self) -> Option<CaseKind> {
        match self {
            Outcome::ChildrensReferral | Outcome::StrategyDiscussion => Some(CaseKind::Assessment),
            Outcome::EmergencyProtection => Some(CaseKind::Section47),
            Outcome::AdultsReferral | Outcome::HospitalDischarge => Some(CaseKind::AdultSupport),
            Outcome::AdultSafeguarding => Some(CaseKind::AdultSafeguarding),
            Outcome::Carer => Some(CaseKind::Carer),
            Outcome::FamilyHelp => Some(CaseKind::FamilyHelp),
            _ => None,
        }
    }

    /// Whether the outcome is offered for a child or for an adult.
    pub const fn fits(self, side: Side) -> bool {
        match self {
            Outcome::FamilyHelp | Outcome::ChildrensReferral | Outcome::StrategyDiscussion | Outcome::EmergencyProtection => {
                matches!(side, Side::Child)
            }
            Outcome::AdultsReferral | Outcome::AdultSafeguarding | Outcome::HospitalDischarge => {
                matches!(side, Side::Adult)
            }
            _ => true,
        }
    }

    /// What a professional is told: enough for their own work.
    pub const fn to_professional(self) -> &'static str {
        match self {
            Outcome::NewInformation => "It was passed to the worker who already knows the person.",
            Outcome::Advice => "We have given information and advice. We are not taking further action.",
            Outcome::FamilyHelp => "Family help is being offered. They may contact you.",
            Outcome::ChildrensReferral => "It was accepted as a referral. A social worker will assess and may contact you.",
            Outcome::AdultsReferral => "It was accepted as a referral. A worker will assess and may contact you.",
            Outcome::StrategyDiscussion | Outcome::EmergencyProtection => {
                "It was accepted as a referral and is being acted on today. Expect us to contact you."
            }
            Outcome::AdultSafeguarding => "It is being dealt with as a safeguarding concern. We may contact you.",
            Outcome::Carer => "We are offering the carer an assessment.",
            Outcome::HospitalDischarge => "It was accepted. A worker will plan the discharge with you.",
            Outcome::OtherAuthority => "It was sent to the authority that is responsible. Please contact them from now on.",
            Outcome::NoFurtherAction => "We considered it and are not taking further action. Tell us at once if anything changes.",
        }
    }

    /// What the family or the adult is told.
    pub const fn to_family(self) -> &'static str {
        match self {
            Outcome::NewInformation => "We have passed what we were told to the worker whom you already know.",
            Outcome::Advice => "We have given information and advice. We do not plan to do more.",
            Outcome::FamilyHelp => "We would like to offer you help as a family. Somebody will contact you. It is your choice to take it.",
            Outcome::ChildrensReferral => "A social worker will meet you to find out what is needed. This is called an assessment.",
            Outcome::AdultsReferral => "A worker will meet you to find out what you need. This is called an assessment.",
            Outcome::StrategyDiscussion | Outcome::EmergencyProtection => {
                "We believe that a child may be being harmed, and must find out more. A social worker will speak to you."
            }
            Outcome::AdultSafeguarding => "We are worried that you may not be safe. A worker will ask you what you want to happen.",
            Outcome::Carer => "You look after somebody. A worker will ask what would help you. This is called a carer's assessment.",
            Outcome::HospitalDischarge => "A worker will plan with you and the hospital what you need when you leave.",
            Outcome::OtherAuthority => "Another authority is responsible, and we have passed it to them. They will contact you.",
            Outcome::NoFurtherAction => "We have thought about what we were told and do not plan to do more.",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_outcome_tells_the_enquirer_and_fits_somebody() {
        for outcome in Outcome::ALL {
            assert!(outcome.follows().contains(&Follow::TellEnquirer), "{outcome}");
            assert!(Side::ALL.iter().any(|side| outcome.fits(*side)), "{outcome}");
            assert!(!outcome.opens_referral() || outcome.case_kind().is_some(), "{outcome} has no kind of case");
        }
    }

    #[test]
    fn says_what_follows() {
        for (outcome, referral, kind, first) in [
            (Outcome::NewInformation, false, None, Follow::TellWorkerAndDuty),
            (Outcome::Advice, false, None, Follow::GiveAdvice),
            (Outcome::FamilyHelp, false, Some(CaseKind::FamilyHelp), Follow::PassToFamilyHelp),
            (Outcome::ChildrensReferral, true, Some(CaseKind::Assessment), Follow::OpenReferral),
            (Outcome::StrategyDiscussion, true, Some(CaseKind::Assessment), Follow::HoldStrategyDiscussion),
            (Outcome::EmergencyProtection, true, Some(CaseKind::Section47), Follow::SeekProtection),
            (Outcome::AdultSafeguarding, true, Some(CaseKind::AdultSafeguarding), Follow::DecideSafeguarding),
            (Outcome::OtherAuthority, false, None, Follow::SendToAuthority),
            (Outcome::NoFurtherAction, false, None, Follow::TellEnquirer),
        ] {
            assert_eq!((outcome.opens_referral(), outcome.case_kind()), (referral, kind), "{outcome}");
            assert_eq!(outcome.follows()[0], first, "{outcome}");
        }
    }
}
