//! A file as it arrives: what it really is, whatever its name says; what is taken out of it before it is kept; whether a
//! scanner finds it clean. Nothing is ever unpacked or shown inside a page.
//!
//! Refused are programs, archives, web pages and pictures whose hidden place and time cannot be taken out. Leaves out:
//! who may send it and where it is kept.

mod clamd;
mod container;
mod jpeg;
mod kind;
mod name;
mod png;
mod receive;

pub use clamd::Scanner;
pub use kind::{ACCEPTED, Kind, Refusal, kind_of};
pub use name::clean_name;
pub use receive::{Received, Receiver};
