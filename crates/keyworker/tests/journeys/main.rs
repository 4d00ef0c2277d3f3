//! Journeys over HTTP, in-process: pages are opened, fields filled in by their labels, buttons pressed by their words.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod access;
mod allocation;
mod audit_command;
mod bad_input;
mod browser;
mod confidential;
mod documents;
mod drafts;
mod family;
mod front_door_decisions;
mod front_door_pages;
mod hand_over;
mod help;
mod house;
mod imports;
mod moving;
mod own_account;
mod people;
mod placement_visits;
mod policy;
mod public;
mod record;
mod role_table;
mod safe_return;
mod signing_in;
mod staff;
mod starting;
mod supervision;
mod trust;
mod work;
