//! 4001: an open protection plan takes the place of a child in need plan.

use super::super::{Breaches, Setting, Test};
use crate::cin_census::Child;
use crate::rule::{Rule, Weight};
use crate::year::Years;

pub(in crate::cin_census::rules) const RULE: Rule<Test> = Rule {
    code: "4001",
    weight: Weight::Error,
    module: "CINplanDates",
    fields: &["CINPlanEndDate", "CPPendDate"],
    years: Years::ALL,
    message: "A child in need plan and a child protection plan are open together.",
    test: Test::EachChild(test),
};

fn test(child: &Child, _: &Setting, breaches: &mut Breaches) {
    for episode in &child.episodes {
        let protected = episode.protection_plans.iter().any(|plan| plan.ended_on.is_none());
        for plan in episode.plans.iter().filter(|plan| protected && plan.ended_on.is_none()) {
            breaches.add(&plan.at);
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
            (
                "<CINPlanDates><CINPlanStartDate>2025-05-01</CINPlanStartDate></CINPlanDates><ChildProtectionPlans><CPPstartDate>2025-06-01</CPPstartDate></ChildProtectionPlans>",
                1,
            ),
            (
                "<CINPlanDates><CINPlanStartDate>2025-05-01</CINPlanStartDate><CINPlanEndDate>2025-06-01</CINPlanEndDate></CINPlanDates><ChildProtectionPlans><CPPstartDate>2025-06-01</CPPstartDate></ChildProtectionPlans>",
                0,
            ),
            ("<CINPlanDates><CINPlanStartDate>2025-05-01</CINPlanStartDate></CINPlanDates>", 0),
        ];
        assert_in_episode(&RULE, &cases);
    }
}
