//! 8831: a referral that led to no further action has no assessment, enquiry or conference.

use super::super::{Breaches, Setting, Test};
use crate::cin_census::Child;
use crate::rule::{Rule, Weight};
use crate::year::Years;

pub(in crate::cin_census::rules) const RULE: Rule<Test> = Rule {
    code: "8831",
    weight: Weight::Error,
    module: "CINdetails",
    fields: &["AssessmentActualStartDate", "AssessmentAuthorisationDate", "S47ActualStartDate", "DateOfInitialCPC"],
    years: Years::ALL,
    message: "The referral is marked as leading to no further action, and yet something was done.",
    test: Test::EachChild(test),
};

fn test(child: &Child, _: &Setting, breaches: &mut Breaches) {
    for episode in child.episodes.iter().filter(|episode| episode.led_to_nothing()) {
        let enquired = !episode.assessments.is_empty() || !episode.enquiries.is_empty();
        if enquired || episode.conference_on.is_some() {
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
            ("<ReferralNFA>1</ReferralNFA>", 0),
            ("<ReferralNFA>true</ReferralNFA><DateOfInitialCPC>2025-05-01</DateOfInitialCPC>", 1),
            ("<ReferralNFA>1</ReferralNFA><Assessments><AssessmentActualStartDate>2025-05-01</AssessmentActualStartDate></Assessments>", 1),
            (
                "<ReferralNFA>0</ReferralNFA><Assessments><AssessmentActualStartDate>2025-05-01</AssessmentActualStartDate></Assessments><Section47><S47ActualStartDate>2025-05-01</S47ActualStartDate></Section47>",
                0,
            ),
        ];
        assert_in_episode(&RULE, &cases);
    }
}
