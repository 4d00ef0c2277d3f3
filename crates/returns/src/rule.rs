//! A rule of a return: one number, one file, for all years. The number, the fields and whether it is an error or a
//! query are government's; the words are ours, for the person who can put it right.

use crate::year::{ReturnYear, Years};

/// A rule with the test `T` of its return.
#[derive(Debug, Clone, Copy)]
pub struct Rule<T> {
    /// The official number, such as 8875 or 8670Q; our own begin with `KW`.
    pub code: &'static str,
    pub weight: Weight,
    /// The module or table that it is about.
    pub module: &'static str,
    pub fields: &'static [&'static str],
    pub years: Years,
    /// What is wrong, in plain words.
    pub message: &'static str,
    pub(crate) test: T,
}

/// What government does with a return that breaks the rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// Refuses it.
    Error,
    /// Asks for a reason.
    Query,
    /// Nothing: the rule is our own.
    Ours,
}

impl<T> Rule<T> {
    /// Whether it holds for a return of this year; for one whose year is not known, every rule does.
    pub fn in_force(&self, year: Option<ReturnYear>) -> bool {
        year.is_none_or(|year| self.years.include(year))
    }
}
