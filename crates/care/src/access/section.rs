//! Parts of a record that are shut more tightly than the rest: where an adopted child came from, where a placement
//! is, what a third party said in confidence, an allegation against staff. They are left out of every form of the
//! record (page, file, print, search, audit) for whoever is not on the part's list.

use super::{List, Relationship, Restriction};
use crate::coded;

coded! {
    pub enum Section {
        Address = "address", "Address and telephone";
        Placement = "placement", "Where the child is placed and with whom";
        Adoption = "adoption", "Adoption";
        ThirdParty = "third_party", "What a third party told in confidence";
        StaffAllegation = "staff_allegation", "Allegation against staff or a carer";
    }
}

/// How a shut part appears to one worker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SectionView {
    Shown,
    /// The heading stays, with "withheld" and whom to ask.
    Withheld,
    /// No trace.
    Absent,
}

impl Section {
    /// What a worker who may read the record sees of this part.
    pub const fn view(self, restriction: Restriction) -> SectionView {
        match restriction {
            Restriction::None | Restriction::Restricted(List::On) | Restriction::Hidden(List::On) => SectionView::Shown,
            Restriction::Restricted(List::NotOn) => SectionView::Withheld,
            Restriction::Hidden(List::NotOn) => SectionView::Absent,
        }
    }
}

/// Whether a worker who may read the record also learns where somebody lives when that is confidential: a placement,
/// an adopter's house, a refuge. Those who go there, answer for those who go, or must act at night do; the rest of the
/// team, the front door and those with a grant for another purpose see that there is such an address and whom to ask.
pub fn confidential_address(restriction: Restriction, ties: &[Relationship]) -> SectionView {
    use Relationship::*;
    if matches!(restriction, Restriction::Restricted(List::On) | Restriction::Hidden(List::On)) {
        return SectionView::Shown;
    }
    let goes_there = |tie: &Relationship| {
        matches!(
            tie,
            Allocated
                | CoWorker
                | Cover
                | LineOfSupervision
                | DutyToday
                | EmergencyDuty
                | ReviewingOfficer
                | BreakGlass { .. }
                | Added { .. }
        )
    };
    if ties.iter().any(goes_there) { SectionView::Shown } else { SectionView::Withheld }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_confidential_address_is_for_those_who_go_there() {
        use Relationship::*;
        let day = jiff::civil::date(2026, 5, 14);
        for (ties, view) in [
            (vec![Allocated], SectionView::Shown),
            (vec![OwnTeam, CoWorker], SectionView::Shown),
            (vec![LineOfSupervision], SectionView::Shown),
            (vec![EmergencyDuty], SectionView::Shown),
            (vec![OwnTeam], SectionView::Withheld),
            (vec![FrontDoorOpen, OwnTeam], SectionView::Withheld),
            (vec![ConferenceChair], SectionView::Withheld),
            (vec![Granted { purpose: crate::access::Purpose::ALL[0], last_day: day }], SectionView::Withheld),
            (vec![], SectionView::Withheld),
        ] {
            assert_eq!(confidential_address(Restriction::None, &ties), view, "{ties:?}");
        }
        assert_eq!(confidential_address(Restriction::Hidden(List::On), &[OwnTeam]), SectionView::Shown);
    }

    #[test]
    fn shows_a_part_to_its_list_only() {
        for (restriction, view) in [
            (Restriction::None, SectionView::Shown),
            (Restriction::Restricted(List::On), SectionView::Shown),
            (Restriction::Restricted(List::NotOn), SectionView::Withheld),
            (Restriction::Hidden(List::On), SectionView::Shown),
            (Restriction::Hidden(List::NotOn), SectionView::Absent),
        ] {
            assert_eq!(Section::Placement.view(restriction), view);
        }
    }
}
