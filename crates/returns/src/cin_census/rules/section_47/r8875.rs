//! 8875: the census takes no conference on a Saturday or Sunday, though they do happen.

use super::super::{Breaches, Setting, Test};
use super::{conferences, on_weekend};
use crate::cin_census::Child;
use crate::rule::{Rule, Weight};
use crate::year::Years;

pub(in crate::cin_census::rules) const RULE: Rule<Test> = Rule {
    code: "8875",
    weight: Weight::Error,
    module: "Section47",
    fields: &["DateOfInitialCPC"],
    years: Years::ALL,
    message: "The initial conference is dated on a weekend.",
    test: Test::EachChild(test),
};

fn test(child: &Child, _: &Setting, breaches: &mut Breaches) {
    for (at, _) in conferences(child).filter(|(_, day)| day.is_some_and(on_weekend)) {
        breaches.add(at);
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::assert_in_episode;
    use super::RULE;

    #[test]
    fn broken_or_not() {
        let cases = [
            ("<Section47><DateOfInitialCPC>2025-05-03</DateOfInitialCPC></Section47>", 1),
            ("<DateOfInitialCPC>2025-05-04</DateOfInitialCPC>", 1),
            ("<Section47><DateOfInitialCPC>2025-05-02</DateOfInitialCPC></Section47>", 0),
        ];
        assert_in_episode(&RULE, &cases);
    }
}
