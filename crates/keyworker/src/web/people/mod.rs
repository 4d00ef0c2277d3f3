//! People who need help: finding and adding them, their record, and those around them.

pub mod details;
pub mod family;
pub mod find;
pub mod new;
pub mod picture;
pub mod statuses;
pub mod story;

use care::access::Deed;
use serde::Serialize;
use store::{
    Tx,
    id::PersonId,
    people::{self, Opened},
};

use super::{
    Context, Problem,
    govuk::Link,
    record::bar::{Bar, bar},
};

/// Opens the person that the address names, to read.
pub(super) async fn opened(cx: &Context, id: &str, deed: Deed) -> Result<(Tx, Opened), Problem> {
    let mut tx = cx.read().await?;
    let opened = people::open(&mut tx, &PersonId::from_text(id), deed).await?;
    Ok((tx, opened))
}

/// What every page of a record shows: the bar, and the pages of the record.
#[derive(Serialize)]
pub struct Frame {
    pub bar: Bar,
    pub id: String,
    pub pages: Vec<Tab>,
}

#[derive(Serialize)]
pub struct Tab {
    #[serde(flatten)]
    pub link: Link,
    pub active: bool,
}

/// The pages of a record, by the last part of their address.
const PAGES: &[(&str, &str)] =
    &[("Story", ""), ("Details", "/details"), ("Family", "/family"), ("Involvement", "/involvement"), ("Who has seen this", "/seen")];

pub async fn frame(tx: &mut Tx, opened: &Opened, active: &str) -> Result<Frame, Problem> {
    let bar = bar(tx, opened).await?;
    let pages = PAGES
        .iter()
        .map(|(text, end)| Tab { link: Link { text: (*text).into(), href: format!("{}{end}", bar.href) }, active: *end == active })
        .collect();
    Ok(Frame { id: opened.id().to_string(), pages, bar })
}
