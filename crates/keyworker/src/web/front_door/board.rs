//! The board of what waits at the front door: immediate danger on which nobody acted, then what is late, then in the order
//! in which it falls due. Every number on it is a link to exactly its rows.

use axum::extract::Query;
use care::front_door::{Channel, EnquirerKind, EnquiryState, Side, UrgencyBand};
use serde::{Deserialize, Serialize};
use store::front_door::{self, Filter, Row, Show};

use crate::web::{
    Context, Outcome,
    form::Form,
    govuk::{self, Choice},
};

/// What narrows the board; it stands in the address, where it names nobody.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    show: String,
    band: String,
    side: String,
}

/// So many rows are shown at once.
const MOST: usize = 200;

#[derive(Serialize)]
struct Line {
    id: String,
    version: i64,
    reference: String,
    names: Vec<String>,
    words: String,
    from: String,
    received_at: store::At,
    band: &'static str,
    band_kind: &'static str,
    side: &'static str,
    state: &'static str,
    owner: Option<String>,
    mine: bool,
    open: bool,
    due: Option<String>,
    left: String,
    left_kind: &'static str,
}

/// GET /front-door
pub async fn show(cx: Context, Query(asked): Query<Asked>) -> Outcome {
    let me = cx.worker()?.standing.worker.id.to_string();
    let mut tx = cx.read().await?;
    let rows = front_door::board(&mut tx).await?;
    let shown = Show::from_code(&asked.show).unwrap_or(Show::Waiting);
    let filter = Filter {
        show: Some(shown),
        owner: None,
        band: UrgencyBand::from_code(&asked.band),
        side: Some(asked.side.clone()).filter(|side| !side.is_empty()),
        state: None,
    };
    let lists: Vec<_> = Show::ALL
        .iter()
        .map(|one| {
            let count = rows.iter().filter(|row| one.holds(row, &me)).count();
            let kind = if matches!(one, Show::Immediate | Show::Late) { "late" } else { "" };
            minijinja::context! { count, label => one.label(), href => format!("/front-door?show={}", one.code()), kind, active => *one == shown }
        })
        .collect();
    let found: Vec<&Row> = rows.iter().filter(|row| filter.holds(row, &me)).collect();
    let lines: Vec<Line> = found.iter().take(MOST).map(|row| line(row, &me)).collect();
    let form = Form::opened([("band", asked.band.as_str()), ("side", asked.side.as_str())]);
    let choice = |value: &str, text: &str| Choice { value: value.into(), text: text.into(), hint: None };
    let mut sides: Vec<Choice> = Side::ALL.iter().map(|side| choice(side.code(), side.label())).collect();
    sides.push(choice("not_known", "Not known yet"));
    let bands: Vec<Choice> = UrgencyBand::ALL.iter().map(|band| choice(band.code(), band.label())).collect();
    let data = minijinja::context! {
        lists, title => shown.label(), shown => shown.code(), count => found.len(), more => found.len().saturating_sub(MOST), lines => govuk::value(&lines),
        bands => govuk::value(&bands), sides => govuk::value(&sides), narrowed => filter.band.is_some() || filter.side.is_some(),
    };
    cx.form(tx, "Front door", "front_door/board.html", &form, data).await
}

fn line(row: &Row, me: &str) -> Line {
    let enquiry = &row.enquiry;
    let who = enquiry.enquirer().map_or("Enquirer not known yet", EnquirerKind::label);
    let how = enquiry.channel().map_or("", Channel::label);
    Line {
        id: enquiry.id.to_string(),
        version: enquiry.version,
        reference: enquiry.reference.clone(),
        names: row.names.clone(),
        words: enquiry.words.clone(),
        from: format!("{who}, {}", how.to_lowercase()),
        received_at: enquiry.received_at,
        band: enquiry.band().label(),
        band_kind: band_kind(enquiry.band()),
        side: Side::from_code(&enquiry.side).map_or("Child or adult: not known yet", Side::label),
        state: EnquiryState::from_code(&enquiry.state).map_or("", EnquiryState::label),
        owner: enquiry.owner.clone(),
        mine: enquiry.owner_id.as_ref().is_some_and(|owner| owner.as_str() == me),
        open: enquiry.decided_at.is_none(),
        due: row.due.clone(),
        left: row.left.clone(),
        left_kind: if row.late {
            "late"
        } else if row.today {
            "soon"
        } else {
            "plain"
        },
    }
}

/// The colour that goes with a band's words.
pub fn band_kind(band: UrgencyBand) -> &'static str {
    match band {
        UrgencyBand::Immediate => "late",
        UrgencyBand::Urgent => "soon",
        UrgencyBand::Soon => "info",
        UrgencyBand::Routine => "plain",
    }
}
