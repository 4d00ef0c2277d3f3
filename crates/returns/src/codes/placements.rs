//! Codes of the looked-after return about placements: where, with whom, and why it changed. A table of data.

use super::set::code_set;

code_set! {
    /// Where a looked-after child lives.
    Placement: "placement", "SSDA903 layouts 2017, 2025 and 2026, PLACE";
    AdoptionConsentCarer = "A3", "Placed for adoption by consent, with the foster carer";
    AdoptionConsentOther = "A4", "Placed for adoption by consent, not with the foster carer";
    AdoptionOrderCarer = "A5", "Placed for adoption by order, with the foster carer";
    AdoptionOrderOther = "A6", "Placed for adoption by order, not with the foster carer";
    SemiIndependent = "H5", "Semi-independent, not under children's homes regulations" until 2024;
    SecureHome = "K1", "Secure children's home";
    ChildrensHome = "K2", "Children's home";
    Supported = "K3", "Supported accommodation" from 2025;
    Parents = "P1", "With parents or others with parental responsibility";
    Independent = "P2", "Living independently" until 2024;
    ResidentialEmployment = "P3", "Residential employment";
    CareHome = "R1", "Residential care home";
    Hospital = "R2", "NHS or other medical or nursing establishment";
    FamilyCentre = "R3", "Family centre or mother and baby unit";
    Custody = "R5", "Young offender institution or prison";
    School = "S1", "Residential school";
    TemporaryAny = "T0", "Temporary move";
    TemporaryHospital = "T1", "Temporarily in hospital";
    TemporaryHoliday = "T2", "Temporarily on holiday";
    TemporaryCarerAway = "T3", "Temporarily elsewhere, carer on holiday";
    TemporaryWeek = "T4", "Temporarily elsewhere, up to 7 days";
    FamilyLongTerm = "U1", "Foster care with a relative or friend, long-term";
    FamilyToAdopt = "U2", "Foster care with a relative or friend who may adopt";
    FamilyOther = "U3", "Foster care with a relative or friend, not long-term";
    FosterLongTerm = "U4", "Foster care, long-term";
    FosterToAdopt = "U5", "Foster care with carers who may adopt";
    FosterOther = "U6", "Foster care, not long-term";
    Other = "Z1", "Another placement";
    Other11 = "Z11", "Another placement (Z11)" from 2026;
    Other12 = "Z12", "Another placement (Z12)" from 2026;
    Other13 = "Z13", "Another placement (Z13)" from 2026;
    Other14 = "Z14", "Another placement (Z14)" from 2026;
}

code_set! {
    /// Who provides a placement.
    PlacementProvider: "the provider of a placement", "SSDA903 layouts 2017 to 2026, PLACE_PROVIDER";
    Parents = "PR0", "Parents or others with parental responsibility";
    Own = "PR1" | "OWN LA", "This council";
    OtherCouncil = "PR2", "Another council";
    OtherPublic = "PR3", "Another public body, such as the NHS";
    Private = "PR4" | "PRIVATE", "A private provider";
    Voluntary = "PR5", "A voluntary organisation";
}

code_set! {
    /// Why a placement changed.
    ReasonForPlaceChange: "why a placement changed", "SSDA903 layouts 2017 and 2019, REASON_PLACE_CHANGE";
    CarePlan = "CARPL", "The care plan";
    Closed = "CLOSE", "The provider closed or the carer resigned";
    Allegation = "ALLEG", "An allegation";
    Standards = "STAND", "Concern about standards";
    ApprovalRemoved = "APPRR", "Approval was withdrawn";
    CarerBehaviour = "CREQB", "The carer asked, because of behaviour";
    CarerOther = "CREQO", "The carer asked, for another reason";
    ChildAsked = "CHILD", "The child asked";
    CouncilAsked = "LAREQ", "The council asked";
    StatusOnly = "PLACE", "Only the status of the placement changed";
    Custody = "CUSTOD", "Custody" from 2019;
    Other = "OTHER", "Another reason";
}

impl Placement {
    /// Placed for adoption, whoever with.
    pub fn for_adoption(self) -> bool {
        use Placement::{AdoptionConsentCarer, AdoptionConsentOther, AdoptionOrderCarer, AdoptionOrderOther};
        matches!(self, AdoptionConsentCarer | AdoptionConsentOther | AdoptionOrderCarer | AdoptionOrderOther)
    }

    /// A temporary move, after which the child goes back.
    pub fn temporary(self) -> bool {
        use Placement::{TemporaryAny, TemporaryCarerAway, TemporaryHoliday, TemporaryHospital, TemporaryWeek};
        matches!(self, TemporaryAny | TemporaryHospital | TemporaryHoliday | TemporaryCarerAway | TemporaryWeek)
    }
}
