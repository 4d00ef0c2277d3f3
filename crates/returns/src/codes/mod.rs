//! Government's code sets, each code beside plain words of ours for people who do not live with the codes.
//!
//! A code is official and never changes its meaning; the words are ours and may. A set names the years in which a
//! code may be used where that is known; reading knows every code of every year, and whether one is right for the
//! year is a rule's business. Sources: the schemas and layouts that the Department for Education publishes for each
//! collection. Leaves out: codes of adults' returns.

mod care_leavers;
mod children;
mod family;
mod looked_after;
mod placements;
mod set;
mod workforce;

pub use care_leavers::*;
pub use children::*;
pub use family::*;
pub use looked_after::*;
pub use placements::*;
pub use workforce::*;

use serde::{Serialize, Serializer};

use crate::year::Years;

/// A closed list of codes.
pub trait CodeSet: Copy + Eq + std::fmt::Debug + 'static {
    /// What the codes say, as the end of "a code for …".
    const NAME: &'static str;
    /// Where the list comes from.
    const SOURCE: &'static str;
    /// Every code, in the official order.
    const ALL: &'static [Self];

    /// The official code.
    fn code(self) -> &'static str;
    /// Plain words.
    fn label(self) -> &'static str;
    /// The years in which it may be used.
    fn years(self) -> Years;
    /// The member with this code or another accepted spelling, which is in capitals.
    fn exact(spelling: &str) -> Option<Self>;

    /// From a cell: `c2`, ` C2 ` and, as some systems write numbers, `1.0`.
    fn from_code(text: &str) -> Option<Self> {
        let text = text.trim();
        Self::exact(text).or_else(|| {
            let upper = text.to_ascii_uppercase();
            Self::exact(upper.strip_suffix(".0").unwrap_or(&upper))
        })
    }

    /// From words with a code among them, such as `q) 6: Police` or `a) Male`.
    fn from_words(text: &str) -> Option<Self> {
        let text = text.trim();
        let words = text.split_once(") ").filter(|(letter, _)| letter.len() == 1).map_or(text, |(_, words)| words);
        Self::from_code(text)
            .or_else(|| Self::from_code(words))
            .or_else(|| words.split(|c: char| !c.is_alphanumeric()).find_map(Self::from_code))
            .or_else(|| Self::ALL.iter().copied().find(|member| member.label().eq_ignore_ascii_case(words)))
    }
}

/// A code as it was written, with its meaning where it is one of the set.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Coded<T> {
    pub text: String,
    pub meaning: Option<T>,
}

impl<T: CodeSet> Coded<T> {
    pub fn new(meaning: T) -> Coded<T> {
        Coded { text: meaning.code().to_owned(), meaning: Some(meaning) }
    }

    /// The official code, or what was written in its place.
    pub fn code(&self) -> &str {
        self.meaning.map_or(self.text.as_str(), |meaning| meaning.code())
    }

    /// Plain words, or what was written.
    pub fn label(&self) -> &str {
        self.meaning.map_or(self.text.as_str(), |meaning| meaning.label())
    }

    pub fn is(&self, meaning: T) -> bool {
        self.meaning == Some(meaning)
    }
}

impl<T: CodeSet> Serialize for Coded<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Codes are different within a set, are found again, and carry words.
    fn sound<T: CodeSet>() -> usize {
        for (place, member) in T::ALL.iter().enumerate() {
            assert_eq!(T::from_code(member.code()), Some(*member), "{} {member:?}", T::NAME);
            assert!(!member.label().is_empty() && member.label().len() < 120, "{member:?}");
            assert!(T::ALL[..place].iter().all(|other| other.label() != member.label()), "{member:?}");
        }
        assert!(!T::NAME.is_empty() && !T::SOURCE.is_empty());
        T::ALL.len()
    }

    #[test]
    fn every_set_is_sound_and_as_long_as_its_schema() {
        let sizes = [
            ("sex", sound::<Sex>(), 4),
            ("ethnicity", sound::<Ethnicity>(), 20),
            ("disability", sound::<Disability>(), 13),
            ("unknown UPN", sound::<UpnUnknown>(), 7),
            ("referral source", sound::<ReferralSource>(), 22),
            ("primary need", sound::<PrimaryNeed>(), 10),
            ("reason for closure", sound::<ReasonForClosure>(), 9),
            ("category of abuse", sound::<CategoryOfAbuse>(), 5),
            ("assessment factors", sound::<AssessmentFactor>(), 44),
            ("legal status", sound::<LegalStatus>(), 13),
            ("reason for new episode", sound::<ReasonForNewEpisode>(), 6),
            ("reason episode ceased", sound::<ReasonEpisodeCeased>(), 24),
            ("placement", sound::<Placement>(), 32),
            ("provider", sound::<PlacementProvider>(), 6),
            ("place change", sound::<ReasonForPlaceChange>(), 12),
            ("participation", sound::<Participation>(), 8),
            ("missing", sound::<MissingKind>(), 2),
            ("previous permanence", sound::<PreviousPermanence>(), 5),
            ("in touch", sound::<InTouch>(), 6),
            ("activity", sound::<Activity>(), 14),
            ("accommodation", sound::<Accommodation>(), 33),
            ("worker change", sound::<SocialWorkerChange>(), 10),
            ("role", sound::<OrganisationRole>(), 6),
            ("absence", sound::<AbsenceReason>(), 7),
            ("origin", sound::<StartOrigin>(), 10),
            ("destination", sound::<LeaverDestination>(), 9),
            ("leaving", sound::<ReasonForLeaving>(), 10),
        ];
        for (set, found, expected) in sizes {
            assert_eq!(found, expected, "{set}");
        }
        sound::<YesNo>();
        sound::<SdqReason>();
        sound::<AdoptersSex>();
        sound::<AdoptersLegalStatus>();
        sound::<ReasonNoLongerPlaced>();
        sound::<AccommodationKind>();
        sound::<Suitability>();
        sound::<Eligibility>();
        sound::<QualificationLevel>();
        sound::<CareerStage>();
        sound::<PermanencePlan>();
        sound::<NhsEthnicity>();
    }

    #[test]
    fn codes_are_found_however_they_are_written() {
        assert_eq!(LegalStatus::from_code(" c2 "), Some(LegalStatus::FullCareOrder));
        assert_eq!(YesNo::from_code("1.0"), Some(YesNo::Yes));
        assert_eq!(YesNo::from_code("true"), Some(YesNo::Yes));
        assert_eq!(Sex::from_code("1"), Some(Sex::Male));
        assert_eq!(Sex::from_code("3"), None);
        assert_eq!(CategoryOfAbuse::from_code(""), None);
    }

    #[test]
    fn codes_are_found_among_words() {
        assert_eq!(ReferralSource::from_words("q) 6: Police"), Some(ReferralSource::Police));
        assert_eq!(ReferralSource::from_words("b) 1B: Individual"), Some(ReferralSource::Acquaintance));
        assert_eq!(PrimaryNeed::from_words("N1 - Abuse or Neglect"), Some(PrimaryNeed::Abuse));
        assert_eq!(Sex::from_words("b) Female"), Some(Sex::Female));
        assert_eq!(CategoryOfAbuse::from_words("Physical abuse"), Some(CategoryOfAbuse::Physical));
        assert_eq!(Placement::from_words("f) U6: Foster placement - not FFA"), Some(Placement::FosterOther));
        assert_eq!(YesNo::from_words("a) Yes"), Some(YesNo::Yes));
        assert_eq!(PrimaryNeed::from_words("PSRMEM - Support with memory and cognition"), None);
    }

    #[test]
    fn every_ethnicity_has_its_code_in_health() {
        for ethnicity in Ethnicity::ALL {
            let health = ethnicity.nhs();
            assert!(NhsEthnicity::ALL.contains(&health));
        }
        assert_eq!(Ethnicity::Roma.nhs(), NhsEthnicity::WhiteOther);
        assert_eq!(Ethnicity::Pakistani.nhs().code(), "J");
        assert_eq!(Ethnicity::NotYetObtained.nhs().code(), "99");
    }
}
