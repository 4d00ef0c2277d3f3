//! Reading the list row by row, so that a file of a million needs no more room than its ids.

use std::borrow::Cow;
use std::collections::HashSet;

use care::person::{NhsNumber, Postcode, Sex};
use jiff::civil::Date;

use super::{Listed, Unverified};
use crate::day;
use crate::delimited::{Row, Rows};
use crate::finding::{Finding, Kind, Log};
use crate::layout::same;
use crate::position::{At, FileName, Spot};
use crate::text;

/// The text of a file of bytes; nothing when it is not text, and the findings say what it is.
pub fn decode<'a>(bytes: &'a [u8], name: &str) -> (Option<Cow<'a, str>>, Vec<Finding>) {
    let mut log = Log::new(&FileName::new(name));
    let text = text::decode(bytes, &mut log);
    (text, log.into_findings())
}

/// A list that is being read.
pub struct PeopleList<'a> {
    file: FileName,
    rows: Rows<'a>,
    columns: Vec<Option<&'static str>>,
    ids: HashSet<Cow<'a, str>>,
    today: Date,
}

/// The columns, and other names under which they are found.
const COLUMNS: [(&str, &[&str]); 7] = [
    ("id", &["unique_id", "person_id", "identifier", "reference"]),
    ("given_name", &["given", "forename", "first_name", "given_names", "forenames"]),
    ("surname", &["family", "family_name", "last_name"]),
    ("sex", &["gender"]),
    ("dob", &["born", "date_of_birth", "birth_date", "born_on"]),
    ("postcode", &["post_code", "postal_code"]),
    ("nhs_no", &["nhs", "nhs_number"]),
];
const TABLE: &str = "people";

impl<'a> PeopleList<'a> {
    /// Reads the headings. Without a column of ids it is not such a list, and nothing comes back.
    pub fn open(text: &'a str, name: &str, today: Date) -> (Option<PeopleList<'a>>, Vec<Finding>) {
        let file = FileName::new(name);
        let mut log = Log::new(&file);
        log.table = TABLE;
        let mut rows = Rows::new(text);
        let Some(headings) = rows.next(&mut log) else {
            log.refuse(Kind::Empty, Spot::START, "This file is empty.");
            return (None, log.into_findings());
        };
        let columns = columns(&headings, &mut log);
        if !columns.contains(&Some("id")) {
            let message = "This is not a list of people: no column is called id.";
            log.refuse(Kind::NotUnderstood, headings.spot, message);
            return (None, log.into_findings());
        }
        (Some(PeopleList { file, rows, columns, ids: HashSet::new(), today }), log.into_findings())
    }

    /// The next rows, up to `most`; the findings are theirs alone. Nothing more comes after an empty answer.
    pub fn next(&mut self, most: usize) -> Batch {
        let mut log = Log::new(&self.file);
        log.table = TABLE;
        let (mut people, mut read) = (Vec::new(), 0);
        while read < most {
            let Some(row) = self.rows.next(&mut log) else { break };
            read += 1;
            log.of = Some(row.spot);
            let mark = log.mark();
            let listed = self.row(row, &mut log);
            log.belongs_to(mark, listed.as_ref().map(|listed| listed.id.as_str()));
            people.extend(listed);
        }
        Batch { people, read, findings: log.into_findings() }
    }

    fn row(&mut self, row: Row<'a>, log: &mut Log) -> Option<Listed> {
        let spot = row.spot;
        if row.cells.len() > self.columns.len() && row.cells[self.columns.len()..].iter().any(|(cell, _)| !cell.trim().is_empty()) {
            let message = "There is no heading over the last cells of this row; they are passed over.";
            log.tally(Kind::ExtraCells, TABLE, spot, message);
        }
        let mut cells: [(Cow<'a, str>, Spot); COLUMNS.len()] = std::array::from_fn(|_| (Cow::Borrowed(""), spot));
        for ((cell, at), column) in row.cells.into_iter().zip(&self.columns) {
            if let Some(place) = column.and_then(place) {
                cells[place] = (trimmed(cell), at);
            }
        }
        let [(id, id_spot), given, surname, sex, dob, postcode, nhs_no] = cells;
        let id = self.new_id(id, id_spot, log)?;
        let mut listed = Listed { at: At::new(&self.file, spot), id: id.into_owned(), dob: dob.0.to_string(), ..Listed::default() };
        listed.given_name = name("given_name", given, &mut listed.unverified, log);
        listed.surname = name("surname", surname, &mut listed.unverified, log);
        listed.sex = read_sex(sex, &mut listed.unverified, log);
        listed.born_on = born(dob, self.today, &mut listed.unverified, log);
        listed.postcode = read_postcode(postcode, &mut listed.unverified, log);
        listed.nhs_no = read_nhs_number(nhs_no, &mut listed.unverified, log);
        Some(listed)
    }

    fn new_id(&mut self, id: Cow<'a, str>, spot: Spot, log: &mut Log) -> Option<Cow<'a, str>> {
        if id.is_empty() {
            log.refuse(Kind::NoPerson, spot, "This row has no id and is not taken in.").field("id");
            return None;
        }
        if id.chars().count() > LONGEST_ID {
            let message = format!("An id has at most {LONGEST_ID} letters and figures; this row is not taken in.");
            log.refuse(Kind::TooLong, spot, message).field("id").value(&id);
            return None;
        }
        if !self.ids.insert(id.clone()) {
            let message = "An earlier row has this id; this one is not taken in.";
            log.refuse(Kind::SameRecordTwice, spot, message).field("id").value(&id);
            return None;
        }
        Some(id)
    }
}

/// Some rows of the list: how many were read, who was understood, what was noticed.
#[derive(Debug, Default)]
pub struct Batch {
    pub people: Vec<Listed>,
    pub read: usize,
    pub findings: Vec<Finding>,
}

/// An index of a database holds no longer text.
const LONGEST_ID: usize = 400;

fn place(column: &'static str) -> Option<usize> {
    COLUMNS.iter().position(|(name, _)| *name == column)
}

fn trimmed(cell: Cow<'_, str>) -> Cow<'_, str> {
    match cell {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    }
}

/// Which column each heading is; unknown, repeated and missing ones are told.
fn columns(headings: &Row<'_>, log: &mut Log) -> Vec<Option<&'static str>> {
    let mut columns: Vec<Option<&'static str>> = Vec::new();
    for (heading, spot) in &headings.cells {
        let heading = heading.trim();
        let known = COLUMNS.iter().find(|(name, also)| same(name, heading) || also.iter().any(|other| same(other, heading)));
        let column = known.map(|(name, _)| *name);
        let again = column.is_some() && columns.contains(&column);
        match column {
            None => {
                log.note(Kind::UnknownColumn, *spot, "This column is not known and is passed over.").value(heading);
            }
            Some(_) if again => {
                log.flag(Kind::RepeatedColumn, *spot, "This column comes twice; the first is used.").value(heading);
            }
            Some(_) => {}
        }
        columns.push(column.filter(|_| !again));
    }
    columns
}

fn keep(field: &'static str, cell: (&str, Spot), kind: Kind, why: String, unverified: &mut Vec<Unverified>, log: &mut Log) {
    log.flag(kind, cell.1, why.clone()).field(field).value(cell.0);
    unverified.push(Unverified { field, typed: cell.0.to_owned(), why });
}

fn name(field: &'static str, (typed, spot): (Cow<'_, str>, Spot), unverified: &mut Vec<Unverified>, log: &mut Log) -> String {
    let what = if field == "surname" { "The surname" } else { "The given name" };
    if typed.is_empty() {
        keep(field, ("", spot), Kind::Blank, format!("{what} is blank."), unverified, log);
    }
    match care::person::read_name_part(what, &typed) {
        Ok(name) => name,
        Err(problem) => {
            keep(field, (&typed, spot), Kind::TooLong, format!("{problem}."), unverified, log);
            typed.replace('\0', "")
        }
    }
}

fn read_sex((typed, spot): (Cow<'_, str>, Spot), unverified: &mut Vec<Unverified>, log: &mut Log) -> Option<Sex> {
    match typed.to_lowercase().as_str() {
        "f" | "female" | "2" | "woman" | "girl" => Some(Sex::Female),
        "m" | "male" | "1" | "man" | "boy" => Some(Sex::Male),
        "i" | "indeterminate" | "9" => Some(Sex::Indeterminate),
        "" | "u" | "unknown" | "not known" | "0" | "n" | "x" => None,
        _ => {
            let why = "The sex is not one of F, M, indeterminate or unknown.".to_owned();
            keep("sex", (&typed, spot), Kind::UnknownCode, why, unverified, log);
            None
        }
    }
}

fn born((typed, spot): (Cow<'_, str>, Spot), today: Date, unverified: &mut Vec<Unverified>, log: &mut Log) -> Option<Date> {
    if typed.is_empty() {
        return None;
    }
    match day::date(&typed) {
        Err(problem) => {
            keep("dob", (&typed, spot), Kind::UnreadableDate, format!("The date of birth cannot be read: {problem}."), unverified, log);
            None
        }
        Ok(born) if born > today => {
            keep("dob", (&typed, spot), Kind::InFuture, "The date of birth is in the future.".into(), unverified, log);
            Some(born)
        }
        Ok(born) if today.year() - born.year() > 120 => {
            keep("dob", (&typed, spot), Kind::UnlikelyDate, "The date of birth is more than 120 years ago.".into(), unverified, log);
            Some(born)
        }
        Ok(born) => Some(born),
    }
}

fn read_postcode((typed, spot): (Cow<'_, str>, Spot), unverified: &mut Vec<Unverified>, log: &mut Log) -> String {
    match Postcode::read(&typed) {
        Some(postcode) => postcode.to_string(),
        None if typed.is_empty() => String::new(),
        None => {
            keep("postcode", (&typed, spot), Kind::NotAPostcode, "This is not a whole postcode, such as ZZ1 4QP.".into(), unverified, log);
            typed.replace('\0', "")
        }
    }
}

fn read_nhs_number((typed, spot): (Cow<'_, str>, Spot), unverified: &mut Vec<Unverified>, log: &mut Log) -> String {
    if typed.is_empty() {
        return String::new();
    }
    match NhsNumber::read(&typed) {
        Ok(number) => number.digits().to_owned(),
        Err(query) => {
            keep("nhs_no", (&typed, spot), Kind::NotANumber, format!("{query}."), unverified, log);
            typed.replace('\0', "")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn read(text: &str) -> (Vec<Listed>, Vec<String>, usize) {
        let (list, mut findings) = PeopleList::open(text, "p.csv", date(2026, 11, 20));
        let (mut people, mut read) = (Vec::new(), 0);
        if let Some(mut list) = list {
            loop {
                let batch = list.next(2);
                if batch.read == 0 {
                    break;
                }
                read += batch.read;
                people.extend(batch.people);
                findings.extend(batch.findings);
            }
        }
        let told = findings.iter().map(|f| format!("{}:{} {}", f.at.spot.line, f.at.spot.column, f.kind.code())).collect();
        (people, told, read)
    }

    #[test]
    fn good_rows_are_understood_without_a_word() {
        let (people, told, count) =
            read("id,given_name,surname,sex,dob,postcode,nhs_no\nP1,Tia,Marlow,F,2015-05-05,zz14qp,999 000 0018\n 007 ,Sam,O'Dea,,,,\n");
        assert_eq!((people.len(), told, count), (2, vec![], 2));
        assert_eq!((people[0].postcode.as_str(), people[0].nhs_no.as_str()), ("ZZ1 4QP", "9990000018"));
        assert_eq!((people[0].born_on, people[0].sex), (Some(date(2015, 5, 5)), Some(Sex::Female)));
        assert_eq!(people[1].id, "007");
    }

    #[test]
    fn bad_cells_are_kept_as_typed_and_told() {
        let text = "\u{FEFF}Id;Forename;Family name;Gender;DOB;Post code;NHS number;shoe size\n\
            1;;Marlow;Q;2015-02-30;ZZ1;9990000019;7\n\
            ;Tia;Marlow;;;;;\n\
            1;Tia;Marlow;;;;;\n\
            2;Tia;Marlow;m;2031-01-01;;;\n\
            3;Tia;Marlow;m;1066-10-14;;;\n";
        let (text, _) = decode(text.as_bytes(), "p.csv");
        let (people, told, count) = read(&text.unwrap_or_default());
        assert_eq!(count, 5);
        let ids: Vec<&str> = people.iter().map(|p| p.id.as_str()).collect();
        assert_eq!(ids, ["1", "2", "3"]);
        assert_eq!(
            told,
            [
                "1:57 unknown-column",
                "2:3 blank",
                "2:11 unknown-code",
                "2:13 unreadable-date",
                "2:24 not-a-postcode",
                "2:28 not-a-number",
                "3:1 no-person",
                "4:1 same-record-twice",
                "5:16 in-future",
                "6:16 unlikely-date",
            ]
        );
        assert_eq!((people[0].postcode.as_str(), people[0].nhs_no.as_str(), people[0].dob.as_str()), ("ZZ1", "9990000019", "2015-02-30"));
        assert_eq!(people[0].unverified.len(), 5);
    }

    #[test]
    fn what_is_no_list_of_people_is_refused() {
        for (text, kind) in [("", "empty"), ("name,age\nTia,7\n", "not-understood")] {
            let (people, told, _) = read(text);
            assert!(people.is_empty() && told.iter().any(|t| t.ends_with(kind)), "{text}: {told:?}");
        }
        assert!(decode(b"PK\x03\x04", "p.csv").0.is_none());
    }
}
