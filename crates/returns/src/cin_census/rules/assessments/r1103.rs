//! 1103: an assessment follows a referral.

use super::super::{Breaches, Setting, Test, before};
use crate::cin_census::Child;
use crate::rule::{Rule, Weight};
use crate::year::Years;

pub(in crate::cin_census::rules) const RULE: Rule<Test> = Rule {
    code: "1103",
    weight: Weight::Error,
    module: "Assessments",
    fields: &["AssessmentActualStartDate", "CINreferralDate"],
    years: Years::ALL,
    message: "The assessment begins before the referral.",
    test: Test::EachChild(test),
};

fn test(child: &Child, _: &Setting, breaches: &mut Breaches) {
    for episode in &child.episodes {
        for assessment in episode.assessments.iter().filter(|it| before(it.started_on, episode.referred_on)) {
            breaches.add(&assessment.at);
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
                "<CINreferralDate>2025-05-02</CINreferralDate><Assessments><AssessmentActualStartDate>2025-05-01</AssessmentActualStartDate></Assessments><Assessments><AssessmentActualStartDate>2025-05-02</AssessmentActualStartDate></Assessments>",
                1,
            ),
            (
                "<CINreferralDate>2025-05-01</CINreferralDate><Assessments><AssessmentActualStartDate>2025-05-01</AssessmentActualStartDate></Assessments>",
                0,
            ),
        ];
        assert_in_episode(&RULE, &cases);
    }
}
