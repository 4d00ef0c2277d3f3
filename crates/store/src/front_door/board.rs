//! The board of what waits at the front door. Every count on it is the length of a list that the same filter gives.

use care::{front_door::UrgencyBand, timescale::Standing};
use jiff::Timestamp;

use super::{Member, right, row::Enquiry};
use crate::{Result, Tx, audit::Noted, enquiry_columns, id::EnquiryId, policy, sql, workers};

care::coded! {
    /// Which rows of the board.
    pub enum Show {
        Waiting = "waiting", "Everything that waits";
        Immediate = "immediate", "Immediate danger";
        Late = "late", "Late";
        Today = "today", "Due today";
        Nobody = "nobody", "Nobody has it in hand";
        Mine = "mine", "Mine";
        SignOff = "sign_off", "Waiting for sign-off";
        ToTell = "to_tell", "Decided, enquirer not told";
    }
}

/// One row: the enquiry, whom it is about, and what is due next.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Row {
    pub enquiry: Enquiry,
    pub names: Vec<String>,
    pub left: String,
    pub late: bool,
    pub today: bool,
    pub due: Option<String>,
}

/// What narrows the board.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    pub show: Option<Show>,
    /// A worker's id, or `nobody`.
    pub owner: Option<String>,
    pub band: Option<UrgencyBand>,
    /// `child`, `adult` or `not_known`.
    pub side: Option<String>,
    pub state: Option<String>,
}

/// What waits, for whoever may see it: hidden records that are linked take their enquiries with them, and so does one's
/// own conflict of interest. $1 worker, $2 today, $3: 1 for the front door, else only one's own.
macro_rules! waiting {
    () => {
        "(e.state IN ('new', 'under_way', 'awaiting_information', 'awaiting_sign_off') OR (e.state = 'decided' AND e.answered_how IS NULL))
         AND ($3 = 1 OR e.owner_id = $1 OR e.recorded_by = $1)
         AND NOT EXISTS (SELECT 1 FROM enquiry_person p JOIN restriction r ON r.person_id = p.person_id WHERE p.enquiry_id = e.id AND p.removed_at IS NULL AND r.level = 'hidden'
           AND r.guardian_id <> $1 AND NOT EXISTS (SELECT 1 FROM restriction_list l WHERE l.person_id = p.person_id AND l.worker_id = $1))
         AND NOT EXISTS (SELECT 1 FROM enquiry_person p JOIN conflict_of_interest x ON x.person_id = p.person_id WHERE p.enquiry_id = e.id AND p.removed_at IS NULL
           AND x.worker_id = $1 AND x.from_on <= $2 AND (x.until_on IS NULL OR x.until_on >= $2))"
    };
}

/// The whole board as whoever acts may see it: immediate danger on which nobody acted first, then what is late, then in
/// the order in which it falls due.
pub async fn board(tx: &mut Tx) -> Result<Vec<Row>> {
    let member = right::require_board(tx).await?;
    let (me, today, now) = (tx.act().worker().clone(), crate::Day(tx.today()), tx.act().at());
    let all = i64::from(member == Member::OfFrontDoor);
    let enquiries: Vec<Enquiry> = sql!(tx, |c| sqlx::query_as(concat!(
        "SELECT ",
        enquiry_columns!(),
        " FROM enquiry e LEFT JOIN worker w ON w.id = e.owner_id WHERE ",
        waiting!()
    ))
    .bind(&me)
    .bind(today)
    .bind(all)
    .fetch_all(c))?;
    let names = names(tx).await?;
    tx.note(Noted::new("front_door.board", "board", "").because(format!("{} enquiries", enquiries.len())));
    let rules = policy::rules(tx).await?;
    let mut rows = Vec::with_capacity(enquiries.len());
    for enquiry in enquiries {
        let due = enquiry.due(&rules.clocks())?;
        let next = due.next(&enquiry.done());
        let stands = next.map(|due| due.open(now.0, &rules.clocks()));
        let late = stands.as_ref().is_some_and(|s| s.standing == Standing::Late);
        let ends_today = next.is_some_and(|due| due.on == today.0);
        rows.push(Row {
            names: names.get(&enquiry.id).cloned().unwrap_or_default(),
            left: stands.map(|s| s.words).unwrap_or_default(),
            late,
            today: ends_today && !late,
            due: next.map(|due| due.name.clone()),
            enquiry,
        });
    }
    rows.sort_by_cached_key(|row| order(row, now.0));
    Ok(rows)
}

fn order(row: &Row, now: Timestamp) -> (u8, i64, EnquiryId) {
    let enquiry = &row.enquiry;
    let waits = enquiry.due_at.map_or(i64::MAX, |at| at.0.as_second() - now.as_second());
    let first = match () {
        () if enquiry.band() == UrgencyBand::Immediate && enquiry.acted_at.is_none() && enquiry.decided_at.is_none() => 0,
        () if row.late => 1,
        () => 2,
    };
    (first, waits, enquiry.id.clone())
}

/// The names by which those are known whom the waiting enquiries are about; the caller's words, not the record's.
async fn names(tx: &mut Tx) -> Result<std::collections::HashMap<EnquiryId, Vec<String>>> {
    let rows: Vec<(EnquiryId, String, String)> = sql!(tx, |c| {
        sqlx::query_as(
        "SELECT p.enquiry_id, p.given_name, p.surname FROM enquiry_person p JOIN enquiry e ON e.id = p.enquiry_id
         WHERE p.part = 'subject' AND p.removed_at IS NULL AND (e.state IN ('new', 'under_way', 'awaiting_information', 'awaiting_sign_off') OR (e.state = 'decided' AND e.answered_how IS NULL))
         ORDER BY p.enquiry_id, p.id"
    )
    .fetch_all(c)
    })?;
    let mut all: std::collections::HashMap<EnquiryId, Vec<String>> = std::collections::HashMap::new();
    for (enquiry, given, surname) in rows {
        let name = format!("{given} {surname}").trim().to_owned();
        if !name.is_empty() {
            all.entry(enquiry).or_default().push(name);
        }
    }
    Ok(all)
}

impl Show {
    /// Whether a row is in this list. Tiles count with it, lists show by it.
    pub fn holds(self, row: &Row, me: &str) -> bool {
        let enquiry = &row.enquiry;
        match self {
            Show::Waiting => true,
            Show::Immediate => enquiry.band() == UrgencyBand::Immediate && enquiry.decided_at.is_none(),
            Show::Late => row.late,
            Show::Today => row.today,
            Show::Nobody => enquiry.owner_id.is_none(),
            Show::Mine => enquiry.owner_id.as_ref().is_some_and(|owner| owner.as_str() == me),
            Show::SignOff => enquiry.state == "awaiting_sign_off",
            Show::ToTell => enquiry.decided_at.is_some(),
        }
    }
}

impl Filter {
    pub fn holds(&self, row: &Row, me: &str) -> bool {
        let enquiry = &row.enquiry;
        let owner = |wanted: &String| match wanted.as_str() {
            "nobody" => enquiry.owner_id.is_none(),
            id => enquiry.owner_id.as_ref().is_some_and(|o| o.as_str() == id),
        };
        self.show.is_none_or(|show| show.holds(row, me))
            && self.owner.as_ref().is_none_or(owner)
            && self.band.is_none_or(|band| enquiry.band() == band)
            && self.side.as_ref().is_none_or(|side| enquiry.side == *side)
            && self.state.as_ref().is_none_or(|state| enquiry.state == *state)
    }
}

/// For the head of every page: how many are late, and in immediate danger with nobody acting.
pub async fn counts(tx: &mut Tx, standing: &workers::Standing) -> Result<Option<(i64, i64)>> {
    let sees =
        standing.roles.iter().filter_map(|r| care::access::Role::from_code(&r.role)).any(|r| r.grants(care::access::Deed::SeeFrontDoor));
    if !sees {
        return Ok(None);
    }
    let (me, today, now) = (standing.worker.id.clone(), crate::Day(tx.today()), tx.act().at());
    let all = i64::from(right::membership(tx).await? == Member::OfFrontDoor);
    let (late, immediate): (i64, i64) = sql!(tx, |c| {
        sqlx::query_as(concat!(
        "SELECT CAST(COALESCE(SUM(CASE WHEN e.due_at < $4 THEN 1 ELSE 0 END), 0) AS BIGINT), CAST(COALESCE(SUM(CASE WHEN e.band = 'immediate' AND e.decided_at IS NULL THEN 1 ELSE 0 END), 0) AS BIGINT)
         FROM enquiry e WHERE ",
        waiting!()
    ))
    .bind(&me)
    .bind(today)
    .bind(all)
    .bind(now)
    .fetch_one(c)
    })?;
    Ok(Some((late, immediate)))
}
