//! Dated statuses by hand: the impossible is refused at its field; what a census would refuse is kept and said. A status
//! starts the clocks that follow from it, and ends them when it ends.

use axum::extract::Path;
use care::{
    access::Deed,
    chronology::EntryKind,
    statuses::{DatedStatus, LeavingCare, LegalStatus, PlacementKind, PlanCategory, Status, StatusEnd, StatusFacts, StatusKind, check},
    timescale::{PlacementDates, VisitRegime},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::{
    Day, Tx,
    id::{PersonId, StatusId},
    people::{self, Opened, Person, StatusHistory},
    record::{self, NewEntry},
};

use super::{Writing, choice, clocks, form_page, opened, past, writing, written};
use crate::web::{Context, Outcome, Problem, form::Form, govuk, posted::Posted, record::dated};

/// What is known of a status beside its dates, as it is stored.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Known {
    pub placement: String,
    /// The first day of the placement, where it is not that of the status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub placed_on: Option<Date>,
    /// Which visiting rule the placement falls under; a code of [`VisitRegime`].
    #[serde(skip_serializing_if = "String::is_empty")]
    pub visits: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_visit_on: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_visit_on: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_review_on: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_review_on: Option<Date>,
}

impl Known {
    pub fn of(row: &StatusHistory) -> Known {
        serde_json::from_str(&row.facts).unwrap_or_default()
    }

    pub fn regime(&self) -> VisitRegime {
        VisitRegime::from_code(&self.visits).unwrap_or(VisitRegime::Ordinary)
    }

    /// The placement as far as visiting goes, of somebody looked after since a day.
    pub fn placement_dates(&self, since: Date) -> PlacementDates {
        PlacementDates {
            regime: self.regime(),
            began_on: self.placed_on.unwrap_or(since),
            last_visit_on: self.last_visit_on,
            first_review_on: self.last_review_on,
        }
    }

    /// "Last visit 1 May 2026, next set for 15 May 2026".
    pub fn words(&self) -> Vec<String> {
        let line = |what: &str, last: Option<Date>, next: Option<Date>| match (last.map(care::words::date), next.map(care::words::date)) {
            (Some(last), Some(next)) => Some(format!("Last {what} {last}, next set for {next}")),
            (Some(last), None) => Some(format!("Last {what} {last}")),
            (None, Some(next)) => Some(format!("Next {what} set for {next}")),
            (None, None) => None,
        };
        let placed = self.placed_on.map(|on| format!("Placed since {}", care::words::date(on)));
        let visits = (!self.visits.is_empty()).then(|| format!("{}. {}", self.regime(), self.regime().how_often()));
        let visit = line("visit", self.last_visit_on, self.next_visit_on);
        let review = line("review or conference", self.last_review_on, self.next_review_on);
        [placed, visits, visit, review].into_iter().flatten().collect()
    }

    fn read(form: &mut Form, today: Date) -> Known {
        Known {
            placement: form.raw("placement"),
            placed_on: past(form, "placed_on", "the first day of the placement", today),
            visits: VisitRegime::from_code(&form.raw("visits")).map(|r| r.code().to_owned()).unwrap_or_default(),
            last_visit_on: past(form, "last_visit_on", "the last visit", today),
            next_visit_on: form.date("next_visit_on", "the next visit"),
            last_review_on: past(form, "last_review_on", "the last review or conference", today),
            next_review_on: form.date("next_review_on", "the next review or conference"),
        }
    }

    fn json(&self) -> String {
        serde_json::to_string(self).unwrap_or_else(|_| "{}".into())
    }
}

/// A stored status as `care` knows it.
pub fn read(row: &StatusHistory) -> Option<DatedStatus> {
    let status = Status::from_codes(StatusKind::from_code(&row.kind)?, &row.code, &Known::of(row).placement);
    Some(DatedStatus { status, from_on: row.from_on.0, until_on: row.until_on.map(|d| d.0) })
}

/// What is odd about a status beside the person's others, each with the rule of the return that it breaks.
pub fn queries(row: &StatusHistory, all: &[StatusHistory], person: &Person, today: Date) -> Vec<String> {
    let Some(status) = read(row) else { return Vec::new() };
    let others: Vec<DatedStatus> = all.iter().filter(|other| other.id != row.id).filter_map(read).collect();
    match check(&status, &StatusFacts { birth: person.birth(), others: &others, today }) {
        Ok(queries) => queries.iter().map(ToString::to_string).collect(),
        // A file may bring what nobody could type.
        Err(problem) => vec![problem.to_string()],
    }
}

pub fn end_words(code: &str) -> String {
    StatusEnd::from_code(code).map_or_else(|| super::words::plain(code), |end| end.label().to_owned())
}

/// GET /people/{person}/statuses/new
pub async fn new(cx: Context, Path(id): Path<String>) -> Outcome {
    let mut form = Form::default();
    dated(&mut form, "from_on", cx.today());
    page(&cx, &id, &form).await
}

async fn page(cx: &Context, id: &str, form: &Form) -> Outcome {
    let (tx, person) = opened(cx, id, Deed::ChangePerson).await?;
    let more = minijinja::context! {
        kinds => govuk::value(&StatusKind::ALL.iter().map(|k| choice(k.code(), k.label())).collect::<Vec<_>>()),
        categories => govuk::value(&PlanCategory::ALL.iter().map(|k| choice(k.code(), k.label())).collect::<Vec<_>>()),
        legal => govuk::value(&LegalStatus::ALL.iter().map(|k| choice(k.code(), k.label())).collect::<Vec<_>>()),
        placements => govuk::value(&PlacementKind::ALL.iter().map(|k| choice(k.code(), k.label())).collect::<Vec<_>>()),
        regimes => govuk::value(&regimes()),
        leaving => govuk::value(&LeavingCare::ALL.iter().map(|k| choice(k.code(), k.label())).collect::<Vec<_>>()),
        reasons => govuk::value(&reasons()), button => "Add the status",
    };
    form_page(cx, tx, &person, "Add a status", "people/status_new.html", form, more).await
}

fn regimes() -> Vec<govuk::Choice> {
    VisitRegime::ALL.iter().map(|r| govuk::Choice { value: r.code().into(), text: format!("{r}. {}", r.how_often()), hint: None }).collect()
}

/// Fewer visits than the ordinary are for a manager to decide, on the child's record.
fn may_decide(person: &Opened, before: VisitRegime, typed: VisitRegime) -> bool {
    typed == before || !typed.is_for_fewer_visits() || person.allows(Deed::RecordDecision)
}

const FOR_A_MANAGER: &str = "Fewer visits are a manager’s decision: ask them to choose this here";

fn reasons() -> Vec<govuk::Choice> {
    StatusEnd::ALL.iter().map(|r| choice(r.code(), r.label())).collect()
}

/// A status as it was typed.
struct Typed {
    kind: StatusKind,
    detail: String,
    known: Known,
    dated: DatedStatus,
    end: Option<StatusEnd>,
}

fn typed(form: &mut Form, today: Date) -> Option<Typed> {
    let kind = StatusKind::from_code(&form.raw("kind"));
    if kind.is_none() {
        form.error("kind", "Choose a status");
    }
    let from_on = form.required_date("from_on", "the start date");
    let until_on = form.date("until_on", "the end date");
    let end = StatusEnd::from_code(&form.raw("reason"));
    if until_on.is_some() && end.is_none() {
        form.error("reason", "Choose why it ended");
    }
    let known = Known::read(form, today);
    let (kind, from_on) = (kind?, from_on?);
    let detail = match kind {
        StatusKind::ProtectionPlan => form.raw("category"),
        StatusKind::LookedAfter => form.raw("legal"),
        StatusKind::CareLeaver => form.raw("leaving"),
        _ => String::new(),
    };
    let known = match kind {
        StatusKind::LookedAfter => known,
        _ => Known { placement: String::new(), placed_on: None, visits: String::new(), ..known },
    };
    if known.placed_on.is_some_and(|on| on < from_on) {
        form.date_error("placed_on", "The placement cannot have begun before the child was looked after");
    }
    let dated = DatedStatus { status: Status::from_codes(kind, &detail, &known.placement), from_on, until_on };
    form.is_good().then_some(Typed { kind, detail, known, dated, end })
}

/// POST /people/{person}/statuses/new
pub async fn add(cx: Context, Path(id): Path<String>, Posted(mut form): Posted) -> Outcome {
    let Some(typed) = typed(&mut form, cx.today()) else { return page(&cx, &id, &form).await };
    let to = format!("/people/{id}/details#statuses");
    let Writing::Open(open) = writing(&cx, &id, Deed::ChangePerson, &form).await? else { return cx.go(&to, "Status added.") };
    let (mut tx, person) = *open;
    if !may_decide(&person, VisitRegime::Ordinary, typed.known.regime()) {
        drop(tx);
        form.error("visits", FOR_A_MANAGER);
        return page(&cx, &id, &form).await;
    }
    let others: Vec<DatedStatus> = people::statuses(&mut tx, &person).await?.iter().filter_map(read).collect();
    let queries = match check(&typed.dated, &StatusFacts { birth: person.person().birth(), others: &others, today: cx.today() }) {
        Ok(queries) => queries,
        Err(problem) => {
            drop(tx);
            refuse(&mut form, &problem.to_string());
            return page(&cx, &id, &form).await;
        }
    };
    save(&mut tx, &person, &typed).await?;
    let said: Vec<String> = queries.iter().map(ToString::to_string).collect();
    let news = if said.is_empty() { "Status added.".into() } else { format!("Status added, and kept with a query: {}.", said.join("; ")) };
    written(&cx, tx, &form, &to, &news).await
}

/// What cannot be is said at the date that makes it so.
fn refuse(form: &mut Form, problem: &str) {
    form.date_error(if problem.starts_with("End") { "until_on" } else { "from_on" }, problem);
}

async fn save(tx: &mut Tx, person: &Opened, typed: &Typed) -> Result<(), Problem> {
    let from_on = typed.dated.from_on;
    let id = people::status(tx, person, typed.kind.code(), &typed.detail, Day(from_on), &typed.known.json()).await?;
    let started = DatedStatus { until_on: None, ..typed.dated };
    record::add(tx, person, &NewEntry::new(EntryKind::StatusStarted, from_on, typed.kind.label(), started.words())).await?;
    match (typed.dated.until_on, typed.end) {
        (Some(until), Some(end)) => {
            people::end_status(tx, person, &id, Day(until), end.code()).await?;
            let entry = NewEntry::new(EntryKind::StatusEnded, until, format!("Ended: {}", typed.kind.label()), end.label());
            record::add(tx, person, &entry).await?;
        }
        _ => clocks::begin(tx, person, typed.kind, from_on, &typed.known).await?,
    }
    people::case_kind_follows(tx, person).await?;
    Ok(())
}

async fn one(tx: &mut Tx, person: &Opened, status: &str) -> Result<StatusHistory, Problem> {
    let all = people::statuses(tx, person).await?;
    all.into_iter().find(|s| s.id.as_str() == status && s.until_on.is_none()).ok_or(Problem::NotFound)
}

/// GET /people/{person}/statuses/{status}/dates: the last and next visit and review.
pub async fn dates(cx: Context, Path((id, status)): Path<(String, String)>) -> Outcome {
    dates_page(&cx, &id, &status, None).await
}

async fn dates_page(cx: &Context, id: &str, status: &str, sent: Option<&Form>) -> Outcome {
    let (mut tx, person) = opened(cx, id, Deed::ChangePerson).await?;
    let row = one(&mut tx, &person, status).await?;
    let known = Known::of(&row);
    let mut form = sent.cloned().unwrap_or_default();
    if sent.is_none() {
        for (field, on) in [
            ("last_visit_on", known.last_visit_on),
            ("next_visit_on", known.next_visit_on),
            ("last_review_on", known.last_review_on),
            ("next_review_on", known.next_review_on),
            ("placed_on", known.placed_on),
        ] {
            if let Some(on) = on {
                dated(&mut form, field, on);
            }
        }
        form.set("placement", known.placement.as_str());
        form.set("visits", known.regime().code());
    }
    let more = minijinja::context! {
        words => read(&row).map_or_else(|| row.kind.clone(), |s| s.words()), placed => row.kind == StatusKind::LookedAfter.code(),
        placements => govuk::value(&PlacementKind::ALL.iter().map(|k| choice(k.code(), k.label())).collect::<Vec<_>>()), regimes => govuk::value(&regimes()),
    };
    form_page(cx, tx, &person, "Visits and reviews", "people/status_dates.html", &form, more).await
}

/// POST /people/{person}/statuses/{status}/dates
pub async fn set_dates(cx: Context, Path((id, status)): Path<(String, String)>, Posted(mut form): Posted) -> Outcome {
    let known = Known::read(&mut form, cx.today());
    if !form.is_good() {
        return dates_page(&cx, &id, &status, Some(&form)).await;
    }
    let mut tx = cx.write().await?;
    let person = people::open(&mut tx, &PersonId::from_text(id.as_str()), Deed::ChangePerson).await?;
    let row = one(&mut tx, &person, &status).await?;
    let before = Known::of(&row);
    let placed = row.kind == StatusKind::LookedAfter.code();
    let known = if placed { known } else { Known { placement: before.placement.clone(), placed_on: None, visits: String::new(), ..known } };
    let wrong = if known.placed_on.is_some_and(|on| on < row.from_on.0) {
        Some(("placed_on", "The placement cannot have begun before the child was looked after"))
    } else {
        (!may_decide(&person, before.regime(), known.regime())).then_some(("visits", FOR_A_MANAGER))
    };
    if let Some((field, words)) = wrong {
        drop(tx);
        if field == "visits" {
            form.error(field, words)
        } else {
            form.date_error(field, words)
        }
        return dates_page(&cx, &id, &status, Some(&form)).await;
    }
    tell(&mut tx, &person, &before, &known).await?;
    people::status_facts(&mut tx, &person, &row.id, &known.json()).await?;
    if let Some(kind) = StatusKind::from_code(&row.kind) {
        clocks::renew(&mut tx, &person, kind, row.from_on.0, &before, &known).await?;
    }
    tx.commit().await?;
    cx.go(&format!("/people/{id}/details#statuses"), "Saved. What is due next follows from these dates.")
}

/// Another placement, or another rule for visiting it, is part of the child's story; fewer visits are a manager's decision.
async fn tell(tx: &mut Tx, person: &Opened, before: &Known, now: &Known) -> Result<(), Problem> {
    let today = tx.today();
    if (&before.placement, before.placed_on) != (&now.placement, now.placed_on) {
        let label = PlacementKind::from_code(&now.placement).map_or("Placement not known", PlacementKind::label);
        record::add(tx, person, &NewEntry::new(EntryKind::Placement, now.placed_on.unwrap_or(today), "Placement", label)).await?;
    }
    if before.regime() != now.regime() {
        let kind = if now.regime().is_for_fewer_visits() { EntryKind::ManagementDecision } else { EntryKind::CaseNote };
        let words = format!("{}. {}.", now.regime(), now.regime().how_often());
        record::add(tx, person, &NewEntry::new(kind, today, "How often the child is visited", words)).await?;
    }
    Ok(())
}

/// GET /people/{person}/statuses/{status}/end
pub async fn ending(cx: Context, Path((id, status)): Path<(String, String)>) -> Outcome {
    let mut form = Form::default();
    dated(&mut form, "until_on", cx.today());
    end_page(&cx, &id, &status, &form).await
}

async fn end_page(cx: &Context, id: &str, status: &str, form: &Form) -> Outcome {
    let (mut tx, person) = opened(cx, id, Deed::ChangePerson).await?;
    let row = one(&mut tx, &person, status).await?;
    let words = read(&row).map_or_else(|| row.kind.clone(), |s| s.words());
    let more = minijinja::context! { words, reasons => govuk::value(&reasons()), button => "End the status" };
    form_page(cx, tx, &person, "End a status", "people/status_end.html", form, more).await
}

/// POST /people/{person}/statuses/{status}/end
pub async fn end(cx: Context, Path((id, status)): Path<(String, String)>, Posted(mut form): Posted) -> Outcome {
    let reason = StatusEnd::from_code(&form.raw("reason"));
    if reason.is_none() {
        form.error("reason", "Choose why it ended");
    }
    let until_on = form.required_date("until_on", "the end date");
    let (Some(reason), Some(until_on), true) = (reason, until_on, form.is_good()) else { return end_page(&cx, &id, &status, &form).await };
    let mut tx = cx.write().await?;
    let person = people::open(&mut tx, &PersonId::from_text(id.as_str()), Deed::ChangePerson).await?;
    let row = one(&mut tx, &person, &status).await?;
    let ended = read(&row).map(|s| DatedStatus { until_on: Some(until_on), ..s });
    if let Some(ended) = &ended
        && let Err(problem) = check(ended, &StatusFacts { birth: person.person().birth(), others: &[], today: cx.today() })
    {
        drop(tx);
        form.date_error("until_on", problem.to_string());
        return end_page(&cx, &id, &status, &form).await;
    }
    people::end_status(&mut tx, &person, &StatusId::from_text(status.as_str()), Day(until_on), reason.code()).await?;
    if let Some(kind) = StatusKind::from_code(&row.kind) {
        let entry = NewEntry::new(EntryKind::StatusEnded, until_on, format!("Ended: {}", kind.label()), reason.label());
        record::add(&mut tx, &person, &entry).await?;
        clocks::end(&mut tx, &person, kind).await?;
    }
    people::case_kind_follows(&mut tx, &person).await?;
    tx.commit().await?;
    cx.go(&format!("/people/{id}/details#statuses"), "Status ended.")
}
