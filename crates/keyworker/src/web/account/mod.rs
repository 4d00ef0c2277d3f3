//! Signing in and out, and a worker's own account.

pub mod password;
pub mod sign_in;
