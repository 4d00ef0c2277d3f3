//! Whom the invented enquiries may concern: people gathered while families are written, with their homes and open cases.

use care::examples::{Borough, Case, Family};
use jiff::civil::Date;

use super::{CASE, PERSON, id, writer::Writer};

/// Somebody about whom people may enquire.
#[derive(Debug, Clone)]
pub(super) struct Known {
    pub person: String,
    /// Everybody of the family, by their ids.
    pub family: Vec<String>,
    pub given_name: String,
    pub surname: String,
    pub born_on: Option<Date>,
    pub address: String,
    pub postcode: String,
    pub child: bool,
    pub case: Option<OpenCase>,
}

#[derive(Debug, Clone)]
pub(super) struct OpenCase {
    pub team: usize,
    pub worker: Option<usize>,
}

/// A case that was opened lately: an enquiry came before it.
#[derive(Debug, Clone)]
pub(super) struct Lately {
    pub known: Known,
    pub case: String,
    pub team: usize,
    pub opened_on: Date,
}

/// So many people are gathered of families with open cases and of others; more would only cost memory.
const ENOUGH: [usize; 2] = [2_000, 5_000];

impl Writer<'_> {
    /// Gathers a family that is about to be written, whose first person and first case have these numbers.
    pub(super) fn gather(&mut self, borough: &Borough, family: &Family, first: usize, first_case: usize) {
        let since = care::calendar::add_days(borough.size.today, -care::examples::DAYS);
        let ids: Vec<String> = (0..family.people.len()).map(|at| id(PERSON, first + at)).collect();
        let kind = usize::from(family.cases.iter().all(|c| c.closed_on.is_some()));
        for (at, person) in family.people.iter().enumerate() {
            if person.restriction.is_some() {
                continue;
            }
            let case = family.cases.iter().enumerate().find(|(_, c)| c.person == at && c.closed_on.is_none());
            let known = Known {
                person: ids[at].clone(),
                family: ids.clone(),
                given_name: person.given_name.clone(),
                surname: person.surname.clone(),
                born_on: person.born_on,
                address: family.home.lines.clone(),
                postcode: family.home.postcode.clone(),
                child: person.born_on.is_none_or(|born| care::calendar::add_days(born, 18 * 365 + 5) > borough.size.today),
                case: case.map(|(_, c)| OpenCase { team: c.team, worker: c.worker }),
            };
            if let Some((no, case)) = case.filter(|(_, c)| c.opened_on > since && came_by_an_enquiry(c)) {
                let lately = Lately { known: known.clone(), case: id(CASE, first_case + no), team: case.team, opened_on: case.opened_on };
                self.lately.push(lately);
            }
            if self.gathered[kind] < ENOUGH[kind] {
                self.gathered[kind] += 1;
                self.known.push(known);
            }
        }
    }
}

fn came_by_an_enquiry(case: &Case) -> bool {
    use care::case_kind::CaseKind::{AdultSupport, Assessment, ChildInNeed, Section47};
    matches!(case.kind, Assessment | ChildInNeed | Section47 | AdultSupport)
}
