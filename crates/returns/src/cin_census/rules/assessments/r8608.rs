//! 8608: an assessment is authorised after it begins.

use super::super::{Breaches, Setting, Test, before};
use crate::cin_census::Child;
use crate::rule::{Rule, Weight};
use crate::year::Years;

pub(in crate::cin_census::rules) const RULE: Rule<Test> = Rule {
    code: "8608",
    weight: Weight::Error,
    module: "Assessments",
    fields: &["AssessmentActualStartDate", "AssessmentAuthorisationDate"],
    years: Years::ALL,
    message: "The assessment ends before it begins.",
    test: Test::EachChild(test),
};

fn test(child: &Child, _: &Setting, breaches: &mut Breaches) {
    let all = child.episodes.iter().flat_map(|episode| &episode.assessments);
    for assessment in all.filter(|it| before(it.authorised_on, it.started_on)) {
        breaches.add(&assessment.at);
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
                "<Assessments><AssessmentActualStartDate>2025-05-02</AssessmentActualStartDate><AssessmentAuthorisationDate>2025-05-01</AssessmentAuthorisationDate></Assessments>",
                1,
            ),
            (
                "<Assessments><AssessmentActualStartDate>2025-05-02</AssessmentActualStartDate><AssessmentAuthorisationDate>2025-05-02</AssessmentAuthorisationDate></Assessments>",
                0,
            ),
            ("<Assessments><AssessmentActualStartDate>2025-05-02</AssessmentActualStartDate></Assessments>", 0),
        ];
        assert_in_episode(&RULE, &cases);
    }
}
