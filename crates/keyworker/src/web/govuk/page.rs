//! What the shell shows around a page: `page` in every template.

use serde::Serialize;

/// Everything that `shell.html` and `shell_public.html` read. What is absent is not shown.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Page {
    /// What the page is about, for the tab and the history: `Visits – Amara Okafor`.
    pub title: String,
    /// The authority's name, as `Metropolitan Borough of Ashmere`.
    pub council: String,
    /// Whether the people on it are invented: it then says so.
    pub demo: bool,
    pub signed_in: Option<SignedIn>,
    /// Sent back with every form.
    pub csrf: String,
    /// New for every page: a form sent twice is done once.
    pub form_token: String,
    pub nav: Vec<NavItem>,
    /// What the worker has to do; each count is the length of the list behind its address.
    pub todo: Vec<ToDo>,
    /// From the area down to the page above this one.
    pub breadcrumbs: Vec<Link>,
    /// Instead of breadcrumbs, on a step of a journey.
    pub back: Option<Link>,
    pub flash: Option<Flash>,
    /// Shown in the summary on top, and beside each field.
    pub errors: Vec<FieldError>,
    /// Set on a page whose form keeps drafts by itself.
    pub draft: Option<crate::web::drafts::Shown>,
    /// How long the session lasts when nothing is done.
    pub session_ends_in_minutes: Option<u32>,
    /// Set on the pages of a record that is open to this worker by breaking the glass.
    pub glass: Option<Glass>,
    /// What was last looked for, kept in the box.
    pub find: String,
    /// Whether there is a box at all: some roles see no person.
    pub may_find: bool,
}

/// Who is signed in.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SignedIn {
    /// The account's id: what is held in the browser while the connection is away is kept apart by it.
    pub id: String,
    pub name: String,
    /// As people say it: `Team manager, Assessment East`.
    pub roles: String,
}

/// Emergency access to the record of this page.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Glass {
    /// The moment at which it ends.
    pub until: String,
    /// Where to end it before its time.
    pub end: Option<String>,
}

/// One entry of the navigation.
#[derive(Debug, Clone, Default, Serialize)]
pub struct NavItem {
    pub text: String,
    pub href: String,
    pub active: bool,
}

/// One count of what a worker has to do.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ToDo {
    /// Follows the number: `late`, `due today`.
    pub label: String,
    pub count: u64,
    pub href: String,
    /// Whether a count above nought is shown in red.
    pub urgent: bool,
}

/// A link.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Link {
    pub text: String,
    pub href: String,
}

/// What has just happened, shown once on the next page.
#[derive(Debug, Clone, Serialize)]
pub struct Flash {
    pub kind: FlashKind,
    pub text: String,
}

/// How the banner looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FlashKind {
    Success,
    Information,
    Warning,
    Error,
}

/// What is wrong with one field.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct FieldError {
    /// The field's id after `#`: `#born_on-day`.
    pub href: String,
    pub text: String,
}

/// One answer to choose, for radios, checkboxes and selects.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Choice {
    pub value: String,
    pub text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
}
