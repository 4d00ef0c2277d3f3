//! The register itself (table of data): every rule, with its source and how sure we are of it. A council's own
//! values stand over the local ones from a day on.

use jiff::civil::{Date, date};

use super::{Checked, Kind, Roll, StartDay, Timescale, Unit};
use crate::calendar::add_days;

/// All rules, each with its versions by date.
#[derive(Debug, Clone)]
pub struct Register {
    rules: Vec<Timescale>,
}

/// A council's own value for one local rule, from a day on.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct LocalChange {
    pub code: String,
    pub amount: i32,
    pub unit: Unit,
    pub from_on: Date,
    pub source: String,
}

/// Why a rule is not to be had or not to be changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unknown {
    NoSuchRule(String),
    /// The law or national guidance sets it; no council changes it.
    NotLocal(String),
    Amount(String),
}

impl std::fmt::Display for Unknown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Unknown::NoSuchRule(code) => write!(f, "There is no timescale called {code}"),
            Unknown::NotLocal(code) => write!(f, "{code} is set by law or national guidance and cannot be changed here"),
            Unknown::Amount(code) => write!(f, "The length of {code} must be a whole number from 1 to 400"),
        }
    }
}

impl Register {
    /// The rules as the law, guidance and our defaults have them.
    pub fn national() -> Self {
        Register { rules: rules() }
    }

    /// The same with a council's own values over the local rules.
    pub fn with_local(changes: &[LocalChange]) -> Result<Self, Unknown> {
        let mut register = Self::national();
        let mut sorted: Vec<&LocalChange> = changes.iter().collect();
        sorted.sort_by_key(|c| c.from_on);
        for change in sorted {
            register.change(change)?;
        }
        Ok(register)
    }

    fn change(&mut self, change: &LocalChange) -> Result<(), Unknown> {
        let last = self.rules.iter().rposition(|r| r.code == change.code).ok_or_else(|| Unknown::NoSuchRule(change.code.clone()))?;
        if self.rules[last].kind != Kind::Local {
            return Err(Unknown::NotLocal(change.code.clone()));
        }
        if !(1..=400).contains(&change.amount.unsigned_abs()) {
            return Err(Unknown::Amount(change.code.clone()));
        }
        let old = &mut self.rules[last];
        let new = old.changed(change);
        old.until_on = Some(add_days(change.from_on, -1));
        self.rules.insert(last + 1, new);
        Ok(())
    }

    /// The rule in force on a day; on a day before its first version, that version.
    pub fn on(&self, code: &str, day: Date) -> Result<&Timescale, Unknown> {
        let all = || self.rules.iter().filter(|r| r.code == code);
        let first = || all().find(|r| day < r.from_on).or_else(|| all().next_back());
        all().rfind(|r| r.is_in_force(day)).or_else(first).ok_or_else(|| Unknown::NoSuchRule(code.to_owned()))
    }

    /// Every version of every rule, those of one rule the earliest first.
    pub fn all(&self) -> &[Timescale] {
        &self.rules
    }

    /// Every rule as it is on a day.
    pub fn in_force(&self, day: Date) -> impl Iterator<Item = &Timescale> {
        self.rules.iter().filter(move |r| r.is_in_force(day))
    }
}

impl Timescale {
    /// This rule with a council's own length. A rule that runs backwards keeps its direction, however the length is
    /// typed, and the words name the new length.
    fn changed(&self, change: &LocalChange) -> Timescale {
        let mut new = Timescale {
            amount: change.amount.abs() * self.amount.signum(),
            unit: change.unit,
            source: change.source.clone(),
            checked: Checked::AtSource,
            from_on: change.from_on,
            until_on: None,
            ..self.clone()
        };
        let (old, length) = (self.length(), new.length());
        new.words = match self.words.split_once(&old) {
            Some((before, after)) => format!("{before}{length}{after}"),
            None if new.amount < 0 => format!("{}: {length} before", new.name),
            None => format!("{}: within {length}", new.name),
        };
        new
    }
}

/// Where no day is given from which a rule holds: before the earliest record kept here.
pub(super) const ALWAYS: Date = date(1990, 1, 1);

/// One row: code, name, the rule in words, from when, how long, whose, source, how sure.
type Row = (&'static str, &'static str, &'static str, &'static str, i32, Unit, Kind, &'static str, Checked);

fn rules() -> Vec<Timescale> {
    let mut all = Vec::with_capacity(ROWS.len() + EARLIER.len());
    for row in ROWS {
        let earlier = EARLIER.iter().filter(|(_, _, earlier)| earlier.0 == row.0);
        all.extend(earlier.map(|(from_on, until_on, row)| Timescale { from_on: *from_on, until_on: Some(*until_on), ..rule(row) }));
        all.push(rule(row));
    }
    all
}

fn rule((code, name, words, anchor, amount, unit, kind, source, checked): &Row) -> Timescale {
    Timescale {
        code: (*code).into(),
        name: (*name).into(),
        words: (*words).into(),
        anchor: (*anchor).into(),
        amount: *amount,
        unit: *unit,
        start_day: if DAY_ONE.contains(code) { StartDay::IsDayOne } else { StartDay::IsDayZero },
        roll: Roll::Stays,
        kind: *kind,
        source: (*source).into(),
        checked: *checked,
        from_on: SINCE.iter().find(|(of, _)| of == code || source.starts_with(of)).map_or(ALWAYS, |(_, on)| *on),
        until_on: None,
    }
}

use Checked::{AtSource, GeneralKnowledge, Proposed, Reported};
use Kind::{Guidance, Local, Statute};
use Unit::{CalendarDays, Hours, Months, OfficeHours, Weeks, WorkingDays, Years};

/// Rules whose start counts as the first day.
const DAY_ONE: &[&str] = &["NOT_COVERED"];

/// From when rules hold, by their code or by how their source begins; the code stands before the source.
const SINCE: &[(&str, Date)] = &[
    ("CFA", date(2013, 4, 15)),
    ("LAC_VISIT_6M", date(2015, 4, 1)),
    ("LAC_REV_YEAR", date(2015, 4, 1)),
    ("PROCEEDINGS", date(2014, 4, 22)),
    // It binds records of children born long before.
    ("RETAIN_LAC", ALWAYS),
    ("PA_ENDS", ALWAYS),
    ("Care Planning", date(2011, 4, 1)),
    ("Care Leavers (England) Regulations 2010", date(2011, 4, 1)),
    ("SI 2005/1533", date(2005, 7, 1)),
    ("Mental Capacity Act 2005, schedule A1", date(2009, 4, 1)),
    ("Care and Support Statutory Guidance", date(2015, 4, 1)),
    ("UK GDPR", date(2018, 5, 25)),
];

/// Versions of rules that no longer hold, for judging what was done then: from, until, the row.
#[rustfmt::skip]
const EARLIER: &[(Date, Date, Row)] = &[
    (date(2000, 3, 1), date(2018, 5, 24), ("SAR", "Request to see one's own record", "It is answered within 40 calendar days", "the request was received", 40, CalendarDays, Statute, "Data Protection Act 1998, section 7", GeneralKnowledge)),
];

#[rustfmt::skip]
const ROWS: &[Row] = &[
    // The front door
    ("REF_DEC", "Decision on a referral", "A social worker acknowledges the referrer and decides the next step for a child within 1 working day", "the enquiry was first received", 1, WorkingDays, Guidance, "Working Together to Safeguard Children", Reported),
    ("ADULT_DEC", "Decision on an adult's enquiry", "The next step for an adult is decided within the time that the council sets", "the enquiry was first received", 2, WorkingDays, Local, "Local policy; the Care Act sets no number of days", Proposed),
    ("ENQ_ACK", "Acknowledgement", "Whoever made contact is told that it was received within 1 working day", "the enquiry was first received", 1, WorkingDays, Local, "Local practice", Proposed),
    ("ENQ_IMMEDIATE", "Immediate danger", "Someone acts within 1 hour", "the enquiry was received", 1, Hours, Local, "Local practice", Proposed),
    ("ENQ_URGENT", "Urgent enquiry", "Someone acts within 4 hours, by day and night", "the enquiry was received", 4, Hours, Local, "Local practice", Proposed),
    ("ENQ_SOON", "Enquiry that cannot wait", "Someone acts within 24 hours, by day and night", "the enquiry was received", 24, Hours, Local, "Local practice", Proposed),
    ("ENQ_ROUTINE", "Routine enquiry", "It is decided within 8 working hours", "the enquiry was received", 8, OfficeHours, Local, "Local practice, inside the 1 working day of guidance", Proposed),
    ("RE_REFERRAL", "Re-referral", "A referral within 12 months after another is a re-referral", "the referral was received", -12, Months, Guidance, "Children in need census guide", Reported),
    ("REPEAT_CONTACT", "Repeat contact", "A contact within 28 calendar days after another is a repeat", "the contact was received", -28, CalendarDays, Local, "Local measure of whether the first answer helped", Proposed),
    ("FD_HISTORY", "Reading after a decision", "The front door may read the history until 5 working days after the decision", "the enquiry was decided", 5, WorkingDays, Local, "Local policy on access", Proposed),
    ("EDT_REVIEW", "Break-glass review", "Access that broke the glass is reviewed by the next working day", "the record was opened", 1, WorkingDays, Local, "Local policy on access", Proposed),
    ("INFO_ACK", "Acknowledging new information", "The allocated worker or duty says within 1 working day that they read new information; then the team's manager is told", "the enquiry was decided", 1, WorkingDays, Local, "Local practice", Proposed),
    // Allocation
    ("ALLOC", "Allocation to a worker", "A referral has a named worker within 1 working day", "the referral was accepted", 1, WorkingDays, Local, "A council's published procedure (24 hours of reaching the tray)", Reported),
    ("UNALLOC_REVIEW", "Review of unallocated work", "The team manager reviews each unallocated case every week, with a recorded decision", "the case was last reviewed, or opened", 1, Weeks, Local, "A council's published procedure", AtSource),
    ("UNALLOC_ESCALATE", "Escalation of unallocated work", "A case without a worker for 4 weeks goes to the group manager", "the case was left without a worker", 4, Weeks, Local, "A council's published procedure", AtSource),
    ("ALLOC_ACK", "Worker's answer to an allocation", "The worker acknowledges the allocation, or says that it cannot be taken safely, within 2 working days", "the case was allocated", 2, WorkingDays, Local, "Local practice", Proposed),
    ("FIRST_VISIT", "First visit by a new worker", "The new worker visits within 5 working days, or by the day that the manager sets", "the case was allocated", 5, WorkingDays, Local, "Local practice", Proposed),
    ("NEXT_LOOK", "Manager's next look", "The manager looks again at an allocation within 4 weeks, or on the day that the manager sets", "the case was allocated", 4, Weeks, Local, "Local practice", Proposed),
    ("NOT_COVERED", "Cover for an absent worker", "A child without other urgency needs a named cover worker from the 10th working day of an absence", "the worker's absence began", 10, WorkingDays, Local, "Local practice", Proposed),
    ("LEAVER_NOTICE", "Leaver's cases in view", "The cases of a worker who leaves are shown 4 weeks ahead", "the worker's last working day", -4, Weeks, Local, "Local practice", Proposed),
    ("TEAM_AHEAD", "What a team sees ahead", "A team's page shows what falls due within 10 calendar days", "today", 10, CalendarDays, Local, "Local practice", Proposed),
    // Assessment and protection
    ("CFA", "Child and family assessment", "The assessment is finished within 45 working days of the referral; a reason is recorded when it takes longer", "the referral was received", 45, WorkingDays, Guidance, "Working Together to Safeguard Children", Reported),
    ("ICPC", "Initial child protection conference", "It is held within 15 working days of the strategy discussion at which the section 47 enquiry was begun", "the strategy discussion", 15, WorkingDays, Guidance, "Working Together to Safeguard Children", Reported),
    ("CPR_REPORT_1", "Report for the initial conference", "The report is ready 2 working days before the conference", "the initial conference", -2, WorkingDays, Local, "A council's published procedure", AtSource),
    ("CPR_REPORT_N", "Report for a review conference", "The report is ready 5 working days before the review", "the review conference", -5, WorkingDays, Local, "A council's published procedure", AtSource),
    ("CORE_1", "First core group", "The core group meets within 10 working days of the conference", "the initial conference", 10, WorkingDays, Guidance, "Working Together to Safeguard Children", GeneralKnowledge),
    ("CORE_N", "Next core group", "The core group meets every month", "the last core group", 1, Months, Local, "A council's published procedure; Wales: at most 6 weeks", Reported),
    ("RCPC_1", "First review conference", "It is held within 3 months of the initial conference", "the initial conference", 3, Months, Guidance, "Working Together to Safeguard Children", Reported),
    ("RCPC_N", "Next review conference", "It is held within 6 months of the last", "the last review conference", 6, Months, Guidance, "Working Together to Safeguard Children", Reported),
    ("CP_VISIT", "Child protection visit", "The child is seen at least every 2 weeks, or as often as the plan says", "the last time the child was seen, or the plan began", 2, Weeks, Local, "A council's published procedure; others use 10 working days or 4 weeks", AtSource),
    ("CIN_VISIT", "Child in need visit", "The child is seen at least every 20 working days", "the last time the child was seen, or the plan began", 20, WorkingDays, Local, "A council's published standard", Reported),
    ("STRATEGY", "Strategy discussion", "It is held on the same or the next working day", "significant harm was suspected", 1, WorkingDays, Local, "Local practice", Proposed),
    ("PPO", "Police protection", "It lasts at most 72 hours", "the police took the child into protection", 72, Hours, Statute, "Children Act 1989, section 46", GeneralKnowledge),
    ("EPO", "Emergency protection order", "It lasts at most 8 calendar days", "the order was made", 8, CalendarDays, Statute, "Children Act 1989, section 45", GeneralKnowledge),
    ("EPO_EXTENDED", "Emergency protection order, extended", "It may be extended once, by at most 7 calendar days", "the first order ended", 7, CalendarDays, Statute, "Children Act 1989, section 45", GeneralKnowledge),
    ("PROCEEDINGS", "Care proceedings", "They are finished within 26 weeks", "the application was issued", 26, Weeks, Statute, "Children Act 1989, section 32", GeneralKnowledge),
    ("NOTIFY", "Serious incident notification", "The national panel is notified within 5 working days", "the authority became aware", 5, WorkingDays, Guidance, "Working Together to Safeguard Children", GeneralKnowledge),
    ("RAPID", "Rapid review", "It is finished within 15 working days", "the authority became aware of the incident", 15, WorkingDays, Guidance, "Working Together to Safeguard Children", Reported),
    ("LADO", "Allegation against someone who works with children", "The designated officer is told within 1 working day", "the allegation was made", 1, WorkingDays, Guidance, "Working Together to Safeguard Children", GeneralKnowledge),
    // Looked after
    ("CARE_PLAN", "Care plan", "It is made before the placement or within 10 working days", "the child became looked after", 10, WorkingDays, Statute, "Care Planning, Placement and Case Review (England) Regulations 2010, regulation 4", Reported),
    ("PLAC_PLAN", "Placement plan", "It is made before the placement or within 5 working days", "the placement began", 5, WorkingDays, Statute, "Care Planning Regulations 2010, regulation 9", Reported),
    ("PLAC_PLAN_HOME", "Placement plan in a children's home", "It is made within 72 hours on the clock of the start of the placement", "the placement began", 72, Hours, Local, "Some councils' published procedures for children's homes", Reported),
    ("IRO_NAMED", "Reviewing officer named", "A reviewing officer is named within 5 working days", "the child became looked after", 5, WorkingDays, Guidance, "IRO Handbook", GeneralKnowledge),
    ("LAC_VISIT_FIRST", "First visit in a placement", "The child is visited within 1 week of the start of any placement", "the placement began", 1, Weeks, Statute, "Care Planning Regulations 2010, regulation 28", AtSource),
    ("LAC_VISIT_WEEKLY", "Weekly visit", "The child is visited every week until the first review", "the last visit", 1, Weeks, Statute, "Care Planning Regulations 2010, regulation 28", AtSource),
    ("LAC_VISIT_4W", "Looked-after visit, 4-weekly", "The child is visited at intervals of at most 4 weeks", "the last visit", 4, Weeks, Statute, "Care Planning Regulations 2010, regulation 28", AtSource),
    ("LAC_VISIT_6W", "Looked-after visit", "The child is visited at intervals of at most 6 weeks", "the last visit", 6, Weeks, Statute, "Care Planning Regulations 2010, regulation 28", AtSource),
    ("LAC_VISIT_3M", "Looked-after visit, placement until 18", "After the first year the child is visited at intervals of at most 3 months", "the last visit", 3, Months, Statute, "Care Planning Regulations 2010, regulation 28", AtSource),
    ("LAC_VISIT_6M", "Looked-after visit, agreed long-term placement", "The child is visited at intervals of at most 6 months", "the last visit", 6, Months, Statute, "Care Planning Regulations 2010 as amended 2015", GeneralKnowledge),
    ("LAC_REV_1", "First review", "The case is reviewed within 20 working days of becoming looked after", "the child became looked after", 20, WorkingDays, Statute, "Care Planning Regulations 2010, regulation 33", Reported),
    ("LAC_REV_2", "Second review", "The case is reviewed within 3 months of the first review", "the first review", 3, Months, Statute, "Care Planning Regulations 2010, regulation 33", Reported),
    ("LAC_REV_N", "Next review", "The case is reviewed within 6 months of the last", "the last review", 6, Months, Statute, "Care Planning Regulations 2010, regulation 33", Reported),
    ("LAC_REV_YEAR", "Review meeting, agreed long-term placement", "A meeting may be held only every 12 months where the child agrees; the case is reviewed as before between them", "the last review meeting", 12, Months, Statute, "Care Planning Regulations 2010 as amended 2015", GeneralKnowledge),
    ("SHORT_BREAK", "Longest placement of a short break", "No placement in a run of short breaks is longer than 17 calendar days", "the placement began", 17, CalendarDays, Statute, "Care Planning Regulations 2010, regulation 48", AtSource),
    ("SHORT_BREAK_YEAR", "Short breaks in a year", "They come to at most 75 calendar days in 12 months", "the first day of the year counted", 75, CalendarDays, Statute, "Care Planning Regulations 2010, regulation 48", AtSource),
    ("HEALTH_1", "Initial health assessment", "It is done before the first review", "the child became looked after", 20, WorkingDays, Statute, "Care Planning Regulations 2010, regulation 7; one council counts 28 calendar days", Reported),
    ("HEALTH_U5", "Health review, under 5", "It is done every 6 months", "the last health assessment", 6, Months, Statute, "Care Planning Regulations 2010, regulation 7", Reported),
    ("HEALTH_5", "Health review, 5 and over", "It is done every 12 months", "the last health assessment", 12, Months, Statute, "Care Planning Regulations 2010, regulation 7", Reported),
    ("PEP_1", "Personal education plan begun", "It is begun within 10 working days", "the child became looked after", 10, WorkingDays, Local, "Two councils' pages say 10 working days, a third 20", Reported),
    ("PEP_REVIEW", "Personal education plan at the first review", "It is available for the first review", "the child became looked after", 20, WorkingDays, Guidance, "Promoting the education of looked-after children", Reported),
    ("PEP_TERM", "Personal education plan, each term", "It is reviewed each term", "the plan was last reviewed", 4, Months, Guidance, "Promoting the education of looked-after children", Reported),
    ("REG24", "Temporary approval of a connected person", "It lasts at most 16 weeks", "the approval began", 16, Weeks, Statute, "Care Planning Regulations 2010, regulation 24", GeneralKnowledge),
    ("REG25", "Temporary approval, extended", "It may be extended by 8 weeks", "the first 16 weeks ended", 8, Weeks, Statute, "Care Planning Regulations 2010, regulation 25", GeneralKnowledge),
    ("EMERG_FOSTER", "Emergency foster placement", "It lasts at most 6 working days", "the placement began", 6, WorkingDays, Statute, "Care Planning Regulations 2010, regulation 23", GeneralKnowledge),
    // Private fostering, leaving care, missing
    ("PF_VISIT_1", "First visit to a privately fostered child", "The child is visited within 7 working days of the notification", "the notification", 7, WorkingDays, Statute, "SI 2005/1533, regulation 4", GeneralKnowledge),
    ("PF_VISIT", "Visit to a privately fostered child", "In the first year the child is visited at intervals of at most 6 weeks", "the last visit", 6, Weeks, Statute, "SI 2005/1533, regulation 8", AtSource),
    ("PF_VISIT_LATER", "Visit to a privately fostered child, after a year", "After the first year the child is visited at intervals of at most 12 weeks", "the last visit", 12, Weeks, Statute, "SI 2005/1533, regulation 8", AtSource),
    ("PATHWAY_NEEDS", "Pathway needs assessment", "It is finished within 3 months of the 16th birthday, or of becoming eligible", "the 16th birthday, or becoming eligible", 3, Months, Statute, "Children (Leaving Care) regulations; councils' procedures", Reported),
    ("PATHWAY_REVIEW", "Pathway plan review", "The plan is reviewed every 6 months, or when something changes", "the plan was last reviewed", 6, Months, Statute, "Care Leavers (England) Regulations 2010", Reported),
    ("PA_MOVED", "Visit after a care leaver moved", "The personal adviser visits within 7 calendar days", "the young person moved", 7, CalendarDays, Statute, "Care Leavers (England) Regulations 2010, regulation 8", GeneralKnowledge),
    ("PA_VISIT", "Personal adviser's visit", "The personal adviser visits at intervals of at most 2 months", "the last visit", 2, Months, Statute, "Care Leavers (England) Regulations 2010, regulation 8", GeneralKnowledge),
    ("PA_ENDS", "Personal adviser: until when", "A care leaver may have a personal adviser until the 25th birthday", "the young person was born", 25, Years, Statute, "Children and Social Work Act 2017; councils' procedures", Reported),
    ("RHI", "Return interview", "A child who was missing is seen within 72 hours of coming back", "the child came back", 72, Hours, Guidance, "Statutory guidance on children who run away or go missing", AtSource),
    // Supervision and recording
    ("SUPER", "Supervision", "Every practitioner has supervision at least monthly", "the last supervision", 1, Months, Local, "A council's published procedure", AtSource),
    ("SUPER_CP", "Supervision of a child on a plan", "Each child on a protection plan is discussed at least every 2 months", "the child was last discussed", 2, Months, Local, "A council's published procedure", AtSource),
    ("SUPER_NQSW_1", "Newly qualified: first 6 weeks", "Supervision every week", "the last supervision", 1, Weeks, Local, "A council's published programme", AtSource),
    ("SUPER_NQSW_2", "Newly qualified: to 6 months", "Supervision every fortnight", "the last supervision", 2, Weeks, Local, "A council's published programme", AtSource),
    ("SUPER_NQSW_3", "Newly qualified: from 6 months", "Supervision every month", "the last supervision", 1, Months, Local, "A council's published programme", AtSource),
    ("RECORD_24H", "Recording something critical", "It is on the record within 24 hours", "it happened", 24, Hours, Local, "A council's published standard", AtSource),
    ("RECORD_VISIT", "Recording a visit", "It is on the record within 2 working days", "the visit", 2, WorkingDays, Local, "A council's published standard", AtSource),
    ("RECORD_OTHER", "Recording anything else", "It is on the record within 5 working days", "it happened", 5, WorkingDays, Local, "A council's published standard", AtSource),
    // Adults
    ("ADULT_ASSESSMENT", "Care and support assessment", "It is finished within 28 calendar days", "the assessment was asked for", 28, CalendarDays, Local, "Local target; the Care Act 2014 asks for what is appropriate and reasonable", GeneralKnowledge),
    ("ADULT_REVIEW_1", "First review of a care plan", "The plan is looked at within 8 weeks of a new or changed service", "the service began or changed", 8, Weeks, Guidance, "Care and Support Statutory Guidance (6 to 8 weeks)", Reported),
    ("ADULT_REVIEW_N", "Review of a care plan", "The plan is reviewed at least every 12 months", "the last review", 12, Months, Guidance, "Care and Support Statutory Guidance", Reported),
    ("S42_STRATEGY", "Adult safeguarding planning, urgent", "A planning discussion is held within 1 working day when it is urgent", "the concern was received", 1, WorkingDays, Local, "A council's published procedure", Reported),
    ("DOLS_STANDARD", "Standard authorisation of deprivation of liberty", "It is decided within 21 calendar days of the request", "the request was received", 21, CalendarDays, Statute, "Mental Capacity Act 2005, schedule A1", Reported),
    ("DOLS_LASTS", "Standard authorisation: how long", "It lasts at most 12 months", "the authorisation began", 12, Months, Statute, "Mental Capacity Act 2005, schedule A1", Reported),
    ("DOLS_URGENT", "Urgent authorisation of deprivation of liberty", "It lasts at most 7 calendar days", "the authorisation was given", 7, CalendarDays, Statute, "Mental Capacity Act 2005, schedule A1", GeneralKnowledge),
    ("DOLS_URGENT_EXTENDED", "Urgent authorisation, extended", "It may be extended once, by at most 7 calendar days", "the first 7 calendar days ended", 7, CalendarDays, Statute, "Mental Capacity Act 2005, schedule A1", GeneralKnowledge),
    // Information
    ("SAR", "Request to see one's own record", "It is answered within 1 month", "the request was received", 1, Months, Statute, "UK GDPR, article 12", GeneralKnowledge),
    ("RETAIN_LAC", "Record of a looked-after child kept", "It is kept until the 75th birthday", "the child was born", 75, Years, Statute, "Care Planning Regulations 2010, regulation 50", AtSource),
];
