//! Two versions of what was said in an enquiry, field by field: what somebody else saved meanwhile, and what was typed
//! here. Neither is lost, and whoever typed decides.

use care::front_door::{Channel, DangerQuestion, EnquirerKind, LegalBasis, MayLeaveMessage, ReplyBy, Side, UrgencyBand, WhyNotTold};

use crate::web::form::Form;

/// The fields of the page by their names on it; the dates and the questions about danger follow.
const FIELDS: &[(&str, &str)] = &[
    ("words", "What it is about"),
    ("side", "Child or adult"),
    ("band", "How urgent"),
    ("enquirer", "Who is asking"),
    ("enquirer_name", "Name"),
    ("organisation", "Where they work"),
    ("telephone", "Telephone"),
    ("relation", "What they are to the child or adult"),
    ("channel", "How it came"),
    ("received_time", "Time of receipt"),
    ("reply_by", "Reply by"),
    ("reply_address", "Safe address or number"),
    ("may_leave_message", "May a message be left?"),
    ("reply_words", "To know before replying"),
    ("legal_basis", "Legal basis"),
    ("told", "Was the parent or adult told?"),
    ("told_why", "Why not"),
    ("told_words", "More about why"),
];
const DATES: &[(&str, &str)] = &[("received_on", "First received on"), ("told_on", "Told on"), ("told_by", "Told by")];

/// What differs: the field, what is saved now, what was typed.
pub fn compared(saved: &Form, typed: &Form) -> Vec<[String; 3]> {
    let fields =
        FIELDS.iter().map(|(field, label)| ((*label).to_owned(), shown(field, &saved.raw(field)), shown(field, &typed.raw(field))));
    let dates = DATES.iter().map(|(field, label)| ((*label).to_owned(), day(saved, field), day(typed, field)));
    let danger = DangerQuestion::ALL.iter().map(|question| {
        let field = format!("danger-{}", question.code());
        (question.label().to_owned(), shown(&field, &saved.raw(&field)), shown(&field, &typed.raw(&field)))
    });
    fields
        .chain(dates)
        .chain(danger)
        .filter(|(_, saved, typed)| saved != typed)
        .map(|(label, saved, typed)| [label, saved, typed])
        .collect()
}

fn day(form: &Form, field: &str) -> String {
    let parts = ["day", "month", "year"].map(|part| form.raw(&format!("{field}-{part}")));
    if parts.iter().all(String::is_empty) { "Nothing".into() } else { parts.join("/") }
}

/// A code in the words of the page.
fn shown(field: &str, value: &str) -> String {
    let label = match field {
        "side" => Side::from_code(value).map(Side::label),
        "band" => UrgencyBand::from_code(value).map(UrgencyBand::label),
        "enquirer" => EnquirerKind::from_code(value).map(EnquirerKind::label),
        "channel" => Channel::from_code(value).map(Channel::label),
        "reply_by" => ReplyBy::from_code(value).map(ReplyBy::label),
        "may_leave_message" => MayLeaveMessage::from_code(value).map(MayLeaveMessage::label),
        "legal_basis" => LegalBasis::from_code(value).map(LegalBasis::label),
        "told_why" => WhyNotTold::from_code(value).map(WhyNotTold::label),
        _ => None,
    };
    match (label, value) {
        (Some(label), _) => label.to_owned(),
        (None, "" | "not_asked") => "Nothing".into(),
        (None, "not_known" | "unknown") => "Not known".into(),
        (None, "yes") => "Yes".into(),
        (None, "no") => "No".into(),
        (None, "will_be") => "They will be".into(),
        (None, text) => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_shown_in_words() {
        let saved =
            Form::opened([("words", "A"), ("band", "urgent"), ("side", "not_known"), ("told_on-day", "3"), ("danger-hurt_now", "yes")]);
        let typed = Form::opened([("words", "A"), ("band", "routine"), ("side", "child"), ("danger-hurt_now", "yes")]);
        assert_eq!(
            compared(&saved, &typed),
            [
                ["Child or adult", "Not known", "A child or young person"],
                ["How urgent", "Urgent", "Routine"],
                ["Told on", "3//", "Nothing"],
            ]
            .map(|row| row.map(str::to_owned))
        );
        assert!(compared(&typed, &typed).is_empty());
    }
}
