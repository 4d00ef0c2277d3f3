//! Writing an enquiry down while the caller is still speaking, and correcting it later: one page, nothing needed but some
//! words of what it is about. What is missing is asked for when it is decided. Immediate danger is asked first.
//!
//! Law: Children Act 1989 sections 17 and 47; Care Act 2014 sections 9 and 42. Consent is not needed to safeguard; whether
//! the parent or adult was told, and if not why, stands on the record.

use axum::extract::{Path, Query};
use care::{
    calendar::london,
    front_door::{Channel, DangerQuestion, EnquirerKind, LegalBasis, MayLeaveMessage, ReplyBy, Side, UrgencyBand, WhyNotTold},
    person::Answer,
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::Deserialize;
use store::{
    Error, Tx, drafts,
    forms::{self, Once},
    front_door::{self, DangerAnswers, Enquirer, Enquiry, NewPerson, Part, Reply, Taken, danger_answer},
    id::{EnquiryId, fresh},
};

use super::{
    compared::compared,
    decide::{conflict, told},
};
use crate::web::{
    Context, Outcome, Problem, drafts as draft,
    form::Form,
    govuk::{self, Choice},
    posted::Posted,
    record::dated,
};

const KIND: &str = "enquiry";
/// More words than these of a call are not shown in the list of calls that wait to be saved.
const WORDS: usize = 80;
/// So many people can be named at once; more are added on the enquiry's own page.
const PEOPLE: usize = 4;

/// Which call it is: two on the telephone at once never mix, and coming back finds the one that was left.
#[derive(Deserialize, Default)]
pub struct Asked {
    #[serde(default)]
    call: String,
}

fn is_call(id: &str) -> bool {
    (8..=64).contains(&id.len()) && id.chars().all(|c| c.is_ascii_alphanumeric())
}

/// GET /front-door/enquiries/new: on to a page of its own for this call.
pub async fn new(cx: Context, Query(asked): Query<Asked>) -> Outcome {
    if !is_call(&asked.call) {
        return cx.go(&format!("/front-door/enquiries/new?call={}", fresh()), "");
    }
    let mut tx = cx.read().await?;
    let mut first = Form::opened([("channel", Channel::Telephone.code()), ("band", UrgencyBand::Routine.code())]);
    received(&mut first, cx.now);
    let (form, shown) = draft::opened(&mut tx, KIND, &asked.call, first).await?;
    let others = others(&mut tx, &asked.call).await?;
    let data = minijinja::context! { action => "/front-door/enquiries/new", call => asked.call, others, draft => govuk::value(&shown), ..choices() };
    cx.form(tx, "New enquiry", "front_door/taking.html", &form, data).await
}

/// The calls that this worker began to write down and has not saved yet.
async fn others(tx: &mut Tx, call: &str) -> Result<Vec<minijinja::Value>, Problem> {
    let mine = drafts::mine(tx).await?.into_iter().filter(|one| one.form == KIND && one.subject_id != call);
    let line = |one: drafts::Draft| {
        let said =
            one.typed().into_iter().find(|(field, _)| field == "words").map(|(_, words)| words).filter(|words| !words.trim().is_empty());
        let words: String = said.unwrap_or_else(|| "Nothing said yet".into()).chars().take(WORDS).collect();
        minijinja::context! { href => format!("/front-door/enquiries/new?call={}", one.subject_id), words, saved_at => govuk::value(&one.saved_at) }
    };
    Ok(mine.map(line).collect())
}

/// POST /front-door/enquiries/new
pub async fn submit(cx: Context, Posted(mut form): Posted) -> Outcome {
    let call = form.raw("call");
    if !is_call(&call) {
        form.set("call", fresh());
    }
    let call = form.raw("call");
    if form.wants_draft() {
        return draft::kept(&cx, KIND, &call, &form).await;
    }
    let (taken, people) = (read(&mut form, cx.now), people(&mut form, cx.today()));
    let Some(taken) = taken.filter(|_| form.is_good()) else { return again(&cx, &form).await };
    let mut tx = cx.write().await?;
    if let Once::Again(led_to) = forms::once(&mut tx, &form.token()).await? {
        return cx.go(&led_to, "Enquiry recorded. Now see who it is about.");
    }
    match front_door::record(&mut tx, &taken, &people).await {
        Ok(id) => {
            drafts::clear(&mut tx, KIND, &call, &draft::from(&form)).await?;
            let to = format!("/front-door/enquiries/{id}");
            forms::led_to(&mut tx, &form.token(), &to).await?;
            tx.commit().await?;
            cx.go(&to, "Enquiry recorded. Now see who it is about.")
        }
        Err(refused) => {
            drop(tx);
            form.refused(refused)?;
            again(&cx, &form).await
        }
    }
}

async fn again(cx: &Context, form: &Form) -> Outcome {
    let call = form.raw("call");
    let shown = draft::again(KIND, &call, form);
    let none = Vec::<minijinja::Value>::new();
    let data =
        minijinja::context! { action => "/front-door/enquiries/new", call, others => none, draft => govuk::value(&shown), ..choices() };
    cx.form(cx.read().await?, "New enquiry", "front_door/taking.html", form, data).await
}

/// GET /front-door/enquiries/{enquiry}/change
pub async fn edit(cx: Context, Path(id): Path<String>) -> Outcome {
    let mut tx = cx.read().await?;
    let opened = front_door::open(&mut tx, &EnquiryId::from_text(&id)).await?;
    if !opened.enquiry.state()?.is_open() {
        tx.finish().await?;
        return cx.go(&format!("/front-door/enquiries/{id}"), "It has been decided: what was said is no longer changed.");
    }
    let form = as_typed(&opened.enquiry);
    let none = Vec::<minijinja::Value>::new();
    let data = minijinja::context! { action => format!("/front-door/enquiries/{id}/change"), change => id, both => none, ..choices() };
    cx.form(tx, "Change the enquiry", "front_door/taking.html", &form, data).await
}

/// POST /front-door/enquiries/{enquiry}/change
pub async fn change(cx: Context, Path(id): Path<String>, Posted(mut form): Posted) -> Outcome {
    let Some(taken) = read(&mut form, cx.now).filter(|_| form.is_good()) else { return changing(&cx, &id, &form, &[]).await };
    let mut tx = cx.write().await?;
    let opened = front_door::open(&mut tx, &EnquiryId::from_text(&id)).await?;
    match front_door::change(&mut tx, &opened, form.version().unwrap_or(-1), &taken).await {
        Ok(()) => {
            tx.commit().await?;
            cx.go(&format!("/front-door/enquiries/{id}"), "Changed.")
        }
        Err(Error::Stale) => {
            drop(tx);
            let mut newer = form.clone();
            newer.set("version", opened.enquiry.version.to_string());
            newer.error("words", "Somebody changed this enquiry meanwhile. Nothing you typed is lost: compare, and save it again");
            let both = compared(&as_typed(&opened.enquiry), &form);
            Ok(conflict(changing(&cx, &id, &newer, &both).await?))
        }
        Err(other) => {
            drop(tx);
            form.refused(other)?;
            changing(&cx, &id, &form, &[]).await
        }
    }
}

async fn changing(cx: &Context, id: &str, form: &Form, both: &[[String; 3]]) -> Outcome {
    let data = minijinja::context! { action => format!("/front-door/enquiries/{id}/change"), change => id, both => govuk::value(&both), ..choices() };
    cx.form(cx.read().await?, "Change the enquiry", "front_door/taking.html", form, data).await
}

fn choices() -> minijinja::Value {
    let choice = |value: &str, text: &str| Choice { value: value.into(), text: text.into(), hint: None };
    let mut sides: Vec<Choice> = Side::ALL.iter().map(|one| choice(one.code(), one.label())).collect();
    sides.push(choice("not_known", "Not known yet"));
    let danger: Vec<Choice> = DangerQuestion::ALL.iter().map(|one| choice(one.code(), one.label())).collect();
    let all =
        |codes: Vec<(&'static str, &'static str)>| -> Vec<Choice> { codes.into_iter().map(|(code, text)| choice(code, text)).collect() };
    minijinja::context! {
        danger => govuk::value(&danger), sides => govuk::value(&sides), rows => (0..PEOPLE).collect::<Vec<_>>(),
        bands => govuk::value(&all(UrgencyBand::ALL.iter().rev().map(|one| (one.code(), one.label())).collect())),
        channels => govuk::value(&all(Channel::ALL.iter().filter(|one| !matches!(one, Channel::Import)).map(|one| (one.code(), one.label())).collect())),
        kinds => govuk::value(&all(EnquirerKind::ALL.iter().map(|one| (one.code(), one.label())).collect())),
        replies => govuk::value(&all(ReplyBy::ALL.iter().map(|one| (one.code(), one.label())).collect())),
        messages => govuk::value(&all(MayLeaveMessage::ALL.iter().map(|one| (one.code(), one.label())).collect())),
        bases => govuk::value(&all(LegalBasis::ALL.iter().map(|one| (one.code(), one.label())).collect())),
        why => govuk::value(&all(WhyNotTold::ALL.iter().map(|one| (one.code(), one.label())).collect())),
        parts => govuk::value(&all(Part::ALL.iter().map(|one| (one.code(), one.label())).collect())),
    }
}

/// What was typed of the enquiry itself; `None` where something in it cannot be understood.
fn read(form: &mut Form, now: Timestamp) -> Option<Taken> {
    let words = form.text("words", 1..=20_000, "Write what it is about, in a few words if there is no time");
    let enquirer = Enquirer {
        kind: EnquirerKind::from_code(&form.raw("enquirer")),
        name: form.text("enquirer_name", 0..=200, ""),
        organisation: form.text("organisation", 0..=200, ""),
        telephone: form.text("telephone", 0..=60, ""),
        relation: form.text("relation", 0..=200, ""),
    };
    let reply = Reply {
        by: ReplyBy::from_code(&form.raw("reply_by")),
        address: form.text("reply_address", 0..=500, ""),
        message: MayLeaveMessage::from_code(&form.raw("may_leave_message")),
        words: form.text("reply_words", 0..=1_000, ""),
    };
    if matches!(reply.by, Some(ReplyBy::Email)) && !reply.address.contains('@') {
        form.error("reply_address", "Enter the e-mail address that is safe, such as name@example.com");
    }
    if matches!(reply.by, Some(ReplyBy::Letter)) && reply.address.is_empty() {
        form.error("reply_address", "Enter the address to which a letter may safely go");
    }
    let received_at = received_at(form, now);
    let told = told(form);
    Some(Taken {
        channel: Channel::from_code(&form.raw("channel")).unwrap_or(Channel::Telephone),
        side: Side::from_code(&form.raw("side")),
        band: UrgencyBand::from_code(&form.raw("band")).unwrap_or(UrgencyBand::Routine),
        received_at: received_at?,
        enquirer,
        words,
        danger: danger(form),
        reply,
        legal_basis: LegalBasis::from_code(&form.raw("legal_basis")),
        told: told?,
    })
}

/// "No to all the rest" answers what was left open; what was answered stays.
fn danger(form: &Form) -> DangerAnswers {
    let rest = if form.has("danger-rest") { "no" } else { "" };
    let answer = |question: &DangerQuestion| match form.raw(&format!("danger-{}", question.code())) {
        said if said.is_empty() => danger_answer(rest),
        said => danger_answer(&said),
    };
    DangerQuestion::ALL.iter().map(|question| (*question, answer(question))).filter(|(_, answer)| *answer != Answer::NotAsked).collect()
}

/// When it was first received: now, unless it was written on paper first.
fn received_at(form: &mut Form, now: Timestamp) -> Option<Timestamp> {
    let on = form.required_date("received_on", "the day on which it was first received")?;
    let typed = form.raw("received_time").replace('.', ":");
    let time = typed.split_once(':').and_then(|(h, m)| {
        let part = |text: &str, most: i8| text.trim().parse::<i8>().ok().filter(|n| (0..=most).contains(n));
        Some((part(h, 23)?, part(m, 59)?))
    });
    let Some((hour, minute)) = time else {
        form.error("received_time", "Enter the time as hours and minutes, such as 14:05");
        return None;
    };
    let zone = TimeZone::get("Europe/London").unwrap_or(TimeZone::UTC);
    let at = on.at(hour, minute, 0, 0).to_zoned(zone).ok()?.timestamp();
    if london(at).date() > london(now).date() {
        form.date_error("received_on", "The day of receipt must not lie ahead");
        return None;
    }
    if at > now {
        form.error("received_time", "The time of receipt must not lie ahead");
        return None;
    }
    Some(at)
}

fn received(form: &mut Form, at: Timestamp) {
    let here = london(at);
    dated(form, "received_on", here.date());
    form.set("received_time", format!("{:02}:{:02}", here.hour(), here.minute()));
}

/// Those who were named; an empty row is nobody.
fn people(form: &mut Form, today: Date) -> Vec<NewPerson> {
    (0..PEOPLE).filter_map(|n| person(form, &format!("_{n}"), today)).collect()
}

/// One person as a caller speaks of them.
pub(super) fn person(form: &mut Form, row: &str, today: Date) -> Option<NewPerson> {
    let mut field = |name: &str, most: usize| form.text(&format!("{name}{row}"), 0..=most, "");
    let (given_name, surname, age) = (field("given", 200), field("surname", 200), field("age", 60));
    let (address, postcode, relation) = (field("address", 500), field("postcode", 12), field("their_relation", 200));
    if [&given_name, &surname, &age, &address, &postcode].iter().all(|text| text.is_empty()) {
        return None;
    }
    let born_on = date_in(&age);
    if born_on.is_some_and(|on| on > today) {
        form.error(&format!("age{row}"), "The date of birth lies ahead. For a baby not born yet write: expected in March");
    }
    let part = Part::from_code(&form.raw(&format!("part{row}"))).unwrap_or(Part::Subject);
    let born_words = if born_on.is_some() { String::new() } else { age };
    Some(NewPerson { part, given_name, surname, born_on, born_words, address, postcode, relation, record: None })
}

/// A date of birth among the words "3 5 2018", "03/05/2018" or "3 May 2018"; otherwise it is an age in words.
fn date_in(typed: &str) -> Option<Date> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let parts: Vec<&str> = typed.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let [day, month, year] = parts.as_slice() else { return None };
    let named = |m: &str| m.get(..3).and_then(|short| MONTHS.iter().position(|one| short.eq_ignore_ascii_case(one)));
    let month = month.parse::<i8>().ok().or_else(|| named(month).and_then(|at| i8::try_from(at + 1).ok()))?;
    let year = year.parse::<i16>().ok().filter(|year| (1880..=2200).contains(year))?;
    Date::new(year, month, day.parse().ok()?).ok()
}

/// What stands on record, as the page takes it.
fn as_typed(enquiry: &Enquiry) -> Form {
    let mut form = Form::opened([
        ("words", enquiry.words.as_str()),
        ("channel", enquiry.channel.as_str()),
        ("side", enquiry.side.as_str()),
        ("band", enquiry.band.as_str()),
        ("enquirer", enquiry.enquirer_kind.as_str()),
        ("enquirer_name", enquiry.enquirer_name.as_str()),
        ("organisation", enquiry.enquirer_organisation.as_str()),
        ("telephone", enquiry.enquirer_telephone.as_str()),
        ("relation", enquiry.enquirer_relation.as_str()),
        ("reply_by", enquiry.reply_by.as_str()),
        ("reply_address", enquiry.reply_address.as_str()),
        ("may_leave_message", enquiry.may_leave_message.as_str()),
        ("reply_words", enquiry.reply_words.as_str()),
        ("legal_basis", enquiry.legal_basis.as_deref().unwrap_or_default()),
        ("told", if enquiry.told == "not_asked" { "" } else { enquiry.told.as_str() }),
        ("told_why", enquiry.told_why.as_deref().unwrap_or_default()),
        ("told_words", enquiry.told_words.as_str()),
    ]);
    received(&mut form, enquiry.received_at.0);
    if let Some(on) = enquiry.told_on {
        dated(&mut form, if enquiry.told == "yes" { "told_on" } else { "told_by" }, on.0);
    }
    for (question, answer) in enquiry.danger() {
        let code = match answer {
            Answer::Known(true) => "yes",
            Answer::Known(false) => "no",
            Answer::Unknown => "unknown",
            Answer::Refused => "refused",
            Answer::NotAsked => "",
        };
        form.set(&format!("danger-{}", question.code()), code);
    }
    form.set("version", enquiry.version.to_string());
    form
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_date_of_birth_is_known_from_an_age() {
        for (typed, on) in [
            ("3 5 2018", Some(date(2018, 5, 3))),
            ("03/05/2018", Some(date(2018, 5, 3))),
            ("3 May 2018", Some(date(2018, 5, 3))),
            ("about 6", None),
            ("31 2 2018", None),
            ("expected in March 2027", None),
            ("", None),
        ] {
            assert_eq!(date_in(typed), on, "{typed}");
        }
    }

    #[test]
    fn a_time_ahead_and_a_time_that_is_none_are_said_at_their_place() {
        let now: Timestamp = "2026-11-23T10:00:00Z".parse().unwrap();
        for (time, good) in [("09:59", true), ("9.05", true), ("10:01", false), ("25:00", false), ("noon", false)] {
            let mut form = Form::default();
            received(&mut form, now);
            form.set("received_time", time);
            assert_eq!(received_at(&mut form, now).is_some(), good, "{time}");
            assert_eq!(form.is_good(), good);
        }
    }
}
