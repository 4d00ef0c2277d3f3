//! 8606: nobody can be referred before there is a pregnancy.

use super::super::{Breaches, Setting, Test, before};
use care::calendar::add_weeks;

use crate::cin_census::Child;
use crate::rule::{Rule, Weight};
use crate::year::Years;

pub(in crate::cin_census::rules) const RULE: Rule<Test> = Rule {
    code: "8606",
    weight: Weight::Error,
    module: "CINdetails",
    fields: &["CINreferralDate", "PersonBirthDate", "ExpectedPersonBirthDate"],
    years: Years::ALL,
    message: "The referral is dated more than 40 weeks before the child was born or expected.",
    test: Test::EachChild(test),
};

fn test(child: &Child, _: &Setting, breaches: &mut Breaches) {
    let Some(born_on) = child.born_on.or(child.expected_on) else { return };
    let earliest = add_weeks(born_on, -40);
    for episode in child.episodes.iter().filter(|episode| before(episode.referred_on, Some(earliest))) {
        breaches.add(&episode.at);
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::assert_breaches;
    use super::RULE;

    #[test]
    fn broken_or_not() {
        let cases = [
            (
                "<ChildIdentifiers><PersonBirthDate>2025-10-08</PersonBirthDate></ChildIdentifiers><CINdetails><CINreferralDate>2025-01-01</CINreferralDate></CINdetails>",
                0,
            ),
            (
                "<ChildIdentifiers><PersonBirthDate>2025-10-09</PersonBirthDate></ChildIdentifiers><CINdetails><CINreferralDate>2025-01-01</CINreferralDate></CINdetails>",
                1,
            ),
            (
                "<ChildIdentifiers><ExpectedPersonBirthDate>2026-06-01</ExpectedPersonBirthDate></ChildIdentifiers><CINdetails><CINreferralDate>2025-08-01</CINreferralDate></CINdetails>",
                1,
            ),
            ("<CINdetails><CINreferralDate>2025-08-01</CINreferralDate></CINdetails>", 0),
        ];
        assert_breaches(&RULE, &cases);
    }
}
