//! What a manager must see before a worker is given a case: what makes it impossible, what must be decided with a
//! reason, and what is only good to know.

use super::{Agency, Band, BandPolicy, Candidate, Placing};
use crate::{
    access::{Conflict, Holding, HoldingPolicy, Role},
    words,
};

/// How much a concern weighs. A case that must have a worker is never refused for a full caseload.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gravity {
    Know,
    /// The manager says why all the same.
    Decide,
    Stops,
}

/// One thing to see, in the words of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Concern {
    pub gravity: Gravity,
    pub words: String,
}

/// Everything about giving this case to this worker, the gravest first.
pub fn concerns<W>(candidate: &Candidate<W>, placing: &Placing, holding: &HoldingPolicy, band: &BandPolicy) -> Vec<Concern> {
    let mut found: Vec<Concern> = [
        second_primary(placing),
        left(candidate, placing),
        conflict(candidate),
        agency(candidate, placing),
        away(candidate, placing),
        load(candidate, placing, band),
    ]
    .into_iter()
    .flatten()
    .chain(suitability(candidate, placing, holding))
    .collect();
    found.sort_by_key(|concern| std::cmp::Reverse(concern.gravity));
    found
}

fn concern(gravity: Gravity, words: String) -> Option<Concern> {
    Some(Concern { gravity, words })
}

fn second_primary(placing: &Placing) -> Option<Concern> {
    let holder = placing.present_worker.as_ref()?;
    concern(Gravity::Stops, format!("{holder} holds this case. End that allocation or transfer it first"))
}

fn left<W>(candidate: &Candidate<W>, placing: &Placing) -> Option<Concern> {
    let last = candidate.dates.last_working_day?;
    let name = &candidate.name;
    let day = words::date(last);
    match (last < placing.from, placing.needed_until.is_some_and(|until| last < until)) {
        (true, _) => concern(Gravity::Stops, format!("{name} left; the last working day was {day}")),
        (_, true) => concern(Gravity::Decide, format!("{name} leaves on {day}, before this work is likely to end")),
        _ => concern(Gravity::Know, format!("{name} leaves on {day}")),
    }
}

fn conflict<W>(candidate: &Candidate<W>) -> Option<Concern> {
    let Conflict::Declared(kind) = candidate.conflict else {
        return None;
    };
    concern(Gravity::Stops, format!("Conflict of interest: {}", kind.label().to_lowercase()))
}

fn agency<W>(candidate: &Candidate<W>, placing: &Placing) -> Option<Concern> {
    let Agency::Agency { ends_on: Some(ends) } = candidate.agency else {
        return None;
    };
    let day = words::date(ends);
    match (ends < placing.from, placing.needed_until.is_some_and(|until| ends < until)) {
        (true, _) => concern(Gravity::Stops, format!("The agency assignment ended on {day}")),
        (_, true) => concern(Gravity::Decide, format!("The agency assignment ends on {day}, before this work is likely to end")),
        _ => None,
    }
}

fn away<W>(candidate: &Candidate<W>, placing: &Placing) -> Option<Concern> {
    let coming = candidate.dates.absences.iter().filter(|away| away.until.is_none_or(|until| until >= placing.from));
    let away = coming.min_by_key(|away| away.from)?;
    let gravity = match placing.first_visit_by {
        _ if away.holds(placing.from) => Gravity::Decide,
        Some(visit) if away.holds(visit) => Gravity::Decide,
        _ => Gravity::Know,
    };
    concern(gravity, format!("{} is {}", candidate.name, away.words()))
}

fn load<W>(candidate: &Candidate<W>, placing: &Placing, band: &BandPolicy) -> Option<Concern> {
    let after = candidate.now.with(placing.children);
    let said = band.words(after);
    match band.band(after) {
        Band::Within | Band::Unguided => None,
        Band::Above => concern(Gravity::Know, format!("Would be {said}")),
        Band::Red => concern(Gravity::Decide, format!("Would be {said}: the group manager decides")),
        Band::NoCapacity => concern(Gravity::Decide, words::capital(&said)),
    }
}

/// What the worker's roles may hold, for each kind of work that the case is.
fn suitability<W>(candidate: &Candidate<W>, placing: &Placing, holding: &HoldingPolicy) -> Vec<Concern> {
    let newly = candidate.roles.contains(&Role::NewlyQualifiedSocialWorker);
    let who = if newly { "a newly qualified social worker" } else { "this worker's role" };
    let judge = |kind: &crate::case_kind::CaseKind| {
        let label = kind.label().to_lowercase();
        match holding.may_any_hold(&candidate.roles, *kind, placing.from) {
            Holding::Alone => None,
            Holding::Jointly => {
                concern(Gravity::Decide, format!("{label}: {who} may hold this only jointly; name an experienced co-worker"))
            }
            Holding::Not => concern(Gravity::Stops, format!("{label}: {who} may not hold this")),
        }
    };
    let mut found: Vec<Concern> = placing.kinds.iter().filter_map(judge).collect();
    found.iter_mut().for_each(|concern| concern.words = words::capital(&concern.words));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        access::ConflictKind,
        allocation::{Absence, Caseload, Fte, WorkerDates},
        case_kind::CaseKind,
    };
    use jiff::civil::{Date, date};

    const TODAY: Date = date(2026, 11, 23);

    fn priya() -> Candidate<&'static str> {
        Candidate {
            worker: "w1",
            name: "Priya".into(),
            roles: vec![Role::SocialWorker],
            now: Caseload::new(16, Fte::FULL),
            agency: Agency::Employee,
            dates: WorkerDates::default(),
            conflict: Conflict::NoneDeclared,
            ties: vec![],
        }
    }

    fn placing(kind: CaseKind) -> Placing {
        Placing {
            children: 1,
            kinds: vec![kind],
            from: TODAY,
            needed_until: Some(date(2027, 2, 23)),
            first_visit_by: Some(date(2026, 11, 30)),
            present_worker: None,
        }
    }

    fn said(candidate: Candidate<&str>, placing: Placing) -> Vec<(Gravity, String)> {
        let found = concerns(&candidate, &placing, &HoldingPolicy::default(), &BandPolicy::default());
        found.into_iter().map(|concern| (concern.gravity, concern.words)).collect()
    }

    #[test]
    fn names_every_concern() {
        use Gravity::*;
        let dates = |last: Option<Date>, away: Option<(Date, Option<Date>)>| WorkerDates {
            last_working_day: last,
            absences: away.into_iter().map(|(from, until)| Absence { from, until }).collect(),
        };
        let agency = |ends| Agency::Agency { ends_on: Some(ends) };
        let newly = vec![Role::NewlyQualifiedSocialWorker];
        let plan = placing(CaseKind::ProtectionPlan);
        let need = placing(CaseKind::ChildInNeed);
        for (candidate, placing, expected) in [
            (priya(), need.clone(), None),
            (
                priya(),
                Placing { present_worker: Some("Sam".into()), ..need.clone() },
                Some((Stops, "Sam holds this case. End that allocation or transfer it first")),
            ),
            (
                Candidate { dates: dates(Some(date(2026, 11, 22)), None), ..priya() },
                need.clone(),
                Some((Stops, "Priya left; the last working day was 22 November 2026")),
            ),
            (
                Candidate { dates: dates(Some(date(2026, 12, 31)), None), ..priya() },
                need.clone(),
                Some((Decide, "Priya leaves on 31 December 2026, before this work is likely to end")),
            ),
            (
                Candidate { conflict: Conflict::Declared(ConflictKind::Relative), ..priya() },
                need.clone(),
                Some((Stops, "Conflict of interest: related to the person or family")),
            ),
            (
                Candidate { agency: agency(date(2027, 1, 8)), ..priya() },
                need.clone(),
                Some((Decide, "The agency assignment ends on 8 January 2027, before this work is likely to end")),
            ),
            (Candidate { agency: agency(date(2027, 3, 8)), ..priya() }, need.clone(), None),
            (
                Candidate { dates: dates(None, Some((date(2026, 11, 28), Some(date(2026, 12, 4))))), ..priya() },
                need.clone(),
                Some((Decide, "Priya is away from 28 November 2026, back after 4 December 2026")),
            ),
            (
                Candidate { dates: dates(None, Some((date(2026, 12, 21), Some(date(2027, 1, 2))))), ..priya() },
                need.clone(),
                Some((Know, "Priya is away from 21 December 2026, back after 2 January 2027")),
            ),
            (
                Candidate { roles: newly.clone(), ..priya() },
                plan.clone(),
                Some((
                    Decide,
                    "Child protection plan: a newly qualified social worker may hold this only jointly; name an \
                     experienced co-worker",
                )),
            ),
            (Candidate { roles: newly, ..priya() }, need.clone(), None),
            (
                Candidate { roles: vec![Role::FamilySupportWorker], ..priya() },
                plan,
                Some((Stops, "Child protection plan: this worker's role may not hold this")),
            ),
            (Candidate { now: Caseload::new(22, Fte::FULL), ..priya() }, need.clone(), Some((Know, "Would be above the guideline of 22"))),
            (
                Candidate { now: Caseload::new(30, Fte::FULL), ..priya() },
                need.clone(),
                Some((Decide, "Would be above 30, in the red, against a guideline of 22: the group manager decides")),
            ),
            (Candidate { now: Caseload::new(11, Fte::NONE), ..priya() }, need, Some((Decide, "No capacity, 12 children uncovered"))),
        ] {
            let expected: Vec<_> = expected.into_iter().map(|(gravity, words)| (gravity, words.to_owned())).collect();
            assert_eq!(said(candidate, placing), expected);
        }
    }

    #[test]
    fn reads_the_gravest_first() {
        let candidate =
            Candidate { conflict: Conflict::Declared(ConflictKind::PersonsRequest), now: Caseload::new(40, Fte::FULL), ..priya() };
        let gravities: Vec<Gravity> = said(candidate, placing(CaseKind::ChildInNeed)).into_iter().map(|(gravity, _)| gravity).collect();
        assert_eq!(gravities, [Gravity::Stops, Gravity::Decide]);
    }
}
