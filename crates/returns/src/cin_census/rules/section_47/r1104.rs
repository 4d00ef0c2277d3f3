//! 1104: a conference follows a referral.

use super::super::{Breaches, Setting, Test, before};
use crate::cin_census::Child;
use crate::rule::{Rule, Weight};
use crate::year::Years;

pub(in crate::cin_census::rules) const RULE: Rule<Test> = Rule {
    code: "1104",
    weight: Weight::Error,
    module: "Section47",
    fields: &["CINreferralDate", "DateOfInitialCPC"],
    years: Years::ALL,
    message: "The initial conference is dated before the referral.",
    test: Test::EachChild(test),
};

fn test(child: &Child, _: &Setting, breaches: &mut Breaches) {
    for episode in &child.episodes {
        let enquiries = episode.enquiries.iter().map(|enquiry| (&enquiry.at, enquiry.conference_on));
        let all = enquiries.chain([(&episode.at, episode.conference_on)]);
        for (at, _) in all.filter(|(_, day)| before(*day, episode.referred_on)) {
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
            ("<CINreferralDate>2025-05-02</CINreferralDate><Section47><DateOfInitialCPC>2025-05-01</DateOfInitialCPC></Section47>", 1),
            ("<CINreferralDate>2025-05-02</CINreferralDate><DateOfInitialCPC>2025-05-01</DateOfInitialCPC>", 1),
            ("<CINreferralDate>2025-05-02</CINreferralDate><DateOfInitialCPC>2025-05-02</DateOfInitialCPC>", 0),
        ];
        assert_in_episode(&RULE, &cases);
    }
}
