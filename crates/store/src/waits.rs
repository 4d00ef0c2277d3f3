//! How the front door does, measured from the first day: how long people waited for an answer, who had to come again
//! within 28 days, whether it helped, and which clocks were kept. What is open and late is counted too, lest only what was
//! finished be measured. Figures name nobody.

use std::collections::BTreeMap;

use care::{
    access::Deed,
    front_door::{Channel, Helped, Waits, waits},
    timescale::Start,
};
use jiff::{Timestamp, civil::Date};

use crate::{At, Day, Error, Result, Tx, audit::Noted, id::EnquiryId, id::PersonId, policy, rights, sql};

/// One period, the first day and the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    pub from: Date,
    pub until: Date,
}

#[derive(Debug, Clone, Default)]
pub struct Figures {
    pub received: usize,
    /// Where no answer can be given: anonymous, or told not to make contact.
    pub cannot_be_answered: usize,
    /// All, then by how it came.
    pub waits: Vec<(String, Waits)>,
    /// Enquiries about a person who is on record, and those of them that came within 28 days after another.
    pub about_known: usize,
    pub repeated: usize,
    pub asked_whether_it_helped: usize,
    pub helped: Vec<(Helped, usize)>,
    pub clocks: Vec<ClockFigure>,
}

/// How one clock was kept.
#[derive(Debug, Clone, Default, serde::Serialize)]
pub struct ClockFigure {
    pub code: String,
    pub name: String,
    pub rule: String,
    pub on_time: i64,
    pub late: i64,
    pub open: i64,
    pub open_and_late: i64,
    /// The longest that anything open is late, in calendar days.
    pub longest_late: i64,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: EnquiryId,
    channel: String,
    enquirer_kind: String,
    reply_by: String,
    received_at: At,
    acted_at: Option<At>,
    answered_at: Option<At>,
    decided_at: Option<At>,
}

impl Row {
    fn can_be_answered(&self) -> bool {
        self.enquirer_kind != "anonymous" && self.reply_by != "do_not_contact"
    }
}

/// Everything about the enquiries first received in the period.
pub async fn figures(tx: &mut Tx, period: Period) -> Result<Figures> {
    rights::require(tx, Deed::SeeFrontDoor).await?;
    let (from, until) = (midnight(period.from), midnight(care::calendar::add_days(period.until, 1)));
    let rows: Vec<Row> = sql!(tx, |c| {
        sqlx::query_as(
            "SELECT id, channel, enquirer_kind, reply_by, received_at, acted_at, answered_at, decided_at FROM enquiry
             WHERE received_at >= $1 AND received_at < $2 AND state <> 'withdrawn'",
        )
        .bind(from)
        .bind(until)
        .fetch_all(c)
    })?;
    tx.note(Noted::new("front_door.figures", "figures", format!("{} to {}", period.from, period.until)));
    let (about_known, repeated) = repeats(tx, from, until).await?;
    let (asked_whether_it_helped, helped) = helped(tx, from, until).await?;
    let now = tx.act().at().0;
    Ok(Figures {
        received: rows.len(),
        cannot_be_answered: rows.iter().filter(|r| !r.can_be_answered()).count(),
        waits: waited(&rows, now),
        about_known,
        repeated,
        asked_whether_it_helped,
        helped,
        clocks: clocks(tx, &rows, from, until).await?,
    })
}

/// The wait ends with the answer. Somebody who can be told nothing waits for the decision.
fn waited(rows: &[Row], now: Timestamp) -> Vec<(String, Waits)> {
    let minutes = |from: At, to: Timestamp| (to.as_second() - from.0.as_second()) / 60;
    let of = |wanted: &dyn Fn(&Row) -> bool| {
        let (mut answered, mut waiting) = (Vec::new(), Vec::new());
        for row in rows.iter().filter(|r| wanted(r)) {
            let end = if row.can_be_answered() { row.answered_at } else { row.decided_at };
            match end {
                Some(at) => answered.push(minutes(row.received_at, at.0)),
                None => waiting.push(minutes(row.received_at, now)),
            }
        }
        waits(&answered, &waiting)
    };
    let mut all: Vec<(String, Waits)> = of(&|_| true).map(|w| ("All".to_owned(), w)).into_iter().collect();
    for channel in Channel::ALL {
        let found = of(&|row: &Row| row.channel == channel.code());
        all.extend(found.map(|w| (channel.label().to_owned(), w)));
    }
    all
}

/// Enquiries about somebody on record, and how many came within the days of the register after another about them.
async fn repeats(tx: &mut Tx, from: At, until: At) -> Result<(usize, usize)> {
    let rules = policy::rules(tx).await?;
    let all: Vec<(EnquiryId, PersonId, At)> = sql!(tx, |c| {
        sqlx::query_as(
            "SELECT DISTINCT e.id, p.person_id, e.received_at FROM enquiry e JOIN enquiry_person p ON p.enquiry_id = e.id
             WHERE p.person_id IS NOT NULL AND p.removed_at IS NULL AND p.part = 'subject' AND e.state <> 'withdrawn' AND e.received_at < $1",
        )
        .bind(until)
        .fetch_all(c)
    })?;
    let mut of_person: BTreeMap<&PersonId, Vec<(At, &EnquiryId)>> = BTreeMap::new();
    for (enquiry, person, at) in &all {
        of_person.entry(person).or_default().push((*at, enquiry));
    }
    let mut found: BTreeMap<&EnquiryId, bool> = BTreeMap::new();
    for list in of_person.values_mut() {
        list.sort_unstable();
        for (n, (at, enquiry)) in list.iter().enumerate().filter(|(_, (at, _))| *at >= from) {
            let on = care::calendar::london(at.0).date();
            let since = rules.clocks().due("REPEAT_CONTACT", Start::On(on)).map_err(|e| Error::Corrupt(e.to_string()))?.on;
            let again = n > 0 && care::calendar::london(list[n - 1].0.0).date() >= since;
            *found.entry(enquiry).or_default() |= again;
        }
    }
    Ok((found.len(), found.values().filter(|again| **again).count()))
}

async fn helped(tx: &mut Tx, from: At, until: At) -> Result<(usize, Vec<(Helped, usize)>)> {
    let rows: Vec<(Option<String>, i64)> = sql!(tx, |c| {
        sqlx::query_as(
            "SELECT a.helped, COUNT(*) FROM enquiry_answer a JOIN enquiry e ON e.id = a.enquiry_id WHERE e.received_at >= $1 AND e.received_at < $2 GROUP BY a.helped",
        )
        .bind(from)
        .bind(until)
        .fetch_all(c)
    })?;
    let count = |code: Option<&str>| rows.iter().filter(|(h, _)| h.as_deref() == code).map(|(_, n)| usize::try_from(*n).unwrap_or(0)).sum();
    let asked = rows.iter().map(|(_, n)| usize::try_from(*n).unwrap_or(0)).sum();
    Ok((asked, Helped::ALL.iter().map(|h| (*h, count(Some(h.code())))).collect()))
}

#[derive(sqlx::FromRow)]
struct ClockRow {
    subject_id: String,
    code: String,
    due_on: Day,
    due_at: Option<At>,
    met_on: Option<Day>,
}

async fn clocks(tx: &mut Tx, rows: &[Row], from: At, until: At) -> Result<Vec<ClockFigure>> {
    let found: Vec<ClockRow> = sql!(tx, |c| {
        sqlx::query_as(
            "SELECT d.subject_id, d.code, d.due_on, d.due_at, d.met_on FROM due d JOIN enquiry e ON e.id = d.subject_id
             WHERE d.subject_kind = 'enquiry' AND d.dropped_on IS NULL AND e.received_at >= $1 AND e.received_at < $2 AND e.state <> 'withdrawn'
             ORDER BY d.recorded_at, d.id",
        )
        .bind(from)
        .bind(until)
        .fetch_all(c)
    })?;
    let register = policy::register(tx).await?;
    let (today, now) = (tx.today(), tx.act().at());
    let of: BTreeMap<&str, &Row> = rows.iter().map(|r| (r.id.as_str(), r)).collect();
    // An enquiry that was opened again ran the same clock more than once; it is one enquiry still.
    let mut runs: BTreeMap<(&str, &str), Vec<&ClockRow>> = BTreeMap::new();
    for clock in &found {
        runs.entry((&clock.code, &clock.subject_id)).or_default().push(clock);
    }
    let mut by_code: BTreeMap<String, ClockFigure> = BTreeMap::new();
    for ((code, enquiry), runs) in &runs {
        let acted = of.get(enquiry).and_then(|e| e.acted_at.or(e.decided_at));
        count(by_code.entry((*code).to_owned()).or_default(), runs, acted, today, now);
    }
    let named = |(code, mut figure): (String, ClockFigure)| {
        if let Ok(rule) = register.on(&code, today) {
            (figure.name, figure.rule) = (rule.name.clone(), rule.words.clone());
        }
        figure.code = code;
        figure
    };
    Ok(by_code.into_iter().map(named).collect())
}

/// The clock of one enquiry: open if its last run is; otherwise on time only if every run was.
fn count(figure: &mut ClockFigure, runs: &[&ClockRow], acted: Option<At>, today: Date, now: At) {
    match runs.last() {
        Some(last) if last.met_on.is_none() => {
            figure.open += 1;
            if last.due_at.map_or(today > last.due_on.0, |at| now > at) {
                figure.open_and_late += 1;
                let days = i64::from((today - last.due_on.0).get_days());
                figure.longest_late = figure.longest_late.max(days);
            }
        }
        Some(_) if runs.iter().all(|run| on_time(run, acted)) => figure.on_time += 1,
        Some(_) => figure.late += 1,
        None => {}
    }
}

/// A clock in hours is compared by the hour, with the moment at which somebody acted or decided.
fn on_time(clock: &ClockRow, acted: Option<At>) -> bool {
    let Some(met) = clock.met_on else { return false };
    match (clock.due_at, acted) {
        (Some(due), Some(at)) => at <= due,
        _ => met <= clock.due_on,
    }
}

fn midnight(day: Date) -> At {
    let zone = jiff::tz::TimeZone::get("Europe/London").unwrap_or(jiff::tz::TimeZone::UTC);
    At(day.to_zoned(zone).map_or(Timestamp::UNIX_EPOCH, |z| z.timestamp()))
}
