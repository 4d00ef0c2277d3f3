//! The children's social work workforce census: every social worker employed or from an agency on 30 September or
//! during the year before it, what they do, their cases and absence, and the posts that are vacant.
//!
//! Source: the Department for Education's schema of 2022. Reads the one XML file. Every answer is optional here.
//! Leaves out: writing the return, and the published rates (those are reckoned from it elsewhere).

use jiff::civil::Date;
use serde::Serialize;

use crate::codes::{
    AbsenceReason, CareerStage, Coded, Ethnicity, LeaverDestination, OrganisationRole, QualificationLevel, ReasonForLeaving, Sex,
    StartOrigin, YesNo,
};
use crate::element::fill;
use crate::finding::{Finding, Kind, Log};
use crate::header::{self, Fit, Header};
use crate::layout::{Layout, field};
use crate::number::Millionths;
use crate::position::{At, FileName, Spot};
use crate::text;
use crate::xml::{Element, Shape, Units, same_name};

/// One file of the census.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WorkforceCensus {
    pub file: FileName,
    pub header: Header,
    pub vacancies: Option<Vacancies>,
    pub workers: Vec<Worker>,
}

/// Posts without a worker, and agency workers, in the whole authority.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Vacancies {
    #[serde(skip)]
    pub at: At,
    pub vacant_fte: Option<Millionths>,
    pub agency_fte: Option<Millionths>,
    pub agency_headcount: Option<u32>,
}

/// A social worker.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Worker {
    #[serde(skip)]
    pub at: At,
    pub agency: Option<Coded<YesNo>>,
    /// The number with the regulator, Social Work England.
    pub registration: Option<String>,
    pub fte: Option<Millionths>,
    pub born_on: Option<Date>,
    pub sex: Option<Coded<Sex>>,
    pub ethnicity: Option<Coded<Ethnicity>>,
    pub qualified_at: Option<String>,
    pub qualification: Option<Coded<QualificationLevel>>,
    pub step_up: Option<Coded<YesNo>>,
    pub frontline: Option<Coded<YesNo>>,
    pub role: Option<Coded<OrganisationRole>>,
    pub started_on: Option<Date>,
    pub came_from: Option<Coded<StartOrigin>>,
    pub ended_on: Option<Date>,
    pub went_to: Option<Coded<LeaverDestination>>,
    pub reason_for_leaving: Option<Coded<ReasonForLeaving>>,
    /// Full-time equivalent on 30 September.
    pub fte_on_day: Option<Millionths>,
    /// Cases held on 30 September.
    pub cases_on_day: Option<u32>,
    /// Working days lost to sickness in the year.
    pub working_days_lost: Option<Millionths>,
    pub contract_weeks: Option<Millionths>,
    pub absent_on_day: Option<Coded<YesNo>>,
    pub reason_for_absence: Option<Coded<AbsenceReason>>,
    pub career_stage: Option<Coded<CareerStage>>,
}

const VACANCIES: Layout<Vacancies> = Layout {
    table: "LALevelVacancies",
    fields: &[
        field("NumberOfVacancies", |posts: &mut Vacancies, cell| cell.amount(&mut posts.vacant_fte)),
        field("NoAgencyFTE", |posts, cell| cell.amount(&mut posts.agency_fte)),
        field("NoAgencyHeadcount", |posts, cell| cell.whole(&mut posts.agency_headcount)),
    ],
};

const WORKER: Layout<Worker> = Layout {
    table: "CSWWWorker",
    fields: &[
        field("AgencyWorker", |worker: &mut Worker, cell| cell.code(&mut worker.agency)),
        field("SWENo", |worker, cell| cell.text(&mut worker.registration)),
        field("FTE", |worker, cell| cell.amount(&mut worker.fte)),
        field("PersonBirthDate", |worker, cell| cell.date(&mut worker.born_on)),
        field("GenderCurrent", |worker: &mut Worker, cell| cell.code(&mut worker.sex)).or(&["Sex"]),
        field("Ethnicity", |worker, cell| cell.code(&mut worker.ethnicity)),
        field("QualInst", |worker, cell| cell.first_text(&mut worker.qualified_at)),
        field("QualLevel", |worker, cell| cell.code(&mut worker.qualification)),
        field("StepUpGrad", |worker, cell| cell.code(&mut worker.step_up)),
        field("FrontlineGrad", |worker, cell| cell.code(&mut worker.frontline)),
        field("OrgRole", |worker, cell| cell.code(&mut worker.role)),
        field("RoleStartDate", |worker, cell| cell.date(&mut worker.started_on)),
        field("StartOrigin", |worker, cell| cell.code(&mut worker.came_from)),
        field("RoleEndDate", |worker, cell| cell.date(&mut worker.ended_on)),
        field("LeaverDestination", |worker, cell| cell.code(&mut worker.went_to)),
        field("ReasonLeave", |worker, cell| cell.code(&mut worker.reason_for_leaving)),
        field("FTE30", |worker, cell| cell.amount(&mut worker.fte_on_day)),
        field("Cases30", |worker, cell| cell.whole(&mut worker.cases_on_day)),
        field("WorkingDaysLost", |worker, cell| cell.amount(&mut worker.working_days_lost)),
        field("ContractWeeks", |worker, cell| cell.amount(&mut worker.contract_weeks)),
        field("Absat30Sept", |worker, cell| cell.code(&mut worker.absent_on_day)),
        field("ReasonAbsence", |worker, cell| cell.code(&mut worker.reason_for_absence)),
        field("CFKSSstatus", |worker, cell| cell.code(&mut worker.career_stage)),
    ],
};

static SHAPE: Shape =
    Shape { what: "workforce census", root: "Message", containers: &[], units: &["Header", "LALevelVacancies", "CSWWWorker"] };

/// What the file holds and what was noticed; never fails.
pub fn read(bytes: &[u8], name: &str) -> (WorkforceCensus, Vec<Finding>) {
    let file = FileName::new(name);
    let mut log = Log::new(&file);
    let mut census = WorkforceCensus { file, ..WorkforceCensus::default() };
    if let Some(text) = text::decode(bytes, &mut log) {
        read_units(&text, &mut census, &mut log);
    }
    (census, log.into_findings())
}

fn read_units(text: &str, census: &mut WorkforceCensus, log: &mut Log) {
    let mut units = Units::new(text, &SHAPE);
    loop {
        let mark = log.mark();
        let Some(unit) = units.next(log) else { break };
        if same_name(unit.name, "Header") {
            census.header = header::read(&unit, log);
            if header::is_for(&census.header, "CSWW", SHAPE.what, log) == Fit::Other {
                return;
            }
        } else if same_name(unit.name, "LALevelVacancies") {
            let mut posts: Vacancies = read_unit(&VACANCIES, &unit, log);
            posts.at = At::new(&log.file, unit.spot);
            census.vacancies.get_or_insert(posts);
        } else {
            let mut worker: Worker = read_unit(&WORKER, &unit, log);
            worker.at = At::new(&log.file, unit.spot);
            log.belongs_to(mark, worker.registration.as_deref());
            census.workers.push(worker);
        }
    }
    if census.workers.is_empty() && units.rooted() {
        log.flag(Kind::Empty, Spot::START, "There is no worker in this file.");
    }
}

fn read_unit<R: Default>(layout: &Layout<R>, unit: &Element<'_>, log: &mut Log) -> R {
    (log.table, log.of) = (layout.table, Some(unit.spot));
    let mut record = R::default();
    fill(layout, &mut record, unit, &[], log);
    (log.table, log.of) = ("", None);
    record
}
