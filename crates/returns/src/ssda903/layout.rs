//! The columns of each table of the looked-after return and where they go. The XML form calls a few of them
//! otherwise (CHILDID, PL).

use super::tables::{
    Adoption, AsylumSeeker, CareLeaver, Child, DeprivationOfLiberty, Episode, MissingEpisode, Outcomes, PlacedForAdoption,
    PreviousPermanenceRow, Review, SocialWorkerEpisode,
};
use crate::layout::{Field, Layout, field};

pub(super) const HEADER: Layout<Child> = Layout {
    table: "Header",
    fields: &[
        child(|row: &mut Child, cell| cell.text(&mut row.child)),
        field("SEX", |row, cell| cell.code(&mut row.sex)),
        field("DOB", |row, cell| cell.date(&mut row.born_on)),
        field("ETHNIC", |row, cell| cell.code(&mut row.ethnicity)),
        field("UPN", |row, cell| cell.text(&mut row.upn)),
        field("UASC", |row: &mut Child, cell| cell.code(&mut row.asylum_seeker)).or(&["UASC_STATUS"]),
        field("MOTHER", |row, cell| cell.code(&mut row.mother)),
        field("MC_DOB", |row, cell| cell.date(&mut row.mothers_child_born_on)),
    ],
};

pub(super) const EPISODES: Layout<Episode> = Layout {
    table: "Episodes",
    fields: &[
        child(|row: &mut Episode, cell| cell.text(&mut row.child)),
        field("DECOM", |row, cell| cell.date(&mut row.began_on)),
        field("RNE", |row, cell| cell.code(&mut row.reason_for_new)),
        field("LS", |row, cell| cell.code(&mut row.legal_status)),
        field("CIN", |row, cell| cell.code(&mut row.category_of_need)),
        field("PLACE", |row: &mut Episode, cell| cell.code(&mut row.placement)).or(&["PL"]),
        field("PLACE_PROVIDER", |row, cell| cell.code(&mut row.provider)),
        field("DEC", |row, cell| cell.date(&mut row.ended_on)),
        field("REC", |row, cell| cell.code(&mut row.reason_ceased)),
        field("REASON_PLACE_CHANGE", |row, cell| cell.code(&mut row.reason_for_place_change)),
        field("HOME_POST", |row, cell| cell.text(&mut row.home_postcode)),
        field("PL_POST", |row, cell| cell.text(&mut row.placement_postcode)),
        field("URN", |row, cell| cell.text(&mut row.urn)),
        field("PL_LA", |row, cell| cell.text(&mut row.placement_authority)),
        field("PL_LOCATION", |row, cell| cell.text(&mut row.placement_location)),
        field("PL_DISTANCE", |row, cell| cell.text(&mut row.placement_distance)),
    ],
};

pub(super) const REVIEWS: Layout<Review> = Layout {
    table: "Reviews",
    fields: &[
        child(|row: &mut Review, cell| cell.text(&mut row.child)),
        field("DOB", |row, cell| cell.date(&mut row.born_on)),
        field("REVIEW", |row, cell| cell.date(&mut row.held_on)),
        field("REVIEW_CODE", |row, cell| cell.code(&mut row.participation)),
    ],
};

pub(super) const UASC: Layout<AsylumSeeker> = Layout {
    table: "UASC",
    fields: &[
        child(|row: &mut AsylumSeeker, cell| cell.text(&mut row.child)),
        field("SEX", |row, cell| cell.code(&mut row.sex)),
        field("DOB", |row, cell| cell.date(&mut row.born_on)),
        field("DUC", |row, cell| cell.date(&mut row.ceased_on)),
    ],
};

pub(super) const OC2: Layout<Outcomes> = Layout {
    table: "OC2",
    fields: &[
        child(|row: &mut Outcomes, cell| cell.text(&mut row.child)),
        field("DOB", |row, cell| cell.date(&mut row.born_on)),
        field("SDQ_SCORE", |row, cell| cell.whole(&mut row.sdq_score)),
        field("SDQ_REASON", |row, cell| cell.code(&mut row.sdq_reason)),
        field("CONVICTED", |row, cell| cell.code(&mut row.convicted)),
        field("HEALTH_CHECK", |row, cell| cell.code(&mut row.health_check)),
        field("IMMUNISATIONS", |row, cell| cell.code(&mut row.immunised)),
        field("TEETH_CHECK", |row, cell| cell.code(&mut row.teeth_checked)),
        field("HEALTH_ASSESSMENT", |row, cell| cell.code(&mut row.health_assessed)),
        field("SUBSTANCE_MISUSE", |row, cell| cell.code(&mut row.substance_misuse)),
        field("INTERVENTION_RECEIVED", |row, cell| cell.code(&mut row.help_received)),
        field("INTERVENTION_OFFERED", |row, cell| cell.code(&mut row.help_offered)),
    ],
};

pub(super) const OC3: Layout<CareLeaver> = Layout {
    table: "OC3",
    fields: &[
        child(|row: &mut CareLeaver, cell| cell.text(&mut row.child)),
        field("DOB", |row, cell| cell.date(&mut row.born_on)),
        field("IN_TOUCH", |row, cell| cell.code(&mut row.in_touch)),
        field("ACTIV", |row, cell| cell.code(&mut row.activity)),
        field("ACCOM", |row, cell| cell.code(&mut row.accommodation)),
    ],
};

pub(super) const AD1: Layout<Adoption> = Layout {
    table: "AD1",
    fields: &[
        child(|row: &mut Adoption, cell| cell.text(&mut row.child)),
        field("DOB", |row, cell| cell.date(&mut row.born_on)),
        field("DATE_INT", |row, cell| cell.date(&mut row.decided_on)),
        field("DATE_MATCH", |row, cell| cell.date(&mut row.matched_on)),
        field("FOSTER_CARE", |row, cell| cell.code(&mut row.by_foster_carer)),
        field("NB_ADOPTR", |row: &mut Adoption, cell| cell.whole(&mut row.adopters)).or(&["NB_ADOPTER"]),
        field("SEX_ADOPTR", |row, cell| cell.code(&mut row.adopters_sex)),
        field("LS_ADOPTR", |row, cell| cell.code(&mut row.adopters_status)),
    ],
};

pub(super) const PLACED_ADOPTION: Layout<PlacedForAdoption> = Layout {
    table: "PlacedAdoption",
    fields: &[
        child(|row: &mut PlacedForAdoption, cell| cell.text(&mut row.child)),
        field("DOB", |row, cell| cell.date(&mut row.born_on)),
        field("DATE_PLACED", |row, cell| cell.date(&mut row.decided_on)),
        field("DATE_PLACED_CEASED", |row, cell| cell.date(&mut row.reversed_on)),
        field("REASON_PLACED_CEASED", |row, cell| cell.code(&mut row.reason_reversed)),
    ],
};

pub(super) const PREV_PERM: Layout<PreviousPermanenceRow> = Layout {
    table: "PrevPerm",
    fields: &[
        child(|row: &mut PreviousPermanenceRow, cell| cell.text(&mut row.child)),
        field("DOB", |row, cell| cell.date(&mut row.born_on)),
        field("PREV_PERM", |row, cell| cell.code(&mut row.permanence)),
        field("LA_PERM", |row, cell| cell.text(&mut row.authority)),
        field("DATE_PERM", |row, cell| cell.text(&mut row.arranged_on)),
    ],
};

pub(super) const MISSING: Layout<MissingEpisode> = Layout {
    table: "Missing",
    fields: &[
        child(|row: &mut MissingEpisode, cell| cell.text(&mut row.child)),
        field("DOB", |row, cell| cell.date(&mut row.born_on)),
        field("MISSING", |row, cell| cell.code(&mut row.kind)),
        field("MIS_START", |row, cell| cell.date(&mut row.from_on)),
        field("MIS_END", |row, cell| cell.date(&mut row.until_on)),
    ],
};

pub(super) const SW_EPISODES: Layout<SocialWorkerEpisode> = Layout {
    table: "SWEpisodes",
    fields: &[
        child(|row: &mut SocialWorkerEpisode, cell| cell.text(&mut row.child)),
        field("DOB", |row, cell| cell.date(&mut row.born_on)),
        field("SW_ID", |row, cell| cell.text(&mut row.worker)),
        field("SW_DECOM", |row, cell| cell.date(&mut row.from_on)),
        field("SW_DEC", |row, cell| cell.date(&mut row.until_on)),
        field("SW_REASON", |row, cell| cell.code(&mut row.reason)),
    ],
};

pub(super) const DOLO: Layout<DeprivationOfLiberty> = Layout {
    table: "DoLo",
    fields: &[
        child(|row: &mut DeprivationOfLiberty, cell| cell.text(&mut row.child)),
        field("DOB", |row, cell| cell.date(&mut row.born_on)),
        field("DOLO_START", |row, cell| cell.date(&mut row.from_on)),
        field("DOLO_END", |row, cell| cell.date(&mut row.until_on)),
    ],
};

const fn child<R>(read: fn(&mut R, &mut crate::cell::Cell<'_>)) -> Field<R> {
    field("CHILD", read).or(&["CHILDID"])
}
