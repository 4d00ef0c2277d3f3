//! 8925: a plan ends after it begins.

use super::super::{Breaches, Setting, Test, before};
use crate::cin_census::Child;
use crate::rule::{Rule, Weight};
use crate::year::Years;

pub(in crate::cin_census::rules) const RULE: Rule<Test> = Rule {
    code: "8925",
    weight: Weight::Error,
    module: "ChildProtectionPlans",
    fields: &["CPPstartDate", "CPPendDate"],
    years: Years::ALL,
    message: "The child protection plan ends before it begins.",
    test: Test::EachChild(test),
};

fn test(child: &Child, _: &Setting, breaches: &mut Breaches) {
    let all = child.episodes.iter().flat_map(|episode| &episode.protection_plans);
    for plan in all.filter(|plan| before(plan.ended_on, plan.started_on)) {
        breaches.add(&plan.at);
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::assert_in_episode;
    use super::RULE;

    #[test]
    fn broken_or_not() {
        let cases = [
            ("<ChildProtectionPlans><CPPstartDate>2025-05-02</CPPstartDate><CPPendDate>2025-05-01</CPPendDate></ChildProtectionPlans>", 1),
            ("<ChildProtectionPlans><CPPstartDate>2025-05-02</CPPstartDate><CPPendDate>2025-05-02</CPPendDate></ChildProtectionPlans>", 0),
        ];
        assert_in_episode(&RULE, &cases);
    }
}
