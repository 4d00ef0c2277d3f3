//! What came before: earlier enquiries and referrals of somebody, and who in the service knows them. It is read before a
//! decision, because a decision without the history is unsafe.

use care::{
    family::RelationKind,
    front_door::{Earlier, EarlierContact, FanOut, Household, Member, Outcome, Sibling, earlier, fan_out},
    person::Birth,
};
use jiff::civil::Date;

use super::Opened;
use crate::{
    At, Day, Error, Result, Tx,
    id::{EnquiryId, PersonId},
    people, policy, sql,
};

/// An earlier contact about an opened person.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Before {
    pub received_on: Date,
    /// The enquiry, where it is one that this house recorded.
    pub enquiry_id: Option<EnquiryId>,
    pub enquirer_kind: String,
    /// `None` while it is open.
    pub outcome: Option<String>,
    pub reason: Option<String>,
}

/// Id, first receipt, who made it, outcome, reason, state.
type EnquiryRow = (EnquiryId, At, String, Option<String>, Option<String>, String);

/// Earlier enquiries about an opened person and referrals read from files, newest first; the enquiry at hand is not among
/// them.
pub async fn before(tx: &mut Tx, person: &people::Opened, opened: &Opened) -> Result<Vec<Before>> {
    let enquiries: Vec<EnquiryRow> = sql!(tx, |c| {
        sqlx::query_as(
        "SELECT DISTINCT e.id, e.received_at, e.enquirer_kind, e.outcome, e.reason, e.state FROM enquiry e JOIN enquiry_person p ON p.enquiry_id = e.id
         WHERE p.person_id = $1 AND p.removed_at IS NULL AND e.id <> $2 AND e.state <> 'withdrawn' AND e.received_at <= $3"
    )
    .bind(person.id())
    .bind(opened.id())
    .bind(opened.enquiry.received_at)
    .fetch_all(c)
    })?;
    let referrals: Vec<(Day, String, String, String)> = sql!(tx, |c| sqlx::query_as(
        "SELECT received_on, enquirer_kind, outcome, reason FROM referral WHERE person_id = $1 AND enquiry_id IS NULL"
    )
    .bind(person.id())
    .fetch_all(c))?;
    let mut all: Vec<Before> = enquiries
        .into_iter()
        .map(|(id, received_at, enquirer_kind, outcome, reason, state)| Before {
            received_on: care::calendar::london(received_at.0).date(),
            enquiry_id: Some(id),
            enquirer_kind,
            outcome: outcome.filter(|_| state == "decided"),
            reason,
        })
        .collect();
    all.extend(referrals.into_iter().map(|(on, enquirer_kind, outcome, reason)| Before {
        received_on: on.0,
        enquiry_id: None,
        enquirer_kind,
        outcome: Some(outcome),
        reason: Some(reason),
    }));
    all.sort_by(|a, b| b.received_on.cmp(&a.received_on).then_with(|| b.enquiry_id.cmp(&a.enquiry_id)));
    Ok(all)
}

/// What those earlier contacts say: a re-referral within twelve months, a repeat within 28 days.
pub async fn said_by(tx: &mut Tx, before: &[Before], received_on: Date) -> Result<Earlier> {
    let rules = policy::rules(tx).await?;
    let contacts: Vec<EarlierContact> =
        before.iter().map(|b| EarlierContact { received_on: b.received_on, outcome: b.outcome.as_deref().map(outcome_of) }).collect();
    earlier(&contacts, received_on, &rules.clocks()).map_err(|e| Error::Corrupt(e.to_string()))
}

/// A referral that was read from a file is a referral, whatever that file calls it.
fn outcome_of(code: &str) -> Outcome {
    Outcome::from_code(code).unwrap_or(Outcome::ChildrensReferral)
}

/// The other children whom an enquiry about an opened person may concern, those to include first.
pub async fn kin(tx: &mut Tx, person: &people::Opened) -> Result<Vec<(people::Known, FanOut<PersonId>)>> {
    let today = tx.today();
    let around = people::around(tx, person).await?;
    let me = person.id();
    let now = |until: Option<Day>| until.is_none_or(|day| day.0 >= today);
    let homes: Vec<_> = around.members.iter().filter(|m| m.person_id == *me && now(m.until_on)).map(|m| &m.household_id).collect();
    let at_home = |id: &PersonId| around.members.iter().any(|m| m.person_id == *id && now(m.until_on) && homes.contains(&&m.household_id));
    let has_home = |id: &PersonId| around.members.iter().any(|m| m.person_id == *id && now(m.until_on));
    let parents_of = |id: &PersonId| -> Vec<&PersonId> {
        around.relations.iter().filter(|r| r.other_id == *id && is_parent(&r.kind)).map(|r| &r.person_id).collect()
    };
    let mine = parents_of(me);
    let sibling = |id: &PersonId| {
        let said = around.relations.iter().any(|r| {
            matches!(RelationKind::from_code(&r.kind), Some(RelationKind::Sibling | RelationKind::HalfSibling | RelationKind::StepSibling))
                && ((r.person_id == *me && r.other_id == *id) || (r.other_id == *me && r.person_id == *id))
        });
        said || parents_of(id).iter().any(|p| mine.contains(p))
    };
    let member = |known: &people::Known| Member {
        person: known.id.clone(),
        birth: birth(known),
        died_on: known.died_on.map(|d| d.0),
        same_household: match (at_home(&known.id), has_home(&known.id)) {
            (true, _) => Household::Same,
            (false, true) => Household::Other,
            (false, false) => Household::NotKnown,
        },
        sibling: if sibling(&known.id) { Sibling::Yes } else { Sibling::No },
    };
    let members: Vec<Member<PersonId>> = around.people.iter().filter(|p| p.id != *me).map(member).collect();
    let found = fan_out(&members, today);
    Ok(found.into_iter().filter_map(|f| Some((around.people.iter().find(|p| p.id == f.person)?.clone(), f))).collect())
}

fn is_parent(kind: &str) -> bool {
    RelationKind::from_code(kind).is_some_and(|kind| kind.tie() == care::family::Tie::Parent)
}

fn birth(known: &people::Known) -> Birth {
    match (known.born_on, known.expected_on) {
        (Some(born), _) => Birth::BornOn(born.0),
        (None, Some(expected)) => Birth::ExpectedOn(expected.0),
        (None, None) => Birth::NotKnown,
    }
}
