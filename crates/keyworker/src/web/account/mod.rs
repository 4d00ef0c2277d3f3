//! Signing in and out, and a worker's own account.
//!
//! How guessing is slowed without shutting the owner out: wrong guesses are counted under the name and under the address
//! they come from, and each further one waits longer, up to a minute. A browser in which the owner has signed in fully
//! before carries a mark (a cookie), and its guesses are counted under the mark alone, so that a stranger who guesses at
//! the same name all day delays strangers only. On a new device during such an attack an administrator's one-time link
//! helps: it marks the device in which it is opened.

pub mod demonstration;
pub mod guess;
pub mod held;
pub mod link;
pub mod mine;
pub mod password;
pub mod password_rules;
pub mod second_step;
pub mod sessions;
pub mod set_up;
pub mod sign_in;
pub mod totp;
