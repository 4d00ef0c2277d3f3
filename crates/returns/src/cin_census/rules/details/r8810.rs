//! 8810: a reason for closing goes with the day of closing.

use super::super::{Breaches, Setting, Test};
use crate::cin_census::Child;
use crate::rule::{Rule, Weight};
use crate::year::Years;

pub(in crate::cin_census::rules) const RULE: Rule<Test> = Rule {
    code: "8810",
    weight: Weight::Error,
    module: "CINdetails",
    fields: &["ReasonForClosure", "CINclosureDate"],
    years: Years::ALL,
    message: "A reason for closing is given and no date.",
    test: Test::EachChild(test),
};

fn test(child: &Child, _: &Setting, breaches: &mut Breaches) {
    for episode in &child.episodes {
        if episode.closed_on.is_none() && episode.reason_for_closure.is_some() {
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
            ("<ReasonForClosure>RC7</ReasonForClosure>", 1),
            ("<CINclosureDate>2025-05-01</CINclosureDate><ReasonForClosure>RC7</ReasonForClosure>", 0),
            ("", 0),
        ];
        assert_in_episode(&RULE, &cases);
    }
}
