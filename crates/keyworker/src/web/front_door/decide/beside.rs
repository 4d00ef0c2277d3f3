//! What stands beside the form of a decision: those whom the enquiry concerns, what came before, who knows them now, and
//! the brothers and sisters whom it may concern as well. A decision without the history is unsafe.

use care::{
    access::Deed,
    front_door::{EnquirerKind, Outcome, Suggestion},
};
use jiff::civil::Date;
use serde::Serialize;
use store::{
    Error, Tx,
    allocation::{self, CaseRow},
    front_door::{self, Before, Opened},
    id::PersonId,
    people,
};

use crate::web::Problem;

/// Somebody whom the decision may be about.
#[derive(Debug, Serialize)]
pub struct One {
    pub id: PersonId,
    pub name: String,
    /// Why they stand here: linked in the enquiry, or a sister in the same household.
    pub why: String,
    pub born_on: Option<store::Day>,
    pub linked: bool,
    pub include: bool,
    pub said: Option<String>,
    pub before: Vec<Line>,
    #[serde(skip)]
    pub cases: Vec<CaseRow>,
    pub case_words: Vec<String>,
}

/// One earlier contact.
#[derive(Debug, Serialize)]
pub struct Line {
    pub on: Date,
    pub from: String,
    pub outcome: String,
    pub reason: Option<String>,
}

#[derive(Debug, Default)]
pub struct Beside {
    pub people: Vec<One>,
    /// Linked, but their record is restricted.
    pub shut: Vec<String>,
    /// Spoken of, and no record linked.
    pub unlinked: Vec<String>,
}

/// What stands beside it, of the records that may be opened for this.
pub async fn beside(tx: &mut Tx, opened: &Opened, deed: Deed) -> Result<Beside, Problem> {
    let mut all = Beside::default();
    for row in front_door::people_of(tx, opened).await? {
        let Some(id) = &row.person_id else {
            all.unlinked.push(row.name());
            continue;
        };
        let part = front_door::Part::from_code(&row.part).map_or("", front_door::Part::label);
        match people::open(tx, id, deed).await {
            Ok(person) => {
                let subject = row.part == front_door::Part::Subject.code();
                let why = if row.relation.is_empty() { part.to_owned() } else { format!("{part}: {}", row.relation) };
                let one = one(tx, opened, &person, why, Place::Linked { include: subject }).await?;
                all.people.push(one);
                kin(tx, opened, &person, deed, &mut all).await?;
            }
            Err(Error::IndexOnly(card)) => all.shut.push(card.name),
            Err(other) => return Err(other.into()),
        }
    }
    all.people.sort_by_key(|one| !one.linked);
    Ok(all)
}

enum Place {
    Linked { include: bool },
    Kin,
}

/// The other children of the family, unless they stand there already or their record is shut.
async fn kin(tx: &mut Tx, opened: &Opened, person: &people::Opened, deed: Deed, all: &mut Beside) -> Result<(), Problem> {
    for (known, found) in front_door::kin(tx, person).await? {
        if all.people.iter().any(|one| one.id == known.id) {
            continue;
        }
        let Ok(child) = people::open(tx, &known.id, deed).await else { continue };
        let mut why = found.why.to_owned();
        if found.suggestion == Suggestion::Include {
            why += ": usually decided together";
        }
        let one = one(tx, opened, &child, why, Place::Kin).await?;
        all.people.push(one);
    }
    Ok(())
}

async fn one(tx: &mut Tx, opened: &Opened, person: &people::Opened, why: String, place: Place) -> Result<One, Problem> {
    let before = front_door::before(tx, person, opened).await?;
    let received_on = care::calendar::london(opened.enquiry.received_at.0).date();
    let said = front_door::said_by(tx, &before, received_on).await?.words();
    let cases = allocation::cases_of(tx, person).await?;
    let (linked, include) = match place {
        Place::Linked { include } => (true, include),
        Place::Kin => (false, false),
    };
    Ok(One {
        id: person.id().clone(),
        name: person.person().name(),
        why,
        born_on: person.person().born_on,
        linked,
        include,
        said,
        before: before.into_iter().map(line).collect(),
        case_words: cases.iter().map(case_words).collect(),
        cases,
    })
}

fn line(before: Before) -> Line {
    let label = before.outcome.as_deref().map(|code| Outcome::from_code(code).map_or("Referral, from an import", Outcome::label));
    Line {
        on: before.received_on,
        from: EnquirerKind::from_code(&before.enquirer_kind).map_or("Not recorded", EnquirerKind::label).to_owned(),
        outcome: label.unwrap_or("Still open").to_owned(),
        reason: before.reason.filter(|words| !words.is_empty()),
    }
}

/// "Child in need, North safeguarding, with Priya Nair".
pub fn case_words(case: &CaseRow) -> String {
    let kind = case.case_kind().map_or("Case", care::case_kind::CaseKind::label);
    let with = case.worker().map_or_else(|| "no worker yet".to_owned(), |worker| format!("with {worker}"));
    format!("{kind}, {}, {with}", case.team)
}
