//! 4017: a child in need plan ends by the day on which a protection plan begins. The finding stands at the protection plan.

use super::super::spans::Spans;
use super::super::{Breaches, Setting, Test};
use crate::cin_census::Child;
use crate::rule::{Rule, Weight};
use crate::year::Years;

pub(in crate::cin_census::rules) const RULE: Rule<Test> = Rule {
    code: "4017",
    weight: Weight::Error,
    module: "CINplanDates",
    fields: &["CINPlanStartDate", "CINPlanEndDate", "CPPstartDate"],
    years: Years::ALL,
    message: "A child protection plan begins while a child in need plan goes on.",
    test: Test::EachChild(test),
};

fn test(child: &Child, _: &Setting, breaches: &mut Breaches) {
    let plans = child.episodes.iter().flat_map(|episode| &episode.plans);
    let plans = Spans::new(plans.map(|plan| (plan.started_on, plan.ended_on)));
    for plan in child.episodes.iter().flat_map(|episode| &episode.protection_plans) {
        if plan.started_on.is_some_and(|day| plans.cover(day)) {
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
                "<CINPlanDates><CINPlanStartDate>2025-05-01</CINPlanStartDate><CINPlanEndDate>2025-06-01</CINPlanEndDate></CINPlanDates><ChildProtectionPlans><CPPstartDate>2025-06-01</CPPstartDate></ChildProtectionPlans>",
                0,
            ),
            (
                "<CINPlanDates><CINPlanStartDate>2025-05-01</CINPlanStartDate><CINPlanEndDate>2025-06-01</CINPlanEndDate></CINPlanDates><ChildProtectionPlans><CPPstartDate>2025-05-31</CPPstartDate></ChildProtectionPlans>",
                1,
            ),
            (
                "<CINPlanDates><CINPlanStartDate>2025-05-01</CINPlanStartDate></CINPlanDates><ChildProtectionPlans><CPPstartDate>2025-08-01</CPPstartDate></ChildProtectionPlans>",
                1,
            ),
        ];
        assert_in_episode(&RULE, &cases);
    }
}
