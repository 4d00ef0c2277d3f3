//! Who may see and do what. A role says what somebody may do at all; a relationship to the person says on whose
//! record; a restriction and a conflict of interest are vetoes. The three answers to someone without a right are the
//! index (the person is known, and whom to ask), nothing at all (the record's existence is hidden), and "your role
//! does not do this".
//!
//! Law: UK GDPR articles 5 and 25 and Data Protection Act 2018 schedule 1 (no more is seen than the task needs);
//! Caldicott principles 4 and 6. `store` applies `decide` to every read and write; pages never judge for themselves.
//! Leaves out: who is on which list, which sessions are open, the audit itself.

mod break_glass;
mod decide;
mod deed;
mod holding;
mod relationship;
mod role;
mod route;
mod section;

pub use break_glass::{BreakGlassPolicy, BreakGlassProblem, BreakGlassReason, BreakGlassRequest, may_review};
pub use decide::{Ask, Because, Decision, Glass, WhyIndex, decide, may_break_glass};
pub use deed::{About, Deed, Purpose};
pub use holding::{Holding, HoldingPolicy, HoldingRule};
pub use relationship::{Conflict, ConflictKind, List, Relationship, Restriction};
pub use role::{Reach, Role};
pub use route::{Admission, RouteNeed};
pub use section::{Section, SectionView, confidential_address};

#[cfg(test)]
mod truth_table;
