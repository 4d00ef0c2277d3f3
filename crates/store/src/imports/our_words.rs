//! What a return says by government's codes, in the words in which the record keeps it. A code that is not known stays
//! "unknown" there; what stood in the file is kept with the facts.

use care::{
    person,
    statuses::{LeavingCare, LegalStatus, PlacementKind, PlanCategory},
};
use returns::{
    codes::{self, CategoryOfAbuse, Coded, Disability, Eligibility, Ethnicity, Placement, Sex, YesNo},
    facts::{About, CareEpisode},
};
use serde_json::Value;

/// As `person.sex` has it.
pub(super) fn sex(said: Option<Sex>) -> &'static str {
    match said {
        Some(Sex::Male) => person::Sex::Male.code(),
        Some(Sex::Female) => person::Sex::Female.code(),
        Some(Sex::Indeterminate) => person::Sex::Indeterminate.code(),
        Some(Sex::Unknown) | None => UNKNOWN,
    }
}

/// As `person.ethnicity` has it.
pub(super) fn ethnicity(said: Option<Ethnicity>) -> &'static str {
    match said {
        Some(Ethnicity::Refused) => "refused",
        Some(Ethnicity::NotYetObtained) => "not_asked",
        Some(known) => codes::CodeSet::code(known),
        None => UNKNOWN,
    }
}

/// Whether there is any disability, and which, by their codes.
pub(super) fn disabilities(said: &[Option<Disability>]) -> (&'static str, String) {
    let real: Vec<&str> = said.iter().flatten().filter(|one| **one != Disability::None).map(|one| codes::CodeSet::code(*one)).collect();
    match (real.is_empty(), said.contains(&Some(Disability::None))) {
        (false, _) => ("yes", real.join(",")),
        (true, true) => ("no", String::new()),
        (true, false) => (UNKNOWN, String::new()),
    }
}

pub(super) fn yes_no(said: Option<YesNo>) -> &'static str {
    match said {
        Some(YesNo::Yes) => "yes",
        Some(YesNo::No) => "no",
        None => UNKNOWN,
    }
}

pub(super) const UNKNOWN: &str = "unknown";

/// The code of a status's detail, and the facts that go with it: what the return says, with the placement in our words.
pub(super) fn detail(status: &returns::facts::Status) -> (String, Value) {
    let mut facts = status.particulars();
    let code = match &status.about {
        About::ProtectionPlan { initial_category, latest_category, .. } => {
            latest_category.as_ref().or(initial_category.as_ref()).map(plan_category).unwrap_or_default().to_owned()
        }
        About::LookedAfter(care) => {
            if let Some(code) = facts.remove("placement") {
                facts.insert("placement_code".into(), code);
            }
            if let Some(kind) = placement(care) {
                facts.insert("placement".into(), Value::from(kind.code()));
            }
            care.legal_status.as_ref().map(legal_status).unwrap_or_default().to_owned()
        }
        _ => status.code().unwrap_or_default().to_owned(),
    };
    (code, Value::Object(facts))
}

fn plan_category(said: &Coded<CategoryOfAbuse>) -> &'static str {
    match said.meaning {
        Some(CategoryOfAbuse::Neglect) => PlanCategory::Neglect.code(),
        Some(CategoryOfAbuse::Physical) => PlanCategory::Physical.code(),
        Some(CategoryOfAbuse::Sexual) => PlanCategory::Sexual.code(),
        Some(CategoryOfAbuse::Emotional) => PlanCategory::Emotional.code(),
        Some(CategoryOfAbuse::Multiple) => PlanCategory::Multiple.code(),
        None => UNKNOWN,
    }
}

fn legal_status(said: &Coded<codes::LegalStatus>) -> &'static str {
    use codes::LegalStatus as L;
    let ours = match said.meaning {
        Some(L::InterimCareOrder) => LegalStatus::InterimCareOrder,
        Some(L::FullCareOrder) => LegalStatus::FullCareOrder,
        Some(L::FreeingOrder) => LegalStatus::FreedForAdoption,
        Some(L::PlacementOrder) => LegalStatus::PlacementOrder,
        Some(L::Accommodated) => LegalStatus::Accommodated,
        Some(L::ShortBreaksEach | L::ShortBreaksAgreed) => LegalStatus::ShortBreaks,
        Some(L::PoliceProtection) => LegalStatus::PoliceProtection,
        Some(L::EmergencyProtection) => LegalStatus::EmergencyProtection,
        Some(L::ChildAssessment) => LegalStatus::ChildAssessment,
        Some(L::Remanded) => LegalStatus::Remanded,
        Some(L::DetainedPace) => LegalStatus::Detained,
        Some(L::YouthRehabilitation) => LegalStatus::Sentenced,
        None => return UNKNOWN,
    };
    ours.code()
}

fn placement(care: &CareEpisode) -> Option<PlacementKind> {
    use Placement as P;
    Some(match care.placement.as_ref()?.meaning? {
        P::AdoptionConsentCarer | P::AdoptionConsentOther | P::AdoptionOrderCarer | P::AdoptionOrderOther => {
            PlacementKind::PlacedForAdoption
        }
        P::SemiIndependent | P::Supported => PlacementKind::Supported,
        P::SecureHome => PlacementKind::SecureHome,
        P::ChildrensHome => PlacementKind::ChildrensHome,
        P::Parents => PlacementKind::WithParents,
        P::Independent => PlacementKind::Independent,
        P::CareHome | P::Hospital => PlacementKind::Health,
        P::FamilyCentre => PlacementKind::MotherAndBaby,
        P::Custody => PlacementKind::Custody,
        P::School => PlacementKind::ResidentialSchool,
        P::FamilyLongTerm | P::FamilyToAdopt | P::FamilyOther => PlacementKind::FosterRelative,
        P::FosterLongTerm | P::FosterToAdopt | P::FosterOther => PlacementKind::Foster,
        _ => PlacementKind::Other,
    })
}

/// What a young person who left care is owed; none where the list says "other" or nothing.
pub(super) fn entitlement(said: Option<&Coded<Eligibility>>) -> Option<LeavingCare> {
    match said?.meaning? {
        Eligibility::Relevant => Some(LeavingCare::Relevant),
        Eligibility::FormerRelevant => Some(LeavingCare::FormerRelevant),
        Eligibility::Qualifying => Some(LeavingCare::Qualifying),
        Eligibility::Eligible => Some(LeavingCare::Eligible),
        Eligibility::Other => None,
    }
}

/// Why a status ended, in plain words.
pub(super) fn end_reason(status: &returns::facts::Status) -> Option<String> {
    fn label<T: codes::CodeSet>(coded: &Option<Coded<T>>) -> Option<String> {
        coded.as_ref().map(|coded| coded.label().to_owned())
    }
    match &status.about {
        About::ChildInNeed { reason_for_closure, .. } => label(reason_for_closure),
        About::LookedAfter(care) => label(&care.reason_ceased),
        About::PlacedForAdoption { reason_reversed } => label(reason_reversed),
        About::PreProceedings { outcome, .. } => outcome.clone(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_is_not_no() {
        assert_eq!((sex(None), sex(Some(Sex::Unknown)), sex(Some(Sex::Female))), ("unknown", "unknown", "female"));
        let ethnicities = [Some(Ethnicity::Refused), Some(Ethnicity::NotYetObtained), Some(Ethnicity::Roma), None];
        assert_eq!(ethnicities.map(ethnicity), ["refused", "not_asked", "WROM", "unknown"]);
        let cases: [(&[Option<Disability>], (&str, &str)); 4] = [
            (&[Some(Disability::None)], ("no", "")),
            (&[Some(Disability::Learning), Some(Disability::Vision)], ("yes", "LD,VIS")),
            (&[None], ("unknown", "")),
            (&[], ("unknown", "")),
        ];
        for (said, (answer, words)) in cases {
            assert_eq!(disabilities(said), (answer, words.to_owned()));
        }
    }
}
