//! One family: who is in it, what they are to each other, their cases and their story.

use super::{
    ADVISED, ALLOCATED, Borough, Dice, IN_NEED, LOOKED_AFTER, ON_PLANS, adults, cast,
    names::{BOYS, GIRLS, STREETS, SURNAMES},
    story::Telling,
};
use crate::{calendar::add_days, case_kind::CaseKind, chronology::EntryKind};
use jiff::civil::Date;

#[derive(Debug, Clone)]
pub struct Person {
    pub given_name: String,
    pub surname: String,
    pub born_on: Option<Date>,
    pub expected_on: Option<Date>,
    pub sex: &'static str,
    pub ethnicity: &'static str,
    pub language: &'static str,
    pub disability: &'static str,
    pub alert: Option<&'static str>,
    pub restriction: Option<&'static str>,
    pub alias: Option<String>,
}

#[derive(Debug, Clone)]
pub struct Relation {
    /// `one` is the `kind` of `other`, by their places among the people.
    pub one: usize,
    pub other: usize,
    pub kind: &'static str,
    pub responsible: &'static str,
}

#[derive(Debug, Clone)]
pub struct Home {
    pub lines: String,
    pub postcode: String,
}

#[derive(Debug, Clone)]
pub struct Event {
    pub on: Date,
    pub kind: EntryKind,
    pub title: String,
    pub words: String,
    pub worker: usize,
}

impl Event {
    pub fn new(on: Date, kind: EntryKind, title: impl Into<String>, words: impl Into<String>, worker: usize) -> Self {
        Event { on, kind, title: title.into(), words: words.into(), worker }
    }
}

#[derive(Debug, Clone)]
pub struct Status {
    pub kind: &'static str,
    pub code: &'static str,
    pub placement: &'static str,
    pub from_on: Date,
    pub until_on: Option<Date>,
}

pub type Kind = CaseKind;

/// One person's case: open when it has no end.
#[derive(Debug, Clone)]
pub struct Case {
    pub person: usize,
    pub kind: Kind,
    pub team: usize,
    pub worker: Option<usize>,
    /// Who held it before, until when.
    pub before: Option<(usize, Date)>,
    /// Who else has a part in it: worker and part.
    pub others: Vec<(usize, &'static str)>,
    pub opened_on: Date,
    pub closed_on: Option<Date>,
    pub statuses: Vec<Status>,
    pub events: Vec<Event>,
    /// The clocks that run: code and start.
    pub clocks: Vec<(&'static str, Date)>,
    pub new_to_worker: bool,
}

#[derive(Debug, Clone)]
pub struct Family {
    pub no: usize,
    pub people: Vec<Person>,
    pub relations: Vec<Relation>,
    pub home: Home,
    pub cases: Vec<Case>,
}

/// A family whose cases are open: who holds them, and of which kinds they are.
#[derive(Debug, Clone)]
pub struct Open {
    pub team: usize,
    pub worker: Option<usize>,
    pub kinds: Vec<Kind>,
    /// The place in the cast, for the families that have names and stories of their own.
    pub cast: Option<usize>,
}

const LEAVING_CARE: usize = 24;

/// So many children wait for a worker, by team.
const WAITING: &[(usize, usize)] = &[(10, 14), (7, 10), (11, 8), (12, 6)];

/// Every family with open cases: the official numbers of children by kind, shared out over teams and workers.
pub fn plan(borough: &Borough) -> Vec<Open> {
    let mut dice = Dice::new(borough.size.seed, 2);
    let mut left = Left { on_plans: ON_PLANS, looked_after: LOOKED_AFTER };
    let mut all: Vec<Open> = Vec::new();
    for team in borough.teams.iter().filter(|t| t.children > 0) {
        let holders: Vec<usize> = borough.workers.iter().filter(|w| w.team == Some(team.no) && w.holds).map(|w| w.no).collect();
        share(borough, &mut dice, &mut left, team.no, team.children, &holders, &mut all);
    }
    for (team, count) in WAITING {
        share(borough, &mut dice, &mut left, *team, *count, &[], &mut all);
    }
    let waiting: usize = WAITING.iter().map(|(_, n)| n).sum();
    let helpers: Vec<usize> =
        borough.workers.iter().filter(|w| w.team == Some(18) && w.role != crate::access::Role::TeamManager).map(|w| w.no).collect();
    share(borough, &mut dice, &mut left, 18, IN_NEED - ALLOCATED - waiting, &helpers, &mut all);
    cast::take_places(&mut all);
    let advisers: Vec<usize> = borough.workers.iter().filter(|w| w.role == crate::access::Role::PersonalAdviser).map(|w| w.no).collect();
    share(borough, &mut dice, &mut left, LEAVING_CARE, ADVISED, &advisers, &mut all);
    all.extend(adults::plan(borough, &mut dice));
    all
}

struct Left {
    on_plans: usize,
    looked_after: usize,
}

fn share(borough: &Borough, dice: &mut Dice, left: &mut Left, team: usize, count: usize, holders: &[usize], all: &mut Vec<Open>) {
    let mut held: Vec<(usize, i64)> = holders.iter().map(|no| (*no, 0)).collect();
    let mut rest = count;
    while rest > 0 {
        let n = rest.min([1, 1, 2, 2, 3, 4][dice.below(6)]);
        rest -= n;
        let worker = held.iter_mut().min_by_key(|(no, load)| (*load * 1000 / borough.workers[*no].fte_hundredths.max(1), *no));
        let worker = worker.map(|(no, load)| {
            *load += i64::try_from(n).unwrap_or(0);
            *no
        });
        let kinds = (0..n).map(|_| kind(dice, left, borough.teams[team].kind, worker.is_some())).collect();
        all.push(Open { team, worker, kinds, cast: None });
    }
}

fn kind(dice: &mut Dice, left: &mut Left, team: &str, held: bool) -> Kind {
    match team {
        "looked_after" if left.looked_after > 0 => {
            left.looked_after -= 1;
            Kind::LookedAfter
        }
        "safeguarding" if held && left.on_plans > 0 && dice.in_hundred(27) => {
            left.on_plans -= 1;
            Kind::ProtectionPlan
        }
        "safeguarding" if dice.in_hundred(4) => Kind::Section47,
        "assessment" => Kind::Assessment,
        "leaving_care" => Kind::CareLeaver,
        "family_help" => Kind::FamilyHelp,
        _ => Kind::ChildInNeed,
    }
}

/// The family at this place: with open cases by the plan, or with one that closed.
pub fn family(borough: &Borough, no: usize, open: Option<&Open>) -> Family {
    let mut dice = Dice::new(borough.size.seed, 1000 + no as u64);
    if let Some(Open { cast: Some(place), .. }) = open {
        return cast::family(borough, no, *place, open, &mut dice);
    }
    if let Some(open) = open.filter(|open| !open.kinds[0].is_childrens()) {
        return adults::family(borough, no, open, &mut dice);
    }
    let children = open.map_or_else(|| [1, 1, 2, 2, 3][dice.below(5)], |o| o.kinds.len());
    let mut made = people(&mut dice, borough.size.today, children, open.map(|o| o.kinds[0]));
    let cases = cases(borough, &mut dice, &mut made.people, children, open);
    Family { no, people: made.people, relations: made.relations, home: home(&mut dice, no), cases }
}

pub(super) struct People {
    pub people: Vec<Person>,
    pub relations: Vec<Relation>,
}

/// The children first, then their parents.
fn people(dice: &mut Dice, today: Date, children: usize, kind: Option<Kind>) -> People {
    let surname = *dice.pick(SURNAMES);
    let (ethnicity, language) = *dice.pick(BACKGROUNDS);
    let mut people = Vec::new();
    for child in 0..children {
        let years = if kind == Some(Kind::CareLeaver) { dice.between(18, 21) } else { dice.between(0, 16) };
        let born = add_days(today, -(years * 365 + dice.between(10, 350)) + i32::try_from(child).unwrap_or(0));
        people.push(person(dice, surname, Some(born), ethnicity, language));
    }
    let mut relations = Vec::new();
    let mother_born = add_days(today, -dice.between(24 * 365, 44 * 365));
    let mut mother = person(dice, surname, Some(mother_born), ethnicity, language);
    (mother.sex, mother.given_name) = ("female", (*dice.pick(GIRLS)).into());
    let mother_at = people.len();
    people.push(mother);
    relations.extend((0..children).map(|c| Relation { one: mother_at, other: c, kind: "mother", responsible: "yes" }));
    if dice.in_hundred(60) {
        let his_name = if dice.in_hundred(50) { surname } else { *dice.pick(SURNAMES) };
        let his_birth = add_days(mother_born, -dice.between(0, 2000));
        let mut father = person(dice, his_name, Some(his_birth), ethnicity, language);
        (father.sex, father.given_name) = ("male", (*dice.pick(BOYS)).into());
        let at = people.len();
        people.push(father);
        let responsible = if dice.in_hundred(70) { "yes" } else { "unknown" };
        relations.extend((0..children).map(|c| Relation { one: at, other: c, kind: "father", responsible }));
        relations.push(Relation {
            one: mother_at,
            other: at,
            kind: if dice.in_hundred(60) { "partner" } else { "former_partner" },
            responsible: "not_asked",
        });
    }
    People { people, relations }
}

/// Ethnicity as the Department for Education codes it, and a first language.
pub(super) const BACKGROUNDS: &[(&str, &str)] = &[
    ("WBRI", "English"),
    ("WBRI", "English"),
    ("WBRI", "English"),
    ("WBRI", "English"),
    ("WBRI", "English"),
    ("APKN", "Urdu"),
    ("APKN", "English"),
    ("BAFR", "English"),
    ("WOTH", "Polish"),
    ("ABAN", "Bengali"),
    ("MWBC", "English"),
    ("AIND", "Punjabi"),
    ("OOTH", "Arabic"),
    ("BCRB", "English"),
    ("not_asked", "not_asked"),
    ("unknown", "unknown"),
];

pub(super) fn person(dice: &mut Dice, surname: &str, born_on: Option<Date>, ethnicity: &'static str, language: &'static str) -> Person {
    let girl = dice.in_hundred(49);
    let given = if girl { *dice.pick(GIRLS) } else { *dice.pick(BOYS) };
    Person {
        given_name: given.into(),
        surname: surname.into(),
        born_on,
        expected_on: None,
        sex: if girl { "female" } else { "male" },
        ethnicity,
        language,
        disability: if dice.in_hundred(11) { "yes" } else { "not_asked" },
        alert: dice.in_hundred(2).then_some("Large dog, loose in the yard: ring before you visit"),
        restriction: None,
        alias: None,
    }
}

pub(super) fn home(dice: &mut Dice, no: usize) -> Home {
    let letters = b"ABDEFGHJLNPQRSTUWXYZ";
    let at = |n: usize| char::from(letters[n % letters.len()]);
    let postcode = format!("ZZ{} {}{}{}", 1 + no % 19, dice.below(10), at(dice.below(20)), at(dice.below(20)));
    Home { lines: format!("{} {}, Ashmere", dice.between(1, 140), dice.pick(STREETS)), postcode }
}

pub(super) fn cases(borough: &Borough, dice: &mut Dice, people: &mut [Person], children: usize, open: Option<&Open>) -> Vec<Case> {
    (0..children)
        .map(|child| match open {
            Some(open) => open_case(borough, dice, people, child, open, open.kinds[child]),
            None => closed_case(borough, dice, child),
        })
        .collect()
}

pub(super) fn manager(borough: &Borough, team: usize) -> usize {
    use crate::access::Role::{GroupManager, TeamManager};
    borough.workers.iter().find(|w| w.team == Some(team) && matches!(w.role, TeamManager | GroupManager)).map_or(0, |w| w.no)
}

/// Days between visits, and the clock of the visit, by kind.
fn rhythm(kind: Kind) -> (i32, Option<&'static str>) {
    match kind {
        Kind::ProtectionPlan | Kind::Section47 => (11, Some("CP_VISIT")),
        Kind::LookedAfter => (34, Some("LAC_VISIT_6W")),
        Kind::CareLeaver => (48, Some("PA_VISIT")),
        Kind::Assessment => (9, None),
        _ => (21, Some("CIN_VISIT")),
    }
}

fn open_case(borough: &Borough, dice: &mut Dice, people: &mut [Person], child: usize, open: &Open, kind: Kind) -> Case {
    let today = borough.size.today;
    let age = if kind == Kind::Assessment || open.worker.is_none() { dice.between(4, 52) } else { dice.between(40, 900) };
    let born = people[child].born_on.map_or(age, |born| crate::calendar::calendar_days_between(born, today).max(1));
    let opened_on = add_days(today, -age.min(born));
    let manager = manager(borough, open.team);
    let mut events = vec![Event::new(
        opened_on,
        EntryKind::Referral,
        "Referral accepted",
        "The family is worried and asked for help; school agrees.",
        manager,
    )];
    let mut clocks = Vec::new();
    let (every, code) = rhythm(kind);
    if let Some(worker) = open.worker {
        // Some visits are late on purpose: the last one lies further back than the rhythm allows.
        let late = if dice.in_hundred(14) { dice.between(1, 16) } else { -dice.between(1, every - 2) };
        let until = add_days(today, -(every + late).clamp(1, 60)).max(opened_on);
        Telling { dice, from: opened_on, until, every, worker, manager }.tell(&mut events);
        let seen = events.iter().rev().find(|e| e.kind == EntryKind::Visit).map_or(opened_on, |e| e.on);
        clocks.extend(code.map(|code| (code, seen)));
    }
    let statuses = statuses(dice, today, kind, opened_on, &mut events, &mut clocks, manager);
    let new_to_worker = open.worker.is_some() && age < 12;
    let before = (dice.in_hundred(18) && age > 200).then(|| add_days(opened_on, age / 2)).and_then(|on| {
        let colleague = borough.workers.iter().find(|w| w.team == Some(open.team) && w.holds && Some(w.no) != open.worker)?;
        Some((colleague.no, on))
    });
    Case {
        person: child,
        kind,
        team: open.team,
        worker: open.worker,
        before,
        others: reviewers(borough, kind, opened_on),
        opened_on,
        closed_on: None,
        statuses,
        events,
        clocks,
        new_to_worker,
    }
}

/// The reviewing officer of a child who is looked after, and the chair of the conferences about one on a plan.
fn reviewers(borough: &Borough, kind: Kind, opened_on: Date) -> Vec<(usize, &'static str)> {
    use crate::access::Role::{ConferenceChair, IndependentReviewingOfficer};
    let (role, part) = match kind {
        Kind::LookedAfter => (IndependentReviewingOfficer, "reviewing_officer"),
        Kind::ProtectionPlan => (ConferenceChair, "conference_chair"),
        _ => return Vec::new(),
    };
    let all: Vec<usize> = borough.workers.iter().filter(|w| w.role == role).map(|w| w.no).collect();
    let turn = usize::try_from(crate::calendar::calendar_days_between(opened_on, borough.size.today)).unwrap_or(0);
    all.get(turn % all.len().max(1)).map(|no| (*no, part)).into_iter().collect()
}

fn statuses(
    dice: &mut Dice,
    today: Date,
    kind: Kind,
    on: Date,
    events: &mut Vec<Event>,
    clocks: &mut Vec<(&'static str, Date)>,
    manager: usize,
) -> Vec<Status> {
    let status = |kind, code, placement| Status { kind, code, placement, from_on: on, until_on: None };
    let title = |title: &str| Event::new(on, EntryKind::StatusStarted, title, "", manager);
    match kind {
        Kind::ProtectionPlan => {
            events.push(title("On a child protection plan"));
            clocks.push(reviewed(dice, today, on, "RCPC_1", "RCPC_N"));
            vec![status("protection_plan", ["neglect", "emotional", "physical", "sexual"][dice.below(4).min(dice.below(4))], "")]
        }
        Kind::LookedAfter => {
            events.push(title("Looked after"));
            clocks.push(reviewed(dice, today, on, "LAC_REV_1", "LAC_REV_N"));
            vec![status(
                "looked_after",
                ["full_care_order", "accommodated", "interim_care_order"][dice.below(3)],
                ["foster", "foster", "foster_relative", "childrens_home"][dice.below(4)],
            )]
        }
        Kind::Section47 => vec![status("section_47", "", "")],
        Kind::Assessment => {
            clocks.push(("CFA", on));
            vec![status("child_in_need", "", "")]
        }
        Kind::CareLeaver => vec![status("care_leaver", "former_relevant", "")],
        Kind::FamilyHelp => vec![status("family_help", "", "")],
        _ => vec![status("child_in_need", "", "")],
    }
}

/// The clock of the next review: the last was held in the past half year, or none was yet.
fn reviewed(dice: &mut Dice, today: Date, began: Date, first: &'static str, next: &'static str) -> (&'static str, Date) {
    let last = add_days(today, -dice.between(4, 190));
    if last <= add_days(began, 60) { (first, began) } else { (next, last) }
}

/// A case that was closed some time in the years that the borough remembers.
fn closed_case(borough: &Borough, dice: &mut Dice, child: usize) -> Case {
    let span = borough.size.years.max(1) * 365;
    let lasted = dice.between(90, 480).min(span - 20);
    let opened_on = add_days(borough.size.today, -dice.between(lasted + 10, span.max(lasted + 11)));
    let closed_on = add_days(opened_on, lasted);
    let team = 12 + dice.below(5);
    let holders: Vec<usize> = borough.workers.iter().filter(|w| w.team == Some(team) && w.holds).map(|w| w.no).collect();
    let (worker, manager) = (*dice.pick(&holders), manager(borough, team));
    let mut events =
        vec![Event::new(opened_on, EntryKind::Referral, "Referral accepted", "School and family asked for help together.", manager)];
    Telling { dice, from: opened_on, until: closed_on, every: 12, worker, manager }.tell(&mut events);
    events.push(Event::new(
        closed_on,
        EntryKind::ManagementDecision,
        "Case closed",
        "Decided: close. Why: the help is no longer needed and the family knows whom to ring.",
        manager,
    ));
    let status = Status { kind: "child_in_need", code: "", placement: "", from_on: opened_on, until_on: Some(closed_on) };
    Case {
        person: child,
        kind: Kind::ChildInNeed,
        team,
        worker: Some(worker),
        before: None,
        others: Vec::new(),
        opened_on,
        closed_on: Some(closed_on),
        statuses: vec![status],
        events,
        clocks: Vec::new(),
        new_to_worker: false,
    }
}
