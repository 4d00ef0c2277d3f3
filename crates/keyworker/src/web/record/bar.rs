//! The bar above every page of a record, as `kwIdentityBar` takes it.

use care::{
    person::age_in_words,
    statuses::{DatedStatus, Status, StatusKind, banner},
};
use serde::Serialize;
use store::{
    Tx, dues,
    people::{self, Opened},
};

use crate::web::Problem;

#[derive(Debug, Clone, Serialize)]
pub struct Bar {
    pub name: String,
    pub href: String,
    pub pronouns: Option<String>,
    pub age: Option<String>,
    pub born: Option<String>,
    pub status: Option<String>,
    pub plan: Option<String>,
    pub alerts: Vec<Alert>,
    pub worker: Option<Worker>,
    pub team: Option<String>,
    pub next: Option<Next>,
    pub restricted: bool,
    pub actions: Vec<Action>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Alert {
    pub text: String,
    pub href: String,
}
#[derive(Debug, Clone, Serialize)]
pub struct Worker {
    pub name: String,
    pub href: Option<String>,
    pub since: Option<String>,
}
#[derive(Debug, Clone, Serialize)]
pub struct Next {
    pub text: String,
    pub on: String,
    pub state: &'static str,
    pub href: String,
}
#[derive(Debug, Clone, Serialize)]
pub struct Action {
    pub text: &'static str,
    pub href: String,
}

/// What may be added to a record, in one menu: its words, and the last part of its address.
pub const ADD: &[(&str, &str)] = &[
    ("Case note", "notes/new"),
    ("Visit", "visits/new"),
    ("Management decision", "decisions/new"),
    ("Case supervision", "supervision/new"),
    ("Status", "statuses/new"),
];

pub async fn bar(tx: &mut Tx, opened: &Opened) -> Result<Bar, Problem> {
    let above = people::banner(tx, opened).await?;
    let open = dues::open_for(tx, opened.id()).await?;
    let next = dues::shown(tx, open.get(..1).unwrap_or_default()).await?.into_iter().next();
    let (person, today) = (opened.person(), tx.today());
    let address = format!("/people/{}", person.id);
    let holder = above.holder.as_ref();
    Ok(Bar {
        name: person.name(),
        pronouns: person.pronouns.clone(),
        age: Some(age_in_words(person.birth(), person.died_on.map(|d| d.0), today)),
        born: person.born_on.map(|d| care::words::date(d.0)),
        status: status(&above.statuses, today),
        plan: None,
        alerts: above.alerts.iter().map(|a| Alert { text: a.words.clone(), href: format!("{address}/details#alerts") }).collect(),
        worker: holder.and_then(|h| Some(Worker { name: h.worker()?, href: None, since: h.since_on.map(|d| d.to_string()) })),
        team: holder.map(|h| h.team.clone()),
        next: next.map(|n| Next { text: n.name, on: n.on.to_string(), state: n.state, href: format!("{address}#due") }),
        restricted: above.restricted.is_some(),
        actions: ADD.iter().map(|(text, end)| Action { text, href: format!("{address}/{end}") }).collect(),
        href: address,
    })
}

/// The statuses that hold, the most pressing first, in words.
fn status(rows: &[people::StatusRow], today: jiff::civil::Date) -> Option<String> {
    let dated = |row: &people::StatusRow| {
        let status = Status::from_codes(StatusKind::from_code(&row.kind)?, &row.code, "");
        Some(DatedStatus { status, from_on: row.from_on.0, until_on: None })
    };
    let dated: Vec<DatedStatus> = rows.iter().filter_map(dated).collect();
    let lines = banner(&dated, today);
    (!lines.is_empty()).then(|| lines.join("; "))
}
