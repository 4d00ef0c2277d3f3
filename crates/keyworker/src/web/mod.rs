//! The web: every page and form. `routes.rs` lists every address on one screen; a page's `.rs` and `.html` lie side by side.

pub mod access;
pub mod account;
pub mod allocation;
pub mod app;
pub mod assets;
pub mod caller;
pub mod context;
pub mod cookies;
pub mod csv_file;
pub mod drafts;
pub mod form;
pub mod front_door;
pub mod govuk;
pub mod help;
pub mod imports;
pub mod letters;
pub mod ops;
pub mod people;
pub mod policy;
pub mod posted;
pub mod problem;
pub mod public;
pub mod record;
pub mod routes;
pub mod service;
pub mod session;
pub mod staff;
pub mod supervision;
pub mod teams;
pub mod work;

pub use app::App;
pub use context::Context;
pub use problem::Problem;

/// What every page's handler returns.
pub type Outcome = Result<axum::response::Response, Problem>;
