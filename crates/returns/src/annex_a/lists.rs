//! The eleven lists, a record for each row. The answers that every list repeats about a child stand together in
//! [`About`], who works with the child in [`HeldBy`].

use jiff::civil::Date;
use serde::Serialize;

use crate::codes::{
    AccommodationKind, Activity, CategoryOfAbuse, Coded, Eligibility, Ethnicity, InTouch, LegalStatus, PermanencePlan, Placement,
    PlacementProvider, PrimaryNeed, ReasonEpisodeCeased, ReasonForClosure, ReasonNoLongerPlaced, ReferralSource, Sex, Suitability, YesNo,
};
use crate::position::At;

/// One of the eleven lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum List {
    Contacts,
    EarlyHelp,
    Referrals,
    Assessments,
    Section47,
    InNeed,
    ProtectionPlans,
    LookedAfter,
    CareLeavers,
    Adoption,
    Adopters,
}

/// What every list says of the person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct About {
    /// The child, or the adopter in list 11.
    pub id: Option<String>,
    pub family: Option<String>,
    pub sex: Option<Coded<Sex>>,
    pub ethnicity: Option<Coded<Ethnicity>>,
    pub born_on: Option<Date>,
    /// Years, often with a fraction, as they were reckoned in the workbook.
    #[serde(skip)]
    pub age: Option<String>,
    pub disabled: Option<Coded<YesNo>>,
    pub asylum_seeker: Option<Coded<YesNo>>,
}

/// Who works with the child, by name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct HeldBy {
    pub team: Option<String>,
    pub worker: Option<String>,
    pub personal_adviser: Option<String>,
}

/// What the reader needs of every list's record.
pub(crate) trait Listed: Default {
    fn place(&mut self) -> &mut At;
    fn about(&mut self) -> &mut About;
}

macro_rules! listed {
    ($(#[$doc:meta])* $name:ident { $($field:ident: $kind:ty),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
        pub struct $name {
            #[serde(skip)]
            pub at: At,
            pub about: About,
            $(pub $field: $kind,)+
        }

        impl Listed for $name {
            fn place(&mut self) -> &mut At {
                &mut self.at
            }

            fn about(&mut self) -> &mut About {
                &mut self.about
            }
        }
    };
}

listed! {
    /// List 1: a contact.
    Contact { contact_on: Option<Date>, source: Option<Coded<ReferralSource>> }
}

listed! {
    /// List 2: an early help assessment.
    EarlyHelpAssessment { started_on: Option<Date>, completed_on: Option<Date>, organisation: Option<String> }
}

listed! {
    /// List 3: a referral.
    Referral {
        referred_on: Option<Date>,
        source: Option<Coded<ReferralSource>>,
        no_further_action: Option<Coded<YesNo>>,
        referrals_in_year: Option<u32>,
        held_by: HeldBy,
    }
}

listed! {
    /// List 4: an assessment.
    Assessment {
        started_on: Option<Date>,
        child_seen: Option<Coded<YesNo>>,
        authorised_on: Option<Date>,
        support_needed: Option<Coded<YesNo>>,
        held_by: HeldBy,
    }
}

listed! {
    /// List 5: an enquiry under section 47 and its conference.
    Enquiry {
        started_on: Option<Date>,
        conference_not_needed: Option<Coded<YesNo>>,
        conference_on: Option<Date>,
        led_to_plan: Option<Coded<YesNo>>,
        enquiries_in_year: Option<u32>,
        conferences_in_year: Option<u32>,
        held_by: HeldBy,
    }
}

listed! {
    /// List 6: a child in need.
    ChildInNeed {
        from_on: Option<Date>,
        primary_need: Option<Coded<PrimaryNeed>>,
        last_seen_on: Option<Date>,
        closed_on: Option<Date>,
        reason_for_closure: Option<Coded<ReasonForClosure>>,
        case_status: Option<String>,
        held_by: HeldBy,
    }
}

listed! {
    /// List 7: a child protection plan.
    ProtectionPlan {
        started_on: Option<Date>,
        initial_category: Option<Coded<CategoryOfAbuse>>,
        latest_category: Option<Coded<CategoryOfAbuse>>,
        last_visit_on: Option<Date>,
        seen_alone: Option<Coded<YesNo>>,
        last_review_on: Option<Date>,
        ended_on: Option<Date>,
        emergency_protection: Option<Coded<YesNo>>,
        previous_plans: Option<u32>,
        held_by: HeldBy,
    }
}

listed! {
    /// List 8: a looked-after child.
    LookedAfter {
        from_on: Option<Date>,
        category_of_need: Option<Coded<PrimaryNeed>>,
        second_period: Option<Coded<YesNo>>,
        legal_status_from_on: Option<Date>,
        legal_status: Option<Coded<LegalStatus>>,
        last_review_on: Option<Date>,
        last_visit_on: Option<Date>,
        permanence_plan: Option<Coded<PermanencePlan>>,
        last_reviewing_officer_visit_on: Option<Date>,
        last_health_assessment_on: Option<Date>,
        last_dental_check_on: Option<Date>,
        placements_in_year: Option<u32>,
        ceased_on: Option<Date>,
        reason_ceased: Option<Coded<ReasonEpisodeCeased>>,
        placement_from_on: Option<Date>,
        placement: Option<Coded<Placement>>,
        provider: Option<Coded<PlacementProvider>>,
        placement_postcode: Option<String>,
        urn: Option<String>,
        placement_in_area: Option<String>,
        placement_authority: Option<String>,
        times_missing: Option<u32>,
        times_absent: Option<u32>,
        return_interview_offered: Option<Coded<YesNo>>,
        return_interview_accepted: Option<Coded<YesNo>>,
        held_by: HeldBy,
    }
}

listed! {
    /// List 9: a care leaver.
    CareLeaver {
        eligibility: Option<Coded<Eligibility>>,
        pathway_review_on: Option<Date>,
        in_touch: Option<Coded<InTouch>>,
        last_contact_on: Option<Date>,
        accommodation: Option<Coded<AccommodationKind>>,
        suitability: Option<Coded<Suitability>>,
        activity: Option<Coded<Activity>>,
        held_by: HeldBy,
    }
}

listed! {
    /// List 10: a child to be adopted.
    Adoption {
        entered_care_on: Option<Date>,
        decided_on: Option<Date>,
        placement_order_on: Option<Date>,
        matched_on: Option<Date>,
        placed_on: Option<Date>,
        adopted_on: Option<Date>,
        reversed_on: Option<Date>,
        reason_reversed: Option<Coded<ReasonNoLongerPlaced>>,
        fostering_for_adoption_on: Option<Date>,
    }
}

listed! {
    /// List 11: someone who would adopt.
    Adopter {
        fostering_for_adoption: Option<Coded<YesNo>>,
        enquired_on: Option<Date>,
        stage_1_from_on: Option<Date>,
        stage_1_until_on: Option<Date>,
        stage_2_from_on: Option<Date>,
        stage_2_until_on: Option<Date>,
        applied_on: Option<Date>,
        approved_on: Option<Date>,
        matched_on: Option<Date>,
        placed_on: Option<Date>,
        children_placed: Option<u32>,
        adopted_on: Option<Date>,
        left_on: Option<Date>,
        reason_left: Option<String>,
    }
}
