//! 4011: a plan ends after it begins.

use super::super::{Breaches, Setting, Test, before};
use crate::cin_census::Child;
use crate::rule::{Rule, Weight};
use crate::year::Years;

pub(in crate::cin_census::rules) const RULE: Rule<Test> = Rule {
    code: "4011",
    weight: Weight::Error,
    module: "CINplanDates",
    fields: &["CINPlanEndDate", "CINPlanStartDate"],
    years: Years::ALL,
    message: "The child in need plan ends before it begins.",
    test: Test::EachChild(test),
};

fn test(child: &Child, _: &Setting, breaches: &mut Breaches) {
    let all = child.episodes.iter().flat_map(|episode| &episode.plans);
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
            ("<CINPlanDates><CINPlanStartDate>2025-05-02</CINPlanStartDate><CINPlanEndDate>2025-05-01</CINPlanEndDate></CINPlanDates>", 1),
            ("<CINPlanDates><CINPlanStartDate>2025-05-02</CINPlanStartDate><CINPlanEndDate>2025-05-02</CINPlanEndDate></CINPlanDates>", 0),
        ];
        assert_in_episode(&RULE, &cases);
    }
}
