//! Ending a worker's part in a case by a reason of the list, and closing the case.

use axum::extract::Path;
use care::{
    access::Deed,
    allocation::{ChangeCause, EndReason},
};
use store::{
    allocation::{self, PartRow},
    forms,
    forms::Once,
    id::{AllocationId, InvolvementId},
};

use super::{case_words, dated, reading, refuse};
use crate::web::{Context, Outcome, form::Form, govuk, posted::Posted, record::bar};

pub async fn show(cx: Context, Path(id): Path<String>) -> Outcome {
    page(&cx, &id, None).await
}

async fn page(cx: &Context, id: &str, sent: Option<&Form>) -> Outcome {
    let (mut tx, opened, case) = reading(cx, id, Deed::Allocate).await?;
    let parts = allocation::parts(&mut tx, &opened).await?;
    let form = sent.cloned().unwrap_or_else(|| {
        let mut form = Form::default();
        dated(&mut form, "on", cx.today());
        form
    });
    let open: Vec<&PartRow> = parts.iter().filter(|part| part.involvement_id == case.id && part.state != "ended").collect();
    let mut what: Vec<govuk::Choice> = open
        .iter()
        .map(|part| govuk::Choice {
            value: part.id.to_string(),
            text: format!("{}, {}", part.worker(), part.part_words().to_lowercase()),
            hint: None,
        })
        .collect();
    what.push(govuk::Choice {
        value: "case".into(),
        text: "Close the whole case".into(),
        hint: Some("Every worker's part ends with it.".into()),
    });
    let reasons: Vec<govuk::Choice> = EndReason::ALL
        .iter()
        .map(|reason| govuk::Choice {
            value: reason.code().into(),
            text: format!("{}{}", reason.label(), if reason.cause() == ChangeCause::NotAChange { "" } else { " (a change of worker)" }),
            hint: None,
        })
        .collect();
    let data = minijinja::context! {
        person => govuk::value(&bar::bar(&mut tx, &opened).await?), id, case => case_words(&case), what => govuk::value(&what), reasons => govuk::value(&reasons),
    };
    cx.form(tx, "End or close", "allocation/end.html", &form, data).await
}

pub async fn submit(cx: Context, Path(id): Path<String>, Posted(mut form): Posted) -> Outcome {
    let what = form.text("what", 1..=64, "Choose what ends");
    let reason = EndReason::from_code(&form.raw("reason"));
    if reason.is_none() {
        form.error("reason", "Choose a reason");
    }
    let on = form.required_date("on", "the last day");
    let why = form.text("why", 1..=4_000, "Say why");
    let (true, Some(on), Some(reason)) = (form.is_good(), on, reason) else { return page(&cx, &id, Some(&form)).await };
    let mut tx = cx.write().await?;
    if let Once::Again(led_to) = forms::once(&mut tx, &form.token()).await? {
        return cx.go(&led_to, "Ended.");
    }
    let (opened, case) = allocation::open_case(&mut tx, &InvolvementId::from_text(&id), Deed::Allocate).await?;
    let done = match what.as_str() {
        "case" => allocation::close(&mut tx, &opened, &case, on, reason, &why).await,
        part => allocation::end(&mut tx, &opened, &case, &AllocationId::from_text(part), on, reason, &why).await,
    };
    match done {
        Ok(()) => {
            // A closed case may close the record to whoever closed it.
            let to = if what == "case" { format!("/unallocated?team={}", case.team_id) } else { format!("/cases/{id}/workers") };
            forms::led_to(&mut tx, &form.token(), &to).await?;
            tx.commit().await?;
            cx.go(&to, if what == "case" { "The case is closed." } else { "Ended." })
        }
        Err(error) => {
            drop(tx);
            refuse(&mut form, error)?;
            page(&cx, &id, Some(&form)).await
        }
    }
}
