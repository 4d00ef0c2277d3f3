//! Taking what a return says into the record: record by record, each stored, amended or already there.

use std::collections::{BTreeSet, HashMap, HashSet};

use jiff::{Timestamp, civil::Date};
use returns::{
    facts::{AsAt, Extract, Fact, Observation, Record, Status, Unit},
    finding::{Finding, Severity},
};

use super::{
    Kind, Report,
    runs::Telling,
    said::Said,
    tables::Tables,
    there::{self, Held, Kept, OpenFlag, Whom, subject_key},
};
use crate::{
    At, Day, Result, Tx,
    bulk::Cell,
    id::{ImportId, PersonId, fresh},
    run as execute,
    search::Filing,
};

/// A return on its way into the database.
pub(super) struct Intake {
    pub(super) run: ImportId,
    /// "import cin", by which pages know what came from a file.
    pub(super) source: String,
    pub(super) at: Timestamp,
    pub(super) me: String,
    pub(super) today: Date,
    /// For what no day is given: the end of the return's year.
    pub(super) as_at: Date,
    pub(super) tables: Tables,
    pub(super) filing: Filing,
    pub(super) kept: HashMap<String, Kept>,
    pub(super) whom: HashMap<String, Whom>,
    /// Those who stand in `import_subject`.
    pub(super) subjects_kept: HashSet<String>,
    /// Those of whom `held` and `told` are known.
    pub(super) looked_at: HashSet<PersonId>,
    pub(super) held: HashMap<PersonId, Vec<Held>>,
    pub(super) told: HashSet<(PersonId, Date, String)>,
    flags: HashMap<String, Vec<OpenFlag>>,
    before: HashMap<String, (String, String)>,
    superseded: HashSet<(String, String)>,
    /// The day up to which the extract counts, where it says.
    reference_on: Option<Date>,
    /// Whose record has changed.
    pub(super) touched: BTreeSet<PersonId>,
    /// By which team the file says that they are held.
    pub(super) teams: HashMap<PersonId, String>,
    /// By which social worker, by number, and since when.
    pub(super) workers: HashMap<PersonId, (String, Date)>,
    /// The day that a return gives for the conference after an enquiry that began then.
    pub(super) targets: HashMap<(PersonId, Date), Date>,
    pub(super) new_people: u64,
    pub(super) new_workers: u64,
    done: u64,
}

/// How a record stands to what is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    New,
    Amended,
    Same,
    /// An older return than the one that stands says otherwise: kept as history, and nothing follows.
    Older,
}

impl Intake {
    pub(super) fn begin(tx: &Tx, run: &ImportId, kind: Kind, today: Date) -> Intake {
        Intake {
            run: run.clone(),
            source: format!("import {}", kind.code()),
            at: tx.act().at().0,
            me: tx.act().worker().to_string(),
            today,
            as_at: today,
            tables: Tables::new(),
            filing: Filing::begin(),
            kept: HashMap::new(),
            whom: HashMap::new(),
            subjects_kept: HashSet::new(),
            looked_at: HashSet::new(),
            held: HashMap::new(),
            told: HashSet::new(),
            flags: HashMap::new(),
            before: HashMap::new(),
            superseded: HashSet::new(),
            reference_on: None,
            touched: BTreeSet::new(),
            teams: HashMap::new(),
            workers: HashMap::new(),
            targets: HashMap::new(),
            new_people: 0,
            new_workers: 0,
            done: 0,
        }
    }

    /// Takes in one extract; what it wrote is in the database afterwards.
    pub(super) async fn take(&mut self, tx: &mut Tx, extract: &Extract, report: &mut Report, telling: &Telling<'_>) -> Result<()> {
        self.as_at = extract.reference_on.unwrap_or(self.today);
        self.reference_on = extract.reference_on;
        self.look(tx, extract, report).await?;
        for record in &extract.records {
            let standing = self.standing(record);
            let line = report.line(&code(record.unit), record.unit.label());
            line.read += 1;
            match standing {
                Standing::New | Standing::Older => line.stored += 1,
                Standing::Amended => line.amended += 1,
                Standing::Same => line.already_there += 1,
            }
            self.record(tx, record, standing).await?;
            if standing != Standing::Older {
                self.flag(tx, extract, record).await?;
            }
            self.done += 1;
            if self.done.is_multiple_of(TELL_EACH) {
                telling.tell(self.done).await;
            }
            if self.done.is_multiple_of(SEND_EACH) {
                self.send(tx).await?;
            }
        }
        for refusal in &extract.refused {
            let line = report.line(&code(refusal.unit), refusal.unit.label());
            (line.read, line.refused) = (line.read + 1, line.refused + 1);
        }
        self.send(tx).await
    }

    /// Finds out what is there already of an extract, and makes those whom nobody knew.
    async fn look(&mut self, tx: &mut Tx, extract: &Extract, report: &mut Report) -> Result<()> {
        there::records(tx, extract, &mut self.kept).await?;
        let keys: Vec<&str> = extract.records.iter().map(|record| record.key.as_str()).collect();
        self.flags = there::flags(tx, keys).await?;
        self.superseded.clear();
        let is_changed = |intake: &Intake, record: &Record| matches!(intake.standing(record), Standing::New | Standing::Amended);
        let other = extract.records.iter().filter(|record| !matches!(self.standing(record), Standing::New | Standing::Same));
        self.superseded = there::superseded(tx, other.map(|record| record.key.as_str()).collect()).await?;
        let changed: Vec<&Record> = extract.records.iter().filter(|record| is_changed(self, record)).collect();
        let amended = changed.iter().filter(|record| self.kept.contains_key(&record.key)).map(|record| record.key.as_str()).collect();
        self.before = there::facts_before(tx, amended).await?;
        let (mut said, mut said_before): (HashMap<String, Said>, HashMap<String, Said>) = (HashMap::new(), HashMap::new());
        let mut order = Vec::new();
        for record in &changed {
            let Some(key) = subject_key(&record.subject) else { continue };
            if !said.contains_key(&key) {
                order.push((key.clone(), *record));
            }
            said.entry(key.clone()).or_default().add_all(&record.facts);
            if let Some((facts, _)) = self.before.get(&record.key) {
                said_before.entry(key).or_default().add_kept(facts);
            }
        }
        there::subjects(tx, extract, &said, &mut self.whom, &mut self.subjects_kept).await?;
        self.meet(tx, &order, &said, &said_before, report).await
    }

    fn standing(&self, record: &Record) -> Standing {
        match self.kept.get(&record.key) {
            None => Standing::New,
            Some(kept) if kept.digest == record.digest => Standing::Same,
            Some(kept) if kept.as_at.zip(self.reference_on).is_none_or(|(stands, said)| said >= stands) => Standing::Amended,
            Some(_) if self.superseded.contains(&(record.key.clone(), record.digest.clone())) => Standing::Same,
            Some(_) => Standing::Older,
        }
    }

    async fn record(&mut self, tx: &mut Tx, record: &Record, standing: Standing) -> Result<()> {
        match standing {
            Standing::Same => return Ok(()),
            Standing::Older => return self.keep_older(record),
            Standing::New | Standing::Amended => {}
        }
        let whom = match self.kept.get(&record.key) {
            Some(kept) => kept.whom.clone(),
            None => subject_key(&record.subject).and_then(|key| self.whom.get(&key).cloned()).unwrap_or(Whom::Nobody),
        };
        match standing {
            Standing::Amended => self.keep_amended(tx, record).await?,
            _ => self.keep_new(record, &whom),
        }
        match &whom {
            Whom::Person(person) => self.of_person(tx, person, record, standing).await?,
            Whom::Worker(worker) => self.of_worker(tx, worker, record).await?,
            Whom::Nobody => {}
        }
        self.kept.insert(record.key.clone(), Kept { digest: record.digest.clone(), whom, as_at: self.reference_on });
        Ok(())
    }

    async fn of_person(&mut self, tx: &mut Tx, person: &PersonId, record: &Record, standing: Standing) -> Result<()> {
        self.touched.insert(person.clone());
        let status = record.facts.iter().find_map(|fact| if let Fact::Status(status) = fact { Some(status) } else { None });
        match standing {
            Standing::Amended => {
                let before = self.before.get(&record.key).map(|(facts, _)| facts.clone()).unwrap_or_default();
                self.amend_status(tx, person, record, status, &before).await?;
                self.amend_story(tx, person, record).await?;
                let key = &record.key;
                execute!(tx, sqlx::query("DELETE FROM person_observation WHERE import_key = $1").bind(key))?;
            }
            _ => {
                if let Some(status) = status {
                    self.status(tx, person, record, status).await?;
                }
                self.tell(person, record);
            }
        }
        for fact in &record.facts {
            if let Fact::AsAt(as_at) = fact {
                self.observe(tx, person, record, as_at).await?;
            }
        }
        Ok(())
    }

    /// How things stood on a day; who has left care has a status of it too.
    async fn observe(&mut self, tx: &mut Tx, person: &PersonId, record: &Record, as_at: &AsAt) -> Result<()> {
        let on = as_at.on.unwrap_or(self.as_at);
        self.tables.observations.push([
            Cell::text(fresh()),
            Cell::text(person.as_str()),
            Cell::text(as_at.what.kind()),
            Cell::On(on),
            Cell::text(serde_json::to_string(&as_at.what)?),
            Cell::text(&record.key),
            Cell::text(&self.source),
            Cell::At(self.at),
        ]);
        if let Observation::CareLeaver { eligibility, .. } = &as_at.what {
            self.leaving_care(tx, person, record, on, eligibility.as_ref()).await?;
        }
        Ok(())
    }

    fn keep_new(&mut self, record: &Record, whom: &Whom) {
        let (person, worker) = match whom {
            Whom::Person(person) => (Cell::text(person.as_str()), Cell::Null),
            Whom::Worker(worker) => (Cell::Null, Cell::text(worker.as_str())),
            Whom::Nobody => (Cell::Null, Cell::Null),
        };
        self.tables.records.push([
            Cell::text(&record.key),
            Cell::text(code(record.unit)),
            Cell::text(&record.digest),
            person,
            worker,
            Cell::text(facts(record)),
            Cell::text(file_name(record)),
            Cell::Number(i64::from(record.at.spot.line)),
            Cell::text(self.run.as_str()),
            Cell::on(self.reference_on),
        ]);
    }

    /// What an older return says beside what stands.
    fn keep_older(&mut self, record: &Record) -> Result<()> {
        self.superseded.insert((record.key.clone(), record.digest.clone()));
        self.tables.before.push([
            Cell::text(fresh()),
            Cell::text(&record.key),
            Cell::text(&record.digest),
            Cell::text(facts(record)),
            Cell::text(self.run.as_str()),
            Cell::text(self.run.as_str()),
            Cell::At(self.at),
        ]);
        Ok(())
    }

    /// What it said before is kept beside what it says now.
    async fn keep_amended(&mut self, tx: &mut Tx, record: &Record) -> Result<()> {
        let digest = self.kept.get(&record.key).map(|kept| kept.digest.clone()).unwrap_or_default();
        let (facts_before, run_before) = self.before.get(&record.key).cloned().unwrap_or_default();
        self.tables.before.push([
            Cell::text(fresh()),
            Cell::text(&record.key),
            Cell::text(digest),
            Cell::text(facts_before),
            Cell::text(run_before),
            Cell::text(self.run.as_str()),
            Cell::At(self.at),
        ]);
        execute!(
            tx,
            sqlx::query(
                "UPDATE import_record SET digest = $1, facts = $2, file_name = $3, line = $4, run_id = $5, as_at_on = $6 WHERE key = $7"
            )
            .bind(&record.digest)
            .bind(facts(record))
            .bind(file_name(record))
            .bind(i64::from(record.at.spot.line))
            .bind(&self.run)
            .bind(Day::option(self.reference_on))
            .bind(&record.key)
        )?;
        Ok(())
    }

    /// The flags of a record as they now are.
    async fn flag(&mut self, tx: &mut Tx, extract: &Extract, record: &Record) -> Result<()> {
        let findings = record.flags.iter().filter_map(|index| extract.findings.get(*index));
        let now = findings.filter(|finding| finding.severity == Severity::Flagged).map(Flag::from).collect();
        let open = self.flags.remove(&record.key).unwrap_or_default();
        let person = match self.kept.get(&record.key).map(|kept| &kept.whom) {
            Some(Whom::Person(person)) => Some(person.clone()),
            _ => None,
        };
        self.settle_flags(tx, &record.key, open, now, person.as_ref(), record).await
    }

    /// Clears the flags that no longer hold and sets those that are new.
    pub(super) async fn settle_flags(
        &mut self,
        tx: &mut Tx,
        key: &str,
        open: Vec<OpenFlag>,
        now: Vec<Flag>,
        person: Option<&PersonId>,
        record: &Record,
    ) -> Result<()> {
        let is = |old: &OpenFlag, flag: &Flag| old.code == flag.code && old.message == flag.message;
        for gone in open.iter().filter(|old| !now.iter().any(|flag| is(old, flag))) {
            clear(tx, &gone.id).await?;
        }
        for flag in now.iter().filter(|flag| !open.iter().any(|old| is(old, flag))) {
            self.tables.flags.push([
                Cell::text(fresh()),
                Cell::text(self.run.as_str()),
                Cell::text(key),
                Cell::text_or_null(person.map(PersonId::as_str)),
                Cell::text(&flag.code),
                Cell::text(&flag.message),
                Cell::text(&flag.value),
                Cell::text(file_name(record)),
                Cell::Number(i64::from(record.at.spot.line)),
                Cell::At(self.at),
            ]);
        }
        Ok(())
    }

    pub(super) async fn send(&mut self, tx: &mut Tx) -> Result<()> {
        self.tables.send(tx).await?;
        self.filing.send(tx).await
    }

    /// Whether a status belongs to what this return itself says.
    pub(super) fn is_ours(&self, import_key: Option<&str>, record: &Record) -> bool {
        let prefix = |key: &str| key.split('/').next().unwrap_or_default().to_owned();
        import_key.is_some_and(|key| prefix(key) == prefix(&record.key))
    }
}

/// Why something is to be looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Flag {
    pub(super) code: String,
    pub(super) message: String,
    pub(super) value: String,
}

impl From<&Finding> for Flag {
    fn from(finding: &Finding) -> Flag {
        Flag { code: finding.kind.code().into_owned(), message: finding.message.clone(), value: finding.value.clone().unwrap_or_default() }
    }
}

/// So often a run tells how far it is, and so often it sends what waits.
const TELL_EACH: u64 = 500;
const SEND_EACH: u64 = 5_000;

async fn clear(tx: &mut Tx, flag: &str) -> Result<()> {
    let at = At::cut(tx.act().at().0);
    execute!(tx, sqlx::query("UPDATE import_flag SET cleared_at = $1 WHERE id = $2").bind(at).bind(flag))?;
    Ok(())
}

/// When a status ended, as far as it can be said.
pub(super) fn until(status: &Status, as_at: Date) -> Option<Date> {
    use returns::facts::Ends;
    match status.ends {
        Ends::NotYet => None,
        Ends::On(day) => Some(day),
        Ends::By(day) => Some(day.unwrap_or(as_at).max(status.from_on)),
    }
}

/// The file's own name: where it lay on somebody's machine is nobody's business on a record.
pub(super) fn file_name(record: &Record) -> &str {
    let path = record.at.file.as_str();
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

fn facts(record: &Record) -> String {
    serde_json::to_string(&record.facts).unwrap_or_else(|_| "[]".into())
}

/// `care_episode`.
fn code(unit: Unit) -> String {
    serde_json::to_string(&unit).unwrap_or_default().trim_matches('"').to_owned()
}
