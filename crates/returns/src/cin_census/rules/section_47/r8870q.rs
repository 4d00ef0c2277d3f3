//! 8870Q: a target date is a working day.

use super::super::{Breaches, Setting, Test};
use super::on_weekend;
use crate::cin_census::Child;
use crate::rule::{Rule, Weight};
use crate::year::Years;

pub(in crate::cin_census::rules) const RULE: Rule<Test> = Rule {
    code: "8870Q",
    weight: Weight::Query,
    module: "Section47",
    fields: &["InitialCPCtarget"],
    years: Years::ALL,
    message: "The target date for the initial conference is on a weekend.",
    test: Test::EachChild(test),
};

fn test(child: &Child, _: &Setting, breaches: &mut Breaches) {
    let all = child.episodes.iter().flat_map(|episode| &episode.enquiries);
    for enquiry in all.filter(|enquiry| enquiry.conference_target_on.is_some_and(on_weekend)) {
        breaches.add(&enquiry.at);
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::assert_in_episode;
    use super::RULE;

    #[test]
    fn broken_or_not() {
        let cases = [
            ("<Section47><InitialCPCtarget>2025-05-03</InitialCPCtarget></Section47>", 1),
            ("<Section47><InitialCPCtarget>2025-05-02</InitialCPCtarget></Section47>", 0),
        ];
        assert_in_episode(&RULE, &cases);
    }
}
