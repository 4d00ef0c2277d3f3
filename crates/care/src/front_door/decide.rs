//! Whether an enquiry can be decided as it stands. A child's is decided by a social worker; whether a manager signs it
//! off too is a local setting, and nobody signs off their own decision.

use super::{LegalBasis, Outcome, Screening, Side, TellProblem, Told, check_told};
use crate::access::Role;
use jiff::civil::Date;
use std::fmt;

/// Whether a manager must sign the decision off; dated local policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignOff {
    NotNeeded,
    Manager,
}

/// What stands in the enquiry when it is to be decided.
#[derive(Debug, Clone)]
pub struct DecisionFacts<'a, W> {
    pub side: Side,
    pub outcome: Outcome,
    pub reason: &'a str,
    pub screening: &'a Screening,
    pub basis: Option<LegalBasis>,
    pub told: &'a Told,
    /// Somebody with an open case is named; new information can only be added to one.
    pub open_case: Option<W>,
    pub decided_by: W,
    pub decider_roles: &'a [Role],
    /// Who proposed it, where it was proposed for sign-off.
    pub proposed_by: Option<W>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecisionProblem {
    NotASocialWorker,
    NeedsManager,
    OwnSignOff,
    ScreenNotFinished,
    DangerUnanswered(Outcome),
    ReasonMissing,
    BasisMissing,
    OutcomeDoesNotFit(Outcome, Side),
    NoOpenCase,
    Tell(TellProblem),
}

/// Everything that stands in the way, in the order of the page; none means that it can be decided.
pub fn may_decide<W: PartialEq>(facts: &DecisionFacts<'_, W>, sign_off: SignOff, today: Date) -> Vec<DecisionProblem> {
    let mut problems: Vec<DecisionProblem> = [screened(facts), fitting(facts), told(facts, today)].concat();
    if facts.reason.trim().is_empty() {
        problems.push(DecisionProblem::ReasonMissing);
    }
    if facts.basis.is_none() && facts.outcome.opens_referral() {
        problems.push(DecisionProblem::BasisMissing);
    }
    problems.extend(decider(facts, sign_off));
    problems
}

fn screened<W>(facts: &DecisionFacts<'_, W>) -> Vec<DecisionProblem> {
    let acts = !matches!(facts.outcome, Outcome::Advice | Outcome::NoFurtherAction | Outcome::FamilyHelp);
    match facts.screening {
        Screening::NotFinished(_) => vec![DecisionProblem::ScreenNotFinished],
        Screening::Danger(_) if !acts => vec![DecisionProblem::DangerUnanswered(facts.outcome)],
        _ => vec![],
    }
}

fn fitting<W>(facts: &DecisionFacts<'_, W>) -> Vec<DecisionProblem> {
    if !facts.outcome.fits(facts.side) {
        return vec![DecisionProblem::OutcomeDoesNotFit(facts.outcome, facts.side)];
    }
    if facts.outcome == Outcome::NewInformation && facts.open_case.is_none() {
        return vec![DecisionProblem::NoOpenCase];
    }
    vec![]
}

/// Whoever only asked for advice about nobody in particular has nobody to be told.
fn told<W>(facts: &DecisionFacts<'_, W>, today: Date) -> Vec<DecisionProblem> {
    let nobody_named = facts.outcome == Outcome::Advice && *facts.told == Told::NotAsked;
    match check_told(facts.told, today) {
        Err(problem) if !nobody_named => vec![DecisionProblem::Tell(problem)],
        _ => vec![],
    }
}

fn decider<W: PartialEq>(facts: &DecisionFacts<'_, W>, sign_off: SignOff) -> Vec<DecisionProblem> {
    let any = |wanted: fn(Role) -> bool| facts.decider_roles.iter().any(|role| wanted(*role));
    let mut problems = vec![];
    if facts.side == Side::Child && !any(Role::is_social_worker) {
        problems.push(DecisionProblem::NotASocialWorker);
    }
    if sign_off == SignOff::Manager && !any(Role::is_manager) {
        problems.push(DecisionProblem::NeedsManager);
    }
    if sign_off == SignOff::Manager && facts.proposed_by.as_ref() == Some(&facts.decided_by) {
        problems.push(DecisionProblem::OwnSignOff);
    }
    problems
}

impl fmt::Display for DecisionProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use DecisionProblem::*;
        match self {
            NotASocialWorker => write!(f, "A social worker must decide what follows for a child"),
            NeedsManager => write!(f, "A manager must sign this decision off; propose it instead"),
            OwnSignOff => write!(f, "Somebody else must sign this off, because you proposed it"),
            ScreenNotFinished => write!(f, "Finish the questions about immediate danger"),
            DangerUnanswered(outcome) => {
                write!(f, "Somebody was said to be in danger; \"{outcome}\" does not answer that")
            }
            ReasonMissing => write!(f, "Say why this was decided"),
            BasisMissing => write!(f, "Choose the legal basis"),
            OutcomeDoesNotFit(outcome, side) => {
                write!(f, "\"{outcome}\" cannot be chosen for {}", side.label().to_lowercase())
            }
            NoOpenCase => write!(f, "Choose whose open case this information belongs to"),
            Tell(problem) => problem.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::front_door::DangerQuestion;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 23);
    const TOLD: Told = Told::Yes { on: TODAY };

    fn facts(outcome: Outcome) -> DecisionFacts<'static, &'static str> {
        DecisionFacts {
            side: Side::Child,
            outcome,
            reason: "Two earlier contacts, and a bruise that nobody explains",
            screening: &Screening::NoDanger,
            basis: Some(LegalBasis::Section17),
            told: &TOLD,
            open_case: None,
            decided_by: "ana",
            decider_roles: &[Role::SocialWorker],
            proposed_by: None,
        }
    }

    #[test]
    fn names_what_stands_in_the_way() {
        use DecisionProblem::*;
        let hurt = Screening::Danger(vec![DangerQuestion::HurtNow]);
        let unfinished = Screening::NotFinished(vec![DangerQuestion::HurtNow]);
        let referral = || facts(Outcome::ChildrensReferral);
        let adult = || DecisionFacts { side: Side::Adult, ..facts(Outcome::AdultsReferral) };
        for (facts, sign_off, expected) in [
            (referral(), SignOff::NotNeeded, vec![]),
            (DecisionFacts { reason: " ", ..referral() }, SignOff::NotNeeded, vec![ReasonMissing]),
            (DecisionFacts { basis: None, ..referral() }, SignOff::NotNeeded, vec![BasisMissing]),
            (DecisionFacts { basis: None, ..facts(Outcome::NoFurtherAction) }, SignOff::NotNeeded, vec![]),
            (DecisionFacts { screening: &unfinished, ..referral() }, SignOff::NotNeeded, vec![ScreenNotFinished]),
            (DecisionFacts { screening: &hurt, ..referral() }, SignOff::NotNeeded, vec![]),
            (
                DecisionFacts { screening: &hurt, ..facts(Outcome::NoFurtherAction) },
                SignOff::NotNeeded,
                vec![DangerUnanswered(Outcome::NoFurtherAction)],
            ),
            (DecisionFacts { decider_roles: &[Role::FrontDoorWorker], ..referral() }, SignOff::NotNeeded, vec![NotASocialWorker]),
            (DecisionFacts { decider_roles: &[Role::FrontDoorWorker], ..adult() }, SignOff::NotNeeded, vec![]),
            (facts(Outcome::AdultsReferral), SignOff::NotNeeded, vec![OutcomeDoesNotFit(Outcome::AdultsReferral, Side::Child)]),
            (facts(Outcome::NewInformation), SignOff::NotNeeded, vec![NoOpenCase]),
            (DecisionFacts { open_case: Some("kai"), ..facts(Outcome::NewInformation) }, SignOff::NotNeeded, vec![]),
            (DecisionFacts { told: &Told::NotAsked, ..referral() }, SignOff::NotNeeded, vec![Tell(TellProblem::NotAnswered)]),
            (DecisionFacts { told: &Told::NotAsked, ..facts(Outcome::Advice) }, SignOff::NotNeeded, vec![]),
            (referral(), SignOff::Manager, vec![NeedsManager]),
            (
                DecisionFacts { decider_roles: &[Role::TeamManager], proposed_by: Some("ana"), ..referral() },
                SignOff::Manager,
                vec![OwnSignOff],
            ),
            (DecisionFacts { decider_roles: &[Role::TeamManager], proposed_by: Some("ben"), ..referral() }, SignOff::Manager, vec![]),
        ] {
            assert_eq!(may_decide(&facts, sign_off, TODAY), expected, "{facts:?}");
        }
    }
}
