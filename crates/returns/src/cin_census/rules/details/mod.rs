//! Rules about an episode of need as a whole.

pub(super) mod r8565;
pub(super) mod r8606;
pub(super) mod r8630;
pub(super) mod r8805;
pub(super) mod r8810;
pub(super) mod r8831;
pub(super) mod r8867;
pub(super) mod r8868;
pub(super) mod r8890;
