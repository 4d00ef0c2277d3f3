//! The invented borough of Ashmere: its teams, workers and families, for the demonstration, the documentation and the
//! tests. No one in it lives or ever lived. Everything follows from a seed and a day, so that the same borough is made
//! each time, and its late visits are late whenever it is looked at.
//!
//! Its size is that of one English borough in the official statistics of 2025 (Department for Education, children's
//! social work workforce and children in need): 2,939 children in need, of whom 227 on protection plans and 578 looked
//! after; 177 full-time case holders with agency, holding 2,111 children; 288 full-time social workers in post. Care leavers
//! with advisers and adults stand beside them, in a proportion of our own.
//!
//! Leaves out: how it is written into a database (`store::demonstration`).

mod adults;
mod cast;
mod dice;
mod enquiries;
mod family;
mod names;
mod staff;
mod story;
mod tellings;

pub use cast::{CAST, CastFamily, CastMember, cast};
pub use dice::Dice;
pub use enquiries::{DAYS, Enquiry, Whom, behind_case, decided, waiting};
pub use family::{Case, Event, Family, Home, Kind, Person, Relation, Status, family, plan};
pub use staff::{Team, Worker, seen_as, staff};
pub use tellings::Telling;

use jiff::civil::Date;

/// How large a borough to make.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    pub people: usize,
    pub years: i32,
    pub today: Date,
    pub seed: u64,
}

/// Children with an open case, those on plans and those looked after, as the official figures of 2025 have them.
pub const IN_NEED: usize = 2939;
pub const ON_PLANS: usize = 227;
pub const LOOKED_AFTER: usize = 578;
/// Children allocated to social workers who hold cases.
pub const ALLOCATED: usize = 2111;
/// Young people of 18 and over who left care and have a personal adviser; they are no children in need.
pub const ADVISED: usize = 236;

/// The borough: its teams and workers, and its families one after another.
pub struct Borough {
    pub size: Size,
    pub teams: Vec<Team>,
    pub workers: Vec<Worker>,
}

impl Borough {
    pub fn new(size: Size) -> Self {
        let (teams, workers) = staff(size);
        Borough { size, teams, workers }
    }

    /// All families: the cast first, then those with open cases, then those whose cases closed, until there are so many people.
    pub fn families(&self) -> impl Iterator<Item = Family> + '_ {
        let plan = plan(self);
        let open = plan.len();
        let mut made = 0;
        (0..)
            .map(move |no| if no < open { family(self, no, Some(&plan[no])) } else { family(self, no, None) })
            .enumerate()
            .take_while(move |(no, f)| {
                let more = *no < open || made < self.size.people;
                made += f.people.len();
                more
            })
            .map(|(_, f)| f)
    }
}

#[cfg(test)]
mod tests;
