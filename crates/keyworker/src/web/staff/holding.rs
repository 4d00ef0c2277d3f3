//! Who may hold which kind of case, as it is today and as it will be: shown to everyone, with where each line comes from;
//! changed by those who change policy, from a day on.

use care::{
    access::{Deed, Holding, HoldingRule, Role},
    case_kind::CaseKind,
};
use jiff::civil::Date;
use store::{holding, policy};

use super::{choices, fill_date};
use crate::web::{Context, Outcome, form::Form, govuk, posted::Posted};

pub async fn show(cx: Context) -> Outcome {
    let mut tx = cx.read().await?;
    let (policy, today) = (policy::holding(&mut tx).await?, tx.today());
    let local = holding::local(&mut tx).await?;
    let named = |kind, holding| {
        let fits = |role: &&Role| policy.may_hold(**role, kind, today) == holding;
        Role::ALL.iter().filter(fits).map(|r| r.label()).collect::<Vec<_>>().join(", ")
    };
    let sources = |kind: CaseKind| {
        let mut all: Vec<&str> = Role::ALL.iter().filter_map(|r| policy.rule(*r, kind, today)).map(|r| r.source.as_str()).collect();
        all.sort_unstable();
        all.dedup();
        all.join(". ")
    };
    let rows: Vec<minijinja::Value> = CaseKind::ALL
        .iter()
        .map(|kind| minijinja::context! { kind => kind.label(), alone => named(*kind, Holding::Alone), jointly => named(*kind, Holding::Jointly), sources => sources(*kind) })
        .collect();
    let own: Vec<minijinja::Value> = local
        .iter()
        .map(|l| minijinja::context! {
            role => l.rule.role.label(), kind => l.rule.kind.label(), holding => l.rule.holding.label(), from_on => l.rule.from.to_string(),
            source => l.rule.source.clone(), state => state(&policy, &l.rule, today),
        })
        .collect();
    let data = minijinja::context! { rows, own, changes => cx.roles().iter().any(|r| r.grants(Deed::ChangePolicy)) };
    cx.page(tx, "Who may hold which case", "staff/holding.html", data).await
}

/// Whether a line is in force, to come, or had its place taken by a later one.
fn state(policy: &care::access::HoldingPolicy, rule: &HoldingRule, today: Date) -> &'static str {
    match policy.rule(rule.role, rule.kind, today) {
        _ if rule.from > today => "to_come",
        Some(now) if now == rule => "now",
        _ => "past",
    }
}

pub async fn new(cx: Context) -> Outcome {
    let mut form = Form::default();
    fill_date(&mut form, "from_on", Some(cx.today()));
    page(&cx, &form).await
}

pub async fn set(cx: Context, Posted(mut form): Posted) -> Outcome {
    let Some(rule) = read(&mut form) else { return page(&cx, &form).await };
    let mut tx = cx.write().await?;
    match holding::set(&mut tx, &rule).await {
        Ok(()) => {
            tx.commit().await?;
            cx.go("/policy/holding", "The line is set.")
        }
        Err(e) => {
            drop(tx);
            form.refused(e)?;
            page(&cx, &form).await
        }
    }
}

fn read(form: &mut Form) -> Option<HoldingRule> {
    let roles: Vec<(&str, Role)> = Role::ALL.iter().map(|r| (r.code(), *r)).collect();
    let kinds: Vec<(&str, CaseKind)> = CaseKind::ALL.iter().map(|k| (k.code(), *k)).collect();
    let holdings: Vec<(&str, Holding)> = Holding::ALL.iter().map(|h| (h.code(), *h)).collect();
    let role = form.choice("role", &roles, "Choose a role");
    let kind = form.choice("kind", &kinds, "Choose a kind of case");
    let holding = form.choice("holding", &holdings, "Choose whether they may hold it");
    let from = form.required_date("from_on", "the first day");
    let source = form.text("source", 1..=500, "Enter where this comes from, such as a decision of the director");
    form.is_good().then_some(())?;
    Some(HoldingRule { role: role?, kind: kind?, holding: holding?, from: from?, source })
}

async fn page(cx: &Context, form: &Form) -> Outcome {
    let data = minijinja::context! {
        roles => govuk::value(&choices(Role::ALL, Role::code, Role::label)),
        kinds => govuk::value(&choices(CaseKind::ALL, CaseKind::code, CaseKind::label)),
        holdings => govuk::value(&choices(Holding::ALL, Holding::code, Holding::label)),
    };
    cx.form(cx.read().await?, "Change who may hold a case", "staff/holding_new.html", form, data).await
}
