//! 8565: nothing happens on a case after it is closed. The finding stands at what happened later.

use super::super::{Breaches, Setting, Test, before};
use jiff::civil::Date;

use crate::cin_census::Child;
use crate::rule::{Rule, Weight};
use crate::year::Years;

pub(in crate::cin_census::rules) const RULE: Rule<Test> = Rule {
    code: "8565",
    weight: Weight::Error,
    module: "CINdetails",
    fields: &[
        "CINclosureDate",
        "DateOfInitialCPC",
        "AssessmentActualStartDate",
        "AssessmentAuthorisationDate",
        "S47ActualStartDate",
        "CPPendDate",
        "CINPlanStartDate",
        "CINPlanEndDate",
    ],
    years: Years::ALL,
    message: "Something is recorded after the day on which the case was closed.",
    test: Test::EachChild(test),
};

fn test(child: &Child, _: &Setting, breaches: &mut Breaches) {
    for episode in &child.episodes {
        let closed_on = episode.closed_on;
        let later = |days: &[Option<Date>]| days.iter().any(|day| before(closed_on, *day));
        let own = [(&episode.at, later(&[episode.conference_on]))];
        let assessments = episode.assessments.iter().map(|it| (&it.at, later(&[it.started_on, it.authorised_on])));
        let enquiries = episode.enquiries.iter().map(|it| (&it.at, later(&[it.started_on, it.conference_on])));
        let protection = episode.protection_plans.iter().map(|it| (&it.at, later(&[it.ended_on])));
        let plans = episode.plans.iter().map(|it| (&it.at, later(&[it.started_on, it.ended_on])));
        let all = own.into_iter().chain(assessments).chain(enquiries).chain(protection).chain(plans);
        for (at, _) in all.filter(|(_, later)| *later) {
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
                "<CINclosureDate>2025-06-02</CINclosureDate><Assessments><AssessmentActualStartDate>2025-06-02</AssessmentActualStartDate></Assessments>",
                0,
            ),
            (
                "<CINclosureDate>2025-06-02</CINclosureDate><Assessments><AssessmentActualStartDate>2025-06-03</AssessmentActualStartDate></Assessments>",
                1,
            ),
            (
                "<CINclosureDate>2025-06-02</CINclosureDate><DateOfInitialCPC>2025-06-03</DateOfInitialCPC><CINPlanDates><CINPlanStartDate>2025-05-01</CINPlanStartDate><CINPlanEndDate>2025-07-01</CINPlanEndDate></CINPlanDates>",
                2,
            ),
            (
                "<CINclosureDate>2025-06-02</CINclosureDate><ChildProtectionPlans><CPPstartDate>2025-05-01</CPPstartDate><CPPendDate>2025-06-09</CPPendDate></ChildProtectionPlans>",
                1,
            ),
            ("<CINclosureDate>2025-06-02</CINclosureDate><Section47><S47ActualStartDate>2025-06-03</S47ActualStartDate></Section47>", 1),
            ("<Assessments><AssessmentActualStartDate>2025-06-03</AssessmentActualStartDate></Assessments>", 0),
        ];
        assert_in_episode(&RULE, &cases);
    }
}
