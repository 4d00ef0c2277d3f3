//! 8510: each child is returned once. Children who share a number are taken in under it together, and somebody must
//! look whether they are one.

use std::collections::HashSet;

use super::super::{Breaches, Test};
use crate::cin_census::Census;
use crate::rule::{Rule, Weight};
use crate::year::Years;

pub(in crate::cin_census::rules) const RULE: Rule<Test> = Rule {
    code: "8510",
    weight: Weight::Error,
    module: "ChildIdentifiers",
    fields: &["LAchildID"],
    years: Years::ALL,
    message: "Another child in the file has the same LA child identifier.",
    test: Test::Whole(test),
};

fn test(census: &Census, breaches: &mut Breaches) {
    let mut seen = HashSet::new();
    for child in &census.children {
        let Some(id) = &child.la_child_id else { continue };
        if !seen.insert(id) {
            breaches.child = Some(id.clone());
            breaches.add(&child.at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::breaches;
    use super::RULE;

    #[test]
    fn broken_or_not() {
        let child = |id: &str| format!("<Child><ChildIdentifiers><LAchildID>{id}</LAchildID></ChildIdentifiers></Child>");
        assert_eq!(breaches(&RULE, &[child("A"), child("B"), child("A"), child("A")].concat()), 2);
        assert_eq!(breaches(&RULE, &[child("A"), child("B"), "<Child/>".to_owned(), "<Child/>".to_owned()].concat()), 0);
    }
}
