//! Journeys over HTTP, in-process: pages are opened, fields filled in by their labels, buttons pressed by their words.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod allocation;
mod access;
mod browser;
mod hand_over;
mod house;
mod people;
mod public;
mod record;
mod own_account;
mod signing_in;
mod work;
mod staff;
