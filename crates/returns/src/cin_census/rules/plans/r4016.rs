//! 4016: a child in need plan may begin on the day a protection plan ends, not before.

use super::super::spans::Spans;
use super::super::{Breaches, Setting, Test};
use crate::cin_census::Child;
use crate::rule::{Rule, Weight};
use crate::year::Years;

pub(in crate::cin_census::rules) const RULE: Rule<Test> = Rule {
    code: "4016",
    weight: Weight::Error,
    module: "CINplanDates",
    fields: &["CINPlanStartDate", "CPPstartDate", "CPPendDate"],
    years: Years::ALL,
    message: "The child in need plan begins while a child protection plan goes on.",
    test: Test::EachChild(test),
};

fn test(child: &Child, _: &Setting, breaches: &mut Breaches) {
    let protection = child.episodes.iter().flat_map(|episode| &episode.protection_plans);
    let protection = Spans::new(protection.map(|plan| (plan.started_on, plan.ended_on)));
    for plan in child.episodes.iter().flat_map(|episode| &episode.plans) {
        if plan.started_on.is_some_and(|day| protection.cover(day)) {
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
                "<ChildProtectionPlans><CPPstartDate>2025-05-01</CPPstartDate><CPPendDate>2025-06-01</CPPendDate></ChildProtectionPlans><CINPlanDates><CINPlanStartDate>2025-06-01</CINPlanStartDate></CINPlanDates>",
                0,
            ),
            (
                "<ChildProtectionPlans><CPPstartDate>2025-05-01</CPPstartDate><CPPendDate>2025-06-01</CPPendDate></ChildProtectionPlans><CINPlanDates><CINPlanStartDate>2025-05-31</CINPlanStartDate></CINPlanDates>",
                1,
            ),
            (
                "<ChildProtectionPlans><CPPstartDate>2025-05-01</CPPstartDate></ChildProtectionPlans><CINPlanDates><CINPlanStartDate>2025-05-01</CINPlanStartDate></CINPlanDates>",
                1,
            ),
            (
                "<ChildProtectionPlans><CPPstartDate>2025-05-01</CPPstartDate></ChildProtectionPlans><CINPlanDates><CINPlanStartDate>2025-04-30</CINPlanStartDate></CINPlanDates>",
                0,
            ),
        ];
        assert_in_episode(&RULE, &cases);
    }
}
