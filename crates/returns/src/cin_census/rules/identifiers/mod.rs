//! Rules about who the child is.

pub(super) mod r8500;
pub(super) mod r8510;
pub(super) mod r8525q;
pub(super) mod r8775q;
