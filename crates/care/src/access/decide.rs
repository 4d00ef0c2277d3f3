//! The one judgement: may this worker do this, on this person's record, now?

use super::{About, Conflict, ConflictKind, Deed, List, Relationship, Restriction, Role};
use jiff::{Timestamp, civil::Date};

/// Everything the judgement needs. `roles` and `relationships` are those in force today.
#[derive(Debug, Clone, Copy)]
pub struct Ask<'a> {
    pub roles: &'a [Role],
    pub relationships: &'a [Relationship],
    pub restriction: Restriction,
    pub conflict: Conflict,
    pub deed: Deed,
    pub at: Timestamp,
    pub today: Date,
}

/// The answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// Yes; `because` goes into the audit.
    Full(Because),
    /// The person is known to exist: 403, with name, team, whom to ask, and the glass where it is offered.
    Index(WhyIndex),
    /// 404, as for an address that does not exist; the record's guardian is alerted.
    Nothing,
    /// The role does not do this: 403, and the same whether or not there is such a record.
    RoleLacks,
}

/// What a yes rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Because {
    Relationship(Relationship),
    /// The role is enough, because the deed concerns the index or the service.
    Role,
}

/// Why no more than the index is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhyIndex {
    NoRelationship,
    Restricted,
    Conflict(ConflictKind),
    /// The record may be read, but what was asked goes further than the tie carries.
    ReadingOnly(Relationship),
}

/// Whether the page offers to break the glass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Glass {
    Offered,
    NotOffered,
}

/// The judgement. The role is asked first, so that its refusal says nothing of the record; then what hides the
/// record, a conflict, a restriction; then the ties.
pub fn decide(ask: &Ask<'_>) -> Decision {
    if !ask.roles.iter().any(|role| role.grants(ask.deed)) {
        return Decision::RoleLacks;
    }
    if ask.deed.about() == About::Service {
        return Decision::Full(Because::Role);
    }
    if ask.restriction == Restriction::Hidden(List::NotOn) {
        return Decision::Nothing;
    }
    if ask.deed == Deed::ReadIndex {
        return Decision::Full(Because::Role);
    }
    if let Conflict::Declared(kind) = ask.conflict {
        return Decision::Index(WhyIndex::Conflict(kind));
    }
    if ask.restriction == Restriction::Restricted(List::NotOn) {
        return Decision::Index(WhyIndex::Restricted);
    }
    by_tie(ask)
}

/// Whether someone who was shown the index may break the glass: those whose work it is, on a record that is neither
/// restricted (its guardian is asked instead) nor shut by a conflict.
pub fn may_break_glass(roles: &[Role], why: WhyIndex) -> Glass {
    let works_by_ties = roles.iter().any(|role| role.reach() == super::Reach::ByRelationship);
    match why {
        WhyIndex::NoRelationship if works_by_ties => Glass::Offered,
        _ => Glass::NotOffered,
    }
}

impl Decision {
    /// Whether the answer is yes.
    pub const fn is_full(&self) -> bool {
        matches!(self, Decision::Full(_))
    }
}

impl Because {
    /// For the audit and the page: why the record was open to this worker.
    pub fn words(self) -> String {
        match self {
            Because::Relationship(tie) => tie.because(),
            Because::Role => "your role does this".into(),
        }
    }
}

impl WhyIndex {
    /// For the page: why no more is shown.
    pub fn words(self) -> String {
        match self {
            WhyIndex::NoRelationship => "You are not working with this person.".into(),
            WhyIndex::Restricted => "This record is restricted to a list of named workers. Ask its guardian.".into(),
            WhyIndex::Conflict(kind) => {
                format!("This record is closed to you because of a conflict of interest: {}.", kind.label().to_lowercase())
            }
            WhyIndex::ReadingOnly(tie) => format!("You may read this record, but not change it: {}.", tie.because()),
        }
    }
}

/// The ties in the order given; the first that carries the deed answers.
fn by_tie(ask: &Ask<'_>) -> Decision {
    let open = |tie: &&Relationship| {
        tie.holds(ask.at, ask.today) && ask.roles.iter().any(|role| role.grants(Deed::ReadRecord) && tie.open_to(*role))
    };
    let ties: Vec<Relationship> = ask.relationships.iter().filter(open).copied().collect();
    if let Some(tie) = ties.iter().find(|tie| tie.carries(ask.deed)) {
        return Decision::Full(Because::Relationship(*tie));
    }
    let watches = ask.roles.iter().any(|role| matches!(role, Role::InformationGovernance | Role::Auditor));
    match (ties.first(), ask.deed) {
        // Who looked at a record is overseen without a tie to the person.
        (_, Deed::ReadAccessLog) if watches => Decision::Full(Because::Role),
        (Some(tie), _) => Decision::Index(WhyIndex::ReadingOnly(*tie)),
        (None, _) => Decision::Index(WhyIndex::NoRelationship),
    }
}
