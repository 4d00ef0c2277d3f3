//! Codes about young people who have left care. A table of data. An accommodation code is a letter for the kind and a
//! figure, 1 where it is suitable and 2 where it is not; inspection lists give the two apart.

use super::set::code_set;

code_set! {
    /// Whether the council is in touch with a care leaver.
    InTouch: "being in touch", "SSDA903 layouts 2017 to 2026, IN_TOUCH";
    Yes = "YES" | "IN TOUCH", "In touch";
    No = "NO" | "NOT IN TOUCH", "Not in touch";
    Died = "DIED", "Died";
    Refused = "REFU", "Does not want contact";
    NotRequired = "NREQ", "No longer needs services";
    WentHome = "RHOM", "Went home for 6 months or more";
}

code_set! {
    /// What a care leaver does.
    Activity: "activity", "SSDA903 layouts 2017 and 2019, ACTIV";
    HigherFull = "F1", "Higher education, full time";
    HigherPart = "P1", "Higher education, part time";
    EducationFull = "F2", "Other education, full time";
    EducationPart = "P2", "Other education, part time";
    WorkFullBefore = "F3", "Training or work, full time (before 2019)" until 2018;
    WorkPartBefore = "P3", "Training or work, part time (before 2019)" until 2018;
    ApprenticeFull = "F4", "Apprenticeship, full time" from 2019;
    ApprenticePart = "P4", "Apprenticeship, part time" from 2019;
    WorkFull = "F5", "Training or work, full time" from 2019;
    WorkPart = "P5", "Training or work, part time" from 2019;
    Illness = "G4", "Not in education, work or training: illness or disability";
    NotOther = "G5", "Not in education, work or training: another reason";
    Parenting = "G6", "Not in education, work or training: pregnancy or parenting";
    NotInTouch = "0", "Not in touch";
}

code_set! {
    /// Where a care leaver lives, and whether it is suitable.
    Accommodation: "accommodation", "SSDA903 layouts 2017 to 2026, ACCOM";
    Family1 = "B1", "With parents or relatives, suitable";
    Family2 = "B2", "With parents or relatives, not suitable";
    Community1 = "C1", "Community home or other residential care, suitable";
    Community2 = "C2", "Community home or other residential care, not suitable";
    Transitional1 = "D1", "Semi-independent or transitional, suitable";
    Transitional2 = "D2", "Semi-independent or transitional, not suitable";
    Lodgings1 = "E1", "Supported lodgings, suitable";
    Lodgings2 = "E2", "Supported lodgings, not suitable";
    Abroad1 = "G1", "Gone abroad, suitable";
    Abroad2 = "G2", "Gone abroad, not suitable";
    Deported1 = "H1", "Deported, suitable";
    Deported2 = "H2", "Deported, not suitable";
    Ordinary1 = "K1", "Ordinary lodgings, suitable";
    Ordinary2 = "K2", "Ordinary lodgings, not suitable";
    Unknown1 = "R1", "Home not known, suitable";
    Unknown2 = "R2", "Home not known, not suitable";
    Homeless1 = "S1", "No fixed home, suitable";
    Homeless2 = "S2", "No fixed home, not suitable";
    Foyer1 = "T1", "Foyer or similar, suitable";
    Foyer2 = "T2", "Foyer or similar, not suitable";
    Independent1 = "U1", "Independent living, suitable";
    Independent2 = "U2", "Independent living, not suitable";
    Emergency1 = "V1", "Emergency accommodation, suitable";
    Emergency2 = "V2", "Emergency accommodation, not suitable";
    BedAndBreakfast1 = "W1", "Bed and breakfast, suitable";
    BedAndBreakfast2 = "W2", "Bed and breakfast, not suitable";
    Custody1 = "X1", "In custody, suitable";
    Custody2 = "X2", "In custody, not suitable";
    Other1 = "Y1", "Other accommodation, suitable";
    Other2 = "Y2", "Other accommodation, not suitable";
    FormerCarer1 = "Z1", "With former foster carers, suitable";
    FormerCarer2 = "Z2", "With former foster carers, not suitable";
    NotInTouch = "0", "Not in touch";
}

code_set! {
    /// The kind of accommodation alone, as inspection lists give it.
    AccommodationKind: "the kind of accommodation", "SSDA903, first letter of ACCOM; Annex A list 9";
    Family = "B" | "WITH PARENTS OR RELATIVES", "With parents or relatives";
    Community = "C" | "COMMUNITY HOME", "Community home or other residential care";
    Transitional = "D" | "SEMI-INDEPENDENT TRANSITIONAL ACCOMMODATION", "Semi-independent or transitional";
    Lodgings = "E" | "SUPPORTED LODGINGS", "Supported lodgings";
    Abroad = "G" | "GONE ABROAD", "Gone abroad";
    Deported = "H" | "DEPORTED", "Deported";
    Ordinary = "K" | "ORDINARY LODGINGS", "Ordinary lodgings";
    Unknown = "R" | "RESIDENCE NOT KNOWN", "Home not known";
    Homeless = "S" | "NO FIXED ABODE / HOMELESS", "No fixed home";
    Foyer = "T" | "FOYERS", "Foyer or similar";
    Independent = "U" | "INDEPENDENT LIVING", "Independent living";
    Emergency = "V" | "EMERGENCY ACCOMMODATION", "Emergency accommodation";
    BedAndBreakfast = "W" | "BED AND BREAKFAST", "Bed and breakfast";
    Custody = "X" | "IN CUSTODY", "In custody";
    Other = "Y" | "OTHER ACCOMMODATION", "Other accommodation";
    FormerCarer = "Z" | "WITH FORMER FOSTER CARER", "With former foster carers";
}

code_set! {
    /// Whether accommodation is suitable, as inspection lists give it.
    Suitability: "suitability", "Annex A list 9";
    Suitable = "1" | "SUITABLE", "Suitable";
    Unsuitable = "2" | "NOT SUITABLE" | "UNSUITABLE", "Not suitable";
    NotInTouch = "3" | "NOT IN TOUCH OR NOT RECORDED", "Not in touch, or not recorded";
}

code_set! {
    /// What a young person is entitled to after care.
    Eligibility: "entitlement after care", "Annex A list 9; Children (Leaving Care) Act 2000";
    Relevant = "RELEVANT" | "RELEVANT CHILD", "Relevant child: 16 or 17, left care";
    FormerRelevant = "FORMER RELEVANT" | "FORMER RELEVANT CHILD", "Former relevant child: 18 to 25, left care";
    Qualifying = "QUALIFYING" | "QUALIFYING CARE LEAVER", "Qualifying young person: less time in care";
    Eligible = "ELIGIBLE" | "ELIGIBLE CHILD", "Eligible child: 16 or 17, still in care";
    Other = "OTHER", "Other";
}

code_set! {
    /// The plan for where a looked-after child is to grow up, as inspection lists give it.
    PermanencePlan: "the permanence plan", "Annex A list 8";
    ReturnHome = "RETURN TO FAMILY", "Return to the family";
    Adoption = "ADOPTION", "Adoption";
    Guardianship = "SGO/CAO", "Special guardianship or child arrangements order";
    Supported = "SUPPORTED LIVING IN THE COMMUNITY", "Supported living in the community";
    Residential = "LONG-TERM RESIDENTIAL PLACEMENT", "Long-term residential placement";
    Fostering = "LONG-TERM FOSTERING", "Long-term fostering";
    Other = "OTHER", "Another plan";
}
