//! Why a worker's part in a case began or ended. Kept by code, because the reasons of changes of worker are counted:
//! children say that changes of worker are what they mind most. An absence is never one of them.

use crate::coded;

coded! {
    /// Why an allocation ended.
    pub enum EndReason {
        CaseClosed = "case_closed", "Case closed";
        TransferToTeam = "transfer_to_team", "Transferred to another team";
        StepUp = "step_up", "More was needed than this worker may hold";
        StepDown = "step_down", "Less was needed: moved to family help or support";
        WorkerLeft = "worker_left", "Worker left the authority";
        WorkerMovedPost = "worker_moved_post", "Worker moved to another post here";
        AgencyEnded = "agency_ended", "Agency assignment ended";
        Workload = "workload", "To even out workload";
        Unsafe = "unsafe", "Worker could not take it safely";
        PersonAsked = "person_asked", "The child, adult or family asked";
        Complaint = "complaint", "After a complaint";
        Conflict = "conflict", "Conflict of interest";
        RiskToWorker = "risk_to_worker", "Risk to the worker";
        Skill = "skill", "Other skill, language or experience needed";
        Siblings = "siblings", "To bring brothers and sisters to one worker";
        MovedAway = "moved_away", "Moved to another authority";
        Died = "died", "The person died";
        Mistake = "mistake", "Allocated by mistake";
    }
}

coded! {
    /// Who a change of worker lies with, for the figures.
    pub enum ChangeCause {
        Need = "need", "The child's or family's needs";
        Person = "person", "The child's or family's wish";
        Worker = "worker", "The worker's leaving or move";
        Service = "service", "The service's own arrangements";
        NotAChange = "not_a_change", "Not a change of worker";
    }
}

impl EndReason {
    pub const fn cause(self) -> ChangeCause {
        match self {
            EndReason::CaseClosed | EndReason::MovedAway | EndReason::Died | EndReason::Mistake => ChangeCause::NotAChange,
            EndReason::StepUp | EndReason::StepDown | EndReason::Skill | EndReason::Siblings => ChangeCause::Need,
            EndReason::PersonAsked | EndReason::Complaint | EndReason::Conflict => ChangeCause::Person,
            EndReason::WorkerLeft | EndReason::WorkerMovedPost | EndReason::AgencyEnded => ChangeCause::Worker,
            EndReason::TransferToTeam | EndReason::Workload | EndReason::Unsafe | EndReason::RiskToWorker => ChangeCause::Service,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_stand_once_and_every_cause_occurs() {
        crate::assert_coded!(EndReason, ChangeCause);
        for cause in ChangeCause::ALL {
            assert!(EndReason::ALL.iter().any(|reason| reason.cause() == *cause), "{cause}");
        }
    }
}
