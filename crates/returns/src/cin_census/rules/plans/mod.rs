//! Rules about child in need plans.

pub(super) mod r4001;
pub(super) mod r4004;
pub(super) mod r4011;
pub(super) mod r4012q;
pub(super) mod r4014;
pub(super) mod r4015;
pub(super) mod r4016;
pub(super) mod r4017;
