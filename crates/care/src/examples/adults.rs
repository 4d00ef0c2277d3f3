//! Adults with care and support, in proportion to the borough's children: whom they live with, who holds their case, and
//! when their plan was last looked at. No official figure of their number is at hand; theirs is one of ours.

use super::{
    Borough, Dice,
    family::{BACKGROUNDS, Case, Event, Family, Open, Person, Relation, home, manager, person},
    names::SURNAMES,
};
use crate::{access::Role, calendar::add_days, case_kind::CaseKind, chronology::EntryKind};
use jiff::civil::Date;

/// Team, how many people each full-time worker of it holds, how many wait.
const HELD: &[(usize, i64, usize)] = &[(26, 21, 6), (27, 22, 9), (28, 24, 31)];

/// Open cases of the adults' teams, one person each.
pub(super) fn plan(borough: &Borough, dice: &mut Dice) -> Vec<Open> {
    let mut all = Vec::new();
    for (team, each, waiting) in HELD {
        let workers = borough.workers.iter().filter(|w| w.team == Some(*team) && w.role != Role::TeamManager);
        for worker in workers {
            let count = each * worker.fte_hundredths / 100 + i64::from(dice.between(-3, 3));
            all.extend((0..count).map(|_| open(dice, *team, Some(worker.no))));
        }
        all.extend((0..*waiting).map(|_| open(dice, *team, None)));
    }
    all
}

fn open(dice: &mut Dice, team: usize, worker: Option<usize>) -> Open {
    use CaseKind::{AdultSafeguarding, AdultSupport, Carer, OccupationalTherapy};
    let kind = match team {
        28 => OccupationalTherapy,
        _ => [AdultSupport, AdultSupport, AdultSupport, AdultSupport, AdultSafeguarding, Carer][dice.below(6)],
    };
    Open { team, worker, kinds: vec![kind], cast: None }
}

/// One adult, and whoever lives with them.
pub(super) fn family(borough: &Borough, no: usize, open: &Open, dice: &mut Dice) -> Family {
    let today = borough.size.today;
    let surname = *dice.pick(SURNAMES);
    let (ethnicity, language) = *dice.pick(BACKGROUNDS);
    let years = if dice.in_hundred(70) { dice.between(66, 97) } else { dice.between(19, 65) };
    let born = |dice: &mut Dice, years: i32| Some(add_days(today, -(years * 365 + dice.between(5, 360))));
    let birth = born(dice, years);
    let mut people: Vec<Person> = vec![Person { disability: "yes", ..person(dice, surname, birth, ethnicity, language) }];
    let mut relations = Vec::new();
    if dice.in_hundred(55) {
        let (kind, age) = if years < 40 || dice.in_hundred(45) { ("partner", years) } else { ("child", (years - 28).max(19)) };
        let birth = born(dice, age);
        people.push(person(dice, surname, birth, ethnicity, language));
        relations.push(Relation { one: 1, other: 0, kind, responsible: "not_asked" });
    }
    let case = case(borough, dice, open);
    Family { no, people, relations, home: home(dice, no), cases: vec![case] }
}

fn case(borough: &Borough, dice: &mut Dice, open: &Open) -> Case {
    let today = borough.size.today;
    let kind = open.kinds[0];
    let age = match (open.worker, kind) {
        (None, CaseKind::OccupationalTherapy) => dice.between(8, 210),
        (None, _) => dice.between(2, 30),
        (_, CaseKind::AdultSafeguarding) => dice.between(3, 70),
        _ => dice.between(20, 380 * borough.size.years.max(1)),
    };
    let opened_on = add_days(today, -age);
    let manager = manager(borough, open.team);
    let mut events = vec![Event::new(opened_on, EntryKind::Referral, "Request for support", *dice.pick(ASKED), manager)];
    let last = match open.worker {
        Some(worker) => tell(dice, opened_on, today, worker, manager, &mut events),
        None => None,
    };
    let clocks = match (kind, open.worker, last) {
        (CaseKind::AdultSafeguarding, ..) => vec![("S42_STRATEGY", opened_on)],
        (_, None, _) => vec![("ADULT_ASSESSMENT", opened_on)],
        (CaseKind::AdultSupport | CaseKind::Carer, _, Some(reviewed)) => vec![("ADULT_REVIEW_N", reviewed)],
        _ => vec![("ADULT_REVIEW_1", opened_on)],
    };
    let status = super::Status { kind: "adult_support", code: "", placement: "", from_on: opened_on, until_on: None };
    Case {
        person: 0,
        kind,
        team: open.team,
        worker: open.worker,
        before: None,
        others: Vec::new(),
        opened_on,
        closed_on: None,
        statuses: vec![status],
        events,
        clocks: if kind == CaseKind::AdultSafeguarding && age > 5 { Vec::new() } else { clocks },
        new_to_worker: open.worker.is_some() && age < 6,
    }
}

/// Contacts about every seven weeks and a review about once a year; the day of the last review.
fn tell(dice: &mut Dice, from: Date, today: Date, worker: usize, manager: usize, events: &mut Vec<Event>) -> Option<Date> {
    let (mut day, mut reviewed, mut count) = (add_days(from, dice.between(2, 20)), None, 0);
    while day <= today {
        count += 1;
        if count % 8 == 0 {
            events.push(Event::new(day, EntryKind::Review, "Review of the care and support plan", *dice.pick(REVIEWED), worker));
            reviewed = Some(day);
        } else {
            events.push(Event::new(day, EntryKind::CaseNote, "Case note", *dice.pick(TOLD), worker));
        }
        if count % 6 == 0 {
            let words = "Decided: keep the package as it is. Why: it does what was agreed, and the carer has had a break.";
            events.push(Event::new(day, EntryKind::Supervision, "Case supervision", words, manager));
        }
        day = add_days(day, dice.between(34, 64));
    }
    reviewed
}

const ASKED: &[&str] = &[
    "Daughter rang: two falls since the summer, the stairs are the worry.",
    "The surgery asks for an assessment; he lives alone and has stopped cooking.",
    "Asked for help with washing and dressing after the hospital.",
    "His wife cares for him day and night and asks for a break.",
    "A neighbour is worried: post on the mat, curtains drawn, thinner than at Easter.",
];
const TOLD: &[&str] = &[
    "Home care rang: the morning call came an hour late twice this week. Asked them to ring her when that happens.",
    "Spoke with her about the day centre: likes Tuesdays, not the bus.",
    "The grab rails are up; the bath board is on order.",
    "Son rang about the money form; sent it again in large print.",
    "Visited: in good spirits, walks to the gate with the frame. Wants to go to the club again.",
    "Pendant alarm tested with him. He wears it now.",
    "Carer's hours talked through: she would rather have one long break than two short ones.",
];
const REVIEWED: &[&str] = &[
    "The plan still fits. What matters most to her: staying in her own home and seeing her sister on Sundays.",
    "One call less a day at his own wish; look again in eight weeks.",
    "More help at night asked for; taken to the panel.",
];
