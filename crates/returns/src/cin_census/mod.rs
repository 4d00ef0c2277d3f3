//! The children in need census: every child referred or in need during a year, their episodes of need, assessments,
//! enquiries under section 47, plans and reviews. Councils return it as one XML file each spring.
//!
//! Law: Children Act 1989, section 83; the Department for Education's guide and schema for each year. Reads the
//! schemas of 2023 to 2026, gender as it was asked before 2024, and the pre-proceedings module of 2026. Every answer
//! is optional here: what is missing or odd is for the [`rules`]. Leaves out: writing the return.

mod layout;
mod read;
pub mod rules;

pub use read::read;

use jiff::civil::Date;
use serde::Serialize;

use crate::codes::{
    AssessmentFactor, CategoryOfAbuse, Coded, Disability, Ethnicity, PrimaryNeed, ReasonForClosure, ReferralSource, Sex, UpnUnknown, YesNo,
};
use crate::header::Header;
use crate::position::{At, FileName};

/// One file of the census.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Census {
    pub file: FileName,
    pub header: Header,
    pub children: Vec<Child>,
}

/// A child with everything that the census asks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Child {
    #[serde(skip)]
    pub at: At,
    pub la_child_id: Option<String>,
    pub upn: Option<String>,
    pub former_upn: Option<String>,
    pub upn_unknown: Option<Coded<UpnUnknown>>,
    pub born_on: Option<Date>,
    pub expected_on: Option<Date>,
    pub died_on: Option<Date>,
    pub sex: Option<Coded<Sex>>,
    pub ethnicity: Option<Coded<Ethnicity>>,
    pub disabilities: Vec<Coded<Disability>>,
    #[serde(skip)]
    pub episodes: Vec<Episode>,
}

/// An episode of need, from referral to closure (the module CINdetails).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Episode {
    pub at: At,
    pub referred_on: Option<Date>,
    pub source: Option<Coded<ReferralSource>>,
    pub primary_need: Option<Coded<PrimaryNeed>>,
    pub closed_on: Option<Date>,
    pub reason_for_closure: Option<Coded<ReasonForClosure>>,
    pub conference_on: Option<Date>,
    pub no_further_action: Option<Coded<YesNo>>,
    pub assessments: Vec<Assessment>,
    pub plans: Vec<ChildInNeedPlan>,
    pub enquiries: Vec<Section47Enquiry>,
    pub protection_plans: Vec<ProtectionPlan>,
    pub pre_proceedings: Vec<PreProceedings>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Assessment {
    pub at: At,
    pub started_on: Option<Date>,
    pub internal_review_on: Option<Date>,
    pub authorised_on: Option<Date>,
    pub factors: Vec<Coded<AssessmentFactor>>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChildInNeedPlan {
    pub at: At,
    pub started_on: Option<Date>,
    pub ended_on: Option<Date>,
}

/// An enquiry under section 47. The census gives no day on which it ended: it is open until its conference, or until
/// none is found to be needed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Section47Enquiry {
    pub at: At,
    pub started_on: Option<Date>,
    pub conference_target_on: Option<Date>,
    pub conference_on: Option<Date>,
    pub conference_not_required: Option<Coded<YesNo>>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProtectionPlan {
    pub at: At,
    pub started_on: Option<Date>,
    pub ended_on: Option<Date>,
    pub initial_category: Option<Coded<CategoryOfAbuse>>,
    pub latest_category: Option<Coded<CategoryOfAbuse>>,
    pub previous_plans: Option<u32>,
    pub reviews: Vec<Review>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Review {
    pub at: At,
    pub held_on: Option<Date>,
}

/// The steps before care proceedings and the family's own meeting, asked since 2026.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PreProceedings {
    pub at: At,
    pub started_on: Option<Date>,
    pub letter_sent_on: Option<Date>,
    pub family_meeting_offered: Option<Coded<YesNo>>,
    pub family_meeting_held: Option<Coded<YesNo>>,
    pub first_meeting_on: Option<Date>,
    pub review_meetings: Option<u32>,
    pub decided_on: Option<Date>,
    pub outcome: Option<String>,
    pub applied_to_court_on: Option<Date>,
    pub letter_of_issue_on: Option<Date>,
}

impl Census {
    /// The last day of the census year.
    pub fn reference_on(&self) -> Option<Date> {
        self.header.reference_on
    }
}

impl Episode {
    pub fn led_to_nothing(&self) -> bool {
        self.no_further_action.as_ref().is_some_and(|answer| answer.is(YesNo::Yes))
    }
}

impl Section47Enquiry {
    /// Neither a conference nor the finding that none is needed.
    pub fn open(&self) -> bool {
        self.conference_on.is_none() && !self.no_conference_needed()
    }

    pub fn no_conference_needed(&self) -> bool {
        self.conference_not_required.as_ref().is_some_and(|answer| answer.is(YesNo::Yes))
    }
}
