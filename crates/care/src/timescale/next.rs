//! Which rule comes next, and when, for the steps that repeat: visits to looked-after children (Care Planning
//! Regulations 2010, regulation 28) and their reviews (regulation 33), the conferences and core groups of a protection
//! plan. Leaves out: which regime a placement falls under, which its own record says.

use jiff::civil::Date;

use super::{Clocks, Due, Start, Unknown};
use crate::{calendar::add_months, coded};

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

/// The code of the timescale of the next core group, after so many that have met.
pub fn core_group(held: u32) -> &'static str {
    if held == 0 { "CORE_1" } else { "CORE_N" }
}

/// What is known of a placement, from which its next visit follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlacementDates {
    pub regime: VisitRegime,
    pub began_on: Date,
    /// The last visit; one before the placement began was to another placement.
    pub last_visit_on: Option<Date>,
    /// The first review of the child's case.
    pub first_review_on: Option<Date>,
}

impl PlacementDates {
    /// The code of the clock that runs now.
    pub fn visit_code(&self) -> &'static str {
        let last = self.last_visit();
        looked_after_visit(Placement {
            regime: self.regime,
            visits: u32::from(last.is_some()),
            reviewed: self.first_review_on.is_some(),
            over_a_year: last.is_some_and(|on| on >= add_months(self.began_on, 12)),
        })
    }

    /// From which day it runs.
    pub fn visit_start(&self) -> Date {
        self.last_visit().unwrap_or(self.began_on)
    }

    fn last_visit(&self) -> Option<Date> {
        self.last_visit_on.filter(|on| *on >= self.began_on)
    }

    /// When the next visit is due. An interval that begins within the first year of a placement is one of that year.
    pub fn next_visit(&self, clocks: &Clocks<'_>) -> Result<Due, Unknown> {
        clocks.due(self.visit_code(), Start::On(self.visit_start()))
    }
}

/// When the next review of a looked-after child is due, from the day on which the child became looked after and the
/// reviews held since, in any order.
pub fn next_looked_after_review(began_on: Date, held: &[Date], clocks: &Clocks<'_>) -> Result<Due, Unknown> {
    clocks.due(looked_after_review(count(held)), Start::On(latest(held).unwrap_or(began_on)))
}

/// When the next review conference is due, from the day of the initial conference and the reviews held since.
pub fn next_conference(initial_on: Date, held: &[Date], clocks: &Clocks<'_>) -> Result<Due, Unknown> {
    let last = if held.is_empty() { ProtectionStep::InitialConference } else { ProtectionStep::LaterReview };
    clocks.due(protection_review(last), Start::On(latest(held).unwrap_or(initial_on)))
}

/// When the next core group is due, from the day of the initial conference and the core groups held since.
pub fn next_core_group(initial_on: Date, held: &[Date], clocks: &Clocks<'_>) -> Result<Due, Unknown> {
    clocks.due(core_group(count(held)), Start::On(latest(held).unwrap_or(initial_on)))
}

fn latest(held: &[Date]) -> Option<Date> {
    held.iter().max().copied()
}

fn count(held: &[Date]) -> u32 {
    u32::try_from(held.len()).unwrap_or(u32::MAX)
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

/// The visiting clocks of a looked-after child, of which one runs at a time.
pub const LOOKED_AFTER_VISITS: &[&str] =
    &["LAC_VISIT_FIRST", "LAC_VISIT_WEEKLY", "LAC_VISIT_4W", "LAC_VISIT_6W", "LAC_VISIT_3M", "LAC_VISIT_6M"];

impl VisitRegime {
    /// Whether the child is visited less often than every six weeks once the placement has lasted a year: a manager decides it.
    pub const fn is_for_fewer_visits(self) -> bool {
        matches!(self, VisitRegime::LongTerm | VisitRegime::LongTermAgreed)
    }

    /// How often, in words for the page on which it is chosen.
    pub const fn how_often(self) -> &'static str {
        match self {
            VisitRegime::Ordinary | VisitRegime::CareOrderAtHome => "Within a week, then at least every 6 weeks",
            VisitRegime::LongTerm => "Within a week, every 6 weeks in the first year, then at least every 3 months",
            VisitRegime::LongTermAgreed => "Within a week, every 6 weeks in the first year, then at least every 6 months",
            VisitRegime::TemporaryApproval | VisitRegime::InterimOrderWithParent => {
                "Every week until the first review, then at least every 4 weeks"
            }
            VisitRegime::ParentBeforeAssessment => "Every week until the first review, then at least every 6 weeks",
        }
    }
}

/// The code of the clock that runs from a visit to a privately fostered child.
pub fn after_private_fostering_visit(began_on: Date, visited_on: Date) -> &'static str {
    if visited_on >= add_months(began_on, 12) { "PF_VISIT_LATER" } else { "PF_VISIT" }
}

/// Whether a clock of this code is met by seeing the person.
pub fn is_visit(code: &str) -> bool {
    VISITS.iter().any(|(met, _)| *met == code)
}

/// The code of the clock that runs from a visit that met this one.
pub fn after_visit(code: &str) -> Option<&'static str> {
    VISITS.iter().find(|(met, _)| *met == code).and_then(|(_, next)| *next)
}
