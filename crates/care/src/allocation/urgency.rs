//! Which children are never without a named worker, and the order in which those who wait are read.

use crate::{case_kind::CaseKind, coded};
use std::cmp::Ordering;

coded! {
    /// The lines of the board that must read 0, in order.
    pub enum ZeroKind {
        ProtectionPlan = "protection_plan", "On a protection plan";
        LookedAfter = "looked_after", "Looked after";
        PrivatelyFostered = "privately_fostered", "Privately fostered";
        Section47 = "section_47", "Open section 47 enquiry";
        Proceedings = "proceedings", "Care proceedings";
    }
}

impl ZeroKind {
    /// The line on which a kind of case stands; `None` where a wait is bad but allowed.
    pub const fn of(kind: CaseKind) -> Option<ZeroKind> {
        match kind {
            CaseKind::ProtectionPlan => Some(ZeroKind::ProtectionPlan),
            CaseKind::LookedAfter => Some(ZeroKind::LookedAfter),
            CaseKind::PrivatelyFostered => Some(ZeroKind::PrivatelyFostered),
            CaseKind::Section47 => Some(ZeroKind::Section47),
            CaseKind::Proceedings => Some(ZeroKind::Proceedings),
            _ => None,
        }
    }

    /// The most urgent line among several kinds of work on one child.
    pub fn of_any(kinds: &[CaseKind]) -> Option<ZeroKind> {
        kinds.iter().filter_map(|kind| ZeroKind::of(*kind)).min()
    }

    /// Where an absence leaves the child uncovered from its first day.
    pub const fn uncovered_from_first_day(self) -> bool {
        matches!(self, ZeroKind::ProtectionPlan | ZeroKind::LookedAfter | ZeroKind::Section47)
    }
}

/// The order of the unallocated list: the lines of the zero board first, then who has waited longest.
pub fn most_urgent_first(a: (Option<ZeroKind>, i32), b: (Option<ZeroKind>, i32)) -> Ordering {
    let rank = |kind: Option<ZeroKind>| kind.map_or(u8::MAX, |kind| kind as u8);
    rank(a.0).cmp(&rank(b.0)).then(b.1.cmp(&a.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_most_urgent_first() {
        let mut list = vec![
            (None, 40),
            (Some(ZeroKind::Proceedings), 90),
            (Some(ZeroKind::ProtectionPlan), 1),
            (None, 41),
            (Some(ZeroKind::Section47), 2),
            (Some(ZeroKind::ProtectionPlan), 3),
        ];
        list.sort_by(|a, b| most_urgent_first(*a, *b));
        assert_eq!(
            list,
            [
                (Some(ZeroKind::ProtectionPlan), 3),
                (Some(ZeroKind::ProtectionPlan), 1),
                (Some(ZeroKind::Section47), 2),
                (Some(ZeroKind::Proceedings), 90),
                (None, 41),
                (None, 40),
            ]
        );
    }

    #[test]
    fn finds_the_line() {
        crate::assert_coded!(ZeroKind);
        assert_eq!(ZeroKind::of_any(&[CaseKind::Proceedings, CaseKind::LookedAfter]), Some(ZeroKind::LookedAfter));
        assert_eq!(ZeroKind::of_any(&[CaseKind::ChildInNeed, CaseKind::CareLeaver]), None);
        assert_eq!(CaseKind::ALL.iter().filter_map(|kind| ZeroKind::of(*kind)).count(), ZeroKind::ALL.len());
    }
}
