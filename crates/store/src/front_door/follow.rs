//! What a decision makes of each person: a referral, a team's involvement, the clocks of what comes next, the entries of
//! their story; and the messages to those inside the service who have to act.

use care::{
    access::Deed,
    chronology::EntryKind,
    front_door::{Follow, Outcome, Side},
    timescale::Start,
};

use super::{
    Opened,
    alert::{self, To},
    decide::{Chosen, Decided, Decision},
};
use crate::{
    Day, Error, Result, Tx, allocation,
    audit::Noted,
    dues::{self, About},
    id::{InvolvementId, PersonId, ReferralId, TeamId},
    people,
    record::{self, NewEntry},
    run, sql,
    work::Ask,
};

/// One event of a family, which each child's own record carries.
pub(super) async fn family_event(tx: &mut Tx, opened: &Opened, id: &str, outcome: Outcome) -> Result<()> {
    let (now, me, today) = (tx.act().at(), tx.act().worker().clone(), Day(tx.today()));
    run!(
        tx,
        sqlx::query("INSERT INTO family_event (id, kind, happened_on, enquiry_id, title, recorded_by, recorded_at) VALUES ($1,'enquiry',$2,$3,$4,$5,$6)")
            .bind(id)
            .bind(today)
            .bind(opened.id())
            .bind(outcome.label())
            .bind(me.as_str())
            .bind(now)
    )?;
    tx.note(Noted::new("family_event.add", "family_event", id).because(format!("enquiry {}", opened.id())));
    Ok(())
}

/// Everything for one person.
pub(super) async fn person(
    tx: &mut Tx,
    opened: &Opened,
    decision: &Decision,
    chosen: &Chosen,
    event: Option<&str>,
    made: &mut Decided,
) -> Result<()> {
    let person = people::open(tx, &chosen.person, Deed::DecideEnquiry).await?;
    entries(tx, opened, decision, &person, event).await?;
    let kind = decision.outcome.case_kind();
    let (Some(kind), Some(team)) = (kind, &chosen.team) else { return Ok(()) };
    let referral = match decision.outcome.opens_referral() {
        true => Some(referral(tx, opened, decision, &person, team, event).await?),
        false => None,
    };
    let involvement = involvement(tx, opened, &person, team, kind.code(), referral.as_ref()).await?;
    if let Some(referral) = referral {
        clocks(tx, opened, decision.outcome, person.id(), &involvement, &referral).await?;
        made.referrals.push((person.id().clone(), referral));
    }
    made.involvements.push((person.id().clone(), involvement));
    Ok(())
}

/// Who made contact is said by kind, never by name: the story may be read by the family one day.
async fn entries(tx: &mut Tx, opened: &Opened, decision: &Decision, person: &people::Opened, event: Option<&str>) -> Result<()> {
    let (enquiry, today) = (&opened.enquiry, tx.today());
    let received_on = care::calendar::london(enquiry.received_at.0).date();
    let facts = serde_json::json!({ "enquiry": enquiry.id, "reference": enquiry.reference }).to_string();
    let from = enquiry.enquirer().map_or("Enquirer not recorded", |kind| kind.label());
    let came = match decision.outcome {
        Outcome::NewInformation => EntryKind::NewInformation,
        _ => EntryKind::Enquiry,
    };
    let event = event.map(str::to_owned);
    let first = NewEntry::new(came, received_on, format!("{}: {from}", came.label()), enquiry.words.clone())
        .at(Some(enquiry.received_at))
        .facts(facts.clone())
        .of_family(event.clone());
    record::add(tx, person, &first).await?;
    let decided = if decision.outcome.opens_referral() { EntryKind::Referral } else { EntryKind::EnquiryDecided };
    let then = NewEntry::new(decided, today, decision.outcome.label(), decision.reason.clone()).facts(facts).of_family(event);
    record::add(tx, person, &then).await?;
    Ok(())
}

async fn referral(
    tx: &mut Tx,
    opened: &Opened,
    decision: &Decision,
    person: &people::Opened,
    team: &TeamId,
    event: Option<&str>,
) -> Result<ReferralId> {
    let (id, now, me, today) = (ReferralId::new(), tx.act().at(), tx.act().worker().clone(), Day(tx.today()));
    let enquiry = &opened.enquiry;
    let received_on = care::calendar::london(enquiry.received_at.0).date();
    let previous = previous(tx, person.id(), received_on).await?;
    run!(
        tx,
        sqlx::query("INSERT INTO referral (id, person_id, enquiry_id, family_event_id, side, outcome, received_on, enquirer_kind, legal_basis, decided_on, decided_by, reason, team_id, previous_id, source, recorded_by, recorded_at)
          VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,'hand',$11,$15)")
            .bind(&id).bind(person.id()).bind(&enquiry.id).bind(event).bind(enquiry.side().code()).bind(decision.outcome.code()).bind(Day(received_on))
            .bind(&enquiry.enquirer_kind).bind(decision.legal_basis.map(|b| b.code())).bind(today).bind(me.as_str()).bind(&decision.reason).bind(team).bind(previous).bind(now)
    )?;
    tx.note(Noted::new("referral.make", "person", person.id()).because(format!("referral {id}, {}", decision.outcome.code())));
    Ok(id)
}

/// The last referral within the time that makes this one a re-referral.
async fn previous(tx: &mut Tx, person: &PersonId, received_on: jiff::civil::Date) -> Result<Option<String>> {
    let rules = crate::policy::rules(tx).await?;
    let since = rules.clocks().due("RE_REFERRAL", Start::On(received_on)).map_err(|e| Error::Corrupt(e.to_string()))?.on;
    let found: Option<(String,)> = sql!(tx, |c| {
        sqlx::query_as(
        "SELECT id FROM referral WHERE person_id = $1 AND received_on >= $2 AND received_on <= $3 ORDER BY received_on DESC, id DESC LIMIT 1"
    )
    .bind(person)
    .bind(Day(since))
    .bind(Day(received_on))
    .fetch_optional(c)
    })?;
    Ok(found.map(|(id,)| id))
}

/// The team's involvement: the open one, if it has one already, or a new one that waits for a worker.
async fn involvement(
    tx: &mut Tx,
    opened: &Opened,
    person: &people::Opened,
    team: &TeamId,
    kind: &str,
    referral: Option<&ReferralId>,
) -> Result<InvolvementId> {
    let today = Day(tx.today());
    let open: Option<(InvolvementId,)> = sql!(tx, |c| sqlx::query_as(
        "SELECT id FROM involvement WHERE person_id = $1 AND team_id = $2 AND closed_on IS NULL ORDER BY opened_on DESC, id LIMIT 1"
    )
    .bind(person.id())
    .bind(team)
    .fetch_optional(c))?;
    let id = match open {
        Some((id,)) => id,
        None => {
            let id = InvolvementId::new();
            run!(
                tx,
                sqlx::query("INSERT INTO involvement (id, person_id, team_id, kind, referral_id, opened_on, source, version) VALUES ($1,$2,$3,$4,$5,$6,'hand',1)")
                    .bind(&id)
                    .bind(person.id())
                    .bind(team)
                    .bind(kind)
                    .bind(referral)
                    .bind(today)
            )?;
            tx.note(Noted::new("involvement.open", "person", person.id()).because(format!("enquiry {}", opened.id())));
            id
        }
    };
    if let Some(referral) = referral {
        run!(tx, sqlx::query("UPDATE referral SET involvement_id = $1 WHERE id = $2").bind(&id).bind(referral))?;
    }
    Ok(id)
}

/// The child's own clocks: the decision, met today; and what must follow, from the day of first receipt.
async fn clocks(
    tx: &mut Tx,
    opened: &Opened,
    outcome: Outcome,
    person: &PersonId,
    involvement: &InvolvementId,
    referral: &ReferralId,
) -> Result<()> {
    let (enquiry, today) = (&opened.enquiry, tx.today());
    let received = Start::At(enquiry.clock_start().0);
    let about = About {
        person: Some(person.clone()),
        involvement: Some(involvement.clone()),
        subject_kind: "referral",
        subject_id: referral.to_string(),
    };
    let decision = enquiry.side().decision_timescale();
    dues::open(tx, &about, decision, received).await?;
    dues::meet_all(tx, &about, decision, today).await?;
    let first_receipt = Start::On(care::calendar::london(enquiry.received_at.0).date());
    for (code, start) in next_clocks(outcome, enquiry.side()) {
        let start = match start {
            From::Receipt => first_receipt,
            From::Decision => Start::On(today),
        };
        dues::open(tx, &about, code, start).await?;
    }
    Ok(())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum From {
    Receipt,
    Decision,
}

/// The clocks that an outcome starts.
fn next_clocks(outcome: Outcome, side: Side) -> Vec<(&'static str, From)> {
    match (outcome, side) {
        (Outcome::ChildrensReferral, _) => vec![("CFA", From::Receipt)],
        (Outcome::StrategyDiscussion | Outcome::EmergencyProtection, _) => vec![("CFA", From::Receipt), ("STRATEGY", From::Decision)],
        (Outcome::AdultSafeguarding, Side::Adult) => vec![("S42_STRATEGY", From::Receipt)],
        _ => vec![],
    }
}

/// Messages inside the service: new information to the allocated worker and duty, who must acknowledge it; a referral to
/// those who name a worker.
pub(super) async fn tell_inside(tx: &mut Tx, opened: &Opened, decision: &Decision, made: &Decided) -> Result<()> {
    let follows = decision.outcome.follows();
    if follows.contains(&Follow::TellWorkerAndDuty) {
        for case in &decision.cases {
            let (_, case) = allocation::open_case(tx, case, Deed::DecideEnquiry).await?;
            let news = "New information about somebody with an open case came in at the front door. Read it, and say that you have.";
            if let Some(worker) = &case.worker_id {
                alert::tell(tx, To::Worker(worker), "new_information", opened.id(), Some(&case.person_id), news, Ask::ToAcknowledge)
                    .await?;
            }
            alert::tell(tx, To::Duty(&case.team_id), "new_information", opened.id(), Some(&case.person_id), news, Ask::ToAcknowledge)
                .await?;
        }
    }
    let urgent = follows.contains(&Follow::AllocateToday);
    let mut told: Vec<TeamId> = Vec::new();
    for chosen in decision.people.iter().filter(|c| made.involvements.iter().any(|(p, _)| *p == c.person)) {
        let Some(team) = chosen.team.clone().filter(|team| !told.contains(team)) else { continue };
        team_hears(tx, opened, decision, &team, urgent).await?;
        told.push(team);
    }
    Ok(())
}

async fn team_hears(tx: &mut Tx, opened: &Opened, decision: &Decision, team: &TeamId, urgent: bool) -> Result<()> {
    let (kind, ask) = if urgent { ("referral_urgent", Ask::ToAcknowledge) } else { ("referral", Ask::ToRead) };
    let news = match (decision.outcome, urgent) {
        (Outcome::FamilyHelp, _) => "The front door passed somebody to your team for family help. Name a worker.".to_owned(),
        (outcome, true) => format!("{}: act now, and name a worker today.", outcome.label()),
        (outcome, false) => format!("{}: it waits for a worker in your team.", outcome.label()),
    };
    alert::tell(tx, To::Duty(team), kind, opened.id(), None, &news, ask).await?;
    for manager in allocation::leaders(tx, team, care::access::Role::TeamManager).await?.iter().take(1) {
        alert::tell(tx, To::Worker(manager), kind, opened.id(), None, &news, ask).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outcome_starts_its_clocks() {
        for (outcome, side, codes) in [
            (Outcome::ChildrensReferral, Side::Child, vec!["CFA"]),
            (Outcome::StrategyDiscussion, Side::Child, vec!["CFA", "STRATEGY"]),
            (Outcome::AdultSafeguarding, Side::Adult, vec!["S42_STRATEGY"]),
            (Outcome::HospitalDischarge, Side::Adult, vec![]),
        ] {
            let got: Vec<&str> = next_clocks(outcome, side).into_iter().map(|(code, _)| code).collect();
            assert_eq!(got, codes, "{outcome}");
        }
    }
}
