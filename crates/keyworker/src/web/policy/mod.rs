//! Policy: what practice may change, each value with the day from which it holds and where it comes from. Everybody may
//! read it; those who change policy change it, from a day on.

pub mod holidays;
pub mod settings;
pub mod timescales;

use care::access::Deed;
use store::policy;

use super::{Context, Outcome, govuk};

/// The first page: what is in force today.
pub async fn show(cx: Context) -> Outcome {
    let mut tx = cx.read().await?;
    let (rules, today) = (policy::rules(&mut tx).await?, cx.today());
    let band = rules.bands.on(today).cloned().unwrap_or_default();
    let rule =
        |code: &str| rules.register.on(code, today).map(|rule| (rule.name.clone(), rule.length(), rule.source.clone())).unwrap_or_default();
    let local: Vec<_> = ["UNALLOC_REVIEW", "UNALLOC_ESCALATE", "NOT_COVERED", "LEAVER_NOTICE", "ALLOC_ACK", "FIRST_VISIT", "NEXT_LOOK"]
        .into_iter()
        .map(|code| {
            let (name, length, source) = rule(code);
            minijinja::context! { code, name, length, source }
        })
        .collect();
    let data = minijinja::context! {
        band => minijinja::context! { lower => band.lower, upper => band.upper, red => band.red_above, source => band.source, from => band.from.to_string() },
        opens => rules.hours.opens.strftime("%H:%M").to_string(), closes => rules.hours.closes.strftime("%H:%M").to_string(),
        glass => rules.break_glass.longest_hours, weeks => rules.expected_weeks, move_days => rules.move_days, telephone => rules.telephone, local, out_of_hours => rules.out_of_hours, complaints => rules.complaints,
        sign_off => if rules.sign_off == care::front_door::SignOff::Manager { settings::MANAGER } else { settings::NOT_NEEDED },
        known_until => rules.calendar.known_until().to_string(), changes => cx.has_role(Deed::ChangePolicy.granted_to()),
    };
    cx.page(tx, "Policy", "policy/show.html", data).await
}

/// Where a form of policy begins: today, as three boxes.
fn today(cx: &Context) -> super::form::Form {
    let mut form = super::form::Form::default();
    let on = cx.today();
    for (part, value) in [("day", i32::from(on.day())), ("month", i32::from(on.month())), ("year", i32::from(on.year()))] {
        form.set(&format!("from_on-{part}"), value.to_string());
    }
    form
}

/// Values of a key, as they were and are, for the foot of a form.
fn history(rows: &[policy::Setting], words: impl Fn(&policy::Setting) -> String) -> minijinja::Value {
    let row = |one: &policy::Setting| minijinja::context! { from => one.from_on.to_string(), words => words(one), source => one.source.clone(), at => one.set_at.to_string() };
    let all: Vec<minijinja::Value> = rows.iter().map(row).collect();
    govuk::value(&all)
}
