//! 8805: a closure has its reason.

use super::super::{Breaches, Setting, Test};
use crate::cin_census::Child;
use crate::rule::{Rule, Weight};
use crate::year::Years;

pub(in crate::cin_census::rules) const RULE: Rule<Test> = Rule {
    code: "8805",
    weight: Weight::Error,
    module: "CINdetails",
    fields: &["CINclosureDate", "ReasonForClosure"],
    years: Years::ALL,
    message: "The case is closed and no reason is given.",
    test: Test::EachChild(test),
};

fn test(child: &Child, _: &Setting, breaches: &mut Breaches) {
    for episode in &child.episodes {
        if episode.closed_on.is_some() && episode.reason_for_closure.is_none() {
            breaches.add(&episode.at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::assert_in_episode;
    use super::RULE;

    #[test]
    fn broken_or_not() {
        let cases = [
            ("<CINclosureDate>2025-05-01</CINclosureDate>", 1),
            ("<CINclosureDate>2025-05-01</CINclosureDate><ReasonForClosure>RC7</ReasonForClosure>", 0),
            ("", 0),
        ];
        assert_in_episode(&RULE, &cases);
    }
}
