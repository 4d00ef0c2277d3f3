//! How things stood on a day, where a return says neither when they began nor when they ended.

use jiff::civil::Date;
use serde::Serialize;

use crate::annex_a::Adopter;
use crate::codes::{
    Accommodation, AccommodationKind, Activity, AdoptersLegalStatus, AdoptersSex, Coded, Eligibility, InTouch, PermanencePlan,
    PreviousPermanence, SdqReason, Suitability, YesNo,
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AsAt {
    /// The day for which it is said: the end of the return's year, where that is known.
    pub on: Option<Date>,
    #[serde(flatten)]
    pub what: Observation,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Observation {
    /// Health and behaviour over the year.
    Outcomes {
        sdq_score: Option<u32>,
        sdq_reason: Option<Coded<SdqReason>>,
        convicted: Option<Coded<YesNo>>,
        health_check: Option<Coded<YesNo>>,
        immunised: Option<Coded<YesNo>>,
        teeth_checked: Option<Coded<YesNo>>,
        health_assessed: Option<Coded<YesNo>>,
        substance_misuse: Option<Coded<YesNo>>,
        help_received: Option<Coded<YesNo>>,
        help_offered: Option<Coded<YesNo>>,
    },
    CareLeaver {
        eligibility: Option<Coded<Eligibility>>,
        in_touch: Option<Coded<InTouch>>,
        activity: Option<Coded<Activity>>,
        accommodation: Option<Coded<Accommodation>>,
        accommodation_kind: Option<Coded<AccommodationKind>>,
        suitability: Option<Coded<Suitability>>,
    },
    /// Came alone and seeks asylum; the day on which that ceases is often the 18th birthday, so still to come.
    AsylumSeeker {
        ceased_on: Option<Date>,
    },
    PreviousPermanence {
        permanence: Option<Coded<PreviousPermanence>>,
        authority: Option<String>,
        arranged_on: Option<String>,
    },
    Adoption {
        by_foster_carer: Option<Coded<YesNo>>,
        adopters: Option<u32>,
        adopters_sex: Option<Coded<AdoptersSex>>,
        adopters_status: Option<Coded<AdoptersLegalStatus>>,
    },
    CareCounts {
        permanence_plan: Option<Coded<PermanencePlan>>,
        second_period: Option<Coded<YesNo>>,
        placements_in_year: Option<u32>,
        times_missing: Option<u32>,
        times_absent: Option<u32>,
        return_interview_offered: Option<Coded<YesNo>>,
        return_interview_accepted: Option<Coded<YesNo>>,
    },
    /// Someone who would adopt, with the days of each stage.
    Adopter(Box<Adopter>),
}

impl Observation {
    /// As it is stored.
    pub fn kind(&self) -> &'static str {
        match self {
            Observation::Outcomes { .. } => "outcomes",
            Observation::CareLeaver { .. } => "care_leaver",
            Observation::AsylumSeeker { .. } => "asylum_seeker",
            Observation::PreviousPermanence { .. } => "previous_permanence",
            Observation::Adoption { .. } => "adoption",
            Observation::CareCounts { .. } => "care_counts",
            Observation::Adopter(_) => "adopter",
        }
    }
}
