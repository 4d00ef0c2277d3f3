//! 8940: one plan at a time; the next may begin on the last day of the one before.

use super::super::spans::{LastDay, overlapping};
use super::super::{Breaches, Setting, Test};
use crate::cin_census::Child;
use crate::rule::{Rule, Weight};
use crate::year::Years;

pub(in crate::cin_census::rules) const RULE: Rule<Test> = Rule {
    code: "8940",
    weight: Weight::Error,
    module: "ChildProtectionPlans",
    fields: &["CPPstartDate", "CPPendDate"],
    years: Years::ALL,
    message: "Child protection plans lie over one another.",
    test: Test::EachChild(test),
};

fn test(child: &Child, _: &Setting, breaches: &mut Breaches) {
    let all = child.episodes.iter().flat_map(|episode| &episode.protection_plans);
    for at in overlapping(all.map(|plan| (&plan.at, plan.started_on, plan.ended_on)), LastDay::Left) {
        breaches.add(at);
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
                "<ChildProtectionPlans><CPPstartDate>2025-05-01</CPPstartDate><CPPendDate>2025-06-01</CPPendDate></ChildProtectionPlans><ChildProtectionPlans><CPPstartDate>2025-06-01</CPPstartDate></ChildProtectionPlans>",
                0,
            ),
            (
                "<ChildProtectionPlans><CPPstartDate>2025-05-01</CPPstartDate><CPPendDate>2025-06-01</CPPendDate></ChildProtectionPlans><ChildProtectionPlans><CPPstartDate>2025-05-31</CPPstartDate></ChildProtectionPlans>",
                1,
            ),
            (
                "<ChildProtectionPlans><CPPstartDate>2025-05-01</CPPstartDate><CPPendDate>2025-06-01</CPPendDate></ChildProtectionPlans><ChildProtectionPlans><CPPstartDate>2025-05-01</CPPstartDate><CPPendDate>2025-06-01</CPPendDate></ChildProtectionPlans>",
                1,
            ),
        ];
        assert_in_episode(&RULE, &cases);
    }
}
