//! The headings of each list and where they go. A table of data, from Ofsted's Annex A; headings are found whatever
//! stands between their letters, so that quotation marks and brackets do not matter.

use super::lists::{
    Adopter, Adoption, Assessment, CareLeaver, ChildInNeed, Contact, EarlyHelpAssessment, Enquiry, LookedAfter, ProtectionPlan, Referral,
};
use crate::layout::{Layout, field};

pub(super) const CONTACTS: Layout<Contact> = Layout {
    table: "List 1",
    fields: &[
        field("Child Unique ID", |row: &mut Contact, cell| cell.text(&mut row.about.id)).or(&[
            "Child ID",
            "Child identifier",
            "Unique child ID",
        ]),
        field("Gender", |row: &mut Contact, cell| cell.code_in_words(&mut row.about.sex)).or(&["Sex"]),
        field("Ethnicity", |row, cell| cell.code_in_words(&mut row.about.ethnicity)),
        field("Date of Birth", |row: &mut Contact, cell| cell.date(&mut row.about.born_on)).or(&["DOB"]),
        field("Age of Child (Years)", |row: &mut Contact, cell| cell.text(&mut row.about.age)).or(&["Age"]),
        field("Date of Contact", |row, cell| cell.date(&mut row.contact_on)),
        field("Contact Source", |row, cell| cell.code_in_words(&mut row.source)),
    ],
};

pub(super) const EARLY_HELP: Layout<EarlyHelpAssessment> = Layout {
    table: "List 2",
    fields: &[
        field("Child Unique ID", |row: &mut EarlyHelpAssessment, cell| cell.text(&mut row.about.id)).or(&[
            "Child ID",
            "Child identifier",
            "Unique child ID",
        ]),
        field("Gender", |row: &mut EarlyHelpAssessment, cell| cell.code_in_words(&mut row.about.sex)).or(&["Sex"]),
        field("Ethnicity", |row, cell| cell.code_in_words(&mut row.about.ethnicity)),
        field("Date of Birth", |row: &mut EarlyHelpAssessment, cell| cell.date(&mut row.about.born_on)).or(&["DOB"]),
        field("Age of Child (Years)", |row: &mut EarlyHelpAssessment, cell| cell.text(&mut row.about.age)).or(&["Age"]),
        field("Assessment start date", |row, cell| cell.date(&mut row.started_on)),
        field("Assessment completion date", |row, cell| cell.date(&mut row.completed_on)),
        field("Organisation completing assessment", |row, cell| cell.text(&mut row.organisation)),
    ],
};

pub(super) const REFERRALS: Layout<Referral> = Layout {
    table: "List 3",
    fields: &[
        field("Child Unique ID", |row: &mut Referral, cell| cell.text(&mut row.about.id)).or(&[
            "Child ID",
            "Child identifier",
            "Unique child ID",
        ]),
        field("Gender", |row: &mut Referral, cell| cell.code_in_words(&mut row.about.sex)).or(&["Sex"]),
        field("Ethnicity", |row, cell| cell.code_in_words(&mut row.about.ethnicity)),
        field("Date of Birth", |row: &mut Referral, cell| cell.date(&mut row.about.born_on)).or(&["DOB"]),
        field("Age of Child (Years)", |row: &mut Referral, cell| cell.text(&mut row.about.age)).or(&["Age"]),
        field("Date of referral", |row, cell| cell.date(&mut row.referred_on)),
        field("Referral Source", |row, cell| cell.code_in_words(&mut row.source)),
        field("Referral NFA?", |row, cell| cell.code_in_words(&mut row.no_further_action)),
        field("Number of Referrals in Last 12 Months", |row, cell| cell.whole(&mut row.referrals_in_year)),
        field("Allocated Team", |row, cell| cell.text(&mut row.held_by.team)),
        field("Allocated Worker", |row, cell| cell.text(&mut row.held_by.worker)),
    ],
};

pub(super) const ASSESSMENTS: Layout<Assessment> = Layout {
    table: "List 4",
    fields: &[
        field("Child Unique ID", |row: &mut Assessment, cell| cell.text(&mut row.about.id)).or(&[
            "Child ID",
            "Child identifier",
            "Unique child ID",
        ]),
        field("Gender", |row: &mut Assessment, cell| cell.code_in_words(&mut row.about.sex)).or(&["Sex"]),
        field("Ethnicity", |row, cell| cell.code_in_words(&mut row.about.ethnicity)),
        field("Date of Birth", |row: &mut Assessment, cell| cell.date(&mut row.about.born_on)).or(&["DOB"]),
        field("Age of Child (Years)", |row: &mut Assessment, cell| cell.text(&mut row.about.age)).or(&["Age"]),
        field("Does the Child have a Disability", |row: &mut Assessment, cell| cell.code_in_words(&mut row.about.disabled))
            .or(&["Disability"]),
        field("Continuous Assessment Start Date", |row, cell| cell.date(&mut row.started_on)),
        field("Child Seen During Continuous Assessment", |row, cell| cell.code_in_words(&mut row.child_seen)),
        field("Continuous Assessment Date of Authorisation", |row, cell| cell.date(&mut row.authorised_on)),
        field("Was the child assessed as requiring LA children's social care support?", |row, cell| {
            cell.code_in_words(&mut row.support_needed)
        }),
        field("Allocated Team", |row, cell| cell.text(&mut row.held_by.team)),
        field("Allocated Worker", |row, cell| cell.text(&mut row.held_by.worker)),
    ],
};

pub(super) const SECTION_47: Layout<Enquiry> = Layout {
    table: "List 5",
    fields: &[
        field("Child Unique ID", |row: &mut Enquiry, cell| cell.text(&mut row.about.id)).or(&[
            "Child ID",
            "Child identifier",
            "Unique child ID",
        ]),
        field("Gender", |row: &mut Enquiry, cell| cell.code_in_words(&mut row.about.sex)).or(&["Sex"]),
        field("Ethnicity", |row, cell| cell.code_in_words(&mut row.about.ethnicity)),
        field("Date of Birth", |row: &mut Enquiry, cell| cell.date(&mut row.about.born_on)).or(&["DOB"]),
        field("Age of Child (Years)", |row: &mut Enquiry, cell| cell.text(&mut row.about.age)).or(&["Age"]),
        field("Does the Child have a Disability", |row: &mut Enquiry, cell| cell.code_in_words(&mut row.about.disabled))
            .or(&["Disability"]),
        field("Strategy discussion initiating Section 47 Enquiry Start Date", |row, cell| cell.date(&mut row.started_on)),
        field("Was an Initial Child Protection Conference deemed unnecessary?", |row, cell| {
            cell.code_in_words(&mut row.conference_not_needed)
        }),
        field("Date of Initial Child Protection Conference", |row, cell| cell.date(&mut row.conference_on)),
        field("Did the Initial Child Protection Conference Result in a Child Protection Plan", |row, cell| {
            cell.code_in_words(&mut row.led_to_plan)
        }),
        field("Number of Section 47 Enquiries in the last 12 months", |row, cell| cell.whole(&mut row.enquiries_in_year)),
        field("Number of ICPCs in the last 12 months", |row, cell| cell.whole(&mut row.conferences_in_year)),
        field("Allocated Team", |row, cell| cell.text(&mut row.held_by.team)),
        field("Allocated Worker", |row, cell| cell.text(&mut row.held_by.worker)),
    ],
};

pub(super) const IN_NEED: Layout<ChildInNeed> = Layout {
    table: "List 6",
    fields: &[
        field("Child Unique ID", |row: &mut ChildInNeed, cell| cell.text(&mut row.about.id)).or(&[
            "Child ID",
            "Child identifier",
            "Unique child ID",
        ]),
        field("Gender", |row: &mut ChildInNeed, cell| cell.code_in_words(&mut row.about.sex)).or(&["Sex"]),
        field("Ethnicity", |row, cell| cell.code_in_words(&mut row.about.ethnicity)),
        field("Date of Birth", |row: &mut ChildInNeed, cell| cell.date(&mut row.about.born_on)).or(&["DOB"]),
        field("Age of Child (Years)", |row: &mut ChildInNeed, cell| cell.text(&mut row.about.age)).or(&["Age"]),
        field("Does the Child have a Disability", |row: &mut ChildInNeed, cell| cell.code_in_words(&mut row.about.disabled))
            .or(&["Disability"]),
        field("CIN Start Date", |row, cell| cell.date(&mut row.from_on)),
        field("Primary Need Code", |row, cell| cell.code_in_words(&mut row.primary_need)),
        field("Date Child Was Last Seen", |row, cell| cell.date(&mut row.last_seen_on)),
        field("CIN Closure Date", |row, cell| cell.date(&mut row.closed_on)),
        field("Reason for Closure", |row, cell| cell.code_in_words(&mut row.reason_for_closure)),
        field("Case Status", |row, cell| cell.text(&mut row.case_status)),
        field("Allocated Team", |row, cell| cell.text(&mut row.held_by.team)),
        field("Allocated Worker", |row, cell| cell.text(&mut row.held_by.worker)),
    ],
};

pub(super) const PROTECTION_PLANS: Layout<ProtectionPlan> = Layout {
    table: "List 7",
    fields: &[
        field("Child Unique ID", |row: &mut ProtectionPlan, cell| cell.text(&mut row.about.id)).or(&[
            "Child ID",
            "Child identifier",
            "Unique child ID",
        ]),
        field("Gender", |row: &mut ProtectionPlan, cell| cell.code_in_words(&mut row.about.sex)).or(&["Sex"]),
        field("Ethnicity", |row, cell| cell.code_in_words(&mut row.about.ethnicity)),
        field("Date of Birth", |row: &mut ProtectionPlan, cell| cell.date(&mut row.about.born_on)).or(&["DOB"]),
        field("Age of Child (Years)", |row: &mut ProtectionPlan, cell| cell.text(&mut row.about.age)).or(&["Age"]),
        field("Does the Child have a Disability", |row: &mut ProtectionPlan, cell| cell.code_in_words(&mut row.about.disabled))
            .or(&["Disability"]),
        field("Child Protection Plan Start Date", |row, cell| cell.date(&mut row.started_on)),
        field("Initial Category of Abuse", |row, cell| cell.code_in_words(&mut row.initial_category)),
        field("Latest Category of Abuse", |row, cell| cell.code_in_words(&mut row.latest_category)),
        field("Date of the Last Statutory Visit", |row, cell| cell.date(&mut row.last_visit_on)),
        field("Was the Child Seen Alone?", |row, cell| cell.code_in_words(&mut row.seen_alone)),
        field("Date of latest review conference", |row, cell| cell.date(&mut row.last_review_on)),
        field("Child Protection Plan End Date", |row, cell| cell.date(&mut row.ended_on)),
        field(
            "Subject to Emergency Protection Order or Protected Under Police Powers in Last Six Months (Y/N)",
            |row: &mut ProtectionPlan, cell| cell.code_in_words(&mut row.emergency_protection),
        )
        .or(&["Subject to Emergency Protection Order or Protected Under Police Powers in Last Six Months"]),
        field("Number of Previous Child Protection Plans", |row, cell| cell.whole(&mut row.previous_plans)),
        field("Allocated Team", |row, cell| cell.text(&mut row.held_by.team)),
        field("Allocated Worker", |row, cell| cell.text(&mut row.held_by.worker)),
    ],
};

pub(super) const LOOKED_AFTER: Layout<LookedAfter> = Layout {
    table: "List 8",
    fields: &[
        field("Child Unique ID", |row: &mut LookedAfter, cell| cell.text(&mut row.about.id)).or(&[
            "Child ID",
            "Child identifier",
            "Unique child ID",
        ]),
        field("Gender", |row: &mut LookedAfter, cell| cell.code_in_words(&mut row.about.sex)).or(&["Sex"]),
        field("Ethnicity", |row, cell| cell.code_in_words(&mut row.about.ethnicity)),
        field("Date of Birth", |row: &mut LookedAfter, cell| cell.date(&mut row.about.born_on)).or(&["DOB"]),
        field("Age of Child (Years)", |row: &mut LookedAfter, cell| cell.text(&mut row.about.age)).or(&["Age"]),
        field("Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N)", |row: &mut LookedAfter, cell| {
            cell.code_in_words(&mut row.about.asylum_seeker)
        })
        .or(&["Unaccompanied Asylum Seeking Child", "UASC"]),
        field("Does the Child have a Disability", |row: &mut LookedAfter, cell| cell.code_in_words(&mut row.about.disabled))
            .or(&["Disability"]),
        field("Date Started to be Looked After", |row, cell| cell.date(&mut row.from_on)),
        field("Child's Category of Need", |row, cell| cell.code_in_words(&mut row.category_of_need)),
        field("Is this a second or subsequent period of being a Looked After Child within the last 12 months (Y/N)", |row, cell| {
            cell.code_in_words(&mut row.second_period)
        }),
        field("Start date of current legal status", |row, cell| cell.date(&mut row.legal_status_from_on)),
        field("Child's Legal Status", |row, cell| cell.code_in_words(&mut row.legal_status)),
        field("Date of Latest Statutory Review", |row, cell| cell.date(&mut row.last_review_on)),
        field("Date of Last Social Work Visit", |row, cell| cell.date(&mut row.last_visit_on)),
        field("What is the permanence plan for this child?", |row, cell| cell.code_in_words(&mut row.permanence_plan)),
        field("Date of Last IRO Visit / Contact to the Child", |row, cell| cell.date(&mut row.last_reviewing_officer_visit_on)),
        field("Date of Last Health Assessment", |row, cell| cell.date(&mut row.last_health_assessment_on)),
        field("Date of Last Dental Check", |row, cell| cell.date(&mut row.last_dental_check_on)),
        field("Number of Placements in the Last 12 months", |row, cell| cell.whole(&mut row.placements_in_year)),
        field("Date Ceased to be Looked After", |row, cell| cell.date(&mut row.ceased_on)),
        field("Reason Ceased to be Looked After", |row, cell| cell.code_in_words(&mut row.reason_ceased)),
        field("Start Date of Most Recent Placement", |row, cell| cell.date(&mut row.placement_from_on)),
        field("Placement Type", |row, cell| cell.code_in_words(&mut row.placement)),
        field("Placement Provider", |row, cell| cell.code_in_words(&mut row.provider)),
        field("Placement postcode", |row, cell| cell.text(&mut row.placement_postcode)),
        field("URN of Placement", |row, cell| cell.text(&mut row.urn)),
        field("Placement Location", |row, cell| cell.text(&mut row.placement_in_area)),
        field("LA of Placement", |row, cell| cell.text(&mut row.placement_authority)),
        field("Number of Episodes the Child has been 'Missing' from their Placement in the last 12 months", |row, cell| {
            cell.whole(&mut row.times_missing)
        }),
        field("Number of Episodes the Child has been 'Absent' from their Placement in the last 12 months", |row, cell| {
            cell.whole(&mut row.times_absent)
        }),
        field("Was the child offered a Return Interview after their last missing episode (Y/N)?", |row, cell| {
            cell.code_in_words(&mut row.return_interview_offered)
        }),
        field("Did the child accept a Return Interview after their last missing episode (Y/N)?", |row, cell| {
            cell.code_in_words(&mut row.return_interview_accepted)
        }),
        field("Allocated Team", |row, cell| cell.text(&mut row.held_by.team)),
        field("Allocated Worker", |row, cell| cell.text(&mut row.held_by.worker)),
    ],
};

pub(super) const CARE_LEAVERS: Layout<CareLeaver> = Layout {
    table: "List 9",
    fields: &[
        field("Child Unique ID", |row: &mut CareLeaver, cell| cell.text(&mut row.about.id)).or(&[
            "Child ID",
            "Child identifier",
            "Unique child ID",
        ]),
        field("Gender", |row: &mut CareLeaver, cell| cell.code_in_words(&mut row.about.sex)).or(&["Sex"]),
        field("Ethnicity", |row, cell| cell.code_in_words(&mut row.about.ethnicity)),
        field("Date of Birth", |row: &mut CareLeaver, cell| cell.date(&mut row.about.born_on)).or(&["DOB"]),
        field("Age of Child (Years)", |row: &mut CareLeaver, cell| cell.text(&mut row.about.age)).or(&["Age"]),
        field("Unaccompanied Asylum Seeking Child (UASC), or formerly UASC if 18 or over (Y/N)", |row: &mut CareLeaver, cell| {
            cell.code_in_words(&mut row.about.asylum_seeker)
        })
        .or(&["Unaccompanied Asylum Seeking Child", "UASC"]),
        field("Does the Child have a Disability", |row: &mut CareLeaver, cell| cell.code_in_words(&mut row.about.disabled))
            .or(&["Disability"]),
        field("Allocated Team", |row, cell| cell.text(&mut row.held_by.team)),
        field("Allocated Worker", |row, cell| cell.text(&mut row.held_by.worker)),
        field("Allocated Personal Advisor", |row: &mut CareLeaver, cell| cell.text(&mut row.held_by.personal_adviser))
            .or(&["Allocated Personal Adviser"]),
        field("Eligibility Category", |row, cell| cell.code_in_words(&mut row.eligibility)),
        field("Latest Pathway Plan Review Date", |row, cell| cell.date(&mut row.pathway_review_on)),
        field("LA in Touch", |row, cell| cell.code_in_words(&mut row.in_touch)),
        field("Latest Date of Contact", |row, cell| cell.date(&mut row.last_contact_on)),
        field("Type of Accommodation", |row, cell| cell.code_in_words(&mut row.accommodation)),
        field("Suitability of Accommodation", |row, cell| cell.code_in_words(&mut row.suitability)),
        field("Activity Status", |row, cell| cell.code_in_words(&mut row.activity)),
    ],
};

pub(super) const ADOPTION: Layout<Adoption> = Layout {
    table: "List 10",
    fields: &[
        field("Child Unique ID", |row: &mut Adoption, cell| cell.text(&mut row.about.id)).or(&[
            "Child ID",
            "Child identifier",
            "Unique child ID",
        ]),
        field("Gender", |row: &mut Adoption, cell| cell.code_in_words(&mut row.about.sex)).or(&["Sex"]),
        field("Ethnicity", |row, cell| cell.code_in_words(&mut row.about.ethnicity)),
        field("Date of Birth", |row: &mut Adoption, cell| cell.date(&mut row.about.born_on)).or(&["DOB"]),
        field("Age of Child (Years)", |row: &mut Adoption, cell| cell.text(&mut row.about.age)).or(&["Age"]),
        field("Family identifier", |row, cell| cell.text(&mut row.about.family)),
        field("Does the Child have a Disability", |row: &mut Adoption, cell| cell.code_in_words(&mut row.about.disabled))
            .or(&["Disability"]),
        field("Date the Child Entered Care", |row, cell| cell.date(&mut row.entered_care_on)),
        field("Date of Decision that Child Should be Placed for Adoption", |row, cell| cell.date(&mut row.decided_on)),
        field("Date of Placement Order", |row, cell| cell.date(&mut row.placement_order_on)),
        field("Date of Matching Child and Prospective Adopters", |row, cell| cell.date(&mut row.matched_on)),
        field("Date Placed for Adoption", |row, cell| cell.date(&mut row.placed_on)),
        field("Date of Adoption Order", |row, cell| cell.date(&mut row.adopted_on)),
        field("Date of Decision that Child Should No Longer be Placed for Adoption", |row, cell| cell.date(&mut row.reversed_on)),
        field("Reason Why Child No Longer Placed for Adoption", |row, cell| cell.code_in_words(&mut row.reason_reversed)),
        field("Date the child was placed for fostering in FFA or concurrent planning placement", |row, cell| {
            cell.date(&mut row.fostering_for_adoption_on)
        }),
    ],
};

pub(super) const ADOPTERS: Layout<Adopter> = Layout {
    table: "List 11",
    fields: &[
        field("Individual adopter identifier", |row: &mut Adopter, cell| cell.text(&mut row.about.id)),
        field("Family identifier", |row, cell| cell.text(&mut row.about.family)),
        field("Gender", |row: &mut Adopter, cell| cell.code_in_words(&mut row.about.sex)).or(&["Sex"]),
        field("Ethnicity", |row, cell| cell.code_in_words(&mut row.about.ethnicity)),
        field("Disability", |row, cell| cell.code_in_words(&mut row.about.disabled)),
        field("Is the (prospective) adopter fostering for adoption?", |row, cell| cell.code_in_words(&mut row.fostering_for_adoption)),
        field("Date enquiry received", |row, cell| cell.date(&mut row.enquired_on)),
        field("Date Stage 1 started", |row, cell| cell.date(&mut row.stage_1_from_on)),
        field("Date Stage 1 ended", |row, cell| cell.date(&mut row.stage_1_until_on)),
        field("Date Stage 2 started", |row, cell| cell.date(&mut row.stage_2_from_on)),
        field("Date Stage 2 ended", |row, cell| cell.date(&mut row.stage_2_until_on)),
        field("Date application submitted", |row, cell| cell.date(&mut row.applied_on)),
        field("Date application approved", |row, cell| cell.date(&mut row.approved_on)),
        field("Date adopter matched with child(ren)", |row, cell| cell.date(&mut row.matched_on)),
        field("Date child/children placed with adopter(s)", |row, cell| cell.date(&mut row.placed_on)),
        field("No. of children placed", |row, cell| cell.whole(&mut row.children_placed)),
        field("Date of Adoption Order", |row, cell| cell.date(&mut row.adopted_on)),
        field("Date of leaving adoption process", |row, cell| cell.date(&mut row.left_on)),
        field("Reason for leaving adoption process", |row, cell| cell.text(&mut row.reason_left)),
    ],
};
