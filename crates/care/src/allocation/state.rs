//! From an offer to a case that is taken: the worker acknowledges it, or says "I cannot take this safely" with a
//! reason; the manager answers, and where the manager stands by the allocation the group manager answers too. Nobody
//! is made to hold a case by silence, and a child is never left without a worker while the answer is awaited.

use crate::{access::Role, coded};
use std::fmt;

coded! {
    /// What part a worker has in a case. There is one open primary worker at most.
    pub enum AllocationPart {
        Primary = "primary", "Allocated worker";
        CoWorker = "co_worker", "Co-worker";
        Cover = "cover", "Covering while the allocated worker is away";
    }
}

coded! {
    pub enum AllocationState {
        Offered = "offered", "Not acknowledged yet";
        Acknowledged = "acknowledged", "Acknowledged";
        CannotTake = "cannot_take", "Cannot take this safely: the manager must answer";
        ManagerStands = "manager_stands", "The manager stands by it: the group manager must answer";
        Confirmed = "confirmed", "Confirmed by the group manager: not acknowledged yet";
        Ended = "ended", "Ended";
    }
}

coded! {
    /// What happens to an allocation.
    pub enum Step {
        Acknowledge = "acknowledge", "I have read this and will take it";
        SayCannotTake = "say_cannot_take", "I cannot take this safely";
        ManagerWithdraws = "manager_withdraws", "The manager takes it back and allocates again";
        ManagerStands = "manager_stands", "The manager stands by it and asks the group manager";
        GroupManagerWithdraws = "group_manager_withdraws", "The group manager takes it back";
        GroupManagerConfirms = "group_manager_confirms", "The group manager confirms it, with support";
        End = "end", "End the allocation";
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepProblem {
    /// The step does not follow from this state.
    NotFrom(AllocationState),
    ReasonMissing(Step),
}

impl AllocationState {
    /// The state after a step; every step but acknowledging needs its reason in words.
    pub fn take(self, step: Step, reason: &str) -> Result<AllocationState, StepProblem> {
        use AllocationState::*;
        let next = match (self, step) {
            (Offered | Confirmed, Step::Acknowledge) => Acknowledged,
            (Offered | Confirmed | Acknowledged, Step::SayCannotTake) => CannotTake,
            (CannotTake, Step::ManagerWithdraws) => Ended,
            (CannotTake, Step::ManagerStands) => ManagerStands,
            (ManagerStands, Step::GroupManagerWithdraws) => Ended,
            (ManagerStands, Step::GroupManagerConfirms) => Confirmed,
            (Offered | Confirmed | Acknowledged | CannotTake | ManagerStands, Step::End) => Ended,
            _ => return Err(StepProblem::NotFrom(self)),
        };
        if step != Step::Acknowledge && reason.trim().is_empty() {
            return Err(StepProblem::ReasonMissing(step));
        }
        Ok(next)
    }

    /// The steps that may follow, for the buttons of a page.
    pub fn steps(self) -> Vec<Step> {
        Step::ALL.iter().copied().filter(|step| self.take(*step, "a reason").is_ok()).collect()
    }

    /// Whether the child has this worker now. While an answer is awaited the worker still holds the case.
    pub const fn is_open(self) -> bool {
        !matches!(self, AllocationState::Ended)
    }

    /// Whose answer is awaited.
    pub const fn awaits(self) -> Option<&'static str> {
        match self {
            AllocationState::Offered | AllocationState::Confirmed => Some("the worker"),
            AllocationState::CannotTake => Some("the team manager"),
            AllocationState::ManagerStands => Some("the group manager"),
            AllocationState::Acknowledged | AllocationState::Ended => None,
        }
    }
}

impl Step {
    /// The roles that may take the step. Acknowledging and declining are the allocated worker's own, whatever the role.
    pub const fn taken_by(self) -> &'static [Role] {
        match self {
            Step::Acknowledge | Step::SayCannotTake => &[],
            Step::GroupManagerWithdraws | Step::GroupManagerConfirms => &[Role::GroupManager, Role::Director],
            Step::ManagerWithdraws | Step::ManagerStands | Step::End => &[Role::TeamManager, Role::GroupManager, Role::Director],
        }
    }
}

coded! {
    /// A case offered by one team to another. It stays with the first until the second accepts it.
    pub enum TransferState {
        Proposed = "proposed", "Waiting for the other team";
        Accepted = "accepted", "Accepted";
        Declined = "declined", "Declined";
        Withdrawn = "withdrawn", "Withdrawn";
    }
}

impl TransferState {
    /// Only a transfer that is proposed can be answered; declining and withdrawing need a reason.
    pub fn answer(self, answer: TransferState, reason: &str) -> Result<TransferState, &'static str> {
        match (self, answer) {
            (TransferState::Proposed, TransferState::Proposed) => Err("This transfer is already proposed"),
            (TransferState::Proposed, TransferState::Accepted) => Ok(answer),
            (TransferState::Proposed, _) if reason.trim().is_empty() => Err("Say why"),
            (TransferState::Proposed, _) => Ok(answer),
            _ => Err("This transfer was already answered"),
        }
    }
}

impl fmt::Display for StepProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StepProblem::NotFrom(state) => write!(f, "This can no longer be done: {}", state.label().to_lowercase()),
            StepProblem::ReasonMissing(Step::SayCannotTake) => {
                write!(f, "Say why you cannot take this safely")
            }
            StepProblem::ReasonMissing(_) => write!(f, "Say why"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use AllocationState::*;

    /// A column for each step in the order of `Step::ALL`.
    #[test]
    fn follows_the_table() {
        let no: Option<AllocationState> = None;
        for (state, after) in [
            (Offered, [Some(Acknowledged), Some(CannotTake), no, no, no, no, Some(Ended)]),
            (Acknowledged, [no, Some(CannotTake), no, no, no, no, Some(Ended)]),
            (CannotTake, [no, no, Some(Ended), Some(ManagerStands), no, no, Some(Ended)]),
            (ManagerStands, [no, no, no, no, Some(Ended), Some(Confirmed), Some(Ended)]),
            (Confirmed, [Some(Acknowledged), Some(CannotTake), no, no, no, no, Some(Ended)]),
            (Ended, [no; 7]),
        ] {
            for (step, expected) in Step::ALL.iter().zip(after) {
                let taken = state.take(*step, "Two children on plans already, and court on Monday");
                assert_eq!(taken, expected.ok_or(StepProblem::NotFrom(state)), "{state} {step}");
            }
            assert_eq!(state.steps().len(), after.iter().flatten().count());
            assert_eq!(state.is_open(), state != Ended);
        }
    }

    #[test]
    fn asks_for_reasons() {
        crate::assert_coded!(AllocationPart, AllocationState, Step, TransferState);
        assert_eq!(Offered.take(Step::Acknowledge, ""), Ok(Acknowledged));
        let silent = Offered.take(Step::SayCannotTake, "  ");
        assert_eq!(silent.map_err(|p| p.to_string()), Err("Say why you cannot take this safely".into()));
    }

    #[test]
    fn a_transfer_is_answered_once() {
        use TransferState::*;
        assert_eq!(Proposed.answer(Accepted, ""), Ok(Accepted));
        assert_eq!(Proposed.answer(Declined, ""), Err("Say why"));
        assert_eq!(Proposed.answer(Declined, "Address is outside"), Ok(Declined));
        assert!(Accepted.answer(Declined, "Too late").is_err());
    }
}
