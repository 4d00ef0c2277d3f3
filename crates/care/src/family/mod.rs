//! The people around a person: who is whose parent, who lives with whom, who has parental responsibility, from when
//! until when; drawn as a genogram and told as a list of the same facts, so that nobody needs to see the picture.
//!
//! Practice: McGoldrick and Gerson's conventions (square for male, circle for female, diamond where it is not known,
//! triangle for an unborn child, crossed when dead; couples joined below, children hung from the join, the eldest to the
//! left; a ring around a household). What is recorded may contradict itself: it is drawn as well as it can be and the
//! contradiction is named. Law on parental responsibility: Children Act 1989 sections 2 to 4ZA and 12.
//! Leaves out: the drawing itself, which the web makes from this geometry.

mod facts;
mod generation;
mod lines;
mod order;
mod picture;
mod relation;

pub use facts::Fact;
pub use lines::{Line, LineKind};
pub use picture::{Picture, Point, Rect, Ring, Shape, Symbol, picture};
pub use relation::{FamilyMember, HouseholdRing, Place, Relation, RelationKind, Tie};

#[cfg(test)]
mod tests;
