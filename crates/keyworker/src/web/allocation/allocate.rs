//! The page of a decision: the child beside those who might take it, each with the sentence of effect. What was read is
//! sent along, so that a decision on figures that have changed is asked again instead of made.

use axum::extract::Path;
use care::{
    access::Deed,
    allocation::{AllocationNote, EndReason, Gravity, NoteField, check_note},
    timescale::Start,
};
use jiff::civil::Date;
use serde::Serialize;
use store::{
    Tx,
    allocation::{self, CaseRow, Choice, Choosing, Decided, Decision, Given, Kin, Letterhead},
    drafts, forms,
    forms::Once,
    id::{AllocationId, InvolvementId, WorkerId},
    people::Opened,
    policy,
};

use super::{case_words, dated, reading, refuse};
use crate::web::{Context, Outcome, Problem, drafts as draft, form::Form, govuk, posted::Posted, record::bar};

const KIND: &str = "allocation";

/// A worker as the page offers them.
#[derive(Debug, Serialize)]
struct Offered {
    id: String,
    name: String,
    team_part: String,
    effect: String,
    band: &'static str,
    band_kind: &'static str,
    held: String,
    particulars: Vec<String>,
    ties: Vec<String>,
    decide: Vec<String>,
    know: Vec<String>,
    stops: Vec<String>,
    jointly: bool,
}

#[derive(Debug, Serialize)]
struct Seen {
    case: String,
    allocation: String,
}

pub async fn show(cx: Context, Path(id): Path<String>) -> Outcome {
    page(&cx, &id, None, None).await
}

/// The page, opened afresh or come back. `now` is the choice as it stands since the manager read it.
async fn page(cx: &Context, id: &str, sent: Option<&Form>, now: Option<&Choice>) -> Outcome {
    let (mut tx, opened, case) = reading(cx, id, Deed::Allocate).await?;
    let (form, shown) = match sent {
        Some(form) => (form.clone(), draft::again(KIND, id, form)),
        None => {
            let first = first_values(&mut tx).await?;
            draft::opened(&mut tx, KIND, id, first).await?
        }
    };
    let with = with(&mut tx, &form).await?;
    let rows: Vec<CaseRow> = with.iter().map(|(_, row)| row.clone()).collect();
    let choosing = allocation::choosing(&mut tx, &opened, &case, &rows).await?;
    let mut offered: Vec<Offered> = choosing.choices.iter().map(|choice| offer(choice, cx.today())).collect();
    if let Some(now) = now.filter(|now| !offered.iter().any(|one| one.id == now.worker.id.to_string())) {
        offered.push(offer(now, cx.today()));
    }
    let (stopped, possible): (Vec<Offered>, Vec<Offered>) = offered.into_iter().partition(|one| !one.stops.is_empty());
    let mut present: Vec<&CaseRow> = rows.iter().chain([&case]).filter(|row| row.worker_id.is_some()).collect();
    present.dedup_by(|a, b| a.worker_id == b.worker_id);
    let seen: Vec<Seen> = rows.iter().chain([&case]).map(seen).collect();
    let data = minijinja::context! {
        person => govuk::value(&bar::bar(&mut tx, &opened).await?), id, draft => govuk::value(&shown), case => case_words(&case),
        kinds => choosing.kinds.iter().map(|kind| kind.label()).collect::<Vec<_>>(), must => choosing.zero.map(|kind| kind.label()),
        kin => kin(&choosing), chosen => with.len() + 1, possible => govuk::value(&possible), stopped => govuk::value(&stopped), seen => govuk::value(&seen),
        present => present.iter().filter_map(|row| row.worker()).collect::<Vec<_>>(), elsewhere => govuk::value(&choosing.elsewhere),
        causes => govuk::value(&causes()), co_workers => govuk::value(&co_workers(&choosing)), band => govuk::value(&band(&choosing)),
    };
    cx.form(tx, "Allocate", "allocation/allocate.html", &form, data).await
}

/// Today, and the days that practice expects; each may be changed.
async fn first_values(tx: &mut Tx) -> Result<Form, Problem> {
    let today = tx.today();
    let rules = policy::rules(tx).await?;
    let on = |code: &str| rules.clocks().due(code, Start::On(today)).map(|due| due.on).unwrap_or(today);
    let mut form = Form::default();
    dated(&mut form, "from", today);
    dated(&mut form, "first_visit_by", on("FIRST_VISIT"));
    dated(&mut form, "next_look_on", on("NEXT_LOOK"));
    Ok(form)
}

/// The brothers and sisters who were ticked, each opened for the same deed.
async fn with(tx: &mut Tx, form: &Form) -> Result<Vec<(Opened, CaseRow)>, Problem> {
    let mut all = Vec::new();
    for case in form.all("with") {
        all.push(allocation::open_case(tx, &InvolvementId::from_text(case), Deed::Allocate).await?);
    }
    Ok(all)
}

fn offer(choice: &Choice, today: Date) -> Offered {
    let by = |gravity: Gravity| {
        choice.concerns.iter().filter(|concern| concern.gravity == gravity).map(|concern| concern.words.clone()).collect()
    };
    Offered {
        id: choice.worker.id.to_string(),
        name: choice.worker.name.clone(),
        team_part: if choice.worker.contracted == care::allocation::Fte::FULL {
            "full time".into()
        } else {
            format!("{} of a full-time post", choice.worker.contracted)
        },
        effect: choice.effect.to_string(),
        band: choice.effect.band.label(),
        band_kind: band_kind(choice.effect.band),
        held: care::words::capital(&choice.now.words()),
        particulars: choice.worker.particulars(today),
        ties: choice.ties.clone(),
        decide: by(Gravity::Decide),
        know: by(Gravity::Know),
        stops: by(Gravity::Stops),
        jointly: choice.needs_co_worker,
    }
}

/// The colour that goes with a band's words.
pub fn band_kind(band: care::allocation::Band) -> &'static str {
    use care::allocation::Band;
    match band {
        Band::Within => "good",
        Band::Unguided => "plain",
        Band::Above => "soon",
        Band::Red | Band::NoCapacity => "late",
    }
}

fn seen(row: &CaseRow) -> Seen {
    Seen { case: row.id.to_string(), allocation: row.allocation_id.as_ref().map(ToString::to_string).unwrap_or_default() }
}

fn kin(choosing: &Choosing) -> minijinja::Value {
    let words = |one: &Kin| match &one.worker {
        Some(worker) => format!("{} (with {worker} now)", one.name),
        None => format!("{} (no worker)", one.name),
    };
    let all: Vec<govuk::Choice> =
        choosing.kin.iter().map(|one| govuk::Choice { value: one.case.to_string(), text: words(one), hint: None }).collect();
    govuk::value(&all)
}

fn causes() -> Vec<govuk::Choice> {
    let change = |reason: &&EndReason| reason.cause() != care::allocation::ChangeCause::NotAChange || **reason == EndReason::Mistake;
    EndReason::ALL
        .iter()
        .filter(change)
        .map(|reason| govuk::Choice { value: reason.code().into(), text: reason.label().into(), hint: None })
        .collect()
}

/// Those of the team who may hold these cases alone.
fn co_workers(choosing: &Choosing) -> Vec<govuk::Choice> {
    let fit = choosing.choices.iter().filter(|choice| !choice.is_stopped() && !choice.needs_co_worker);
    let mut all: Vec<govuk::Choice> =
        fit.map(|choice| govuk::Choice { value: choice.worker.id.to_string(), text: choice.worker.name.clone(), hint: None }).collect();
    all.sort_by_key(|choice| choice.text.to_lowercase());
    all
}

fn band(choosing: &Choosing) -> String {
    let band = &choosing.band;
    format!("{} to {} children for each full-time post; above {} is red. {}.", band.lower, band.upper, band.red_above, band.source)
}

pub async fn submit(cx: Context, Path(id): Path<String>, Posted(mut form): Posted) -> Outcome {
    if form.wants_draft() {
        return draft::kept(&cx, KIND, &id, &form).await;
    }
    if form.has("again") {
        return page(&cx, &id, Some(&form), None).await;
    }
    let typed = read(&mut form, &cx);
    let (true, Some(typed)) = (form.is_good(), typed) else { return page(&cx, &id, Some(&form), None).await };
    match decide(&cx, &id, &form, &typed).await? {
        Ok(answer) => Ok(answer),
        Err(Some(choice)) => {
            form.error(
                "worker",
                format!(
                    "The figures have changed since you read them. Now: {choice}. Choose again if this is still your decision",
                    choice = choice.effect
                ),
            );
            page(&cx, &id, Some(&form), Some(&choice)).await
        }
        Err(None) => page(&cx, &id, Some(&form), None).await,
    }
}

/// What was typed, when nothing in it is wrong by itself.
struct Typed {
    worker: WorkerId,
    co_worker: Option<WorkerId>,
    change: Option<EndReason>,
    despite: String,
    read: String,
    note: care::allocation::CheckedNote,
    words: [String; 4],
}

fn read(form: &mut Form, cx: &Context) -> Option<Typed> {
    let worker = form.raw("worker");
    if worker.is_empty() {
        form.error("worker", "Choose a worker");
    }
    let co_worker = Some(form.raw("co_worker")).filter(|id| !id.is_empty()).map(WorkerId::from_text);
    let words = ["why_this_worker", "what_to_do", "risks_to_worker", "risks_to_child"].map(|field| form.text(field, 0..=10_000, ""));
    let from = form.required_date("from", "the start date");
    let first_visit_by = form.required_date("first_visit_by", "the date of the first visit");
    let next_look_on = form.required_date("next_look_on", "the date of the next look");
    let note = AllocationNote {
        from: Ok(from.unwrap_or(cx.today())),
        why_this_worker: words[0].clone(),
        what_to_do: words[1].clone(),
        first_visit_by: Ok(first_visit_by),
        risks_to_worker: words[2].clone(),
        risks_to_child: words[3].clone(),
        next_look_on: Ok(next_look_on.unwrap_or(cx.today())),
    };
    let checked = check_note(&note, None, cx.today());
    for problem in checked.as_ref().err().into_iter().flatten() {
        let field = problem.field();
        match field {
            NoteField::From | NoteField::FirstVisitBy | NoteField::NextLookOn => form.date_error(field.code(), problem.to_string()),
            _ => form.error(field.code(), problem.to_string()),
        }
    }
    let despite = form.text("despite", 0..=4_000, "");
    Some(Typed {
        read: form.raw(&format!("read-{worker}")),
        worker: WorkerId::from_text(worker),
        co_worker,
        change: EndReason::from_code(&form.raw("change")),
        despite,
        note: checked.ok()?,
        words,
    })
}

/// Does it: the answer, or the choice as it stands now, or the form with what the store refused.
async fn decide(
    cx: &Context,
    id: &str,
    form: &Form,
    typed: &Typed,
) -> Result<Result<axum::response::Response, Option<Box<Choice>>>, Problem> {
    let head = Letterhead { council: cx.app.config.council.clone() };
    let mut tx = cx.write().await?;
    if let Once::Again(led_to) = forms::once(&mut tx, &form.token()).await? {
        return Ok(Ok(cx.go(&led_to, "Allocated.")?));
    }
    let (opened, case) = allocation::open_case(&mut tx, &InvolvementId::from_text(id), Deed::Allocate).await?;
    let team = case.team_id.clone();
    let mut given = vec![given(form, opened, case)];
    for (opened, case) in with(&mut tx, form).await? {
        given.push(self::given(form, opened, case));
    }
    let [why_this_worker, what_to_do, risks_to_worker, risks_to_child] = &typed.words;
    let decision = Decision {
        worker: typed.worker.clone(),
        co_worker: typed.co_worker.clone(),
        note: typed.note,
        why_this_worker,
        what_to_do,
        risks_to_worker,
        risks_to_child,
        read: &typed.read,
        despite: &typed.despite,
        change: typed.change,
        letterhead: &head,
    };
    match allocation::allocate(&mut tx, &given, &decision).await {
        Ok(Decided::Allocated(made)) => {
            drafts::clear(&mut tx, KIND, id, &draft::from(form)).await?;
            let to = format!("/unallocated?team={team}");
            forms::led_to(&mut tx, &form.token(), &to).await?;
            tx.commit().await?;
            let news = match made.len() {
                1 => "Allocated. The worker has been told, and letters were made for the family and the professionals.".to_owned(),
                n => {
                    format!("{n} children allocated. The worker has been told, and letters were made for the family and the professionals.")
                }
            };
            Ok(Ok(cx.go(&to, &news)?))
        }
        Ok(Decided::Changed(choice)) => Ok(Err(Some(choice))),
        Err(error) => {
            drop(tx);
            let mut again = form.clone();
            refuse(&mut again, error)?;
            Ok(Ok(page(cx, id, Some(&again), None).await?))
        }
    }
}

fn given(form: &Form, opened: Opened, case: CaseRow) -> Given {
    let seen = form.raw(&format!("seen-{}", case.id));
    Given { seen: Some(seen).filter(|id| !id.is_empty()).map(AllocationId::from_text), opened, case }
}
