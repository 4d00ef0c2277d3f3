//! An answer that keeps "we do not know", "nobody asked" and "they would rather not say" apart from "no".

use crate::coded;
use serde::{Deserialize, Serialize};

/// What is known of one question about one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer<T> {
    Known(T),
    /// It was asked or looked for, and nobody could say.
    Unknown,
    /// Nobody has asked yet.
    #[default]
    NotAsked,
    /// The person would rather not say.
    Refused,
}

coded! {
    /// An answer without its value, as it is stored beside a column that may be empty.
    pub enum AnswerState {
        Known = "known", "Known";
        Unknown = "unknown", "Not known";
        NotAsked = "not_asked", "Not asked yet";
        Refused = "refused", "Would rather not say";
    }
}

impl<T> Answer<T> {
    /// The value, where there is one.
    pub fn known(&self) -> Option<&T> {
        match self {
            Answer::Known(value) => Some(value),
            _ => None,
        }
    }

    pub fn state(&self) -> AnswerState {
        match self {
            Answer::Known(_) => AnswerState::Known,
            Answer::Unknown => AnswerState::Unknown,
            Answer::NotAsked => AnswerState::NotAsked,
            Answer::Refused => AnswerState::Refused,
        }
    }

    /// The answer from a stored state and value; `None` where "known" has no value or a value is not "known".
    pub fn from_parts(state: AnswerState, value: Option<T>) -> Option<Self> {
        match (state, value) {
            (AnswerState::Known, Some(value)) => Some(Answer::Known(value)),
            (AnswerState::Unknown, None) => Some(Answer::Unknown),
            (AnswerState::NotAsked, None) => Some(Answer::NotAsked),
            (AnswerState::Refused, None) => Some(Answer::Refused),
            _ => None,
        }
    }

    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Answer<U> {
        match self {
            Answer::Known(value) => Answer::Known(change(value)),
            Answer::Unknown => Answer::Unknown,
            Answer::NotAsked => Answer::NotAsked,
            Answer::Refused => Answer::Refused,
        }
    }

    /// What a page shows: the value in the given words, or why there is none.
    pub fn words(&self, say: impl FnOnce(&T) -> String) -> String {
        match self {
            Answer::Known(value) => say(value),
            other => other.state().label().to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_no_apart_from_not_known() {
        for (answer, words) in [
            (Answer::Known(false), "No"),
            (Answer::Known(true), "Yes"),
            (Answer::Unknown, "Not known"),
            (Answer::NotAsked, "Not asked yet"),
            (Answer::Refused, "Would rather not say"),
        ] {
            assert_eq!(answer.words(|yes| if *yes { "Yes".into() } else { "No".into() }), words);
            assert_eq!(Answer::from_parts(answer.state(), answer.known().copied()), Some(answer));
        }
        assert_eq!(Answer::<bool>::default(), Answer::NotAsked);
        assert_eq!(Answer::<bool>::from_parts(AnswerState::Known, None), None);
        assert_eq!(Answer::from_parts(AnswerState::Refused, Some(1)), None);
        assert_eq!(Answer::Known(2).map(|n| n + 1), Answer::Known(3));
    }
}
