//! How the front door does: waits, repeats, whether it helped, clocks kept and broken. Each number has its table and file.

use axum::extract::Query;
use care::{calendar::add_days, figure::share, words};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::waits::{self, Figures, Period};

use crate::web::{Context, Outcome, csv_file, govuk};

/// The period is asked for by the number of days back, today included.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    days: String,
}

const DAYS: &[(i32, &str)] = &[(28, "28 calendar days"), (91, "13 weeks"), (365, "365 calendar days")];

impl Asked {
    fn days(&self) -> i32 {
        self.days.parse().ok().filter(|n| DAYS.iter().any(|(d, _)| d == n)).unwrap_or(28)
    }
    fn period(&self, today: Date) -> Period {
        Period { from: add_days(today, 1 - self.days()), until: today }
    }
}

#[derive(Serialize)]
struct Choice {
    text: &'static str,
    href: String,
    chosen: bool,
}

/// GET /front-door/figures
pub async fn show(cx: Context, Query(asked): Query<Asked>) -> Outcome {
    let (days, period) = (asked.days(), asked.period(cx.today()));
    let mut tx = cx.read().await?;
    let found = waits::figures(&mut tx, period).await?;
    let choices: Vec<Choice> =
        DAYS.iter().map(|(d, text)| Choice { text, href: format!("/front-door/figures?days={d}"), chosen: *d == days }).collect();
    let clocks: Vec<Vec<String>> = found.clocks.iter().map(clock).collect();
    let whole = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let answered: usize = found.helped.iter().map(|(_, n)| n).sum();
    let data = minijinja::context! {
        choices => govuk::value(&choices), days, from => words::date(period.from), until => words::date(period.until), received => found.received,
        cannot => found.cannot_be_answered, waits => govuk::value(&said(&found)), repeat => share(whole(found.repeated), whole(found.about_known)),
        asked => found.asked_whether_it_helped, answered, helped => govuk::value(&found.helped.iter().map(|(h, n)| vec![h.label().to_owned(), n.to_string()]).collect::<Vec<_>>()),
        clocks => govuk::value(&clocks),
    };
    cx.page(tx, "Front door: figures", "front_door/figures.html", data).await
}

fn said(found: &Figures) -> Vec<Vec<String>> {
    found.waits.iter().map(|(name, w)| vec![name.clone(), w.words()]).collect()
}

fn clock(c: &waits::ClockFigure) -> Vec<String> {
    let closed = share(c.on_time, c.on_time + c.late);
    let longest = if c.open_and_late == 0 { String::new() } else { words::counted(c.longest_late, "calendar day", "calendar days") };
    vec![c.name.clone(), c.rule.clone(), closed, c.open.to_string(), c.open_and_late.to_string(), longest]
}

/// GET /front-door/figures/csv
pub async fn csv(cx: Context, Query(asked): Query<Asked>) -> Outcome {
    let period = asked.period(cx.today());
    let mut tx = cx.read().await?;
    let found = waits::figures(&mut tx, period).await?;
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut row = |what: &str, of: &str, number: String| {
        rows.push(vec![period.from.to_string(), period.until.to_string(), what.into(), of.into(), number])
    };
    row("Received", "All", found.received.to_string());
    row("Cannot be answered", "All", found.cannot_be_answered.to_string());
    for (name, w) in &found.waits {
        row("Answered", name, w.answered.to_string());
        row("Wait in minutes: half within", name, w.middle.to_string());
        row("Wait in minutes: nine in ten within", name, w.nine_in_ten.to_string());
        row("Wait in minutes: longest", name, w.longest.to_string());
        row("Still waiting", name, w.still_waiting.to_string());
        row("Still waiting, minutes: longest", name, w.longest_still_waiting.unwrap_or(0).to_string());
    }
    row("About somebody on record", "All", found.about_known.to_string());
    row("Repeated within 28 calendar days", "All", found.repeated.to_string());
    row("Asked whether it helped", "All", found.asked_whether_it_helped.to_string());
    for (helped, n) in &found.helped {
        row("Did this help?", helped.label(), n.to_string());
    }
    for c in &found.clocks {
        for (what, n) in [("Closed on time", c.on_time), ("Closed late", c.late), ("Open", c.open), ("Open and late", c.open_and_late)] {
            row(what, &c.name, n.to_string());
        }
    }
    csv_file::answer(tx, "front-door", &["From", "Until", "Figure", "Of", "Number"], &rows).await
}
