//! Codes of the looked-after return about status, episodes, reviews, health, adoption and change of social worker.
//! A table of data.

use super::set::code_set;

code_set! {
    /// Under what law a child is looked after.
    LegalStatus: "legal status", "SSDA903 layouts 2017 to 2026, LS";
    InterimCareOrder = "C1" | "INTERIM CARE ORDERS", "Interim care order";
    FullCareOrder = "C2" | "FULL CARE ORDERS", "Full care order";
    FreeingOrder = "D1" | "FREED FOR ADOPTION", "Freed for adoption (orders before 2006)" until 2024;
    PlacementOrder = "E1" | "PLACEMENT ORDER GRANTED", "Placement order";
    Accommodated = "V2" | "ACCOMMODATED UNDER S20", "Accommodated under section 20";
    ShortBreaksEach = "V3", "Short breaks, each one recorded";
    ShortBreaksAgreed = "V4", "Short breaks, only the agreement recorded";
    PoliceProtection = "L1", "Police protection, in the council's accommodation";
    EmergencyProtection = "L2", "Emergency protection order";
    ChildAssessment = "L3", "Child assessment order, in the council's accommodation";
    Remanded = "J1", "Remanded to the council or to youth detention";
    DetainedPace = "J2", "Detained by the police, in the council's accommodation";
    YouthRehabilitation = "J3", "Youth rehabilitation order with a residence requirement";
}

code_set! {
    /// Why an episode of being looked after began.
    ReasonForNewEpisode: "the reason for a new episode", "SSDA903 layouts 2017 to 2026, RNE";
    Started = "S", "Started to be looked after";
    LegalStatus = "L", "Change of legal status only";
    PlacementAndCarer = "P", "Change of placement and carer, same legal status";
    PlacementSameCarer = "T", "Change of placement, same carer, same legal status";
    LegalStatusPlacementAndCarer = "B", "Change of legal status, placement and carer together";
    LegalStatusAndPlacement = "U", "Change of legal status and placement, same carer";
}

code_set! {
    /// Why an episode of being looked after ended.
    ReasonEpisodeCeased: "the reason why an episode ended", "SSDA903 layouts 2017 and 2019, REC";
    NewEpisode = "X1", "A new episode began the same or the next day";
    Adopted = "E11", "Adopted, not opposed";
    AdoptedWithoutConsent = "E12", "Adopted, consent dispensed with by the court";
    Died = "E2", "Died";
    OtherAuthority = "E3" | "CARE TAKEN BY ANOTHER LA", "Care taken over by another council in the UK";
    HomePlanned = "E4A", "Went home to a parent or relative with parental responsibility, as planned";
    HomeUnplanned = "E4B", "Went home to a parent or relative with parental responsibility, not as planned";
    FamilyNoResponsibility = "E13", "Went to parents, relatives or others without parental responsibility";
    ChildArrangements = "E41" | "RESIDENCE ORDER GRANTED", "Child arrangements (residence) order";
    SgoFormerCarer = "E43", "Special guardianship to a former foster carer" until 2018;
    SgoOther = "E44", "Special guardianship to someone else" until 2018;
    SgoFormerCarerFamily = "E45", "Special guardianship to a former foster carer, relative or friend" from 2019;
    SgoFormerCarerOther = "E46", "Special guardianship to a former foster carer, not relative or friend" from 2019;
    SgoOtherFamily = "E47", "Special guardianship to a relative or friend, not a former foster carer" from 2019;
    SgoOtherNotFamily = "E48", "Special guardianship to another, neither carer nor family" from 2019;
    IndependentSupported = "E5", "Moved to live independently, with formal support";
    IndependentUnsupported = "E6", "Moved to live independently, without formal support";
    AdultServices = "E7" | "TRANSFERRED TO RESIDENTIAL CARE FUNDED BY ADULT SOCIAL SERVICES", "Went into the care of adults' social care";
    Custody = "E9" | "SENTENCED TO CUSTODY", "Sentenced to custody";
    RemandEnded = "E14" | "ACCOMMODATION ON REMAND ENDED", "Remand ended";
    AgeAssessed = "E15" | "AGE ASSESSMENT DETERMINED CHILD WAS 18 OR OVER", "Found by an age assessment to be 18 or over";
    MovedAbroad = "E16" | "CHILD MOVED ABROAD", "Moved abroad";
    StayedPut = "E17", "Turned 18 and stayed with the same carers";
    Other = "E8" | "CARE CEASED FOR ANY OTHER REASON", "Ended for another reason";
}

code_set! {
    /// How a child took part in a review.
    Participation: "participation in a review", "SSDA903 layouts 2017 to 2026, REVIEW_CODE";
    Under4 = "PN0", "Under 4 at the time";
    SpokeForSelf = "PN1", "Came and spoke";
    AdvocateSpoke = "PN2", "Came, and an advocate spoke";
    WithoutWords = "PN3", "Came and made views known without words";
    DidNotSpeak = "PN4", "Came and did not make views known";
    AdvocateBriefed = "PN5", "Did not come, an advocate spoke";
    SentViews = "PN6", "Did not come, sent views by other means";
    NoViews = "PN7", "Did not come, no views given";
}

code_set! {
    /// Away from a placement.
    MissingKind: "missing or away", "SSDA903 layouts 2017 to 2026, MISSING";
    Missing = "M", "Missing";
    Away = "A", "Away from placement without authorisation";
}

code_set! {
    /// Why there is no score of the strengths and difficulties questionnaire.
    SdqReason: "why there is no SDQ score", "SSDA903 layouts 2017 to 2026, SDQ_REASON";
    Age = "SDQ1", "Under 4 or over 16 at the last assessment";
    CarerRefused = "SDQ2", "The carer would not fill it in";
    Disability = "SDQ3", "Not possible because of the child's disability";
    Other = "SDQ4", "Another reason";
    ChildRefused = "SDQ5", "The child or young person refused";
}

code_set! {
    /// Who adopted: number and sex.
    AdoptersSex: "the sex of the adopters", "SSDA903 layouts 2017 to 2026, SEX_ADOPTR";
    OneMan = "M1", "One man";
    OneWoman = "F1", "One woman";
    TwoMen = "MM", "Two men";
    TwoWomen = "FF", "Two women";
    ManAndWoman = "MF", "A man and a woman";
}

code_set! {
    /// Who adopted: legal status.
    AdoptersLegalStatus: "the legal status of the adopters", "SSDA903 layouts 2017 to 2026, LS_ADOPTR";
    Single = "L0", "Single";
    Married = "L11", "Married, man and woman";
    MarriedSameSex = "L12", "Married, same sex";
    CivilPartners = "L2", "Civil partners";
    Unmarried = "L3", "Not married, man and woman";
    UnmarriedSameSex = "L4", "Not married, same sex";
}

code_set! {
    /// Why a child is no longer to be placed for adoption.
    ReasonNoLongerPlaced: "why a child is no longer placed for adoption", "SSDA903 layouts, REASON_PLACED_CEASED";
    NeedsChanged = "RD1" | "CHILD'S NEEDS CHANGED" | "CHILD’S NEEDS CHANGED", "The child's needs changed";
    NoOrder = "RD2" | "COURT DID NOT MAKE A PO", "The court made no placement order";
    NoAdopters = "RD3" | "PROSPECTIVE ADOPTERS CANNOT BE FOUND", "No adopters could be found";
    Other = "RD4" | "ANY OTHER REASON", "Another reason";
}

code_set! {
    /// What permanence a child had before this time in care.
    PreviousPermanence: "previous permanence", "SSDA903 layouts 2017 to 2026, PREV_PERM";
    Adoption = "P1", "Adoption";
    SpecialGuardianship = "P2", "Special guardianship order";
    ChildArrangements = "P3", "Child arrangements (residence) order";
    Unknown = "P4", "Not known";
    None = "Z1", "None before";
}

code_set! {
    /// Why a child's social worker changed.
    SocialWorkerChange: "why the social worker changed", "SSDA903 layout 2024, SW_REASON";
    CaseManagement = "MANAGE", "Management of cases";
    FirstContact = "FCONTA", "First social worker";
    LeftRole = "LEFTRL", "The worker left the role";
    Reorganised = "ORGRST", "The service was reorganised";
    Transfer = "TSPROC", "Passed on as the process lays down";
    Absence = "ABSENC", "The worker was away";
    ChildAsked = "CHCHAN", "The child asked for a change";
    ParentAsked = "PCCHAN", "A parent or carer asked for a change";
    Died = "SWDIED", "The worker died";
    Other = "OTHERS", "Another reason";
}
