//! How pages look: the GOV.UK and Ministry of Justice components, our own shell, styles and scripts.
//!
//! The components are the npm packages' own templates, rewritten for MiniJinja when the program is built (`build/`), so that
//! they stay what the Design System publishes. Each is a function on every page: `{{ govukButton({text: "Save"}) }}` or
//! `{{ govukButton(text="Save") }}`. How to write a page is told in `docs/pages.md`.
//!
//! Left out: the crown, the crest and the GDS Transport typeface, which only services on gov.uk may show.

mod assets;
mod attributes;
mod chart;
mod components;
mod escape;
mod filters;
mod page;
mod parts;
mod templates;

pub use assets::{Asset, CONTENT_SECURITY_POLICY, asset, asset_address};
pub use page::{Choice, FieldError, Flash, FlashKind, Glass, Link, NavItem, Page, SignedIn, ToDo};
pub use templates::{Error, Templates, value};

#[cfg(test)]
mod gallery_tests;

/// What `build.rs` made: templates, styles and scripts.
mod embedded {
    include!(concat!(env!("OUT_DIR"), "/embedded.rs"));
}
