//! The cast: families with names and stories of their own, who serve the demonstration, the documents and the tests.

use super::{
    Borough, Dice,
    family::{Family, Open, Person, Relation, cases, home},
};
use crate::{calendar::add_days, case_kind::CaseKind};

/// One member: given name, family name, years old (0 and below: expected in so many weeks), sex.
#[derive(Debug, Clone, Copy)]
pub struct CastMember(pub &'static str, pub &'static str, pub i32, pub &'static str);

/// One family: children with a case first, then everybody else; ties as (one, kind, other).
#[derive(Debug, Clone, Copy)]
pub struct CastFamily {
    pub story: &'static str,
    pub kind: CaseKind,
    pub children: usize,
    pub members: &'static [CastMember],
    pub ties: &'static [(usize, &'static str, usize)],
    /// Hidden or restricted, for one member.
    pub restriction: Option<(usize, &'static str)>,
}

#[rustfmt::skip]
pub const CAST: &[CastFamily] = &[
    CastFamily { story: "Three children on plans; the grandmother steps in.", kind: CaseKind::ProtectionPlan, children: 3, restriction: None,
        members: &[CastMember("Ellie", "Marsh", 10, "female"), CastMember("Kai", "Marsh", 7, "male"), CastMember("Poppy", "Marsh", 2, "female"), CastMember("Dawn", "Marsh", 34, "female"),
            CastMember("Lee", "Tolland", 37, "male"), CastMember("Brenda", "Marsh", 61, "female")],
        ties: &[(3, "mother", 0), (3, "mother", 1), (3, "mother", 2), (4, "father", 1), (4, "father", 2), (3, "former_partner", 4), (5, "mother", 3), (4, "step_parent", 0)] },
    CastFamily { story: "Twins, hard to tell apart on paper.", kind: CaseKind::ChildInNeed, children: 2, restriction: None,
        members: &[CastMember("Amira", "Haddad", 6, "female"), CastMember("Amina", "Haddad", 6, "female"), CastMember("Rana", "Haddad", 31, "female")],
        ties: &[(2, "mother", 0), (2, "mother", 1)] },
    CastFamily { story: "A baby expected; parents who lost a child to care before.", kind: CaseKind::PreBirth, children: 1, restriction: None,
        members: &[CastMember("Baby", "Vickers", -9, "unknown"), CastMember("Shannon", "Vickers", 22, "female"), CastMember("Jordan", "Pike", 24, "male")],
        ties: &[(1, "mother", 0), (2, "father", 0), (1, "partner", 2)] },
    CastFamily { story: "A name that fills every page, written from right to left as well.", kind: CaseKind::ChildInNeed, children: 2, restriction: None,
        members: &[CastMember("Maximiliana Theodora Wilhelmina Konstantina", "Featherstonehaugh-Cholmondeley-Wolfeschlegelstein-Abernathy", 9, "female"), CastMember("مريم", "الحسيني", 12, "female"), CastMember("Layla", "Al-Husseini", 38, "female")],
        ties: &[(2, "mother", 0), (2, "mother", 1)] },
    CastFamily { story: "Looked after since three; settled with carers; visits as agreed.", kind: CaseKind::LookedAfter, children: 1, restriction: None,
        members: &[CastMember("Theo", "Brindle", 11, "male"), CastMember("Carol", "Winder", 56, "female"), CastMember("Nadine", "Brindle", 33, "female")],
        ties: &[(2, "mother", 0), (1, "foster_carer", 0)] },
    CastFamily { story: "A member of staff's own relatives: restricted.", kind: CaseKind::ChildInNeed, children: 1, restriction: Some((0, "restricted")),
        members: &[CastMember("Rowan", "Ashworth", 14, "male"), CastMember("Gail", "Ashworth", 41, "female")], ties: &[(1, "mother", 0)] },
    CastFamily { story: "A family that must not be found: hidden.", kind: CaseKind::ChildInNeed, children: 1, restriction: Some((0, "hidden")),
        members: &[CastMember("Iris", "Nightshade", 8, "female"), CastMember("Vera", "Nightshade", 35, "female")], ties: &[(1, "mother", 0)] },
    CastFamily { story: "Leaving care, first flat, college in September.", kind: CaseKind::CareLeaver, children: 1, restriction: None,
        members: &[CastMember("Malik", "Turay", 19, "male")], ties: &[] },
    CastFamily { story: "Privately fostered with an aunt while the mother works away.", kind: CaseKind::PrivatelyFostered, children: 1, restriction: None,
        members: &[CastMember("Zofia", "Kowal", 13, "female"), CastMember("Beata", "Kowal", 44, "female")], ties: &[(1, "private_foster_carer", 0)] },
];

/// The cast as the documents name them.
pub fn cast() -> &'static [CastFamily] {
    CAST
}

/// Gives each family of the cast a place in the plan whose number of children is the same, so that the totals stay as they are.
pub(super) fn take_places(all: &mut [Open]) {
    for (place, family) in CAST.iter().enumerate() {
        let fits = |open: &&mut Open| {
            open.cast.is_none() && open.worker.is_some() && open.kinds.len() == family.children && like(open, family.kind)
        };
        if let Some(open) = all.iter_mut().find(fits) {
            open.cast = Some(place);
            if place == 0 {
                // Priya Nair, the first of the cast among the workers, holds the first family.
                (open.team, open.worker) = (10, Some(0));
            }
        }
    }
}

/// A family on plans takes the place of one on plans; the others take that of children in need.
fn like(open: &Open, kind: CaseKind) -> bool {
    let first = open.kinds[0];
    match kind {
        CaseKind::ProtectionPlan => open.kinds.iter().all(|k| *k == kind),
        CaseKind::LookedAfter | CaseKind::CareLeaver => first == kind,
        _ => open.kinds.iter().all(|k| *k == CaseKind::ChildInNeed),
    }
}

pub(super) fn family(borough: &Borough, no: usize, place: usize, open: Option<&Open>, dice: &mut Dice) -> Family {
    let cast = &CAST[place];
    let today = borough.size.today;
    let person = |at: usize, m: &CastMember| Person {
        given_name: m.0.into(),
        surname: m.1.into(),
        born_on: (m.2 > 0).then(|| add_days(today, -(m.2 * 365 + 70))),
        expected_on: (m.2 <= 0).then(|| add_days(today, -m.2 * 7)),
        sex: m.3,
        ethnicity: "WBRI",
        language: "English",
        disability: "no",
        alert: (place == 0 && at == 4).then_some("Was violent to a worker: visit in pairs"),
        restriction: cast.restriction.filter(|(who, _)| *who == at).map(|(_, level)| level),
        alias: (place == 0 && at == 0).then(|| "Tolland".to_owned()),
    };
    let mut people: Vec<Person> = cast.members.iter().enumerate().map(|(at, m)| person(at, m)).collect();
    let relations = cast
        .ties
        .iter()
        .map(|(one, kind, other)| Relation {
            one: *one,
            other: *other,
            kind,
            responsible: if *kind == "mother" { "yes" } else { "unknown" },
        })
        .collect();
    let mut cases = cases(borough, dice, &mut people, cast.children, open);
    for case in &mut cases {
        case.kind = cast.kind;
        if matches!(cast.kind, CaseKind::PreBirth | CaseKind::PrivatelyFostered) {
            for status in &mut case.statuses {
                status.kind = cast.kind.code();
            }
        }
    }
    Family { no, people, relations, home: home(dice, no), cases }
}
