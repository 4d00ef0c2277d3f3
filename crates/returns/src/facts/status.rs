//! What holds for a person from a day until another: in need, under enquiry, on a plan, looked after, missing.

use jiff::civil::Date;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::codes::{
    AssessmentFactor, CategoryOfAbuse, CodeSet, Coded, LegalStatus, MissingKind, Placement, PlacementProvider, PrimaryNeed,
    ReasonEpisodeCeased, ReasonForClosure, ReasonForNewEpisode, ReasonForPlaceChange, ReasonNoLongerPlaced, ReferralSource,
    SocialWorkerChange, YesNo,
};

/// One status with its days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Status {
    pub from_on: Date,
    pub ends: Ends,
    #[serde(flatten)]
    pub about: About,
}

/// When it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Ends {
    /// As far as the return says, it still holds.
    NotYet,
    /// The last day.
    On(Date),
    /// It ended, but the return does not say when: not after this day, where that much is known.
    By(Option<Date>),
}

/// What holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum About {
    /// An episode of need, from referral to closure.
    ChildInNeed {
        source: Option<Coded<ReferralSource>>,
        primary_need: Option<Coded<PrimaryNeed>>,
        reason_for_closure: Option<Coded<ReasonForClosure>>,
        case_status: Option<String>,
    },
    ChildInNeedPlan,
    EarlyHelpAssessment {
        organisation: Option<String>,
    },
    Assessment {
        internal_review_on: Option<Date>,
        factors: Vec<Coded<AssessmentFactor>>,
        child_seen: Option<Coded<YesNo>>,
        support_needed: Option<Coded<YesNo>>,
    },
    #[serde(rename = "section_47")]
    Section47 {
        conference_target_on: Option<Date>,
        conference_on: Option<Date>,
        conference_not_required: Option<Coded<YesNo>>,
        led_to_plan: Option<Coded<YesNo>>,
    },
    ProtectionPlan {
        initial_category: Option<Coded<CategoryOfAbuse>>,
        latest_category: Option<Coded<CategoryOfAbuse>>,
        previous_plans: Option<u32>,
        emergency_protection: Option<Coded<YesNo>>,
    },
    PreProceedings {
        family_meeting_offered: Option<Coded<YesNo>>,
        family_meeting_held: Option<Coded<YesNo>>,
        review_meetings: Option<u32>,
        outcome: Option<String>,
    },
    /// An episode of care, or the whole time in care where a list gives no episodes.
    LookedAfter(Box<CareEpisode>),
    /// Should be placed for adoption.
    PlacedForAdoption {
        reason_reversed: Option<Coded<ReasonNoLongerPlaced>>,
    },
    Missing {
        how: Option<Coded<MissingKind>>,
    },
    DeprivationOfLiberty,
    /// With one social worker.
    SocialWorker {
        worker: Option<String>,
        reason: Option<Coded<SocialWorkerChange>>,
    },
}

/// How and where a child is looked after.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CareEpisode {
    pub reason_for_new: Option<Coded<ReasonForNewEpisode>>,
    pub legal_status: Option<Coded<LegalStatus>>,
    pub legal_status_from_on: Option<Date>,
    pub category_of_need: Option<Coded<PrimaryNeed>>,
    pub placement: Option<Coded<Placement>>,
    pub placement_from_on: Option<Date>,
    pub provider: Option<Coded<PlacementProvider>>,
    pub urn: Option<String>,
    pub home_postcode: Option<String>,
    pub placement_postcode: Option<String>,
    pub placement_authority: Option<String>,
    pub placement_location: Option<String>,
    pub placement_distance: Option<String>,
    pub reason_ceased: Option<Coded<ReasonEpisodeCeased>>,
    pub reason_for_place_change: Option<Coded<ReasonForPlaceChange>>,
}

impl Ends {
    /// The day on which it ended, where that is given.
    pub fn on(self) -> Option<Date> {
        match self {
            Ends::On(day) => Some(day),
            Ends::NotYet | Ends::By(_) => None,
        }
    }

    pub fn still_holds(self) -> bool {
        self == Ends::NotYet
    }

    pub(crate) fn given(day: Option<Date>) -> Ends {
        day.map_or(Ends::NotYet, Ends::On)
    }
}

impl Status {
    /// The kind as it is stored: `child_in_need`, `section_47`, `protection_plan`, `looked_after` and so on.
    pub fn kind(&self) -> &'static str {
        match self.about {
            About::ChildInNeed { .. } => "child_in_need",
            About::ChildInNeedPlan => "child_in_need_plan",
            About::EarlyHelpAssessment { .. } => "early_help_assessment",
            About::Assessment { .. } => "assessment",
            About::Section47 { .. } => "section_47",
            About::ProtectionPlan { .. } => "protection_plan",
            About::PreProceedings { .. } => "pre_proceedings",
            About::LookedAfter(_) => "looked_after",
            About::PlacedForAdoption { .. } => "placed_for_adoption",
            About::Missing { .. } => "missing",
            About::DeprivationOfLiberty => "deprivation_of_liberty",
            About::SocialWorker { .. } => "social_worker",
        }
    }

    /// The code that tells most: the latest category of a protection plan, the legal status, the main need.
    pub fn code(&self) -> Option<&str> {
        match &self.about {
            About::ChildInNeed { primary_need, .. } => code(primary_need),
            About::ProtectionPlan { initial_category, latest_category, .. } => code(latest_category).or(code(initial_category)),
            About::LookedAfter(care) => code(&care.legal_status),
            About::Missing { how } => code(how),
            _ => None,
        }
    }

    /// Why it ended, as a code of the return.
    pub fn end_reason(&self) -> Option<&str> {
        match &self.about {
            About::ChildInNeed { reason_for_closure, .. } => code(reason_for_closure),
            About::LookedAfter(care) => code(&care.reason_ceased),
            About::PlacedForAdoption { reason_reversed } => code(reason_reversed),
            About::SocialWorker { reason, .. } => code(reason),
            About::PreProceedings { outcome, .. } => outcome.as_deref(),
            _ => None,
        }
    }

    /// All that is said of it besides its days, without what is not said.
    pub fn particulars(&self) -> Map<String, Value> {
        match serde_json::to_value(&self.about) {
            Ok(Value::Object(mut map)) => {
                map.retain(|name, value| name != "kind" && !value.is_null());
                map
            }
            _ => Map::new(),
        }
    }
}

fn code<T: CodeSet>(coded: &Option<Coded<T>>) -> Option<&str> {
    coded.as_ref().map(Coded::code)
}
