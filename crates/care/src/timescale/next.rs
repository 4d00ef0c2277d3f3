//! Which rule comes next, for the steps that repeat: visits and reviews of looked-after children, and the
//! conferences of a protection plan.

use crate::coded;

coded! {
    /// Which visiting rule of regulation 28 a placement falls under.
    pub enum VisitRegime {
        Ordinary = "ordinary", "Ordinary placement";
        LongTerm = "long_term", "Placement meant to last until 18";
        LongTermAgreed = "long_term_agreed", "Long-term foster placement of over a year, the child agreeing to fewer visits";
        TemporaryApproval = "temporary_approval", "Connected person with temporary approval";
        InterimOrderWithParent = "interim_order_with_parent", "With a parent under an interim care order";
        ParentBeforeAssessment = "parent_before_assessment", "With a parent before the assessment is finished";
        CareOrderAtHome = "care_order_at_home", "With a parent under a full care order";
    }
}

/// A placement as far as visiting goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placement {
    pub regime: VisitRegime,
    /// Visits made since the placement began.
    pub visits: u32,
    /// Whether the first review of the child's case has been held.
    pub reviewed: bool,
    /// Whether the placement has lasted a year.
    pub over_a_year: bool,
}

/// The code of the timescale by which the next visit is due.
pub fn looked_after_visit(placement: Placement) -> &'static str {
    use VisitRegime::*;
    if placement.visits == 0 {
        return "LAC_VISIT_FIRST";
    }
    match (placement.regime, placement.reviewed) {
        (TemporaryApproval | InterimOrderWithParent | ParentBeforeAssessment, false) => "LAC_VISIT_WEEKLY",
        (TemporaryApproval | InterimOrderWithParent, true) => "LAC_VISIT_4W",
        (LongTermAgreed, _) if placement.over_a_year => "LAC_VISIT_6M",
        (LongTerm, _) if placement.over_a_year => "LAC_VISIT_3M",
        _ => "LAC_VISIT_6W",
    }
}

/// The code of the timescale of the next review of a looked-after child.
pub fn looked_after_review(reviews_held: u32) -> &'static str {
    match reviews_held {
        0 => "LAC_REV_1",
        1 => "LAC_REV_2",
        _ => "LAC_REV_N",
    }
}

/// What was last held of a protection plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProtectionStep {
    InitialConference,
    FirstReview,
    LaterReview,
}

/// The code of the timescale of the next review conference.
pub fn protection_review(last: ProtectionStep) -> &'static str {
    match last {
        ProtectionStep::InitialConference => "RCPC_1",
        ProtectionStep::FirstReview | ProtectionStep::LaterReview => "RCPC_N",
    }
}

/// The clocks that seeing the person meets, each with the clock that it starts anew; None where it only ends.
const VISITS: &[(&str, Option<&str>)] = &[
    ("FIRST_VISIT", None),
    ("CP_VISIT", Some("CP_VISIT")),
    ("CIN_VISIT", Some("CIN_VISIT")),
    ("LAC_VISIT_FIRST", Some("LAC_VISIT_6W")),
    ("LAC_VISIT_WEEKLY", Some("LAC_VISIT_WEEKLY")),
    ("LAC_VISIT_4W", Some("LAC_VISIT_4W")),
    ("LAC_VISIT_6W", Some("LAC_VISIT_6W")),
    ("LAC_VISIT_3M", Some("LAC_VISIT_3M")),
    ("LAC_VISIT_6M", Some("LAC_VISIT_6M")),
    ("PF_VISIT_1", Some("PF_VISIT")),
    ("PF_VISIT", Some("PF_VISIT")),
    ("PF_VISIT_LATER", Some("PF_VISIT_LATER")),
    ("PA_MOVED", Some("PA_VISIT")),
    ("PA_VISIT", Some("PA_VISIT")),
];

/// Whether a clock of this code is met by seeing the person.
pub fn is_visit(code: &str) -> bool {
    VISITS.iter().any(|(met, _)| *met == code)
}

/// The code of the clock that runs from a visit that met this one.
pub fn after_visit(code: &str) -> Option<&'static str> {
    VISITS.iter().find(|(met, _)| *met == code).and_then(|(_, next)| *next)
}
