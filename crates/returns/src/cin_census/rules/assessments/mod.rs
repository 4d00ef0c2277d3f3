//! Rules about assessments.

pub(super) mod r1103;
pub(super) mod r8608;
pub(super) mod r8670q;
pub(super) mod r8863q;
pub(super) mod r8869;
pub(super) mod r8896;
