//! Giving children to workers, and knowing at any moment whose every child is. The judgements are `care::allocation`'s;
//! here are the facts they need, read at one moment, and the writes that follow from a manager's decision.
//!
//! A case is an open involvement of a team with one person. It has an allocated worker when exactly one open allocation
//! with the part `primary` stands (`until_on IS NULL`; a unique index holds it), and that worker is in post.

mod board;
mod practitioner;

pub use board::{Board, Case, Held, Scope, Standing, ZeroLine};
pub use practitioner::{Practitioner, band_on, practitioners};
