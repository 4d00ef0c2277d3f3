//! The bar above every page of a record, as `kwIdentityBar` takes it: who this is, what they are in law, whose they are,
//! and what is due next.

use care::{
    access::Deed,
    allocation::{self, HeldCase, ZeroKind},
    case_kind::CaseKind,
    person::age_in_words,
    statuses::{Alert as Warning, AlertKind, DatedStatus, Status, StatusKind, banner},
    timescale::is_visit,
};
use jiff::civil::Date;
use serde::Serialize;
use store::{
    Tx,
    dues::{self, DueRow},
    people::{self, AlertRow, Holder, Opened},
    policy::{self, Rules},
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
    /// Without a worker: whether anybody should hold the case.
    pub nobody: Option<String>,
    pub next: Option<Next>,
    pub restricted: bool,
    pub facts: Vec<String>,
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
    /// "not covered: …", "Tom Bell stands in", "last working day …": whatever is not as it should be.
    pub uncovered: Option<String>,
    pub note: Option<String>,
}
#[derive(Debug, Clone, Serialize)]
pub struct Next {
    pub text: String,
    pub on: String,
    pub state: &'static str,
    /// "late by 3 working days".
    pub when: String,
    pub href: String,
}
#[derive(Debug, Clone, Serialize)]
pub struct Action {
    pub text: &'static str,
    pub href: String,
}

/// What may be added to a record, in one menu: its words, the last part of its address, and what one must be allowed to do.
pub const ADD: &[(&str, &str, Deed)] = &[
    ("Case note", "notes/new", Deed::WriteNote),
    ("Visit", "visits/new", Deed::WriteNote),
    ("Going on a visit", "going-out", Deed::WriteNote),
    ("Management decision", "decisions/new", Deed::RecordDecision),
    ("Case supervision", "supervision/new", Deed::RecordDecision),
    ("Status", "statuses/new", Deed::ChangePerson),
    ("Alert", "alerts/new", Deed::ChangePerson),
    ("Document", "documents/new", Deed::WriteNote),
];

/// The bar, and what is due, each with how it was reckoned.
pub struct Above {
    pub bar: Bar,
    pub due: Vec<dues::Shown>,
}

pub async fn bar(tx: &mut Tx, opened: &Opened) -> Result<Bar, Problem> {
    Ok(above(tx, opened).await?.bar)
}

pub async fn above(tx: &mut Tx, opened: &Opened) -> Result<Above, Problem> {
    let banner = people::banner(tx, opened).await?;
    let open = dues::open_for(tx, opened.id()).await?;
    let rules = policy::rules(tx).await?;
    let (person, today) = (opened.person(), tx.today());
    let due = dues::shown_by(&rules, &open, tx.act().at().0);
    let address = format!("/people/{}", person.id);
    let statuses = dated(&banner.statuses);
    let first = banner.holders.first();
    let bar = Bar {
        name: person.name(),
        pronouns: person.pronouns.clone(),
        age: Some(age_in_words(person.birth(), person.died_on.map(|d| d.0), today)),
        born: person.born_on.map(|d| format!("{}{}", if person.born_about { "about " } else { "" }, care::words::date(d.0))),
        status: status(&statuses, today),
        plan: None,
        alerts: banner.alerts.iter().map(|row| alert(row, &address, today)).collect(),
        worker: first.and_then(|holder| worker(holder, &statuses, &open, &rules, today)),
        team: first.map(|h| h.team.clone()),
        // Having no worker is a fault only where there is a case that somebody should hold.
        nobody: first.is_none().then(|| "No open case".into()),
        next: due.first().map(|n| Next {
            text: n.name.clone(),
            on: n.on.to_string(),
            state: n.state,
            when: n.text.clone(),
            href: format!("{address}#due"),
        }),
        restricted: opened.restriction() != care::access::Restriction::None,
        facts: others(&banner.holders),
        actions: ADD
            .iter()
            .filter(|(_, _, deed)| opened.allows(*deed))
            .map(|(text, end, _)| Action { text, href: format!("{address}/{end}") })
            .collect(),
        href: address,
    };
    Ok(Above { bar, due })
}

fn alert(row: &AlertRow, address: &str, today: Date) -> Alert {
    let warning = Warning {
        kind: AlertKind::from_code(&row.kind).unwrap_or(AlertKind::Other),
        words: row.words.clone(),
        from_on: row.from_on.0,
        review_on: row.review_on.map(|d| d.0),
        ended_on: None,
    };
    Alert { text: warning.line(today), href: format!("{address}/details#alerts") }
}

/// The allocated worker, with what is wrong or about to be: an absence that nobody covers, a last working day.
fn worker(holder: &Holder, statuses: &[DatedStatus], open: &[DueRow], rules: &Rules, today: Date) -> Option<Worker> {
    let name = holder.worker()?;
    let kinds: Vec<CaseKind> = CaseKind::from_code(&holder.kind).into_iter().chain(care::statuses::case_kinds(statuses, today)).collect();
    let visit = open.iter().find(|row| is_visit(&row.code)).map(|row| row.due_on.0);
    let cover = holder.cover.iter().map(|_| allocation::Absence { from: today, until: Some(today) }).collect();
    let case = HeldCase { zero_kind: ZeroKind::of_any(&kinds), visit_due_on: visit, cover };
    let stands = allocation::coverage(&holder.dates(), &case, &rules.clocks(), today).unwrap_or(allocation::Coverage::Covered);
    let note = match (stands, &holder.cover) {
        (allocation::Coverage::StoodIn, Some(cover)) => Some(format!("{cover} stands in")),
        (allocation::Coverage::LeavingOn(_), _) => Some(stands.words()),
        _ => None,
    };
    let uncovered = stands.is_gap().then(|| stands.words());
    Some(Worker { name, href: None, since: holder.since_on.map(|d| d.to_string()), uncovered, note })
}

/// The other open cases, one line each: "Also Occupational therapy: Tom Bell".
fn others(holders: &[Holder]) -> Vec<String> {
    let line = |h: &Holder| format!("Also {}: {}", h.team, h.worker().unwrap_or_else(|| "no worker".into()));
    holders.iter().skip(1).map(line).collect()
}

fn dated(rows: &[people::StatusRow]) -> Vec<DatedStatus> {
    let read = |row: &people::StatusRow| {
        let status = Status::from_codes(StatusKind::from_code(&row.kind)?, &row.code, "");
        Some(DatedStatus { status, from_on: row.from_on.0, until_on: None })
    };
    rows.iter().filter_map(read).collect()
}

/// The statuses that hold, the most pressing first, in words.
fn status(dated: &[DatedStatus], today: Date) -> Option<String> {
    let lines = banner(dated, today);
    (!lines.is_empty()).then(|| lines.join("; "))
}
