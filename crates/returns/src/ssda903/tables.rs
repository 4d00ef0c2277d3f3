//! The tables of the looked-after return, a record for each row.

use jiff::civil::Date;
use serde::Serialize;

use crate::codes::{
    Accommodation, Activity, AdoptersLegalStatus, AdoptersSex, Coded, Ethnicity, InTouch, LegalStatus, MissingKind, Participation,
    Placement, PlacementProvider, PreviousPermanence, PrimaryNeed, ReasonEpisodeCeased, ReasonForNewEpisode, ReasonForPlaceChange,
    ReasonNoLongerPlaced, SdqReason, Sex, SocialWorkerChange, YesNo,
};
use crate::position::At;

/// Where a row stands: its place in the file and its number among the rows of data, from 0.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RowPlace {
    pub at: At,
    pub number: u32,
}

/// A table by its official name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Table {
    Header,
    Episodes,
    Reviews,
    #[serde(rename = "UASC")]
    Uasc,
    #[serde(rename = "OC2")]
    Oc2,
    #[serde(rename = "OC3")]
    Oc3,
    #[serde(rename = "AD1")]
    Ad1,
    PlacedAdoption,
    PrevPerm,
    Missing,
    #[serde(rename = "SWEpisodes")]
    SwEpisodes,
    DoLo,
    /// The XML form, all tables in one file.
    All,
}

/// What every row has: its place and whose it is.
pub(crate) trait Rowed: Default {
    fn place(&mut self) -> &mut RowPlace;
    fn child(&mut self) -> &mut Option<String>;
    fn born_on(&mut self) -> &mut Option<Date>;
}

/// Makes the record of a table and says where its place, its child and the child's birth stand.
macro_rules! row {
    ($(#[$doc:meta])* $name:ident { $($(#[$about:meta])* $field:ident: $kind:ty),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
        pub struct $name {
            #[serde(skip)]
            pub row: RowPlace,
            pub child: Option<String>,
            /// Repeated in most tables so that a row can be checked by itself.
            pub born_on: Option<Date>,
            $($(#[$about])* pub $field: $kind,)+
        }

        impl Rowed for $name {
            fn place(&mut self) -> &mut RowPlace {
                &mut self.row
            }

            fn child(&mut self) -> &mut Option<String> {
                &mut self.child
            }

            fn born_on(&mut self) -> &mut Option<Date> {
                &mut self.born_on
            }
        }
    };
}

row! {
    /// A child (table Header).
    Child {
        sex: Option<Coded<Sex>>,
        ethnicity: Option<Coded<Ethnicity>>,
        upn: Option<String>,
        asylum_seeker: Option<Coded<YesNo>>,
        mother: Option<Coded<YesNo>>,
        mothers_child_born_on: Option<Date>,
    }
}

row! {
    /// An episode of care: one legal status, one placement, one carer. Its `born_on` is not in the table.
    Episode {
        began_on: Option<Date>,
        reason_for_new: Option<Coded<ReasonForNewEpisode>>,
        legal_status: Option<Coded<LegalStatus>>,
        category_of_need: Option<Coded<PrimaryNeed>>,
        placement: Option<Coded<Placement>>,
        provider: Option<Coded<PlacementProvider>>,
        ended_on: Option<Date>,
        reason_ceased: Option<Coded<ReasonEpisodeCeased>>,
        reason_for_place_change: Option<Coded<ReasonForPlaceChange>>,
        home_postcode: Option<String>,
        placement_postcode: Option<String>,
        urn: Option<String>,
        placement_authority: Option<String>,
        placement_location: Option<String>,
        placement_distance: Option<String>,
    }
}

row! {
    /// A review of a child's care.
    Review {
        held_on: Option<Date>,
        participation: Option<Coded<Participation>>,
    }
}

row! {
    /// A child who came alone and seeks asylum (table UASC).
    AsylumSeeker {
        sex: Option<Coded<Sex>>,
        ceased_on: Option<Date>,
    }
}

row! {
    /// Health and behaviour of a child looked after for a year (table OC2).
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
    }
}

row! {
    /// A young person who left care, around a birthday from 17 to 21 (table OC3).
    CareLeaver {
        in_touch: Option<Coded<InTouch>>,
        activity: Option<Coded<Activity>>,
        accommodation: Option<Coded<Accommodation>>,
    }
}

row! {
    /// A child adopted (table AD1).
    Adoption {
        decided_on: Option<Date>,
        matched_on: Option<Date>,
        by_foster_carer: Option<Coded<YesNo>>,
        adopters: Option<u32>,
        adopters_sex: Option<Coded<AdoptersSex>>,
        adopters_status: Option<Coded<AdoptersLegalStatus>>,
    }
}

row! {
    /// A child who should be placed for adoption, until adopted or decided otherwise (table PlacedAdoption).
    PlacedForAdoption {
        decided_on: Option<Date>,
        reversed_on: Option<Date>,
        reason_reversed: Option<Coded<ReasonNoLongerPlaced>>,
    }
}

row! {
    /// What permanence a child had before this time in care (table PrevPerm).
    PreviousPermanenceRow {
        permanence: Option<Coded<PreviousPermanence>>,
        authority: Option<String>,
        /// As it is written: government accepts a day, a month or only a year, with `zz` for what is not known.
        arranged_on: Option<String>,
    }
}

row! {
    /// Missing, or away from placement without authorisation (table Missing).
    MissingEpisode {
        kind: Option<Coded<MissingKind>>,
        from_on: Option<Date>,
        until_on: Option<Date>,
    }
}

row! {
    /// The time in which one social worker held a child (table SWEpisodes).
    SocialWorkerEpisode {
        worker: Option<String>,
        from_on: Option<Date>,
        until_on: Option<Date>,
        reason: Option<Coded<SocialWorkerChange>>,
    }
}

row! {
    /// A deprivation of liberty order (table DoLo, since 2026-27).
    DeprivationOfLiberty {
        from_on: Option<Date>,
        until_on: Option<Date>,
    }
}
