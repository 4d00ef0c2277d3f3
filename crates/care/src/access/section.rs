//! Parts of a record that are shut more tightly than the rest: where an adopted child came from, where a placement
//! is, what a third party said in confidence, an allegation against staff. They are left out of every form of the
//! record (page, file, print, search, audit) for whoever is not on the part's list.

use super::{List, Restriction};
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

#[cfg(test)]
mod tests {
    use super::*;

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
