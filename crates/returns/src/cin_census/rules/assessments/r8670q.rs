//! 8670Q: an assessment takes up to 45 working days; one that is open for longer at the end of the year needs a reason.

use super::super::{Breaches, Setting, Test, before};
use crate::cin_census::Child;
use crate::rule::{Rule, Weight};
use crate::year::Years;

pub(in crate::cin_census::rules) const RULE: Rule<Test> = Rule {
    code: "8670Q",
    weight: Weight::Query,
    module: "Assessments",
    fields: &["AssessmentActualStartDate"],
    years: Years::ALL,
    message: "The assessment began more than 45 working days before the end of the year and is not finished.",
    test: Test::EachChild(test),
};

fn test(child: &Child, setting: &Setting, breaches: &mut Breaches) {
    let Some(last_day) = setting.last_day else { return };
    let earliest = setting.calendar.add_working_days(last_day, -45);
    let open = child.episodes.iter().flat_map(|it| &it.assessments).filter(|it| it.authorised_on.is_none());
    for assessment in open.filter(|it| before(it.started_on, Some(earliest))) {
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
            ("<Assessments><AssessmentActualStartDate>2026-01-26</AssessmentActualStartDate></Assessments>", 1),
            ("<Assessments><AssessmentActualStartDate>2026-01-27</AssessmentActualStartDate></Assessments>", 0),
            (
                "<Assessments><AssessmentActualStartDate>2025-05-01</AssessmentActualStartDate><AssessmentAuthorisationDate>2025-06-01</AssessmentAuthorisationDate></Assessments>",
                0,
            ),
        ];
        assert_in_episode(&RULE, &cases);
    }
}
