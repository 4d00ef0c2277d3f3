//! What a return says of a social worker.

use jiff::civil::Date;
use serde::Serialize;

use crate::codes::{
    AbsenceReason, CareerStage, Coded, Ethnicity, LeaverDestination, OrganisationRole, QualificationLevel, ReasonForLeaving, Sex,
    StartOrigin, YesNo,
};
use crate::number::Millionths;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum WorkerFact {
    Person {
        born_on: Option<Date>,
        sex: Option<Coded<Sex>>,
        ethnicity: Option<Coded<Ethnicity>>,
        qualified_at: Option<String>,
        qualification: Option<Coded<QualificationLevel>>,
        step_up: Option<Coded<YesNo>>,
        frontline: Option<Coded<YesNo>>,
    },
    Post(Box<Post>),
    /// On the census day, 30 September.
    OnDay {
        on: Option<Date>,
        fte: Option<Millionths>,
        cases: Option<u32>,
    },
    /// Away on the census day. The reason is for human resources only.
    Absent {
        on: Option<Date>,
        reason: Option<Coded<AbsenceReason>>,
    },
    /// Over the year up to the census day.
    Year {
        until_on: Option<Date>,
        working_days_lost: Option<Millionths>,
        contract_weeks: Option<Millionths>,
    },
}

/// What the worker does, since when and, where it has ended, until when and why.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Post {
    pub agency: Option<Coded<YesNo>>,
    pub role: Option<Coded<OrganisationRole>>,
    pub career_stage: Option<Coded<CareerStage>>,
    pub fte: Option<Millionths>,
    pub started_on: Option<Date>,
    pub came_from: Option<Coded<StartOrigin>>,
    pub ended_on: Option<Date>,
    pub went_to: Option<Coded<LeaverDestination>>,
    pub reason_for_leaving: Option<Coded<ReasonForLeaving>>,
}
