//! 8500: every child has the council's own number. Without it the child is kept under the pupil number, or apart.

use super::super::{Breaches, Setting, Test};
use crate::cin_census::Child;
use crate::rule::{Rule, Weight};
use crate::year::Years;

pub(in crate::cin_census::rules) const RULE: Rule<Test> = Rule {
    code: "8500",
    weight: Weight::Error,
    module: "ChildIdentifiers",
    fields: &["LAchildID"],
    years: Years::ALL,
    message: "There is no LA child identifier.",
    test: Test::EachChild(test),
};

fn test(child: &Child, _: &Setting, breaches: &mut Breaches) {
    if child.la_child_id.is_none() {
        breaches.add(&child.at);
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::assert_breaches;
    use super::RULE;

    #[test]
    fn broken_or_not() {
        let cases = [
            ("<ChildIdentifiers><LAchildID>C1</LAchildID></ChildIdentifiers>", 0),
            ("<ChildIdentifiers><UPN>A123456789123</UPN></ChildIdentifiers>", 1),
            ("", 1),
        ];
        assert_breaches(&RULE, &cases);
    }
}
