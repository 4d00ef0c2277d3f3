//! What one person is to another, with dates.

use crate::{
    coded,
    person::{Answer, Birth, Sex},
};
use jiff::civil::Date;

coded! {
    /// "A is the … of B".
    pub enum RelationKind {
        Mother = "mother", "mother";
        Father = "father", "father";
        Parent = "parent", "parent";
        AdoptiveParent = "adoptive_parent", "adoptive parent";
        StepParent = "step_parent", "step-parent";
        Grandparent = "grandparent", "grandparent";
        AuntOrUncle = "aunt_or_uncle", "aunt or uncle";
        Sibling = "sibling", "brother or sister";
        HalfSibling = "half_sibling", "half-brother or half-sister";
        StepSibling = "step_sibling", "step-brother or step-sister";
        Cousin = "cousin", "cousin";
        Spouse = "spouse", "husband, wife or civil partner";
        Partner = "partner", "partner";
        FormerPartner = "former_partner", "former partner";
        Guardian = "guardian", "guardian";
        FosterCarer = "foster_carer", "foster carer";
        PrivateFosterCarer = "private_foster_carer", "private foster carer";
        Carer = "carer", "carer";
        SignificantOther = "significant_other", "significant other";
        Other = "other", "connected person";
    }
}

/// How the kind is drawn, and what it says of generations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tie {
    /// A line of descent.
    Parent,
    Couple,
    FormerCouple,
    /// Drawn only where no common parent is.
    Sibling,
    /// A dashed line, so many generations down; `None` says nothing of generations.
    Other(Option<i8>),
}

impl RelationKind {
    pub const fn tie(self) -> Tie {
        use RelationKind::*;
        match self {
            Mother | Father | Parent | AdoptiveParent => Tie::Parent,
            Spouse | Partner => Tie::Couple,
            FormerPartner => Tie::FormerCouple,
            Sibling | HalfSibling => Tie::Sibling,
            StepSibling | Cousin => Tie::Other(Some(0)),
            StepParent | AuntOrUncle | Guardian | FosterCarer | PrivateFosterCarer => Tie::Other(Some(1)),
            Grandparent => Tie::Other(Some(2)),
            Carer | SignificantOther | Other => Tie::Other(None),
        }
    }

    /// "B is the … of A", where A is the one named by the kind.
    pub const fn other_way(self) -> &'static str {
        use RelationKind::*;
        match self {
            Mother | Father | Parent => "child",
            AdoptiveParent => "adopted child",
            StepParent => "step-child",
            Grandparent => "grandchild",
            AuntOrUncle => "niece or nephew",
            Guardian => "ward",
            FosterCarer => "foster child",
            PrivateFosterCarer => "privately fostered child",
            Carer => "person cared for",
            same => same.label(),
        }
    }

    /// Whether the one named by the kind may have parental responsibility for the other.
    pub const fn may_be_responsible(self) -> bool {
        !matches!(self, RelationKind::Spouse | RelationKind::Partner | RelationKind::FormerPartner | RelationKind::Carer)
    }
}

/// Whether the picture is drawn around this person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Focus,
    Around,
}

/// One person of the picture. `P` names a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FamilyMember<P> {
    pub person: P,
    pub name: String,
    pub sex: Answer<Sex>,
    pub birth: Birth,
    pub died_on: Option<Date>,
    pub place: Place,
}

/// `person` is the `kind` of `other`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation<P> {
    pub person: P,
    pub other: P,
    pub kind: RelationKind,
    pub parental_responsibility: Answer<bool>,
    pub from_on: Option<Date>,
    pub until_on: Option<Date>,
}

/// People who live together now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HouseholdRing<P> {
    pub name: String,
    pub members: Vec<P>,
}
