//! Bank holidays: which are known, until when, and those entered since.

use axum::extract::Path;
use care::{access::Deed, calendar};
use jiff::civil::Date;
use store::policy;

use crate::web::{Context, Outcome, Problem, form::Form, govuk, posted::Posted};

/// How far back and ahead the page shows, in months.
const BACK: i32 = -12;
const AHEAD: i32 = 36;

pub async fn show(cx: Context) -> Outcome {
    page(&cx, &Form::default()).await
}

async fn page(cx: &Context, form: &Form) -> Outcome {
    let mut tx = cx.read().await?;
    let known = policy::calendar(&mut tx).await?.known_until();
    let (from, until) = (calendar::add_months(cx.today(), BACK), calendar::add_months(cx.today(), AHEAD));
    let rows = policy::holidays(&mut tx, from, until).await?;
    // A year ahead is what the longest working-day timescales reach into.
    let warn = known < calendar::add_months(cx.today(), 12);
    let data = minijinja::context! {
        known => known.to_string(), warn, rows => govuk::value(&rows), today => cx.today().to_string(), changes => cx.has_role(Deed::ChangePolicy.granted_to()),
    };
    cx.form(tx, "Bank holidays", "policy/holidays.html", form, data).await
}

pub async fn add(cx: Context, Posted(mut form): Posted) -> Outcome {
    let on = form.required_date("on", "the day");
    let name = form.text("name", 1..=100, "Enter what the holiday is called");
    let (true, Some(on)) = (form.is_good(), on) else { return page(&cx, &form).await };
    let mut tx = cx.write().await?;
    match policy::add_holiday(&mut tx, on, &name).await {
        Ok(()) => {
            tx.commit().await?;
            cx.go("/policy/holidays", "Entered. Due dates in working days now leave this day out.")
        }
        Err(store::Error::Refused { field, words }) => {
            drop(tx);
            if field == "on" {
                form.date_error(field, words)
            } else {
                form.error(field, words)
            }
            page(&cx, &form).await
        }
        Err(other) => Err(other.into()),
    }
}

pub async fn remove(cx: Context, Path(day): Path<String>, Posted(_): Posted) -> Outcome {
    let on = day.parse::<Date>().map_err(|_| Problem::NotFound)?;
    let mut tx = cx.write().await?;
    policy::remove_holiday(&mut tx, on).await?;
    tx.commit().await?;
    cx.go("/policy/holidays", "Taken back.")
}

pub async fn confirm(cx: Context, Posted(mut form): Posted) -> Outcome {
    let until = form.required_date("until", "the day");
    let source = form.text("confirm_source", 1..=400, "Say where they were announced");
    let (true, Some(until)) = (form.is_good(), until) else { return page(&cx, &form).await };
    let mut tx = cx.write().await?;
    policy::confirm_known_until(&mut tx, until, &source).await?;
    tx.commit().await?;
    cx.go("/policy/holidays", "Confirmed.")
}
