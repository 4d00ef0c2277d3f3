//! 4014: one child in need plan at a time; the next may begin on the last day of the one before.

use super::super::spans::{LastDay, overlapping};
use super::super::{Breaches, Setting, Test};
use crate::cin_census::Child;
use crate::rule::{Rule, Weight};
use crate::year::Years;

pub(in crate::cin_census::rules) const RULE: Rule<Test> = Rule {
    code: "4014",
    weight: Weight::Error,
    module: "CINplanDates",
    fields: &["CINPlanStartDate", "CINPlanEndDate"],
    years: Years::ALL,
    message: "Child in need plans lie over one another.",
    test: Test::EachChild(test),
};

fn test(child: &Child, _: &Setting, breaches: &mut Breaches) {
    let all = child.episodes.iter().flat_map(|episode| &episode.plans);
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
                "<CINPlanDates><CINPlanStartDate>2025-05-01</CINPlanStartDate><CINPlanEndDate>2025-06-01</CINPlanEndDate></CINPlanDates><CINPlanDates><CINPlanStartDate>2025-06-01</CINPlanStartDate></CINPlanDates>",
                0,
            ),
            (
                "<CINPlanDates><CINPlanStartDate>2025-05-01</CINPlanStartDate><CINPlanEndDate>2025-06-01</CINPlanEndDate></CINPlanDates><CINPlanDates><CINPlanStartDate>2025-05-20</CINPlanStartDate></CINPlanDates>",
                1,
            ),
        ];
        assert_in_episode(&RULE, &cases);
    }
}
