//! From the children in need census to facts.
//!
//! A referral that led to no further action is an event and no status. An enquiry without a conference ends when none
//! is found to be needed, on a day that the census does not ask; it, an assessment or a child in need plan that is
//! still open when the case is closed is taken to have ended by then. A protection plan is not: a plan that nobody
//! ended stands until somebody looks.

use jiff::civil::Date;

use super::build::{Builder, child, event};
use super::{About, Ends, Event, Extract, Fact, Happening, PersonFact, ReturnKind, Status, Subject, Unit};
use crate::cin_census::{Assessment, Census, Child, ChildInNeedPlan, Episode, PreProceedings, ProtectionPlan, Section47Enquiry, rules};
use crate::finding::{Finding, Kind};
use crate::position::At;
use crate::year::ReturnYear;

/// The facts of a census that was read, with the findings of the reading and those of the rules.
pub fn from_cin(census: &Census, mut findings: Vec<Finding>, today: Date) -> Extract {
    findings.extend(rules::check(census));
    let mut builder = Builder::new(ReturnKind::Cin, findings, today);
    for child in &census.children {
        add_child(&mut builder, child, census.reference_on());
    }
    let year = census.reference_on().and_then(ReturnYear::of);
    let mut extract = builder.finish(year, census.header.authority.clone());
    extract.reference_on = census.reference_on();
    extract
}

fn add_child(builder: &mut Builder, said: &Child, reference_on: Option<Date>) {
    let referrals: Vec<Option<Date>> = said.episodes.iter().map(|episode| episode.referred_on).collect();
    let subject = child(said.la_child_id.as_deref(), said.upn.as_deref(), &(said, referrals));
    builder.add(Unit::Child, &said.at, &subject, "child", child_facts(said));
    for episode in &said.episodes {
        add_episode(builder, &subject, episode);
        for assessment in &episode.assessments {
            add_assessment(builder, &subject, assessment, episode);
        }
        for plan in &episode.plans {
            add_plan(builder, &subject, plan, episode);
        }
        for enquiry in &episode.enquiries {
            add_enquiry(builder, &subject, enquiry, episode, reference_on);
        }
        for plan in &episode.protection_plans {
            add_protection_plan(builder, &subject, plan);
        }
        for steps in &episode.pre_proceedings {
            add_pre_proceedings(builder, &subject, steps);
        }
    }
}

fn child_facts(said: &Child) -> Vec<Fact> {
    let facts = [
        said.born_on.map(PersonFact::BornOn),
        said.expected_on.map(PersonFact::ExpectedOn),
        said.died_on.map(PersonFact::DiedOn),
        said.sex.clone().map(PersonFact::Sex),
        said.ethnicity.clone().map(PersonFact::Ethnicity),
        (!said.disabilities.is_empty()).then(|| PersonFact::Disabilities(said.disabilities.clone())),
        said.upn.clone().map(PersonFact::Upn),
        said.former_upn.clone().map(PersonFact::FormerUpn),
        said.upn_unknown.clone().map(PersonFact::UpnUnknown),
    ];
    let died = event(said.died_on, Happening::Died);
    facts.into_iter().flatten().map(Fact::Person).chain(died).collect()
}

fn add_episode(builder: &mut Builder, subject: &Subject, episode: &Episode) {
    let Some(from_on) = needed(builder, Unit::Referral, &episode.at, subject, episode.referred_on, "referral") else {
        return;
    };
    let referral = Happening::Referral { source: episode.source.clone(), no_further_action: episode.no_further_action.clone() };
    let mut facts = vec![Fact::Event(Event { on: from_on, what: referral })];
    if !episode.led_to_nothing() {
        facts.push(Fact::Status(Status {
            from_on,
            ends: Ends::given(episode.closed_on),
            about: About::ChildInNeed {
                source: episode.source.clone(),
                primary_need: episode.primary_need.clone(),
                reason_for_closure: episode.reason_for_closure.clone(),
                case_status: None,
            },
        }));
    }
    facts.extend(event(episode.conference_on, Happening::InitialConference));
    facts.extend(event(episode.closed_on, Happening::CaseClosed { reason: episode.reason_for_closure.clone() }));
    builder.add(Unit::Referral, &episode.at, subject, &format!("referral/{from_on}"), facts);
}

fn add_assessment(builder: &mut Builder, subject: &Subject, said: &Assessment, episode: &Episode) {
    let Some(from_on) = needed(builder, Unit::Assessment, &said.at, subject, said.started_on, "assessment") else {
        return;
    };
    let ends = ended_or_closed(said.authorised_on, episode);
    let about = About::Assessment {
        internal_review_on: said.internal_review_on,
        factors: said.factors.clone(),
        child_seen: None,
        support_needed: None,
    };
    let mut facts =
        vec![Fact::Status(Status { from_on, ends, about }), Fact::Event(Event { on: from_on, what: Happening::AssessmentStarted })];
    facts.extend(event(said.authorised_on, Happening::AssessmentAuthorised));
    builder.add(Unit::Assessment, &said.at, subject, &format!("assessment/{from_on}"), facts);
}

fn add_plan(builder: &mut Builder, subject: &Subject, said: &ChildInNeedPlan, episode: &Episode) {
    let unit = Unit::ChildInNeedPlan;
    let Some(from_on) = needed(builder, unit, &said.at, subject, said.started_on, "child in need plan") else { return };
    let ends = ended_or_closed(said.ended_on, episode);
    let mut facts = vec![
        Fact::Status(Status { from_on, ends, about: About::ChildInNeedPlan }),
        Fact::Event(Event { on: from_on, what: Happening::ChildInNeedPlanStarted }),
    ];
    facts.extend(event(said.ended_on, Happening::ChildInNeedPlanEnded));
    builder.add(unit, &said.at, subject, &format!("child-in-need-plan/{from_on}"), facts);
}

fn add_enquiry(builder: &mut Builder, subject: &Subject, said: &Section47Enquiry, episode: &Episode, reference_on: Option<Date>) {
    let unit = Unit::Section47Enquiry;
    let Some(from_on) = needed(builder, unit, &said.at, subject, said.started_on, "section 47 enquiry") else { return };
    let ends = match said.conference_on {
        Some(day) => Ends::On(day),
        None if said.no_conference_needed() => Ends::By(episode.closed_on.or(reference_on)),
        None => ended_or_closed(None, episode),
    };
    let about = About::Section47 {
        conference_target_on: said.conference_target_on,
        conference_on: said.conference_on,
        conference_not_required: said.conference_not_required.clone(),
        led_to_plan: None,
    };
    let mut facts =
        vec![Fact::Status(Status { from_on, ends, about }), Fact::Event(Event { on: from_on, what: Happening::Section47Started })];
    facts.extend(event(said.conference_on, Happening::InitialConference));
    builder.add(unit, &said.at, subject, &format!("section-47/{from_on}"), facts);
}

fn add_protection_plan(builder: &mut Builder, subject: &Subject, said: &ProtectionPlan) {
    let unit = Unit::ProtectionPlan;
    let plan = said.started_on.map_or("undated".to_owned(), |day| day.to_string());
    if let Some(from_on) = needed(builder, unit, &said.at, subject, said.started_on, "child protection plan") {
        let about = About::ProtectionPlan {
            initial_category: said.initial_category.clone(),
            latest_category: said.latest_category.clone(),
            previous_plans: said.previous_plans,
            emergency_protection: None,
        };
        let began = Happening::ProtectionPlanStarted { category: said.initial_category.clone() };
        let mut facts = vec![
            Fact::Status(Status { from_on, ends: Ends::given(said.ended_on), about }),
            Fact::Event(Event { on: from_on, what: began }),
        ];
        facts.extend(event(said.ended_on, Happening::ProtectionPlanEnded));
        builder.add(unit, &said.at, subject, &format!("protection-plan/{plan}"), facts);
    }
    for review in &said.reviews {
        let unit = Unit::ProtectionReview;
        if let Some(on) = needed(builder, unit, &review.at, subject, review.held_on, "review") {
            let facts = vec![Fact::Event(Event { on, what: Happening::ProtectionReview })];
            builder.add(unit, &review.at, subject, &format!("protection-plan/{plan}/review/{on}"), facts);
        }
    }
}

fn add_pre_proceedings(builder: &mut Builder, subject: &Subject, said: &PreProceedings) {
    let unit = Unit::PreProceedings;
    let began_on = said.started_on.or(said.letter_sent_on).or(said.applied_to_court_on);
    let Some(from_on) = needed(builder, unit, &said.at, subject, began_on, "pre-proceedings") else { return };
    let about = About::PreProceedings {
        family_meeting_offered: said.family_meeting_offered.clone(),
        family_meeting_held: said.family_meeting_held.clone(),
        review_meetings: said.review_meetings,
        outcome: said.outcome.clone(),
    };
    let status = Status { from_on, ends: Ends::given(said.decided_on), about };
    let happened = [
        event(said.started_on, Happening::PreProceedingsStarted),
        event(said.letter_sent_on, Happening::LetterBeforeProceedings),
        event(said.first_meeting_on, Happening::PreProceedingsMeeting),
        event(said.decided_on, Happening::PreProceedingsDecided),
        event(said.applied_to_court_on, Happening::CourtApplication),
    ];
    let facts = std::iter::once(Fact::Status(status)).chain(happened.into_iter().flatten()).collect();
    builder.add(unit, &said.at, subject, &format!("pre-proceedings/{from_on}"), facts);
}

fn ended_or_closed(ended_on: Option<Date>, episode: &Episode) -> Ends {
    match (ended_on, episode.closed_on) {
        (Some(day), _) => Ends::On(day),
        (None, Some(closed_on)) => Ends::By(Some(closed_on)),
        (None, None) => Ends::NotYet,
    }
}

/// The day without which it cannot stand; if there is none, it is refused.
fn needed(builder: &mut Builder, unit: Unit, at: &At, subject: &Subject, day: Option<Date>, what: &str) -> Option<Date> {
    if day.is_none() {
        let why = format!("There is no readable date on which this {what} began, so it cannot stand in a record.");
        builder.refuse(unit, at, Some(subject), Kind::NoDate, &why);
    }
    day
}
