//! New information and urgent referrals that nobody acknowledged: the team's manager hears of it, once. It is enough
//! that one of those who were told has acknowledged it.

use care::{access::Role, timescale::Start};

use super::{alert, alert::To, row::late_after};
use crate::{
    At, Error, Result, Tx, allocation,
    id::{EnquiryId, PersonId, TeamId},
    policy, sql,
    work::Ask,
};

/// A message to the duty of a team that waits, with everybody who was told of the same.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct Unanswered {
    pub enquiry_id: EnquiryId,
    pub person_id: Option<PersonId>,
    pub team_id: TeamId,
    pub kind: String,
    pub told_at: At,
}

/// What should have been acknowledged by now, and of which no manager was told yet.
pub async fn unanswered(tx: &mut Tx) -> Result<Vec<Unanswered>> {
    let waiting: Vec<Unanswered> = sql!(tx, |c| {
        sqlx::query_as(
        "SELECT n.subject_id AS enquiry_id, n.person_id, n.to_team_id AS team_id, n.kind, n.created_at AS told_at FROM notice n
         WHERE n.subject_kind = 'enquiry' AND n.kind IN ('new_information', 'referral_urgent') AND n.must_acknowledge AND n.to_team_id IS NOT NULL AND n.acknowledged_at IS NULL
         AND NOT EXISTS (SELECT 1 FROM notice o WHERE o.subject_kind = 'enquiry' AND o.subject_id = n.subject_id AND COALESCE(o.person_id, '') = COALESCE(n.person_id, '')
           AND (o.kind = 'not_acknowledged' OR (o.kind = n.kind AND o.acknowledged_at IS NOT NULL))) ORDER BY n.created_at, n.id"
    )
    .fetch_all(c)
    })?;
    let (rules, now) = (policy::rules(tx).await?, tx.act().at());
    let mut late = Vec::new();
    for one in waiting {
        let code = if one.kind == "referral_urgent" { "ENQ_URGENT" } else { "INFO_ACK" };
        let due = rules.clocks().due(code, Start::At(one.told_at.0)).map_err(|e| Error::Corrupt(e.to_string()))?;
        if late_after(&due) <= now {
            late.push(one);
        }
    }
    Ok(late)
}

/// Tells the managers; says of how many.
pub async fn escalate(tx: &mut Tx) -> Result<usize> {
    const WORDS: &str =
        "Your team was told of something at the front door, and nobody has acknowledged it in time. Read it, and see that somebody acts.";
    let late = unanswered(tx).await?;
    for one in &late {
        let mut managers = allocation::leaders(tx, &one.team_id, Role::TeamManager).await?;
        if managers.is_empty() {
            managers = allocation::leaders(tx, &one.team_id, Role::GroupManager).await?;
        }
        for manager in &managers {
            alert::tell(tx, To::Worker(manager), "not_acknowledged", &one.enquiry_id, one.person_id.as_ref(), WORDS, Ask::ToAcknowledge)
                .await?;
        }
    }
    Ok(late.len())
}
