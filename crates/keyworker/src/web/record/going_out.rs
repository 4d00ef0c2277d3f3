//! Going on a visit and coming back safely: where, by when, and one press to say "I am back".

use axum::extract::Path;
use care::{access::Deed, calendar::london};
use jiff::{SignedDuration, Timestamp};
use store::{
    forms::{self, Once},
    id::WorkerId,
    people,
    safe_return::{self, Going, Out},
};

use super::{bar, reading, writing};
use crate::web::{
    Context, Outcome,
    form::Form,
    govuk::{self, Choice},
    posted::Posted,
};

/// GET /people/{person}/going-out
pub async fn show(cx: Context, Path(id): Path<String>) -> Outcome {
    let soon = london(cx.now + SignedDuration::from_hours(2));
    let mut form = Form::default();
    form.set("back_by", format!("{:02}:{:02}", soon.hour(), soon.minute() / 5 * 5));
    page(&cx, &id, &form).await
}

async fn page(cx: &Context, id: &str, form: &Form) -> Outcome {
    let (mut tx, opened) = reading(cx, id, Deed::WriteNote).await?;
    let me = cx.worker()?.standing.worker.id.clone();
    let out = safe_return::out(&mut tx, &me).await?;
    let home = people::addresses(&mut tx, &opened).await?.into_iter().find(|a| a.until_on.is_none());
    let place = home.map(|a| format!("{}, {}", a.lines, a.postcode)).unwrap_or_default();
    let colleagues: Vec<Choice> = safe_return::colleagues(&mut tx)
        .await?
        .into_iter()
        .map(|(id, name)| Choice { value: id.to_string(), text: name, hint: None })
        .collect();
    let form =
        if form.raw("place").is_empty() && form.is_good() { Form::opened([("place", place.as_str())]).over(form) } else { form.clone() };
    let data = minijinja::context! {
        id, person => govuk::value(&bar::bar(&mut tx, &opened).await?), colleagues => govuk::value(&colleagues), out => out.map(|o| o.id),
    };
    cx.form(tx, "Going on a visit", "record/going_out.html", &form, data).await
}

/// POST /people/{person}/going-out
pub async fn submit(cx: Context, Path(id): Path<String>, Posted(mut form): Posted) -> Outcome {
    let (place, risks) = (form.text("place", 1..=500, "Enter where you will be"), form.text("risks", 0..=2_000, ""));
    let back_by = back_by(&mut form, cx.now);
    let (true, Some(back_by)) = (form.is_good(), back_by) else { return page(&cx, &id, &form).await };
    let (mut tx, opened) = match writing(&cx, &id, Deed::WriteNote, &form).await? {
        Ok(open) => open,
        Err(led_to) => return cx.go(&led_to, ""),
    };
    let watcher = Some(form.raw("watcher")).filter(|w| !w.is_empty()).map(WorkerId::from_text);
    match safe_return::go(&mut tx, &opened, &Going { place, risks, back_by, watcher }).await {
        Ok(_) => {
            forms::led_to(&mut tx, &form.token(), "/").await?;
            tx.commit().await?;
            cx.go("/", "Go safely. Press \u{201c}I am back\u{201d} here when you are.")
        }
        Err(refused) => {
            drop(tx);
            form.refused(refused)?;
            page(&cx, &id, &form).await
        }
    }
}

/// A time of day, today or, once it has passed, tomorrow.
fn back_by(form: &mut Form, now: Timestamp) -> Option<Timestamp> {
    let typed = form.raw("back_by").replace('.', ":");
    let part = |text: &str, most: i8| text.trim().parse::<i8>().ok().filter(|n| (0..=most).contains(n));
    let time = typed.split_once(':').and_then(|(h, m)| Some((part(h, 23)?, part(m, 59)?)));
    let Some((hour, minute)) = time else {
        form.error("back_by", "Enter the time as hours and minutes, such as 16:30");
        return None;
    };
    let here = london(now);
    let at = |day: jiff::civil::Date| day.at(hour, minute, 0, 0).to_zoned(here.time_zone().clone()).ok().map(|z| z.timestamp());
    at(here.date()).filter(|at| *at > now).or_else(|| at(here.date().tomorrow().ok()?))
}

/// GET /going-out/{out}
pub async fn one(cx: Context, Path(id): Path<String>) -> Outcome {
    detail(&cx, &id, &Form::default()).await
}

async fn detail(cx: &Context, id: &str, form: &Form) -> Outcome {
    let mut tx = cx.read().await?;
    let out = safe_return::read(&mut tx, id).await?;
    let name = people::index_card(&mut tx, &out.person_id).await.map(|card| card.name).ok();
    let mine = cx.worker()?.standing.worker.id == out.worker_id;
    let late = out.is_late(store::At::cut(cx.now));
    let data = minijinja::context! { out => govuk::value(&out), name, mine, late };
    cx.form(tx, "Out on a visit", "record/out.html", form, data).await
}

/// POST /going-out/{out}: "I am back", or how somebody knows that they are safe.
pub async fn back(cx: Context, Path(id): Path<String>, Posted(mut form): Posted) -> Outcome {
    let said = form.text("said", 0..=2_000, "");
    if !form.is_good() {
        return detail(&cx, &id, &form).await;
    }
    let mut tx = cx.write().await?;
    let out: Out = safe_return::read(&mut tx, &id).await?;
    let mine = cx.worker()?.standing.worker.id == out.worker_id;
    if let Once::Again(led_to) = forms::once(&mut tx, &form.token()).await? {
        return cx.go(&led_to, "");
    }
    if let Err(refused) = safe_return::back(&mut tx, &out, &said).await {
        drop(tx);
        form.refused(refused)?;
        return detail(&cx, &id, &form).await;
    }
    let to = if mine { format!("/people/{}/visits/new", out.person_id) } else { "/".to_owned() };
    forms::led_to(&mut tx, &form.token(), &to).await?;
    tx.commit().await?;
    cx.go(&to, if mine { "Good to have you back. Record the visit while it is fresh." } else { "Put on record: they are safe." })
}
