//! The audit as a file, for some days and with a reason; the last signed checkpoint stands at its foot, so that whoever holds
//! the file can later show that nothing before it was altered.

use jiff::{ToSpan, civil::Date, tz::TimeZone};
use store::seen::{self, Looked};

use super::words;
use crate::web::{Context, Outcome, Problem, csv_file, form::Form, posted::Posted, staff::fill_date};

pub async fn show(cx: Context) -> Outcome {
    let mut form = Form::default();
    fill_date(&mut form, "from_on", Some(cx.today()));
    fill_date(&mut form, "until_on", Some(cx.today()));
    page(&cx, &form).await
}

pub async fn download(cx: Context, Posted(mut form): Posted) -> Outcome {
    let from = form.required_date("from_on", "the first day");
    let until = form.required_date("until_on", "the last day");
    let reason = form.text("reason", 1..=2000, "Say what the file is for");
    if let (Some(from), Some(until)) = (from, until)
        && until < from
    {
        form.date_error("until_on", "The last day must not be before the first");
    }
    let (Some(from), Some(until), true) = (from, until, form.is_good()) else { return page(&cx, &form).await };
    let mut tx = cx.read().await?;
    let end = until.checked_add(1.day()).unwrap_or(until);
    let rows = match seen::export(&mut tx, midnight(from)?, midnight(end)?, &reason).await {
        Ok(rows) => rows,
        Err(e) => {
            form.refused(e)?;
            return page(&cx, &form).await;
        }
    };
    let checkpoint = seen::last_checkpoint(&mut tx).await?;
    let foot = checkpoint.map(|c| {
        vec!["checkpoint".into(), String::new(), String::new(), String::new(), String::new(), String::new(), String::new(), c.to_string()]
    });
    let head = ["number", "time_utc", "who", "who_id", "what", "about", "about_id", "why"];
    let rows: Vec<Vec<String>> = rows.iter().map(row).chain(foot).collect();
    csv_file::file(tx, &format!("audit-{from}-to-{until}"), &head, &rows).await
}

fn row(entry: &Looked) -> Vec<String> {
    vec![
        entry.seq.to_string(),
        entry.at.to_string(),
        words::actor(entry),
        entry.actor.clone(),
        entry.deed.clone(),
        entry.subject_kind.clone(),
        entry.subject_id.clone(),
        entry.because.clone(),
    ]
}

/// The beginning of a day in London.
fn midnight(on: Date) -> Result<jiff::Timestamp, Problem> {
    let zone = TimeZone::get("Europe/London").map_err(|e| Problem::Broken(e.to_string()))?;
    Ok(on.to_zoned(zone).map_err(|e| Problem::Broken(e.to_string()))?.timestamp())
}

async fn page(cx: &Context, form: &Form) -> Outcome {
    cx.form(cx.read().await?, "The audit as a file", "access/export.html", form, minijinja::context! {}).await
}
