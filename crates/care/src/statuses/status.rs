//! A status, its dates, and what follows: the kind of case, how pressing it is, the line of the banner.

use super::{LeavingCare, LegalStatus, PlacementKind, PlanCategory};
use crate::{allocation::ZeroKind, case_kind::CaseKind, coded, person::Answer, words};
use jiff::civil::Date;
use std::cmp::Reverse;

coded! {
    pub enum StatusKind {
        ProtectionPlan = "protection_plan", "On a child protection plan";
        LookedAfter = "looked_after", "Looked after";
        PrivatelyFostered = "privately_fostered", "Privately fostered";
        Section47 = "section_47", "Section 47 enquiry open";
        Proceedings = "proceedings", "In care proceedings";
        PreBirth = "pre_birth", "Pre-birth";
        ChildInNeed = "child_in_need", "Child in need";
        CareLeaver = "care_leaver", "Care leaver";
        FamilyHelp = "family_help", "Family help";
        AdultSupport = "adult_support", "Adult care and support";
    }
}

/// A status with its details, each of which may be unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    ProtectionPlan { category: Answer<PlanCategory> },
    LookedAfter { legal: Answer<LegalStatus>, placement: Answer<PlacementKind> },
    PrivatelyFostered,
    Section47,
    Proceedings,
    PreBirth,
    ChildInNeed,
    CareLeaver { entitlement: Answer<LeavingCare> },
    FamilyHelp,
    AdultSupport,
}

/// A status from one day until the day on which it ended. On that last day it is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DatedStatus {
    pub status: Status,
    pub from_on: Date,
    pub until_on: Option<Date>,
}

impl Status {
    /// A status from what is stored: its kind, the code of its detail and that of the placement. A code that is not
    /// known reads as "not known", so that no child is lost for a code.
    pub fn from_codes(kind: StatusKind, detail: &str, placement: &str) -> Status {
        fn known<T>(code: &str, read: fn(&str) -> Option<T>) -> Answer<T> {
            match (code, read(code)) {
                (_, Some(value)) => Answer::Known(value),
                ("", None) => Answer::NotAsked,
                _ => Answer::Unknown,
            }
        }
        match kind {
            StatusKind::ProtectionPlan => Status::ProtectionPlan { category: known(detail, PlanCategory::from_code) },
            StatusKind::LookedAfter => {
                Status::LookedAfter { legal: known(detail, LegalStatus::from_code), placement: known(placement, PlacementKind::from_code) }
            }
            StatusKind::CareLeaver => Status::CareLeaver { entitlement: known(detail, LeavingCare::from_code) },
            StatusKind::PrivatelyFostered => Status::PrivatelyFostered,
            StatusKind::Section47 => Status::Section47,
            StatusKind::Proceedings => Status::Proceedings,
            StatusKind::PreBirth => Status::PreBirth,
            StatusKind::ChildInNeed => Status::ChildInNeed,
            StatusKind::FamilyHelp => Status::FamilyHelp,
            StatusKind::AdultSupport => Status::AdultSupport,
        }
    }

    pub const fn kind(self) -> StatusKind {
        match self {
            Status::ProtectionPlan { .. } => StatusKind::ProtectionPlan,
            Status::LookedAfter { .. } => StatusKind::LookedAfter,
            Status::PrivatelyFostered => StatusKind::PrivatelyFostered,
            Status::Section47 => StatusKind::Section47,
            Status::Proceedings => StatusKind::Proceedings,
            Status::PreBirth => StatusKind::PreBirth,
            Status::ChildInNeed => StatusKind::ChildInNeed,
            Status::CareLeaver { .. } => StatusKind::CareLeaver,
            Status::FamilyHelp => StatusKind::FamilyHelp,
            Status::AdultSupport => StatusKind::AdultSupport,
        }
    }

    /// The detail in words, where it is known. A placement is told apart, because it may be restricted.
    fn detail(self) -> Option<&'static str> {
        match self {
            Status::ProtectionPlan { category } => category.known().map(|category| category.label()),
            Status::LookedAfter { legal, .. } => legal.known().map(|legal| legal.label()),
            Status::CareLeaver { entitlement } => entitlement.known().map(|entitlement| entitlement.label()),
            _ => None,
        }
    }
}

impl StatusKind {
    /// The kind of case that follows.
    pub const fn case_kind(self) -> CaseKind {
        match self {
            StatusKind::ProtectionPlan => CaseKind::ProtectionPlan,
            StatusKind::LookedAfter => CaseKind::LookedAfter,
            StatusKind::PrivatelyFostered => CaseKind::PrivatelyFostered,
            StatusKind::Section47 => CaseKind::Section47,
            StatusKind::Proceedings => CaseKind::Proceedings,
            StatusKind::PreBirth => CaseKind::PreBirth,
            StatusKind::ChildInNeed => CaseKind::ChildInNeed,
            StatusKind::CareLeaver => CaseKind::CareLeaver,
            StatusKind::FamilyHelp => CaseKind::FamilyHelp,
            StatusKind::AdultSupport => CaseKind::AdultSupport,
        }
    }
}

impl DatedStatus {
    pub fn is_open(&self, on: Date) -> bool {
        self.from_on <= on && self.until_on.is_none_or(|until| on < until)
    }

    /// "Looked after, full care order, since 3 March 2025"; the placement only where it may be shown.
    pub fn words(&self) -> String {
        let lower = |text: &str| text.to_lowercase();
        let detail = self.status.detail().map(|detail| format!(", {}", lower(detail))).unwrap_or_default();
        let head = format!("{}{detail}", self.status.kind().label());
        match self.until_on {
            None => format!("{head}, since {}", words::date(self.from_on)),
            Some(until) => format!("{head}, from {} until {}", words::date(self.from_on), words::date(until)),
        }
    }

    /// "With a foster carer", for those who may see where the child is.
    pub fn placement_words(&self) -> Option<&'static str> {
        match self.status {
            Status::LookedAfter { placement: Answer::Known(placement), .. } => Some(placement.label()),
            _ => None,
        }
    }
}

/// The lines of the banner: every open status, the most pressing first, of one kind the latest first.
pub fn banner(statuses: &[DatedStatus], on: Date) -> Vec<String> {
    open(statuses, on).into_iter().map(DatedStatus::words).collect()
}

/// The kinds of case that follow from the open statuses, the most pressing first, each once.
pub fn case_kinds(statuses: &[DatedStatus], on: Date) -> Vec<CaseKind> {
    let mut kinds: Vec<CaseKind> = open(statuses, on).into_iter().map(|one| one.status.kind().case_kind()).collect();
    kinds.dedup();
    kinds
}

/// The line of the zero board on which the person stands, where they stand on one.
pub fn most_pressing(statuses: &[DatedStatus], on: Date) -> Option<ZeroKind> {
    ZeroKind::of_any(&case_kinds(statuses, on))
}

fn open(statuses: &[DatedStatus], on: Date) -> Vec<&DatedStatus> {
    let mut open: Vec<&DatedStatus> = statuses.iter().filter(|one| one.is_open(on)).collect();
    open.sort_by_key(|one| (one.status.kind(), Reverse(one.from_on)));
    open
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 23);

    fn since(status: Status, from_on: Date, until_on: Option<Date>) -> DatedStatus {
        DatedStatus { status, from_on, until_on }
    }

    #[test]
    fn says_the_banner() {
        let care = Status::from_codes(StatusKind::LookedAfter, "full_care_order", "foster");
        let plan = Status::from_codes(StatusKind::ProtectionPlan, "neglect", "");
        let statuses = [
            since(Status::ChildInNeed, date(2024, 1, 2), None),
            since(care, date(2025, 3, 3), None),
            since(plan, date(2024, 5, 1), Some(date(2025, 3, 3))),
            since(Status::Proceedings, date(2025, 1, 7), Some(TODAY)),
            since(Status::Section47, date(2026, 11, 24), None),
            since(Status::from_codes(StatusKind::CareLeaver, "a code of long ago", ""), date(2026, 1, 1), None),
        ];
        assert_eq!(
            banner(&statuses, TODAY),
            [
                "Looked after, full care order, since 3 March 2025",
                "Child in need, since 2 January 2024",
                "Care leaver, since 1 January 2026"
            ]
        );
        assert_eq!(statuses[1].placement_words(), Some("With a foster carer"));
        assert_eq!(statuses[2].words(), "On a child protection plan, neglect, from 1 May 2024 until 3 March 2025");
        assert_eq!(case_kinds(&statuses, TODAY), [CaseKind::LookedAfter, CaseKind::ChildInNeed, CaseKind::CareLeaver]);
        assert_eq!(most_pressing(&statuses, TODAY), Some(ZeroKind::LookedAfter));
        assert_eq!(most_pressing(&statuses, date(2025, 3, 2)), Some(ZeroKind::ProtectionPlan));
        assert_eq!(most_pressing(&[], TODAY), None);
    }

    #[test]
    fn keeps_a_child_whose_code_is_not_known() {
        for (code, legal) in
            [("full_care_order", Answer::Known(LegalStatus::FullCareOrder)), ("X9", Answer::Unknown), ("", Answer::NotAsked)]
        {
            let expected = Status::LookedAfter { legal, placement: Answer::NotAsked };
            assert_eq!(Status::from_codes(StatusKind::LookedAfter, code, ""), expected);
        }
        for kind in StatusKind::ALL {
            assert_eq!(Status::from_codes(*kind, "", "").kind(), *kind);
        }
    }
}
