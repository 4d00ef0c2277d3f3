//! Rules about child protection plans and their reviews.

pub(super) mod r1105;
pub(super) mod r2885;
pub(super) mod r8840;
pub(super) mod r8841;
pub(super) mod r8925;
pub(super) mod r8935;
pub(super) mod r8940;
