//! From the workforce census to facts about social workers and about posts that are vacant.

use jiff::civil::Date;

use super::build::Builder;
use super::{Extract, Fact, Post, ReturnKind, Subject, Unit, WorkerFact};
use crate::codes::YesNo;
use crate::finding::{Finding, Kind};
use crate::workforce_census::{Worker, WorkforceCensus};

/// The facts of a census that was read. Workers are keyed by year, so that each census day stays on record.
pub fn from_workforce(census: &WorkforceCensus, findings: Vec<Finding>, today: Date) -> Extract {
    let mut builder = Builder::new(ReturnKind::Workforce, findings, today);
    let on = census.header.reference_on;
    let year = on.map(|day| i32::from(day.year())).or(census.header.year.and_then(|year| year.try_into().ok()));
    let tail = format!("census/{}", year.map_or("undated".to_owned(), |year| year.to_string()));
    for worker in &census.workers {
        match &worker.registration {
            Some(number) => {
                let subject = Subject::Worker(number.clone());
                builder.add(Unit::Worker, &worker.at, &subject, &tail, worker_facts(worker, on));
            }
            None => {
                let why = "There is no SWENo, so nobody can say who this worker is.";
                builder.refuse(Unit::Worker, &worker.at, None, Kind::NoPerson, why);
            }
        }
    }
    if let Some(posts) = &census.vacancies {
        let facts = vec![Fact::Vacancies(posts.clone())];
        builder.add(Unit::Vacancies, &posts.at, &Subject::Authority, &tail, facts);
    }
    let mut extract = builder.finish(None, census.header.authority.clone());
    extract.reference_on = on;
    extract
}

fn worker_facts(worker: &Worker, on: Option<Date>) -> Vec<Fact> {
    let mut facts = vec![
        WorkerFact::Person {
            born_on: worker.born_on,
            sex: worker.sex.clone(),
            ethnicity: worker.ethnicity.clone(),
            qualified_at: worker.qualified_at.clone(),
            qualification: worker.qualification.clone(),
            step_up: worker.step_up.clone(),
            frontline: worker.frontline.clone(),
        },
        WorkerFact::Post(Box::new(post(worker))),
        WorkerFact::OnDay { on, fte: worker.fte_on_day, cases: worker.cases_on_day },
        WorkerFact::Year { until_on: on, working_days_lost: worker.working_days_lost, contract_weeks: worker.contract_weeks },
    ];
    if worker.absent_on_day.as_ref().is_some_and(|answer| answer.is(YesNo::Yes)) {
        facts.push(WorkerFact::Absent { on, reason: worker.reason_for_absence.clone() });
    }
    facts.into_iter().map(Fact::Worker).collect()
}

fn post(worker: &Worker) -> Post {
    Post {
        agency: worker.agency.clone(),
        role: worker.role.clone(),
        career_stage: worker.career_stage.clone(),
        fte: worker.fte,
        started_on: worker.started_on,
        came_from: worker.came_from.clone(),
        ended_on: worker.ended_on,
        went_to: worker.went_to.clone(),
        reason_for_leaving: worker.reason_for_leaving.clone(),
    }
}
