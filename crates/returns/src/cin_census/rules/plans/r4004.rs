//! 4004: a child has at most one open child in need plan. The finding stands at each after the first.

use super::super::{Breaches, Setting, Test};
use crate::cin_census::Child;
use crate::rule::{Rule, Weight};
use crate::year::Years;

pub(in crate::cin_census::rules) const RULE: Rule<Test> = Rule {
    code: "4004",
    weight: Weight::Error,
    module: "CINplanDates",
    fields: &["CINPlanEndDate"],
    years: Years::ALL,
    message: "More than one child in need plan is open.",
    test: Test::EachChild(test),
};

fn test(child: &Child, _: &Setting, breaches: &mut Breaches) {
    let all = child.episodes.iter().flat_map(|episode| &episode.plans);
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
                "<CINdetails><CINPlanDates><CINPlanStartDate>2025-05-01</CINPlanStartDate></CINPlanDates></CINdetails><CINdetails><CINPlanDates><CINPlanStartDate>2025-06-01</CINPlanStartDate></CINPlanDates></CINdetails>",
                1,
            ),
            (
                "<CINdetails><CINPlanDates><CINPlanStartDate>2025-05-01</CINPlanStartDate><CINPlanEndDate>2025-05-20</CINPlanEndDate></CINPlanDates><CINPlanDates><CINPlanStartDate>2025-06-01</CINPlanStartDate></CINPlanDates></CINdetails>",
                0,
            ),
        ];
        assert_breaches(&RULE, &cases);
    }
}
