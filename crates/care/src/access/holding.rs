//! Who may hold which kind of case: dated policy, changed on a page and shown with its source.
//!
//! Sources of the defaults: Working Together 2023, in force 15 December 2023 (the lead practitioner of a child in
//! need may be someone other than a social worker; section 47 enquiries and protection plans are led by one);
//! Care Planning, Placement and Case Review (England) Regulations 2010; workload policies of several authorities
//! (a newly qualified worker holds protection plans and court work only jointly).

use super::Role;
use crate::{case_kind::CaseKind, coded};
use jiff::civil::{Date, date};

coded! {
    /// How a role may hold a kind of case.
    pub enum Holding {
        Alone = "alone", "May hold it";
        Jointly = "jointly", "May hold it jointly only, with an experienced social worker";
        Not = "not", "May not hold it";
    }
}

/// One line of the policy. A later `from` replaces an earlier one for the same role and kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoldingRule {
    pub role: Role,
    pub kind: CaseKind,
    pub holding: Holding,
    pub from: Date,
    pub source: String,
}

/// Every line, in any order. What no line names may not be held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoldingPolicy {
    pub rules: Vec<HoldingRule>,
}

impl HoldingPolicy {
    /// How this role may hold this kind of case on this date.
    pub fn may_hold(&self, role: Role, kind: CaseKind, on: Date) -> Holding {
        self.rule(role, kind, on).map_or(Holding::Not, |rule| rule.holding)
    }

    /// The best of several roles.
    pub fn may_any_hold(&self, roles: &[Role], kind: CaseKind, on: Date) -> Holding {
        roles.iter().map(|role| self.may_hold(*role, kind, on)).min().unwrap_or(Holding::Not)
    }

    /// The line in force, for showing its source.
    pub fn rule(&self, role: Role, kind: CaseKind, on: Date) -> Option<&HoldingRule> {
        let fitting = self.rules.iter().filter(|r| r.role == role && r.kind == kind && r.from <= on);
        fitting.max_by_key(|rule| rule.from)
    }
}

impl Default for HoldingPolicy {
    fn default() -> Self {
        let rules = DEFAULTS.iter().flat_map(|(role, kinds, holding, from, source)| {
            kinds.iter().map(|kind| HoldingRule { role: *role, kind: *kind, holding: *holding, from: *from, source: (*source).to_owned() })
        });
        HoldingPolicy { rules: rules.collect() }
    }
}

const ALWAYS: Date = date(1991, 10, 14);
const LEAD_PRACTITIONERS: Date = date(2023, 12, 15);

const REGISTERED: &str = "Registered social worker: any case of a child or adult";
const NEWLY: &str = "Newly qualified: no protection plan, section 47 enquiry or court work alone (local policy)";
const WORKING_TOGETHER: &str = "Working Together to Safeguard Children 2023: lead practitioner";
const LEAVING_CARE: &str = "Children Act 1989 section 23D; Care Leavers (England) Regulations 2010: personal adviser";
const THERAPY: &str = "Occupational therapist, registered with the Health and Care Professions Council";
const SUPPORT: &str = "Local policy: family support";

use CaseKind::*;

/// Everything that a registered social worker may hold alone.
const ALL_BUT_THERAPY: &[CaseKind] = &[
    FamilyHelp,
    Assessment,
    ChildInNeed,
    PreBirth,
    Section47,
    ProtectionPlan,
    LookedAfter,
    PrivatelyFostered,
    Proceedings,
    CareLeaver,
    AdultSupport,
    AdultSafeguarding,
    Carer,
];

type Line = (Role, &'static [CaseKind], Holding, Date, &'static str);

const DEFAULTS: &[Line] = &[
    (Role::SocialWorker, ALL_BUT_THERAPY, Holding::Alone, ALWAYS, REGISTERED),
    (Role::SeniorPractitioner, ALL_BUT_THERAPY, Holding::Alone, ALWAYS, REGISTERED),
    (Role::LeadChildProtectionPractitioner, ALL_BUT_THERAPY, Holding::Alone, LEAD_PRACTITIONERS, REGISTERED),
    (Role::TeamManager, ALL_BUT_THERAPY, Holding::Alone, ALWAYS, REGISTERED),
    (
        Role::NewlyQualifiedSocialWorker,
        &[FamilyHelp, Assessment, ChildInNeed, LookedAfter, PrivatelyFostered, CareLeaver, AdultSupport, Carer],
        Holding::Alone,
        ALWAYS,
        NEWLY,
    ),
    (
        Role::NewlyQualifiedSocialWorker,
        &[PreBirth, Section47, ProtectionPlan, Proceedings, AdultSafeguarding],
        Holding::Jointly,
        ALWAYS,
        NEWLY,
    ),
    (Role::FamilyHelpLeadPractitioner, &[FamilyHelp, ChildInNeed], Holding::Alone, LEAD_PRACTITIONERS, WORKING_TOGETHER),
    (Role::FamilyHelpLeadPractitioner, &[Assessment], Holding::Jointly, LEAD_PRACTITIONERS, WORKING_TOGETHER),
    (Role::FamilySupportWorker, &[FamilyHelp], Holding::Alone, ALWAYS, SUPPORT),
    (Role::FamilySupportWorker, &[ChildInNeed], Holding::Jointly, ALWAYS, SUPPORT),
    (Role::PersonalAdviser, &[CareLeaver], Holding::Alone, ALWAYS, LEAVING_CARE),
    (Role::PersonalAdviser, &[LookedAfter], Holding::Jointly, ALWAYS, LEAVING_CARE),
    (Role::OccupationalTherapist, &[OccupationalTherapy, AdultSupport, Carer], Holding::Alone, ALWAYS, THERAPY),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_who_may_hold_what() {
        let policy = HoldingPolicy::default();
        let (before, today) = (date(2023, 12, 14), date(2026, 11, 23));
        for (role, kind, on, expected) in [
            (Role::SocialWorker, ProtectionPlan, today, Holding::Alone),
            (Role::NewlyQualifiedSocialWorker, ProtectionPlan, today, Holding::Jointly),
            (Role::NewlyQualifiedSocialWorker, Proceedings, today, Holding::Jointly),
            (Role::NewlyQualifiedSocialWorker, ChildInNeed, today, Holding::Alone),
            (Role::FamilyHelpLeadPractitioner, ChildInNeed, today, Holding::Alone),
            (Role::FamilyHelpLeadPractitioner, ChildInNeed, before, Holding::Not),
            (Role::FamilyHelpLeadPractitioner, ProtectionPlan, today, Holding::Not),
            (Role::PersonalAdviser, CareLeaver, today, Holding::Alone),
            (Role::OccupationalTherapist, LookedAfter, today, Holding::Not),
            (Role::Councillor, FamilyHelp, today, Holding::Not),
        ] {
            assert_eq!(policy.may_hold(role, kind, on), expected, "{role} {kind}");
        }
        let both = [Role::FamilySupportWorker, Role::SocialWorker];
        assert_eq!(policy.may_any_hold(&both, ProtectionPlan, today), Holding::Alone);
        assert_eq!(policy.may_any_hold(&[], ProtectionPlan, today), Holding::Not);
    }

    #[test]
    fn a_later_line_replaces_an_earlier() {
        let mut policy = HoldingPolicy::default();
        policy.rules.push(HoldingRule {
            role: Role::FamilyHelpLeadPractitioner,
            kind: ChildInNeed,
            holding: Holding::Jointly,
            from: date(2027, 4, 1),
            source: "Ashmere, decision of the director".into(),
        });
        let may = |on| policy.may_hold(Role::FamilyHelpLeadPractitioner, ChildInNeed, on);
        assert_eq!(may(date(2027, 3, 31)), Holding::Alone);
        assert_eq!(may(date(2027, 4, 1)), Holding::Jointly);
    }
}
