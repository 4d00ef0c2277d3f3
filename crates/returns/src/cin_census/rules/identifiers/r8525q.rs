//! 8525Q: a child is born or expected; both dates, or neither, need a reason.

use super::super::{Breaches, Setting, Test};
use crate::cin_census::Child;
use crate::rule::{Rule, Weight};
use crate::year::Years;

pub(in crate::cin_census::rules) const RULE: Rule<Test> = Rule {
    code: "8525Q",
    weight: Weight::Query,
    module: "ChildIdentifiers",
    fields: &["PersonBirthDate", "ExpectedPersonBirthDate"],
    years: Years::ALL,
    message: "Give a date of birth or an expected date of birth, one of the two and not both.",
    test: Test::EachChild(test),
};

fn test(child: &Child, _: &Setting, breaches: &mut Breaches) {
    if child.born_on.is_some() == child.expected_on.is_some() {
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
            ("<ChildIdentifiers><PersonBirthDate>2020-01-01</PersonBirthDate></ChildIdentifiers>", 0),
            ("<ChildIdentifiers><ExpectedPersonBirthDate>2026-06-01</ExpectedPersonBirthDate></ChildIdentifiers>", 0),
            (
                "<ChildIdentifiers><PersonBirthDate>2020-01-01</PersonBirthDate><ExpectedPersonBirthDate>2020-01-02</ExpectedPersonBirthDate></ChildIdentifiers>",
                1,
            ),
            ("", 1),
        ];
        assert_breaches(&RULE, &cases);
    }
}
