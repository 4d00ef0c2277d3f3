//! Codes of the children's social work workforce census. A table of data.

use super::set::code_set;

code_set! {
    /// What a social worker does in the organisation.
    OrganisationRole: "the role", "workforce census schema 2022, roletype";
    SeniorManager = "1", "Senior manager";
    MiddleManager = "2", "Middle manager";
    FirstLineManager = "3", "First line manager";
    SeniorPractitioner = "4", "Senior practitioner";
    CaseHolder = "5", "Case holder";
    QualifiedWithoutCases = "6", "Qualified, without cases";
}

code_set! {
    /// Where a social worker came from.
    StartOrigin: "where the worker came from", "workforce census schema 2022, origintype";
    NewlyQualified = "1", "Newly qualified";
    OtherCouncil = "2", "Social worker in another council in England";
    OutsideEngland = "3", "Social worker outside England";
    Agency = "4", "Agency or consultancy in social work";
    OutsideCouncils = "5", "Social worker in England, not for a council";
    SocialCare = "6", "Another role in social care in England";
    OutsideSocialCare = "7", "Outside social care, not in work or on a career break";
    Other = "8", "Other";
    Unknown = "9", "Not known";
    NotCollected = "10", "Not yet collected";
}

code_set! {
    /// Where a social worker went.
    LeaverDestination: "where the worker went", "workforce census schema 2022, leavertype";
    OtherCouncil = "1", "Social worker in another council in England";
    OutsideEngland = "2", "Social worker outside England";
    Agency = "3", "Agency or consultancy in social work";
    OutsideCouncils = "4", "Social worker in England, not for a council";
    SocialCare = "5", "Another role in social care in England";
    OutsideSocialCare = "6", "Outside social care, not in work or on a career break";
    Other = "7", "Other";
    Unknown = "8", "Not known";
    NotCollected = "9", "Not yet collected";
}

code_set! {
    /// Why a social worker left.
    ReasonForLeaving: "why the worker left", "workforce census schema 2022, reasontype";
    Resigned = "1", "Resigned";
    VoluntaryRedundancy = "2", "Voluntary redundancy";
    CompulsoryRedundancy = "3", "Compulsory redundancy";
    Dismissed = "4", "Dismissed";
    Retired = "5", "Retired";
    Died = "6", "Died";
    MovedInside = "7", "Moved to another role in the council";
    Other = "8", "Other";
    Unknown = "9", "Not known";
    NotCollected = "10", "Not yet collected";
}

code_set! {
    /// Why a social worker was away on the census day.
    AbsenceReason: "the reason for absence", "workforce census schema 2022, absencetype";
    Parental = "MAT", "Maternity or paternity leave";
    OtherPaid = "OTH", "Other paid leave, such as compassionate leave";
    PublicDuty = "PUB", "Public duty, such as jury service";
    Sick = "SIC", "Sickness";
    Training = "TRN", "Training";
    Unauthorised = "UNA", "Absence without leave";
    Unpaid = "UNP", "Unpaid leave";
}

code_set! {
    /// Level of the social work qualification.
    QualificationLevel: "the level of qualification", "workforce census schema 2022, qualtype";
    Undergraduate = "1", "Undergraduate";
    Postgraduate = "2", "Postgraduate";
    Other = "3", "Other";
}

code_set! {
    /// Stage of a career in practice.
    CareerStage: "the stage of career", "workforce census schema 2022, cfksstype";
    Asye = "1", "Assessed and supported year in employment";
    Practitioner = "2", "Frontline practitioner";
    Supervisor = "3", "Practice supervisor";
    Leader = "4", "Practice leader";
}
