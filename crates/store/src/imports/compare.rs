//! A person who is known already, beside what a return says of them.

use std::collections::HashMap;

use care::{person::PupilNumber, words};
use jiff::civil::Date;
use returns::facts::{Identity, Subject};
use sqlx::AssertSqlSafe;

use super::{
    intake::{Flag, Intake},
    meet::{kinds_of_number, upn_taken},
    our_words::UNKNOWN,
    said::Said,
    there::Row,
};
use crate::{Day, Result, Tx, audit::Noted, id::PersonId, run, search};

/// One thing that both the record and the return may say.
struct Point {
    what: &'static str,
    column: &'static str,
    said: Option<String>,
    before: Option<String>,
    held: Option<String>,
}

/// What to do about it.
enum Outcome {
    Agrees,
    FillIn(String),
    Query(Flag),
}

impl Intake {
    #[allow(clippy::too_many_arguments, reason = "a record and a return, side by side")]
    pub(super) async fn compare(
        &mut self,
        tx: &mut Tx,
        row: &Row,
        numbers: &[(String, String)],
        subject: &Subject,
        said: &Said,
        before: &Said,
        taken: &HashMap<String, PersonId>,
    ) -> Result<Vec<Flag>> {
        let (mut queries, mut changes) = (Vec::new(), Vec::new());
        for point in points(row, said, before) {
            match point.outcome() {
                Outcome::Agrees => {}
                Outcome::Query(flag) => queries.push(flag),
                Outcome::FillIn(value) => {
                    set(tx, &row.id, point.column, &value).await?;
                    changes.push(format!("{}: was {}, is {value}", point.what, point.held.as_deref().unwrap_or("not known")));
                }
            }
        }
        changes.extend(self.numbers(tx, row, numbers, subject, said, before, taken, &mut queries).await?);
        if !changes.is_empty() {
            // The numbers have to be there to be filed.
            self.tables.send(tx).await?;
            search::file_person(tx, &row.id).await?;
            tx.note(Noted::new("import.change", "person", &row.id).because(self.run.to_string()).words(changes.join("; ")));
        }
        Ok(queries)
    }

    #[allow(clippy::too_many_arguments, reason = "a record and a return, side by side")]
    async fn numbers(
        &mut self,
        tx: &mut Tx,
        row: &Row,
        numbers: &[(String, String)],
        subject: &Subject,
        said: &Said,
        before: &Said,
        taken: &HashMap<String, PersonId>,
        queries: &mut Vec<Flag>,
    ) -> Result<Vec<String>> {
        let (child, upn, former) = kinds_of_number();
        let held = |kind: &str| numbers.iter().find(|(a_kind, _)| a_kind == kind).map(|(_, value)| value.as_str());
        let has = |kind: &str, value: &str| numbers.iter().any(|(a_kind, a_value)| a_kind == kind && a_value == value);
        let mut changes = Vec::new();
        if let (Subject::Child(Identity::LaChildId(number)), None) = (subject, held(child)) {
            self.identifier(&row.id, child, number, true);
            changes.push(format!("child number {number}"));
        }
        for number in said.former_upns.iter().filter(|number| !has(former, number)) {
            self.identifier(&row.id, former, number, PupilNumber::read(number).is_ok());
            changes.push(format!("former pupil number {number}"));
        }
        let Some(number) = said.upn.as_deref().filter(|number| !has(upn, number)) else { return Ok(changes) };
        match held(upn) {
            Some(old) if before.upn.as_deref() != Some(old) => queries.push(otherwise("unique pupil number", number)),
            old => {
                if old.is_some() {
                    run!(
                        tx,
                        sqlx::query("UPDATE person_identifier SET kind = $1 WHERE person_id = $2 AND kind = $3")
                            .bind(former)
                            .bind(&row.id)
                            .bind(upn)
                    )?;
                }
                let other = taken.get(number).is_some_and(|person| *person != row.id);
                queries.extend(other.then(|| upn_taken(number)));
                self.identifier(&row.id, upn, number, !other && PupilNumber::read(number).is_ok());
                changes.push(format!("pupil number: was {}, is {number}", old.unwrap_or("not known")));
            }
        }
        Ok(changes)
    }
}

fn points(row: &Row, said: &Said, before: &Said) -> Vec<Point> {
    let point =
        |what, column, said: Option<String>, before: Option<String>, held: Option<String>| Point { what, column, said, before, held };
    let day = |what, column, said: Option<Date>, before: Option<Date>, held: Option<Day>| {
        point(what, column, said.map(|day| day.to_string()), before.map(|day| day.to_string()), held.map(|day| day.0.to_string()))
    };
    let word = |what, column, said: Option<&'static str>, before: Option<&'static str>, held: &str| {
        point(what, column, said.map(str::to_owned), before.map(str::to_owned), known(held))
    };
    let which = |said: &Said| said.disability.as_ref().map(|(_, which)| which.clone()).filter(|which| !which.is_empty());
    let answer = |said: &Said| said.disability.as_ref().map(|(answer, _)| *answer);
    vec![
        day("date of birth", "born_on", said.born_on, before.born_on, row.born_on),
        day("expected date of birth", "expected_on", said.expected_on, before.expected_on, row.expected_on),
        day("date of death", "died_on", said.died_on, before.died_on, row.died_on),
        word("sex", "sex", said.sex, before.sex, &row.sex),
        word("ethnicity", "ethnicity", said.ethnicity, before.ethnicity, &row.ethnicity),
        word("answer about disability", "disability", answer(said), answer(before), &row.disability),
        point(
            "disability",
            "disability_codes",
            which(said),
            which(before),
            Some(row.disability_codes.clone()).filter(|held| !held.is_empty()),
        ),
    ]
}

fn known(held: &str) -> Option<String> {
    (held != UNKNOWN && held != "not_asked" && !held.is_empty()).then(|| held.to_owned())
}

impl Point {
    fn outcome(&self) -> Outcome {
        match (&self.said, &self.held) {
            (None, _) => Outcome::Agrees,
            (Some(said), None) => Outcome::FillIn(said.clone()),
            (Some(said), Some(held)) if said == held => Outcome::Agrees,
            (Some(said), Some(held)) if self.before.as_ref() == Some(held) => Outcome::FillIn(said.clone()),
            (Some(said), Some(_)) => Outcome::Query(otherwise(self.what, &plain(said))),
        }
    }
}

/// What the record says is not told: whoever imports may not be one who may read it.
fn otherwise(what: &str, said: &str) -> Flag {
    let message = format!("The file gives another {what} ({said}) than the record; the record stands.");
    Flag { code: "record-says-otherwise".into(), message, value: said.to_owned() }
}

/// A day as people write it; other answers as they are kept.
fn plain(value: &str) -> String {
    value.parse::<Date>().map_or_else(|_| value.to_owned(), words::date)
}

async fn set(tx: &mut Tx, person: &PersonId, column: &str, value: &str) -> Result<()> {
    let text = format!("UPDATE person SET {column} = $1, version = version + 1 WHERE id = $2");
    match value.parse::<Date>() {
        Ok(day) if column.ends_with("_on") => {
            run!(tx, sqlx::query(AssertSqlSafe(text.clone())).bind(Day(day)).bind(person))?;
        }
        _ => {
            run!(tx, sqlx::query(AssertSqlSafe(text.clone())).bind(value).bind(person))?;
        }
    }
    Ok(())
}
