use super::*;
use crate::case_kind::CaseKind;
use jiff::civil::date;

fn borough(people: usize) -> Borough {
    Borough::new(Size { people, years: 3, today: date(2026, 11, 23), seed: 1 })
}

#[test]
fn its_size_is_that_of_the_official_figures() {
    let borough = borough(1);
    let (mut open, mut held, mut plans, mut looked_after) = (0, 0, 0, 0);
    let mut advised = 0;
    for case in borough.families().flat_map(|f| f.cases).filter(|c| c.closed_on.is_none() && c.kind.is_childrens()) {
        if case.worker.is_some_and(|w| borough.workers[w].role == crate::access::Role::PersonalAdviser) {
            advised += 1;
            continue;
        }
        open += 1;
        held += usize::from(case.worker.is_some_and(|w| borough.workers[w].holds));
        plans += usize::from(case.kind == CaseKind::ProtectionPlan);
        looked_after += usize::from(case.kind == CaseKind::LookedAfter);
    }
    assert_eq!((open, held, plans, looked_after, advised), (IN_NEED, ALLOCATED, ON_PLANS, LOOKED_AFTER, ADVISED));
    let tenths = |keep: &dyn Fn(&&Worker) -> bool| borough.workers.iter().filter(keep).map(|w| w.fte_hundredths).sum::<i64>() / 100;
    assert_eq!(tenths(&|w| w.holds), 177);
}

#[test]
fn three_teams_are_unequal() {
    let borough = borough(1);
    let for_each_post = |team: usize| {
        let children =
            borough.families().flat_map(|f| f.cases).filter(|c| c.closed_on.is_none() && c.team == team && c.worker.is_some()).count();
        let posts: i64 = borough.workers.iter().filter(|w| w.team == Some(team) && w.holds).map(|w| w.fte_hundredths).sum();
        i64::try_from(children).unwrap() * 1000 / posts
    };
    assert!(for_each_post(10) > 300, "Eastbrook above 30: {}", for_each_post(10));
    assert!(for_each_post(19) < 100, "Fernleigh well below 18: {}", for_each_post(19));
    let millhaven: Vec<&Worker> = borough.workers.iter().filter(|w| w.team == Some(11) && w.holds).collect();
    let agency = millhaven.iter().filter(|w| w.agency).count();
    assert!((2 * agency).abs_diff(millhaven.len()) <= 1, "Millhaven half agency: {agency} of {}", millhaven.len());
}

#[test]
fn the_same_seed_makes_the_same_borough() {
    let told = |b: &Borough| -> Vec<String> { b.families().take(40).map(|f| format!("{f:?}")).collect() };
    assert_eq!(told(&borough(1)), told(&borough(1)));
    assert_ne!(told(&borough(1))[30], format!("{:?}", Borough::new(Size { seed: 2, ..borough(1).size }).families().nth(30).unwrap()));
}

#[test]
fn nothing_happens_before_a_birth_or_after_today() {
    let borough = borough(9000);
    for family in borough.families() {
        for case in &family.cases {
            let born = family.people[case.person].born_on;
            assert!(case.opened_on <= borough.size.today && born.is_none_or(|b| b <= case.opened_on || case.closed_on.is_some()));
            assert!(case.events.iter().all(|e| e.on <= borough.size.today));
        }
    }
}
