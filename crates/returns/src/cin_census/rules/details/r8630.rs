//! 8630: an episode of need ends after it begins.

use super::super::{Breaches, Setting, Test, before};
use crate::cin_census::Child;
use crate::rule::{Rule, Weight};
use crate::year::Years;

pub(in crate::cin_census::rules) const RULE: Rule<Test> = Rule {
    code: "8630",
    weight: Weight::Error,
    module: "CINdetails",
    fields: &["CINreferralDate", "CINclosureDate"],
    years: Years::ALL,
    message: "The case is closed on a day before its referral.",
    test: Test::EachChild(test),
};

fn test(child: &Child, _: &Setting, breaches: &mut Breaches) {
    for episode in child.episodes.iter().filter(|episode| before(episode.closed_on, episode.referred_on)) {
        breaches.add(&episode.at);
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::assert_in_episode;
    use super::RULE;

    #[test]
    fn broken_or_not() {
        let cases = [
            ("<CINreferralDate>2025-05-01</CINreferralDate><CINclosureDate>2025-05-01</CINclosureDate>", 0),
            ("<CINreferralDate>2025-05-01</CINreferralDate><CINclosureDate>2025-04-30</CINclosureDate>", 1),
            ("<CINreferralDate>2025-05-01</CINreferralDate>", 0),
        ];
        assert_in_episode(&RULE, &cases);
    }
}
