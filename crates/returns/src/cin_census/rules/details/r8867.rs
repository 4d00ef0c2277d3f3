//! 8867: a case is closed when its assessments are.

use super::super::{Breaches, Setting, Test};
use crate::cin_census::Child;
use crate::rule::{Rule, Weight};
use crate::year::Years;

pub(in crate::cin_census::rules) const RULE: Rule<Test> = Rule {
    code: "8867",
    weight: Weight::Error,
    module: "CINdetails",
    fields: &["CINclosureDate", "AssessmentAuthorisationDate"],
    years: Years::ALL,
    message: "The case is closed with an assessment that is not finished.",
    test: Test::EachChild(test),
};

fn test(child: &Child, _: &Setting, breaches: &mut Breaches) {
    for episode in child.episodes.iter().filter(|episode| episode.closed_on.is_some()) {
        if episode.assessments.iter().any(|assessment| assessment.authorised_on.is_none()) {
            breaches.add(&episode.at);
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
                "<CINclosureDate>2025-06-01</CINclosureDate><Assessments><AssessmentActualStartDate>2025-05-01</AssessmentActualStartDate></Assessments>",
                1,
            ),
            (
                "<CINclosureDate>2025-06-01</CINclosureDate><Assessments><AssessmentActualStartDate>2025-05-01</AssessmentActualStartDate><AssessmentAuthorisationDate>2025-05-20</AssessmentAuthorisationDate></Assessments>",
                0,
            ),
            ("<Assessments><AssessmentActualStartDate>2025-05-01</AssessmentActualStartDate></Assessments>", 0),
        ];
        assert_in_episode(&RULE, &cases);
    }
}
