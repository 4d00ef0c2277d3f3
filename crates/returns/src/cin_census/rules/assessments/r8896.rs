//! 8896: at most one assessment is open in an episode. The finding stands at each after the first.

use super::super::{Breaches, Setting, Test};
use crate::cin_census::Child;
use crate::rule::{Rule, Weight};
use crate::year::Years;

pub(in crate::cin_census::rules) const RULE: Rule<Test> = Rule {
    code: "8896",
    weight: Weight::Error,
    module: "Assessments",
    fields: &["AssessmentAuthorisationDate"],
    years: Years::ALL,
    message: "Two or more assessments are open at once in one episode.",
    test: Test::EachChild(test),
};

fn test(child: &Child, _: &Setting, breaches: &mut Breaches) {
    for episode in &child.episodes {
        let open = episode.assessments.iter().filter(|assessment| assessment.authorised_on.is_none());
        for assessment in open.skip(1) {
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
                "<Assessments><AssessmentActualStartDate>2025-05-01</AssessmentActualStartDate></Assessments><Assessments><AssessmentActualStartDate>2025-08-01</AssessmentActualStartDate></Assessments>",
                1,
            ),
            (
                "<Assessments><AssessmentActualStartDate>2025-05-01</AssessmentActualStartDate><AssessmentAuthorisationDate>2025-05-20</AssessmentAuthorisationDate></Assessments><Assessments><AssessmentActualStartDate>2025-08-01</AssessmentActualStartDate></Assessments>",
                0,
            ),
        ];
        assert_in_episode(&RULE, &cases);
    }
}
