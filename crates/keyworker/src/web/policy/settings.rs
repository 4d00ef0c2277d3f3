//! Forms of the other settings: the guideline of caseloads, office hours, how long breaking the glass lasts, how long
//! work lasts, what letters say, whether a manager signs off what is decided at the front door.

use axum::extract::Path;
use jiff::civil::Time;
use store::policy::{self, Key, NewSetting, Setting};

use super::{history, today};
use crate::web::{Context, Outcome, Problem, form::Form, govuk, posted::Posted};

/// One setting: its address, its key and the fields that make its value.
struct SettingForm {
    address: &'static str,
    key: Key,
    fields: &'static [(&'static str, &'static str, &'static str)],
}

/// Name, label and hint of each field.
const FORMS: &[SettingForm] = &[
    SettingForm {
        address: "band",
        key: Key::Band,
        fields: &[
            ("lower", "Lower end of the guideline", "Fewer is within the guideline, never a shortfall."),
            ("upper", "Upper end of the guideline", ""),
            ("red_above", "Red above", ""),
        ],
    },
    SettingForm {
        address: "hours",
        key: Key::OfficeHours,
        fields: &[("opens", "Opens", "Like 08:45"), ("closes", "Closes", "Like 17:15")],
    },
    SettingForm { address: "glass", key: Key::BreakGlassHours, fields: &[("value", "Hours", "From 1 to 24")] },
    SettingForm { address: "weeks", key: Key::ExpectedWeeks, fields: &[("value", "Weeks", "")] },
    SettingForm { address: "move", key: Key::MoveDays, fields: &[("value", "Days", "From 1 to 365, after it was recorded")] },
    SettingForm { address: "telephone", key: Key::LetterTelephone, fields: &[("value", "Telephone number", "")] },
    SettingForm {
        address: "out-of-hours",
        key: Key::OutOfHours,
        fields: &[("value", "Telephone number", "Answered at night, at weekends and on bank holidays.")],
    },
    SettingForm {
        address: "complaints",
        key: Key::Complaints,
        fields: &[("value", "Where a complaint goes", "As it stands in letters, like: Complaints, Town Hall, ZZ1 1AA")],
    },
    SettingForm {
        address: "sign-off",
        key: Key::SignOff,
        fields: &[(
            "value",
            "Who decides what follows an enquiry?",
            "For a child it is always a social worker. With sign-off a social worker proposes and a manager signs it off or sends it back; nobody signs off their own. Nobody is told anything before it is signed off, and the clock runs on.",
        )],
    },
];

fn form_of(address: &str) -> Result<&'static SettingForm, Problem> {
    FORMS.iter().find(|form| form.address == address).ok_or(Problem::NotFound)
}

pub async fn edit(cx: Context, Path(which): Path<String>) -> Outcome {
    page(&cx, form_of(&which)?, None).await
}

async fn page(cx: &Context, which: &SettingForm, sent: Option<&Form>) -> Outcome {
    let mut tx = cx.read().await?;
    let rows = policy::history(&mut tx, which.key.code()).await?;
    let rules = policy::rules(&mut tx).await?;
    let form = sent.cloned().unwrap_or_else(|| first(cx, which, &rules));
    let choices = govuk::value(&choices(which.key));
    let fields: Vec<minijinja::Value> = which
        .fields
        .iter()
        .map(|(name, label, hint)| minijinja::context! { name => *name, label => *label, hint => *hint, choices => choices.clone() })
        .collect();
    let data = minijinja::context! { which => which.address, title => which.key.label(), fields => govuk::value(&fields), history => history(&rows, |one| words(which, one)) };
    cx.form(tx, "Change a setting", "policy/setting.html", &form, data).await
}

/// The values among which one is chosen, in words; none where it is typed.
fn choices(key: Key) -> Vec<govuk::Choice> {
    let one = |value: &str, text: &str| govuk::Choice { value: value.into(), text: text.into(), hint: None };
    match key {
        Key::SignOff => vec![one("not_needed", NOT_NEEDED), one("manager", MANAGER)],
        _ => vec![],
    }
}

/// The two ways of deciding at the front door.
pub(super) const NOT_NEEDED: &str = "Whoever decides, without sign-off";
pub(super) const MANAGER: &str = "A manager signs off each decision";

/// The values that hold today.
fn first(cx: &Context, which: &SettingForm, rules: &policy::Rules) -> Form {
    let mut form = today(cx);
    let band = rules.bands.on(cx.today()).cloned().unwrap_or_default();
    for (name, _, _) in which.fields {
        let value = match (which.key, *name) {
            (Key::Band, "lower") => band.lower.to_string(),
            (Key::Band, "upper") => band.upper.to_string(),
            (Key::Band, _) => band.red_above.to_string(),
            (Key::OfficeHours, "opens") => rules.hours.opens.strftime("%H:%M").to_string(),
            (Key::OfficeHours, _) => rules.hours.closes.strftime("%H:%M").to_string(),
            (Key::BreakGlassHours, _) => rules.break_glass.longest_hours.to_string(),
            (Key::ExpectedWeeks, _) => rules.expected_weeks.to_string(),
            (Key::MoveDays, _) => rules.move_days.to_string(),
            (Key::OutOfHours, _) => rules.out_of_hours.clone(),
            (Key::Complaints, _) => rules.complaints.clone(),
            (Key::SignOff, _) => if rules.sign_off == care::front_door::SignOff::Manager { "manager" } else { "not_needed" }.into(),
            _ => rules.telephone.clone(),
        };
        form.set(name, value);
    }
    form
}

/// A stored value as people read it.
fn words(which: &SettingForm, one: &Setting) -> String {
    if let Some(chosen) = choices(which.key).into_iter().find(|choice| choice.value == one.value) {
        return chosen.text;
    }
    let Ok(parts) = serde_json::from_str::<std::collections::BTreeMap<String, serde_json::Value>>(&one.value) else {
        return one.value.clone();
    };
    let part = |name: &str| parts.get(name).map(|value| value.to_string().trim_matches('"').to_owned()).unwrap_or_default();
    which.fields.iter().map(|(name, label, _)| format!("{} {}", label.to_lowercase(), part(name))).collect::<Vec<_>>().join(", ")
}

pub async fn change(cx: Context, Path(which): Path<String>, Posted(mut form): Posted) -> Outcome {
    let which = form_of(&which)?;
    let value = value(which, &mut form);
    let from_on = form.required_date("from_on", "the first day");
    if from_on.is_some_and(|day| day < cx.today()) {
        form.date_error("from_on", "The first day must be today or later");
    }
    let source = form.text("source", 1..=400, "Say who decided this, and where it is written");
    let (true, Some(value), Some(from_on)) = (form.is_good(), value, from_on) else { return page(&cx, which, Some(&form)).await };
    let mut tx = cx.write().await?;
    match policy::set(&mut tx, &NewSetting { key: which.key.code().into(), value, from_on, source }).await {
        Ok(()) => {
            tx.commit().await?;
            cx.go("/policy", "The setting is changed from that day on.")
        }
        Err(store::Error::Refused { field, words }) => {
            drop(tx);
            let field = if which.fields.iter().any(|(name, _, _)| *name == field) || field == "source" { field } else { which.fields[0].0 };
            form.error(field, words);
            page(&cx, which, Some(&form)).await
        }
        Err(other) => Err(other.into()),
    }
}

/// The value as it is stored; what is wrong is said beside its field.
fn value(which: &SettingForm, form: &mut Form) -> Option<String> {
    match which.key {
        Key::Band => {
            let [lower, upper, red] =
                ["lower", "upper", "red_above"].map(|field| form.whole_number(field, 1..=200, "the number of children"));
            Some(serde_json::json!({ "lower": lower?, "upper": upper?, "red_above": red? }).to_string())
        }
        Key::OfficeHours => {
            let [opens, closes] = ["opens", "closes"].map(|field| time(form, field));
            Some(serde_json::json!({ "opens": opens?, "closes": closes? }).to_string())
        }
        Key::BreakGlassHours => form.whole_number("value", 1..=24, "the hours").map(|n| n.to_string()),
        Key::ExpectedWeeks => form.whole_number("value", 1..=520, "the weeks").map(|n| n.to_string()),
        Key::MoveDays => form.whole_number("value", 1..=365, "the days").map(|n| n.to_string()),
        Key::SignOff => form.choice("value", &["not_needed", "manager"].map(|v| (v, v.to_owned())), "Choose who decides"),
        Key::Complaints => Some(form.text("value", 1..=400, "Enter where a complaint goes")).filter(|text| !text.is_empty()),
        _ => Some(form.text("value", 1..=40, "Enter a telephone number")).filter(|text| !text.is_empty()),
    }
}

fn time(form: &mut Form, field: &str) -> Option<Time> {
    let typed = form.raw(field);
    let found = typed
        .replace('.', ":")
        .split_once(':')
        .and_then(|(hour, minute)| Time::new(hour.trim().parse().ok()?, minute.trim().parse().ok()?, 0, 0).ok());
    if found.is_none() {
        form.error(field, "Enter a time, like 08:45");
    }
    found
}
