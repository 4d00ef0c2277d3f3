//! 8840: a plan lasts longer than a day.

use super::super::{Breaches, Setting, Test};
use crate::cin_census::Child;
use crate::rule::{Rule, Weight};
use crate::year::Years;

pub(in crate::cin_census::rules) const RULE: Rule<Test> = Rule {
    code: "8840",
    weight: Weight::Error,
    module: "ChildProtectionPlans",
    fields: &["CPPstartDate", "CPPendDate"],
    years: Years::ALL,
    message: "The child protection plan begins and ends on the same day.",
    test: Test::EachChild(test),
};

fn test(child: &Child, _: &Setting, breaches: &mut Breaches) {
    let all = child.episodes.iter().flat_map(|episode| &episode.protection_plans);
    for plan in all.filter(|plan| plan.started_on.is_some() && plan.started_on == plan.ended_on) {
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
            ("<ChildProtectionPlans><CPPstartDate>2025-05-01</CPPstartDate><CPPendDate>2025-05-01</CPPendDate></ChildProtectionPlans>", 1),
            ("<ChildProtectionPlans><CPPstartDate>2025-05-01</CPPstartDate><CPPendDate>2025-05-02</CPPendDate></ChildProtectionPlans>", 0),
            ("<ChildProtectionPlans></ChildProtectionPlans>", 0),
        ];
        assert_in_episode(&RULE, &cases);
    }
}
