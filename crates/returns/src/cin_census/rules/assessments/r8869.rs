//! 8869: code 21 says that no factor was found, so it stands alone.

use super::super::{Breaches, Setting, Test};
use crate::cin_census::Child;
use crate::codes::AssessmentFactor;
use crate::rule::{Rule, Weight};
use crate::year::Years;

pub(in crate::cin_census::rules) const RULE: Rule<Test> = Rule {
    code: "8869",
    weight: Weight::Error,
    module: "Assessments",
    fields: &["AssessmentFactors"],
    years: Years::ALL,
    message: "“Nothing found” (21) is given together with other factors.",
    test: Test::EachChild(test),
};

fn test(child: &Child, _: &Setting, breaches: &mut Breaches) {
    for assessment in child.episodes.iter().flat_map(|episode| &episode.assessments) {
        let nothing_found = assessment.factors.iter().any(|factor| factor.is(AssessmentFactor::NothingFound));
        if nothing_found && assessment.factors.len() > 1 {
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
                "<Assessments><AssessmentActualStartDate>2025-05-01</AssessmentActualStartDate><FactorsIdentifiedAtAssessment><AssessmentFactors>21</AssessmentFactors><AssessmentFactors>1A</AssessmentFactors></FactorsIdentifiedAtAssessment></Assessments>",
                1,
            ),
            (
                "<Assessments><AssessmentActualStartDate>2025-05-01</AssessmentActualStartDate><FactorsIdentifiedAtAssessment><AssessmentFactors>21</AssessmentFactors></FactorsIdentifiedAtAssessment></Assessments>",
                0,
            ),
            (
                "<Assessments><AssessmentActualStartDate>2025-05-01</AssessmentActualStartDate><FactorsIdentifiedAtAssessment><AssessmentFactors>1A</AssessmentFactors><AssessmentFactors>2B</AssessmentFactors></FactorsIdentifiedAtAssessment></Assessments>",
                0,
            ),
        ];
        assert_in_episode(&RULE, &cases);
    }
}
