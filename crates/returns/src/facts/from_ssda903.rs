//! From the looked-after return to facts.
//!
//! A time in care is told by its episodes: each is a status of its own, and what was new about it an event. Outcomes
//! and care leavers carry no dates; they are said as at the end of the return's year, which stands in their keys.

use std::collections::HashMap;

use jiff::civil::Date;

use super::build::{Builder, child, event};
use super::{About, AsAt, CareEpisode, Ends, Event, Extract, Fact, Happening, Observation, PersonFact, ReturnKind, Status, Subject, Unit};
use crate::codes::{ReasonEpisodeCeased, ReasonForNewEpisode};
use crate::finding::{Finding, Kind};
use crate::position::{At, Spot};
use crate::ssda903::{Adoption, CareLeaver, Child, Episode, Outcomes, PlacedForAdoption, Return, RowPlace, inferred_year};
use crate::year::ReturnYear;

/// The facts of a return that was read. `year` is the collection year where it is known; otherwise it is inferred
/// from the dates, and said.
pub fn from_ssda903(tables: &Return, findings: Vec<Finding>, year: Option<ReturnYear>, today: Date) -> Extract {
    let mut rows = Rows { builder: Builder::new(ReturnKind::Ssda903, findings, today), year };
    if year.is_none() {
        rows.infer_year(tables);
    }
    for row in &tables.children {
        rows.child(row);
    }
    for row in &tables.episodes {
        rows.episode(row);
    }
    rows.reviews_and_absences(tables);
    rows.adoptions(tables);
    rows.as_at_year_end(tables);
    rows.others(tables);
    rows.builder.finish(rows.year, None)
}

struct Rows {
    builder: Builder,
    year: Option<ReturnYear>,
}

impl Rows {
    fn infer_year(&mut self, tables: &Return) {
        self.year = inferred_year(tables);
        if let (Some(year), Some((file, _))) = (self.year, tables.files.first()) {
            let message = format!("No year was given; from the dates this is the return for {}.", year.label());
            self.builder.note(Kind::YearInferred, &At::new(file, Spot::START), message);
        }
    }

    fn child(&mut self, row: &Child) {
        let subject = child(row.child.as_deref(), row.upn.as_deref(), row);
        let facts = [
            row.born_on.map(PersonFact::BornOn),
            row.sex.clone().map(PersonFact::Sex),
            row.ethnicity.clone().map(PersonFact::Ethnicity),
            row.upn.clone().map(upn),
            row.mother.clone().map(PersonFact::Mother),
            row.mothers_child_born_on.map(PersonFact::MothersChildBornOn),
            row.asylum_seeker.clone().map(PersonFact::SeeksAsylum),
        ];
        let facts = facts.into_iter().flatten().map(Fact::Person).collect();
        self.builder.add(Unit::Child, &row.row.at, &subject, "child", facts);
    }

    fn episode(&mut self, row: &Episode) {
        let unit = Unit::CareEpisode;
        let Some(subject) = self.whose(unit, &row.row, row.child.as_deref()) else { return };
        let Some(from_on) = self.since(unit, &row.row, &subject, row.began_on, "DECOM") else { return };
        let about = About::LookedAfter(Box::new(care_episode(row)));
        let status = Status { from_on, ends: Ends::given(row.ended_on), about };
        let mut facts = vec![Fact::Status(status)];
        facts.extend(beginnings(row).into_iter().map(|what| Fact::Event(Event { on: from_on, what })));
        let continues = row.reason_ceased.as_ref().is_some_and(|reason| reason.is(ReasonEpisodeCeased::NewEpisode));
        if !continues {
            facts.extend(event(row.ended_on, Happening::CeasedLookedAfter { reason: row.reason_ceased.clone() }));
        }
        if row.reason_ceased.as_ref().is_some_and(|reason| reason.is(ReasonEpisodeCeased::Died)) {
            facts.extend(event(row.ended_on, Happening::Died));
            facts.extend(row.ended_on.map(|day| Fact::Person(PersonFact::DiedOn(day))));
        }
        self.builder.add(unit, &row.row.at, &subject, &format!("episode/{from_on}"), facts);
    }

    fn reviews_and_absences(&mut self, tables: &Return) {
        for row in &tables.reviews {
            let unit = Unit::CareReview;
            let Some(subject) = self.whose(unit, &row.row, row.child.as_deref()) else { continue };
            let Some(on) = self.since(unit, &row.row, &subject, row.held_on, "REVIEW") else { continue };
            let what = Happening::CareReview { participation: row.participation.clone() };
            let facts = vec![Fact::Event(Event { on, what })];
            self.builder.add(unit, &row.row.at, &subject, &format!("review/{on}"), facts);
        }
        for row in &tables.missing {
            let unit = Unit::MissingEpisode;
            let Some(subject) = self.whose(unit, &row.row, row.child.as_deref()) else { continue };
            let Some(from_on) = self.since(unit, &row.row, &subject, row.from_on, "MIS_START") else { continue };
            let about = About::Missing { how: row.kind.clone() };
            let went = Happening::WentMissing { how: row.kind.clone() };
            let mut facts = vec![
                Fact::Status(Status { from_on, ends: Ends::given(row.until_on), about }),
                Fact::Event(Event { on: from_on, what: went }),
            ];
            facts.extend(event(row.until_on, Happening::Returned));
            self.builder.add(unit, &row.row.at, &subject, &format!("missing/{from_on}"), facts);
        }
    }

    fn adoptions(&mut self, tables: &Return) {
        let adopted = adopted_on(&tables.episodes);
        for row in &tables.adoptions {
            self.adoption(row);
        }
        for row in &tables.placed_for_adoption {
            self.placed_for_adoption(row, &adopted);
        }
        for row in &tables.previous_permanence {
            let Some(subject) = self.whose(Unit::PreviousPermanence, &row.row, row.child.as_deref()) else { continue };
            let what = Observation::PreviousPermanence {
                permanence: row.permanence.clone(),
                authority: row.authority.clone(),
                arranged_on: row.arranged_on.clone(),
            };
            let facts = vec![self.at_year_end(what)];
            self.builder.add(Unit::PreviousPermanence, &row.row.at, &subject, "previous-permanence", facts);
        }
    }

    fn adoption(&mut self, row: &Adoption) {
        let Some(subject) = self.whose(Unit::Adoption, &row.row, row.child.as_deref()) else { return };
        let what = Observation::Adoption {
            by_foster_carer: row.by_foster_carer.clone(),
            adopters: row.adopters,
            adopters_sex: row.adopters_sex.clone(),
            adopters_status: row.adopters_status.clone(),
        };
        let mut facts = vec![self.at_year_end(what)];
        facts.extend(event(row.decided_on, Happening::AdoptionDecided));
        facts.extend(event(row.matched_on, Happening::MatchedWithAdopters));
        let tail = format!("adoption/{}", self.year_label());
        self.builder.add(Unit::Adoption, &row.row.at, &subject, &tail, facts);
    }

    fn placed_for_adoption(&mut self, row: &PlacedForAdoption, adopted: &HashMap<&str, Date>) {
        let unit = Unit::PlacedForAdoption;
        let Some(subject) = self.whose(unit, &row.row, row.child.as_deref()) else { return };
        let Some(from_on) = self.since(unit, &row.row, &subject, row.decided_on, "DATE_PLACED") else { return };
        let adopted_on = row.child.as_deref().and_then(|child| adopted.get(child)).copied();
        let ends = Ends::given(row.reversed_on.or(adopted_on.filter(|day| *day >= from_on)));
        let about = About::PlacedForAdoption { reason_reversed: row.reason_reversed.clone() };
        let mut facts =
            vec![Fact::Status(Status { from_on, ends, about }), Fact::Event(Event { on: from_on, what: Happening::AdoptionDecided })];
        let reversed = Happening::AdoptionReversed { reason: row.reason_reversed.clone() };
        facts.extend(event(row.reversed_on, reversed));
        self.builder.add(unit, &row.row.at, &subject, &format!("placed-for-adoption/{from_on}"), facts);
    }

    fn as_at_year_end(&mut self, tables: &Return) {
        for row in &tables.outcomes {
            let Some(subject) = self.whose(Unit::Outcomes, &row.row, row.child.as_deref()) else { continue };
            let facts = vec![self.at_year_end(outcomes(row))];
            let tail = format!("outcomes/{}", self.year_label());
            self.builder.add(Unit::Outcomes, &row.row.at, &subject, &tail, facts);
        }
        for row in &tables.care_leavers {
            let Some(subject) = self.whose(Unit::CareLeaver, &row.row, row.child.as_deref()) else { continue };
            let mut facts = vec![self.at_year_end(care_leaver(row))];
            facts.extend(row.born_on.map(|day| Fact::Person(PersonFact::BornOn(day))));
            let tail = format!("care-leaver/{}", self.year_label());
            self.builder.add(Unit::CareLeaver, &row.row.at, &subject, &tail, facts);
        }
        for row in &tables.asylum_seekers {
            let Some(subject) = self.whose(Unit::AsylumSeeker, &row.row, row.child.as_deref()) else { continue };
            let facts = vec![self.at_year_end(Observation::AsylumSeeker { ceased_on: row.ceased_on })];
            self.builder.add(Unit::AsylumSeeker, &row.row.at, &subject, "asylum-seeker", facts);
        }
    }

    fn others(&mut self, tables: &Return) {
        for row in &tables.social_workers {
            let unit = Unit::SocialWorkerEpisode;
            let Some(subject) = self.whose(unit, &row.row, row.child.as_deref()) else { continue };
            let Some(from_on) = self.since(unit, &row.row, &subject, row.from_on, "SW_DECOM") else { continue };
            let about = About::SocialWorker { worker: row.worker.clone(), reason: row.reason.clone() };
            let facts = vec![
                Fact::Status(Status { from_on, ends: Ends::given(row.until_on), about }),
                Fact::Event(Event { on: from_on, what: Happening::SocialWorkerStarted { worker: row.worker.clone() } }),
            ];
            self.builder.add(unit, &row.row.at, &subject, &format!("social-worker/{from_on}"), facts);
        }
        for row in &tables.deprivations_of_liberty {
            let unit = Unit::DeprivationOfLiberty;
            let Some(subject) = self.whose(unit, &row.row, row.child.as_deref()) else { continue };
            let Some(from_on) = self.since(unit, &row.row, &subject, row.from_on, "DOLO_START") else { continue };
            let ends = Ends::given(row.until_on);
            let facts = vec![
                Fact::Status(Status { from_on, ends, about: About::DeprivationOfLiberty }),
                Fact::Event(Event { on: from_on, what: Happening::DeprivationOfLiberty }),
            ];
            self.builder.add(unit, &row.row.at, &subject, &format!("deprivation-of-liberty/{from_on}"), facts);
        }
    }

    fn whose(&mut self, unit: Unit, row: &RowPlace, id: Option<&str>) -> Option<Subject> {
        if id.is_none() {
            let why = "The column CHILD is empty, so nobody can say whose row this is.";
            self.builder.refuse(unit, &row.at, None, Kind::NoPerson, why);
        }
        id.map(Subject::la_child)
    }

    fn since(&mut self, unit: Unit, row: &RowPlace, subject: &Subject, day: Option<Date>, column: &str) -> Option<Date> {
        if day.is_none() {
            let why = format!("There is no readable date in {column}, so this cannot stand in a record.");
            self.builder.refuse(unit, &row.at, Some(subject), Kind::NoDate, &why);
        }
        day
    }

    fn at_year_end(&self, what: Observation) -> Fact {
        Fact::AsAt(AsAt { on: self.year.map(ReturnYear::last_day), what })
    }

    fn year_label(&self) -> String {
        self.year.map_or("undated".to_owned(), ReturnYear::label)
    }
}

/// `UN1` and so on in place of a number say why there is none.
fn upn(text: String) -> PersonFact {
    use crate::codes::{CodeSet, Coded, UpnUnknown};
    match UpnUnknown::from_code(&text) {
        Some(reason) => PersonFact::UpnUnknown(Coded::new(reason)),
        None => PersonFact::Upn(text),
    }
}

/// What was new about an episode.
fn beginnings(row: &Episode) -> Vec<Happening> {
    use ReasonForNewEpisode as R;
    let placement = Happening::PlacementChanged { placement: row.placement.clone() };
    let status = Happening::LegalStatusChanged { legal_status: row.legal_status.clone() };
    match row.reason_for_new.as_ref().and_then(|reason| reason.meaning) {
        Some(R::Started) => {
            let (legal_status, placement) = (row.legal_status.clone(), row.placement.clone());
            vec![Happening::StartedLookedAfter { legal_status, placement }]
        }
        Some(R::LegalStatus) => vec![status],
        Some(R::PlacementAndCarer | R::PlacementSameCarer) => vec![placement],
        Some(R::LegalStatusPlacementAndCarer | R::LegalStatusAndPlacement) => vec![status, placement],
        None => vec![],
    }
}

fn care_episode(row: &Episode) -> CareEpisode {
    CareEpisode {
        reason_for_new: row.reason_for_new.clone(),
        legal_status: row.legal_status.clone(),
        legal_status_from_on: None,
        category_of_need: row.category_of_need.clone(),
        placement: row.placement.clone(),
        placement_from_on: None,
        provider: row.provider.clone(),
        urn: row.urn.clone(),
        home_postcode: row.home_postcode.clone(),
        placement_postcode: row.placement_postcode.clone(),
        placement_authority: row.placement_authority.clone(),
        placement_location: row.placement_location.clone(),
        placement_distance: row.placement_distance.clone(),
        reason_ceased: row.reason_ceased.clone(),
        reason_for_place_change: row.reason_for_place_change.clone(),
    }
}

fn outcomes(row: &Outcomes) -> Observation {
    Observation::Outcomes {
        sdq_score: row.sdq_score,
        sdq_reason: row.sdq_reason.clone(),
        convicted: row.convicted.clone(),
        health_check: row.health_check.clone(),
        immunised: row.immunised.clone(),
        teeth_checked: row.teeth_checked.clone(),
        health_assessed: row.health_assessed.clone(),
        substance_misuse: row.substance_misuse.clone(),
        help_received: row.help_received.clone(),
        help_offered: row.help_offered.clone(),
    }
}

fn care_leaver(row: &CareLeaver) -> Observation {
    Observation::CareLeaver {
        eligibility: None,
        in_touch: row.in_touch.clone(),
        activity: row.activity.clone(),
        accommodation: row.accommodation.clone(),
        accommodation_kind: None,
        suitability: None,
    }
}

/// When each adopted child's last episode ended.
fn adopted_on(episodes: &[Episode]) -> HashMap<&str, Date> {
    use ReasonEpisodeCeased::{Adopted, AdoptedWithoutConsent};
    let adopted = |row: &&Episode| row.reason_ceased.as_ref().is_some_and(|reason| reason.is(Adopted) || reason.is(AdoptedWithoutConsent));
    episodes.iter().filter(adopted).filter_map(|row| Some((row.child.as_deref()?, row.ended_on?))).collect()
}
