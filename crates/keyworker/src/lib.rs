//! The one binary: the command line, the background jobs and the web, on top of `store`, `returns` and `care`.

pub mod cli;
pub mod clock;
pub mod config;
pub mod jobs;
pub mod keys;
pub mod upload;
pub mod web;
