//! Who may hold which kind of case: the lines of the law and guidance from `care::access`, and the council's own, dated,
//! each with where it comes from. A line is never changed; a later one takes its place.

use care::{
    access::{Deed, Holding, HoldingPolicy, HoldingRule, Role},
    case_kind::CaseKind,
};
use jiff::civil::Date;

use crate::{At, Day, Error, Result, Tx, audit::Noted, id::fresh, rights, run, sql};

/// A line that the council set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Local {
    pub rule: HoldingRule,
    pub set_by: String,
    pub set_at: At,
}

/// The policy with all its lines, of every date.
pub async fn policy(tx: &mut Tx) -> Result<HoldingPolicy> {
    let mut policy = HoldingPolicy::default();
    policy.rules.extend(local(tx).await?.into_iter().map(|l| l.rule));
    Ok(policy)
}

/// The council's own lines, those in force last first.
pub async fn local(tx: &mut Tx) -> Result<Vec<Local>> {
    let rows: Vec<(String, String, Day, String, String, At)> = sql!(tx, |c| {
        sqlx::query_as(
        "SELECT key, value, from_on, source, set_by, set_at FROM policy_setting WHERE key LIKE 'holding.%' ORDER BY from_on DESC, set_at DESC, id"
    )
    .fetch_all(c)
    })?;
    rows.into_iter().map(read).collect()
}

fn read((key, value, from, source, set_by, set_at): (String, String, Day, String, String, At)) -> Result<Local> {
    let unknown = || Error::Corrupt(format!("policy setting {key} = {value}"));
    let mut parts = key.splitn(3, '.').skip(1);
    let role = parts.next().and_then(Role::from_code).ok_or_else(unknown)?;
    let kind = parts.next().and_then(CaseKind::from_code).ok_or_else(unknown)?;
    let holding = Holding::from_code(&value).ok_or_else(unknown)?;
    Ok(Local { rule: HoldingRule { role, kind, holding, from: from.0, source }, set_by, set_at })
}

/// Sets a line from a day on, which is not past: what was allowed yesterday stays allowed yesterday.
pub async fn set(tx: &mut Tx, rule: &HoldingRule) -> Result<()> {
    rights::require(tx, Deed::ChangePolicy).await?;
    if rule.from < tx.today() {
        return Err(Error::refused("from_on", "The first day must be today or later"));
    }
    if same_day(tx, rule.role, rule.kind, rule.from).await? {
        return Err(Error::refused("from_on", "There is a line for this role and kind of case from that day already"));
    }
    let key = format!("holding.{}.{}", rule.role.code(), rule.kind.code());
    let (by, at) = (tx.act().worker().to_string(), tx.act().at());
    run!(
        tx,
        sqlx::query("INSERT INTO policy_setting (id, key, value, from_on, source, set_by, set_at) VALUES ($1,$2,$3,$4,$5,$6,$7)")
            .bind(fresh())
            .bind(&key)
            .bind(rule.holding.code())
            .bind(Day(rule.from))
            .bind(&rule.source)
            .bind(by)
            .bind(at)
    )?;
    tx.note(Noted::new("policy.set", "policy", &key).because(format!("{} from {}", rule.holding.code(), rule.from)));
    Ok(())
}

async fn same_day(tx: &mut Tx, role: Role, kind: CaseKind, from: Date) -> Result<bool> {
    Ok(local(tx).await?.iter().any(|l| l.rule.role == role && l.rule.kind == kind && l.rule.from == from))
}
