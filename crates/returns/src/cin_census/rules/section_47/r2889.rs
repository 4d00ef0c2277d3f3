//! 2889: an enquiry follows a referral.

use super::super::{Breaches, Setting, Test, before};
use crate::cin_census::Child;
use crate::rule::{Rule, Weight};
use crate::year::Years;

pub(in crate::cin_census::rules) const RULE: Rule<Test> = Rule {
    code: "2889",
    weight: Weight::Error,
    module: "Section47",
    fields: &["S47ActualStartDate", "CINreferralDate"],
    years: Years::ALL,
    message: "The section 47 enquiry begins before the referral.",
    test: Test::EachChild(test),
};

fn test(child: &Child, _: &Setting, breaches: &mut Breaches) {
    for episode in &child.episodes {
        for enquiry in episode.enquiries.iter().filter(|it| before(it.started_on, episode.referred_on)) {
            breaches.add(&enquiry.at);
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
            ("<CINreferralDate>2025-05-02</CINreferralDate><Section47><S47ActualStartDate>2025-05-01</S47ActualStartDate></Section47>", 1),
            ("<CINreferralDate>2025-05-02</CINreferralDate><Section47><S47ActualStartDate>2025-05-02</S47ActualStartDate></Section47>", 0),
        ];
        assert_in_episode(&RULE, &cases);
    }
}
