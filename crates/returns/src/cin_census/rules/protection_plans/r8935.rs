//! 8935: a child has at most one open plan. The finding stands at each after the first.

use super::super::{Breaches, Setting, Test};
use crate::cin_census::Child;
use crate::rule::{Rule, Weight};
use crate::year::Years;

pub(in crate::cin_census::rules) const RULE: Rule<Test> = Rule {
    code: "8935",
    weight: Weight::Error,
    module: "ChildProtectionPlans",
    fields: &["CPPendDate"],
    years: Years::ALL,
    message: "More than one child protection plan is open.",
    test: Test::EachChild(test),
};

fn test(child: &Child, _: &Setting, breaches: &mut Breaches) {
    let all = child.episodes.iter().flat_map(|episode| &episode.protection_plans);
    for plan in all.filter(|plan| plan.ended_on.is_none()).skip(1) {
        breaches.add(&plan.at);
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::assert_breaches;
    use super::RULE;

    #[test]
    fn broken_or_not() {
        let cases = [
            (
                "<CINdetails><ChildProtectionPlans><CPPstartDate>2025-05-01</CPPstartDate></ChildProtectionPlans></CINdetails><CINdetails><ChildProtectionPlans><CPPstartDate>2025-06-01</CPPstartDate></ChildProtectionPlans></CINdetails>",
                1,
            ),
            (
                "<CINdetails><ChildProtectionPlans><CPPstartDate>2025-05-01</CPPstartDate><CPPendDate>2025-06-01</CPPendDate></ChildProtectionPlans><ChildProtectionPlans><CPPstartDate>2025-07-01</CPPstartDate></ChildProtectionPlans></CINdetails>",
                0,
            ),
        ];
        assert_breaches(&RULE, &cases);
    }
}
