//! 4012Q: a plan of one day needs a reason.

use super::super::{Breaches, Setting, Test};
use crate::cin_census::Child;
use crate::rule::{Rule, Weight};
use crate::year::Years;

pub(in crate::cin_census::rules) const RULE: Rule<Test> = Rule {
    code: "4012Q",
    weight: Weight::Query,
    module: "CINplanDates",
    fields: &["CINPlanStartDate", "CINPlanEndDate"],
    years: Years::ALL,
    message: "The child in need plan begins and ends on the same day.",
    test: Test::EachChild(test),
};

fn test(child: &Child, _: &Setting, breaches: &mut Breaches) {
    let all = child.episodes.iter().flat_map(|episode| &episode.plans);
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
            ("<CINPlanDates><CINPlanStartDate>2025-05-02</CINPlanStartDate><CINPlanEndDate>2025-05-02</CINPlanEndDate></CINPlanDates>", 1),
            ("<CINPlanDates><CINPlanStartDate>2025-05-02</CINPlanStartDate><CINPlanEndDate>2025-05-03</CINPlanEndDate></CINPlanDates>", 0),
            ("<CINPlanDates></CINPlanDates>", 0),
        ];
        assert_in_episode(&RULE, &cases);
    }
}
