//! Rules of the children in need census that a record should hold to, one file each.
//!
//! They are rules of the return, not of practice: conferences do happen on Saturdays. A fact that breaks one is kept
//! and flagged, so that somebody can put it right before the next return. Here are those about the order of events
//! and things open at once; source: the Department for Education's validation rules for the census, 2022-23 to
//! 2026-27. Leaves out: the rules about single codes and whole-return percentages.
//!
//! To add a rule: copy a file, put a line in its folder's `mod.rs` and one in the [`REGISTER`].

mod assessments;
mod details;
mod identifiers;
mod plans;
mod protection_plans;
mod section_47;
mod spans;
#[cfg(test)]
mod testing;

use care::calendar::Calendar;
use jiff::civil::Date;

use super::{Census, Child};
use crate::finding::{Finding, Kind, Severity};
use crate::position::At;
use crate::rule::Rule;
use crate::year::ReturnYear;

/// Every rule, in the order of the modules.
#[rustfmt::skip]
pub const REGISTER: &[&Rule<Test>] = &[
    &identifiers::r8500::RULE, &identifiers::r8510::RULE, &identifiers::r8525q::RULE, &identifiers::r8775q::RULE,
    &details::r8565::RULE, &details::r8606::RULE, &details::r8630::RULE, &details::r8805::RULE,
    &details::r8810::RULE, &details::r8831::RULE, &details::r8867::RULE, &details::r8868::RULE,
    &details::r8890::RULE,
    &assessments::r1103::RULE, &assessments::r8608::RULE, &assessments::r8670q::RULE, &assessments::r8863q::RULE,
    &assessments::r8869::RULE, &assessments::r8896::RULE,
    &plans::r4001::RULE, &plans::r4004::RULE, &plans::r4011::RULE, &plans::r4012q::RULE, &plans::r4014::RULE,
    &plans::r4015::RULE, &plans::r4016::RULE, &plans::r4017::RULE,
    &section_47::kw01::RULE, &section_47::r1104::RULE, &section_47::r2889::RULE, &section_47::r8675q::RULE,
    &section_47::r8839::RULE, &section_47::r8870q::RULE, &section_47::r8875::RULE,
    &protection_plans::r1105::RULE, &protection_plans::r2885::RULE, &protection_plans::r8840::RULE,
    &protection_plans::r8841::RULE, &protection_plans::r8925::RULE, &protection_plans::r8935::RULE,
    &protection_plans::r8940::RULE,
];

/// How a rule looks at a census.
#[derive(Debug, Clone, Copy)]
pub enum Test {
    EachChild(fn(&Child, &Setting, &mut Breaches)),
    Whole(fn(&Census, &mut Breaches)),
}

/// What a rule knows besides the child: the census year and the working calendar.
#[derive(Debug)]
pub struct Setting {
    pub first_day: Option<Date>,
    pub last_day: Option<Date>,
    pub calendar: Calendar,
}

/// Where a rule is broken.
#[derive(Debug, Default)]
pub struct Breaches {
    at: Vec<(At, Option<String>)>,
    child: Option<String>,
}

/// The findings of every rule in force, in the order of the file.
pub fn check(census: &Census) -> Vec<Finding> {
    let year = census.reference_on().and_then(ReturnYear::of);
    let setting =
        Setting { first_day: year.map(ReturnYear::first_day), last_day: census.reference_on(), calendar: Calendar::england_and_wales() };
    let in_force = REGISTER.iter().filter(|rule| rule.in_force(year));
    let mut findings: Vec<Finding> = in_force.flat_map(|rule| run(rule, census, &setting)).collect();
    findings.sort_by_key(|finding| finding.at.spot);
    findings
}

fn run(rule: &Rule<Test>, census: &Census, setting: &Setting) -> Vec<Finding> {
    let mut breaches = Breaches::default();
    match rule.test {
        Test::EachChild(test) => {
            for child in &census.children {
                breaches.child.clone_from(&child.la_child_id);
                test(child, setting, &mut breaches);
            }
        }
        Test::Whole(test) => test(census, &mut breaches),
    }
    let finding = |(at, child): (At, Option<String>)| Finding {
        severity: Severity::Flagged,
        kind: Kind::Rule(rule.code),
        of: Some(at.spot),
        at,
        table: rule.module,
        fields: rule.fields.to_vec(),
        child,
        message: rule.message.to_owned(),
        value: None,
    };
    breaches.at.into_iter().map(finding).collect()
}

impl Breaches {
    /// Broken here.
    fn add(&mut self, at: &At) {
        self.at.push((at.clone(), self.child.clone()));
    }
}

/// Whether the first day is there, the second too, and the first lies before it.
fn before(first: Option<Date>, second: Option<Date>) -> bool {
    matches!((first, second), (Some(first), Some(second)) if first < second)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_register_has_each_number_once() {
        let mut codes: Vec<&str> = REGISTER.iter().map(|rule| rule.code).collect();
        codes.sort_unstable();
        let count = codes.len();
        codes.dedup();
        assert_eq!((codes.len(), count), (41, 41));
        assert!(REGISTER.iter().all(|rule| !rule.fields.is_empty() && rule.message.ends_with('.')));
    }
}
