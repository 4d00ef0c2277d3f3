//! The details that a status carries. Codes are this product's own words; the codes of the returns are in `returns`.

use crate::coded;

coded! {
    /// Why a child is on a protection plan.
    pub enum PlanCategory {
        Neglect = "neglect", "Neglect";
        Physical = "physical", "Physical abuse";
        Sexual = "sexual", "Sexual abuse";
        Emotional = "emotional", "Emotional abuse";
        Multiple = "multiple", "Several kinds of abuse";
    }
}

coded! {
    /// Under what a child is looked after.
    pub enum LegalStatus {
        InterimCareOrder = "interim_care_order", "Interim care order";
        FullCareOrder = "full_care_order", "Full care order";
        PlacementOrder = "placement_order", "Placement order";
        FreedForAdoption = "freed_for_adoption", "Freed for adoption";
        Accommodated = "accommodated", "Accommodated under section 20";
        ShortBreaks = "short_breaks", "Accommodated for short breaks";
        PoliceProtection = "police_protection", "Police protection";
        EmergencyProtection = "emergency_protection", "Emergency protection order";
        ChildAssessment = "child_assessment", "Child assessment order";
        Remanded = "remanded", "Remanded to the authority";
        Detained = "detained", "Detained and accommodated";
        Sentenced = "sentenced", "Sentenced, with a residence requirement";
        Wardship = "wardship", "Ward of court";
    }
}

coded! {
    /// Where a looked-after child lives.
    pub enum PlacementKind {
        FosterRelative = "foster_relative", "With a relative or friend as foster carer";
        Foster = "foster", "With a foster carer";
        ChildrensHome = "childrens_home", "Children's home";
        SecureHome = "secure_home", "Secure children's home";
        Supported = "supported", "Supported accommodation";
        ResidentialSchool = "residential_school", "Residential school";
        WithParents = "with_parents", "With parents";
        PlacedForAdoption = "placed_for_adoption", "Placed for adoption";
        Independent = "independent", "Independent living";
        Health = "health", "Hospital or health home";
        MotherAndBaby = "mother_and_baby", "Family centre or mother and baby unit";
        Custody = "custody", "Young offender institution";
        Other = "other", "Other placement";
    }
}

coded! {
    /// What a young person who leaves care is owed.
    pub enum LeavingCare {
        Eligible = "eligible", "Eligible";
        Relevant = "relevant", "Relevant";
        FormerRelevant = "former_relevant", "Former relevant";
        Qualifying = "qualifying", "Qualifying";
    }
}

coded! {
    /// Why a status ended.
    pub enum StatusEnd {
        NeedMet = "need_met", "No longer needed";
        SteppedUp = "stepped_up", "More is done under another status";
        SteppedDown = "stepped_down", "Less is needed";
        ReturnedHome = "returned_home", "Returned home";
        Adopted = "adopted", "Adopted";
        SpecialGuardianship = "special_guardianship", "Special guardianship";
        OrderEnded = "order_ended", "The order ended";
        TurnedAdult = "turned_adult", "Turned 18 or 25";
        MovedAway = "moved_away", "Moved to another authority";
        Born = "born", "The child was born";
        Died = "died", "Died";
        Mistake = "mistake", "Recorded by mistake";
        Other = "other", "Another reason";
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn codes_stand_once() {
        use super::*;
        crate::assert_coded!(PlanCategory, LegalStatus, PlacementKind, LeavingCare, StatusEnd);
        crate::assert_coded!(super::super::StatusKind, super::super::AlertKind);
    }
}
