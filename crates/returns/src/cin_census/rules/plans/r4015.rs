//! 4015: a plan follows a referral.

use super::super::{Breaches, Setting, Test, before};
use crate::cin_census::Child;
use crate::rule::{Rule, Weight};
use crate::year::Years;

pub(in crate::cin_census::rules) const RULE: Rule<Test> = Rule {
    code: "4015",
    weight: Weight::Error,
    module: "CINplanDates",
    fields: &["CINPlanStartDate", "CINreferralDate"],
    years: Years::ALL,
    message: "The child in need plan begins before the referral.",
    test: Test::EachChild(test),
};

fn test(child: &Child, _: &Setting, breaches: &mut Breaches) {
    for episode in &child.episodes {
        for plan in episode.plans.iter().filter(|plan| before(plan.started_on, episode.referred_on)) {
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
                "<CINreferralDate>2025-05-02</CINreferralDate><CINPlanDates><CINPlanStartDate>2025-05-01</CINPlanStartDate></CINPlanDates>",
                1,
            ),
            (
                "<CINreferralDate>2025-05-02</CINreferralDate><CINPlanDates><CINPlanStartDate>2025-05-02</CINPlanStartDate></CINPlanDates>",
                0,
            ),
        ];
        assert_in_episode(&RULE, &cases);
    }
}
