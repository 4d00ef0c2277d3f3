//! 1105: a plan follows a referral.

use super::super::{Breaches, Setting, Test, before};
use crate::cin_census::Child;
use crate::rule::{Rule, Weight};
use crate::year::Years;

pub(in crate::cin_census::rules) const RULE: Rule<Test> = Rule {
    code: "1105",
    weight: Weight::Error,
    module: "ChildProtectionPlans",
    fields: &["CPPstartDate", "CINreferralDate"],
    years: Years::ALL,
    message: "The child protection plan begins before the referral.",
    test: Test::EachChild(test),
};

fn test(child: &Child, _: &Setting, breaches: &mut Breaches) {
    for episode in &child.episodes {
        for plan in episode.protection_plans.iter().filter(|it| before(it.started_on, episode.referred_on)) {
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
                "<CINreferralDate>2025-05-02</CINreferralDate><ChildProtectionPlans><CPPstartDate>2025-05-01</CPPstartDate></ChildProtectionPlans>",
                1,
            ),
            (
                "<CINreferralDate>2025-05-02</CINreferralDate><ChildProtectionPlans><CPPstartDate>2025-05-02</CPPstartDate></ChildProtectionPlans>",
                0,
            ),
        ];
        assert_in_episode(&RULE, &cases);
    }
}
