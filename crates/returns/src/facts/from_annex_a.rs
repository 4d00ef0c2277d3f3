//! From the inspection lists to facts. Every row repeats who the child is and who works with the child; the rest is
//! what its list is about. A row whose essential date is missing still says who the child is.

use jiff::civil::Date;

use super::build::{Builder, event};
use super::{About, AsAt, CareEpisode, Ends, Extract, Fact, Happening, Observation, PersonFact, ReturnKind, Status, Subject, Unit};
use crate::annex_a::{self, Adoption, AnnexA, CareLeaver, HeldBy, LookedAfter};
use crate::finding::{Finding, Kind};
use crate::position::At;

/// The facts of lists that were read.
pub fn from_annex_a(lists: &AnnexA, findings: Vec<Finding>, today: Date) -> Extract {
    let mut rows = Rows { builder: Builder::new(ReturnKind::AnnexA, findings, today) };
    rows.front_door(lists);
    rows.need(lists);
    rows.protection(lists);
    for row in &lists.looked_after {
        rows.looked_after(row);
    }
    for row in &lists.care_leavers {
        rows.care_leaver(row);
    }
    for row in &lists.adoptions {
        rows.adoption(row);
    }
    for row in &lists.adopters {
        rows.adopter(row);
    }
    rows.builder.finish(None, None)
}

struct Rows {
    builder: Builder,
}

impl Rows {
    fn front_door(&mut self, lists: &AnnexA) {
        for row in &lists.contacts {
            let what = Happening::Contact { source: row.source.clone() };
            let facts = event(row.contact_on, what).into_iter().collect();
            self.add(Unit::Contact, &row.at, &row.about, None, "contact", row.contact_on, facts);
        }
        for row in &lists.early_help {
            let about = About::EarlyHelpAssessment { organisation: row.organisation.clone() };
            let mut facts = status(row.started_on, row.completed_on, about);
            facts.extend(event(row.started_on, Happening::EarlyHelpAssessmentStarted));
            facts.extend(event(row.completed_on, Happening::EarlyHelpAssessmentCompleted));
            self.add(Unit::EarlyHelpAssessment, &row.at, &row.about, None, "early-help", row.started_on, facts);
        }
        for row in &lists.referrals {
            let what = Happening::Referral { source: row.source.clone(), no_further_action: row.no_further_action.clone() };
            let facts = event(row.referred_on, what).into_iter().collect();
            self.add(Unit::Referral, &row.at, &row.about, Some(&row.held_by), "referral", row.referred_on, facts);
        }
    }

    fn need(&mut self, lists: &AnnexA) {
        for row in &lists.assessments {
            let about = About::Assessment {
                internal_review_on: None,
                factors: Vec::new(),
                child_seen: row.child_seen.clone(),
                support_needed: row.support_needed.clone(),
            };
            let mut facts = status(row.started_on, row.authorised_on, about);
            facts.extend(event(row.started_on, Happening::AssessmentStarted));
            facts.extend(event(row.authorised_on, Happening::AssessmentAuthorised));
            self.add(Unit::Assessment, &row.at, &row.about, Some(&row.held_by), "assessment", row.started_on, facts);
        }
        for row in &lists.in_need {
            let about = About::ChildInNeed {
                source: None,
                primary_need: row.primary_need.clone(),
                reason_for_closure: row.reason_for_closure.clone(),
                case_status: row.case_status.clone(),
            };
            let mut facts = status(row.from_on, row.closed_on, about);
            facts.extend(event(row.last_seen_on, Happening::Seen));
            facts.extend(event(row.closed_on, Happening::CaseClosed { reason: row.reason_for_closure.clone() }));
            self.add(Unit::ChildInNeed, &row.at, &row.about, Some(&row.held_by), "in-need", row.from_on, facts);
        }
    }

    fn protection(&mut self, lists: &AnnexA) {
        for row in &lists.enquiries {
            let not_needed = row.conference_not_needed.as_ref().is_some_and(|answer| answer.is(crate::codes::YesNo::Yes));
            let about = About::Section47 {
                conference_target_on: None,
                conference_on: row.conference_on,
                conference_not_required: row.conference_not_needed.clone(),
                led_to_plan: row.led_to_plan.clone(),
            };
            let ends = match row.conference_on {
                Some(day) => Ends::On(day),
                None if not_needed => Ends::By(None),
                None => Ends::NotYet,
            };
            let mut facts: Vec<Fact> = row.started_on.map(|from_on| Fact::Status(Status { from_on, ends, about })).into_iter().collect();
            facts.extend(event(row.started_on, Happening::Section47Started));
            facts.extend(event(row.conference_on, Happening::InitialConference));
            let held_by = Some(&row.held_by);
            self.add(Unit::Section47Enquiry, &row.at, &row.about, held_by, "section-47", row.started_on, facts);
        }
        for row in &lists.protection_plans {
            self.protection_plan(row);
        }
    }

    fn protection_plan(&mut self, row: &annex_a::ProtectionPlan) {
        let about = About::ProtectionPlan {
            initial_category: row.initial_category.clone(),
            latest_category: row.latest_category.clone(),
            previous_plans: row.previous_plans,
            emergency_protection: row.emergency_protection.clone(),
        };
        let began = Happening::ProtectionPlanStarted { category: row.initial_category.clone() };
        let mut facts = status(row.started_on, row.ended_on, about);
        facts.extend(event(row.started_on, began));
        facts.extend(event(row.last_visit_on, Happening::Visit { seen_alone: row.seen_alone.clone() }));
        facts.extend(event(row.last_review_on, Happening::ProtectionReview));
        facts.extend(event(row.ended_on, Happening::ProtectionPlanEnded));
        let held_by = Some(&row.held_by);
        self.add(Unit::ProtectionPlan, &row.at, &row.about, held_by, "protection-plan", row.started_on, facts);
    }

    fn looked_after(&mut self, row: &LookedAfter) {
        let care = CareEpisode {
            legal_status: row.legal_status.clone(),
            legal_status_from_on: row.legal_status_from_on,
            category_of_need: row.category_of_need.clone(),
            placement: row.placement.clone(),
            placement_from_on: row.placement_from_on,
            provider: row.provider.clone(),
            urn: row.urn.clone(),
            placement_postcode: row.placement_postcode.clone(),
            placement_authority: row.placement_authority.clone(),
            placement_location: row.placement_in_area.clone(),
            reason_ceased: row.reason_ceased.clone(),
            ..CareEpisode::default()
        };
        let mut facts = status(row.from_on, row.ceased_on, About::LookedAfter(Box::new(care)));
        let started = Happening::StartedLookedAfter { legal_status: None, placement: None };
        let happened = [
            event(row.from_on, started),
            event(row.last_review_on, Happening::CareReview { participation: None }),
            event(row.last_visit_on, Happening::Visit { seen_alone: None }),
            event(row.last_reviewing_officer_visit_on, Happening::ReviewingOfficerVisit),
            event(row.last_health_assessment_on, Happening::HealthAssessment),
            event(row.last_dental_check_on, Happening::DentalCheck),
            event(row.ceased_on, Happening::CeasedLookedAfter { reason: row.reason_ceased.clone() }),
        ];
        facts.extend(happened.into_iter().flatten());
        facts.push(as_at(Observation::CareCounts {
            permanence_plan: row.permanence_plan.clone(),
            second_period: row.second_period.clone(),
            placements_in_year: row.placements_in_year,
            times_missing: row.times_missing,
            times_absent: row.times_absent,
            return_interview_offered: row.return_interview_offered.clone(),
            return_interview_accepted: row.return_interview_accepted.clone(),
        }));
        self.add(Unit::LookedAfter, &row.at, &row.about, Some(&row.held_by), "looked-after", row.from_on, facts);
    }

    fn care_leaver(&mut self, row: &CareLeaver) {
        let mut facts = vec![as_at(Observation::CareLeaver {
            eligibility: row.eligibility.clone(),
            in_touch: row.in_touch.clone(),
            activity: row.activity.clone(),
            accommodation: None,
            accommodation_kind: row.accommodation.clone(),
            suitability: row.suitability.clone(),
        })];
        facts.extend(event(row.pathway_review_on, Happening::PathwayReview));
        facts.extend(event(row.last_contact_on, Happening::CareLeaverContact));
        self.add(Unit::CareLeaver, &row.at, &row.about, Some(&row.held_by), "care-leaver", None, facts);
    }

    fn adoption(&mut self, row: &Adoption) {
        let ended_on = row.reversed_on.or(row.adopted_on);
        let about = About::PlacedForAdoption { reason_reversed: row.reason_reversed.clone() };
        let mut facts = status(row.decided_on, ended_on, about);
        let happened = [
            event(row.decided_on, Happening::AdoptionDecided),
            event(row.placement_order_on, Happening::PlacementOrder),
            event(row.matched_on, Happening::MatchedWithAdopters),
            event(row.placed_on, Happening::PlacedWithAdopters),
            event(row.adopted_on, Happening::Adopted),
            event(row.reversed_on, Happening::AdoptionReversed { reason: row.reason_reversed.clone() }),
            event(row.fostering_for_adoption_on, Happening::PlacedToFosterForAdoption),
        ];
        facts.extend(happened.into_iter().flatten());
        self.add(Unit::PlacedForAdoption, &row.at, &row.about, None, "adoption", row.decided_on, facts);
    }

    fn adopter(&mut self, row: &annex_a::Adopter) {
        let unit = Unit::Adopter;
        let Some(id) = &row.about.id else {
            let why = "There is no identifier, so nobody can say who this adopter is.";
            return self.builder.refuse(unit, &row.at, None, Kind::NoPerson, why);
        };
        let facts = vec![as_at(Observation::Adopter(Box::new(row.clone())))];
        self.builder.add(unit, &row.at, &Subject::Adopter(id.clone()), "adopter", facts);
    }

    #[allow(clippy::too_many_arguments, reason = "one row of a list, said once")]
    fn add(
        &mut self,
        unit: Unit,
        at: &At,
        about: &annex_a::About,
        held_by: Option<&HeldBy>,
        tail: &str,
        day: Option<Date>,
        mut facts: Vec<Fact>,
    ) {
        let Some(id) = &about.id else {
            let why = "There is no child identifier, so nobody can say whose row this is.";
            return self.builder.refuse(unit, at, None, Kind::NoPerson, why);
        };
        facts.extend(about_facts(about, held_by).into_iter().map(Fact::Person));
        let day = day.map_or("undated".to_owned(), |day| day.to_string());
        self.builder.add(unit, at, &Subject::la_child(id), &format!("{tail}/{day}"), facts);
    }
}

fn about_facts(about: &annex_a::About, held_by: Option<&HeldBy>) -> Vec<PersonFact> {
    let facts = [
        about.born_on.map(PersonFact::BornOn),
        about.sex.clone().map(PersonFact::Sex),
        about.ethnicity.clone().map(PersonFact::Ethnicity),
        about.disabled.clone().map(PersonFact::Disabled),
        about.asylum_seeker.clone().map(PersonFact::SeeksAsylum),
        about.family.clone().map(PersonFact::Family),
        held_by.filter(|held| **held != HeldBy::default()).map(|held| PersonFact::HeldBy {
            team: held.team.clone(),
            worker: held.worker.clone(),
            personal_adviser: held.personal_adviser.clone(),
        }),
    ];
    facts.into_iter().flatten().collect()
}

fn status(from_on: Option<Date>, ended_on: Option<Date>, about: About) -> Vec<Fact> {
    from_on.map(|from_on| Fact::Status(Status { from_on, ends: Ends::given(ended_on), about })).into_iter().collect()
}

fn as_at(what: Observation) -> Fact {
    Fact::AsAt(AsAt { on: None, what })
}
