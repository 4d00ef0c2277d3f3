//! The elements of each module of the census and where they go.

use super::{Assessment, Child, ChildInNeedPlan, Episode, PreProceedings, ProtectionPlan, Section47Enquiry};
use crate::layout::{Layout, field};

pub(super) const IDENTIFIERS: Layout<Child> = Layout {
    table: "ChildIdentifiers",
    fields: &[
        field("LAchildID", |child: &mut Child, cell| cell.text(&mut child.la_child_id)),
        field("UPN", |child, cell| cell.text(&mut child.upn)),
        field("FormerUPN", |child, cell| cell.text(&mut child.former_upn)),
        field("UPNunknown", |child, cell| cell.code(&mut child.upn_unknown)),
        field("PersonBirthDate", |child, cell| cell.date(&mut child.born_on)),
        field("ExpectedPersonBirthDate", |child, cell| cell.date(&mut child.expected_on)),
        field("Sex", |child: &mut Child, cell| cell.code(&mut child.sex)).or(&["GenderCurrent"]),
        field("PersonDeathDate", |child, cell| cell.date(&mut child.died_on)),
    ],
};

pub(super) const CHARACTERISTICS: Layout<Child> =
    Layout { table: "ChildCharacteristics", fields: &[field("Ethnicity", |child: &mut Child, cell| cell.code(&mut child.ethnicity))] };

pub(super) const DISABILITIES: Layout<Child> =
    Layout { table: "Disabilities", fields: &[field("Disability", |child: &mut Child, cell| cell.codes(&mut child.disabilities))] };

pub(super) const DETAILS: Layout<Episode> = Layout {
    table: "CINdetails",
    fields: &[
        field("CINreferralDate", |episode: &mut Episode, cell| cell.date(&mut episode.referred_on)),
        field("ReferralSource", |episode, cell| cell.code(&mut episode.source)),
        field("PrimaryNeedCode", |episode, cell| cell.code(&mut episode.primary_need)),
        field("CINclosureDate", |episode, cell| cell.date(&mut episode.closed_on)),
        field("ReasonForClosure", |episode, cell| cell.code(&mut episode.reason_for_closure)),
        field("DateOfInitialCPC", |episode, cell| cell.date(&mut episode.conference_on)),
        field("ReferralNFA", |episode, cell| cell.code(&mut episode.no_further_action)),
    ],
};

pub(super) const ASSESSMENTS: Layout<Assessment> = Layout {
    table: "Assessments",
    fields: &[
        field("AssessmentActualStartDate", |assessment: &mut Assessment, cell| cell.date(&mut assessment.started_on)),
        field("AssessmentInternalReviewDate", |assessment, cell| cell.date(&mut assessment.internal_review_on)),
        field("AssessmentAuthorisationDate", |assessment, cell| cell.date(&mut assessment.authorised_on)),
    ],
};

pub(super) const FACTORS: Layout<Assessment> = Layout {
    table: "Assessments",
    fields: &[field("AssessmentFactors", |assessment: &mut Assessment, cell| cell.codes(&mut assessment.factors))],
};

pub(super) const PLANS: Layout<ChildInNeedPlan> = Layout {
    table: "CINplanDates",
    fields: &[
        field("CINPlanStartDate", |plan: &mut ChildInNeedPlan, cell| cell.date(&mut plan.started_on)),
        field("CINPlanEndDate", |plan, cell| cell.date(&mut plan.ended_on)),
    ],
};

pub(super) const SECTION_47: Layout<Section47Enquiry> = Layout {
    table: "Section47",
    fields: &[
        field("S47ActualStartDate", |enquiry: &mut Section47Enquiry, cell| cell.date(&mut enquiry.started_on)),
        field("InitialCPCtarget", |enquiry, cell| cell.date(&mut enquiry.conference_target_on)),
        field("DateOfInitialCPC", |enquiry, cell| cell.date(&mut enquiry.conference_on)),
        field("ICPCnotRequired", |enquiry, cell| cell.code(&mut enquiry.conference_not_required)),
    ],
};

pub(super) const PROTECTION_PLANS: Layout<ProtectionPlan> = Layout {
    table: "ChildProtectionPlans",
    fields: &[
        field("CPPstartDate", |plan: &mut ProtectionPlan, cell| cell.date(&mut plan.started_on)),
        field("CPPendDate", |plan, cell| cell.date(&mut plan.ended_on)),
        field("InitialCategoryOfAbuse", |plan, cell| cell.code(&mut plan.initial_category)),
        field("LatestCategoryOfAbuse", |plan, cell| cell.code(&mut plan.latest_category)),
        field("NumberOfPreviousCPP", |plan, cell| cell.whole(&mut plan.previous_plans)),
    ],
};

pub(super) const PRE_PROCEEDINGS: Layout<PreProceedings> = Layout {
    table: "PreProceedings",
    fields: &[
        field("PPStartDate", |steps: &mut PreProceedings, cell| cell.date(&mut steps.started_on)),
        field("LBPSentDate", |steps, cell| cell.date(&mut steps.letter_sent_on)),
        field("FGDMMeetingOffer", |steps, cell| cell.code(&mut steps.family_meeting_offered)),
        field("FGDMMeetingFac", |steps, cell| cell.code(&mut steps.family_meeting_held)),
        field("InitialPPMeetingDate", |steps, cell| cell.date(&mut steps.first_meeting_on)),
        field("ReviewMeetingsCount", |steps, cell| cell.whole(&mut steps.review_meetings)),
        field("StepDecisionDate", |steps, cell| cell.date(&mut steps.decided_on)),
        field("PPOutcome", |steps, cell| cell.text(&mut steps.outcome)),
        field("CourtAppDate", |steps, cell| cell.date(&mut steps.applied_to_court_on)),
        field("LetterInitCPDate", |steps, cell| cell.date(&mut steps.letter_of_issue_on)),
    ],
};
