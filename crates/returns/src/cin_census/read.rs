//! Reading the census file child by child. Modules and elements are taken in any order; what is not known is told
//! and passed over; a file that is cut short gives the children before the cut and what there is of the last.

use super::layout::{
    ASSESSMENTS, CHARACTERISTICS, DETAILS, DISABILITIES, FACTORS, IDENTIFIERS, PLANS, PRE_PROCEEDINGS, PROTECTION_PLANS, SECTION_47,
};
use super::{Assessment, Census, Child, ChildInNeedPlan, Episode, PreProceedings, ProtectionPlan, Review, Section47Enquiry};
use crate::cell::Cell;
use crate::element::{fill, groups};
use crate::finding::{Finding, Kind, Log};
use crate::header::{self, Fit};
use crate::layout::Layout;
use crate::position::{At, FileName, Spot};
use crate::text;
use crate::xml::{Element, Shape, Units, same_name};

static SHAPE: Shape = Shape { what: "children in need census", root: "Message", containers: &["Children"], units: &["Header", "Child"] };

/// What the file holds and what was noticed. Never fails: a file of another kind gives a census without children and
/// a finding that says so.
pub fn read(bytes: &[u8], name: &str) -> (Census, Vec<Finding>) {
    let file = FileName::new(name);
    let mut log = Log::new(&file);
    let mut census = Census { file, ..Census::default() };
    if let Some(text) = text::decode(bytes, &mut log) {
        read_units(&text, &mut census, &mut log);
    }
    (census, log.into_findings())
}

fn read_units(text: &str, census: &mut Census, log: &mut Log) {
    let mut units = Units::new(text, &SHAPE);
    loop {
        let mark = log.mark();
        let Some(unit) = units.next(log) else { break };
        if same_name(unit.name, "Header") {
            census.header = header::read(&unit, log);
            if header::is_for(&census.header, "CIN", SHAPE.what, log) == Fit::Other {
                return;
            }
        } else {
            let child = read_child(&unit, log);
            log.belongs_to(mark, child.la_child_id.as_deref());
            census.children.push(child);
        }
    }
    if census.children.is_empty() && units.rooted() {
        log.flag(Kind::Empty, Spot::START, "There is no child in this file.");
    }
}

fn read_child(element: &Element<'_>, log: &mut Log) -> Child {
    let mut child = Child { at: At::new(&log.file, element.spot), ..Child::default() };
    let modules = ["ChildIdentifiers", "ChildCharacteristics", "CINdetails"];
    log.of = Some(element.spot);
    log.table = "Child";
    fill(&Layout { table: "Child", fields: &[] }, &mut child, element, &modules, log);
    for identifiers in groups(element, "ChildIdentifiers") {
        log.table = IDENTIFIERS.table;
        fill(&IDENTIFIERS, &mut child, identifiers, &[], log);
    }
    for characteristics in groups(element, "ChildCharacteristics") {
        log.table = CHARACTERISTICS.table;
        fill(&CHARACTERISTICS, &mut child, characteristics, &["Disabilities"], log);
        for disabilities in groups(characteristics, "Disabilities") {
            log.table = DISABILITIES.table;
            fill(&DISABILITIES, &mut child, disabilities, &[], log);
        }
    }
    child.episodes = groups(element, "CINdetails").map(|details| read_episode(details, log)).collect();
    (log.of, log.table) = (None, "");
    child
}

const GROUPS: [&str; 5] = ["Assessments", "CINPlanDates", "Section47", "ChildProtectionPlans", "PreProceedingsandFGDM"];

fn read_episode(element: &Element<'_>, log: &mut Log) -> Episode {
    let mut episode: Episode = read_module(&DETAILS, element, &GROUPS, log);
    episode.at = At::new(&log.file, element.spot);
    for group in &element.children {
        let at = At::new(&log.file, group.spot);
        match GROUPS.iter().position(|name| same_name(name, group.name)) {
            Some(0) => episode.assessments.push(read_assessment(group, log)),
            Some(1) => episode.plans.push(ChildInNeedPlan { at, ..read_module(&PLANS, group, &[], log) }),
            Some(2) => episode.enquiries.push(Section47Enquiry { at, ..read_module(&SECTION_47, group, &[], log) }),
            Some(3) => episode.protection_plans.push(read_protection_plan(group, log)),
            Some(4) => {
                let steps = read_module(&PRE_PROCEEDINGS, group, &[], log);
                episode.pre_proceedings.push(PreProceedings { at, ..steps });
            }
            _ => {}
        }
    }
    episode
}

fn read_assessment(element: &Element<'_>, log: &mut Log) -> Assessment {
    let mut assessment = read_module(&ASSESSMENTS, element, &["FactorsIdentifiedAtAssessment"], log);
    for factors in groups(element, "FactorsIdentifiedAtAssessment") {
        fill(&FACTORS, &mut assessment, factors, &[], log);
    }
    Assessment { at: At::new(&log.file, element.spot), ..assessment }
}

fn read_protection_plan(element: &Element<'_>, log: &mut Log) -> ProtectionPlan {
    let mut plan = read_module(&PROTECTION_PLANS, element, &["Reviews"], log);
    plan.at = At::new(&log.file, element.spot);
    log.table = "Reviews";
    for reviews in groups(element, "Reviews") {
        fill(&Layout { table: "Reviews", fields: &[] }, &mut plan, reviews, &["CPPreviewDate"], log);
        for review in groups(reviews, "CPPreviewDate") {
            log.of = Some(review.spot);
            let mut held_on = None;
            Cell::new(&review.text, review.text_spot, "CPPreviewDate", log).date(&mut held_on);
            plan.reviews.push(Review { at: At::new(&log.file, review.spot), held_on });
        }
    }
    plan
}

fn read_module<R: Default>(layout: &Layout<R>, element: &Element<'_>, groups: &[&str], log: &mut Log) -> R {
    (log.of, log.table) = (Some(element.spot), layout.table);
    let mut record = R::default();
    fill(layout, &mut record, element, groups, log);
    record
}
