//! Taking in a plain list of people: all of a file in one transaction, and safe to repeat, because a row whose id is
//! already there is left as it is. Nobody is merged with anybody: likely doubles are for people to judge.
//!
//! The ids of the file are kept as identifiers of the kind [`IMPORTED_ID`]; cells that could not be verified are kept
//! as typed in `unverified_cell` beside what was understood.

use std::collections::{HashMap, HashSet};

use care::{
    access::Deed,
    matching::{Known, KnownName, Place, Standing, number, sort_name},
    person::Birth,
};
use returns::people_list::Listed;
use sqlx::AssertSqlSafe;

use crate::{
    Error, Result, Tx,
    audit::Noted,
    bulk::{self, Cell, Rows},
    id::{PersonId, fresh},
    people,
    search::{self, list},
    sql,
};

/// The kind of identifier under which the ids of an imported list are kept.
pub const IMPORTED_ID: &str = "imported_id";
const NHS_NUMBER: &str = "nhs_number";

/// A list on its way into the database.
pub struct Intake {
    source: String,
    there: HashSet<String>,
    people: Rows,
    names: Rows,
    addresses: Rows,
    identifiers: Rows,
    unverified: Rows,
    filing: search::Filing,
    taken: Taken,
}

/// What became of the rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Taken {
    pub stored: usize,
    pub already_there: usize,
}

impl Intake {
    /// Only for those who may import; `source` is the file's name.
    pub async fn begin(tx: &mut Tx, source: &str) -> Result<Intake> {
        if !people::may(tx, Deed::Import).await? {
            return Err(Error::RoleLacks);
        }
        bulk::make_room(tx).await?;
        let rows: Vec<(String,)> =
            sql!(tx, |c| sqlx::query_as("SELECT value FROM person_identifier WHERE kind = $1").bind(IMPORTED_ID).fetch_all(c))?;
        Ok(Intake {
            source: source.to_owned(),
            there: rows.into_iter().map(|(id,)| id).collect(),
            people: Rows::into("person", PERSON),
            names: Rows::into("person_name", NAME),
            addresses: Rows::into("person_address", ADDRESS),
            identifiers: Rows::into("person_identifier", IDENTIFIER),
            unverified: Rows::into("unverified_cell", UNVERIFIED),
            filing: search::Filing::begin(),
            taken: Taken::default(),
        })
    }

    /// Takes in one row, unless its id is already there.
    pub async fn take(&mut self, tx: &mut Tx, listed: &Listed) -> Result<()> {
        if self.there.contains(&listed.id) {
            self.taken.already_there += 1;
            return Ok(());
        }
        let id = PersonId::new();
        self.person(tx, &id, listed);
        self.details(tx, &id, listed);
        self.filing.add(&id, &known(listed));
        self.taken.stored += 1;
        if self.taken.stored.is_multiple_of(AT_ONCE) { self.send(tx).await } else { Ok(()) }
    }

    /// Writes what still waits, files everybody for the search, and notes the import in the audit.
    pub async fn end(mut self, tx: &mut Tx) -> Result<Taken> {
        self.send(tx).await?;
        self.filing.end(tx).await?;
        bulk::give_room_back(tx).await?;
        let Taken { stored, already_there } = self.taken;
        tx.note(
            Noted::new("import.people", "file", "").because(format!("{stored} stored, {already_there} already there")).words(self.source),
        );
        Ok(self.taken)
    }

    /// People before what points at them.
    async fn send(&mut self, tx: &mut Tx) -> Result<()> {
        for rows in [&mut self.people, &mut self.names, &mut self.addresses, &mut self.identifiers, &mut self.unverified] {
            rows.send(tx).await?;
        }
        self.filing.send(tx).await
    }

    fn person(&mut self, tx: &Tx, id: &PersonId, listed: &Listed) {
        self.people.push([
            Cell::text(id.as_str()),
            Cell::text(&listed.given_name),
            Cell::text(&listed.surname),
            Cell::text(sort_name(&listed.surname, &listed.given_name)),
            Cell::on(listed.born_on),
            Cell::No,
            Cell::text(listed.sex.map_or("unknown", |sex| sex.code())),
            Cell::text("unknown"),
            Cell::text("unknown"),
            Cell::text("unknown"),
            Cell::text("unknown"),
            Cell::text(""),
            Cell::text(&self.source),
            Cell::At(tx.act().at().0),
            Cell::text(tx.act().worker().as_str()),
            Cell::Number(1),
        ]);
    }

    fn details(&mut self, tx: &Tx, id: &PersonId, listed: &Listed) {
        let person = || Cell::text(id.as_str());
        self.names.push([
            Cell::text(fresh()),
            person(),
            Cell::text("current"),
            Cell::text(&listed.given_name),
            Cell::text(&listed.surname),
        ]);
        if !listed.postcode.is_empty() {
            self.addresses.push([
                Cell::text(fresh()),
                person(),
                Cell::text("home"),
                Cell::text(""),
                Cell::text(&listed.postcode),
                Cell::No,
            ]);
        }
        let mut identifier = |kind: &str, value: &str, verified| {
            self.identifiers.push([Cell::text(fresh()), person(), Cell::text(kind), Cell::text(value), verified]);
        };
        identifier(IMPORTED_ID, &listed.id, Cell::Yes);
        match listed.nhs_number() {
            Some(number) => identifier(NHS_NUMBER, number.digits(), Cell::Yes),
            None if listed.nhs_no.is_empty() => {}
            None => identifier(NHS_NUMBER, &listed.nhs_no.chars().take(LONGEST_VALUE).collect::<String>(), Cell::No),
        }
        for cell in &listed.unverified {
            let (typed, why) = (Cell::text(&cell.typed), Cell::text(&cell.why));
            self.unverified.push([
                Cell::text(fresh()),
                person(),
                Cell::text(cell.field),
                typed,
                why,
                Cell::text(&self.source),
                Cell::At(tx.act().at().0),
            ]);
        }
    }
}

/// How many people are sent together.
const AT_ONCE: usize = 5000;
/// An index holds no longer text; the whole of it stands in `unverified_cell`.
const LONGEST_VALUE: usize = 200;

const PERSON: &[&str] = &[
    "id",
    "given_name",
    "surname",
    "sort_name",
    "born_on",
    "born_about",
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
];
const NAME: &[&str] = &["id", "person_id", "kind", "given_name", "surname"];
const ADDRESS: &[&str] = &["id", "person_id", "kind", "lines", "postcode", "confidential"];
const IDENTIFIER: &[&str] = &["id", "person_id", "kind", "value", "verified"];
const UNVERIFIED: &[&str] = &["id", "person_id", "field", "typed", "why", "source", "noted_at"];

/// What the search knows of somebody listed: the same as it would find in their record.
fn known(listed: &Listed) -> Known {
    Known {
        names: vec![KnownName::read(Standing::Present, &listed.given_name, &listed.surname)],
        birth: listed.born_on.map(Birth::BornOn).unwrap_or_default(),
        sex: listed.sex,
        places: Place::read(&listed.postcode).into_iter().collect(),
        numbers: [&listed.id, &listed.nhs_no].into_iter().filter_map(|typed| number(typed)).collect(),
    }
}

/// The ids that people had in the list from which they came; those who came otherwise are not in the answer.
pub async fn imported_ids(tx: &mut Tx, people: &[PersonId]) -> Result<HashMap<PersonId, String>> {
    if people.is_empty() {
        return Ok(HashMap::new());
    }
    // The kind is looked at here, because SQLite would look all of that kind through.
    let text = format!("SELECT person_id, kind, value FROM person_identifier WHERE person_id IN ({})", list(1, people.len()));
    let rows: Vec<(PersonId, String, String)> = sql!(tx, |c| {
        let query = sqlx::query_as(AssertSqlSafe(text));
        people.iter().fold(query, |query, person| query.bind(person)).fetch_all(c)
    })?;
    Ok(rows.into_iter().filter(|(_, kind, _)| kind == IMPORTED_ID).map(|(person, _, id)| (person, id)).collect())
}
