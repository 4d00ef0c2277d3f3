//! 8863Q: one assessment at a time.

use super::super::spans::{LastDay, overlapping};
use super::super::{Breaches, Setting, Test};
use crate::cin_census::Child;
use crate::rule::{Rule, Weight};
use crate::year::Years;

pub(in crate::cin_census::rules) const RULE: Rule<Test> = Rule {
    code: "8863Q",
    weight: Weight::Query,
    module: "Assessments",
    fields: &["AssessmentActualStartDate", "AssessmentAuthorisationDate"],
    years: Years::ALL,
    message: "An assessment begins while another goes on.",
    test: Test::EachChild(test),
};

fn test(child: &Child, _: &Setting, breaches: &mut Breaches) {
    for episode in &child.episodes {
        let stretches = episode.assessments.iter().map(|it| (&it.at, it.started_on, it.authorised_on));
        for at in overlapping(stretches, LastDay::Left) {
            breaches.add(at);
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
                "<Assessments><AssessmentActualStartDate>2025-05-01</AssessmentActualStartDate><AssessmentAuthorisationDate>2025-05-20</AssessmentAuthorisationDate></Assessments><Assessments><AssessmentActualStartDate>2025-05-20</AssessmentActualStartDate></Assessments>",
                0,
            ),
            (
                "<Assessments><AssessmentActualStartDate>2025-05-01</AssessmentActualStartDate><AssessmentAuthorisationDate>2025-05-20</AssessmentAuthorisationDate></Assessments><Assessments><AssessmentActualStartDate>2025-05-19</AssessmentActualStartDate></Assessments>",
                1,
            ),
            (
                "<Assessments><AssessmentActualStartDate>2025-05-01</AssessmentActualStartDate></Assessments><Assessments><AssessmentActualStartDate>2025-08-01</AssessmentActualStartDate></Assessments>",
                1,
            ),
        ];
        assert_in_episode(&RULE, &cases);
    }
}
