//! What somebody wants to do, each with the roles that may do it at all. A route, an export and a command all ask
//! with one of these.

use super::Role::{self, *};
use crate::coded;

coded! {
    /// What is asked for. Those about a person's record need a relationship as well; see `Deed::about`.
    pub enum Deed {
        ReadIndex = "read_index", "see that a person is known";
        ReadRecord = "read_record", "read the record";
        WriteNote = "write_note", "write a note, visit or contact";
        ChangePerson = "change_person", "change the person's details, statuses or family";
        RecordDecision = "record_decision", "record a management decision or case supervision";
        Allocate = "allocate", "allocate, transfer or end an allocation";
        TakeAllocation = "take_allocation", "acknowledge an allocation or say it cannot be taken safely";
        DecideEnquiry = "decide_enquiry", "decide what follows an enquiry";
        RestrictRecord = "restrict_record", "restrict the record and keep its list";
        ReadAccessLog = "read_access_log", "see who has seen this record";
        RecordEnquiry = "record_enquiry", "record an enquiry";
        SeeFrontDoor = "see_front_door", "see the front-door board";
        SeeTeam = "see_team", "see the team page and its unallocated list";
        SeeService = "see_service", "see the figures of the whole service";
        KeepRota = "keep_rota", "keep the duty rota and absences";
        ReviewBreakGlass = "review_break_glass", "review access that broke the glass";
        ReadWorkersAudit = "read_workers_audit", "see what a worker looked at";
        ReadRefusals = "read_refusals", "see refused sign-ins and requests";
        KeepStaff = "keep_staff", "keep the list of teams, workers, supervision and leavers";
        ManageAccounts = "manage_accounts", "manage accounts, roles and teams";
        ChangePolicy = "change_policy", "change local timescales, bands and other policy";
        Import = "import", "import a file";
        Export = "export", "take figures and lists out as a file";
    }
}

/// What a deed concerns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// One person's record: the role and a relationship are both needed.
    Person,
    /// The service: the role is enough.
    Service,
}

coded! {
    /// Why a record is opened where no casework relationship says so; stands in a grant and in the audit.
    pub enum Purpose {
        Casework = "casework", "Casework";
        FrontDoor = "front_door", "Deciding an enquiry";
        EmergencyDuty = "emergency_duty", "Emergency duty";
        Supervision = "supervision", "Supervision and management";
        Review = "review", "Review or conference";
        Audit = "audit", "Audit of practice";
        SubjectAccess = "subject_access", "Request by the person to see their record";
        Court = "court", "Court";
        Payment = "payment", "Payment";
        StatutoryReturn = "statutory_return", "Statutory return";
        BreakGlass = "break_glass", "Break the glass";
        Administration = "administration", "Administration";
    }
}

/// Everyone who does casework or supervises those who do.
const PRACTICE: &[Role] = &[
    SocialWorker,
    NewlyQualifiedSocialWorker,
    FamilyHelpLeadPractitioner,
    LeadChildProtectionPractitioner,
    FamilySupportWorker,
    PersonalAdviser,
    SeniorPractitioner,
    TeamManager,
    GroupManager,
    PrincipalSocialWorker,
    Director,
    FrontDoorWorker,
    EmergencyDutyWorker,
    IndependentReviewingOfficer,
    ConferenceChair,
    BusinessSupport,
    OccupationalTherapist,
];

/// Practice and those who read by grant.
const READERS: &[Role] = &[
    SocialWorker,
    NewlyQualifiedSocialWorker,
    FamilyHelpLeadPractitioner,
    LeadChildProtectionPractitioner,
    FamilySupportWorker,
    PersonalAdviser,
    SeniorPractitioner,
    TeamManager,
    GroupManager,
    PrincipalSocialWorker,
    Director,
    FrontDoorWorker,
    EmergencyDutyWorker,
    IndependentReviewingOfficer,
    ConferenceChair,
    BusinessSupport,
    OccupationalTherapist,
    FinanceOfficer,
    PerformanceAnalyst,
    InformationGovernance,
    Auditor,
];

const CASE_HOLDERS: &[Role] = &[
    SocialWorker,
    NewlyQualifiedSocialWorker,
    FamilyHelpLeadPractitioner,
    LeadChildProtectionPractitioner,
    FamilySupportWorker,
    PersonalAdviser,
    SeniorPractitioner,
    TeamManager,
    OccupationalTherapist,
];

/// Social workers who decide what follows an enquiry.
const DECIDERS: &[Role] =
    &[SocialWorker, LeadChildProtectionPractitioner, SeniorPractitioner, TeamManager, GroupManager, EmergencyDutyWorker];

impl Deed {
    pub const fn about(self) -> About {
        match self {
            Deed::ReadIndex
            | Deed::ReadRecord
            | Deed::WriteNote
            | Deed::ChangePerson
            | Deed::RecordDecision
            | Deed::Allocate
            | Deed::TakeAllocation
            | Deed::DecideEnquiry
            | Deed::RestrictRecord
            | Deed::ReadAccessLog => About::Person,
            _ => About::Service,
        }
    }

    /// Whether the deed leaves a trace in the record itself.
    pub const fn is_writing(self) -> bool {
        !matches!(self, Deed::ReadIndex | Deed::ReadRecord | Deed::ReadAccessLog)
    }

    /// The roles that may do it at all.
    pub const fn granted_to(self) -> &'static [Role] {
        match self {
            Deed::ReadIndex | Deed::ReadRecord => READERS,
            Deed::WriteNote | Deed::ChangePerson | Deed::RecordEnquiry => PRACTICE,
            Deed::RecordDecision => &[SeniorPractitioner, TeamManager, GroupManager, PrincipalSocialWorker, Director],
            Deed::Allocate | Deed::RestrictRecord => &[TeamManager, GroupManager, Director],
            Deed::TakeAllocation => CASE_HOLDERS,
            Deed::DecideEnquiry => DECIDERS,
            Deed::ReadAccessLog => &[TeamManager, GroupManager, Director, InformationGovernance, Auditor],
            Deed::SeeFrontDoor => &[FrontDoorWorker, EmergencyDutyWorker, TeamManager, GroupManager, Director],
            Deed::SeeTeam => PRACTICE,
            Deed::SeeService => &[
                TeamManager,
                GroupManager,
                PrincipalSocialWorker,
                Director,
                PerformanceAnalyst,
                HumanResources,
                FinanceOfficer,
                Auditor,
                Councillor,
            ],
            Deed::KeepRota => &[BusinessSupport, TeamManager, GroupManager, Director],
            Deed::ReviewBreakGlass => &[TeamManager, GroupManager, Director, InformationGovernance],
            Deed::ReadWorkersAudit | Deed::ReadRefusals => &[InformationGovernance, Auditor],
            Deed::KeepStaff => &[SystemAdministrator, HumanResources],
            Deed::ManageAccounts => &[SystemAdministrator],
            Deed::ChangePolicy => &[GroupManager, PrincipalSocialWorker, Director],
            Deed::Import => &[PerformanceAnalyst, SystemAdministrator],
            Deed::Export => &[TeamManager, GroupManager, PrincipalSocialWorker, Director, PerformanceAnalyst, Auditor],
        }
    }
}
