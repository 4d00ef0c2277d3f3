//! Deciding what follows an enquiry, and everything that follows at once: the state, the referral of each child, the
//! team's involvement, the entries of each story, the clocks, the messages inside the service and the letters out of it.
//! One transaction holds it all. Two who decide at once: the second learns what the first decided.

use care::front_door::{DecisionFacts, DecisionProblem, EnquiryStep, LegalBasis, Outcome, SignOff, Told, history_open_until, may_decide};

use super::{Opened, alert, alert::To, follow, people, record, right, step};
use crate::{
    Error, Result, Tx, allocation, dues,
    id::{InvolvementId, PersonId, ReferralId, TeamId, fresh},
    outbox::{self, Message},
    policy, rights, run, sql,
    work::Ask,
};

/// What is to be decided. The messages are those that were shown.
#[derive(Debug, Clone)]
pub struct Decision {
    pub outcome: Outcome,
    /// For the record: why.
    pub reason: String,
    /// For the family or the adult to read: why.
    pub family_reason: String,
    pub legal_basis: Option<LegalBasis>,
    pub told: Told,
    /// Whom it is decided for: each has a record of their own.
    pub people: Vec<Chosen>,
    /// Where it is new information: whose open cases.
    pub cases: Vec<InvolvementId>,
    /// Where it goes to another authority: which.
    pub authority: String,
    pub to_enquirer: ToEnquirer,
    pub to_family: Option<Message>,
}

#[derive(Debug, Clone)]
pub struct Chosen {
    pub person: PersonId,
    pub team: Option<TeamId>,
}

/// What the enquirer is told, and how.
#[derive(Debug, Clone)]
pub enum ToEnquirer {
    Message(Message),
    /// Somebody speaks to them: it stays on the board until that is done.
    Later,
    /// They would not say who they are, or asked not to be contacted.
    Nobody,
}

/// What a decision made.
#[derive(Debug, Clone, Default)]
pub struct Decided {
    pub referrals: Vec<(PersonId, ReferralId)>,
    pub involvements: Vec<(PersonId, InvolvementId)>,
}

/// Everything that stands in the way of a decision, in words.
pub async fn problems(tx: &mut Tx, opened: &Opened, decision: &Decision, sign_off: SignOff) -> Result<Vec<DecisionProblem>> {
    let (roles, me, today) = (right::my_roles(tx).await?, tx.act().worker().to_string(), tx.today());
    let enquiry = &opened.enquiry;
    let facts = DecisionFacts {
        side: enquiry.side(),
        outcome: decision.outcome,
        reason: &decision.reason,
        screening: &enquiry.screening(),
        basis: decision.legal_basis,
        told: &decision.told,
        open_case: decision.cases.first().map(|_| me.clone()),
        decided_by: me.clone(),
        decider_roles: &roles,
        proposed_by: enquiry.proposed_by.as_ref().map(ToString::to_string),
    };
    Ok(may_decide(&facts, sign_off, today))
}

/// Whether the local policy asks for a manager's sign-off today.
pub async fn sign_off(tx: &mut Tx) -> Result<SignOff> {
    Ok(policy::rules(tx).await?.sign_off)
}

/// Proposes a decision to a manager: kept as it was typed, until it is decided or returned.
pub async fn propose(tx: &mut Tx, opened: &Opened, version: i64, decision: &Decision, typed: &str) -> Result<()> {
    rights::require(tx, care::access::Deed::DecideEnquiry).await?;
    check(tx, opened, decision, SignOff::NotNeeded).await?;
    let next = opened.enquiry.state()?.take(EnquiryStep::ProposeDecision).map_err(|_| Error::Stale)?;
    let (now, me) = (tx.act().at(), tx.act().worker().clone());
    let n = run!(
        tx,
        sqlx::query("UPDATE enquiry SET state = $1, outcome = $2, proposed_by = $3, proposed_at = $4, version = version + 1 WHERE id = $5 AND version = $6")
            .bind(next.code())
            .bind(decision.outcome.code())
            .bind(&me)
            .bind(now)
            .bind(opened.id())
            .bind(version)
    )?;
    if n == 0 {
        return Err(Error::Stale);
    }
    step::add(tx, opened.id(), EnquiryStep::ProposeDecision.code(), decision.outcome.label(), typed).await?;
    for manager in managers(tx).await? {
        let news = "A decision at the front door waits for a manager's sign-off.";
        alert::tell(tx, To::Worker(&manager), "sign_off_wanted", opened.id(), None, news, Ask::ToRead).await?;
    }
    Ok(())
}

/// The decision as it was proposed, field by field.
pub async fn proposed(tx: &mut Tx, opened: &Opened) -> Result<Option<String>> {
    let steps = step::steps(tx, opened).await?;
    Ok(steps.into_iter().find(|s| s.step == EnquiryStep::ProposeDecision.code()).map(|s| s.facts))
}

/// Decides.
pub async fn decide(tx: &mut Tx, opened: &Opened, version: i64, decision: &Decision) -> Result<Decided> {
    rights::require(tx, care::access::Deed::DecideEnquiry).await?;
    let sign_off = sign_off(tx).await?;
    check(tx, opened, decision, sign_off).await?;
    let next = opened.enquiry.state()?.take(EnquiryStep::Decide).map_err(|_| Error::Stale)?;
    let event = (decision.people.len() > 1).then(fresh);
    mark(tx, opened, version, next.code(), decision, event.as_deref()).await?;
    if let Some(event) = &event {
        follow::family_event(tx, opened, event, decision.outcome).await?;
    }
    let mut made = Decided::default();
    for chosen in &decision.people {
        follow::person(tx, opened, decision, chosen, event.as_deref(), &mut made).await?;
    }
    follow::tell_inside(tx, opened, decision, &made).await?;
    tell_outside(tx, opened, decision).await?;
    close(tx, opened, decision).await?;
    Ok(made)
}

/// Everything that stands in the way, each with the field of the page on which it is mended.
pub async fn obstacles(tx: &mut Tx, opened: &Opened, decision: &Decision, sign_off: SignOff) -> Result<Vec<(&'static str, String)>> {
    let found = problems(tx, opened, decision, sign_off).await?;
    let mut all: Vec<(&'static str, String)> = found.iter().map(|problem| (field_of(problem), problem.to_string())).collect();
    let needs_team = decision.outcome.opens_referral() || decision.outcome == Outcome::FamilyHelp;
    if needs_team && decision.people.is_empty() {
        all.push(("about", "Choose whose referral it is. Link or add a record first if there is none".into()));
    }
    if needs_team && decision.people.iter().any(|chosen| chosen.team.is_none()) {
        all.push(("team", "Choose the team that takes it on".into()));
    }
    if decision.outcome == Outcome::OtherAuthority && decision.authority.trim().is_empty() {
        all.push(("authority", "Say which authority it goes to".into()));
    }
    Ok(all)
}

async fn check(tx: &mut Tx, opened: &Opened, decision: &Decision, sign_off: SignOff) -> Result<()> {
    if let Some((field, words)) = obstacles(tx, opened, decision, sign_off).await?.into_iter().next() {
        return Err(Error::refused(field, words));
    }
    for chosen in &decision.people {
        concerned(tx, opened, &chosen.person).await?;
    }
    Ok(())
}

/// Only those whose history this very enquiry opened are decided for.
async fn concerned(tx: &mut Tx, opened: &Opened, person: &PersonId) -> Result<()> {
    let (n,): (i64,) = sql!(tx, |c| sqlx::query_as("SELECT COUNT(*) FROM enquiry_access WHERE enquiry_id = $1 AND person_id = $2")
        .bind(opened.id())
        .bind(person)
        .fetch_one(c))?;
    if n > 0 { Ok(()) } else { Err(Error::refused("about", "The enquiry does not concern this person. Link their record first")) }
}

/// Where on the page a problem is mended.
pub fn field_of(problem: &DecisionProblem) -> &'static str {
    match problem {
        DecisionProblem::ReasonMissing => "reason",
        DecisionProblem::BasisMissing => "legal_basis",
        DecisionProblem::NoOpenCase => "cases",
        DecisionProblem::Tell(_) => "told",
        _ => "outcome",
    }
}

async fn mark(tx: &mut Tx, opened: &Opened, version: i64, state: &str, decision: &Decision, event: Option<&str>) -> Result<()> {
    let (now, me) = (tx.act().at(), tx.act().worker().clone());
    let (told, told_on, told_why, told_words) = record::told_parts(&decision.told);
    let n = run!(
        tx,
        sqlx::query("UPDATE enquiry SET state = $1, outcome = $2, reason = $3, family_reason = $4, legal_basis = COALESCE($5, legal_basis), told = $6, told_on = $7, told_why = $8, told_words = $9,
          decided_by = $10, decided_at = $11, acted_at = COALESCE(acted_at, $11), family_event_id = $12, owner_id = COALESCE(owner_id, $10), version = version + 1 WHERE id = $13 AND version = $14")
            .bind(state).bind(decision.outcome.code()).bind(&decision.reason).bind(&decision.family_reason).bind(decision.legal_basis.map(LegalBasis::code))
            .bind(told).bind(told_on).bind(told_why).bind(told_words).bind(&me).bind(now).bind(event).bind(opened.id()).bind(version)
    )?;
    if n == 0 { Err(Error::Stale) } else { Ok(()) }
}

async fn tell_outside(tx: &mut Tx, opened: &Opened, decision: &Decision) -> Result<()> {
    let enquiry = &opened.enquiry;
    let now = tx.act().at();
    let how = match &decision.to_enquirer {
        ToEnquirer::Message(message) => {
            super::told::must_be_safe(enquiry, message)?;
            outbox::queue(tx, message, "enquiry", enquiry.id.as_str(), None).await?;
            Some((message.channel.code(), Some(now)))
        }
        ToEnquirer::Later => None,
        ToEnquirer::Nobody => Some(("not_told", None)),
    };
    if let Some((how, at)) = how {
        run!(
            tx,
            sqlx::query("UPDATE enquiry SET answered_how = $1, answered_at = $2, acknowledged_at = COALESCE(acknowledged_at, $2), acknowledged_how = COALESCE(acknowledged_how, $3) WHERE id = $4")
                .bind(how)
                .bind(at)
                .bind(at.map(|_| how))
                .bind(opened.id())
        )?;
    }
    let not_told = matches!(decision.told, Told::No { .. });
    if let Some(message) = decision.to_family.as_ref().filter(|_| !not_told) {
        let person = decision.people.first().map(|c| &c.person);
        outbox::queue(tx, message, "enquiry", enquiry.id.as_str(), person).await?;
    }
    Ok(())
}

/// The clocks are met, the history stays readable for five working days more, and the step is written.
async fn close(tx: &mut Tx, opened: &Opened, decision: &Decision) -> Result<()> {
    let (rules, today) = (policy::rules(tx).await?, tx.today());
    let (about, enquiry) = (record::about(opened.id()), record::stored(tx, opened.id()).await?);
    dues::meet_all(tx, &about, enquiry.side().decision_timescale(), today).await?;
    dues::meet_all(tx, &about, enquiry.band().timescale(), today).await?;
    if enquiry.acknowledged_at.is_some() {
        dues::meet_all(tx, &about, "ENQ_ACK", today).await?;
    } else if !enquiry.can_be_answered() {
        dues::drop_all(tx, &about, "ENQ_ACK", "The enquirer cannot be told").await?;
    }
    let last_day = history_open_until(today, &rules.clocks()).map_err(|e| Error::Corrupt(e.to_string()))?;
    people::history_until(tx, opened.id(), Some(last_day)).await?;
    let words = format!("{}. {}", decision.outcome.label(), decision.reason);
    step::add(tx, opened.id(), EnquiryStep::Decide.code(), &words, "{}").await?;
    record::set_next(tx, opened.id()).await
}

async fn managers(tx: &mut Tx) -> Result<Vec<crate::id::WorkerId>> {
    let mut all = Vec::new();
    for team in alert::front_door_teams(tx).await? {
        all.extend(allocation::leaders(tx, &team, care::access::Role::TeamManager).await?);
    }
    all.sort();
    all.dedup();
    Ok(all)
}
