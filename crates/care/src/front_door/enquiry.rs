//! An enquiry: how it came, from whom, about whom, and how far it has got.

use crate::coded;

coded! {
    /// How it came.
    pub enum Channel {
        PublicPage = "public_page", "Public page";
        ProfessionalForm = "professional_form", "Form for professionals";
        Telephone = "telephone", "Telephone";
        InPerson = "in_person", "In person";
        Email = "email", "E-mail";
        Letter = "letter", "Letter";
        PoliceNotice = "police_notice", "Police notification";
        EmergencyDuty = "emergency_duty", "Emergency duty team";
        OwnService = "own_service", "Another team of this authority";
        Import = "import", "Imported record";
    }
}

coded! {
    /// Whether it concerns children's or adults' services.
    pub enum Side {
        Child = "child", "A child or young person";
        Adult = "adult", "An adult";
    }
}

coded! {
    /// Who made it.
    pub enum EnquirerKind {
        ThePerson = "the_person", "The child or adult themselves";
        ParentOrCarer = "parent_or_carer", "Parent or carer";
        Relative = "relative", "Other relative";
        PublicMember = "public_member", "Neighbour or member of the public";
        Anonymous = "anonymous", "Would not say who";
        School = "school", "School, college or nursery";
        Health = "health", "Health";
        Police = "police", "Police";
        Housing = "housing", "Housing";
        Probation = "probation", "Probation or youth justice";
        Court = "court", "Court or Cafcass";
        CareProvider = "care_provider", "Care provider";
        Voluntary = "voluntary", "Voluntary organisation";
        OtherAuthority = "other_authority", "Another authority";
        OwnService = "own_service", "This authority";
        OtherProfessional = "other_professional", "Another professional";
    }
}

/// In which of three ways the enquirer is told what came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ToldAs {
    /// What they need to know for their own work.
    Professional,
    /// The decision, the reason and how to challenge it.
    FamilyOrAdult,
    /// That it was received and considered, and no more.
    Public,
}

impl EnquirerKind {
    /// A relative who has no parental responsibility is told as a member of the public is.
    pub const fn told_as(self) -> ToldAs {
        match self {
            EnquirerKind::ThePerson | EnquirerKind::ParentOrCarer => ToldAs::FamilyOrAdult,
            EnquirerKind::Relative | EnquirerKind::PublicMember | EnquirerKind::Anonymous => ToldAs::Public,
            _ => ToldAs::Professional,
        }
    }

    pub const fn can_be_answered(self) -> bool {
        !matches!(self, EnquirerKind::Anonymous)
    }
}

coded! {
    pub enum EnquiryState {
        New = "new", "New";
        UnderWay = "under_way", "Being looked at";
        AwaitingInformation = "awaiting_information", "Waiting for information";
        AwaitingSignOff = "awaiting_sign_off", "Decision waiting for a manager";
        Decided = "decided", "Decided";
        Withdrawn = "withdrawn", "Recorded by mistake";
    }
}

coded! {
    pub enum EnquiryStep {
        TakeUp = "take_up", "Take it up";
        AskForInformation = "ask_for_information", "Wait for information";
        InformationCame = "information_came", "The information came";
        ProposeDecision = "propose_decision", "Propose the decision to a manager";
        ReturnDecision = "return_decision", "Return it with a comment";
        Decide = "decide", "Decide what follows";
        Reopen = "reopen", "Open it again because of new facts";
        Withdraw = "withdraw", "It was recorded by mistake";
    }
}

impl EnquiryState {
    /// The state after a step, or why it cannot follow. Waiting for information never stops the clock.
    pub fn take(self, step: EnquiryStep) -> Result<EnquiryState, String> {
        use EnquiryState::*;
        use EnquiryStep as Step;
        match (self, step) {
            (New, Step::TakeUp) | (AwaitingInformation, Step::InformationCame) => Ok(UnderWay),
            (New | UnderWay, Step::AskForInformation) => Ok(AwaitingInformation),
            (New | UnderWay | AwaitingInformation, Step::ProposeDecision) => Ok(AwaitingSignOff),
            (AwaitingSignOff, Step::ReturnDecision) | (Decided, Step::Reopen) => Ok(UnderWay),
            (New | UnderWay | AwaitingInformation | AwaitingSignOff, Step::Decide) => Ok(Decided),
            (New | UnderWay | AwaitingInformation, Step::Withdraw) => Ok(Withdrawn),
            _ => Err(format!("This can no longer be done: the enquiry is \"{}\"", self.label().to_lowercase())),
        }
    }

    /// Whether its clock still runs.
    pub const fn is_open(self) -> bool {
        !matches!(self, EnquiryState::Decided | EnquiryState::Withdrawn)
    }
}

coded! {
    /// "Did this help?", asked of whoever enquired.
    pub enum Helped {
        Yes = "yes", "Yes";
        Partly = "partly", "In part";
        No = "no", "No";
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use EnquiryState::*;

    /// A column for each step in the order of `EnquiryStep::ALL`: the initial of the next state, or "-".
    #[test]
    fn follows_the_table() {
        for (state, expected) in [
            (New, "UI-S-D-W"),
            (UnderWay, "-I-S-D-W"),
            (AwaitingInformation, "--US-D-W"),
            (AwaitingSignOff, "----UD--"),
            (Decided, "------U-"),
            (Withdrawn, "--------"),
        ] {
            let initial = |step: &EnquiryStep| match state.take(*step) {
                Ok(UnderWay) => 'U',
                Ok(AwaitingInformation) => 'I',
                Ok(AwaitingSignOff) => 'S',
                Ok(Decided) => 'D',
                Ok(Withdrawn) => 'W',
                Ok(New) => 'N',
                Err(_) => '-',
            };
            assert_eq!(EnquiryStep::ALL.iter().map(initial).collect::<String>(), expected, "{state}");
        }
        assert!(AwaitingInformation.is_open(), "waiting never stops the clock");
        assert!(!Decided.is_open());
    }

    #[test]
    fn tells_each_kind_in_its_way() {
        for (kind, told) in [
            (EnquirerKind::ThePerson, ToldAs::FamilyOrAdult),
            (EnquirerKind::ParentOrCarer, ToldAs::FamilyOrAdult),
            (EnquirerKind::Relative, ToldAs::Public),
            (EnquirerKind::PublicMember, ToldAs::Public),
            (EnquirerKind::School, ToldAs::Professional),
            (EnquirerKind::OtherAuthority, ToldAs::Professional),
        ] {
            assert_eq!(kind.told_as(), told, "{kind}");
        }
        assert!(!EnquirerKind::Anonymous.can_be_answered());
    }
}
