//! People who need help: finding and adding them, their record, and those around them.

pub mod alerts;
pub mod clocks;
pub mod details;
pub mod documents;
pub mod edit;
pub mod family;
pub mod find;
pub mod households;
pub mod known_by;
pub mod new;
pub mod picture;
pub mod statuses;
pub mod story;
pub mod words;

use care::access::Deed;
use jiff::civil::Date;
use serde::Serialize;
use store::{
    Tx,
    dues::Shown,
    forms::{self, Once},
    id::PersonId,
    people::{self, Opened},
};

use super::{
    Context, Outcome, Problem,
    form::Form,
    govuk::{self, Choice, Link},
    record::bar::{Bar, above},
};

/// Opens the person that the address names, to read.
pub(super) async fn opened(cx: &Context, id: &str, deed: Deed) -> Result<(Tx, Opened), Problem> {
    let mut tx = cx.read().await?;
    let opened = people::open(&mut tx, &PersonId::from_text(id), deed).await?;
    Ok((tx, opened))
}

/// A form on its way into a record.
enum Writing {
    Open(Box<(Tx, Opened)>),
    /// It was done already.
    Done,
}

/// Opens the person to write, unless this very form was done already.
async fn writing(cx: &Context, id: &str, deed: Deed, form: &Form) -> Result<Writing, Problem> {
    let mut tx = cx.write().await?;
    let opened = people::open(&mut tx, &PersonId::from_text(id), deed).await?;
    Ok(match forms::once(&mut tx, &form.token()).await? {
        Once::First => Writing::Open(Box::new((tx, opened))),
        Once::Again(_) => Writing::Done,
    })
}

/// Ends what [`writing`] began: the form is remembered as done, and the next page says so.
async fn written(cx: &Context, mut tx: Tx, form: &Form, to: &str, news: &str) -> Outcome {
    forms::led_to(&mut tx, &form.token(), to).await?;
    tx.commit().await?;
    cx.go(to, news)
}

/// What every page of a record shows: the bar, and the pages of the record.
#[derive(Serialize)]
pub struct Frame {
    pub bar: Bar,
    pub id: String,
    pub pages: Vec<Tab>,
    pub due: Vec<Shown>,
    /// Whether this worker may change the person's details, statuses and family: the pages offer it to nobody else.
    pub may_change: bool,
    pub may_write: bool,
}

#[derive(Serialize)]
pub struct Tab {
    #[serde(flatten)]
    pub link: Link,
    pub active: bool,
}

/// The pages of a record, by the last part of their address, with the deed that they need.
const PAGES: &[(&str, &str, Deed)] = &[
    ("Story", "", Deed::ReadRecord),
    ("Details", "/details", Deed::ReadRecord),
    ("Family", "/family", Deed::ReadRecord),
    ("Documents", "/documents", Deed::ReadRecord),
    ("Involvement", "/involvement", Deed::ReadRecord),
    ("Who has seen this", "/seen", Deed::ReadAccessLog),
];

pub async fn frame(tx: &mut Tx, opened: &Opened, active: &str) -> Result<Frame, Problem> {
    let above = above(tx, opened).await?;
    let pages = PAGES
        .iter()
        .filter(|(_, _, deed)| *deed == Deed::ReadRecord || opened.allows(*deed))
        .map(|(text, end, _)| Tab { link: Link { text: (*text).into(), href: format!("{}{end}", above.bar.href) }, active: *end == active })
        .collect();
    let (may_change, may_write) = (opened.allows(Deed::ChangePerson), opened.allows(Deed::WriteNote));
    Ok(Frame { id: opened.id().to_string(), pages, bar: above.bar, due: above.due, may_change, may_write })
}

/// A short form about the person: its own template below `people/form.html`, with the bar above it.
async fn form_page(cx: &Context, mut tx: Tx, opened: &Opened, title: &str, template: &str, form: &Form, more: minijinja::Value) -> Outcome {
    let frame = frame(&mut tx, opened, "").await?;
    let data = minijinja::context! { frame => govuk::value(&frame), ..more };
    cx.form(tx, title, template, form, data).await
}

/// A code and its words, to be chosen.
fn choice(code: &str, words: &str) -> Choice {
    Choice { value: code.into(), text: words.into(), hint: None }
}

/// A day that may be left out but cannot lie ahead.
fn past(form: &mut Form, field: &str, what: &str, today: Date) -> Option<Date> {
    let on = form.date(field, what);
    if on.is_some_and(|on| on > today) {
        form.date_error(field, format!("{} must be today or in the past", super::form::capitalise(what)));
    }
    on
}
