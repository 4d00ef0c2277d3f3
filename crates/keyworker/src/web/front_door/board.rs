//! The board of what waits at the front door: immediate danger on which nobody acted, then what is late, then in the order
//! in which it falls due. Every number on it is a link to exactly its rows.

use std::collections::BTreeSet;

use axum::extract::Query;
use care::{
    access::Deed,
    front_door::{Channel, EnquirerKind, EnquiryState, Side, UrgencyBand},
};
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
    owner: String,
    band: String,
    side: String,
    state: String,
}

impl Asked {
    fn filter(&self, shown: Show) -> Filter {
        let given = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        Filter {
            show: Some(shown),
            owner: given(&self.owner),
            band: UrgencyBand::from_code(&self.band),
            side: given(&self.side),
            state: given(&self.state),
        }
    }
    fn narrows(&self) -> bool {
        [&self.owner, &self.band, &self.side, &self.state].iter().any(|text| !text.is_empty())
    }
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
    let filter = asked.filter(shown);
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
    let form = Form::opened([
        ("owner", asked.owner.as_str()),
        ("band", asked.band.as_str()),
        ("side", asked.side.as_str()),
        ("state", asked.state.as_str()),
    ]);
    let data = minijinja::context! {
        lists, title => shown.label(), shown => shown.code(), count => found.len(), more => found.len().saturating_sub(MOST), lines => govuk::value(&lines),
        narrowed => asked.narrows(), may_write => cx.has_role(Deed::RecordEnquiry.granted_to()), ..choices(&rows)
    };
    cx.form(tx, "Front door", "front_door/board.html", &form, data).await
}

/// By what the list may be narrowed; by owner, whoever has one of these in hand.
fn choices(rows: &[Row]) -> minijinja::Value {
    let choice = |value: &str, text: &str| Choice { value: value.into(), text: text.into(), hint: None };
    let mut sides: Vec<Choice> = Side::ALL.iter().map(|side| choice(side.code(), side.label())).collect();
    sides.push(choice("not_known", "Not known yet"));
    let bands: Vec<Choice> = UrgencyBand::ALL.iter().map(|band| choice(band.code(), band.label())).collect();
    let waits = |state: &&EnquiryState| !matches!(state, EnquiryState::Withdrawn);
    let states: Vec<Choice> = EnquiryState::ALL.iter().filter(waits).map(|state| choice(state.code(), state.label())).collect();
    let with: BTreeSet<(&str, &str)> =
        rows.iter().filter_map(|row| Some((row.enquiry.owner.as_deref()?, row.enquiry.owner_id.as_ref()?.as_str()))).collect();
    let mut owners = vec![choice("nobody", "Nobody")];
    owners.extend(with.iter().map(|(name, id)| choice(id, name)));
    minijinja::context! { owners => govuk::value(&owners), bands => govuk::value(&bands), sides => govuk::value(&sides), states => govuk::value(&states) }
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
