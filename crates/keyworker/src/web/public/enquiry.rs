//! Anybody tells the authority about a child, an adult or a family. One page; nobody need say who they are. What was sent
//! is answered with a reference and with what happens next and by when, on the page itself: no address keeps it.

use care::{
    front_door::{Channel, DangerQuestion, EnquirerKind, MayLeaveMessage, ReplyBy, SafeReply, Screening, Side, Told, UrgencyBand, screen},
    person::Answer,
    words,
};
use jiff::civil::Date;
use store::{
    forms::{self, Once},
    front_door::{self, DangerAnswers, Enquirer, Head, NewPerson, Part, Reply, Taken},
};

use super::{LIMIT, caller_key, danger_words};
use crate::web::{
    Context, Outcome, Problem,
    form::Form,
    govuk::{self, Choice},
    posted::Posted,
};

/// Who may enquire here, in the words of the page. Professionals are told of their own way.
const WHO: &[(EnquirerKind, &str)] = &[
    (EnquirerKind::ThePerson, "It is about me"),
    (EnquirerKind::ParentOrCarer, "I am their parent or carer"),
    (EnquirerKind::Relative, "I am another relative"),
    (EnquirerKind::PublicMember, "I am a friend, a neighbour or somebody else"),
    (EnquirerKind::School, "I work in a school, college or nursery"),
    (EnquirerKind::Health, "I work in health"),
    (EnquirerKind::Police, "I work for the police"),
    (EnquirerKind::OtherProfessional, "I know them through other work"),
    (EnquirerKind::Anonymous, "I would rather not say"),
];

const REPLY: &[(ReplyBy, &str)] = &[
    (ReplyBy::Email, "By e-mail"),
    (ReplyBy::Telephone, "By telephone"),
    (ReplyBy::Text, "By text message"),
    (ReplyBy::Letter, "By letter"),
    (ReplyBy::DoNotContact, "Please do not contact me"),
];

/// So many people can be named at once; others fit into the words.
const PEOPLE: usize = 3;

/// GET /enquiry
pub async fn show(cx: Context) -> Outcome {
    page(&cx, &Form::default()).await
}

async fn page(cx: &Context, form: &Form) -> Outcome {
    let choice = |value: &str, text: &str| Choice { value: value.into(), text: text.into(), hint: None };
    let mut danger: Vec<Choice> = DangerQuestion::ALL.iter().map(|q| choice(q.code(), danger_words(*q))).collect();
    danger.push(choice("none", "None of these"));
    danger.push(choice("unknown", "I do not know"));
    let who: Vec<Choice> = WHO.iter().map(|(k, text)| choice(k.code(), text)).collect();
    let reply: Vec<Choice> = REPLY.iter().map(|(r, text)| choice(r.code(), text)).collect();
    let data = minijinja::context! {
        danger => govuk::value(&danger), who => govuk::value(&who), reply => govuk::value(&reply), people => (0..PEOPLE).collect::<Vec<_>>(),
    };
    cx.form(cx.read().await?, "Tell us about a child, an adult or a family", "public/enquiry.html", form, data).await
}

/// POST /enquiry
pub async fn submit(cx: Context, Posted(mut form): Posted) -> Outcome {
    let (taken, people) = read(&cx, &mut form);
    if !form.is_good() {
        return page(&cx, &form).await;
    }
    let mut tx = cx.app.db.write(store::Act::public(cx.now)).await?;
    if let Once::Again(led_to) = forms::once(&mut tx, &form.token()).await? {
        drop(tx);
        return again(&cx, &led_to).await;
    }
    if let Some(again_in_seconds) = front_door::may_use(&mut tx, &caller_key(&cx)?, LIMIT).await? {
        front_door::refused(tx).await?;
        return Err(Problem::TooMany { again_in_seconds });
    }
    let head = Head { council: cx.app.config.council.clone() };
    let (id, reference) = front_door::receive(&mut tx, &taken, &people, &head).await?;
    let by = front_door::answer_by(&mut tx, &id, &head).await?;
    let urgent = i64::from(screen(&taken.danger).band() <= UrgencyBand::Urgent);
    let answered = i64::from(taken.reply.by != Some(ReplyBy::DoNotContact));
    forms::led_to(&mut tx, &form.token(), &format!("{reference} {by} {urgent} {answered}")).await?;
    tx.commit().await?;
    thanks(&cx, &reference, by, urgent == 1, answered == 1).await
}

/// The same form once more: the same answer once more.
async fn again(cx: &Context, led_to: &str) -> Outcome {
    let parts: Vec<&str> = led_to.split(' ').collect();
    let [reference, by, urgent, answered] = parts.as_slice() else { return page(cx, &Form::default()).await };
    let Ok(by) = by.parse::<Date>() else { return page(cx, &Form::default()).await };
    thanks(cx, reference, by, *urgent == "1", *answered == "1").await
}

async fn thanks(cx: &Context, reference: &str, by: Date, urgent: bool, answered: bool) -> Outcome {
    let data = minijinja::context! { reference, by => words::weekday_and_date(by), urgent, answered };
    cx.page(cx.read().await?, "We have your message", "public/received.html", data).await
}

fn read(cx: &Context, form: &mut Form) -> (Taken, Vec<NewPerson>) {
    if form.has("website") {
        form.error("website", "Leave this field empty");
    }
    let danger = danger(form);
    let words = form.text("words", 1..=20_000, "Tell us what you are worried about");
    let sides = [("child", Some(Side::Child)), ("adult", Some(Side::Adult)), ("not_sure", None)];
    let side = form.choice("side", &sides, "Choose whether it is about a child or an adult").flatten();
    let kinds: Vec<(&str, EnquirerKind)> = WHO.iter().map(|(k, _)| (k.code(), *k)).collect();
    let kind = form.choice("who", &kinds, "Choose who you are, or \u{201c}I would rather not say\u{201d}");
    let enquirer = Enquirer {
        kind,
        name: form.text("your_name", 0..=200, ""),
        organisation: form.text("organisation", 0..=200, ""),
        telephone: String::new(),
        relation: String::new(),
    };
    let reply = reply(form);
    let screening = screen(&danger);
    let band = if matches!(screening, Screening::NoDanger) { UrgencyBand::Routine } else { screening.band() };
    let taken = Taken {
        channel: if kind.is_some_and(is_professional) { Channel::ProfessionalForm } else { Channel::PublicPage },
        side,
        band,
        received_at: cx.now,
        enquirer,
        words,
        danger,
        reply,
        legal_basis: None,
        told: Told::NotAsked,
    };
    (taken, people(form))
}

fn is_professional(kind: EnquirerKind) -> bool {
    kind.told_as() == care::front_door::ToldAs::Professional
}

/// What is ticked is yes, the rest no; "I do not know" leaves every other question open.
fn danger(form: &mut Form) -> DangerAnswers {
    let ticked = form.all("danger");
    if ticked.is_empty() {
        form.error("danger", "Choose what is happening now, or \u{201c}None of these\u{201d}");
    }
    let some = ticked.iter().any(|t| DangerQuestion::from_code(t).is_some());
    if ticked.iter().any(|t| t == "none") && ticked.len() > 1 {
        form.error("danger", "Choose what is happening now, or \u{201c}None of these\u{201d}, not both");
    }
    let unknown = ticked.iter().any(|t| t == "unknown");
    let answer = |q: &DangerQuestion| match ticked.iter().any(|t| t == q.code()) {
        true => Answer::Known(true),
        false if unknown => Answer::Unknown,
        false if some || !ticked.is_empty() => Answer::Known(false),
        false => Answer::NotAsked,
    };
    DangerQuestion::ALL.iter().map(|q| (*q, answer(q))).collect()
}

fn reply(form: &mut Form) -> Reply {
    let ways: Vec<(&str, ReplyBy)> = REPLY.iter().map(|(r, _)| (r.code(), *r)).collect();
    let by = form.choice("reply_by", &ways, "Choose how it is safe to reply, or ask us not to contact you");
    let address = form.text("reply_address", 0..=500, "");
    if let Some(by) = by.filter(|by| *by != ReplyBy::DoNotContact)
        && let Err(problem) = (SafeReply { by, address: address.clone(), message: MayLeaveMessage::Yes }).may_send(by)
    {
        form.error("reply_address", format!("{problem}. Enter where we can reach you"));
    }
    if by == Some(ReplyBy::Email) && !address.is_empty() && !looks_like_email(&address) {
        form.error("reply_address", "Enter an e-mail address, such as name@example.com");
    }
    let message = match form.raw("may_leave_message").as_str() {
        "yes" => MayLeaveMessage::Yes,
        "number_only" => MayLeaveMessage::NumberOnly,
        "no" => MayLeaveMessage::No,
        _ => MayLeaveMessage::NotAsked,
    };
    Reply { by, address, message: Some(message), words: form.text("reply_words", 0..=1000, "") }
}

fn looks_like_email(text: &str) -> bool {
    text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !text.contains(char::is_whitespace))
}

/// Those who were named; an empty row is nobody.
fn people(form: &mut Form) -> Vec<NewPerson> {
    let mut all = Vec::new();
    for n in 0..PEOPLE {
        let mut field = |name: &str, most: usize| form.text(&format!("{name}_{n}"), 0..=most, "");
        let (name, born_words, address) = (field("name", 200), field("age", 60), field("address", 500));
        if name.is_empty() && born_words.is_empty() && address.is_empty() {
            continue;
        }
        let (given, surname) = name.rsplit_once(' ').map_or((name.as_str(), ""), |(g, s)| (g, s));
        all.push(NewPerson {
            part: Part::Subject,
            given_name: given.trim().to_owned(),
            surname: surname.trim().to_owned(),
            born_on: None,
            born_words,
            postcode: postcode_in(&address),
            address,
            relation: String::new(),
            record: None,
        });
    }
    all
}

/// The postcode at the end of an address, if one stands there.
fn postcode_in(address: &str) -> String {
    let words: Vec<&str> = address.split([' ', ',', '\n']).filter(|w| !w.is_empty()).collect();
    let Some([.., outward, inward]) = words.get(words.len().saturating_sub(2)..) else { return String::new() };
    let is_inward = inward.len() == 3 && inward.starts_with(|c: char| c.is_ascii_digit());
    if is_inward && outward.len() <= 4 { format!("{outward} {inward}").to_uppercase() } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_postcode_is_found_at_the_end_of_an_address() {
        for (address, expected) in
            [("4 Fold Lane, Ashmere ZZ1 4QP", "ZZ1 4QP"), ("4 fold lane\nzz1 4qp", "ZZ1 4QP"), ("4 Fold Lane", ""), ("", ""), ("ZZ1", "")]
        {
            assert_eq!(postcode_in(address), expected, "{address}");
        }
    }

    #[test]
    fn what_is_ticked_is_said_and_the_rest_is_not() {
        for (ticked, band) in [
            (vec!["none"], UrgencyBand::Routine),
            (vec!["unknown"], UrgencyBand::Urgent),
            (vec!["hurt_now"], UrgencyBand::Immediate),
            (vec!["urgent_care", "unknown"], UrgencyBand::Immediate),
        ] {
            let mut form = Form::new(ticked.iter().map(|t| ("danger".to_owned(), (*t).to_owned())).collect());
            assert_eq!(screen(&danger(&mut form)).band(), band, "{ticked:?}");
            assert!(form.is_good());
        }
        let mut both = Form::new(vec![("danger".into(), "none".into()), ("danger".into(), "hurt_now".into())]);
        danger(&mut both);
        assert!(!both.is_good());
    }
}
