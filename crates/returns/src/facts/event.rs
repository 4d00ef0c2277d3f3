//! What happened on a day, for the story of a child.

use care::chronology::EntryKind;
use jiff::civil::Date;
use serde::Serialize;

use crate::codes::{
    CategoryOfAbuse, CodeSet, Coded, LegalStatus, MissingKind, Participation, Placement, ReasonEpisodeCeased, ReasonForClosure,
    ReasonNoLongerPlaced, ReferralSource, YesNo,
};

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Event {
    pub on: Date,
    #[serde(flatten)]
    pub what: Happening,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Happening {
    Contact {
        source: Option<Coded<ReferralSource>>,
    },
    Referral {
        source: Option<Coded<ReferralSource>>,
        no_further_action: Option<Coded<YesNo>>,
    },
    AssessmentStarted,
    AssessmentAuthorised,
    EarlyHelpAssessmentStarted,
    EarlyHelpAssessmentCompleted,
    Section47Started,
    InitialConference,
    ProtectionPlanStarted {
        category: Option<Coded<CategoryOfAbuse>>,
    },
    ProtectionPlanEnded,
    ProtectionReview,
    ChildInNeedPlanStarted,
    ChildInNeedPlanEnded,
    CaseClosed {
        reason: Option<Coded<ReasonForClosure>>,
    },
    PreProceedingsStarted,
    LetterBeforeProceedings,
    PreProceedingsMeeting,
    PreProceedingsDecided,
    CourtApplication,
    StartedLookedAfter {
        legal_status: Option<Coded<LegalStatus>>,
        placement: Option<Coded<Placement>>,
    },
    PlacementChanged {
        placement: Option<Coded<Placement>>,
    },
    LegalStatusChanged {
        legal_status: Option<Coded<LegalStatus>>,
    },
    CeasedLookedAfter {
        reason: Option<Coded<ReasonEpisodeCeased>>,
    },
    CareReview {
        participation: Option<Coded<Participation>>,
    },
    WentMissing {
        how: Option<Coded<MissingKind>>,
    },
    Returned,
    AdoptionDecided,
    AdoptionReversed {
        reason: Option<Coded<ReasonNoLongerPlaced>>,
    },
    PlacementOrder,
    MatchedWithAdopters,
    PlacedWithAdopters,
    PlacedToFosterForAdoption,
    Adopted,
    SocialWorkerStarted {
        worker: Option<String>,
    },
    /// Seen by a social worker; alone where that is said.
    Visit {
        seen_alone: Option<Coded<YesNo>>,
    },
    Seen,
    ReviewingOfficerVisit,
    HealthAssessment,
    DentalCheck,
    PathwayReview,
    CareLeaverContact,
    DeprivationOfLiberty,
    Died,
}

impl Event {
    /// In plain words, as a line of the story.
    pub fn title(&self) -> String {
        use Happening as H;
        match &self.what {
            H::Contact { source } => with("Contact", "from", source),
            H::Referral { source, no_further_action } => {
                let referral = with("Referral", "from", source);
                let none = no_further_action.as_ref().is_some_and(|answer| answer.is(YesNo::Yes));
                if none { format!("{referral}, no further action") } else { referral }
            }
            H::ProtectionPlanStarted { category } => with("Child protection plan began", "for", category),
            H::CaseClosed { reason } => with("Case closed", "", reason),
            H::StartedLookedAfter { legal_status, .. } => with("Started to be looked after", "", legal_status),
            H::PlacementChanged { placement } => with("Placement changed", "", placement),
            H::LegalStatusChanged { legal_status } => with("Legal status changed", "", legal_status),
            H::CeasedLookedAfter { reason } => with("Ceased to be looked after", "", reason),
            H::CareReview { participation } => with("Looked-after review", "", participation),
            H::WentMissing { how } => with("Away", "", how),
            H::AdoptionReversed { reason } => with("Decided no longer to place for adoption", "", reason),
            H::SocialWorkerStarted { worker: Some(worker) } => format!("Social worker began: {worker}"),
            H::Visit { seen_alone } if seen_alone.as_ref().is_some_and(|it| it.is(YesNo::Yes)) => "Visit, child seen alone".to_owned(),
            other => other.plain().to_owned(),
        }
    }

    /// In which part of the story it stands.
    pub fn entry_kind(&self) -> EntryKind {
        use Happening as H;
        match self.what {
            H::Contact { .. } | H::CareLeaverContact => EntryKind::Contact,
            H::Referral { .. } => EntryKind::Referral,
            H::AssessmentStarted
            | H::AssessmentAuthorised
            | H::EarlyHelpAssessmentStarted
            | H::EarlyHelpAssessmentCompleted
            | H::HealthAssessment
            | H::DentalCheck => EntryKind::Assessment,
            H::Section47Started => EntryKind::Section47,
            H::InitialConference => EntryKind::Conference,
            H::ProtectionReview | H::CareReview { .. } | H::PathwayReview => EntryKind::Review,
            H::ProtectionPlanStarted { .. } | H::ChildInNeedPlanStarted | H::PreProceedingsStarted => EntryKind::StatusStarted,
            H::StartedLookedAfter { .. } | H::LegalStatusChanged { .. } => EntryKind::StatusStarted,
            H::ProtectionPlanEnded
            | H::ChildInNeedPlanEnded
            | H::CaseClosed { .. }
            | H::CeasedLookedAfter { .. }
            | H::PreProceedingsDecided => EntryKind::StatusEnded,
            H::LetterBeforeProceedings => EntryKind::Letter,
            H::PreProceedingsMeeting => EntryKind::Conference,
            H::CourtApplication | H::PlacementOrder | H::Adopted | H::DeprivationOfLiberty => EntryKind::Court,
            H::PlacementChanged { .. } | H::PlacedWithAdopters | H::PlacedToFosterForAdoption => EntryKind::Placement,
            H::WentMissing { .. } => EntryKind::Missing,
            H::Returned => EntryKind::Returned,
            H::AdoptionDecided | H::AdoptionReversed { .. } | H::MatchedWithAdopters => EntryKind::ManagementDecision,
            H::SocialWorkerStarted { .. } => EntryKind::WorkerChange,
            H::Visit { .. } | H::Seen | H::ReviewingOfficerVisit => EntryKind::Visit,
            H::Died => EntryKind::Death,
        }
    }
}

impl Happening {
    fn plain(&self) -> &'static str {
        use Happening as H;
        match self {
            H::AssessmentStarted => "Assessment began",
            H::AssessmentAuthorised => "Assessment authorised",
            H::EarlyHelpAssessmentStarted => "Early help assessment began",
            H::EarlyHelpAssessmentCompleted => "Early help assessment completed",
            H::Section47Started => "Section 47 enquiry began",
            H::InitialConference => "Initial child protection conference",
            H::ProtectionPlanEnded => "Child protection plan ended",
            H::ProtectionReview => "Child protection review conference",
            H::ChildInNeedPlanStarted => "Child in need plan began",
            H::ChildInNeedPlanEnded => "Child in need plan ended",
            H::PreProceedingsStarted => "Pre-proceedings began",
            H::LetterBeforeProceedings => "Letter before proceedings sent",
            H::PreProceedingsMeeting => "First pre-proceedings meeting",
            H::PreProceedingsDecided => "Next step after pre-proceedings decided",
            H::CourtApplication => "Application to court",
            H::Returned => "Returned",
            H::AdoptionDecided => "Decided that the child should be placed for adoption",
            H::PlacementOrder => "Placement order made",
            H::MatchedWithAdopters => "Matched with adopters",
            H::PlacedWithAdopters => "Placed with adopters",
            H::PlacedToFosterForAdoption => "Placed to be fostered for adoption",
            H::Adopted => "Adopted",
            H::SocialWorkerStarted { .. } => "Social worker began",
            H::Visit { .. } => "Visit",
            H::Seen => "Child seen",
            H::ReviewingOfficerVisit => "Visit or contact by the reviewing officer",
            H::HealthAssessment => "Health assessment",
            H::DentalCheck => "Dental check",
            H::PathwayReview => "Pathway plan review",
            H::CareLeaverContact => "Contact with the care leaver",
            H::DeprivationOfLiberty => "Deprivation of liberty order began",
            H::Died => "Died",
            _ => "",
        }
    }
}

/// `Referral from the police`, `Case closed: Died`.
fn with<T: CodeSet>(what: &str, joined: &str, coded: &Option<Coded<T>>) -> String {
    match coded {
        None => what.to_owned(),
        Some(coded) if joined.is_empty() => format!("{what}: {}", coded.label()),
        Some(coded) => {
            let mut label = coded.label().chars();
            let first = label.next().map(|letter| letter.to_lowercase().to_string()).unwrap_or_default();
            format!("{what} {joined} {first}{}", label.as_str())
        }
    }
}
