//! The pages.

pub mod govuk;
