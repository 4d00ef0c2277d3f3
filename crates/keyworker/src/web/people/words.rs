//! Stored codes in the words that people read. Not known, not asked and refused are three different answers.

use care::{
    family::RelationKind,
    person::{AnswerState, NameUse, NumberKind, Sex},
};
use returns::codes::{CodeSet, Disability, Ethnicity};

/// The answers that are not an answer, what stands before anybody asks first.
pub const UNANSWERED: [AnswerState; 3] = [AnswerState::NotAsked, AnswerState::Unknown, AnswerState::Refused];

/// Any coded answer: a code of its own list, "yes" or "no", or why there is none.
fn answer(code: &str, known: impl Fn(&str) -> Option<String>) -> String {
    match code {
        "" => AnswerState::NotAsked.label().into(),
        "yes" => "Yes".into(),
        "no" => "No".into(),
        _ => match AnswerState::from_code(code) {
            Some(state) if state != AnswerState::Known => state.label().into(),
            _ => known(code).unwrap_or_else(|| code.to_owned()),
        },
    }
}

pub fn yes_no(code: &str) -> String {
    answer(code, |_| None)
}

pub fn sex(code: &str) -> String {
    answer(code, |code| Sex::from_code(code).map(|s| s.label().to_owned()))
}

/// "White: British (WBRI, NHS A)".
pub fn ethnicity(code: &str) -> String {
    answer(code, |code| Ethnicity::from_code(code).map(|e| format!("{} ({}, NHS {})", e.label(), e.code(), e.nhs().code())))
}

/// "Yes: Autism, Learning".
pub fn disability(code: &str, codes: &str) -> String {
    let said: Vec<&str> = codes.split([',', ' ']).filter_map(Disability::from_code).map(Disability::label).collect();
    let head = answer(code, |_| None);
    match (said.is_empty(), codes.trim()) {
        (false, _) => format!("{head}: {}", said.join(", ")),
        (true, "") => head,
        // What somebody wrote before the codes were asked for.
        (true, written) => format!("{head}: {written}"),
    }
}

/// A language, or why it is not known.
pub fn language(code: &str) -> String {
    answer(code, |_| None)
}

pub fn name_use(code: &str) -> &str {
    NameUse::from_code(code).map_or("Also known as", NameUse::label)
}

pub fn number_kind(code: &str) -> &str {
    NumberKind::from_code(code).map_or("Another number", NumberKind::label)
}

/// "mother", or what the other one is to them.
pub fn relation(code: &str) -> &str {
    RelationKind::from_code(code).map_or("connected person", RelationKind::label)
}

/// A stored code without words of its own: underscores become spaces.
pub fn plain(code: &str) -> String {
    care::words::capital(&code.replace('_', " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_answers_that_are_none_are_told_apart() {
        for (code, words) in
            [("not_asked", "Not asked yet"), ("unknown", "Not known"), ("refused", "Would rather not say"), ("", "Not asked yet")]
        {
            assert_eq!(
                (yes_no(code), sex(code), ethnicity(code), language(code)),
                (words.into(), words.into(), words.into(), words.into())
            );
        }
    }

    #[test]
    fn codes_become_words() {
        assert_eq!(ethnicity("WBRI"), "White: British (WBRI, NHS A)");
        assert_eq!(disability("yes", "AUT,LD"), "Yes: Autism, Learning");
        assert_eq!(disability("yes", "uses a frame"), "Yes: uses a frame");
        assert_eq!((sex("female"), yes_no("no"), language("Somali")), ("Female".into(), "No".into(), "Somali".into()));
    }
}
