//! Those whom a return is about: people and workers who are new are made; of those who are known, what was not known is
//! filled in. Where the record says otherwise it stands, unless it has what the same return said before; then the
//! return has corrected itself. Every contradiction is flagged. Nobody is merged with anybody.

use std::collections::HashMap;

use care::{
    matching::{Known, number, sort_name},
    person::{Birth, PupilNumber, Sex},
};
use returns::{
    codes::YesNo,
    facts::{Fact, Identity, Post, Record, Subject, WorkerFact},
};

use super::{
    Report,
    intake::{Flag, Intake, file_name},
    our_words::UNKNOWN,
    report::Flagged,
    said::Said,
    tables::yes_or_no,
    there::{self, Whom},
};
use crate::{
    Result, Tx,
    bulk::Cell,
    id::{PersonId, WorkerId, fresh},
};

const CHILD_NUMBER: &str = "la_child_id";
const PUPIL_NUMBER: &str = "upn";
const FORMER_PUPIL_NUMBER: &str = "former_upn";

impl Intake {
    pub(super) async fn meet(
        &mut self,
        tx: &mut Tx,
        order: &[(String, &Record)],
        said: &HashMap<String, Said>,
        before: &HashMap<String, Said>,
        report: &mut Report,
    ) -> Result<()> {
        let known: Vec<PersonId> = order
            .iter()
            .filter_map(|(key, _)| match self.whom.get(key) {
                Some(Whom::Person(person)) => Some(person.clone()),
                _ => None,
            })
            .collect();
        let (rows, numbers) = (there::rows(tx, &known).await?, there::numbers(tx, &known).await?);
        self.look_at(tx, &known).await?;
        let taken = there::pupil_numbers(tx, said.values().filter_map(|said| said.upn.as_deref()).collect()).await?;
        let keys: Vec<String> = order.iter().map(|(key, _)| who(key)).collect();
        let mut flags = there::flags(tx, keys.iter().map(String::as_str).collect()).await?;
        let nothing = Said::default();
        for (key, record) in order {
            let (said, before) = (said.get(key).unwrap_or(&nothing), before.get(key).unwrap_or(&nothing));
            let mut queries = Vec::new();
            match self.whom.get(key).cloned() {
                Some(Whom::Person(person)) => {
                    let empty = Vec::new();
                    let numbers = numbers.get(&person).unwrap_or(&empty);
                    if let Some(row) = rows.get(&person) {
                        queries = self.compare(tx, row, numbers, &record.subject, said, before, &taken).await?;
                    }
                }
                Some(_) => {}
                None => queries = self.make(key, record, said, &taken),
            }
            self.remember(key);
            let person = if let Some(Whom::Person(person)) = self.whom.get(key).cloned() { Some(person) } else { None };
            if let (Some(person), Some(team)) = (&person, &said.team) {
                self.teams.insert(person.clone(), team.clone());
            }
            queries.extend(said.twice.iter().map(|what| said_twice(what)));
            report.flags.extend(queries.iter().map(|flag| flagged(flag, record)));
            let open = flags.remove(&who(key)).unwrap_or_default();
            self.settle_flags(tx, &who(key), open, queries, person.as_ref(), record).await?;
        }
        Ok(())
    }

    async fn look_at(&mut self, tx: &mut Tx, known: &[PersonId]) -> Result<()> {
        let new: Vec<PersonId> = known.iter().filter(|person| self.looked_at.insert((*person).clone())).cloned().collect();
        there::statuses(tx, &new, &mut self.held).await?;
        there::told(tx, &new, &mut self.told).await
    }

    /// From now on this subject is this person or worker, whatever becomes of their numbers.
    fn remember(&mut self, key: &str) {
        let (person, worker) = match self.whom.get(key) {
            Some(Whom::Person(person)) => (Cell::text(person.as_str()), Cell::Null),
            Some(Whom::Worker(worker)) => (Cell::Null, Cell::text(worker.as_str())),
            _ => return,
        };
        if self.subjects_kept.insert(key.to_owned()) {
            self.tables.subjects.push([Cell::text(key), person, worker]);
        }
    }

    fn make(&mut self, key: &str, record: &Record, said: &Said, taken: &HashMap<String, PersonId>) -> Vec<Flag> {
        match &record.subject {
            Subject::Child(identity) => self.child(key, identity, record, said, taken),
            Subject::Worker(number) => {
                self.worker(key, number, record);
                Vec::new()
            }
            Subject::Adopter(_) | Subject::Authority => Vec::new(),
        }
    }

    fn child(&mut self, key: &str, identity: &Identity, record: &Record, said: &Said, taken: &HashMap<String, PersonId>) -> Vec<Flag> {
        let id = PersonId::new();
        let (given, surname) = provisional_name(identity);
        let disability = said.disability.clone().unwrap_or((UNKNOWN, String::new()));
        self.tables.people.push([
            Cell::text(id.as_str()),
            Cell::text(given),
            Cell::text(&surname),
            Cell::text(sort_name(&surname, given)),
            Cell::on(said.born_on),
            Cell::No,
            Cell::on(said.expected_on),
            Cell::on(said.died_on),
            Cell::text(said.sex.unwrap_or(UNKNOWN)),
            Cell::text(said.ethnicity.unwrap_or(UNKNOWN)),
            Cell::text(UNKNOWN),
            Cell::text(UNKNOWN),
            Cell::text(disability.0),
            Cell::text(disability.1),
            Cell::text(&self.source),
            Cell::At(self.at),
            Cell::text(&self.me),
            Cell::Number(1),
        ]);
        let why = "A return gives no names; until somebody enters the name, the number stands in its place.";
        self.tables.unverified.push([
            Cell::text(fresh()),
            Cell::text(id.as_str()),
            Cell::text("Name"),
            Cell::text("none given"),
            Cell::text(why),
            Cell::text(file_name(record)),
            Cell::At(self.at),
        ]);
        let mut numbers = Vec::new();
        if let Identity::LaChildId(number) = identity {
            self.identifier(&id, CHILD_NUMBER, number, true);
            numbers.push(number.clone());
        }
        let upn = said.upn.clone().or_else(|| if let Identity::Upn(number) = identity { Some(number.clone()) } else { None });
        let mut queries = Vec::new();
        if let Some(upn) = upn {
            let other = taken.contains_key(&upn);
            queries.extend(other.then(|| upn_taken(&upn)));
            self.identifier(&id, PUPIL_NUMBER, &upn, !other && PupilNumber::read(&upn).is_ok());
            numbers.push(upn);
        }
        for former in &said.former_upns {
            self.identifier(&id, FORMER_PUPIL_NUMBER, former, PupilNumber::read(former).is_ok());
        }
        self.filing.add(&id, &known(said, &numbers));
        self.whom.insert(key.to_owned(), Whom::Person(id.clone()));
        self.looked_at.insert(id);
        self.new_people += 1;
        queries
    }

    pub(super) fn identifier(&mut self, person: &PersonId, kind: &str, value: &str, verified: bool) {
        let row = [Cell::text(fresh()), Cell::text(person.as_str()), Cell::text(kind), Cell::text(value), yes_or_no(verified)];
        self.tables.identifiers.push(row);
    }

    /// A worker without an account: an import gives nobody a right.
    fn worker(&mut self, key: &str, number: &str, record: &Record) {
        let (id, nothing) = (WorkerId::new(), Post::default());
        let post = post(record).unwrap_or(&nothing);
        let agency = post.agency.as_ref().is_some_and(|answer| answer.is(YesNo::Yes));
        self.tables.workers.push([
            Cell::text(id.as_str()),
            Cell::text("Social worker"),
            Cell::text(number),
            Cell::text(number),
            Cell::text(if agency { "agency" } else { "employee" }),
            Cell::Number(post.fte.map_or(100, |fte| (fte.0 + 5_000).div_euclid(10_000))),
            Cell::on(post.started_on),
            Cell::on(post.ended_on),
            Cell::Number(1),
        ]);
        self.whom.insert(key.to_owned(), Whom::Worker(id));
        self.new_workers += 1;
    }

    /// The post of a worker on the day of a census; what is said of the person stands apart, for human resources.
    pub(super) async fn of_worker(&mut self, tx: &mut Tx, worker: &WorkerId, record: &Record) -> Result<()> {
        let (mut public, mut private) = (Vec::new(), Vec::new());
        let mut on = self.as_at;
        for fact in &record.facts {
            let Fact::Worker(said) = fact else { continue };
            match said {
                WorkerFact::Person { .. } | WorkerFact::Absent { .. } | WorkerFact::Year { .. } => private.push(said),
                WorkerFact::Post(_) => public.push(said),
                WorkerFact::OnDay { on: day, .. } => {
                    on = day.unwrap_or(on);
                    public.push(said);
                }
            }
        }
        let key = &record.key;
        crate::run!(tx, sqlx::query("DELETE FROM worker_post WHERE import_key = $1").bind(key))?;
        self.tables.posts.push([
            Cell::text(fresh()),
            Cell::text(worker.as_str()),
            Cell::On(on),
            Cell::text(serde_json::to_string(&public)?),
            Cell::text(serde_json::to_string(&private)?),
            Cell::text(&record.key),
        ]);
        Ok(())
    }
}

pub(super) fn post(record: &Record) -> Option<&Post> {
    record.facts.iter().find_map(|fact| match fact {
        Fact::Worker(WorkerFact::Post(post)) => Some(post.as_ref()),
        _ => None,
    })
}

/// What the search knows of somebody without a name.
fn known(said: &Said, numbers: &[String]) -> Known {
    Known {
        names: Vec::new(),
        birth: said.born_on.map(Birth::BornOn).or(said.expected_on.map(Birth::ExpectedOn)).unwrap_or_default(),
        sex: said.sex.and_then(Sex::from_code),
        places: Vec::new(),
        numbers: numbers.iter().filter_map(|typed| number(typed)).collect(),
    }
}

/// By what a child is called until somebody enters the name.
fn provisional_name(identity: &Identity) -> (&'static str, String) {
    match identity {
        Identity::LaChildId(number) => ("Child", number.clone()),
        Identity::Upn(number) => ("Child", format!("with pupil number {number}")),
        Identity::Unidentified(_) => ("Child", "without a number".to_owned()),
    }
}

/// Under which key the flags stand that are about who somebody is.
pub(super) fn who(key: &str) -> String {
    format!("who/{key}")
}

pub(super) fn upn_taken(upn: &str) -> Flag {
    Flag {
        code: "number-taken".into(),
        message: "This unique pupil number may be another person's; whose it is has to be found out.".into(),
        value: upn.to_owned(),
    }
}

fn said_twice(what: &str) -> Flag {
    let message = format!("The return gives the {what} in two ways; the first one was taken.");
    Flag { code: "said-in-two-ways".into(), message, value: String::new() }
}

pub(super) fn flagged(flag: &Flag, record: &Record) -> Flagged {
    Flagged {
        file: record.at.file.as_str().into(),
        line: record.at.spot.line,
        column: record.at.spot.column,
        weight: "look".into(),
        code: flag.code.clone(),
        fields: String::new(),
        whose: Some(record.subject.to_string()),
        value: Some(flag.value.clone()).filter(|value| !value.is_empty()),
        message: flag.message.clone(),
    }
}

pub(super) const fn kinds_of_number() -> (&'static str, &'static str, &'static str) {
    (CHILD_NUMBER, PUPIL_NUMBER, FORMER_PUPIL_NUMBER)
}
