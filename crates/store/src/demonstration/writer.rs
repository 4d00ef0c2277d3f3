//! Families, their cases and their stories, gathered and sent in the order in which tables point at each other.

use care::{
    chronology::EntryKind,
    examples::{Borough, Case, Family, Person},
    matching::{Known as KnownPerson, KnownName, Place, Standing as NameStanding},
    timescale::{Clocks, Start},
};
use jiff::{Timestamp, civil::Date};

use super::known::{Known, Lately};
use super::{BEGAN, CASE, ENTRY, GUARDIAN, HOME, OTHER, PERSON, Progress, TEAM, WORKER, id};
use crate::{
    Result, Tx,
    bulk::{Cell, Rows},
    id::PersonId,
    run,
    search::Filing,
};

pub(super) struct Writer<'a> {
    pub(super) now: Timestamp,
    pub(super) clocks: Clocks<'a>,
    pub(super) progress: Progress,
    others: usize,
    cases: usize,
    people: Rows,
    names: Rows,
    addresses: Rows,
    alerts: Rows,
    statuses: Rows,
    relations: Rows,
    homes: Rows,
    members: Rows,
    involvements: Rows,
    allocations: Rows,
    pub(super) entries: Rows,
    visits: Rows,
    dues: Rows,
    pub(super) looks: Rows,
    filing: Filing,
    restrict: Vec<(String, &'static str)>,
    pub(super) known: Vec<Known>,
    pub(super) lately: Vec<Lately>,
    pub(super) gathered: [usize; 2],
}

impl<'a> Writer<'a> {
    pub(super) fn begin(now: Timestamp, clocks: Clocks<'a>) -> Self {
        Writer {
            now,
            clocks,
            progress: Progress::default(),
            others: 0,
            cases: 0,
            people: Rows::into(
                "person",
                &[
                    "id",
                    "given_name",
                    "surname",
                    "sort_name",
                    "born_on",
                    "born_about",
                    "expected_on",
                    "sex",
                    "ethnicity",
                    "first_language",
                    "interpreter",
                    "disability",
                    "disability_codes",
                    "source",
                    "recorded_at",
                    "recorded_by",
                    "version",
                ],
            ),
            names: Rows::into("person_name", &["id", "person_id", "kind", "given_name", "surname"]),
            addresses: Rows::into("person_address", &["id", "person_id", "kind", "lines", "postcode", "confidential"]),
            alerts: Rows::into(
                "person_alert",
                &["id", "person_id", "kind", "words", "from_on", "review_on", "told", "recorded_by", "recorded_at"],
            ),
            statuses: Rows::into(
                "person_status",
                &["id", "person_id", "kind", "code", "from_on", "until_on", "facts", "source", "recorded_by", "recorded_at"],
            ),
            relations: Rows::into(
                "relationship",
                &["id", "person_id", "other_id", "kind", "parental_responsibility", "lives_with", "source"],
            ),
            homes: Rows::into("household", &["id", "name", "lines", "postcode"]),
            members: Rows::into("household_member", &["id", "household_id", "person_id"]),
            involvements: Rows::into(
                "involvement",
                &["id", "person_id", "team_id", "kind", "opened_on", "closed_on", "closure_reason", "source", "version"],
            ),
            allocations: Rows::into(
                "allocation",
                &[
                    "id",
                    "involvement_id",
                    "person_id",
                    "worker_id",
                    "part",
                    "state",
                    "from_on",
                    "until_on",
                    "end_cause",
                    "why_this_worker",
                    "what_to_do",
                    "risks_to_worker",
                    "risks_to_child",
                    "allocated_by",
                    "allocated_at",
                    "version",
                ],
            ),
            entries: Rows::into(
                "entry",
                &[
                    "id",
                    "person_id",
                    "kind",
                    "happened_on",
                    "title",
                    "words",
                    "significant",
                    "facts",
                    "source",
                    "recorded_by",
                    "recorded_at",
                ],
            ),
            visits: Rows::into(
                "visit",
                &[
                    "entry_id",
                    "person_id",
                    "worker_id",
                    "visited_on",
                    "outcome",
                    "seen",
                    "seen_alone",
                    "bedroom_seen",
                    "who_was_there",
                    "child_words",
                    "worker_view",
                    "attempts",
                    "reason_not_seen",
                ],
            ),
            dues: Rows::into(
                "due",
                &["id", "person_id", "involvement_id", "subject_kind", "subject_id", "code", "start_on", "due_on", "recorded_at"],
            ),
            looks: Rows::into("unallocated_review", super::waiting::COLUMNS),
            filing: Filing::begin(),
            restrict: Vec::new(),
            known: Vec::new(),
            lately: Vec::new(),
            gathered: [0, 0],
        }
    }

    pub(super) fn other(&mut self) -> Cell {
        self.others += 1;
        Cell::text(id(OTHER, self.others))
    }

    pub(super) fn family(&mut self, borough: &Borough, family: &Family) {
        let first = self.progress.people;
        self.gather(borough, family, first, self.cases);
        let home = id(HOME, family.no);
        let name = format!("{}, {}", family.home.lines, family.home.postcode);
        self.homes.push([Cell::text(&home), Cell::text(name), Cell::text(&family.home.lines), Cell::text(&family.home.postcode)]);
        for person in &family.people {
            self.person(person, family, &home);
        }
        for r in &family.relations {
            let (one, other) = (id(PERSON, first + r.one), id(PERSON, first + r.other));
            let row = [
                self.other(),
                Cell::text(one),
                Cell::text(other),
                Cell::text(r.kind),
                Cell::text(r.responsible),
                Cell::text("not_asked"),
                Cell::text("hand"),
            ];
            self.relations.push(row);
        }
        for case in &family.cases {
            self.case(borough, case, &id(PERSON, first + case.person));
        }
    }

    fn person(&mut self, p: &Person, family: &Family, home: &str) {
        let me = id(PERSON, self.progress.people);
        self.progress.people += 1;
        let sort = care::matching::sort_name(&p.surname, &p.given_name);
        self.people.push([
            Cell::text(&me),
            Cell::text(&p.given_name),
            Cell::text(&p.surname),
            Cell::text(sort),
            Cell::on(p.born_on),
            Cell::No,
            Cell::on(p.expected_on),
            Cell::text(p.sex),
            Cell::text(p.ethnicity),
            Cell::text(p.language),
            Cell::text(if p.language == "English" { "no" } else { "not_asked" }),
            Cell::text(p.disability),
            Cell::text(""),
            Cell::text("hand"),
            Cell::At(self.now),
            Cell::text("system"),
            Cell::Number(1),
        ]);
        let mut known =
            KnownPerson { birth: birth(p), places: Place::read(&family.home.postcode).into_iter().collect(), ..KnownPerson::default() };
        for (kind, surname) in [("current", Some(&p.surname)), ("alias", p.alias.as_ref())] {
            let Some(surname) = surname else { continue };
            let row = [self.other(), Cell::text(&me), Cell::text(kind), Cell::text(&p.given_name), Cell::text(surname)];
            self.names.push(row);
            let standing = if kind == "current" { NameStanding::Present } else { NameStanding::AlsoKnownAs };
            known.names.push(KnownName::read(standing, &p.given_name, surname));
        }
        let row = [
            self.other(),
            Cell::text(&me),
            Cell::text("home"),
            Cell::text(&family.home.lines),
            Cell::text(&family.home.postcode),
            Cell::No,
        ];
        self.addresses.push(row);
        let row = [self.other(), Cell::text(home), Cell::text(&me)];
        self.members.push(row);
        if let Some(words) = p.alert {
            let row = [
                self.other(),
                Cell::text(&me),
                Cell::text("other"),
                Cell::text(words),
                Cell::On(BEGAN),
                Cell::Null,
                Cell::text(""),
                Cell::text("system"),
                Cell::At(self.now),
            ];
            self.alerts.push(row);
        }
        if let Some(level) = p.restriction {
            self.restrict.push((me.clone(), level));
        }
        self.filing.add(&PersonId::from_text(me), &known);
    }

    fn case(&mut self, borough: &Borough, case: &Case, person: &str) {
        let me = id(CASE, self.cases);
        self.cases += 1;
        let closed = case.closed_on.map(|_| "no longer needed");
        let row = [
            Cell::text(&me),
            Cell::text(person),
            Cell::text(id(TEAM, case.team)),
            Cell::text(case.kind.code()),
            Cell::On(case.opened_on),
            Cell::on(case.closed_on),
            Cell::text_or_null(closed),
            Cell::text("hand"),
            Cell::Number(1),
        ];
        self.involvements.push(row);
        self.allocated(borough, case, &me, person);
        if case.worker.is_none() {
            self.waits(borough, case, &me, person);
        }
        for s in &case.statuses {
            let facts = format!("{{\"placement\":\"{}\"}}", s.placement);
            let row = [
                self.other(),
                Cell::text(person),
                Cell::text(s.kind),
                Cell::text(s.code),
                Cell::On(s.from_on),
                Cell::on(s.until_on),
                Cell::text(facts),
                Cell::text("hand"),
                Cell::text("system"),
                Cell::At(self.now),
            ];
            self.statuses.push(row);
        }
        self.events(case, person);
        for (code, start) in &case.clocks {
            let Ok(due) = self.clocks.due(code, Start::On(*start)) else { continue };
            let row = [
                self.other(),
                Cell::text(person),
                Cell::text(&me),
                Cell::text("person"),
                Cell::text(person),
                Cell::text(*code),
                Cell::On(*start),
                Cell::On(due.on),
                Cell::At(self.now),
            ];
            self.dues.push(row);
        }
    }

    fn allocated(&mut self, borough: &Borough, case: &Case, involvement: &str, person: &str) {
        let Some(worker) = case.worker else { return };
        let from = case.before.map_or(case.opened_on, |(_, on)| on);
        let state = if case.closed_on.is_some() {
            "ended"
        } else if case.new_to_worker {
            "offered"
        } else {
            "acknowledged"
        };
        let mut parts = vec![("primary", worker, from, case.closed_on, state, case.closed_on.map(|_| "case_closed"))];
        if let Some((before, until)) = case.before {
            parts.push(("primary", before, case.opened_on, Some(until), "ended", Some("worker_left")));
        }
        parts.extend(case.others.iter().map(|(worker, part)| (*part, *worker, case.opened_on, None, "acknowledged", None)));
        let manager = borough.workers[worker].supervisor.unwrap_or(worker);
        for (part, worker, from, until, state, cause) in parts {
            let row = [
                self.other(),
                Cell::text(involvement),
                Cell::text(person),
                Cell::text(id(WORKER, worker)),
                Cell::text(part),
                Cell::text(state),
                Cell::On(from),
                Cell::on(until),
                Cell::text_or_null(cause),
                Cell::text("Knows the family's part of the borough and has room."),
                Cell::text("See the child within the week and agree the plan with the family."),
                Cell::text(""),
                Cell::text(""),
                Cell::text(id(WORKER, manager)),
                Cell::At(self.now),
                Cell::Number(1),
            ];
            self.allocations.push(row);
        }
    }

    fn events(&mut self, case: &Case, person: &str) {
        for e in &case.events {
            let me = id(ENTRY, self.progress.entries);
            self.progress.entries += 1;
            let significant = if e.kind.is_significant() { Cell::Yes } else { Cell::No };
            let worker = id(WORKER, e.worker);
            let row = [
                Cell::text(&me),
                Cell::text(person),
                Cell::text(e.kind.code()),
                Cell::On(e.on),
                Cell::text(&e.title),
                Cell::text(&e.words),
                significant,
                Cell::text("{}"),
                Cell::text("hand"),
                Cell::text(&worker),
                Cell::At(noon(e.on)),
            ];
            self.entries.push(row);
            let open_visit = case.closed_on.is_none() && matches!(e.kind, EntryKind::Visit | EntryKind::UnsuccessfulVisit);
            if open_visit {
                self.visit(e, &me, person, &worker);
            }
        }
    }

    /// Visits of open cases stand in their own table too, so that "not seen for so many days" is true.
    fn visit(&mut self, e: &care::examples::Event, entry: &str, person: &str, worker: &str) {
        let seen = if e.kind == EntryKind::Visit { "seen" } else { "not_seen" };
        let alone = if e.title.ends_with("alone") { "yes" } else { "not_asked" };
        let (child, view) = e.words.split_once("\n\n").unwrap_or((&e.words, ""));
        let part = |text: &str| text.split_once(": ").map_or(text.to_owned(), |(_, t)| t.to_owned());
        let (child, view) = if seen == "seen" { (part(child), part(view)) } else { Default::default() };
        let (attempts, reason) = if seen == "seen" { (0, "") } else { (2, "nobody_in") };
        let row = [
            Cell::text(entry),
            Cell::text(person),
            Cell::text(worker),
            Cell::On(e.on),
            Cell::text(seen),
            Cell::text(seen),
            Cell::text(alone),
            Cell::text("not_asked"),
            Cell::text(""),
            Cell::text(child),
            Cell::text(view),
            Cell::Number(attempts),
            Cell::text(reason),
        ];
        self.visits.push(row);
    }

    /// Sends what waits, each table after those at which it points.
    pub(super) async fn send(&mut self, tx: &mut Tx) -> Result<()> {
        for rows in [
            &mut self.people,
            &mut self.names,
            &mut self.addresses,
            &mut self.alerts,
            &mut self.statuses,
            &mut self.relations,
            &mut self.homes,
            &mut self.members,
            &mut self.involvements,
            &mut self.allocations,
            &mut self.entries,
            &mut self.visits,
            &mut self.dues,
            &mut self.looks,
        ] {
            rows.send(tx).await?;
        }
        self.filing.send(tx).await
    }

    pub(super) async fn end(mut self, tx: &mut Tx) -> Result<Progress> {
        self.send(tx).await?;
        self.restrictions(tx).await?;
        self.filing.end(tx).await?;
        Ok(self.progress)
    }
}

impl Writer<'_> {
    /// Restricted and hidden records, in the care of information governance and open to the worker who holds them.
    async fn restrictions(&mut self, tx: &mut Tx) -> Result<()> {
        let guardian = id(WORKER, GUARDIAN);
        for (person, level) in std::mem::take(&mut self.restrict) {
            run!(
                tx,
                sqlx::query("INSERT INTO restriction (person_id, level, guardian_id, reason, set_by, set_at) VALUES ($1,$2,$3,'Invented for the demonstration','system',$4)")
                    .bind(&person)
                    .bind(level)
                    .bind(&guardian)
                    .bind(crate::At::cut(self.now))
            )?;
            run!(
                tx,
                sqlx::query("INSERT INTO restriction_list (person_id, worker_id, added_by, added_at) SELECT person_id, worker_id, 'system', $2 FROM allocation WHERE person_id = $1 AND until_on IS NULL")
                    .bind(&person)
                    .bind(crate::At::cut(self.now))
            )?;
        }
        Ok(())
    }
}

pub(super) fn noon(on: Date) -> Timestamp {
    on.at(12, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).map_or(Timestamp::UNIX_EPOCH, |z| z.timestamp())
}

fn birth(p: &Person) -> care::person::Birth {
    match (p.born_on, p.expected_on) {
        (Some(born), _) => care::person::Birth::BornOn(born),
        (None, Some(expected)) => care::person::Birth::ExpectedOn(expected),
        (None, None) => care::person::Birth::NotKnown,
    }
}
