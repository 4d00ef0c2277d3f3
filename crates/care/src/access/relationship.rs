//! What ties a worker to a person's record, as facts that `store` finds; what shuts the record for all but a list;
//! and what shuts it for one worker.

use super::{Deed, Purpose, Role};
use crate::{coded, words};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

/// One tie between the worker who asks and the person whose record it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relationship {
    /// Holds the case.
    Allocated,
    CoWorker,
    /// Stands in by name while the allocated worker is away.
    Cover,
    /// The case is held in a team to which the worker belongs.
    OwnTeam,
    /// Supervises the worker who holds it, or leads its team or one above.
    LineOfSupervision,
    /// On the duty rota of the team that holds it, today.
    DutyToday,
    /// An enquiry about this person, their household or a sibling is open at the front door.
    FrontDoorOpen,
    /// That enquiry is decided; reading stays open up to and including this day (5 working days on).
    FrontDoorDecided {
        last_day: Date,
    },
    /// Works nights and weekends: standing read access.
    EmergencyDuty,
    /// Named reviewing officer of the child.
    ReviewingOfficer,
    /// Chairs the child's conference.
    ConferenceChair,
    /// Broke the glass; ends at this moment.
    BreakGlass {
        until: Timestamp,
    },
    /// Added this person to the records and fills them in; ends at this moment.
    Added {
        until: Timestamp,
    },
    /// A grant with a purpose (audit, court, request by the person, payment, return), up to and including this day.
    Granted {
        purpose: Purpose,
        last_day: Date,
    },
}

impl Relationship {
    /// Whether the tie holds now.
    pub fn holds(self, at: Timestamp, today: Date) -> bool {
        match self {
            Relationship::FrontDoorDecided { last_day } | Relationship::Granted { last_day, .. } => today <= last_day,
            Relationship::BreakGlass { until } | Relationship::Added { until } => at < until,
            _ => true,
        }
    }

    /// Whether the tie is one that this role can stand in.
    pub fn open_to(self, role: Role) -> bool {
        use super::Reach;
        match (role.reach(), self) {
            (Reach::NoRecord, _) => false,
            (Reach::ByGrantOnly, tie) => matches!(tie, Relationship::Granted { .. }),
            (_, Relationship::FrontDoorOpen | Relationship::FrontDoorDecided { .. }) => {
                matches!(role, Role::FrontDoorWorker | Role::EmergencyDutyWorker) || role.is_manager()
            }
            (_, Relationship::EmergencyDuty) => role == Role::EmergencyDutyWorker,
            (_, Relationship::ReviewingOfficer) => role == Role::IndependentReviewingOfficer,
            (_, Relationship::ConferenceChair) => {
                matches!(role, Role::ConferenceChair | Role::IndependentReviewingOfficer)
            }
            (Reach::ByRelationship, _) => true,
        }
    }

    /// Whether the tie carries this deed; a tie for reading carries no writing.
    pub fn carries(self, deed: Deed) -> bool {
        use Relationship::*;
        match deed {
            Deed::ReadIndex | Deed::ReadRecord => true,
            Deed::WriteNote => !matches!(self, FrontDoorDecided { .. } | Granted { .. }),
            Deed::ChangePerson => {
                matches!(self, Allocated | CoWorker | Cover | OwnTeam | LineOfSupervision | DutyToday | FrontDoorOpen | Added { .. })
            }
            Deed::RecordDecision => matches!(self, OwnTeam | LineOfSupervision | DutyToday | FrontDoorOpen),
            Deed::Allocate => matches!(self, OwnTeam | LineOfSupervision | FrontDoorOpen),
            Deed::TakeAllocation => matches!(self, Allocated | CoWorker | Cover),
            Deed::DecideEnquiry => matches!(self, FrontDoorOpen | EmergencyDuty),
            Deed::RestrictRecord => matches!(self, OwnTeam | LineOfSupervision),
            Deed::ReadAccessLog => matches!(self, OwnTeam | LineOfSupervision | Granted { .. }),
            _ => false,
        }
    }

    /// "you hold this case", for the audit and for the page that says why one may look.
    pub fn because(self) -> String {
        use Relationship::*;
        match self {
            Allocated => "you are the allocated worker".into(),
            CoWorker => "you are a co-worker".into(),
            Cover => "you are covering for the allocated worker".into(),
            OwnTeam => "your team holds the case".into(),
            LineOfSupervision => "you supervise the worker or team that holds the case".into(),
            DutyToday => "you are on duty today for the team that holds the case".into(),
            FrontDoorOpen => "an enquiry about this family is open at the front door".into(),
            FrontDoorDecided { last_day } => {
                format!("an enquiry about this family was decided; you may read until {}", words::date(last_day))
            }
            EmergencyDuty => "you work emergency duty".into(),
            ReviewingOfficer => "you are the child's reviewing officer".into(),
            ConferenceChair => "you chair the child's conference".into(),
            Added { .. } => "you have just added this person".into(),
            BreakGlass { .. } => "you broke the glass, and it will be reviewed".into(),
            Granted { purpose, last_day } => {
                format!("you were given access until {}: {}", words::date(last_day), purpose.label().to_lowercase())
            }
        }
    }
}

/// Whether the worker is on a restricted record's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum List {
    On,
    NotOn,
}

/// What shuts a record for all but a list of workers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Restriction {
    #[default]
    None,
    /// Others see that the person is known, and whom to ask.
    Restricted(List),
    /// Others are not told that the person is known; a search that matches alerts the record's guardian.
    Hidden(List),
}

coded! {
    /// What makes it wrong for one worker to see or hold one person's case.
    pub enum ConflictKind {
        OwnRecord = "own_record", "It is the worker's own record";
        Relative = "relative", "Related to the person or family";
        FriendOrNeighbour = "friend_or_neighbour", "Friend or neighbour";
        FormerCarer = "former_carer", "Cared for the child before";
        ComplaintUpheld = "complaint_upheld", "A complaint about the worker was upheld";
        PersonsRequest = "persons_request", "The person asked for someone else";
        Other = "other", "Another interest, described";
    }
}

/// Whether the worker has declared, or was found to have, a conflict of interest with this person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Conflict {
    #[default]
    NoneDeclared,
    Declared(ConflictKind),
}
