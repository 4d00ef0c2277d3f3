//! Which clocks a status by hand starts, moves on and ends. A visit or review that is known to have been held starts the
//! next one from its day; a next day that somebody set stands as it was set.

use care::{
    statuses::StatusKind,
    timescale::{self, LOOKED_AFTER_VISITS, PlacementDates, Start, after_visit},
};
use jiff::{ToSpan, civil::Date};
use store::{
    Tx, dues,
    people::{self, Opened},
    record,
};

use super::statuses::Known;
use crate::web::Problem;

/// The clocks of one kind of status, by their codes in the register.
struct Clocks {
    /// What is due once, from the first day.
    once: &'static [&'static str],
    /// The first visit; what follows it, the register says.
    visit: Option<&'static str>,
    /// The first review and the later ones.
    review: Option<(&'static str, &'static str)>,
}

const fn of(kind: StatusKind) -> Clocks {
    let none = Clocks { once: &[], visit: None, review: None };
    match kind {
        StatusKind::ChildInNeed => Clocks { visit: Some("CIN_VISIT"), ..none },
        StatusKind::ProtectionPlan => Clocks { once: &["CORE_1"], visit: Some("CP_VISIT"), review: Some(("RCPC_1", "RCPC_N")) },
        StatusKind::Section47 => Clocks { once: &["ICPC"], ..none },
        StatusKind::LookedAfter => {
            Clocks { once: &["CARE_PLAN", "HEALTH_1", "PEP_1"], visit: Some("LAC_VISIT_FIRST"), review: Some(("LAC_REV_1", "LAC_REV_N")) }
        }
        StatusKind::PrivatelyFostered => Clocks { visit: Some("PF_VISIT_1"), ..none },
        StatusKind::CareLeaver => {
            Clocks { once: &["PATHWAY_NEEDS"], visit: Some("PA_VISIT"), review: Some(("PATHWAY_REVIEW", "PATHWAY_REVIEW")) }
        }
        StatusKind::Proceedings => Clocks { once: &["PROCEEDINGS"], ..none },
        StatusKind::AdultSupport => Clocks { review: Some(("ADULT_REVIEW_1", "ADULT_REVIEW_N")), ..none },
        StatusKind::PreBirth | StatusKind::FamilyHelp => none,
    }
}

/// A status begins: its clocks run. What is due once counts as done where a later visit or review is known.
pub async fn begin(tx: &mut Tx, person: &Opened, kind: StatusKind, from_on: Date, known: &Known) -> Result<(), Problem> {
    let clocks = of(kind);
    if known.last_visit_on.is_none() && known.last_review_on.is_none() {
        for code in clocks.once {
            dues::open(tx, &dues::About::person(person.id()), code, Start::On(from_on)).await?;
        }
    }
    visits(tx, person, &clocks, from_on, known).await?;
    reviews(tx, person, &clocks, from_on, known).await
}

/// Other days are known than before: the clocks that follow from them run anew, and no others.
pub async fn renew(tx: &mut Tx, person: &Opened, kind: StatusKind, from_on: Date, before: &Known, now: &Known) -> Result<(), Problem> {
    let clocks = of(kind);
    let visiting = |k: &Known| (k.last_visit_on, k.next_visit_on, k.placed_on, k.regime());
    let reviewed = before.last_review_on.is_some() != now.last_review_on.is_some();
    if visiting(before) != visiting(now) || (kind == StatusKind::LookedAfter && reviewed) {
        visits(tx, person, &clocks, from_on, now).await?;
    }
    if (before.last_review_on, before.next_review_on) != (now.last_review_on, now.next_review_on) {
        reviews(tx, person, &clocks, from_on, now).await?;
    }
    Ok(())
}

/// The status is over, and its clocks with it.
pub async fn end(tx: &mut Tx, person: &Opened, kind: StatusKind) -> Result<(), Problem> {
    let clocks = of(kind);
    let review = clocks.review.map(|(first, later)| [first, "LAC_REV_2", later]).filter(|_| kind == StatusKind::LookedAfter);
    let review = review.map(Vec::from).unwrap_or_else(|| clocks.review.map(|(first, later)| vec![first, later]).unwrap_or_default());
    for code in clocks.once.iter().copied().chain(chain(clocks.visit)).chain(review) {
        dues::drop_all(tx, &dues::About::person(person.id()), code, "The status ended").await?;
    }
    Ok(())
}

async fn visits(tx: &mut Tx, person: &Opened, clocks: &Clocks, from_on: Date, known: &Known) -> Result<(), Problem> {
    let Some(first) = clocks.visit else { return Ok(()) };
    for code in chain(Some(first)) {
        dues::drop_all(tx, &dues::About::person(person.id()), code, "Other days were recorded").await?;
    }
    // A visit on the record counts as well as one that was typed here.
    let seen = record::last_seen(tx, person).await?.filter(|on| *on >= from_on);
    let last_visit_on = known.last_visit_on.max(seen);
    let placement = PlacementDates { last_visit_on, ..known.placement_dates(from_on) };
    let (code, start) = match last_visit_on {
        _ if first == LOOKED_AFTER_VISITS[0] => (placement.visit_code(), placement.visit_start()),
        Some(last) => (after_visit(first).unwrap_or(first), last),
        None => (first, from_on),
    };
    run(tx, person, code, start, known.next_visit_on).await
}

async fn reviews(tx: &mut Tx, person: &Opened, clocks: &Clocks, from_on: Date, known: &Known) -> Result<(), Problem> {
    let Some((first, later)) = clocks.review else { return Ok(()) };
    for code in [first, "LAC_REV_2", later] {
        dues::drop_all(tx, &dues::About::person(person.id()), code, "Other days were recorded").await?;
    }
    let (code, start) = match known.last_review_on {
        Some(last) if first == "LAC_REV_1" && last <= from_on.saturating_add(8.weeks()) => ("LAC_REV_2", last),
        Some(last) => (later, last),
        None => (first, from_on),
    };
    run(tx, person, code, start, known.next_review_on).await
}

async fn run(tx: &mut Tx, person: &Opened, code: &str, start: Date, set: Option<Date>) -> Result<(), Problem> {
    let about = dues::About::person(person.id());
    match set {
        Some(on) => dues::open_until(tx, &about, code, Start::On(start), on, None).await.map(|_| ())?,
        None => dues::open(tx, &about, code, Start::On(start)).await.map(|_| ())?,
    }
    Ok(())
}

/// The clock that runs from a visit which met one: by the register, or by the placement and how long it has lasted.
pub async fn after(tx: &mut Tx, person: &Opened, met: &str, visited_on: Date) -> Result<Option<&'static str>, Problem> {
    let kind = match met {
        _ if LOOKED_AFTER_VISITS.contains(&met) => StatusKind::LookedAfter,
        _ if met.starts_with("PF_VISIT") => StatusKind::PrivatelyFostered,
        _ => return Ok(after_visit(met)),
    };
    let all = people::statuses(tx, person).await?;
    let Some(status) = all.iter().find(|s| s.kind == kind.code() && s.until_on.is_none()) else { return Ok(after_visit(met)) };
    Ok(Some(match kind {
        StatusKind::LookedAfter => {
            let known = Known { last_visit_on: Some(visited_on), ..Known::of(status) };
            known.placement_dates(status.from_on.0).visit_code()
        }
        _ => timescale::after_private_fostering_visit(status.from_on.0, visited_on),
    }))
}

/// A visiting clock and those that follow it, each once.
fn chain(first: Option<&'static str>) -> Vec<&'static str> {
    if first == Some(LOOKED_AFTER_VISITS[0]) {
        return LOOKED_AFTER_VISITS.to_vec();
    }
    let mut codes = Vec::new();
    let mut next = first;
    while let Some(code) = next.filter(|code| !codes.contains(code)) {
        codes.push(code);
        next = after_visit(code);
    }
    codes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_clock_is_in_the_register() {
        let register = care::timescale::Register::national();
        let today = jiff::civil::date(2026, 5, 14);
        for kind in StatusKind::ALL {
            let clocks = of(*kind);
            let review = clocks.review.map(|(a, b)| vec![a, b]).unwrap_or_default();
            for code in clocks.once.iter().copied().chain(chain(clocks.visit)).chain(review) {
                assert!(register.on(code, today).is_ok(), "{kind}: {code}");
            }
        }
        assert_eq!(chain(Some("PF_VISIT_1")), ["PF_VISIT_1", "PF_VISIT"]);
    }
}
