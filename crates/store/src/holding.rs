//! Who may hold which kind of case: the council's own lines, dated, each with where it comes from. The policy as a whole
//! is [`crate::policy::holding`].

use care::{
    access::{Holding, HoldingRule, Role},
    case_kind::CaseKind,
};

use crate::{
    At, Day, Error, Result, Tx,
    policy::{self, NewSetting},
    sql,
};

/// A line that the council set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Local {
    pub rule: HoldingRule,
    pub set_by: String,
    pub set_at: At,
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
    if rule.from < tx.today() {
        return Err(Error::refused("from_on", "The first day must be today or later"));
    }
    let key = format!("holding.{}.{}", rule.role.code(), rule.kind.code());
    policy::set(tx, &NewSetting { key, value: rule.holding.code().into(), from_on: rule.from, source: rule.source.clone() }).await
}
