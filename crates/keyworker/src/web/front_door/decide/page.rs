//! The page of a decision in its states: to fill in, to look at once more, waiting for a manager, decided already.

use axum::response::Response;
use care::front_door::{EnquirerKind, LegalBasis, Outcome as Follows, Side, SignOff, Told, WhyNotTold};
use serde::Serialize;
use store::{
    Tx, dues,
    front_door::{self, Opened},
    id::EnquiryId,
    teams, workers,
};

use super::{
    KIND, Ready,
    beside::{Beside, beside},
    conflict, letters, must_propose,
    read::{self, Typed},
};
use crate::web::{
    Context, Outcome, Problem, drafts as draft,
    form::Form,
    govuk::{self, Choice},
    record::dated,
};

const TITLE: &str = "Decide what follows";

/// How the page stands to what was sent.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    AsRead,
    /// The enquiry changed between reading and sending.
    Moved,
}

/// The page: opened afresh, or come back with what was typed.
pub async fn page(cx: &Context, id: &str, sent: Option<&Form>, stands: Stands) -> Outcome {
    let mut tx = cx.read().await?;
    let opened = front_door::open(&mut tx, &EnquiryId::from_text(id)).await?;
    if !opened.enquiry.state()?.is_open() {
        return not_open(cx, tx, &opened, sent).await;
    }
    let sign_off = front_door::sign_off(&mut tx).await?;
    let waits = opened.enquiry.state == "awaiting_sign_off";
    let me = &cx.worker()?.standing.worker.id;
    let own = waits && sign_off == SignOff::Manager && opened.enquiry.proposed_by.as_ref() == Some(me);
    let locked = waits && (own || must_propose(cx, sign_off));
    let beside = beside(&mut tx, &opened, care::access::Deed::DecideEnquiry).await?;
    let (form, shown) = match sent {
        Some(form) => (form.clone(), draft::again(KIND, id, form)),
        None => {
            let first = first_values(&mut tx, &opened, &beside).await?;
            draft::opened(&mut tx, KIND, id, first).await?
        }
    };
    let version = if stands == Stands::Moved { opened.enquiry.version } else { form.version().unwrap_or(opened.enquiry.version) };
    let proposer = match &opened.enquiry.proposed_by {
        Some(by) if waits => Some(workers::worker(&mut tx, by).await?.name()),
        _ => None,
    };
    let since = if stands == Stands::Moved { last_steps(&mut tx, &opened).await? } else { vec![] };
    let data = minijinja::context! {
        id, version, draft => govuk::value(&shown), locked, own, waits, proposer, proposes => must_propose(cx, sign_off),
        signs => sign_off == SignOff::Manager, moved => stands == Stands::Moved, since,
        typed => govuk::value(&read::words(&form)),
        ..said(&mut tx, &opened, &beside).await?
    };
    let data = minijinja::context! { ..choices(&mut tx, &opened, &beside).await?, ..data };
    let response = cx.form(tx, TITLE, "front_door/decide/form.html", &form, data).await?;
    Ok(if stands == Stands::Moved { conflict(response) } else { response })
}

/// What is known already: the enquiry's own answers, those whom it is about, or the decision that was proposed.
async fn first_values(tx: &mut Tx, opened: &Opened, beside: &Beside) -> Result<Form, Problem> {
    let enquiry = &opened.enquiry;
    if enquiry.state == "awaiting_sign_off"
        && let Some(kept) = front_door::proposed(tx, opened).await?
    {
        return Ok(Form::new(serde_json::from_str(&kept).unwrap_or_default()));
    }
    let mut fields: Vec<(String, String)> =
        beside.people.iter().filter(|one| one.include).map(|one| ("about".to_owned(), one.id.to_string())).collect();
    fields.push(("legal_basis".into(), enquiry.legal_basis.clone().unwrap_or_default()));
    fields.push(("told".into(), if enquiry.told() == Told::NotAsked { String::new() } else { enquiry.told.clone() }));
    fields.push(("told_why".into(), enquiry.told_why.clone().unwrap_or_default()));
    fields.push(("told_words".into(), enquiry.told_words.clone()));
    let mut form = Form::new(fields);
    match enquiry.told() {
        Told::Yes { on } => dated(&mut form, "told_on", on),
        Told::WillBe { by } => dated(&mut form, "told_by", by),
        _ => {}
    }
    Ok(form)
}

/// The enquiry, its clocks and what came before, for the side of the page.
pub async fn said(tx: &mut Tx, opened: &Opened, beside: &Beside) -> Result<minijinja::Value, Problem> {
    let enquiry = &opened.enquiry;
    let rows = dues::open_for_subject(tx, opened.id().as_str()).await?;
    let dues = dues::shown(tx, &rows).await?;
    let danger: Vec<(&str, &str)> = enquiry.danger().iter().map(|(question, answer)| (question.label(), danger_words(answer))).collect();
    let reply = enquiry.safe_reply();
    Ok(minijinja::context! {
        enquiry => govuk::value(enquiry), dues => govuk::value(&dues), danger => govuk::value(&danger), band => enquiry.band().label(),
        from => enquiry.enquirer().map_or("Not asked yet", EnquirerKind::label), people => govuk::value(&beside.people),
        shut => beside.shut.clone(), unlinked => beside.unlinked.clone(),
        reply => govuk::value(&(reply.by.label(), reply.message.label())), reply_asked => enquiry.reply_by != "not_asked",
    })
}

fn danger_words(answer: &care::person::Answer<bool>) -> &'static str {
    use care::person::Answer;
    match answer {
        Answer::Known(true) => "yes",
        Answer::Known(false) => "no",
        Answer::Unknown => "not known",
        Answer::Refused => "would not say",
        Answer::NotAsked => "not asked",
    }
}

fn choice(value: impl Into<String>, text: impl Into<String>, hint: Option<String>) -> Choice {
    Choice { value: value.into(), text: text.into(), hint }
}

/// What may be chosen.
async fn choices(tx: &mut Tx, opened: &Opened, beside: &Beside) -> Result<minijinja::Value, Problem> {
    let enquiry = &opened.enquiry;
    let side = enquiry.side();
    let outcomes: Vec<Choice> =
        Follows::ALL.iter().filter(|o| o.fits(side)).map(|o| choice(o.code(), o.label(), Some(follows(*o)))).collect();
    let about: Vec<Choice> = beside.people.iter().map(|one| choice(one.id.to_string(), &one.name, Some(hint(one)))).collect();
    let one_case = |name: &str, case: &store::allocation::CaseRow| {
        choice(case.id.to_string(), format!("{name}: {}", super::beside::case_words(case)), None)
    };
    let cases: Vec<Choice> = beside.people.iter().flat_map(|one| one.cases.iter().map(move |case| one_case(&one.name, case))).collect();
    let bases: Vec<Choice> = LegalBasis::ALL.iter().map(|b| choice(b.code(), b.label(), None)).collect();
    let why: Vec<Choice> = WhyNotTold::ALL.iter().map(|w| choice(w.code(), w.label(), None)).collect();
    Ok(minijinja::context! {
        outcomes => govuk::value(&outcomes), about => govuk::value(&about), cases => govuk::value(&cases), bases => govuk::value(&bases), why => govuk::value(&why),
        teams => govuk::value(&takers(tx, side).await?), to_enquirer => govuk::value(&ways(opened)), to_family => govuk::value(&family_ways()), family_itself => letters::is_family(opened),
        side_known => enquiry.side != "not_known", can_be_answered => enquiry.can_be_answered(),
    })
}

/// What an outcome brings with it, so that nobody has to know it by heart.
fn follows(outcome: Follows) -> String {
    use care::front_door::Follow;
    let telling = |f: &&Follow| !matches!(f, Follow::TellEnquirer | Follow::TellFamily);
    let all: Vec<&str> = outcome.follows().iter().filter(telling).map(|f| f.label()).collect();
    if all.is_empty() { "Those concerned are told".into() } else { all.join(". ") }
}

fn hint(one: &super::beside::One) -> String {
    let born = one.born_on.map(|on| format!("born {}. ", care::words::date(on.0))).unwrap_or_default();
    let known = if one.case_words.is_empty() { "No open case".to_owned() } else { one.case_words.join("; ") };
    format!("{}. {}{known}", one.why, care::words::capital(&born))
}

/// The teams that may take a case on, those of the enquiry's own side first.
async fn takers(tx: &mut Tx, side: Side) -> Result<Vec<Choice>, Problem> {
    const NOT: [&str; 5] = ["group", "front_door", "emergency_duty", "support", "reviewing"];
    let mut all: Vec<teams::Team> = teams::all(tx).await?.into_iter().filter(|t| !NOT.contains(&t.kind.as_str())).collect();
    let own = if side == Side::Child { "children" } else { "adults" };
    all.sort_by_key(|team| team.service != own && team.service != "both");
    Ok(all.into_iter().map(|team| choice(team.id.to_string(), team.name, None)).collect())
}

/// How the enquirer may hear: a message only where it is safe.
fn ways(opened: &Opened) -> Vec<Choice> {
    let reply = opened.enquiry.safe_reply();
    let probe = care::allocation::Letter { subject: String::new(), body: String::new() };
    let mut all = Vec::new();
    if let Some(message) = front_door::by_safe_way(&reply, "", &probe) {
        let by = message.channel.label().to_lowercase();
        all.push(choice(
            "message",
            format!("Send the answer by {by}"),
            Some(format!("To {}. You see it before it goes.", message.to_address)),
        ));
    }
    all.push(choice("later", "Somebody tells them", Some("It stays on the board until that is done.".into())));
    all
}

fn family_ways() -> Vec<Choice> {
    vec![
        choice("letter", "By letter", Some("The decision, the reason and how to challenge it. You see it before it goes.".into())),
        choice("person", "Somebody tells them", Some("In person or by telephone, with the reason and how to challenge it.".into())),
    ]
}

#[derive(Serialize)]
struct Since {
    words: String,
    who: Option<String>,
    at: store::At,
}

async fn last_steps(tx: &mut Tx, opened: &Opened) -> Result<Vec<minijinja::Value>, Problem> {
    let steps = front_door::steps(tx, opened).await?;
    let one = |s: front_door::Step| {
        let label = care::front_door::EnquiryStep::from_code(&s.step)
            .map_or_else(|| care::words::capital(&s.step.replace('_', " ")), |step| step.label().to_owned());
        govuk::value(&Since {
            words: if s.words.is_empty() { label } else { format!("{label}: {}", s.words) },
            who: s.worker,
            at: s.taken_at,
        })
    };
    Ok(steps.into_iter().take(3).map(one).collect())
}

/// Decided already, or recorded by mistake: what was decided and by whom, and what was typed meanwhile, kept to be copied.
async fn not_open(cx: &Context, mut tx: Tx, opened: &Opened, sent: Option<&Form>) -> Outcome {
    let enquiry = &opened.enquiry;
    let by = match &enquiry.decided_by {
        Some(by) => Some(workers::worker(&mut tx, by).await?.name()),
        None => None,
    };
    let typed = sent.map(read::words).unwrap_or_default();
    let data = minijinja::context! {
        id => enquiry.id.as_str(), enquiry => govuk::value(enquiry), by, outcome => enquiry.outcome().map(Follows::label), typed => govuk::value(&typed),
    };
    let response: Response = cx.page(tx, "Decided already", "front_door/decide/decided.html", data).await?;
    Ok(if sent.is_some() { conflict(response) } else { response })
}

/// The last look before anything is done.
pub async fn last_look(cx: &Context, tx: Tx, id: &str, form: &Form, typed: &Typed, ready: &Ready) -> Outcome {
    let mut hidden = read::kept(form);
    for name in ["draft_id", "draft_version", "version"] {
        hidden.push((name.to_owned(), form.raw(name)));
    }
    let outcome = typed.decision.outcome;
    let follows: Vec<&str> = outcome.follows().iter().map(|f| f.label()).collect();
    let shown = |letter: &Option<store::outbox::Message>| letter.as_ref().map(|m| format!("{}\n{}", m.to_address, m.body));
    let data = minijinja::context! {
        id, hidden => govuk::value(&hidden), typed => govuk::value(&read::words(form)), children => typed.decision.people.len(), outcome => outcome.label(), follows,
        refers => outcome.case_kind().is_some(), proposes => ready.proposes, enquirer => govuk::value(&ready.letters.enquirer), family => govuk::value(&ready.letters.family),
        shown_enquirer => shown(&ready.letters.enquirer), shown_family => shown(&ready.letters.family), reference => ready.opened.enquiry.reference.clone(),
    };
    cx.page(tx, "Check before you decide", "front_door/decide/check.html", data).await
}
