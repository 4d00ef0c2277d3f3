//! What kind of work a case is, which decides who may hold it, how soon it must have a worker and what it weighs.

use crate::coded;

coded! {
    pub enum CaseKind {
        FamilyHelp = "family_help", "Family help";
        Assessment = "assessment", "Assessment";
        ChildInNeed = "child_in_need", "Child in need";
        PreBirth = "pre_birth", "Pre-birth";
        Section47 = "section_47", "Section 47 enquiry";
        ProtectionPlan = "protection_plan", "Child protection plan";
        LookedAfter = "looked_after", "Looked after";
        PrivatelyFostered = "privately_fostered", "Privately fostered";
        Proceedings = "proceedings", "Care proceedings";
        CareLeaver = "care_leaver", "Care leaver";
        AdultSupport = "adult_support", "Adult care and support";
        AdultSafeguarding = "adult_safeguarding", "Adult safeguarding";
        Carer = "carer", "Carer";
        OccupationalTherapy = "occupational_therapy", "Occupational therapy";
    }
}

impl CaseKind {
    pub const fn is_childrens(self) -> bool {
        !matches!(self, CaseKind::AdultSupport | CaseKind::AdultSafeguarding | CaseKind::Carer | CaseKind::OccupationalTherapy)
    }
}
