//! The roles that people are given, in one or several teams, with dates. A role alone opens no record.

use super::Deed;
use crate::coded;

coded! {
    pub enum Role {
        SocialWorker = "social_worker", "Social worker";
        NewlyQualifiedSocialWorker = "newly_qualified_social_worker", "Newly qualified social worker";
        FamilyHelpLeadPractitioner = "family_help_lead_practitioner", "Family help lead practitioner";
        LeadChildProtectionPractitioner = "lead_child_protection_practitioner", "Lead child protection practitioner";
        FamilySupportWorker = "family_support_worker", "Family support worker";
        PersonalAdviser = "personal_adviser", "Personal adviser";
        SeniorPractitioner = "senior_practitioner", "Senior practitioner";
        TeamManager = "team_manager", "Team manager";
        GroupManager = "group_manager", "Group manager";
        PrincipalSocialWorker = "principal_social_worker", "Principal social worker";
        Director = "director", "Director";
        FrontDoorWorker = "front_door_worker", "Front-door worker";
        EmergencyDutyWorker = "emergency_duty_worker", "Emergency duty worker";
        IndependentReviewingOfficer = "independent_reviewing_officer", "Independent reviewing officer";
        ConferenceChair = "conference_chair", "Conference chair";
        BusinessSupport = "business_support", "Business support";
        OccupationalTherapist = "occupational_therapist", "Occupational therapist";
        FinanceOfficer = "finance_officer", "Finance officer";
        HumanResources = "human_resources", "Human resources";
        PerformanceAnalyst = "performance_analyst", "Performance analyst";
        InformationGovernance = "information_governance", "Information governance";
        Auditor = "auditor", "Auditor";
        Councillor = "councillor", "Councillor";
        SystemAdministrator = "system_administrator", "System administrator";
    }
}

/// How far a role reaches into people's records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// No person's record and no index of people.
    NoRecord,
    /// The index; a record only by a grant with a purpose and an end.
    ByGrantOnly,
    /// The index; a record by any relationship that casework, supervision or review makes.
    ByRelationship,
}

impl Role {
    pub const fn reach(self) -> Reach {
        match self {
            Role::Councillor | Role::SystemAdministrator | Role::HumanResources => Reach::NoRecord,
            Role::FinanceOfficer | Role::PerformanceAnalyst | Role::InformationGovernance | Role::Auditor => Reach::ByGrantOnly,
            _ => Reach::ByRelationship,
        }
    }

    /// Whether the role may do this at all, whoever it is about.
    pub fn grants(self, deed: Deed) -> bool {
        deed.granted_to().contains(&self)
    }

    /// Registered with Social Work England in this role, and so able to decide what a referral needs.
    pub const fn is_social_worker(self) -> bool {
        use Role::*;
        matches!(
            self,
            SocialWorker
                | NewlyQualifiedSocialWorker
                | LeadChildProtectionPractitioner
                | SeniorPractitioner
                | TeamManager
                | GroupManager
                | PrincipalSocialWorker
                | EmergencyDutyWorker
        )
    }

    /// Decides for others: allocates, signs off, answers "I cannot take this safely".
    pub const fn is_manager(self) -> bool {
        matches!(self, Role::TeamManager | Role::GroupManager | Role::Director)
    }
}
